"""A thousand codes checked by the program, and one by the page, against the bare mathematics of their signatures."""

from __future__ import annotations

import base64
import hashlib
import time
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from eic_tracker.domain.trust import encode_list
from eic_tracker.domain.verifying import CodeState, check_code
from tests.bench.printing import show, tell
from tests.certificate_vectors import private
from tests.reports.browser import browser, opened_page
from tests.reports.verifying import TODAY, in_page, issued, page_of, trusted

CODES = 1_000
GOAL, GOAL_OF_PAGE = 2.0, 0.2
"""Seconds for all codes in the program, and for one that is typed into the page."""


def bare(count: int) -> float:
    """Seconds of the processor for so many signatures that are checked and nothing else."""
    key = ec.generate_private_key(ec.SECP256R1())
    public, message = key.public_key(), hashlib.sha256(b"EIC").digest()
    signature = key.sign(message, ec.ECDSA(hashes.SHA256()))
    begun = time.process_time()
    for _ in range(count):
        public.verify(signature, message, ec.ECDSA(hashes.SHA256()))
    return time.process_time() - begun


def test_a_thousand_codes_are_checked_in_little_more_than_their_signatures_take() -> None:
    lists = [trusted()]
    codes = [issued(number) for number in range(1, CODES + 1)]
    check_code(codes[0], lists, TODAY)
    begun = time.process_time()
    answers = [check_code(code, lists, TODAY) for code in codes]
    taken = time.process_time() - begun
    assert {answer.state for answer in answers} == {CodeState.VALID}
    plain = min(bare(CODES) for _ in range(3))
    tell(f"{CODES:,} codes checked", taken, "the goal", GOAL)
    assert show(f"{CODES:,} codes checked", taken, "their signatures alone", plain, at_most=12)


IN_PAGE = """
const [code, kept, today] = values;
const list = await readList(bytesOf(kept), null, true);
const times = [];
for (let round = 0; round < 21; round += 1) {
  const begun = performance.now();
  await checked(code, list, today, false);
  times.push(performance.now() - begun);
}
const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify']);
const message = new Uint8Array(200);
const how = { name: 'ECDSA', hash: 'SHA-256' };
const signature = await crypto.subtle.sign(how, pair.privateKey, message);
const bare = [];
for (let round = 0; round < 21; round += 1) {
  const begun = performance.now();
  await crypto.subtle.verify(how, pair.publicKey, signature, message);
  bare.push(performance.now() - begun);
}
const middle = (all) => all.sort((one, other) => one - other)[10];
return [middle(times), middle(bare), times[20]];
"""


@pytest.mark.needs("chromium", "chromedriver")
def test_the_page_answers_a_typed_code_in_little_more_than_its_signature_takes(tmp_path: Path) -> None:
    path = tmp_path / "verificar.html"
    kept = base64.b64encode(encode_list(trusted(), private("titular"))).decode()
    path.write_bytes(page_of(trusted()).content)
    with browser(tmp_path / "profile") as driver:
        opened_page(driver, path.as_uri())
        taken, plain, longest = in_page(driver, IN_PAGE, issued(), kept, TODAY.isoformat())
    tell("a code in the page, the longest of 21", longest / 1000, "the goal", GOAL_OF_PAGE)
    assert show("a code in the page", taken / 1000, "WebCrypto alone", max(plain, 0.1) / 1000, at_most=60)
