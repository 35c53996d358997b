"""Everything about one person, offering, instructor or course, as far as whoever asks may see it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from sqlalchemy import Connection

from eic_tracker.domain.codes import EnrolmentStatus, Seat
from eic_tracker.domain.permissions import ActingUser, Action, Right, require, right
from eic_tracker.errors import UserError
from eic_tracker.i18n import N_
from eic_tracker.queries.certificate_detail import (
    CauseLine,
    CertificateLink,
    DeliveryLine,
    FrozenText,
    RegisterLine,
    RevocationLine,
    SheetLine,
    cause_of,
    deliveries_of,
    duplicates_of,
    first_of,
    frozen_text,
    register_lines,
    revocations_of,
    spoiled_sheets,
)
from eic_tracker.queries.certificate_work import claim_days
from eic_tracker.queries.certificates import CERTIFICATES, CertificateRow
from eic_tracker.queries.instructors import INSTRUCTORS, InstructorRow
from eic_tracker.queries.journal_list import HistoryRow
from eic_tracker.queries.listing import Listing, Request, Sight, listing_keys, listing_rows, sight_of
from eic_tracker.queries.offering_detail import (
    ActLine,
    AssignmentLine,
    AttachmentLine,
    AuthorisationLine,
    Closing,
    CourseRules,
    DayLine,
    ModuleLine,
    PaperLine,
    Results,
    StatusCount,
    acts_of,
    assignments_of,
    attachments_of,
    authorisations_of,
    closing_of,
    days_of,
    modules_of,
    papers_of,
    results_of,
    rules_of,
    statuses_of,
)
from eic_tracker.queries.offerings import COURSES, OFFERINGS, CourseRow, OfferingRow
from eic_tracker.queries.people import PEOPLE, PersonRow
from eic_tracker.queries.person_detail import (
    DocumentLine,
    MergedRecord,
    OriginLine,
    PersonFacts,
    VettingLine,
    read_documents,
    read_merged,
    read_origins,
    read_person_facts,
    read_vetting,
    surviving_record,
)
from eic_tracker.queries.rosters import ENROLMENTS, EnrolmentRow
from eic_tracker.queries.teaching_detail import (
    AccreditationLine,
    CourseVersionDetail,
    MentoredLine,
    RegisterFacts,
    RotationLine,
    TaughtLine,
    YearOfGroups,
    accreditations_of,
    class_groups_of,
    mentored_by,
    register_facts,
    rotations_of,
    taught_by,
    versions_of,
)
from eic_tracker.queries.teaching_form import AlikePerson, alike, participants_alike
from eic_tracker.services.history import history_of
from eic_tracker.store.database import Database

R = TypeVar("R")

_GONE = N_("This record is gone, or you may not see it.")


@dataclass(frozen=True, slots=True)
class PersonProfile:
    """A person; an instructor sees own offerings and masked numbers, no facts, no checks and no history."""

    row: PersonRow
    facts: PersonFacts
    documents: tuple[DocumentLine, ...]
    enrolments: tuple[EnrolmentRow, ...]
    """newest first"""
    certificates: tuple[CertificateRow, ...]
    merged: tuple[MergedRecord, ...]
    vetting: tuple[VettingLine, ...] | None
    """None for those who may not see how checks stand"""
    origins: tuple[OriginLine, ...]
    history: tuple[HistoryRow, ...]


@dataclass(frozen=True, slots=True)
class OfferingDetail:
    """An offering; its roster is the list `roster` filtered by it. No names for those who may read no people."""

    row: OfferingRow
    rules: CourseRules
    modules: tuple[ModuleLine, ...]
    days: tuple[DayLine, ...]
    assignments: tuple[AssignmentLine, ...]
    papers: tuple[PaperLine, ...]
    acts: tuple[ActLine, ...]
    attachments: tuple[AttachmentLine, ...]
    authorisations: tuple[AuthorisationLine, ...]
    statuses: tuple[StatusCount, ...]
    results: Results
    certificates: tuple[CertificateRow, ...]
    closing: Closing
    history: tuple[HistoryRow, ...]

    @property
    def somebody_sits(self) -> bool:
        """Whether anybody has a seat and came, with a result or without."""
        gone = (EnrolmentStatus.APPLIED, EnrolmentStatus.NO_SHOW, EnrolmentStatus.REMOVED)
        return any(each.seat is Seat.SEAT and each.status not in gone for each in self.statuses)


@dataclass(frozen=True, slots=True)
class InstructorDetail:
    """An instructor with rotations, offerings, mentored units and class groups, all newest first."""

    row: InstructorRow
    facts: RegisterFacts
    accreditations: tuple[AccreditationLine, ...]
    alike: tuple[AlikePerson, ...]
    """who may be the same person, for those who keep the register"""
    rotations: tuple[RotationLine, ...]
    taught: tuple[TaughtLine, ...]
    mentored: tuple[MentoredLine, ...]
    class_groups: tuple[YearOfGroups, ...]
    certificates: tuple[CertificateRow, ...]
    history: tuple[HistoryRow, ...]


@dataclass(frozen=True, slots=True)
class CourseDetail:
    """A course of the catalogue with its versions; `offerings` are keys of the list `offerings`, newest first."""

    row: CourseRow
    versions: tuple[CourseVersionDetail, ...]
    offerings: tuple[int, ...]
    history: tuple[HistoryRow, ...]


@dataclass(frozen=True, slots=True)
class CertificateDetail:
    """A certificate with the text frozen on it; an instructor sees no document on it and no receivers."""

    row: CertificateRow
    text: FrozenText | None
    register: tuple[RegisterLine, ...]
    deliveries: tuple[DeliveryLine, ...]
    revocations: tuple[RevocationLine, ...]
    first: CertificateLink | None
    duplicates: tuple[CertificateLink, ...]
    sheets: tuple[SheetLine, ...]
    """sheets of special paper that were spoiled under its number"""
    cause: CauseLine | None
    """why it is a duplicate, and the paper that proves it"""
    claims_until: dt.date | None
    """the last day on which an error may be claimed; None: it was not handed over"""
    history: tuple[HistoryRow, ...]


def person_profile(db: Database, acting: ActingUser, key: int, today: dt.date) -> PersonProfile:
    """A person, also by the key of a record that was merged; UserError where it is gone or not to be seen."""
    require(acting, Action.READ_PEOPLE)
    sight = sight_of(acting)
    with db.read() as connection:
        key = surviving_record(connection, key)
        row = _row(connection, PEOPLE, key, sight, today)
        vetting = None
        if right(acting, Action.VETTING_STATUS) is not Right.NO:
            with_word = right(acting, Action.VETTING_WORD) is not Right.NO
            vetting = read_vetting(connection, key, with_word=with_word)
        of_person = Request(filters=(("person", str(key)),), today=today)
        return PersonProfile(
            row=row,
            facts=read_person_facts(connection, key, sight),
            documents=read_documents(connection, key, sight),
            enrolments=_rows(connection, ENROLMENTS, of_person, sight),
            certificates=_rows(connection, CERTIFICATES, of_person, sight),
            merged=read_merged(connection, key, sight),
            vetting=vetting,
            origins=read_origins(connection, key, sight),
            history=history_of(db, acting, "participant", key) if sight.people is Right.YES else (),
        )


def offering_detail(db: Database, acting: ActingUser, key: int, today: dt.date) -> OfferingDetail:
    """An offering with all that belongs to it but its roster; UserError where it is gone or not the user's own."""
    require(acting, Action.READ_FIGURES)
    sight = sight_of(acting)
    with db.read() as connection:
        row = _row(connection, OFFERINGS, key, sight, today)
        of_offering = Request(filters=(("offering", str(key)),), order="number", today=today)
        return OfferingDetail(
            row=row,
            rules=rules_of(connection, key),
            modules=modules_of(connection, key, sight),
            days=days_of(connection, key),
            assignments=assignments_of(connection, key, sight),
            papers=papers_of(connection, key),
            acts=acts_of(connection, key),
            attachments=attachments_of(connection, key),
            authorisations=_authorisations(connection, key, acting),
            statuses=statuses_of(connection, key),
            results=results_of(connection, key),
            certificates=_rows(connection, CERTIFICATES, of_offering, sight),
            closing=closing_of(connection, key),
            history=history_of(db, acting, "offering", key),
        )


def _authorisations(connection: Connection, key: int, acting: ActingUser) -> tuple[AuthorisationLine, ...]:
    """The exceptions of an offering; how a check stands is not told by them to those who may not see it."""
    lines = authorisations_of(connection, key)
    if right(acting, Action.VETTING_STATUS) is not Right.NO:
        return lines
    told = [(line, " ".join(each for each in line.exception.split() if each != "vetting")) for line in lines]
    return tuple(replace(line, exception=said) for line, said in told if said)


def instructor_detail(db: Database, acting: ActingUser, key: int, today: dt.date) -> InstructorDetail:
    """An instructor; to an instructor themselves alone. UserError where it is gone or not to be seen."""
    require(acting, Action.READ_PEOPLE)
    sight = sight_of(acting)
    with db.read() as connection:
        row = _row(connection, INSTRUCTORS, key, sight, today)
        certificates = Request(filters=(("instructor", str(key)),), today=today)
        facts = register_facts(connection, key, sight)
        return InstructorDetail(
            row=row,
            facts=facts,
            accreditations=accreditations_of(connection, key),
            alike=_alike(connection, row, facts) if right(acting, Action.ENROL) is not Right.NO else (),
            rotations=rotations_of(connection, key),
            taught=taught_by(connection, key, sight, today),
            mentored=mentored_by(connection, key),
            class_groups=class_groups_of(connection, key),
            certificates=_rows(connection, CERTIFICATES, certificates, sight),
            history=history_of(db, acting, "instructor", key),
        )


def _alike(connection: Connection, row: InstructorRow, facts: RegisterFacts) -> tuple[AlikePerson, ...]:
    instructors = alike(connection, row.given_names, row.surnames, facts.police_number, row.id)
    return (*instructors, *participants_alike(connection, row.id))


def course_detail(db: Database, acting: ActingUser, key: int, today: dt.date) -> CourseDetail:
    """A course of the catalogue; the offerings of an instructor are own ones. UserError where it is gone."""
    require(acting, Action.READ_FIGURES)
    sight = sight_of(acting)
    with db.read() as connection:
        row = _row(connection, COURSES, key, sight, today)
        offerings = Request(filters=(("course", row.code),), today=today)
        return CourseDetail(
            row=row,
            versions=versions_of(connection, key, sight),
            offerings=tuple(listing_keys(connection, OFFERINGS, offerings, sight)),
            history=history_of(db, acting, "course", key),
        )


def certificate_detail(db: Database, acting: ActingUser, key: int, today: dt.date) -> CertificateDetail:
    """One certificate; UserError where it is gone or not to be seen."""
    require(acting, Action.READ_PEOPLE)
    sight = sight_of(acting)
    with db.read() as connection:
        row = _row(connection, CERTIFICATES, key, sight, today)
        text = frozen_text(connection, key)
        deliveries = deliveries_of(connection, key)
        if sight.masked:
            text = replace(text, document=None, purpose="", asked_by="") if text is not None else None
            deliveries = tuple(replace(each, received_by=None) for each in deliveries)
        return CertificateDetail(
            row=row,
            text=text,
            register=register_lines(connection, key),
            deliveries=deliveries,
            revocations=revocations_of(connection, key),
            first=first_of(connection, key),
            duplicates=duplicates_of(connection, key),
            sheets=spoiled_sheets(connection, key),
            cause=cause_of(connection, key) if not sight.masked else None,
            claims_until=row.delivered_on + claim_days(connection) if row.delivered_on is not None else None,
            history=history_of(db, acting, "certificate", key),
        )


def _row(connection: Connection, listing: Listing[R], key: int, sight: Sight, today: dt.date) -> R:
    row = listing_rows(connection, listing, (key,), sight, today).get(key)
    if row is None:
        raise UserError(_GONE)
    return row


def _rows(connection: Connection, listing: Listing[R], request: Request, sight: Sight) -> tuple[R, ...]:
    keys: Sequence[int] = listing_keys(connection, listing, request, sight)
    rows = listing_rows(connection, listing, keys, sight, request.today)
    return tuple(rows[key] for key in keys if key in rows)
