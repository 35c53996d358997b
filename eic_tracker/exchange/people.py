"""The people of one table: each row's values together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from eic_tracker.exchange.by_hand import ByHand
from eic_tracker.exchange.column_rules import ColumnRules, rules_of
from eic_tracker.exchange.headers import Field
from eic_tracker.exchange.questions import HIDDEN_ROWS, Asked
from eic_tracker.exchange.row_values import RowValues
from eic_tracker.exchange.rows import KnownTexts, PersonRow
from eic_tracker.exchange.tables import Table


def read_people(table: Table, known: KnownTexts, asked: Asked, today: dt.date, by_hand: ByHand) -> list[PersonRow]:
    """The people of a table in its order; repairs are applied and told, questions noted in `asked`."""
    rules = rules_of(table, known, asked, today)
    return [_person(rules, row, by_hand.typed.get((table.place, row + 1), {})) for row in table.rows]


def _person(rules: ColumnRules, row: int, typed: Mapping[str, str]) -> PersonRow:
    values = RowValues(rules, row, typed)
    names = values.names()
    document = values.document()
    birth = values.birth_date()
    sex = values.sex()
    values.compare_years(document, birth)
    if row in rules.table.sheet.hidden_rows and HIDDEN_ROWS in rules.asked.open:
        values.waits.append(HIDDEN_ROWS)
    rank = values.rank(names.rank)
    unit = values.mapped(Field.UNIT, rules.known.units)
    institution = values.mapped(Field.INSTITUTION, rules.known.institutions)
    phone, police_number = values.phone(), values.plain(Field.POLICE_NUMBER)
    birth_place = values.plain(Field.BIRTH_PLACE)
    return PersonRow(
        row=row + 1,
        sheet=rules.table.place,
        document=document.number,
        document_type=document.kind,
        country=document.country,
        given_names=names.given,
        family_names=names.family,
        sex=None if sex is None else sex.value,
        birth_date=birth,
        rank=rank,
        unit=unit,
        institution=institution,
        phone=phone,
        police_number=police_number,
        birth_place=birth_place,
        problems=(*values.typed_over(), *values.problems),
        waits_for=tuple(dict.fromkeys(values.waits)),
        written=values.written(),
        named=values.written_name() if typed.keys() & {"given_names", "family_names"} else None,
    )
