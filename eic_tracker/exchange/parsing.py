"""A file as sheets, told by its content and not by its name; runs in a process of its own that may be ended."""

from __future__ import annotations

import io
import sys
import zipfile
import zlib
from pathlib import Path

from eic_tracker.errors import FileProblem
from eic_tracker.exchange import limits
from eic_tracker.exchange.cells import Sheet
from eic_tracker.exchange.html_tables import html_sheets, looks_like_html
from eic_tracker.exchange.text_files import decoded, text_sheet
from eic_tracker.exchange.word_tables import DOCUMENT, word_sheets
from eic_tracker.exchange.workbook_parts import WORKBOOK, OutOfSight, check_declarations, out_of_sight
from eic_tracker.exchange.workbooks import damaged, protected, with_macros, workbook_sheets
from eic_tracker.i18n import N_

TOO_LARGE = N_("{file} needs more memory than a list ever does; it was put aside. Save only the sheet with the people.")
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PACKED = b"PK\x03\x04"
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*")
_SHEETS_OF_ODS = b"application/vnd.oasis.opendocument.spreadsheet"


def parse_within(path: Path, memory: int | None) -> list[Sheet]:
    """The sheets of a file, with at most `memory` bytes more than this process holds already, where that can be set."""
    limit_memory(memory)
    try:
        return parse(path)
    except MemoryError:
        raise FileProblem(TOO_LARGE, file=path.name) from None


def limit_memory(memory: int | None) -> None:
    """Let this process have so many bytes more than it holds, where the system can set that; MemoryError beyond."""
    if memory is None or sys.platform != "linux":
        return
    import resource

    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    limit = pages * resource.getpagesize() + memory
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def parse(path: Path) -> list[Sheet]:
    """The sheets of a workbook, text or document; FileProblem says of all else what it is and what to do."""
    file = path.name
    try:
        limits.check_size(path.stat().st_size, file)
        content = path.read_bytes()
    except OSError as error:
        raise FileProblem("{file} cannot be read: {reason}.", file=file, reason=error.strerror or str(error)) from None
    if content.startswith(_PACKED):
        return _packed(content, path.stem, file)
    if content.startswith(_COMPOUND):
        return _compound(content, file)
    _refuse_foreign(content, file)
    if looks_like_html(content):
        return html_sheets(decoded(content, file), path.stem, file)
    return [text_sheet(content, path.stem, file)]


def _packed(content: bytes, name: str, file: str) -> list[Sheet]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            limits.check_zip(package.infolist(), file)
            names = {entry.filename for entry in package.infolist()}
            _refuse_locked(package, names, file)
            check_declarations(package, file)
            if DOCUMENT in names:
                return word_sheets(package, name, file)
            if WORKBOOK in names:
                return workbook_sheets(content, out_of_sight(package, file), file)
            if "xl/workbook.bin" in names or _is_ods(package, names):
                return workbook_sheets(content, OutOfSight(), file)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError):
        raise damaged(file) from None
    raise FileProblem(
        "{file} is a packed folder without a list that this program reads. Unpack it and choose the list.", file=file
    )


def _refuse_locked(package: zipfile.ZipFile, names: set[str], file: str) -> None:
    if any(entry.flag_bits & 0x1 for entry in package.infolist()):
        raise protected(file)
    if any(name.endswith(("vbaProject.bin", "vbaData.xml")) or "/macrosheets/" in name for name in names):
        raise with_macros(file)
    manifest = "META-INF/manifest.xml"
    if manifest in names and b"encryption-data" in package.read(manifest):
        raise protected(file)


def _is_ods(package: zipfile.ZipFile, names: set[str]) -> bool:
    return "mimetype" in names and package.read("mimetype").strip().startswith(_SHEETS_OF_ODS)


def _compound(content: bytes, file: str) -> list[Sheet]:
    """The old box of Office: .xls, or a newer file behind a password, or something else."""
    if _named(content, "EncryptedPackage"):
        raise protected(file)
    if _named(content, "_VBA_PROJECT"):
        raise with_macros(file)
    if _named(content, "WordDocument"):
        raise FileProblem("{file} is an old Word document. Save it as .docx, or copy the list and paste it.", file=file)
    if not (_named(content, "Workbook") or _named(content, "Book")):
        raise FileProblem("{file} is no list that this program reads. Save it as .xlsx or .csv.", file=file)
    return workbook_sheets(content, OutOfSight(), file)


def _named(content: bytes, name: str) -> bool:
    """Whether the box has a part of that name; names stand in it as UTF-16, ended by a zero."""
    return (name + "\0").encode("utf-16-le") in content


def _refuse_foreign(content: bytes, file: str) -> None:
    start = content[:1024].lstrip()
    if start.startswith(b"%PDF"):
        raise FileProblem("{file} is a PDF. Select its table, copy it, and paste it into the roster.", file=file)
    if start.startswith(_PICTURES):
        raise FileProblem("{file} is a picture. Transcribe it beside the roster.", file=file)
    if start.startswith(b"{\\rtf"):
        raise FileProblem("{file} is rich text. Save it as .docx, or copy the list and paste it.", file=file)
    if start.startswith((b"<?xml", b"\xef\xbb\xbf<?xml")):
        raise FileProblem("{file} is an XML file. Open it in Excel and save it as .xlsx.", file=file)
