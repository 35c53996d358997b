"""Words of lists are mapped once to a rank, a unit or an institution, and remembered; one entry, one undo."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlmodel import SQLModel

from eic_tracker.domain.drafts import DraftProblem
from eic_tracker.domain.list_rules import item_problems, tidied
from eic_tracker.domain.names import fold
from eic_tracker.domain.permissions import ActingUser, Action, require
from eic_tracker.domain.school_lists import LISTS, ListDraft, ListKind
from eic_tracker.errors import Refused, UserError
from eic_tracker.i18n import N_
from eic_tracker.queries.unmapped import COLUMNS, UnmappedText, read_unmapped
from eic_tracker.services.lists import save_item_within
from eic_tracker.services.sign_in import actor
from eic_tracker.store.database import Database
from eic_tracker.store.tables.courses import Enrolment
from eic_tracker.store.tables.reference import InstitutionAlias, RankAlias, UnitAlias
from eic_tracker.store.transaction import Entry, Tx

_ALIASES: dict[str, type[SQLModel]] = {"rank": RankAlias, "unit": UnitAlias, "institution": InstitutionAlias}


def unmapped_texts(db: Database, acting: ActingUser) -> tuple[UnmappedText, ...]:
    """The words of lists that nobody mapped yet, with the number of people behind each, the most first."""
    require(acting, Action.ENROL)
    with db.read() as connection:
        return read_unmapped(connection)


def map_to_new_item(
    db: Database, acting: ActingUser, names: str, text: str, values: Mapping[str, object]
) -> tuple[int, int]:
    """Add a rank, unit or institution to its list and map words to it, in one entry; its key, how many rows changed.

    DraftRefused with all problems of the item."""
    require(acting, Action.ENROL)
    require(acting, Action.EDIT_LISTS)
    folded = _checked(names, text)
    with db.write(Entry(actor(acting), "map_text", names)) as tx:
        key = save_item_within(tx, ListDraft(ListKind(names), values))
        tx.entry = replace(tx.entry, label=names)
        return key, _map(tx, names, text, folded, key)


def item_problems_of(names: str, values: Mapping[str, object]) -> tuple[DraftProblem, ...]:
    """What is wrong with a new item on its own, before it is looked at beside the list."""
    spec = LISTS[ListKind(names)]
    return item_problems(spec, tidied(spec, values))


def map_text(db: Database, acting: ActingUser, names: str, text: str, key: int) -> int:
    """Map words to the rank, unit or institution of this key, now and for all lists to come; how many rows changed.

    `names` is rank, unit or institution. Refused where the words mean something else already."""
    require(acting, Action.ENROL)
    folded = _checked(names, text)
    with db.write(Entry(actor(acting), "map_text", names)) as tx:
        row = tx.connection.exec_driver_sql(f"SELECT id, code FROM {names} WHERE id = ?", (key,)).first()
        if row is None:
            raise UserError(N_("This is no longer in the list; choose another."))
        return _map(tx, names, text, folded, key)


def _checked(names: str, text: str) -> str:
    """The words folded; UserError where there are none."""
    if names not in COLUMNS:
        raise ValueError(names)
    folded = fold(text)
    if not folded:
        raise UserError(N_("Choose the words that are to be mapped."))
    return folded


def _map(tx: Tx, names: str, text: str, folded: str, key: int) -> int:
    _remember(tx, names, folded, text, key)
    changed = _rows_with(tx, names, folded)
    text_column, key_column = COLUMNS[names]
    columns: dict[str, Any] = {text_column: None, key_column: key}
    tx.update(Enrolment, dict.fromkeys(changed, columns))
    if names == "unit":
        _give_institution(tx, changed, key)
    return len(changed)


def _remember(tx: Tx, names: str, folded: str, text: str, key: int) -> None:
    known = tx.connection.exec_driver_sql(
        f"SELECT x.{names}_id, t.name FROM {names}_alias x JOIN {names} t ON t.id = x.{names}_id WHERE x.match_key = ?",
        (folded,),
    ).first()
    if known is None:
        tx.insert(_ALIASES[names], [{"match_key": folded, "text": " ".join(text.split()), f"{names}_id": key}])
    elif known[0] != key:
        raise Refused(N_("“{text}” means {name} already; change that in the list first."), text=text, name=known[1])


def _rows_with(tx: Tx, names: str, folded: str) -> list[int]:
    return [
        enrolment
        for each in read_unmapped(tx.connection)
        if each.names == names and fold(each.text) == folded
        for enrolment in each.enrolments
    ]


def _give_institution(tx: Tx, enrolments: list[int], unit: int) -> None:
    """Where a roster did not say the institution, it is the unit's."""
    institution = tx.connection.exec_driver_sql("SELECT institution_id FROM unit WHERE id = ?", (unit,)).scalar_one()
    open_rows = {
        key
        for (key,) in tx.connection.exec_driver_sql(
            "SELECT id FROM enrolment WHERE institution_id IS NULL AND institution_text IS NULL"
        )
    }
    tx.update(Enrolment, {key: {"institution_id": institution} for key in enrolments if key in open_rows})
