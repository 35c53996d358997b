"""QR symbols as pictures that printers and cameras read."""

from __future__ import annotations

import zlib
from typing import Any

import zxingcpp
from PIL import Image
from reportlab.pdfbase.pdfdoc import PDFImageXObject
from reportlab.pdfgen.canvas import Canvas

PIXELS_PER_MODULE = 4


def qr_picture(text: str) -> Image.Image:
    """A black and white picture of 4 pixels a module with its quiet zone, error correction Q.

    One pixel a module does not read at 150 dpi: programs that print smooth it."""
    symbol = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="Q")
    modules: Any = symbol.to_image(scale=1)
    small = Image.fromarray(modules)
    return small.resize((small.width * PIXELS_PER_MODULE, small.height * PIXELS_PER_MODULE), Image.Resampling.NEAREST)


class _OneBit(PDFImageXObject):  # type: ignore[misc]
    """A picture of one bit a pixel; the library's own way takes eight, and eight times as long."""

    def __init__(self, name: str, picture: Image.Image) -> None:
        super().__init__(name)
        self.width, self.height = picture.size
        self.bitsPerComponent = 1
        self.colorSpace = "DeviceGray"
        self.streamContent = zlib.compress(picture.convert("1").tobytes())
        self._filters = ("FlateDecode",)


class QrPicture:
    """The symbol of a text, for a page: how many squares it has on a side, with its quiet zone of four."""

    def __init__(self, text: str) -> None:
        self._picture = qr_picture(text)
        self.modules = self._picture.width // PIXELS_PER_MODULE

    def draw(self, canvas: Canvas, x: float, y: float, side: float) -> None:
        """Draw it with its quiet zone in a square of `side` points."""
        # as the canvas draws pictures itself, which has no way in for one of one bit
        document = canvas._doc
        canvas._currentPageHasImages = 1
        name = f"qr{len(document.idToObject)}"
        symbol = _OneBit(name, self._picture)
        canvas._setXObjects(symbol)
        registered = document.getXObjectName(name)
        document.Reference(symbol, registered)
        document.addForm(name, symbol)
        canvas.saveState()
        canvas.translate(x, y)
        canvas.scale(side, side)
        canvas._code.append(f"/{registered} Do")
        canvas.restoreState()
        canvas._formsinuse.append(name)
