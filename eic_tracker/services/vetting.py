"""Verification of a course's people: the list that goes out, the answers that come back; never a reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from eic_tracker.clock import local_date
from eic_tracker.domain.codes import Sex
from eic_tracker.domain.drafts import DraftProblem, DraftRefused, date_problems, tidy, writable
from eic_tracker.domain.names import fold
from eic_tracker.domain.permissions import ActingUser, Action, require
from eic_tracker.domain.vetting_rules import Standing, VettingAnswer, result_of, standing
from eic_tracker.errors import Refused, UserError
from eic_tracker.i18n import N_, Translator
from eic_tracker.queries.enrolling import checks_of, institutions_in_need
from eic_tracker.queries.offerings import day
from eic_tracker.queries.person_detail import surviving_record
from eic_tracker.reports.view_paper import ViewColumn, ViewPaper
from eic_tracker.services.exports import Leaving, note_export
from eic_tracker.services.leaving import lacks_reason
from eic_tracker.services.letters import SourceDraft, file_source
from eic_tracker.services.offerings import open_offering
from eic_tracker.services.sign_in import actor, read_file_facts
from eic_tracker.store.database import Database, refuse_database
from eic_tracker.store.files import write_whole
from eic_tracker.store.tables.people import Vetting, VettingKind, VettingStatus
from eic_tracker.store.transaction import Entry

LONGEST = 60


@dataclass(frozen=True, slots=True)
class VettingPerson:
    """Somebody of a roster who needs verification, with what the list to be sent says of them."""

    participant_id: int
    given_names: str
    surnames: str
    sex: Sex
    document: str | None
    birth_date: dt.date | None
    birth_place: str | None
    rank: str | None
    unit: str | None
    institution: str | None
    post: str | None
    standing: Standing


@dataclass(frozen=True, slots=True)
class ReadAnswer:
    """An answer beside the roster: whom it means and what it says, or what is wrong with it."""

    answer: VettingAnswer
    participant_id: int | None
    name: str | None
    status: str | None
    problems: tuple[DraftProblem, ...]


class AnswersRefused(DraftRefused):
    """Answers with problems, by their place; nothing was stored."""

    def __init__(self, lines: Mapping[int, Sequence[DraftProblem]]) -> None:
        super().__init__([problem for place in sorted(lines) for problem in lines[place]])
        self.lines = dict(lines)


@dataclass(frozen=True, slots=True)
class VettingRecorded:
    """What was stored: the number of the journal's entry, of how many people."""

    set_id: int
    people: int


_ROSTER = """
SELECT p.id, p.given_names, p.surnames, p.sex, p.document_number, p.birth_date, coalesce(b.name, p.birth_place),
       coalesce(e.rank_text, r.name), coalesce(u.name, e.unit_text), coalesce(i.name, e.institution_text), e.post,
       e.institution_id
FROM enrolment e JOIN participant p ON p.id = e.participant_id
LEFT JOIN municipality b ON b.id = p.birth_municipality_id
LEFT JOIN rank r ON r.id = e.rank_id LEFT JOIN unit u ON u.id = e.unit_id
LEFT JOIN institution i ON i.id = e.institution_id
WHERE e.offering_id = ? AND e.status IN ('applied', 'enrolled') ORDER BY p.sort_key, p.id
"""


def vetting_people(db: Database, acting: ActingUser, offering_id: int) -> tuple[VettingPerson, ...]:
    """The people of a roster who need verification, by name, and how each stands."""
    require(acting, Action.ENROL)
    require(acting, Action.VETTING_STATUS)
    with db.read() as connection:
        return _people(connection, offering_id)


def request_vetting(db: Database, acting: ActingUser, offering_id: int) -> VettingRecorded:
    """Note that verification was asked for of all of whom it was not; UserError where there is nobody."""
    require(acting, Action.ENROL)
    require(acting, Action.VETTING_STATUS)
    with db.write(Entry(actor(acting), "request_vetting", "")) as tx:
        missing = [each for each in _people(tx.connection, offering_id) if each.standing is Standing.MISSING]
        if not missing:
            raise UserError(N_("Verification was asked for of everybody on this roster who needs it."))
        tx.entry = replace(tx.entry, label=_code(tx.connection, offering_id))
        row = {
            "kind": VettingKind.LEAHY,
            "status": VettingStatus.IN_PROCESS,
            "requested_on": local_date(tx.at),
        }
        tx.insert(Vetting, [{"participant_id": each.participant_id, **row} for each in missing])
        return VettingRecorded(tx.set_id, len(missing))


def list_leaving(db: Database, acting: ActingUser, offering_id: int) -> Leaving:
    """How many people the list for verification takes out, and whether that needs a reason today."""
    require(acting, Action.ENROL)
    with db.read() as connection:
        people = sum(each.standing in _UNANSWERED for each in _people(connection, offering_id))
        return Leaving(people, lacks_reason(connection, acting.id, people, db.clock()))


def write_vetting_list(
    db: Database, acting: ActingUser, offering_id: int, path: Path, *, t: Translator, reason: str | None = None
) -> int:
    """Write the list for verification as a workbook, noted in the journal; how many people stand on it.

    It holds those of whom there is no answer yet; `list_leaving` tells whether a reason is needed."""
    from eic_tracker.reports.view_xlsx import view_xlsx

    require(acting, Action.ENROL)
    refuse_database(path)
    with db.read() as connection:
        people = [each for each in _people(connection, offering_id) if each.standing in _UNANSWERED]
        code = _code(connection, offering_id)
        demonstration = read_file_facts(connection).demonstration
    if not people:
        raise UserError(N_("Nobody on this roster waits for verification; there is no list to write."))
    note_export(db, acting, f"vetting list {code}", len(people), reason)
    paper = ViewPaper(
        title=t("List for verification, course {code}", code=code),
        columns=_columns(t),
        filters=(),
        count=t.plural("{count} person", "{count} people", len(people)),
        rows=[_cells(each, t) for each in people],
        made_by=acting.full_name,
        made_at=db.clock(),
        demonstration=demonstration,
        names_people=True,
        reason=reason or "",
    )
    write_whole(path, lambda file: view_xlsx(paper, t, file))
    return len(people)


def read_answers(
    db: Database, acting: ActingUser, offering_id: int, answers: Sequence[VettingAnswer]
) -> tuple[ReadAnswer, ...]:
    """Whom each answer means and what it says; nothing is stored."""
    require(acting, Action.ENROL)
    require(acting, Action.VETTING_STATUS)
    with db.read() as connection:
        return _read(connection, offering_id, answers, local_date(db.clock()))


def record_vetting(
    db: Database,
    acting: ActingUser,
    offering_id: int,
    answers: Sequence[VettingAnswer],
    source: SourceDraft | int | None = None,
) -> VettingRecorded:
    """Store answers, all or none; AnswersRefused with the problems of rows. The same answer again changes nothing."""
    require(acting, Action.ENROL)
    require(acting, Action.VETTING_STATUS)
    with db.write(Entry(actor(acting), "record_vetting", "")) as tx:
        read = _read(tx.connection, offering_id, answers, local_date(tx.at))
        if lines := {place: each.problems for place, each in enumerate(read) if each.problems}:
            raise AnswersRefused(lines)
        tx.entry = replace(tx.entry, label=_code(tx.connection, offering_id))
        paper = file_source(tx, source) if isinstance(source, SourceDraft) else source
        new: list[dict[str, Any]] = []
        for each in read:
            assert each.participant_id is not None
            row = _row(each, local_date(tx.at), paper)
            open_check = _open_check(tx.connection, each.participant_id)
            if open_check is not None:
                tx.update(Vetting, {open_check: row})
            elif not _recorded(tx.connection, each.participant_id, row):
                new.append({"participant_id": each.participant_id, "kind": VettingKind.LEAHY, **row})
        tx.insert(Vetting, new)
        return VettingRecorded(tx.set_id, len(read))


_UNANSWERED = frozenset({Standing.MISSING, Standing.IN_PROCESS})


def _people(connection: Connection, offering_id: int) -> tuple[VettingPerson, ...]:
    offering = open_offering(connection, offering_id)
    if not offering["vetting_required"]:
        return ()
    need = institutions_in_need(connection)
    found = []
    for key, *columns, institution in connection.exec_driver_sql(_ROSTER, (offering_id,)):
        if institution is not None and institution not in need:
            continue
        given, surnames, sex, document, born, birth_place, rank, unit, institution_name, post = columns
        how = standing(needed=True, checks=checks_of(connection, key), first_day=offering["starts_on"])
        found.append(
            VettingPerson(
                key,
                given,
                surnames,
                Sex(sex),
                document,
                day(born),
                birth_place,
                rank,
                unit,
                institution_name,
                post,
                how,
            )
        )
    return tuple(found)


def _read(
    connection: Connection, offering_id: int, answers: Sequence[VettingAnswer], today: dt.date
) -> tuple[ReadAnswer, ...]:
    roster = _people(connection, offering_id)
    taken: set[int] = set()
    found = []
    for answer in answers:
        problems = list(_answer_problems(answer, today))
        person = _meant(roster, answer.who)
        if person is None:
            message = N_("“{who}” is nobody, or more than one, of those on this roster who need verification.")
            problems.insert(0, DraftProblem("who", message, {"who": answer.who[:LONGEST]}))
        elif person.participant_id in taken:
            problems.insert(0, DraftProblem("who", N_("This person is in the list twice.")))
        else:
            taken.add(person.participant_id)
        found.append(
            ReadAnswer(
                answer,
                person.participant_id if person is not None else None,
                f"{person.given_names} {person.surnames}" if person is not None else None,
                result_of(answer.result),
                tuple(problems),
            )
        )
    return tuple(found)


def _meant(roster: Sequence[VettingPerson], who: str) -> VettingPerson | None:
    """The one person of the roster with that number or exactly these words of a name; None where it is not one."""
    number = "".join(character for character in who if character.isalnum()).upper()
    same = [each for each in roster if each.document is not None and each.document.replace("-", "") == number]
    if not same:
        words = sorted(fold(who).split())
        same = [each for each in roster if sorted(fold(f"{each.given_names} {each.surnames}").split()) == words]
    return same[0] if len(same) == 1 else None


def _answer_problems(answer: VettingAnswer, today: dt.date) -> list[DraftProblem]:
    problems = []
    if result_of(answer.result) is None:
        message = N_("“{word}” is not a result; write apt, not apt or in process.")
        problems.append(DraftProblem("result", message, {"word": answer.result[:LONGEST]}))
    problems.extend(date_problems("answered_on", answer.answered_on))
    problems.extend(date_problems("expires_on", answer.expires_on))
    if not problems and answer.answered_on is not None:
        if answer.answered_on > today:
            message = N_("An answer is not dated after today, {today}.")
            problems.append(DraftProblem("answered_on", message, {"today": today}))
        if answer.expires_on is not None and answer.expires_on < answer.answered_on:
            problems.append(DraftProblem("expires_on", N_("It cannot expire before it was given.")))
    if not writable(tidy(answer.tracking_number)) or len(answer.tracking_number) > LONGEST:
        problems.append(
            DraftProblem("tracking_number", N_("This holds characters that cannot be kept, or is too long."))
        )
    return problems


def _row(each: ReadAnswer, today: dt.date, paper: int | None) -> dict[str, Any]:
    status = VettingStatus(each.status or "")
    answered = None if status is VettingStatus.IN_PROCESS else each.answer.answered_on or today
    return {
        "status": status,
        "answered_on": answered,
        "expires_on": each.answer.expires_on,
        "tracking_number": tidy(each.answer.tracking_number) or None,
        "source_document_id": paper,
    }


def _open_check(connection: Connection, person: int) -> int | None:
    key = connection.exec_driver_sql(
        "SELECT max(id) FROM vetting WHERE participant_id = ? AND status = 'in_process'",
        (surviving_record(connection, person),),
    ).scalar_one()
    return None if key is None else int(key)


def _recorded(connection: Connection, person: int, row: Mapping[str, Any]) -> bool:
    """Whether that very answer is recorded already."""
    answered = row["answered_on"].isoformat() if row["answered_on"] is not None else None
    return (
        connection.exec_driver_sql(
            "SELECT 1 FROM vetting WHERE participant_id = ? AND status = ? AND answered_on IS ?",
            (person, row["status"].value, answered),
        ).first()
        is not None
    )


def _code(connection: Connection, offering_id: int) -> str:
    code = connection.exec_driver_sql("SELECT code FROM offering WHERE id = ?", (offering_id,)).scalar()
    if code is None:
        raise Refused(N_("This course is no longer in the file; its entry was undone."))
    return str(code)


def _columns(t: Translator) -> tuple[ViewColumn, ...]:
    return (
        ViewColumn(t("Surnames"), 24),
        ViewColumn(t("Given names"), 24),
        ViewColumn(t("Identity document"), 18),
        ViewColumn(t("Date of birth"), 12, date=True),
        ViewColumn(t("Place of birth"), 20),
        ViewColumn(t("Sex"), 8),
        ViewColumn(t("Rank"), 18),
        ViewColumn(t("Unit"), 26),
        ViewColumn(t("Institution"), 26),
        ViewColumn(t("Post"), 20),
    )


def _cells(person: VettingPerson, t: Translator) -> tuple[str | dt.date | None, ...]:
    from eic_tracker.reports.rollup.words import ONE_ADULT

    return (
        person.surnames,
        person.given_names,
        person.document,
        person.birth_date,
        person.birth_place,
        t(ONE_ADULT[person.sex]),
        person.rank,
        person.unit,
        person.institution,
        person.post,
    )
