"""Keys of the reference lists by their codes, read once from the file that is being built."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from eic_tracker.services.reference_lists import read_list


@dataclass(frozen=True, slots=True)
class Lookup:
    """Code to key for each list; curriculum versions by (curriculum, version), ranks lowest first."""

    programmes: Mapping[str, int]
    municipalities: Mapping[str, int]
    forces: Mapping[str, int]
    institutions: Mapping[str, int]
    units: Mapping[str, int]
    grounds: Mapping[str, int]
    ranks: tuple[int, ...]
    curricula: Mapping[str, int]
    curriculum_versions: Mapping[tuple[str, str], int]
    vetted_institutions: frozenset[str]
    sender_names: Mapping[str, str]


def read_lookup(connection: Connection) -> Lookup:
    """The keys as the file holds them."""

    def by_code(table: str) -> dict[str, int]:
        return {code: key for key, code in connection.exec_driver_sql(f"SELECT id, code FROM {table}")}

    versions = connection.exec_driver_sql(
        "SELECT v.id, c.code, v.version FROM curriculum_version v JOIN curriculum c ON c.id = v.curriculum_id"
    )
    vetted = connection.exec_driver_sql("SELECT code FROM institution WHERE vetting_required")
    return Lookup(
        programmes=by_code("programme"),
        municipalities=by_code("municipality"),
        forces=by_code("force"),
        institutions=by_code("institution"),
        units=by_code("unit"),
        grounds=by_code("ground"),
        ranks=tuple(row[0] for row in connection.exec_driver_sql("SELECT id FROM rank ORDER BY position")),
        curricula=by_code("curriculum"),
        curriculum_versions={(curriculum, version): key for key, curriculum, version in versions},
        vetted_institutions=frozenset(row[0] for row in vetted),
        sender_names={row["code"]: row["name"] for name in ("institutions", "units") for row in read_list(name)},
    )
