"""The chain of change sets: its head as a short code, anchors outside the file, and whether all of it still holds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection
from sqlcipher3 import dbapi2

from eic_tracker.errors import UserError
from eic_tracker.i18n import N_
from eic_tracker.store.history import find_row_that_differs
from eic_tracker.store.transaction import GENESIS, HASHED_FIELDS, change_digest, set_hash

if TYPE_CHECKING:
    from eic_tracker.i18n import Translator

_CODE_DIGITS = 16
_CODE = re.compile(r"(\d{1,12})-([0-9A-Fa-f]{8,64})")


@dataclass(frozen=True, slots=True)
class Head:
    """The newest change set of a file: number and hash."""

    set_id: int
    hash: str

    @property
    def code(self) -> str:
        """Number and 16 digits of the hash, as papers print it: whoever keeps it can prove a later change."""
        return f"{self.set_id}-{self.hash[:_CODE_DIGITS].upper()}"


@dataclass(frozen=True, slots=True)
class Anchor:
    """What somebody outside the file remembers of a change set: its number and the beginning of its hash."""

    set_id: int
    prefix: str

    @property
    def code(self) -> str:
        """The anchor as papers print it."""
        return f"{self.set_id}-{self.prefix[:_CODE_DIGITS].upper()}"


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with a journal: the sentence, its values, and the change set where it begins (if one is known)."""

    message: str
    values: Mapping[str, object] = field(default_factory=dict)
    set_id: int | None = None

    @property
    def place(self) -> str:
        """Where it is in codes alone, for use inside another sentence."""
        named = (("change_set", self.set_id), (str(self.values.get("table", "")), self.values.get("row")))
        return "journal: " + ", ".join(f"{what} {number}" for what, number in named if number is not None)

    def text(self, t: Translator) -> str:
        """The sentence in the language of `t`."""
        return t(self.message, **self.values)


def parse_anchor(code: str) -> Anchor:
    """The anchor that a printed code says; UserError where it is none."""
    match = _CODE.fullmatch(code.strip())
    if match is None:
        raise UserError(
            N_("“{code}” is not a code of the journal; it looks like 123-0A1B2C3D4E5F6789, as papers print it."),
            code=code,
        )
    return Anchor(int(match[1]), match[2].lower())


def raw_connection(connection: Connection) -> Any:
    """The driver's connection below, within the same transaction: a journal is read without SQLAlchemy's rows."""
    return connection.connection.driver_connection


def head(connection: Connection) -> Head | None:
    """The newest change set; None in a file whose journal is empty."""
    return raw_head(raw_connection(connection))


def raw_head(raw: Any) -> Head | None:
    """The newest change set as a raw connection reads it; None where the journal is empty or no journal stands."""
    if raw.execute("SELECT 1 FROM sqlite_schema WHERE name = 'change_set'").fetchone() is None:
        return None
    row = raw.execute("SELECT id, hash FROM change_set ORDER BY id DESC LIMIT 1").fetchone()
    return Head(*row) if row else None


def verify(connection: Connection, anchors: Sequence[Anchor] = ()) -> Finding | None:
    """The first damaged or missing entry, else the first row that its entries do not give; None where all holds.

    Reads everything once, in order, without keeping it. Who rewrites rows, journal and chain from some set on to the
    end, or puts an older file back, is found only by an anchor from outside the file."""
    return verify_raw(raw_connection(connection), anchors)


def verify_raw(raw: Any, anchors: Sequence[Anchor] = ()) -> Finding | None:
    """`verify` on a raw connection."""
    try:
        return _verify(raw, anchors)
    except dbapi2.OperationalError as error:
        if "no such table" in str(error):
            return Finding(N_("A table was taken out of the file past the program: {why}."), {"why": str(error)})
        if "decode" not in str(error):
            raise
    # Somebody wrote bytes that are no text: read them as they are, so that the entry can be named.
    raw.text_factory = lambda stored: stored.decode("utf-8", "surrogateescape")
    try:
        return _verify(raw, anchors)
    finally:
        raw.text_factory = str


def _verify(raw: Any, anchors: Sequence[Anchor]) -> Finding | None:
    return verify_chain(raw, anchors) or _differing_row(raw)


def _differing_row(raw: Any) -> Finding | None:
    found = find_row_that_differs(raw)
    if found is None:
        return None
    values: dict[str, object] = {"table": found.table, "row": found.row_id, "columns": ", ".join(found.columns)}
    if found.set_id is not None:
        row = raw.execute("SELECT use_case FROM change_set WHERE id = ?", (found.set_id,)).fetchone()
        values |= {"set": found.set_id, "use_case": row[0] if row else "?"}
    return Finding(found.message, values, found.set_id)


def verify_chain(raw: Any, anchors: Sequence[Anchor] = ()) -> Finding | None:
    """The first change set that is missing, damaged, out of order or another than an anchor says."""
    expected: dict[int, list[Anchor]] = {}
    for anchor in anchors:
        expected.setdefault(anchor.set_id, []).append(anchor)
    entries = _Entries(raw)
    previous, last = GENESIS, 0
    columns = ", ".join(f'"{name}"' for name in (*HASHED_FIELDS, "hash"))
    for *values, stored in raw.execute(f"SELECT {columns} FROM change_set ORDER BY id"):
        fields = dict(zip(HASHED_FIELDS, values, strict=True))
        number = fields["id"]
        if number != last + 1:
            return _missing(last + 1, number)
        finding = _broken_set(fields, stored, previous, entries)
        finding = finding or _against_anchors(fields, stored, expected.pop(number, ()))
        if finding is not None:
            return finding
        previous, last = stored, number
    stray = entries.next_of(None)
    if stray is not None:
        return Finding(
            N_("Entry {entry} ({table} row {row}) names change set {set}, which is missing."),
            {"entry": stray.id, "table": stray.table, "row": stray.row_id, "set": stray.set_id},
            stray.set_id,
        )
    for number in sorted(expected):
        return Finding(
            N_(
                "The code {code} names change set {set}, but the journal ends with set {last}: its end was cut off, "
                "or an older file was put back."
            ),
            {"code": expected[number][0].code, "set": number, "last": last},
            number,
        )
    return None


@dataclass(frozen=True, slots=True)
class _StoredChange:
    """An entry as it is found; who edits a file by hand may have put any type anywhere."""

    id: int
    set_id: Any
    table: Any
    row_id: Any
    operation: Any
    before: Any
    after: Any
    salt: Any
    digest: Any


class _Entries:
    """All changes in the order of their sets, handed out set by set."""

    def __init__(self, raw: Any) -> None:
        self._rows: Iterator[tuple[Any, ...]] = iter(
            raw.execute(
                "SELECT id, change_set_id, table_name, row_id, operation, before, after, salt, digest FROM change "
                "ORDER BY change_set_id, id"
            )
        )
        self._waiting: _StoredChange | None = None
        self.expected_id = 1
        self._advance()

    def _advance(self) -> None:
        row = next(self._rows, None)
        self._waiting = _StoredChange(*row) if row else None

    def next_of(self, set_id: int | None) -> _StoredChange | None:
        """The next change if it belongs to this set (or, for None, to any)."""
        found = self._waiting
        if found is None or (set_id is not None and found.set_id != set_id):
            return None
        self._advance()
        return found

    def of(self, set_id: int) -> Iterable[_StoredChange]:
        """The changes of a set; one that names an earlier, missing set comes first and is not left out."""
        while self._waiting is not None and isinstance(self._waiting.set_id, int) and self._waiting.set_id <= set_id:
            found = self._waiting
            self._advance()
            yield found


def _broken_set(fields: Mapping[str, Any], stored: str, previous: str, entries: _Entries) -> Finding | None:
    named = {"set": fields["id"], "use_case": fields["use_case"]}
    number: int = fields["id"]
    if fields["previous_hash"] != previous:
        return Finding(
            N_(
                "Change set {set} ({use_case}) does not follow the set before it: "
                "one of the two was changed, exchanged or put in later."
            ),
            named,
            number,
        )
    digests: list[bytes] = []
    for change in entries.of(number):
        if change.id != entries.expected_id:
            return Finding(
                N_(
                    "Change set {set} ({use_case}): where entry {expected} of the journal belongs stands entry {found} "
                    "({table} row {row}); entries were taken out, put in or reordered."
                ),
                named
                | {
                    "expected": entries.expected_id,
                    "found": change.id,
                    "table": change.table,
                    "row": change.row_id,
                },
                number,
            )
        entries.expected_id += 1
        if not _is_sound(change, number):
            return Finding(
                N_("Change set {set} ({use_case}): the entry of {table} row {row} was changed after it was written."),
                named | {"table": change.table, "row": change.row_id},
                number,
            )
        digests.append(change.digest)
    if len(digests) != fields["changes"]:
        return Finding(
            N_(
                "Change set {set} ({use_case}) holds {found} entries where {written} were written: "
                "entries are missing or were put in later."
            ),
            named | {"found": len(digests), "written": fields["changes"]},
            number,
        )
    if _hash_or_none(fields, digests) != stored:
        return Finding(
            N_("Change set {set} ({use_case}) was changed after it was written: its content does not give its hash."),
            named,
            number,
        )
    return None


def _is_sound(change: _StoredChange, set_id: int) -> bool:
    """Whether an entry gives its digest, or was erased whole: salt and both values gone, the digest kept."""
    if change.set_id != set_id or not isinstance(change.digest, bytes) or not isinstance(change.row_id, int):
        return False
    if change.salt is None:
        return change.before is None and change.after is None
    try:
        made = change_digest(change.salt, change.table, change.row_id, change.operation, change.before, change.after)
    except (TypeError, ValueError):
        return False
    return made == change.digest


def _hash_or_none(fields: Mapping[str, Any], digests: Iterable[bytes]) -> str | None:
    try:
        return set_hash(fields, digests)
    except (TypeError, ValueError):
        return None


def _missing(expected: int, found: int) -> Finding:
    return Finding(
        N_("Change set {set} is missing: the next one in the file is {next}."),
        {"set": expected, "next": found},
        expected,
    )


def _against_anchors(fields: Mapping[str, Any], stored: str, anchors: Iterable[Anchor]) -> Finding | None:
    for anchor in anchors:
        if not stored.startswith(anchor.prefix):
            return Finding(
                N_(
                    "Change set {set} ({use_case}) is another than the one that the code {code} was printed from: "
                    "the journal was written anew there or before, or this is another copy that went its own way."
                ),
                {"set": fields["id"], "use_case": fields["use_case"], "code": anchor.code},
                fields["id"],
            )
    return None
