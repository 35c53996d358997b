"""The day of the ceremony: everybody is ticked, who did not come is unticked with a key, then all is noted at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from eic_tracker.domain.codes import CertificateStatus
from eic_tracker.gui import theme
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.widgets.date_field import DateField
from eic_tracker.gui.widgets.deed import Deed, deed_button, rest
from eic_tracker.gui.widgets.fact_list import sentence
from eic_tracker.gui.widgets.flow_layout import FlowLayout
from eic_tracker.queries.certificate_work import UncollectedRow

_NUMBER = Qt.ItemDataRole.UserRole


class CertificateDeliveryPart(QWidget):
    """`deliver_wanted` carries the day and the numbers of those who did not get theirs."""

    deliver_wanted = Signal(object, object)
    list_wanted = Signal()
    left = Signal()

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        t = self._t = around.t
        self._today = around.today
        self._rows: tuple[UncollectedRow, ...] = ()
        self.back = deed_button(Deed(t("Back to the list"), self.left.emit))
        self.paper = deed_button(Deed(t("Delivery list…"), self.list_wanted.emit))
        self.deliver = deed_button(Deed(t("Handed over"), self._deliver), look="primary")
        self.day = DateField(t("Handed over on"), around)
        self.day.set_value(around.today)
        words = QLabel(t("Handed over on"))
        words.setBuddy(self.day.edit)
        self.list = QListWidget()
        self.list.setAccessibleName(t("Certificates that wait for their holders"))
        self.count = sentence("")
        head = QWidget()
        flow = FlowLayout(head, theme.GAP)
        dated = QWidget()
        line = QHBoxLayout(dated)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.GAP)
        line.addWidget(words)
        line.addWidget(self.day)
        for widget in (self.back, self.paper, dated, self.deliver):
            flow.addWidget(widget)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.GAP)
        whole.addWidget(head)
        whole.addWidget(
            sentence(t("All are ticked. Take the tick from who did not come: arrows and Space."), muted=True)
        )
        whole.addWidget(self.list, 1)
        whole.addWidget(self.count)
        self.list.itemChanged.connect(lambda _item: self._say())
        self.day.changed.connect(self._say)

    def show_rows(self, rows: Sequence[UncollectedRow]) -> None:
        """Those who have not theirs; what cannot be handed over yet says why and stays unticked."""
        self._rows = tuple(rows)
        self.list.blockSignals(True)
        self.list.clear()
        for row in rows:
            item = QListWidgetItem(self._words(row))
            item.setData(_NUMBER, row.number)
            item.setSizeHint(QSize(0, theme.TARGET))
            able = not self._why_not(row)
            flags = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable
            item.setFlags(flags | Qt.ItemFlag.ItemIsEnabled if able else flags)
            item.setCheckState(Qt.CheckState.Checked if able else Qt.CheckState.Unchecked)
            self.list.addItem(item)
        self.list.blockSignals(False)
        if rows:
            self.list.setCurrentRow(0)
        self._say()
        self.list.setFocus()

    def exceptions(self) -> tuple[str, ...]:
        """The numbers without a tick."""
        items = (self.list.item(place) for place in range(self.list.count()))
        return tuple(str(item.data(_NUMBER)) for item in items if item.checkState() is not Qt.CheckState.Checked)

    def _words(self, row: UncollectedRow) -> str:
        why = self._why_not(row)
        said = f"{row.name} · {row.number}"
        return f"{said} · {why}" if why else said

    def _why_not(self, row: UncollectedRow) -> str:
        if row.status != CertificateStatus.ISSUED:
            return self._t("not printed yet")
        return self._t("dated {day}", day=self._t.date(row.dated)) if row.dated > self._today else ""

    def _say(self) -> None:
        t, waiting = self._t, len(self.exceptions())
        handed = len(self._rows) - waiting
        said = t.plural("{count} is handed over", "{count} are handed over", handed)
        left = t.plural("{count} waits to be collected", "{count} wait to be collected", waiting)
        self.count.setText(f"{said}; {left}.")
        why = "" if handed else t("Nobody is ticked.")
        rest(self.deliver, why if isinstance(self.day.value(), dt.date) else t("Write the day first."))

    def _deliver(self) -> None:
        self.deliver_wanted.emit(self.day.value(), self.exceptions())
