"""About the program: versions, where things lie, licences, and a report to copy."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFormLayout, QLabel, QPlainTextEdit, QSizePolicy, QWidget

from eic_tracker import paths
from eic_tracker.errors import UserError
from eic_tracker.gui import theme
from eic_tracker.gui.jobs import Failure
from eic_tracker.gui.report_text import all_versions, part_name, system_report
from eic_tracker.gui.widgets.announcing import announce
from eic_tracker.gui.widgets.dialog_frame import DialogFrame
from eic_tracker.gui.work import Work
from eic_tracker.i18n import Translator
from eic_tracker.services.made_of import Component, components


class About(DialogFrame):
    """The report holds versions only: no folders, which may hold a name, and nothing of the file."""

    def __init__(self, file: Path | None, t: Translator, parent: QWidget | None = None) -> None:
        super().__init__(t("About EIC Tracker"), QSize(620, 500), parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._t = t
        form = QFormLayout()
        form.setHorizontalSpacing(theme.GROUP_GAP)
        form.setVerticalSpacing(theme.SPACE)
        for what, version in all_versions():
            form.addRow(*_row(part_name(what, t), version))
        form.addRow(*_row(t("Data folder"), _data_folder()))
        form.addRow(*_row(t("Open file"), str(file) if file is not None else t("none")))
        self.body.addLayout(form)
        label = QLabel(t("&Licences of what comes with it"))
        label.setFont(theme.font(theme.Type.SECTION))
        self.licences = QPlainTextEdit()
        self.licences.setReadOnly(True)
        self.licences.setTabChangesFocus(True)
        self.licences.setMinimumHeight(120)
        self.licences.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.licences.setAccessibleName(t("Licences of what comes with it"))
        self.licences.setPlaceholderText(t("Reading…"))
        label.setBuddy(self.licences)
        self.body.addWidget(label)
        self.body.addWidget(self.licences, 1)
        self.copy = self.add_button(t("Copy report"))
        self.copy.setToolTip(t("Versions only: nothing of the file and nobody's name"))
        self.close_button = self.add_button(t("Close"), primary=True)
        self.copy.clicked.connect(self._on_copy)
        self.close_button.clicked.connect(self.accept)
        self.close_button.setFocus()
        Work(self).start(lambda _job: components(), done=self._on_components, failed=self._on_failed)

    def _on_components(self, found: Sequence[Component]) -> None:
        unnamed = self._t("licence in the package")
        self.licences.setPlainText(
            "\n".join(f"{each.name} {each.version}".rstrip() + f": {each.licence or unnamed}" for each in found)
        )

    def _on_failed(self, _failure: Failure) -> None:
        self.licences.setPlainText(self._t("They could not be read."))

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(system_report(self._t))
        self.copy.setText(self._t("Copied"))
        announce(self.copy, self._t("Copied"))


def _row(name: str, value: str) -> tuple[QLabel, QLabel]:
    title = QLabel(name)
    title.setProperty("muted", True)
    words = QLabel(value)
    words.setTextFormat(Qt.TextFormat.PlainText)
    words.setWordWrap(True)
    words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    words.setAccessibleName(f"{name}: {value}")
    return title, words


def _data_folder() -> str:
    try:
        return str(paths.data_folder())
    except UserError:
        return "—"
