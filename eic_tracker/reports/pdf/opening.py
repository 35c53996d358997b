"""Opens PDFs, one at a time in the whole program: PDFium is not safe to be called by two threads."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pypdfium2

_ONE_AT_A_TIME = threading.RLock()


@contextmanager
def opened_pdf(content: bytes) -> Iterator[pypdfium2.PdfDocument]:
    """A PDF, closed at the end of the block; PdfiumError where it is damaged or asks for a password."""
    import pypdfium2

    with _ONE_AT_A_TIME:
        document = pypdfium2.PdfDocument(content)
        try:
            yield document
        finally:
            document.close()


@contextmanager
def new_pdf() -> Iterator[pypdfium2.PdfDocument]:
    """A PDF without pages, closed at the end of the block."""
    import pypdfium2

    with _ONE_AT_A_TIME:
        document = pypdfium2.PdfDocument.new()
        try:
            yield document
        finally:
            document.close()
