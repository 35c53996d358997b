"""`import --as-kind results`: a sheet of results, set beside the roster of its course, and taken in."""

from __future__ import annotations

import argparse
from typing import Any

from eic_tracker.commands.answers import offering_key, on_behalf, pairs, points, problem_json, question_json
from eic_tracker.commands.figures import print_json
from eic_tracker.commands.opening import Opened
from eic_tracker.domain.codes import Role
from eic_tracker.errors import UserError
from eic_tracker.i18n import N_, Translator
from eic_tracker.reports.rollup.words import ENROLMENT_STATUS
from eic_tracker.services.import_people import copy_before
from eic_tracker.services.import_results import ResultsDraft, store_results
from eic_tracker.services.results_review import ResultsReview, ReviewedResult, read_results_file, review_results


def take_in_results(args: argparse.Namespace, file: Opened, t: Translator) -> int:
    """Review a sheet of results and store what can be stored: 0 all of it, 1 rows were left out.

    On whose behalf and the signed sheet are asked of a registrar when something is stored."""
    if args.offering is None:
        raise UserError(N_("Say with --offering whose results these are."))
    acting = file.writer(Role.REGISTRAR)
    offering = offering_key(file, args.offering)
    answers = pairs(args.answer, "--answer")
    read = read_results_file(file.db, acting, args.path, answers, repairs=answers.get("repairs") != "no")
    review = review_results(file.db, acting, read, offering, answers)
    entry = None
    if not args.dry_run and not (args.strict and review.left_out):
        spoken = on_behalf(args)
        if spoken is None and acting.role is Role.REGISTRAR:
            raise UserError(
                N_("A registrar records results on behalf of an instructor: say --on-behalf-of USER --sheet FILE.")
            )
        if review.left_out < len(review.rows):
            copy_before(file.db)
        entry = store_results(file.db, acting, ResultsDraft(review, spoken)).set_id
    if args.json:
        answer = _as_json(review, t)
        print_json(answer if entry is None else {**answer, "entry": entry})
    else:
        _tell(args, review, entry, t)
    return 1 if review.left_out else 0


def _as_json(review: ResultsReview, t: Translator) -> dict[str, Any]:
    read = review.read
    return {
        "file": read.file,
        "sheet": read.sheet,
        "header_row": read.header_row,
        "kind": "results",
        "columns": dict(read.columns),
        "counts": review.counts,
        "questions": [question_json(question, t) for question in review.questions],
        "rows": [_row(row, t) for row in review.rows],
    }


def _row(row: ReviewedResult, t: Translator) -> dict[str, Any]:
    return {
        "row": row.row.row,
        "outcome": row.outcome.value,
        "document": row.row.document,
        "attendance": row.row.attendance,
        "grade": points(row.grade),
        "scale": row.scale,
        "status_proposed": row.proposed.value if row.proposed else None,
        "reason": row.row.remark,
        "problems": [problem_json(problem, t) for problem in row.problems],
    }


def _tell(args: argparse.Namespace, review: ResultsReview, entry: int | None, t: Translator) -> None:
    counts = review.counts
    print(
        t(
            "{file}: {rows} rows; {change} change the roster, {same} change nothing, {error} errors.",
            file=review.read.file,
            **counts,
        )
    )
    for question in review.questions:
        asked = question_json(question, t)
        options = ", ".join(asked["options"])
        print(t("Question {key}: {text} ({options})", key=question.key, text=asked["text"], options=options))
    for row in review.rows:
        name = f"{row.row.given_names} {row.row.family_names}".strip()
        said = " ".join(problem.text(t) for problem in row.problems)
        if row.left_out is not None:
            why = said or t("It waits for an answer.")
            print(t("Row {row} stays out, {name}: {why}", row=row.row.row, name=name, why=why))
        elif said:
            result = t(ENROLMENT_STATUS[row.proposed]) if row.proposed else t("open")
            print(t("Row {row}, {name}, {result}: {why}", row=row.row.row, name=name, result=result, why=said))
    if args.dry_run:
        print(t("Nothing was stored: this was a trial."))
    elif entry is not None:
        print(t("Stored as entry {number}; “journal undo {number}” takes it back.", number=entry))
    elif args.strict and review.left_out:
        print(t("Nothing was stored: with --strict all rows are, or none."))
    else:
        print(t("The file has all of it already; nothing was stored."))
