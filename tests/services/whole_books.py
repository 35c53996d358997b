"""A workbook of past courses as an office keeps it, one on each sheet; nobody in it is real."""

from __future__ import annotations

from pathlib import Path

import openpyxl

_HEADER: list[object] = ["N°", "Nombre completo", "Identidad", "Sexo"]
_PEOPLE = (
    ("Quiroz Tábora, Wendolyn Marisela", "0801198845671", "F"),
    ("Velásquez Umanzor, Osman Geovany", "0501198845672", "M"),
    ("Zepeda Funes, Rosa Elvira", "0318198845673", "F"),
    ("Yánez Cáceres, Fredy Omar", "0703198845674", "M"),
    ("Umaña Zelaya, Digna Esperanza", "8.01199E+11", "F"),
)
SHEETS: dict[str, tuple[list[str], slice]] = {
    "Homicidios 2009": (
        [
            "POLICÍA NACIONAL DE HONDURAS",
            "CURSO DE INVESTIGACIÓN DE HOMICIDIOS",
            "Del 6 al 17 de julio de 2009",
            "Lugar: Escuela de Investigación, Comayagua",
            "Instructor: Alguien Nunca Visto",
        ],
        slice(0, 5),
    ),
    "Foto 2009": (["Curso de fotografía forense", "Del 3 al 7 de agosto de 2009"], slice(0, 3)),
    "Tiro": (["Curso de tiro defensivo", "Del 1 al 5 de agosto de 2008"], slice(1, 4)),
    "Informática": (["SEMINARIO DE INFORMATICA (básico)", "Lugar: Tegucigalpa"], slice(2, 4)),
}


def past_courses(folder: Path) -> Path:
    """Four lists of courses: one whose rows have an error, two of which lack their course or their days."""
    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    for name, (lines, people) in SHEETS.items():
        sheet = made.create_sheet(name)
        for line in lines:
            sheet.append([line])
        sheet.append(_HEADER)
        for number, person in enumerate(_PEOPLE[people], 1):
            sheet.append([number, *person])
    made.create_sheet("Notas").append(["esto no es una lista"])
    path = folder / "cursos 2008-2009.xlsx"
    made.save(path)
    return path
