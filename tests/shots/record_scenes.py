"""Scenes in which something was done first: a list read, a section opened, likely duplicates found."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from eic_tracker.domain.certificate_template import Side
from eic_tracker.domain.codes import Role
from eic_tracker.domain.name_keeping import proposed_purge_day
from eic_tracker.domain.periods import parse_period
from eic_tracker.domain.sampling import Outcome
from eic_tracker.domain.seal import seal
from eic_tracker.domain.teaching_rules import TeachingKind
from eic_tracker.gui.dialogs.sheet_view import SheetView
from eic_tracker.gui.group_printing_part import GroupPrintingPart
from eic_tracker.gui.pages.class_group_page import ClassGroupPage
from eic_tracker.gui.pages.compare_page import ComparePage
from eic_tracker.gui.pages.courses_page import CoursesPage
from eic_tracker.gui.pages.duplicates_page import DuplicatesPage
from eic_tracker.gui.pages.group_lists_page import GroupListsPage
from eic_tracker.gui.pages.person_form_page import PersonFormPage
from eic_tracker.gui.pages.person_page import PersonPage
from eic_tracker.gui.pages.samples_page import SamplesPage
from eic_tracker.gui.pages.template_page import TemplatePage
from eic_tracker.gui.pages.verify_page import VerifyPage
from eic_tracker.gui.pages.whole_workbook_page import WholeWorkbookPage
from eic_tracker.gui.place import Place
from eic_tracker.gui.teaching_places import form_place
from eic_tracker.gui.widgets.ask_fields import AskFields
from eic_tracker.gui.widgets.grid import Grid
from eic_tracker.gui.widgets.small_table import SmallTable
from eic_tracker.gui.widgets.tabs import Tabs
from eic_tracker.services.audit_samples import SampleAsked, draw_sample
from eic_tracker.services.authorisations import AuthorisationDraft
from eic_tracker.services.group_review import paste_groups
from eic_tracker.services.kept_names import NamesDraft, keep_pupil_names
from eic_tracker.services.name_keeping import KeepingDraft, programmes_with_names, start_keeping_names
from eic_tracker.services.sign_in import demonstration_user
from eic_tracker.store.database import Database
from tests.certificate_vectors import facts, private
from tests.services.demonstration_file import rows
from tests.services.great import NOW
from tests.services.whole_books import past_courses
from tests.shots.certificate_scenes import PAGES_WITH_CERTIFICATES
from tests.shots.list_scenes import LISTS
from tests.shots.register_scenes import register_tab
from tests.shots.scanned import NAMES, a_sheet_with_names
from tests.shots.stage import Stage


def teaching_form(kind: TeachingKind) -> Callable[[Stage], QWidget]:
    def arrange(stage: Stage) -> QWidget:
        stage.work_as(Role.REGISTRAR)
        of = {"offering": stage.records.offering} if kind is TeachingKind.ASSIGNMENT else {}
        owner = {"owner": stage.records.instructor} if kind is not TeachingKind.INSTRUCTOR else {}
        stage.window.go(form_place(kind, **of, **owner))
        stage.settle()
        return stage.window

    return arrange


def settings_section(name: str, role: Role) -> Callable[[Stage], QWidget]:
    """A section of the settings, with its first item chosen."""

    def arrange(stage: Stage) -> QWidget:
        stage.work_as(role)
        stage.window.go(Place("settings", state={"section": name}))
        stage.settle()
        for table in stage.workplace.page.findChildren(SmallTable):
            if table.isVisible() and table.model().rowCount() and not table.currentIndex().isValid():
                table.setCurrentIndex(table.model().index(0, 0))
        stage.settle()
        return stage.window

    return arrange


def template(stage: Stage) -> QWidget:
    """The face of a diploma with its preview drawn."""
    stage.work_as(Role.REGISTRAR)
    stage.window.go(Place("template", state={"ready_made": "diploma"}))
    stage.settle()
    page = stage.workplace.page
    assert isinstance(page, TemplatePage)
    stage.until(lambda: page.view.pages() == 1)
    stage.settle()
    return stage.window


def template_element(stage: Stage) -> QWidget:
    """A text of the reverse chosen, framed in the preview."""
    template(stage)
    page = stage.workplace.page
    assert isinstance(page, TemplatePage)
    before = page.view.pdf
    page.left.radios[Side.REVERSE].click()
    page.left.list.setCurrentRow(3)
    stage.until(lambda: page.view.pdf != before)
    stage.settle()
    return stage.window


def closed(stage: Stage) -> QWidget:
    stage.work_as(Role.REGISTRAR)
    stage.go("offering", stage.records.closed)
    return stage.window


def roster(stage: Stage) -> QWidget:
    stage.work_as(Role.REGISTRAR)
    stage.go("offering", stage.records.running)
    return stage.window


def vetting(stage: Stage) -> QWidget:
    """The list for verification of a course that needs it."""
    roster(stage)
    stage.workplace.page.findChildren(Tabs)[0].open("vetting")
    stage.settle()
    return stage.window


def columns(stage: Stage) -> QWidget:
    stage.work_as(Role.REGISTRAR)
    grid = stage.go("people").page.findChildren(Grid)[0]
    grid.tools.choose_columns()
    stage.settle()
    assert grid.tools.chooser is not None
    return grid.tools.chooser


def print_view(stage: Stage) -> QWidget:
    stage.work_as(Role.REGISTRAR)
    page = stage.go("courses").page
    assert isinstance(page, CoursesPage)
    page.findChildren(Tabs)[0].open("courses")
    stage.settle()
    page.print_view()
    return stage.dialog()


def _twins(stage: Stage) -> DuplicatesPage:
    """The list of likely duplicates, read to its end."""
    stage.work_as(Role.REGISTRAR)
    page = stage.go("duplicates").page
    assert isinstance(page, DuplicatesPage)
    stage.until(lambda: page.found is not None)
    stage.settle()
    assert page.table.rows
    return page


def duplicates(stage: Stage) -> QWidget:
    _twins(stage)
    return stage.window


def samples(stage: Stage) -> QWidget:
    """A draw of which two items were checked."""
    stage.work_as(Role.MANAGER)
    page = stage.go("samples").page
    assert isinstance(page, SamplesPage)
    if page.detail is None:
        page.write(
            draw_sample, SampleAsked(parse_period("2019Q2"), 12, "6 3 1 4"), page.around.today, said=page._on_drawn
        )
        stage.until(lambda: page.detail is not None)
        page.check(Outcome.SUPPORTED)
        stage.settle()
    return stage.window


def same_person(stage: Stage) -> QWidget:
    _twins(stage).open_button.click()
    stage.settle()
    assert stage.workplace.trail.here.page == "same_person"
    return stage.window


def person_twice(stage: Stage) -> QWidget:
    pair = next(iter(_twins(stage).table.rows.values()))
    page = stage.go("person", pair.first.id).page
    assert isinstance(page, PersonPage)
    page.tabs.open("twins")
    stage.settle()
    return stage.window


def person_wrong(stage: Stage) -> QWidget:
    stage.work_as(Role.REGISTRAR)
    page = stage.go("person_form").page
    assert isinstance(page, PersonFormPage)
    assert page.pane.form is not None
    page.pane.form.write({"surnames": "Núñez 3", "document_number": "0801-1990-5", "state": "left"})
    page.pane.save_now()
    stage.settle()
    page.pane.half_typed.forget()
    return stage.window


def compare(stage: Stage) -> QWidget:
    stage.work_as(Role.REGISTRAR)
    page = stage.go("compare").page
    assert isinstance(page, ComparePage)
    page.open_file(LISTS / "nomina-dpi.xlsx")
    stage.settle()
    assert page.table.rows
    return stage.window


def whole_workbook(stage: Stage) -> QWidget:
    """Lists of past courses; the keyboard on one that lacks its course."""
    stage.work_as(Role.REGISTRAR)
    page = stage.go("whole_workbook").page
    assert isinstance(page, WholeWorkbookPage)
    page.part.open_path(past_courses(Path(tempfile.gettempdir())))
    stage.until(lambda: page.part.whole is not None)
    stage.settle()
    return stage.window


def lessons_entry(stage: Stage) -> QWidget:
    """The groups of a school, one of them with those present."""
    stage.work_as(Role.REGISTRAR)
    stage.window.go(Place("lessons_entry", state={"school": stage.records.school}))
    stage.settle()
    return stage.window


def summary_sheet(stage: Stage) -> QWidget:
    """A sheet that holds names, two lines of them marked."""
    stage.work_as(Role.REGISTRAR)
    page = stage.go("class_group", stage.records.class_group).page
    assert isinstance(page, ClassGroupPage)
    page.sheets.attach(a_sheet_with_names(Path(tempfile.gettempdir())))
    stage.settle()
    page.sheets.look()
    dialog = stage.dialog()
    assert isinstance(dialog, SheetView)
    for key in (*[Qt.Key.Key_Up] * 4, Qt.Key.Key_Return, Qt.Key.Key_Return):
        QTest.keyClick(dialog.sheet, key)
    return dialog


def kept_names(stage: Stage) -> QWidget:
    """Names that are kept with a class group."""
    stage.work_as(Role.REGISTRAR)
    with Database(stage.demo, clock=lambda: NOW) as db:
        manager, registrar = (demonstration_user(db, role, None) for role in (Role.MANAGER, Role.REGISTRAR))
        (programme,) = programmes_with_names(db, manager)
        if programme.decision is None:
            order = AuthorisationDraft("Comisario Inventado", "Coordinador nacional", "GREAT-17-2019")
            until = proposed_purge_day(NOW.date())
            start_keeping_names(db, manager, KeepingDraft(programme.programme_id, "Seguimiento", order, until))
            names = NamesDraft(NAMES, "A", dt.date(2019, 6, 3), "carpeta 3, folio 12")
            keep_pupil_names(db, registrar, stage.records.class_group, names)
    stage.window.go(Place("class_group", stage.records.class_group, {"tab": "names"}))
    stage.settle()
    return stage.window


def keep_names_asked(stage: Stage) -> QWidget:
    """What is asked before names are kept."""
    kept_names(stage)
    page = stage.workplace.page
    assert isinstance(page, ClassGroupPage)
    page.tabs.open("printing")
    stage.settle()
    part = page.tabs.content("printing")
    assert isinstance(part, GroupPrintingPart)
    part.names.setPlainText("\n".join(NAMES))
    part.ask_to_keep()
    return stage.dialog()


_MESSAGE = """Buenas tardes
{school}
05/06/2019
4K mat 15 niñas 17 niños lec 2
4to L vesp H 17 M 15 lección 1 y 2
5 K matutina 14 niñas 16 niños
6K mat Ana Fingida
Escuela que no está
7 A mat 12 niñas 13 niños"""


def group_lists(stage: Stage) -> QWidget:
    """A message with classes that are new, one that is refused, and a school that is not known."""
    stage.work_as(Role.REGISTRAR)
    page = stage.go("group_lists").page
    assert isinstance(page, GroupListsPage)
    school = rows(stage.demo, "SELECT name FROM school GROUP BY name HAVING count(*) = 1 ORDER BY id LIMIT 1")[0][0]
    source = paste_groups(page.around.acting, _MESSAGE.format(school=school), page.t("message"))
    page.part.open_source(source)
    stage.until(lambda: page.part.review is not None)
    page.part.next_problem()
    stage.settle()
    return stage.window


def group_list_said(stage: Stage) -> QWidget:
    """What is said of all class groups of a list."""
    group_lists(stage)
    page = stage.window.findChild(GroupListsPage)
    assert isinstance(page, GroupListsPage)
    page.part.say()
    stage.settle()
    return next(each for each in stage.window.findChildren(AskFields) if each.isVisible())


def cross_table(stage: Stage) -> QWidget:
    """Completions of the last years by institution, women alone."""
    stage.work_as(Role.MANAGER)
    state = {"measure": "completions", "rows": "institution", "columns": "year", "programme": "EIC", "only:sex": "F"}
    stage.window.go(Place("cross_table", state=state))
    stage.settle()
    stage.settle()
    return stage.window


def verify(stage: Stage) -> QWidget:
    """The certificate of a school that is not known here."""
    stage.work_as(Role.REGISTRAR)
    page = stage.go("verify").page
    assert isinstance(page, VerifyPage)
    page.box.setText(seal(facts(1), private("titular")))
    page.check_typed()
    stage.until(lambda: bool(page.answers))
    stage.settle()
    return stage.window


WITH_WORK_DONE: Mapping[str, Callable[[Stage], QWidget]] = {
    "duplicates": duplicates,
    "same_person": same_person,
    "samples": samples,
    "compare": compare,
    "verify": verify,
    "template": template,
    **PAGES_WITH_CERTIFICATES,
    "register": register_tab("books"),
    "whole_workbook": whole_workbook,
    "lessons_entry": lessons_entry,
    "group_lists": group_lists,
    "cross_table": cross_table,
}
"""Pages that show something only once something was done."""
