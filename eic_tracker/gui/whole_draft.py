"""What was said of a workbook or folder of lists, kept on this computer until they are stored or put away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from eic_tracker.gui.half_typed import HalfTyped
from eic_tracker.gui.notices import Notice
from eic_tracker.gui.theme import Tone
from eic_tracker.services.whole_workbook import WholeRequest

if TYPE_CHECKING:
    from eic_tracker.gui.whole_review_part import WholeReviewPart

FORM = "whole_workbook"


class WholeDraft(HalfTyped):
    """Keeps where the lists are and what was said of them; `left` is what the program ended with, not yet taken up."""

    def __init__(self, part: WholeReviewPart) -> None:
        super().__init__(part.around, self._said, part)
        self._part = part
        kept = self.open(FORM)
        self.left: Mapping[str, Any] | None = kept.content if kept is not None else None
        self.failed.connect(lambda text: part.noticed.emit(Notice(Tone.WARNING, text)))

    @property
    def path(self) -> Path | None:
        """Where the lists are that the program ended with; None where there are none."""
        path = self.left.get("path") if self.left is not None else None
        return Path(path) if isinstance(path, str) and path else None

    def take_up(self, request: WholeRequest) -> WholeRequest:
        """The lists as they are read anew, with what was said of them."""
        left, self.left = self.left or {}, None
        self._part.read_names()
        self._part.noticed.emit(Notice(Tone.INFO, self._part.t("What you had said of these lists is here again.")))
        return as_it_was(request, left)

    def with_what_stays(self, why: str) -> str:
        """Why the lists cannot be read, and that what was said of them is not lost by it."""
        if self.left is None:
            return why
        kept = self._part.t("What you had said of its lists stays kept until you open others.")
        return f"{why} {kept}"

    def forget(self) -> None:
        """They were stored or put away."""
        self.left = None
        super().forget()

    def _said(self) -> Mapping[str, Any] | None:
        """None where nothing was said yet."""
        path, request = self._part.path, self._part.request
        if path is None or request is None or not (request.answers or request.said or not request.repairs):
            return None
        return {
            "path": str(path),
            "lists": [each.name for each in request.sheets],
            "answers": dict(request.answers),
            "said": {name: dict(said) for name, said in request.said.items()},
            "repairs": request.repairs,
            "sender": request.sender,
        }


def as_it_was(request: WholeRequest, content: Mapping[str, Any]) -> WholeRequest:
    """The lists as they are read anew, those that were stored meanwhile left out, with what was said of the others.

    Who authorises exceptions is asked anew."""
    names, said = content.get("lists"), content.get("said")
    kept = tuple(each for each in request.sheets if isinstance(names, list) and each.name in names)
    of_lists = said.items() if isinstance(said, dict) else ()
    return replace(
        request,
        sheets=kept or request.sheets,
        answers=_texts(content.get("answers")),
        said={str(name): _texts(each) for name, each in of_lists},
        repairs=content.get("repairs") is not False,
        sender=str(content.get("sender") or ""),
    )


def _texts(value: object) -> dict[str, str]:
    return {str(name): str(text) for name, text in value.items()} if isinstance(value, dict) else {}
