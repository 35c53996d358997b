"""Officers of G.R.E.A.T. as a grid shows them."""

from __future__ import annotations

from eic_tracker.gui.grids.cells import choose_code, choose_name, day, name_of, number, text, value
from eic_tracker.gui.models.columns import Column
from eic_tracker.gui.theme import Tone
from eic_tracker.gui.widgets.filter_bar import FilterSpec
from eic_tracker.gui.widgets.grid import GridSpec
from eic_tracker.i18n import N_, NP_, Translator
from eic_tracker.queries.officers import OfficerRow


def certified_words(row: OfficerRow, t: Translator) -> str:
    """For which curricula and until when: "Primaria hasta 31/12/2020"."""
    return ", ".join(
        t("{curriculum} until {date}", curriculum=each.curriculum, date=t.date(each.expires_on))
        if each.expires_on is not None
        else each.curriculum
        for each in row.certifications
    )


def report_words(row: OfficerRow, t: Translator) -> str:
    """Whether lessons of this month came in, from whom some are due."""
    if not row.active:
        return t("ended")
    if row.owes:
        return t("not reported this month")
    return t("reported") if row.lessons else t("nothing due")


def _report_tone(row: OfficerRow) -> Tone | None:
    if row.owes:
        return Tone.WARNING
    return Tone.OK if row.active and row.lessons else Tone.PLAIN


OFFICERS_GRID = GridSpec(
    listing="officers",
    title=N_("Officers"),
    columns=(
        Column("name", N_("Surnames, given names"), name_of, "name", 32, stretch=True),
        Column("rank", N_("Rank"), text("rank"), width=14, stretch=True, spare=True),
        Column("unit", N_("Unit"), text("unit"), "unit", 10),
        Column("report", N_("This month"), report_words, width=22, tone=_report_tone),
        Column(
            "groups",
            N_("Class groups"),
            number("groups"),
            "groups",
            8,
            number=True,
            value=value("groups"),
            help=N_("Of this school year"),
        ),
        Column(
            "lessons",
            N_("Lessons"),
            number("lessons"),
            "lessons",
            8,
            number=True,
            value=value("lessons"),
            help=N_("Of this month; a lesson of two officers stands at both"),
        ),
        Column("last", N_("Last lesson"), day("last_lesson_on"), "last", 11, value=value("last_lesson_on"), dated=True),
        Column("certified", N_("Certified for"), certified_words, width=30, stretch=True),
        Column("code", N_("Code"), text("code"), "code", 10, hidden=True),
    ),
    search_hint=N_("Name or code"),
    empty=N_("No class group names an officer yet."),
    filters=(
        FilterSpec(
            "report",
            N_("Not reported"),
            choose_code({"this_month": N_("this month"), "last_month": N_("last month")}),
        ),
        FilterSpec(
            "certified",
            N_("Certification"),
            choose_code(
                {"expired": N_("expired"), "soon": N_("expires within 60 days"), "none": N_("of no curriculum")}
            ),
        ),
        FilterSpec("curriculum", N_("Certified for"), choose_name),
        FilterSpec("unit", N_("Unit"), choose_name),
        FilterSpec("state", N_("State"), choose_code({"active": N_("active"), "ended": N_("ended")})),
    ),
    order="name",
    plural=NP_("{count} officer", "{count} officers"),
    people=True,
)
