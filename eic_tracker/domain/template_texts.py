"""Texts of templates: {field}, {g:he|she}, [pieces that go away where a field is empty|what stands instead]."""

from __future__ import annotations

import re
from collections.abc import Mapping

from eic_tracker.domain.codes import Sex
from eic_tracker.domain.template_elements import FIELDS

_FIELD = re.compile(r"\{([^{}\n]*)\}")
_PIECE = re.compile(r"\[([^\[\]]*)\]")
_BLANKS = re.compile(" +")


def unknown_fields(text: str) -> tuple[str, ...]:
    """The names in braces that no certificate has, in their order; a stray brace or bracket counts as one."""
    found = [name for name in _FIELD.findall(text) if name not in FIELDS and not _is_gendered(name)]
    rest = _FIELD.sub("", text)
    stray = [mark for mark in "{}" if mark in rest]
    stray += [mark for mark in "[]" if mark in _PIECE.sub("", rest)]
    return (*found, *stray)


def fields_in(text: str) -> frozenset[str]:
    """The fields that a text prints; gendered forms count as "g"."""
    return frozenset("g" if _is_gendered(name) else name for name in _FIELD.findall(text))


def filled(text: str, values: Mapping[str, str], sex: Sex) -> tuple[str, ...]:
    """The lines of a text with its fields; a line whose fields are all empty goes away.

    Gendered forms: the first for men, the second for women; where sex is not recorded the third, or both with a stroke.
    """
    lines: list[str] = []
    for line in _PIECE.sub(lambda match: _piece(match[1], values), text).split("\n"):
        asked = [name for name in _FIELD.findall(line) if not _is_gendered(name)]
        if not asked or any(values.get(name) for name in asked):
            lines += [_BLANKS.sub(" ", part).strip() for part in _put_in(line, values, sex).split("\n")]
    while lines and not lines[-1]:
        del lines[-1]
    return tuple(lines)


def _piece(piece: str, values: Mapping[str, str]) -> str:
    """A piece in brackets without them; where one of its fields is empty what stands after its stroke, or nothing."""
    said, instead = _outside_braces(piece)
    asked = [name for name in _FIELD.findall(said) if not _is_gendered(name)]
    return said if all(values.get(name) for name in asked) else instead


def _outside_braces(piece: str) -> tuple[str, str]:
    """The piece before and after its first stroke that is not one of a gendered form."""
    hidden = _FIELD.sub(lambda match: "\0" * len(match[0]), piece)
    place = hidden.find("|")
    return (piece, "") if place < 0 else (piece[:place], piece[place + 1 :])


def _put_in(text: str, values: Mapping[str, str], sex: Sex) -> str:
    return _FIELD.sub(lambda match: _form(match[1], sex) if _is_gendered(match[1]) else values.get(match[1], ""), text)


def _is_gendered(name: str) -> bool:
    return name.startswith("g:") and 1 <= name.count("|") <= 2


def _form(name: str, sex: Sex) -> str:
    forms = name.removeprefix("g:").split("|")
    if sex is Sex.U:
        return forms[2] if len(forms) > 2 else "/".join(forms)
    return forms[1 if sex is Sex.F else 0]
