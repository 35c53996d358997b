"""Reads what the page that checks certificates is made with: the published list, and whom to telephone."""

from __future__ import annotations

import json
from dataclasses import dataclass

from sqlalchemy import Connection

from eic_tracker.queries.school import read_school

TELEPHONE = "school.check_telephone"
"""The setting that holds the number by which certificates are checked."""


@dataclass(frozen=True, slots=True)
class VerifierFacts:
    """The list that this school published last, as signed, and the school as the page names it."""

    trust_list: bytes | None
    """None before the first is published"""
    school: str
    place: str
    telephone: str


def read_verifier_facts(connection: Connection) -> VerifierFacts:
    """What goes into the page; texts are empty where a setting is missing."""
    school = read_school(connection)
    newest = connection.exec_driver_sql(
        "SELECT content FROM trust_list WHERE own ORDER BY sequence DESC LIMIT 1"
    ).one_or_none()
    telephone = connection.exec_driver_sql("SELECT value FROM setting WHERE name = ?", (TELEPHONE,)).one_or_none()
    return VerifierFacts(
        bytes(newest[0]) if newest is not None else None,
        school.letterhead[-1] if school.letterhead else "",
        school.place,
        json.loads(telephone[0]) if telephone is not None else "",
    )
