"""The page that checks certificates, on disk and on a server, and one browser for the tests of a file."""

from __future__ import annotations

import functools
import http.server
import io
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from selenium import webdriver

from eic_tracker.reports.verifier_page import VerifierPage
from tests.reports.browser import addresses_asked_for, browser, said_on_console
from tests.reports.printed_codes import Distortion, film, printed, scanned
from tests.reports.verifying import issued, page_of, trusted


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, VerifierPage]:
    """The page of a school on disk."""
    path = tmp_path_factory.mktemp("page") / "verificar.html"
    made_page = page_of(trusted())
    path.write_bytes(made_page.content)
    return path, made_page


@pytest.fixture(scope="module")
def driver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[webdriver.Chrome]:
    """One browser for all tests; before its camera lies a certificate."""
    folder = tmp_path_factory.mktemp("browser")
    near = scanned(printed(issued(3)), Distortion(angle=3), dpi=200)
    with Image.open(io.BytesIO(near)) as paper:
        corner = io.BytesIO()
        paper.crop((paper.width - 520, paper.height - 520, paper.width, paper.height)).save(corner, "PNG")
    (folder / "camera.y4m").write_bytes(film(corner.getvalue()))
    flags = ("--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream")
    with browser(folder / "profile", *flags, f"--use-file-for-fake-video-capture={folder / 'camera.y4m'}") as led:
        yield led


@pytest.fixture
def quiet(driver: webdriver.Chrome) -> Iterator[webdriver.Chrome]:
    """The browser, and afterwards: nothing was said on the console, nothing asked for but the page itself."""
    addresses_asked_for(driver)
    said_on_console(driver)
    yield driver
    assert said_on_console(driver) == []
    assert {address.partition("#")[0].rpartition("/")[2] for address in addresses_asked_for(driver)} <= {
        "verificar.html"
    }


@pytest.fixture(scope="module")
def served(page: tuple[Path, VerifierPage]) -> Iterator[str]:
    """The address of the page on a server of this machine."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        # A browser keeps a second connection open, just in case.
        timeout = 0.5

        def log_message(self, *_: Any) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=page[0].parent))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/verificar.html"
    server.shutdown()
    thread.join()
    server.server_close()
