"""Papers of those who teach: the advisor's report of a week or month, and the proof of teaching of a stay."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass
from pathlib import Path

from sqlalchemy import Connection

from eic_tracker.domain.paper_codes import act_code, canonical_text, text_digest
from eic_tracker.domain.permissions import ActingUser, Action, require
from eic_tracker.errors import Refused, UserError
from eic_tracker.i18n import N_, Language, Translator
from eic_tracker.queries.instructors import INSTRUCTORS, InstructorRow
from eic_tracker.queries.listing import listing_rows, sight_of
from eic_tracker.queries.offerings import day
from eic_tracker.queries.school import read_school
from eic_tracker.queries.teaching_report import TeachingReport, courses_taught, stay_in, units_mentored
from eic_tracker.reports.pdf.paper import Paper
from eic_tracker.services.leaving import note_leaving
from eic_tracker.services.sign_in import actor, read_file_facts
from eic_tracker.store.database import Database, refuse_database
from eic_tracker.store.files import write_bytes
from eic_tracker.store.transaction import Entry

_KIND = "teaching proof"
_NOBODY = N_("There is no instructor with the code {code} whom you may see.")


@dataclass(frozen=True, slots=True)
class TimeTaught:
    """Whose papers, by the key of the instructor, and of which days."""

    instructor: int
    first: dt.date
    last: dt.date


@dataclass(frozen=True, slots=True)
class Proof:
    """A proof of teaching as it stands: its code once it was given out, and the pages."""

    pdf: bytes
    code: str | None


def instructor_of_code(db: Database, acting: ActingUser, code: str) -> int:
    """The key of an instructor by their code; UserError where there is none whom the user may see."""
    require(acting, Action.READ_PEOPLE)
    with db.read() as connection:
        key = connection.exec_driver_sql("SELECT id FROM instructor WHERE code = ?", (code,)).scalar()
        if key is None or not listing_rows(connection, INSTRUCTORS, (key,), sight_of(acting)):
            raise UserError(_NOBODY, code=code)
        return int(key)


def advisor_report(
    db: Database,
    acting: ActingUser,
    time: TimeTaught,
    *,
    t: Translator,
    today: dt.date,
    paper: Paper = Paper.LETTER,
) -> bytes:
    """The report of a time as a PDF; to an instructor their own alone. UserError where the time has not begun."""
    from eic_tracker.reports.teaching_pdf import advisor_report_pdf

    if time.first > today:
        raise UserError(N_("This time has not begun yet; its report would be empty. Choose an earlier one."))
    return advisor_report_pdf(_report(db, acting, time, today), t, paper)


def write_advisor_report(
    db: Database,
    acting: ActingUser,
    time: TimeTaught,
    path: Path,
    *,
    t: Translator,
    today: dt.date,
) -> Path:
    """Write the report of a time."""
    refuse_database(path)
    write_bytes(path, advisor_report(db, acting, time, t=t, today=today))
    return path


def teaching_times(
    db: Database, acting: ActingUser, instructor: int, today: dt.date
) -> tuple[tuple[dt.date, dt.date], ...]:
    """The times for which a proof can be given: each stay, newest first; without stays all courses together."""
    require(acting, Action.READ_PEOPLE)
    with db.read() as connection:
        _row(connection, acting, instructor)
        stays = connection.exec_driver_sql(
            "SELECT starts_on, coalesce(ends_on, ?2) FROM rotation WHERE instructor_id = ?1 AND starts_on <= ?2 "
            "ORDER BY starts_on DESC",
            (instructor, today.isoformat()),
        ).all()
        whole = connection.exec_driver_sql(
            "SELECT min(o.starts_on), max(o.ends_on) FROM assignment a JOIN offering o ON o.id = a.offering_id "
            "WHERE a.instructor_id = ? AND o.status <> 'cancelled' AND o.starts_on <= ?",
            (instructor, today.isoformat()),
        ).one()
    found = [(day(first), day(last)) for first, last in (*stays, *([whole] if not stays else ()))]
    return tuple((first, min(last, today)) for first, last in found if first is not None and last is not None)


def teaching_proof(
    db: Database,
    acting: ActingUser,
    time: TimeTaught,
    *,
    t: Translator,
    today: dt.date,
    paper: Paper = Paper.LETTER,
) -> Proof:
    """The proof of a time: with its code where it was given out just so, else as a draft."""
    from eic_tracker.reports.teaching_pdf import teaching_proof_pdf

    report = _report(db, acting, time, today)
    digest = _digest(report, t.language)
    with db.read() as connection:
        given = connection.exec_driver_sql("SELECT 1 FROM export WHERE kind = ?", (f"{_KIND} {digest}",)).first()
    code = act_code(digest) if given is not None else None
    return Proof(teaching_proof_pdf(report, code, t, paper), code)


def give_teaching_proof(db: Database, acting: ActingUser, time: TimeTaught, *, t: Translator, today: dt.date) -> str:
    """Give a proof out: its code stands in the journal with who gave it and when. The code.

    Refused for a time in which nothing was taught."""
    require(acting, Action.PREPARE_CERTIFICATES)
    report = _report(db, acting, time, today)
    if not report.courses:
        raise Refused(N_("{name} taught no course in this time, so there is nothing to prove."), name=report.name)
    digest = _digest(report, t.language)
    code = act_code(digest)
    with db.write(Entry(actor(acting), "give_teaching_proof", f"{report.code} {code}")) as tx:
        note_leaving(tx, acting.id, f"{_KIND} {digest}", 1, None)
    return code


def write_teaching_proof(
    db: Database,
    acting: ActingUser,
    time: TimeTaught,
    path: Path,
    *,
    t: Translator,
    today: dt.date,
) -> str:
    """Give a proof out and write it; its code."""
    refuse_database(path)
    code = give_teaching_proof(db, acting, time, t=t, today=today)
    write_bytes(path, teaching_proof(db, acting, time, t=t, today=today).pdf)
    return code


def _digest(report: TeachingReport, language: Language) -> str:
    """What the code stands for: all that the proof says, not when it is printed or by whom."""
    said = {name: getattr(report, name) for name in ("code", "name", "rank", "force", "country", "first", "last")}
    for name in ("courses", "units"):
        said[name] = [asdict(line) for line in getattr(report, name)]
    return text_digest(canonical_text({**said, "language": language.value}))


def _report(db: Database, acting: ActingUser, time: TimeTaught, today: dt.date) -> TeachingReport:
    require(acting, Action.READ_PEOPLE)
    if time.last < time.first:
        raise UserError(N_("It cannot end on {end}, before its first day, {start}."), end=time.last, start=time.first)
    with db.read() as connection:
        row = _row(connection, acting, time.instructor)
        courses, people = courses_taught(connection, time.instructor, time.first, time.last, today)
        return TeachingReport(
            name=f"{row.given_names} {row.surnames}",
            code=row.code,
            rank=row.rank,
            force=row.force_name,
            country=row.country,
            first=time.first,
            last=time.last,
            as_of=today,
            courses=courses,
            people=people,
            units=units_mentored(connection, time.instructor, time.first, time.last),
            stay=stay_in(connection, time.instructor, time.first, time.last),
            school=read_school(connection),
            demonstration=read_file_facts(connection).demonstration,
            made_at=db.clock(),
            made_by=acting.full_name,
        )


def _row(connection: Connection, acting: ActingUser, instructor: int) -> InstructorRow:
    row = listing_rows(connection, INSTRUCTORS, (instructor,), sight_of(acting)).get(instructor)
    if row is None:
        raise UserError(N_("This record is gone, or you may not see it."))
    return row
