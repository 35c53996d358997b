"""The books of the register: their folios printed and frozen, a book closed, a stack of pages checked by its codes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from eic_tracker.domain.permissions import Action
from eic_tracker.gui.grids.register import BOOKS
from eic_tracker.gui.pages.page import Page
from eic_tracker.gui.register_parts.folios import Folios
from eic_tracker.gui.register_parts.part import RegisterPart
from eic_tracker.gui.theme import Tone
from eic_tracker.gui.widgets.deed import rest
from eic_tracker.gui.widgets.editors import NamesEditor, NumberEditor
from eic_tracker.gui.widgets.fact_list import sentence
from eic_tracker.gui.widgets.field_form import FormField
from eic_tracker.gui.widgets.small_table import SmallTable
from eic_tracker.queries.register_books import BookRow
from eic_tracker.reports.register_words import stack_lines
from eic_tracker.services.register_pages import (
    PagesAsked,
    RegisterChecked,
    check_register,
    close_book,
    freeze_pages,
    register_books,
    register_leaving,
    register_pdf,
)


class BooksPart(RegisterPart):
    """Enter prints the folios of the book in sight; who prepares certificates freezes the full ones by that."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        t = self.t
        self._keeps = self.around.may(Action.PREPARE_CERTIFICATES) and not self.around.read_only
        self.print_button = self.add_deed(t("Print folios…"), self.ask_print)
        self.check_button = self.add_deed(t("Check printed pages…"), self.ask_check)
        self.close_button = self.add_deed(t("Close the book…"), self.ask_close, shown=self._keeps)
        self.said = sentence("")
        self.said.hide()
        self.table = SmallTable(t("Books of the register"), BOOKS, self.around)
        self.table.opened.connect(lambda _key: self.ask_print())
        self.table.current_changed.connect(self._on_book)
        self.folios = Folios(page)
        self.folios.page_wanted.connect(lambda book, folio: self._leave(PagesAsked(book, folio, folio)))
        self.column.addWidget(self.said)
        self.column.addWidget(self.table, 2)
        self.column.addWidget(self.folios, 3)
        self._on_book(None)

    def refresh(self) -> None:
        """Read the books."""
        self.page.read(register_books, done=self._show, what="books")

    def first_focus(self) -> QWidget:
        """The books."""
        return self.table

    def ask_print(self) -> None:
        """Which folios; full ones are frozen first by who keeps the register."""
        book = self._book()
        if book is None or book.on_paper:
            return
        t = self.t
        fields = [
            FormField("first", t("From folio"), lambda label, _a: NumberEditor(label), t("Empty: from the opening.")),
            FormField("last", t("To folio"), lambda label, _a: NumberEditor(label), t("Empty: to the last.")),
        ]
        told = t(
            "Each full folio is frozen when it is printed and bears a code and the code of the folio before; what is "
            "frozen never changes. A folio that is not full is printed as provisional."
        )
        self.ask_fields(
            t("Print folios of book {number}", number=book.number),
            [told] if self._keeps else [],
            fields,
            lambda _values: (),
            lambda values: self._print(PagesAsked(book.number, values["first"], values["last"])),
        )

    def ask_close(self) -> None:
        """Say what closing does, then close."""
        book = self._book()
        if book is None:
            return
        t = self.t
        told = t(
            "The rest of its last folio is crossed and the totals are certified; the next certificate opens a new "
            "book. This cannot be undone."
        )
        self.ask_fields(
            t("Close book {number}", number=book.number),
            [told],
            [],
            lambda _values: (),
            lambda _values: self.page.write(
                close_book,
                book.number,
                said=lambda _done: t("Book {number} is closed.", number=book.number),
                undoable=False,
            ),
        )

    def ask_check(self) -> None:
        """The codes of a stack of pages, in its order."""
        book = self._book()
        if book is None:
            return
        t = self.t
        codes = FormField("codes", t("Codes of the pages, one a line"), lambda label, _a: NamesEditor(label))
        told = t("Type the codes that the pages bear, in the order in which they lie.")
        self.ask_fields(
            t("Check the pages of book {number}", number=book.number),
            [told],
            [codes],
            lambda _values: (),
            lambda values: self.page.read(
                check_register,
                list(values["codes"]),
                PagesAsked(book.number),
                done=self._tell_checked,
                failed=self.page.tell_failure,
                what="checked",
            ),
        )

    def _print(self, asked: PagesAsked) -> None:
        if self._keeps:
            self.around.jobs.write(
                freeze_pages,
                self.around.acting,
                asked,
                owner=self,
                done=lambda _done: self._leave(asked),
                failed=self.page.tell_failure,
            )
        else:
            self._leave(asked)

    def _leave(self, asked: PagesAsked) -> None:
        title = self.t("Register of certificates, book {book}", book=asked.book)
        make = partial(register_pdf, asked=asked, t=self.t)
        label = f"register book {asked.book}"
        self.page.read(
            register_leaving,
            asked,
            done=partial(self.show_naming, make, title, label),
            failed=self.page.tell_failure,
            what="leaving",
        )

    def _tell_checked(self, checked: RegisterChecked) -> None:
        self.said.setText("\n".join(stack_lines(checked.book, checked.stack, checked.broken, self.t)))
        self.said.setProperty("tone", (Tone.OK if checked.whole else Tone.ERROR).value)
        self.said.style().polish(self.said)
        self.said.show()

    def _show(self, books: Sequence[BookRow]) -> None:
        self.table.show_rows({book.id: book for book in books})
        if books and self.table.current_key() is None:
            self.table.select_key(next((book.id for book in books if book.closing is None), books[-1].id))
        if not books:
            self.said.setText(self.t("No certificate was approved yet; the first opens a book."))
        self.said.setVisible(not books)
        self.folios.setVisible(bool(books))
        self._on_book(self.table.current_key())

    def _on_book(self, key: object) -> None:
        self.folios.show_book(key if isinstance(key, int) else None)
        self._enable()

    def _book(self) -> BookRow | None:
        found = self.table.rows.get(self.table.current_key() or 0)
        return found if isinstance(found, BookRow) else None

    def _enable(self) -> None:
        t, book = self.t, self._book()
        none = t("No certificate was approved yet; the first opens a book.") if not self.table.rows else ""
        choose = none or (t("Choose a book.") if book is None else "")
        paper = t("Its pages are of paper; this program prints none of them.") if book and book.on_paper else ""
        rest(self.print_button, choose or paper)
        unprinted = t("No folio of it was printed yet.") if book is not None and not book.printed else ""
        rest(self.check_button, choose or paper or unprinted)
        closed = t("It is closed already.") if book is not None and book.closing is not None else ""
        rest(self.close_button, choose or paper or closed)

    def state(self) -> dict[str, Any]:
        """The book in sight."""
        return {"book": self.table.current_key()}

    def restore(self, state: Mapping[str, Any]) -> None:
        """Read, and stand on the book that was in sight."""
        self.refresh()
        key = state.get("book")
        if isinstance(key, int):
            self.table.select_key(key)
