"""What lists may name and the file knows: ranks, units, institutions with all their spellings, places, columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from eic_tracker.domain.names import fold
from eic_tracker.queries.enrolling import Service

_SPELLINGS = {
    "rank": "SELECT text, rank_id FROM rank_alias",
    "unit": "SELECT text, unit_id FROM unit_alias",
    "institution": "SELECT text, institution_id FROM institution_alias",
}


@dataclass(frozen=True, slots=True)
class Spellings:
    """Keys of ranks, units and institutions by every folded spelling, and the code of each key."""

    ranks: Mapping[str, int]
    units: Mapping[str, int]
    institutions: Mapping[str, int]
    codes: Mapping[str, Mapping[int, str]]

    def service(self, rank: str | None, unit: str | None, institution: str | None) -> Service:
        """A post as a list names it: keys where the words are known, else the words themselves."""
        rank_id, rank_text = _known(self.ranks, rank)
        unit_id, unit_text = _known(self.units, unit)
        institution_id, institution_text = _known(self.institutions, institution)
        return Service(rank_id, unit_id, institution_id, rank_text, unit_text, institution_text)

    def by_code(self, table: str) -> dict[str, str]:
        """The codes of `rank`, `unit` or `institution` by every folded spelling."""
        keys = {"rank": self.ranks, "unit": self.units, "institution": self.institutions}[table]
        return {spelling: self.codes[table][key] for spelling, key in keys.items()}


def _known(spellings: Mapping[str, int], text: str | None) -> tuple[int | None, str | None]:
    if not text:
        return None, None
    key = spellings.get(fold(text))
    return (key, None) if key is not None else (None, text)


def read_spellings(connection: Connection) -> Spellings:
    """All spellings; a name goes before a code, a mapped text before a name, what is in use before what ended."""
    found: dict[str, dict[str, int]] = {}
    codes: dict[str, dict[int, str]] = {}
    for table, aliases in _SPELLINGS.items():
        keys: dict[str, int] = {}
        rows = connection.exec_driver_sql(
            f"SELECT id, code, name FROM {table} ORDER BY valid_to IS NOT NULL DESC, valid_to, id DESC"
        ).all()
        for key, code, _ in rows:
            keys[fold(code)] = key
        for key, _, name in rows:
            keys[fold(name)] = key
        for text, key in connection.exec_driver_sql(aliases):
            keys[fold(text)] = key
        found[table] = keys
        codes[table] = {key: code for key, code, _ in rows}
    return Spellings(found["rank"], found["unit"], found["institution"], codes)


def read_places(connection: Connection) -> frozenset[str]:
    """The codes of all municipalities, with which Honduran identity numbers begin."""
    return frozenset(code for (code,) in connection.exec_driver_sql("SELECT code FROM municipality"))


def read_remembered_columns(connection: Connection, sender: str) -> dict[str, str]:
    """What the columns of a sender's earlier lists meant, by folded header."""
    rows = connection.exec_driver_sql("SELECT header, field FROM remembered_column WHERE sender = ?", (fold(sender),))
    return {row.header: row.field for row in rows}
