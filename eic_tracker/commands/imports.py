"""`import`: a list that somebody sent, read, set beside the file, and taken in."""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any

from eic_tracker.commands.answers import authorisation, pairs, problem_json, question_json, source_said
from eic_tracker.commands.import_groups import take_in_groups
from eic_tracker.commands.import_results import take_in_results
from eic_tracker.commands.import_whole import take_in_whole
from eic_tracker.commands.opening import Opened, opened
from eic_tracker.domain.codes import Role
from eic_tracker.domain.permissions import ActingUser
from eic_tracker.errors import Refused, UserError
from eic_tracker.i18n import N_, Translator
from eic_tracker.services.import_people import ImportDraft, content_of, copy_before, import_list
from eic_tracker.services.list_review import Review, ReviewedRow, offering_of_code, review_list
from eic_tracker.services.reading_lists import ListRequest, read_file

_REFUSED = 2
"""The issue's word for a file or call that is refused; rows that were left out are 1."""


def take_in(args: argparse.Namespace, t: Translator) -> int:
    """Review a list and store what can be stored: 0 all of it, 1 rows were left out, 2 refused."""
    try:
        with opened(args, t) as file:
            if args.as_kind == "class-groups":
                return take_in_groups(args, file, t)
            if args.as_kind == "results":
                return take_in_results(args, file, t)
            if args.each_sheet or args.path.is_dir():
                return take_in_whole(args, file, t)
            return _take_in(args, file, t)
    except Refused as error:
        print(error.text(t), file=sys.stderr)
        return _REFUSED


def _take_in(args: argparse.Namespace, file: Opened, t: Translator) -> int:
    acting = file.writer(Role.REGISTRAR)
    said = pairs(args.set, "--set")
    source = source_said(args.source, said)
    order = None if args.authorised_by is None else authorisation(args.authorised_by)
    offering = _offering(args, file, acting)
    request = ListRequest(args.path, args.as_kind, pairs(args.answer, "--answer"), said, source.sender)
    read = read_file(file.db, acting, request, file.today)
    review = review_list(file.db, acting, read, offering_id=offering, authorised=order is not None)
    entry = None
    if not args.dry_run and not (args.strict and review.left_out):
        if review.left_out < len(review.rows):
            copy_before(file.db)
        filed = source if source.number or source.sender else None
        entry = import_list(file.db, acting, ImportDraft(review, filed, order)).set_id
    if args.json:
        print(json.dumps(_as_json(args.as_kind, review, entry, t), ensure_ascii=False, indent=2))
    else:
        _tell(args, review, entry, t)
    return 1 if review.left_out else 0


def _offering(args: argparse.Namespace, file: Opened, acting: ActingUser) -> int | None:
    if args.offering is not None:
        return offering_of_code(file.db, acting, args.offering)
    if args.as_kind == "enrolments":
        raise UserError(N_("Say with --offering into which course these people are enrolled."))
    return None


def _as_json(kind: str, review: Review, entry: int | None, t: Translator) -> dict[str, Any]:
    read = review.read
    answer: dict[str, Any] = {
        "file": read.file,
        "sheet": read.sheet,
        "header_row": read.header_row,
        "kind": kind,
        "columns": dict(read.columns),
        "counts": review.counts,
        "questions": [question_json(question, t) for question in read.questions],
        "rows": [_row(row, t) for row in review.rows],
    }
    return answer if entry is None else {**answer, "entry": entry}


def _row(row: ReviewedRow, t: Translator) -> dict[str, Any]:
    return {
        "row": row.row.row,
        "outcome": row.outcome.value,
        **content_of(row.row),
        "problems": [problem_json(problem, t) for problem in row.problems],
    }


def _tell(args: argparse.Namespace, review: Review, entry: int | None, t: Translator) -> None:
    counts = review.counts
    print(
        t(
            "{file}: {rows} rows; {new} new, {known} known, {likely} possible duplicates, {errors} errors.",
            file=review.read.file,
            rows=counts["rows"],
            new=counts["new"],
            known=counts["known"],
            likely=counts["possible_duplicate"],
            errors=counts["error"],
        )
    )
    for question in review.read.questions:
        asked = question_json(question, t)
        options = ", ".join(asked["options"])
        print(t("Question {key}: {text} ({options})", key=question.key, text=asked["text"], options=options))
    for row in review.rows:
        if row.left_out is not None:
            said = " ".join(problem.text(t) for problem in row.problems) or t("It waits for an answer.")
            name = f"{row.row.given_names} {row.row.family_names}".strip()
            print(t("Row {row} stays out, {name}: {why}", row=row.row.row, name=name, why=said))
    print(_ended(args, review, entry, t))


def _ended(args: argparse.Namespace, review: Review, entry: int | None, t: Translator) -> str:
    if args.dry_run:
        return t("Nothing was stored: this was a trial.")
    if entry is not None:
        return t("Stored as entry {number}; “journal undo {number}” takes it back.", number=entry)
    if args.strict and review.left_out:
        return t("Nothing was stored: with --strict all rows are, or none.")
    return t("The file has all of it already; nothing was stored.")
