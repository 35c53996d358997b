"""Tests of `today`."""

from __future__ import annotations

from pathlib import Path

import pypdfium2 as pdfium
import pytest

from tests.commands.test_acts import answered, asked

Captured = pytest.CaptureFixture[str]


def test_the_day_is_told_in_words_and_json_and_written_as_one_page(
    demo_file: Path, tmp_path: Path, capsys: Captured
) -> None:
    assert asked(demo_file, "today") == 0
    printed = capsys.readouterr().out
    assert "118-2019" in printed
    assert "Attendance is not recorded of 80 people" in printed
    status, day = answered(demo_file, capsys, "today", "--day", "2019-06-27")
    assert (status, day["day"], day["expected"], day["present"], day["not_marked"]) == (0, "2019-06-27", 80, 80, 0)
    assert (day["beds_taken"], day["beds"]) == (64, 200)
    assert sum(each["in_training"] for each in day["courses"]) == day["in_training"] == 80
    out = tmp_path / "parte.pdf"
    assert asked(demo_file, "today", "--out", str(out)) == 0
    document = pdfium.PdfDocument(out.read_bytes())
    assert len(document) == 1
    document.close()
    assert asked(demo_file, "today", "--day", "2010-01-01", "--out", str(out)) == 2
    assert asked(demo_file, "today", "--day", "2010-01-01") == 0
    assert "No course runs" in capsys.readouterr().out
