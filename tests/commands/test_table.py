"""Tests of `table`."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.commands.test_acts import answered, asked
from tests.services.demonstration_file import number

Captured = pytest.CaptureFixture[str]
WOMEN_OF_2018 = """SELECT count(*) FROM enrolment e JOIN offering o ON o.id = e.offering_id
JOIN programme r ON r.id = o.programme_id AND r.code = 'EIC' JOIN participant p ON p.id = e.participant_id
WHERE e.status = 'completed' AND o.status = 'closed' AND p.sex = 'F'
AND o.ends_on BETWEEN '2018-01-01' AND '2018-12-31'"""

SIGNED_OF_2018 = """SELECT count(*) FROM enrolment e JOIN offering o ON o.id = e.offering_id
JOIN programme r ON r.id = o.programme_id AND r.code = 'EIC'
WHERE e.status = 'completed' AND o.status = 'closed' AND o.ends_on BETWEEN '2018-01-01' AND '2018-12-31'
AND o.signed_attendance AND EXISTS (SELECT 1 FROM act a WHERE a.offering_id = o.id)"""


def test_a_table_answers_with_its_numbers_totals_and_names(demo_file: Path, capsys: Captured) -> None:
    words = ("table", "--measure", "completions", "--rows", "sex", "--columns", "quarter")
    status, found = answered(demo_file, capsys, *words, "--period", "2018", "--programme", "EIC")
    assert status == 0
    women = next(line for line in found["table"] if line["key"] == "F")
    assert women["name"] == "Women"
    assert [each["column"] for each in women["numbers"]] == ["2018Q1", "2018Q2", "2018Q3", "2018Q4"]
    assert women["total"] == number(demo_file, WOMEN_OF_2018) == sum(each["number"] for each in women["numbers"])
    assert found["total"] == sum(each["number"] for each in found["column_totals"])
    assert found["adds_up"] is True


def test_the_total_says_what_papers_stand_behind_it_whatever_is_kept(demo_file: Path, capsys: Captured) -> None:
    words = ("table", "--rows", "year", "--programme", "EIC", "--period", "2018")
    for measure in ("completions", "persons", "offerings"):
        _, found = answered(demo_file, capsys, *words, "--measure", measure, "--only", "course-type=seminar")
        support = found["support"]
        assert list(support) == ["sheet_and_act", "act", "roster_or_heads", "document"]
        assert found["total"] > 0
        assert sum(support.values()) - support["document"] == found["total"]
    _, all_of_it = answered(demo_file, capsys, *words, "--measure", "completions")
    signed = number(demo_file, SIGNED_OF_2018)
    assert all_of_it["support"]["sheet_and_act"] == signed > 0


def test_what_is_kept_leaves_the_rest_out_and_an_empty_code_is_what_is_not_recorded(
    demo_file: Path, capsys: Captured
) -> None:
    words = ("table", "--measure", "completions", "--rows", "year", "--programme", "EIC")
    _, women = answered(demo_file, capsys, *words, "--period", "2018", "--only", "sex=F")
    assert women["total"] == number(demo_file, WOMEN_OF_2018)
    assert women["filters"] == {"sex": "F"}
    _, unknown = answered(demo_file, capsys, *words, "--only", "country=", "--only", "sex=U")
    assert unknown["filters"] == {"country": None, "sex": "U"}


def test_a_table_is_printed_with_its_rule_and_written_as_a_workbook(
    demo_file: Path, capsys: Captured, tmp_path: Path
) -> None:
    words = ("table", "--measure", "persons", "--rows", "year", "--programme", "EIC")
    assert asked(demo_file, *words) == 0
    printed = capsys.readouterr().out
    assert printed.startswith("Distinct persons: Year\n")
    assert "counted by itself" in printed
    assert asked(demo_file, *words, "--out", str(tmp_path / "own.xlsx")) == 0
    assert capsys.readouterr().out.strip() == str(tmp_path / "own.xlsx")
    cells = {cell.value for row in load_workbook(tmp_path / "own.xlsx").worksheets[0].iter_rows() for cell in row}
    assert {"2018", "Total", "Distinct persons"} <= cells


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--measure", "reached", "--rows", "rank"), "rank"),
        (("--measure", "reached", "--rows", "year", "--only", "sex"), "such as sex=F"),
        (("--measure", "reached", "--rows", "year", "--only", "moon=F"), "moon"),
        (("--measure", "completions", "--rows", "year", "--columns", "month"), "60"),
        (("--measure", "completions", "--rows", "year", "--period", "soon"), "soon"),
    ],
)
def test_what_makes_no_table_gets_one_sentence(
    demo_file: Path, capsys: Captured, words: tuple[str, ...], said: str
) -> None:
    assert asked(demo_file, "table", *words) == 2
    told = capsys.readouterr().err
    assert said in told
    assert "Traceback" not in told
