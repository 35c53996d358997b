"""The use-cases of templates of certificates, and who may do each."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from eic_tracker.domain.certificate_template import Side
from eic_tracker.domain.codes import Role
from eic_tracker.domain.permissions import ActingUser
from eic_tracker.i18n import Language, Translator
from eic_tracker.reports.ready_made import ready_made
from eic_tracker.reports.template_pdf import PrintOptions
from eic_tracker.services import template_files, template_preview, templates
from eic_tracker.services.template_files import template_file
from eic_tracker.store.database import Database
from tests.services.school import user

UseCase = Callable[[Database, ActingUser, Path], object]

_KEEPERS = frozenset({Role.REGISTRAR, Role.MANAGER, Role.ADMINISTRATOR})
_T = Translator(Language.ES)
_DRAFT = templates.TemplateDraft(ready_made("diploma", Language.ES))


def _one(db: Database) -> int:
    return templates.save_template(db, user(db, Role.MANAGER), _DRAFT).id


def _import(db: Database, acting: ActingUser, folder: Path) -> object:
    path = folder / "template.json"
    path.write_bytes(template_file(_DRAFT.template, {}))
    return template_files.import_template(db, acting, path)


USE_CASES: dict[str, tuple[UseCase, frozenset[Role]]] = {
    "list_templates": (lambda db, acting, _: templates.list_templates(db, acting), _KEEPERS),
    "template_form": (lambda db, acting, _: templates.template_form(db, acting, _one(db)), _KEEPERS),
    "ready_made_form": (
        lambda db, acting, _: templates.ready_made_form(db, acting, "diploma", Language.ES),
        _KEEPERS,
    ),
    "save_template": (lambda db, acting, _: templates.save_template(db, acting, _DRAFT), _KEEPERS),
    "end_template": (lambda db, acting, _: templates.end_template(db, acting, _one(db), None), _KEEPERS),
    "choose_template": (lambda db, acting, _: templates.choose_template(db, acting, 1, _one(db)), _KEEPERS),
    "export_template": (
        lambda db, acting, folder: template_files.export_template(db, acting, _one(db), folder / "out.json"),
        _KEEPERS,
    ),
    "import_template": (_import, _KEEPERS),
    "template_preview": (
        lambda db, acting, _: template_preview.template_preview(db, acting, _DRAFT.template, {}, Side.FACE),
        _KEEPERS,
    ),
    "calibration_page": (
        lambda db, acting, _: template_preview.calibration_page(
            db, acting, (279.4, 215.9), Language.ES, PrintOptions()
        ),
        _KEEPERS,
    ),
}

JOURNALLED_AS = {"import_template": "save_template"}
