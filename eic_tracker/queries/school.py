"""Reads the school's identity: letterhead, place, who signs its papers."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Connection

from eic_tracker.queries.report_data import SchoolIdentity, Signature


def read_school(connection: Connection) -> SchoolIdentity:
    """The school as its papers show it; empty where a setting is missing."""
    settings: dict[str, Any] = {
        name: json.loads(value)
        for name, value in connection.exec_driver_sql("SELECT name, value FROM setting WHERE name LIKE 'school.%'")
    }
    signatures = settings.get("school.signatures", {})

    def signature(role: str) -> Signature | None:
        found = signatures.get(role)
        return Signature(found["rank"], found["name"], found["post"]) if found else None

    return SchoolIdentity(
        letterhead=tuple(settings.get("school.letterhead", ())),
        place=settings.get("school.place", ""),
        prepared=signature("prepared"),
        reviewed=signature("reviewed"),
        approved=signature("approved"),
    )
