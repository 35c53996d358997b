"""What is entered for the programme that counts by head: class groups, lessons, schools; buttons and keys of pages."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QPushButton

from eic_tracker.domain.permissions import Action, Right, right
from eic_tracker.gui import theme
from eic_tracker.gui.commands import key_words
from eic_tracker.gui.instructor_acts import ADD_KEYS
from eic_tracker.gui.offering_acts import EDIT_KEYS, page_shortcut
from eic_tracker.gui.pages.page import Page
from eic_tracker.gui.place import Place
from eic_tracker.gui.surroundings import Surroundings

LESSON_KEYS = "Ctrl+T"


def may_enter_groups(around: Surroundings) -> bool:
    """Whether the user enters class groups, all or own ones, in this window."""
    return around.may(Action.CLASS_GROUPS) and not around.read_only


def may_enter_schools(around: Surroundings) -> bool:
    """Whether the user keeps the directory of schools in this window."""
    return right(around.acting, Action.CLASS_GROUPS) is Right.YES and not around.read_only


def entry_place(school: int | None = None) -> Place:
    """Where many class groups are typed, at a school where one is named."""
    return Place("class_groups_entry", state={"school": school} if school is not None else {})


def lessons_place(school: int | None = None) -> Place:
    """Where the lesson of several groups is recorded."""
    return Place("lessons_entry", state={"school": school} if school is not None else {})


def add_deed(page: Page, words: str, keys: str, act: Callable[[], None], *, primary: bool = False) -> QPushButton:
    """A button at the head of a page, and its keys."""
    if primary:
        button = page.primary_button(words, act)
    else:
        button = QPushButton(words)
        button.setAutoDefault(False)
        button.clicked.connect(lambda _checked=False: act())
        page.add_to_head(button)
    button.setMinimumHeight(theme.TARGET)
    if keys:
        button.setToolTip(key_words((keys,), page.t))
        page_shortcut(keys, page).activated.connect(act)
    return button


def add_school_deeds(page: Page, key: Callable[[], int | None]) -> None:
    """At a school: its lesson of today, its groups, its form; `key` is the school in sight."""

    def go(place: Callable[[int], Place]) -> Callable[[], None]:
        def act() -> None:
            if (school := key()) is not None:
                page.go_requested.emit(place(school))

        return act

    t = page.t
    if may_enter_schools(page.around):
        add_deed(page, t("Change the school"), EDIT_KEYS, go(lambda school: Place("school_form", school)))
    if may_enter_groups(page.around):
        add_deed(page, t("Lesson of several groups"), LESSON_KEYS, go(lessons_place))
        add_deed(page, t("Enter class groups"), ADD_KEYS, go(entry_place), primary=True)
