"""Tests of scans of letters: filed with their paper, seen again, refused with one sentence where they are damaged."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from eic_tracker.domain.codes import Role
from eic_tracker.domain.drafts import DraftRefused
from eic_tracker.errors import Refused, UserError
from eic_tracker.services.history import undo_own
from eic_tracker.services.letter_scans import describe_letter, file_letter_scan, scan_in_sight
from eic_tracker.services.letters import SourceDraft
from tests.services.doors_of_registrar import picture
from tests.services.school import school, user, values
from tests.services.test_enrolment import LETTER


def no_scans() -> dict[str, bytes]:
    """What comes under the name of a scan and is none: cut off, locked, empty, a program."""
    whole, locked = BytesIO(), BytesIO()
    for out, lock in ((whole, None), (locked, StandardEncryption("secreto", ownerPassword="otro"))):
        paper = Canvas(out, encrypt=lock)
        for page in ("una", "dos"):
            paper.drawString(100, 700, f"Hoja {page} de una nómina. " * 20)
            paper.showPage()
        paper.save()
    return {
        "cortada.pdf": whole.getvalue()[: len(whole.getvalue()) // 2],
        "con clave.pdf": locked.getvalue(),
        "vacía.pdf": b"",
        "programa.pdf": b"MZ\x90\x00" + bytes(5_000),
    }


def test_a_photo_is_filed_with_its_letter_once_and_seen_as_a_page(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        registrar = user(db, Role.REGISTRAR)
        filed = file_letter_scan(db, registrar, 2, picture(tmp_path), LETTER)
        again = file_letter_scan(db, registrar, 2, picture(tmp_path), LETTER)
        assert again == filed
        said = "SELECT kind, offering_id, source_document_id, media_type, holds_names FROM attachment WHERE id = ?"
        assert values(db, said, filed.attachment_id) == [("letter", 2, filed.source_id, "image/jpeg", 1)]
        shown = scan_in_sight(db, registrar, filed.attachment_id)
        assert (shown.source_id, shown.name) == (filed.source_id, LETTER.number)
        assert len(pypdfium2.PdfDocument(shown.pdf)) == 1


def test_a_list_without_a_letter_is_called_as_its_file_until_somebody_says_which_it_is(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        registrar = user(db, Role.REGISTRAR)
        filed = file_letter_scan(db, registrar, 2, picture(tmp_path))
        assert filed.name == "lista.jpg"
        with pytest.raises(DraftRefused):
            describe_letter(db, registrar, filed.source_id, SourceDraft())
        describe_letter(db, registrar, filed.source_id, LETTER)
        assert scan_in_sight(db, registrar, filed.attachment_id).name == LETTER.number


def test_what_was_filed_stays_on_file(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        registrar = user(db, Role.REGISTRAR)
        filed = file_letter_scan(db, registrar, 2, picture(tmp_path))
        ((entry,),) = values(db, "SELECT max(id) FROM change_set")
        with pytest.raises(Refused, match="stay on file"):
            undo_own(db, registrar, int(str(entry)))
        assert scan_in_sight(db, registrar, filed.attachment_id).pdf


@pytest.mark.parametrize(
    "content",
    [b"", b"%PDF-1.7\nnothing of it", b"\xff\xd8\xff\xe0 cut off", b"\x89PNG\r\n\x1a\n", b"PK\x03\x04", b"MZ\x90"],
)
def test_a_damaged_or_other_file_gets_one_sentence_and_stores_nothing(tmp_path: Path, content: bytes) -> None:
    with school(tmp_path) as db:
        path = tmp_path / "scan.pdf"
        path.write_bytes(content)
        before = values(db, "SELECT count(*) FROM change_set")
        with pytest.raises(UserError, match=r"scan\.pdf"):
            file_letter_scan(db, user(db, Role.REGISTRAR), 2, path)
        with pytest.raises(UserError, match=r"nowhere\.pdf"):
            file_letter_scan(db, user(db, Role.REGISTRAR), 2, tmp_path / "nowhere.pdf")
        for name, cut in no_scans().items():
            (tmp_path / name).write_bytes(cut)
            with pytest.raises(UserError, match=name):
                file_letter_scan(db, user(db, Role.REGISTRAR), 2, tmp_path / name)
        assert values(db, "SELECT count(*) FROM change_set") == before
