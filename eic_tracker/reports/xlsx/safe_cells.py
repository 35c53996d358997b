"""Data in workbooks: text stays text, whatever it begins with, and criteria match exactly what they name."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable

MAX_TEXT = 32_767
"""What one Excel cell holds, in UTF-16 units."""
MAX_SHEET_NAME = 31

_FORMULA_STARTS = tuple("=+-@\t\r\n\0＝＋－＠")
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_NOT_PLAIN_IN_CRITERIA = re.compile(r"^[=<>]|[*?~]")


def safe_text(value: object) -> str:
    """The value as text that every spreadsheet program can hold: no control characters, at most 32,767 units."""
    text = _UNWRITABLE.sub("\ufffd", str(value).replace("\r\n", "\n").replace("\r", "\n"))
    if len(text) > MAX_TEXT // 2:
        text = text.encode("utf-16-le")[: MAX_TEXT * 2].decode("utf-16-le", errors="ignore")
    if text.startswith("<r>") and text.endswith("</r>"):
        # XlsxWriter passes such a text through as ready-made rich text, unescaped
        text = text[: MAX_TEXT - 1] + " "
    return text


def looks_like_formula(text: str) -> bool:
    """Whether a program that re-reads the text might calculate it; such cells also get the text prefix."""
    return text.lstrip(" ").startswith(_FORMULA_STARTS)


def sheet_name(text: str, taken: Container[str] = ()) -> str:
    """A name that Excel accepts for a sheet: at most 31 characters, none forbidden, not one of `taken`."""
    name = _NOT_IN_SHEET_NAMES.sub(" ", safe_text(text)).strip().strip("'")[:MAX_SHEET_NAME].strip() or "-"
    number, unique = 2, name
    while unique.casefold() in taken:
        unique = f"{name[: MAX_SHEET_NAME - len(str(number)) - 1]} {number}"
        number += 1
    return unique


def quoted(text: str) -> str:
    """The text as a literal inside a formula."""
    return '"' + text.replace('"', '""') + '"'


def matching(texts: Iterable[str], reference: str) -> str:
    """The criterion by which COUNTIFS and SUMIFS find exactly the text of the cell `reference`, one of `texts`.

    Both read operators at the start and * ? ~ anywhere as instructions, so such texts are taken apart first."""
    if not any(_NOT_PLAIN_IN_CRITERIA.search(text) for text in texts):
        return reference
    return f'"="&SUBSTITUTE(SUBSTITUTE(SUBSTITUTE({reference},"~","~~"),"*","~*"),"?","~?")'
