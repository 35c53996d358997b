"""Rows that stayed out of a list and were kept, read once more: as they stood, or as they were understood then."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from eic_tracker.exchange.by_hand import ByHand, with_choices
from eic_tracker.exchange.cells import Cell, Sheet
from eic_tracker.exchange.headers import Field
from eic_tracker.exchange.people import read_people
from eic_tracker.exchange.questions import Asked
from eic_tracker.exchange.repeated import mark_repeated
from eic_tracker.exchange.rows import KnownTexts, PersonRow, Question, ReadList, RowKey
from eic_tracker.exchange.tables import Table


@dataclass(frozen=True, slots=True)
class KeptRow:
    """A row of an earlier list: where it stood, and its cells by field."""

    key: RowKey
    cells: Mapping[str, str]


def read_kept(
    kept: Sequence[KeptRow],
    file: str,
    answers: Mapping[str, str],
    known: KnownTexts,
    *,
    today: dt.date,
    repairs: bool = True,
    by_hand: ByHand,
) -> ReadList:
    """The rows as one list under their old numbers."""
    rows: list[PersonRow] = []
    questions: dict[str, Question] = {}
    for name in dict.fromkeys(each.key[0] for each in kept):
        asked = Asked(answers)
        table = _table(name, [each for each in kept if each.key[0] == name])
        rows += read_people(table, known, asked, today, by_hand)
        questions |= asked.open
    rows = mark_repeated([with_choices(row, by_hand, repairs=repairs) for row in rows])
    sheet = rows[0].sheet if rows else ""
    return ReadList(file, sheet, 0, {}, tuple(rows), tuple(questions.values()))


def _table(name: str, kept: Sequence[KeptRow]) -> Table:
    """A sheet that has a column for each field, and the rows where they stood."""
    fields = [found for found in Field if any(found.value in each.cells for each in kept)]
    cells: list[list[Cell]] = [[] for _ in range(max(each.key[1] for each in kept))]
    for each in kept:
        cells[each.key[1] - 1] = [each.cells.get(found.value, "") for found in fields]
    columns = {found: number for number, found in enumerate(fields)}
    table = Table(Sheet(name, cells), None, 0, columns, {}, (0, max(len(fields) - 1, 0)))
    return replace(table, rows=sorted(each.key[1] - 1 for each in kept))
