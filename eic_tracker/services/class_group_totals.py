"""A class group that was counted in a historical total before its numbers were entered draws that total down."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlalchemy import Connection, RowMapping

from eic_tracker.domain.codes import Measure, ProgrammeKind
from eic_tracker.domain.permissions import ActingUser, Action, Right, require
from eic_tracker.errors import UserError
from eic_tracker.i18n import N_
from eic_tracker.queries.offering_form import TotalChoice, read_totals
from eic_tracker.queries.offerings import day
from eic_tracker.services.sign_in import actor
from eic_tracker.store.database import Database
from eic_tracker.store.tables.outreach import ClassGroup
from eic_tracker.store.transaction import Entry

_DATE_OF = {Measure.REACHED.value: "first_lesson_on", Measure.GRADUATED.value: "graduated_on"}
"""The day on which a group counts in a total, by what the total counts."""


@dataclass(frozen=True, slots=True)
class TotalsOfGroup:
    """The historical totals in whose period a class group counts, by key, and the one it draws down."""

    choices: Mapping[int, TotalChoice]
    present: int | None


def totals_for_group(db: Database, acting: ActingUser, key: int) -> TotalsOfGroup:
    """What a class group may be linked to; UserError where it is gone."""
    require(acting, Action.CLASS_GROUPS, Right.YES)
    with db.read() as connection:
        group = _group(connection, key)
        return TotalsOfGroup(_choices(connection, group), group["historical_total_id"])


def link_class_group(db: Database, acting: ActingUser, key: int, total: int | None) -> None:
    """Let a class group draw a historical total down, or none any more; UserError where it does not count in it."""
    require(acting, Action.CLASS_GROUPS, Right.YES)
    with db.write(Entry(actor(acting), "link_class_group", "")) as tx:
        group = _group(tx.connection, key)
        tx.entry = replace(tx.entry, label=str(group["code"]))
        if total is not None and total not in _choices(tx.connection, group):
            raise UserError(N_("The class group does not count in the period of this total; choose one of the list."))
        tx.update(ClassGroup, {key: {"historical_total_id": total}})


def _group(connection: Connection, key: int) -> RowMapping:
    row = (
        connection.exec_driver_sql(
            "SELECT code, programme_id, first_lesson_on, graduated_on, historical_total_id FROM class_group "
            "WHERE id = ?",
            (key,),
        )
        .mappings()
        .first()
    )
    if row is None:
        raise UserError(N_("This record is gone, or you may not see it."))
    return row


def _choices(connection: Connection, group: RowMapping) -> dict[int, TotalChoice]:
    totals = read_totals(connection, ProgrammeKind.OUTREACH)
    return {
        key: total
        for key, total in totals.items()
        if total.programme_id == group["programme_id"] and _counts_in(group, total)
    }


def _counts_in(group: RowMapping, total: TotalChoice) -> bool:
    column = _DATE_OF.get(total.measure)
    on: dt.date | None = day(group[column]) if column else None
    return on is not None and total.first_day <= on <= total.last_day
