"""Tests of `certificates` on a school's file: two people, each with a password, one with a passphrase besides."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from eic_tracker.cli import run
from tests.services.school import PASSPHRASE, PASSWORD, school_file

Captured = pytest.CaptureFixture[str]
OF = ("--offering", "007-2018")
FIRST, SECOND = "EIC-2018-000001", "EIC-2018-000002"


class Office:
    """A school's file, and its people at the command line."""

    def __init__(self, file: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
        self._file, self._monkeypatch, self._capsys = file, monkeypatch, capsys

    def asked(self, who: str, *words: str, typed: tuple[str, ...] = ()) -> tuple[int, str]:
        """Exit status and answer of a command of somebody, who types their password and what is asked besides."""
        lines = "".join(f"{line}\n" for line in (PASSWORD, *typed))
        self._monkeypatch.setattr(sys, "stdin", io.StringIO(lines))
        self._capsys.readouterr()
        status = run(["--lang", "en", "--file", str(self._file), "--as", who, "certificates", *words])
        said = self._capsys.readouterr()
        return status, said.out + said.err

    def answered(self, who: str, *words: str) -> Any:
        """The JSON of a command that does what it is asked."""
        status, said = self.asked(who, *words, "--json")
        assert status == 0, said
        return json.loads(said)


def test_from_preparing_to_the_duplicate_by_two_people(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    office = Office(school_file(tmp_path), monkeypatch, capsys)
    assert office.asked("registrar", "prepare", *OF)[0] == 0
    assert office.asked("manager", "approve", *OF, typed=("not the passphrase",))[0] == 1
    status, said = office.asked("manager", "approve", *OF, typed=(PASSPHRASE,))
    assert (status, said) == (0, "2 certificates of 007-2018 approved.\n")
    out = tmp_path / "out"
    assert office.asked("registrar", "issue", *OF, "--out", str(out), "--merge")[1] == f"{out / '007-2018.pdf'}\n"
    done = office.answered("registrar", "deliver", *OF, "--except", SECOND)
    assert (done["delivered"], done["waiting"]) == ([FIRST], [SECOND])
    assert [row["number"] for row in office.answered("auditor", "uncollected")] == [SECOND]
    proxy = ["--number", SECOND, "--to", "Su hermana", "--letter", "Poder 3"]
    assert office.answered("registrar", "deliver", *proxy)["delivered"] == [SECOND]
    theft = ["duplicate", FIRST, "--cause", "theft", "--document", "Denuncia 8"]
    made = office.answered("registrar", *theft)
    assert made["first"] == FIRST
    status, said = office.asked("manager", "approve", "--id", str(made["id"]), typed=(PASSPHRASE,))
    third = said.strip()
    assert (status, third[:4]) == (0, "EIC-")
    order = ["--reason", "Nota falsa", "--authorised-by", "Ana Inventada, Directora, Oficio 3"]
    assert office.answered("manager", "revoke", SECOND, *order)["delivered"]
    assert office.asked("registrar", "revoke", SECOND, *order)[0] == 1
    assert office.asked("registrar", "spoil", third, "--sheet", "A 7")[0] == 0


def test_statements_and_the_signature_of_the_school(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    office = Office(school_file(tmp_path), monkeypatch, capsys)
    made = [
        office.answered("registrar", "statement", "1", "--purpose", "una beca")["id"],
        office.answered("registrar", "statement", "1", "--all", "--with-grades")["id"],
    ]
    words = [word for key in made for word in ("--id", str(key))]
    status, said = office.asked("manager", "approve", *words, typed=(PASSPHRASE,))
    assert (status, [line[:4] for line in sorted(said.split())]) == (0, ["CES-", "CON-"])
    assert office.asked("registrar", "issue", *words, "--out", str(tmp_path / "out"))[0] == 0
    assert len(list((tmp_path / "out").glob("*.pdf"))) == 2
    assert office.asked("registrar", "issue", "--out", str(tmp_path / "out"))[0] == 2, "of what?"
    another = str(office.answered("registrar", "statement", "1")["id"])
    assert office.asked("manager", "withdraw", another)[0] == 1, "who prepares takes back"
    assert office.asked("registrar", "withdraw", another)[0] == 0
    assert office.asked("registrar", "withdraw", another)[0] == 1, "it waits no more"
    status, said = office.asked("auditor", "signature", "show")
    assert status == 0
    assert "Manager" in said
    new = "otra frase distinta"
    assert office.asked("manager", "signature", "passphrase", typed=(PASSPHRASE, new, new))[0] == 0
    assert office.asked("manager", "signature", "lost", "1", "--reason", "Se olvidó")[0] == 0
    assert office.asked("auditor", "signature", "show")[0] == 1
    assert office.asked("manager", "signature", "make", typed=(new, new))[0] == 0
    assert office.asked("auditor", "signature", "show")[0] == 0
