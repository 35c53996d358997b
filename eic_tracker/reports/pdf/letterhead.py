"""The head and the foot of an official paper: letterhead with empty emblem frames, signatures with room for seals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from eic_tracker.queries.report_data import Signature
from eic_tracker.reports.pdf import fonts
from eic_tracker.reports.pdf.lettering import fitted, wrapped
from eic_tracker.reports.pdf.page import INK, NAVY, RULE, SOFT, TEXT_WIDTH

_EMBLEM = 46.0
_SEAL = 35 * mm


class Letterhead(Flowable):  # type: ignore[misc]
    """The centred lines between three empty frames; the school adds its own emblems."""

    def __init__(self, lines: Sequence[str]) -> None:
        super().__init__()
        self.lines = tuple(lines)
        room = TEXT_WIDTH - 2 * _EMBLEM - 30
        self._rows = [(part, fonts.TEXT, size) for line in lines[:-1] for size, part in _parts(line, 9.6, room)]
        self._rows += [
            (part, fonts.TEXT_BOLD, size) for line in lines[-1:] for size, part in _parts(line.upper(), 13, room)
        ]

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        return TEXT_WIDTH, _EMBLEM + 8 + sum(size * 1.3 for _, _, size in self._rows) + 12

    def draw(self) -> None:
        canvas = self.canv
        _, height = self.wrap(0, 0)
        canvas.setStrokeColor(RULE)
        canvas.setLineWidth(0.5)
        for x in (0, TEXT_WIDTH / 2 - _EMBLEM / 2, TEXT_WIDTH - _EMBLEM):
            canvas.rect(x, height - _EMBLEM, _EMBLEM, _EMBLEM)
        y = height - _EMBLEM - 8
        for text, face, size in self._rows:
            y -= size * 1.3
            canvas.setFont(face, size)
            canvas.setFillColor(NAVY if face == fonts.TEXT_BOLD else INK)
            canvas.drawCentredString(TEXT_WIDTH / 2, y, text)
        canvas.setStrokeColor(NAVY)
        canvas.setLineWidth(1.1)
        canvas.line(0, 1, TEXT_WIDTH, 1)


@dataclass(frozen=True, slots=True)
class SignatureRoom:
    """Where somebody signs: what the signature means, and who, when it is known."""

    title: str
    who: Signature | None


class SignatureBlock(Flowable):  # type: ignore[misc]
    """Rooms for signatures side by side, each with 35 mm for a seal; unknown signers get lines to fill in."""

    def __init__(self, rooms: Sequence[SignatureRoom], words: tuple[str, str, str]) -> None:
        super().__init__()
        self.rooms = tuple(rooms)
        self.words = words
        self._name, self._post, self._seal = words

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        return TEXT_WIDTH, _SEAL + 84

    def draw(self) -> None:
        column = TEXT_WIDTH / len(self.rooms)
        for index, room in enumerate(self.rooms):
            self._draw_room(room, column * index + column / 2, column - 18)

    def _draw_room(self, room: SignatureRoom, centre: float, width: float) -> None:
        canvas = self.canv
        _, top = self.wrap(0, 0)
        canvas.setFont(fonts.TEXT_BOLD, 9.4)
        canvas.setFillColor(NAVY)
        canvas.drawCentredString(centre, top - 10, room.title)
        canvas.setStrokeColor(RULE)
        canvas.setLineWidth(0.4)
        canvas.setDash(1, 2.5)
        canvas.circle(centre, top - 20 - _SEAL / 2, _SEAL / 2)
        canvas.setDash()
        canvas.setFont(fonts.TEXT_ITALIC, 7)
        canvas.setFillColor(SOFT)
        canvas.drawCentredString(centre, top - 28, self._seal)
        canvas.setStrokeColor(INK)
        canvas.setLineWidth(0.6)
        line = top - 20 - _SEAL
        canvas.line(centre - width / 2, line, centre + width / 2, line)
        if room.who is None:
            self._draw_blanks(centre, width, line)
        else:
            self._draw_signer(room.who, centre, width, line)

    def _draw_blanks(self, centre: float, width: float, y: float) -> None:
        canvas = self.canv
        canvas.setFont(fonts.TEXT, 8)
        canvas.setFillColor(SOFT)
        for word in (self._name, self._post):
            y -= 22
            canvas.drawString(centre - width / 2, y + 1, f"{word}:")
            start = centre - width / 2 + fonts.width(f"{word}: ", fonts.TEXT, 8)
            canvas.setLineWidth(0.4)
            canvas.line(start, y, centre + width / 2, y)

    def _draw_signer(self, who: Signature, centre: float, width: float, y: float) -> None:
        canvas = self.canv
        canvas.setFillColor(INK)
        for text, face, size in (
            (who.rank, fonts.TEXT, 8.4),
            (who.name, fonts.TEXT_BOLD, 9),
            (who.post, fonts.TEXT, 8.2),
        ):
            for part in wrapped(text, face, size, width) if text else ():
                y -= 11
                canvas.setFont(face, size)
                canvas.drawCentredString(centre, y, part)


def _parts(text: str, size: float, room: float) -> list[tuple[float, str]]:
    fitting, parts = fitted(text, fonts.TEXT_BOLD, size, room)
    return [(fitting, part) for part in parts]
