"""Lists and pages made to keep a reader busy are done with in seconds, with rows or one sentence."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest

from eic_tracker.errors import FileProblem
from eic_tracker.exchange.cells import Cell, Sheet
from eic_tracker.exchange.clipboard import read_pasted
from eic_tracker.exchange.lists import lists_of
from tests.exchange.known import TODAY, known

SECONDS = 20.0
"""Of this process; minutes where work grows with the square of what is read."""

PAGES = {
    "comments that never end": "<table>" + "<!--" * 200_000,
    "conditions that never end": "<table>" + "<![" * 200_000,
    "instructions that never end": "<table>" + "<?" * 200_000,
    "tags that never end": "<table>" + "<a " * 200_000,
    "entities": "<table><tr><td>" + "&amp;" * 500_000 + "</td></tr></table>",
    "attributes": "<table><tr><td " + "a=1 " * 300_000 + "></td></tr></table>",
    "tables inside tables": "<table><tr><td>" * 3_000 + ">",
    "cells over many rows": "<table>" + "<tr><td rowspan=50 colspan=150>x" * 5_000 + "</table>",
}
TEXTS = {
    "quotes": '"' * 400_000,
    "quotes and tabs": '"\t' * 200_000,
    "spaces": (" " * 1_999 + "x\n") * 1_900,
    "digits": "1" * 1_000_000,
    "documents begun": "0801 " * 300_000,
}
NAMES_200: list[list[Cell]] = [["Nombre"] * 200]
NAMES_200 += [["Juan Pérez"] * 200] * 240
SHEETS: dict[str, list[list[Cell]]] = {
    "a header in every row": [["Nombre", "Identidad"]] * 50_000,
    "a header above every person": [["Nombre", "Identidad"], ["Juan Pérez", "0801199012345"]] * 20_000,
    "two hundred lists side by side": NAMES_200,
    "a hundred columns of nothing": [[f"a{row}b{column}" for column in range(100)] for row in range(3_000)],
    "names of forty thousand letters": [["Nombre", "DNI"], ["de la " * 20_000, "1e" + "9" * 10_000]],
    "numbers of a hundred thousand digits": [
        ["Nombre", "DNI", "Nacimiento"],
        ["Ana Paz", "0" * 100_000, "1/" * 50_000],
    ],
}


def done(started: float) -> bool:
    return time.process_time() - started < SECONDS


@pytest.mark.parametrize("kind", [*PAGES, *TEXTS])
def test_what_is_pasted_is_done_with_in_seconds(kind: str) -> None:
    started = time.process_time()
    with pytest.raises(FileProblem):
        read_pasted(TEXTS.get(kind, ""), PAGES.get(kind, ""), "lo pegado", {}, known(), today=TODAY)
    assert done(started)


@pytest.mark.parametrize("kind", SHEETS)
def test_a_sheet_is_done_with_in_seconds(kind: str) -> None:
    started = time.process_time()
    with suppress(FileProblem):
        lists_of([Sheet("Hoja", SHEETS[kind])], "lista", {}, known(), today=TODAY)
    assert done(started)


def test_more_people_side_by_side_than_any_list_has_are_told() -> None:
    rows = [*NAMES_200, *NAMES_200[1:]]
    with pytest.raises(FileProblem, match="lists 96000 people"):
        lists_of([Sheet("Hoja", rows)], "lista", {}, known(), today=TODAY)
