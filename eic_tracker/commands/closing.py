"""`close`, `reopen`: the end of a course, and a manager's way back."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Any

from eic_tracker.commands.answers import (
    authorisation,
    ground_of,
    offering_key,
    on_behalf,
    one_of,
    percent_words,
    points,
    points_text,
    recorder,
    split_words,
)
from eic_tracker.commands.figures import print_json
from eic_tracker.commands.opening import opened
from eic_tracker.domain.closing_rules import RESULTS, Blocker
from eic_tracker.domain.codes import EnrolmentStatus, Role
from eic_tracker.i18n import Translator
from eic_tracker.reports.plain_text import text_table
from eic_tracker.reports.rollup.words import ENROLMENT_STATUS
from eic_tracker.services.closing import (
    ClosingBlocked,
    ClosingDraft,
    ClosingView,
    Decision,
    close_offering,
    closing_view,
)
from eic_tracker.services.named_enrolments import enrolments_named
from eic_tracker.services.reopening import ReopeningDraft, reopen_offering


def close(args: argparse.Namespace, t: Translator) -> int:
    """Close a course, or say what closing would do; 1 where something stands in the way."""
    with opened(args, t) as file:
        acting = recorder(args, file)
        offering = offering_key(file, args.offering)
        view = closing_view(file.db, acting, offering)
        if args.dry_run:
            return _say_view(args, view, t)
        said = [split_words(each) for each in args.decide]
        named = enrolments_named(file.db, acting, offering, [who for who, _, _ in said])
        decisions = []
        for key, (_, word, ground) in zip(named, said, strict=True):
            status = one_of(EnrolmentStatus, word, *RESULTS)
            decisions.append(Decision(key, status, ground_of(file, status.value, ground)))
        ordered = authorisation(args.authorised_by) if args.authorised_by else None
        draft = ClosingDraft(offering, decisions, ordered, on_behalf(args), view.state)
        try:
            done = close_offering(file.db, acting, draft)
        except ClosingBlocked as blocked:
            _say_blockers(args, view, blocked.blockers, t)
            return 1
    counts = {status.value: done.counts[status] for status in RESULTS}
    if args.json:
        print_json(
            {
                "offering": done.code,
                "closed": True,
                "counts": counts,
                "blockers": [],
                "certificates_annulled": list(done.certificates_annulled),
                "quarters_restated": list(done.quarters_restated),
                "uncollected": list(done.uncollected),
            }
        )
        return 0
    counted = ", ".join(f"{t(ENROLMENT_STATUS[status])}: {t.number(done.counts[status])}" for status in RESULTS)
    print(
        t(
            "Course {code} is closed ({counts}). Journal entry {entry}.",
            code=done.code,
            counts=counted,
            entry=done.set_id,
        )
    )
    _say_consequences(done.certificates_annulled, done.quarters_restated, t)
    if done.uncollected:
        print(t("Certificates that nobody collected yet: {numbers}", numbers=", ".join(done.uncollected)))
    return 0


def _say_view(args: argparse.Namespace, view: ClosingView, t: Translator) -> int:
    if args.json:
        print_json(
            {
                "offering": view.code,
                "closed": False,
                "people": [
                    {
                        "enrolment": line.enrolment_id,
                        "document": line.document,
                        "name": line.name,
                        "status": line.status.value if line.status else None,
                        "grade": points(line.grade),
                        "attendance": line.attendance,
                    }
                    for line in view.lines
                ],
                "blockers": [_blocker(blocker, t) for blocker in view.blockers],
                "warnings": [_blocker(warning, t) for warning in view.warnings],
            }
        )
        return int(bool(view.blockers))
    lines = [
        [
            str(line.enrolment_id),
            line.name,
            points_text(line.grade),
            percent_words(line.attendance),
            t(ENROLMENT_STATUS[line.status]) if line.status else "—",
        ]
        for line in view.lines
    ]
    head = [t("Enrolment"), t("Name"), t("Grade"), t("Attendance"), t("Result")]
    print(text_table(head, lines, right=frozenset({0, 2, 3})))
    for blocker in (*view.blockers, *view.warnings):
        print(blocker.text(t))
    return int(bool(view.blockers))


def _say_blockers(args: argparse.Namespace, view: ClosingView, blockers: Sequence[Blocker], t: Translator) -> None:
    if args.json:
        print_json({"offering": view.code, "closed": False, "blockers": [_blocker(each, t) for each in blockers]})
        return
    print(t("Course {code} cannot be closed yet.", code=view.code))
    for blocker in blockers:
        print(blocker.text(t))


def _blocker(blocker: Blocker, t: Translator) -> dict[str, Any]:
    return {
        "enrolment": blocker.enrolment_id,
        "code": blocker.code,
        "where": blocker.mended_at.value,
        "text": blocker.text(t),
    }


def _say_consequences(certificates: Sequence[str], quarters: Sequence[str], t: Translator) -> None:
    if certificates:
        print(t("Certificates annulled: {numbers}", numbers=", ".join(certificates)))
    if quarters:
        print(t("Closed quarters restated: {periods}", periods=", ".join(quarters)))


def reopen(args: argparse.Namespace, t: Translator) -> int:
    """Reopen a closed course; a manager, with reason and authorisation."""
    with opened(args, t) as file:
        acting = file.writer(Role.MANAGER)
        offering = offering_key(file, args.offering)
        draft = ReopeningDraft(offering, args.reason, authorisation(args.authorised_by))
        done = reopen_offering(file.db, acting, draft)
    if args.json:
        print_json(
            {
                "offering": done.code,
                "people": done.people,
                "certificates": done.certificates,
                "quarters_restated": list(done.quarters_restated),
            }
        )
        return 0
    print(
        t(
            "Course {code} is open again: {people} results are proposals now. Journal entry {entry}.",
            code=done.code,
            people=t.number(done.people),
            entry=done.set_id,
        )
    )
    if done.certificates:
        print(
            t.plural(
                "{count} certificate holds until the course is closed again.",
                "{count} certificates hold until the course is closed again.",
                done.certificates,
            )
        )
    _say_consequences((), done.quarters_restated, t)
    return 0
