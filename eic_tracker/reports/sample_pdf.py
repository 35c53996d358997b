"""The checklist of an audit sample: each completion with the proofs of it, where they lie, and room for the outcome."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from reportlab.platypus import Flowable, KeepTogether, Spacer

from eic_tracker.clock import HONDURAS
from eic_tracker.domain.periods import title as period_title
from eic_tracker.i18n import Translator
from eic_tracker.queries.audit_samples import SampleItem, SampleRow
from eic_tracker.reports.pdf import fonts
from eic_tracker.reports.pdf.letterhead import SignatureBlock, SignatureRoom
from eic_tracker.reports.pdf.page import (
    BODY,
    CELL,
    CELL_BOLD,
    DEMONSTRATION,
    NOTICE,
    SECTION,
    SMALL,
    Furniture,
    paragraph,
    report_bytes,
    text_width,
)
from eic_tracker.reports.pdf.paper import Paper
from eic_tracker.reports.pdf.tables import Cell, Column, report_table
from eic_tracker.reports.sample_words import OUTCOMES, drawn_words, found_words, proof_titles, proofs_of


@dataclass(frozen=True, slots=True)
class SampleSheet:
    """All that the checklist tells; `folios` are first folios by course and part of its course file."""

    row: SampleRow
    items: tuple[SampleItem, ...]
    folios: Mapping[int, Mapping[str, int]]
    same_rows: bool
    letterhead: tuple[str, ...] = field(kw_only=True)
    made_by: str = field(kw_only=True)
    made_at: dt.datetime = field(kw_only=True)
    demonstration: bool = field(kw_only=True)


def sample_pdf(sheet: SampleSheet, t: Translator, paper: Paper = Paper.LETTER) -> bytes:
    """The checklist, lying: an item takes a row, an empty box is for what the auditor finds."""
    fonts.register()
    row = sheet.row
    heading = t("Audit sample {number}: {period}", number=row.id, period=period_title(row.period, t))
    titles = proof_titles(t)
    widths = (24.0, 158.0, 78.0, 62.0, 74.0, 62.0, 88.0, 54.0)
    columns = [
        Column(t("No."), widths[0], numeric=True),
        Column(t("Person and course"), widths[1]),
        *(Column(each, width) for each, width in zip(titles, widths[2:], strict=True)),
        Column(t("Outcome, signature"), text_width(paper, landscape=True) - sum(widths)),
    ]
    changed = t("The period counts other rows today than on the day of the draw.")
    story: list[Flowable] = [
        *([paragraph(sheet.letterhead[-1], SMALL)] if sheet.letterhead else []),
        paragraph(heading, SECTION),
        paragraph(drawn_words(row, t), BODY),
        paragraph(
            t(
                "Drawn again by anybody: of the {population} completions those {size} with the smallest SHA-256 of "
                "seed, colon and identity of the row. Seed: {seed}",
                population=t.number(row.population),
                size=t.number(row.size),
                seed=row.seed,
            ),
            SMALL,
        ),
        *([] if sheet.same_rows else [paragraph(changed, NOTICE)]),
        report_table(columns, [_line(item, sheet, t) for item in sheet.items], t, ruled=True),
        paragraph(found_words(row, t), BODY),
        KeepTogether(
            [
                Spacer(1, 10),
                SignatureBlock(
                    [SignatureRoom(t("Auditor"), None), SignatureRoom(t("For the school"), None)],
                    (t("Name"), t("Post"), t("Seal")),
                ),
            ]
        ),
    ]
    made = sheet.made_at.astimezone(HONDURAS)
    furniture = Furniture(
        title=heading,
        author=sheet.made_by,
        heading=heading,
        foot=t("Made {moment} by {person}", moment=f"{t.date(made.date())} {made:%H:%M}", person=sheet.made_by),
        mark=DEMONSTRATION if sheet.demonstration else "",
    )
    return report_bytes(story, furniture, t, paper, landscape=True)


def _line(item: SampleItem, sheet: SampleSheet, t: Translator) -> list[Cell]:
    folios = sheet.folios.get(item.offering_id, {})
    where = (
        folios.get("scan_letter", folios.get("letters")),
        folios.get("checks") if item.vetting_asked else None,
        folios.get("scan_attendance_sheet", folios.get("attendance")),
        folios.get("act_grades", folios.get("act_closing")),
        folios.get("register"),
        folios.get("register"),
    )
    proofs = [_proof(text, folio, t) for text, folio in zip(proofs_of(item, t), where, strict=True)]
    person = [
        paragraph(item.name, CELL_BOLD),
        paragraph(" · ".join(filter(None, (item.document, item.offering, t.date(item.ends_on)))), CELL),
        paragraph(item.course, CELL),
    ]
    return [item.position, person, *proofs, _outcome(item, t)]


def _proof(text: str, folio: int | None, t: Translator) -> Cell:
    if not text:
        return "—"
    lines = [paragraph(text, CELL)]
    if folio is not None:
        lines.append(paragraph(t("folio {folio}", folio=folio), CELL))
    return lines


def _outcome(item: SampleItem, t: Translator) -> Cell:
    if item.outcome is None:
        return [Spacer(1, _BOX)]
    return [
        paragraph(t(OUTCOMES[item.outcome]), CELL_BOLD),
        *([paragraph(item.note, CELL)] if item.note else []),
        paragraph(
            " · ".join(filter(None, (item.checked_by, t.date(item.checked_on) if item.checked_on else ""))), CELL
        ),
    ]


_BOX = 34.0
"""Points: 12 mm of room for a word and initials."""
