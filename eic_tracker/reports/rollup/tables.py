"""The sheets of the roll-up's detail tables: their columns, and what each row is."""

from __future__ import annotations

from collections.abc import Callable

from eic_tracker.domain.codes import EnrolmentStatus, Measure, Sex
from eic_tracker.reports.report_words import measure_words
from eic_tracker.reports.rollup.details import Details
from eic_tracker.reports.rollup.plan import Audience, Plan
from eic_tracker.reports.rollup.sections import part_name
from eic_tracker.reports.rollup.words import ENROLMENT_STATUS
from eic_tracker.reports.xlsx.detail_table import DetailTable, Field, Kind
from eic_tracker.reports.xlsx.safe_cells import matching, quoted


class DetailTables:
    """The four tables that the totals are formulas over; made in the order of the sheets, written at the end."""

    def __init__(self, plan: Plan) -> None:
        self.enrolments = _enrolments(plan)
        self.offerings = _offerings(plan)
        self.assignments = _assignments(plan)
        self.groups = _groups(plan)

    @property
    def sheets(self) -> list[tuple[str, str]]:
        """Each sheet's name and what it shows."""
        return [(table.name, table.note) for table in (self.enrolments, self.offerings, self.assignments, self.groups)]

    def write(self, details: Details) -> None:
        """Write all rows."""
        self.enrolments.write(details.enrolments)
        self.offerings.write(details.offerings)
        self.assignments.write(details.assignments)
        self.groups.write(details.groups)


def _enrolments(plan: Plan) -> DetailTable:
    t = plan.t
    completed = quoted(t(ENROLMENT_STATUS[EnrolmentStatus.COMPLETED]))
    fields = (
        Field("offering", t("Course code")),
        Field("programme", t("Programme")),
        Field("course", t("Catalogue code")),
        Field("last_day", t("Last day"), Kind.DATE),
        Field("status", t("Result")),
        Field("completed", t("Completion"), Kind.LIVE, f"=IF(E{{row}}={completed},1,0)"),
        Field("sex", t("Sex")),
        Field("institution", t("Institution")),
        Field("unit", t("Unit")),
        Field("rank", t("Rank")),
        Field("country", t("Country")),
        Field("lead_force", t("Force of lead instructor")),
        Field("department", t("Department")),
        Field("person", t("Person"), Kind.COUNT),
        Field("support", t("Support")),
    )
    note = t(
        "One row for each enrolment that is counted; a completion is a row with 1 in the column Completion. A person"
        " is a number that means nothing outside of this workbook."
    )
    return DetailTable(plan.book, "enrolment", t("Enrolments"), fields, note=note)


def _offerings(plan: Plan) -> DetailTable:
    t = plan.t
    number, total = _over_same_course(plan, "enrolment", "offering")
    fields = (
        Field("code", t("Course code")),
        Field("programme", t("Programme")),
        Field("course", t("Catalogue code")),
        Field("title", t("Course")),
        Field("kind", t("Kind")),
        Field("hours", t("Hours"), Kind.COUNT),
        Field("first_day", t("First day"), Kind.DATE),
        Field("last_day", t("Last day"), Kind.DATE),
        Field("status", t("State")),
        Field("lead_force", t("Force of lead instructor")),
        Field("lead", t("Lead instructor")),
        Field("department", t("Department")),
        Field("municipality", t("Municipality")),
        Field("enrolments", t("Enrolments"), Kind.LIVE, number()),
        Field("completions", t("Completions"), Kind.LIVE, total("completed")),
        Field("support", t("Support")),
    )
    note = t("One row for each course given that is counted: its last day has come and it was not cancelled.")
    return DetailTable(plan.book, "offering", t("Courses given"), fields, note=note)


def _over_same_course(plan: Plan, table: str, column: str) -> tuple[Callable[[], str], Callable[[str], str]]:
    """Formulas over the rows of a table that belong to the course of the same row: their number, a column's sum.

    The course's code stands in column A. The programme in B is asked only where two programmes share a code: with
    one condition instead of two LibreOffice opens the workbook in two thirds of the time."""
    offerings = plan.data.facts.offerings
    code = matching((offering.code for offering in offerings), "A{row}")
    if len({offering.code for offering in offerings}) == len(offerings):
        same = f"{table}_{column},{code}"
        return lambda: f"=COUNTIF({same})", lambda summed: f"=SUMIF({same},{table}_{summed})"
    same = f"{table}_programme,B{{row}},{table}_{column},{code}"
    return lambda: f"=COUNTIFS({same})", lambda summed: f"=SUMIFS({table}_{summed},{same})"


def _assignments(plan: Plan) -> DetailTable:
    t = plan.t
    _, total = _over_same_course(plan, "offering", "code")
    fields = [
        Field("offering", t("Course code")),
        Field("programme", t("Programme")),
        Field("instructor", t("Instructor")),
        Field("lead", t("Leads")),
        Field("lead_force", t("Force, where leading")),
        Field("last_day", t("Last day"), Kind.DATE),
        Field("enrolments", t("Enrolments"), Kind.LIVE, total("enrolments")),
        Field("completions", t("Completions"), Kind.LIVE, total("completions")),
    ]
    if plan.audience is Audience.INL:
        fields.append(Field("name", t("Name")))
    note = t("One row for each instructor of a course; a course with several instructors has several rows.")
    return DetailTable(plan.book, "assignment", t("Instructors"), fields, note=note)


def _groups(plan: Plan) -> DetailTable:
    t = plan.t

    def heads(measure: Measure, first: str, last: str) -> tuple[Field, ...]:
        parts = ((Sex.F, "girls"), (Sex.M, "boys"), (Sex.U, "unrecorded"))
        return (
            *(Field(f"{measure}_{part}", part_name(measure, sex, t), Kind.COUNT) for sex, part in parts),
            Field(measure.value, measure_words(measure, t), Kind.LIVE, f"=SUM({first}{{row}}:{last}{{row}})"),
        )

    fields = (
        Field("code", t("Group code")),
        Field("programme", t("Programme")),
        Field("school", t("School code")),
        Field("municipality", t("Municipality")),
        Field("department", t("Department")),
        Field("curriculum", t("Curriculum")),
        Field("component", t("Component")),
        Field("grade", t("School grade")),
        Field("reached_on", t("First lesson"), Kind.DATE),
        *heads(Measure.REACHED, "J", "L"),
        Field("graduated_on", t("Graduation day"), Kind.DATE),
        *heads(Measure.GRADUATED, "O", "Q"),
        Field("support", t("Support")),
    )
    note = t(
        "One row for each class group (a multigrade group has one for each grade). Lessons and graduations after the"
        " workbook's last day are not in it."
    )
    return DetailTable(plan.book, "group", t("Class groups"), fields, note=note)
