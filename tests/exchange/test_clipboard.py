"""What people paste: cells of spreadsheets, tables of letters and pages, the text of a PDF."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eic_tracker.errors import FileProblem
from eic_tracker.exchange.clipboard import LONGEST, pasted_sheet, read_pasted
from eic_tracker.exchange.lists import as_one
from eic_tracker.exchange.rows import ReadList
from tests.exchange.known import TODAY, codes, known

EXCEL = """Version:1.0\r\nStartHTML:0000000105\r\nEndHTML:0000001500\r\n
<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel">
<head><style><!--td {mso-number-format:"\\@";} --></style></head><body>
<table border=0><!--StartFragment-->
 <tr height=20><td class=xl65>Nombre</td><td>Identidad</td><td>Unidad</td></tr>
 <tr><td>Pérez&nbsp;López,<br>
  Juan</td><td align=right x:num="801199012345">8.01199E+11</td><td rowspan=2>Policía
  de Fronteras</td></tr>
 <tr><td>Zúniga, Ana</td><td>0501-1990-00456</td></tr>
<!--EndFragment--></table></body></html>"""

LIBREOFFICE = """<!DOCTYPE html><html><head><meta http-equiv="content-type" content="text/html; charset=utf-8"/></head>
<body><table cellspacing="0"><colgroup width="85"></colgroup>
<tr><td align="left">Nombre</td><td>Identidad</td></tr>
<tr><td>Juan Pérez</td><td align="right" sdval="801199012345" sdnum="1033;">801199012345</td></tr>
<tr><td>Ana Zúniga</td><td align="right" sdval="501199000456" sdnum="1033;">###</td></tr></table></body></html>"""

WORD = """<html><body lang=ES><p class=MsoNormal>Se nombra a:</p><table class=MsoTableGrid>
<tr><td colspan=3><p>PERSONAL</p></td></tr>
<tr><td><p><b>No.</b></p></td><td><p>Grado y nombre<o:p></o:p></p></td><td><p>DNI</p></td></tr>
<tr><td><p>1</p></td><td><p>Agte. Juan Pérez</p><p>López</p></td><td><p>0801 1990 12345</p></td></tr>
</table><p>Atentamente,</p></body></html>"""

PDF = """                      NÓMINA DE PARTICIPANTES
No.   Nombre                         Identidad          Grado          Unidad
1     María José Hernández López     0801-1990-12345    Agente         DPI
2     Carlos Alberto Mejía           0502-1985-00432    Sub Inspector  Policía de Fronteras
3     Ana Lucía Zúniga De la O       1405-1991-11111    Clase II       ATIC

                               Total: 3
"""

PDF_WITHOUT_GAPS = """1 MARIA JOSE HERNANDEZ LOPEZ 0801-1990-12345 Agente
2 CARLOS MEJIA 0502-1985-00432 Inspector
"""


def pasted(text: str, html: str = "") -> ReadList:
    return as_one(read_pasted(text, html, "lo pegado", {}, known(), today=TODAY))


def people(found: ReadList) -> list[tuple[str, str, str | None]]:
    return [(row.given_names, row.family_names, row.document) for row in found.rows]


def test_cells_of_excel_with_the_number_behind_what_is_shown() -> None:
    found = pasted("ignored", EXCEL)
    assert people(found) == [("Juan", "Pérez López", "0801199012345"), ("Ana", "Zúniga", "0501199000456")]
    assert [row.unit for row in found.rows] == ["POLFRONT", "POLFRONT"]
    assert [codes(row) for row in found.rows] == [["lost_zero"], []]


def test_cells_of_libreoffice_too_narrow_to_show_their_number() -> None:
    assert people(pasted("", LIBREOFFICE)) == [
        ("Juan", "Pérez", "0801199012345"),
        ("Ana", "Zúniga", "0501199000456"),
    ]


def test_a_table_of_word() -> None:
    found = pasted("", WORD)
    assert people(found) == [("Juan", "Pérez López", "0801199012345")]
    assert (found.header_row, found.rows[0].row, found.rows[0].rank) == (2, 3, "agente")


def test_cells_as_text_with_quotes_that_belong_to_the_cell_or_to_the_name() -> None:
    text = 'Nombre\tIdentidad\r\n"Juan\nPérez"\t0801199012345\r\n"Chele" Ana Zúniga\t0501199000456\r\n'
    assert people(pasted(text)) == [
        ("Juan", "Pérez", "0801199012345"),
        ('"Chele" Ana', "Zúniga", "0501199000456"),
    ]


def test_the_text_of_a_pdf_with_columns_held_apart_by_spaces() -> None:
    found = pasted(PDF)
    assert [row.row for row in found.rows] == [3, 4, 5]
    assert people(found)[2] == ("Ana Lucía", "Zúniga De la O", "1405199111111")
    assert [row.rank for row in found.rows] == ["agente", "subinspector", "policia-clase-ii"]
    assert [row.unit for row in found.rows] == ["DPI", "POLFRONT", "ATIC"]
    assert found.heading == ("NÓMINA DE PARTICIPANTES",)
    assert [out.text for out in found.left_out] == ["Total: | 3"]


def test_the_text_of_a_pdf_without_gaps_is_divided_by_its_documents() -> None:
    found = pasted(PDF_WITHOUT_GAPS)
    assert people(found) == [
        ("Maria Jose", "Hernandez Lopez", "0801199012345"),
        ("Carlos", "Mejia", "0502198500432"),
    ]
    assert [row.rank for row in found.rows] == ["agente", "inspector"]


def test_names_one_below_the_other() -> None:
    assert [row.family_names for row in pasted("Juan Pérez\nAna Zúniga\n").rows] == ["Pérez", "Zúniga"]


def test_a_page_without_people_falls_back_to_the_text() -> None:
    html = "<html><body><table><tr><td>Menú</td></tr></table></body></html>"
    assert len(pasted("Nombre\tDNI\nJuan Pérez\t0801199012345", html).rows) == 1


def test_what_is_no_list_is_told() -> None:
    for text, html in (("", ""), ("hola", ""), ("\0\0", ""), ("", "<table></table>"), ("x" * (LONGEST + 1), "")):
        with pytest.raises(FileProblem, match="lo pegado"):
            pasted(text, html)


@given(
    st.lists(
        st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\r\0"), max_size=8), max_size=5), max_size=8
    )
)
def test_cells_come_back_as_a_spreadsheet_copied_them(rows: list[list[str]]) -> None:
    def copied(cell: str) -> str:
        return '"' + cell.replace('"', '""') + '"' if set(cell) & set('\t\n"') else cell

    text = "\n".join("\t".join(map(copied, row)) for row in [["a", "b"], *rows, ["z", "z"]])
    sheet = pasted_sheet(text, "x")
    for row, cells in zip(rows, sheet.cells[1:], strict=False):
        while row and row[-1] == "":
            row = row[:-1]
        assert cells == row


@given(st.text(st.sampled_from('Juan Péez0123456789 \t\n",;|<td>/&#x\u200b\u202e'), max_size=300), st.booleans())
def test_whatever_is_pasted_gives_rows_or_a_sentence(text: str, as_page: bool) -> None:
    page = f"<table><tr><td>{text}</td></tr></table>" if as_page else ""
    try:
        found = pasted(text, page)
    except FileProblem:
        return
    assert found.rows
