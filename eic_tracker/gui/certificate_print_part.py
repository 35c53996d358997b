"""Certificates on paper: which, how they go through this printer, and the very sheets beside; printed or written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QLocale, QStandardPaths, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QFileDialog,
    QFormLayout,
    QFrame,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from eic_tracker.gui import theme
from eic_tracker.gui.code_words import CERTIFICATE_KINDS
from eic_tracker.gui.dialogs.print_view import show_upright
from eic_tracker.gui.jobs import Failure
from eic_tracker.gui.notices import Notice, notice_of
from eic_tracker.gui.printing import Printing
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.theme import Tone
from eic_tracker.gui.widgets.deed import Deed, deed_button
from eic_tracker.gui.widgets.fact_list import sentence
from eic_tracker.gui.widgets.flow_layout import FlowLayout
from eic_tracker.gui.widgets.pdf_view import PdfView
from eic_tracker.gui.widgets.scrolled_column import ScrolledColumn
from eic_tracker.gui.widgets.two_sides import TwoSides
from eic_tracker.reports.template_pdf import Edge, PrintOptions, SheetOrder
from eic_tracker.services.certificate_batch import PrintGroup
from eic_tracker.services.issuing import certificates_bytes, note_printed, print_papers
from eic_tracker.services.template_preview import calibration_page
from eic_tracker.settings import MOST_OFFSET_MM, PrintChoice, with_print

_NARROW = 620
_LEFT = 300
_REST = 250
"""Milliseconds after the last change before the sheets are drawn anew."""


class CertificatePrintPart(QWidget):
    """How sheets were printed last stands again, for each template on this computer."""

    said = Signal(str)
    noticed = Signal(object)
    left = Signal()

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._around = around
        t = self._t = around.t
        self._code = ""
        self._groups: tuple[PrintGroup, ...] = ()
        self._filling = False
        self._printing: Printing | None = None
        self.back = deed_button(Deed(t("Back to the list"), self.left.emit))
        self.write = deed_button(Deed(t("Write PDF files…"), self.choose_folder))
        self.print = deed_button(Deed(t("Print…"), self.print_sheets), look="primary")
        self.calibrate = deed_button(Deed(t("Calibration page…"), self.show_calibration))
        self.which = self._box(t("Certificates"))
        self.background = QCheckBox(t("With background"))
        self.background.setToolTip(t("Off for pre-printed paper"))
        self.background.setMinimumHeight(theme.TARGET)
        self.right = _millimetres(t("Millimetres to the right"))
        self.down = _millimetres(t("Millimetres down"))
        self.order = self._box(t("Order of sides"))
        self.edge = self._box(t("The printer turns the sheet"))
        self.files = self._box(t("Files"))
        self.order.addItems([t("Face and reverse by turns"), t("All faces, then all reverses")])
        self.files.addItems([t("One for each person"), t("One for the whole class")])
        self.view = PdfView(around.jobs, t)
        self.view.setAccessibleName(t("The sheets as they are printed"))
        self.count = sentence("", muted=True)
        self._lay_out()
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST)
        self._rest.timeout.connect(self._draw)
        self.which.currentIndexChanged.connect(lambda _place: self._show_group())
        self.background.toggled.connect(self._on_choice)
        for number in (self.right, self.down):
            number.valueChanged.connect(self._on_choice)
        for box in (self.order, self.edge, self.files):
            box.currentIndexChanged.connect(self._on_choice)

    def show_groups(self, code: str, groups: Sequence[PrintGroup]) -> None:
        """The certificates of a course that hold, by kind and template."""
        t = self._t
        chosen = self.group.template if self.group is not None and code == self._code else None
        self._code, self._groups = code, tuple(groups)
        self._filling = True
        self.which.clear()
        for group in groups:
            kind = t(CERTIFICATE_KINDS[group.kind])
            count = t.number(len(group.keys))
            self.which.addItem(t("{kind} ({count}): {template}", kind=kind, count=count, template=group.name))
        places = [place for place, group in enumerate(groups) if group.template == chosen]
        self.which.setCurrentIndex(places[0] if places else 0 if groups else -1)
        self._filling = False
        self._show_group()
        self.print.setFocus()

    @property
    def group(self) -> PrintGroup | None:
        """The certificates that are chosen."""
        place = self.which.currentIndex()
        return self._groups[place] if 0 <= place < len(self._groups) else None

    def options(self) -> PrintOptions:
        """How the sheets are printed now."""
        choice = self._choice()
        return PrintOptions(
            choice.background,
            choice.right_mm,
            choice.down_mm,
            SheetOrder.FACES_FIRST if choice.faces_first else SheetOrder.DUPLEX,
            Edge.CALENDAR if choice.calendar else Edge.BOOK,
        )

    def print_sheets(self) -> None:
        """Ask for the printer and print the sheets in sight; once it took them they count as issued."""
        group, pdf = self.group, self.view.pdf
        if group is None or not pdf:
            return
        self._printing = Printing(pdf, self._title(), self._around.jobs)
        self._printing.finished.connect(lambda printed: self._on_printed(group, printed))
        self._printing.ask(self)

    def choose_folder(self) -> None:
        """Where the PDF files go."""
        dialog = QFileDialog(self.window(), self._t("Folder for the certificates"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setDirectory(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
        dialog.fileSelected.connect(lambda name: self.write_to(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def write_to(self, folder: Path) -> None:
        """Write the sheets, one file each or one for the class; the first time they count as issued."""
        group = self.group
        if group is not None:
            self._write(
                print_papers,
                group.keys,
                folder,
                done=lambda paths: self.said.emit(
                    self._t.plural("{count} file written.", "{count} files written.", len(paths))
                ),
                t=self._t,
                whole=f"{self._title()}.pdf" if self._choice().merged else "",
                options=self.options(),
            )

    def show_calibration(self) -> None:
        """The page by which offsets are measured, moved as the sheets would be."""
        group = self.group
        if group is not None:
            make = partial(_calibration, group.size, self._t.language, self.options())
            show_upright(self._around, make, self._t("Calibration page"), self.window())

    def _title(self) -> str:
        group = self.group
        kind = self._t(CERTIFICATE_KINDS[group.kind]) if group is not None else ""
        return f"{self._code} {kind}".replace("/", "-")

    def _choice(self) -> PrintChoice:
        return PrintChoice(
            self.background.isChecked(),
            round(self.right.value(), 1),
            round(self.down.value(), 1),
            self.order.currentIndex() == 1,
            self.edge.currentIndex() == 1,
            self.files.currentIndex() == 1,
        )

    def _show_group(self) -> None:
        group = self.group
        if self._filling or group is None:
            return
        t = self._t
        choice = self._around.preferences.current.prints.get(self._key(group), PrintChoice())
        self.which.setToolTip(self.which.currentText())
        lying = group.size[0] > group.size[1]
        edges = [t("Over its short edge"), t("Over its long edge")]
        self._filling = True
        self.edge.clear()
        self.edge.addItems(edges if lying else edges[::-1])
        self.background.setChecked(choice.background)
        self.right.setValue(choice.right_mm)
        self.down.setValue(choice.down_mm)
        self.order.setCurrentIndex(int(choice.faces_first))
        self.edge.setCurrentIndex(int(choice.calendar))
        self.files.setCurrentIndex(int(choice.merged))
        for box in (self.order, self.edge):
            self.lines.setRowVisible(box, group.reverse)
        self._filling = False
        told = t.plural("{count} was never printed.", "{count} were never printed.", group.unprinted)
        self.count.setText(told if group.unprinted else t("All of them were printed before."))
        self._draw()

    def _on_choice(self, *_changed: object) -> None:
        group = self.group
        if self._filling or group is None:
            return
        kept = self._around.preferences
        kept.keep(with_print(kept.current, self._key(group), self._choice()))
        self._rest.start()

    def _key(self, group: PrintGroup) -> str:
        return f"{self._around.file_uid} {group.template}"

    def _draw(self) -> None:
        group = self.group
        if group is not None:
            self._around.jobs.count(
                partial(certificates_bytes, t=self._t, options=self.options()),
                self._around.acting,
                group.keys,
                owner=self,
                done=lambda pdf: self._on_drawn(group, pdf),
                failed=self._tell,
            )

    def _on_drawn(self, group: PrintGroup, pdf: bytes) -> None:
        if group is self.group:
            self.view.show_pdf(pdf)

    def _on_printed(self, group: PrintGroup, printed: bool) -> None:
        t = self._t
        if not printed:
            words = t(
                "The printer did not take {title}. Look whether it is on, or save it as PDF.", title=self._title()
            )
            self.noticed.emit(Notice(Tone.WARNING, words))
            return
        self._write(
            note_printed,
            group.keys,
            done=lambda _count: self.said.emit(t("Sent to the printer: {title}", title=self._title())),
        )

    def _write(self, use_case: Callable[..., Any], *args: Any, done: Callable[[Any], None], **options: Any) -> None:
        jobs, acting = self._around.jobs, self._around.acting
        jobs.write(use_case, acting, *args, owner=self, done=done, failed=self._tell, **options)

    def _tell(self, failure: Failure) -> None:
        self.noticed.emit(notice_of(failure, self._t))

    def _box(self, name: str) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(name)
        box.setMinimumHeight(theme.TARGET)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(20)
        return box

    def _lay_out(self) -> None:
        head = QWidget()
        flow = FlowLayout(head, theme.GAP)
        for button in (self.back, self.calibrate, self.write, self.print):
            flow.addWidget(button)
        form = ScrolledColumn()
        self.lines = QFormLayout(form)
        self.lines.setContentsMargins(0, 0, theme.SPACE, 0)
        self.lines.setSpacing(theme.SPACE)
        self.lines.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        self.lines.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for control in (self.which, self.background, self.right, self.down, self.order, self.edge, self.files):
            if control is self.background:
                self.lines.addRow(control)
                continue
            words = QLabel(control.accessibleName())
            words.setBuddy(control)
            self.lines.addRow(words, control)
        self.lines.addRow(self.count)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(form)
        area.setAccessibleName(self._t("How it is printed"))
        area.setMinimumWidth(_LEFT)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.GAP)
        whole.addWidget(head)
        whole.addWidget(TwoSides(area, self.view, (1, 2), beside=_NARROW), 1)


def _millimetres(name: str) -> QDoubleSpinBox:
    number = QDoubleSpinBox()
    number.setLocale(QLocale.c())
    number.setRange(-MOST_OFFSET_MM, MOST_OFFSET_MM)
    number.setDecimals(1)
    number.setSingleStep(0.5)
    number.setMinimumHeight(theme.TARGET)
    number.setAccessibleName(name)
    return number


def _calibration(
    size: tuple[float, float], language: Any, options: PrintOptions, db: Any, acting: Any, **_: object
) -> bytes:
    return calibration_page(db, acting, size, language, options)
