"""The list by which offices check certificates far from the school: its keys and what was annulled, signed."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import cbor2

from eic_tracker.domain.paper_codes import act_code
from eic_tracker.domain.seal import (
    LONGEST_ISSUER,
    NotReadable,
    Sealed,
    holds,
    kid_of,
    read_map,
    sign,
    taken_apart,
)

OLD_AFTER = 90
"""Days after which a list is old: a certificate may have been annulled since."""
LONGEST_LIST = 8_000_000
"""Bytes; 15,175 annulled certificates make 121,400."""
_PREFIX = 8
"""Bytes of a certificate's identity that name it in a list."""
_LONGEST_LABEL = 120
_EPOCH = dt.date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class TrustKey:
    """A key of the school: whose certificates dated from a day on it signs.

    `listed_only`: the key was stolen; only the certificates that the list names hold."""

    kid: str
    point: bytes
    valid_from: dt.date
    valid_to: dt.date | None
    label: str
    listed_only: bool = False
    demonstration: bool = False


@dataclass(frozen=True, slots=True)
class TrustList:
    """Keys of an issuer; by the first 8 bytes of their identity what was annulled, replaced or still holds."""

    issuer: str
    sequence: int
    issued_on: dt.date
    next_update: dt.date
    keys: tuple[TrustKey, ...]
    annulled: frozenset[bytes] = frozenset()
    replaced: frozenset[bytes] = frozenset()
    listed: frozenset[bytes] = frozenset()
    demonstration: bool = False

    def key_of(self, kid: str) -> TrustKey | None:
        """The key of this name."""
        return next((key for key in self.keys if key.kid == kid), None)

    def age(self, today: dt.date) -> int:
        """Days since the list was made; never below zero."""
        return max((today - self.issued_on).days, 0)


def uid_prefix(uid: str) -> bytes:
    """By what a list names a certificate: the first 8 bytes of its identity of 32 hexadecimal digits."""
    return bytes.fromhex(uid)[:_PREFIX]


def encode_list(trust: TrustList, private: bytes) -> bytes:
    """The list as a signed message; ValueError for what a list cannot hold."""
    return sign(_payload(trust), private)


def read_list(message: bytes, trusted: Sequence[TrustKey] | None) -> tuple[TrustList, str]:
    """A list and the name of the key that signed it; raises NotReadable, also where no trusted key signed it.

    `None` for the very first list of an issuer: it must be signed by a key that it names, and a person compares its
    fingerprint."""
    if len(message) > LONGEST_LIST:
        raise NotReadable("not_a_list")
    sealed = taken_apart(message)
    if trusted is None:
        trust = _list_of(sealed)
        trusted = trust.keys
    usable = [key for key in trusted if key.kid == sealed.kid and not key.listed_only]
    if not any(holds(sealed, key.point) for key in usable):
        raise NotReadable("not_trusted")
    return _list_of(sealed), sealed.kid


def list_fingerprint(message: bytes) -> str:
    """The 16 characters of a list that two offices compare by telephone: 4KX9-2M7Q-Z8T1-0ABC."""
    return act_code(hashlib.sha256(message).hexdigest())


def _list_of(sealed: Sealed) -> TrustList:
    said = read_map(sealed.payload)
    try:
        trust = TrustList(
            said[1],
            said[2],
            _day(said[3]),
            _day(said[4]),
            tuple(_key_of(each) for each in said[5]),
            _prefixes(said[6]),
            _prefixes(said[7]),
            _prefixes(said[8]),
            said.get(9) is True,
        )
        if _payload(trust) != sealed.payload:
            raise NotReadable("newer_format")
    except (KeyError, AttributeError, TypeError, ValueError, OverflowError):
        raise NotReadable("newer_format") from None
    return trust


def _key_of(said: dict[int, Any]) -> TrustKey:
    until = _day(said[4]) if 4 in said else None
    return TrustKey(said[1].hex(), said[2], _day(said[3]), until, said[5], said.get(6) is True, said.get(7) is True)


def _payload(trust: TrustList) -> bytes:
    if not 0 < len(trust.issuer) <= LONGEST_ISSUER or not 0 < trust.sequence < 2**63:
        raise ValueError(trust.issuer)
    said: dict[int, Any] = {
        1: trust.issuer,
        2: trust.sequence,
        3: _days(trust.issued_on),
        4: _days(trust.next_update),
        5: [_key_said(key) for key in trust.keys],
        6: _joined(trust.annulled),
        7: _joined(trust.replaced),
        8: _joined(trust.listed),
    }
    if trust.demonstration:
        said[9] = True
    return cbor2.dumps(said, canonical=True)


def _key_said(key: TrustKey) -> dict[int, Any]:
    if len(key.point) != 65 or kid_of(key.point) != key.kid:
        raise ValueError(key.kid)
    if len(key.label.casefold()) > _LONGEST_LABEL:
        raise ValueError(key.label)
    said: dict[int, Any] = {1: bytes.fromhex(key.kid), 2: key.point, 3: _days(key.valid_from), 5: key.label}
    if key.valid_to is not None:
        said[4] = _days(key.valid_to)
    if key.listed_only:
        said[6] = True
    if key.demonstration:
        said[7] = True
    return said


def _joined(prefixes: Iterable[bytes]) -> bytes:
    ordered = sorted(prefixes)
    if any(len(each) != _PREFIX for each in ordered):
        raise ValueError(ordered)
    return b"".join(ordered)


def _prefixes(joined: object) -> frozenset[bytes]:
    if not isinstance(joined, bytes) or len(joined) % _PREFIX:
        raise ValueError(joined)
    return frozenset(joined[at : at + _PREFIX] for at in range(0, len(joined), _PREFIX))


def _days(day: dt.date) -> int:
    days = (day - _EPOCH).days
    if days < 0:
        raise ValueError(day)
    return days


def _day(days: int) -> dt.date:
    if type(days) is not int or days < 0:
        raise ValueError(days)
    return _EPOCH + dt.timedelta(days=days)
