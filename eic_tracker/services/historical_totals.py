"""Historical totals: listed with what they still lack, given their document, approved by another person, taken out."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection, RowMapping

from eic_tracker.clock import local_date
from eic_tracker.domain.codes import CurriculumKind, Measure
from eic_tracker.domain.drafts import DraftProblem, DraftRefused, date_problems, tidy, writable
from eic_tracker.domain.historical import BySex, rest, rest_by_sex
from eic_tracker.domain.names import fold
from eic_tracker.domain.permissions import ActingUser, Action, Right, require
from eic_tracker.errors import Refused, UserError
from eic_tracker.i18n import N_
from eic_tracker.queries.figures import read_historical_totals
from eic_tracker.queries.held_facts import held_facts
from eic_tracker.services.sign_in import actor
from eic_tracker.store.database import Database
from eic_tracker.store.tables.documents import SourceDocument, SourceKind
from eic_tracker.store.tables.figures import HistoricalTotalRow
from eic_tracker.store.transaction import Entry

PAPERS = {kind.value: kind for kind in SourceKind}
"""The kinds of paper that may stand behind a total, by code."""


class TotalState(StrEnum):
    """How far a total is: only an approved one explains anything."""

    TO_DOCUMENT = "to_document"
    TO_APPROVE = "to_approve"
    APPROVED = "approved"


@dataclass(frozen=True, slots=True)
class TotalRow:
    """A historical total: what it tells, the paper behind it, who entered and approved it (logins)."""

    id: int
    programme: str
    measure: Measure
    value: int
    first_day: dt.date
    last_day: dt.date
    instructor_force: str | None
    departments: tuple[str, ...]
    municipalities: tuple[str, ...]
    curriculum_kind: CurriculumKind | None
    school: str | None
    document_number: str | None
    document_dated: dt.date | None
    document_sender: str | None
    document_subject: str | None
    page: str | None
    entered_by: str
    approved_by: str | None
    figure_key: str | None
    """the published figure from which it was recorded when the file was made"""

    @property
    def state(self) -> TotalState:
        """What is still to be done."""
        if self.approved_by is not None:
            return TotalState.APPROVED
        documented = self.document_number and self.document_dated and self.page
        return TotalState.TO_APPROVE if documented else TotalState.TO_DOCUMENT


@dataclass(frozen=True, slots=True)
class TotalDocument:
    """The paper behind a total as a form hands it over; where a paper has no number people write “S/N”."""

    total_id: int
    kind: SourceKind
    number: str
    dated: dt.date | None
    page: str
    sender: str = ""
    subject: str = ""


_TOTALS = """
SELECT h.id, p.code AS programme, h.measure, h.value, h.first_day, h.last_day, h.instructor_force, h.departments,
       h.municipalities, h.curriculum_kind, h.school, d.number, d.dated, d.sender, d.subject, h.page,
       e.login AS entered_by, a.login AS approved_by, f.key AS figure_key
FROM historical_total h
JOIN programme p ON p.id = h.programme_id
JOIN source_document d ON d.id = h.source_document_id
JOIN user e ON e.id = h.entered_by_id
LEFT JOIN user a ON a.id = h.approved_by_id
LEFT JOIN published_figure f ON f.id = h.published_figure_id
ORDER BY h.first_day, h.id
"""


def list_totals(db: Database, acting: ActingUser, state: TotalState | None = None) -> tuple[TotalRow, ...]:
    """The historical totals by their first day, all or those in one state."""
    require(acting, Action.READ_FIGURES, Right.YES)
    with db.read() as connection:
        return tuple(row for row in _rows(connection) if state is None or row.state is state)


def _rows(connection: Connection) -> list[TotalRow]:
    return [_row(found) for found in connection.exec_driver_sql(_TOTALS).mappings()]


def _row(found: RowMapping) -> TotalRow:
    return TotalRow(
        id=found["id"],
        programme=found["programme"],
        measure=Measure(found["measure"]),
        value=found["value"],
        first_day=dt.date.fromisoformat(found["first_day"]),
        last_day=dt.date.fromisoformat(found["last_day"]),
        instructor_force=found["instructor_force"],
        departments=_codes(found["departments"]),
        municipalities=_codes(found["municipalities"]),
        curriculum_kind=CurriculumKind(found["curriculum_kind"]) if found["curriculum_kind"] else None,
        school=found["school"],
        document_number=found["number"],
        document_dated=dt.date.fromisoformat(found["dated"]) if found["dated"] else None,
        document_sender=found["sender"],
        document_subject=found["subject"],
        page=found["page"],
        entered_by=found["entered_by"],
        approved_by=found["approved_by"],
        figure_key=found["figure_key"],
    )


def _codes(text: str | None) -> tuple[str, ...]:
    return tuple(text.split(";")) if text else ()


def document_problems(draft: TotalDocument, today: dt.date) -> tuple[DraftProblem, ...]:
    """What is wrong with the paper behind a total, in the order of the form."""
    problems: list[DraftProblem] = []
    for name, text in (("number", draft.number), ("page", draft.page)):
        if not fold(text):
            problems.append(DraftProblem(name, N_("This is needed.")))
    for name, text in _texts(draft).items():
        if not writable(tidy(text)) or len(tidy(text)) > _LONGEST:
            message = N_("This holds characters that cannot be kept or printed, or is too long.")
            problems.append(DraftProblem(name, message))
    if draft.dated is None:
        problems.append(DraftProblem("dated", N_("This is needed.")))
    problems.extend(date_problems("dated", draft.dated))
    if isinstance(draft.dated, dt.date) and draft.dated > today:
        problems.append(DraftProblem("dated", N_("A paper is not dated after today, {today}."), {"today": today}))
    return tuple(problems)


_LONGEST = 400


def _texts(draft: TotalDocument) -> dict[str, str]:
    """Its texts by field."""
    return {"number": draft.number, "page": draft.page, "sender": draft.sender, "subject": draft.subject}


def document_total(db: Database, acting: ActingUser, draft: TotalDocument) -> None:
    """File the paper behind a total; who does so has entered the total and cannot approve it."""
    require(acting, Action.PUBLISHED_FIGURES)
    with db.write(Entry(actor(acting), "document_historical_total", f"historical total {draft.total_id}")) as tx:
        row = _find(tx.connection, draft.total_id)
        if row.state is TotalState.APPROVED:
            raise Refused(N_("This total is approved already; take it out, with a reason, before another paper."))
        if problems := document_problems(draft, local_date(tx.at)):
            raise DraftRefused(problems)
        texts = {name: tidy(text) or None for name, text in _texts(draft).items()}
        page = texts.pop("page")
        (document,) = tx.insert(
            SourceDocument, [{"uid": tx.new_uid(), "kind": draft.kind, "dated": draft.dated, **texts}]
        )
        changed = {"source_document_id": document, "page": page, "entered_by_id": acting.id}
        tx.update(HistoricalTotalRow, {row.id: changed})


def approve_total(db: Database, acting: ActingUser, total_id: int) -> None:
    """Approve a documented total that another person entered; from then on it explains what no roster shows."""
    require(acting, Action.PUBLISHED_FIGURES, Right.ENTER_AND_APPROVE_OTHERS)
    with db.write(Entry(actor(acting), "approve_historical_total", f"historical total {total_id}")) as tx:
        row = _find(tx.connection, total_id)
        if row.state is TotalState.TO_DOCUMENT:
            raise Refused(
                N_("This total has no document with number, date and page yet; without them it counts nothing.")
            )
        if row.state is TotalState.APPROVED:
            raise Refused(N_("“{login}” approved this total already."), login=row.approved_by)
        if row.entered_by == acting.login:
            raise Refused(N_("“{login}” entered this total; another person approves it."), login=acting.login)
        tx.update(HistoricalTotalRow, {total_id: {"approved_by_id": acting.id}})


def withdraw_total(db: Database, acting: ActingUser, total_id: int, reason: str) -> None:
    """Take a total out, with a reason; the journal keeps it. An approved one only by a manager, a linked one never."""
    right = require(acting, Action.PUBLISHED_FIGURES)
    if not fold(reason):
        raise UserError(N_("Taking a total out needs a reason; nothing was changed."))
    entry = Entry(actor(acting), "withdraw_historical_total", f"historical total {total_id}", reason=tidy(reason))
    with db.write(entry) as tx:
        row = _find(tx.connection, total_id)
        if row.state is TotalState.APPROVED and right is not Right.ENTER_AND_APPROVE_OTHERS:
            raise Refused(N_("This total is approved; a manager can take it out."))
        linked = sum(
            tx.connection.exec_driver_sql(
                f"SELECT count(*) FROM {table} WHERE historical_total_id = ?", (total_id,)
            ).scalar_one()
            for table in ("offering", "class_group")
        )
        if linked:
            raise Refused(
                N_("Rosters or class groups draw this total down ({count}); take it away from them first."),
                count=linked,
            )
        tx.delete(HistoricalTotalRow, [total_id])


@dataclass(frozen=True, slots=True)
class TotalDraw:
    """What rosters typed in later took off a total: how much of it they back, what is left, which courses they are."""

    backed: int
    left: int
    offerings: tuple[tuple[int, str, str], ...]
    """key, number and title of each linked course"""
    class_groups: int
    left_by_sex: BySex | None = None
    """where the document tells the sexes: a roster takes of its own first"""


def total_draw(db: Database, acting: ActingUser, total_id: int, today: dt.date) -> TotalDraw:
    """How far a total is drawn down today, by the counting rules; UserError where it was taken out."""
    require(acting, Action.READ_FIGURES, Right.YES)
    with db.read() as connection:
        facts = held_facts(connection).facts
        total = next((each for each in read_historical_totals(connection, facts, today) if each.id == total_id), None)
        if total is None:
            raise UserError(_TAKEN_OUT)
        offerings = connection.exec_driver_sql(
            "SELECT o.id, o.code, c.title FROM offering o JOIN course_version v ON v.id = o.course_version_id "
            "JOIN course c ON c.id = v.course_id WHERE o.historical_total_id = ? ORDER BY o.ends_on, o.id",
            (total_id,),
        )
        groups = connection.exec_driver_sql(
            "SELECT count(*) FROM class_group WHERE historical_total_id = ?", (total_id,)
        ).scalar_one()
        courses = tuple((row[0], row[1], row[2]) for row in offerings)
        return TotalDraw(total.linked.total, rest(total), courses, groups, rest_by_sex(total))


_TAKEN_OUT = N_("This total is no longer in the file; somebody took it out, or its entry was undone.")


def _find(connection: Connection, total_id: int) -> TotalRow:
    for row in _rows(connection):
        if row.id == total_id:
            return row
    raise UserError(_TAKEN_OUT)
