"""The settings: sections at the left, what belongs to the chosen one at the right; only those the role may use."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QListWidget, QListWidgetItem, QStackedWidget, QWidget

from eic_tracker.domain.permissions import Action
from eic_tracker.gui import icons, theme
from eic_tracker.gui.pages.page import Page
from eic_tracker.gui.place import Place
from eic_tracker.gui.settings_parts.part import Part
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.i18n import N_

_BESIDE = 900
"""Pixels from which the sections stand beside their content; below, they are one box in the title."""


@dataclass(frozen=True, slots=True)
class _Section:
    """A section: its title, its module and class, who may use it."""

    name: str
    title: str
    where: str
    icon: str
    action: Action | None = None


SECTIONS = (
    _Section("appearance", N_("Appearance"), "appearance_part:AppearancePart", "eye"),
    _Section("lists", N_("Lists of the school"), "lists_part:ListsPart", "list", Action.EDIT_LISTS),
    _Section(
        "templates", N_("Templates of certificates"), "templates_part:TemplatesPart", "certificate", Action.EDIT_LISTS
    ),
    _Section(
        "signature",
        N_("Signature of the school"),
        "signature_part:SignaturePart",
        "lock",
        Action.APPROVE_CERTIFICATES,
    ),
    _Section("signatories", N_("Who signs papers"), "signatories_part:SignatoriesPart", "user", Action.EDIT_LISTS),
    _Section("school_papers", N_("Papers of the school"), "school_part:SchoolPart", "report", Action.EDIT_LISTS),
    _Section("totals", N_("Historical totals"), "totals_part:TotalsPart", "figures", Action.PUBLISHED_FIGURES),
    _Section("quarters", N_("Closed quarters"), "quarters_part:QuartersPart", "report", Action.REOPEN_QUARTER),
    _Section("names", N_("Names of pupils"), "names_part:NamesPart", "school", Action.DECIDE_NAMES),
    _Section("users", N_("Users"), "users_part:UsersPart", "user", Action.ADMINISTER),
    _Section("copies", N_("Copies"), "copies_part:CopiesPart", "usb"),
)


def sections_for(around: Surroundings) -> list[_Section]:
    """The sections that the user may open."""
    return [each for each in SECTIONS if each.action is None or around.may(each.action)]


class SettingsPage(Page):
    """A section is made when it is first opened."""

    name = "settings"

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(around, parent)
        t = self.t
        self.set_title(t("Settings"))
        self.sections = sections_for(around)
        self._parts: dict[str, Part] = {}
        self._states: dict[str, Mapping[str, Any]] = {}
        self.list = QListWidget()
        self.list.setAccessibleName(t("Sections of the settings"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.box = QComboBox()
        self.box.setAccessibleName(t("Section of the settings"))
        self.box.setMinimumHeight(theme.TARGET)
        for section in self.sections:
            drawing = icons.icon(section.icon, around.colours)
            item = QListWidgetItem(drawing, t(section.title))
            item.setToolTip(t(section.title))
            item.setSizeHint(QSize(0, theme.TARGET + theme.SPACE))
            self.list.addItem(item)
            self.box.addItem(drawing, t(section.title))
        widest = max(self.list.fontMetrics().horizontalAdvance(t(each.title)) for each in self.sections)
        self.list.setFixedWidth(widest + icons.SIZE + 48)
        self.stack = QStackedWidget()
        line = QHBoxLayout()
        line.setSpacing(theme.GROUP_GAP)
        line.addWidget(self.list)
        line.addWidget(self.stack, 1)
        self.add_to_head(self.box)
        self.layout_of_page.addLayout(line, 1)
        self.list.currentRowChanged.connect(self._on_row)
        self.list.itemActivated.connect(lambda _item: self._focus_part())
        self.box.activated.connect(self.list.setCurrentRow)

    def show_place(self, place: Place) -> None:
        """A section (`section` or `tab` in the state) as it was left."""
        wanted = place.state.get("section") or place.state.get("tab") or self.section
        names = [each.name for each in self.sections]
        if wanted not in names:
            wanted = names[0]
        self._states.update(place.state.get("others", {}))
        self._states[wanted] = {name: value for name, value in place.state.items() if name not in _OWN}
        row = names.index(wanted)
        if self.list.currentRow() == row:
            # the list makes its first row current when it takes the keyboard, without choosing it
            self.list.item(row).setSelected(True)
            self._on_row(row)
        else:
            self.list.setCurrentRow(row)

    def state(self) -> Mapping[str, Any]:
        """The section in sight as it stands, and the others as they were left."""
        others = {name: dict(part.state()) for name, part in self._parts.items() if name != self.section}
        part = self.part
        if part is not None:
            part.leave()
        return {**(part.state() if part is not None else {}), "section": self.section, "others": others}

    @property
    def section(self) -> str:
        """The name of the section in sight."""
        row = self.list.currentRow()
        return self.sections[row].name if row >= 0 else self.sections[0].name

    @property
    def part(self) -> Part | None:
        """The section in sight."""
        return self._parts.get(self.section)

    def help_name(self) -> str:
        """That of the section in sight."""
        return self.section

    def refresh(self) -> None:
        """Read the section in sight again."""
        if self.part is not None:
            self.part.refresh()

    def find_in_page(self) -> None:
        """The section's own search box."""
        if self.part is not None:
            self.part.find_in_page()

    def begin_new(self) -> bool:
        """An item of the section in sight."""
        return self.part is not None and self.part.begin_new()

    def first_focus(self) -> QWidget | None:
        """Where the section begins."""
        return (self.part.first_focus() if self.part is not None else None) or self.list

    def go_up(self) -> bool:
        """Esc: first what is open in the section, then to the list of sections."""
        if self.part is not None and self.part.go_up():
            return True
        if self.list.isVisible() and not self.list.hasFocus():
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's own name
        """Where the list of sections has no room it is a box."""
        super().resizeEvent(event)
        beside = self.width() >= _BESIDE
        self.list.setVisible(beside)
        self.box.setVisible(not beside)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's own name
        """What is half typed is kept."""
        super().hideEvent(event)
        if self.part is not None:
            self.part.leave()

    def _on_row(self, row: int) -> None:
        if row < 0:
            return
        section = self.sections[row]
        self.box.setCurrentIndex(row)
        part, made = self._parts.get(section.name), None
        if part is None:
            module, kind = section.where.split(":")
            made = getattr(importlib.import_module(f"eic_tracker.gui.settings_parts.{module}"), kind)
            part = self._parts[section.name] = made(self.around)
            part.go_requested.connect(self.go_requested)
            part.noticed.connect(self.noticed)
            part.done.connect(self.done)
            self.stack.addWidget(part)
        self.stack.setCurrentWidget(part)
        self.set_title(f"{self.t('Settings')} · {self.t(section.title)}")
        state = self._states.pop(section.name, {})
        if state or made is not None:
            part.enter(state)
        else:
            part.refresh()

    def _focus_part(self) -> None:
        wanted = self.part.first_focus() if self.part is not None else None
        if wanted is not None:
            wanted.setFocus(Qt.FocusReason.OtherFocusReason)


_OWN = frozenset({"section", "tab", "others"})
