"""The papers of a class group: its sheet, and certificates from names, which are kept only by a decision."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QClipboard, QGuiApplication, QIntValidator
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from eic_tracker.domain.class_group_rules import NEVER_GRADUATE
from eic_tracker.domain.drafts import DraftProblem
from eic_tracker.domain.name_keeping import LONGEST_DOCUMENT, LONGEST_SECTION, consent_problems
from eic_tracker.domain.permissions import Action, Right, right
from eic_tracker.domain.pupil_names import MOST_NAMES, pupil_names
from eic_tracker.gui import theme
from eic_tracker.gui.dialogs.print_view import show_upright
from eic_tracker.gui.jobs import Failure
from eic_tracker.gui.record_parts import RecordPart
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.widgets.ask_fields import AskFields
from eic_tracker.gui.widgets.card import Card
from eic_tracker.gui.widgets.deed import Deed, deed_button
from eic_tracker.gui.widgets.editors import DateEditor, LineEditor
from eic_tracker.gui.widgets.fact_list import sentence
from eic_tracker.gui.widgets.field_form import FormField
from eic_tracker.gui.widgets.scrolled_column import ScrolledColumn
from eic_tracker.services.group_sheets import group_sheets
from eic_tracker.services.kept_names import KeptNames, NamesDraft
from eic_tracker.services.outreach import ClassGroupDetail
from eic_tracker.services.pupil_certificates import note_pupil_certificates, pupil_certificates

_NUMBER_WIDTH = 80
_LOWEST_BOX = 110


class NamesBox(QPlainTextEdit):
    """Names of pupils; what is pasted leaves the clipboard, and nothing of it is ever a draft."""

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)

    def insertFromMimeData(self, source: QMimeData) -> None:  # noqa: N802 - Qt's own name
        """Take the text, and empty the clipboard it came from: the next person at this desk finds no names there."""
        text = source.text()
        self.insertPlainText(text)
        clipboard = QGuiApplication.clipboard()
        for mode in (QClipboard.Mode.Clipboard, QClipboard.Mode.Selection):
            if clipboard.mimeData(mode) is not None and clipboard.text(mode) == text:
                clipboard.clear(mode)


class GroupPrintingPart(RecordPart):
    """What is printed of a class group, each paper seen first."""

    failed = Signal(object)
    keep_wanted = Signal(object)
    """a NamesDraft"""

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.around, self.t = around, around.t
        self._detail: ClassGroupDetail | None = None
        t = self.t
        self.sheet_button = deed_button(Deed(t("Show the sheet…"), self.show_sheet))
        self.count = QLineEdit()
        self.count.setValidator(QIntValidator(1, MOST_NAMES, self))
        self.count.setMaxLength(len(str(MOST_NAMES)))
        self.count.setFixedWidth(_NUMBER_WIDTH)
        self.blank_button = deed_button(Deed(t("Show with a line for the name…"), self.show_blank))
        self.names = NamesBox()
        self.names.setMinimumHeight(_LOWEST_BOX)
        self.names.setAccessibleName(t("Names, one on each line"))
        self.found = QLabel()
        self.named_button = deed_button(Deed(t("Show with these names…"), self.show_named))
        self.keep_button = deed_button(Deed(t("Keep the names with this group: consent recorded…"), self.ask_to_keep))
        self.keep_button.hide()
        self._kept_until: dt.date | None = None
        self.told = sentence("", muted=True)
        self.certificates = Card(t("Pupils' certificates"))
        self.none = sentence("", muted=True)
        self._lay_out()
        self._say_kept()
        self.names.textChanged.connect(self._say_found)
        self.count.textChanged.connect(self._enable)
        self._say_found()

    def show_detail(self, detail: ClassGroupDetail, _state: object) -> None:
        """As many certificates as graduated are proposed, before a graduation as many as were reached."""
        if self._detail is None or self._detail.row.id != detail.row.id:
            self.names.clear()
            proposed = detail.row.graduated.total or detail.row.reached.total or detail.row.enrolled.total
            self.count.setText(str(min(proposed, MOST_NAMES)) if proposed else "")
        self._detail = detail
        gives = detail.row.curriculum_kind not in NEVER_GRADUATE
        self.none.setText(
            self.t(
                "“{curriculum}” has no graduation, so it gives no certificates.", curriculum=detail.row.curriculum_name
            )
        )
        self.none.setVisible(not gives)
        self.certificates.setVisible(gives)
        self._enable()

    def show_names(self, found: KeptNames) -> None:
        """Names may be kept with the group where its programme decided so, by who enters its groups."""
        may_keep = right(self.around.acting, Action.PUPIL_NAMES) is Right.YES and not self.around.read_only
        self._kept_until = found.purge_on if may_keep else None
        self.keep_button.setVisible(self._kept_until is not None)
        self._say_kept()

    def ask_to_keep(self) -> None:
        """Ask for section and consent; what stands in the box is kept with the group then."""
        if self._detail is None or self._kept_until is None:
            return
        t, today = self.t, self.around.today
        said = t(
            "Only name (or initials) and section are kept, until {date}. Keep nobody whose guardian has not consented "
            "in writing.",
            date=t.date(self._kept_until),
        )
        fields = [
            FormField("section", t("Section"), lambda label, _a: LineEditor(label, longest=LONGEST_SECTION)),
            FormField("consent_on", t("Day of the guardians' consent"), DateEditor, required=True),
            FormField(
                "document",
                t("Document of the consent"),
                lambda label, _a: LineEditor(label, longest=LONGEST_DOCUMENT),
                t("Where the signed papers are: folder, number."),
                required=True,
            ),
        ]

        def check(values: Mapping[str, Any]) -> Sequence[DraftProblem]:
            document, section = str(values["document"] or ""), str(values["section"] or "")
            return consent_problems(values["consent_on"], document, section, today)

        dialog = AskFields(t("Keep these names"), [said], fields, check, self.around, self.window())
        dialog.given.connect(self._keep)
        dialog.start({"section": self._detail.row.section})

    def _keep(self, values: Mapping[str, Any]) -> None:
        names = pupil_names(self.names.toPlainText())
        section, document = str(values["section"] or ""), str(values["document"] or "")
        self.keep_wanted.emit(NamesDraft(names, section, values["consent_on"], document))

    def _say_kept(self) -> None:
        t = self.t
        if self._kept_until is None:
            told = t(
                "Names are printed and kept nowhere: not in the file, not in the history, and what is pasted leaves "
                "the clipboard. The history says how many were printed."
            )
        else:
            told = t(
                "Names are printed, and kept only where you say so below. What is pasted leaves the clipboard; the "
                "history says how many were printed or kept, never whose."
            )
        self.told.setText(told)

    def first_focus(self) -> QWidget:
        """The sheet is what most come for."""
        return self.sheet_button

    def print_paper(self) -> bool:
        """Ctrl+P: the sheet of the group."""
        self.show_sheet()
        return True

    def show_sheet(self) -> None:
        """The sheet of the class group before it is printed."""
        if self._detail is None:
            return
        row = self._detail.row
        title = self.t("Class group sheet {code}", code=row.code)
        show_upright(self.around, partial(group_sheets, groups=(row.id,), t=self.t), title, self.window())

    def show_blank(self) -> None:
        """Certificates with a line for the name."""
        if self.count.hasAcceptableInput():
            self._print(("",) * int(self.count.text()))

    def show_named(self) -> None:
        """Certificates with the names of the box."""
        names = pupil_names(self.names.toPlainText())
        if names:
            self._print(names)

    def _print(self, names: tuple[str, ...]) -> None:
        if self._detail is None:
            return
        key = self._detail.row.id
        self.around.jobs.write(
            note_pupil_certificates,
            self.around.acting,
            key,
            len(names),
            owner=self,
            done=lambda note: self._show(key, names, note),
            failed=self._tell,
        )

    def _show(self, key: int, names: tuple[str, ...], note: int) -> None:
        if not self.isVisible() or self._detail is None or self._detail.row.id != key:
            return
        title = self.t("Pupils' certificates {code}", code=self._detail.row.code)
        make = partial(pupil_certificates, group_id=key, names=names, t=self.t, note=note)
        show_upright(self.around, make, title, self.window())

    def _tell(self, failure: Failure) -> None:
        self.failed.emit(failure)

    def _say_found(self) -> None:
        count = len(pupil_names(self.names.toPlainText()))
        self.found.setText(self.t.plural("{count} name", "{count} names", count) if count else "")
        self._enable()

    def _enable(self, *_text: Any) -> None:
        may = not self.around.read_only
        names = len(pupil_names(self.names.toPlainText()))
        self.blank_button.setEnabled(may and self.count.hasAcceptableInput())
        self.named_button.setEnabled(may and 0 < names <= MOST_NAMES)
        self.keep_button.setEnabled(may and 0 < names <= MOST_NAMES)

    def _lay_out(self) -> None:
        t = self.t
        sheet = Card(t("Class group sheet"))
        sheet.add(sentence(t("For the school: a box for each lesson, counts, signature and seal. It names no pupil.")))
        sheet.body.addWidget(self.sheet_button, 0, Qt.AlignmentFlag.AlignLeft)
        line = QHBoxLayout()
        line.setSpacing(theme.GAP)
        how_many = QLabel(t("How man&y"))
        how_many.setBuddy(self.count)
        for widget in (how_many, self.count, self.blank_button):
            line.addWidget(widget)
        line.addStretch(1)
        self.certificates.body.addLayout(line)
        label = QLabel(t("Or &names, one on each line"))
        label.setBuddy(self.names)
        self.certificates.add(label)
        self.certificates.body.addWidget(self.names, 1)
        self.certificates.add(self.told)
        last = QHBoxLayout()
        last.setSpacing(theme.GAP)
        last.addWidget(self.named_button)
        last.addWidget(self.found)
        last.addStretch(1)
        last.addWidget(self.keep_button)
        self.certificates.body.addLayout(last)
        inside = ScrolledColumn()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, theme.SPACE, 0)
        column.setSpacing(theme.GROUP_GAP)
        column.addWidget(sheet)
        column.addWidget(self.certificates, 1)
        column.addWidget(self.none)
        column.addStretch(0)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)
