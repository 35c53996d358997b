"""`counts`, `reconcile`, `quality`, `correct`: the figures, where they stand, what is wrong, and their correction."""

from __future__ import annotations

import argparse
import json
from typing import Any

from eic_tracker.commands.opening import opened
from eic_tracker.domain.codes import EnrolmentStatus, FigureState, Measure, Role
from eic_tracker.domain.counting import count
from eic_tracker.domain.facts import Dimension
from eic_tracker.domain.permissions import Action, Right, require
from eic_tracker.domain.supporting import Support
from eic_tracker.errors import UserError
from eic_tracker.i18n import N_, Translator
from eic_tracker.queries.facts import read_facts
from eic_tracker.reports.plain_text import reconciliation_text, text_table
from eic_tracker.reports.report_words import MEASURES
from eic_tracker.reports.rollup.words import ENROLMENT_STATUS
from eic_tracker.services.corrections import Correction, correct_enrolment
from eic_tracker.services.home import data_quality
from eic_tracker.services.published import PublishedLine, published_figures


def counts(args: argparse.Namespace, t: Translator) -> int:
    """Print the counts, as JSON or as a table."""
    by = dimensions(args.by)
    with opened(args, t) as file:
        require(file.reader(), Action.READ_FIGURES, Right.YES)
        as_of = args.as_of or file.today
        with file.db.read() as connection:
            facts = read_facts(connection, args.programme)
    table = count(facts, as_of=as_of, by=by)
    measures = list(Measure)
    if args.json:
        names = [each.value.replace("-", "_") for each in by]
        rows = [
            dict(zip(names, row.keys, strict=True)) | {each.value: getattr(row.counts, each) for each in measures}
            for row in table.rows
        ]
        total = {each.value: getattr(table.total, each) for each in measures}
        print_json({"as_of": as_of.isoformat(), "rows": rows, "total": total})
        return 0
    head = [each.value for each in by] + [t(MEASURES[each]) for each in measures]
    lines = [
        [key if key is not None else t("not recorded") for key in row.keys]
        + [t.number(getattr(row.counts, each)) for each in measures]
        for row in table.rows
    ]
    total_line = [t("total"), *[""] * (len(by) - 1)] if by else []
    lines.append(total_line + [t.number(getattr(table.total, each)) for each in measures])
    print(t("As of {day}", day=t.date(as_of)))
    print(text_table(head, lines, right=frozenset(range(len(by), len(head)))))
    return 0


def dimensions(text: str) -> tuple[Dimension, ...]:
    """The keys of `--by`; UserError names the unknown one and those that exist."""
    words = [word.strip() for word in text.split(",") if word.strip()]
    known = {each.value: each for each in Dimension}
    for word in words:
        if word not in known:
            raise UserError(
                N_("“{word}” is nothing to count by. Choose among: {known}."), word=word, known=", ".join(known)
            )
    return tuple(known[word] for word in words)


def print_json(value: Any) -> None:
    """Print JSON as documented in the help: UTF-8, stable order."""
    print(json.dumps(value, ensure_ascii=False, indent=1))


def reconcile(args: argparse.Namespace, t: Translator) -> int:
    """Print the reconciliation; 1 when a figure is unexplained."""
    with opened(args, t) as file:
        require(file.reader(), Action.READ_FIGURES, Right.YES)
        as_of = args.as_of or file.today
        lines = published_figures(file.db, file.reader(), as_of)
    figures = tuple(line.reconciled for line in lines)
    if args.json:
        print_json([_figure_json(line, t) for line in lines])
    else:
        print(reconciliation_text(figures, as_of, t))
    return int(any(figure.state is FigureState.UNEXPLAINED for figure in figures))


def _figure_json(line: PublishedLine, t: Translator) -> dict[str, Any]:
    figure = line.reconciled
    return {
        "key": figure.figure.key,
        "programme": figure.figure.programme,
        "measure": figure.figure.measure,
        "qualifier": figure.figure.qualifier.value,
        "published": figure.figure.value,
        "counted": figure.counted,
        "difference": figure.difference,
        "causes": [
            {
                "label": t(cause.label, **cause.values),
                "amount": cause.amount,
                "kind": cause.kind.value,
                "row": cause.row,
            }
            for cause in figure.causes
        ],
        "unexplained": figure.unexplained,
        "state": figure.state.value,
        "support": support_json(line.support),
    }


def support_json(support: Support | None) -> dict[str, int] | None:
    """How much of a figure stands on which papers; None where nothing is counted."""
    return None if support is None else dict(zip(_SUPPORTS, support.numbers, strict=True))


_SUPPORTS = ("sheet_and_act", "act", "roster_or_heads", "document")


def quality(args: argparse.Namespace, t: Translator) -> int:
    """Print what the checks of data quality found; 1 when one found something."""
    with opened(args, t) as file:
        found = data_quality(file.db, file.reader(), file.today)
    if args.json:
        print_json([{"key": item.code, "title": t(item.label), "rows": item.count} for item in found])
    else:
        wrong = [[t.number(item.count), t(item.label)] for item in found if item.count]
        print(text_table([t("Rows"), t("What is wrong")], wrong, right=frozenset({0})))
    return int(any(item.count for item in found))


def correct(args: argparse.Namespace, t: Translator) -> int:
    """Correct an enrolment of a closed offering and say what followed from it."""
    with opened(args, t) as file:
        draft = Correction(args.id, EnrolmentStatus(args.status), args.reason, args.authorised_by)
        done = correct_enrolment(file.db, file.writer(Role.MANAGER), draft)
    print(
        t(
            "Enrolment {id} of {offering}: {old} → {new}. Journal entry {entry}.",
            id=args.id,
            offering=done.offering,
            old=t(ENROLMENT_STATUS[done.old_status]),
            new=t(ENROLMENT_STATUS[done.new_status]),
            entry=done.set_id,
        )
    )
    if done.certificates_annulled:
        print(t("Certificates annulled: {numbers}", numbers=", ".join(done.certificates_annulled)))
    if done.quarters_restated:
        print(t("Closed quarters restated: {periods}", periods=", ".join(done.quarters_restated)))
    return 0
