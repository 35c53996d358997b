"""The order of merit of a course, printed on request for the ceremony."""

from __future__ import annotations

from eic_tracker.domain.codes import EnrolmentStatus, OfferingStatus
from eic_tracker.domain.permissions import ActingUser
from eic_tracker.errors import Refused
from eic_tracker.i18n import N_, Translator
from eic_tracker.queries.class_results import read_class
from eic_tracker.queries.course_papers import read_paper_people
from eic_tracker.queries.school import read_school
from eic_tracker.reports.pdf.paper import Paper
from eic_tracker.services.attendance_sheets import course_head
from eic_tracker.services.leaving import require_note
from eic_tracker.services.recording import taught_modules
from eic_tracker.services.sign_in import read_file_facts
from eic_tracker.store.database import Database


def merit_order(
    db: Database,
    acting: ActingUser,
    offering_id: int,
    *,
    t: Translator,
    note: int | None = None,
    paper: Paper = Paper.LETTER,
) -> bytes:
    """Those who pass by their grade, as a PDF; provisional while the course is open. It needs a note in the journal.

    Refused where nobody passes with a grade, and outside one's own courses."""
    from eic_tracker.reports.merit_pdf import MeritPerson, merit_pdf

    with db.read() as connection:
        taught_modules(connection, acting, offering_id)
        head = course_head(connection, offering_id)
        results = read_class(connection, offering_id)
        papers = read_paper_people(connection, offering_id)
        people = []
        for member in results.members:
            grade = results.counted_of(member)
            result = member.proposed if member.sits else member.status
            if grade is not None and result is EnrolmentStatus.COMPLETED:
                person = papers[member.enrolment_id]
                people.append(MeritPerson(person.name, person.rank, person.unit or person.institution, grade))
        if not people:
            raise Refused(N_("Nobody of course {code} passes with a grade yet: there is no order."), code=head.code)
        require_note(connection, acting, note, len(people))
        letterhead = read_school(connection).letterhead
        demonstration = read_file_facts(connection).demonstration
    return merit_pdf(
        head,
        letterhead,
        tuple(people),
        t,
        paper,
        provisional=head.status is not OfferingStatus.CLOSED,
        demonstration=demonstration,
    )
