"""Audit samples: drawn from the completions of a period, printed as a checklist, checked one by one."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from eic_tracker.clock import local_date
from eic_tracker.domain.codes import AttachmentKind, Measure
from eic_tracker.domain.counting import rows_behind
from eic_tracker.domain.drafts import tidy, writable
from eic_tracker.domain.facts import Scope
from eic_tracker.domain.names import fold
from eic_tracker.domain.periods import Period
from eic_tracker.domain.permissions import ActingUser, Action, Right, require
from eic_tracker.domain.sampling import Outcome, drawn, population_digest
from eic_tracker.errors import UserError
from eic_tracker.i18n import N_, Translator
from eic_tracker.queries.audit_samples import SampleItem, SampleRow, identities_of, read_sample_items, read_samples
from eic_tracker.queries.held_facts import held_facts
from eic_tracker.queries.school import read_school
from eic_tracker.reports.pdf.paper import Paper
from eic_tracker.services.attachments import Scan, file_scan
from eic_tracker.services.course_file import course_folios
from eic_tracker.services.exports import Leaving
from eic_tracker.services.leaving import lacks_reason, require_note
from eic_tracker.services.sign_in import actor, read_file_facts
from eic_tracker.store.database import Database
from eic_tracker.store.tables.documents import Attachment
from eic_tracker.store.tables.samples import AuditSample, AuditSampleItem
from eic_tracker.store.transaction import Entry

MOST_ITEMS = 200
_LONGEST_SEED, _LONGEST_NOTE = 100, 400
_MADE_SEED_BYTES = 8

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class SampleAsked:
    """What is to be drawn; an empty seed is made by chance, no programme means the whole school."""

    period: Period
    size: int
    seed: str = ""
    programme: str | None = None


@dataclass(frozen=True, slots=True)
class SampleDetail:
    """A draw with its items; `same_rows` tells whether the period still counts the very rows that were drawn from."""

    row: SampleRow
    items: tuple[SampleItem, ...]
    same_rows: bool


def draw_sample(db: Database, acting: ActingUser, asked: SampleAsked, today: dt.date) -> int:
    """Draw completions of a period and keep the draw for ever; its key. Who asks the seed of the auditor cannot steer.

    UserError for a period to come or without completions, a size that cannot be drawn, a seed that cannot be kept."""
    require(acting, Action.QUARTERLY_REPORTS, Right.YES)
    seed = tidy(asked.seed) or secrets.token_hex(_MADE_SEED_BYTES)
    if not writable(seed) or len(seed) > _LONGEST_SEED:
        raise UserError(N_("The seed holds characters that cannot be kept or printed, or is too long."))
    if not 1 <= asked.size <= MOST_ITEMS:
        raise UserError(N_("A sample holds from 1 to {most} completions."), most=MOST_ITEMS)
    if asked.period.first_day > today:
        raise UserError(N_("Period {period} has not begun yet; there is nothing to draw."), period=asked.period.code)
    with db.write(Entry(actor(acting), "draw_sample", asked.period.code)) as tx:
        programme = _programme(tx.connection, asked.programme)
        found = _population(tx.connection, asked.period, asked.programme, today)
        if len(found) < asked.size:
            raise UserError(
                N_("Period {period} holds {count} completions; a sample of {size} cannot be drawn from them."),
                period=asked.period.code,
                count=len(found),
                size=asked.size,
            )
        row = {
            "uid": tx.new_uid(),
            "period": asked.period.code,
            "programme_id": programme,
            "size": asked.size,
            "population": len(found),
            "population_digest": population_digest(found),
            "seed": seed,
            "drawn_by_id": acting.id,
            "recorded_at": tx.at,
        }
        (sample,) = tx.insert(AuditSample, [row])
        tx.insert(
            AuditSampleItem,
            [
                {"audit_sample_id": sample, "enrolment_id": found[identity], "position": position}
                for position, identity in enumerate(drawn(found, asked.size, seed), 1)
            ],
        )
    return sample


def audit_samples(db: Database, acting: ActingUser) -> tuple[SampleRow, ...]:
    """All draws, newest first; also those that nobody went on with."""
    require(acting, Action.QUARTERLY_REPORTS)
    with db.read() as connection:
        return read_samples(connection)


def sample_detail(db: Database, acting: ActingUser, sample_id: int, today: dt.date) -> SampleDetail:
    """A draw with its items and the proofs of each; it names people. UserError where there is no such draw."""
    require(acting, Action.QUARTERLY_REPORTS)
    require(acting, Action.READ_PEOPLE, Right.YES)
    with db.read() as connection:
        row = _sample(connection, sample_id)
        now = _population(connection, row.period, row.programme, today)
        return SampleDetail(
            row, read_sample_items(connection, sample_id), population_digest(now) == row.population_digest
        )


def check_sample_item(
    db: Database, acting: ActingUser, sample_id: int, position: int, outcome: Outcome | None, note: str = ""
) -> int:
    """Keep what was found of an item, or take it back with None; the number of the entry.

    UserError where what is missing is not said, or there is no such item."""
    require(acting, Action.QUARTERLY_REPORTS, Right.YES)
    text = tidy(note) or None
    if text is not None and (not writable(text) or len(text) > _LONGEST_NOTE):
        raise UserError(N_("The note holds characters that cannot be kept or printed, or is too long."))
    if outcome in (Outcome.PARTLY, Outcome.UNSUPPORTED) and not fold(note):
        raise UserError(N_("Say what is missing; without it the outcome tells nobody what to look for."))
    with db.write(Entry(actor(acting), "check_sample_item", f"{sample_id}, {position}")) as tx:
        _sample(tx.connection, sample_id)
        item = tx.connection.exec_driver_sql(
            "SELECT id FROM audit_sample_item WHERE audit_sample_id = ? AND position = ?", (sample_id, position)
        ).scalar()
        if item is None:
            raise UserError(N_("Sample {sample} has no item {position}."), sample=sample_id, position=position)
        checked = {"checked_by_id": acting.id, "checked_on": local_date(tx.at)}
        none = dict.fromkeys(checked)
        values = {"outcome": outcome, "note": text, **(checked if outcome is not None else none)}
        tx.update(AuditSampleItem, {item: values})
    return tx.set_id


def file_checklist(db: Database, acting: ActingUser, sample_id: int, scan: Scan) -> None:
    """File the scan of a signed checklist with its draw; the same one a second time is left as it is."""
    require(acting, Action.QUARTERLY_REPORTS, Right.YES)
    with db.write(Entry(actor(acting), "file_checklist", str(sample_id))) as tx:
        _sample(tx.connection, sample_id)
        key = file_scan(tx, scan, AttachmentKind.OTHER, offering_id=None)
        tx.update(Attachment, {key: {"audit_sample_id": sample_id}})


def sample_leaving(db: Database, acting: ActingUser, sample_id: int) -> Leaving:
    """How many people the checklist of a draw names, and whether taking it out needs a reason today."""
    require(acting, Action.QUARTERLY_REPORTS)
    require(acting, Action.EXPORT_IDENTITIES, Right.YES)
    with db.read() as connection:
        people = _sample(connection, sample_id).size
        return Leaving(people, lacks_reason(connection, acting.id, people, db.clock()))


def sample_paper(
    db: Database,
    acting: ActingUser,
    sample_id: int,
    *,
    t: Translator,
    today: dt.date,
    note: int | None,
    paper: Paper = Paper.LETTER,
    progress: Progress | None = None,
) -> bytes:
    """The checklist of a draw as a PDF, each proof with its folio in the course file; it names people.

    `progress` may raise to stop it."""
    from eic_tracker.reports.sample_pdf import SampleSheet, sample_pdf

    detail = sample_detail(db, acting, sample_id, today)
    courses = list(dict.fromkeys(item.offering_id for item in detail.items))
    folios: dict[int, Mapping[str, int]] = {}
    for number, course in enumerate(courses):
        if progress is not None:
            progress(number, len(courses))
        folios[course] = course_folios(db, acting, course, t=t)
    with db.read() as connection:
        require_note(connection, acting, note, len(detail.items))
        sheet = SampleSheet(
            detail.row,
            detail.items,
            folios,
            detail.same_rows,
            letterhead=read_school(connection).letterhead,
            made_by=acting.full_name,
            made_at=db.clock(),
            demonstration=read_file_facts(connection).demonstration,
        )
    return sample_pdf(sheet, t, paper)


def _sample(connection: Connection, sample_id: int) -> SampleRow:
    for row in read_samples(connection):
        if row.id == sample_id:
            return row
    raise UserError(N_("There is no audit sample {sample}; `sample list` tells which there are."), sample=sample_id)


def _population(connection: Connection, period: Period, programme: str | None, today: dt.date) -> dict[str, int]:
    """The enrolments behind the completions of a period, as the figure of that name counts them, by identity."""
    scope = Scope(programmes=(programme,) if programme else (), first_day=period.first_day, last_day=period.last_day)
    rows = rows_behind(held_facts(connection).facts, Measure.COMPLETIONS, as_of=today, scope=scope)
    return identities_of(connection, tuple(row.id for row in rows))


def _programme(connection: Connection, code: str | None) -> int | None:
    if code is None:
        return None
    key = connection.exec_driver_sql("SELECT id FROM programme WHERE code = ?", (code,)).scalar()
    if key is None:
        raise UserError(N_("There is no programme {code} in this file."), code=code)
    return int(key)
