"""Files that are no lists, damaged or made to harm: rows or one sentence, nothing run, nothing left behind."""

from __future__ import annotations

import multiprocessing
import os
import random
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from eic_tracker.errors import FileProblem
from eic_tracker.exchange import limits
from eic_tracker.exchange.reading import Limits, Watch, memory_of, read_sheets
from eic_tracker.exchange.rows import ReadList
from eic_tracker.other_process import OtherProcess
from tests.exchange.known import EXAMPLES, read
from tests.exchange.made_files import (
    calculated,
    ods_row,
    open_document,
    packed,
    paragraph,
    word_document,
    word_table,
    workbook,
)

GOOD = [["Nombre", "Identidad"], ["Juan Pérez", "0801198800123"], ["Ana Zúniga", "0501199000456"]]


def good(path: Path) -> dict[str, bytes]:
    """The parts of a sound workbook."""
    workbook(path, {"Hoja": GOOD})
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def changed(path: Path, part: str, old: bytes, new: bytes) -> Path:
    """A workbook with one part altered."""
    parts = good(path)
    assert old in parts[part]
    parts[part] = parts[part].replace(old, new, 1)
    return packed(path, parts)


SHEET = "xl/worksheets/sheet1.xml"


def people(found: ReadList) -> int:
    return len(found.rows)


def test_what_a_sheet_claims_of_its_size_is_not_believed(tmp_path: Path) -> None:
    path = changed(tmp_path / "a.xlsx", SHEET, b'ref="A1:B3"', b'ref="A1:XFD1048576"')
    start = time.monotonic()
    assert people(read(path)) == 2
    assert time.monotonic() - start < limits.SECONDS


def test_a_stray_value_at_the_far_end_is_told_with_its_place(tmp_path: Path) -> None:
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    path = changed(tmp_path / "a.xlsx", SHEET, b"</sheetData>", far)
    with pytest.raises(FileProblem, match=r"Hoja.*row 1048576 and column 16384"):
        read(path)


def test_formats_without_values_at_the_far_end_do_no_harm(tmp_path: Path) -> None:
    far = b'<row r="1048576" hidden="1"><c r="XFD1048576" s="0"/></row></sheetData>'
    assert people(read(changed(tmp_path / "a.xlsx", SHEET, b"</sheetData>", far))) == 2


def test_a_million_repeated_rows_of_an_open_document_are_refused_or_passed_over(tmp_path: Path) -> None:
    head, person = ods_row("Nombre", "Identidad"), ods_row("Juan Pérez", "801198800123")
    assert people(read(open_document(tmp_path / "a.ods", head + person + ods_row("", repeated=1_048_000)))) == 1
    with pytest.raises(FileProblem):
        read(open_document(tmp_path / "b.ods", head + ods_row("Juan Pérez", "801198800123", repeated=1_048_000)))


def bomb(path: Path) -> Path:
    parts = good(path)
    parts["xl/media/image1.png"] = b"\0" * 50_000_000
    return packed(path, parts)


def declaring(path: Path) -> Path:
    lol = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 10))
    start = b"?>\n" if b"?>\n" in good(path)["xl/workbook.xml"] else b">"
    parts = good(path)
    for name in ("xl/workbook.xml", SHEET):
        parts[name] = (
            b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "lol">' + lol + b"]>" + parts[name].split(start, 1)[-1]
        )
    return packed(path, parts)


def wide_declaring(path: Path) -> Path:
    parts = good(path)
    parts[SHEET] = ('<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>').encode(
        "utf-16"
    )
    return packed(path, parts)


def declaring_document(path: Path) -> Path:
    body = '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]><d>&a;</d>'
    return packed(path, {"word/document.xml": body})


def many_parts(path: Path) -> Path:
    return packed(path, good(path) | {f"xl/parts/{n}.bin": b"x" for n in range(1_001)})


def many_sheets(path: Path) -> Path:
    return workbook(path, {f"Hoja{n}": [["Nombre"]] for n in range(limits.SHEETS + 1)})


def with_macros(path: Path) -> Path:
    return packed(path, good(path) | {"xl/vbaProject.bin": b"Sub AutoOpen()"})


def truncated(path: Path) -> Path:
    path.write_bytes((EXAMPLES / "nomina-dpi.xlsx").read_bytes()[:4000])
    return path


def damaged(path: Path) -> Path:
    content = bytearray((EXAMPLES / "nomina-dpi.xlsx").read_bytes())
    for place in range(600, 3000, 7):
        content[place] ^= 0x5A
    path.write_bytes(content)
    return path


def compound(*names: str) -> Callable[[Path], Path]:
    def write(path: Path) -> Path:
        body = b"".join((name + "\0").encode("utf-16-le").ljust(128, b"\0") for name in names)
        path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + body)
        return path

    return write


def bytes_of(content: bytes) -> Callable[[Path], Path]:
    def write(path: Path) -> Path:
        path.write_bytes(content)
        return path

    return write


def protected_document(path: Path) -> Path:
    manifest = '<manifest:manifest><manifest:encryption-data manifest:checksum="x"/></manifest:manifest>'
    mimetype = "application/vnd.oasis.opendocument.spreadsheet"
    return packed(path, {"mimetype": mimetype, "content.xml": b"\x01\x02", "META-INF/manifest.xml": manifest})


def endless_row(path: Path) -> Path:
    path.write_text("Nombre" + ";x" * 300 + "\n", encoding="utf-8")
    return path


def unclosed_quote(path: Path) -> Path:
    path.write_text('Nombre;Identidad\n"' + "Juan;0801\n" * 50_000, encoding="utf-8")
    return path


def nothing_of_people(path: Path) -> Path:
    return workbook(path, {"Ventas": [["Mes", "Litros"], ["Enero", 12], ["Febrero", 13]]})


HARMFUL = {
    "a part that unpacks to fifty megabytes": (".xlsx", bomb, "unpacks to far more"),
    "entities that multiply": (".xlsx", declaring, "instructions for XML readers"),
    "entities in wide letters": (".xlsx", wide_declaring, "instructions for XML readers"),
    "entities in a document": (".docx", declaring_document, "instructions for XML readers"),
    "a thousand parts": (".xlsx", many_parts, "parts"),
    "too many sheets": (".xlsx", many_sheets, "401 sheets"),
    "macros": (".xlsx", with_macros, "holds macros"),
    "macros in an old workbook": (".xls", compound("Workbook", "_VBA_PROJECT"), "holds macros"),
    "a password on a new workbook": (".xlsx", compound("EncryptedPackage"), "password"),
    "a password on an open document": (".ods", protected_document, "password"),
    "half of a workbook": (".xlsx", truncated, "damaged"),
    "a workbook with broken bytes": (".xlsx", damaged, "damaged"),
    "an old workbook without content": (".xls", compound("Workbook"), "damaged"),
    "an old Word document": (".doc", compound("WordDocument"), "old Word document"),
    "a PDF": (".pdf", bytes_of(b"%PDF-1.7\n%\xe2\xe3"), "is a PDF"),
    "a picture": (".jpg", bytes_of(b"\xff\xd8\xff\xe0\0\x10JFIF"), "is a picture"),
    "rich text": (".rtf", bytes_of(b"{\\rtf1\\ansi Nombre}"), "rich text"),
    "a program": (
        ".xlsx",
        bytes_of(b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0" * 20),
        "neither a spreadsheet nor a text",
    ),
    "a folder packed": (".zip", lambda path: packed(path, {"a.txt": "x"}), "packed folder"),
    "an empty file": (".xlsx", bytes_of(b""), "is empty"),
    "a file of blanks": (".csv", bytes_of(b" \r\n\r\n"), "No list of people"),
    "more than twenty megabytes": (".csv", bytes_of(b"x" * 20_000_001), "20 MB"),
    "a row of three hundred columns": (".csv", endless_row, "301"),
    "a quote that never ends": (".csv", unclosed_quote, "cannot be divided into columns"),
    "a sheet without people": (".xlsx", nothing_of_people, "No list of people"),
}


@pytest.mark.parametrize("harm", HARMFUL)
def test_bad_files_are_refused_in_one_sentence(harm: str, tmp_path: Path) -> None:
    ending, write, said = HARMFUL[harm]
    path = write(tmp_path / f"lista{ending}")
    before = path.read_bytes()
    with pytest.raises(FileProblem, match=said) as refused:
        read(path)
    assert path.name in str(refused.value)
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == [path.name]
    assert multiprocessing.active_children() == []


def test_a_missing_file_and_a_folder_are_told(tmp_path: Path) -> None:
    for path in (tmp_path / "nadie.xlsx", tmp_path):
        with pytest.raises(FileProblem, match="There is no file"):
            read(path)


def test_reading_ends_when_its_time_is_over(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", {"Hoja": GOOD})
    start = time.monotonic()
    with pytest.raises(FileProblem, match="could not be read within 0 seconds"):
        read_sheets(path, seconds=0.0)
    assert time.monotonic() - start < limits.SECONDS
    assert multiprocessing.active_children() == []


def test_reading_ends_when_it_takes_too_much_memory(tmp_path: Path) -> None:
    chance = random.Random(1)
    rows = [["Nombre"], *([chance.randbytes(15_000).hex()] for _ in range(500))]
    path = workbook(tmp_path / "a.xlsx", {"Hoja": rows})
    with pytest.raises(FileProblem, match="more memory"):
        read_sheets(path, memory=3_000_000)


def hoard() -> None:
    hoarded = [bytearray(os.urandom(1_000_000)) for _ in range(300)]
    time.sleep(60)
    hoarded.clear()


def test_where_the_system_sets_no_limit_a_process_that_hoards_is_ended() -> None:
    reader = OtherProcess("eic-lists", hoard)
    start = time.monotonic()
    with pytest.raises(FileProblem, match="more memory"):
        reader.ask(look=Watch("a.xlsx", Limits(60.0, 50_000_000, "slow", "{file} needs more memory", "broken")).look)
    assert time.monotonic() - start < 40
    assert multiprocessing.active_children() == []


def test_the_memory_of_a_process_is_told_in_bytes() -> None:
    own = memory_of(os.getpid())
    assert own is not None
    assert 10_000_000 < own < 10_000_000_000
    assert memory_of(2**22 + 1) is None


def test_a_workbook_that_links_to_others_is_read_by_its_kept_values(tmp_path: Path) -> None:
    rows = [["Nombre", "Identidad"], ["", "0801198800123"]]
    elsewhere = "='\\\\servidor\\listas\\[otra.xlsx]Hoja'!$A$2"
    path = calculated(tmp_path / "a.xlsx", rows, {"A2": (elsewhere, "Juan Pérez")})
    with zipfile.ZipFile(path) as whole:
        parts = {name: whole.read(name) for name in whole.namelist()}
    kinds = "http://schemas.openxmlformats.org"
    parts["xl/externalLinks/externalLink1.xml"] = (
        f'<externalLink xmlns="{kinds}/spreadsheetml/2006/main"><externalBook r:id="rId1" '
        f'xmlns:r="{kinds}/officeDocument/2006/relationships"/></externalLink>'
    ).encode()
    parts["xl/externalLinks/_rels/externalLink1.xml.rels"] = (
        f'<Relationships xmlns="{kinds}/package/2006/relationships"><Relationship Id="rId1" TargetMode="External" '
        f'Type="{kinds}/officeDocument/2006/relationships/externalLinkPath" Target="http://127.0.0.1:9/otra.xlsx"/>'
        "</Relationships>"
    ).encode()
    row = read(packed(tmp_path / "b.xlsx", parts)).rows[0]
    assert (row.given_names, row.family_names) == ("Juan", "Pérez")


def test_links_and_formulas_of_a_document_are_never_followed(tmp_path: Path) -> None:
    linked = "<w:p><w:r><w:instrText>DDEAUTO c:\\\\windows\\\\calc.exe</w:instrText></w:r></w:p>"
    rows = [["Nombre", "Identidad"], ["Juan Pérez", "0801198800123"]]
    found = read(word_document(tmp_path / "a.docx", paragraph("Lista"), linked, word_table(rows)))
    assert people(found) == 1
    text = "Nombre;Unidad\n=cmd|' /C calc'!A0;@SUM(1)\nJuan Pérez;=1+1\n"
    path = tmp_path / "a.csv"
    path.write_text(text, encoding="utf-8")
    row = read(path).rows[-1]
    assert row.unit == "=1+1"
    assert [(problem.code, problem.value) for problem in row.problems if problem.field == "unit"] == [
        ("formula_text", "=1+1")
    ]
