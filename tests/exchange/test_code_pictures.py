"""Codes of certificates in photos and PDFs: turned, blotted, blurred, badly compressed; never a traceback."""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFilter
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from eic_tracker.domain.seal import seal
from eic_tracker.errors import FileProblem
from eic_tracker.exchange.code_pictures import codes_in, find_codes, is_picture
from eic_tracker.reports.pdf.qr import qr_picture
from tests.certificate_vectors import facts, private

TEXT = seal(facts(1), private("titular"))
MILLIMETRES = 35


def pdf(path: Path, texts: list[str]) -> Path:
    """A PDF with a code on each page."""
    canvas = Canvas(str(path), pagesize=(300, 300))
    for text in texts:
        canvas.drawImage(ImageReader(qr_picture(text)), 60, 60, 2.835 * MILLIMETRES, 2.835 * MILLIMETRES)
        canvas.drawString(60, 200, "EIC Tracker")
        canvas.showPage()
    canvas.save()
    return path


def scan(text: str, angle: float, blot: float, chance: random.Random) -> bytes:
    """A code as a scanner of 150 dots an inch and a bad JPEG leave it: turned, blotted, blurred."""
    size = round(MILLIMETRES / 25.4 * 150)
    code = qr_picture(text).convert("L").resize((size, size), Image.Resampling.BOX)
    page = Image.new("L", (size + 160, size + 160), 255)
    page.paste(code, (80, 80))
    if blot:
        side = round(size * blot**0.5)
        left, top = (80 + round(size * 0.4) + chance.randrange(-4, 5) for _ in "xy")
        ImageDraw.Draw(page).ellipse((left, top, left + side, top + side), fill=110)
    page = page.rotate(angle, expand=True, fillcolor=255, resample=Image.Resampling.BICUBIC)
    out = io.BytesIO()
    page.filter(ImageFilter.GaussianBlur(0.6)).save(out, "JPEG", quality=40)
    return out.getvalue()


def test_codes_of_scans_that_are_turned_blotted_and_blurred_are_read(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    chance, read = random.Random(1), 0
    ways = [(angle, blot) for angle in (0, 3, -7, 11, 90) for blot in (0.0, 0.03, 0.06, 0.10)]
    for angle, blot in ways:
        path = tmp_path / f"{angle} {blot}.jpg"
        path.write_bytes(scan(TEXT, angle, blot, chance))
        found = find_codes(path, None)
        assert found in ([], [TEXT]), "never another text"
        read += found == [TEXT]
    record_property("told", f"codes at 150 dpi, turned and blotted: {read} of {len(ways)} read")
    assert read >= 18


def test_every_page_of_a_pdf_is_read_in_a_process_of_its_own(tmp_path: Path) -> None:
    texts = [seal(facts(number), private("titular")) for number in range(1, 4)]
    path = pdf(tmp_path / "three.pdf", [*texts, texts[0]])
    assert is_picture(path)
    assert codes_in(path) == texts


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("cut.pdf", b"%PDF-1.7\n1 0 obj\n<<", "damaged"),
        ("cut.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 40, "damaged"),
        ("cut.jpg", b"\xff\xd8\xff\xe0" + b"\0" * 40, "damaged"),
    ],
)
def test_a_damaged_picture_is_told_in_a_sentence(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(FileProblem, match=said):
        codes_in(path)


def test_a_picture_without_a_code_gives_none(tmp_path: Path) -> None:
    path = tmp_path / "grey.png"
    Image.new("L", (400, 300), 200).save(path)
    assert codes_in(path) == []


def test_a_pdf_of_a_whole_book_is_refused_with_its_number_of_pages(tmp_path: Path) -> None:
    path = pdf(tmp_path / "book.pdf", ["x"] * 41)
    with pytest.raises(FileProblem, match="41 pages; 40"):
        codes_in(path)


def test_a_picture_of_huge_dimensions_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "huge.png"
    Image.new("1", (20_000, 20_000)).save(path)
    with pytest.raises(FileProblem, match="more memory"):
        codes_in(path)
