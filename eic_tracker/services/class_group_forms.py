"""What the forms of class groups offer and begin with: the card, the fast entry of many, today's lesson."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from eic_tracker.clock import local_date
from eic_tracker.domain.class_group_draft import ClassGroupDraft, OfficerGiven
from eic_tracker.domain.permissions import ActingUser, Action, Right, require
from eic_tracker.errors import UserError
from eic_tracker.queries.class_groups import VersionChoice, read_drafts, read_versions
from eic_tracker.queries.offering_form import municipality_names
from eic_tracker.queries.schools import read_schools
from eic_tracker.services.class_groups import GONE, class_group_draft
from eic_tracker.store.database import Database

_OFFICERS = (
    "SELECT id, surnames || ', ' || given_names || ' — ' || code FROM instructor "
    "WHERE ended_on IS NULL OR ended_on >= ? ORDER BY match_key, code"
)
_TAUGHT_NOW = """
SELECT g.id, g.code, s.name FROM class_group g LEFT JOIN school s ON s.id = g.school_id
WHERE g.school_year = ?1 AND g.graduated_on IS NULL AND (?2 IS NULL OR g.school_id = ?2)
AND (?3 IS NULL OR g.id IN (SELECT class_group_id FROM class_officer WHERE instructor_id = ?3))
ORDER BY s.match_key, g.grade, g.section, g.shift, g.id
"""


@dataclass(frozen=True, slots=True)
class GroupForm:
    """What a card offers by key, and the draft that it begins with; `code` of one that exists."""

    versions: Mapping[int, VersionChoice]
    schools: Mapping[int | str, str]
    municipalities: Mapping[int | str, str]
    officers: Mapping[int | str, str]
    draft: ClassGroupDraft
    code: str = ""


@dataclass(frozen=True, slots=True)
class TaughtNow:
    """A class group that is being taught, with what its next lesson would be (None: all were given)."""

    id: int
    code: str
    school: str | None
    draft: ClassGroupDraft
    next_lesson: int | None


def class_group_form(db: Database, acting: ActingUser, key: int | None, school: int | None = None) -> GroupForm:
    """The form of a card, or of new ones at a school; UserError where the card is gone, Refused where not one's own.

    Curricula, schools and officers that have ended are offered only where the card names them already."""
    require(acting, Action.CLASS_GROUPS)
    today = local_date(db.clock())
    draft = class_group_draft(db, acting, key) if key is not None else _new(acting, school, today)
    with db.read() as connection:
        versions = read_versions(connection, today)
        code = ""
        if key is not None:
            found = connection.exec_driver_sql("SELECT code FROM class_group WHERE id = ?", (key,)).scalar()
            if found is None:
                raise UserError(GONE)
            code = str(found)
        return GroupForm(
            versions={
                each.id: each for each in versions.values() if not each.ended or each.id == draft.curriculum_version_id
            },
            schools={
                each.id: each.words
                for each in read_schools(connection)
                if each.ended_on is None or each.ended_on >= today or each.id == draft.school_id
            },
            municipalities=municipality_names(connection, today),
            officers=_officers(connection, draft, today),
            draft=draft,
            code=code,
        )


def groups_taught_now(
    db: Database, acting: ActingUser, school: int | None, officer: int | None, day: dt.date
) -> tuple[TaughtNow, ...]:
    """The groups of the school year of a day that have not graduated, of a school, an officer, or both.

    An officer who enters own groups sees those alone; nothing where neither is named."""
    if require(acting, Action.CLASS_GROUPS) is not Right.YES:
        officer = acting.instructor_id
    if school is None and officer is None:
        return ()
    with db.read() as connection:
        rows = connection.exec_driver_sql(_TAUGHT_NOW, (day.year, school, officer)).all()
        drafts = read_drafts(connection, [row[0] for row in rows])
        versions = read_versions(connection, day)
    found = []
    for key, code, name in rows:
        draft = drafts[key]
        given = {lesson.number for lesson in draft.lessons}
        lessons = versions[draft.curriculum_version_id or 0].taught.lessons
        first = next((number for number in range(1, lessons + 1) if number not in given), None)
        found.append(TaughtNow(key, code, name, draft, first))
    return tuple(found)


def _new(acting: ActingUser, school: int | None, today: dt.date) -> ClassGroupDraft:
    own = acting.instructor_id if require(acting, Action.CLASS_GROUPS) is not Right.YES else None
    draft = ClassGroupDraft(None, today.year, school)
    return replace(draft, officers=(OfficerGiven(own),)) if own is not None else draft


def _officers(connection: Connection, draft: ClassGroupDraft, today: dt.date) -> dict[int | str, str]:
    found: dict[int | str, str] = {
        row[0]: row[1] for row in connection.exec_driver_sql(_OFFICERS, (today.isoformat(),))
    }
    for each in draft.officers:
        if each.instructor_id not in found:
            found[each.instructor_id] = connection.exec_driver_sql(
                "SELECT surnames || ', ' || given_names || ' — ' || code FROM instructor WHERE id = ?",
                (each.instructor_id,),
            ).scalar_one()
    return found
