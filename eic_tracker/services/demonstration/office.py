"""What an office enters beside rosters: users, settings, signatories, targets, historical totals, a closed quarter."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from eic_tracker.domain.codes import FileKind, KeyTitle, Measure, ProgrammeKind, Role, Sex
from eic_tracker.domain.counting import Scope, figure
from eic_tracker.domain.periods import Period
from eic_tracker.domain.quarter_figures import cells_of
from eic_tracker.queries.facts import read_facts
from eic_tracker.services.demonstration.chance import Chance, shares
from eic_tracker.services.demonstration.lookup import Lookup
from eic_tracker.services.demonstration.people import Names
from eic_tracker.services.demonstration.plan import EIC, GREAT
from eic_tracker.services.new_file import LETTERHEAD
from eic_tracker.services.quarters import cell_rows
from eic_tracker.services.register_entries import ENTRIES_SETTING
from eic_tracker.services.signing_keys import add_demonstration_signature
from eic_tracker.store.tables.certificates import Signatory
from eic_tracker.store.tables.documents import Authorisation, SourceDocument, SourceKind
from eic_tracker.store.tables.figures import (
    ClosedQuarter,
    HistoricalTotalRow,
    QuarterCell,
    QuarterFigure,
    Restatement,
    Target,
)
from eic_tracker.store.tables.reference import Programme, Setting
from eic_tracker.store.tables.users import FileInfo, User
from eic_tracker.store.transaction import Tx

SCHOOL = "Escuela de Investigación Criminal"
PROSECUTORS = "FISCALES"

MEASURES = {
    EIC: (Measure.OFFERINGS, Measure.ENROLMENTS, Measure.COMPLETIONS, Measure.PERSONS),
    GREAT: (Measure.REACHED, Measure.GRADUATED),
}
"""What a closed quarter freezes of each programme."""

_TARGETS = {(EIC, Measure.COMPLETIONS): {2018: 2600, 2019: 3000}, (GREAT, Measure.REACHED): {2018: 95000, 2019: 110000}}
_ENTRIES_PER_FOLIO = 15
"""So that the certificates of one course fill a folio, which is printed."""

_QUARTERS = (20, 28, 30, 22)
"""How a year's target is spread over its quarters."""

_PROSECUTORS = ((2013, 62, 27, True), (2014, 58, 24, True), (2016, 71, 35, True), (2018, 66, 31, False))
"""Year, prosecutors, women among them, and whether the total was approved; no roster stands behind them."""

_DIRECTOR = "Director de la Escuela de Investigación Criminal"
_HEAD_OF_STUDIES = "Jefa académica"
_SIGNATORIES = (
    ("Comisionado de Policía", Sex.M, _DIRECTOR, dt.date(2011, 5, 2), dt.date(2015, 12, 31), 1),
    ("Comisionado de Policía", Sex.M, _DIRECTOR, dt.date(2016, 1, 4), None, 1),
    ("Subcomisionada de Policía", Sex.F, _HEAD_OF_STUDIES, dt.date(2016, 1, 4), None, 2),
)
"""Rank, sex, post, first and last day, and the place of the signature on a paper."""


class Office:
    """Writes what is not a roster; every name is invented."""

    def __init__(self, chance: Chance, names: Names) -> None:
        self.chance = chance
        self.names = names
        self.users: dict[str, int] = {}
        self._signers: dict[str, tuple[str, str, str]] = {}

    def found(self, tx: Tx, today: dt.date, instructor: str) -> None:
        """Write what the file is and its users; the instructor's name is that of the instructor they are."""
        info = {
            "id": 1,
            "uid": tx.new_uid(),
            "kind": FileKind.DEMONSTRATION,
            "created_at": tx.at,
            "clock": today,
        }
        tx.insert(FileInfo, [info])
        rows = [
            {
                "uid": tx.new_uid(),
                "login": role.value,
                "full_name": instructor if role is Role.INSTRUCTOR else self._name(Sex.F if place % 2 else Sex.M),
                "role": role,
            }
            for place, role in enumerate(Role)
        ]
        self.users = dict(zip((role.value for role in Role), tx.insert(User, rows), strict=True))

    def settings(self, tx: Tx) -> None:
        """Write the letterhead, the place, who signs and with which signature, the programme that has no rosters."""
        rows: list[dict[str, Any]] = []
        for rank, sex, post, valid_from, valid_to, position in _SIGNATORIES:
            name = self._name(sex)
            rows.append({"rank": rank, "name": name, "post": post, "position": position})
            rows[-1] |= {"valid_from": valid_from, "valid_to": valid_to}
            if valid_to is None:
                self._signers[post] = (rank, name, post)
        tx.insert(Signatory, rows)
        add_demonstration_signature(tx, self.users[Role.MANAGER.value], KeyTitle.TITULAR)
        registrar = ("Suboficial III", self._name(Sex.F), "Registro académico")
        signers = [registrar, self._signers[_HEAD_OF_STUDIES], self._signers[_DIRECTOR]]
        signatures = {
            role: {"rank": rank, "name": name, "post": post}
            for role, (rank, name, post) in zip(("prepared", "reviewed", "approved"), signers, strict=True)
        }
        settings = {
            "school.letterhead": [*LETTERHEAD, SCHOOL],
            "school.place": "Comayagua",
            "school.signatures": signatures,
            ENTRIES_SETTING: _ENTRIES_PER_FOLIO,
        }
        tx.insert(
            Setting,
            [{"name": name, "value": json.dumps(value, ensure_ascii=False)} for name, value in settings.items()],
        )
        programme = {
            "code": PROSECUTORS,
            "name": "Formación de fiscales (cuatro años)",
            "kind": ProgrammeKind.COURSES,
            "covers_from": dt.date(2013, 1, 1),
        }
        tx.insert(Programme, [programme])

    def link_instructor(self, tx: Tx, instructor_id: int) -> None:
        """Tie the user `instructor` to the instructor they are."""
        tx.update(User, {self.users[Role.INSTRUCTOR.value]: {"instructor_id": instructor_id}})

    def targets(self, tx: Tx, lookup: Lookup, year: int) -> None:
        """Write what the programmes plan for a year and its quarters."""
        rows: list[dict[str, Any]] = []
        for (programme, measure), by_year in _TARGETS.items():
            if year in by_year:
                common = {
                    "programme_id": lookup.programmes[programme],
                    "measure": measure,
                    "entered_by_id": self.users[Role.REGISTRAR.value],
                    "approved_by_id": self.users[Role.MANAGER.value],
                    "recorded_at": tx.at,
                }
                rows.append({**common, "period": str(year), "value": by_year[year]})
                for number, value in enumerate(shares(by_year[year], _QUARTERS), 1):
                    rows.append({**common, "period": f"{year}Q{number}", "value": value})
        tx.insert(Target, rows)

    def historical_totals(self, tx: Tx, programme_id: int) -> list[int]:
        """Write the totals of the prosecutors' training with their documents; the keys of those to be approved."""
        keys = []
        for year, value, women, approved in _PROSECUTORS:
            document = {
                "uid": tx.new_uid(),
                "kind": SourceKind.REPORT,
                "number": f"INFORME DEMO-{year}",
                "dated": dt.date(year + 1, 1, 31),
                "sender": "Ministerio Público",
                "subject": f"Memoria anual {year} (inventada)",
            }
            (document_id,) = tx.insert(SourceDocument, [document])
            row = {
                "uid": tx.new_uid(),
                "programme_id": programme_id,
                "measure": Measure.COMPLETIONS,
                "value": value,
                "girls_or_women": women,
                "boys_or_men": value - women,
                "first_day": dt.date(year, 1, 1),
                "last_day": dt.date(year, 12, 31),
                "source_document_id": document_id,
                "page": str(self.chance.between(4, 40)),
                "entered_by_id": self.users[Role.REGISTRAR.value],
                "recorded_at": tx.at,
            }
            (key,) = tx.insert(HistoricalTotalRow, [row])
            if approved:
                keys.append(key)
        return keys

    def approve(self, tx: Tx, totals: list[int]) -> None:
        """Approve historical totals that another user entered."""
        manager = self.users[Role.MANAGER.value]
        tx.update(HistoricalTotalRow, {key: {"approved_by_id": manager} for key in totals})

    def close_quarter(self, tx: Tx, lookup: Lookup, quarter: Period) -> int:
        """Freeze the figures of a quarter as the rows tell them now; the quarter's key."""
        row = {"period": quarter.code, "closed_at": tx.at, "closed_by_id": self.users[Role.MANAGER.value]}
        (key,) = tx.insert(ClosedQuarter, [row])
        rows = [
            {
                "closed_quarter_id": key,
                "programme_id": lookup.programmes[programme],
                "measure": measure,
                "value": self.quarter_figure(tx, programme, measure, quarter),
            }
            for programme, measures in MEASURES.items()
            for measure in measures
        ]
        tx.insert(QuarterFigure, rows)
        cells = {
            lookup.programmes[programme]: cells_of(read_facts(tx.connection, programme), programme, kind, quarter)
            for programme, kind in ((EIC, ProgrammeKind.COURSES), (GREAT, ProgrammeKind.OUTREACH))
        }
        tx.insert(QuarterCell, cell_rows(key, cells))
        return key

    def quarter_figure(self, tx: Tx, programme: str, measure: Measure, quarter: Period) -> int:
        """A figure of a quarter, counted from the rows that are in the file now."""
        facts = read_facts(tx.connection, programme)
        scope = Scope(programmes=(programme,), first_day=quarter.first_day, last_day=quarter.last_day)
        return figure(facts, measure, as_of=quarter.last_day, scope=scope)

    def restate(self, tx: Tx, lookup: Lookup, closed_quarter: int, quarter: Period, *, more: int) -> None:
        """Say that the quarter's graduates are so many more than when it was closed, and who ordered it."""
        rank, name, post = self._signers[_HEAD_OF_STUDIES]
        authorisation = {
            "authorised_by": f"{rank} {name}",
            "post": post,
            "letter": f"EIC-0214-{tx.at.year}",
            "exception": "restatement",
            "recorded_at": tx.at,
        }
        new = self.quarter_figure(tx, GREAT, Measure.GRADUATED, quarter)
        (authorisation_id,) = tx.insert(Authorisation, [authorisation])
        tx.insert(
            Restatement,
            [
                {
                    "closed_quarter_id": closed_quarter,
                    "programme_id": lookup.programmes[GREAT],
                    "measure": Measure.GRADUATED,
                    "old_value": new - more,
                    "new_value": new,
                    "reason": "La hoja del grupo decía más graduados de los que se anotaron",
                    "authorisation_id": authorisation_id,
                    "recorded_at": tx.at,
                }
            ],
        )
        tx.authorised_by(authorisation_id)

    def _name(self, sex: Sex) -> str:
        return " ".join(self.names.whole(self.chance, sex))
