"""Search everything, on the demonstration file and beside people with difficult names."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from eic_tracker.domain.codes import CertificateKind, CertificateStatus, Role, Sex
from eic_tracker.domain.names import match_key, sort_key
from eic_tracker.domain.permissions import ActingUser
from eic_tracker.queries.identities import people_text
from eic_tracker.queries.listing import Request, listing_keys, sight_of
from eic_tracker.queries.people import PEOPLE
from eic_tracker.services.search import Hit, HitKind, PartName, Rank, search
from eic_tracker.store.database import Database
from eic_tracker.store.search import words
from eic_tracker.store.tables.certificates import Certificate
from eic_tracker.store.tables.people import DocumentKind, Participant
from eic_tracker.store.transaction import Actor, Entry

NAMES = (
    ("José", "Núñez Ávila"),
    ("José Antonio", "Núñez Quezaltepeque"),
    ("Marcela", "O'Hara"),
    ("Dunia", "De la O"),
    ("Quetzalina", ""),
    ("José", "Quezaltepeque"),
)


@pytest.fixture(scope="module")
def file(demo_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration file with a few people more, and a certificate."""
    path = Path(shutil.copy(demo_folder / "demo.eic", tmp_path_factory.mktemp("search") / "demo.eic"))
    with Database(path) as db, db.write(Entry(Actor("demo"), "test", "test")) as tx:
        tx.insert(
            Participant,
            [
                {
                    "uid": tx.new_uid(),
                    "given_names": given_names,
                    "surnames": surnames,
                    "match_key": match_key(given_names, surnames),
                    "sort_key": sort_key(f"{surnames} {given_names}"),
                    "sex": Sex.U,
                    "document_kind": DocumentKind.NATIONAL_ID,
                    "document_country": "HND",
                    "document_number": f"070319014317{number}",
                    "police_number": f"77431{number}",
                    "recorded_at": tx.at,
                }
                for number, (given_names, surnames) in enumerate(NAMES)
            ],
        )
        certificate = {"uid": tx.new_uid(), "number": "EIC-D-2019-00077", "kind": CertificateKind.DIPLOMA}
        issued = {"status": CertificateStatus.ISSUED, "enrolment_id": 1, "dated": dt.date(2019, 6, 1), "snapshot": "{}"}
        tx.insert(Certificate, [certificate | issued])
    return path


@pytest.fixture(scope="module")
def db(file: Path) -> Iterator[Database]:
    """The file, open."""
    with Database(file) as database:
        yield database


def who(db: Database, role: Role) -> ActingUser:
    """The demonstration's user of a role."""
    with db.read() as connection:
        query = "SELECT id, login, full_name, role, instructor_id FROM user WHERE role = ?"
        row = connection.exec_driver_sql(query, (role.value,)).one()
    return ActingUser(row.id, row.login, row.full_name, Role(row.role), row.instructor_id)


def found(db: Database, text: str, kind: HitKind, role: Role = Role.REGISTRAR) -> list[Hit]:
    """The hits of a kind."""
    return [hit for hit in search(db, who(db, role), text) if hit.kind is kind]


def titles(db: Database, text: str, kind: HitKind = HitKind.PERSON) -> list[str]:
    """The titles of the hits of a kind, as a registrar sees them."""
    return [hit.title for hit in found(db, text, kind)]


@pytest.mark.parametrize("text", ["nunez avila jose", "JOSÉ núñez ávila", "avila  NUNEZ", "jos nun avi", "ávila-núñez"])
def test_a_name_is_found_by_its_words_in_any_order_whatever_the_accents(db: Database, text: str) -> None:
    assert "José Núñez Ávila" in titles(db, text)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("o'hara", "Marcela O'Hara"),
        ("O Hara", "Marcela O'Hara"),
        ("dunia de la o", "Dunia De la O"),
        ("quetzalina", "Quetzalina "),
        ("quetzal", "Quetzalina "),
    ],
)
def test_names_with_apostrophes_particles_or_one_word_are_found(db: Database, text: str, title: str) -> None:
    assert titles(db, text)[0].strip() == title.strip()


def test_the_whole_name_comes_before_whole_words_and_those_before_beginnings(db: Database) -> None:
    hits = found(db, "jose quezaltepeque", HitKind.PERSON)
    assert [(hit.title, hit.rank) for hit in hits] == [
        ("José Quezaltepeque", Rank.NAME),
        ("José Antonio Núñez Quezaltepeque", Rank.WORDS),
    ]
    assert [hit.rank for hit in found(db, "quezal", HitKind.PERSON)] == [Rank.BEGINNINGS] * 2


def test_many_of_one_name_come_in_the_order_of_names(db: Database) -> None:
    with db.read() as connection:
        query = (
            "SELECT id FROM participant WHERE merged_into_id IS NULL AND ' ' || match_key || ' ' LIKE '% jose %' "
            "ORDER BY sort_key LIMIT 8"
        )
        first = [row[0] for row in connection.exec_driver_sql(query)]
    assert sorted(hit.id for hit in found(db, "jose", HitKind.PERSON)) == sorted(first)


@pytest.mark.parametrize("text", ["0703190143172", "0703-1901-43172", "43172", "3172", "774312", "143172", "4312"])
def test_a_person_is_found_by_a_number_or_its_last_digits(db: Database, text: str) -> None:
    assert "Marcela O'Hara" in titles(db, text)


def test_an_exact_number_comes_first(db: Database) -> None:
    hits = found(db, "774312", HitKind.PERSON)
    assert (hits[0].title, hits[0].rank) == ("Marcela O'Hara", Rank.NUMBER)


def test_the_number_of_a_record_that_was_merged_away_leads_to_who_stands_for_it(db: Database) -> None:
    with db.read() as connection:
        query = (
            "SELECT a.match_key, a.merged_into_id FROM participant a WHERE a.merged_into_id IS NOT NULL ORDER BY a.id"
        )
        name, stands = connection.exec_driver_sql(query).first() or ("", 0)
    hits = found(db, name, HitKind.PERSON)
    assert stands in [hit.id for hit in hits]


@pytest.mark.parametrize(
    ("text", "kind", "title"),
    [
        ("116-2019", HitKind.OFFERING, "116-2019"),
        ("criminalistica", HitKind.COURSE, "Curso de especialización en criminalística"),
        ("instituto brisas quetzal", HitKind.SCHOOL, "Instituto de demostración Brisas del Quetzal"),
        ("DEMO-0002", HitKind.SCHOOL, "Instituto de demostración Brisas del Quetzal"),
        ("g-2012-00001", HitKind.CLASS_GROUP, "G-2012-00001"),
        ("2019 00077", HitKind.CERTIFICATE, "EIC-D-2019-00077"),
        ("dpi-0059-2015", HitKind.LETTER, "DPI-0059-2015"),
    ],
)
def test_everything_else_is_found_by_its_words_and_numbers(db: Database, text: str, kind: HitKind, title: str) -> None:
    assert titles(db, text, kind)[0] == title


def test_an_instructor_is_found_by_name_and_code(db: Database) -> None:
    with db.read() as connection:
        code, given_names, surnames = connection.exec_driver_sql(
            "SELECT code, given_names, surnames FROM instructor ORDER BY id"
        ).first() or ("", "", "")
    assert f"{given_names} {surnames}" in titles(db, f"{surnames} {given_names}", HitKind.INSTRUCTOR)
    assert found(db, code, HitKind.INSTRUCTOR)[0].rank is Rank.NUMBER


def test_an_offering_says_its_course_and_days(db: Database) -> None:
    (hit,) = found(db, "116-2019", HitKind.OFFERING)
    said = {part.name: part.value for part in hit.detail}
    assert hit.rank is Rank.NUMBER
    assert said[PartName.STARTS_ON] == dt.date(2019, 6, 3)
    assert said[PartName.ENDS_ON] == dt.date(2019, 6, 28)
    assert PartName.COURSE in said


@pytest.mark.parametrize("limit", [1, 3, 8])
def test_there_are_never_more_hits_of_a_kind_than_asked_for(db: Database, limit: int) -> None:
    for text in ("m", "curso", "jose", "escuela", "2018", "o"):
        kinds = [hit.kind for hit in search(db, who(db, Role.REGISTRAR), text, limit)]
        assert kinds
        assert max(map(kinds.count, kinds)) <= limit


# Who sees what


def test_an_administrator_finds_offerings_and_schools_but_nobody(db: Database) -> None:
    kinds = {hit.kind for text in ("jose", "0703", "a", "curso", "escuela", "eic", "oficio", "g") for hit in
             search(db, who(db, Role.ADMINISTRATOR), text)}  # fmt: skip
    assert kinds == {HitKind.OFFERING, HitKind.COURSE, HitKind.SCHOOL, HitKind.CLASS_GROUP}


@pytest.mark.parametrize("role", [Role.MANAGER, Role.AUDITOR, Role.REGISTRAR])
def test_who_may_read_all_people_finds_them_with_their_numbers(db: Database, role: Role) -> None:
    (hit,) = found(db, "marcela o'hara", HitKind.PERSON, role)
    assert {part.name: part.value for part in hit.detail}[PartName.DOCUMENT] == "0703190143172"


def test_an_instructor_finds_only_people_of_own_offerings_with_masked_numbers(db: Database) -> None:
    acting = who(db, Role.INSTRUCTOR)
    with db.read() as connection:
        own = set(listing_keys(connection, PEOPLE, Request(), sight_of(acting)))
    seen = {hit for text in "abcdefghijlmnorstvyz" for hit in found(db, text, HitKind.PERSON, Role.INSTRUCTOR)}
    assert seen
    assert {hit.id for hit in seen} <= own
    for hit in seen:
        for part in hit.detail:
            if part.name in {PartName.DOCUMENT, PartName.POLICE_NUMBER}:
                assert str(part.value).startswith("•••")
                assert len(str(part.value)) <= 8
    assert found(db, "marcela o'hara", HitKind.PERSON, Role.INSTRUCTOR) == []
    assert found(db, "0703190143172", HitKind.PERSON, Role.INSTRUCTOR) == []


def test_what_is_masked_cannot_be_tried_out(db: Database) -> None:
    acting = who(db, Role.INSTRUCTOR)
    with db.read() as connection:
        key = listing_keys(connection, PEOPLE, Request(), sight_of(acting))[0]
        number = str(
            connection.exec_driver_sql("SELECT document_number FROM participant WHERE id = ?", (key,)).scalar_one()
        )
    right = found(db, number, HitKind.PERSON, Role.INSTRUCTOR)
    wrong = found(db, "9" * (len(number) - 5) + number[-5:], HitKind.PERSON, Role.INSTRUCTOR)
    assert key in [hit.id for hit in right]
    assert right == wrong, "a right and a wrong hidden part give the same"
    assert right == found(db, number[-5:], HitKind.PERSON, Role.INSTRUCTOR)
    assert found(db, number[:8], HitKind.PERSON, Role.INSTRUCTOR) == []


def test_an_instructor_finds_own_offerings_and_their_courses_only(db: Database) -> None:
    acting = who(db, Role.INSTRUCTOR)
    with db.read() as connection:
        query = "SELECT offering_id FROM assignment WHERE instructor_id = ?"
        own = {row[0] for row in connection.exec_driver_sql(query, (acting.instructor_id,))}
    hits = [hit for text in ("curso", "2", "20", "1", "0", "oficio", "eic", "g", "montes", "escuela")
            for hit in search(db, acting, text, 500)]  # fmt: skip
    assert {hit.id for hit in hits if hit.kind is HitKind.OFFERING} <= own
    assert "116-2019" in [hit.title for hit in hits]
    assert not {HitKind.CERTIFICATE, HitKind.LETTER, HitKind.INSTRUCTOR} & {hit.kind for hit in hits}


# Whatever is typed


@pytest.mark.parametrize("text", ["", "   ", "'", '"', "*", "-", "^", "()", "\x00", "\ud800", "•••"])
def test_signs_alone_find_nothing(db: Database, text: str) -> None:
    for role in Role:
        assert search(db, who(db, role), text) == ()


QUERY_LANGUAGE = ('"jose', "jose*", "-jose", "jose AND", "NEAR(jose nunez)", "words:jose", "jose OR nunez NOT", "{a}:b",
                  "jose;DROP TABLE participant", "%", "_", "\ue0003172", "jose" * 200)  # fmt: skip


@pytest.mark.parametrize("text", QUERY_LANGUAGE)
def test_the_language_of_queries_is_only_text(db: Database, text: str) -> None:
    plain = " ".join(words(text))
    for role in Role:
        assert search(db, who(db, role), text) == search(db, who(db, role), plain)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(
    text=st.one_of(
        st.text(st.characters(), max_size=40),
        st.text(alphabet="\"'*-+:^(){} ANDORNEARjose0123ñÑ", max_size=40),
    )
)
def test_no_text_is_an_error_or_shows_people_to_an_administrator(db: Database, text: str) -> None:
    found = {role: search(db, who(db, role), text) for role in (Role.REGISTRAR, Role.INSTRUCTOR, Role.ADMINISTRATOR)}
    people = {HitKind.PERSON, HitKind.CERTIFICATE}
    assert not people & {hit.kind for hit in found[Role.ADMINISTRATOR]}
    with db.read() as connection:
        condition, values = people_text(text)
        connection.exec_driver_sql(f"SELECT p.id FROM participant p WHERE {condition} LIMIT 1", values).all()


@pytest.mark.parametrize(
    ("text", "finds"),
    [
        ("nunez avila", {0}),
        ("quezal jos", {1, 5}),
        ("0703-1901-43173", {3}),
        ("0703190143174", {4}),
        ("de la o 3173", {3}),
        ("hara 143172", {2}),
        ("hara 943172", set()),
    ],
)
def test_the_list_of_people_finds_as_the_search_does(db: Database, text: str, finds: set[int]) -> None:
    condition, values = people_text(text)
    with db.read() as connection:
        query = f"SELECT police_number FROM participant p WHERE police_number LIKE '77431_' AND {condition}"
        numbers = {int(row[0][-1]) for row in connection.exec_driver_sql(query, values)}
    assert numbers == finds
