"""A paper book of the past and an absence of a signatory, all invented; no published figure comes from them."""

from __future__ import annotations

import datetime as dt

from eic_tracker.domain.codes import Sex
from eic_tracker.domain.permissions import ActingUser
from eic_tracker.services.demonstration.chance import Chance
from eic_tracker.services.demonstration.people import Names
from eic_tracker.services.paper_books import (
    PaperDiploma,
    approve_paper_diplomas,
    record_paper_diploma,
    taken_places,
)
from eic_tracker.services.sign_in import actor
from eic_tracker.services.signatories import (
    AbsenceDraft,
    SignatoryDraft,
    add_signatory,
    list_signatories,
    set_absence,
)
from eic_tracker.store.database import Database
from eic_tracker.store.transaction import Entry

BOOK = "Tomo II"
_SEED = 7
_COURSES = ("Investigación de homicidios", "Cadena de custodia", "Fotografía forense")
_RANKS = ("Agente de Policía", "Clase I", "Subinspector de Policía")
_STANDING, _ALL, _ON_A_FOLIO = 5, 7, 4
"""Diplomas that are approved, all of them (the others wait), and how many share a folio."""
_AWAY = (dt.date(2019, 5, 6), dt.date(2019, 5, 10))


class PastBooks:
    """Writes them; its chance is its own, so that nothing else in the file depends on it."""

    def __init__(self, names: Names) -> None:
        self._chance = Chance(_SEED)
        self._names = names

    def record(self, db: Database, registrar: ActingUser, manager: ActingUser) -> None:
        """Record diplomas of 2010 as they stand in their book; the manager approves all but the last."""
        with db.write(Entry(actor(registrar), "record_paper_diplomas", BOOK)) as tx:
            taken = taken_places(tx.connection)
            keys = [
                record_paper_diploma(tx, registrar.id, self._diploma(place), None, taken).id for place in range(_ALL)
            ]
        approve_paper_diplomas(db, manager, keys[:_STANDING])

    def absence(self, db: Database, manager: ActingUser) -> None:
        """Say that whoever signs in the second place was away for a week, and who stood in."""
        titular = next(each for each in list_signatories(db, manager) if each.position == 2)
        deputy = SignatoryDraft(
            rank="Comisario de Policía",
            name=self._name(Sex.M),
            post="Jefe académico en funciones",
            valid_from=dt.date(2019, 1, 7),
            deputy_of_id=titular.id,
        )
        add_signatory(db, manager, deputy)
        set_absence(db, manager, AbsenceDraft(titular.id, *_AWAY, "Comisión de servicio"))

    def _diploma(self, place: int) -> PaperDiploma:
        folio, entry = divmod(place, _ON_A_FOLIO)
        return PaperDiploma(
            number=f"{214 + place}-2010",
            book=BOOK,
            folio=31 + folio,
            dated=dt.date(2010, 9 + folio, 17),
            name=self._name(Sex.F if place % 3 == 0 else Sex.M),
            course=_COURSES[place % len(_COURSES)],
            entry=entry + 1,
            rank=_RANKS[place % len(_RANKS)],
            hours=40,
            signatories=(f"Comisario {self._name(Sex.M)}, Director",),
        )

    def _name(self, sex: Sex) -> str:
        return " ".join(self._names.whole(self._chance, sex))
