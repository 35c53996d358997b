"""What a certificate says, signed, to be checked without a network: COSE_Sign1 (RFC 9052), ES256, Base45.

One form only: a text that says the same in another way is refused; nothing but the signed bytes is believed."""

from __future__ import annotations

import datetime as dt
import hashlib
import unicodedata
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

import base45
import cbor2
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from eic_tracker.domain.codes import CertificateKind
from eic_tracker.domain.paper_codes import act_code

PREFIX = "EIC1:"
LONGEST_NAME, LONGEST_COURSE, LONGEST_NUMBER, LONGEST_ISSUER = 100, 120, 40, 16
MOST_HOURS = 99_999
LONGEST_TEXT = 2_000
"""Characters; the longest facts make some 900."""

_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
"""Of the curve P-256 (SEC 2, section 2.4.2)."""
_HEAD = bytes.fromhex("d2844da201260448")
"""Tag 18, four parts; protected: 13 bytes {1: -7 (ES256), 4: kid of 8 bytes}."""
_NOTHING_UNPROTECTED = b"\xa0"
_SIGNATURE_HEAD = b"\x58\x40"
_EPOCH = dt.date(1970, 1, 1)
_KINDS = {
    CertificateKind.DIPLOMA: 1,
    CertificateKind.PARTICIPATION: 2,
    CertificateKind.STATEMENT: 3,
    CertificateKind.TRANSCRIPT: 4,
    CertificateKind.INSTRUCTOR: 5,
}
_KIND_OF = {number: kind for kind, number in _KINDS.items()}


class NotReadable(ValueError):
    """The text is no code of ours; `reason` is a stable word: not_a_code, not_base45, not_canonical, newer_format."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class SealedFacts:
    """What a certificate says to whoever checks it; never a document, grade, rank, unit or birth date."""

    issuer: str
    uid: str
    """32 hexadecimal digits"""
    number: str
    name: str
    """as printed"""
    course: str
    dated: dt.date
    hours: int
    kind: CertificateKind
    log_number: int
    """the journal entry that approved it"""
    demonstration: bool = False


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A key by which signatures are checked: its name (16 hexadecimal digits) and its point (65 bytes)."""

    kid: str
    point: bytes


@dataclass(frozen=True, slots=True)
class Sealed:
    """A signed message taken apart; nothing in it is believed before `holds` says so."""

    kid: str
    protected: bytes
    payload: bytes
    signature: bytes


def public_key_of(private: bytes) -> PublicKey:
    """The public half of a private key of 32 bytes."""
    point = _key(private).public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return PublicKey(kid_of(point), point)


def kid_of(point: bytes) -> str:
    """The name of a key: the first 8 bytes of the SHA-256 of its uncompressed point, hexadecimal."""
    return hashlib.sha256(point).hexdigest()[:16]


def seal(facts: SealedFacts, private: bytes) -> str:
    """The signed code of a certificate, "EIC1:…"; the same facts and key give the same code.

    ValueError for facts that the code cannot hold: too long, not NFC, an unknown kind."""
    return f"{PREFIX}{base45.b45encode(sign(_payload(facts), private)).decode('ascii')}"


def sign(payload: bytes, private: bytes) -> bytes:
    """The payload as a COSE_Sign1 message, signed as RFC 6979 says, with the lower of both values of s."""
    protected = _HEAD[3:] + bytes.fromhex(public_key_of(private).kid)
    raw = _key(private).sign(_signed_bytes(protected, payload), ec.ECDSA(SHA256(), deterministic_signing=True))
    r, s = decode_dss_signature(raw)
    low = min(s, _ORDER - s)
    signature = r.to_bytes(32, "big") + low.to_bytes(32, "big")
    head = _HEAD + protected[5:] + _NOTHING_UNPROTECTED
    return head + cbor2.dumps(payload) + _SIGNATURE_HEAD + signature


def code_in(text: str) -> str:
    """The code in a text: alone, or after the # of a web address, where % and blanks were written as %25 and %20."""
    text = text.strip()
    before, mark, fragment = text.partition("#")
    if mark and "://" in before:
        text = unquote(fragment, errors="strict") if fragment.isascii() else ""
    return text


def unseal(text: str) -> Sealed:
    """A code taken apart; raises NotReadable. Neither length nor nesting of a hostile text costs anything."""
    try:
        text = code_in(text)
    except UnicodeDecodeError:
        raise NotReadable("not_a_code") from None
    if not text.startswith(PREFIX) or len(text) > LONGEST_TEXT:
        raise NotReadable("not_a_code")
    body = text.removeprefix(PREFIX)
    try:
        message = base45.b45decode(body)
    except ValueError:
        raise NotReadable("not_base45") from None
    if base45.b45encode(message).decode("ascii") != body:
        raise NotReadable("not_base45")
    return taken_apart(message)


def taken_apart(message: bytes) -> Sealed:
    """A COSE_Sign1 message in the one form that we write; raises NotReadable for any other."""
    start = len(_HEAD) + 8
    if not message.startswith(_HEAD) or message[start : start + 1] != _NOTHING_UNPROTECTED:
        raise NotReadable("not_canonical")
    length, first = _byte_string(message, start + 1)
    end = first + length
    if message[end : end + 2] != _SIGNATURE_HEAD or len(message) != end + 66:
        raise NotReadable("not_canonical")
    return Sealed(message[8:start].hex(), message[3:start], message[first:end], message[end + 2 :])


def holds(sealed: Sealed, point: bytes) -> bool:
    """Whether the signature is that of this key; the other value of s, which says the same, is refused."""
    s = int.from_bytes(sealed.signature[32:], "big")
    return s <= _ORDER // 2 and signature_holds(sealed.protected, sealed.payload, sealed.signature, point)


def signature_holds(protected: bytes, payload: bytes, signature: bytes, point: bytes) -> bool:
    """Whether r and s (64 bytes) sign the Sig_structure of RFC 9052, section 4.4, by this key (65 bytes)."""
    r, s = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
    if len(signature) != 64 or not (0 < r < _ORDER and 0 < s < _ORDER):
        return False
    try:
        key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
        key.verify(encode_dss_signature(r, s), _signed_bytes(protected, payload), ec.ECDSA(SHA256()))
    except (ValueError, InvalidSignature):
        return False
    return True


def facts_of(sealed: Sealed) -> SealedFacts:
    """What a message says whose signature holds; raises NotReadable("newer_format") for facts of a later program."""
    said = read_map(sealed.payload)
    try:
        facts = SealedFacts(
            said[1],
            said[2].hex(),
            said[3],
            said[4],
            said[5],
            _EPOCH + dt.timedelta(days=said[6]),
            said[7],
            _KIND_OF[said[8]],
            said[9],
            said.get(10) is True,
        )
        if _payload(facts) != sealed.payload:
            raise NotReadable("newer_format")
    except (KeyError, AttributeError, TypeError, ValueError, OverflowError):
        raise NotReadable("newer_format") from None
    return facts


def read_map(payload: bytes) -> dict[Any, Any]:
    """The map of a payload in its one form (RFC 8949, 4.2); raises NotReadable. Ask after the signature held."""
    try:
        said = cbor2.loads(payload)
        same = isinstance(said, dict) and cbor2.dumps(said, canonical=True) == payload
    except (cbor2.CBORDecodeError, cbor2.CBOREncodeError, ValueError, TypeError, RecursionError):
        raise NotReadable("not_canonical") from None
    if not same:
        raise NotReadable("not_canonical")
    return dict(said)


def telephone_code(text: str) -> str:
    """The 16 characters of a code that can be said by telephone: 4KX9-2M7Q-Z8T1-0ABC; of the code without address."""
    message = base45.b45decode(code_in(text).removeprefix(PREFIX))
    return act_code(hashlib.sha256(message).hexdigest())


def _payload(facts: SealedFacts) -> bytes:
    for text, longest in (
        (facts.issuer, LONGEST_ISSUER),
        (facts.number, LONGEST_NUMBER),
        (facts.name, LONGEST_NAME),
        (facts.course, LONGEST_COURSE),
    ):
        if not 0 < len(text) <= longest or not unicodedata.is_normalized("NFC", text):
            raise ValueError(text)
    uid = bytes.fromhex(facts.uid)
    for number, most in ((facts.hours, MOST_HOURS), (facts.log_number, 2**63 - 1)):
        if type(number) is not int or not 0 <= number <= most:
            raise ValueError(number)
    days = (facts.dated - _EPOCH).days
    if len(uid) != 16 or days < 0:
        raise ValueError(facts.uid)
    said: dict[int, Any] = {
        1: facts.issuer,
        2: uid,
        3: facts.number,
        4: facts.name,
        5: facts.course,
        6: days,
        7: facts.hours,
        8: _KINDS[facts.kind],
        9: facts.log_number,
    }
    if facts.demonstration:
        said[10] = True
    return cbor2.dumps(said, canonical=True)


def _key(private: bytes) -> ec.EllipticCurvePrivateKey:
    return ec.derive_private_key(int.from_bytes(private, "big"), ec.SECP256R1())


def _signed_bytes(protected: bytes, payload: bytes) -> bytes:
    return cbor2.dumps(["Signature1", protected, b"", payload])


def _byte_string(message: bytes, at: int) -> tuple[int, int]:
    """Length and first place of the byte string at a place, its length in the shortest form."""
    head = message[at : at + 3]
    if len(head) < 3:
        raise NotReadable("not_canonical")
    if 0x40 <= head[0] < 0x58:
        return head[0] - 0x40, at + 1
    if head[0] == 0x58 and head[1] >= 24:
        return head[1], at + 2
    length = int.from_bytes(head[1:3], "big")
    if head[0] == 0x59 and length >= 256:
        return length, at + 3
    length = int.from_bytes(message[at + 1 : at + 5], "big")
    if head[0] == 0x5A and length >= 65_536:
        return length, at + 5
    raise NotReadable("not_canonical")
