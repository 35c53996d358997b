"""The officers: unit, certifications by curriculum, who has not reported; nothing tells where one will be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from eic_tracker.domain.codes import Role
from eic_tracker.domain.teaching_rules import TeachingDraft, TeachingKind
from eic_tracker.errors import Refused
from eic_tracker.queries.listing import Request
from eic_tracker.queries.officers import OfficerRow
from eic_tracker.services.instructors import save_teaching, teaching_form
from eic_tracker.services.listings import list_keys, list_rows
from eic_tracker.services.sign_in import demonstration_user
from eic_tracker.store.database import Database
from eic_tracker.store.tables.instructors import Instructor
from eic_tracker.store.transaction import Actor, Entry

TODAY = dt.date(2019, 6, 28)


@pytest.fixture
def demonstration(demo_file: Path) -> Iterator[Database]:
    with Database(demo_file) as db:
        yield db


def rows(db: Database, role: Role = Role.REGISTRAR, **filters: str) -> dict[str, OfficerRow]:
    """The officers under some filters, by code."""
    acting = demonstration_user(db, role)
    request = Request(filters=tuple(filters.items()), today=TODAY)
    keys = list_keys(db, acting, "officers", request)
    return {row.code: row for row in list_rows(db, acting, "officers", keys, TODAY).values()}


def test_the_list_tells_who_owes_a_report_and_whose_certification_ends(demonstration: Database) -> None:
    everybody = rows(demonstration)
    with demonstration.read() as connection:
        (officers,) = connection.exec_driver_sql("SELECT count(DISTINCT instructor_id) FROM class_officer").one()
        reported = {
            code
            for (code,) in connection.exec_driver_sql(
                "SELECT DISTINCT i.code FROM class_lesson l "
                "JOIN class_officer o ON o.class_group_id = l.class_group_id "
                "JOIN instructor i ON i.id = o.instructor_id WHERE l.given_on BETWEEN '2019-06-01' AND '2019-06-28'"
            )
        }
    assert len(everybody) >= officers
    assert {code for code, row in everybody.items() if row.lessons} == reported
    owing = rows(demonstration, report="this_month")
    assert owing.keys() == {code for code, row in everybody.items() if row.owes}
    assert not owing.keys() & reported
    expired = rows(demonstration, certified="expired")
    assert expired
    assert all(
        any(each.expires_on and each.expires_on < TODAY for each in row.certifications) for row in expired.values()
    )
    soon = rows(demonstration, certified="soon")
    assert soon
    assert not soon.keys() & expired.keys()
    assert {row.unit for row in everybody.values()} == {"DNPSC"}


def test_an_officer_without_a_lesson_owes_until_one_is_told(demonstration: Database) -> None:
    owing = rows(demonstration, report="this_month")
    code, row = next(iter(owing.items()))
    with demonstration.write(Entry(Actor("test"), "edit", "test")) as tx:
        tx.update(Instructor, {row.id: {"ended_on": dt.date(2019, 6, 1)}})
    assert code not in rows(demonstration, report="this_month"), "who has ended owes nothing"
    assert rows(demonstration, state="ended").keys() == {code}


def test_a_certification_is_entered_for_a_curriculum_and_shown_beside_its_last_day(demonstration: Database) -> None:
    acting = demonstration_user(demonstration, Role.REGISTRAR)
    row = next(row for row in rows(demonstration).values() if len(row.certifications) == 1)
    form = teaching_form(demonstration, acting, TeachingKind.ACCREDITATION, None, row.id)
    curriculum = next(key for key, name in form.choices["curriculum_id"].items() if "Tercer ciclo" in name)
    values = {
        "title": "Facilitador",
        "authority": "Programa G.R.E.A.T.",
        "number": None,
        "granted_on": TODAY,
        "expires_on": dt.date(2021, 6, 30),
        "curriculum_id": curriculum,
    }
    save_teaching(demonstration, acting, TeachingDraft(TeachingKind.ACCREDITATION, values, row.id))
    shown = rows(demonstration)[row.code].certifications
    assert len(shown) == 2
    assert dt.date(2021, 6, 30) in {each.expires_on for each in shown}


def test_an_officer_sees_the_own_row_alone_and_an_administrator_nobody(demonstration: Database) -> None:
    assert len(rows(demonstration, Role.INSTRUCTOR)) <= 1
    with pytest.raises(Refused):
        rows(demonstration, Role.ADMINISTRATOR)
