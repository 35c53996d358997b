"""Codes that papers bear: by which a sheet that comes back finds its course or class group, and what an act froze.

Digits and letters that nobody confuses (Crockford's base 32: no I, L, O, U); typed ones are read forgivingly."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1"})
_SHEET = "HA"
_GROUP = "FG"
_UID_DIGITS = 10
"""Hexadecimal digits of a course's identity on a sheet: 40 bits, 8 characters."""

_UID_CHARACTERS, _CHECK_CHARACTERS = 8, 2
_ACT_DIGITS = 20
"""Hexadecimal digits of an act's digest in its code: 80 bits, 16 characters."""


@dataclass(frozen=True, slots=True)
class SheetCode:
    """What a page of an attendance sheet says of itself: beginning of its course's identity, week and page from 1."""

    uid_start: str
    """ten hexadecimal digits"""
    week: int
    page: int

    @property
    def text(self) -> str:
        """The code as it is printed: HA-4KX92M7Q-003-01-Z8."""
        body = f"{_base32(int(self.uid_start, 16), _UID_CHARACTERS)}-{self.week:03d}-{self.page:02d}"
        return f"{_SHEET}-{body}-{_check(body)}"


def sheet_code(uid: str, week: int, page: int) -> SheetCode:
    """The code of a page of a course's attendance sheets."""
    return SheetCode(uid[:_UID_DIGITS], week, page)


_WRITTEN = re.compile(
    rf"{_SHEET}([{_ALPHABET}]{{{_UID_CHARACTERS}}})([0-9]{{3}})([0-9]{{2}})([{_ALPHABET}]{{{_CHECK_CHARACTERS}}})"
)


def read_sheet_code(text: str) -> SheetCode | None:
    """The code that a symbol or a person says, blanks and hyphens as one likes; None where it is none or mistyped."""
    found = _WRITTEN.fullmatch(_plain(text))
    if found is None:
        return None
    uid, week, page, check = found.groups()
    if _check(f"{uid}-{week}-{page}") != check or not int(week) or not int(page):
        return None
    return SheetCode(f"{_number(uid):0{_UID_DIGITS}x}", int(week), int(page))


def canonical_text(said: Mapping[str, object]) -> str:
    """What a paper says as the JSON over which its digest is taken: sorted keys, no blanks, days as ISO writes them."""
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=dt.date.isoformat)


def text_digest(text: str) -> str:
    """The SHA-256 of a canonical text, hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def group_sheet_code(uid: str) -> str:
    """What the sheet of a class group prints: FG-4KX92M7Q-Z8, from the beginning of the group's identity."""
    body = _base32(int(uid[:_UID_DIGITS], 16), _UID_CHARACTERS)
    return f"{_GROUP}-{body}-{_check(f'{_GROUP}-{body}')}"


_WRITTEN_GROUP = re.compile(rf"{_GROUP}([{_ALPHABET}]{{{_UID_CHARACTERS}}})([{_ALPHABET}]{{{_CHECK_CHARACTERS}}})")


def read_group_sheet_code(text: str) -> str | None:
    """The beginning of the identity of the class group that a code names; None where it is none or mistyped."""
    found = _WRITTEN_GROUP.fullmatch(_plain(text))
    if found is None or _check(f"{_GROUP}-{found[1]}") != found[2]:
        return None
    return f"{_number(found[1]):0{_UID_DIGITS}x}"


def act_code(digest: str) -> str:
    """The 16 characters of a digest (hexadecimal) that an act prints: 4KX9-2M7Q-Z8T1-0ABC."""
    whole = _base32(int(digest[:_ACT_DIGITS], 16), _ACT_DIGITS * 4 // 5)
    return "-".join(whole[start : start + 4] for start in range(0, len(whole), 4))


def digest_start(code: str) -> str | None:
    """The beginning of the digest that an act's code stands for; None where it is no such code."""
    plain = _plain(code)
    if len(plain) != _ACT_DIGITS * 4 // 5 or any(letter not in _ALPHABET for letter in plain):
        return None
    return f"{_number(plain):0{_ACT_DIGITS}x}"


def _plain(text: str) -> str:
    return re.sub(r"[\s\-–—_.]", "", text).upper().translate(_MISREAD)


def _check(body: str) -> str:
    """Two characters by which a mistyped code shows: ten bits of a digest."""
    bits = int.from_bytes(hashlib.sha256(body.encode()).digest()[:2], "big") >> 6
    return _base32(bits, _CHECK_CHARACTERS)


def _base32(number: int, characters: int) -> str:
    return "".join(_ALPHABET[(number >> 5 * place) & 31] for place in reversed(range(characters)))


def _number(text: str) -> int:
    number = 0
    for letter in text:
        number = number << 5 | _ALPHABET.index(letter)
    return number
