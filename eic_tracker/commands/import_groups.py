"""`import --as-kind class-groups`: a list, table, monthly workbook or message, counted, reviewed and taken in."""

from __future__ import annotations

import argparse
from typing import Any

from eic_tracker.commands.answers import pairs, problem_json, question_json
from eic_tracker.commands.figures import print_json
from eic_tracker.commands.opening import Opened
from eic_tracker.domain.codes import Role
from eic_tracker.domain.facts import Heads
from eic_tracker.i18n import Translator
from eic_tracker.services.group_review import (
    GroupRequest,
    GroupReview,
    ReviewedGroup,
    open_group_file,
    review_groups,
)
from eic_tracker.services.import_groups import GroupsImported, store_group_list


def take_in_groups(args: argparse.Namespace, file: Opened, t: Translator) -> int:
    """Review a list of class groups and store what can be stored: 0 all of it, 1 rows were left out."""
    acting = file.writer(Role.REGISTRAR)
    source = open_group_file(file.db, acting, args.path)
    request = GroupRequest(source, pairs(args.answer, "--answer"), pairs(args.set, "--set"))
    review = review_groups(file.db, acting, request, file.today)
    stored = None
    if not args.dry_run and not (args.strict and review.left_out):
        stored = store_group_list(file.db, acting, review)
    entry = stored.set_id if stored is not None else None
    if args.json:
        answer = _as_json(review, t)
        print_json(answer if entry is None else {**answer, "entry": entry})
    else:
        _tell(args, review, stored, t)
    return 1 if review.left_out else 0


def _as_json(review: GroupReview, t: Translator) -> dict[str, Any]:
    read = review.read
    return {
        "file": read.file,
        "sheet": read.sheet,
        "header_row": read.header_row,
        "kind": "class-groups",
        "columns": dict(read.columns),
        "counts": review.counts,
        "questions": [question_json(question, t) for question in review.questions],
        "rows": [_row(row, t) for row in review.rows],
    }


def _row(row: ReviewedGroup, t: Translator) -> dict[str, Any]:
    """A row as JSON says it: what the class group would be, or what was read where nothing is stored."""
    draft, words = row.draft, row.row.words
    nobody = Heads()
    enrolled = (draft.enrolled if draft else row.row.enrolled) or nobody
    reached = (draft.reached if draft else row.row.reached) or nobody
    graduated = (draft.graduated if draft else row.row.graduated) or nobody
    return {
        "row": row.row.row,
        "outcome": row.outcome.value,
        "group": row.code,
        "school": row.school or words.school or None,
        "school_code": row.school_code or words.sace or None,
        "grade": draft.grade if draft else words.grade,
        "section": draft.section if draft else words.section,
        "shift": draft.shift if draft else words.shift,
        "curriculum": row.curriculum,
        "year": row.year or words.year,
        "girls": enrolled.girls,
        "boys": enrolled.boys,
        "unrecorded": enrolled.unrecorded,
        "enrolled": enrolled.total,
        "reached": reached.total,
        "graduated": graduated.total,
        "problems": [problem_json(problem, t) for problem in row.problems],
    }


def _tell(args: argparse.Namespace, review: GroupReview, stored: GroupsImported | None, t: Translator) -> None:
    counts = review.counts
    print(
        t(
            "{file}: {rows} class groups; {new} new, {change} changed, {known} known, {error} errors.",
            file=review.read.file,
            **{name: counts[name] for name in ("rows", "new", "change", "known", "error")},
        )
    )
    if review.read.pupils:
        print(t.plural("{count} pupil was counted; no name is kept.", "{count} pupils were counted; no name is kept.",
                       review.read.pupils))  # fmt: skip
    for question in review.questions:
        asked = question_json(question, t)
        options = ", ".join(asked["options"])
        print(t("Question {key}: {text} ({options})", key=question.key, text=asked["text"], options=options))
    for row in review.rows:
        said = " ".join(problem.text(t) for problem in row.problems)
        if row.left_out:
            print(t("Row {row} stays out: {why}", row=row.row.row, why=said or t("It waits for an answer.")))
        elif said:
            print(t("Row {row}: {why}", row=row.row.row, why=said))
    for number in review.read.unread:
        print(t("Line {row} was not read: it tells no class, school or day.", row=number))
    if args.dry_run:
        print(t("Nothing was stored: this was a trial."))
    elif stored is not None and stored.set_id is not None:
        print(t("Stored as entry {number}; “journal undo {number}” takes it back.", number=stored.set_id))
    elif args.strict and review.left_out:
        print(t("Nothing was stored: with --strict all rows are, or none."))
    elif review.left_out == len(review.rows):
        print(t("Nothing was stored: every row stays out."))
    else:
        print(t("The file has all of it already; nothing was stored."))
