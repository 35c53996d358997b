"""The codes on the pages of a scan, as a camera or a scanner sees them."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

from eic_tracker.reports.pdf.opening import opened_pdf
from eic_tracker.services.attachments import Scan

if TYPE_CHECKING:
    from PIL.Image import Image

_DOTS = 200
"""To the inch, at which the pages of a scan are looked at."""

_MOST_PAGES = 60
"""Pages of one scan that are looked at."""


def codes_in_scan(scan: Scan) -> Iterator[tuple[str, ...]]:
    """What the symbols of each page say, page by page; the scan is known to be sound."""
    import zxingcpp

    wanted = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
    for picture in _pictures(scan):
        yield tuple(symbol.text for symbol in zxingcpp.read_barcodes(picture, formats=wanted))


def _pictures(scan: Scan) -> Iterator[Image]:
    """The pages as grey pictures."""
    import PIL.Image

    if not scan.content.startswith(b"%PDF-"):
        with PIL.Image.open(io.BytesIO(scan.content)) as picture:
            yield picture.convert("L")
        return
    number, pages = 0, 1
    while number < min(pages, _MOST_PAGES):
        # opened for each page anew: whoever looks at a paper meanwhile waits for one page only
        with opened_pdf(scan.content) as document:
            pages, page = len(document), document[number]
            scale = min(_DOTS / 72, 4_000 / max(*page.get_size(), 1))
            picture = page.render(scale=scale, grayscale=True).to_pil().copy()
        yield picture
        number += 1
