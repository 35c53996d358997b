"""The figures as a workbook of the roll-up shows them, in whatever program its cells got their values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import openpyxl

from tests.six_ways.asked import EIC, EVER, QUARTER, YEAR, Asked

Rows = list[tuple[Any, ...]]

_SPANS = (EVER, YEAR, QUARTER)
_NAMES = {
    "completions": "Aprobados",
    "persons": "Personas distintas",
    "enrolments": "Participaciones",
    "offerings": "Cursos impartidos",
    "reached": "Atendidos",
    "graduated": "Graduados",
}
_SEXES = {"F": ("mujeres", "niñas"), "M": ("hombres", "niños"), "U": ("sin dato", "sin dato")}
_PLACES = {
    "course": ("Por curso", None),
    "institution": ("Instituciones", "Por institución"),
    "country": ("Instituciones", "Por país"),
    "instructor-force": ("Asesores", "Por fuerza, desde el inicio"),
    "department": ("G.R.E.A.T.", "Por departamento"),
    "grade": ("G.R.E.A.T.", "Por grado escolar"),
}
_PROGRAMMES = {EIC: "Escuela de Investigación Criminal", "GREAT": "Programa de Educación"}
_ROMAN = {"1": "I", "2": "II", "3": "III", "4": "IV"}


_SHOWING = (
    "Resumen",
    "Años y trimestres",
    "Por curso",
    "Instituciones",
    "Asesores",
    "G.R.E.A.T.",
    "Cifras publicadas",
    "Fuentes y definiciones",
)


def answers(path: Path, figures: Sequence[Asked]) -> dict[str, int]:
    """Each figure as the value that is stored in the cell which shows it."""
    with closing(openpyxl.load_workbook(path, data_only=True, read_only=True)) as book:
        sheets = {name: [(*row, None) for row in book[name].iter_rows(values_only=True)] for name in _SHOWING}
    published = dict(_published(sheets))
    return {str(asked): published[asked.published] if asked.published else _cell(sheets, asked) for asked in figures}


def _cell(sheets: dict[str, Rows], asked: Asked) -> int:
    if not asked.by and asked.span in _SPANS:
        return _summary(sheets["Resumen"], asked)
    if asked.by in ("", "sex"):
        name = "Años y trimestres" if asked.programme == EIC else "G.R.E.A.T."
        row = _row(sheets[name], None, _period_words(asked.span))
    elif asked.span == EVER:
        name, section = _PLACES[asked.by]
        row = _row(sheets[name], section, _label(asked))
    else:
        name = "Asesores"
        row = next(
            row
            for row in _after(sheets[name], "Por fuerza y año")
            if (row[0], row[3]) == (asked.key, f"Año {asked.span}")
        )
    return int(row[_column(sheets[name], asked)])


def _summary(rows: Rows, asked: Asked) -> int:
    start = next(at for at, row in enumerate(rows) if str(row[0]).startswith(_PROGRAMMES[asked.programme]))
    row = next(row for row in rows[start:] if row[0] == _NAMES[asked.measure])
    return int(row[1 + _SPANS.index(asked.span)])


def _row(rows: Rows, section: str | None, label: str) -> tuple[Any, ...]:
    return next(row for row in _after(rows, section) if row[0] == label)


def _after(rows: Rows, section: str | None) -> Rows:
    return rows if section is None else rows[next(at for at, row in enumerate(rows) if row[0] == section) :]


def _column(rows: Rows, asked: Asked) -> int:
    name = _NAMES[asked.measure]
    if asked.by == "sex":
        name += ": " + _SEXES[asked.key][asked.programme != EIC]
    return next(row.index(name) for row in rows if name in row)


def _label(asked: Asked) -> str:
    if asked.by == "department":
        return f"{asked.key} {asked.said}"
    return asked.said if asked.by in ("grade", "country") else asked.key


def _period_words(span: str) -> str:
    year, _, quarter = span.partition("Q")
    if not year:
        return "Total"
    return f"{_ROMAN[quarter]} Trimestre {year}" if quarter else f"Año {year}"


def _published(sheets: dict[str, Rows]) -> Iterator[tuple[str, int]]:
    """The counted side by key: the sheet of sources names the keys in the order of the figures."""
    sources = sheets["Fuentes y definiciones"]
    keys = [row[0] for row in sources if str(row[0]).startswith(("eic-", "great-"))]
    rows = [row for row in sheets["Cifras publicadas"] if isinstance(row[2], int)]
    for key, row in zip(keys, rows, strict=True):
        if isinstance(row[3], int | float):
            yield key, int(row[3])
