"""What is wrong or due in the rows, as filters of the lists: the list that a count opens is the count."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from eic_tracker.i18n import N_
from eic_tracker.queries.act_differences import DIFFERING
from eic_tracker.queries.counted_grades import COUNTED_GRADE
from eic_tracker.queries.listing import Filter

YES = "yes"
LATE_OFFERING_DAYS = 365
"""After so many days the entry of a roster is late."""

LATE_GROUP_DAYS = 183
"""After so many days the entry of a class group is late."""

WAITS_LONG_DAYS = 7
"""After so many days a course that ended should be closed."""

_COUNTED = "e.seat = 'seat' AND e.status IN ('completed', 'not_completed', 'withdrew')"

_REAL = "o.programme_id IN (SELECT id FROM programme WHERE NOT is_load)"
"""The programme of load tests counts nowhere and is not looked through."""

_ROSTERS = "offering o CROSS JOIN enrolment e ON e.offering_id = o.id"
"""Courses first: there are few of them, and the index of rosters gives their people (CROSS keeps the order)."""

_CLOSED_QUARTERS = """(
    SELECT q.closed_at, q.first_day, date(q.first_day, '+3 months', '-1 day') AS last_day FROM (
        SELECT closed_at, CASE WHEN period LIKE 'FY%'
            THEN date(substr(period, 3, 4) || '-01-01', printf('%+d months', substr(period, 8, 1) * 3 - 6))
            ELSE date(substr(period, 1, 4) || '-01-01', printf('%+d months', substr(period, 6, 1) * 3 - 3))
            END AS first_day
        FROM closed_quarter WHERE reopened_at IS NULL) q)"""

_PEOPLE = {
    "merge_loop": """
        WITH RECURSIVE follows(start, at) AS (
            SELECT id, merged_into_id FROM participant WHERE merged_into_id IS NOT NULL
            UNION
            SELECT f.start, p.merged_into_id FROM follows f JOIN participant p ON p.id = f.at
            WHERE p.merged_into_id IS NOT NULL)
        SELECT start FROM follows WHERE at = start AND ? = 'yes'""",
    "no_document": """
        SELECT id FROM participant WHERE document_country IS NULL AND document_number IS NULL
        AND merged_into_id IS NULL AND ? = 'yes'""",
    "possible_duplicate": """
        SELECT p.id FROM (SELECT match_key, birth_date FROM participant
            WHERE +merged_into_id IS NULL AND birth_date IS NOT NULL
            GROUP BY match_key, birth_date HAVING count(*) > 1) d
        CROSS JOIN participant p ON p.match_key = d.match_key AND p.birth_date = d.birth_date
        WHERE +p.merged_into_id IS NULL AND ? = 'yes'
        UNION ALL SELECT p.id FROM (SELECT document_number FROM participant
            WHERE merged_into_id IS NULL AND document_number IS NOT NULL
            GROUP BY document_number HAVING count(*) > 1) d
        CROSS JOIN participant p ON p.merged_into_id IS NULL AND p.document_number = d.document_number""",
    "odd_document": f"""
        SELECT p.id FROM {_ROSTERS} CROSS JOIN participant p ON p.id = e.participant_id
        WHERE p.document_kind = 'national_id' AND p.document_country = 'HND' AND p.merged_into_id IS NULL
        AND (length(p.document_number) <> 13 OR p.document_number GLOB '*[^0-9]*') AND {_REAL} AND ? = 'yes'""",
    "under_age": f"""
        SELECT p.id FROM {_ROSTERS} CROSS JOIN participant p ON p.id = e.participant_id
        WHERE p.birth_date > date(o.starts_on, '-18 years') AND e.status <> 'removed' AND {_REAL} AND ? = 'yes'""",
    "no_sex": f"""
        SELECT p.id FROM {_ROSTERS} CROSS JOIN participant p ON p.id = e.participant_id
        WHERE p.sex = 'U' AND {_COUNTED} AND {_REAL} AND ? = 'yes'""",
}
_OFFERINGS = {
    "ended_open_before": f"SELECT o.id FROM offering o WHERE o.status = 'open' AND o.ends_on < ? AND {_REAL}",
    "running_on": f"""
        SELECT o.id FROM offering o, (SELECT ? AS day) t
        WHERE o.status = 'open' AND o.starts_on <= t.day AND o.ends_on >= t.day AND {_REAL}""",
    "begins_soon_with_places": f"""
        SELECT o.id FROM offering o, (SELECT ? AS day) t
        WHERE o.status = 'open' AND o.enrolment_open AND o.starts_on BETWEEN t.day AND date(t.day, '+14 days')
        AND {_REAL} AND (o.capacity IS NULL OR o.capacity > (SELECT count(*) FROM enrolment e
            WHERE e.offering_id = o.id AND e.seat = 'seat' AND e.status IN ('applied', 'enrolled')))""",
    "no_lead": f"""
        SELECT o.id FROM offering o WHERE o.status = 'closed' AND ? = 'yes' AND {_REAL} AND NOT EXISTS
        (SELECT 1 FROM assignment a WHERE a.offering_id = o.id AND a.role = 'lead')""",
    "unmatched_walk_ins": f"""
        SELECT o.id FROM offering o WHERE o.status <> 'cancelled' AND ? = 'yes' AND {_REAL} AND EXISTS
        (SELECT 1 FROM walk_in w WHERE w.offering_id = o.id AND w.enrolment_id IS NULL)""",
    "over_capacity": f"""
        SELECT o.id FROM offering o WHERE o.status <> 'cancelled' AND ? = 'yes' AND {_REAL} AND o.capacity <
        (SELECT count(*) FROM enrolment e WHERE e.offering_id = o.id AND ({_COUNTED}
         OR (e.seat = 'seat' AND e.status = 'enrolled')))""",
    "recorded_late": f"""
        SELECT o.id FROM offering o WHERE o.status <> 'cancelled' AND {_REAL}
        AND julianday(o.recorded_at) - julianday(o.ends_on) > CAST(? AS INTEGER)""",
    "no_attendance": f"""
        SELECT o.id FROM offering o WHERE o.status = 'closed' AND ? = 'yes' AND {_REAL} AND NOT EXISTS
        (SELECT 1 FROM offering_day d JOIN attendance a ON a.offering_day_id = d.id WHERE d.offering_id = o.id)""",
    "no_act": f"""
        SELECT o.id FROM offering o WHERE o.status = 'closed' AND ? = 'yes' AND {_REAL} AND NOT EXISTS
        (SELECT 1 FROM act a WHERE a.offering_id = o.id)""",
    "no_letter": f"""
        SELECT o.id FROM offering o WHERE o.status <> 'cancelled' AND o.source_document_id IS NULL AND ? = 'yes'
        AND {_REAL} AND EXISTS (SELECT 1 FROM enrolment e WHERE e.offering_id = o.id) AND NOT EXISTS
        (SELECT 1 FROM enrolment e WHERE e.offering_id = o.id AND e.source_document_id IS NOT NULL)""",
}
_ENROLMENTS = {
    "in_training_on": f"""
        SELECT e.id FROM (SELECT ? AS day) t CROSS JOIN {_ROSTERS}
        WHERE o.status = 'open' AND o.starts_on <= t.day AND o.ends_on >= t.day
        AND e.seat = 'seat' AND e.status = 'enrolled' AND {_REAL}""",
    "below_minimum": f"""
        SELECT e.id FROM {_ROSTERS} JOIN course_version v ON v.id = o.course_version_id
        WHERE e.status = 'completed' AND ? = 'yes' AND {_REAL} AND (e.attendance_percent < v.minimum_attendance
            OR ({COUNTED_GRADE}) < v.minimum_grade)""",
    "missing_grade": f"""
        SELECT e.id FROM {_ROSTERS} JOIN course_version v ON v.id = o.course_version_id
        WHERE e.status = 'completed' AND ({COUNTED_GRADE}) IS NULL AND v.minimum_grade > 0 AND {_REAL} AND ? = 'yes'""",
    "differs_from_act": f"SELECT id FROM ({DIFFERING}) WHERE ? = 'yes'",
    "no_institution": f"""
        SELECT e.id FROM {_ROSTERS}
        WHERE e.institution_id IS NULL AND e.status <> 'removed' AND {_REAL} AND ? = 'yes'""",
    "no_unit": f"""
        SELECT e.id FROM {_ROSTERS} WHERE e.unit_id IS NULL AND e.status <> 'removed' AND {_REAL} AND ? = 'yes'
        AND e.institution_id IN (SELECT u.institution_id FROM unit u)""",
    "ended_unit": f"""
        SELECT e.id FROM {_ROSTERS} JOIN unit u ON u.id = e.unit_id
        WHERE (u.valid_to < o.starts_on OR u.valid_from > o.ends_on) AND {_REAL} AND ? = 'yes'""",
    "late_in_closed_quarter": f"""
        SELECT e.id FROM {_CLOSED_QUARTERS} q CROSS JOIN {_ROSTERS}
        WHERE o.ends_on BETWEEN q.first_day AND q.last_day AND o.status <> 'cancelled'
        AND e.recorded_at > q.closed_at AND {_COUNTED} AND {_REAL} AND ? = 'yes'""",
    "without_certificate_since": f"""
        SELECT e.id FROM {_ROSTERS}
        WHERE o.ends_on >= ? AND o.status = 'closed' AND e.status = 'completed' AND e.seat = 'seat' AND {_REAL}
        AND NOT EXISTS (SELECT 1 FROM certificate c WHERE c.enrolment_id = e.id AND c.status <> 'annulled'
            AND c.kind IN ('diploma', 'participation'))""",
    "overlapping": f"""
        SELECT e.id FROM {_ROSTERS} JOIN enrolment f ON f.participant_id = e.participant_id AND f.id <> e.id
        JOIN offering q ON q.id = f.offering_id
        WHERE q.starts_on <= o.ends_on AND q.ends_on >= o.starts_on AND ? = 'yes'
        AND o.status <> 'cancelled' AND q.status <> 'cancelled' AND e.seat = 'seat' AND f.seat = 'seat'
        AND e.status IN ('enrolled', 'completed', 'not_completed')
        AND f.status IN ('enrolled', 'completed', 'not_completed') AND {_REAL}""",
    "certificate_without_completion": f"""
        SELECT e.id FROM {_ROSTERS} JOIN certificate c ON c.enrolment_id = e.id
        WHERE c.kind = 'diploma' AND c.status IN ('approved', 'issued') AND o.status = 'closed'
        AND e.status <> 'completed' AND {_REAL} AND ? = 'yes'""",
    "no_show_present": f"""
        SELECT e.id FROM {_ROSTERS} WHERE e.status = 'no_show' AND {_REAL} AND ? = 'yes' AND EXISTS
        (SELECT 1 FROM attendance a WHERE a.enrolment_id = e.id AND a.mark IN ('present', 'late'))""",
}
_CLASS_GROUPS = {
    "late_in_closed_quarter": f"""
        SELECT g.id FROM {_CLOSED_QUARTERS} q
        JOIN class_group g ON g.first_lesson_on BETWEEN q.first_day AND q.last_day
            OR g.graduated_on BETWEEN q.first_day AND q.last_day
        WHERE g.recorded_at > q.closed_at AND ? = 'yes'""",
    "too_few_lessons": """
        SELECT g.id FROM class_group g JOIN curriculum_version v ON v.id = g.curriculum_version_id
        WHERE g.graduated_on IS NOT NULL AND g.lessons_given < v.lessons_required AND ? = 'yes'""",
    "no_officer": """
        SELECT g.id FROM class_group g WHERE ? = 'yes'
        AND NOT EXISTS (SELECT 1 FROM class_officer f WHERE f.class_group_id = g.id)""",
    "recorded_late": """
        SELECT id FROM class_group
        WHERE julianday(recorded_at) - julianday(first_lesson_on) > CAST(? AS INTEGER)""",
    "heads_out_of_order": """
        SELECT id FROM class_group WHERE note IS NULL AND ? = 'yes'
        AND (graduated_girls + graduated_boys + graduated_unrecorded > reached_girls + reached_boys + reached_unrecorded
            OR reached_girls + reached_boys + reached_unrecorded
                > enrolled_girls + enrolled_boys + enrolled_unrecorded)""",
    "same_group_twice": """
        SELECT g.id FROM (SELECT school_id, grade, section, shift, school_year FROM class_group
            WHERE school_id IS NOT NULL AND grade IS NOT NULL GROUP BY 1, 2, 3, 4, 5 HAVING count(*) > 1) d
        CROSS JOIN class_group g ON g.school_id = d.school_id AND g.grade = d.grade AND g.section IS d.section
            AND g.shift IS d.shift AND g.school_year = d.school_year
        WHERE ? = 'yes' AND NOT EXISTS (SELECT 1 FROM class_group r WHERE r.school_id = g.school_id
            AND r.grade = g.grade AND r.section IS g.section AND r.shift IS g.shift
            AND r.school_year = g.school_year AND r.repeat_reason IS NOT NULL)""",
    "lesson_after_graduation": """
        SELECT g.id FROM class_group g WHERE g.graduated_on IS NOT NULL AND ? = 'yes' AND EXISTS
        (SELECT 1 FROM class_lesson l WHERE l.class_group_id = g.id AND l.given_on > g.graduated_on)""",
}
_CERTIFICATES = {
    "number_gap": """
        SELECT n.id FROM certificate n JOIN certificate_series z ON z.id = n.certificate_series_id
        WHERE ? = 'yes' AND (n.serial NOT BETWEEN z.first_number AND z.last_number
            OR (n.serial > z.first_number AND NOT EXISTS (SELECT 1 FROM certificate b
                WHERE b.certificate_series_id = z.id AND b.serial = n.serial - 1))
            OR (n.serial < z.last_number AND NOT EXISTS (SELECT 1 FROM certificate b
                WHERE b.certificate_series_id = z.id AND b.serial = n.serial + 1)))""",
}
_ROWS = {
    "people": _PEOPLE,
    "offerings": _OFFERINGS,
    "roster": _ENROLMENTS,
    "class_groups": _CLASS_GROUPS,
    "certificates": _CERTIFICATES,
}


def quality_filters(listing: str, key: str) -> Mapping[str, Filter]:
    """The filters of a list for what is due or wrong; `key` is the list's key expression."""
    return {
        name: Filter(f"{key} IN ({rows})", choices=(YES,) if "'yes'" in rows else ())
        for name, rows in _ROWS[listing].items()
    }


@dataclass(frozen=True, slots=True)
class Check:
    """Something that can be wrong: the list and the filter that show it, and the message beside its number."""

    code: str
    label: str
    listing: str
    filter: tuple[str, str]


def _check(code: str, listing: str, label: str, value: str = YES, name: str = "") -> Check:
    return Check(code, label, listing, (name or code, value))


_WEEK_AGO = "week ago"
"""Stands for the day a week before the one on which it is asked."""

_CHECKS: tuple[Check, ...] = (
    _check("merge_loop", "people", N_("Records of people merged in a circle")),
    _check(
        "waits_long",
        "offerings",
        N_("Courses that ended more than a week ago and are not closed"),
        _WEEK_AGO,
        "ended_open_before",
    ),
    _check(
        "late_enrolments",
        "enrolments",
        N_("Enrolments entered into a quarter after it was closed"),
        name="late_in_closed_quarter",
    ),
    _check(
        "late_groups",
        "class_groups",
        N_("Class groups entered into a quarter after it was closed"),
        name="late_in_closed_quarter",
    ),
    _check(
        "certificate_without_completion",
        "enrolments",
        N_("Diplomas in force of people who did not complete the course"),
    ),
    _check(
        "heads_out_of_order",
        "class_groups",
        N_("Class groups with more graduated than reached, or more reached than enrolled"),
    ),
    _check("number_gap", "certificates", N_("Certificates beside a number that is missing from its series")),
    _check("same_group_twice", "class_groups", N_("Class groups that stand in the file twice without a reason")),
    _check("possible_duplicate", "people", N_("People who may stand in the file twice")),
    _check("below_minimum", "enrolments", N_("Completions below the minimum grade or attendance")),
    _check("missing_grade", "enrolments", N_("Completions without the grade that their course asks for")),
    _check("overlapping", "enrolments", N_("People in two courses on the same days")),
    _check("no_show_present", "enrolments", N_("People who did not come and are marked as present")),
    _check("differs_from_act", "enrolments", N_("People who stand otherwise than on a printed act")),
    _check("too_few_lessons", "class_groups", N_("Class groups that graduated with too few lessons")),
    _check("lesson_after_graduation", "class_groups", N_("Class groups with lessons after their graduation")),
    _check("under_age", "people", N_("People who were not yet 18 when a course of theirs began")),
    _check("no_lead", "offerings", N_("Closed courses without a lead instructor")),
    _check("unmatched_walk_ins", "offerings", N_("Courses to which people came who are matched to nobody")),
    _check("no_document", "people", N_("People without an identity document")),
    _check("odd_document", "people", N_("Honduran identity numbers that do not have 13 digits")),
    _check("no_sex", "people", N_("People counted in a course whose sex is not recorded")),
    _check("no_officer", "class_groups", N_("Class groups that name no officer")),
    _check("over_capacity", "offerings", N_("Courses with more people than places")),
    _check("no_institution", "enrolments", N_("Enrolments that name no institution")),
    _check("ended_unit", "enrolments", N_("Enrolments under a unit that did not exist at the time")),
    _check(
        "late_offering",
        "offerings",
        N_("Courses entered more than a year after they ended"),
        str(LATE_OFFERING_DAYS),
        "recorded_late",
    ),
    _check(
        "late_class_group",
        "class_groups",
        N_("Class groups entered more than half a year after their first lesson"),
        str(LATE_GROUP_DAYS),
        "recorded_late",
    ),
    _check("no_unit", "enrolments", N_("Enrolments without a unit, of institutions whose units are known")),
    _check("no_act", "offerings", N_("Closed courses without an act")),
    _check("no_letter", "offerings", N_("Courses whose roster names no letter or list that it comes from")),
    _check("no_attendance", "offerings", N_("Closed courses without attendance by day")),
)


def quality_checks(today: dt.date) -> tuple[Check, ...]:
    """All checks, those with the gravest consequence for the figures first."""
    week_ago = (today - dt.timedelta(days=WAITS_LONG_DAYS)).isoformat()
    return tuple(
        replace(each, filter=(each.filter[0], week_ago)) if each.filter[1] == _WEEK_AGO else each for each in _CHECKS
    )


def unclosed_accounts(connection: Connection, until: dt.date) -> int:
    """Active accounts that end up to a day, or have ended already."""
    return _number(connection, "SELECT count(*) FROM user WHERE active AND valid_to <= ?", until.isoformat())


def locked_accounts(connection: Connection, now: dt.datetime) -> int:
    """Accounts that five wrong passwords have locked."""
    moment = now.astimezone(dt.UTC).strftime("%Y-%m-%d %H:%M:%S")
    return _number(connection, "SELECT count(*) FROM user WHERE locked_until > ?", moment)


def waiting_for_approval(connection: Connection, table: str, approver: int | None) -> int:
    """Historical totals, explanations or targets that nobody approved; of an approver, those of somebody else."""
    assert table in {"historical_total", "figure_explanation", "target"}
    query = f"SELECT count(*) FROM {table} WHERE approved_by_id IS NULL AND entered_by_id IS NOT ?"
    return _number(connection, query, approver)


def newest_restatements(connection: Connection, since: dt.date) -> int:
    """Figures of closed quarters that changed since a day."""
    return _number(connection, "SELECT count(*) FROM restatement WHERE recorded_at >= ?", since.isoformat())


def closed_quarter_codes(connection: Connection) -> frozenset[str]:
    """The quarters that are closed now."""
    return frozenset(
        row[0] for row in connection.exec_driver_sql("SELECT period FROM closed_quarter WHERE reopened_at IS NULL")
    )


def _number(connection: Connection, query: str, *values: object) -> int:
    return int(connection.exec_driver_sql(query, values).scalar_one())
