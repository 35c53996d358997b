"""What leaves the window: whom it names, when it stands in the journal, and when it needs a reason."""

from __future__ import annotations

import datetime as dt
from array import array
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest

from eic_tracker.domain.codes import Role
from eic_tracker.domain.permissions import ActingUser
from eic_tracker.errors import Refused, UserError
from eic_tracker.i18n import Language, Translator
from eic_tracker.queries.listing import Request
from eic_tracker.queries.offerings import OfferingRow
from eic_tracker.queries.outreach import ClassGroupRow
from eic_tracker.reports.view_paper import ViewColumn
from eic_tracker.services.exports import (
    ViewAsked,
    Word,
    leaving,
    may_name,
    naming_columns,
    note_export,
    read_cells,
    view_paper,
    write_view,
)
from eic_tracker.services.listings import list_keys
from eic_tracker.services.papers import write_register
from eic_tracker.services.sign_in import demonstration_user
from eic_tracker.store.database import Database
from tests.reports.pdf_reading import words_of
from tests.services.school import NOW, school, user, values

T = Translator(Language.EN)
TODAY = dt.date(2019, 6, 28)


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with school(tmp_path) as made:
        yield made


@pytest.fixture(scope="module")
def demonstration(demo_folder: Path) -> Iterator[Database]:
    noon = dt.datetime.combine(TODAY, dt.time(18), dt.UTC)
    with Database(demo_folder / "demo.eic", clock=lambda: noon, read_only=True) as made:
        yield made


def lead(row: OfferingRow) -> tuple[str]:
    return (row.lead_name or row.lead or "",)


def officers(row: ClassGroupRow) -> tuple[str]:
    return (", ".join(officer.name or officer.code for officer in row.officers),)


def view(listing: str, keys: array[int], *naming: str) -> ViewAsked:
    word: Word = lead if listing == "offerings" else officers
    return ViewAsked(listing, keys, "A list", (ViewColumn("Name"),), word, (), "1", naming=naming)


def test_slices_of_a_list_add_up_to_the_reason_that_the_whole_needs(db: Database) -> None:
    registrar, manager = user(db, Role.REGISTRAR), user(db, Role.MANAGER)
    for _ in range(5):
        assert not leaving(db, registrar, "people", [1] * 10, ()).needs_reason
        note_export(db, registrar, "people: copy", 10, None)
    assert leaving(db, registrar, "people", [1], ()).needs_reason
    with pytest.raises(UserError, match="a reason is needed"):
        note_export(db, registrar, "people: copy", 1, " ")
    assert not leaving(db, manager, "people", [1] * 50, ()).needs_reason, "each user's own count"
    note_export(db, registrar, "people: copy", 300, "List for the ministry")
    assert leaving(db, registrar, "people", [1], ()).needs_reason, "a reason is of its own export alone"
    assert values(db, "SELECT count(*) FROM change_set WHERE use_case = 'export_view'") == [(6,)], "each stands alone"


def test_what_left_with_a_reason_leaves_the_small_copies_of_the_day_free(db: Database) -> None:
    registrar = user(db, Role.REGISTRAR)
    note_export(db, registrar, "people: copy", 300, "List for the ministry")
    assert not leaving(db, registrar, "people", [1] * 50, ()).needs_reason
    assert leaving(db, registrar, "people", [1] * 51, ()).needs_reason


@pytest.mark.parametrize(("hours", "needed"), [(23, True), (25, False), (-500, True)])
def test_the_count_goes_on_for_a_day_and_a_clock_set_back_does_not_end_it(
    db: Database, hours: int, needed: bool
) -> None:
    registrar = user(db, Role.REGISTRAR)
    note_export(db, registrar, "people: copy", 50, None)
    db.clock = lambda: NOW + dt.timedelta(hours=hours)
    assert leaving(db, registrar, "people", [1], ()).needs_reason is needed


def test_the_register_counts_with_what_the_window_let_out(db: Database, tmp_path: Path) -> None:
    auditor = user(db, Role.AUDITOR)
    note_export(db, auditor, "people: copy", 49, None)
    with pytest.raises(UserError, match="--reason"):
        write_register(db, auditor, tmp_path / "r.xlsx", t=T, as_of=NOW.date(), reason=" ")
    assert not (tmp_path / "r.xlsx").exists()
    assert values(db, "SELECT count(*) FROM export") == [(1,)]
    write_register(db, auditor, tmp_path / "r.xlsx", t=T, as_of=NOW.date(), reason="audit")
    assert values(db, "SELECT kind, people, reason FROM export ORDER BY id DESC LIMIT 1") == [("register", 2, "audit")]


Takes = Callable[[Database, ActingUser, ViewAsked, int | None, Path], str]


def copied(db: Database, acting: ActingUser, asked: ViewAsked, note: int | None, _path: Path) -> str:
    return str(list(read_cells(db, acting, asked, note)))


def exported(db: Database, acting: ActingUser, asked: ViewAsked, note: int | None, path: Path) -> str:
    write_view(db, acting, asked, path, t=T, note=note)
    return str([[cell.value for cell in row] for row in openpyxl.load_workbook(path).worksheets[0].iter_rows()])


def printed(db: Database, acting: ActingUser, asked: ViewAsked, note: int | None, _path: Path) -> str:
    return words_of(view_paper(db, acting, asked, t=T, note=note))


@pytest.mark.parametrize("take", [copied, exported, printed])
def test_names_of_officers_and_instructors_leave_only_with_a_note(
    demonstration: Database, tmp_path: Path, take: Takes
) -> None:
    """Every role, both lists: without a note codes alone; a view that shows names is refused without one."""
    everybody = instructor_names(demonstration)
    for role in Role:
        acting = demonstration_user(demonstration, role)
        # a paper says who made it
        names = everybody - {acting.full_name}
        for listing, column in (("offerings", "lead"), ("class_groups", "officers")):
            keys = list_keys(demonstration, acting, listing, Request(today=TODAY))[:40]
            if not keys:
                continue
            assert column in naming_columns(listing)
            assert may_name(listing, (column,))
            out = tmp_path / f"{role.value}-{listing}.xlsx"
            without = take(demonstration, acting, view(listing, keys), None, out)
            assert not named_in(without, names), f"{role}: a view that does not show the column names nobody"
            naming = view(listing, keys, column)
            if role is Role.ADMINISTRATOR:
                assert leaving(demonstration, acting, listing, keys, (column,)).people == 0
                assert not named_in(take(demonstration, acting, naming, None, out), names)
                continue
            assert leaving(demonstration, acting, listing, keys, (column,)).people > 0
            with pytest.raises(Refused, match="only with a note"):
                take(demonstration, acting, naming, None, out)


@pytest.mark.parametrize("take", [copied, exported, printed])
def test_with_its_note_a_view_names_officers_and_instructors(demo_file: Path, tmp_path: Path, take: Takes) -> None:
    with Database(demo_file) as db:
        names = instructor_names(db)
        manager, auditor = (demonstration_user(db, role) for role in (Role.MANAGER, Role.AUDITOR))
        for listing, column in (("offerings", "lead"), ("class_groups", "officers")):
            keys = list_keys(db, manager, listing, Request(today=TODAY))[:40]
            people = leaving(db, manager, listing, keys, (column,)).people
            assert people > 1
            asked = view(listing, keys, column)
            for note in (
                note_export(db, manager, f"{listing}: copy", people - 1, "visit"),
                note_export(db, auditor, f"{listing}: copy", people, "visit"),
            ):
                with pytest.raises(Refused, match="only with a note"):
                    take(db, manager, asked, note, tmp_path / "view.xlsx")
            note = note_export(db, manager, f"{listing}: copy", people, "visit")
            said = named_in(take(db, manager, asked, note, tmp_path / "view.xlsx"), names)
            assert 1 <= len(said) <= people


def instructor_names(db: Database) -> set[str]:
    return {str(name) for (name,) in values(db, "SELECT given_names || ' ' || surnames FROM instructor")}


def named_in(text: str, names: set[str]) -> set[str]:
    return {name for name in names if name in text}
