"""Enrolling people in a course: known or new, with the post that they have now, a seat or a place to wait."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection

from eic_tracker.domain.codes import EnrolmentStatus, Seat
from eic_tracker.domain.drafts import DraftProblem, DraftRefused, tidy, writable
from eic_tracker.domain.enrolling import AuthorisationNeeded, Concern, Situation, concerns
from eic_tracker.domain.permissions import ActingUser, Action, Right, require
from eic_tracker.domain.person_rules import NewPerson
from eic_tracker.domain.vetting_rules import standing
from eic_tracker.errors import UserError
from eic_tracker.i18n import N_
from eic_tracker.queries.enrolling import (
    NOWHERE,
    KnownPerson,
    Service,
    institution_of_units,
    institutions_in_need,
    read_known,
)
from eic_tracker.queries.person_detail import surviving_record
from eic_tracker.services.authorisations import AuthorisationDraft, authorise
from eic_tracker.services.letters import SourceDraft, file_source
from eic_tracker.services.offerings import open_offering, seats_taken
from eic_tracker.services.people import insert_people, new_person_problems
from eic_tracker.services.restating import closed_quarter_figures, restate
from eic_tracker.services.sign_in import actor
from eic_tracker.store.database import Database
from eic_tracker.store.tables.courses import Enrolment
from eic_tracker.store.transaction import Entry, Tx

LONGEST = 120
STANDING = frozenset(
    {
        EnrolmentStatus.APPLIED,
        EnrolmentStatus.ENROLLED,
        EnrolmentStatus.COMPLETED,
        EnrolmentStatus.NOT_COMPLETED,
    }
)
"""Who stands so is on the roster; who left, never came or was taken off may come back."""


@dataclass(frozen=True, slots=True)
class EnrolmentLine:
    """One person for a roster: a key of the file or somebody new; `waits`: as an alternate, without a seat."""

    person: int | NewPerson
    service: Service = NOWHERE
    waits: bool = False
    lodging: bool | None = None


@dataclass(frozen=True, slots=True)
class EnrolmentDraft:
    """People for a roster, with the paper that names them and, where there is an exception, who authorises it."""

    offering_id: int
    lines: tuple[EnrolmentLine, ...]
    source: SourceDraft | int | None = None
    """a document to be filed, or the key of one that is"""
    authorisation: AuthorisationDraft | None = None


@dataclass(frozen=True, slots=True)
class Enrolled:
    """What was stored: the number of the journal's entry, the keys of the enrolments in the order of the lines."""

    set_id: int
    code: str
    enrolments: tuple[int, ...]
    new_people: int
    already: tuple[int, ...]
    """places of the lines whose people were on the roster already; nothing of theirs was changed"""
    quarters_restated: tuple[str, ...] = ()


class EnrolmentRefused(DraftRefused):
    """Lines with problems, by their place; nothing was stored."""

    def __init__(self, lines: Mapping[int, Sequence[DraftProblem]]) -> None:
        super().__init__([problem for place in sorted(lines) for problem in lines[place]])
        self.lines = dict(lines)


def enrolment_concerns(db: Database, acting: ActingUser, draft: EnrolmentDraft) -> tuple[tuple[Concern, ...], ...]:
    """What is to be said of each line before anything is stored; none for who is on the roster already."""
    require(acting, Action.ENROL)
    with db.read() as connection:
        return _Plan(connection, draft).concerns


def enrol(db: Database, acting: ActingUser, draft: EnrolmentDraft) -> Enrolled:
    """Enrol people, all or none, in one entry of the journal.

    EnrolmentRefused with the problems of lines, AuthorisationNeeded where an exception is not authorised yet."""
    require(acting, Action.ENROL)
    require(acting, Action.MAKE_EXCEPTION, Right.ASK, Right.WITH_REASON)
    with db.write(Entry(actor(acting), "enrol", "")) as tx:
        done = enrol_within(tx, draft)
        tx.entry = replace(tx.entry, label=done.code)
        return done


def enrol_within(tx: Tx, draft: EnrolmentDraft) -> Enrolled:
    """Enrol people within a transaction of somebody who may; errors as `enrol`."""
    plan = _Plan(tx.connection, draft)
    problems = _problems(tx, draft, plan)
    if problems:
        raise EnrolmentRefused(problems)
    authorisation = authorise_concerns(tx, draft.authorisation, [each for line in plan.concerns for each in line])
    source = file_source(tx, draft.source) if isinstance(draft.source, SourceDraft) else draft.source
    before = closed_quarter_figures(tx.connection, plan.offering["programme"], [plan.offering["ends_on"]])
    new = [line.person for line in draft.lines if isinstance(line.person, NewPerson)]
    keys = iter(insert_people(tx, new))
    stored: dict[int, int] = {}
    rows: dict[int, dict[str, Any]] = {}
    for place, line in enumerate(draft.lines):
        known = plan.known_of(line)
        if place in plan.already:
            assert known is not None
            assert known.enrolment_id is not None
            stored[place] = known.enrolment_id
            continue
        exceptional = any(concern.exception for concern in plan.concerns[place])
        row = {
            **_columns(plan, line),
            "source_document_id": source,
            "authorisation_id": authorisation if exceptional else None,
        }
        if known is not None and known.enrolment_id is not None:
            tx.update(Enrolment, {known.enrolment_id: {**row, "ground_id": None, "replaces_enrolment_id": None}})
            stored[place] = known.enrolment_id
        else:
            person = known.id if known is not None else next(keys)
            rows[place] = {
                **row,
                "uid": tx.new_uid(),
                "offering_id": draft.offering_id,
                "participant_id": person,
                "recorded_at": tx.at,
            }
    stored.update(zip(rows, tx.insert(Enrolment, rows.values()), strict=True))
    quarters = restate(tx, plan.offering["programme"], before)
    return Enrolled(
        tx.set_id,
        plan.offering["code"],
        tuple(stored[place] for place in range(len(draft.lines))),
        len(new),
        tuple(sorted(plan.already)),
        quarters,
    )


def authorise_concerns(tx: Tx, draft: AuthorisationDraft | None, found: Sequence[Concern]) -> int | None:
    """Record who authorises the exceptions among concerns; None where there is none.

    AuthorisationNeeded where nobody is named."""
    exceptions = [concern for concern in found if concern.exception is not None]
    if not exceptions:
        return None
    if draft is None:
        raise AuthorisationNeeded(exceptions)
    return authorise(tx, draft, {concern.exception for concern in exceptions if concern.exception is not None})


class _Plan:
    """A draft beside the file: who is known, who is on the roster already, what is to be said of each line."""

    def __init__(self, connection: Connection, draft: EnrolmentDraft) -> None:
        self.offering = open_offering(connection, draft.offering_id)
        self._standing_for: dict[int, int] = {}
        for line in draft.lines:
            if isinstance(line.person, int):
                self._standing_for[line.person] = surviving_record(connection, line.person)
        wanted = list(dict.fromkeys(self._standing_for.values()))
        self._known = read_known(connection, draft.offering_id, self.offering["starts_on"], wanted)
        units = [line.service.unit_id for line in draft.lines if line.service.unit_id is not None]
        self.institutions = institution_of_units(connection, units)
        self.already: set[int] = set()
        need = institutions_in_need(connection)
        free = free_seats(connection, self.offering)
        found: list[tuple[Concern, ...]] = []
        for place, line in enumerate(draft.lines):
            known = self.known_of(line)
            if known is not None and known.enrolment_status in STANDING:
                self.already.add(place)
                found.append(())
                continue
            service = replace(line.service, institution_id=self.institution_of(line.service))
            found.append(concerns(situation_of(self.offering, replace(line, service=service), known, free, need)))
            if free is not None and not line.waits:
                free -= 1
        self.concerns = tuple(found)

    def known_of(self, line: EnrolmentLine) -> KnownPerson | None:
        """The known person of a line; None for somebody new."""
        if isinstance(line.person, NewPerson):
            return None
        found = self._known.get(self._standing_for[line.person])
        if found is None:
            raise UserError(N_("This person is no longer in the file; their entry was undone."))
        return found

    def institution_of(self, service: Service) -> int | None:
        """The institution of a post: as said, else that of its unit."""
        if service.institution_id is not None or service.unit_id is None:
            return service.institution_id
        return self.institutions[service.unit_id] or None


def situation_of(
    offering: Mapping[str, Any],
    line: EnrolmentLine,
    known: KnownPerson | None,
    free: int | None,
    need: frozenset[int],
) -> Situation:
    """What the enrolment of a line meets; `known` is None for somebody new, `need` whose people need verification."""
    institution = line.service.institution_id
    needed = bool(offering["vetting_required"]) and (institution is None or institution in need)
    document = line.person.document_number if isinstance(line.person, NewPerson) else None
    return Situation(
        free_seats=free,
        open=bool(offering["enrolment_open"]),
        waits=line.waits,
        has_document=bool(document if known is None else known.document_number),
        standing=standing(
            needed=needed, checks=known.checks if known is not None else (), first_day=offering["starts_on"]
        ),
        taken=known.taken if known is not None else (),
    )


def free_seats(connection: Connection, offering: Mapping[str, Any]) -> int | None:
    """How many seats nobody has; None where the course has no number of seats."""
    if offering["capacity"] is None:
        return None
    return int(offering["capacity"]) - seats_taken(connection, offering["id"])


def _problems(tx: Tx, draft: EnrolmentDraft, plan: _Plan) -> dict[int, list[DraftProblem]]:
    """What is wrong with lines, by place: new people, posts that are no more, the same person twice."""
    found: dict[int, list[DraftProblem]] = {}
    seen: set[object] = set()
    for place, line in enumerate(draft.lines):
        problems = service_problems(tx.connection, line.service)
        known = plan.known_of(line)
        who: object = known.id if known is not None else None
        if isinstance(line.person, NewPerson):
            problems += new_person_problems(tx, line.person)
            who = line.person.document
        if who is not None and who in seen:
            problems.append(DraftProblem("document_number", N_("This person is in the list twice.")))
        seen.add(who)
        if problems:
            found[place] = problems
    return found


REFERENCES = (("rank_id", "rank"), ("unit_id", "unit"), ("institution_id", "institution"))
"""The columns of a post and the tables that they name."""


def service_problems(connection: Connection, service: Service) -> list[DraftProblem]:
    """What is wrong with a post: keys that no list has, a unit of another institution, texts that cannot be kept."""
    problems = []
    for field, table in REFERENCES:
        key = getattr(service, field)
        if key is None:
            continue
        if connection.exec_driver_sql(f"SELECT 1 FROM {table} WHERE id = ?", (key,)).first() is None:
            problems.append(DraftProblem(field, N_("Choose one of the list.")))
    if not problems and service.unit_id is not None and service.institution_id is not None:
        row = connection.exec_driver_sql(
            "SELECT i.id, i.name FROM unit u JOIN institution i ON i.id = u.institution_id WHERE u.id = ?",
            (service.unit_id,),
        ).one()
        if row.id != service.institution_id:
            problems.append(DraftProblem("unit_id", N_("This unit belongs to {name}."), {"name": row.name}))
    for field in ("rank_text", "unit_text", "institution_text", "post"):
        text = getattr(service, field)
        if text is not None and (not writable(tidy(text)) or len(text) > LONGEST):
            problems.append(DraftProblem(field, N_("This holds characters that cannot be kept, or is too long.")))
    return problems


def service_columns(service: Service, institution: int | None) -> dict[str, Any]:
    """A post as an enrolment keeps it."""
    texts = ("rank_text", "unit_text", "institution_text", "post")
    return {
        "rank_id": service.rank_id,
        "unit_id": service.unit_id,
        "institution_id": institution,
        **{name: tidy(getattr(service, name) or "") or None for name in texts},
    }


def _columns(plan: _Plan, line: EnrolmentLine) -> dict[str, Any]:
    return {
        "status": EnrolmentStatus.APPLIED if line.waits else EnrolmentStatus.ENROLLED,
        "seat": Seat.ALTERNATE if line.waits else Seat.SEAT,
        "lodging": line.lodging,
        **service_columns(line.service, plan.institution_of(line.service)),
    }
