"""Lists as reading hands them over, made by hand for the tests of what follows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from eic_tracker.exchange.rows import PersonRow, Problem, Question, ReadList, Severity

BORN = dt.date(1990, 3, 5)


def person_row(row: int, given: str, family: str, document: str | None = None, **others: object) -> PersonRow:
    """A row of a list; a document is a Honduran identity number unless said otherwise."""
    made = PersonRow(
        row=row,
        sheet="Hoja1",
        document=document,
        document_type="national_id" if document else None,
        country="HND" if document else None,
        given_names=given,
        family_names=family,
        sex=None,
        birth_date=None,
        rank=None,
        unit=None,
        institution=None,
        phone=None,
    )
    return replace(made, **others)  # type: ignore[arg-type]


def read_list(*rows: PersonRow, file: str = "nomina.xlsx", questions: Sequence[Question] = ()) -> ReadList:
    """A list with its header in row 1."""
    columns = {"document": "No. Identidad", "full_name": "Nombre completo"}
    return ReadList(file, "Hoja1", 1, columns, rows, tuple(questions))


def error(code: str = "document_destroyed") -> Problem:
    """A problem that keeps its row out."""
    return Problem("document", Severity.ERROR, code, "8.01199E+11", None, "A name is needed.")


def repeated() -> Problem:
    """The problem of a row that says again what an earlier one says."""
    return Problem("document", Severity.WARNING, "repeated_in_file", "", None, "A name is needed.")
