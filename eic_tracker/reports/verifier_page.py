"""The page by which anybody checks certificates: one HTML file without a server, put together from small sources."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import json
import re
from dataclasses import dataclass
from html import escape
from pathlib import Path

from eic_tracker.domain.paper_codes import act_code
from eic_tracker.paths import resources

SCRIPTS = (
    "sha256",
    "base45",
    "cbor",
    "p256",
    "cose",
    "trust",
    "qr_tables",
    "qr_fix",
    "qr_words",
    "qr_light",
    "qr_find",
    "qr_place",
    "qr_read",
    "words",
    "picture",
    "answer",
    "page",
)
"""In the order in which they are read; each uses only what stands before it until the last begins."""


@dataclass(frozen=True, slots=True)
class VerifierSchool:
    """What the page says of the school: whom to telephone in doubt; empty texts are left out."""

    name: str
    address: str = ""
    telephone: str = ""


@dataclass(frozen=True, slots=True)
class VerifierPage:
    """The bytes of the page and the 16 characters that it shows of itself."""

    content: bytes
    fingerprint: str


def verifier_page(trust_list: bytes, school: VerifierSchool, today: dt.date | None = None) -> VerifierPage:
    """The page with a signed list of keys and annulled certificates inside; equal input gives equal bytes.

    `today` stands still in a demonstration; None for the day of whoever opens the page.
    Its fingerprint is taken over style, data and program, as they stand in its elements of these names, a line each:
    the page reads and shows the same."""
    folder = resources() / "verifier"
    style = _text(folder / "style.css")
    program = '"use strict";\n' + "\n".join(_text(folder / f"{name}.js") for name in SCRIPTS)
    said = {
        "school": {"name": school.name, "address": school.address, "telephone": school.telephone},
        "list": base64.b64encode(trust_list).decode("ascii"),
        "body": _text(folder / "body.html"),
        "today": today.isoformat() if today else None,
    }
    # An element of data ends at the first "</script", wherever that stands.
    data = json.dumps(said, ensure_ascii=False, sort_keys=True).replace("<", "\\u003c")
    parts = {
        "policy": _policy(program, style),
        "title": escape(school.name),
        "style": style,
        "data": data,
        "program": program,
    }
    # In one pass: a name of a school may look like one of the places.
    page = re.sub(r"\{(\w+)\}", lambda place: parts[place[1]], _text(folder / "page.html"))
    whole = f"{style}\n{data}\n{program}".encode()
    return VerifierPage(page.encode(), act_code(hashlib.sha256(whole).hexdigest()))


def _policy(program: str, style: str) -> str:
    """No connection at all, and no program or style but these (Content Security Policy, level 3)."""
    return (
        f"default-src 'none'; script-src 'sha256-{_digest(program)}'; style-src 'sha256-{_digest(style)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii")


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")
