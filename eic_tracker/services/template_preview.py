"""A template as it prints, with the longest real name of the file, before it is saved."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy import Connection

from eic_tracker.clock import local_date
from eic_tracker.domain.certificate_template import Side, Template, images_of, read_template, template_text
from eic_tracker.domain.codes import CertificateKind, Sex, TemplateKind
from eic_tracker.domain.permissions import ActingUser, Action, require
from eic_tracker.domain.seal import LONGEST_COURSE, LONGEST_NAME, SealedFacts, seal, telephone_code
from eic_tracker.domain.template_elements import Element
from eic_tracker.i18n import Language, Translator
from eic_tracker.queries.school import read_school
from eic_tracker.queries.templates import longest_names, template_images
from eic_tracker.reports.certificate_facts import CertificateFacts, CertificateSignatory, CourseLine, ModuleLine
from eic_tracker.reports.template_fields import Filled, filled_of
from eic_tracker.reports.template_pdf import DocumentWords, PrintOptions, sheets_pdf
from eic_tracker.services.sign_in import read_file_facts
from eic_tracker.store.database import Database

_SAMPLE_KEY = b"\x01" * 32
"""Signs the sample in a preview; nobody trusts it."""


def template_preview(
    db: Database,
    acting: ActingUser,
    template: Template,
    images: Mapping[str, bytes],
    side: Side,
    marked: Element | None = None,
) -> bytes:
    """One side of a template as PDF, with a frame around the marked element; UserError for what cannot be printed."""
    require(acting, Action.EDIT_LISTS)
    template = read_template(template_text(template))
    elements = template.side(side)
    shown = replace(template, face=elements if marked is None else (*elements, marked), reverse=())
    with db.read() as connection:
        held = template_images(connection, images_of(template))
        filled = filled_sample(connection, template, local_date(db.clock()))
    words = DocumentWords(template.name, "", "")
    return sheets_pdf([shown], lambda _place: filled, {**held, **images}, words, Translator(template.language))


def calibration_page(
    db: Database, acting: ActingUser, size: tuple[float, float], language: Language, options: PrintOptions
) -> bytes:
    """The page of crosses and rulers for a sheet of that size in millimetres."""
    from eic_tracker.reports.calibration_pdf import calibration_pdf

    require(acting, Action.EDIT_LISTS)
    return calibration_pdf(size, Translator(language), options)


def filled_sample(connection: Connection, template: Template, today: dt.date) -> Filled:
    """An invented certificate with the longest name, rank and course of the file."""
    filled = filled_of(_sample(connection, template.kind, template.language, today), template)
    if template.kind is not TemplateKind.PUPIL:
        return filled
    t = Translator(template.language)
    own = {
        "programme": "Gang Resistance Education and Training (G.R.E.A.T.)",
        "curriculum": t("Middle school"),
        "group": t("grade {grade}", grade="7 A"),
        "pupils_school": t("Sample school"),
        "school_year": str(today.year),
    }
    return replace(filled, values={**filled.values, **own})


def _sample(connection: Connection, kind: TemplateKind, language: Language, today: dt.date) -> CertificateFacts:
    school = read_school(connection)
    longest = longest_names(connection)
    t = Translator(language)
    name = longest.name[:LONGEST_NAME] or t("Sample name")
    course = longest.course[:LONGEST_COURSE] or t("Sample course")
    certificate_kind = CertificateKind.DIPLOMA if kind is TemplateKind.PUPIL else CertificateKind(kind.value)
    demonstration = read_file_facts(connection).demonstration
    sealed = SealedFacts(
        "EIC", "f" * 32, f"EIC-{today.year}-000001", name, course, today, 120, certificate_kind, 123456, demonstration
    )
    code = seal(sealed, _SAMPLE_KEY)
    return CertificateFacts(
        letterhead=school.letterhead,
        kind=certificate_kind,
        number=sealed.number,
        rank=longest.rank,
        name=name,
        course_title=course,
        offering_code=f"116-{today.year}",
        hours=120,
        starts_on=today - dt.timedelta(days=30),
        ends_on=today,
        issued_on=today,
        place=school.place,
        signatories=_signatories(connection, today),
        demonstration=demonstration,
        reference=f"116-{today.year}",
        document="DNI 0000-0000-00000",
        course_place=school.place,
        sex=Sex.F,
        grade=8750,
        code=code,
        telephone_code=telephone_code(code),
        book="1",
        folio="1",
        entry="1",
        registered_on=today,
        act=f"1-{today.year}",
        valid_to=today + dt.timedelta(days=365),
        modules=tuple(ModuleLine(t("Sample module {number}", number=number), 30) for number in (1, 2, 3, 4)),
        courses=tuple(CourseLine(f"{number}-{today.year}", course, 40, today, 8750) for number in range(1, 7)),
    )


def _signatories(connection: Connection, today: dt.date) -> tuple[CertificateSignatory, ...]:
    rows = connection.exec_driver_sql(
        "SELECT rank, name, post, deputy_of_id FROM signatory "
        "WHERE valid_from <= ?1 AND (valid_to IS NULL OR valid_to >= ?1) ORDER BY position, id LIMIT 3",
        (today.isoformat(),),
    )
    return tuple(CertificateSignatory(row[0], row[1], row[2], by_absence=row[3] is not None) for row in rows)
