"""Tests of what is told of one person, offering, instructor, course."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from eic_tracker.domain.codes import EnrolmentStatus, Role
from eic_tracker.errors import Refused, UserError
from eic_tracker.i18n import Language, Translator
from eic_tracker.queries.listing import Request
from eic_tracker.services.certificates import approve_certificates, prepare_certificates
from eic_tracker.services.listings import list_keys, list_rows
from eic_tracker.services.profiles import (
    certificate_detail,
    course_detail,
    instructor_detail,
    offering_detail,
    person_profile,
)
from eic_tracker.services.search import search
from eic_tracker.services.sign_in import demonstration_user
from eic_tracker.store.database import Database
from eic_tracker.store.tables.certificates import Certificate, Delivery
from eic_tracker.store.tables.people import (
    DocumentKind,
    Participant,
    ParticipantDocument,
    Vetting,
    VettingKind,
    VettingStatus,
)
from eic_tracker.store.tables.users import User
from eic_tracker.store.transaction import Actor, Entry
from tests.services.school import PASSPHRASE, school, user, values

TODAY = dt.date(2019, 6, 28)
EDIT = Entry(Actor("test"), "edit", "test")
GONE = "This record is gone, or you may not see it"


@pytest.fixture(scope="module")
def demonstration(demo_folder: Path) -> Iterator[Database]:
    noon = dt.datetime.combine(TODAY, dt.time(18), dt.UTC)
    with Database(demo_folder / "demo.eic", clock=lambda: noon) as db:
        yield db


def test_a_person_s_courses_are_a_timeline_with_results_and_certificates(demonstration: Database) -> None:
    registrar = demonstration_user(demonstration, Role.REGISTRAR)
    certificate = list_keys(demonstration, registrar, "certificates", Request(today=TODAY))[0]
    of = list_rows(demonstration, registrar, "certificates", [certificate])[certificate]
    profile = person_profile(demonstration, registrar, of.participant_id, TODAY)
    assert [row.id for row in profile.certificates] == [certificate]
    assert of.number in [row.certificate for row in profile.enrolments]
    days = [row.ends_on for row in profile.enrolments]
    assert days == sorted(days, reverse=True)
    assert profile.row.completions == sum(row.status is EnrolmentStatus.COMPLETED for row in profile.enrolments)
    assert {"approve_certificates", "issue_certificates"} <= {entry.use_case for entry in profile.history}
    entries = [entry.id for entry in profile.history]
    assert entries == sorted(entries, reverse=True)


def test_a_merged_record_opens_the_person_who_stands_with_all_courses(demonstration: Database) -> None:
    manager = demonstration_user(demonstration, Role.MANAGER)
    (away, stands), *_ = values(
        demonstration, "SELECT id, merged_into_id FROM participant WHERE merged_into_id IS NOT NULL"
    )
    profile = person_profile(demonstration, manager, int(str(away)), TODAY)
    assert profile.row.id == stands
    assert [record.id for record in profile.merged] == [away]
    assert {row.participant_id for row in profile.enrolments} == {away, stands}
    assert "merge_participants" in {entry.use_case for entry in profile.history}


def test_people_merged_in_a_circle_still_open(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        with db.write(EDIT) as tx:
            tx.update(Participant, {3: {"merged_into_id": 4}, 4: {"merged_into_id": 3}})
        profile = person_profile(db, user(db, Role.REGISTRAR), 4, TODAY)
        assert profile.row.id == 3
        assert [record.id for record in profile.merged] == [4]


def test_checks_are_told_by_right_first_the_status_then_the_word_behind_it(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        with db.write(EDIT) as tx:
            tx.insert(
                Vetting,
                [
                    {
                        "participant_id": 1,
                        "kind": VettingKind.LEAHY,
                        "status": VettingStatus.APT,
                        "requested_on": dt.date(2018, 9, 1),
                        "tracking_number": "SECRET-1",
                    }
                ],
            )
        for role, kind in ((Role.REGISTRAR, None), (Role.MANAGER, "leahy"), (Role.AUDITOR, "leahy")):
            profile = person_profile(db, user(db, role), 1, TODAY)
            assert profile.vetting is not None
            assert [(line.status, line.kind) for line in profile.vetting] == [("apt", kind)], role
            assert ("SECRET-1" in str(profile)) is (kind is not None)


def test_former_documents_stand_behind_the_present_one(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        with db.write(EDIT) as tx:
            passport = {"participant_id": 1, "kind": DocumentKind.PASSPORT, "country": "HND", "number": "E123456"}
            tx.insert(ParticipantDocument, [passport])
        lines = person_profile(db, user(db, Role.REGISTRAR), 1, TODAY).documents
        assert [(line.number, line.current) for line in lines] == [("0801199000000", True), ("E123456", False)]


def test_an_instructor_s_view_of_a_person_holds_nothing_that_is_masked_or_of_others(demonstration: Database) -> None:
    acting = demonstration_user(demonstration, Role.INSTRUCTOR)
    mine = list_keys(demonstration, acting, "people", Request(today=TODAY))
    own = {
        row[0]
        for row in values(
            demonstration, "SELECT offering_id FROM assignment WHERE instructor_id = ?", acting.instructor_id
        )
    }
    for key in mine[:60]:
        profile = person_profile(demonstration, acting, key, TODAY)
        text = str(profile)
        (secrets,) = values(
            demonstration, "SELECT document_number, police_number, birth_date, phone FROM participant WHERE id = ?", key
        )
        assert not [secret for secret in secrets if secret is not None and str(secret) in text]
        assert {row.offering_id for row in profile.enrolments} <= own
        assert profile.vetting is None
        assert (profile.merged, profile.history, profile.facts.birth_date) == ((), (), None)


def test_an_instructor_opens_own_people_offerings_and_themselves_only(demonstration: Database) -> None:
    acting = demonstration_user(demonstration, Role.INSTRUCTOR)
    registrar = demonstration_user(demonstration, Role.REGISTRAR)
    doors: tuple[tuple[str, Callable[..., Any]], ...] = (
        ("people", person_profile),
        ("offerings", offering_detail),
        ("instructors", instructor_detail),
    )
    for name, door in doors:
        mine = list_keys(demonstration, acting, name, Request(today=TODAY))
        other = next(
            key for key in list_keys(demonstration, registrar, name, Request(today=TODAY)) if key not in set(mine)
        )
        assert door(demonstration, acting, mine[0], TODAY).row.id == mine[0]
        with pytest.raises(UserError, match=GONE):
            door(demonstration, acting, other, TODAY)


def test_an_instructor_sees_neither_document_nor_receiver(tmp_path: Path) -> None:
    document, receiver = "0801197077777", "Receptora Inventada"
    with school(tmp_path) as db:
        prepare_certificates(db, user(db, Role.REGISTRAR), "007-2018")
        approve_certificates(db, user(db, Role.MANAGER), "007-2018", t=Translator(Language.ES), passphrase=PASSPHRASE)
        ((key, snapshot),) = values(db, "SELECT id, snapshot FROM certificate ORDER BY id LIMIT 1")
        assert isinstance(key, int)
        frozen = json.dumps({**json.loads(str(snapshot)), "document": document})
        with db.write(EDIT) as tx:
            tx.update(User, {user(db, Role.INSTRUCTOR).id: {"instructor_id": 1}})
            tx.update(Certificate, {key: {"snapshot": frozen}})
            tx.insert(Delivery, [{"certificate_id": key, "delivered_on": TODAY, "received_by": receiver}])
        seen = certificate_detail(db, user(db, Role.MANAGER), key, TODAY)
        assert seen.text is not None
        assert (seen.text.document, seen.deliveries[0].received_by) == (document, receiver)
        instructor = user(db, Role.INSTRUCTOR)
        own = certificate_detail(db, instructor, key, TODAY)
        assert own.text is not None
        assert own.text.name == seen.text.name, "it is a certificate of their own course"
        assert len(own.deliveries) == 1
        told = "".join(
            repr(read)
            for read in (
                own,
                offering_detail(db, instructor, 1, TODAY),
                list_rows(db, instructor, "certificates", [key]),
                list_rows(db, instructor, "roster", [1, 2, 3, 4, 5]),
                [person_profile(db, instructor, person, TODAY) for person in range(1, 6)],
                search(db, instructor, document),
                search(db, instructor, "receptora"),
            )
        )
        assert document not in told
        assert receiver not in told
        for text in (document, "receptora"):
            assert not list_keys(db, instructor, "certificates", Request(text=text, today=TODAY))


def test_an_administrator_is_refused_people_and_sees_courses_without_names(demonstration: Database) -> None:
    acting = demonstration_user(demonstration, Role.ADMINISTRATOR)
    for door in (person_profile, instructor_detail):
        with pytest.raises(Refused, match="may not read people"):
            door(demonstration, acting, 1, TODAY)
    (key,) = values(demonstration, "SELECT id FROM offering WHERE code = '122-2019'")[0]
    detail = offering_detail(demonstration, acting, int(str(key)), TODAY)
    assert detail.row.completions > 0
    assert detail.certificates == ()
    assert {line.instructor_name for line in detail.assignments} == {None}
    assert {line.instructor_name for line in detail.modules} <= {None}


@pytest.mark.parametrize("door", [person_profile, offering_detail, instructor_detail, course_detail])
def test_what_is_gone_is_told(demonstration: Database, door: Callable[..., Any]) -> None:
    with pytest.raises(UserError, match=GONE):
        door(demonstration, demonstration_user(demonstration, Role.MANAGER), 10_000_000, TODAY)


def test_an_offering_tells_days_marks_papers_results_and_how_its_people_stand(demonstration: Database) -> None:
    manager = demonstration_user(demonstration, Role.MANAGER)
    (key,) = values(demonstration, "SELECT id FROM offering WHERE code = '122-2019'")[0]
    detail = offering_detail(demonstration, manager, int(str(key)), TODAY)
    roster = list_keys(demonstration, manager, "roster", Request(filters=(("offering", str(key)),), today=TODAY))
    assert sum(each.count for each in detail.statuses) == len(roster)
    assert [line.held_on for line in detail.days] == sorted(line.held_on for line in detail.days)
    marks = sum(line.present + line.late + line.absent + line.excused for line in detail.days)
    assert values(
        demonstration,
        "SELECT count(*) FROM attendance a JOIN enrolment e ON e.id = a.enrolment_id WHERE e.offering_id = ?",
        key,
    ) == [(marks,)]
    assert detail.assignments[0].role == "lead"
    assert len(detail.certificates) == detail.row.certificates
    assert [each.number for each in detail.certificates] == sorted(str(each.number) for each in detail.certificates)
    results = detail.results
    assert results.lowest is not None
    assert results.average is not None
    assert results.highest is not None
    assert results.lowest <= results.average <= results.highest <= 100 * detail.rules.scale
    assert detail.closing.closed_at is not None
    assert {"approve_certificates", "record_closed_offering"} <= {entry.use_case for entry in detail.history}
    assert sum(paper.people for paper in detail.papers) <= len(roster)


def test_an_instructor_s_offerings_hours_and_people_are_told(demonstration: Database) -> None:
    manager = demonstration_user(demonstration, Role.MANAGER)
    for key in list_keys(demonstration, manager, "instructors", Request(order="leads", descending=True))[:5]:
        detail = instructor_detail(demonstration, manager, key, TODAY)
        held = [line for line in detail.taught if line.status.value != "cancelled"]
        assert sum("lead" in line.roles for line in held) == detail.row.leads
        assert len(held) == detail.row.leads + detail.row.assists
        assert sum(line.hours or 0 for line in held) == detail.row.hours
    with_groups = list_keys(demonstration, manager, "instructors", Request(filters=(("teaches", "class_groups"),)))[0]
    detail = instructor_detail(demonstration, manager, with_groups, TODAY)
    assert sum(year.groups for year in detail.class_groups) == detail.row.class_groups > 0
    advisor = list_keys(demonstration, manager, "instructors", Request(filters=(("mentors", "yes"),)))[0]
    detail = instructor_detail(demonstration, manager, advisor, TODAY)
    assert detail.mentored
    assert detail.rotations


def test_a_course_tells_its_versions_and_offerings(demonstration: Database) -> None:
    manager = demonstration_user(demonstration, Role.MANAGER)
    for key in list_keys(demonstration, manager, "courses", Request()):
        detail = course_detail(demonstration, manager, key, TODAY)
        assert sum(version.offerings for version in detail.versions) == len(detail.offerings)
        assert detail.versions[0].rules.version == detail.row.version
        for version in detail.versions:
            hours = sum(module.hours for module in version.modules)
            assert hours in {0, version.rules.hours}
    instructor = demonstration_user(demonstration, Role.INSTRUCTOR)
    seen = course_detail(demonstration, instructor, 1, TODAY)
    assert sum(version.offerings for version in seen.versions) == len(seen.offerings) < 71
