"""The shipped reference lists (resources/reference) and how they enter a file."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlmodel import SQLModel

from eic_tracker import paths
from eic_tracker.domain.names import fold
from eic_tracker.domain.reconciling import PublishedFigure, published_figure_from_row
from eic_tracker.store.rows import binding
from eic_tracker.store.tables.figures import PublishedFigureRow
from eic_tracker.store.tables.outreach import Curriculum, CurriculumLesson, CurriculumVersion
from eic_tracker.store.tables.reference import (
    Department,
    Force,
    Ground,
    Institution,
    Municipality,
    Programme,
    Rank,
    Unit,
    UnitAlias,
)
from eic_tracker.store.transaction import Tx

Row = dict[str, Any]
Keys = dict[tuple[Any, ...], int]


def folder() -> Path:
    """The folder of the shipped lists."""
    return paths.resources() / "reference"


def read_list(name: str) -> list[dict[str, str]]:
    """The rows of one shipped list, every value as text."""
    with (folder() / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def shipped_figures() -> tuple[PublishedFigure, ...]:
    """The shipped published figures, in the order of their list."""
    return tuple(published_figure_from_row(row) for row in read_list("published_figures"))


def import_reference_lists(tx: Tx) -> None:
    """Bring every shipped list into the file, within the caller's transaction.

    New rows are added; rows that are there follow the list's wording and keep what people decided; none is deleted."""
    _import_places(tx)
    programmes = _merge(tx, Programme, ("code",), map(_programme, read_list("programmes")), wording=("name",))
    _merge(tx, Rank, ("code",), map(_rank, read_list("ranks")), wording=("name", "scale", "position", "source"))
    _merge(tx, Force, ("code",), _columns("forces", "code", "name", "country"), wording=("name",))
    _merge(tx, Ground, ("code",), _columns("grounds", "code", "name", "applies_to"), wording=("name",))
    _import_units(tx)
    _import_curricula(tx, programmes)
    _import_figures(tx, programmes)


def _import_places(tx: Tx) -> None:
    departments = _merge(tx, Department, ("code",), _columns("departments", "code", "name"), wording=("name",))
    municipalities = [
        {"code": row["code"], "name": row["name"], "department_id": departments[row["department"],]}
        for row in read_list("municipalities")
    ]
    _merge(tx, Municipality, ("code",), municipalities, wording=("name",))


def _import_units(tx: Tx) -> None:
    institutions = _merge(tx, Institution, ("code",), map(_institution, read_list("institutions")), wording=("name",))
    units: Keys = {}
    waiting = read_list("units")
    while waiting:
        ready = [row for row in waiting if not row["successor"] or (row["successor"],) in units]
        if not ready:
            raise ValueError(f"units.csv: successors {[row['successor'] for row in waiting]} lead nowhere")
        rows = [_unit(row, institutions, units) for row in ready]
        units |= _merge(tx, Unit, ("code",), rows, wording=("name", "source"))
        waiting = [row for row in waiting if (row["code"],) not in units]
    aliases = [
        {"match_key": fold(row["text"]), "text": row["text"], "unit_id": units[row["unit"],]}
        for row in read_list("unit_aliases")
    ]
    _merge(tx, UnitAlias, ("match_key",), aliases, wording=())


def _import_curricula(tx: Tx, programmes: Keys) -> None:
    rows = [
        {"code": row["code"], "name": row["name"], "kind": row["kind"], "programme_id": programmes[row["programme"],]}
        for row in read_list("curricula")
    ]
    curricula = _merge(tx, Curriculum, ("code",), rows, wording=("name",))
    versions = [
        {
            "curriculum_id": curricula[row["curriculum"],],
            "version": row["version"],
            "lessons": int(row["lessons"]),
            "lessons_required": int(row["lessons_required"]) if row["lessons_required"] else None,
            "source": row["source"],
        }
        for row in read_list("curriculum_versions")
    ]
    version_keys = _merge(tx, CurriculumVersion, ("curriculum_id", "version"), versions, wording=("source",))
    lessons = [
        {
            "curriculum_version_id": version_keys[curricula[row["curriculum"],], row["version"]],
            "number": int(row["number"]),
            "title": row["title"],
        }
        for row in read_list("curriculum_lessons")
    ]
    _merge(tx, CurriculumLesson, ("curriculum_version_id", "number"), lessons, wording=("title",))


def _import_figures(tx: Tx, programmes: Keys) -> None:
    rows = [figure_row(figure, programmes[figure.programme,], tx.at) for figure in shipped_figures()]
    wording = ("event", "note", "source_title", "source_url", "quote")
    _merge(tx, PublishedFigureRow, ("key",), rows, wording=wording)


def figure_row(figure: PublishedFigure, programme_id: int, recorded_at: dt.datetime) -> Row:
    """The columns of a published figure as its table holds them (empty texts as NULL)."""
    return {
        "key": figure.key,
        "programme_id": programme_id,
        "measure": figure.measure,
        "qualifier": figure.qualifier,
        "value": figure.value,
        "period_from": figure.period_from,
        "period_to": figure.period_to,
        "precision": figure.precision,
        "instructor_force": figure.scope.lead_force,
        "departments": ";".join(figure.scope.departments) or None,
        "municipalities": ";".join(figure.scope.municipalities) or None,
        "curriculum_kind": figure.scope.curriculum_kind,
        "school": figure.scope.school,
        "event": figure.event,
        "contradicts": figure.contradicts,
        "countable": figure.countable,
        "note": figure.note or None,
        "source_title": figure.source_title,
        "source_url": figure.source_url or None,
        "quote": figure.quote,
        "recorded_at": recorded_at,
    }


def _merge(
    tx: Tx, model: type[SQLModel], natural_key: Sequence[str], rows: Iterable[Row], *, wording: Sequence[str]
) -> Keys:
    """Insert the rows whose natural key is new, reword the others; the keys of all rows by natural key."""
    table = binding(model).table
    key_columns = [table.c[name] for name in natural_key]
    known: Keys = {tuple(found[1:]): found[0] for found in tx.connection.execute(select(table.c.id, *key_columns))}
    new, reworded = [], {}
    for row in rows:
        key = tuple(row[name] for name in natural_key)
        if key not in known:
            new.append(row)
        elif wording:
            reworded[known[key]] = {name: row[name] for name in wording}
    for row, row_id in zip(new, tx.insert(model, new), strict=True):
        known[tuple(row[name] for name in natural_key)] = row_id
    tx.update(model, reworded)
    return known


def _columns(name: str, *columns: str) -> list[Row]:
    return [{column: row[column] for column in columns} for row in read_list(name)]


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _programme(row: Mapping[str, str]) -> Row:
    return {
        "code": row["code"],
        "name": row["name"],
        "kind": row["kind"],
        "covers_from": _day(row["covers_from"]),
        "covers_to": _day(row["covers_to"]),
    }


def _rank(row: Mapping[str, str]) -> Row:
    return {
        "code": row["code"],
        "name": row["name"],
        "scale": row["scale"],
        "position": int(row["position"]),
        "source": row["source"],
    }


_YES: Callable[[str], bool] = {"yes": True, "no": False}.__getitem__


def _institution(row: Mapping[str, str]) -> Row:
    return {
        "code": row["code"],
        "name": row["name"],
        "country": row["country"],
        "kind": row["kind"],
        "vetting_required": _YES(row["vetting_required"]),
    }


def _unit(row: Mapping[str, str], institutions: Keys, units: Keys) -> Row:
    return {
        "code": row["code"],
        "name": row["name"],
        "institution_id": institutions[row["institution"],],
        "valid_from": _day(row["valid_from"]),
        "valid_to": _day(row["valid_to"]),
        "successor_id": units[row["successor"],] if row["successor"] else None,
        "source": row["source"] or None,
    }
