"""Text stays text in every cell of a workbook, whatever it is."""

from __future__ import annotations

import datetime as dt

from hypothesis import example, given
from hypothesis import strategies as st

from eic_tracker.i18n import Language, Translator
from eic_tracker.reports.xlsx.detail_table import DetailTable, Field
from eic_tracker.reports.xlsx.page import Page
from eic_tracker.reports.xlsx.safe_cells import MAX_TEXT, looks_like_formula, safe_text, sheet_name
from eic_tracker.reports.xlsx.workbook import Column, open_book
from tests.reports.workbook_reading import formulas_of, written

EN = Translator(Language.EN)
TEXTS = st.text(st.characters(), min_size=1, max_size=40) | st.sampled_from(
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "\0=1",
        "＝1",
        " =1",
        "<r>x</r>",
        "_x0041_",
        "0801199012345",
    ]
)


def in_both_writers(texts: list[str]) -> bytes:
    """A workbook with the texts in a page and in a long table."""

    def write(file: object) -> None:
        with open_book(
            file,  # type: ignore[arg-type]
            EN,
            title=texts[0],
            subject="",
            author=texts[0],
            made_at=dt.datetime(2019, 1, 1, tzinfo=dt.UTC),
            imprint=texts[0],
            demonstration=False,
        ) as book:
            page = Page(book, "Page", [Column("Text")], title="Title")
            for text in texts:
                page.row(text)
            fields = [Field("text", "Text"), Field("more", "More")]
            DetailTable(book, "table", "Table", fields, note="Note").write([(text, "") for text in texts])
            page.finish()

    return written(write)


@given(st.lists(TEXTS, min_size=1, max_size=8))
@example(["=cmd|' /C calc'!A0", "<r><t>x</t></r>", "\ud800", "\ufffe", "a\r\nb", "_x000D_"])
def test_a_text_comes_back_as_the_text_that_it_was(texts: list[str]) -> None:
    book = formulas_of(in_both_writers(texts))
    for sheet, first in ((book["Page"], 3), (book["Table"], 4)):
        for row, text in enumerate(texts, first):
            cell = sheet.cell(row, 1)
            safe = safe_text(text)
            assert cell.data_type in ("s", "n")
            assert (cell.value or "") == safe
            assert cell.quotePrefix or not looks_like_formula(safe)


@given(st.text(st.characters()))
def test_what_is_safe_once_is_safe_twice(text: str) -> None:
    assert safe_text(safe_text(text)) == safe_text(text)


def test_a_text_too_long_for_a_cell_is_cut_between_characters() -> None:
    cut = safe_text("a" + "😀" * 40_000)
    assert len(cut.encode("utf-16-le")) // 2 <= MAX_TEXT
    assert cut.startswith("a😀")
    assert "\ufffd" not in cut


@given(st.lists(st.text(st.characters()), max_size=6))
def test_sheet_names_are_short_different_and_without_forbidden_signs(texts: list[str]) -> None:
    taken: set[str] = set()
    for text in texts:
        name = sheet_name(text, taken)
        assert 0 < len(name) <= 31
        assert not set(name) & set("[]:*?/\\")
        assert not name.startswith("'")
        assert not name.endswith("'")
        assert name.casefold() not in taken
        taken.add(name.casefold())
