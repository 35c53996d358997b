"""The line above a grid: search box, active filters as chips, and the menu that adds one."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QSizePolicy, QToolButton, QWidget

from eic_tracker.gui import icons, theme
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.widgets.choice_popup import ChoicePopup
from eic_tracker.gui.widgets.flow_layout import FlowLayout
from eic_tracker.i18n import Translator
from eic_tracker.queries.listing import Choice

TYPING_PAUSE = 150
"""Milliseconds of rest after which what was typed is searched; Enter searches at once."""


@dataclass(frozen=True, slots=True)
class FilterSpec:
    """A filter as people see it: its title (a message) and how a choice is worded.

    A filter with a `code` of its own has nothing to choose: it is on or off. One that is not `offered` stands in no
    menu; it comes with a place and is taken away by its chip."""

    name: str
    title: str
    words: Callable[[Choice, Translator], str] = lambda choice, _t: choice.name or choice.code
    code: str = ""
    offered: bool = True


class FilterBar(QWidget):
    """Search box and filters of a grid; `changed` says that rows are to be asked for anew.

    Without a `hint` of what is typed there is no search box."""

    changed = Signal()
    choices_wanted = Signal(str)
    """the name of the filter whose choices are to be offered"""
    left = Signal()
    """the keyboard goes on to the rows"""

    def __init__(
        self, specs: Sequence[FilterSpec], hint: str, around: Surroundings, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._t = around.t
        self._colours = around.colours
        self._specs = {spec.name: spec for spec in specs}
        self._active: list[tuple[str, str]] = []
        self._words: dict[tuple[str, str], str] = {}
        self._popup: ChoicePopup | None = None
        self.search = _SearchBox(self._t(hint) if hint else "")
        if not hint:
            self.search.hide()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(TYPING_PAUSE)
        self.add_button = QToolButton()
        self.menu = QMenu(self.add_button)
        self._dress_menu()
        self._chips = QWidget()
        self._flow = FlowLayout(self._chips, theme.SPACE)
        self.tools = QHBoxLayout()
        self.tools.setSpacing(theme.SPACE)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.GAP)
        top = Qt.AlignmentFlag.AlignTop
        line.addWidget(self.search, 2, top)
        line.addWidget(self.add_button, 0, top)
        line.addWidget(self._chips, 5)
        line.addLayout(self.tools)
        self._pause.timeout.connect(self.changed)
        self.search.returnPressed.connect(self._on_return)
        self.search.textEdited.connect(lambda _text: self._pause.start())
        self.search.textChanged.connect(self._on_text)
        self.search.went_down.connect(self.left)

    def _dress_menu(self) -> None:
        """The button that adds a filter, gone where nothing is offered."""
        self.add_button.setText(self._t("Filter"))
        icons.dress(self.add_button, "filter", self._colours)
        self.add_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.add_button.setAccessibleName(self._t("Add a filter"))
        self.add_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.add_button.setMenu(self.menu)
        offered = [spec for spec in self._specs.values() if spec.offered]
        if not offered:
            self.add_button.hide()
        for spec in offered:
            action = self.menu.addAction(self._t(spec.title))
            action.setObjectName(spec.name)
            action.triggered.connect(lambda _checked=False, name=spec.name: self._on_filter_wanted(name))

    @property
    def filters(self) -> tuple[tuple[str, str], ...]:
        """The active filters in the order in which they were added."""
        return tuple(self._active)

    @property
    def words(self) -> Mapping[tuple[str, str], str]:
        """How the active filters read: "Sexo: Mujeres"."""
        return {each: self._words_of(each) for each in self._active}

    @property
    def is_asking(self) -> bool:
        """Whether anything restricts the rows."""
        return bool(self._active or self.search.text().strip())

    def set_filters(self, filters: Sequence[tuple[str, str]], words: Mapping[tuple[str, str], str], text: str) -> None:
        """Set all at once, without asking for rows."""
        self._active = [(name, code) for name, code in map(tuple, filters) if name in self._specs]
        self._words.update(words)
        self._pause.stop()
        blocked = self.search.blockSignals(True)
        self.search.setText(text)
        self.search.blockSignals(blocked)
        self._show_chips()

    def unworded(self) -> set[str]:
        """The names of active filters that came by their codes alone and whose words must be read."""
        return {each[0] for each in self._active if each not in self._words and not self._specs[each[0]].code}

    def offer(self, name: str, choices: Sequence[Choice]) -> None:
        """The choices of a filter have been read."""
        spec = self._specs[name]
        worded = [(choice.code, spec.words(choice, self._t)) for choice in choices]
        for code, words in worded:
            if (name, code) in self._active:
                self._words[name, code] = f"{self._t(spec.title)}: {words}"
        self._show_chips()
        if self._popup is not None and self._popup.name == name:
            self._popup.offer(worded)

    def offer_only(self, names: Collection[str]) -> None:
        """Which filters the menu has; those that are active stay."""
        for action in self.menu.actions():
            action.setVisible(action.objectName() in names)

    def clear(self) -> None:
        """Take all filters and the typed text away."""
        if self._active or self.search.text():
            self.set_filters((), {}, "")
            self.changed.emit()

    def type_into(self, text: str) -> None:
        """Letters that were typed elsewhere belong into the search box."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.setText(text)
        self._pause.start()

    def set_narrow(self, narrow: bool) -> None:
        """Narrow windows have icons only."""
        style = Qt.ToolButtonStyle.ToolButtonIconOnly if narrow else Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        self.add_button.setToolButtonStyle(style)
        self.add_button.setToolTip(self._t("Add a filter") if narrow else "")

    def _words_of(self, each: tuple[str, str]) -> str:
        if each in self._words:
            return self._words[each]
        spec = self._specs[each[0]]
        title = self._t(spec.title)
        return title if spec.code else f"{title}: {spec.words(Choice(each[1]), self._t)}"

    def _on_return(self) -> None:
        self._pause.stop()
        self.changed.emit()
        self.left.emit()

    def _on_text(self, text: str) -> None:
        if not text:
            self._pause.start()

    def _on_filter_wanted(self, name: str) -> None:
        spec = self._specs[name]
        if spec.code:
            self._add(name, spec.code)
            return
        self._popup = ChoicePopup(name, self._t(spec.title), self._t, self)
        self._popup.chosen.connect(lambda code, words: self._on_chosen(name, code, words))
        self._popup.show_below(self.add_button.mapToGlobal(QPoint(0, self.add_button.height())))
        self.choices_wanted.emit(name)

    def _on_chosen(self, name: str, code: str, words: str) -> None:
        self._words[name, code] = f"{self._t(self._specs[name].title)}: {words}"
        self._add(name, code)

    def _add(self, name: str, code: str) -> None:
        if (name, code) not in self._active:
            self._active.append((name, code))
            self._show_chips()
            self.changed.emit()
        self.add_button.setFocus(Qt.FocusReason.PopupFocusReason)

    def _drop(self, each: tuple[str, str]) -> None:
        self._active.remove(each)
        self._show_chips()
        typed_into = self.search.isVisibleTo(self)
        (self.search if typed_into else self.add_button).setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def _show_chips(self) -> None:
        self._flow.drop_all()
        for each in self._active:
            words = self._words_of(each)
            chip = _chip(words, self._t("Take the filter away: {filter}", filter=words))
            icons.dress(chip, "close", self._colours, 14)
            chip.clicked.connect(lambda _checked=False, each=each: self._drop(each))
            self._flow.addWidget(chip)
        if len(self._active) > 1:
            every = _chip(self._t("Clear filters"), self._t("Clear filters"))
            every.setProperty("chip", False)
            every.clicked.connect(self.clear)
            self._flow.addWidget(every)
        self._chips.updateGeometry()


class _SearchBox(QLineEdit):
    """Down goes on to the rows."""

    went_down = Signal()

    def __init__(self, hint: str) -> None:
        super().__init__()
        self.setPlaceholderText(hint)
        self.setToolTip(hint)
        self.setAccessibleName(hint)
        self.setClearButtonEnabled(True)
        self.setMinimumWidth(180)
        self.setMaximumWidth(340)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's own name
        """Down leaves the box; all else as Qt does it."""
        if event.key() == Qt.Key.Key_Down:
            self.went_down.emit()
            return
        super().keyPressEvent(event)


def _chip(words: str, said: str) -> QToolButton:
    chip = QToolButton()
    chip.setProperty("chip", True)
    chip.setText(words)
    chip.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    chip.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    chip.setAccessibleName(said)
    chip.setToolTip(said)
    return chip
