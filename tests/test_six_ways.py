"""A figure is one number, whoever counts it: window, JSON, PDF, workbook, LibreOffice and plain SQL agree."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from eic_tracker.cli import run
from tests.reports.recalculation import convert
from tests.six_ways import books, paper, plain_sql, shown, told
from tests.six_ways.asked import FIGURES, QUARTER
from tests.six_ways.changing import BOYS, GIRLS, change_rows

AnswersOf = Callable[[str], Mapping[str, Mapping[str, int]]]


@pytest.fixture
def six_ways(demo_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], qtbot: QtBot) -> AnswersOf:
    """What each of the six ways says of every figure; the file is closed between them."""

    def ask(*words: str) -> str:
        capsys.readouterr()
        assert run(["--lang", "es", "--file", str(demo_file), *words]) in (0, 1)
        return capsys.readouterr().out

    def answers(name: str) -> Mapping[str, Mapping[str, int]]:
        folder = tmp_path / name
        folder.mkdir()
        report, book = folder / "report.pdf", folder / "rollup.xlsx"
        ask("report", "quarterly", "--period", QUARTER, "--out", str(report))
        ask("rollup", "--period", QUARTER, "--out", str(book))
        return {
            "plain SQL": plain_sql.answers(demo_file, FIGURES),
            "JSON": told.answers(ask, FIGURES),
            "PDF": paper.answers(report, FIGURES),
            "workbook as stored": books.answers(book, FIGURES),
            "workbook recalculated": books.answers(convert(book, folder, "xlsx"), FIGURES),
            "window": shown.answers(qtbot, demo_file, FIGURES),
        }

    return answers


def disagreements(answers: Mapping[str, Mapping[str, int]]) -> dict[str, dict[str, int]]:
    """The figures on which the ways differ, with what each says."""
    said = {str(asked): {way: found[str(asked)] for way, found in answers.items()} for asked in FIGURES}
    return {figure: ways for figure, ways in said.items() if len(set(ways.values())) != 1}


@pytest.mark.timeout(300)
@pytest.mark.needs("soffice", "pdftotext")
def test_six_ways_of_counting_agree_on_every_figure(six_ways: AnswersOf) -> None:
    answers = six_ways("as built")
    assert len({str(asked) for asked in FIGURES}) >= 40
    assert disagreements(answers) == {}
    assert answers["PDF"]["eic-graduates EIC"] == 15_175


MOVED = {
    "EIC completions 2018Q4": 3 - 1,
    "EIC completions 2018": 3 - 1,
    "EIC completions": 3 - 1,
    "EIC persons 2018Q4": 3 - 1 - 1,
    "EIC persons 2018": 3 - 1 - 1,
    "EIC persons": -1 - 1,
    "EIC enrolments 2018Q4": 3 - 1,
    "EIC enrolments 2018": 3 - 1,
    "EIC enrolments": 3 - 1,
    "EIC offerings 2018Q4": 1,
    "EIC offerings 2018": 1,
    "EIC offerings": 1,
    "EIC offerings course SEM-INF": 1,
    "EIC enrolments course SEM-INF": 3,
    "EIC completions course SEM-INF": 3,
    "EIC enrolments institution MP": -1,
    "EIC completions institution MP": -1,
    "EIC persons institution MP": -1 - 1,
    "EIC completions 2018Q4 sex F": -1,
    "EIC completions 2018 sex M": 3,
    "EIC enrolments instructor-force CNP": -1,
    "EIC completions instructor-force CNP": -1,
    "EIC enrolments 2018 instructor-force HNP": 3,
    **{
        f"GREAT {measure}{span}": GIRLS + BOYS
        for measure in ("reached", "graduated")
        for span in (" 2018Q4", " 2018", "")
    },
    "GREAT reached 2018Q4 sex F": GIRLS,
    "GREAT graduated 2018 sex M": BOYS,
    **{
        f"GREAT {measure} {cell}": GIRLS + BOYS
        for measure in ("reached", "graduated")
        for cell in ("department 05", "grade 6")
    },
    "eic-graduates EIC": 3 - 1,
    "eic-cnp-2018-participants EIC": -1,
    "great-reached GREAT": GIRLS + BOYS,
}
"""What the changed rows do to each figure: three enter late, one completion goes, two people become one, one class."""


@pytest.mark.timeout(300)
@pytest.mark.needs("soffice", "pdftotext")
def test_the_six_move_together_when_rows_change(six_ways: AnswersOf, demo_file: Path) -> None:
    before = plain_sql.answers(demo_file, FIGURES)
    change_rows(demo_file)
    answers = six_ways("changed")
    assert disagreements(answers) == {}
    after = answers["plain SQL"]
    assert {figure: after[figure] - before[figure] for figure in after if after[figure] != before[figure]} == MOVED
