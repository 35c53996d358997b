"""Files of the kinds that offices send, made from rows for tests of reading them."""

from __future__ import annotations

import html
import struct
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import openpyxl
import xlsxwriter

Rows = Sequence[Any]


def workbook(path: Path, sheets: Mapping[str, Any], *, merged: Mapping[str, Sequence[str]] | None = None) -> Path:
    """An .xlsx with these sheets; `merged`: areas like "A1:C1" by sheet."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        for area in (merged or {}).get(name, ()):
            sheet.merge_cells(area)
    book.save(path)
    return path


def calculated(path: Path, rows: Rows, formulas: Mapping[str, tuple[str, object]], **options: object) -> Path:
    """An .xlsx whose formulas stand with their values; options as of xlsxwriter (date_1904)."""
    with xlsxwriter.Workbook(path, {"default_date_format": "dd/mm/yyyy", **options}) as book:
        sheet = book.add_worksheet("Lista")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, list(row))
        for cell, (formula, value) in formulas.items():
            sheet.write_formula(cell, formula, None, value)
    return path


def packed(path: Path, parts: Mapping[str, str | bytes]) -> Path:
    """A packed file with these parts."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return path


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def paragraph(text: str) -> str:
    """A paragraph of Word."""
    return f'<w:p><w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


def word_cell(text: str, properties: str = "") -> str:
    """A cell of a Word table, each line a paragraph; properties like <w:gridSpan w:val="2"/>."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(map(paragraph, text.split(chr(10))))}</w:tc>"


def word_table(rows: Sequence[Sequence[str]]) -> str:
    """A table of Word from cells that are ready or plain texts."""
    lines = ("".join(c if c.startswith("<w:tc>") else word_cell(c) for c in row) for row in rows)
    return "<w:tbl>" + "".join(f"<w:tr>{line}</w:tr>" for line in lines) + "</w:tbl>"


def word_document(path: Path, *body: str) -> Path:
    """A .docx with these paragraphs and tables."""
    document = f'<?xml version="1.0"?><w:document {W}><w:body>{"".join(body)}</w:body></w:document>'
    return packed(path, {"[Content_Types].xml": "<Types/>", "word/document.xml": document})


_ODS = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)


def open_document(path: Path, rows: str) -> Path:
    """An .ods whose only sheet has these table rows (XML)."""
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_ODS} office:version="1.2"><office:body>'
        f'<office:spreadsheet><table:table table:name="Hoja1">{rows}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        '<manifest:file-entry manifest:full-path="/" '
        'manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>'
    )
    mimetype = "application/vnd.oasis.opendocument.spreadsheet"
    return packed(path, {"mimetype": mimetype, "content.xml": content, "META-INF/manifest.xml": manifest})


def ods_row(*values: str, repeated: int = 1) -> str:
    """A row of an .ods: texts, numbers as 123, dates as 1990-02-28, everything else a text."""
    return (
        f'<table:table-row table:number-rows-repeated="{repeated}">{"".join(map(_ods_cell, values))}</table:table-row>'
    )


def _ods_cell(value: str) -> str:
    text = f"<text:p>{escape(value)}</text:p>"
    if value.isdigit():
        return f'<table:table-cell office:value-type="float" office:value="{value}">{text}</table:table-cell>'
    if len(value) == 10 and value[4] == value[7] == "-" and value.replace("-", "").isdigit():
        return f'<table:table-cell office:value-type="date" office:date-value="{value}">{text}</table:table-cell>'
    return f'<table:table-cell office:value-type="string">{text}</table:table-cell>' if value else "<table:table-cell/>"


def web_page(path: Path, rows: Sequence[Sequence[str]], encoding: str = "utf-8") -> Path:
    """A web page with one table, as systems save it under the name .xls."""
    lines = "".join("<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    path.write_bytes(
        f"<html><head><title>Reporte</title></head><body><table>{lines}</table></body></html>".encode(encoding)
    )
    return path


def binary_workbook(path: Path, rows: Sequence[Sequence[str | int]]) -> Path:
    """An .xlsb with one sheet, record by record as MS-XLSB describes them."""
    sheet = _record(129) + _record(148, struct.pack("<IIII", 0, len(rows) - 1, 0, 9)) + _record(145)
    for number, row in enumerate(rows):
        head = struct.pack("<IIHHBIII", number, 0, 300, 0, 0, 1, 0, len(row) - 1)
        sheet += _record(0, head) + b"".join(_binary_cell(column, value) for column, value in enumerate(row))
    sheet += _record(146) + _record(130)
    bundle = struct.pack("<II", 0, 1) + _wide("rId1") + _wide("Hoja")
    book = _record(131) + _record(143) + _record(156, bundle) + _record(144) + _record(132)
    relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
    link = f'<Relationship Id="rId1" Type="{kind}" Target="worksheets/sheet1.bin"/>'
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "xl/workbook.bin": book,
        "xl/worksheets/sheet1.bin": sheet,
        "xl/_rels/workbook.bin.rels": f'<Relationships xmlns="{relations}">{link}</Relationships>',
    }
    return packed(path, parts)


def _record(kind: int, body: bytes = b"") -> bytes:
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size, length = b"", len(body)
    while length > 127:
        size, length = size + bytes([length & 0x7F | 0x80]), length >> 7
    return head + size + bytes([length]) + body


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def _binary_cell(column: int, value: str | int) -> bytes:
    place = struct.pack("<II", column, 0)
    return _record(6, place + _wide(value)) if isinstance(value, str) else _record(5, place + struct.pack("<d", value))
