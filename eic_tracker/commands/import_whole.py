"""`import` of a folder, or of each sheet of a workbook: every list with its course, in one entry."""

from __future__ import annotations

import argparse
import json
from typing import Any

from eic_tracker.commands.answers import pairs, question_json, source_said
from eic_tracker.commands.opening import Opened
from eic_tracker.domain.codes import Role
from eic_tracker.errors import UserError
from eic_tracker.i18n import N_, Translator
from eic_tracker.queries.course_words import CourseWords
from eic_tracker.services.whole_workbook import (
    CourseList,
    WholeImported,
    WholeRequest,
    WholeReview,
    course_words,
    import_whole,
    open_whole,
    review_whole,
)


def take_in_whole(args: argparse.Namespace, file: Opened, t: Translator) -> int:
    """Review all lists and store those that have a course: 0 all of them, 1 something was left out."""
    if args.as_kind != "enrolments" or args.offering is not None:
        raise UserError(N_("Lists with a course each come in with --as-kind enrolments and without --offering."))
    acting = file.writer(Role.REGISTRAR)
    said = pairs(args.set, "--set")
    source = source_said(args.source, said)
    answers = pairs(args.answer, "--answer")
    repairs = answers.pop("repairs", "yes") != "no"
    opened = open_whole(file.db, acting, args.path)
    asked = WholeRequest(opened.sheets, opened.file, answers, _by_list(said, opened), repairs, source.sender)
    whole = review_whole(file.db, acting, asked, file.today)
    stored = None
    if not args.dry_run and not (args.strict and whole.left_out) and any(one.is_taken for one in whole.lists):
        stored = import_whole(file.db, acting, whole, source if source.number or source.sender else None)
    if args.json:
        words = course_words(file.db, acting)
        print(json.dumps(_as_json(whole, stored, words, t), ensure_ascii=False, indent=2))
    else:
        _tell(whole, stored, t)
    return 1 if whole.left_out else 0


def _by_list(said: dict[str, str], asked: WholeRequest) -> dict[str, dict[str, str]]:
    names = {each.name for each in asked.sheets}
    found: dict[str, dict[str, str]] = {}
    for key, value in said.items():
        name, slash, what = key.rpartition("/")
        if not slash or name not in names:
            raise UserError(
                N_("“{text}” names no list; say LIST/KEY=VALUE with one of: {names}."),
                text=key,
                names=", ".join(sorted(names)),
            )
        found.setdefault(name, {})[what] = value
    return found


def _as_json(whole: WholeReview, stored: WholeImported | None, words: CourseWords, t: Translator) -> dict[str, Any]:
    answer: dict[str, Any] = {"file": whole.file, "lists": [_list(one, words, t) for one in whole.lists]}
    if stored is None or stored.set_id is None:
        return answer
    return {**answer, "new_courses": list(stored.new_courses), "entry": stored.set_id}


def _list(one: CourseList, words: CourseWords, t: Translator) -> dict[str, Any]:
    course = one.course
    said: dict[str, Any] = {
        "list": one.name,
        "course": words.courses[course.course_id][0] if course.course_id is not None else None,
        "offering": course.code,
        "new_course": course.is_new,
        "starts_on": course.starts_on.isoformat() if course.starts_on else None,
        "ends_on": course.ends_on.isoformat() if course.ends_on else None,
        "municipality": words.places.get(course.municipality_id or 0),
        "place": course.place or None,
        "lead": words.leads.get(course.lead_id or 0),
        "unknown_lead": course.unknown_lead or None,
        "reason": _reason(one, t),
    }
    if one.review is not None:
        said["columns"] = dict(one.review.read.columns)
        said["counts"] = one.review.counts
        said["questions"] = [question_json(each, t) for each in one.review.read.questions]
        said["left_out"] = [{"row": row, "name": name, "why": why} for row, name, why in _left_out(one, t)]
    return said


def _reason(one: CourseList, t: Translator) -> str | None:
    return None if one.course.reason is None else t(one.course.reason, code=one.course.code or "")


def _left_out(one: CourseList, t: Translator) -> list[tuple[int, str, str]]:
    """Rows of a list that stay out: number, name, why."""
    if one.review is None:
        return []
    return [
        (
            row.row.row,
            f"{row.row.given_names} {row.row.family_names}".strip(),
            " ".join(problem.text(t) for problem in row.problems) or t("It waits for an answer."),
        )
        for row in one.review.rows
        if row.left_out is not None
    ]


def _tell(whole: WholeReview, stored: WholeImported | None, t: Translator) -> None:
    for one in whole.lists:
        counts = one.review.counts if one.review is not None else {}
        course = (one.course.code or t("new course")) if one.is_taken else _reason(one, t) or ""
        print(t("{list}: {course}; {rows} rows.", list=one.name, course=course, rows=counts.get("rows", 0)))
        for row, name, why in _left_out(one, t) if one.is_taken else ():
            print(t("Row {row} stays out, {name}: {why}", row=row, name=name, why=why))
    for question in whole.questions:
        asked = question_json(question, t)
        options = ", ".join(asked["options"])
        print(t("Question {key}: {text} ({options})", key=question.key, text=asked["text"], options=options))
    if stored is None:
        print(t("Nothing was stored."))
    elif stored.set_id is None:
        print(t("The file has all of it already; nothing was stored."))
    else:
        print(t("Stored as entry {number}; “journal undo {number}” takes it back.", number=stored.set_id))
