"""All tables, one file per noun; importing this package fills the metadata."""

from eic_tracker.store.tables import (
    certificates,
    courses,
    documents,
    figures,
    imports,
    instructors,
    journal,
    outreach,
    people,
    pupils,
    reference,
    reports,
    samples,
    users,
)

__all__ = [
    "certificates",
    "courses",
    "documents",
    "figures",
    "imports",
    "instructors",
    "journal",
    "outreach",
    "people",
    "pupils",
    "reference",
    "reports",
    "samples",
    "users",
]
