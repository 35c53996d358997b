"""`acts`, `sheets`, `course-file`: the papers of a course, printed and taken back."""

from __future__ import annotations

import argparse
from typing import Any

from eic_tracker.commands.answers import authorisation, offering_key
from eic_tracker.commands.figures import print_json
from eic_tracker.commands.opening import Opened, opened
from eic_tracker.domain.codes import ActKind, Role
from eic_tracker.domain.permissions import ActingUser
from eic_tracker.errors import UserError
from eic_tracker.i18n import N_, Translator
from eic_tracker.queries.acts import ActRow
from eic_tracker.reports.paper_words import ACT_KINDS, ACT_STATES
from eic_tracker.reports.plain_text import text_table
from eic_tracker.services.acts import (
    ActDraft,
    ActSaved,
    ActTexts,
    RectificationDraft,
    act_of_code,
    act_pdf,
    act_people,
    acts_of_course,
    change_act,
    make_act,
    print_act,
    rectify_act,
)
from eic_tracker.services.attachments import scan_at
from eic_tracker.services.attendance_sheets import (
    FoundSheet,
    attach_sheet,
    attendance_sheets,
    sheet_of_code,
    sheets_in_scan,
    weeks_of_course,
)
from eic_tracker.services.course_file import course_checklist, write_course_file
from eic_tracker.services.exports import note_export
from eic_tracker.services.merit import merit_order
from eic_tracker.services.papers import save_paper


def list_acts(args: argparse.Namespace, t: Translator) -> int:
    """Show the acts of a course, or the one that bears a code."""
    with opened(args, t) as file:
        acting = file.known_reader()
        if args.code:
            found: tuple[ActRow, ...] = (act_of_code(file.db, acting, args.code),)
        elif args.offering:
            found = acts_of_course(file.db, acting, offering_key(file, args.offering))
        else:
            raise UserError(N_("Name the course with --offering CODE, or the code of a printed act with --code."))
    if args.json:
        print_json([_act_json(act) for act in found])
        return int(any(act.state == "differs" for act in found))
    head = [t("Number"), t("Kind"), t("Act"), t("Held on"), t("State"), t("Code")]
    lines = [
        [
            str(act.id),
            t(ACT_KINDS[act.kind]),
            act.name,
            t.date(act.held_on) if act.held_on else "",
            t(ACT_STATES[act.state]) + (f" ({act.differs})" if act.state == "differs" else ""),
            act.code or "",
        ]
        for act in found
    ]
    print(text_table(head, lines, right=frozenset({0})))
    return int(any(act.state == "differs" for act in found))


def make(args: argparse.Namespace, t: Translator) -> int:
    """Make an act of a course."""
    with opened(args, t) as file:
        draft = ActDraft(offering_key(file, args.offering), ActKind(args.kind), _texts(args), args.module)
        saved = make_act(file.db, file.writer(Role.REGISTRAR), draft)
    return _say_saved(args, saved, t)


def change(args: argparse.Namespace, t: Translator) -> int:
    """Write the texts of a draft anew."""
    with opened(args, t) as file:
        saved = change_act(file.db, file.writer(Role.REGISTRAR), args.id, _texts(args))
    return _say_saved(args, saved, t)


def rectify(args: argparse.Namespace, t: Translator) -> int:
    """Make the act that corrects a printed one; with an authorisation."""
    with opened(args, t) as file:
        draft = RectificationDraft(args.id, _texts(args), authorisation(args.authorised_by))
        saved = rectify_act(file.db, file.writer(Role.MANAGER), draft)
    return _say_saved(args, saved, t)


def print_one(args: argparse.Namespace, t: Translator) -> int:
    """Freeze an act and write it; a frozen one is written again as it is."""
    with opened(args, t) as file:
        acting = file.writer(Role.REGISTRAR)
        people, _ = act_people(file.db, acting, args.id)
        note = note_export(file.db, acting, f"act {args.id}", people, args.reason)
        done = print_act(file.db, acting, args.id, t=t)
        save_paper(act_pdf(file.db, acting, args.id, t=t, note=note), args.out)
    if args.json:
        print_json({"id": done.id, "name": done.name, "code": done.code, "first": done.first, "file": str(args.out)})
        return 0
    print(t("Act {name}, code {code}: {file}", name=done.name, code=done.code, file=args.out))
    return 0


def print_sheets(args: argparse.Namespace, t: Translator) -> int:
    """Write the attendance sheets of a course."""
    with opened(args, t) as file:
        acting = file.writer(Role.REGISTRAR)
        key = offering_key(file, args.offering)
        weeks = weeks_of_course(file.db, acting, key)
        note = note_export(file.db, acting, f"attendance sheets {weeks.code}", weeks.people, args.reason)
        save_paper(attendance_sheets(file.db, acting, key, t=t, week=args.week, note=note), args.out)
    print(args.out)
    return 0


def merit(args: argparse.Namespace, t: Translator) -> int:
    """Write the order of merit of a course."""
    with opened(args, t) as file:
        acting = file.writer(Role.REGISTRAR)
        key = offering_key(file, args.offering)
        people = weeks_of_course(file.db, acting, key).people
        note = note_export(file.db, acting, f"merit order {args.offering}", people, args.reason)
        save_paper(merit_order(file.db, acting, key, t=t, note=note), args.out)
    print(args.out)
    return 0


def course_file(args: argparse.Namespace, t: Translator) -> int:
    """Write the course file, or say what it lacks; 1 where it lacks something."""
    if args.out is None and not args.check:
        raise UserError(N_("Say where with --out FILE.pdf, or ask only what is missing with --check."))
    written = None
    with opened(args, t) as file:
        acting = file.writer(Role.REGISTRAR)
        key = offering_key(file, args.offering)
        checklist = course_checklist(file.db, acting, key)
        if not args.check:
            note = note_export(file.db, acting, f"course file {checklist.code}", checklist.people, args.reason)
            written = write_course_file(file.db, acting, key, args.out, t=t, note=note)
    lacking = [{"code": each.code, "where": each.mended_at, "text": each.text(t)} for each in checklist.lacking]
    if args.json:
        answer: dict[str, Any] = {"offering": checklist.code}
        if written is not None:
            parts = [{"title": title, "first": first} for title, first in written.parts]
            answer |= {"file": str(written.path), "folios": written.folios, "parts": parts}
        print_json({**answer, "lacking": lacking})
        return int(bool(lacking))
    if written is not None:
        print(t.plural("{file}: {count} folio", "{file}: {count} folios", written.folios, file=written.path))
    for each in lacking:
        print(each["text"])
    return int(bool(lacking))


def read_sheet(args: argparse.Namespace, t: Translator) -> int:
    """Say of which course and week a scan, or a code that is typed, is; 1 where no code is seen."""
    with opened(args, t) as file:
        acting = file.writer(Role.REGISTRAR)
        found, missing = _found(args, file, acting)
    if args.json:
        print_json({"sheets": [_sheet_json(sheet) for sheet in found], "without_code": missing})
        return int(not found)
    for sheet in found:
        print(_sheet_words(sheet, t))
    if missing:
        print(t.plural("{count} page without a code.", "{count} pages without a code.", missing))
    return int(not found)


def attach(args: argparse.Namespace, t: Translator) -> int:
    """File a scan of attendance with the course that its code names, or that is named."""
    with opened(args, t) as file:
        acting = file.writer(Role.REGISTRAR)
        scan = scan_at(args.scan)
        if args.offering:
            key = offering_key(file, args.offering)
        else:
            courses = {sheet.offering_id for sheet in sheets_in_scan(file.db, acting, scan).sheets}
            if len(courses) != 1:
                raise UserError(
                    N_("{name} does not show of which one course it is. Name the course with --offering CODE."),
                    name=scan.name,
                )
            (key,) = courses
        done = attach_sheet(file.db, acting, scan, key)
    if args.json:
        print_json({"offering": done.code, "attachment": done.attachment_id, "entry": done.set_id})
        return 0
    print(t("Filed with course {code}. Journal entry {entry}.", code=done.code, entry=done.set_id))
    return 0


def _texts(args: argparse.Namespace) -> ActTexts:
    return ActTexts(
        held_on=args.held,
        place=args.place,
        starts_at=args.starts,
        ends_at=args.ends,
        present="\n".join(args.present),
        facts=args.facts,
        annexes="\n".join(args.annex),
    )


def _say_saved(args: argparse.Namespace, saved: ActSaved, t: Translator) -> int:
    if args.json:
        values = {"id": saved.id, "kind": saved.kind.value, "number": saved.number, "year": saved.year}
        print_json({**values, "entry": saved.set_id})
        return 0
    print(
        t(
            "{kind} {number}-{year}, number {id} in the list. Journal entry {entry}.",
            kind=t(ACT_KINDS[saved.kind.value]),
            number=saved.number,
            year=saved.year,
            id=saved.id,
            entry=saved.set_id,
        )
    )
    return 0


def _act_json(act: ActRow) -> dict[str, Any]:
    return {
        "id": act.id,
        "offering": act.offering,
        "kind": act.kind,
        "number": act.number,
        "year": act.year,
        "module": act.module,
        "held_on": act.held_on.isoformat() if act.held_on else None,
        "state": act.state,
        "code": act.code,
        "differs": act.differs,
        "rectifies": act.rectifies_id,
        "rectified_by": act.rectified_by,
    }


def _found(args: argparse.Namespace, file: Opened, acting: ActingUser) -> tuple[tuple[FoundSheet, ...], int]:
    if args.scan is None and not args.code:
        raise UserError(N_("Name a scan, or the code of a sheet with --code."))
    if args.code:
        return (sheet_of_code(file.db, acting, args.code),), 0
    read = sheets_in_scan(file.db, acting, scan_at(args.scan))
    return read.sheets, read.without_code


def _sheet_json(sheet: FoundSheet) -> dict[str, Any]:
    return {
        "offering": sheet.code,
        "week": sheet.week,
        "first": sheet.first.isoformat() if sheet.first else None,
        "last": sheet.last.isoformat() if sheet.last else None,
        "page": sheet.page,
    }


def _sheet_words(sheet: FoundSheet, t: Translator) -> str:
    days = f" ({t.date(sheet.first)} – {t.date(sheet.last)})" if sheet.first and sheet.last else ""
    return t(
        "Course {code}, week {week}{days}, page {page}", code=sheet.code, week=sheet.week, days=days, page=sheet.page
    )
