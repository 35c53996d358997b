"""Templates of certificates: entered, changed, ended, chosen for a course; what printed a certificate never changes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from sqlalchemy import Connection

from eic_tracker.clock import local_date
from eic_tracker.domain.certificate_template import Template, images_of, read_template, template_text
from eic_tracker.domain.codes import AttachmentKind, TemplateKind
from eic_tracker.domain.drafts import ChangedMeanwhile, FieldChange
from eic_tracker.domain.paper_codes import text_digest
from eic_tracker.domain.permissions import ActingUser, Action, require
from eic_tracker.errors import Refused, UserError
from eic_tracker.i18n import N_, Language
from eic_tracker.queries.school_lists import last_actor
from eic_tracker.queries.templates import (
    LongestNames,
    TemplateRow,
    TemplateVersionRow,
    longest_names,
    programme_names,
    read_template_row,
    read_templates,
    template_content,
    template_images,
    template_in_use,
    template_versions,
    template_with_uid,
)
from eic_tracker.reports.certificate_pdf import Looks, refuse_template_letters
from eic_tracker.reports.ready_made import ready_made, ready_made_of
from eic_tracker.services.sign_in import actor
from eic_tracker.services.template_pictures import media_type_of
from eic_tracker.store.database import Database
from eic_tracker.store.tables.certificates import CertificateTemplate, CertificateTemplateVersion
from eic_tracker.store.tables.courses import CourseVersion
from eic_tracker.store.tables.documents import Attachment
from eic_tracker.store.transaction import Entry, Tx

GONE_TEMPLATE = N_("This template is no longer in the file; its entry was undone.")


@dataclass(frozen=True, slots=True)
class TemplateDraft:
    """A template as its form hands it over: `id` None for a new one, `known` the digest that the form started from.

    `images` holds the pictures by their digest; those that the file has already may be left out."""

    template: Template
    id: int | None = None
    programme_id: int | None = None
    known: str | None = None
    images: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TemplateSaved:
    """A template that was stored: its key and version; `new_version` where the one before has printed certificates."""

    id: int
    version: int
    new_version: bool


@dataclass(frozen=True, slots=True)
class TemplateForm:
    """What the form of a template begins with; `row` None for one that comes with the program."""

    row: TemplateRow | None
    template: Template
    images: Mapping[str, bytes]
    known: str | None
    versions: tuple[TemplateVersionRow, ...]
    longest: LongestNames
    programmes: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class TemplateInForce:
    """The template by which certificates are printed from now on; `version_id` None: as it comes with the program."""

    template: Template
    images: Mapping[str, bytes]
    version_id: int | None

    @property
    def looks(self) -> Looks:
        """As the papers want it."""
        return Looks(self.template, self.images)


def list_templates(db: Database, acting: ActingUser) -> tuple[TemplateRow, ...]:
    """The templates of the file, ended ones last."""
    require(acting, Action.EDIT_LISTS)
    with db.read() as connection:
        return read_templates(connection)


def template_form(db: Database, acting: ActingUser, key: int, version_id: int | None = None) -> TemplateForm:
    """What the form begins with, in the newest version or another one; UserError where it is gone."""
    require(acting, Action.EDIT_LISTS)
    with db.read() as connection:
        row = _present(connection, key)
        versions = template_versions(connection, key)
        chosen = row.version_id if version_id is None else version_id
        if chosen not in {each.id for each in versions}:
            raise UserError(GONE_TEMPLATE)
        text = template_content(connection, chosen) or ""
        known = text_digest(template_content(connection, row.version_id) or "")
        template = read_template(text)
        images = template_images(connection, images_of(template))
        return TemplateForm(
            row, template, images, known, versions, longest_names(connection), programme_names(connection)
        )


def ready_made_form(db: Database, acting: ActingUser, name: str, language: Language) -> TemplateForm:
    """The form of a new template that begins as one that comes with the program; KeyError for an unknown name."""
    require(acting, Action.EDIT_LISTS)
    with db.read() as connection:
        template = ready_made(name, language)
        return TemplateForm(None, template, {}, None, (), longest_names(connection), programme_names(connection))


def save_template(db: Database, acting: ActingUser, draft: TemplateDraft) -> TemplateSaved:
    """Enter or change a template; a version that has printed certificates stays, and the next one begins.

    UserError for letters that cannot be printed, pictures that are missing or none, a name that another one has;
    ChangedMeanwhile where somebody changed it since the form was opened."""
    require(acting, Action.EDIT_LISTS)
    template = read_template(template_text(draft.template))
    refuse_template_letters(template)
    with db.write(Entry(actor(acting), "save_template", template.kind.value)) as tx:
        _keep_images(tx, template, draft.images)
        _refuse_known_name(tx.connection, template, draft.id)
        if draft.id is None:
            key = _insert(tx, template, draft.programme_id)
            return TemplateSaved(key, 1, False)
        row = _present(tx.connection, draft.id)
        if row.kind is not template.kind:
            raise UserError(N_("A template keeps its kind. Make a new one of the other kind."))
        _refuse_changed(tx.connection, row, draft.known)
        tx.update(CertificateTemplate, {row.id: {"name": template.name, "programme_id": draft.programme_id}})
        return _save_version(tx, row, template)


def end_template(db: Database, acting: ActingUser, key: int, day: dt.date | None) -> None:
    """Say on which day a template is used last, None: it goes on; what it printed keeps it."""
    require(acting, Action.EDIT_LISTS)
    with db.write(Entry(actor(acting), "end_template", "")) as tx:
        row = _present(tx.connection, key)
        tx.entry = replace(tx.entry, label=row.kind.value)
        tx.update(CertificateTemplate, {key: {"valid_to": day}})


def choose_template(db: Database, acting: ActingUser, course_version_id: int, key: int | None) -> None:
    """Let a version of a course print by one template, None: by that of its programme or of the school.

    Refused for an ended template, or one that is not for diplomas or participation."""
    require(acting, Action.EDIT_LISTS)
    with db.write(Entry(actor(acting), "choose_template", "")) as tx:
        course = tx.connection.exec_driver_sql(
            "SELECT c.code FROM course_version v JOIN course c ON c.id = v.course_id WHERE v.id = ?",
            (course_version_id,),
        ).scalar()
        if course is None:
            raise UserError(N_("This version of the course is no longer in the file."))
        chosen = TemplateKind.DIPLOMA.value
        if key is not None:
            row = _present(tx.connection, key)
            if row.kind not in _OF_COURSES or (row.valid_to is not None and row.valid_to < local_date(tx.at)):
                raise Refused(
                    N_("“{name}” prints no diplomas of courses today. Choose another template."), name=row.name
                )
            chosen = row.uid
        tx.entry = replace(tx.entry, label=str(course))
        tx.update(CourseVersion, {course_version_id: {"certificate_template": chosen}})


_OF_COURSES = (TemplateKind.DIPLOMA, TemplateKind.PARTICIPATION)


def template_in_force(
    connection: Connection,
    kind: TemplateKind,
    language: Language,
    on: dt.date,
    *,
    programme_id: int | None = None,
    course_version_id: int | None = None,
    with_grades: bool = False,
) -> TemplateInForce:
    """By which template a certificate of that day is printed: of its course, its programme, the school, the program."""
    row = _of_course(connection, kind, course_version_id, on)
    row = row or template_in_use(connection, kind, programme_id, on)
    if row is not None:
        return template_of_version(connection, row.version_id)
    if kind is TemplateKind.STATEMENT and with_grades:
        return TemplateInForce(ready_made("statement_grade", language), {}, None)
    return TemplateInForce(ready_made_of(kind, language), {}, None)


def template_of_version(connection: Connection, version_id: int) -> TemplateInForce:
    """The template that printed a certificate; UserError where the file does not hold it any more."""
    text = template_content(connection, version_id)
    if text is None:
        raise UserError(GONE_TEMPLATE)
    template = read_template(text)
    return TemplateInForce(template, template_images(connection, images_of(template)), version_id)


def newest_of_version(connection: Connection, version_id: int) -> TemplateInForce:
    """The newest version of the template of which this is one; UserError where the file does not hold it any more."""
    newest = connection.exec_driver_sql(
        "SELECT max(w.id) FROM certificate_template_version v JOIN certificate_template_version w"
        " ON w.certificate_template_id = v.certificate_template_id WHERE v.id = ?",
        (version_id,),
    ).scalar()
    return template_of_version(connection, version_id if newest is None else int(newest))


def freeze_template(tx: Tx, used: TemplateInForce) -> int:
    """The version that an approval prints by, from now on never changed; one of the program is entered with it."""
    version_id = used.version_id
    if version_id is None:
        digest = text_digest(template_text(used.template))
        # the same one of the program stands in the file once
        version_id = tx.connection.exec_driver_sql(
            "SELECT v.id FROM certificate_template_version v WHERE v.digest = ? AND v.frozen_at IS NOT NULL", (digest,)
        ).scalar()
    if version_id is None:
        key = _insert(tx, used.template, None, ended=local_date(tx.at) - dt.timedelta(days=1))
        version_id = tx.connection.exec_driver_sql(
            "SELECT id FROM certificate_template_version WHERE certificate_template_id = ?", (key,)
        ).scalar_one()
    frozen = tx.connection.exec_driver_sql(
        "SELECT frozen_at FROM certificate_template_version WHERE id = ?", (version_id,)
    ).scalar()
    if frozen is None:
        tx.update(CertificateTemplateVersion, {int(version_id): {"frozen_at": tx.at}})
    return int(version_id)


def _of_course(
    connection: Connection, kind: TemplateKind, course_version_id: int | None, on: dt.date
) -> TemplateRow | None:
    if course_version_id is None:
        return None
    chosen = connection.exec_driver_sql(
        "SELECT certificate_template FROM course_version WHERE id = ?", (course_version_id,)
    ).scalar()
    row = template_with_uid(connection, str(chosen)) if chosen else None
    if row is None or row.kind is not kind or (row.valid_to is not None and row.valid_to < on):
        return None
    return row


def _present(connection: Connection, key: int) -> TemplateRow:
    row = read_template_row(connection, key)
    if row is None:
        raise UserError(GONE_TEMPLATE)
    return row


def _insert(tx: Tx, template: Template, programme_id: int | None, ended: dt.date | None = None) -> int:
    (key,) = tx.insert(
        CertificateTemplate,
        [
            {
                "uid": tx.new_uid(),
                "kind": template.kind,
                "name": template.name,
                "programme_id": programme_id,
                "valid_to": ended,
            }
        ],
    )
    _insert_version(tx, key, 1, template)
    return key


def _insert_version(tx: Tx, key: int, number: int, template: Template) -> None:
    text = template_text(template)
    row = {"certificate_template_id": key, "number": number, "content": text, "digest": text_digest(text)}
    tx.insert(CertificateTemplateVersion, [row])


def _save_version(tx: Tx, row: TemplateRow, template: Template) -> TemplateSaved:
    text = template_text(template)
    if template_content(tx.connection, row.version_id) == text:
        return TemplateSaved(row.id, row.version, False)
    if row.frozen:
        _insert_version(tx, row.id, row.version + 1, template)
        return TemplateSaved(row.id, row.version + 1, True)
    tx.update(CertificateTemplateVersion, {row.version_id: {"content": text, "digest": text_digest(text)}})
    return TemplateSaved(row.id, row.version, False)


def _refuse_changed(connection: Connection, row: TemplateRow, known: str | None) -> None:
    now = text_digest(template_content(connection, row.version_id) or "")
    if known is not None and known != now:
        _, who = last_actor(connection, "certificate_template_version", (row.version_id,))
        raise ChangedMeanwhile(row.name, who, (FieldChange("content", N_("Template"), known, now),))


def _refuse_known_name(connection: Connection, template: Template, key: int | None) -> None:
    for row in read_templates(connection):
        if row.id != key and row.name == template.name and row.kind is template.kind and row.valid_to is None:
            raise UserError(
                N_("There is a template “{name}” of this kind already. Choose another name."), name=row.name
            )


def _keep_images(tx: Tx, template: Template, given: Mapping[str, bytes]) -> None:
    wanted = images_of(template)
    held = template_images(tx.connection, wanted)
    for digest in wanted:
        if digest in held:
            continue
        if digest not in given:
            raise UserError(N_("A picture of the template is missing. Choose it again."))
        tx.insert(
            Attachment,
            [
                {
                    "uid": tx.new_uid(),
                    "kind": AttachmentKind.OTHER,
                    "media_type": media_type_of(digest, given[digest]),
                    "sha256": digest,
                    "content": given[digest],
                    "pages": 1,
                    "holds_names": False,
                    "recorded_at": tx.at,
                }
            ],
        )
