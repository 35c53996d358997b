"""What is photographed and looked at: every page with a typical record, the doors, panes, bars and dialogs."""

from __future__ import annotations

import dataclasses
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from PySide6.QtWidgets import QApplication, QWidget

from eic_tracker.domain.codes import Role
from eic_tracker.domain.permissions import Action
from eic_tracker.domain.teaching_rules import TeachingKind
from eic_tracker.errors import FileProblem
from eic_tracker.gui.dialogs.ask_reason import AskReason
from eic_tracker.gui.dialogs.bug_report import BugReport
from eic_tracker.gui.dialogs.print_view import PrintView
from eic_tracker.gui.doors.first_run import FirstRun
from eic_tracker.gui.doors.sign_in import SignIn
from eic_tracker.gui.page_list import PAGES
from eic_tracker.gui.pages.offering_page import OfferingPage
from eic_tracker.gui.palette import Palette
from eic_tracker.gui.place import Place
from eic_tracker.gui.roster_part import RosterPart
from eic_tracker.gui.theme import Tone
from eic_tracker.gui.widgets.figure_tile import FigureTile
from eic_tracker.gui.widgets.grid import Grid
from eic_tracker.gui.widgets.state_view import State
from eic_tracker.gui.widgets.tabs import Tabs
from eic_tracker.reports.journal_words import entry_words
from eic_tracker.services.course_papers import CoursePaperKind
from tests.services.school import PASSWORD
from tests.shots.batch_scenes import batch_delivery, batch_printing, batch_review
from tests.shots.certificate_scenes import DEEDS
from tests.shots.files import RECORD_OF
from tests.shots.list_scenes import list_likely, list_question, list_review, list_typing
from tests.shots.manager_scenes import MANAGER
from tests.shots.record_scenes import (
    WITH_WORK_DONE,
    closed,
    columns,
    group_list_said,
    keep_names_asked,
    kept_names,
    person_twice,
    person_wrong,
    print_view,
    roster,
    settings_section,
    summary_sheet,
    teaching_form,
    template_element,
    vetting,
)
from tests.shots.register_scenes import REGISTER
from tests.shots.scanned import a_scan
from tests.shots.stage import Stage

_TRACE = "Traceback (most recent call last):\n  File “grid.py”, line 12, in show\nValueError: nothing\n" * 6


@dataclass(frozen=True, slots=True)
class Scene:
    """`arrange` brings the window to a page and gives what is to be looked at."""

    name: str
    arrange: Callable[[Stage], QWidget]
    page: str = "home"


def scenes() -> Iterator[Scene]:
    """All scenes, those of one file and role together."""
    yield Scene("first-run", _first_run)
    yield Scene("new-file", _new_file)
    yield Scene("sign-in", _sign_in)
    yield Scene("own-password", _own_password)
    yield Scene("lock", _lock)
    yield Scene("empty-no-data", _empty, "certificates")
    for role in (Role.INSTRUCTOR, Role.MANAGER, Role.ADMINISTRATOR, Role.AUDITOR):
        yield Scene(f"home-{role.value}", _page("home", role))
        if role is Role.INSTRUCTOR:
            yield Scene("people-instructor", _page("people", role), "people")
        if role is Role.ADMINISTRATOR:
            yield Scene("settings-administrator", _page("settings", role), "settings")
            for section in ("users", "copies", "school_papers", "quarters"):
                yield Scene(f"settings-{section}", settings_section(section, role), "settings")
            yield Scene("history-administrator", _page("history", role), "history")
    for name in PAGES:
        role = Role.MANAGER if PAGES[name].action is Action.QUARTERLY_REPORTS else Role.REGISTRAR
        yield Scene(name, WITH_WORK_DONE.get(name) or _page(name, role), name)
    yield Scene("person-twice", person_twice, "person")
    yield Scene("person-wrong", person_wrong, "person_form")
    yield Scene("template-element", template_element, "template")
    for name, arrange in REGISTER.items():
        yield Scene(name, arrange, "register")
    for section in ("lists", "templates", "totals", "signatories"):
        yield Scene(f"settings-{section}", settings_section(section, Role.REGISTRAR), "settings")
    yield Scene("offering-closed", closed, "offering")
    yield Scene("offering-roster", roster, "offering")
    yield Scene("offering-vetting", vetting, "offering")
    yield Scene("certificates-of-course-review", batch_review, "offering")
    yield Scene("certificates-of-course-printing", batch_printing, "offering")
    yield Scene("certificates-of-course-delivery", batch_delivery, "offering")
    for kind in TeachingKind:
        yield Scene(f"teaching-form-{kind.value}", teaching_form(kind), "teaching_form")
    yield Scene("list-review", list_review, "offering")
    yield Scene("list-review-likely", list_likely, "offering")
    yield Scene("list-review-typing", list_typing, "offering")
    yield Scene("list-review-question", list_question, "offering")
    yield Scene("group_list_said", group_list_said, "group_lists")
    yield Scene("transcribing", _transcribing, "offering")
    yield Scene("post-editor", _post_editor, "offering")
    yield Scene("name-tags", _name_tags, "offering")
    yield Scene("course-version", _course_version, "course_form")
    yield Scene("columns", columns, "people")
    yield Scene("dialog-summary-sheet", summary_sheet, "class_group")
    yield Scene("class_group-names-kept", kept_names, "class_group")
    yield Scene("dialog-keep-names", keep_names_asked, "class_group")
    yield Scene("settings-names", settings_section("names", Role.MANAGER), "settings")
    yield Scene("settings-signature", settings_section("signature", Role.MANAGER), "settings")
    for name, arrange in DEEDS.items():
        yield Scene(name, arrange, "certificate")
    for name, (page, arrange) in MANAGER.items():
        yield Scene(name, arrange, page)
    yield Scene("dialog-print", print_view, "courses")
    yield Scene("figure-pane", _figure)
    yield Scene("palette", _palette)
    yield Scene("palette-found", _palette_found)
    yield Scene("toast", _toast)
    yield Scene("message-bar", _message)
    yield Scene("empty-nothing-found", _nothing_found, "people")
    yield Scene("empty-failed", _failed, "certificates")
    yield Scene("dialog-about", _about)
    yield Scene("dialog-shortcuts", _shortcuts)
    yield Scene("dialog-reason", _reason)
    yield Scene("dialog-bug", _bug)
    yield Scene("dialog-password", _password)


def tabs_of(scene: Scene, stage: Stage) -> Iterator[Scene]:
    """The further tabs of a page that has just been arranged, each as a scene of its own."""
    if scene.name not in PAGES and scene.name != "offering-closed":
        return
    for tabs in stage.workplace.page.findChildren(Tabs):
        if tabs.isVisible():
            for number, name in enumerate(tabs.names()):
                if name != tabs.name() and tabs.isTabVisible(number):
                    yield Scene(f"{scene.name}.{name}", _tab(tabs, name), scene.page)


def _tab(tabs: Tabs, name: str) -> Callable[[Stage], QWidget]:
    def arrange(stage: Stage) -> QWidget:
        tabs.open(name)
        stage.settle()
        return stage.window

    return arrange


def _page(name: str, role: Role) -> Callable[[Stage], QWidget]:
    def arrange(stage: Stage) -> QWidget:
        stage.work_as(role)
        fields = {field.name for field in dataclasses.fields(stage.records)}
        of = RECORD_OF.get(name, name)
        stage.go(name, getattr(stage.records, of) if of in fields else None)
        assert stage.workplace.trail.here.page == name, f"{role} does not come to {name}"
        return stage.window

    return arrange


def _first_run(stage: Stage) -> QWidget:
    stage.window.show_first_run()
    stage.settle()
    return stage.window


def _new_file(stage: Stage) -> QWidget:
    stage.window.show_first_run()
    # the door of an earlier scene may still wait to be deleted
    stage.window.findChildren(FirstRun)[-1].show_form()
    stage.settle()
    return stage.window


def _sign_in(stage: Stage) -> QWidget:
    stage.open(stage.school)
    stage.window.change_user()
    stage.settle()
    return stage.window


def _own_password(stage: Stage) -> QWidget:
    _enter_school(stage, "registrar")
    acting = stage.window.acting
    assert acting is not None
    stage.window.change_user()
    stage.window.ask_own_password(acting, PASSWORD)
    stage.settle()
    return stage.window


def _enter_school(stage: Stage, login: str) -> None:
    stage.open(stage.school)
    if stage.window.acting is not None and stage.window.acting.login == login and stage.window.workplace is not None:
        return
    stage.window.change_user()
    stage.settle()
    door = next(each for each in stage.window.findChildren(SignIn) if each.isVisible())
    door.login.edit.setText(login)
    door.password.edit.setText(PASSWORD)
    door.submit()
    stage.until(lambda: stage.window.workplace is not None)
    stage.settle()


def _lock(stage: Stage) -> QWidget:
    _enter_school(stage, "registrar")
    stage.window.lock()
    stage.settle()
    return stage.window


def _empty(stage: Stage) -> QWidget:
    stage.window.show_first_run()
    _enter_school(stage, "registrar")
    stage.go("certificates")
    return stage.window


def _figure(stage: Stage) -> QWidget:
    stage.work_as(Role.REGISTRAR)
    tile = stage.go("home").page.findChildren(FigureTile)[0]
    tile.click()
    stage.settle()
    assert stage.workplace.pane.isVisible()
    return stage.window


def _roster_part(stage: Stage, record: int) -> RosterPart:
    stage.work_as(Role.REGISTRAR)
    page = stage.go("offering", record).page
    assert isinstance(page, OfferingPage)
    page.tabs.open("roster")
    stage.settle()
    part = page.tabs.content("roster")
    assert isinstance(part, RosterPart)
    return part


def _transcribing(stage: Stage) -> QWidget:
    part = _roster_part(stage, stage.records.running)
    if part.scan.scan is None:
        part.open_list(a_scan(Path(tempfile.gettempdir())))
        stage.until(lambda: part.scan.scan is not None)
    stage.settle()
    return stage.window


def _post_editor(stage: Stage) -> QWidget:
    part = _roster_part(stage, stage.records.running)
    part.scan.close_scan()
    stage.until(lambda: part.grid.model.known(0) is not None)
    part.grid.select_key(part.grid.model.keys[0])
    part.change_post()
    stage.until(lambda: part.editor.is_open)
    return stage.window


def _name_tags(stage: Stage) -> QWidget:
    _roster_part(stage, stage.records.running).editor.leave()
    page = stage.workplace.page
    assert isinstance(page, OfferingPage)
    assert page.printing is not None
    page.printing.ask = lambda *_args: stage.t("Name tags")
    page.printing.show_paper(CoursePaperKind.NAME_TAGS)
    stage.until(lambda: any(view.preview.view.pages() for view in stage.window.findChildren(PrintView)))
    return stage.dialog()


def _course_version(stage: Stage) -> QWidget:
    stage.work_as(Role.REGISTRAR)
    stage.window.go(Place("course_form", stage.records.course, {"version": "new"}))
    stage.settle()
    return stage.window


def _palette(stage: Stage) -> QWidget:
    stage.work_as(Role.REGISTRAR)
    stage.go("home")
    stage.window.acts.search()
    stage.settle()
    return stage.window


def _palette_found(stage: Stage) -> QWidget:
    _palette(stage)
    palette = next(each for each in stage.workplace.findChildren(Palette) if each.isVisible())
    palette.box.setText("mar")
    stage.settle()
    return stage.window


def _toast(stage: Stage) -> QWidget:
    stage.work_as(Role.REGISTRAR)
    stage.go("home")
    stage.workplace.said_undone(entry_words("edit_offering", "116-2019", None, stage.workplace.t))
    stage.settle()
    return stage.window


def _message(stage: Stage) -> QWidget:
    stage.work_as(Role.REGISTRAR)
    stage.workplace.toast.dismiss()
    stage.go("home")
    text = stage.t("There is nothing to print or export on this page.")
    stage.workplace.messages.tell(Tone.ERROR, text, details=_TRACE)
    stage.settle()
    return stage.window


def _nothing_found(stage: Stage) -> QWidget:
    stage.work_as(Role.REGISTRAR)
    stage.workplace.messages.dismiss()
    grid = stage.go("people").page.findChildren(Grid)[0]
    grid.bar.set_filters((), {}, "xyzzy")
    grid.refresh()
    stage.until(grid.state_view.isVisible)
    stage.settle()
    return stage.window


def _failed(stage: Stage) -> QWidget:
    stage.work_as(Role.REGISTRAR)
    stage.go("home")

    def broken(*_args: object) -> object:
        raise FileProblem(
            "There is no file {file}. Check its name and its folder, and whether its disk or stick is there.",
            file=stage.demo.name,
        )

    with patch("eic_tracker.gui.widgets.page_reader.list_keys", broken):
        stage.workplace._pages.pop("certificates", None)
        grid = stage.go("certificates").page.findChildren(Grid)[0]
        stage.until(lambda: grid.state_view.state() is State.FAILED)
        stage.settle()
    return stage.window


def _about(stage: Stage) -> QWidget:
    stage.work_as(Role.REGISTRAR)
    stage.window.acts.about()
    return stage.dialog()


def _shortcuts(stage: Stage) -> QWidget:
    stage.work_as(Role.REGISTRAR)
    stage.window.acts.shortcuts()
    return stage.dialog()


def _reason(stage: Stage) -> QWidget:
    stage.work_as(Role.REGISTRAR)
    AskReason(stage.t("Export this view…"), stage.t, stage.window).open()
    return stage.dialog()


def _bug(stage: Stage) -> QWidget:
    stage.work_as(Role.REGISTRAR)
    BugReport(_TRACE, stage.t, stage.window).open()
    return stage.dialog()


def _password(stage: Stage) -> QWidget:
    _enter_school(stage, "registrar")
    stage.window.acts.change_password()
    return stage.dialog()


def quiet_keyboard() -> None:
    """Let no blinking caret make two pictures of one thing differ."""
    QApplication.setCursorFlashTime(0)
