"""The signed code of a certificate: what it holds, and that nothing but the signed bytes is believed."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from urllib.parse import quote

import pytest

from eic_tracker.domain.codes import CertificateKind
from eic_tracker.domain.seal import (
    NotReadable,
    SealedFacts,
    facts_of,
    holds,
    public_key_of,
    seal,
    telephone_code,
    unseal,
)

PRIVATE = (5**100 % 2**255).to_bytes(32, "big")
FACTS = SealedFacts(
    "EIC",
    "00112233445566778899aabbccddeeff",
    "EIC-2026-004217",
    "María José Ñáñez De la O Güity",
    "Curso básico de investigación criminal",
    dt.date(2026, 3, 6),
    160,
    CertificateKind.DIPLOMA,
    123,
)


@pytest.mark.parametrize("facts", [FACTS, replace(FACTS, demonstration=True, kind=CertificateKind.TRANSCRIPT)])
def test_a_code_gives_back_the_facts_that_were_signed(facts: SealedFacts) -> None:
    text = seal(facts, PRIVATE)
    found = unseal(text)
    assert holds(found, public_key_of(PRIVATE).point)
    assert facts_of(found) == facts
    assert seal(facts, PRIVATE) == text


def test_the_same_code_is_read_from_a_web_address() -> None:
    text = seal(FACTS, PRIVATE)
    address = "https://example.org/verificar/#" + quote(text, safe=":/$*+-.")
    assert unseal(address) == unseal(text)
    assert telephone_code(address) == telephone_code(text)


def test_a_changed_character_anywhere_never_holds() -> None:
    text = seal(FACTS, PRIVATE)
    point = public_key_of(PRIVATE).point
    for place in range(len(text)):
        other = text[:place] + ("7" if text[place] != "7" else "8") + text[place + 1 :]
        try:
            found = unseal(other)
        except NotReadable:
            continue
        assert not holds(found, point), place


def test_facts_that_a_code_cannot_hold_are_refused() -> None:
    for facts in (
        replace(FACTS, name="x" * 101),
        replace(FACTS, name=""),
        replace(FACTS, name="Jose\u0301"),
        replace(FACTS, course="x" * 121),
        replace(FACTS, hours=-1),
        replace(FACTS, uid="00"),
    ):
        with pytest.raises(ValueError):
            seal(facts, PRIVATE)
