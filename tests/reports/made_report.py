"""A small school, written by hand, for the tests of its reports."""

from __future__ import annotations

import dataclasses
import datetime as dt

from eic_tracker.domain.codes import (
    CauseKind,
    CurriculumKind,
    EnrolmentStatus,
    FigureState,
    OfferingStatus,
    Qualifier,
    Role,
    Seat,
    Sex,
)
from eic_tracker.domain.counting import ClassGroupFact, EnrolmentFact, Facts, Heads, OfferingFact, Scope
from eic_tracker.domain.periods import parse_period
from eic_tracker.domain.reconciling import Cause, Coverage, Explanation, PublishedFigure, ReconciledFigure, reconcile
from eic_tracker.queries.report_data import (
    HistoricalLine,
    Labels,
    OfferingLine,
    ReportData,
    SchoolIdentity,
    Signature,
)

QUARTER = parse_period("2018Q4")

_DAYS = {
    1: (dt.date(2016, 5, 2), dt.date(2016, 5, 6)),
    2: (dt.date(2018, 2, 5), dt.date(2018, 2, 9)),
    3: (dt.date(2018, 11, 5), dt.date(2018, 11, 16)),
    4: (dt.date(2018, 12, 3), dt.date(2018, 12, 14)),
    5: (dt.date(2018, 12, 24), dt.date(2019, 1, 11)),
}
OFFERINGS = tuple(
    OfferingFact(
        id=number,
        programme="EIC",
        code=f"{number:03d}-{first.year}",
        course="FOTO" if number % 2 else "ENTREV",
        course_type="course",
        starts_on=first,
        ends_on=last,
        status=OfferingStatus.CLOSED if number < 4 else OfferingStatus.OPEN,
        municipality="0301" if number != 2 else None,
        lead_force="CNP" if number in (2, 3) else "HNP",
        instructors=(f"I-{number:02d}",),
    )
    for number, (first, last) in _DAYS.items()
)


def _enrolments() -> tuple[EnrolmentFact, ...]:
    rows = []
    for number, people in ((1, 7), (2, 5), (3, 6), (4, 4), (5, 3)):
        for place in range(people):
            status = EnrolmentStatus.COMPLETED if place else EnrolmentStatus.WITHDREW
            rows.append(
                EnrolmentFact(
                    id=number * 100 + place,
                    offering_id=number,
                    person=place if number < 3 else number * 10 + place,
                    status=status if number < 4 else EnrolmentStatus.ENROLLED,
                    seat=Seat.SEAT,
                    sex=(Sex.F, Sex.M, Sex.U)[place % 3],
                    institution=("HNP", "MP", None)[place % 3],
                    unit=None,
                    rank=None,
                    country="GTM" if place == 4 else "HND",
                )
            )
    return tuple(rows)


def _class_group(number: int, first: dt.date, graduated: dt.date | None, municipality: str) -> ClassGroupFact:
    reached, through = Heads(1000 * number, 11, number), Heads(900 * number, 10, 0)
    return ClassGroupFact(
        id=number,
        programme="GREAT",
        first_lesson_on=first,
        graduated_on=graduated,
        school=f"E-{number}",
        school_type="official",
        municipality=municipality,
        curriculum="EL",
        curriculum_kind=CurriculumKind.ELEMENTARY,
        instructors=("P-1",),
        grades=((str(number + 3), reached, through),),
    )


FACTS = Facts(
    offerings=OFFERINGS,
    enrolments=_enrolments(),
    class_groups=(
        _class_group(1, dt.date(2017, 3, 1), dt.date(2017, 6, 1), "0301"),
        _class_group(2, dt.date(2018, 4, 2), dt.date(2018, 10, 30), "0801"),
        _class_group(3, dt.date(2018, 10, 2), None, "0801"),
    ),
)
LABELS = Labels(
    programmes={"EIC": "EIC", "GREAT": "G.R.E.A.T.", "FISC": "Formación de fiscales"},
    courses={"FOTO": "Fotografía forense", "ENTREV": "Entrevista <b>& interrogatorio"},
    institutions={"HNP": "Policía Nacional de Honduras", "MP": "Ministerio Público"},
    units={},
    ranks={},
    countries={"HND": "Honduras", "GTM": "Guatemala"},
    departments={"03": "Comayagua", "08": "Francisco Morazán"},
    municipalities={"0301": "Comayagua", "0801": "Distrito Central"},
    schools={},
    curricula={},
    forces={"HNP": "Policía Nacional de Honduras", "CNP": "Policía Nacional de Colombia"},
    instructors={f"I-{number:02d}": f"I-{number:02d}" for number in _DAYS},
)
SCHOOL = SchoolIdentity(
    letterhead=("República de Honduras", "Secretaría de Seguridad", "Escuela de Investigación Criminal"),
    place="Comayagua",
    prepared=Signature("Inspectora", "Ana Ficticia López", "Jefa de Registro"),
    reviewed=None,
    approved=Signature("Comisionado", "Juan Inventado Pérez", "Director"),
)


def published(key: str, value: int, **changes: object) -> PublishedFigure:
    """A figure of the EIC since the beginning unless changed."""
    figure = PublishedFigure(
        key=key,
        programme="EIC",
        measure="completions",
        qualifier=Qualifier.EXACT,
        value=value,
        period_from=dt.date(2011, 5, 1),
        period_to=dt.date(2018, 12, 31),
        scope=Scope(programmes=("EIC",)),
        contradicts=None,
        countable=True,
        source_title="A page <about> & beyond",
        source_url="https://example.org/a?b=1&c=2",
        quote="has graduated <many> participants",
        note="",
        precision="day",
        event=None,
    )
    return dataclasses.replace(figure, **changes)  # type: ignore[arg-type]


FIGURES = (
    published("eic-exact", 15),
    published("eic-gap", 15_175),
    published("eic-explained", 17),
    published("eic-later", 3000, period_to=dt.date(2019, 12, 31), period_from=dt.date(2019, 1, 1)),
    published("eic-places", 200, measure="capacity", countable=False, period_to=None),
    published(
        "great-more", 4000, programme="GREAT", measure="reached", qualifier=Qualifier.MORE_THAN, event="one ceremony"
    ),
    published("great-about", 6020, programme="GREAT", measure="reached", qualifier=Qualifier.ABOUT),
    published("great-target", 9000, programme="GREAT", measure="graduated", qualifier=Qualifier.TARGET),
)


def reconciled(figures: tuple[PublishedFigure, ...] = FIGURES, facts: Facts = FACTS) -> tuple[ReconciledFigure, ...]:
    """The figures as the rules reconcile them, with one approved explanation."""
    return reconcile(
        figures,
        facts,
        as_of=QUARTER.last_day,
        explanations=[Explanation("eic-explained", CauseKind.DOCUMENTED, 2, "Lista <en papel> de 2011 & 2012", True)],
        covers=Coverage({"EIC": (None, None), "GREAT": (None, None)}),
    )


def line_of(offering: OfferingFact) -> OfferingLine:
    """The line of a course as the reading of the file makes it."""
    people = [row for row in FACTS.enrolments if row.offering_id == offering.id]
    return OfferingLine(
        code=offering.code,
        course=offering.course,
        course_title=LABELS.courses[offering.course],
        hours=40,
        starts_on=offering.starts_on,
        ends_on=offering.ends_on,
        status=offering.status.value,
        lead_force=offering.lead_force,
        lead_code=offering.instructors[0],
        people=len(people),
        completions=sum(row.status is EnrolmentStatus.COMPLETED for row in people),
    )


def report_data(**changes: object) -> ReportData:
    """The report's data of the small school for the fourth quarter of 2018."""
    data = ReportData(
        period=QUARTER,
        facts=FACTS,
        labels=LABELS,
        figures=reconciled(),
        offerings=tuple(line_of(offering) for offering in OFFERINGS),
        historical=(
            HistoricalLine(
                "EIC", "completions", dt.date(2011, 5, 1), dt.date(2011, 12, 31), 900, 850, "Oficio 12-2012", True
            ),
            HistoricalLine(
                "FISC", "completions", dt.date(2012, 1, 1), dt.date(2012, 6, 30), 60, 60, "Acta <7> & más", False
            ),
        ),
        school=SCHOOL,
        demonstration=False,
        journal_code="7F3A91C2D0B84E65",
        generated_at=dt.datetime(2019, 1, 8, 2, 30, tzinfo=dt.UTC),
        generated_by="Rosa Inventada",
        role=Role.MANAGER,
    )
    return dataclasses.replace(data, **changes)  # type: ignore[arg-type]


def state_figure(state: FigureState) -> ReconciledFigure:
    """A figure in a state, whatever the rules would say of it."""
    unknown = state is FigureState.NOT_RECORDED
    return ReconciledFigure(
        figure=published(f"figure-{state.value}", 100),
        counted=None if unknown else 90,
        difference=None if unknown else 10,
        causes=() if unknown else (Cause("Causa {con} <llaves> & más", 10, CauseKind.DOCUMENTED),),
        unexplained=None if unknown else 0,
        state=state,
    )
