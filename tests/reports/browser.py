"""A real Chromium without a screen, led by its driver; nothing is downloaded and nothing of it is kept."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.support.ui import WebDriverWait

_FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE = 60.0
"""Seconds; what takes longer is broken."""


@contextmanager
def browser(folder: Path, *flags: str) -> Iterator[webdriver.Chrome]:
    """A browser with a profile of its own in a folder; it notes what it asks of the network and says on its console."""
    options = Options()
    options.binary_location = str(shutil.which("chromium"))
    for flag in (*_FLAGS, f"--user-data-dir={folder}", "--window-size=1366,768", *flags):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(executable_path=shutil.which("chromedriver")))
    try:
        driver.set_script_timeout(PATIENCE)
        driver.get("about:blank")
        addresses_asked_for(driver)
        yield driver
    finally:
        driver.quit()


def opened_page(driver: webdriver.Chrome, address: str) -> None:
    """Open an address anew, also where only the part after # differs, and wait until the page has begun."""
    driver.get("about:blank")
    driver.get(address)
    wait_for(driver, "return document.documentElement.dataset.ready === 'true'")


def wait_for(driver: webdriver.Chrome, script: str) -> Any:
    """What a script answers as soon as that is true of it."""
    return WebDriverWait(driver, PATIENCE, poll_frequency=0.05).until(lambda _: driver.execute_script(script))


def addresses_asked_for(driver: webdriver.Chrome) -> list[str]:
    """What the browser asked of disk and network since this was last called, other than empty pages."""
    events = [json.loads(entry["message"])["message"] for entry in driver.get_log("performance")]  # type: ignore[no-untyped-call]
    asked = [each["params"]["request"]["url"] for each in events if each["method"] == "Network.requestWillBeSent"]
    return [address for address in asked if address != "about:blank"]


def said_on_console(driver: webdriver.Chrome) -> list[str]:
    """What the page said on its console since this was last called."""
    return [entry["message"] for entry in driver.get_log("browser")]  # type: ignore[no-untyped-call]
