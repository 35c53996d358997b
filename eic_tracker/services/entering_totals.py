"""Historical totals entered by people, and the courses typed in later that draw one down."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from eic_tracker.clock import local_date
from eic_tracker.domain.codes import CurriculumKind, Measure
from eic_tracker.domain.counting import RowKind, rows_behind
from eic_tracker.domain.drafts import DraftProblem, DraftRefused, tidy
from eic_tracker.domain.figure_rules import Values, tidied_total, total_problems
from eic_tracker.domain.names import fold
from eic_tracker.domain.permissions import ActingUser, Action, Right, require
from eic_tracker.errors import Refused, UserError
from eic_tracker.i18n import N_
from eic_tracker.queries.figures import read_historical_totals
from eic_tracker.queries.held_facts import held_facts
from eic_tracker.services.letters import SourceDraft, file_source, source_problems
from eic_tracker.services.published_figures import known_codes, programme_key
from eic_tracker.services.sign_in import actor
from eic_tracker.store.database import Database
from eic_tracker.store.tables.courses import Offering
from eic_tracker.store.tables.figures import HistoricalTotalRow
from eic_tracker.store.transaction import Entry


@dataclass(frozen=True, slots=True)
class TotalDraft:
    """A historical total as its form hands it over, with the document that tells it and the page in it."""

    values: Values
    document: SourceDraft
    page: str


@dataclass(frozen=True, slots=True)
class LinkChoice:
    """A course that counts in a total: its key, code and title, and whether it draws the total down."""

    id: int
    code: str
    title: str
    linked: bool


def programmes_of_totals(db: Database, acting: ActingUser) -> Mapping[str, str]:
    """The programmes that a total may be of, name by code."""
    require(acting, Action.PUBLISHED_FIGURES)
    with db.read() as connection:
        found = connection.exec_driver_sql("SELECT code, name FROM programme WHERE NOT is_load ORDER BY id")
        return {row[0]: row[1] for row in found}


def add_total(db: Database, acting: ActingUser, draft: TotalDraft) -> int:
    """Enter a documented total; its key. It explains nothing until another person approved it. DraftRefused."""
    require(acting, Action.PUBLISHED_FIGURES)
    values = tidied_total(draft.values)
    with db.write(Entry(actor(acting), "add_historical_total", str(values["programme"] or ""))) as tx:
        today = local_date(tx.at)
        problems = [*total_problems(values, known_codes(tx.connection), today), *_document_problems(draft, today)]
        if problems:
            raise DraftRefused(problems)
        kind = values.pop("curriculum_kind")
        row = {
            **{name: value for name, value in values.items() if name not in {"programme", "measure"}},
            "uid": tx.new_uid(),
            "programme_id": programme_key(tx.connection, values["programme"]),
            "measure": Measure(str(values["measure"])),
            "curriculum_kind": CurriculumKind(str(kind)) if kind else None,
            "source_document_id": file_source(tx, draft.document),
            "page": tidy(draft.page),
            "entered_by_id": acting.id,
            "recorded_at": tx.at,
        }
        return tx.insert(HistoricalTotalRow, [row])[0]


def _document_problems(draft: TotalDraft, today: dt.date) -> list[DraftProblem]:
    problems = [*source_problems(draft.document, today)]
    if not fold(draft.document.number):
        problems.append(DraftProblem("number", N_("This is needed.")))
    if draft.document.dated is None:
        problems.append(DraftProblem("dated", N_("This is needed.")))
    if not fold(draft.page):
        problems.append(DraftProblem("page", N_("This is needed.")))
    return problems


def courses_of_total(db: Database, acting: ActingUser, total_id: int) -> tuple[LinkChoice, ...]:
    """The courses that are counted in the scope of a total, linked or not, by their last day."""
    require(acting, Action.READ_FIGURES, Right.YES)
    with db.read() as connection:
        facts = held_facts(connection).facts
        total = next(
            (each for each in read_historical_totals(connection, facts, local_date(db.clock())) if each.id == total_id),
            None,
        )
        if total is None:
            raise UserError(N_("This total is no longer in the file; somebody took it out, or its entry was undone."))
        behind = rows_behind(facts, Measure.OFFERINGS, as_of=local_date(db.clock()), scope=total.scope)
        keys = {row.id for row in behind if row.kind is RowKind.OFFERING}
        rows = connection.exec_driver_sql(
            "SELECT o.id, o.code, c.title, o.historical_total_id FROM offering o "
            "JOIN course_version v ON v.id = o.course_version_id JOIN course c ON c.id = v.course_id "
            "ORDER BY o.ends_on, o.id"
        )
        return tuple(
            LinkChoice(key, code, title, linked == total_id) for key, code, title, linked in rows if key in keys
        )


def link_courses(
    db: Database, acting: ActingUser, total_id: int, codes: Collection[str], *, away: bool = False
) -> tuple[str, ...]:
    """Let courses draw a total down, or `away` no more; the codes that changed.

    Refused, naming them, where courses are not counted in the total's scope; nothing is changed then."""
    require(acting, Action.ENROL)
    choices = {each.code: each for each in courses_of_total(db, acting, total_id)}
    strange = [code for code in codes if code not in choices]
    if strange:
        raise Refused(
            N_("Not counted in the scope of this total: {codes}. Only courses of its programme, days and place are."),
            codes=", ".join(strange),
        )
    wanted = [choices[code] for code in codes if choices[code].linked is away]
    if not wanted:
        return ()
    with db.write(Entry(actor(acting), "link_courses", f"historical total {total_id}")) as tx:
        told = None if away else total_id
        tx.update(Offering, {each.id: {"historical_total_id": told} for each in wanted})
    return tuple(each.code for each in wanted)
