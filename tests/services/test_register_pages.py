"""Tests of the register on paper: full folios are frozen, a removed page shows, later remarks stand apart."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from eic_tracker.domain.codes import Role
from eic_tracker.domain.folio_pages import PageKind, PageState
from eic_tracker.errors import Refused, UserError
from eic_tracker.i18n import Language, Translator
from eic_tracker.reports.pdf.paper import Paper
from eic_tracker.services.exports import note_export
from eic_tracker.services.register_pages import (
    PagesAsked,
    check_register,
    close_book,
    freeze_pages,
    register_books,
    register_pdf,
    register_sheets,
)
from eic_tracker.store.database import Database
from eic_tracker.store.tables.certificates import Folio
from eic_tracker.store.transaction import Actor, Entry
from tests.reports.pdf_reading import assert_inside_the_pages, texts_of, words_of
from tests.services.registered import NAMES, annul, deliver, registered
from tests.services.school import user, values

ES = Translator(Language.ES)
WHOLE = PagesAsked()


def pages(db: Database, asked: PagesAsked = WHOLE, paper: Paper = Paper.LETTER) -> bytes:
    """Pages of the register as a registrar writes them."""
    registrar = user(db, Role.REGISTRAR)
    note = note_export(db, registrar, "register", 40, "firma")
    return register_pdf(db, registrar, asked, t=ES, note=note, paper=paper)


def codes_of(db: Database) -> list[str]:
    """The codes of the pages that are frozen, in their order."""
    sheets = register_sheets(db, user(db, Role.REGISTRAR), WHOLE)
    found = [sheets.opening_code, *(code for _, code in sheets.folios), sheets.closing_code]
    return [code for code in found if code is not None]


def test_a_full_folio_is_frozen_when_it_is_printed_and_a_part_filled_one_is_provisional(tmp_path: Path) -> None:
    with registered(tmp_path) as db:
        registrar = user(db, Role.REGISTRAR)
        printed = freeze_pages(db, registrar, PagesAsked(last=1))
        assert printed.frozen == (1,)
        assert freeze_pages(db, registrar, WHOLE).frozen == (2,)
        again = freeze_pages(db, registrar, WHOLE)
        assert (again.frozen, again.set_id) == ((), None)
        (book,) = register_books(db, registrar)
        codes = codes_of(db)
        assert (book.used, book.entries, book.printed, book.last_code) == (3, 5, 2, codes[2])
        chain = values(db, "SELECT digest, previous_digest FROM folio WHERE digest IS NOT NULL ORDER BY number")
        assert chain[1][1] == chain[0][0]
        told = texts_of(pages(db))
    assert len(told) == 4
    assert codes[0] in told[0]
    assert codes[1] in told[1]
    assert codes[0] in told[1]
    assert codes[2] in told[2]
    assert codes[1] in told[2]
    assert "PROVISIONAL" in told[3]
    assert not any(code in told[3] for code in codes)
    assert NAMES[0] in " ".join(told[1].split())


def test_what_happens_to_a_printed_entry_stands_on_a_page_of_remarks_and_the_folio_stays_as_it_was(
    tmp_path: Path,
) -> None:
    with registered(tmp_path) as db:
        registrar = user(db, Role.REGISTRAR)
        annul(db, 2, "Error en el nombre & <b>curso</b>")
        freeze_pages(db, registrar, WHOLE)
        before = pages(db, PagesAsked(first=1, last=1))
        assert "ANULADO" in words_of(before)
        assert "Error en el nombre & <b>curso</b>" in words_of(before)
        deliver(db, 1)
        annul(db, 3, "Hoja perdida")
        first = pages(db, PagesAsked(first=1, last=1))
        told = texts_of(pages(db, PagesAsked(first=1, last=2)))
        assert texts_of(first)[0] == texts_of(before)[0]
        assert "su hermana" not in texts_of(first)[0]
        assert "su hermana" in texts_of(first)[1]
        assert "Hoja perdida" not in told[1]
        assert "Hoja perdida" in told[2]
        codes = codes_of(db)
        assert codes[1] in told[2]
        assert check_register(db, registrar, codes, WHOLE).whole


def test_a_page_taken_out_exchanged_or_put_in_a_wrong_place_shows(tmp_path: Path) -> None:
    with registered(tmp_path) as db:
        registrar = user(db, Role.REGISTRAR)
        with pytest.raises(UserError, match="No page of book 1 was printed yet"):
            check_register(db, registrar, ["X"], WHOLE)
        close_book(db, registrar, "1")
        codes = codes_of(db)
        assert len(codes) == 5
        assert check_register(db, registrar, [code.lower().replace("-", " ") for code in codes], WHOLE).whole

        taken = check_register(db, registrar, [*codes[:2], *codes[3:]], WHOLE)
        assert [page.folio for page in taken.stack.missing] == [2]

        foreign = "0000-1111-2222-3333"
        exchanged = check_register(db, registrar, [*codes[:2], foreign, *codes[3:]], WHOLE)
        bad = exchanged.stack.pages[2]
        assert (bad.state, bad.page and bad.page.folio) == (PageState.UNKNOWN, 2)

        mixed = check_register(db, registrar, [codes[1], codes[0], codes[2], codes[2], "4KX", *codes[3:]], WHOLE)
        assert [page.state for page in mixed.stack.pages[1:5]] == [
            PageState.OUT_OF_ORDER,
            PageState.HOLDS,
            PageState.TWICE,
            PageState.MISTYPED,
        ]
        part = check_register(db, registrar, codes[2:4], PagesAsked(first=2, last=3))
        assert part.whole
        assert [page.page and page.page.kind for page in part.stack.pages] == [PageKind.FOLIO] * 2


def test_a_frozen_page_that_somebody_changed_in_the_file_is_told(tmp_path: Path) -> None:
    with registered(tmp_path) as db:
        registrar = user(db, Role.REGISTRAR)
        freeze_pages(db, registrar, WHOLE)
        codes = codes_of(db)
        text = str(values(db, "SELECT content FROM folio WHERE number = 2")[0][0])
        with db.write(Entry(Actor("test"), "print_register", "test")) as tx:
            tx.update(Folio, {2: {"content": text.replace("Dunia", "Wendy")}})
        done = check_register(db, registrar, codes, WHOLE)
        assert [page.folio for page in done.broken] == [2]
        assert not done.whole


def test_a_closed_book_is_certified_with_its_totals_and_its_last_folio_is_frozen(tmp_path: Path) -> None:
    with registered(tmp_path) as db:
        registrar = user(db, Role.REGISTRAR)
        annul(db, 5, "Error")
        assert close_book(db, registrar, "1").frozen == (1, 2, 3)
        with pytest.raises(Refused, match="closed already"):
            close_book(db, registrar, "1")
        closing = register_sheets(db, registrar, WHOLE).closing
        assert closing is not None
        assert (closing.folios, closing.entries, closing.annulled) == (3, 5, 1)
        assert (closing.first_certificate, closing.last_certificate) == ("EIC-2018-000001", "EIC-2018-000005")
        for paper in (Paper.LETTER, Paper.OFICIO, Paper.LEGAL):
            whole = pages(db, paper=paper)
            assert_inside_the_pages(whole, 20)
            assert len(texts_of(whole)) == 5
        assert "Director Inventado" in texts_of(whole)[-1]


def test_what_is_asked_wrongly_is_told_in_one_sentence(tmp_path: Path) -> None:
    with registered(tmp_path, entries=1) as db:
        registrar = user(db, Role.REGISTRAR)
        with pytest.raises(UserError, match="no register book 7; there are: 1"):
            freeze_pages(db, registrar, PagesAsked("7"))
        with pytest.raises(UserError, match="has folios 1 to 1"):
            register_sheets(db, registrar, PagesAsked(first=2, last=9))
        with pytest.raises(Refused, match="a registrar may"):
            freeze_pages(db, user(db, Role.MANAGER), WHOLE)


@pytest.mark.needs("qpdf")
def test_another_program_finds_the_file_whole(tmp_path: Path) -> None:
    with registered(tmp_path) as db:
        close_book(db, user(db, Role.REGISTRAR), "1")
        path = tmp_path / "register.pdf"
        path.write_bytes(pages(db, paper=Paper.LEGAL))
    words = [str(shutil.which("qpdf")), "--check", str(path)]
    assert subprocess.run(words, capture_output=True, check=False).returncode == 0
