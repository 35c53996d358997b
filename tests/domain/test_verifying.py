"""Every verifier judges the shared vectors alike; nothing that was not signed is ever valid."""

from __future__ import annotations

import base64
import datetime as dt
import json
from typing import Any

import cbor2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eic_tracker.domain.seal import PREFIX, NotReadable, kid_of, public_key_of, seal, signature_holds, taken_apart
from eic_tracker.domain.trust import TrustList, encode_list, list_fingerprint, read_list
from eic_tracker.domain.verifying import CodeState, check_code
from tests import certificate_vectors as made

KEPT: dict[str, Any] = json.loads(made.FILE.read_text(encoding="utf-8"))
LISTS = {name: read_list(base64.b64decode(each), None)[0] for name, each in KEPT["lists"].items()}
TODAY = dt.date.fromisoformat(KEPT["today"])


def test_the_kept_vectors_are_those_that_are_made() -> None:
    assert made.FILE.read_text(encoding="utf-8") == made.written()


def test_the_program_judges_every_vector_as_it_must_be_judged() -> None:
    vectors = KEPT["vectors"]
    good = [each for each in vectors if each["state"] not in {"invalid", "unknown_key"}]
    assert len(good) >= 200
    assert len(vectors) - len(good) >= 200
    for each in vectors:
        answer = check_code(each["text"], [LISTS[name] for name in each["lists"]], TODAY)
        assert (answer.state, answer.reason) == (each["state"], each["reason"]), each["what"]
        assert (answer.facts is None) is (answer.state is CodeState.UNKNOWN_KEY or each["reason"] in _UNBELIEVED)


_UNBELIEVED = {"not_a_code", "not_base45", "not_canonical", "signature", "newer_format"}


def test_an_old_list_and_a_demonstration_are_said_beside_the_state() -> None:
    text = seal(made.facts(0), made.private("titular"))
    old = check_code(text, [LISTS["old"]], TODAY)
    assert (old.state, old.list_old, old.list_age_days) == (CodeState.VALID, True, 91)
    assert not check_code(text, [LISTS["old"]], dt.date(2026, 11, 19)).list_old
    shown = [each for each in KEPT["vectors"] if each["lists"][0] == "demonstration" and each["state"] == "valid"]
    answer = check_code(shown[0]["text"], [LISTS["demonstration"]], TODAY)
    assert (answer.state, answer.demonstration) == (CodeState.VALID, True)


@given(place=st.integers(5, 330), letters=st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:", max_size=4))
def test_a_text_that_was_changed_anywhere_is_never_valid(place: int, letters: str) -> None:
    text = seal(made.facts(1), made.private("titular"))
    other = text[:place] + letters + text[place + len(letters) :]
    answer = check_code(other, [LISTS["school"]], TODAY)
    assert (answer.state is CodeState.VALID) is (other.strip() == text)


@given(st.one_of(st.text(), st.text().map(lambda text: PREFIX + text)))
def test_any_text_is_answered(text: str) -> None:
    assert check_code(text, list(LISTS.values()), TODAY).state is CodeState.INVALID


RFC_9052_KEY = bytes.fromhex(
    "04bac5b11cad8f99f9c72b05cf4b9e26d244dc189f745228255a219a86d6a09eff"
    "20138bf82dc1b6d562be0fa54ab7804a3a64b6d72ccfed6b6fb6ed28bbfc117e"
)
RFC_9052_MESSAGE = bytes.fromhex(
    "d28443a10126a10442313154546869732069732074686520636f6e74656e742e58408eb33e4ca31d1c465ab05aac34cc6b23d58fef5c"
    "083106c4d25a91aef0b0117e2af9a291aa32e14ab834dc56ed2a223444547e01f11d3b0916e5a4c345cacb36"
)
"""RFC 9052, appendix C.2.1 (one signature, ES256), and its key of appendix C.7.1."""


def test_the_public_example_of_the_standard_holds_and_fails_with_any_other_byte() -> None:
    protected, _, payload, signature = cbor2.loads(RFC_9052_MESSAGE).value
    assert payload == b"This is the content."
    assert signature_holds(protected, payload, signature, RFC_9052_KEY)
    assert not signature_holds(protected, payload + b" ", signature, RFC_9052_KEY)
    assert not signature_holds(b"\xa1\x01\x27", payload, signature, RFC_9052_KEY)
    for place in range(64):
        changed = signature[:place] + bytes([signature[place] ^ 1]) + signature[place + 1 :]
        assert not signature_holds(protected, payload, changed, RFC_9052_KEY)


CONTENT = b"This is the content."
WORKING_GROUP_SIGNATURE = bytes.fromhex(
    "eae868ecc176883766c5dc5ba5b8dca25dab3c2e56a551ce5705b793914348e1"
    "9f43d6c6ba654472da301b645b293c9ba939295b97c4bdb847782bff384c5794"
)
WORKING_GROUP_SIGNATURE_01 = bytes.fromhex(
    "eae868ecc176883766c5dc5ba5b8dca25dab3c2e56a551ce5705b793914348e1"
    "1a02e5f0344bf2d4ee5c7fd75a68a9f5e0b3cc1f1fc1409c189566586ff9d610"
)
"""Of the COSE working group's examples sign1-tests: sign-pass-01 and 03, sign-fail-01, 02, 06, same key."""


@pytest.mark.parametrize(
    ("protected", "payload", "signature", "right"),
    [
        ("", CONTENT, WORKING_GROUP_SIGNATURE_01, True),
        ("a10126", CONTENT, WORKING_GROUP_SIGNATURE, True),
        ("a10126", b"This is the content/", WORKING_GROUP_SIGNATURE, False),
        ("a201260300", CONTENT, WORKING_GROUP_SIGNATURE, False),
        ("a10126", CONTENT, WORKING_GROUP_SIGNATURE_01, False),
    ],
)
def test_the_working_groups_examples_are_judged_as_they_say(
    protected: str, payload: bytes, signature: bytes, right: bool
) -> None:
    assert signature_holds(bytes.fromhex(protected), payload, signature, RFC_9052_KEY) is right


def test_a_message_under_a_wrong_tag_is_not_read() -> None:
    with pytest.raises(NotReadable, match="not_canonical"):
        taken_apart(bytes.fromhex("d903e6") + RFC_9052_MESSAGE[1:])


def test_a_key_that_is_no_point_of_the_curve_signs_nothing() -> None:
    protected, _, payload, signature = cbor2.loads(RFC_9052_MESSAGE).value
    for point in (b"", b"\x04" + bytes(64), RFC_9052_KEY[:-1], RFC_9052_KEY[:-1] + b"\x00"):
        assert not signature_holds(protected, payload, signature, point)


def test_a_list_is_taken_only_from_a_key_that_is_trusted() -> None:
    school = LISTS["school"]
    newer = made.lists()["school"]
    trust, kid = read_list(newer, school.keys)
    assert (trust, kid) == (school, public_key_of(made.private("titular")).kid)
    for name in ("stolen", "nobody knows"):
        with pytest.raises(NotReadable, match="not_trusted"):
            read_list(encode_list(school, made.private(name)), school.keys)
    for place in range(0, len(newer), 7):
        with pytest.raises(NotReadable):
            read_list(newer[:place] + bytes([newer[place] ^ 4]) + newer[place + 1 :], school.keys)


def test_a_list_of_all_certificates_of_the_school_is_read_back() -> None:
    listed = frozenset(number.to_bytes(8, "big") for number in range(15_175))
    large = TrustList("EIC", 1, TODAY, TODAY, (made.key("titular"),), listed=listed)
    content = encode_list(large, made.private("titular"))
    assert read_list(content, None)[0] == large
    assert len(list_fingerprint(content)) == 19
    assert kid_of(large.keys[0].point) == large.keys[0].kid
