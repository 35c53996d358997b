"""The list of all people: one row for each person, the records merged into it counted with it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from eic_tracker.domain.codes import Sex
from eic_tracker.queries.identities import (
    IDENTITY,
    Identity,
    identity,
    masked_people_text,
    people_text,
    records_of,
)
from eic_tracker.queries.listing import Filter, Listing, Sight
from eic_tracker.queries.quality import quality_filters


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person: identity, where they served at their newest course, what they completed."""

    id: int
    given_names: str
    surnames: str
    sex: Sex
    document_kind: str | None
    document_country: str | None
    document: str | None
    police_number: str | None
    institution: str | None
    unit: str | None
    rank: str | None
    completions: int
    last_course_on: dt.date | None
    """last day of the newest course that the person was in"""
    state: str
    """active, left, reinstated"""


def own_offering(offering: str) -> str:
    """Condition that an offering is one of the user's own, for those who see no others; `offering` is its key."""
    return (
        f"({{own}} IS NULL OR {offering} IN (SELECT mine.offering_id FROM assignment mine "
        "WHERE mine.instructor_id = {own}))"
    )


COMPLETED = (
    "e.status = 'completed' AND e.seat = 'seat' AND o.status = 'closed' AND o.ends_on <= {today} AND "
    + own_offering("o.id")
)
"""An enrolment `e` in an offering `o` that counts as a completion today."""

_TOOK_PART = "e.status <> 'removed' AND o.status <> 'cancelled' AND " + own_offering("o.id")

_NEWEST = f"""
    SELECT e.id FROM enrolment e JOIN offering o ON o.id = e.offering_id
    WHERE e.participant_id IN ({records_of("p.id")}) AND {_TOOK_PART}
    ORDER BY o.ends_on DESC, e.id DESC LIMIT 1"""

_COMPLETIONS = f"""(
    SELECT count(*) FROM enrolment e JOIN offering o ON o.id = e.offering_id
    WHERE e.participant_id IN ({records_of("p.id")}) AND {COMPLETED})"""

_SELECT = f"""
SELECT {IDENTITY}, coalesce(i.name, l.institution_text), coalesce(u.name, l.unit_text),
       coalesce(l.rank_text, r.name), {_COMPLETIONS}, lo.ends_on, p.state
FROM participant p
LEFT JOIN enrolment l ON l.id = ({_NEWEST})
LEFT JOIN offering lo ON lo.id = l.offering_id
LEFT JOIN institution i ON i.id = l.institution_id
LEFT JOIN unit u ON u.id = l.unit_id
LEFT JOIN rank r ON r.id = l.rank_id
"""

# Away records and every record above them; only surviving ones are listed, so more than the last does no harm.
_SURVIVORS = """WITH RECURSIVE same(id, person) AS (
    SELECT id, merged_into_id FROM participant WHERE merged_into_id IS NOT NULL
    UNION SELECT s.id, q.merged_into_id FROM same s JOIN participant q ON q.id = s.person
    WHERE q.merged_into_id IS NOT NULL)"""


def people_with(condition: str) -> str:
    """Condition that a person `p` has an enrolment `e` in an offering `o` that meets `condition`."""
    plain = f"FROM offering o JOIN enrolment e ON e.offering_id = o.id WHERE {condition}"
    return (
        f"p.id IN (SELECT e.participant_id {plain} UNION ALL SELECT s.person FROM ({_SURVIVORS} SELECT id, person "
        f"FROM same) s JOIN enrolment e ON e.participant_id = s.id JOIN offering o ON o.id = e.offering_id "
        f"WHERE {condition})"
    )


def _newest_is(table: str) -> str:
    """Condition that the institution or unit shown with a person is the one of a code (twice `?`)."""
    wanted = f"(SELECT id FROM {table} WHERE code = ?)"
    somewhere = people_with(f"e.{table}_id = {wanted}")
    newest = f"(SELECT x.{table}_id FROM enrolment x WHERE x.id = ({_NEWEST})) = {wanted}"
    # The costly condition is asked only of those who were there at all.
    return f"CASE WHEN {somewhere} THEN {newest} ELSE 0 END"


def _among(condition: str) -> str:
    """Condition on people that an index of its own finds, where one by one in the order of names would be slow."""
    return f"p.id IN (SELECT id FROM participant WHERE {condition})"


def person_row(values: Sequence[Any], sight: Sight) -> PersonRow:
    """A row of the select."""
    who: Identity = identity(values[:8], sight)
    institution, unit, rank, completions, last, state = values[8:]
    return PersonRow(
        id=who.id,
        given_names=who.given_names,
        surnames=who.surnames,
        sex=Sex(who.sex),
        document_kind=who.document_kind,
        document_country=who.document_country,
        document=who.document,
        police_number=who.police_number,
        institution=institution,
        unit=unit,
        rank=rank,
        completions=completions,
        last_course_on=dt.date.fromisoformat(last) if last else None,
        state=state,
    )


_MERGED = f"p.id IN ({_SURVIVORS} SELECT person FROM same)"

_COUNT_OF_RECORD = f"""LEFT JOIN (
    SELECT e.participant_id AS id, count(*) AS completions FROM enrolment e JOIN offering o ON o.id = e.offering_id
    WHERE {COMPLETED} GROUP BY 1) n ON n.id = p.id"""
_LAST_OF_RECORD = f"""LEFT JOIN (
    SELECT e.participant_id AS id, max(o.ends_on) AS last FROM enrolment e JOIN offering o ON o.id = e.offering_id
    WHERE {_TOOK_PART} GROUP BY 1) n ON n.id = p.id"""
# The few people of several records are counted one by one.
_BY_COMPLETIONS = f"CASE WHEN {_MERGED} THEN {_COMPLETIONS} ELSE coalesce(n.completions, 0) END"
_BY_LAST = (
    f"CASE WHEN {_MERGED} THEN (SELECT y.ends_on FROM enrolment x JOIN offering y ON y.id = x.offering_id "
    f"WHERE x.id = ({_NEWEST})) ELSE n.last END"
)

_YEAR = "o.ends_on BETWEEN ? || '-01-01' AND ? || '-12-31'"

PEOPLE: Listing[PersonRow] = Listing(
    name="people",
    key="p.id",
    source="participant p",
    select=_SELECT,
    row=person_row,
    orders={
        "name": ("p.sort_key",),
        "document": ("p.document_number",),
        "completions": (_BY_COMPLETIONS, "p.sort_key"),
        "last": (_BY_LAST, "p.sort_key"),
    },
    joins={"completions": _COUNT_OF_RECORD, "last": _LAST_OF_RECORD},
    filters={
        "programme": Filter(
            people_with(f"o.programme_id = (SELECT id FROM programme WHERE code = ?) AND {_TOOK_PART}"),
            "SELECT code, name FROM programme WHERE kind = 'courses' ORDER BY id",
        ),
        "institution": Filter(_newest_is("institution"), "SELECT code, name FROM institution ORDER BY name"),
        "unit": Filter(_newest_is("unit"), "SELECT code, name FROM unit ORDER BY name"),
        "sex": Filter("p.sex = ?", ("F", "M", "U")),
        "status": Filter({"graduate": people_with(COMPLETED), "none": f"NOT {people_with(COMPLETED)}"}),
        "missing": Filter(
            {
                "document": _among("merged_into_id IS NULL AND document_number IS NULL"),
                "police_number": _among("police_number IS NULL"),
                "birth_date": _among("birth_date IS NULL"),
            }
        ),
        "state": Filter("p.state = ?", ("active", "left", "reinstated")),
        "year": Filter(
            people_with(f"{_YEAR} AND {_TOOK_PART}"),
            "SELECT DISTINCT substr(ends_on, 1, 4) AS code, NULL FROM offering ORDER BY 1 DESC",
        ),
        "country": Filter(
            _among("document_country = ?"),
            "SELECT DISTINCT document_country, NULL FROM participant WHERE document_country IS NOT NULL ORDER BY 1",
        ),
        **quality_filters("people", "p.id"),
    },
    always="p.merged_into_id IS NULL",
    beyond=frozenset({"merge_loop"}),
    own=people_with("o.id IN (SELECT offering_id FROM assignment WHERE instructor_id = {own})"),
    holds_people=True,
    search=people_text,
    masked_search=masked_people_text,
    hidden_orders=frozenset({"document"}),
)
"""Everybody; rows of an instructor count own offerings only."""
