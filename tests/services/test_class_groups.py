"""Class groups and schools are entered, changed, taken back: many at once, never twice by accident."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from eic_tracker.domain.class_group_draft import MULTIGRADE, ClassGroupDraft, GradeCounts, LessonGiven, OfficerGiven
from eic_tracker.domain.codes import Measure, Role
from eic_tracker.domain.drafts import ChangedMeanwhile, DraftRefused
from eic_tracker.domain.facts import Heads
from eic_tracker.domain.permissions import ActingUser
from eic_tracker.domain.school_rules import SchoolDraft, is_like
from eic_tracker.errors import Refused
from eic_tracker.queries.schools import read_schools
from eic_tracker.services.class_group_checks import GroupsRefused
from eic_tracker.services.class_groups import (
    LessonOfGroup,
    class_group_draft,
    groups_to_repeat,
    record_lessons,
    save_class_groups,
)
from eic_tracker.services.history import undo_set
from eic_tracker.services.schools import match_school, save_school, school_form, schools_alike
from eic_tracker.store.database import Database
from eic_tracker.store.tables.figures import ClosedQuarter
from eic_tracker.store.transaction import Actor, Entry
from tests.services.great import enter_school, great_file, group, place, version
from tests.services.school import user, values

DAY = dt.date(2019, 6, 3)


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with great_file(tmp_path) as found:
        yield found


@pytest.fixture
def registrar(db: Database) -> ActingUser:
    return user(db, Role.REGISTRAR)


def refused(db: Database, acting: ActingUser, *drafts: ClassGroupDraft) -> list[list[str]]:
    """The codes of what is wrong with each draft of a batch that is not stored."""
    with pytest.raises(GroupsRefused) as told:
        save_class_groups(db, acting, drafts)
    return [[each.code for each in problems] for problems in told.value.by_group]


def entry(db: Database, use_case: str) -> int:
    return int(str(values(db, "SELECT max(id) FROM change_set WHERE use_case = ?", use_case)[0][0]))


def test_ten_groups_are_one_entry_with_codes_in_a_row_and_are_taken_back_as_one(
    db: Database, registrar: ActingUser
) -> None:
    school = enter_school(db).id
    drafts = [group(db, school, grade, section) for grade in "456" for section in "ABC"]
    grades = (GradeCounts("4", Heads(3, 2)), GradeCounts("5", Heads(1, 1)))
    drafts.append(group(db, school, MULTIGRADE, "D", by_grade=grades, enrolled=None))
    saved = save_class_groups(db, registrar, drafts)
    assert [each.code for each in saved] == [f"G-2019-{number:05d}" for number in range(1, 11)]
    assert values(db, "SELECT label, user_id FROM change_set WHERE use_case = 'save_class_groups'") == [
        ("G-2019-00001 +9", registrar.id)
    ]
    assert values(db, "SELECT grade, enrolled_girls, enrolled_boys FROM class_group WHERE id = ?", saved[-1].id) == [
        (None, 4, 3)
    ]
    assert values(db, "SELECT count(*), min(role) FROM class_officer") == [(10, "lead")]
    undo_set(db, registrar, entry(db, "save_class_groups"), "mistake")
    assert values(db, "SELECT count(*) FROM class_group") == [(0,)]
    again = save_class_groups(db, registrar, drafts[:1])
    assert again[0].code == "G-2019-00011", "a sheet may carry the code of a group whose entry was undone"


def test_nothing_of_a_batch_is_stored_where_one_group_is_wrong(db: Database, registrar: ActingUser) -> None:
    school = enter_school(db).id
    good, bad = group(db, school), group(db, school, "10")
    assert refused(db, registrar, good, bad) == [[], ["unknown_grade"]]
    assert values(db, "SELECT count(*) FROM class_group") == [(0,)]
    elsewhere = replace(good, school_id=999, officers=(OfficerGiven(999),))
    assert refused(db, registrar, elsewhere) == [["unknown_school", "unknown_officer"]]


def test_the_same_class_again_is_told_with_its_code_and_stored_with_a_reason(
    db: Database, registrar: ActingUser
) -> None:
    school = enter_school(db).id
    draft = group(db, school)
    (first,) = save_class_groups(db, registrar, [draft])
    with pytest.raises(GroupsRefused) as told:
        save_class_groups(db, registrar, [draft])
    (problem,) = told.value.by_group[0]
    assert (problem.code, problem.field, problem.values["code"]) == ("same_group", "repeat_reason", first.code)
    assert refused(db, registrar, group(db, school, "5"), group(db, school, "5", "a")) == [[], ["same_group_in_list"]]
    (again,) = save_class_groups(db, registrar, [replace(draft, repeat_reason="Huelga: se reinició en junio")])
    assert [each.code for each in again.warnings] == ["same_group"]
    form = class_group_draft(db, registrar, again.id)
    (changed,) = save_class_groups(db, registrar, [replace(form, enrolled=Heads(14, 17))])
    assert changed.id == again.id


def test_a_card_is_changed_in_its_rows_only_and_never_over_somebody_elses_change(
    db: Database, registrar: ActingUser
) -> None:
    school = enter_school(db).id
    lessons = (LessonGiven(1, DAY, Heads(15, 15)), LessonGiven(2, DAY))
    (saved,) = save_class_groups(db, registrar, [group(db, school, lessons=lessons)])
    old = class_group_draft(db, registrar, saved.id)
    assert (old.reached, old.first_lesson_on, old.lessons_given) == (Heads(15, 15), DAY, 2)
    third = LessonGiven(3, DAY + dt.timedelta(2))
    save_class_groups(db, registrar, [replace(old, lessons=(lessons[0], third))])
    changes = values(
        db,
        "SELECT table_name, operation FROM change WHERE change_set_id = ? ORDER BY id",
        entry(db, "save_class_groups"),
    )
    assert changes == [("class_lesson", "delete"), ("class_lesson", "insert")]
    with pytest.raises(ChangedMeanwhile, match="Lessons given"):
        save_class_groups(db, registrar, [replace(old, section="B")])


def test_todays_lesson_of_several_groups_is_one_entry_and_reached_grows_to_the_largest(
    db: Database, registrar: ActingUser
) -> None:
    school = enter_school(db).id
    one, two = save_class_groups(db, registrar, [group(db, school), group(db, school, "5")])
    record_lessons(db, registrar, [LessonOfGroup(one.id, LessonGiven(1, DAY, Heads(15, 15)))])
    record_lessons(
        db,
        registrar,
        [
            LessonOfGroup(one.id, LessonGiven(2, DAY, Heads(14, 16))),
            LessonOfGroup(two.id, LessonGiven(1, DAY, Heads(10, 10))),
        ],
    )
    query = "SELECT reached_girls, reached_boys, lessons_given FROM class_group ORDER BY id"
    assert values(db, query) == [(15, 16, 2), (10, 10, 1)]
    record_lessons(db, registrar, [LessonOfGroup(two.id, LessonGiven(1, DAY, Heads(12, 9)))])
    assert values(db, query)[1][2] == 1, "the lesson was corrected, not given twice"


def test_last_years_groups_of_a_school_are_copied_without_their_counts(db: Database, registrar: ActingUser) -> None:
    school = enter_school(db).id
    earlier = [replace(group(db, school, grade), school_year=2018) for grade in "465"]
    save_class_groups(db, registrar, [*earlier, group(db, school, "5")])
    copied = groups_to_repeat(db, registrar, school, 2019)
    assert [(each.grade, each.school_year, each.enrolled, each.id) for each in copied] == [
        ("4", 2019, None, None),
        ("6", 2019, None, None),
    ]
    assert len(save_class_groups(db, registrar, copied)) == 2
    assert groups_to_repeat(db, registrar, school, 2019) == ()


def test_an_officer_enters_own_groups_and_nobody_elses(db: Database, registrar: ActingUser) -> None:
    school = enter_school(db).id
    officer = replace(user(db, Role.INSTRUCTOR), instructor_id=1)
    (own,) = save_class_groups(db, officer, [group(db, school)])
    (other,) = save_class_groups(db, registrar, [group(db, school, "5", officers=())])
    with pytest.raises(Refused):
        save_class_groups(db, officer, [group(db, school, "6", officers=())])
    assert class_group_draft(db, officer, own.id).grade == "4"
    with pytest.raises(Refused):
        class_group_draft(db, officer, other.id)
    for role in (Role.MANAGER, Role.ADMINISTRATOR, Role.AUDITOR):
        with pytest.raises(Refused):
            save_class_groups(db, user(db, role), [group(db, school, "6")])


def test_a_group_entered_in_a_closed_quarter_restates_it(db: Database, registrar: ActingUser) -> None:
    school = enter_school(db).id
    with db.write(Entry(Actor("test"), "fill", "")) as tx:
        row = {"period": "2019Q1", "closed_at": tx.at, "closed_by_id": 1}
        tx.insert(ClosedQuarter, [row])
    lessons = (LessonGiven(1, dt.date(2019, 3, 4), Heads(15, 17)),)
    save_class_groups(db, registrar, [group(db, school, lessons=lessons)])
    assert values(db, "SELECT measure, old_value, new_value FROM restatement") == [(Measure.REACHED.value, 0, 32)]


def test_a_camp_is_held_in_a_municipality_and_graduates_nobody(db: Database, registrar: ActingUser) -> None:
    camp = ClassGroupDraft(
        version(db, "GREAT-CAMPAMENTO"),
        2019,
        municipality_id=place(db),
        reached=Heads(40, 50),
        enrolled=Heads(40, 50),
        lessons=(LessonGiven(1, DAY),),
    )
    (saved,) = save_class_groups(db, registrar, [camp, camp][:1])
    assert saved.warnings == ()
    assert refused(db, registrar, replace(camp, graduated=Heads(1))) == [["never_graduates"]]


def test_a_school_is_entered_once_and_its_code_is_looked_at(db: Database, registrar: ActingUser) -> None:
    first = enter_school(db, "Escuela Ramón Rosa", sace_code=" 030100642m02 ")
    assert (first.code, first.warnings) == ("030100642M02", ())
    second = enter_school(db, "Instituto Ramón Villeda Morales", sace_code="0301-A")
    assert second.warnings[0].field == "sace_code"
    for name, more, field in (
        ("Centro Educativo Ramon Rosa", {}, "another_school"),
        ("Escuela Otra", {"sace_code": "030100642M02"}, "sace_code"),
        ("Escuela Otra", {"municipality_id": 99999}, "municipality_id"),
        ("", {}, "name"),
    ):
        with pytest.raises(DraftRefused) as told:
            enter_school(db, name, **more)
        assert [each.field for each in told.value.problems] == [field]
    third = enter_school(db, "Centro Educativo Ramon Rosa", another_school=True)
    assert third.code == "ESC-0001"
    assert [each.id for each in schools_alike(db, registrar, first.id)] == [third.id]
    assert schools_alike(db, registrar, second.id) == ()
    assert is_like("Esc. Ramón Rosa", "Escuela Ramon Rosas")
    assert not is_like("Ejemplo No. 2", "Ejemplo No. 3")


def test_a_school_is_changed_and_ended(db: Database, registrar: ActingUser) -> None:
    saved = enter_school(db, "Escuela Ramón Rosa", sace_code="030100642M02")
    form = school_form(db, registrar, saved.id)
    ended = {**form.values, "valid_to": dt.date(2018, 11, 30)}
    save_school(db, registrar, SchoolDraft(ended, saved.id, form.original))
    assert refused(db, registrar, group(db, saved.id)) == [["ended_school"]]
    with pytest.raises(ChangedMeanwhile):
        save_school(db, registrar, SchoolDraft(ended, saved.id, form.original))
    undo_set(db, registrar, entry(db, "save_school"), "it goes on")
    assert save_class_groups(db, registrar, [group(db, saved.id)])


def test_a_list_means_a_school_by_its_code_or_by_a_name_that_only_one_has(db: Database, registrar: ActingUser) -> None:
    one = enter_school(db, "Escuela Ramón Rosa", sace_code="030100642M02")
    two = enter_school(db, "Escuela Ramón Rosa", municipality_id=place(db, "0801"))
    with db.read() as connection:
        schools = read_schools(connection)
    assert match_school(schools, "", "0301-00642 m02").found is not None
    assert match_school(schools, "ESCUELA RAMON ROSA").found is None
    assert len(match_school(schools, "ESCUELA RAMON ROSA").alike) == 2
    found = match_school(schools, "ESCUELA RAMON ROSA", municipality="0801").found
    assert found is not None
    assert found.id == two.id != one.id
    assert match_school(schools, "Escuela Ramón Rosa", "080199999M01").found is None
