"""The register of those who teach: nobody twice, stays, accreditations, units; accounts end with the stay."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from eic_tracker.domain.codes import Role
from eic_tracker.domain.drafts import ChangedMeanwhile, DraftRefused
from eic_tracker.domain.teaching_rules import TeachingDraft, TeachingKind, shared_over_days, taught_hours
from eic_tracker.errors import Refused
from eic_tracker.queries.listing import Request
from eic_tracker.services.history import undo_set
from eic_tracker.services.home import home
from eic_tracker.services.instructors import TeachingSaved, remove_teaching, save_teaching, teaching_form
from eic_tracker.services.listings import list_keys
from eic_tracker.services.merging import MergeDraft, merge_people
from eic_tracker.services.present_rights import present_user
from eic_tracker.services.profiles import instructor_detail
from eic_tracker.services.sign_in import sign_in
from eic_tracker.store.database import Database
from tests.services.school import NOW, PASSWORD, school, user, values
from tests.services.taught import taught_school

TODAY = NOW.date()
DAY = dt.timedelta(1)
K = TeachingKind


def save(db: Database, kind: TeachingKind, **typed: object) -> TeachingSaved:
    """What the registrar stores."""
    return save_teaching(db, user(db, Role.REGISTRAR), TeachingDraft(kind, typed, None if kind is K.INSTRUCTOR else 1))


def problem(db: Database, kind: TeachingKind, field: str, **typed: object) -> str:
    """What is wrong with a field of what cannot be stored."""
    with pytest.raises(DraftRefused) as refused:
        save(db, kind, **typed)
    return next(each.message.format(**each.values) for each in refused.value.problems if each.field == field)


def force(db: Database, code: str = "CNP") -> int:
    return int(str(values(db, "SELECT id FROM force WHERE code = ?", code)[0][0]))


def test_a_new_instructor_gets_a_code_of_the_force_and_keeps_everything_that_was_typed(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        saved = save(
            db,
            K.INSTRUCTOR,
            given_names=" Ana  María ",
            surnames="Rincón",
            force_id=force(db),
            rank_text="Intendente",
            specialities=("Balística", "balística", "Dactiloscopia"),
            languages=("Español",),
            participant_number="0801-1990-00000",
        )
        assert saved.code == "CNP-001"
        detail = instructor_detail(db, user(db, Role.REGISTRAR), saved.id, TODAY)
        assert (detail.row.given_names, detail.row.rank, detail.row.country) == ("Ana María", "Intendente", "COL")
        assert detail.facts.specialities == ("Balística", "Dactiloscopia")
        assert values(db, "SELECT document_number FROM participant WHERE id = ?", detail.facts.participant_id) == [
            ("0801199000000",)
        ]
        (entry,) = values(db, "SELECT id, label FROM change_set WHERE use_case = 'save_teaching'")
        assert entry[1] == "CNP-001"
        undo_set(db, user(db, Role.REGISTRAR), int(str(entry[0])), "mistake")
        assert values(db, "SELECT count(*) FROM instructor") == [(1,)]
        again = save(db, K.INSTRUCTOR, given_names="Otra", surnames="Persona", force_id=force(db))
        assert again.code == "CNP-002"


def test_nobody_is_entered_twice_by_accident(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        for given, surnames in (("ASESOR", "Inventádo"), ("Asesor José", "Inventado"), ("Inventado", "Asesor")):
            said = problem(
                db, K.INSTRUCTOR, "another_person", given_names=given, surnames=surnames, force_id=force(db, "HNP")
            )
            assert "Asesor Inventado (CNP-01)" in said
        other = save(
            db,
            K.INSTRUCTOR,
            given_names="Asesor",
            surnames="Inventado",
            force_id=force(db, "HNP"),
            another_person=True,
        )
        alike = instructor_detail(db, user(db, Role.REGISTRAR), other.id, TODAY).alike
        assert [each.code for each in alike] == ["CNP-01"]
        assert "No one person" in problem(
            db,
            K.INSTRUCTOR,
            "participant_number",
            given_names="Luis",
            surnames="Paz",
            force_id=force(db),
            participant_number="0801199999999",
        )


def test_the_form_of_an_instructor_whose_record_as_a_participant_was_joined_to_another_can_be_saved(
    tmp_path: Path,
) -> None:
    with school(tmp_path) as db:
        registrar = user(db, Role.REGISTRAR)
        saved = save(
            db, K.INSTRUCTOR, given_names="Ana", surnames="Rincón", force_id=force(db), participant_number="№ 2"
        )
        merge_people(db, registrar, MergeDraft(1, 2, frozenset()))
        form = teaching_form(db, registrar, K.INSTRUCTOR, saved.id, None)
        typed = {**form.values, "rank_text": "Intendente"}
        save_teaching(db, registrar, TeachingDraft(K.INSTRUCTOR, typed, None, saved.id, form.original))
        assert values(db, "SELECT rank_text, participant_id FROM instructor WHERE id = ?", saved.id) == [
            ("Intendente", 1)
        ]


def test_a_form_that_is_older_than_the_row_overwrites_nothing(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        registrar = user(db, Role.REGISTRAR)
        form = teaching_form(db, registrar, K.INSTRUCTOR, 1, None)
        typed = {**form.values, "rank_text": "Mayor"}
        save_teaching(db, registrar, TeachingDraft(K.INSTRUCTOR, typed, id=1, original=form.original))
        stale = TeachingDraft(K.INSTRUCTOR, {**form.values, "rank_text": "Capitán"}, id=1, original=form.original)
        with pytest.raises(ChangedMeanwhile):
            save_teaching(db, registrar, stale)
        assert values(db, "SELECT rank_text FROM instructor") == [("Mayor",)]


def test_two_stays_of_one_person_do_not_overlap_without_a_reason(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        first = save(db, K.ROTATION, starts_on=dt.date(2018, 1, 8), ends_on=dt.date(2018, 12, 20))
        said = problem(db, K.ROTATION, "overlap_reason", starts_on=dt.date(2018, 12, 20))
        assert "2018-01-08" in said
        save(db, K.ROTATION, starts_on=dt.date(2018, 12, 20), overlap_reason="relevo")
        assert "empty" in problem(db, K.ROTATION, "overlap_reason", starts_on=dt.date(2017, 1, 1),
                                  ends_on=dt.date(2017, 2, 1), overlap_reason="relevo")  # fmt: skip
        assert "before its first day" in problem(
            db, K.ROTATION, "ends_on", starts_on=dt.date(2017, 2, 1), ends_on=dt.date(2017, 1, 1)
        )
        assert remove_teaching(db, user(db, Role.REGISTRAR), K.ROTATION, first.id) == "CNP-01"
        assert values(db, "SELECT overlap_reason FROM rotation") == [("relevo",)]


def test_an_account_ends_with_the_stay_and_opens_again_when_it_is_extended(tmp_path: Path) -> None:
    with taught_school(tmp_path) as db:
        today = db.clock().date()
        stay = save(db, K.ROTATION, starts_on=today - 90 * DAY, ends_on=today)
        key = sign_in(db, "instructor", PASSWORD).id
        registrar = user(db, Role.REGISTRAR)
        original = teaching_form(db, registrar, K.ROTATION, stay.id, 1).values
        ended = {**original, "ends_on": today - DAY}
        save_teaching(db, registrar, TeachingDraft(K.ROTATION, ended, 1, stay.id, original))
        with pytest.raises(Refused, match=f"ended on {today - DAY}.*extends the stay"):
            sign_in(db, "instructor", PASSWORD)
        assert present_user(db, key) is None
        again = {**ended, "ends_on": today + 30 * DAY}
        save_teaching(db, registrar, TeachingDraft(K.ROTATION, again, 1, stay.id, ended))
        assert sign_in(db, "instructor", PASSWORD).id == key
        assert present_user(db, key) is not None


def test_a_unit_is_mentored_in_a_theme_once_at_a_time(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        unit = values(db, "SELECT id FROM unit ORDER BY id LIMIT 1")[0][0]
        typed = {"unit_id": unit, "theme": "Extorsión", "starts_on": dt.date(2018, 3, 1)}
        save(db, K.MENTORED_UNIT, **typed)
        assert "already" in problem(db, K.MENTORED_UNIT, "unit_id", **{**typed, "starts_on": TODAY})
        save(db, K.MENTORED_UNIT, **{**typed, "theme": "Homicidios"})
        (line, *_) = instructor_detail(db, user(db, Role.REGISTRAR), 1, TODAY).mentored
        assert line.starts_on == dt.date(2018, 3, 1)


def test_an_accreditation_that_is_over_or_ends_soon_is_due_until_a_later_one_follows(tmp_path: Path) -> None:
    with school(tmp_path) as db:

        def due(role: Role) -> list[int]:
            return [each.count for each in home(db, user(db, role), TODAY).due if each.code == "accreditations"]

        save(db, K.ACCREDITATION, title="Instructor", authority="CNP", expires_on=TODAY + 60 * DAY)
        assert due(Role.REGISTRAR) == due(Role.MANAGER) == [1]
        assert due(Role.AUDITOR) == []
        assert instructor_detail(db, user(db, Role.MANAGER), 1, TODAY).row.lapses_on == TODAY + 60 * DAY
        save(db, K.ACCREDITATION, title="INSTRUCTOR", authority="UNPH", expires_on=TODAY + 400 * DAY)
        assert due(Role.REGISTRAR) == []
        save(db, K.ACCREDITATION, title="Perito", authority="CNP", expires_on=TODAY - DAY)
        assert due(Role.REGISTRAR) == [1]
        save(db, K.ROTATION, starts_on=TODAY - 90 * DAY, ends_on=TODAY - DAY)
        assert due(Role.REGISTRAR) == [], "who went home needs none"


def test_who_was_ended_stays_in_the_register_and_leads_nothing_that_goes_on(tmp_path: Path) -> None:
    with taught_school(tmp_path, NOW) as db:
        registrar = user(db, Role.REGISTRAR)
        original = teaching_form(db, registrar, K.INSTRUCTOR, 1, None).values
        ended = {**original, "ended_on": dt.date(2018, 12, 20)}
        with pytest.raises(DraftRefused, match="001-2019"):
            save_teaching(db, registrar, TeachingDraft(K.INSTRUCTOR, ended, id=1, original=original))
        ended["ended_on"] = dt.date(2019, 1, 11)
        save_teaching(db, registrar, TeachingDraft(K.INSTRUCTOR, ended, id=1, original=original))
        for state, day, count in (("active", TODAY, 1), ("ended", TODAY, 0), ("ended", dt.date(2019, 1, 12), 1)):
            request = Request(filters=(("state", state),), today=day)
            assert len(list_keys(db, registrar, "instructors", request)) == count


def test_hours_that_nobody_said_are_what_the_others_leave_and_only_of_one() -> None:
    assert taught_hours(40, [None]) == (40,)
    assert taught_hours(40, [None, 12, 8]) == (20, 12, 8)
    assert taught_hours(40, [None, 50]) == (0, 50)
    assert taught_hours(40, [None, None, 8]) == (None, None, 8)
    assert [shared_over_days(40, days, 5) for days in range(6)] == [0, 8, 16, 24, 32, 40]
    assert shared_over_days(7, 1, 2) == 4
    assert shared_over_days(7, 0, 0) == 0
