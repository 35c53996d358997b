"""The roll-up's last summary sheet: what was counted how, from which sources, and what the codes mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from eic_tracker.clock import HONDURAS
from eic_tracker.domain.codes import Measure
from eic_tracker.i18n import N_
from eic_tracker.reports.report_words import DEFINITIONS, STATE_DEFINITIONS, STATES, measure_words, reference_words
from eic_tracker.reports.rollup.figures import source_link
from eic_tracker.reports.rollup.plan import Audience, Plan
from eic_tracker.reports.rollup.telling import rest_tells_small
from eic_tracker.reports.rollup.words import ROLES
from eic_tracker.reports.xlsx.page import Page
from eic_tracker.reports.xlsx.small_numbers import LEFT_OUT
from eic_tracker.reports.xlsx.workbook import Column

_AUDIENCES: Mapping[Audience, str] = {
    Audience.INL: N_("INL: detail tables by code; advisors and instructors by code, too."),
    Audience.SCHOOL: N_("The school: detail tables by code; advisors and instructors only by code."),
    Audience.PUBLIC: N_(
        "Third parties: no detail tables, so totals are plain numbers. * stands for numbers of people below five"
        " and for those from which one of them could be worked out."
    ),
}
_RULES = (
    (
        N_("One date for each fact"),
        N_(
            "A course and everything in it count on the course's last day, by the date in Honduras, whenever it was"
            " entered. Youth are reached on the day of the class group's first lesson and graduate on its graduation"
            " day."
        ),
    ),
    (
        N_("Totals since the beginning"),
        N_("They end on the last day of the workbook's period. What came later is in no sheet."),
    ),
    (
        N_("Persons"),
        N_(
            "In the detail table a person is a number that means nothing outside of this workbook. Names, identity"
            " numbers and telephones are not in it."
        ),
    ),
    (
        N_("Completions in the detail table"),
        N_(
            "The table of enrolments holds every counted enrolment; a completion is a row with 1 in the column"
            " Completion, which follows from the column Result."
        ),
    ),
    (
        N_("Multigrade groups"),
        N_("A class group of several school grades has one row for each grade, with the same group code."),
    ),
    (
        N_("Counted again"),
        N_("A child may be counted again in another year or in another component of the programme."),
    ),
    (
        N_("Historical totals"),
        N_(
            "Documented totals without a roster are never in a counted figure. What is left of them, after the rosters"
            " typed in later, explains a difference or stands beside the count."
        ),
    ),
)


def notes_page(plan: Plan) -> Page:
    """Sources and definitions."""
    t = plan.t
    columns = [
        Column(t("Subject"), widest=34, wrap=True),
        Column(t("Text"), widest=84, wrap=True),
        Column(t("Source"), widest=26),
        Column(t("Remark"), widest=40, wrap=True),
    ]
    return Page(plan.book, t("Sources and definitions"), columns, title=t("Sources and definitions"))


def fill_notes(page: Page, plan: Plan) -> None:
    """This workbook, the counting rules, the sources of published figures, historical totals, codes."""
    t = plan.t
    _workbook(page, plan)
    page.band(t("What each figure counts"))
    for measure in Measure:
        page.row(measure_words(measure, t), t(DEFINITIONS[measure]))
    for subject, rule in _RULES:
        page.row(t(subject), t(rule))
    page.band(t("How a published figure stands"))
    for state, meaning in STATE_DEFINITIONS.items():
        page.row(t(STATES[state]), t(meaning))
    page.band(t("Published figures: words and source"), t("Quote"), t("Source"), t("Remark"))
    for each in plan.data.figures:
        figure = each.figure
        said = f"{reference_words(figure.source_title, t)}: “{figure.quote}”"
        page.row(figure.key, said, source_link(figure.source_url), reference_words(figure.note, t))
    _historical(page, plan)
    _codes(page, plan)


def _workbook(page: Page, plan: Plan) -> None:
    t, data = plan.t, plan.data
    made = data.generated_at.astimezone(HONDURAS)
    page.band(t("This workbook"))
    page.row(t("Made on"), f"{t.date(made.date())}, {made:%H:%M}")
    if plan.audience is not Audience.PUBLIC:
        page.row(t("Made by"), f"{data.generated_by} ({t(ROLES[data.role])})")
    page.row(
        t("State of the file's journal"), data.journal_code, None, t("Changes with any later entry or correction.")
    )
    page.row(t("Made for"), t(_AUDIENCES[plan.audience]))


def _historical(page: Page, plan: Plan) -> None:
    t, data = plan.t, plan.data
    lines = [line for line in data.historical if line.last_day <= data.period.last_day]
    if not lines:
        return
    page.band(t("Historical totals without a roster"), t("Document"), t("Period"), t("What is left of it"))
    for line in lines:
        left = LEFT_OUT if rest_tells_small(plan, line) else t.number(line.rest)
        rest = t("{rest} of {value}", rest=left, value=t.number(line.value))
        page.row(
            f"{plan.programme(line.programme)} · {measure_words(line.measure, t)}",
            line.document,
            t("{first} to {last}", first=t.date(line.first_day), last=t.date(line.last_day)),
            rest if line.approved else t("{rest}; not yet approved, explains nothing", rest=rest),
        )


def _codes(page: Page, plan: Plan) -> None:
    """The codes that occur in the workbook and have a name."""
    t, labels = plan.t, plan.data.labels
    facts = [tally.facts for tally in (*plan.courses, *plan.outreach)]
    offerings = [offering for fact in facts for offering in fact.offerings]
    enrolments = [enrolment for fact in facts for enrolment in fact.enrolments]
    groups = [group for fact in facts for group in fact.class_groups]
    lists: tuple[tuple[str, Mapping[str, str], Iterable[str | None]], ...] = (
        (N_("Codes of programmes"), labels.programmes, (tally.programme for tally in (*plan.courses, *plan.outreach))),
        (N_("Codes of forces"), labels.forces, (offering.lead_force for offering in offerings)),
        (N_("Codes of institutions"), labels.institutions, (enrolment.institution for enrolment in enrolments)),
        (N_("Codes of curricula"), labels.curricula, (group.curriculum for group in groups)),
    )
    for heading, names, found in lists:
        codes = sorted({code for code in found if code is not None and code in names})
        if codes:
            page.band(t(heading))
        for code in codes:
            page.row(code, names[code])
