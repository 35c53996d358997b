"""The words of coverage, for screen and workbook: what it is broken down by, and the names of the cells."""

from __future__ import annotations

from collections.abc import Mapping

from eic_tracker.domain.facts import Dimension
from eic_tracker.domain.periods import parse_period, title
from eic_tracker.i18n import N_, Translator
from eic_tracker.reports.paper_words import ADMINISTRATIONS
from eic_tracker.reports.report_words import sex_words
from eic_tracker.reports.rollup.words import grade_name

BREAKDOWNS: Mapping[Dimension, str] = {
    Dimension.DEPARTMENT: N_("Departments"),
    Dimension.MUNICIPALITY: N_("Municipalities"),
    Dimension.YEAR: N_("Years"),
    Dimension.QUARTER: N_("Quarters"),
    Dimension.GRADE: N_("School grades"),
    Dimension.SEX: N_("Sex"),
    Dimension.SCHOOL_TYPE: N_("Administration of the school"),
    Dimension.CURRICULUM: N_("Curricula"),
}
CELLS: Mapping[Dimension, str] = {
    Dimension.DEPARTMENT: N_("Department"),
    Dimension.MUNICIPALITY: N_("Municipality"),
    Dimension.YEAR: N_("Year"),
    Dimension.QUARTER: N_("Quarter"),
    Dimension.GRADE: N_("School grade"),
    Dimension.SEX: N_("Sex"),
    Dimension.SCHOOL_TYPE: N_("Administration"),
    Dimension.CURRICULUM: N_("Curriculum"),
}
COUNTED_AGAIN = N_("A child may be counted again in another year or component.")
ONCE = N_("Class groups and schools stand in each row to which they belong, and once in the total.")


def cell_words(by: Dimension, code: str | None, name: str | None, t: Translator) -> str:
    """What people call a cell: "Comayagua", "4th quarter 2018", "Grade 5", "Girls", "Public"."""
    if by is Dimension.SEX:
        return sex_words(code, t, youth=True)
    if code is None:
        return t("not recorded")
    if by is Dimension.QUARTER:
        return title(parse_period(code), t)
    if by is Dimension.GRADE:
        return grade_name(code, t)
    if by is Dimension.SCHOOL_TYPE:
        return t(ADMINISTRATIONS.get(code, code))
    return name or code
