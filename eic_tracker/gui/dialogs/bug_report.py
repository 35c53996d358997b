"""A bug of ours: what to send to whoever keeps the program."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QSizePolicy, QWidget

from eic_tracker.gui.report_text import bug_report
from eic_tracker.gui.widgets.announcing import announce
from eic_tracker.gui.widgets.dialog_frame import DialogFrame
from eic_tracker.i18n import Translator


class BugReport(DialogFrame):
    """Shows all of what is copied, so that the person sees that it names nobody."""

    def __init__(self, trace: str, t: Translator, parent: QWidget | None = None) -> None:
        super().__init__(t("Report of a fault"), QSize(640, 460), parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._t = t
        words = QLabel(
            t(
                "Something went wrong inside the program; your file is as it was. Copy this report and send it to who "
                "keeps the program. It names no person and nothing of the file."
            )
        )
        words.setWordWrap(True)
        self.report = QPlainTextEdit(bug_report(trace, t))
        self.report.setReadOnly(True)
        self.report.setTabChangesFocus(True)
        self.report.setMinimumHeight(120)
        self.report.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.report.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.report.setAccessibleName(t("Report"))
        self.body.addWidget(words)
        self.body.addWidget(self.report, 1)
        self.copy = self.add_button(t("Copy report"), primary=True)
        self.close_button = self.add_button(t("Close"))
        self.copy.clicked.connect(self._on_copy)
        self.close_button.clicked.connect(self.accept)
        self.copy.setFocus()

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.report.toPlainText())
        self.copy.setText(self._t("Copied"))
        announce(self.copy, self._t("Copied"))
