"""`roster export`, `roster import`: the class list goes to the classroom and comes back."""

from __future__ import annotations

import argparse
from typing import Any

from eic_tracker.commands.answers import offering_key, on_behalf
from eic_tracker.commands.figures import print_json
from eic_tracker.commands.opening import Opened, opened
from eic_tracker.domain.codes import Role
from eic_tracker.domain.permissions import ActingUser
from eic_tracker.errors import FileProblem, UserError
from eic_tracker.i18n import N_, Translator
from eic_tracker.services.class_list_export import write_class_list
from eic_tracker.services.class_list_lines import ListLine, ListReview, ListState
from eic_tracker.services.class_list_reading import offering_of_list, open_class_list
from eic_tracker.services.class_list_review import review_class_list
from eic_tracker.services.class_list_store import ListDraft, ListStored, store_class_list
from eic_tracker.services.import_people import copy_before


def take(args: argparse.Namespace, t: Translator) -> int:
    """Write the class list of a course."""
    with opened(args, t) as file:
        acting = file.writer(Role.INSTRUCTOR)
        write_class_list(file.db, acting, offering_key(file, args.offering), args.out, t=t, reason=args.reason)
    print(args.out)
    return 0


def bring(args: argparse.Namespace, t: Translator) -> int:
    """Set a class list beside its course and store it: 0 all of it, 1 cells stayed out."""
    with opened(args, t) as file:
        acting = file.writer(Role.REGISTRAR if args.on_behalf_of else Role.INSTRUCTOR)
        read = open_class_list(file.db, acting, args.path)
        if read is None:
            raise FileProblem(N_("{file} is no class list of this program."), file=args.path.name)
        offering = offering_key(file, args.offering) if args.offering else offering_of_list(file.db, acting, read)
        review = review_class_list(file.db, acting, read, offering, args.scale)
        stored = None if args.dry_run else _store(args, file, acting, review)
    if args.json:
        print_json(_as_json(review, stored, t))
    else:
        _tell(review, stored, t)
    left = review.counts[ListState.ERROR] + (review.counts[ListState.CONFLICT] if args.conflicts is None else 0)
    return 1 if left or review.asked is not None else 0


def _store(args: argparse.Namespace, file: Opened, acting: ActingUser, review: ListReview) -> ListStored:
    spoken = on_behalf(args)
    if spoken is None and acting.role is Role.REGISTRAR:
        raise UserError(
            N_("A registrar records results on behalf of an instructor: say --on-behalf-of USER --sheet FILE.")
        )
    conflicts = [line.cell for line in review.lines if line.state is ListState.CONFLICT]
    chosen = frozenset(cell for cell in conflicts if cell is not None) if args.conflicts == "list" else frozenset()
    if review.counts[ListState.CHANGE] or chosen:
        copy_before(file.db)
    return store_class_list(file.db, acting, ListDraft(review, chosen, args.scale, spoken))


def _as_json(review: ListReview, stored: ListStored | None, t: Translator) -> dict[str, Any]:
    counts = {state.value: review.counts[state] for state in ListState}
    answer: dict[str, Any] = {
        "file": review.read.file,
        "offering": review.code,
        "people": review.people,
        "counts": counts,
        "notes": [note.text(t) for note in review.notes],
        "scales": list(review.asked.scales) if review.asked is not None else [],
        "cells": [_cell(review, line, t) for line in review.lines],
    }
    return answer if stored is None else {**answer, "entry": stored.set_id, "stored": stored.cells}


def _cell(review: ListReview, line: ListLine, t: Translator) -> dict[str, Any]:
    return {
        "row": line.row,
        "enrolment": line.enrolment_id,
        "name": line.name,
        "column": line.column.key if line.column is not None else None,
        "state": line.state.value,
        "here": review.words(line, line.here, t),
        "list": line.written,
        "problem": line.problem.text(t) if line.problem is not None else None,
    }


def _tell(review: ListReview, stored: ListStored | None, t: Translator) -> None:
    counts = review.counts
    print(
        t(
            "{file}, course {code}: {change} cells change, {conflict} were changed here too, {error} stay out.",
            file=review.read.file,
            code=review.code,
            **{state.value: counts[state] for state in ListState},
        )
    )
    for note in review.notes:
        print(note.text(t))
    for line in review.lines:
        column = line.column.title(t) if line.column is not None else ""
        if line.problem is not None:
            print(t("Row {row}, {name}: {why}", row=line.row, name=line.name, why=line.problem.text(t)))
        elif line.state is ListState.CONFLICT:
            here, there = review.words(line, line.here, t) or "—", line.written or "—"
            values = {"row": line.row, "name": line.name, "column": column, "here": here, "there": there}
            print(t("Row {row}, {name}, {column}: here {here}, list {there}", **values))
    if review.asked is not None:
        print(review.asked.text(t))
    if stored is None:
        print(t("Nothing was stored: this was a trial."))
    elif stored.set_id is None:
        print(t("The file has all of it already; nothing was stored."))
    else:
        print(t("Stored as entry {number}; “journal undo {number}” takes it back.", number=stored.set_id))
