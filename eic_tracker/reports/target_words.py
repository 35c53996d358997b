"""Targets in words: how one stands, the pace that is needed, and what the pace means."""

from __future__ import annotations

from eic_tracker.domain.codes import Measure
from eic_tracker.domain.pace import Pace, PaceState
from eic_tracker.domain.periods import Period
from eic_tracker.domain.periods import title as period_title
from eic_tracker.i18n import N_, Translator
from eic_tracker.reports.report_words import MEASURES

STATES = {
    PaceState.NOT_BEGUN: N_("Not begun"),
    PaceState.ON_PACE: N_("On pace"),
    PaceState.BEHIND: N_("Behind the pace"),
    PaceState.REACHED: N_("Reached in full"),
    PaceState.MISSED: N_("Not reached"),
}
PACE_DEFINITION = N_(
    "Planned by now is a straight line over the days of the period, today among them; the pace needed is what is "
    "missing, spread evenly over the days that are left. Only approved targets count as planned."
)


def done_words(pace: Pace, t: Translator) -> str:
    """1,190 of 3,000 (39 %)."""
    return t(
        "{done} of {value} ({percent} %)",
        done=t.number(pace.counted),
        value=t.number(pace.value),
        percent=t.number(pace.percent),
    )


def pace_words(pace: Pace, t: Translator) -> str:
    """What is needed from now on, in one sentence."""
    if pace.state is PaceState.REACHED:
        return t("Reached in full")
    if pace.state is PaceState.MISSED:
        return t("{count} were missing at its end", count=t.number(pace.needed))
    if pace.state is PaceState.NOT_BEGUN:
        return t("Not begun")
    said = t(
        "{planned} planned by now; {week} a week needed ({month} a month)",
        planned=t.number(pace.planned),
        week=t.number(pace.per_week),
        month=t.number(pace.per_month),
    )
    return f"{t(STATES[pace.state])}: {said}"


def target_words(programme: str, measure: Measure, period: Period, t: Translator) -> str:
    """A target in one line: EIC, Completions, Year 2019."""
    return f"{programme}, {t(MEASURES[measure])}, {period_title(period, t)}"
