"""Certificates on paper as a scanner sees them: turned, stained, blurred, pressed into a small file."""

from __future__ import annotations

import io
import math
from dataclasses import dataclass

from PIL import Image, ImageChops, ImageDraw, ImageFilter
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from eic_tracker.reports.pdf.opening import opened_pdf
from eic_tracker.reports.pdf.qr import qr_picture

WIDTH, HEIGHT = 279 * mm, 216 * mm
_EDGE = 20 * mm
ANGLES = (0, 3, -7, 11, 90)
BLOTS = (0.0, 0.03, 0.06, 0.10)


@dataclass(frozen=True)
class Distortion:
    """What happens to a paper on its way: degrees, share of the code that a stain covers, where it lies, how dark."""

    angle: float = 0
    blot: float = 0
    place: tuple[float, float] = (0.55, 0.55)
    tone: int = 110
    blur: float = 0.6
    jpeg: int = 40


def printed(code: str, size: float = 30.0) -> bytes:
    """A page of letters and lines with a code of so many millimetres, as PDF."""
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=(WIDTH, HEIGHT), invariant=1)
    canvas.rect(20, 20, WIDTH - 40, HEIGHT - 40)
    canvas.setFont("Times-Roman", 18)
    for row in range(14):
        canvas.drawString(40, 560 - row * 30, f"La escuela otorga el presente diploma, renglón {row} de catorce")
    side = size * mm
    canvas.drawImage(ImageReader(qr_picture(code)), WIDTH - side - _EDGE, _EDGE, side, side)
    canvas.save()
    return target.getvalue()


def scanned(pdf: bytes, how: Distortion, *, size: float = 30.0, dpi: int = 150) -> bytes:
    """The last page, which bears the code, as a JPEG of a scanner; a stain lies on the code, off its three corners."""
    with opened_pdf(pdf) as document:
        picture = document[len(document) - 1].render(scale=dpi / 72).to_pil().convert("L")
    side = size * mm * dpi / 72
    left = picture.width - side - _EDGE * dpi / 72
    top = picture.height - side - _EDGE * dpi / 72
    radius = math.sqrt(how.blot * side * side / math.pi)
    x, y = left + side * how.place[0], top + side * how.place[1]
    if how.blot:
        ImageDraw.Draw(picture).ellipse((x - radius, y - radius, x + radius, y + radius), fill=how.tone)
    turned = picture.rotate(how.angle, expand=True, fillcolor=255, resample=Image.Resampling.BICUBIC)
    target = io.BytesIO()
    turned.filter(ImageFilter.GaussianBlur(how.blur)).save(target, "JPEG", quality=how.jpeg)
    return target.getvalue()


def photographed(scan: bytes) -> bytes:
    """A scan's lower right corner as a telephone held askew in a dim room takes it: far side smaller, shadow, noise."""
    with Image.open(io.BytesIO(scan)) as paper:
        near = paper.crop((paper.width - 560, paper.height - 560, paper.width - 20, paper.height - 20))
    large = near.resize((1400, 1400), Image.Resampling.BICUBIC)
    askew = (1.25, 0.18, -150.0, -0.12, 1.3, 20.0, 0.00012, 0.0002)
    seen = large.transform((1300, 1300), Image.Transform.PERSPECTIVE, askew, Image.Resampling.BICUBIC, fillcolor=90)
    shadow = Image.linear_gradient("L").resize(seen.size).point([100 + tone // 2 for tone in range(256)])
    noisy = ImageChops.add(ImageChops.multiply(seen, shadow), Image.effect_noise(seen.size, 16), 1, -128)
    target = io.BytesIO()
    noisy.filter(ImageFilter.GaussianBlur(1.2)).save(target, "JPEG", quality=60)
    return target.getvalue()


def film(picture: bytes, width: int = 1280, height: int = 720) -> bytes:
    """A picture as a film of one frame (YUV4MPEG2) that a browser takes for its camera."""
    shown = Image.new("L", (width, height), 200)
    with Image.open(io.BytesIO(picture)) as paper:
        shown.paste(paper.convert("L"), ((width - paper.width) // 2, (height - paper.height) // 2))
    colourless = bytes([128]) * (width * height // 2)
    return f"YUV4MPEG2 W{width} H{height} F5:1 Ip A1:1 C420jpeg\nFRAME\n".encode() + shown.tobytes() + colourless
