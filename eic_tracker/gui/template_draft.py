"""A template while it is edited: what is chosen, what was done, undo and redo; no widgets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from eic_tracker.domain.certificate_template import MOST_ELEMENTS, Side, Template, extent
from eic_tracker.domain.template_elements import PROPERTIES_OF, Element, ElementKind
from eic_tracker.i18n import N_, Translator

_MOST_STEPS = 200
_MOST_LETTERS = 60
"""Of a text in the list of elements."""
_NEW: Mapping[ElementKind, Mapping[str, Any]] = {
    ElementKind.TEXT: {"width": 100.0, "height": 10.0, "text": N_("Text")},
    ElementKind.IMAGE: {"width": 22.0, "height": 22.0},
    ElementKind.LINE: {"width": 80.0},
    ElementKind.BOX: {"width": 80.0, "height": 40.0, "size": 9.0, "face": "formal_italic"},
    ElementKind.QR: {"width": 48.0},
    ElementKind.SIGNATURE: {"width": 74.0, "height": 18.0, "which": 1, "size": 11.0},
    ElementKind.SEAL: {"width": 35.0, "text": N_("Seal")},
    ElementKind.TABLE: {"width": 110.0, "height": 60.0, "size": 9.5},
}


class TemplateDrafting:
    """What is edited now: a side, one of its elements (None: the sheet itself)."""

    def __init__(self, template: Template) -> None:
        self.start = template
        self.template = template
        self.side = Side.FACE
        self.chosen: int | None = None
        self._done: list[Template] = []
        self._undone: list[Template] = []
        self._last: object = None

    @property
    def elements(self) -> tuple[Element, ...]:
        """What stands on the side in sight."""
        return self.template.side(self.side)

    @property
    def element(self) -> Element | None:
        """The chosen element."""
        return self.elements[self.chosen] if self.chosen is not None and self.chosen < len(self.elements) else None

    @property
    def changed(self) -> bool:
        """Whether there is anything to save."""
        return self.template != self.start

    def set_sheet(self, name: str, value: object) -> None:
        """Change a property of the sheet: name, paper, landscape, language."""
        self._do(replace(self.template, **{name: value}), ("sheet", name))  # type: ignore[arg-type]

    def set_property(self, name: str, value: object) -> None:
        """Change a property of the chosen element; one after another of the same counts as one step."""
        element = self.element
        if element is not None and getattr(element, name) != value:
            self._put(replace(element, **{name: value}), (self.side, self.chosen, name))  # type: ignore[arg-type]

    def nudge(self, right: float, down: float) -> None:
        """Move the chosen element by millimetres, as far as the sheet reaches."""
        element = self.element
        if element is None:
            return
        width, height = extent(element)
        x = min(max(0.0, element.x + right), max(0.0, self.template.size[0] - width))
        y = min(max(0.0, element.y + down), max(0.0, self.template.size[1] - height))
        self._put(replace(element, x=round(x, 2), y=round(y, 2)), (self.side, self.chosen, "nudge"))

    def add(self, kind: ElementKind) -> bool:
        """Add an element in the middle of the side and choose it; False where there is no room for more."""
        if len(self.elements) >= MOST_ELEMENTS:
            return False
        width, height = self.template.size
        values = dict(_NEW[kind])
        if "text" in values:
            values["text"] = Translator(self.template.language)(values["text"])
        x = max(0.0, (width - values["width"]) / 2)
        element = Element(kind, round(x, 1), round(height / 2 - 10, 1), **values)
        self._set_elements((*self.elements, element), None)
        self.chosen = len(self.elements) - 1
        return True

    def remove(self) -> None:
        """Take the chosen element away."""
        if self.element is not None and self.chosen is not None:
            place = self.chosen
            self._set_elements((*self.elements[:place], *self.elements[place + 1 :]), None)
            self.chosen = min(place, len(self.elements) - 1) if self.elements else None

    def copy(self) -> None:
        """Put a copy of the chosen element a little below it."""
        element = self.element
        if element is not None and len(self.elements) < MOST_ELEMENTS:
            self._set_elements((*self.elements, element), None)
            self.chosen = len(self.elements) - 1
            self.nudge(0.0, 5.0)

    def show(self, side: Side) -> None:
        """Bring the other side into sight."""
        if side is not self.side:
            self.side, self.chosen, self._last = side, None, None

    def replace(self, template: Template) -> None:
        """Put another content in its place, as one step."""
        self._do(template, None)
        self.chosen = None

    def undo(self) -> bool:
        """Take the last step back; False where there is none."""
        return self._step(self._done, self._undone)

    def redo(self) -> bool:
        """Do again what was taken back."""
        return self._step(self._undone, self._done)

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        """Whether there is a step to do again."""
        return bool(self._undone)

    def _step(self, source: list[Template], target: list[Template]) -> bool:
        if not source:
            return False
        target.append(self.template)
        self.template = source.pop()
        self._last = None
        if self.chosen is not None and self.chosen >= len(self.elements):
            self.chosen = len(self.elements) - 1 if self.elements else None
        return True

    def _put(self, element: Element, what: object) -> None:
        assert self.chosen is not None
        place = self.chosen
        self._set_elements((*self.elements[:place], element, *self.elements[place + 1 :]), what)

    def _set_elements(self, elements: tuple[Element, ...], what: object) -> None:
        face = elements if self.side is Side.FACE else self.template.face
        reverse = elements if self.side is Side.REVERSE else self.template.reverse
        self._do(replace(self.template, face=face, reverse=reverse), what)

    def _do(self, template: Template, what: object) -> None:
        if template == self.template:
            return
        if what is None or what != self._last:
            self._done = [*self._done[-_MOST_STEPS:], self.template]
        self._undone.clear()
        self._last = what
        self.template = template


def label_of(element: Element, words: str, t: Translator) -> str:
    """An element in a list: its kind in words, and the beginning of its text or where it stands.

    So the three pictures of a diploma are told apart without trying them one by one."""
    text = " ".join(element.text.split()) if "text" in PROPERTIES_OF[element.kind] else ""
    if text:
        return f"{words} · {text if len(text) <= _MOST_LETTERS else text[: _MOST_LETTERS - 1].rstrip() + '…'}"
    place = t("{x} mm from the left, {y} from above", x=t.decimal(element.x), y=t.decimal(element.y))
    return f"{words} · {place}"
