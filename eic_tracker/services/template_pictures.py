"""Pictures of templates: emblems and logos, made anew without what a camera or program adds."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

from eic_tracker.domain.permissions import ActingUser
from eic_tracker.errors import FileProblem, UserError
from eic_tracker.i18n import N_
from eic_tracker.store.database import Database

MOST_BYTES = 600_000
"""What one picture of a template may hold."""
_LONGEST_SIDE = 1_200
_MOST_PIXELS = 40_000_000
_MOST_READ = 20_000_000
_STARTS = {b"\xff\xd8\xff": "JPEG", b"\x89PNG\r\n\x1a\n": "PNG"}
_NONE = N_("{name} is no JPEG or PNG picture, or it is damaged.")


def picture_at(path: Path) -> bytes:
    """A picture from the disk as a template keeps it; UserError or FileProblem where it cannot be one."""
    try:
        if path.stat().st_size > _MOST_READ:
            raise UserError(N_("{name} is too large for an emblem. Make it smaller."), name=path.name)
        content = path.read_bytes()
    except OSError as error:
        raise FileProblem(
            N_("{file} cannot be read ({why}). Check its name and folder."), file=path, why=error.strerror or error
        ) from error
    return readied_picture(content, path.name)


def read_picture(_db: Database, _acting: ActingUser, path: Path) -> tuple[str, bytes]:
    """The same beside the window, with its digest."""
    content = picture_at(path)
    return hashlib.sha256(content).hexdigest(), content


def readied_picture(content: bytes, name: str) -> bytes:
    """The same picture as a new PNG of at most 1,200 dots a side, transparent where it was; or UserError."""
    from PIL import Image, ImageOps, UnidentifiedImageError

    kind = next((kind for start, kind in _STARTS.items() if content.startswith(start)), None)
    if kind is None:
        raise UserError(_NONE, name=name)
    try:
        with Image.open(io.BytesIO(content), formats=[kind]) as opened:
            if opened.width * opened.height > _MOST_PIXELS:
                raise UserError(N_("{name} is too large for an emblem. Make it smaller."), name=name)
            upright = ImageOps.exif_transpose(opened)
            transparent = "A" in upright.getbands() or "transparency" in upright.info
            upright = upright.convert("RGBA" if transparent else "RGB")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise UserError(_NONE, name=name) from error
    for longest in (_LONGEST_SIDE, 800, 500, 300):
        upright.thumbnail((longest, longest))
        clean = Image.new(upright.mode, upright.size)
        clean.paste(upright)
        out = io.BytesIO()
        clean.save(out, "PNG", optimize=True)
        if out.tell() <= MOST_BYTES:
            return out.getvalue()
    raise UserError(N_("{name} is too large for an emblem. Make it smaller."), name=name)


def media_type_of(digest: str, content: bytes) -> str:
    """The media type of a picture that was readied; UserError where it is not the one that its digest names."""
    if hashlib.sha256(content).hexdigest() != digest or not content.startswith(b"\x89PNG\r\n\x1a\n"):
        raise UserError(N_("A picture of the template is damaged. Choose it again."))
    return "image/png"
