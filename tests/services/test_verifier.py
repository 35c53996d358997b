"""Writing the page that checks certificates: with the newest published list, whole or not at all."""

from __future__ import annotations

import base64
import dataclasses
import datetime as dt
import json
import re
from pathlib import Path
from typing import Any

import pytest

from eic_tracker.cli import run
from eic_tracker.domain.codes import Role
from eic_tracker.domain.trust import encode_list, list_fingerprint
from eic_tracker.errors import FileProblem, UserError
from eic_tracker.queries.school import CHECK_TELEPHONE
from eic_tracker.services.verifier import write_verifier
from eic_tracker.store.database import Database
from eic_tracker.store.tables.certificates import TrustListRow
from eic_tracker.store.tables.reference import Setting
from eic_tracker.store.transaction import Actor, Entry
from tests import certificate_vectors as made
from tests.reports.verifying import trusted
from tests.services.school import NOW, school, user


def publish(db: Database, sequence: int, *, own: bool = True) -> bytes:
    """A list in the file as if it had been published, or taken in from another school."""
    trust = dataclasses.replace(trusted(), sequence=sequence, issued_on=dt.date(2018, 12, 1))
    content = encode_list(trust, made.private("titular"))
    row = {
        "issuer": "EIC",
        "sequence": sequence,
        "own": own,
        "issued_on": trust.issued_on,
        "fingerprint": list_fingerprint(content),
        "content": content,
        "recorded_at": NOW,
    }
    with db.write(Entry(Actor("prueba"), "publish_trust_list", str(sequence))) as tx:
        tx.insert(TrustListRow, [row])
    return content


def embedded(path: Path) -> Any:
    """What the page has in its element of data."""
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', path.read_text(encoding="utf-8"))
    assert found
    return json.loads(found[1])


def test_the_page_holds_the_newest_list_of_the_school_and_whom_to_telephone(tmp_path: Path) -> None:
    db = school(tmp_path)
    publish(db, 1)
    newest = publish(db, 2)
    publish(db, 9, own=False)
    with db.write(Entry(Actor("prueba"), "set_up", "telephone")) as tx:
        tx.insert(Setting, [{"name": CHECK_TELEPHONE, "value": json.dumps("2770-0000")}])
    path = tmp_path / "verificar.html"
    for role in Role:
        done = write_verifier(db, user(db, role), path)
        assert (done.sequence, done.list_code) == (2, list_fingerprint(newest))
    said = embedded(path)
    assert base64.b64decode(said["list"]) == newest
    assert said["school"]["telephone"] == "2770-0000"
    assert said["school"]["name"]
    db.close()


def test_without_a_published_list_nothing_is_written_and_it_is_said_what_to_do(tmp_path: Path) -> None:
    db = school(tmp_path)
    path = tmp_path / "verificar.html"
    with pytest.raises(UserError, match="trust export"):
        write_verifier(db, user(db, Role.REGISTRAR), path)
    assert not path.exists()
    db.close()


def test_a_page_is_written_whole_or_not_at_all_and_never_takes_a_databases_place(tmp_path: Path) -> None:
    db = school(tmp_path)
    publish(db, 1)
    acting = user(db, Role.REGISTRAR)
    (tmp_path / "plain").write_text("no folder", encoding="utf-8")
    (tmp_path / "taken.html").mkdir()
    for path in (tmp_path / "plain" / "verificar.html", tmp_path / "taken.html"):
        with pytest.raises(FileProblem):
            write_verifier(db, acting, path)
    with pytest.raises(FileProblem, match="database"):
        write_verifier(db, acting, tmp_path / "school.eic")
    db.close()
    left = {path.name for path in tmp_path.iterdir() if not path.name.startswith("school.eic-")}
    assert left == {"school.eic", "plain", "taken.html"}


def test_the_command_writes_the_page_and_says_its_fingerprint(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    db = school(tmp_path)
    publish(db, 3)
    db.close()
    path = tmp_path / "verificar.html"
    words = ["--lang", "en", "--file", str(tmp_path / "school.eic"), "certificates", "verifier", "--out", str(path)]
    assert run([*words, "--telephone", " 2770-1111 "]) == 0
    said = capsys.readouterr().out
    assert re.search(r"verificar\.html: fingerprint (\w{4}-){3}\w{4}\n", said)
    assert "List 3 of 01 Dec 2018" in said
    assert embedded(path)["school"]["telephone"] == "2770-1111"
