"""Names of pupils, where a programme decided to keep them: for how long, by whose order, and the names themselves."""

from __future__ import annotations

import datetime as dt

from sqlmodel import Field, SQLModel

from eic_tracker.store.columns import content, key, ref


class NameKeeping(SQLModel, table=True):
    """A manager's decision to keep names of a programme's pupils until a day; without an end it holds."""

    __tablename__ = "name_keeping"
    id: int = key()
    programme_id: int = ref("programme.id")
    reason: str
    authorisation_id: int = ref("authorisation.id")
    purge_on: dt.date
    recorded_at: dt.datetime
    ended_on: dt.date | None = None


class PupilName(SQLModel, table=True):
    """One pupil: name (or initials), section and the guardian's consent; without bytes the name was purged.

    The name stands in bytes, of which the journal keeps a digest and never the value, as of a scan. A digest of a
    bare name could be found by trying names; so the bytes hold 16 random ones besides, which go with the name."""

    __tablename__ = "pupil_name"
    id: int = key()
    name_keeping_id: int = ref("name_keeping.id")
    class_group_id: int = ref("class_group.id")
    content: bytes | None = content()
    consent_on: dt.date
    purged_on: dt.date | None = Field(default=None)
    recorded_at: dt.datetime
