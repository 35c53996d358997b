"""Signed codes in scans, photos and PDF files that people send, read in a process of its own, within limits."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from eic_tracker.errors import FileProblem
from eic_tracker.exchange.parsing import limit_memory
from eic_tracker.exchange.reading import Limits, read_apart
from eic_tracker.i18n import N_
from eic_tracker.reports.pdf.opening import opened_pdf

MOST_PAGES = 40
"""Of a PDF; a class has 40 certificates at most."""
_MOST_DOTS = 60_000_000
_DOTS_PER_INCH = (200, 300)
_TYPES = {b"\x89PNG": "png", b"\xff\xd8\xff": "jpeg", b"GIF8": "gif", b"BM": "bmp", b"II*\0": "tiff", b"MM\0*": "tiff"}
_LIMITS = Limits(
    seconds=60.0,
    memory=1_000_000_000,
    slow=N_("{file} could not be read within {seconds} seconds. Take a picture of the code alone."),
    large=N_("{file} needs more memory than a picture of a certificate ever does. Take a picture of the code alone."),
    broken=N_("{file} is damaged and cannot be read. Ask for it again, or take a picture of the code."),
)


def is_picture(path: Path) -> bool:
    """Whether a file is a PDF or a picture, told by its first bytes."""
    try:
        with path.open("rb") as file:
            start = file.read(1024)
    except OSError:
        return False
    return start.lstrip().startswith(b"%PDF") or start.startswith(tuple(_TYPES))


def codes_in(path: Path, *, look: Callable[[], object] | None = None) -> list[str]:
    """The texts of all QR symbols in a picture or PDF, page by page, each once; none where nothing is found.

    FileProblem says in a sentence why it cannot be read."""
    found: list[str] = read_apart(path, find_codes, _LIMITS, look=look)
    return found


def find_codes(path: Path, memory: int | None) -> list[str]:
    """The other side of `codes_in`."""
    limit_memory(memory)
    try:
        content = path.read_bytes()
        if content[:1024].lstrip().startswith(b"%PDF"):
            return _once(text for number in range(_pages(content, path.name)) for text in _of_page(content, number))
        return _once(_of_picture(_opened(content, path.name)))
    except MemoryError:
        raise FileProblem(_LIMITS.large, file=path.name) from None


def _once(texts: Iterator[str]) -> list[str]:
    return list(dict.fromkeys(texts))


def _pages(content: bytes, file: str) -> int:
    import pypdfium2

    try:
        with opened_pdf(content) as document:
            pages = len(document)
    except pypdfium2.PdfiumError:
        raise FileProblem(_LIMITS.broken, file=file) from None
    if pages > MOST_PAGES:
        raise FileProblem(
            "{file} has {count} pages; {limit} are read at most. Give the pages that are to be checked.",
            file=file,
            count=pages,
            limit=MOST_PAGES,
        )
    return pages


def _of_page(content: bytes, number: int) -> Iterator[str]:
    """The codes of a page, drawn finer where nothing is found."""
    with opened_pdf(content) as document:
        page = document[number]
        width, height = page.get_size()
        for resolution in _DOTS_PER_INCH:
            scale = min(resolution / 72, (_MOST_DOTS / max(width * height, 1)) ** 0.5)
            found = list(_symbols(page.render(scale=scale, grayscale=True).to_pil()))
            if found:
                yield from found
                return


def _opened(content: bytes, file: str) -> Any:
    from PIL import Image, ImageOps

    try:
        picture = Image.open(io.BytesIO(content), formats=sorted({each.upper() for each in _TYPES.values()}))
        if picture.width * picture.height > _MOST_DOTS:
            raise FileProblem(_LIMITS.large, file=file)
        return ImageOps.exif_transpose(picture).convert("L")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise FileProblem(_LIMITS.large, file=file) from None
    except (OSError, ValueError, SyntaxError):
        raise FileProblem(_LIMITS.broken, file=file) from None


def _of_picture(picture: Any) -> Iterator[str]:
    """The codes of a photo: as it is, then with the contrast stretched, blurred, enlarged, slightly turned."""
    from PIL import Image, ImageFilter, ImageOps

    stretched = ImageOps.autocontrast(picture, cutoff=2)
    larger = (picture.width * 2, picture.height * 2)
    ways: tuple[Callable[[], Any], ...] = (
        lambda: picture,
        lambda: stretched,
        lambda: stretched.filter(ImageFilter.GaussianBlur(1)),
        lambda: stretched.resize(larger, Image.Resampling.BICUBIC),
        lambda: stretched.resize(larger, Image.Resampling.BICUBIC).filter(ImageFilter.GaussianBlur(2)),
        lambda: stretched.rotate(8, expand=True, fillcolor=255, resample=Image.Resampling.BICUBIC),
        lambda: stretched.rotate(-8, expand=True, fillcolor=255, resample=Image.Resampling.BICUBIC),
    )
    for way in ways:
        if way is not ways[0] and picture.width * picture.height > _MOST_DOTS // 4:
            return
        if found := list(_symbols(way())):
            yield from found
            return


def _symbols(picture: Any) -> Iterator[str]:
    import zxingcpp

    formats = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
    for binarizer in (zxingcpp.Binarizer.LocalAverage, zxingcpp.Binarizer.GlobalHistogram):
        found = zxingcpp.read_barcodes(picture, formats=formats, binarizer=binarizer)
        if found:
            yield from (symbol.text for symbol in found)
            return
