"""Answers on verification as they are pasted from an e-mail or a sheet: who, result, dates, tracking number."""

from __future__ import annotations

import datetime as dt

from eic_tracker.domain.dates import parse_date
from eic_tracker.domain.names import fold
from eic_tracker.domain.vetting_rules import VettingAnswer, result_of
from eic_tracker.errors import UserError
from eic_tracker.exchange.clipboard import pasted_sheet

_SHORTEST_NUMBER = 6
"""Digits from which a number may be that of a document."""
_TITLES = frozenset(
    [
        "nombre",
        "nombres",
        "apellidos",
        "persona",
        "dni",
        "identidad",
        "documento",
        "resultado",
        "respuesta",
        "estado",
        "fecha",
        "respondido",
        "vence",
        "vencimiento",
        "expira",
        "tramite",
        "seguimiento",
        "caso",
        "numero",
        "no",
        "n",
        "name",
        "surname",
        "id",
        "document",
        "result",
        "answer",
        "status",
        "date",
        "expires",
        "expiry",
        "tracking",
        "case",
        "number",
    ]
)


def pasted_answers(text: str, name: str, today: dt.date) -> tuple[VettingAnswer, ...]:
    """The answers in a pasted text, row by row; columns are known by what stands in them, a row of titles is left out.

    What is no result stays in `result` as it is written, so that it is told; nothing is guessed."""
    found = []
    for place, cells in enumerate(pasted_sheet(text, name).cells):
        written = [str(cell).strip() for cell in cells if str(cell or "").strip()]
        if not written or (place == 0 and _is_title(written)):
            continue
        found.append(_answer(written, today))
    return tuple(found)


def _is_title(written: list[str]) -> bool:
    words = [word for cell in written for word in fold(cell).split()]
    return not any(result_of(cell) for cell in written) and any(word in _TITLES for word in words)


def _answer(written: list[str], today: dt.date) -> VettingAnswer:
    """A row: the word of the result, then dates, then the number of a document; a name; what is left is tracked."""
    left = list(written)
    result = next((cell for cell in left if result_of(cell)), None)
    if result is not None:
        left.remove(result)
    days = [(cell, day) for cell in left if (day := _day(cell, today)) is not None]
    for cell, _ in days:
        left.remove(cell)
    who = next((cell for cell in left if _is_document(cell)), None)
    if who is None:
        who = next((cell for cell in left if len(fold(cell).split()) > 1 and not any(map(str.isdigit, cell))), None)
    if who is None and left:
        who = left[0]
    if who is not None:
        left.remove(who)
    words = [cell for cell in left if not any(map(str.isdigit, cell))]
    if result is None and words:
        # no result that is known: the last word of the row is told as what it is
        result = words[-1]
    # beside the number of a document the name says nothing more
    left = [cell for cell in left if cell not in words]
    return VettingAnswer(
        who or "",
        result or "",
        days[0][1] if days else None,
        " ".join(left),
        days[1][1] if len(days) > 1 else None,
    )


def _is_document(cell: str) -> bool:
    plain = "".join(character for character in cell if character.isalnum())
    return plain.isdigit() and len(plain) >= _SHORTEST_NUMBER


def _day(cell: str, today: dt.date) -> dt.date | None:
    """A whole date; a bare number is none, nor is a day without its year."""
    separated = sum(cell.count(mark) for mark in "/-. ")
    if separated < 2 or not any(map(str.isdigit, cell)):
        return None
    try:
        return parse_date(cell.partition(" 00:00")[0], today)
    except UserError:
        return None
