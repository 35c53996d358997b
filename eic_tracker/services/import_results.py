"""A reviewed sheet of results is taken in: grades, attendance and proposals, in one entry that can be undone."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from eic_tracker.domain.codes import AttachmentKind
from eic_tracker.domain.permissions import ActingUser, Action, require
from eic_tracker.errors import Refused
from eic_tracker.i18n import N_
from eic_tracker.services.grades import remember_scale
from eic_tracker.services.recording import OnBehalf, follow, recorded_course
from eic_tracker.services.results_review import SCALE, Outcome, ResultsReview, ReviewedResult, essence, review_beside
from eic_tracker.services.sign_in import actor
from eic_tracker.store.database import Database
from eic_tracker.store.tables.courses import Enrolment
from eic_tracker.store.tables.imports import ImportKind, ListImport, RejectedRow
from eic_tracker.store.transaction import Entry, Tx


@dataclass(frozen=True, slots=True)
class ResultsDraft:
    """A review to be stored, and on whose behalf a registrar does so."""

    review: ResultsReview
    on_behalf: OnBehalf | None = None


@dataclass(frozen=True, slots=True)
class ResultsStored:
    """What was stored; without `set_id` the roster had all of it already, or nothing could be taken in."""

    set_id: int | None
    code: str
    counts: Mapping[str, int]
    left_out: int


def store_results(db: Database, acting: ActingUser, draft: ResultsDraft) -> ResultsStored:
    """Store what a review says would be stored; grades, attendance and proposals, never a final status.

    What stays out is kept beside, with why. Refused where the roster was changed since the review."""
    require(acting, Action.RECORD_RESULTS)
    review = draft.review
    with db.write(Entry(actor(acting), "import_results", "")) as tx:
        course = recorded_course(tx, acting, review.offering_id, draft.on_behalf, AttachmentKind.GRADE_SHEET)
        if course.modules is not None:
            raise Refused(
                N_("“{login}” may not bring in results of course {code}: they teach a single module of it."),
                login=acting.login,
                code=course.code,
            )
        answers = {SCALE: str(review.scale)} if review.scale_answered else {}
        again = review_beside(tx.connection, review.read, review.offering_id, course.results, answers)
        if [essence(row) for row in again.rows] != [essence(row) for row in review.rows]:
            raise Refused(
                N_("The roster of course {code} was changed meanwhile; nothing was stored. Look at the sheet again."),
                code=course.code,
            )
        changed = [row for row in again.rows if row.outcome is Outcome.CHANGE and not row.waits_for]
        tx.update(Enrolment, {row.enrolment_id: _columns(row) for row in changed if row.enrolment_id is not None})
        if changed:
            graded = any(row.row.grade.number is not None for row in changed)
            remember_scale(tx, course, again.scale, asked=review.scale_answered and graded)
            follow(tx, course.id, [row.enrolment_id for row in changed if row.enrolment_id is not None])
            _enter_list(tx, again, len(changed))
        return ResultsStored(tx.set_id if changed else None, course.code, again.counts, again.left_out)


def _columns(row: ReviewedResult) -> dict[str, Any]:
    """The columns that a row changes; blanks of the sheet change none."""
    columns: dict[str, Any] = {"proposed_status": row.proposed}
    if row.grade is not None:
        columns["final_grade"] = row.grade
    if row.row.attendance is not None:
        columns["attendance_percent"] = row.row.attendance
    if row.row.left or row.row.never_came:
        columns["ground_id"] = row.ground_id
    return columns


def _enter_list(tx: Tx, review: ResultsReview, stored: int) -> None:
    """Keep which sheet it was, and the rows that stayed out with why."""
    read = review.read
    content = [_content(row) for row in review.rows]
    (entered,) = tx.insert(
        ListImport,
        [
            {
                "uid": tx.new_uid(),
                "kind": ImportKind.RESULTS,
                "file": read.file,
                "sheet": read.sheet,
                "digest": hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest(),
                "offering_id": review.offering_id,
                "people": len(review.rows),
                "new": stored,
                "known": len(review.rows) - stored - review.left_out,
                "left_out": review.left_out,
                "recorded_at": tx.at,
            }
        ],
    )
    tx.insert(
        RejectedRow,
        [
            {
                "list_import_id": entered,
                "sheet": row.row.sheet,
                "row": row.row.row,
                "rejected_as": row.left_out,
                "content": json.dumps(_content(row), ensure_ascii=False),
                "problems": json.dumps([problem.code for problem in row.problems]),
            }
            for row in review.rows
            if row.left_out is not None
        ],
    )


def _content(row: ReviewedResult) -> dict[str, object]:
    read = row.row
    return {
        "document": read.document,
        "given_names": read.given_names,
        "family_names": read.family_names,
        "grade": read.grade_text,
        "attendance": read.attendance,
        "reason": read.remark,
    }
