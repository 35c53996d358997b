"""How the rows of a list of class groups are shown, and the words of its questions."""

from __future__ import annotations

from collections.abc import Mapping

from eic_tracker.domain.class_group_draft import MULTIGRADE
from eic_tracker.domain.facts import Heads
from eic_tracker.exchange.questions import SEX_M
from eic_tracker.exchange.rows import Question, Severity
from eic_tracker.gui.models.columns import Column
from eic_tracker.gui.theme import Tone
from eic_tracker.i18n import N_, Translator
from eic_tracker.reports.paper_words import SHIFTS
from eic_tracker.services.group_drafts import CURRICULUM, NEW_SCHOOL, SCHOOL
from eic_tracker.services.group_matching import BY_GRADE, GroupChoices
from eic_tracker.services.group_review import GroupReview, Outcome, ReviewedGroup

OUTCOMES: Mapping[Outcome, tuple[str, Tone]] = {
    Outcome.NEW: (N_("new class group"), Tone.INFO),
    Outcome.CHANGE: (N_("changes"), Tone.INFO),
    Outcome.KNOWN: (N_("already known"), Tone.OK),
    Outcome.POSSIBLE_DUPLICATE: (N_("which school?"), Tone.DUPLICATE),
    Outcome.ERROR: (N_("with an error"), Tone.ERROR),
}
_OPTIONS: Mapping[tuple[str, str], str] = {
    (SEX_M, "M"): N_("M is a boy"),
    (SEX_M, "F"): N_("M is a girl"),
    (CURRICULUM, BY_GRADE): N_("By the grade"),
}


def option_words(question: Question, option: str, choices: GroupChoices | None, t: Translator) -> str:
    """An answer as its button says it; schools by code, years as they are."""
    words = _OPTIONS.get((question.key, option))
    if words is not None:
        return t(words)
    if question.key == CURRICULUM and choices is not None:
        return choices.curricula.get(option, option)
    if question.key.startswith(SCHOOL) and option == NEW_SCHOOL:
        return t("A new school")
    return option


def sentences_of(row: ReviewedGroup, t: Translator) -> list[str]:
    """What is said of a row, errors first."""
    said = [each.text(t) for each in sorted(row.problems, key=lambda each: each.severity is not Severity.ERROR)]
    if row.waits_for and row.outcome is not Outcome.ERROR:
        said.append(t("It waits for an answer."))
    return said


def summary(review: GroupReview, t: Translator) -> str:
    """What the list is, how many of its names were let go, and which lines say nothing."""
    said = [t("{file}: nothing is stored before Ctrl+Enter.", file=review.read.file)]
    if review.read.pupils:
        said.append(
            t.plural(
                "{count} pupil was counted; no name is kept.",
                "{count} pupils were counted; no name is kept.",
                review.read.pupils,
            )
        )
    if review.new_schools:
        names = ", ".join(each.name for each in review.new_schools)
        said.append(t("Entered with them: {names}.", names=names))
    if review.read.unread:
        lines = ", ".join(map(str, review.read.unread))
        said.append(t("Not read, as they tell no class, school or day: lines {lines}.", lines=lines))
    return " ".join(said)


def _class(row: ReviewedGroup, t: Translator) -> str:
    draft, words = row.draft, row.row.words
    grade = (draft.grade if draft else words.grade) or ""
    section = (draft.section if draft else words.section) or ""
    shift = draft.shift if draft else words.shift
    said = f"{t('multigrade') if grade == MULTIGRADE else grade} {section}".strip()
    return " · ".join(filter(None, (said, t(SHIFTS[shift]) if shift else "")))


def _heads(heads: Heads | None, t: Translator) -> str:
    if heads is None or not heads.total:
        return ""
    parts = [t("{count} girls", count=heads.girls), t("{count} boys", count=heads.boys)]
    if heads.unrecorded:
        parts.append(t("{count} not recorded", count=heads.unrecorded))
    return " · ".join(parts)


def _enrolled(row: ReviewedGroup, t: Translator) -> str:
    return _heads(row.draft.enrolled if row.draft else row.row.enrolled, t)


def _lessons(row: ReviewedGroup, t: Translator) -> str:
    """The lessons that the row tells, each with its day where it has one."""
    dated = {each.number: each.given_on for each in row.draft.lessons} if row.draft else {}
    told = [(each.number, each.given_on or dated.get(each.number)) for each in row.row.lessons]
    return ", ".join(f"{number} ({t.date(day)})" if day else str(number) for number, day in told)


def _what(row: ReviewedGroup, t: Translator) -> str:
    said = " ".join(sentences_of(row, t))
    word = t(OUTCOMES[row.outcome][0])
    return f"{word}: {said}" if said else word


def _tone(row: ReviewedGroup) -> Tone:
    if row.outcome is not Outcome.ERROR and (row.waits_for or row.problems):
        return Tone.WARNING
    return OUTCOMES[row.outcome][1]


COLUMNS = (
    Column("row", N_("Row"), lambda row, _t: str(row.row.row), width=5, number=True),
    Column("school", N_("School"), lambda row, _t: row.school or row.row.words.school, width=26, stretch=True),
    Column("class", N_("Class"), _class, width=16),
    Column("enrolled", N_("Enrolled pupils"), _enrolled, width=20),
    Column("lessons", N_("Lessons"), _lessons, width=16),
    Column(
        "graduated",
        N_("Graduated"),
        lambda row, t: _heads(row.draft.graduated if row.draft else row.row.graduated, t),
        width=20,
    ),
    Column("what", N_("What happens"), _what, width=34, tone=_tone, stretch=True),
)
