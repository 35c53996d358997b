"""What only the file can say of an item of a list: it is there already, what it names is gone, it leads round."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from sqlalchemy import Connection

from eic_tracker.domain.drafts import DraftProblem
from eic_tracker.domain.list_rules import leads_round
from eic_tracker.domain.names import fold
from eic_tracker.domain.school_lists import FieldKind, ListKind, ListSpec
from eic_tracker.i18n import N_
from eic_tracker.queries.school_lists import ListRow, read_list


def check_against_file(
    connection: Connection,
    spec: ListSpec,
    present: ListRow | None,
    values: Mapping[str, object],
    rows: tuple[ListRow, ...],
    today: dt.date,
) -> tuple[DraftProblem, ...]:
    """The problems of tidied values beside the other items of the list and of the lists that they name."""
    others = tuple(row for row in rows if present is None or row.id != present.id)
    return (
        *_fixed(spec, present, values),
        *_same_name(spec, values, others),
        *_same_code(values, others if present is None else ()),
        *_aliases(values, others),
        *_references(connection, spec, present, values, today),
        *_successor(present, values, rows),
        *_country(spec, values),
        *_department(connection, spec, values),
    )


def _fixed(spec: ListSpec, present: ListRow | None, values: Mapping[str, object]) -> Iterator[DraftProblem]:
    for field in spec.fields:
        if present is not None and field.fixed and values[field.name] != present.values[field.name]:
            yield DraftProblem(field.name, N_("This stays as it is: what was counted with it would change."))


def _same_name(spec: ListSpec, values: Mapping[str, object], others: tuple[ListRow, ...]) -> Iterator[DraftProblem]:
    name, within = values.get("name"), spec.unique_within
    if not isinstance(name, str):
        return
    for row in others:
        if fold(row.name) == fold(name) and (within is None or row.values[within] == values.get(within)):
            if row.ended:
                message = N_("“{name}” exists already, ended on {date}; open it again instead.")
                yield DraftProblem("name", message, {"name": row.name, "date": row.ended_on})
            else:
                yield DraftProblem("name", N_("“{name}” exists already."), {"name": row.name})
            return


def _same_code(values: Mapping[str, object], others: tuple[ListRow, ...]) -> Iterator[DraftProblem]:
    code = values.get("code")
    if isinstance(code, str):
        for row in others:
            if fold(row.code) == fold(code):
                message = N_("“{code}” stands for “{name}” already.")
                yield DraftProblem("code", message, {"code": row.code, "name": row.name})


def _aliases(values: Mapping[str, object], others: tuple[ListRow, ...]) -> Iterator[DraftProblem]:
    """A spelling must lead to one item: not another's spelling, and not the name that only another bears."""
    names = values.get("aliases")
    if not isinstance(names, tuple):
        return
    own = fold(str(values.get("name") or ""))
    for name in names:
        for row in others:
            aliases = row.values["aliases"]
            assert isinstance(aliases, tuple)
            if fold(name) in {fold(alias) for alias in aliases} or (fold(name) == fold(row.name) != own):
                message = N_("“{alias}” leads to “{name}” already; take it away there first.")
                yield DraftProblem("aliases", message, {"alias": name, "name": row.name})
                break


def _references(
    connection: Connection, spec: ListSpec, present: ListRow | None, values: Mapping[str, object], today: dt.date
) -> Iterator[DraftProblem]:
    for field in spec.fields:
        key = values.get(field.name)
        if field.refers_to is None or not isinstance(key, int):
            continue
        if present is not None and present.values[field.name] == key:
            continue
        found = next((row for row in read_list(connection, field.refers_to, today) if row.id == key), None)
        if found is None:
            yield DraftProblem(field.name, N_("Choose one of the list."))
        elif found.ended and field.name != "successor_id":
            message = N_("“{name}” ended on {date}; choose another.")
            yield DraftProblem(field.name, message, {"name": found.name, "date": found.ended_on})


def _successor(
    present: ListRow | None, values: Mapping[str, object], rows: tuple[ListRow, ...]
) -> Iterator[DraftProblem]:
    successor = values.get("successor_id")
    if present is None or not isinstance(successor, int):
        return
    successors = {row.id: key for row in rows if isinstance(key := row.values.get("successor_id"), int)}
    if leads_round(present.id, successor, successors):
        name = next(row.name for row in rows if row.id == successor)
        message = N_("“{name}” became this one, directly or by others; a thing cannot become itself.")
        yield DraftProblem("successor_id", message, {"name": name})


def _country(spec: ListSpec, values: Mapping[str, object]) -> Iterator[DraftProblem]:
    import pycountry

    for field in spec.fields:
        code = values.get(field.name)
        if field.kind is FieldKind.COUNTRY and isinstance(code, str) and pycountry.countries.get(alpha_3=code) is None:
            yield DraftProblem(field.name, N_("Choose one of the list."))


def _department(connection: Connection, spec: ListSpec, values: Mapping[str, object]) -> Iterator[DraftProblem]:
    if spec.kind is not ListKind.MUNICIPALITY:
        return
    code = connection.exec_driver_sql(
        "SELECT code FROM department WHERE id = ?", (values.get("department_id"),)
    ).scalar_one_or_none()
    if code is not None and not str(values.get("code") or "").startswith(code):
        message = N_("The code of a municipality begins with that of its department, {code}.")
        yield DraftProblem("code", message, {"code": code})
