"""Reads published figures, their explanations, historical totals, and what the file covers."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Connection

from eic_tracker.domain.codes import CauseKind, CurriculumKind, Measure, Sex
from eic_tracker.domain.counting import count
from eic_tracker.domain.facts import Dimension, Facts, Scope
from eic_tracker.domain.historical import BySex, HistoricalTotal
from eic_tracker.domain.reconciling import (
    Coverage,
    Explanation,
    PublishedFigure,
    ReconciledFigure,
    published_figure_from_row,
    reconcile,
)

_FIGURES = """
SELECT f.key, p.code AS programme, f.measure, f.qualifier, f.value, f.period_from, f.period_to, f.precision,
       f.instructor_force, f.departments, f.municipalities, f.curriculum_kind, f.school, f.event, f.contradicts,
       CASE WHEN f.countable THEN 'yes' ELSE 'no' END AS countable, f.note, f.source_title, f.source_url, f.quote
FROM published_figure f JOIN programme p ON p.id = f.programme_id
WHERE f.entered_by_id IS NULL OR f.approved_by_id IS NOT NULL ORDER BY f.id
"""
_EXPLANATIONS = """
SELECT f.key, e.kind, e.amount, e.label, e.approved_by_id IS NOT NULL, e.id
FROM figure_explanation e JOIN published_figure f ON f.id = e.published_figure_id ORDER BY e.id
"""
_HISTORICAL = """
SELECT h.id, p.code, h.measure, h.value, h.girls_or_women, h.boys_or_men, h.first_day, h.last_day,
       h.instructor_force, h.departments, h.municipalities, h.curriculum_kind, h.school, d.number, d.subject, h.page,
       h.approved_by_id IS NOT NULL
FROM historical_total h
JOIN programme p ON p.id = h.programme_id
JOIN source_document d ON d.id = h.source_document_id
ORDER BY h.id
"""
_COVERED = """
SELECT p.code, p.covers_from, p.covers_to FROM programme p
WHERE EXISTS (SELECT 1 FROM offering o WHERE o.programme_id = p.id)
   OR EXISTS (SELECT 1 FROM class_group g WHERE g.programme_id = p.id)
   OR EXISTS (SELECT 1 FROM historical_total h WHERE h.programme_id = p.id)
   OR p.covers_from IS NOT NULL
"""


def read_published_figures(connection: Connection) -> tuple[PublishedFigure, ...]:
    """The published figures in force, in the order of the ledger; those that wait for approval are not told."""
    return tuple(
        published_figure_from_row({name: "" if value is None else str(value) for name, value in row.items()})
        for row in connection.exec_driver_sql(_FIGURES).mappings()
    )


def read_explanations(connection: Connection) -> tuple[Explanation, ...]:
    """The causes that people entered, approved or not."""
    return tuple(
        Explanation(figure_key, CauseKind(kind), amount, label, bool(approved), key)
        for figure_key, kind, amount, label, approved, key in connection.exec_driver_sql(_EXPLANATIONS)
    )


def read_historical_totals(connection: Connection, facts: Facts, as_of: dt.date) -> tuple[HistoricalTotal, ...]:
    """Historical totals with the rows linked to them that count up to `as_of`."""
    totals = []
    for row in connection.exec_driver_sql(_HISTORICAL):
        (
            key,
            programme,
            measure,
            value,
            women,
            men,
            first,
            last,
            force,
            departments,
            places,
            curriculum,
            school,
            number,
            subject,
            page,
            ok,
        ) = row
        scope = Scope(
            programmes=(programme,),
            first_day=dt.date.fromisoformat(first),
            last_day=dt.date.fromisoformat(last),
            lead_force=force,
            departments=tuple(departments.split(";")) if departments else (),
            municipalities=tuple(places.split(";")) if places else (),
            curriculum_kind=CurriculumKind(curriculum) if curriculum else None,
            school=school,
        )
        by_sex = None if women is None or men is None else BySex(women, men, value - women - men)
        totals.append(
            HistoricalTotal(
                id=key,
                programme=programme,
                measure=Measure(measure),
                scope=scope,
                value=value,
                by_sex=by_sex,
                document=number or subject or "",
                page=page,
                approved=bool(ok),
                linked=_linked_rows(connection, key, facts, Measure(measure), as_of, scope),
            )
        )
    return tuple(totals)


def _linked_rows(
    connection: Connection, total: int, facts: Facts, measure: Measure, as_of: dt.date, scope: Scope
) -> BySex:
    offerings = _linked(connection, "offering", total)
    groups = _linked(connection, "class_group", total)
    if not offerings and not groups:
        return BySex()
    linked = Facts(
        offerings=[offering for offering in facts.offerings if offering.id in offerings],
        enrolments=[enrolment for enrolment in facts.enrolments if enrolment.offering_id in offerings],
        class_groups=[group for group in facts.class_groups if group.id in groups],
    )
    by_sex = {
        row.keys[0]: int(getattr(row.counts, measure))
        for row in count(linked, as_of=as_of, by=(Dimension.SEX,), scope=scope).rows
    }
    return BySex(by_sex.get(Sex.F, 0), by_sex.get(Sex.M, 0), by_sex.get(Sex.U, 0))


def _linked(connection: Connection, table: str, total: int) -> frozenset[int]:
    rows = connection.exec_driver_sql(f"SELECT id FROM {table} WHERE historical_total_id = ?", (total,))
    return frozenset(row[0] for row in rows)


def read_coverage(connection: Connection) -> Coverage:
    """Which programmes, municipalities and schools the file knows."""
    return Coverage(
        programmes={
            code: (dt.date.fromisoformat(first) if first else None, dt.date.fromisoformat(last) if last else None)
            for code, first, last in connection.exec_driver_sql(_COVERED)
        },
        municipalities=frozenset(row[0] for row in connection.exec_driver_sql("SELECT code FROM municipality")),
        schools=frozenset(row[0] for row in connection.exec_driver_sql("SELECT code FROM school")),
    )


def read_reconciliation(connection: Connection, facts: Facts, as_of: dt.date) -> tuple[ReconciledFigure, ...]:
    """Every published figure beside what the rows say at `as_of`."""
    return reconcile(
        read_published_figures(connection),
        facts,
        as_of=as_of,
        explanations=read_explanations(connection),
        historical=read_historical_totals(connection, facts, as_of),
        covers=read_coverage(connection),
    )
