"""Reads the school's identity: letterhead, place, who signs its papers."""

from __future__ import annotations

import json
from dataclasses import dataclass
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


ISSUER = "school.issuer"
CHECK_ADDRESS = "school.check_address"
CHECK_TELEPHONE = "school.check_telephone"
_ISSUER = "EIC"


@dataclass(frozen=True, slots=True)
class CheckedWhere:
    """Under which name the school signs (at most 16 characters), and where its certificates are checked."""

    issuer: str
    address: str
    """an https address, empty where there is none"""
    telephone: str

    def symbol(self, code: str) -> str:
        """What the symbol of a certificate holds: its code, behind the address where there is one."""
        if not self.address:
            return code
        fragment = code.replace("%", "%25").replace(" ", "%20")
        return f"{self.address}#{fragment}"

    @property
    def printed(self) -> str:
        """Address and telephone as a certificate prints them."""
        return " · ".join(part for part in (self.address.removeprefix("https://"), self.telephone) if part)


def read_checked_where(connection: Connection) -> CheckedWhere:
    """The school's name in signatures, and where its certificates are checked."""
    settings: dict[str, str] = {
        name: json.loads(value)
        for name, value in connection.exec_driver_sql(
            "SELECT name, value FROM setting WHERE name IN (?, ?, ?)", (ISSUER, CHECK_ADDRESS, CHECK_TELEPHONE)
        )
    }
    return CheckedWhere(
        settings.get(ISSUER) or _ISSUER, settings.get(CHECK_ADDRESS, ""), settings.get(CHECK_TELEPHONE, "")
    )
