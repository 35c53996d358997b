"""Codes of certificates that every verifier must judge alike: good ones of every state, and forgeries of every kind.

`python -m tests.certificate_vectors` writes `tests/data/certificate-vectors.json`; a test says whether it is so."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import itertools
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

import base45
import cbor2

from eic_tracker.domain.codes import CertificateKind
from eic_tracker.domain.seal import PREFIX, SealedFacts, public_key_of, seal, sign
from eic_tracker.domain.trust import TrustKey, TrustList, encode_list, uid_prefix

FILE = Path(__file__).parent / "data" / "certificate-vectors.json"
TODAY = dt.date(2026, 11, 20)
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
_NAMES = (
    "Ana Paz",
    "María José Ñáñez De la O",
    "Óscar René Bográn Güity",
    "Dunia O'Hara-McKay",
    "Wilmer <b>Adalid</b> & Zúñiga",
    "Łucja Żółć",
    "X" * 100,
    "Suyapa del Carmen Hernández Hernández viuda de Cálix y Mejía",
)
_COURSES = ("Seminario de informática", "Curso básico de investigación criminal", "Ñ" * 120)
_KINDS = tuple(CertificateKind)


def private(name: str) -> bytes:
    """An invented key of 32 bytes, of this name."""
    return hashlib.sha256(f"invented key {name}".encode()).digest()


def key(name: str, **values: Any) -> TrustKey:
    """The public half of an invented key, as a list holds it."""
    public = public_key_of(private(name))
    first = values.pop("valid_from", dt.date(2018, 1, 1))
    return TrustKey(public.kid, public.point, first, values.pop("valid_to", None), name, **values)


@dataclass(frozen=True)
class Vector:
    """A text, the lists by which it is judged, and the only right answer."""

    what: str
    text: str
    state: str
    reason: str | None = None
    lists: tuple[str, ...] = ("school",)


def uid(number: int) -> str:
    """The identity of an invented certificate."""
    return hashlib.sha256(f"certificate {number}".encode()).hexdigest()[:32]


def facts(number: int) -> SealedFacts:
    """What an invented certificate says; every name, course and kind comes up."""
    return SealedFacts(
        "EIC",
        uid(number),
        f"EIC-2026-{number:06d}",
        _NAMES[number % len(_NAMES)],
        _COURSES[number % len(_COURSES)],
        dt.date(2018, 1, 1) + dt.timedelta(days=(number * 37) % 3200),
        (0, 8, 40, 160, 99_999)[number % 5],
        _KINDS[number % len(_KINDS)],
        number,
    )


ANNULLED, REPLACED, LISTED = range(130, 145), range(145, 160), range(170, 180)


def lists() -> dict[str, bytes]:
    """The lists of trust that the vectors name."""
    school = TrustList(
        "EIC",
        7,
        dt.date(2026, 11, 1),
        dt.date(2026, 12, 1),
        (key("titular"), key("deputy", valid_to=dt.date(2024, 1, 31)), key("stolen", listed_only=True)),
        frozenset(uid_prefix(uid(number)) for number in ANNULLED),
        frozenset(uid_prefix(uid(number)) for number in REPLACED),
        frozenset(uid_prefix(uid(number)) for number in LISTED),
    )
    demonstration = TrustList("EIC", 1, TODAY, TODAY, (key("example", demonstration=True),), demonstration=True)
    return {
        "school": encode_list(school, private("titular")),
        "old": encode_list(replace(school, sequence=6, issued_on=dt.date(2026, 8, 21)), private("titular")),
        "demonstration": encode_list(demonstration, private("example")),
        "other": encode_list(replace(school, issuer="OTRA"), private("titular")),
    }


def good() -> Iterator[Vector]:
    """Codes that were really signed, in every state."""
    for number in range(100):
        yield Vector(f"certificate {number}", seal(facts(number), private("titular")), "valid")
    for number in range(100, 130):
        text = seal(facts(number), private("deputy"))
        address = "https://example.org/verificar/#" + quote(text, safe=":/$*+-.")
        yield Vector("of a signature that was handed over, as an address", address, "valid")
    for number in ANNULLED:
        yield Vector("annulled", seal(facts(number), private("titular")), "annulled")
    for number in REPLACED:
        yield Vector("replaced by a duplicate", seal(facts(number), private("titular")), "replaced")
    for number in range(160, 170):
        later = replace(facts(number), dated=TODAY + dt.timedelta(days=number - 159))
        yield Vector("dated to a ceremony", seal(later, private("titular")), "not_yet_valid")
    for number in LISTED:
        yield Vector("of a stolen signature, listed", seal(facts(number), private("stolen")), "valid")
    for number in range(180, 190):
        yield Vector("by an old list", seal(facts(number), private("titular")), "valid", lists=("old",))
    for number in range(190, 210):
        text = seal(replace(facts(number), demonstration=True), private("example"))
        yield Vector("of a demonstration, by its own list", text, "valid", lists=("demonstration", "school"))
        yield Vector("of a demonstration, elsewhere", text, "unknown_key")
    yield Vector("with blanks and line ends around", f"\n {seal(facts(0), private('titular'))}\r\n", "valid")


def message(text: str) -> bytes:
    """The bytes of a code."""
    decoded: bytes = base45.b45decode(text.removeprefix(PREFIX))
    return decoded


def text_of(content: bytes) -> str:
    """Bytes as a code."""
    return PREFIX + str(base45.b45encode(content).decode("ascii"))


def forged() -> Iterator[Vector]:
    """Codes that nobody signed so."""
    text = seal(facts(0), private("titular"))
    content = message(text)
    yield from _changed_bytes(content)
    yield from _changed_facts(content)
    yield from _changed_texts(text, content)
    yield from _other_forms(content)
    yield from _signed_wrongly()


def _changed_bytes(content: bytes) -> Iterator[Vector]:
    for place in range(len(content)):
        changed = bytearray(content)
        changed[place] ^= 1 << (place % 8)
        in_head = place < 8 or place == 16
        in_kid = 8 <= place < 16
        length = place in _lengths(content)
        state, reason = ("invalid", "not_canonical" if in_head or length else "signature")
        yield Vector(f"byte {place}", text_of(bytes(changed)), *(("unknown_key", None) if in_kid else (state, reason)))


def _lengths(content: bytes) -> set[int]:
    """Places of the heads of payload and signature."""
    wide = 1 if content[17] == 0x58 else 0
    end = 18 + wide + (content[18] if wide else content[17] - 0x40)
    return {17, 17 + wide, end, end + 1}


def _parts(content: bytes) -> tuple[bytes, bytes, bytes]:
    tagged = cbor2.loads(content)
    protected, _, payload, signature = tagged.value
    return protected, payload, signature


def _whole(protected: bytes, payload: bytes, signature: bytes, unprotected: Any = None, tag: int = 18) -> bytes:
    return cbor2.dumps(cbor2.CBORTag(tag, [protected, unprotected or {}, payload, signature]))


def _changed_facts(content: bytes) -> Iterator[Vector]:
    protected, payload, signature = _parts(content)
    said = cbor2.loads(payload)
    for place, value in ((4, "Otra Persona"), (5, "Otro curso"), (6, said[6] + 1), (7, 999), (3, "EIC-2026-999999")):
        other = cbor2.dumps({**said, place: value}, canonical=True)
        yield Vector(f"fact {place} changed", text_of(_whole(protected, other, signature)), "invalid", "signature")
    _, stranger, _ = _parts(message(seal(facts(1), private("titular"))))
    yield Vector("facts of another", text_of(_whole(protected, stranger, signature)), "invalid", "signature")
    foreign = seal(facts(0), private("nobody knows"))
    yield Vector("a foreign key", foreign, "unknown_key")
    _, _, by_other = _parts(message(foreign))
    yield Vector("a foreign key under our name", text_of(_whole(protected, payload, by_other)), "invalid", "signature")
    for number in range(300, 306):
        yield Vector("of a stolen signature", seal(facts(number), private("stolen")), "invalid", "key_stolen")
        early = replace(facts(number), dated=dt.date(2017, 12, 31))
        yield Vector("dated before its key", seal(early, private("titular")), "invalid", "before_key")
    as_demonstration = seal(replace(facts(0), demonstration=True), private("titular"))
    yield Vector("a demonstration by a real key", as_demonstration, "invalid", "demonstration")
    without_mark = seal(facts(0), private("example"))
    yield Vector("without its mark", without_mark, "invalid", "demonstration", ("demonstration",))
    yield Vector("by the list of another school", seal(facts(0), private("titular")), "invalid", "issuer", ("other",))


def _changed_texts(text: str, content: bytes) -> Iterator[Vector]:
    for other in ("", "EIC1", "EIC1:", "EIC2:" + text[5:], "eic1:" + text[5:], text[5:], "EIC-2026-000000", "x" * 5000):
        reason = "not_canonical" if other == PREFIX else "not_a_code"
        yield Vector("no code", other, "invalid", reason)
    yield Vector("lower case", PREFIX + text[5:].lower(), "invalid", "not_base45")
    yield Vector("a letter of no Base45", text[:20] + "ñ" + text[21:], "invalid", "not_base45")
    yield Vector("a group above 65535", PREFIX + ":::" + text[8:], "invalid", "not_base45")
    for cut in (1, 2, 3, 10, 66, 67, 100, len(content) - 9, len(content) - 1):
        yield Vector(f"cut by {cut} bytes", text_of(content[:-cut]), "invalid", "not_canonical")
    for more in (b"\x00", b"\xf6", content):
        yield Vector("more at the end", text_of(content + more), "invalid", "not_canonical")
    yield Vector("the code twice", text + text, "invalid", "not_base45" if (len(text) - 5) % 3 else "not_canonical")


def _other_forms(content: bytes) -> Iterator[Vector]:
    protected, payload, signature = _parts(content)
    kid = protected[5:]
    r, s = signature[:32], int.from_bytes(signature[32:], "big")
    high = r + (_ORDER - s).to_bytes(32, "big")
    yield Vector("the other value of s", text_of(_whole(protected, payload, high)), "invalid", "signature")
    for name, other in (("zero", bytes(64)), ("s zero", r + bytes(32)), ("all ones", b"\xff" * 64)):
        yield Vector(f"signature {name}", text_of(_whole(protected, payload, other)), "invalid", "signature")
    headers = {
        "alg none": {1: None, 4: kid},
        "ES384": {1: -35, 4: kid},
        "EdDSA": {1: -8, 4: kid},
        "HMAC": {1: 5, 4: kid},
        "no kid": {1: -7},
        "crit": {1: -7, 2: [1], 4: kid},
        "content type": {1: -7, 3: 0, 4: kid},
        "short kid": {1: -7, 4: kid[:4]},
        "kid as text": {1: -7, 4: kid.hex()},
        "algorithm as text": {1: "ES256", 4: kid},
        "nothing": {},
    }
    for name, header in headers.items():
        changed = text_of(_whole(cbor2.dumps(header), payload, signature))
        yield Vector(f"header {name}", changed, "invalid", "not_canonical")
    swapped = b"\xa2\x04\x48" + kid + b"\x01\x26"
    yield Vector("header in another order", text_of(_whole(swapped, payload, signature)), "invalid", "not_canonical")
    in_open = text_of(_whole(protected, payload, signature, {4: kid}))
    yield Vector("kid unprotected too", in_open, "invalid", "not_canonical")
    for tag in (16, 17, 61, 98):
        changed = text_of(_whole(protected, payload, signature, tag=tag))
        yield Vector(f"tag {tag}", changed, "invalid", "not_canonical")
    yield Vector("no tag", text_of(content[1:]), "invalid", "not_canonical")
    yield Vector("five parts", text_of(b"\xd2\x85" + content[2:] + b"\x00"), "invalid", "not_canonical")
    yield Vector("indefinite", text_of(b"\xd2\x9f" + content[2:] + b"\xff"), "invalid", "not_canonical")
    yield Vector("nested deeply", text_of(b"\x81" * 900 + b"\x00"), "invalid", "not_canonical")
    yield Vector("tagged deeply", text_of(b"\xd2" * 900 + b"\x00"), "invalid", "not_canonical")
    for length in ("5b7fffffffffffffff", "5affffffff", "59ffff", "9b7fffffffffffffff", "bb7fffffffffffffff"):
        huge = content[:17] + bytes.fromhex(length) + content[19:]
        yield Vector("a huge length", text_of(huge), "invalid", "not_canonical")
    longer = content[:17] + b"\x59\x00" + content[18:] if content[17] == 0x58 else content
    yield Vector("a length written longer", text_of(longer), "invalid", "not_canonical")
    as_key = text_of(b"\xd2\x84\x58\x0d" + content[3:])
    yield Vector("a head written longer", as_key, "invalid", "not_canonical")


def _signed_wrongly() -> Iterator[Vector]:
    """Really signed, but not in the one form: a later program, or a mistake of ours."""
    payload = _parts(message(seal(facts(0), private("titular"))))[1]
    said = cbor2.loads(payload)
    wrong: dict[str, Any] = {
        "unknown key": {**said, 99: 1},
        "unknown kind": {**said, 8: 6},
        "hours as text": {**said, 7: "40"},
        "hours as a float": {**said, 7: 40.0},
        "hours not a number": {**said, 7: float("nan")},
        "hours below zero": {**said, 7: -1},
        "hours too many": {**said, 7: 100_000},
        "a date beyond time": {**said, 6: 10**9},
        "a date below zero": {**said, 6: -1},
        "name of bytes": {**said, 4: b"Ana"},
        "name too long": {**said, 4: "x" * 101},
        "name empty": {**said, 4: ""},
        "name not composed": {**said, 4: "Jose\u0301"},
        "identity short": {**said, 2: b"short"},
        "mark false": {**said, 10: False},
        "mark one": {**said, 10: 1},
        "log number huge": {**said, 9: 2**64},
        "no name": {place: value for place, value in said.items() if place != 4},
        "empty": {},
    }
    for name, value in wrong.items():
        text = text_of(sign(cbor2.dumps(value, canonical=True), private("titular")))
        yield Vector(f"signed with {name}", text, "invalid", "newer_format")
    twice = b"\xaa" + payload[1:] + b"\x01" + cbor2.dumps("OTRA")
    forms = {
        "a key twice": twice,
        "keys in another order": cbor2.dumps(dict(reversed(said.items()))),
        "an indefinite map": b"\xbf" + payload[1:] + b"\xff",
        "a number written longer": payload.replace(b"\x08\x01\x09\x00", b"\x08\x18\x01\x09\x00"),
        "no map": cbor2.dumps([1, 2]),
        "nothing": b"",
        "half a map": payload[:-1],
        "more than a map": payload + b"\x00",
        "deep nesting": b"\x81" * 700 + b"\x00",
        "a huge map": bytes.fromhex("bb7fffffffffffffff"),
    }
    for name, value in forms.items():
        text = text_of(sign(value, private("titular")))
        yield Vector(f"signed as {name}", text, "invalid", "not_canonical")


def content() -> dict[str, Any]:
    """All vectors as they are kept."""
    return {
        "today": TODAY.isoformat(),
        "lists": {name: base64.b64encode(each).decode() for name, each in lists().items()},
        "vectors": [
            {
                "what": each.what,
                "text": each.text,
                "lists": list(each.lists),
                "state": each.state,
                "reason": each.reason,
            }
            for each in itertools.chain(good(), forged())
        ],
    }


def written() -> str:
    """The file's text."""
    return json.dumps(content(), ensure_ascii=False, indent=0) + "\n"


if __name__ == "__main__":
    FILE.write_text(written(), encoding="utf-8")
