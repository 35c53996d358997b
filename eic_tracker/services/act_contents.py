"""Gathers what an act says: the course, those listed with their results, exceptions with their authority, signers."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Connection

from eic_tracker.domain.act_content import (
    ActContent,
    ActCorrected,
    ActException,
    ActList,
    ActPerson,
    ActRules,
    ActSigner,
    changes_since,
    content_of,
)
from eic_tracker.domain.closing_rules import RESULTS
from eic_tracker.domain.codes import EnrolmentStatus, OfferingStatus, Seat
from eic_tracker.domain.grading import counted_grade
from eic_tracker.domain.paper_codes import act_code
from eic_tracker.errors import Refused
from eic_tracker.i18n import N_, Language
from eic_tracker.queries.acts import ActRow, exceptions_in, read_act, read_frozen
from eic_tracker.queries.class_results import ClassMember, ClassResults, ClassRules, ModuleMark, read_class
from eic_tracker.queries.course_papers import CourseHead, CoursePerson, read_course_head, read_paper_people
from eic_tracker.queries.report_data import SchoolIdentity, Signature
from eic_tracker.queries.school import read_school
from eic_tracker.services.sign_in import read_file_facts

_HIDDEN_EXCEPTION = "vetting"
"""How a check stands is told on no act: it goes through many hands."""

_ROLES = {
    ActList.GRADES: ("instructor", "registrar", "approved"),
    ActList.CLOSING: ("prepared", "reviewed", "approved"),
    ActList.GRADUATION: ("prepared", "reviewed", "approved"),
}


def act_content(connection: Connection, act: ActRow, language: Language, today: dt.date) -> ActContent:
    """What the act would say if it were printed today; Refused where its course is not ready for it."""
    head = read_course_head(connection, act.offering_id)
    assert head is not None
    corrected = _corrected_content(connection, act)
    list_of = ActList(act.kind) if corrected is None else corrected.list_of
    results = read_class(connection, act.offering_id)
    people = _people(connection, head, results, list_of, act.module)
    school = read_school(connection)
    return ActContent(
        language=language.value,
        demonstration=read_file_facts(connection).demonstration,
        letterhead=school.letterhead,
        city=school.place,
        kind=act.kind,
        list_of=list_of,
        number=act.number,
        year=act.year,
        course=head.code,
        title=head.title,
        hours=head.hours,
        starts_on=head.starts_on,
        ends_on=head.ends_on,
        course_place=head.place,
        module=_module_title(results.rules, act.module),
        instructors=_instructors(connection, act, head),
        held_on=act.held_on,
        place=act.place,
        starts_at=act.starts_at,
        ends_at=act.ends_at,
        present=tuple(act.present.splitlines()),
        facts=act.facts,
        annexes=tuple(act.annexes.splitlines()),
        rules=_rules(results.rules),
        people=people,
        exceptions=_exceptions(connection, act),
        corrects=None if corrected is None else _corrects(connection, act, corrected, people),
        signers=_signers(school, list_of, head),
        printed_on=today,
    )


def _corrected_content(connection: Connection, act: ActRow) -> ActContent | None:
    if act.rectifies_id is None:
        return None
    frozen = read_frozen(connection, act.rectifies_id)
    assert frozen is not None, "only printed acts are rectified"
    return content_of(frozen[0])


def _people(
    connection: Connection, head: CourseHead, results: ClassResults, list_of: ActList, module: int | None
) -> tuple[ActPerson, ...]:
    if list_of is not ActList.GRADES and head.status is not OfferingStatus.CLOSED:
        raise Refused(
            N_("Course {code} is not closed: an act of closing or graduation tells results, which closing gives."),
            code=head.code,
        )
    papers = read_paper_people(connection, head.id)
    people = [
        _person(member, papers[member.enrolment_id], results.rules, module)
        for member in results.members
        if _listed(member, list_of)
    ]
    if not people:
        raise Refused(N_("Nobody of course {code} can be listed on this act yet."), code=head.code)
    if list_of is ActList.GRADES and all(person.counted is None for person in people):
        raise Refused(
            N_("Nobody of course {code} has a grade yet; enter them, then make the act of grades."), code=head.code
        )
    return tuple(people)


def _listed(member: ClassMember, list_of: ActList) -> bool:
    if member.seat is not Seat.SEAT:
        return False
    if list_of is ActList.GRADUATION:
        return member.status is EnrolmentStatus.COMPLETED
    return member.status not in {EnrolmentStatus.APPLIED, EnrolmentStatus.REMOVED}


def _person(member: ClassMember, paper: CoursePerson, rules: ClassRules, module: int | None) -> ActPerson:
    """The grades as they are stored, so that what is stored otherwise later is found."""
    if module is None:
        grade, second, attendance = member.final_grade, member.second_chance, member.attendance_percent
        result = member.status if member.status in RESULTS else member.proposed
    else:
        mark = member.modules.get(module, ModuleMark(None, None))
        grade, second, attendance, result = mark.grade, mark.second_chance, None, None
    return ActPerson(
        enrolment_id=member.enrolment_id,
        name=paper.name,
        rank=paper.rank,
        document=paper.document,
        attendance=attendance,
        grade=grade,
        second_chance=second,
        counted=counted_grade(grade, second, rules.rules),
        result=result,
    )


def _rules(rules: ClassRules) -> ActRules:
    parts = (
        ("post_test", rules.post_test_weight),
        ("performance", rules.performance_weight),
        ("products", rules.products_weight),
    )
    weights = [(module.title, module.weight) for module in rules.modules] if rules.by_modules else list(parts)
    return ActRules(
        scale=rules.scale,
        minimum_grade=rules.rules.minimum_grade,
        minimum_attendance=rules.rules.minimum_attendance,
        rounding=rules.rules.rounding,
        second_chance=rules.rules.second_chance,
        weights=tuple((name, weight) for name, weight in weights if weight),
    )


def _module_title(rules: ClassRules, number: int | None) -> str | None:
    if number is None:
        return None
    return next(f"{module.number}. {module.title}" for module in rules.modules if module.number == number)


def _instructors(connection: Connection, act: ActRow, head: CourseHead) -> tuple[str, ...]:
    """Who taught the module, else the course."""
    if act.module_id is not None:
        name = connection.exec_driver_sql(
            "SELECT i.given_names || ' ' || i.surnames FROM offering_module x JOIN instructor i "
            "ON i.id = x.instructor_id WHERE x.id = ?",
            (act.module_id,),
        ).scalar()
        if name:
            return (str(name),)
    return head.instructors


def _exceptions(connection: Connection, act: ActRow) -> tuple[ActException, ...]:
    found = []
    for row in exceptions_in(connection, act.offering_id):
        kinds = " ".join(kind for kind in row["exception"].split() if kind != _HIDDEN_EXCEPTION)
        if kinds:
            found.append(ActException(kinds, row["authorised_by"], row["post"], row["letter"], row["people"]))
    return tuple(found)


def _corrects(
    connection: Connection, act: ActRow, corrected: ActContent, people: tuple[ActPerson, ...]
) -> ActCorrected:
    assert act.rectifies_id is not None
    before, frozen = read_act(connection, act.rectifies_id), read_frozen(connection, act.rectifies_id)
    assert before is not None
    assert frozen is not None
    by, post, letter = connection.exec_driver_sql(
        "SELECT z.authorised_by, coalesce(z.post, ''), coalesce(z.letter, '') FROM act a "
        "JOIN authorisation z ON z.id = a.authorisation_id WHERE a.id = ?",
        (act.id,),
    ).one()
    return ActCorrected(
        kind=before.kind,
        number=before.number,
        year=before.year,
        code=act_code(frozen[1]),
        held_on=before.held_on,
        authorised_by=by,
        post=post,
        letter=letter,
        changes=changes_since(corrected, people),
    )


def _signers(school: SchoolIdentity, list_of: ActList, head: CourseHead) -> tuple[ActSigner, ...]:
    known: dict[str, Signature | None] = {
        "prepared": school.prepared,
        "registrar": school.prepared,
        "reviewed": school.reviewed,
        "approved": school.approved,
        "instructor": Signature("", head.instructors[0], "") if head.instructors else None,
    }
    signers = []
    for role in _ROLES[list_of]:
        who = known[role]
        signers.append(ActSigner(role, who.rank, who.name, who.post) if who else ActSigner(role))
    return tuple(signers)
