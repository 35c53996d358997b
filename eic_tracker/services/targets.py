"""Targets: what a programme plans for a period, entered by one person and approved by another, with the pace needed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row

from eic_tracker.clock import local_date
from eic_tracker.domain.codes import Measure, ProgrammeKind
from eic_tracker.domain.drafts import DraftProblem, DraftRefused, Marked, date_problems, tidy, writable
from eic_tracker.domain.names import fold
from eic_tracker.domain.pace import MEASURES_OF
from eic_tracker.domain.periods import Period, parse_period
from eic_tracker.domain.permissions import ActingUser, Action, Right, require
from eic_tracker.errors import Refused, UserError
from eic_tracker.i18n import N_
from eic_tracker.queries.targets import Target, read_indicator_codes, read_targets
from eic_tracker.reports.report_words import MEASURES
from eic_tracker.services.figures import Counted
from eic_tracker.services.sign_in import actor
from eic_tracker.services.target_pace import TargetNow, targets_now
from eic_tracker.store.database import Database
from eic_tracker.store.tables.documents import SourceDocument, SourceKind
from eic_tracker.store.tables.figures import Indicator
from eic_tracker.store.tables.figures import Target as TargetRow
from eic_tracker.store.transaction import Entry, Tx

MOST_VALUE = 10_000_000
YEARS_AHEAD = 10
_LONGEST = 100


@dataclass(frozen=True, slots=True)
class TargetDraft:
    """A target as a form hands it over; the document is named where there is one."""

    programme: str
    measure: Measure | None
    period: str
    value: int | None
    document: str = ""
    dated: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Planned:
    """A programme and what it can plan."""

    code: str
    name: str
    kind: ProgrammeKind
    covers_from: dt.date | None


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """A measure of a programme and the code under which an office reports it, None without one."""

    programme: str
    measure: Measure
    code: str | None


def list_targets(
    db: Database, acting: ActingUser, today: dt.date, year: int | None = None, programme: str | None = None
) -> tuple[TargetNow, ...]:
    """All targets with their pace today, newest year first; those of one year or programme where it is named."""
    require(acting, Action.READ_FIGURES, Right.YES)
    with db.read() as connection:
        found = targets_now(Counted(connection, acting), today)
    return tuple(
        each
        for each in found
        if (year is None or each.target.period.year == year)
        and (programme is None or each.target.programme == programme)
    )


def programmes_to_plan(db: Database, acting: ActingUser) -> tuple[Planned, ...]:
    """The programmes for which targets are set, in the order of the file; never that of load tests."""
    require(acting, Action.READ_FIGURES, Right.YES)
    with db.read() as connection:
        return _programmes(connection)


def set_target(db: Database, acting: ActingUser, draft: TargetDraft) -> int:
    """Enter a target; its key. It counts as planned once another person approved it. DraftRefused where wrong."""
    require(acting, Action.PUBLISHED_FIGURES)
    with db.write(Entry(actor(acting), "set_target", _label(draft))) as tx:
        values = _checked(tx, draft, None)
        (key,) = tx.insert(TargetRow, [{**values, **_entered(tx, acting)}])
    return key


def correct_target(db: Database, acting: ActingUser, target_id: int, draft: TargetDraft) -> None:
    """Enter anew a target that nobody approved yet; who does so has entered it. Refused for an approved one."""
    require(acting, Action.PUBLISHED_FIGURES)
    with db.write(Entry(actor(acting), "correct_target", _label(draft))) as tx:
        if _find(tx.connection, target_id).approved_by is not None:
            raise Refused(N_("This target is approved already; take it out, with a reason, and enter another."))
        tx.update(TargetRow, {target_id: {**_checked(tx, draft, target_id), **_entered(tx, acting)}})


def approve_target(db: Database, acting: ActingUser, target_id: int) -> None:
    """Approve a target that another person entered; Refused for one's own, or where it is approved."""
    require(acting, Action.PUBLISHED_FIGURES, Right.ENTER_AND_APPROVE_OTHERS)
    with db.read() as connection:
        label = target_label(_find(connection, target_id))
    with db.write(Entry(actor(acting), "approve_target", label)) as tx:
        row = _find(tx.connection, target_id)
        if row.approved_by is not None:
            raise Refused(N_("“{login}” approved this target already."), login=row.approved_by)
        if row.entered_by == acting.login:
            raise Refused(N_("“{login}” entered this target; another person approves it."), login=acting.login)
        tx.update(TargetRow, {target_id: {"approved_by_id": acting.id}})


def withdraw_target(db: Database, acting: ActingUser, target_id: int, reason: str) -> None:
    """Take a target out, with a reason; the journal keeps it. An approved one only by who approves targets."""
    right = require(acting, Action.PUBLISHED_FIGURES)
    if not fold(reason):
        raise UserError(N_("Taking a target out needs a reason; nothing was changed."))
    with db.read() as connection:
        label = target_label(_find(connection, target_id))
    with db.write(Entry(actor(acting), "withdraw_target", label, reason=tidy(reason))) as tx:
        row = _find(tx.connection, target_id)
        if row.approved_by is not None and right is not Right.ENTER_AND_APPROVE_OTHERS:
            raise Refused(N_("This target is approved; a manager can take it out."))
        tx.delete(TargetRow, [target_id])


def indicator_codes(db: Database, acting: ActingUser) -> tuple[IndicatorRow, ...]:
    """Each measure of each programme with its code."""
    require(acting, Action.READ_FIGURES, Right.YES)
    with db.read() as connection:
        codes = read_indicator_codes(connection)
        return tuple(
            IndicatorRow(programme.code, measure, codes.get((programme.code, measure)))
            for programme in _programmes(connection)
            for measure in MEASURES_OF[programme.kind]
        )


def set_indicator_code(db: Database, acting: ActingUser, programme: str, measure: Measure, code: str) -> None:
    """Say under which code a measure is reported; an empty code takes it away. UserError where it cannot be."""
    require(acting, Action.PUBLISHED_FIGURES, Right.ENTER_AND_APPROVE_OTHERS)
    said = tidy(code)
    if not writable(said) or len(said) > _LONGEST:
        raise UserError(N_("This code holds characters that cannot be kept or printed, or is too long."))
    with db.write(Entry(actor(acting), "set_indicator_code", f"{programme} {measure.value}")) as tx:
        found = _programme(tx.connection, programme)
        if found is None:
            raise DraftRefused([_unknown(tx.connection, programme)])
        key, planned = found
        if measure not in MEASURES_OF[planned.kind]:
            raise DraftRefused([_never_counted(programme, measure)])
        row = tx.connection.exec_driver_sql(
            "SELECT id FROM indicator WHERE programme_id = ? AND measure = ?", (key, measure.value)
        ).first()
        if row is None and said:
            tx.insert(Indicator, [{"programme_id": key, "measure": measure, "code": said}])
        elif row is not None and said:
            tx.update(Indicator, {row[0]: {"code": said}})
        elif row is not None:
            tx.delete(Indicator, [row[0]])


def target_label(target: Target) -> str:
    """A target in codes, as the journal names it: EIC completions 2019."""
    return f"{target.programme} {target.measure.value} {target.period.code}"


def _label(draft: TargetDraft) -> str:
    measure = draft.measure.value if draft.measure else ""
    return tidy(f"{draft.programme} {measure} {draft.period.strip().upper()[:12]}")


def _entered(tx: Tx, acting: ActingUser) -> dict[str, object]:
    return {"entered_by_id": acting.id, "approved_by_id": None, "recorded_at": tx.at}


def _checked(tx: Tx, draft: TargetDraft, own: int | None) -> dict[str, object]:
    """The columns of a draft, its document filed; DraftRefused where something is wrong."""
    if problems := target_problems(tx.connection, draft, local_date(tx.at), own):
        raise DraftRefused(problems)
    found = _programme(tx.connection, draft.programme)
    assert found is not None
    document = None
    if number := tidy(draft.document):
        row = {"uid": tx.new_uid(), "kind": SourceKind.OTHER, "number": number, "dated": draft.dated}
        (document,) = tx.insert(SourceDocument, [row])
    return {
        "programme_id": found[0],
        "measure": draft.measure,
        "period": parse_period(draft.period).code,
        "value": draft.value,
        "source_document_id": document,
    }


def target_problems(
    connection: Connection, draft: TargetDraft, today: dt.date, own: int | None = None
) -> tuple[DraftProblem, ...]:
    """What is wrong with a target, in the order of the form; `own` is the one that is corrected."""
    problems: list[DraftProblem] = []
    found = _programme(connection, draft.programme)
    if found is None:
        problems.append(_unknown(connection, draft.programme))
    if draft.measure is None:
        problems.append(DraftProblem("measure", N_("This is needed.")))
    elif found is not None and draft.measure not in MEASURES_OF[found[1].kind]:
        problems.append(_never_counted(draft.programme, draft.measure))
    period = _period(draft.period, found[1] if found else None, today, problems)
    if draft.value is None:
        problems.append(DraftProblem("value", N_("This is needed.")))
    elif not 1 <= draft.value <= MOST_VALUE:
        problems.append(DraftProblem("value", N_("A target is a whole number from 1 to {most}."), {"most": MOST_VALUE}))
    problems.extend(_document_problems(draft, today))
    if not problems and period is not None:
        problems.extend(_double(connection, draft, period, own))
    return tuple(problems)


def _never_counted(programme: str, measure: Measure) -> DraftProblem:
    message = N_("Programme {programme} never counts “{measure}”; it cannot be its target.")
    return DraftProblem("measure", message, {"programme": programme, "measure": Marked(MEASURES[measure])})


def _unknown(connection: Connection, code: str) -> DraftProblem:
    known = ", ".join(each.code for each in _programmes(connection))
    message = N_("There is no programme “{code}”; there are: {known}.")
    return DraftProblem("programme", message, {"code": code, "known": known})


def _period(text: str, programme: Planned | None, today: dt.date, problems: list[DraftProblem]) -> Period | None:
    try:
        period = parse_period(text)
    except UserError as error:
        problems.append(DraftProblem("period", error.message, error.values))
        return None
    if period.first_day.year > today.year + YEARS_AHEAD:
        message = N_("Period {period} begins more than {years} years from now.")
        problems.append(DraftProblem("period", message, {"period": period.code, "years": YEARS_AHEAD}))
    elif programme is not None and programme.covers_from is not None and period.last_day < programme.covers_from:
        message = N_("Period {period} ended before programme {programme} began, on {day}.")
        told = {"period": period.code, "programme": programme.code, "day": programme.covers_from}
        problems.append(DraftProblem("period", message, told))
    return period


def _document_problems(draft: TargetDraft, today: dt.date) -> list[DraftProblem]:
    problems = list(date_problems("dated", draft.dated))
    number = tidy(draft.document)
    if not writable(number) or len(number) > _LONGEST:
        message = N_("This holds characters that cannot be kept or printed, or is too long.")
        problems.append(DraftProblem("document", message))
    if draft.dated is not None and not number:
        problems.append(DraftProblem("document", N_("A date without the number of its document says nothing.")))
    if not problems and draft.dated is not None and draft.dated > today:
        problems.append(DraftProblem("dated", N_("A paper is not dated after today, {today}."), {"today": today}))
    return problems


def _double(connection: Connection, draft: TargetDraft, period: Period, own: int | None) -> list[DraftProblem]:
    for row in read_targets(connection):
        if (row.programme, row.measure, row.period) == (draft.programme, draft.measure, period) and row.id != own:
            message = N_("There is a target of {value} for this already (number {number}); take it out first.")
            return [DraftProblem("period", message, {"value": row.value, "number": row.id})]
    return []


_PROGRAMMES = "SELECT id, code, name, kind, covers_from FROM programme WHERE NOT is_load ORDER BY id"


def _programmes(connection: Connection) -> tuple[Planned, ...]:
    return tuple(_planned(row) for row in connection.exec_driver_sql(_PROGRAMMES))


def _programme(connection: Connection, code: str) -> tuple[int, Planned] | None:
    rows = connection.exec_driver_sql(_PROGRAMMES)
    return next(((row.id, _planned(row)) for row in rows if row.code == code), None)


def _planned(row: Row[Any]) -> Planned:
    begins = dt.date.fromisoformat(row.covers_from) if row.covers_from else None
    return Planned(row.code, row.name, ProgrammeKind(row.kind), begins)


def _find(connection: Connection, target_id: int) -> Target:
    for row in read_targets(connection):
        if row.id == target_id:
            return row
    raise UserError(N_("This target is no longer in the file; somebody took it out, or its entry was undone."))
