"""What a journal entry changed, in words: no codes, no keys where a name is known."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping

from eic_tracker.clock import HONDURAS
from eic_tracker.domain.certificate_template import TEMPLATE_KINDS
from eic_tracker.domain.codes import Operation
from eic_tracker.domain.course_rules import COURSE_TYPES
from eic_tracker.domain.school_lists import LISTS
from eic_tracker.gui.code_words import (
    ASSIGNMENT_ROLES,
    CERTIFICATE_KINDS,
    CERTIFICATE_STATUSES,
    CURRICULA,
    DOCUMENT_KINDS,
    ENROLMENT_STATUSES,
    OFFICER_ROLES,
    PERSON_STATES,
    PHASES,
    ROLES,
    SEATS,
    SHORT_SEXES,
)
from eic_tracker.i18n import N_, Translator
from eic_tracker.queries.countries import country_name
from eic_tracker.reports.dimension_words import DIMENSIONS
from eic_tracker.reports.journal_words import column_words, table_words
from eic_tracker.reports.paper_words import (
    ACT_KINDS,
    ADMINISTRATIONS,
    ANNULMENT_GROUNDS,
    ATTACHMENT_KINDS,
    KEY_ENDS,
    KEY_TITLES,
    ROUNDINGS,
    SHIFTS,
    SOURCE_KINDS,
)
from eic_tracker.reports.report_words import MEASURES, REPORT_TITLES
from eic_tracker.reports.sample_words import OUTCOMES
from eic_tracker.services.history import ChangedRow, ColumnChange
from eic_tracker.services.history_names import NamedEntry

_DID = {
    Operation.INSERT: N_("{row}: entered"),
    Operation.UPDATE: N_("{row}: changed"),
    Operation.DELETE: N_("{row}: deleted"),
}
_CURRICULA = {code.value: words for code, words in CURRICULA.items()}
_RESULTS = {code.value: words for code, (words, _) in ENROLMENT_STATUSES.items()}
_MEASURES = {code.value: words for code, words in MEASURES.items()}
_MARKS = {"present": N_("present"), "late": N_("late"), "absent": N_("absent"), "excused": N_("excused")}
_CODES: Mapping[tuple[str, str], Mapping[str, str]] = {
    **{
        (kind.value, field.name): dict(field.choices)
        for kind, spec in LISTS.items()
        for field in spec.fields
        if field.choices
    },
    ("user", "role"): {code.value: words for code, words in ROLES.items()},
    ("enrolment", "status"): _RESULTS,
    ("enrolment", "proposed_status"): _RESULTS,
    ("enrolment", "seat"): {code.value: words for code, words in SEATS.items()},
    ("offering", "status"): {code: words for code, (words, _) in PHASES.items() if code in {"closed", "cancelled"}}
    | {"open": N_("not closed")},
    ("certificate", "kind"): {code.value: words for code, words in CERTIFICATE_KINDS.items()},
    ("certificate", "status"): {code.value: words for code, (words, _) in CERTIFICATE_STATUSES.items()},
    ("certificate", "cause"): ANNULMENT_GROUNDS,
    ("certificate_template", "kind"): {code.value: words for code, words in TEMPLATE_KINDS.items()},
    ("signing_key", "title"): KEY_TITLES,
    ("signing_key", "ended"): KEY_ENDS,
    ("revocation", "ground"): ANNULMENT_GROUNDS,
    ("course", "course_type"): {code.value: words for code, words in COURSE_TYPES.items()},
    ("course_version", "rounding"): ROUNDINGS,
    ("course_version", "second_chance"): {
        "none": N_("no second chance"),
        "replaces": N_("in place of the first grade"),
        "at_most_minimum": N_("in place of the first grade, at most the minimum"),
    },
    ("offering_day", "part"): {"whole": N_("whole day"), "morning": N_("morning"), "afternoon": N_("afternoon")},
    ("attendance", "mark"): _MARKS,
    ("walk_in_mark", "mark"): _MARKS,
    ("list_import", "kind"): {
        "people": N_("people"),
        "enrolments": N_("people on a roster"),
        "results": N_("results"),
    },
    ("rejected_row", "rejected_as"): {
        "error": N_("an error in the row"),
        "possible_duplicate": N_("possible duplicate, not decided"),
        "question": N_("an open question"),
        "exception": N_("an exception that nobody authorised"),
    },
    ("curriculum", "kind"): _CURRICULA,
    ("published_figure", "curriculum_kind"): _CURRICULA,
    ("historical_total", "curriculum_kind"): _CURRICULA,
    **{
        (table, "measure"): _MEASURES
        for table in ("historical_total", "indicator", "quarter_cell", "quarter_figure", "restatement", "target")
    },
    ("quarter_cell", "dimension"): DIMENSIONS,
    ("periodic_report", "kind"): {code.value: words for code, words in REPORT_TITLES.items()},
    ("periodic_report_signer", "role"): {
        "prepared": N_("Prepared by"),
        "reviewed": N_("Reviewed by"),
        "approved": N_("Approved (Vo.Bo.)"),
    },
    ("audit_sample_item", "outcome"): {outcome.value: words for outcome, words in OUTCOMES.items()},
    ("source_document", "kind"): SOURCE_KINDS,
    ("attachment", "kind"): ATTACHMENT_KINDS,
    ("act", "kind"): ACT_KINDS,
    ("vetting", "status"): {
        "in_process": N_("in process"),
        "apt": N_("apt"),
        "not_apt": N_("not apt"),
        "not_required": N_("not required"),
        "expired": N_("expired"),
    },
    ("assignment", "role"): ASSIGNMENT_ROLES,
    ("class_officer", "role"): OFFICER_ROLES,
    ("class_group", "shift"): SHIFTS,
    ("school", "administration"): ADMINISTRATIONS,
    ("participant", "sex"): {code.value: words for code, words in SHORT_SEXES.items()},
    ("participant", "document_kind"): DOCUMENT_KINDS,
    ("participant_document", "kind"): DOCUMENT_KINDS,
    ("participant", "state"): {code: words for code, (words, _) in PERSON_STATES.items()},
}
_COUNTRIES = frozenset({"country", "document_country", "birth_country"})
_YES_OR_NO = frozenset(
    {
        *("active", "countable", "enrolment_open", "has_afternoon", "has_evening", "has_morning", "holds_names"),
        *("is_load", "lodging", "on_paper", "signed_attendance", "spoiled", "vetting_required"),
        *("demonstration", "own", "with_grades"),
    }
)
"""columns that the file keeps as 0 and 1"""
_QUIET = frozenset({"id", "uid", "match_key", "sort_key", "recorded_at"})
"""What the program keeps for itself: no part of what a person changed."""
_WITHOUT_COMMAS = frozenset({"year"})
_LONGEST = 300
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}.*")


def row_words(row: ChangedRow, entry: NamedEntry, t: Translator) -> str:
    """What was done to which row: "Unit “DPI”: changed"."""
    name = entry.names.get((row.table, row.row_id)) or _own_name(row)
    what = table_words(row.table, t)
    return t(_DID[row.operation], row=f"{what} “{name}”" if name else f"{what} {t.number(row.row_id)}")


def change_lines(row: ChangedRow, entry: NamedEntry, t: Translator) -> list[str]:
    """One line for each value: before → after where it changed, the value alone where the row came or went."""
    lines = []
    for change in row.columns:
        if change.column in _QUIET or (row.operation is not Operation.UPDATE and _is_empty(change)):
            continue
        label = column_words(row.table, change.column, t)
        if change.withheld:
            lines.append(t("{column}: the history keeps a control code only", column=label))
            continue
        before = value_words(row.table, change.column, change.before, entry, t)
        after = value_words(row.table, change.column, change.after, entry, t)
        if row.operation is Operation.UPDATE:
            lines.append(f"{label}: {before} → {after}")
        else:
            lines.append(f"{label}: {after if row.operation is Operation.INSERT else before}")
    if row.erased:
        lines.append(t("The values were erased for good."))
    return lines


def value_words(table: str, column: str, value: object, entry: NamedEntry, t: Translator) -> str:
    """A stored value as people read it."""
    if value is None or value == "":
        return "—"
    if isinstance(value, bool) or (column in _YES_OR_NO and value in (0, 1)):
        return t("yes") if value else t("no")
    if isinstance(value, int):
        target = entry.refers.get((table, column))
        if target is None:
            return str(value) if column in _WITHOUT_COMMAS else t.number(value)
        return entry.names.get((target, value)) or t("No. {number}", number=value)
    if not isinstance(value, str):
        return str(value)
    if column in _COUNTRIES:
        return country_name(value, t.language)
    known = _CODES.get((table, column), {}).get(value)
    return t(known) if known is not None else _text_words(value, t)


def _text_words(value: str, t: Translator) -> str:
    try:
        if _DAY.fullmatch(value):
            return t.date(dt.date.fromisoformat(value))
        if _MOMENT.fullmatch(value):
            moment = dt.datetime.fromisoformat(value)
            local = (moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)).astimezone(HONDURAS)
            return f"{t.date(local.date())} {local:%H:%M}"
    except ValueError:
        return value
    return value if len(value) <= _LONGEST else f"{value[:_LONGEST]}…"


def _own_name(row: ChangedRow) -> str | None:
    """The name of a row that is gone, as the entry itself tells it."""
    said = {change.column: change.before if change.after is None else change.after for change in row.columns}
    name = said.get("name") or said.get("login") or said.get("code")
    return name if isinstance(name, str) else None


def _is_empty(change: ColumnChange) -> bool:
    return not change.withheld and change.before in (None, "") and change.after in (None, "")
