"""Tests of `acts`, `sheets` and `course-file`: the papers of one course on the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pytest

from eic_tracker.cli import run
from tests.services.demonstration_file import rows

Captured = pytest.CaptureFixture[str]
COURSE = "026-2019"


def asked(file: Path, *words: str) -> int:
    """The exit status of a command on a file, in English."""
    return run(["--lang", "en", "--file", str(file), *words])


def answered(file: Path, capsys: Captured, *words: str) -> tuple[int, Any]:
    """The exit status and the JSON of a command."""
    capsys.readouterr()
    status = asked(file, *words, "--json")
    return status, json.loads(capsys.readouterr().out)


def test_the_papers_of_a_course_from_the_first_act_to_the_course_file(
    demo_file: Path, tmp_path: Path, capsys: Captured
) -> None:
    of = ["--offering", COURSE]
    status, made = answered(demo_file, capsys, "acts", "make", *of, "--kind", "grades", "--place", "Aula 2")
    assert (status, made["kind"], made["number"], made["year"]) == (0, "grades", 1, 2019)
    key, act = str(made["id"]), tmp_path / "act.pdf"
    _, printed = answered(demo_file, capsys, "acts", "print", key, "--out", str(act), "--reason", "firma")
    assert printed["first"]
    before = act.read_bytes()
    _, again = answered(demo_file, capsys, "acts", "print", key, "--out", str(act), "--reason", "copia")
    assert (again["code"], again["first"], act.read_bytes()) == (printed["code"], False, before)

    wrong = rows(
        demo_file,
        "SELECT min(e.id) FROM enrolment e JOIN offering o ON o.id = e.offering_id "
        "WHERE o.code = ? AND e.status = 'completed'",
        (COURSE,),
    )[0][0]
    order = "Comisario Inventado, Director, Oficio 12-2019"
    words = ["--status", "not_completed", "--reason", "copia", "--authorised-by", order]
    assert asked(demo_file, "correct", "enrolment", str(wrong), *words) == 0
    status, listed = answered(demo_file, capsys, "acts", "list", *of)
    assert (status, {each["state"] for each in listed}) == (1, {"draft", "differs"})
    facts = ["--facts", "Copia en el examen", "--authorised-by", order]
    _, new = answered(demo_file, capsys, "acts", "rectify", key, *facts)
    assert asked(demo_file, "acts", "print", str(new["id"]), "--out", str(act), "--reason", "firma") == 0
    status, listed = answered(demo_file, capsys, "acts", "list", "--code", printed["code"])
    assert (status, listed[0]["state"], listed[0]["rectified_by"]) == (0, "rectified", "1-2019")

    sheets = tmp_path / "sheets.pdf"
    assert asked(demo_file, "sheets", "print", *of, "--week", "2", "--out", str(sheets), "--reason", "aula") == 0
    status, read = answered(demo_file, capsys, "sheets", "read", str(sheets))
    assert (status, {(each["offering"], each["week"]) for each in read["sheets"]}) == (0, {(COURSE, 2)})
    assert answered(demo_file, capsys, "sheets", "attach", str(sheets))[1]["offering"] == COURSE

    merit, whole = tmp_path / "merit.pdf", tmp_path / "file.pdf"
    assert asked(demo_file, "acts", "merit", *of, "--out", str(merit), "--reason", "ceremonia") == 0
    status, filed = answered(demo_file, capsys, "course-file", *of, "--out", str(whole), "--reason", "auditoría")
    assert status == 1
    assert filed["folios"] == len(pdfium.PdfDocument(whole))
    assert {each["code"] for each in filed["lacking"]} == {"attendance", "act_draft", "certificate"}
    status, checked = answered(demo_file, capsys, "course-file", *of, "--check")
    assert (status, list(checked)) == (1, ["offering", "lacking"])


def test_what_is_wrong_is_said_in_one_sentence_and_its_status(
    demo_file: Path, tmp_path: Path, capsys: Captured
) -> None:
    for words, status, said in (
        (["acts", "list"], 2, "Name the course"),
        (["acts", "list", "--code", "XYZ"], 2, "no code of an act"),
        (["acts", "make", "--offering", "116-2019", "--kind", "closing"], 1, "is not closed"),
        (["acts", "make", "--offering", "116-2019", "--kind", "grades"], 1, "can be listed"),
        (["acts", "print", "99999", "--out", str(tmp_path / "a.pdf")], 2, "no act of that number"),
        (["sheets", "read"], 2, "Name a scan"),
        (["sheets", "attach", str(demo_file)], 2, "no PDF, JPEG or PNG"),
        (["course-file", "--offering", COURSE], 2, "--check"),
    ):
        capsys.readouterr()
        assert asked(demo_file, *words) == status, words
        assert said in capsys.readouterr().err
