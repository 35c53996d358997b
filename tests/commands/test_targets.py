"""Tests of `targets`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.test_acts import answered, asked

Captured = pytest.CaptureFixture[str]


def test_a_target_is_entered_approved_listed_and_taken_out(demo_file: Path, capsys: Captured) -> None:
    assert asked(demo_file, "targets", "set", "GREAT", "graduated", "2019", "90000", "--document", "Plan 7") == 0
    status, listed = answered(demo_file, capsys, "targets", "list", "--year", "2019", "--programme", "GREAT")
    new = next(each for each in listed if each["measure"] == "graduated")
    assert (status, new["approved"], new["document"], new["value"]) == (0, False, "Plan 7", 90000)
    assert new["needed"] == 90000 - new["counted"]
    assert asked(demo_file, "targets", "approve", str(new["target"])) == 0
    assert asked(demo_file, "targets", "approve", str(new["target"])) == 1
    assert asked(demo_file, "targets", "set", "GREAT", "graduated", "2019", "1") == 2
    assert "90,000" in capsys.readouterr().err
    assert asked(demo_file, "targets", "list") == 0
    printed = capsys.readouterr().out
    assert "Planned by now" in printed
    assert "straight line" in printed
    assert asked(demo_file, "targets", "withdraw", str(new["target"]), "--reason", "otro plan") == 0
    _, listed = answered(demo_file, capsys, "targets", "list", "--year", "2019", "--programme", "GREAT")
    assert {each["measure"] for each in listed} == {"reached"}


def test_indicator_codes_are_kept_and_listed(demo_file: Path, capsys: Captured) -> None:
    assert asked(demo_file, "targets", "indicator", "EIC", "completions", "INL-4.1") == 0
    status, codes = answered(demo_file, capsys, "targets", "indicators")
    assert status == 0
    assert {"programme": "EIC", "measure": "completions", "code": "INL-4.1"} in codes
    assert asked(demo_file, "targets", "indicators") == 0
    assert "INL-4.1" in capsys.readouterr().out
    assert asked(demo_file, "targets", "indicator", "EIC", "reached", "X") == 2
