"""What a new file knows of ranks, units and places, for tests of reading lists."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from eic_tracker import paths
from eic_tracker.domain.names import fold
from eic_tracker.exchange.lists import as_one, read_list
from eic_tracker.exchange.rows import KnownTexts, PersonRow, ReadList

TODAY = dt.date(2019, 6, 28)
EXAMPLES = Path(__file__).parent.parent / "data" / "lists"


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (paths.resources() / "reference" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


@cache
def known() -> KnownTexts:
    """The shipped reference lists."""
    units = {fold(row[column]): row["code"] for row in _rows("units") for column in ("name", "code")}
    return KnownTexts(
        ranks={fold(row["name"]): row["code"] for row in _rows("ranks")},
        institutions={fold(row[column]): row["code"] for row in _rows("institutions") for column in ("name", "code")},
        units=units | {fold(row["text"]): row["unit"] for row in _rows("unit_aliases")},
        municipalities=frozenset(row["code"] for row in _rows("municipalities")),
    )


def read(path: Path, *, repairs: bool = True, **answers: str) -> ReadList:
    """All lists of a file as one."""
    return as_one(read_list(path, "people", answers, known(), today=TODAY, repairs=repairs))


def codes(row: PersonRow) -> list[str]:
    """The codes of a row's problems."""
    return [problem.code for problem in row.problems]


def at(found: ReadList, row: int) -> PersonRow:
    """The person who stands in that row of the file."""
    (person,) = [person for person in found.rows if person.row == row]
    return person
