"""The page that checks certificates, in a real browser: from a folder and from a server, without any connection."""

from __future__ import annotations

import base64
import datetime as dt
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from eic_tracker.domain.trust import encode_list, list_fingerprint, read_list, uid_prefix
from eic_tracker.domain.verifying import check_code
from eic_tracker.reports.verifier_page import SCRIPTS, VerifierPage, VerifierSchool
from tests import certificate_vectors as made
from tests.reports.browser import addresses_asked_for, opened_page, wait_for
from tests.reports.verifying import TODAY, answer_of, in_page, issued, page_of, show_file, trusted
from tests.test_translations import wrong_words

pytestmark = pytest.mark.needs("chromium", "chromedriver")

KEPT: dict[str, Any] = json.loads(made.FILE.read_text(encoding="utf-8"))


def test_the_page_answers_at_once_from_a_folder_and_from_a_server_and_says_its_own_fingerprint(
    quiet: webdriver.Chrome, page: tuple[Path, VerifierPage], served: str
) -> None:
    path, made_page = page
    fragment = issued().replace("%", "%25").replace(" ", "%20")
    for address in (path.as_uri(), served):
        opened_page(quiet, f"{address}#{fragment}")
        mark, words = answer_of(quiet)
        assert mark == "answer good"
        assert words.startswith("Válido")
        for said in (made.facts(1).name, made.facts(1).course, "06/03/2026", "EIC-2026-000001", "2770-0000"):
            assert said in words
        about = quiet.find_element(By.ID, "about").text
        assert made_page.fingerprint in about
        assert list_fingerprint(encode_list(trusted(), made.private("titular"))) in about
        assert "n.º 7" in about
        assert "hecha hoy" in about
    assert [each for each in addresses_asked_for(quiet) if "127.0.0.1" in each] == [served]


VECTORS = """
const [kept, today] = values;
const lists = {};
for (const [name, list] of Object.entries(kept.lists)) lists[name] = await readList(bytesOf(list), null, true);
const answers = [];
for (const { text, lists: [name] } of kept.vectors) {
  answers.push([await checked(text, lists[name], today, false), await checked(text, lists[name], today, true)]);
}
return answers;
"""


def test_browser_and_script_judge_every_shared_vector_as_the_program_does(
    quiet: webdriver.Chrome, page: tuple[Path, VerifierPage]
) -> None:
    opened_page(quiet, page[0].as_uri())
    answers = in_page(quiet, VECTORS, KEPT, KEPT["today"])
    lists = {name: read_list(base64.b64decode(each), None)[0] for name, each in KEPT["lists"].items()}
    assert len(answers) == len(KEPT["vectors"]) >= 400
    for vector, (by_browser, by_script) in zip(KEPT["vectors"], answers, strict=True):
        assert by_browser == by_script, vector["what"]
        assert (by_browser["state"], by_browser["reason"]) == (vector["state"], vector["reason"]), vector["what"]
        right = check_code(vector["text"], [lists[vector["lists"][0]]], dt.date.fromisoformat(KEPT["today"]))
        assert by_browser["name"] == (right.facts.name if right.facts else None), vector["what"]
        assert by_browser["date"] == (right.facts.dated.isoformat() if right.facts else None), vector["what"]
        assert by_browser["telephone_code"] == right.telephone_code, vector["what"]
        assert by_browser["list_age_days"] == right.list_age_days, vector["what"]
        assert by_browser["demo"] == right.demonstration, vector["what"]


def test_the_script_finds_the_same_signatures_good_and_bad_as_the_browser(
    quiet: webdriver.Chrome, page: tuple[Path, VerifierPage]
) -> None:
    opened_page(quiet, page[0].as_uri())
    differing = in_page(
        quiet,
        """
        const differing = [];
        const make = (r, s) => Uint8Array.from((r.toString(16).padStart(64, "0") + s.toString(16).padStart(64, "0"))
          .match(/../g), (pair) => parseInt(pair, 16));
        const point = page.list.keys[0].point;
        const off = point.slice();
        off[64] ^= 1;
        const edges = [0n, 1n, 2n, P256_N / 2n, P256_N - 1n, P256_N, P256_N + 1n, 2n ** 256n - 1n];
        const pairs = edges.flatMap((r) => edges.map((s) => make(r, s)));
        const way = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
        const tried = pairs.flatMap((pair) => [[pair, point], [pair, off]]);
        for (let turn = 0; turn < 40; turn += 1) {
          const keys = await crypto.subtle.generateKey(way, true, ["sign", "verify"]);
          const own = new Uint8Array(await crypto.subtle.exportKey("raw", keys.publicKey));
          const good = new Uint8Array(await crypto.subtle.sign(way, keys.privateKey, Uint8Array.of(turn, 7)));
          const bad = good.slice();
          bad[turn] ^= 1 << (turn % 8);
          if (!holdsByScript(Uint8Array.of(turn, 7), good, own)) differing.push(["good", turn]);
          tried.push([bad, own], [good, point]);
        }
        for (const [place, [signature, key]] of tried.entries()) {
          const signed = Uint8Array.of(place);
          const one = await holdsByBrowser(signed, signature, key);
          if (one || one !== holdsByScript(signed, signature, key)) differing.push([place, one]);
        }
        return differing;
        """,
    )
    assert differing == []


def test_a_code_is_taken_as_people_bring_it_and_the_answer_follows_the_language(
    quiet: webdriver.Chrome, page: tuple[Path, VerifierPage], record_property: Callable[[str, object], None]
) -> None:
    opened_page(quiet, page[0].as_uri())
    good = issued()
    spelled = good.replace("%", "%25").replace(" ", "%20")
    field = quiet.find_element(By.ID, "code")
    brought = {
        "alone": good,
        "small": good.lower(),
        "after words": f"Código: {good}",
        "address": f"https://escuela.example/#{spelled}",
        "address without its beginning": f"escuela.example/verificar.html#{spelled}",
    }
    for how, text in brought.items():
        quiet.find_element(By.ID, "clear").click()
        # All but the last letters at once: a driver types each of them for milliseconds.
        in_page(quiet, "document.getElementById('code').value = values[0];", text[:-3])
        field.send_keys(text[-3:] + Keys.ENTER)
        assert answer_of(quiet)[0] == "answer good", how
    quiet.find_element(By.CSS_SELECTOR, "[data-tongue=en]").click()
    mark, words = answer_of(quiet)
    assert (mark, words.startswith("Valid\n"), "06 Mar 2026" in words) == ("answer good", True, True)
    assert quiet.find_element(By.TAG_NAME, "html").get_attribute("lang") == "en"
    milliseconds = in_page(
        quiet, "const start = performance.now(); await checkText(values[0]); return performance.now() - start;", good
    )
    record_property("told", f"the page answered a typed code in {milliseconds:.1f} ms (bar of the design: 200)")
    field.clear()
    field.send_keys(Keys.ENTER)
    assert "The code is missing" in answer_of(quiet)[1]


def test_a_newer_list_is_taken_only_from_the_school_itself(
    quiet: webdriver.Chrome, page: tuple[Path, VerifierPage], tmp_path: Path
) -> None:
    opened_page(quiet, page[0].as_uri())
    annulled = {"annulled": frozenset({uid_prefix(made.uid(1))})}
    titular = made.private("titular")
    keys = (made.key("titular"), made.key("thief"))
    forged = encode_list(trusted(sequence=8, keys=keys, **annulled), made.private("thief"))
    demonstration = encode_list(trusted(sequence=8, demonstration=True, **annulled), titular)
    refused = {
        "forged": (forged, "no lleva una firma"),
        "older": (encode_list(trusted(sequence=6, **annulled), titular), "no es más nueva"),
        "the same": (encode_list(trusted(**annulled), titular), "no es más nueva"),
        "of another school": (encode_list(trusted(sequence=8, issuer="OTRA", **annulled), titular), "otra escuela"),
        "of a demonstration": (demonstration, "demostración"),
        "damaged": (encode_list(trusted(sequence=8, **annulled), titular)[:-1], "dañado"),
        "no list": (b"hola", "no es una lista"),
    }
    file = tmp_path / "eic-trust.cose"
    for what, (content, said) in refused.items():
        file.write_bytes(content)
        quiet.find_element(By.ID, "list").send_keys(str(file))
        wait_for(quiet, f"return document.getElementById('list-answer').textContent.includes({json.dumps(said)})")
        in_page(quiet, "page.listNote = null; await checkText(values[0]);", issued())
        assert answer_of(quiet)[0] == "answer good", what
    file.write_bytes(encode_list(trusted(sequence=8, **annulled), titular))
    show_file(quiet, file, "list")
    wait_for(quiet, "return document.getElementById('list-answer').textContent.includes('n.º 8')")
    in_page(quiet, "await checkText(values[0]);", issued())
    mark, words = answer_of(quiet)
    assert (mark, words.startswith("Anulado")) == ("answer bad struck", True)


def test_a_demonstration_and_an_old_list_never_look_like_a_valid_certificate(
    quiet: webdriver.Chrome, tmp_path: Path
) -> None:
    path = tmp_path / "verificar.html"
    demonstration = trusted(keys=(made.key("titular", demonstration=True),), demonstration=True)
    path.write_bytes(page_of(demonstration).content)
    opened_page(quiet, path.as_uri())
    in_page(quiet, "await checkText(values[0]);", issued(demonstration=True))
    mark, words = answer_of(quiet)
    assert (mark, words.startswith("DEMOSTRACIÓN, sin valor")) == ("answer wait", True)
    assert quiet.find_element(By.ID, "demo").is_displayed()
    path.write_bytes(page_of(trusted(issued_on=TODAY - dt.timedelta(days=91))).content)
    opened_page(quiet, path.as_uri())
    assert "más de 90 días" in quiet.find_element(By.ID, "clock").text
    in_page(quiet, "await checkText(values[0]);", issued())
    mark, words = answer_of(quiet)
    assert (mark, words.startswith("Firma válida; lista de anulados antigua")) == ("answer wait", True)
    assert "de hace 91 días" in words


def test_a_name_that_looks_like_a_program_is_only_a_name(quiet: webdriver.Chrome, tmp_path: Path) -> None:
    path = tmp_path / "verificar.html"
    nasty = "</script><script>alert(1)</script><!-- {style} {data} & \u202e"
    path.write_bytes(page_of(trusted(), VerifierSchool(nasty)).content)
    opened_page(quiet, path.as_uri())
    in_page(quiet, "await checkText(values[0]);", issued(name="Ana <b>Paz</b> & <img src=x>", course=nasty))
    assert "Ana <b>Paz</b> & <img src=x>" in answer_of(quiet)[1]
    assert quiet.find_element(By.ID, "school").text == nasty
    assert quiet.find_elements(By.CSS_SELECTOR, "#answer b, #answer img") == []


def test_nothing_is_clipped_on_telephone_tablet_and_laptop_and_every_control_has_a_name(
    quiet: webdriver.Chrome, page: tuple[Path, VerifierPage]
) -> None:
    long = issued(name="Wilmerconapellidolarguísimo" * 3, course="Ñ" * 120)
    try:
        for width, height in ((360, 740), (768, 1024), (1366, 768)):
            size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500}
            quiet.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
            opened_page(quiet, page[0].as_uri())
            in_page(quiet, "await checkText(values[0]);", long)
            for tongue in ("es", "en"):
                quiet.find_element(By.CSS_SELECTOR, f"[data-tongue={tongue}]").click()
                assert in_page(quiet, CLIPPED) == [], (width, tongue)
                assert in_page(quiet, NAMELESS) == [], (width, tongue)
    finally:
        quiet.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


CLIPPED = """
const all = [...document.querySelectorAll("button, p, dd, dt, h1, h2, h3, li, label, textarea")];
const clipped = all.filter((each) => each.getBoundingClientRect().right > innerWidth + 0.5 ||
  (each.clientWidth && each.scrollWidth > each.clientWidth + 1));
const tooWide = document.documentElement.scrollWidth > innerWidth ? ["page"] : [];
return clipped.map((each) => each.textContent).concat(tooWide);
"""
NAMELESS = """
return [...document.querySelectorAll("button, textarea")]
  .filter((each) => !each.textContent.trim() && !(each.labels && each.labels[0].textContent.trim()))
  .map((each) => each.id).concat([...document.querySelectorAll("[data-word]")]
  .filter((each) => !each.textContent || each.textContent === "undefined").map((each) => each.dataset.word));
"""


def test_the_keyboard_reaches_every_control_in_the_order_of_the_page(
    quiet: webdriver.Chrome, page: tuple[Path, VerifierPage]
) -> None:
    opened_page(quiet, page[0].as_uri())
    reached = []
    for _ in range(9):
        quiet.switch_to.active_element.send_keys(Keys.TAB)
        focused = quiet.switch_to.active_element
        reached.append(focused.get_attribute("id") or focused.get_attribute("data-tongue") or focused.text)
    assert reached == ["es", "en", "camera", "choose", "code", "Comprobar", "clear", "print", "choose-list"]


def test_both_languages_say_everything_with_the_same_values_and_no_word_that_must_not_be_shown(
    quiet: webdriver.Chrome, page: tuple[Path, VerifierPage]
) -> None:
    opened_page(quiet, page[0].as_uri())
    spanish, english = (_flat(in_page(quiet, "return WORDS[values[0]];", tongue)) for tongue in ("es", "en"))
    assert spanish.keys() == english.keys()
    for name, text in spanish.items():
        assert sorted(re.findall(r"\{\w+\}", text)) == sorted(re.findall(r"\{\w+\}", english[name])), name
        assert not wrong_words(text), name
        assert not re.search(r"(?i)\b(hash|cose|clave)\b", text.replace("eic-trust.cose", "")), name


def _flat(words: Any, name: str = "") -> dict[str, str]:
    if isinstance(words, str):
        return {name: words}
    parts = words.items() if isinstance(words, dict) else enumerate(words)
    return {key: text for part, each in parts for key, text in _flat(each, f"{name}.{part}").items()}


def test_the_page_is_small_forbids_every_connection_and_is_the_same_for_the_same_list() -> None:
    made_page = page_of(trusted())
    text = made_page.content.decode()
    assert made_page == page_of(trusted())
    assert len(made_page.content) < 150_000
    assert "default-src 'none'" in text
    assert not re.search(r"\b(src|href)=[\"'](?!#)", text)
    folder = Path(__file__).parents[2] / "resources" / "verifier"
    assert {path.stem for path in folder.glob("*.js")} == set(SCRIPTS)
