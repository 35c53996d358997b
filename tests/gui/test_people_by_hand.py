"""People by keys in the real window: entered, changed, joined and taken apart, texts told, a list compared."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from eic_tracker.domain.codes import Role
from eic_tracker.gui.figure_pane import FigurePane
from eic_tracker.gui.main_window import MainWindow
from eic_tracker.gui.pages.compare_page import ComparePage
from eic_tracker.gui.pages.duplicates_page import DuplicatesPage
from eic_tracker.gui.pages.person_form_page import PersonFormPage
from eic_tracker.gui.pages.person_page import PersonPage
from eic_tracker.gui.pages.same_person_page import SamePersonPage
from eic_tracker.gui.pages.texts_page import TextsPage
from eic_tracker.gui.place import Place
from eic_tracker.queries.listing import Request
from tests.gui.test_offering_form import CONTROL, Keys
from tests.gui.windows import demonstration, go, place_of_work, settle, until
from tests.services.demonstration_file import number, rows

Key = Qt.Key
NEW = "SELECT id, given_names, document_number, birth_date FROM participant WHERE surnames = 'Inventado Prueba'"
PEOPLE = "SELECT * FROM participant ORDER BY id"
GRADUATES = """SELECT DISTINCT p.document_number, p.given_names, p.surnames FROM participant p
JOIN enrolment e ON e.participant_id = p.id WHERE e.status = 'completed' AND p.merged_into_id IS NULL
AND p.document_number LIKE '0%' AND p.document_country = 'HND' AND p.document_kind = 'national_id'
ORDER BY p.id LIMIT 60"""


@pytest.fixture
def office(qtbot: QtBot, demo_file: Path) -> Iterator[MainWindow]:
    """A registrar at work on the demonstration file."""
    with demonstration(qtbot, demo_file) as made:
        yield made


def form_of(made: MainWindow) -> PersonFormPage:
    page = place_of_work(made).page
    assert isinstance(page, PersonFormPage)
    return page


def problems(page: PersonFormPage) -> dict[str, str]:
    assert page.pane.form is not None
    return {name: box.problem() for name, box in page.pane.form.boxes.items() if box.problem()}


def write(page: PersonFormPage, **values: object) -> None:
    assert page.pane.form is not None
    page.pane.form.write(values)


def has_photo(page: PersonPage) -> bool:
    """Whether a photo is shown, and the menu offers to remove it."""
    assert page.acts is not None
    assert page.acts.no_photo.isVisible() == (page._photo is not None)
    return page._photo is not None


def test_a_person_is_entered_and_corrected_by_keys_and_a_likeness_waits_for_one(
    qtbot: QtBot, demo_file: Path, office: MainWindow
) -> None:
    go(qtbot, office, Place("people"))
    keys = Keys(qtbot, office)
    keys.press(Key.Key_N, CONTROL)
    keys.type("Inventado Prueba")
    keys.press(Key.Key_Tab)
    keys.type("Noel")
    keys.press(Key.Key_Tab)
    keys.type("h")
    keys.press(Key.Key_Tab)
    keys.type("0801-1990-5")
    keys.press(Key.Key_Return, CONTROL)
    page = form_of(office)
    assert list(problems(page)) == ["document_number"]
    assert QApplication.focusWidget() is page.pane.form.boxes["document_number"].editor.widget  # type: ignore[union-attr]
    keys.press(Key.Key_A, CONTROL)
    keys.type("0801-1990-54321")
    write(page, birth_date=dt.date(1990, 5, 6))
    keys.press(Key.Key_Return, CONTROL)
    ((key, *said),) = rows(demo_file, NEW)
    assert said == ["Noel", "0801199054321", "1990-05-06"]
    assert place_of_work(office).trail.here == Place("person", key)
    keys.press(Key.Key_F2)
    write(form_of(office), state="left", state_since=dt.date(2019, 1, 31), document_number="0801199054322")
    keys.press(Key.Key_S, CONTROL)
    profile = place_of_work(office).page
    assert isinstance(profile, PersonPage)
    assert "0801199054322" in profile.line.text()
    assert profile.badge.text() == "Dejó la institución"
    assert profile.profile is not None
    assert len(profile.profile.history) == 2
    keys.press(Key.Key_Z, CONTROL)
    assert rows(demo_file, NEW)[0][2] == "0801199054321"
    go(qtbot, office, Place("people"))
    keys.press(Key.Key_N, CONTROL)
    write(form_of(office), surnames="Inventado Prueba", given_names="Noél", birth_date=dt.date(1990, 5, 6))
    keys.press(Key.Key_Return, CONTROL)
    assert len(rows(demo_file, NEW)) == 1
    asked = form_of(office).pane.bar.message()
    assert asked is not None
    assert "Inventado Prueba, Noel" in asked.text
    keys.press(Key.Key_J, CONTROL)
    assert len(rows(demo_file, NEW)) == 2
    assert number(demo_file, "SELECT count(*) FROM different_people WHERE first_id = ?", (key,)) == 1


def test_documents_and_a_photo_are_added_and_taken_away_from_the_profile(
    qtbot: QtBot, demo_file: Path, office: MainWindow, tmp_path: Path
) -> None:
    key = number(demo_file, "SELECT max(id) FROM participant WHERE merged_into_id IS NULL")
    page = go(qtbot, office, Place("person", key)).page
    assert isinstance(page, PersonPage)
    acts = page.acts
    assert acts is not None
    page.tabs.open("facts")
    acts.keep_document({"document_number": "F99999", "document_kind": "passport", "document_country": "HND"})
    settle(qtbot, office)
    assert [action.text() for action in acts.take_off.actions()] == ["F99999"]
    acts.take_off.actions()[0].trigger()
    settle(qtbot, office)
    assert not acts.take_off.menuAction().isVisible()
    assert not has_photo(page)
    Image.new("RGB", (600, 800), "navy").save(tmp_path / "photo.png")
    acts.add_photo_from(tmp_path / "photo.png")
    settle(qtbot, office)
    assert has_photo(page)
    acts.no_photo.trigger()
    settle(qtbot, office)
    assert not has_photo(page)
    assert number(demo_file, "SELECT count(*) FROM photo") == 0
    acts.add_photo_from(tmp_path / "nowhere.png")
    settle(qtbot, office)
    told = place_of_work(office).messages.message()
    assert told is not None
    assert "nowhere.png" in told.text


def twice_in_pane(qtbot: QtBot, made: MainWindow) -> FigurePane:
    """The rows behind the line of data quality, as the first page opens them."""
    workplace = place_of_work(made)
    workplace.open_rows("people", Request(filters=(("possible_duplicate", "yes"),)), "Repetidos")
    settle(qtbot, made)
    return workplace.pane


def test_two_records_are_joined_told_apart_and_separated_by_keys(
    qtbot: QtBot, demo_file: Path, office: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = rows(demo_file, PEOPLE)
    page = pairs_of_the_figure(qtbot, office)
    count, first = len(page.table.rows), page.table.rows[1]
    assert count >= 6
    keys = Keys(qtbot, office)
    taken = take_the_other_document(keys, office)
    kept, gone = join(keys, office)
    number_of = "SELECT coalesce(document_number, '') FROM participant WHERE id = ?"
    assert rows(demo_file, number_of, (kept,)) == [(taken,)]
    assert rows(demo_file, "SELECT merged_into_id FROM participant WHERE id = ?", (gone,)) == [(kept,)]
    assert place_of_work(office).page is page
    assert len(page.table.rows) == count - 1
    assert page.table.current_key() == 2
    keys.press(Key.Key_Z, CONTROL)
    assert rows(demo_file, PEOPLE) == before
    assert len(page.table.rows) == count
    page.table.select_key(1)
    keys.press(Key.Key_J, CONTROL)
    told = sorted((first.first.id, first.second.id))
    assert rows(demo_file, "SELECT first_id, second_id FROM different_people") == [tuple(told)]
    assert len(page.table.rows) == count - 1
    keys.press(Key.Key_Return)
    kept, _ = join(keys, office)
    profile = go(qtbot, office, Place("person", kept)).page
    assert isinstance(profile, PersonPage)
    monkeypatch.setattr(profile, "ask", lambda *_args: "eran dos personas")
    profile.tabs.open("twins")
    settle(qtbot, office)
    table = profile._tables["twins"]
    assert [twin.is_joined for twin in table.rows.values()] == [True]
    table.setFocus()
    keys.press(Key.Key_Return)
    assert rows(demo_file, PEOPLE) == before
    assert profile.hints.count() == 1


def pairs_of_the_figure(qtbot: QtBot, office: MainWindow) -> DuplicatesPage:
    """The list of pairs to which the figure of likely duplicates leads, read, with the keyboard in it."""
    pane = twice_in_pane(qtbot, office)
    assert pane.mend.isVisible()
    pane.mend.click()
    page = place_of_work(office).page
    assert isinstance(page, DuplicatesPage)
    until(qtbot, lambda: page.found is not None)
    settle(qtbot, office)
    assert QApplication.focusWidget() is page.table
    return page


def pair_of(office: MainWindow) -> SamePersonPage:
    """The pair side by side, once it is read."""
    pair = place_of_work(office).page
    assert isinstance(pair, SamePersonPage)
    assert pair.pair is not None
    return pair


def take_the_other_document(keys: Keys, office: MainWindow) -> str:
    """Enter opens the pair, the arrows and Space take the value of the record that goes: its document number."""
    keys.press(Key.Key_Return)
    pair = pair_of(office)
    chosen = next(place for place, row in pair.rows.items() if row.differs)
    assert pair.table.current_key() == chosen
    keys.press(Key.Key_Right)
    assert pair.rows[chosen].take
    keys.press(Key.Key_Left)
    assert not pair.rows[chosen].take
    keys.press(Key.Key_Space)
    assert pair.rows[chosen].field == "document"
    return pair.rows[chosen].gone.partition(" ")[0]


def join(keys: Keys, office: MainWindow) -> tuple[int, int]:
    """Ctrl+Enter joins the pair in sight; who is kept and who goes."""
    preview = pair_of(office).pair
    assert preview is not None
    keys.press(Key.Key_Return, CONTROL)
    return preview.preview.kept, preview.preview.gone


def test_a_stopped_search_says_so_and_can_begin_again(qtbot: QtBot, office: MainWindow) -> None:
    office.go(Place("duplicates"))
    page = place_of_work(office).page
    assert isinstance(page, DuplicatesPage)
    page.stop()
    settle(qtbot, office)
    assert page.found is None
    assert page.view.isVisible()
    page.again_button.click()
    until(qtbot, lambda: page.found is not None)
    settle(qtbot, office)
    assert page.table.isVisible()


def test_a_text_of_lists_is_told_once_by_typing_and_the_next_one_stands_in_its_place(
    qtbot: QtBot, demo_file: Path, office: MainWindow
) -> None:
    page = go(qtbot, office, Place("texts")).page
    assert isinstance(page, TextsPage)
    texts = list(page.table.rows.values())
    assert len(texts) >= 2
    assert texts[0].names == "rank"
    assert QApplication.focusWidget() is page.box
    open_rows = "SELECT count(*) FROM enrolment WHERE rank_text = ?"
    before = number(demo_file, open_rows, (texts[0].text,))
    assert before == len(texts[0].enrolments)
    keys = Keys(qtbot, office)
    keys.type("policia clase iii")
    keys.press(Key.Key_Return)
    keys.press(Key.Key_Return)
    assert number(demo_file, open_rows, (texts[0].text,)) == 0
    name = "SELECT r.name FROM rank_alias a JOIN rank r ON r.id = a.rank_id WHERE a.text = ?"
    assert rows(demo_file, name, (texts[0].text,)) == [("Policía Clase III",)]
    assert page.current == texts[1]
    assert QApplication.focusWidget() is page.box
    assert page.box.text() == ""
    page.add_item(texts[1], {"name": texts[1].text, "position": 99})
    settle(qtbot, office)
    assert number(demo_file, "SELECT count(*) FROM rank WHERE name = ?", (texts[1].text,)) == 1
    assert number(demo_file, open_rows, (texts[1].text,)) == 0
    keys.press(Key.Key_Z, CONTROL)
    assert number(demo_file, "SELECT count(*) FROM rank WHERE name = ?", (texts[1].text,)) == 0
    assert number(demo_file, open_rows, (texts[1].text,)) == len(texts[1].enrolments)
    keys.type("esto no existe")
    keys.press(Key.Key_Return)
    assert number(demo_file, open_rows, (texts[1].text,)) == len(texts[1].enrolments)


def test_a_pasted_list_shows_who_has_which_course_and_copies_back_with_zeros(
    qtbot: QtBot, demo_file: Path, office: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    graduates = rows(demo_file, GRADUATES)
    page = go(qtbot, office, Place("compare")).page
    assert isinstance(page, ComparePage)
    keys = Keys(qtbot, office)
    QGuiApplication.clipboard().setText("Identidad\tNombre\n" + "\n".join(f"{d}\t{g} {s}" for d, g, s in graduates[:8]))
    changes = number(demo_file, "SELECT count(*) FROM change_set")
    keys.press(Key.Key_V, CONTROL)
    assert len(page.lines) == 8
    assert page.said.text().startswith("8 líneas = 8 con algún curso")
    assert {row.found.person.document_number for row in page._rows() if row.found} == {d for d, _, _ in graduates[:8]}
    assert QApplication.focusWidget() is page.table
    assert number(demo_file, "SELECT count(*) FROM change_set") == changes
    restrict_to_a_course(qtbot, demo_file, office, page)
    page.table.setFocus()
    keys.press(Key.Key_C, CONTROL)
    copied = QGuiApplication.clipboard().text().splitlines()
    assert len(copied) == len(page.table.rows) + 1
    assert graduates[0][0] in copied[1]
    assert f">{graduates[0][0]}</td>" in QGuiApplication.clipboard().mimeData().html()
    assert rows(demo_file, "SELECT people, reason FROM export") == [(8, None)]
    asked: list[str] = []
    monkeypatch.setattr(page, "ask", lambda _page, _t, question: asked.append(question))
    page.take([d for d, _, _ in graduates] + ["Nadie Jamás Conocido", "nadie jamas conocido"])
    settle(qtbot, office)
    assert "2 no registradas. 1 línea repite una anterior" in page.said.text()
    QGuiApplication.clipboard().setText("before")
    page.copy()
    settle(qtbot, office)
    assert len(asked) == 1
    assert QGuiApplication.clipboard().text() == "before"
    monkeypatch.setattr(page, "ask", lambda *_args: "lo pide la Dirección")
    page.copy()
    settle(qtbot, office)
    last = "SELECT people, reason FROM export ORDER BY id DESC LIMIT 1"
    assert rows(demo_file, last) == [(60, "lo pide la Dirección")]


def restrict_to_a_course(qtbot: QtBot, demo_file: Path, office: MainWindow, page: ComparePage) -> None:
    """Choose the course of one of the rows: who has it stands in the list, the others are told apart."""
    code = next(row.course.code for row in page._rows() if row.course is not None)
    ((course,),) = rows(
        demo_file,
        "SELECT c.code FROM offering o JOIN course_version v ON v.id = o.course_version_id "
        "JOIN course c ON c.id = v.course_id WHERE o.code = ?",
        (code,),
    )
    page.course.set_value(course)
    page.course.changed.emit()
    settle(qtbot, office)
    assert "con el curso" in page.said.text()
    assert {row.course.code for row in page._rows() if row.course is not None} >= {code}


def test_a_dropped_list_is_compared_as_a_pasted_one(qtbot: QtBot, office: MainWindow, tmp_path: Path) -> None:
    lists = Path(__file__).parents[1] / "data" / "lists"
    page = go(qtbot, office, Place("compare")).page
    assert isinstance(page, ComparePage)
    page.open_file(lists / "nomina-dpi.xlsx")
    settle(qtbot, office)
    assert len(page.lines) == 32
    assert all(any(letter.isalpha() for letter in line) for line in page.lines)
    (tmp_path / "lista.txt").write_text("¿?\n", encoding="utf-8")
    page.open_file(tmp_path / "lista.txt")
    settle(qtbot, office)
    assert page.lines == ("¿?",)
    assert page.said.text().endswith("1 no registradas")


@pytest.mark.parametrize("role", [Role.MANAGER, Role.INSTRUCTOR])
def test_who_may_not_enter_people_finds_no_door_to_it(qtbot: QtBot, demo_file: Path, role: Role) -> None:
    with demonstration(qtbot, demo_file, role) as made:
        go(qtbot, made, Place("people"))
        for name in ("new_person", "duplicates", "texts"):
            assert not made.commands.actions[name].isVisible()
            getattr(made.acts, name)()
        if role is Role.MANAGER:
            assert not twice_in_pane(qtbot, made).mend.isVisible()
            place_of_work(made).close_figure()
        assert made.commands.actions["compare"].isVisible() == (role is Role.MANAGER)
        keys = Keys(qtbot, made)
        for key in (Key.Key_N, Key.Key_F2):
            keys.press(key, CONTROL if key is Key.Key_N else Qt.KeyboardModifier.NoModifier)
        assert place_of_work(made).trail.here.page == "people"
        QTest.qWait(1)
