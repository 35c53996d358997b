"""Tests of `quarter close|reopen|show`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.test_acts import answered, asked

Captured = pytest.CaptureFixture[str]


def test_a_quarter_is_closed_shown_and_reopened(demo_file: Path, tmp_path: Path, capsys: Captured) -> None:
    out = tmp_path / "sent"
    assert asked(demo_file, "quarter", "close", "--period", "FY2019Q1", "--out", str(out)) == 0
    printed = capsys.readouterr().out
    assert "2018Q4.pdf" in printed
    assert {path.suffix for path in out.iterdir()} == {".pdf", ".xlsx", ".txt"}
    assert asked(demo_file, "quarter", "close", "--period", "2018Q4", "--out", str(tmp_path / "b")) == 1
    assert "2018Q4" in capsys.readouterr().err
    assert asked(demo_file, "quarter", "reopen", "--period", "2018Q4", "--reason", "falta un curso") == 0
    capsys.readouterr()
    status, shown = answered(demo_file, capsys, "quarter", "show", "--period", "2018Q4")
    assert (status, shown["reopened_reason"], shown["restatements"]) == (0, "falta un curso", [])
    frozen = {(each["programme"], each["measure"]): each["frozen"] for each in shown["figures"]}
    for programme, dimension in (("EIC", "course"), ("EIC", "sex"), ("GREAT", "grade"), ("GREAT", "department")):
        for measure in ("completions", "reached"):
            table = [
                each for each in shown["tables"] if (each["programme"], each["dimension"]) == (programme, dimension)
            ]
            summed = sum(each["frozen"] for each in table if each["measure"] == measure)
            assert summed == frozen.get((programme, measure), 0)
    assert asked(demo_file, "quarter", "show", "--period", "2019Q1") == 0
    assert "2019Q1" in capsys.readouterr().out
