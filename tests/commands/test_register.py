"""Tests of `certificates register`, `paper-book`, `monthly`, `delivery-list` and of `signatories`."""

from __future__ import annotations

from pathlib import Path

import pytest

from eic_tracker.reports.pdf.opening import opened_pdf
from eic_tracker.store.database import Database
from tests.commands.test_acts import answered, asked
from tests.services.demonstration_file import rows
from tests.services.registered import annul, fill_register

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def registered_demo(demo_file: Path) -> Path:
    """The demonstration with five certificates of 2018 in a book of two entries a folio."""
    with Database(demo_file) as db:
        fill_register(db)
        annul(db, rows(demo_file, "SELECT id FROM certificate WHERE number = 'EIC-2018-000002'")[0][0], "Error")
    return demo_file


def test_the_register_from_its_first_folio_to_its_closing(
    registered_demo: Path, tmp_path: Path, capsys: Captured
) -> None:
    out = tmp_path / "book.pdf"
    book = ["--book", rows(registered_demo, "SELECT number FROM register_book ORDER BY id DESC LIMIT 1")[0][0]]
    status, printed = answered(
        registered_demo, capsys, "certificates", "register", "print", *book, "--out", str(out), "--reason", "firma"
    )
    assert (status, printed["frozen"], [each["entries"] for each in printed["folios"]]) == (0, [1, 2], [2, 2, 1])
    assert printed["folios"][2]["code"] is None
    codes = [printed["opening"], *(each["code"] for each in printed["folios"][:2])]
    assert answered(registered_demo, capsys, "certificates", "register", "check", *book, *codes)[1]["whole"]
    status, lacking = answered(registered_demo, capsys, "certificates", "register", "check", *book, codes[0], codes[2])
    assert (status, [each["folio"] for each in lacking["missing"]]) == (1, [1])
    assert answered(registered_demo, capsys, "certificates", "register", "close", *book)[1]["frozen"] == [3]
    books = answered(registered_demo, capsys, "certificates", "register", "list")[1]
    listed = next(each for each in books if each["number"] == book[1])
    assert (listed["entries"], listed["printed"], listed["closed_on"]) == (5, 3, "2019-06-28")
    words = ["certificates", "register", "print", *book, "--folios", "2-3", "--paper", "legal", "--out", str(out)]
    assert asked(registered_demo, *words, "--reason", "copia") == 0
    with opened_pdf(out.read_bytes()) as document:
        assert [document[number].get_size() for number in range(len(document))] == [(1008.0, 612.0)] * 2
    capsys.readouterr()
    assert asked(registered_demo, "certificates", "register", "print", "--folios", "x", "--out", str(out)) == 2
    assert "no range of folios" in capsys.readouterr().err


def test_past_diplomas_numbers_the_month_and_the_list_of_delivery(
    registered_demo: Path, tmp_path: Path, capsys: Captured
) -> None:
    file, paper = registered_demo, ["certificates", "paper-book"]
    words = ["--number", "12", "--book", "1", "--folio", "3", "--dated", "2012-05-09", "--name", "Ana <b>Paz</b>"]
    status, added = answered(file, capsys, *paper, "add", *words, "--course", "Fotografía", "--signatory", "Cmdo. X")
    assert (status, added["number"], added["linked"]) == (0, "12", False)
    assert asked(file, *paper, "approve", str(added["id"])) == 0
    listed = next(each for each in answered(file, capsys, *paper, "list")[1] if each["number"] == "12")
    assert (listed["status"], listed["approved_by"], listed["name"]) == ("paper_book", "manager", "Ana <b>Paz</b>")

    table = tmp_path / "libro.csv"
    table.write_text("Número;Libro;Folio;Fecha;Nombre;Curso\n13;1;3;9/5/2012;Eva;Fotografía\n14;1;;;Eva;F\n", "utf-8")
    status, taken = answered(file, capsys, *paper, "import", str(table))
    assert (status, taken["taken"], [row["problem"] is None for row in taken["rows"]]) == (1, 1, [True, False])
    waiting = {each["number"]: each for each in answered(file, capsys, *paper, "list", "--waiting")[1]}
    assert asked(file, *paper, "withdraw", str(waiting["13"]["id"]), "--reason", "prueba") == 0

    start = ["certificates", "register", "start", "--prefix", "EIC", "--year", "2030", "--first", "50"]
    assert asked(file, *start, "--reason", "Libro de papel 4") == 0
    gaps, out = ["certificates", "register", "gaps"], tmp_path / "out.pdf"
    status, found = answered(file, capsys, *gaps, "--out", str(out))
    assert (status, found["whole"], found["paper"]) == (0, True, 6)
    assert {"EIC-2018", "EIC-2030"} <= {each["series"] for each in found["series"]}

    status, month = answered(file, capsys, "certificates", "monthly", "--month", "2019-06", "--out", str(out))
    assert status == 0
    assert month["issued"] >= 5
    assert month["issued"] == sum(each["count"] for each in month["approvers"])
    assert asked(file, "certificates", "monthly", "--month", "2019-13") == 2

    offering = rows(
        file,
        "SELECT o.code FROM certificate k JOIN enrolment e ON e.id = k.enrolment_id "
        "JOIN offering o ON o.id = e.offering_id WHERE k.status = 'issued' LIMIT 1",
    )[0][0]
    deliver = ["certificates", "delivery-list", "--offering", offering, "--out", str(out), "--reason", "ceremonia"]
    assert asked(file, *deliver) == 0


def test_signatories_are_entered_stood_in_for_and_ended(demo_file: Path, capsys: Captured) -> None:
    director = next(
        each
        for each in answered(demo_file, capsys, "signatories", "list")[1]
        if each["position"] == 1 and each["valid_to"] is None
    )
    assert director["signs"]
    key = str(director["id"])
    words = ["--name", "Ana Suplente", "--post", "Subdirectora", "--from", "2019-01-01", "--deputy-of", key]
    deputy = answered(demo_file, capsys, "signatories", "add", *words)[1]["id"]
    away = ["signatories", "absence", key, "--from", "2019-06-20", "--reason", "Comisión"]
    assert asked(demo_file, *away) == 0
    signing = {each["id"]: each for each in answered(demo_file, capsys, "signatories", "list")[1] if each["signs"]}
    assert director["id"] not in signing
    assert signing[deputy]["by_absence"]
    assert asked(demo_file, "signatories", "absence", key, "--back", "2019-06-25") == 0
    listed = answered(demo_file, capsys, "signatories", "list", "--on", "2019-06-26")[1]
    assert director["id"] in {each["id"] for each in listed if each["signs"]}
    assert asked(demo_file, "signatories", "end", str(deputy), "--to", "2019-06-28") == 0
    capsys.readouterr()
    assert asked(demo_file, "signatories", "list") == 0
    assert "Ana Suplente" in capsys.readouterr().out
