"""Tests of closing and reopening: defaults, exceptions, what blocks, the lock, and what follows from each."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from eic_tracker.domain.closing_rules import MendedAt
from eic_tracker.domain.codes import AttendanceMark, EnrolmentStatus, Measure, Role, Seat
from eic_tracker.domain.counting import figure
from eic_tracker.domain.drafts import DraftRefused
from eic_tracker.domain.enrolling import AuthorisationNeeded, ExceptionKind
from eic_tracker.domain.permissions import ActingUser
from eic_tracker.errors import Refused, UserError
from eic_tracker.i18n import Language, Translator
from eic_tracker.queries.facts import read_facts
from eic_tracker.services.attendance import AttendanceDraft, record_attendance
from eic_tracker.services.authorisations import AuthorisationDraft
from eic_tracker.services.certificates import approve_certificates, prepare_certificates
from eic_tracker.services.closing import (
    ClosingBlocked,
    ClosingDraft,
    Decision,
    OfferingClosed,
    close_offering,
    closing_view,
)
from eic_tracker.services.grades import GradeCell, GradeField, GradesDraft, record_grades
from eic_tracker.services.history import undo_set
from eic_tracker.services.remarks import RemarkDraft, record_remark
from eic_tracker.services.reopening import OfferingReopened, ReopeningDraft, reopen_offering
from eic_tracker.store.database import Database
from eic_tracker.store.tables.courses import Enrolment
from eic_tracker.store.tables.figures import ClosedQuarter
from eic_tracker.store.transaction import Actor, Entry
from tests.services.school import PASSPHRASE, user, values
from tests.services.taught import (
    AFTER,
    CLASS,
    OPEN,
    ORDER,
    behalf,
    enrolment,
    ground,
    taught_school,
    teaching_module,
    with_modules,
)

S = EnrolmentStatus
T = Translator(Language.EN)


def filled(folder: Path, *written: str, now: dt.datetime = AFTER) -> Database:
    """The school with attendance on one day and the grades of the class; the first five are 90 unless named."""
    db = taught_school(folder, now)
    teacher = user(db, Role.INSTRUCTOR)
    held_on = dt.date(2018, 12, 10)
    record_attendance(db, teacher, AttendanceDraft(OPEN, held_on, others=AttendanceMark.PRESENT))
    grades = [*written, *["90"] * (len(CLASS) - len(written))]
    cells = [GradeCell(key, GradeField.FINAL, value) for key, value in zip(CLASS, grades, strict=True)]
    record_grades(db, teacher, GradesDraft(OPEN, cells))
    return db


def closed(
    db: Database,
    *decisions: Decision,
    role: Role = Role.INSTRUCTOR,
    authorisation: AuthorisationDraft | None = None,
    state: str | None = None,
) -> OfferingClosed:
    """Close the open course."""
    spoken = behalf() if role is Role.REGISTRAR else None
    return close_offering(db, user(db, role), ClosingDraft(OPEN, decisions, authorisation, spoken, state))


def reopened(db: Database, offering: int = OPEN, reason: str = "acta 4") -> OfferingReopened:
    """Reopen a course as the manager."""
    return reopen_offering(db, user(db, Role.MANAGER), ReopeningDraft(offering, reason, ORDER))


def completions(db: Database) -> int:
    """The completions of the EIC up to the end of January 2019."""
    with db.read() as connection:
        return figure(read_facts(connection, "EIC"), Measure.COMPLETIONS, as_of=dt.date(2019, 1, 31))


def test_defaults_follow_from_the_rules_and_are_what_closing_stores(tmp_path: Path) -> None:
    with filled(tmp_path, "70", "69,99") as db:
        view = closing_view(db, user(db, Role.INSTRUCTOR), OPEN)
        assert view.blockers == ()
        assert [line.status for line in view.lines].count(S.COMPLETED) == 4
        done = closed(db, state=view.state)
        assert done.counts == {S.COMPLETED: 4, S.NOT_COMPLETED: 1, S.WITHDREW: 0, S.NO_SHOW: 0}
        short = ground(db, "not-completed-grade")
        assert enrolment(db, 7, "status", "ground_id", "proposed_status") == ("not_completed", short, None)
        assert completions(db) == 2 + 4


def test_a_decision_replaces_the_default_and_needs_a_reason_of_that_result(tmp_path: Path) -> None:
    with filled(tmp_path) as db:
        with pytest.raises(UserError, match="Choose the reason"):
            closed(db, Decision(6, S.WITHDREW))
        with pytest.raises(UserError, match="does not go with"):
            closed(db, Decision(6, S.WITHDREW, ground(db, "no-show-illness")))
        done = closed(db, Decision(6, S.WITHDREW, ground(db, "withdrew-hearing")))
        assert done.counts[S.WITHDREW] == 1


def test_everything_that_stands_in_the_way_is_listed_with_where_it_is_mended(tmp_path: Path) -> None:
    with filled(tmp_path, "90", "") as db:
        with db.write(Entry(Actor("test"), "enrol", "test")) as tx:
            tx.update(Enrolment, {8: {"status": S.APPLIED}})
        with pytest.raises(ClosingBlocked) as blocked:
            closed(db)
        found = {(each.enrolment_id, each.code, each.mended_at) for each in blocked.value.blockers}
        assert found == {(7, "missing_grade", MendedAt.RESULTS), (8, "applied", MendedAt.ROSTER)}
        assert closing_view(db, user(db, Role.REGISTRAR), OPEN).blockers == blocked.value.blockers
        assert "has no grade" in blocked.value.text(T)
        assert values(db, "SELECT status FROM offering WHERE id = ?", OPEN) == [("open",)]


def test_a_missing_grade_is_mended_by_a_decision(tmp_path: Path) -> None:
    with filled(tmp_path, "90", "") as db:
        done = closed(db, Decision(7, S.NOT_COMPLETED, ground(db, "not-completed-grade")))
        assert done.counts[S.NOT_COMPLETED] == 1


def test_who_left_or_never_came_needs_a_reason_before_closing(tmp_path: Path) -> None:
    with filled(tmp_path, "NSP") as db:
        with pytest.raises(ClosingBlocked, match="cannot be closed yet") as blocked:
            closed(db)
        assert [each.code for each in blocked.value.blockers] == ["missing_reason"]
        teacher = user(db, Role.INSTRUCTOR)
        record_remark(db, teacher, RemarkDraft(OPEN, 6, S.NO_SHOW, ground(db, "no-show-unknown")))
        assert closed(db).counts[S.NO_SHOW] == 1


def test_an_empty_course_and_one_that_still_runs_are_not_closed(tmp_path: Path) -> None:
    with filled(tmp_path, now=dt.datetime(2019, 1, 10, 18, tzinfo=dt.UTC)) as db:
        with pytest.raises(ClosingBlocked) as running:
            closed(db)
        assert "Its last day, 11 Jan 2019, has not come yet." in running.value.text(T)
        with db.write(Entry(Actor("test"), "enrol", "test")) as tx:
            tx.update(Enrolment, {key: {"status": S.REMOVED} for key in CLASS})
        with pytest.raises(ClosingBlocked) as empty:
            closed(db)
        assert [each.code for each in empty.value.blockers] == ["not_ended", "nobody"]


def test_alternates_and_people_taken_off_get_no_result(tmp_path: Path) -> None:
    with filled(tmp_path) as db:
        with db.write(Entry(Actor("test"), "enrol", "test")) as tx:
            tx.update(Enrolment, {6: {"seat": Seat.ALTERNATE, "status": S.APPLIED}, 7: {"status": S.REMOVED}})
        with pytest.raises(Refused, match="gets no result"):
            closed(db, Decision(6, S.COMPLETED))
        closed(db)
        assert [enrolment(db, key, "status")[0] for key in CLASS] == [
            "applied",
            "removed",
            *["completed"] * 3,
        ]


def test_a_completion_below_the_minimum_asks_who_authorises_it_and_names_them(tmp_path: Path) -> None:
    with filled(tmp_path, "60") as db:
        lenient = Decision(6, S.COMPLETED)
        with pytest.raises(Refused, match="may not let anybody complete below the minimum"):
            closed(db, lenient, authorisation=ORDER)
        with pytest.raises(AuthorisationNeeded) as needed:
            closed(db, lenient, role=Role.REGISTRAR)
        assert needed.value.exceptions == (ExceptionKind.MINIMUM_GRADE,)
        with pytest.raises(DraftRefused):
            closed(db, lenient, role=Role.REGISTRAR, authorisation=AuthorisationDraft("", "", ""))
        done = closed(db, lenient, role=Role.REGISTRAR, authorisation=ORDER)
        query = (
            "SELECT e.status, a.authorised_by, a.post, a.letter, a.exception, s.authorisation_id = a.id "
            "FROM enrolment e JOIN authorisation a ON a.id = e.authorisation_id JOIN change_set s ON s.id = ? "
            "WHERE e.id = 6"
        )
        assert values(db, query, done.set_id) == [
            ("completed", "Comisario Inventado", "Director", "Oficio 12-2019", "minimum_grade", 1)
        ]


def test_of_two_people_who_close_at_once_one_does_and_the_other_is_told(tmp_path: Path) -> None:
    with filled(tmp_path) as db, Database(db.path, clock=lambda: AFTER) as other:
        answers: list[object] = []
        doors = [(db, Role.INSTRUCTOR), (other, Role.REGISTRAR)]
        start = threading.Barrier(len(doors))

        def close(where: Database, role: Role) -> None:
            start.wait()
            try:
                answers.append(closed(where, role=role))
            except Refused as refused:
                answers.append(refused.text(T))

        threads = [threading.Thread(target=close, args=door) for door in doors]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert [type(answer) for answer in answers].count(OfferingClosed) == 1
        assert any("is closed" in str(answer) for answer in answers)
        assert values(db, "SELECT count(*) FROM change_set WHERE use_case = 'close_offering'") == [(1,)]


def test_a_result_changed_after_it_was_looked_at_stops_the_closing(tmp_path: Path) -> None:
    with filled(tmp_path) as db:
        teacher = user(db, Role.INSTRUCTOR)
        seen = closing_view(db, teacher, OPEN)
        record_grades(db, teacher, GradesDraft(OPEN, [GradeCell(6, GradeField.FINAL, "40")]))
        with pytest.raises(Refused, match="changed meanwhile"):
            closed(db, state=seen.state)
        closed(db, state=closing_view(db, teacher, OPEN).state)


WRITES: dict[str, Callable[[Database, ActingUser], object]] = {
    "attendance": lambda db, acting: record_attendance(
        db, acting, AttendanceDraft(OPEN, dt.date(2018, 12, 11), others=AttendanceMark.PRESENT)
    ),
    "grades": lambda db, acting: record_grades(db, acting, GradesDraft(OPEN, [GradeCell(6, GradeField.FINAL, "100")])),
    "remark": lambda db, acting: record_remark(db, acting, RemarkDraft(OPEN, 6, None)),
    "closing": lambda db, acting: close_offering(db, acting, ClosingDraft(OPEN)),
    "view": lambda db, acting: closing_view(db, acting, OPEN),
}


@pytest.mark.parametrize("write", WRITES)
def test_closing_locks_every_write_of_results_with_one_sentence(tmp_path: Path, write: str) -> None:
    with filled(tmp_path) as db:
        closed(db)
        before = values(db, "SELECT max(id) FROM change_set")
        with pytest.raises(Refused, match="001-2019 is closed: a manager corrects or reopens it"):
            WRITES[write](db, user(db, Role.INSTRUCTOR))
        assert values(db, "SELECT max(id) FROM change_set") == before


def test_a_closing_is_not_undone_and_neither_is_what_was_recorded_before_it(tmp_path: Path) -> None:
    with filled(tmp_path) as db:
        closing = closed(db).set_id
        manager = user(db, Role.MANAGER)
        with pytest.raises(Refused, match="never undone"):
            undo_set(db, manager, closing, "mistake")
        for use_case in ("record_attendance", "record_grades"):
            ((number,),) = values(db, "SELECT max(id) FROM change_set WHERE use_case = ?", use_case)
            with pytest.raises(Refused, match="which is closed"):
                undo_set(db, user(db, Role.INSTRUCTOR), int(str(number)), "mistake")


def test_who_teaches_one_module_does_not_close_the_course(tmp_path: Path) -> None:
    with filled(tmp_path) as db:
        with_modules(db, 50, 50)
        teaching_module(db, 1)
        with pytest.raises(Refused, match="the lead instructor closes it"):
            closed(db)


def test_closing_takes_note_of_a_signed_sheet_of_attendance(tmp_path: Path) -> None:
    with filled(tmp_path) as db:
        draft = AttendanceDraft(OPEN, dt.date(2018, 12, 11), others=AttendanceMark.PRESENT, on_behalf=behalf())
        record_attendance(db, user(db, Role.REGISTRAR), draft)
        closed(db)
        query = "SELECT status, signed_attendance, enrolment_open FROM offering WHERE id = ?"
        assert values(db, query, OPEN) == [("closed", 1, 0)]


def test_reopening_takes_the_completions_back_and_keeps_every_result_as_proposal(tmp_path: Path) -> None:
    with filled(tmp_path, "40", "NSP") as db:
        reason = ground(db, "no-show-unknown")
        closed(db, Decision(7, S.NO_SHOW, reason))
        done = reopened(db)
        assert (done.people, completions(db)) == (5, 2)
        assert [enrolment(db, key, "status", "proposed_status")[1] for key in CLASS] == [
            "not_completed",
            "no_show",
            *["completed"] * 3,
        ]
        assert {enrolment(db, key, "status")[0] for key in CLASS} == {"enrolled"}
        query = (
            "SELECT s.actor, s.reason, a.exception FROM change_set s JOIN authorisation a ON a.id = s.authorisation_id"
        )
        assert values(db, f"{query} WHERE s.id = ?", done.set_id) == [("manager", "acta 4", "reopening")]
        again = closed(db)
        assert again.counts == {S.COMPLETED: 3, S.NOT_COMPLETED: 1, S.WITHDREW: 0, S.NO_SHOW: 1}


def test_what_somebody_authorised_stands_when_the_course_is_closed_again(tmp_path: Path) -> None:
    with filled(tmp_path, "60") as db:
        closed(db, Decision(6, S.COMPLETED), role=Role.REGISTRAR, authorisation=ORDER)
        reopened(db)
        assert closed(db).counts[S.COMPLETED] == 5


def test_reopening_needs_a_manager_a_reason_an_authorisation_and_a_closed_course(tmp_path: Path) -> None:
    with filled(tmp_path) as db:
        manager = user(db, Role.MANAGER)
        with pytest.raises(Refused, match="is not closed"):
            reopened(db)
        closed(db)
        with pytest.raises(UserError, match="needs a reason"):
            reopened(db, reason="  ")
        with pytest.raises(DraftRefused):
            reopen_offering(db, manager, ReopeningDraft(OPEN, "acta 4", AuthorisationDraft("Director", "", "")))
        for role in (Role.REGISTRAR, Role.INSTRUCTOR):
            with pytest.raises(Refused, match="may not"):
                reopen_offering(db, user(db, role), ReopeningDraft(OPEN, "acta 4", ORDER))
        assert values(db, "SELECT status FROM offering WHERE id = ?", OPEN) == [("closed",)]


def test_diplomas_hold_while_reopened_and_the_next_closing_annuls_those_that_lost_their_ground(tmp_path: Path) -> None:
    with filled(tmp_path) as db:
        closed(db)
        prepare_certificates(db, user(db, Role.REGISTRAR), "001-2019")
        approve_certificates(db, user(db, Role.MANAGER), "001-2019", t=T, passphrase=PASSPHRASE)
        assert reopened(db).certificates == 5
        record_grades(db, user(db, Role.INSTRUCTOR), GradesDraft(OPEN, [GradeCell(6, GradeField.FINAL, "40")]))
        again = closed(db)
        ((number,),) = values(db, "SELECT number FROM certificate WHERE enrolment_id = 6")
        assert again.certificates_annulled == (number,)
        assert values(db, "SELECT status, count(*) FROM certificate GROUP BY 1 ORDER BY 1") == [
            ("annulled", 1),
            ("approved", 4),
        ]
        assert values(db, "SELECT ground FROM revocation") == [("not_completed",)]


def test_closing_annuls_the_approved_diploma_of_who_did_not_complete_and_lists_what_waits(tmp_path: Path) -> None:
    with filled(tmp_path, "40", now=dt.datetime(2019, 1, 4, 18, tzinfo=dt.UTC)) as db:
        registrar = user(db, Role.REGISTRAR)
        prepare_certificates(db, registrar, "001-2019", ceremony=dt.date(2019, 1, 18))
        approve_certificates(db, user(db, Role.MANAGER), "001-2019", t=T, passphrase=PASSPHRASE)
        ((failed,),) = values(db, "SELECT number FROM certificate WHERE enrolment_id = 6")
        db.clock = lambda: AFTER
        done = closed(db)
        assert done.certificates_annulled == (failed,)
        standing = values(db, "SELECT number FROM certificate WHERE status = 'approved' ORDER BY serial")
        assert [(number,) for number in done.uncollected] == standing
        assert len(standing) == 4
        assert values(db, "SELECT reason FROM revocation") == [("the course was closed without a completion",)]


def test_a_closed_quarter_that_changes_is_restated_by_closing_and_by_reopening(tmp_path: Path) -> None:
    with filled(tmp_path) as db:
        with db.write(Entry(Actor("test"), "close_quarter", "2019Q1")) as tx:
            tx.insert(ClosedQuarter, [{"period": "2019Q1", "closed_at": tx.at}])
        assert closed(db).quarters_restated == ("2019Q1",)
        assert reopened(db).quarters_restated == ("2019Q1",)
        rows = values(db, "SELECT old_value, new_value FROM restatement WHERE measure = 'completions' ORDER BY id")
        assert rows == [(0, 5), (5, 0)]
