"""Coverage as a workbook: what stands in it, and what third parties cannot work out from it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eic_tracker.domain.class_group_draft import LessonGiven
from eic_tracker.domain.codes import Role
from eic_tracker.domain.facts import Dimension, Heads
from eic_tracker.domain.periods import parse_period
from eic_tracker.errors import Refused, UserError
from eic_tracker.i18n import Language, Translator
from eic_tracker.reports.coverage_xlsx import CoverageLine, hidden_numbers
from eic_tracker.services.class_group_checks import GroupsRefused
from eic_tracker.services.class_groups import save_class_groups
from eic_tracker.services.coverage_papers import write_coverage
from eic_tracker.services.papers import Audience, write_rollup
from eic_tracker.store.database import Database
from eic_tracker.store.tables.outreach import ClassGroup, ClassLesson
from eic_tracker.store.transaction import Actor, Entry
from tests.services.great import enter_school, great_file, group, place
from tests.services.school import user, values

TODAY = dt.date(2019, 6, 28)
T = Translator(Language.EN)
HEADS = st.builds(Heads, st.integers(0, 9), st.integers(0, 9), st.integers(0, 3))
NOBODY = Heads()


def plus(heads: list[Heads]) -> Heads:
    return Heads(sum(h.girls for h in heads), sum(h.boys for h in heads), sum(h.unrecorded for h in heads))


@given(st.lists(st.lists(HEADS, min_size=1, max_size=4), min_size=1, max_size=4))
def test_neither_of_two_tables_tells_what_the_other_leaves_out(country: list[list[Heads]]) -> None:
    lines = [CoverageLine(str(d), "", 1, 1, plus(towns), NOBODY) for d, towns in enumerate(country)]
    lines += [
        CoverageLine(f"{d}-{m}", "", 1, 1, heads, NOBODY, parent=str(d))
        for d, towns in enumerate(country)
        for m, heads in enumerate(towns)
    ]
    total = CoverageLine("", "", 1, 1, plus([line.reached for line in lines if not line.parent]), NOBODY)
    hidden = hidden_numbers(lines, total)
    rows = [line.numbers for line in (*lines, total)]
    assert all((p, n) in hidden for p, row in enumerate(rows) for n, value in enumerate(row) if 0 < value < 5)
    sums = [[(place, number) for number in range(4)] for place in range(len(rows))]
    for number in range(4):
        for d in range(len(country)):
            inside = [(p, number) for p, line in enumerate(lines) if line.parent == str(d)]
            sums.append([(d, number), *inside])
        sums.append([(len(lines), number), *((p, number) for p in range(len(country)))])
    for cells in sums:
        assert sum(cell in hidden for cell in cells) != 1, "a number that is left out is the difference of the others"


@pytest.fixture
def few(tmp_path: Path) -> Database:
    """41 reached in one municipality of Comayagua, 3 in another, 60 in Atlántida."""
    db = great_file(tmp_path)
    for number, (code, present) in enumerate((("0301", Heads(21, 20)), ("0302", Heads(0, 3)), ("0101", Heads(30, 30)))):
        school = enter_school(db, f"Escuela Inventada {number}", municipality_id=place(db, code))
        lessons = (LessonGiven(1, dt.date(2019, 3, 4), present),)
        draft = group(db, school.id, enrolled=present, lessons=lessons)
        save_class_groups(db, user(db, Role.REGISTRAR), (draft,))
    return db


def table(db: Database, path: Path, by: Dimension, audience: Audience) -> dict[str, tuple[object, ...]]:
    write_coverage(db, user(db, Role.MANAGER), by, path, t=T, today=TODAY, audience=audience)
    rows = openpyxl.load_workbook(path, data_only=True).worksheets[0].iter_rows(values_only=True)
    return {str(row[0]): row[1:] for row in rows if row[1] is not None}


def test_the_workbook_shows_every_place_and_leaves_small_numbers_out_for_third_parties(
    few: Database, tmp_path: Path
) -> None:
    path = tmp_path / "coverage.xlsx"
    whole = table(few, path, Dimension.MUNICIPALITY, "school")
    assert len(whole) == 298 + 2
    assert whole["Comayagua (Comayagua)"][:5] == (1, 1, 41, 21, 20)
    assert whole["Ajuterique (Comayagua)"][:5] == (1, 1, 3, 0, 3)
    assert whole["Total"][:5] == (3, 3, 104, 51, 53)
    assert whole["Tela (Atlántida)"] == (0,) * 10
    public = table(few, path, Dimension.MUNICIPALITY, "public")
    assert public["Ajuterique (Comayagua)"][2:5] == ("*", 0, "*")
    assert public["Comayagua (Comayagua)"][2] == "*", "Comayagua's total less this one would be the three"
    assert public["Comayagua (Comayagua)"][4] == "*"
    departments = table(few, path, Dimension.DEPARTMENT, "public")
    assert departments["Comayagua"][2] == 44
    assert departments["Total"][2] == 104


def test_third_parties_get_all_years_at_once_and_instructors_nothing(few: Database, tmp_path: Path) -> None:
    path = tmp_path / "coverage.xlsx"
    by = Dimension.GRADE
    with pytest.raises(UserError, match="all years"):
        write_coverage(few, user(few, Role.MANAGER), by, path, t=T, today=TODAY, year=2019, audience="public")
    with pytest.raises(Refused):
        write_coverage(few, user(few, Role.INSTRUCTOR), by, path, t=T, today=TODAY)
    assert not path.exists()


def test_no_workbook_shows_where_an_officer_will_be_on_a_day_to_come(few: Database, tmp_path: Path) -> None:
    tomorrow = TODAY + dt.timedelta(days=1)
    planned = group(few, 1, grade="5", lessons=(LessonGiven(1, tomorrow, Heads(9, 9)),))
    with pytest.raises(GroupsRefused):
        save_class_groups(few, user(few, Role.REGISTRAR), (planned,))
    # a file of another office may hold such a day all the same
    with few.write(Entry(Actor("test"), "save_class_groups", "planted")) as tx:
        tx.update(ClassGroup, {1: {"first_lesson_on": tomorrow}})
        tx.insert(ClassLesson, [{"class_group_id": 1, "number": 2, "given_on": tomorrow}])
    (code,) = values(few, "SELECT code FROM class_group WHERE id = 1")[0]
    rollup, covered = tmp_path / "rollup.xlsx", tmp_path / "coverage.xlsx"
    manager = user(few, Role.MANAGER)
    write_rollup(few, manager, parse_period("2019Q2"), rollup, t=T, today=TODAY, audience="inl")
    write_coverage(few, manager, Dimension.MUNICIPALITY, covered, t=T, today=TODAY)
    cells = [
        cell
        for path in (rollup, covered)
        for sheet in openpyxl.load_workbook(path, data_only=True).worksheets
        for row in sheet.iter_rows(values_only=True)
        for cell in row
    ]
    days = {cell.date() for cell in cells if isinstance(cell, dt.datetime)}
    assert dt.date(2019, 3, 4) in days, "the lessons that were given are there"
    assert tomorrow not in days
    assert code not in cells
    assert T.date(tomorrow) not in " ".join(cell for cell in cells if isinstance(cell, str))
