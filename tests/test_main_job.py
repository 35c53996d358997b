"""The main job from end to end, and that a changed row is noticed everywhere."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import zipfile
from contextlib import closing
from pathlib import Path
from typing import Any

import openpyxl
import pypdfium2
import pytest

from eic_tracker.cli import run
from eic_tracker.i18n import Language, Translator
from tests.reports.recalculation import recalculated

DEFINED_TOTALS = {
    "total_eic_completions": 15_175,
    "total_great_reached": 346_215,
    "total_cnp_2018_offerings": 28,
    "total_cnp_2018_enrolments": 844,
}
STATES = {
    "reconciled": 14,
    "contradicted": 2,
    "missed": 2,
    "in_progress": 2,
    "not_recorded": 5,
}


def pdf_text(path: Path) -> str:
    """All text of a PDF."""
    with closing(pypdfium2.PdfDocument(path)) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)


def defined_totals(path: Path, *, stored: bool) -> dict[str, Any]:
    """The cells that the workbook's defined totals point at: stored values, or formulas."""
    with closing(openpyxl.load_workbook(path, data_only=stored)) as book:
        return totals_of(book)


def answer(capsys: pytest.CaptureFixture[str], file: Path, *words: str) -> tuple[int, Any]:
    """Exit status and JSON answer of a command."""
    capsys.readouterr()
    status = run(["--file", str(file), *words, "--json"])
    return status, json.loads(capsys.readouterr().out)


def test_the_main_job_writes_all_its_papers(demo_folder: Path) -> None:
    names = demo_folder.with_suffix(".finished").read_text(encoding="utf-8").splitlines()
    assert names == ["certificates", "demo.eic", "quarterly.pdf", "reconciliation.txt", "rollup.xlsx"]
    certificates = sorted((demo_folder / "certificates").iterdir())
    assert len(certificates) >= 12
    assert all(path.suffix == ".pdf" and "DEMOSTRACIÓN" in pdf_text(path) for path in certificates[:3])
    assert zipfile.is_zipfile(demo_folder / "rollup.xlsx")


def test_the_reconciliation_shows_the_published_totals_as_counted(demo_folder: Path) -> None:
    text = (demo_folder / "reconciliation.txt").read_text(encoding="utf-8")
    lines = {line.split()[0]: line for line in text.splitlines() if line.strip()}
    for key, value in (
        ("eic-graduates", "15,175"),
        ("great-reached", "346,215"),
        ("eic-cnp-2018-courses", "28"),
        ("eic-cnp-2018-participants", "844"),
    ):
        assert lines[key].count(value) == 2


def test_the_25_published_figures_stand_as_they_should(demo_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, figures = answer(capsys, demo_file, "reconcile")
    assert status == 0
    found: dict[str, int] = {}
    for figure in figures:
        found[figure["state"]] = found.get(figure["state"], 0) + 1
        if figure["state"] == "not_recorded":
            assert (figure["counted"], figure["difference"], figure["unexplained"]) == (None, None, None)
            continue
        assert figure["difference"] == figure["published"] - figure["counted"]
        assert figure["difference"] == sum(cause["amount"] for cause in figure["causes"]) + figure["unexplained"]
    assert found == STATES


def test_the_workbooks_totals_are_formulas_with_the_published_values_stored(demo_folder: Path) -> None:
    assert defined_totals(demo_folder / "rollup.xlsx", stored=True) == DEFINED_TOTALS
    formulas = defined_totals(demo_folder / "rollup.xlsx", stored=False)
    assert all(str(formula).startswith("=") and "IFS(" in str(formula) for formula in formulas.values())


def test_one_completion_of_2015_taken_away_is_noticed_everywhere(
    demo_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with closing(sqlite3.connect(demo_file)) as connection:
        query = (
            "SELECT e.id FROM enrolment e JOIN offering o ON o.id = e.offering_id "
            "WHERE e.status = 'completed' AND o.ends_on BETWEEN '2015-01-01' AND '2015-12-31' LIMIT 1"
        )
        (enrolment,) = connection.execute(query).fetchone()
    words = ["correct", "enrolment", str(enrolment), "--status", "removed", "--reason", "dos veces"]
    assert run(["--file", str(demo_file), *words, "--authorised-by", "Director, oficio 12"]) == 0

    _, counted = answer(capsys, demo_file, "counts", "--programme", "EIC", "--as-of", "2018-12-31")
    assert counted["total"]["completions"] == 15_174
    status, figures = answer(capsys, demo_file, "reconcile")
    graduates = next(figure for figure in figures if figure["key"] == "eic-graduates")
    assert status == 1
    assert (graduates["counted"], graduates["unexplained"], graduates["state"]) == (15_174, 1, "unexplained")

    report, workbook = tmp_path / "q.pdf", tmp_path / "r.xlsx"
    file = ["--file", str(demo_file)]
    assert run([*file, "report", "quarterly", "--period", "2018Q4", "--out", str(report)]) == 0
    assert run([*file, "rollup", "--period", "2018Q4", "--out", str(workbook)]) == 0
    assert "15,174" in pdf_text(report)
    assert defined_totals(workbook, stored=True)["total_eic_completions"] == 15_174


def test_the_report_of_the_demonstration_never_says_15174(demo_folder: Path) -> None:
    text = pdf_text(demo_folder / "quarterly.pdf")
    assert "15,175" in text
    assert "15,174" not in text


def test_a_restatement_follows_a_correction_in_the_closed_quarter(
    demo_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with closing(sqlite3.connect(demo_file)) as connection:
        query = (
            "SELECT e.id FROM enrolment e JOIN offering o ON o.id = e.offering_id "
            "WHERE e.status = 'completed' AND o.ends_on BETWEEN '2019-01-01' AND '2019-03-31' LIMIT 1"
        )
        (enrolment,) = connection.execute(query).fetchone()
    words = ["correct", "enrolment", str(enrolment), "--status", "withdrew", "--reason", "r", "--authorised-by", "a"]
    assert run(["--lang", "en", "--file", str(demo_file), *words]) == 0
    assert "Closed quarters restated: 2019Q1" in capsys.readouterr().out


def test_the_journal_of_the_demonstration_is_whole_and_the_file_is_well(
    demo_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["--file", str(demo_file), "journal", "verify"]) == 0
    assert run(["--file", str(demo_file), "doctor"]) == 0
    assert capsys.readouterr().out


def test_an_instructor_may_not_count_the_whole_school(demo_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--lang", "en", "--file", str(demo_file), "--as", "instructor", "counts"]) == 1
    assert "may not read the figures of the whole school" in capsys.readouterr().err


def test_the_register_names_people_only_with_a_reason(
    demo_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "register.xlsx"
    words = ["--lang", "en", "--file", str(demo_file), "export", "register", "--out", str(out)]
    assert run(words) == 2
    assert "say why with --reason" in capsys.readouterr().err
    assert not out.exists()
    assert run([*words, "--reason", "audit of 2019"]) == 0
    with closing(sqlite3.connect(demo_file)) as connection:
        people, reason = connection.execute("SELECT people, reason FROM export").fetchone()
    assert (people, reason) == (15_175 + 1_420, "audit of 2019")


def test_a_demonstration_never_replaces_another_file(tmp_path: Path) -> None:
    (tmp_path / "demo.eic").write_bytes(b"not ours")
    words = [sys.executable, "-m", "eic_tracker", "--lang", "en", "demo", "--out", str(tmp_path)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "demo.eic" in done.stderr
    assert (tmp_path / "demo.eic").read_bytes() == b"not ours"


@pytest.mark.long
@pytest.mark.needs("soffice")
@pytest.mark.timeout(300)
def test_libreoffice_gives_the_same_totals_and_they_move_with_their_details(demo_folder: Path, tmp_path: Path) -> None:
    again = tmp_path / "again"
    again.mkdir()
    assert totals_of(recalculated(demo_folder / "rollup.xlsx", again)) == DEFINED_TOTALS
    changed = tmp_path / "changed.xlsx"
    with closing(openpyxl.load_workbook(demo_folder / "rollup.xlsx")) as book:
        t = Translator(Language.ES)
        cells = details_of(book, "enrolment_status")
        next(cell for cell in cells if cell.value == t("completed")).value = t("withdrew")
        details_of(book, "group_reached_girls")[0].value += 500
        book.save(changed)
    moved = totals_of(recalculated(changed, tmp_path))
    assert moved["total_eic_completions"] == DEFINED_TOTALS["total_eic_completions"] - 1
    assert moved["total_great_reached"] == DEFINED_TOTALS["total_great_reached"] + 500


def totals_of(book: Any) -> dict[str, Any]:
    """The values that the defined totals point at."""
    totals = {}
    for name in DEFINED_TOTALS:
        ((sheet, cell),) = book.defined_names[name].destinations
        totals[name] = book[sheet][cell.replace("$", "")].value
    return totals


def details_of(book: Any, name: str) -> list[Any]:
    """The cells of a named column of a detail sheet."""
    ((sheet, cells),) = book.defined_names[name].destinations
    return [row[0] for row in book[sheet][cells.replace("$", "")]]


def test_a_course_on_its_last_day_is_not_given_yet_in_the_running_quarters_papers(
    demo_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, counted = answer(capsys, demo_file, "counts", "--programme", "EIC")
    report, workbook = tmp_path / "q.pdf", tmp_path / "r.xlsx"
    file = ["--file", str(demo_file)]
    assert run([*file, "report", "quarterly", "--period", "2019Q2", "--out", str(report)]) == 0
    assert run([*file, "rollup", "--period", "2019Q2", "--out", str(workbook)]) == 0
    text = pdf_text(report)
    assert "28/06/2019" in text
    assert f"{counted['total']['completions']:,}" in text
    with closing(openpyxl.load_workbook(workbook, data_only=True)) as book:
        codes = {cell.value for cell in details_of(book, "offering_code")}
    assert len(codes) == counted["total"]["offerings"]
    assert "116-2019" not in codes
