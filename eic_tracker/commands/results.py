"""`attendance`, `grades`: what an instructor records, or a registrar on behalf of one."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from typing import Any

from eic_tracker.commands.answers import (
    ground_codes,
    ground_of,
    offering_key,
    on_behalf,
    one_of,
    percent_words,
    person_json,
    points,
    points_text,
    recorder,
    results_in,
    split_words,
)
from eic_tracker.commands.figures import print_json
from eic_tracker.commands.opening import Opened, opened
from eic_tracker.domain.codes import AttendanceMark, DayPart, EnrolmentStatus, Role
from eic_tracker.domain.grading import gain
from eic_tracker.domain.permissions import ActingUser
from eic_tracker.errors import UserError
from eic_tracker.i18n import N_, Translator
from eic_tracker.queries.class_results import ClassMember, ClassResults, Mark
from eic_tracker.reports.plain_text import text_table
from eic_tracker.reports.rollup.words import ENROLMENT_STATUS
from eic_tracker.services.attendance import ABSENCE, AttendanceDraft, Came, MarkDraft, record_attendance
from eic_tracker.services.grades import OF_MODULES, GradeCell, GradeField, GradesDraft, class_results, record_grades
from eic_tracker.services.named_enrolments import enrolments_named
from eic_tracker.services.remarks import RemarkDraft, record_remark
from eic_tracker.services.walk_ins import MatchDraft, match_walk_in

COLUMNS: Mapping[str, GradeField] = {
    "pre-test": GradeField.PRE_TEST,
    "post-test": GradeField.POST_TEST,
    "performance": GradeField.PERFORMANCE,
    "products": GradeField.PRODUCTS,
    "module": GradeField.MODULE,
    "final": GradeField.FINAL,
    "second-chance": GradeField.SECOND_CHANCE,
    "module-second-chance": GradeField.MODULE_SECOND_CHANCE,
}
"""How the command line calls the columns of grades."""


def attendance(args: argparse.Namespace, t: Translator) -> int:
    """Record the attendance of a day, or show that of all days."""
    with opened(args, t) as file:
        if args.match:
            return _match(args, file, t)
        if args.day is None:
            return _show_attendance(args, file, t)
        acting = recorder(args, file)
        offering = offering_key(file, args.offering)
        said = [split_words(each) for each in args.mark]
        named = enrolments_named(file.db, acting, offering, [who for who, _, _ in said])
        marks = [
            MarkDraft(key, None if word == "none" else one_of(AttendanceMark, word), ground_of(file, ABSENCE, ground))
            for key, (_, word, ground) in zip(named, said, strict=True)
        ]
        draft = AttendanceDraft(
            offering,
            args.day,
            marks,
            AttendanceMark(args.others) if args.others else None,
            DayPart(args.part),
            args.module,
            on_behalf(args),
            came=[Came(name, number or None) for name, _, number in (each.partition("=") for each in args.came)],
        )
        done = record_attendance(file.db, acting, draft)
    if args.json:
        counts = {mark.value: done.counts[mark] for mark in AttendanceMark}
        print_json({"offering": done.code, "day": done.held_on.isoformat(), "part": done.part.value, "counts": counts})
        return 0
    print(
        t(
            "Course {code}, {day}: {present} present, {late} late, {absent} absent, {excused} excused.",
            code=done.code,
            day=t.date(done.held_on),
            **{mark.value: t.number(done.counts[mark]) for mark in AttendanceMark},
        )
    )
    return 0


def _match(args: argparse.Namespace, file: Opened, t: Translator) -> int:
    acting = file.writer(Role.REGISTRAR)
    offering = offering_key(file, args.offering)
    number, _, who = args.match.partition("=")
    walk_ins = {str(each.id): each for each in class_results(file.db, acting, offering).unmatched}
    if number.strip() not in walk_ins:
        raise UserError(
            N_("Nobody who came without being listed has the number {number}; it is one of: {known}."),
            number=number,
            known=", ".join(walk_ins) or "–",
        )
    (enrolment,) = enrolments_named(file.db, acting, offering, [who])
    done = match_walk_in(file.db, acting, MatchDraft(walk_ins[number.strip()].id, enrolment))
    if args.json:
        found = {"walk_in": int(number), "enrolment": enrolment, "marks": done.marks, "entry": done.set_id}
        print_json({"offering": args.offering, **found})
        return 0
    words = ("{typed} is {name}: {count} mark moved.", "{typed} is {name}: {count} marks moved.")
    print(t.plural(*words, done.marks, typed=done.typed, name=done.name))
    return 0


def _show_attendance(args: argparse.Namespace, file: Opened, t: Translator) -> int:
    _, results = results_in(file, file.known_reader(), args.offering)
    reasons = ground_codes(file)
    if args.json:
        days = {day.id: {"day": day.held_on.isoformat(), "part": day.part.value} for day in results.days}

        def marks_json(marks: Mapping[int, Mark]) -> list[dict[str, Any]]:
            ordered = sorted(marks.items(), key=lambda each: list(days).index(each[0]))
            return [
                {**days[day], "mark": mark.mark.value, "reason": reasons.get(mark.ground_id or 0)}
                for day, mark in ordered
            ]

        people = [
            {
                **person_json(member),
                "attendance": results.attendance_of(member),
                "marks": marks_json(member.marks),
            }
            for member in results.members
        ]
        unlisted = [
            {
                "walk_in": each.id,
                "name": each.name,
                "number": each.number,
                "enrolment": each.enrolment_id,
                "marks": marks_json(each.marks),
            }
            for each in results.walk_ins
        ]
        whole = [{**days[day.id], "module": day.module} for day in results.days]
        print_json({"offering": args.offering, "days": whole, "people": people, "walk_ins": unlisted})
        return 0
    lines = [
        [str(member.enrolment_id), member.name, percent_words(results.attendance_of(member))]
        for member in results.members
    ]
    print(text_table([t("Enrolment"), t("Name"), t("Attendance")], lines, right=frozenset({0, 2})))
    if results.unmatched:
        print(t("Came without being listed, matched to nobody yet (number, name, days):"))
    for each in results.unmatched:
        print(f"{each.id}  {each.name}  {len(each.marks)}")
    return 0


def grades(args: argparse.Namespace, t: Translator) -> int:
    """Record grades or a remark, or show all grades of a course."""
    with opened(args, t) as file:
        if not args.set and not args.remark:
            return _show_grades(args, file, t)
        acting = recorder(args, file)
        people = _set_grades(args, file, acting) + _set_remarks(args, file, acting)
    if args.json:
        print_json({"offering": args.offering, "people": people})
    else:
        words = ("{count} person of course {code} changed.", "{count} people of course {code} changed.")
        print(t.plural(*words, people, code=args.offering))
    return 0


def _set_grades(args: argparse.Namespace, file: Opened, acting: ActingUser) -> int:
    """How many people got other grades."""
    if not args.set:
        return 0
    offering, field = offering_key(file, args.offering), COLUMNS[args.column]
    module = args.module if field in OF_MODULES else None
    said = [each.partition("=") for each in args.set]
    named = enrolments_named(file.db, acting, offering, [who for who, _, _ in said])
    cells = [GradeCell(key, field, value, module) for key, (_, _, value) in zip(named, said, strict=True)]
    return record_grades(file.db, acting, GradesDraft(offering, cells, args.scale, on_behalf(args))).people


def _set_remarks(args: argparse.Namespace, file: Opened, acting: ActingUser) -> int:
    """How many people were said to have left, or never to have come."""
    offering = offering_key(file, args.offering)
    said = [split_words(each) for each in args.remark]
    named = enrolments_named(file.db, acting, offering, [who for who, _, _ in said])
    for key, (_, word, ground) in zip(named, said, strict=True):
        status = None if word == "none" else one_of(EnrolmentStatus, word, *SAID)
        reason = ground_of(file, status.value if status else "", ground)
        record_remark(file.db, acting, RemarkDraft(offering, key, status, reason, on_behalf=on_behalf(args)))
    return len(said)


SAID = (EnrolmentStatus.WITHDREW, EnrolmentStatus.NO_SHOW)


def _show_grades(args: argparse.Namespace, file: Opened, t: Translator) -> int:
    _, results = results_in(file, file.known_reader(), args.offering)
    if args.json:
        rules = results.rules
        print_json(
            {
                "offering": args.offering,
                "scale": rules.scale,
                "written_scale": rules.written_scale,
                "minimum_grade": points(rules.rules.minimum_grade),
                "minimum_attendance": rules.rules.minimum_attendance,
                "rounding": rules.rules.rounding.value,
                "second_chance": rules.rules.second_chance.value,
                "people": [_graded(results, member) for member in results.members],
            }
        )
        return 0
    lines = [
        [
            str(member.enrolment_id),
            member.name,
            points_text(results.counted_of(member)),
            percent_words(results.attendance_of(member)),
            t(ENROLMENT_STATUS[member.proposed]) if member.proposed else "",
        ]
        for member in results.members
    ]
    head = [t("Enrolment"), t("Name"), t("Grade"), t("Attendance"), t("Proposed")]
    print(text_table(head, lines, right=frozenset({0, 2, 3})))
    return 0


def _graded(results: ClassResults, member: ClassMember) -> dict[str, Any]:
    standing = results.standing_of(member)
    return {
        **person_json(member),
        "status": member.status.value,
        "status_proposed": member.proposed.value if member.proposed else None,
        "pre_test": points(member.pre_test),
        "post_test": points(member.post_test),
        "performance": points(member.performance),
        "products": points(member.products),
        "modules": [
            {"module": number, "grade": points(mark.grade), "second_chance": points(mark.second_chance)}
            for number, mark in sorted(member.modules.items())
        ],
        "final_grade": points(results.final_of(member)),
        "second_chance": points(member.second_chance),
        "counted": points(results.counted_of(member)),
        "gain": points(gain(member.pre_test, member.post_test)),
        "attendance": results.attendance_of(member),
        "missing": sorted(need.value for need in standing.missing),
        "short": sorted(need.value for need in standing.short),
    }
