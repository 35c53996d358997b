"""A reviewed list of class groups is taken in: schools and groups in one entry that can be undone as a whole.

Rows that stay out are told and not kept: nothing of a list of pupils may lie anywhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from eic_tracker.clock import local_date
from eic_tracker.domain.class_group_rules import SHIFTS
from eic_tracker.domain.permissions import ActingUser, Action, Right, require
from eic_tracker.domain.school_rules import SchoolDraft
from eic_tracker.errors import Refused
from eic_tracker.services.class_groups import write_class_groups
from eic_tracker.services.group_review import GroupReview, Outcome, ReviewedGroup, review_within
from eic_tracker.services.import_people import MEANWHILE, copy_before
from eic_tracker.services.list_review import newest_set
from eic_tracker.services.schools import write_school
from eic_tracker.services.sign_in import actor
from eic_tracker.store.database import Database
from eic_tracker.store.transaction import Entry, Tx


@dataclass(frozen=True, slots=True)
class GroupsImported:
    """What was stored; without `set_id` the file had all of it already, or nothing could be taken in."""

    set_id: int | None
    counts: Mapping[str, int]
    left_out: int
    codes: tuple[str, ...] = ()
    """of the class groups that are new or changed"""
    schools: int = 0
    """that were entered with them"""


def import_groups(db: Database, acting: ActingUser, review: GroupReview) -> GroupsImported:
    """Store what a review says would be stored, all of it or nothing.

    Refused where the file was changed since and the rows now mean something else."""
    require(acting, Action.CLASS_GROUPS)
    if not review.drafts:
        return GroupsImported(None, review.counts, review.left_out)
    if review.new_schools:
        require(acting, Action.CLASS_GROUPS, Right.YES)
    with db.write(Entry(actor(acting), "import_class_groups", "")) as tx:
        _check_still_so(tx, acting, review)
        keys = {new.key: _enter_school(tx, review, new.key) for new in review.new_schools}
        drafts = [replace(each, school_id=keys.get(each.school_id or 0, each.school_id)) for each in review.drafts]
        saved = write_class_groups(tx, acting, drafts)
        codes = tuple(each.code for each in saved)
        tx.entry = replace(tx.entry, label=codes[0] if len(codes) == 1 else f"{codes[0]} +{len(codes) - 1}")
        return GroupsImported(tx.set_id, review.counts, review.left_out, codes, len(keys))


def store_group_list(db: Database, acting: ActingUser, review: GroupReview) -> GroupsImported:
    """The same; before a list of a file a checked copy is made."""
    require(acting, Action.CLASS_GROUPS)
    if review.request.source.is_file and review.drafts:
        copy_before(db)
    return import_groups(db, acting, review)


def _enter_school(tx: Tx, review: GroupReview, key: int) -> int:
    """Enter a school that the list names; the review asked already whether it is one with a like name."""
    new = next(each for each in review.new_schools if each.key == key)
    shifts = {draft.shift for draft in review.drafts if draft.school_id == key}
    meets = {f"has_{shift}": shift in shifts for shift in SHIFTS}
    values = {"name": new.name, "sace_code": new.sace_code, "municipality_id": new.municipality_id, **meets}
    return write_school(tx, SchoolDraft({**values, "another_school": True})).id


def _check_still_so(tx: Tx, acting: ActingUser, review: GroupReview) -> None:
    if newest_set(tx.connection) == review.stamp:
        return
    now = review_within(tx.connection, acting, review.request, local_date(tx.at))
    if [_essence(row) for row in now.rows] != [_essence(row) for row in review.rows] or now.drafts != review.drafts:
        raise Refused(MEANWHILE)


def _essence(row: ReviewedGroup) -> tuple[Outcome, str | None, bool]:
    return row.outcome, row.code, row.left_out
