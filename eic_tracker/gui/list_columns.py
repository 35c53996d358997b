"""What the columns of a list are read as, in one line; F4 changes one of them."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from eic_tracker.exchange.rows import FoundColumn, ReadList
from eic_tracker.gui import theme
from eic_tracker.gui.widgets.choice_popup import ChoicePopup
from eic_tracker.i18n import N_, Translator

KEYS = "F4"
NOT_READ = "other"
FIELD_WORDS: Mapping[str, str] = {
    "name": N_("whole name"),
    "given_names": N_("given names"),
    "second_given_name": N_("second given name"),
    "family_names": N_("surnames"),
    "second_family_name": N_("second surname"),
    "document": N_("identity document"),
    "passport": N_("passport"),
    "document_type": N_("type of document"),
    "country": N_("country"),
    "sex": N_("sex"),
    "birth_date": N_("date of birth"),
    "birth_place": N_("place of birth"),
    "rank": N_("rank"),
    "unit": N_("unit"),
    "institution": N_("institution"),
    "phone": N_("telephone"),
    "police_number": N_("police number"),
    NOT_READ: N_("not read"),
}
"""What a column can be read as, by field."""
_OTHERS: Mapping[str, str] = {
    "number": N_("number of the row"),
    "post": N_("rank"),
    "sex_f": N_("sex"),
    "sex_m": N_("sex"),
    "sex_h": N_("sex"),
    "birth_day": N_("date of birth"),
    "birth_month": N_("date of birth"),
    "birth_year": N_("date of birth"),
}


class ListColumns(QPushButton):
    """A link that says all columns as far as there is room; it asks which one is meant, then what it is."""

    chosen = Signal(object)
    """what was said, as answers by key"""

    def __init__(self, t: Translator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._t = t
        self._found: tuple[FoundColumn, ...] = ()
        self._words = ""
        self.setAutoDefault(False)
        self.setMinimumHeight(theme.TARGET)
        self.setProperty("link", True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(t("Columns of the list"))
        self.clicked.connect(lambda _checked=False: self.ask())
        self.hide()

    def show_list(self, read: ReadList | None) -> None:
        """The columns of a list; nothing where it has none to be said."""
        t = self._t
        self._found = read.found if read is not None else ()
        self.setVisible(bool(self._found))
        said = [
            t("{header} → {field}", header=column.header, field=field_words(column.field, t)) for column in self._found
        ]
        self._words = t("Columns (F4): {columns}", columns=" · ".join(said))
        self.setToolTip(self._words)
        self.setAccessibleDescription(self._words)
        self._elide()

    def ask(self) -> None:
        """Which column, then what it is."""
        if not self._found:
            return
        t = self._t
        lines = [
            (str(number), t("{header}: {field} ({sample})", **_said(column, t)))
            for number, column in enumerate(self._found)
        ]
        popup = ChoicePopup("column", t("Which column is read wrongly?"), t, self.window())
        popup.chosen.connect(lambda code, _words: self._ask_field(self._found[int(code)]))
        self._open(popup, lines)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's own name
        """As much of the words as there is room for."""
        super().resizeEvent(event)
        self._elide()

    def _ask_field(self, column: FoundColumn) -> None:
        t = self._t
        popup = ChoicePopup("field", t("“{header}” is…", header=column.header), t, self.window())
        popup.chosen.connect(lambda code, _words: self.chosen.emit(self._answers(column, code)))
        self._open(popup, [(code, t(words)) for code, words in FIELD_WORDS.items()])

    def _answers(self, column: FoundColumn, field: str) -> dict[str, str]:
        """The column is this; another one that was read so is not any more."""
        answers = {f"column:{column.header}": field}
        for other in self._found:
            if other is not column and field != NOT_READ and other.field == field:
                answers[f"column:{other.header}"] = NOT_READ
        return answers

    def _open(self, popup: ChoicePopup, lines: list[tuple[str, str]]) -> None:
        popup.move(self.mapToGlobal(QPoint(0, self.height())))
        popup.offer(lines)

    def _elide(self) -> None:
        room = max(self.width() - 2 * theme.GAP, 0)
        self.setText(self.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideRight, room))


def field_words(field: str | None, t: Translator) -> str:
    """What a column is read as, in words."""
    return t(FIELD_WORDS.get(field or NOT_READ) or _OTHERS[field or NOT_READ])


def _said(column: FoundColumn, t: Translator) -> dict[str, str]:
    sample = column.sample if len(column.sample) <= _LONGEST else column.sample[:_LONGEST] + "…"
    return {"header": column.header, "field": field_words(column.field, t), "sample": sample}


_LONGEST = 30
