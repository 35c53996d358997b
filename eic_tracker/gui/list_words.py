"""How the rows of a list under review are shown, and the words of its questions."""

from __future__ import annotations

from collections.abc import Mapping

from eic_tracker.domain.codes import Sex
from eic_tracker.domain.person_rules import NewPerson
from eic_tracker.exchange.by_hand import TYPED, is_left_out
from eic_tracker.exchange.rows import Problem, Question, Severity
from eic_tracker.gui.code_words import SHORT_SEXES
from eic_tracker.gui.grids.cells import name_of
from eic_tracker.gui.models.columns import Column
from eic_tracker.gui.theme import Tone
from eic_tracker.i18n import N_, Translator
from eic_tracker.queries.countries import country_name
from eic_tracker.queries.likenesses import PersonOnFile
from eic_tracker.services.list_review import Outcome, Review, ReviewedRow

OUTCOMES: Mapping[Outcome, tuple[str, str, Tone]] = {
    Outcome.NEW: (N_("new person"), N_("New: {count}"), Tone.INFO),
    Outcome.KNOWN: (N_("already known"), N_("Already known: {count}"), Tone.OK),
    Outcome.POSSIBLE_DUPLICATE: (N_("possible duplicate"), N_("Possible duplicates: {count}"), Tone.DUPLICATE),
    Outcome.ERROR: (N_("with an error"), N_("With an error: {count}"), Tone.ERROR),
}
"""Of each outcome its word in a row, its count, its mark."""

_OPTIONS: Mapping[tuple[str, str], str] = {
    ("name_order", "given_first"): N_("Given names first"),
    ("name_order", "family_first"): N_("Family names first"),
    ("name_lines", "join"): N_("The name above goes on"),
    ("name_lines", "people"): N_("They are people of their own"),
    ("date_order", "day_first"): N_("Day first"),
    ("date_order", "month_first"): N_("Month first"),
    ("swapped_dates", "keep"): N_("Leave them as they are"),
    ("swapped_dates", "swap"): N_("Swap day and month"),
    ("sex_m", "M"): N_("M is a man"),
    ("sex_m", "F"): N_("M is a woman"),
    ("hidden_rows", "take"): N_("Take the hidden rows"),
    ("hidden_rows", "leave_out"): N_("Leave the hidden rows out"),
    ("sheet", "*"): N_("All sheets"),
}
_WEIGHT = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.REPAIR: 2}


def option_words(question: Question, option: str, t: Translator) -> str:
    """An answer as its button says it; names of sheets stand as they are."""
    if question.key == "document_country":
        return country_name(option, t.language)
    words = _OPTIONS.get((question.key, option))
    return option if words is None else t(words)


def tally_of(review: Review) -> tuple[int, int]:
    """How many rows become enrolments, and how many stay out; one plain pass, for the window waits for it."""
    error, duplicate = Outcome.ERROR, Outcome.POSSIBLE_DUPLICATE
    enrolled = out = 0
    for row in review.rows:
        outcome = row.outcome
        if outcome is error or outcome is duplicate or (row.row.waits_for and not row.repeats):
            out += 1
        elif not row.repeats:
            enrolled += 1
    return enrolled, out


def repairs_of(row: ReviewedRow) -> list[Problem]:
    """What is proposed to be set right in a row, and was not refused."""
    return [each for each in changes_of(row) if each.code != TYPED]


def changes_of(row: ReviewedRow) -> list[Problem]:
    """What is read otherwise than it stands in the list: repaired, or typed over it."""
    return [each for each in row.problems if each.severity is Severity.REPAIR and each.proposal is not None]


def needs_a_look(row: ReviewedRow) -> bool:
    """Whether something is said of the row that is no repair."""
    return any(each.severity is not Severity.REPAIR for each in row.problems)


def stays_out(row: ReviewedRow) -> bool:
    """Whether the row would not be stored, and nobody said so."""
    return row.left_out is not None and not is_left_out(row.row)


def sentences_of(row: ReviewedRow, t: Translator) -> list[str]:
    """What is said of a row, the gravest first."""
    said = [problem.text(t) for problem in sorted(row.problems, key=lambda each: _WEIGHT[each.severity])]
    if row.row.waits_for and not row.repeats:
        said.append(t("It waits for an answer."))
    return said


Face = tuple[tuple[str, str], ...]
"""What tells a person: name and value of each line, in an order that is the same for all."""


def face_of_person(person: PersonOnFile, t: Translator) -> Face:
    """Somebody of the file, as they stand beside a row of the list."""
    return _face(t, name_of(person, t), person)


def person_words(person: PersonOnFile, t: Translator) -> str:
    """Who somebody of the file is, in one line: what is known of them, the number also where there is none."""
    parts = [
        name_of(person, t),
        person.document_number or t("no number"),
        t(SHORT_SEXES[person.sex]),
        t.date(person.birth_date) if person.birth_date else "",
        t("police no. {number}", number=person.police_number) if person.police_number else "",
    ]
    return " · ".join(part for part in parts if part)


def face_of_row(row: ReviewedRow, t: Translator) -> Face:
    """The person of a row, line by line as those of the file."""
    return _face(t, _name(row, t), row.person)


def _face(t: Translator, name: str, person: PersonOnFile | NewPerson) -> Face:
    return (
        (t("Name"), name),
        (t("Identity document"), person.document_number or ""),
        (t("Sex"), t(SHORT_SEXES[person.sex]) if person.sex is not Sex.U else ""),
        (t("Date of birth"), t.date(person.birth_date) if person.birth_date else ""),
        (t("Police number"), person.police_number or ""),
        (t("Telephone"), person.phone or ""),
    )


def _name(row: ReviewedRow, _t: Translator) -> str:
    return ", ".join(part for part in (row.row.family_names, row.row.given_names) if part)


def _what(row: ReviewedRow, t: Translator) -> str:
    changes = changes_of(row)
    changed = [f"{each.value or '—'} → {each.proposal}" for each in changes]
    rest = [each for each in row.problems if each not in changes]
    first = min(rest, key=lambda each: _WEIGHT[each.severity], default=None)
    said = [first.text(t)] if first is not None else []
    if row.row.waits_for and not row.repeats and row.outcome is not Outcome.ERROR:
        said.append(t("It waits for an answer."))
    return " · ".join([*changed, *said]) or t("is enrolled")


def _birth(row: ReviewedRow, t: Translator) -> str:
    return t.date(row.row.birth_date) if row.row.birth_date else ""


Names = Mapping[int | str, str]


def columns(ranks: Names, units: Names) -> tuple[Column, ...]:
    """The columns of a review; ranks and units that the file knows are shown by their names."""

    def rank(row: ReviewedRow, _t: Translator) -> str:
        return ranks.get(row.service.rank_id or 0) or row.row.rank or ""

    def unit(row: ReviewedRow, _t: Translator) -> str:
        return units.get(row.service.unit_id or 0) or row.row.unit or ""

    return (
        *_ALWAYS,
        Column("rank", N_("Rank"), rank, width=18, stretch=True, spare=True),
        Column("unit", N_("Unit"), unit, width=22, stretch=True, spare=True),
        Column("sex", N_("Sex"), lambda row, _t: row.row.sex or "", width=4, spare=True),
        Column("born", N_("Date of birth"), _birth, width=11, spare=True),
    )


_ALWAYS = (
    Column("row", N_("Row"), lambda row, _t: str(row.row.row), width=4, number=True),
    Column(
        "outcome",
        N_("In the file"),
        lambda row, t: t(OUTCOMES[row.outcome][0]),
        width=18,
        tone=lambda row: OUTCOMES[row.outcome][2],
    ),
    Column("name", N_("Surnames, given names"), _name, width=44, stretch=True),
    Column("document", N_("Identity no."), lambda row, _t: row.row.document or "—", width=15, identity=True),
    Column("what", N_("What happens"), _what, width=76, stretch=True),
)
