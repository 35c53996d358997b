"""The words of the pages of the register, and of what a stack of them turns out to be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from eic_tracker.domain.folio_pages import BoundPage, PageKind, PageState, StackAnswer
from eic_tracker.i18n import N_, Translator

_STATES = {
    PageState.HOLDS: N_("in its place"),
    PageState.UNKNOWN: N_("no page of this book bears this code"),
    PageState.MISTYPED: N_("mistyped: a code has 16 letters and digits"),
    PageState.TWICE: N_("stands here for the second time"),
    PageState.OUT_OF_ORDER: N_("in a wrong place"),
}


def stack_lines(book: str, stack: StackAnswer, broken: Sequence[BoundPage], t: Translator) -> Iterator[str]:
    """What is to be said of a stack of pages and of the pages in the file, a line each."""
    for each in stack.pages:
        where = f"{page_words(each.page, t)}: " if each.page is not None else ""
        yield f"{each.typed}  {where}{t(_STATES[each.state])}"
    for page in stack.missing:
        yield t("Missing: {page}, code {code}", page=page_words(page, t), code=page.code)
    for page in broken:
        yield t("Changed in the file: {page}", page=page_words(page, t))
    if stack.whole and not broken:
        yield t("Book {book}: every page is there.", book=book)


def page_words(page: BoundPage, t: Translator) -> str:
    """What a page is: opening, folio or closing."""
    if page.kind is PageKind.OPENING:
        return t("opening certificate")
    if page.kind is PageKind.CLOSING:
        return t("closing certificate")
    return t("folio {number}", number=page.folio)
