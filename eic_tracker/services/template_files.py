"""One file that carries a template with its pictures to another school: written, and read with distrust."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from eic_tracker.domain.certificate_template import (
    MOST_PICTURES,
    Template,
    images_of,
    plain_data,
    template_of,
    template_text,
)
from eic_tracker.domain.permissions import ActingUser, Action, require
from eic_tracker.domain.template_elements import Element
from eic_tracker.errors import FileProblem, UserError
from eic_tracker.i18n import N_
from eic_tracker.queries.templates import template_images
from eic_tracker.services.papers import save_paper
from eic_tracker.services.template_pictures import readied_picture
from eic_tracker.services.templates import TemplateDraft, TemplateSaved, save_template, template_form
from eic_tracker.store.database import Database

MOST_FILE_BYTES = 8_000_000


def export_template(db: Database, acting: ActingUser, key: int, path: Path, version_id: int | None = None) -> None:
    """Write a template with its pictures as one file; UserError where it is gone."""
    form = template_form(db, acting, key, version_id)
    with db.read() as connection:
        images = template_images(connection, images_of(form.template))
    save_paper(template_file(form.template, images), path)


def template_file(template: Template, images: dict[str, bytes]) -> bytes:
    """The file of a template: its JSON with its pictures in base 64."""
    said = json.loads(template_text(template))
    said["images"] = {digest: base64.b64encode(content).decode("ascii") for digest, content in images.items()}
    return json.dumps(said, ensure_ascii=False, indent=1, sort_keys=True).encode("utf-8")


def import_template(db: Database, acting: ActingUser, path: Path) -> TemplateSaved:
    """Enter the template of a file as a new one; UserError or FileProblem where it is none, with what is wrong."""
    require(acting, Action.EDIT_LISTS)
    try:
        if path.stat().st_size > MOST_FILE_BYTES:
            raise UserError(N_("{file} is too large for a template."), file=path.name)
        content = path.read_bytes()
    except OSError as error:
        raise FileProblem(
            N_("{file} cannot be read ({why}). Check its name and folder."), file=path, why=error.strerror or error
        ) from error
    template, images = read_template_file(content)
    return save_template(db, acting, TemplateDraft(template, images=images))


def read_template_file(content: bytes) -> tuple[Template, dict[str, bytes]]:
    """The template and the pictures of a file, each picture made anew; UserError for whatever else it holds."""
    try:
        said = plain_data(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise UserError(N_("This is no template of certificates.")) from error
    if not isinstance(said, dict):
        raise UserError(N_("This is no template of certificates."))
    given = said.pop("images", {})
    template = template_of(said)
    wanted = images_of(template)
    if not isinstance(given, dict) or len(given) > MOST_PICTURES or set(wanted) - set(given):
        raise UserError(N_("A picture of the template is missing in its file. Export it again."))
    renamed: dict[str, str] = {}
    images: dict[str, bytes] = {}
    for digest in wanted:
        picture = readied_picture(_decoded(given[digest]), digest[:8])
        renamed[digest] = hashlib.sha256(picture).hexdigest()
        images[renamed[digest]] = picture
    face, reverse = (_renamed(side, renamed) for side in (template.face, template.reverse))
    return replace(template, face=face, reverse=reverse), images


def _renamed(elements: tuple[Element, ...], names: Mapping[str, str]) -> tuple[Element, ...]:
    return tuple(replace(each, image=names.get(each.image, "")) for each in elements)


def _decoded(text: object) -> bytes:
    try:
        return base64.b64decode(str(text), validate=True)
    except (binascii.Error, ValueError) as error:
        raise UserError(N_("A picture of the template is damaged. Choose it again.")) from error
