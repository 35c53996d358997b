"""Lists as reading hands them over, made by hand for the tests of what follows, and how they are taken in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from eic_tracker.domain.codes import Role
from eic_tracker.exchange.rows import PersonRow, Problem, Question, ReadList, Severity
from eic_tracker.services.import_people import ImportDraft, Imported, import_list
from eic_tracker.services.letters import SourceDraft
from eic_tracker.services.list_review import Review, offering_of_code, review_list
from eic_tracker.store.database import Database
from tests.services.school import user

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


LETTER = SourceDraft("Oficio DPI-1234", None, "DPI")
SIX = (
    person_row(8, "Juana", "Inventada Uno", "0801199500001"),
    person_row(9, "María José", "Núñez O'Hara", "0801199000000"),
    person_row(10, "Pedro", "Inventado Tres", "0801199500003", problems=(error(),)),
    person_row(11, "Juana", "Inventada Uno", "0801199500001", problems=(repeated(),)),
    person_row(12, "Sin", "Documento Alguno"),
    person_row(13, "Ana", "Inventada Seis", "0801199500006"),
)
"""Two new, one known, one repeated, one without document, one error."""


def review(db: Database, read: ReadList, offering: str | None = None, **others: object) -> Review:
    """The list beside the file, as the registrar sees it."""
    acting = user(db, Role.REGISTRAR)
    key = offering_of_code(db, acting, offering) if offering else None
    return review_list(db, acting, read, offering_id=key, **others)  # type: ignore[arg-type]


def take_in(db: Database, read: ReadList, offering: str | None = None, **others: object) -> Imported:
    """Review the list and store what can be stored."""
    return import_list(db, user(db, Role.REGISTRAR), ImportDraft(review(db, read, offering, **others), LETTER))


def outcomes(found: Review) -> list[str]:
    """What the rows are, in order."""
    return [row.outcome.value for row in found.rows]
