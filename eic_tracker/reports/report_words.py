"""The words of reports for codes: measures, states, qualifiers, sexes, periods of figures."""

from __future__ import annotations

import calendar
import datetime as dt

from eic_tracker.domain.codes import FigureState, Measure, Qualifier, ReportKind, Sex
from eic_tracker.domain.facts import Scope
from eic_tracker.domain.periods import Period, PeriodKind
from eic_tracker.domain.reconciling import PublishedFigure
from eic_tracker.i18n import N_, Translator
from eic_tracker.queries.report_data import Labels

MEASURES = {
    Measure.OFFERINGS: N_("Courses"),
    Measure.ENROLMENTS: N_("Enrolments"),
    Measure.COMPLETIONS: N_("Completions"),
    Measure.PERSONS: N_("Distinct persons"),
    Measure.REACHED: N_("Reached"),
    Measure.GRADUATED: N_("Graduated"),
}
REPORT_TITLES = {
    ReportKind.QUARTERLY: N_("Quarterly report"),
    ReportKind.ANNUAL: N_("Annual report"),
    ReportKind.CUMULATIVE: N_("Report since the beginning"),
}
SUPPORTS = (
    N_("with roster, signed attendance and act"),
    N_("with roster and act"),
    N_("with roster only"),
    N_("with a document only, beside the count"),
)
"""What stands behind a count, best first."""
SHORT_SUPPORTS = (N_("Roster, attendance, act"), N_("Roster and act"), N_("Roster only"), N_("Document only"))
_SUPPORTS_OF_YOUTH = (
    N_("with the school's summary sheet and each lesson"),
    N_("with the school's summary sheet"),
    N_("with heads only, without a sheet"),
    SUPPORTS[-1],
)
_SHORT_SUPPORTS_OF_YOUTH = (N_("Sheet and lessons"), N_("Summary sheet"), N_("Heads only"), SHORT_SUPPORTS[-1])
DEFINITIONS = {
    Measure.OFFERINGS: N_(
        "Courses given whose last day lies in the period, closed or waiting to be closed. A cancelled course counts"
        " nowhere. In a table by sex, institution or country, the courses with at least one such person."
    ),
    Measure.ENROLMENTS: N_(
        "Enrolments in those courses with the result completed, not completed or withdrew. Applicants, people who"
        " did not come, people taken off the list and alternates without a seat are not counted."
    ),
    Measure.COMPLETIONS: N_(
        "Enrolments with the result completed. Only closing a course gives it: a course that is not closed has none."
        " One person who completes two courses is two completions."
    ),
    Measure.PERSONS: N_(
        "Different people with at least one completion in that very cell. They are never added up: a person may"
        " stand in several cells, and in each total only once."
    ),
    Measure.REACHED: N_("Children and young people in the class groups whose first lesson was in the period."),
    Measure.GRADUATED: N_(
        "Children and young people in the class groups that graduated in the period (ceremony, or last lesson)."
        " Camps and workshops are reached, never graduated."
    ),
}
STATES = {
    FigureState.RECONCILED: N_("Agrees"),
    FigureState.EXPLAINED: N_("Explained"),
    FigureState.UNEXPLAINED: N_("Not explained"),
    FigureState.CONTRADICTED: N_("Contradicted"),
    FigureState.IN_PROGRESS: N_("In progress"),
    FigureState.MISSED: N_("Target not reached"),
    FigureState.NOT_RECORDED: N_("Not in this file"),
}
STATE_DEFINITIONS = {
    FigureState.RECONCILED: N_(
        "The count equals the published figure, or is what its “about” or “more than” allows; "
        "“more than” is said of a count, so that very count agrees."
    ),
    FigureState.EXPLAINED: N_("It differs, and approved causes with a document fill the whole difference."),
    FigureState.UNEXPLAINED: N_("It differs, and part of the difference has no approved cause."),
    FigureState.CONTRADICTED: N_("Another published figure about the same holds, and this one does not fit with it."),
    FigureState.IN_PROGRESS: N_("A target whose period still runs."),
    FigureState.MISSED: N_("A target whose period ended below it."),
    FigureState.NOT_RECORDED: N_("It begins or ends after the date of this report, or this file cannot count it."),
}
_QUALIFIED = {
    Qualifier.MORE_THAN: N_("more than {value}"),
    Qualifier.ABOUT: N_("about {value}"),
    Qualifier.TARGET: N_("target of {value}"),
    Qualifier.EXPECTED_ADDITIONAL: N_("{value} more expected"),
}
_ADULTS = {Sex.F: N_("Women"), Sex.M: N_("Men"), Sex.U: N_("Not recorded")}
_YOUTH = {Sex.F: N_("Girls"), Sex.M: N_("Boys"), Sex.U: N_("Not recorded")}
_SHORT_QUARTERS = (N_("Q1\n{year}"), N_("Q2\n{year}"), N_("Q3\n{year}"), N_("Q4\n{year}"))
_SHORT_FY_QUARTERS = (N_("FY{year}\nQ1"), N_("FY{year}\nQ2"), N_("FY{year}\nQ3"), N_("FY{year}\nQ4"))
_CAPACITY = N_("Places to stay")


def supports_of(measure: str, *, short: bool = False) -> tuple[str, ...]:
    """The messages of what stands behind a count, best first: young people are counted by head, without a roster."""
    if measure in (Measure.REACHED, Measure.GRADUATED):
        return _SHORT_SUPPORTS_OF_YOUTH if short else _SUPPORTS_OF_YOUTH
    return SHORT_SUPPORTS if short else SUPPORTS


def measure_words(measure: str, t: Translator) -> str:
    """The name of a measure, also of those that are published but never counted."""
    if measure == "capacity":
        return t(_CAPACITY)
    return t(MEASURES[Measure(measure)]) if measure in set(Measure) else measure


def sex_words(sex: str | None, t: Translator, *, youth: bool) -> str:
    """Women, men or not recorded; girls and boys in school programmes."""
    return t((_YOUTH if youth else _ADULTS)[Sex(sex or Sex.U)])


def published_value(figure: PublishedFigure, t: Translator) -> str:
    """The value as the source means it: "more than 346,215", "target of 20,000"."""
    value = t.number(figure.value)
    return t(_QUALIFIED[figure.qualifier], value=value) if figure.qualifier in _QUALIFIED else value


def agreement_words(figure: PublishedFigure, state: FigureState, counted: int, t: Translator) -> str:
    """The state of a published figure beside its count; says why "more than" agrees with the very same number."""
    if state is FigureState.RECONCILED and figure.qualifier is Qualifier.MORE_THAN and counted == figure.value:
        return t("Agrees: “more than” was said of this very count")
    return t(STATES[state])


def figure_words(figure: PublishedFigure, labels: Labels, t: Translator) -> str:
    """What a published figure counts, where and when: "EIC: Enrolments, led by CNP, Year 2018"."""
    scope = figure.scope
    parts = [measure_words(figure.measure, t)]
    if scope.lead_force:
        parts.append(t("led by {force}", force=labels.forces.get(scope.lead_force, scope.lead_force)))
    days = days_words(figure.period_from, figure.period_to, t)
    parts += [days, reference_words(figure.event, t)] if figure.event else [*_places(scope, labels), days]
    programme = labels.programmes.get(figure.programme, figure.programme)
    return f"{programme}: {', '.join(parts)}"


def year_words(key: str | None, t: Translator) -> str:
    """A year of a breakdown, calendar or fiscal: "2018", "AF2019"."""
    return (key or "").replace("FY", t("FY"))


def reference_words(text: str, t: Translator) -> str:
    """A text of the shipped lists in this language; a text that a person typed as it stands."""
    return t(text) if text else ""


def days_words(first: dt.date, last: dt.date | None, t: Translator) -> str:
    """A time from one day to another: "2018", "2012–2018" for whole years, else the days."""
    if last is None:
        return t("since {date}", date=t.date(first))
    if (first.month, first.day) == (1, 1) and (last.month, last.day) == (12, 31):
        return str(first.year) if first.year == last.year else f"{first.year}–{last.year}"
    if first == last:
        return t.date(first)
    if first.day == 1 and last.day == calendar.monthrange(last.year, last.month)[1]:
        if (first.year, first.month) == (last.year, last.month):
            return _month(first)
        return t("{first} to {last}", first=_month(first), last=_month(last))
    return t("{first} to {last}", first=t.date(first), last=t.date(last))


def short_period(period: Period) -> str:
    """A quarter in two short lines for the foot of a chart: a message with `year`."""
    names = _SHORT_FY_QUARTERS if period.kind is PeriodKind.FY_QUARTER else _SHORT_QUARTERS
    return names[period.number - 1]


def _places(scope: Scope, labels: Labels) -> list[str]:
    places = [labels.municipalities.get(code, code) for code in scope.municipalities]
    places += [labels.departments.get(code, code) for code in scope.departments]
    return [*places, labels.schools.get(scope.school, scope.school)] if scope.school else places


def _month(day: dt.date) -> str:
    return f"{day.month:02d}/{day.year}"
