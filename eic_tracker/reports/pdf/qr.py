"""QR symbols as pictures that printers and cameras read."""

from __future__ import annotations

from typing import Any

import zxingcpp
from PIL import Image

PIXELS_PER_MODULE = 4


def qr_picture(text: str) -> Image.Image:
    """A black and white picture of 4 pixels a module with its quiet zone, error correction Q.

    One pixel a module does not read at 150 dpi: programs that print smooth it."""
    symbol = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="Q")
    pixels: Any = symbol.to_image(scale=PIXELS_PER_MODULE)
    return Image.fromarray(pixels).convert("L")
