"""A list of names as a scanner writes it, for pictures; nobody in it is real."""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from eic_tracker import paths

NAMES = ("Aguilar Paz, Karla", "Castro Rivas, Luis", "Núñez Ávila, José", "Ñáñez de la O, Rosa", "Zelaya Mejía, Ana")


def a_sheet_with_names(folder: Path) -> Path:
    """A summary sheet on which somebody wrote names beside the counts."""
    face = str(paths.resources() / "fonts" / "EBGaramond-Regular.ttf")
    sheet = Image.new("RGB", (1275, 1650), "white")
    draw = ImageDraw.Draw(sheet)
    draw.text((300, 120), "HOJA RESUMEN 4.º A", font=ImageFont.truetype(face, 44), fill="black")
    lines = ("Niñas 15   Niños 17", *NAMES, "Firma y sello del centro")
    for place, line in enumerate(lines):
        draw.text((140, 240 + place * 62), line, font=ImageFont.truetype(face, 36), fill="#222222")
    path = folder / "hoja resumen.png"
    sheet.save(path)
    return path


def a_scan(folder: Path) -> Path:
    """A PDF of two pages with a letterhead and a table of names, slightly turned."""
    face = str(paths.resources() / "fonts" / "EBGaramond-Regular.ttf")
    pages = []
    for page in range(2):
        sheet = Image.new("RGB", (1275, 1650), "white")
        draw = ImageDraw.Draw(sheet)
        draw.text((300, 120), "NÓMINA DE PARTICIPANTES 2012", font=ImageFont.truetype(face, 44), fill="black")
        for place in range(20):
            y = 240 + place * 62
            number = page * 20 + place + 1
            text = f"{number:>2}   0801-19{70 + place}-{number:05}   {NAMES[place % len(NAMES)]}"
            draw.text((140, y), text, font=ImageFont.truetype(face, 36), fill="#222222")
            draw.line((120, y + 52, 1160, y + 52), fill="#888888")
        pages.append(sheet.rotate(0.6, fillcolor="white"))
    path = folder / "nómina 2012.pdf"
    pages[0].save(path, save_all=True, append_images=pages[1:], resolution=150)
    return path
