"""`sample`: audit samples of completions drawn, shown, printed and checked."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from typing import Any

from eic_tracker.commands.figures import print_json
from eic_tracker.commands.opening import opened
from eic_tracker.domain.codes import Role
from eic_tracker.domain.periods import parse_period
from eic_tracker.domain.sampling import Outcome
from eic_tracker.i18n import Translator
from eic_tracker.queries.audit_samples import SampleItem, SampleRow
from eic_tracker.reports.pdf.paper import Paper
from eic_tracker.reports.plain_text import text_table
from eic_tracker.reports.sample_words import OUTCOMES, proof_titles, proofs_of
from eic_tracker.services.attachments import scan_at
from eic_tracker.services.audit_samples import (
    SampleAsked,
    audit_samples,
    check_sample_item,
    draw_sample,
    file_checklist,
    sample_detail,
    sample_paper,
)
from eic_tracker.services.exports import note_export
from eic_tracker.services.papers import save_paper


def draw(args: argparse.Namespace, t: Translator) -> int:
    """Draw a sample."""
    with opened(args, t) as file:
        asked = SampleAsked(parse_period(args.period), args.size, args.seed, args.programme)
        key = draw_sample(file.db, file.writer(Role.MANAGER), asked, file.today)
        drawn = sample_detail(file.db, file.known_reader(), key, file.today).row
    if args.json:
        print_json(_sample_json(drawn))
        return 0
    print(
        t(
            "Sample {sample}: {size} of {population} completions, seed {seed}",
            sample=key,
            size=t.number(drawn.size),
            population=t.number(drawn.population),
            seed=drawn.seed,
        )
    )
    return 0


def samples(args: argparse.Namespace, t: Translator) -> int:
    """Show all draws."""
    with opened(args, t) as file:
        found = audit_samples(file.db, file.known_reader())
    if args.json:
        print_json([_sample_json(row) for row in found])
        return 0
    head = [t("Sample"), t("Period"), t("Drawn"), t("Of"), t("Checked"), t("Error rate"), t("Drawn by")]
    lines = [
        [
            str(row.id),
            row.period.code,
            t.number(row.size),
            t.number(row.population),
            t.number(row.tally.checked),
            "—" if row.tally.error_rate is None else t.percent(row.tally.error_rate),
            row.drawn_by,
        ]
        for row in found
    ]
    print(text_table(head, lines, right=frozenset({0, 2, 3, 4, 5})))
    return 0


def show(args: argparse.Namespace, t: Translator) -> int:
    """Show a draw with its items."""
    with opened(args, t) as file:
        found = sample_detail(file.db, file.known_reader(), args.sample, file.today)
    if args.json:
        print_json(
            _sample_json(found.row)
            | {"same_rows": found.same_rows, "items": [_item_json(each) for each in found.items]}
        )
        return 0
    head = [t("No."), t("Name"), t("Course"), *proof_titles(t), t("Outcome")]
    lines = [
        [
            str(item.position),
            item.name,
            item.offering,
            *(text or "—" for text in proofs_of(item, t)),
            t(OUTCOMES[item.outcome]) if item.outcome else "",
        ]
        for item in found.items
    ]
    print(text_table(head, lines, right=frozenset({0})))
    if not found.same_rows:
        print(t("The period counts other rows today than on the day of the draw."))
    return 0


def record(args: argparse.Namespace, t: Translator) -> int:
    """Keep what was found of an item, or take it back."""
    outcome = None if args.outcome == "none" else Outcome(args.outcome)
    with opened(args, t) as file:
        entry = check_sample_item(file.db, file.writer(Role.MANAGER), args.sample, args.position, outcome, args.note)
    print(t("Kept. Journal entry {entry}.", entry=entry))
    return 0


def attach(args: argparse.Namespace, t: Translator) -> int:
    """File a signed checklist."""
    with opened(args, t) as file:
        file_checklist(file.db, file.writer(Role.MANAGER), args.sample, scan_at(args.scan))
    print(t("The signed checklist is filed with sample {sample}.", sample=args.sample))
    return 0


def print_checklist(args: argparse.Namespace, t: Translator) -> int:
    """Write the checklist of a draw."""
    with opened(args, t) as file:
        acting = file.writer(Role.MANAGER)
        people = sample_detail(file.db, acting, args.sample, file.today).row.size
        note = note_export(file.db, acting, f"audit sample {args.sample}", people, args.reason)
        paper = Paper(args.paper)
        save_paper(sample_paper(file.db, acting, args.sample, t=t, today=file.today, note=note, paper=paper), args.out)
    print(args.out)
    return 0


def _sample_json(row: SampleRow) -> dict[str, Any]:
    rate = row.tally.error_rate
    return {
        "sample": row.id,
        "period": row.period.code,
        "programme": row.programme,
        "size": row.size,
        "population": row.population,
        "population_digest": row.population_digest,
        "seed": row.seed,
        "drawn_by": row.drawn_by,
        "drawn_at": row.drawn_at.isoformat(),
        "outcomes": asdict(row.tally),
        "error_rate": rate,
        "checklists": row.checklists,
    }


def _item_json(item: SampleItem) -> dict[str, Any]:
    days = {name: day.isoformat() if day else None for name, day in asdict(item).items() if name.endswith("_on")}
    plain = {name: value for name, value in asdict(item).items() if name not in {"id", "offering_id"}}
    return plain | days | {"status": item.status.value, "outcome": item.outcome.value if item.outcome else None}
