"""Signs in a text that people do not type: told with the text, and taken out only in sight."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from eic_tracker.i18n import N_

LONGEST = 120
"""Characters that a name, a unit or a rank has at most."""

_TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_WIDTHLESS = frozenset("\u200b\u200c\u200d\u2060\ufeff\u00ad\u180e\u2061\u2062\u2063\u2064")
_MARKUP = re.compile(r"<\s*/?\s*[a-zA-Z!][^>]*>|&(?:[a-zA-Z]{2,8}|#[0-9]{1,6});")
_FORMULA = re.compile(r"[=+\-@＝＋－＠]")
_BROKEN = re.compile(r"Ã[\x80-\xbf¡-¿ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|Â[\xa0-\xbf]")
_SCRIPTS = ("LATIN", "GREEK", "CYRILLIC", "ARMENIAN", "HEBREW", "ARABIC", "CJK", "HIRAGANA", "KATAKANA", "HANGUL")


REFUSED = frozenset({"mixed_scripts", "too_long", "markup"})
"""Codes that keep a row out until somebody looked; of the others those without a proposal are warnings."""

ODD = {
    "direction_marks": N_("{value} holds marks that turn the direction of writing; without them: {proposal}."),
    "zero_width": N_("{value} holds signs that nobody sees; without them: {proposal}."),
    "control_characters": N_("{value} holds control characters; without them: {proposal}."),
    "unreadable_letter": N_("{value} has a letter that could not be read. Type it."),
    "broken_letters": N_("{value} was broken on the way; it was {proposal}."),
    "mixed_scripts": N_("{value} mixes letters of different alphabets that look alike. Type it anew."),
    "other_script": N_("{value} is not written in Latin letters."),
    "too_long": N_("{value} is longer than such a text can be."),
    "markup": N_("{value} holds marks of a web page."),
    "formula_text": N_("{value} begins like a formula."),
}
"""What is said of each."""


@dataclass(frozen=True, slots=True)
class Oddity:
    """A stable code, and the text without what is odd where that is plain."""

    code: str
    proposal: str | None


def oddity(text: str) -> Oddity | None:
    """The first odd thing in a text: signs without a shape, mixed alphabets, broken letters, markup, a formula."""
    if text.isascii() and text.isprintable() and len(text) <= LONGEST and not _FORMULA.match(text) and "<" not in text:
        return None if "&" not in text or not _MARKUP.search(text) else Oddity("markup", None)
    mended = _mended(text) if _BROKEN.search(text) else None
    if mended is not None:
        return Oddity("broken_letters", mended)
    for code, signs in (("direction_marks", _TURNING), ("zero_width", _WIDTHLESS)):
        if any(ch in signs for ch in text):
            return Oddity(code, without_marks(text))
    if any(unicodedata.category(ch) in {"Cc", "Co", "Cs", "Cn"} for ch in text if ch not in "\n\r\t"):
        return Oddity("control_characters", without_marks(text))
    return _wrong_letters(text) or _wrong_shape(text)


def without_marks(text: str) -> str:
    """The text without signs that have no shape."""
    kept = "".join(
        " " if ch in "\n\r\t" else ch
        for ch in text
        if ch in "\n\r\t"
        or not (ch in _TURNING or ch in _WIDTHLESS or unicodedata.category(ch) in {"Cc", "Co", "Cs", "Cn"})
    )
    return " ".join(kept.split())


def _wrong_letters(text: str) -> Oddity | None:
    if "\ufffd" in text:
        return Oddity("unreadable_letter", None)
    if _BROKEN.search(text):
        return Oddity("unreadable_letter", None)
    scripts = {_script(ch) for ch in text if ch.isalpha()} - {""}
    if len(scripts) > 1 or scripts - {"LATIN"}:
        return Oddity("mixed_scripts" if len(scripts) > 1 else "other_script", None)
    return None


def _wrong_shape(text: str) -> Oddity | None:
    if len(text) > LONGEST:
        return Oddity("too_long", None)
    if _MARKUP.search(text):
        return Oddity("markup", None)
    if _FORMULA.match(text) and any(ch.isalnum() for ch in text):
        return Oddity("formula_text", None)
    return None


def _mended(text: str) -> str | None:
    """Letters that were written as UTF-8 and read as Windows-1252, read again."""
    try:
        return _BROKEN.sub(lambda found: b"".join(_byte(ch) for ch in found[0]).decode("utf-8"), text)
    except UnicodeError:
        return None


def _byte(letter: str) -> bytes:
    try:
        return letter.encode("cp1252")
    except UnicodeError:
        return letter.encode("latin-1")


def _script(letter: str) -> str:
    name = unicodedata.name(letter, "")
    return next(
        (script for script in _SCRIPTS if name.startswith(script)), "" if name.startswith("FULLWIDTH") else name
    )
