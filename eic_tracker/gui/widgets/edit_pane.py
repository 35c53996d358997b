"""Edits one item: a form that is kept while it is half typed, saved by Ctrl+Enter, left by Esc."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from eic_tracker.clock import HONDURAS
from eic_tracker.domain.drafts import ChangedMeanwhile, DraftRefused, FieldChange
from eic_tracker.drafts import Draft
from eic_tracker.gui import theme
from eic_tracker.gui.half_typed import HalfTyped
from eic_tracker.gui.jobs import Failure
from eic_tracker.gui.notices import notice_of
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.theme import Tone
from eic_tracker.gui.widgets import field_lines
from eic_tracker.gui.widgets.deed import Deed, deed_button
from eic_tracker.gui.widgets.field_form import FieldForm, FormField
from eic_tracker.gui.widgets.message_bar import MessageBar
from eic_tracker.gui.widgets.scrolled_column import ScrolledColumn

Values = Mapping[str, Any]
_WIDEST = 620


class EditPane(QWidget):
    """`save_requested(values, original)`; the owner writes and then calls `saved()` or `refused(failure)`."""

    save_requested = Signal(object, object)
    left = Signal()
    """Esc or Cancel: what was typed is kept"""
    failed = Signal(str)

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._around = around
        self._t = t = around.t
        self._original: Values | None = None
        self._words: Callable[[str, object], str] = lambda _field, value: str(value)
        self.form: FieldForm | None = None
        self.widest = _WIDEST
        """pixels of the form, for those that hold tables"""
        self.item: int | None = None
        """the key of the item that is edited; None for a new one"""
        self.title_label = QLabel()
        self.title_label.setFont(theme.font(theme.Type.SECTION))
        self.title_label.setTextFormat(Qt.TextFormat.PlainText)
        self.title_label.setWordWrap(True)
        self.bar = MessageBar(t, around.colours)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.save = deed_button(Deed(t("Save"), self._on_save), look="primary")
        self.save.setToolTip(t("Ctrl+Enter"))
        self.cancel = deed_button(Deed(t("Cancel"), self._on_cancel))
        self.cancel.setToolTip(t("Esc; what is typed is kept"))
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.GAP)
        buttons.addWidget(self.save)
        buttons.addWidget(self.cancel)
        self._needed = field_lines.caption(t("* must be filled in"))
        self._needed.setProperty("muted", True)
        buttons.addWidget(self._needed, 1)
        # where nothing must be filled in the buttons keep their width all the same
        buttons.addStretch(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP)
        column.addWidget(self.title_label)
        column.addWidget(self.bar)
        column.addWidget(self._area, 1)
        column.addLayout(buttons)
        self.half_typed = HalfTyped(around, self._kept, self)
        self.half_typed.failed.connect(self.failed)
        for keys in ("Ctrl+Return", "Ctrl+Enter", "Ctrl+S", "Ctrl+G"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self._on_save)

    def edit(
        self,
        form: str,
        title: str,
        fields: Sequence[FormField],
        values: Values,
        *,
        item: int | None = None,
        original: Values | None = None,
        words: Callable[[str, object], str] | None = None,
    ) -> None:
        """Begin: `form` names it among what is kept; `original` is what an existing item said when it was read."""
        kept = self.half_typed.open(form)
        self.item = item
        self._original = original
        self._words = words or self._words
        self.title_label.setText(title)
        self.setAccessibleName(title)
        self._clear_bar()
        self.form = FieldForm(fields, self._around)
        self.form.start(values)
        self.form.changed.connect(self.half_typed.note)
        self.form.setMaximumWidth(self.widest)
        place = ScrolledColumn()
        line = QHBoxLayout(place)
        line.setContentsMargins(0, 0, theme.GAP, theme.GAP)
        line.addWidget(self.form, 1, Qt.AlignmentFlag.AlignTop)
        # what is wider than the form stays empty at its right
        line.addStretch(0)
        self._area.setWidget(place)
        self._needed.setVisible(any(field.required for field in fields))
        self._busy(False)
        if kept is not None:
            self._offer(kept)

    @property
    def is_open(self) -> bool:
        """Whether something is being edited."""
        return self.form is not None

    def take_focus(self) -> None:
        """Begin to type."""
        first = self.form.first_field() if self.form is not None else None
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)
        if isinstance(first, QLineEdit):
            first.end(False)

    def save_now(self) -> None:
        """As Ctrl+Enter does."""
        self._clear_bar()
        self._on_save()

    def saved(self) -> None:
        """It is stored: what was kept half typed is not needed any more."""
        self.half_typed.forget()
        self._close()

    def leave(self) -> None:
        """Another item or page comes: what was typed stays kept."""
        self.half_typed.leave()
        self._close()

    def refused(self, failure: Failure) -> None:
        """Nothing was stored: say why where it is wrong."""
        self._busy(False)
        if self.form is None:
            return
        told = failure.told
        if isinstance(told, DraftRefused):
            left = self.form.show_problems(told.problems)
            if left:
                self.bar.tell(Tone.WARNING, " ".join(left))
        elif isinstance(told, ChangedMeanwhile):
            self._show_meanwhile(told)
        else:
            notice = notice_of(failure, self._t)
            self.bar.tell(notice.tone, notice.text, details=notice.trace)

    def ask(self, text: str, deeds: Sequence[Deed]) -> None:
        """Nothing was stored: a person must say first what is meant."""
        self._busy(False)
        self.bar.tell(Tone.DUPLICATE, text, deeds=deeds, key="asked")

    def _show_meanwhile(self, told: ChangedMeanwhile) -> None:
        values = self.form.values() if self.form is not None else {}
        lines = [
            self._t(
                "{field}: it was “{known}”, now it is “{now}”; you wrote “{mine}”.",
                field=self._t(change.label),
                known=self._words(change.field, change.known),
                now=self._words(change.field, change.now),
                mine=self._words(change.field, values.get(change.field)),
            )
            for change in told.changes
        ]
        self.bar.tell(
            Tone.WARNING,
            "\n".join([told.text(self._t), *lines]),
            deeds=(
                Deed(self._t("Take what is there now"), lambda: self._take_over(told.changes, theirs=True)),
                Deed(self._t("Keep what I wrote"), lambda: self._take_over(told.changes, theirs=False)),
            ),
            key="meanwhile",
        )

    def _take_over(self, changes: Sequence[FieldChange], *, theirs: bool) -> None:
        """Both are seen by now: the next saving starts from what is there."""
        now = {change.field: change.now for change in changes}
        self._original = {**(self._original or {}), **now}
        if self.form is not None and theirs:
            self.form.write(now)
        self._clear_bar()
        self.take_focus()

    def _offer(self, kept: Draft) -> None:
        moment = kept.kept_at.astimezone(HONDURAS)
        when = f"{self._t.date(moment.date())} {moment:%H:%M}"
        self.bar.tell(
            Tone.INFO,
            self._t("What you had half typed here on {when} is kept.", when=when),
            deeds=(
                Deed(self._t("Go on with it"), lambda: self._go_on(kept)),
                Deed(self._t("Drop it"), self._drop),
            ),
            key="kept",
        )

    def _go_on(self, kept: Draft) -> None:
        if self.form is not None:
            self.form.restore(kept.content)
        self._clear_bar()
        self.take_focus()

    def _drop(self) -> None:
        self.half_typed.forget()
        self._clear_bar()
        self.take_focus()

    def _kept(self) -> Values | None:
        return self.form.kept() if self.form is not None and self.form.is_dirty else None

    def _on_save(self) -> None:
        if self.form is None or not self.save.isEnabled():
            return
        self._busy(True)
        self.form.show_problems(())
        self.save_requested.emit(self.form.values(), self._original)

    def _on_cancel(self) -> None:
        self.leave()
        self.left.emit()

    def _busy(self, busy: bool) -> None:
        self.save.setEnabled(not busy)

    def _clear_bar(self) -> None:
        while self.bar.message() is not None:
            self.bar.dismiss()

    def _close(self) -> None:
        self.form = None
        self._original = None
        old = self._area.takeWidget()
        if old is not None:
            old.deleteLater()
