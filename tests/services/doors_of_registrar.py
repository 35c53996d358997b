"""The use-cases of a registrar's day (courses given, rosters, verification), and who may do each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from PIL import Image

from eic_tracker.domain.codes import Role
from eic_tracker.domain.offering_rules import OfferingDraft
from eic_tracker.domain.permissions import ActingUser
from eic_tracker.domain.person_rules import NewPerson
from eic_tracker.domain.vetting_rules import VettingAnswer
from eic_tracker.i18n import Language, Translator
from eic_tracker.services import (
    catalogue,
    class_group_totals,
    course_papers,
    enrolment,
    letter_scans,
    letters,
    offerings,
    roster_changes,
    roster_entry,
    vetting,
)
from eic_tracker.services.catalogue import CourseDraft, VersionDraft
from eic_tracker.services.course_papers import CoursePaperKind
from eic_tracker.services.enrolment import EnrolmentDraft, EnrolmentLine
from eic_tracker.services.roster_changes import PostDraft
from eic_tracker.store.database import Database
from eic_tracker.store.tables.courses import Offering
from eic_tracker.store.tables.documents import SourceDocument
from eic_tracker.store.tables.outreach import ClassGroup
from eic_tracker.store.transaction import Actor, Entry
from tests.services.school import user

UseCase = Callable[[Database, ActingUser, Path], object]

_REGISTRAR = frozenset({Role.REGISTRAR})
_TAKES_OUT = frozenset({Role.REGISTRAR, Role.MANAGER, Role.AUDITOR})
_T = Translator(Language.ES)
_LISTS = frozenset({Role.REGISTRAR, Role.MANAGER, Role.ADMINISTRATOR})
COURSE = {
    "code": "CUR-NUEVO",
    "title": "Curso de cadena de custodia",
    "course_type": "course",
    "programme_id": 1,
    "valid_to": None,
    "hours": 40,
    "human_rights_hours": 4,
    "scale": "100",
    "minimum_grade": "70",
    "minimum_attendance": 80,
    "rounding": "none",
    "second_chance": "replaces",
    "post_test_weight": 40,
    "performance_weight": 30,
    "products_weight": 30,
    "modules": (),
}
"""A course with its first version, as the form hands them over."""
_NEW = OfferingDraft({"course_id": 1, "starts_on": dt.date(2019, 3, 4)})
_LINES = EnrolmentDraft(2, (EnrolmentLine(NewPerson("Ana", "Paz"), waits=True),))
_POST = dict.fromkeys(roster_changes.SERVICE_LABELS)


def _reason(db: Database) -> int:
    with db.read() as connection:
        return int(connection.exec_driver_sql("SELECT min(id) FROM ground WHERE applies_to = 'removed'").scalar_one())


def class_group(db: Database) -> int:
    """A class group reached in 2015."""
    with db.read() as connection:
        version = connection.exec_driver_sql("SELECT min(id) FROM curriculum_version").scalar_one()
        programme = connection.exec_driver_sql("SELECT min(id) FROM programme WHERE kind = 'outreach'").scalar_one()
        known = connection.exec_driver_sql("SELECT min(id) FROM class_group").scalar()
    if known is not None:
        return int(known)
    heads = {f"{what}_{who}": 0 for what in _COUNTS for who in ("girls", "boys", "unrecorded")}
    row = {"code": "G-1", "school_year": 2015, "lessons_given": 6, "first_lesson_on": dt.date(2015, 3, 2), **heads}
    with db.write(Entry(Actor("test"), "fill", "")) as tx:
        keys = {"uid": tx.new_uid(), "programme_id": programme, "curriculum_version_id": version}
        (key,) = tx.insert(ClassGroup, [{**row, **keys, "reached_girls": 12, "recorded_at": tx.at}])
    return key


_COUNTS = ("enrolled", "reached", "graduated")


def _needing(db: Database) -> int:
    """The open course, whose people need verification from now on."""
    with db.write(Entry(Actor("test"), "fill", "")) as tx:
        tx.update(Offering, {2: {"vetting_required": True}})
    return 2


def _write_list(db: Database, acting: ActingUser, folder: Path) -> object:
    return vetting.write_vetting_list(db, acting, _needing(db), folder / "list.xlsx", t=Translator(Language.ES))


def _write_tags(db: Database, acting: ActingUser, folder: Path) -> object:
    path = folder / "tags.pdf"
    course_papers.write_course_paper(db, acting, "001-2019", CoursePaperKind.NAME_TAGS, path, t=_T)
    return path


def _record(db: Database, acting: ActingUser, _folder: Path) -> object:
    answers = [VettingAnswer("0801199000000", "apto")]
    return vetting.record_vetting(db, acting, _needing(db), answers)


def _seat(db: Database, acting: ActingUser, _folder: Path) -> object:
    waiting = enrolment.enrol(db, user(db, Role.REGISTRAR), _LINES).enrolments[0]
    return roster_changes.give_seat(db, acting, waiting)


def picture(folder: Path) -> Path:
    """A photo of a sheet, as a telephone hands it over."""
    path = folder / "lista.jpg"
    Image.new("RGB", (300, 400), "white").save(path)
    return path


def _letter(db: Database) -> int:
    with db.write(Entry(Actor("test"), "fill", "")) as tx:
        return tx.insert(SourceDocument, [{"uid": tx.new_uid(), "kind": "list", "subject": "lista.jpg"}])[0]


def _look(db: Database, acting: ActingUser, folder: Path) -> object:
    filed = letter_scans.file_letter_scan(db, user(db, Role.REGISTRAR), 2, picture(folder))
    return letter_scans.scan_in_sight(db, acting, filed.attachment_id)


USE_CASES: dict[str, tuple[UseCase, frozenset[Role]]] = {
    "offering_form": (lambda db, acting, _: offerings.offering_form(db, acting), _REGISTRAR),
    "offering_values": (lambda db, acting, _: offerings.offering_values(db, acting, 2), _REGISTRAR),
    "next_edition": (lambda db, acting, _: offerings.next_edition(db, acting, 2), _REGISTRAR),
    "save_offering": (lambda db, acting, _: offerings.save_offering(db, acting, _NEW), _REGISTRAR),
    "cancel_offering": (lambda db, acting, _: offerings.cancel_offering(db, acting, 2, "huelga"), _REGISTRAR),
    "course_form": (lambda db, acting, _: catalogue.course_form(db, acting, 1), _LISTS),
    "version_form": (lambda db, acting, _: catalogue.version_form(db, acting, 1, None), _LISTS),
    "save_course": (lambda db, acting, _: catalogue.save_course(db, acting, CourseDraft(COURSE)), _LISTS),
    "save_version": (lambda db, acting, _: catalogue.save_version(db, acting, VersionDraft(COURSE, 1)), _LISTS),
    "course_paper_leaving": (
        lambda db, acting, _: course_papers.course_paper_leaving(db, acting, 2, CoursePaperKind.NAME_TAGS),
        _TAKES_OUT,
    ),
    "course_paper": (
        lambda db, acting, _: course_papers.course_paper(db, acting, 2, CoursePaperKind.LODGING, t=_T),
        frozenset({Role.REGISTRAR, Role.MANAGER, Role.ADMINISTRATOR, Role.AUDITOR}),
    ),
    "write_course_paper": (_write_tags, _TAKES_OUT),
    "last_source": (lambda db, acting, _: letters.last_source(db, acting), _REGISTRAR),
    "people_to_enrol": (lambda db, acting, _: roster_entry.people_to_enrol(db, acting, 2, [1]), _REGISTRAR),
    "post_choices": (lambda db, acting, _: roster_entry.post_choices(db, acting), _REGISTRAR),
    "find_to_enrol": (lambda db, acting, _: roster_entry.find_to_enrol(db, acting, 2, "nunez"), _REGISTRAR),
    "enrolment_concerns": (lambda db, acting, _: enrolment.enrolment_concerns(db, acting, _LINES), _REGISTRAR),
    "enrol": (lambda db, acting, _: enrolment.enrol(db, acting, _LINES), _REGISTRAR),
    "reasons_to_take_off": (lambda db, acting, _: roster_changes.reasons_to_take_off(db, acting), _REGISTRAR),
    "enrolment_post": (lambda db, acting, _: roster_changes.enrolment_post(db, acting, 6), _REGISTRAR),
    "edit_enrolment": (
        lambda db, acting, _: roster_changes.edit_enrolment(db, acting, PostDraft(6, {"post": "Perito"}, _POST)),
        _REGISTRAR,
    ),
    "edit_enrolments": (
        lambda db, acting, _: roster_changes.edit_enrolments(db, acting, [PostDraft(6, {"post": "Perito"}, _POST)]),
        _REGISTRAR,
    ),
    "enrolment_posts": (lambda db, acting, _: roster_changes.enrolment_posts(db, acting, [6, 7]), _REGISTRAR),
    "file_letter_scan": (
        lambda db, acting, folder: letter_scans.file_letter_scan(db, acting, 2, picture(folder)),
        _REGISTRAR,
    ),
    "describe_letter": (
        lambda db, acting, _: letter_scans.describe_letter(db, acting, _letter(db), letters.SourceDraft("DPI-7")),
        _REGISTRAR,
    ),
    "scans_of_course": (lambda db, acting, _: letter_scans.scans_of_course(db, acting, 2), _REGISTRAR),
    "scan_in_sight": (_look, _REGISTRAR),
    "give_seat": (_seat, _REGISTRAR),
    "take_off": (lambda db, acting, _: roster_changes.take_off(db, acting, [6], _reason(db)), _REGISTRAR),
    "replace_enrolment": (
        lambda db, acting, _: roster_changes.replace_enrolment(db, acting, 6, _LINES.lines[0]),
        _REGISTRAR,
    ),
    "totals_for_group": (
        lambda db, acting, _: class_group_totals.totals_for_group(db, acting, class_group(db)),
        _REGISTRAR,
    ),
    "link_class_group": (
        lambda db, acting, _: class_group_totals.link_class_group(db, acting, class_group(db), None),
        _REGISTRAR,
    ),
    "vetting_people": (lambda db, acting, _: vetting.vetting_people(db, acting, 2), _REGISTRAR),
    "read_answers": (lambda db, acting, _: vetting.read_answers(db, acting, 2, []), _REGISTRAR),
    "request_vetting": (lambda db, acting, _: vetting.request_vetting(db, acting, _needing(db)), _REGISTRAR),
    "record_vetting": (_record, _REGISTRAR),
    "list_leaving": (lambda db, acting, _: vetting.list_leaving(db, acting, 2), _REGISTRAR),
    "write_vetting_list": (_write_list, _REGISTRAR),
}

JOURNALLED_AS = {
    "edit_enrolments": "edit_enrolment",
    "file_letter_scan": "file_letter",
    "save_offering": "record_offering",
    "save_version": "save_course_version",
    "give_seat": "seat_enrolment",
    "take_off": "take_off_roster",
    "write_vetting_list": "export_view",
    "write_course_paper": "export_view",
}
