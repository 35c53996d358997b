"""Tables of diplomas of paper books: a row each, with what cannot be read in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from eic_tracker.domain.dates import parse_date
from eic_tracker.domain.drafts import DraftProblem
from eic_tracker.domain.names import fold
from eic_tracker.errors import FileProblem, UserError
from eic_tracker.exchange.cells import Cell, Sheet, text_of
from eic_tracker.exchange.reading import read_sheets
from eic_tracker.i18n import N_

_HEADERS: Mapping[str, tuple[str, ...]] = {
    "number": ("numero", "no", "n", "n o", "num", "numero de diploma", "diploma", "registro", "number"),
    "book": ("libro", "tomo", "book"),
    "folio": ("folio", "pagina", "hoja"),
    "entry": ("asiento", "partida", "entry"),
    "dated": ("fecha", "fecha del diploma", "date"),
    "document": ("identidad", "no de identidad", "dni", "numero de identidad", "cedula", "document", "id"),
    "rank": ("grado", "grado policial", "rank"),
    "name": ("nombre", "nombre completo", "nombres y apellidos", "grado y nombre", "name"),
    "course": ("curso", "nombre del curso", "course"),
    "offering": ("edicion", "codigo", "codigo del curso", "numero de curso", "offering"),
    "hours": ("horas", "hours"),
    "signatories": ("firma", "firmas", "firmantes", "firmado por", "signatories"),
}
"""Headers of each column, folded."""
_NEEDED = ("number", "book", "folio", "dated", "name", "course")
_MOST_LINES_ABOVE = 20
_MOST_ROWS = 20_000


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A diploma as its row says it; `row` as a spreadsheet counts, `problems` what could not be read."""

    row: int
    number: str
    book: str
    folio: int | None
    entry: int | None
    dated: dt.date | None
    document: str
    rank: str
    name: str
    course: str
    offering: str
    hours: int | None
    signatories: tuple[str, ...]
    problems: tuple[DraftProblem, ...]


def read_paper_list(path: Path, today: dt.date) -> tuple[PaperRow, ...]:
    """The diplomas in a workbook or text; FileProblem where no sheet has the columns that are needed."""
    return paper_rows(read_sheets(path), path.name, today)


def paper_rows(sheets: Sequence[Sheet], file: str, today: dt.date) -> tuple[PaperRow, ...]:
    """The diplomas in sheets that were read."""
    for sheet in sheets:
        for header in range(min(_MOST_LINES_ABOVE, len(sheet.cells))):
            columns = _columns(sheet, header)
            if all(name in columns for name in _NEEDED):
                found = [
                    _row(sheet, row, columns, today)
                    for row in range(header + 1, len(sheet.cells))
                    if any(sheet.text(row, column) for column in columns.values())
                ]
                if len(found) > _MOST_ROWS:
                    raise FileProblem(
                        N_("{file} holds more than {most} rows. Split it."), file=file, most=str(_MOST_ROWS)
                    )
                return tuple(found)
    raise FileProblem(
        N_("{file} has no table with the columns number, book, folio, date, name and course (in Spanish or English)."),
        file=file,
    )


def _columns(sheet: Sheet, header: int) -> dict[str, int]:
    found: dict[str, int] = {}
    for column in range(len(sheet.cells[header])):
        folded = fold(sheet.text(header, column))
        for name, headers in _HEADERS.items():
            if folded in headers and name not in found:
                found[name] = column
    return found


def _row(sheet: Sheet, row: int, columns: Mapping[str, int], today: dt.date) -> PaperRow:
    problems: list[DraftProblem] = []

    def cell(name: str) -> Cell:
        return sheet.at(row, columns[name]) if name in columns else ""

    def text(name: str) -> str:
        return text_of(cell(name))

    return PaperRow(
        row=row + 1,
        number=text("number"),
        book=text("book"),
        folio=_number("folio", text("folio"), problems),
        entry=_number("entry", text("entry"), problems),
        dated=_day(cell("dated"), today, problems),
        document=text("document"),
        rank=text("rank"),
        name=text("name"),
        course=text("course"),
        offering=text("offering"),
        hours=_number("hours", text("hours"), problems),
        signatories=tuple(part.strip() for part in text("signatories").split(";") if part.strip()),
        problems=tuple(problems),
    )


def _number(field: str, text: str, problems: list[DraftProblem]) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdecimal()):
        problems.append(DraftProblem(field, N_("“{text}” is no whole number."), {"text": text}))
        return None
    return int(text)


def _day(cell: Cell, today: dt.date, problems: list[DraftProblem]) -> dt.date | None:
    if isinstance(cell, dt.datetime):
        return cell.date()
    if isinstance(cell, dt.date):
        return cell
    try:
        return parse_date(text_of(cell), today)
    except UserError as error:
        problems.append(DraftProblem("dated", error.message, error.values))
        return None
