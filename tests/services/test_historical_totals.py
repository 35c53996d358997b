"""Tests of giving historical totals their paper, approving them and taking them out."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from eic_tracker.domain.codes import Role
from eic_tracker.domain.drafts import DraftRefused
from eic_tracker.domain.historical import BySex
from eic_tracker.domain.offering_rules import OfferingDraft
from eic_tracker.errors import Refused, UserError
from eic_tracker.services import history
from eic_tracker.services.class_group_totals import link_class_group, totals_for_group
from eic_tracker.services.historical_totals import (
    TotalDocument,
    TotalState,
    approve_total,
    document_total,
    list_totals,
    total_draw,
    withdraw_total,
)
from eic_tracker.services.offerings import next_edition, offering_values, save_offering
from eic_tracker.store.database import Database
from eic_tracker.store.tables.courses import Enrolment, Offering
from eic_tracker.store.tables.documents import SourceDocument, SourceKind
from eic_tracker.store.tables.figures import HistoricalTotalRow
from eic_tracker.store.transaction import Actor, Entry
from tests.services.doors_of_registrar import class_group
from tests.services.school import school, user, values
from tests.services.test_enrolment import put


def paper(total: int, **changes: object) -> TotalDocument:
    """A paper with everything that is needed."""
    known = {"kind": SourceKind.REPORT, "number": "12-2016", "dated": dt.date(2016, 2, 1), "page": "7"}
    return TotalDocument(total, **{**known, **changes})  # type: ignore[arg-type]


def add_total(db: Database, *, offering: int | None = None) -> int:
    """A total without a paper, entered by the administrator, perhaps drawn down by an offering."""
    administrator = user(db, Role.ADMINISTRATOR)
    with db.write(Entry(Actor("test"), "fill", "total")) as tx:
        programme = tx.connection.exec_driver_sql("SELECT id FROM programme WHERE code = 'EIC'").scalar_one()
        (document,) = tx.insert(SourceDocument, [{"uid": tx.new_uid(), "kind": SourceKind.OTHER}])
        row = {
            "uid": tx.new_uid(),
            "programme_id": programme,
            "measure": "completions",
            "value": 500,
            "first_day": dt.date(2015, 1, 1),
            "last_day": dt.date(2015, 12, 31),
            "source_document_id": document,
            "entered_by_id": administrator.id,
            "recorded_at": tx.at,
        }
        (total,) = tx.insert(HistoricalTotalRow, [row])
        if offering is not None:
            tx.update(Offering, {offering: {"historical_total_id": total}})
    return total


def states(db: Database) -> list[TotalState]:
    """The states of all totals."""
    return [row.state for row in list_totals(db, user(db, Role.AUDITOR))]


def test_whoever_filed_the_paper_does_not_approve(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        total, manager = add_total(db), user(db, Role.MANAGER)
        document_total(db, manager, paper(total))
        assert states(db) == [TotalState.TO_APPROVE]
        with pytest.raises(Refused, match="another person"):
            approve_total(db, manager, total)
        document_total(db, user(db, Role.REGISTRAR), paper(total, number="13-2016"))
        approve_total(db, manager, total)
        assert states(db) == [TotalState.APPROVED]
        with pytest.raises(Refused, match="approved this total already"):
            approve_total(db, manager, total)
        with pytest.raises(Refused, match="approved already"):
            document_total(db, user(db, Role.REGISTRAR), paper(total))


def test_a_paper_has_number_date_and_page_all_told_at_once(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        total = add_total(db)
        with pytest.raises(DraftRefused) as refused:
            document_total(db, user(db, Role.REGISTRAR), paper(total, number=" ", dated=None, page=""))
        assert {problem.field for problem in refused.value.problems} == {"number", "dated", "page"}
        with pytest.raises(DraftRefused, match="after today"):
            document_total(db, user(db, Role.REGISTRAR), paper(total, dated=dt.date(2019, 1, 1)))
        assert states(db) == [TotalState.TO_DOCUMENT]


def test_taking_out_needs_a_reason_and_an_approved_one_a_manager(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        registrar, manager = user(db, Role.REGISTRAR), user(db, Role.MANAGER)
        total = add_total(db)
        document_total(db, registrar, paper(total))
        approve_total(db, manager, total)
        with pytest.raises(UserError, match="reason"):
            withdraw_total(db, manager, total, " ")
        with pytest.raises(Refused, match="a manager can"):
            withdraw_total(db, registrar, total, "repetida")
        withdraw_total(db, manager, total, "repetida")
        assert states(db) == []
        (number,) = values(db, "SELECT max(id) FROM change_set")[0]
        history.undo_set(db, manager, int(str(number)), "no era repetida")
        assert states(db) == [TotalState.APPROVED]


def test_a_total_that_rosters_draw_down_stays(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        total = add_total(db, offering=1)
        with pytest.raises(Refused, match="draw this total down"):
            withdraw_total(db, user(db, Role.MANAGER), total, "repetida")


def test_totals_are_listed_by_state(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        total, other = add_total(db), add_total(db)
        document_total(db, user(db, Role.REGISTRAR), paper(total))
        found = list_totals(db, user(db, Role.MANAGER), TotalState.TO_DOCUMENT)
        assert [row.id for row in found] == [other]


def test_a_course_typed_in_later_is_linked_by_its_form_and_draws_the_total_down(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        registrar, manager = user(db, Role.REGISTRAR), user(db, Role.MANAGER)
        total = add_total(db)
        days = {"starts_on": dt.date(2015, 3, 2), "ends_on": dt.date(2015, 3, 6)}
        draft = {"course_id": 1, "enrolment_open": True, **days}
        late = {**draft, "starts_on": dt.date(2016, 3, 7), "ends_on": dt.date(2016, 3, 11)}
        with pytest.raises(DraftRefused, match="counts from"):
            save_offering(db, registrar, OfferingDraft({**late, "historical_total_id": total}))
        saved = save_offering(db, registrar, OfferingDraft({**draft, "historical_total_id": total}))
        linked = total_draw(db, manager, total, dt.date(2019, 6, 28))
        assert (linked.backed, linked.left) == (0, 500), "an open course has no completions yet"
        assert [each[:2] for each in linked.offerings] == [(saved.id, saved.code)]
        done = put(db, saved.id, 1, 2)
        with db.write(Entry(Actor("test"), "fill", "")) as tx:
            tx.update(Enrolment, {key: {"status": "completed"} for key in done.enrolments})
            tx.update(Offering, {saved.id: {"status": "closed", "closed_at": tx.at}})
        drawn = total_draw(db, manager, total, dt.date(2019, 6, 28))
        assert (drawn.backed, drawn.left) == (2, 498)
        assert total_draw(db, manager, total, dt.date(2015, 3, 5)).left == 500, "as of a day before it ended"


def test_a_roster_typed_in_later_takes_of_its_own_sex_first(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        registrar, manager = user(db, Role.REGISTRAR), user(db, Role.MANAGER)
        total = add_total(db)
        with db.write(Entry(Actor("test"), "fill", "")) as tx:
            tx.update(HistoricalTotalRow, {total: {"value": 5, "girls_or_women": 1, "boys_or_men": 3}})
        days = {"starts_on": dt.date(2015, 3, 2), "ends_on": dt.date(2015, 3, 6)}
        draft = {"course_id": 1, "enrolment_open": True, "historical_total_id": total, **days}
        saved = save_offering(db, registrar, OfferingDraft(draft))
        assert total_draw(db, manager, total, dt.date(2019, 6, 28)).left_by_sex == BySex(1, 3, 1)
        done = put(db, saved.id, 1, 3)
        with db.write(Entry(Actor("test"), "fill", "")) as tx:
            tx.update(Enrolment, {key: {"status": "completed"} for key in done.enrolments})
            tx.update(Offering, {saved.id: {"status": "closed", "closed_at": tx.at}})
        drawn = total_draw(db, manager, total, dt.date(2019, 6, 28))
        assert drawn.left_by_sex == BySex(women=0, men=3, unrecorded=0), "two women: one of theirs, one unrecorded"
        assert drawn.left == 3


def test_a_class_group_entered_later_is_linked_where_it_counts_and_draws_the_total_down(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        registrar, manager = user(db, Role.REGISTRAR), user(db, Role.MANAGER)
        total, other, group = add_total(db), add_total(db), class_group(db)
        ((programme,),) = values(db, "SELECT programme_id FROM class_group")
        with db.write(Entry(Actor("test"), "fill", "")) as tx:
            tx.update(HistoricalTotalRow, {total: {"programme_id": programme, "measure": "reached"}})
        assert list(totals_for_group(db, registrar, group).choices) == [total], "a total of courses is none of its own"
        with pytest.raises(UserError, match="does not count"):
            link_class_group(db, registrar, group, other)
        link_class_group(db, registrar, group, total)
        assert totals_for_group(db, registrar, group).present == total
        drawn = total_draw(db, manager, total, dt.date(2019, 6, 28))
        assert (drawn.backed, drawn.left, drawn.class_groups) == (12, 488, 1)
        link_class_group(db, registrar, group, None)
        assert total_draw(db, manager, total, dt.date(2019, 6, 28)).left == 500


def test_the_next_edition_of_a_linked_course_is_linked_to_nothing(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        registrar = user(db, Role.REGISTRAR)
        total = add_total(db)
        draft = {"course_id": 1, "starts_on": dt.date(2015, 3, 2), "historical_total_id": total}
        saved = save_offering(db, registrar, OfferingDraft(draft))
        assert offering_values(db, registrar, saved.id)["historical_total_id"] == total
        assert next_edition(db, registrar, saved.id)["historical_total_id"] is None
