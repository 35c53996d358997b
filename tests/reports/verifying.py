"""Invented certificates and lists of today, and the page that checks them as a person meets it in a browser."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path
from typing import Any

from selenium import webdriver
from selenium.webdriver.common.by import By

from eic_tracker.domain.seal import seal
from eic_tracker.domain.trust import TrustList, encode_list
from eic_tracker.reports.verifier_page import VerifierPage, VerifierSchool, verifier_page
from tests import certificate_vectors as made
from tests.reports.browser import wait_for

SCHOOL = VerifierSchool("Escuela de Investigación Criminal", "Comayagua", "2770-0000")
TODAY = dt.datetime.now().astimezone().date()
"""As the browser sees it."""


def issued(number: int = 1, *, signer: str = "titular", **values: Any) -> str:
    """The code of an invented certificate of the past, signed by an invented key."""
    facts = dataclasses.replace(made.facts(number), dated=dt.date(2026, 3, 6))
    return seal(dataclasses.replace(facts, **values), made.private(signer))


def trusted(**values: Any) -> TrustList:
    """A list that is made today, with one key."""
    day = {"issued_on": TODAY, "next_update": TODAY + dt.timedelta(days=31)}
    return TrustList(**{"issuer": "EIC", "sequence": 7, "keys": (made.key("titular"),), **day, **values})


def page_of(trust: TrustList, school: VerifierSchool = SCHOOL) -> VerifierPage:
    """The page with a list that its first key signs."""
    return verifier_page(encode_list(trust, made.private("titular")), school)


def in_page(driver: webdriver.Chrome, body: str, *values: Any) -> Any:
    """What an asynchronous body answers that has `values`."""
    script = (
        "const values = [...arguments]; const done = values.pop();"
        f"(async () => {{ {body} }})().then(done, (problem) => done({{ problem: String(problem.stack) }}));"
    )
    answer = driver.execute_async_script(script, *values)
    assert not (isinstance(answer, dict) and "problem" in answer), answer
    return answer


def answer_of(driver: webdriver.Chrome) -> tuple[str, str]:
    """How the answer on the page is marked, and its words."""
    wait_for(
        driver,
        "const answer = document.getElementById('answer');"
        "return !answer.hidden && !answer.textContent.includes(words().reading)",
    )
    section = driver.find_element(By.ID, "answer")
    return str(section.get_attribute("class")), section.text


def show_file(driver: webdriver.Chrome, path: Path, field: str = "picture") -> None:
    """Choose a file as a person does; the answer before it is taken away."""
    driver.find_element(By.ID, "clear").click()
    driver.find_element(By.ID, field).send_keys(str(path))
