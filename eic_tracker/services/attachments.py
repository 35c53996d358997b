"""Scans and pictures that are filed: told by their bytes, re-encoded without what a camera adds, kept once."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from eic_tracker.domain.codes import AttachmentKind
from eic_tracker.domain.permissions import ActingUser
from eic_tracker.errors import FileProblem, UserError
from eic_tracker.i18n import N_
from eic_tracker.reports.pdf.opening import opened_pdf
from eic_tracker.store.database import Database
from eic_tracker.store.tables.documents import Attachment
from eic_tracker.store.transaction import Tx

if TYPE_CHECKING:
    from PIL import Image

MOST_BYTES = 5_000_000
"""What one filed paper may hold."""

_LONGEST_SIDE = 3_000
"""Pixels; a page of 250 dots to the inch."""
_PORTRAIT = 400
"""Pixels of the longest side of a person's photo."""
_QUALITY = 85
MOST_SHEET_BYTES = 250_000
"""What one summary sheet may hold."""

_SMALLER = ((1700, 75), (1500, 65), (1300, 55), (1100, 45), (900, 35))
"""Longest side in pixels and quality, from the best that is tried to the last that can be read."""
_PICTURES = {b"\xff\xd8\xff": "JPEG", b"\x89PNG\r\n\x1a\n": "PNG"}
_TOO_LARGE = N_("{name} holds more than {most} MB. Scan it with fewer dots to the inch, or page by page.")


@dataclass(frozen=True, slots=True)
class Scan:
    """A scanned paper as it came: the name of its file and its bytes."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Area:
    """A part of a picture in its dots, from the left and from the top."""

    left: int
    top: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class _Readied:
    media_type: str
    content: bytes
    pages: int

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def file_scan(
    tx: Tx, scan: Scan, kind: AttachmentKind, *, offering_id: int | None, source_document_id: int | None = None
) -> int:
    """File a paper with names, of an offering or of a document; its key, or that of the same one filed there before.

    UserError where it is no PDF, JPEG or PNG, damaged, or too large."""
    readied = _readied(scan)
    known = _filed(tx, readied, kind, offering_id, source_document_id)
    return known if known is not None else _insert(tx, readied, kind, offering_id, source_document_id)


def attach_scan(tx: Tx, scan: Scan, kind: AttachmentKind, offering_id: int) -> tuple[int, bool]:
    """File a paper with an offering so that undo takes it off again; its key, and whether it was there before.

    The paper itself stays in the file, so whose it is is a change of its own. UserError as `file_scan`."""
    readied = _readied(scan)
    known = _filed(tx, readied, kind, offering_id, None)
    if known is not None:
        return known, True
    key = _filed(tx, readied, kind, None, None)
    if key is None:
        key = _insert(tx, readied, kind, None, None)
    tx.update(Attachment, {key: {"offering_id": offering_id}})
    return key, False


def _filed(
    tx: Tx, readied: _Readied, kind: AttachmentKind, offering_id: int | None, source_document_id: int | None
) -> int | None:
    """The very same paper, where it is of that offering and that document, of none where None is asked for."""
    key = tx.connection.exec_driver_sql(
        "SELECT id FROM attachment WHERE offering_id IS ? AND kind = ? AND sha256 = ? AND content IS NOT NULL "
        "AND source_document_id IS ? AND class_group_id IS NULL AND published_figure_id IS NULL",
        (offering_id, kind.value, readied.sha256, source_document_id),
    ).scalar()
    return None if key is None else int(key)


def _insert(
    tx: Tx, readied: _Readied, kind: AttachmentKind, offering_id: int | None, source_document_id: int | None
) -> int:
    row = {
        "uid": tx.new_uid(),
        "kind": kind,
        "offering_id": offering_id,
        "source_document_id": source_document_id,
        "media_type": readied.media_type,
        "sha256": readied.sha256,
        "content": readied.content,
        "pages": readied.pages,
        "holds_names": True,
        "recorded_at": tx.at,
    }
    return tx.insert(Attachment, [row])[0]


def small_picture(scan: Scan) -> bytes:
    """A picture of somebody as a small JPEG, without what a camera adds; UserError where it cannot be one."""
    for start, picture in _PICTURES.items():
        if scan.content.startswith(start):
            return _as_picture(scan, picture, _PORTRAIT).content
    raise UserError(N_("{name} is no JPEG or PNG picture."), name=scan.name)


def scan_at(path: Path) -> Scan:
    """A paper from the disk that may be filed; UserError where it may not, FileProblem where it cannot be read."""
    try:
        if path.stat().st_size > _MOST_READ:
            raise UserError(_TOO_LARGE, name=path.name, most=MOST_BYTES // 1_000_000)
        scan = Scan(path.name, path.read_bytes())
    except OSError as error:
        raise FileProblem(
            N_("{file} cannot be read ({why}). Check its name and folder."), file=path, why=error.strerror or error
        ) from error
    check_scan(scan)
    return scan


def read_scan(_db: Database, _acting: ActingUser, path: Path) -> Scan:
    """The same beside the window."""
    return scan_at(path)


_MOST_READ = 60_000_000
"""Bytes of a picture as a camera makes it; it is kept much smaller."""


def check_scan(scan: Scan) -> None:
    """UserError where a paper could not be filed; nothing is written."""
    _readied(scan)


@lru_cache(maxsize=1)
def _readied(scan: Scan) -> _Readied:
    """The paper as it is kept; the same sheet stands behind many grades of one sitting, so it is made once."""
    for start, picture in _PICTURES.items():
        if scan.content.startswith(start):
            return _as_picture(scan, picture)
    if scan.content.startswith(b"%PDF-"):
        return _as_pdf(scan)
    raise UserError(N_("{name} is no PDF, JPEG or PNG. Scan the signed sheet as one of them."), name=scan.name)


def _as_pdf(scan: Scan) -> _Readied:
    import pypdfium2

    if len(scan.content) > MOST_BYTES:
        raise UserError(_TOO_LARGE, name=scan.name, most=MOST_BYTES // 1_000_000)
    try:
        with opened_pdf(scan.content) as document:
            pages = len(document)
    except pypdfium2.PdfiumError as error:
        raise UserError(_DAMAGED, name=scan.name) from error
    return _Readied("application/pdf", scan.content, pages)


_DAMAGED = N_("{name} cannot be opened: it is damaged or asks for a password. Scan it again.")


def _as_picture(scan: Scan, picture: str, longest: int = _LONGEST_SIDE) -> _Readied:
    content = _as_jpeg(_upright(scan, picture), longest, _QUALITY)
    if len(content) > MOST_BYTES:
        raise UserError(_TOO_LARGE, name=scan.name, most=MOST_BYTES // 1_000_000)
    return _Readied("image/jpeg", content, 1)


def _upright(scan: Scan, picture: str) -> Image.Image:
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(scan.content), formats=[picture]) as opened:
            if opened.width * opened.height > _MOST_PIXELS:
                raise UserError(_TOO_LARGE, name=scan.name, most=MOST_BYTES // 1_000_000)
            return ImageOps.exif_transpose(opened).convert("RGB")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise UserError(_DAMAGED, name=scan.name) from error


def _as_jpeg(upright: Image.Image, longest: int, quality: int) -> bytes:
    """A new picture of the same dots: place, camera and time stay behind."""
    from PIL import Image

    upright.thumbnail((longest, longest))
    clean = Image.new("RGB", upright.size)
    clean.paste(upright)
    out = io.BytesIO()
    clean.save(out, "JPEG", quality=quality)
    return out.getvalue()


def sheet_picture(scan: Scan) -> bytes:
    """One sheet as a small JPEG of at most `MOST_SHEET_BYTES`, without what a camera or scanner adds.

    UserError where it is no picture or PDF of one page, damaged, or cannot be made so small."""
    if scan.content.startswith(b"%PDF-"):
        upright = _only_page(scan)
    else:
        picture = next((kind for start, kind in _PICTURES.items() if scan.content.startswith(start)), None)
        if picture is None:
            raise UserError(N_("{name} is no PDF, JPEG or PNG. Scan the signed sheet as one of them."), name=scan.name)
        upright = _upright(scan, picture)
    return _as_sheet(upright, scan.name)


def _as_sheet(upright: Image.Image, name: str) -> bytes:
    for longest, quality in _SMALLER:
        content = _as_jpeg(upright, longest, quality)
        if len(content) <= MOST_SHEET_BYTES:
            return content
    raise UserError(_TOO_LARGE, name=name, most=MOST_BYTES // 1_000_000)


def blacked_out(picture: bytes, areas: Sequence[Area]) -> bytes:
    """A kept sheet with areas painted black, made anew from its dots; UserError where an area has none of them.

    Nothing of what lay below is in the new picture: it is decoded, painted, and encoded as a whole."""
    from PIL import ImageDraw

    upright = _upright(Scan("", picture), "JPEG")
    pen = ImageDraw.Draw(upright)
    for area in areas:
        right, bottom = min(area.left + area.width, upright.width), min(area.top + area.height, upright.height)
        left, top = max(area.left, 0), max(area.top, 0)
        if left >= right or top >= bottom:
            raise UserError(N_("A place that was marked lies outside the sheet. Mark it anew."))
        pen.rectangle((left, top, right - 1, bottom - 1), fill="black")
    return _as_sheet(upright, "")


def _only_page(scan: Scan) -> Image.Image:
    import pypdfium2

    try:
        with opened_pdf(scan.content) as document:
            if len(document) != 1:
                raise UserError(
                    N_("{name} has several pages. Attach the summary sheet alone, never the list of pupils."),
                    name=scan.name,
                )
            page = document[0]
            rendered: Image.Image = page.render(scale=_SMALLER[0][0] / max(page.get_size())).to_pil()
            return rendered.convert("RGB")
    except pypdfium2.PdfiumError as error:
        raise UserError(_DAMAGED, name=scan.name) from error


_MOST_PIXELS = 60_000_000
"""What a telephone's picture holds at most; more is a trap."""
