"""The page's own reader of codes, in a real browser: scans, photos, the camera; nothing unsigned is ever valid."""

from __future__ import annotations

import base64
import dataclasses
import io
import itertools
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from PIL import Image
from selenium import webdriver
from selenium.webdriver.common.by import By

from eic_tracker.cli import run
from eic_tracker.i18n import Language, Translator
from eic_tracker.reports.certificate_pdf import certificates_pdf
from eic_tracker.reports.verifier_page import VerifierPage
from tests import certificate_vectors as made
from tests.reports.browser import opened_page
from tests.reports.printed_codes import ANGLES, BLOTS, Distortion, photographed, printed, scanned
from tests.reports.test_certificate_pdf import FACTS
from tests.reports.verifying import answer_of, in_page, issued, show_file

pytestmark = pytest.mark.needs("chromium", "chromedriver")


def test_a_scan_is_read_turned_stained_blurred_and_pressed_twenty_times_of_twenty(
    quiet: webdriver.Chrome, page: tuple[Path, VerifierPage], tmp_path: Path
) -> None:
    opened_page(quiet, page[0].as_uri())
    places = itertools.cycle([(0.55, 0.6), (0.6, 0.45), (0.75, 0.7), (0.45, 0.8), (0.8, 0.5)])
    for turn, (angle, blot) in enumerate(itertools.product(ANGLES, BLOTS)):
        how = Distortion(angle, blot, next(places), (60, 110, 150)[turn % 3])
        (tmp_path / f"{turn}.jpg").write_bytes(scanned(printed(issued(turn)), how))
        show_file(quiet, tmp_path / f"{turn}.jpg")
        mark, words = answer_of(quiet)
        assert (mark, made.facts(turn).name in words) == ("answer good", True), (how, words)


def test_a_photo_taken_askew_in_a_dim_room_is_read(
    quiet: webdriver.Chrome, page: tuple[Path, VerifierPage], tmp_path: Path
) -> None:
    opened_page(quiet, page[0].as_uri())
    (tmp_path / "photo.jpg").write_bytes(photographed(scanned(printed(issued(4)), Distortion(jpeg=80), dpi=200)))
    show_file(quiet, tmp_path / "photo.jpg")
    assert answer_of(quiet)[0] == "answer good"


def test_no_picture_is_valid_that_was_not_signed(
    quiet: webdriver.Chrome, page: tuple[Path, VerifierPage], tmp_path: Path
) -> None:
    good = issued()
    torn = scanned(printed(good), Distortion(blot=0.34))
    plain = io.BytesIO()
    Image.new("L", (800, 600), 255).save(plain, "PNG")
    files = {
        "forged.jpg": (scanned(printed(good[:-9] + "ABCDEFGHI"), Distortion()), "answer bad", "No es válido"),
        "foreign.jpg": (scanned(printed(issued(signer="thief")), Distortion(3)), "answer wait", "Firma desconocida"),
        "other.jpg": (scanned(printed("https://example.org/"), Distortion()), "answer wait", "no es de un certificado"),
        "torn.jpg": (torn, "answer wait", "No se encontró el código"),
        "empty.png": (plain.getvalue(), "answer wait", "No se encontró el código"),
        "paper.pdf": (printed(good), "answer wait", "No se pudo abrir el archivo"),
        "nothing.png": (b"", "answer wait", "No se pudo abrir el archivo"),
    }
    opened_page(quiet, page[0].as_uri())
    for name, (content, mark, words) in files.items():
        (tmp_path / name).write_bytes(content)
        show_file(quiet, tmp_path / name)
        found, said = answer_of(quiet)
        assert (found, words in said) == (mark, True), (name, said)


def test_the_reader_knows_every_size_and_level_of_code_and_every_kind_of_letter(
    quiet: webdriver.Chrome, page: tuple[Path, VerifierPage]
) -> None:
    texts = ["7", "0123456789" * 3, "EIC1:$%*+-./: 9", "a ñ é"]
    texts += ["EIC1:" + "A9 $%*+-./:" * count for count in (2, 5, 9, 14, 20, 26, 33, 41, 50, 60, 72, 85, 100)]
    wanted, pictures, sizes = [], [], set()
    for text, level in itertools.product(texts, "LMQH"):
        try:
            symbol = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level=level)
        except ValueError:
            continue
        pixels: Any = symbol.to_image(scale=2)
        picture = Image.fromarray(pixels).convert("L")
        wanted.append(text)
        sizes.add((picture.width, level))
        pictures.append([picture.width, picture.height, base64.b64encode(picture.tobytes()).decode()])
    assert len(sizes) >= 50
    opened_page(quiet, page[0].as_uri())
    found = in_page(
        quiet,
        "return values[0].map(([width, height, gray]) =>"
        " qrTextsOfStill({ width, height, gray: bytesOf(gray) }, () => true)[0] || null);",
        pictures,
    )
    assert found == wanted


def test_a_pasted_and_a_dropped_picture_of_a_diploma_answer_as_a_chosen_one(
    quiet: webdriver.Chrome, page: tuple[Path, VerifierPage]
) -> None:
    diploma = certificates_pdf([dataclasses.replace(FACTS, code=issued(2))], Translator(Language.ES))
    picture = base64.b64encode(scanned(diploma, Distortion(11))).decode()
    for event in (
        'new ClipboardEvent("paste", { clipboardData: moved })',
        'new DragEvent("drop", { dataTransfer: moved })',
    ):
        opened_page(quiet, page[0].as_uri())
        in_page(
            quiet,
            "const moved = new DataTransfer();"
            "moved.items.add(new File([bytesOf(values[0])], 'scan.jpg', { type: 'image/jpeg' }));"
            f"document.dispatchEvent({event});",
            picture,
        )
        assert answer_of(quiet)[0] == "answer good", event


def test_the_camera_answers_and_is_closed_afterwards(quiet: webdriver.Chrome, page: tuple[Path, VerifierPage]) -> None:
    opened_page(quiet, page[0].as_uri())
    quiet.find_element(By.ID, "camera").click()
    mark, words = answer_of(quiet)
    assert (mark, made.facts(3).name in words) == ("answer good", True)
    assert in_page(quiet, "return [camera.stream, document.getElementById('film').hidden];") == [None, True]


def test_a_certificate_of_the_demonstration_is_known_by_its_own_page_and_by_no_other(
    quiet: webdriver.Chrome, page: tuple[Path, VerifierPage], demo_folder: Path, demo_file: Path, tmp_path: Path
) -> None:
    own = tmp_path / "verificar.html"
    for words in (
        ["certificates", "trust", "export", "--out", str(tmp_path / "eic-trust.cose")],
        ["certificates", "verifier", "--out", str(own)],
    ):
        assert run(["--file", str(demo_file), *words]) == 0
    certificate = sorted((demo_folder / "certificates").glob("*.pdf"))[0]
    scan = tmp_path / "scan.jpg"
    scan.write_bytes(scanned(certificate.read_bytes(), Distortion(-7)))
    for path, expected in (
        (own, ["DEMOSTRACIÓN, sin valor", "Válido.", "La escuela lo firmó así y no figura en la lista de anulados."]),
        (page[0], ["Firma desconocida"]),
    ):
        opened_page(quiet, path.as_uri())
        show_file(quiet, scan)
        mark, said = answer_of(quiet)
        assert mark == "answer wait"
        assert said.split("\n")[: len(expected)] == expected
