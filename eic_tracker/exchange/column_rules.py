"""How the columns of one list are read: what header and values settle together, and what must be asked once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from eic_tracker.domain.codes import Sex
from eic_tracker.exchange.cells import Cell
from eic_tracker.exchange.dates import DateOrder, order_of_column
from eic_tracker.exchange.documents import GUATEMALA, HONDURAS, Hint, hint_of_header
from eic_tracker.exchange.headers import Field, NameOrder, order_told_by
from eic_tracker.exchange.person_names import divided_by_capitals, order_of
from eic_tracker.exchange.questions import (
    DATE_ORDER,
    DOCUMENT_COUNTRY,
    HIDDEN_ROWS,
    NAME_LINES,
    NAME_ORDER,
    SECTIONS,
    SEX_M,
    SWAPPED_DATES,
    Asked,
)
from eic_tracker.exchange.ranks import split_titles
from eic_tracker.exchange.rows import KnownTexts
from eic_tracker.exchange.sexes import letters_of_column
from eic_tracker.exchange.tables import Table
from eic_tracker.i18n import N_

_PLAIN = 0.9
"""Share of the names that must tell the same order."""
_SAMPLE = 500
"""Names that are looked at for their order."""
_DECISIVE = 3
"""One name in so many must tell an order at all."""
_ORDERS = (NameOrder.GIVEN_FIRST.value, NameOrder.FAMILY_FIRST.value)
_TAKE, _LEAVE_OUT = "take", "leave_out"
_JOIN, _PEOPLE = "join", "people"
KEEP, SWAP = "keep", "swap"


@dataclass(slots=True)
class ColumnRules:
    """What holds for all rows of one table."""

    table: Table
    known: KnownTexts
    asked: Asked
    today: dt.date
    name_order: NameOrder = NameOrder.GIVEN_FIRST
    comma_order: NameOrder = NameOrder.FAMILY_FIRST
    date_order: DateOrder = DateOrder.DAY_FIRST
    swap_dates: bool = False
    m: Sex = Sex.M
    document_country: str | None = None
    document_hint: Hint = field(default_factory=Hint)
    sections_are: Field | None = None
    carried: Mapping[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    """for a cell below the first of a cell merged downwards: that first cell"""
    continued: dict[int, tuple[int, ...]] = field(default_factory=dict)
    """for a row of a person the rows below it that only go on with the name"""

    def column(self, found: Field) -> list[Cell]:
        """The values of a field that are not empty."""
        column = self.table.columns.get(found)
        if column is None:
            return []
        return [cell for row in self.table.rows if (cell := self.table.sheet.at(row, column)) != ""]

    def header(self, found: Field) -> str:
        """The header of a field as the list writes it."""
        return self.table.headers.get(found, "")


def rules_of(table: Table, known: KnownTexts, asked: Asked, today: dt.date) -> ColumnRules:
    """The rules of a table; questions that stay open are noted in `asked`. Rows left out by an answer are gone."""
    rules = ColumnRules(table, known, asked, today)
    _settle_hidden(rules)
    _settle_name_lines(rules)
    _settle_names(rules)
    _settle_dates(rules)
    _settle_sexes(rules)
    rules.document_hint = hint_of_header(rules.header(Field.DOCUMENT))
    rules.document_country = asked.told(DOCUMENT_COUNTRY, (HONDURAS, GUATEMALA))
    told = asked.told(SECTIONS, (Field.UNIT.value, Field.INSTITUTION.value, "ignore"))
    rules.sections_are = Field(told) if told and told != "ignore" else None
    rules.carried = _merged_down(table)
    return rules


def _settle_names(rules: ColumnRules) -> None:
    header = rules.header(Field.NAME)
    told = order_told_by(header)
    if told is NameOrder.GIVEN_FIRST:
        rules.comma_order = told
    names = [split_titles(str(cell), rules.known.ranks).name for cell in rules.column(Field.NAME)[:_SAMPLE]]
    votes = [
        order_of(name)
        for name in names
        if "," not in name and len(name.split()) > 1 and divided_by_capitals(name) is None
    ]
    given, family = sum(1 for vote in votes if vote > 0), sum(1 for vote in votes if vote < 0)
    more = NameOrder.FAMILY_FIRST if family > given else NameOrder.GIVEN_FIRST
    plain = max(given, family) >= _PLAIN * (given + family) and max(given, family) * _DECISIVE >= len(votes)
    if told is not None and not (plain and more is not told and max(given, family) >= _DECISIVE):
        rules.name_order = told
    elif told is None and plain:
        rules.name_order = more
    elif votes:
        answer = rules.asked.ask(
            NAME_ORDER,
            header,
            N_("Which names stand first in {column}: given names or family names?"),
            _ORDERS,
            (told or more).value,
        )
        rules.name_order = NameOrder(answer)
        return
    answered = rules.asked.told(NAME_ORDER, _ORDERS)
    rules.name_order = NameOrder(answered) if answered else rules.name_order


def _settle_name_lines(rules: ColumnRules) -> None:
    """Where people are numbered, a name alone without a number may be the rest of the name above: asked once."""
    table = rules.table
    number, name = table.columns.get(Field.NUMBER), table.columns.get(Field.NAME)
    if number is None or name is None:
        return
    numbered = {row for row in table.rows if table.sheet.text(row, number)}
    found: dict[int, list[int]] = {}
    above = -1
    for row in range(table.first, len(table.sheet.cells)):
        filled = [column for column in range(*_whole(table.span)) if table.sheet.text(row, column)]
        if row in numbered:
            above = row
        elif filled == [name] and above >= 0 and row in table.may_go_on and row - 1 in {above, *found.get(above, ())}:
            found.setdefault(above, []).append(row)
    if not found or len(numbered) + sum(map(len, found.values())) < len(table.rows):
        return
    message = N_("Some rows hold a name alone, without a number. Does the name above go on there, or are they people?")
    if rules.asked.ask(NAME_LINES, rules.header(Field.NAME), message, (_JOIN, _PEOPLE), _JOIN) == _JOIN:
        rules.continued = {row: tuple(lines) for row, lines in found.items()}
        joined = {row for lines in found.values() for row in lines}
        table.rows = [row for row in table.rows if row not in joined]
        table.left_out = [each for each in table.left_out if each.row - 1 not in joined]


def _whole(span: tuple[int, int]) -> tuple[int, int]:
    return span[0], span[1] + 1


def _settle_dates(rules: ColumnRules) -> None:
    cells = rules.column(Field.BIRTH_DATE)
    header = rules.header(Field.BIRTH_DATE)
    found = order_of_column(cells)
    options = (DateOrder.DAY_FIRST.value, DateOrder.MONTH_FIRST.value)
    answer: str | None
    if found.open:
        message = N_("Is the day or the month first in the dates of {column}?")
        answer = rules.asked.ask(DATE_ORDER, header, message, options, found.order.value)
    else:
        answer = rules.asked.told(DATE_ORDER, options)
    rules.date_order = DateOrder(answer) if answer else found.order
    if found.swapped:
        message = N_(
            "In {column} all real dates have a day up to 12 and all texts a later one: a spreadsheet took day for "
            "month. Swap day and month of the real dates?"
        )
        rules.swap_dates = rules.asked.ask(SWAPPED_DATES, header, message, (KEEP, SWAP), SWAP) == SWAP


def _settle_sexes(rules: ColumnRules) -> None:
    letters = letters_of_column(str(cell) for cell in rules.column(Field.SEX))
    options = (Sex.M.value, Sex.F.value)
    answer: str | None
    if letters.open:
        message = N_("Does M in {column} mean a man (masculino) or a woman (mujer)?")
        answer = rules.asked.ask(SEX_M, rules.header(Field.SEX), message, options, letters.m.value)
    else:
        answer = rules.asked.told(SEX_M, options)
    rules.m = Sex(answer) if answer else letters.m


def _settle_hidden(rules: ColumnRules) -> None:
    hidden = rules.table.sheet.hidden_rows
    if hidden.isdisjoint(rules.table.rows):
        return
    message = N_("Some rows of the sheet are hidden. Take their people in, or leave them out?")
    if rules.asked.ask(HIDDEN_ROWS, "", message, (_TAKE, _LEAVE_OUT), _TAKE) == _LEAVE_OUT:
        rules.table.rows = [row for row in rules.table.rows if row not in hidden]


def _merged_down(table: Table) -> dict[tuple[int, int], tuple[int, int]]:
    """Cells that one value covers from above; a name or a document belongs to its first row alone."""
    carried: dict[tuple[int, int], tuple[int, int]] = {}
    for (top, left), (bottom, right) in table.sheet.merged:
        if left == right and top < bottom and table.first <= top:
            carried |= {(row, left): (top, left) for row in range(top + 1, min(bottom, len(table.sheet.cells) - 1) + 1)}
    return carried
