"""QR symbols as pictures that printers and cameras read."""

from __future__ import annotations

from typing import Any

import zxingcpp
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

PIXELS_PER_MODULE = 4


def qr_picture(text: str) -> Image.Image:
    """A black and white picture of 4 pixels a module with its quiet zone, error correction Q.

    One pixel a module does not read at 150 dpi: programs that print smooth it."""
    symbol = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="Q")
    pixels: Any = symbol.to_image(scale=PIXELS_PER_MODULE)
    return Image.fromarray(pixels).convert("L")


class QrPicture:
    """The symbol of a text, for a page: how many squares it has on a side, with its quiet zone of four."""

    def __init__(self, text: str) -> None:
        self._picture = qr_picture(text)
        self.modules = self._picture.width // PIXELS_PER_MODULE

    def draw(self, canvas: Canvas, x: float, y: float, side: float) -> None:
        """Draw it with its quiet zone in a square of `side` points."""
        canvas.drawImage(ImageReader(self._picture), x, y, side, side)
