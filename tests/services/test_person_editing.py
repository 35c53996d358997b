"""Tests of people entered and changed by hand: particulars, further documents, a photo."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import pytest
from PIL import Image

from eic_tracker.domain.codes import Role
from eic_tracker.domain.drafts import ChangedMeanwhile, DraftRefused
from eic_tracker.domain.person_form import NEW_PERSON, PersonDraft
from eic_tracker.errors import Refused, UserError
from eic_tracker.services.attachments import Scan
from eic_tracker.services.history import history_of, last_undoable, undo_own
from eic_tracker.services.merging import MergeDraft, merge_people, unmerge_people
from eic_tracker.services.person_editing import (
    MayBeKnown,
    PersonSaved,
    add_document,
    add_photo,
    drop_document,
    person_form,
    photo_of,
    remove_photo,
    save_person,
)
from eic_tracker.services.profiles import person_profile
from eic_tracker.store.database import Database
from tests.services.school import NOW, school, user, values

WHO = 1
TODAY = NOW.date()


def changed(db: Database, key: int | None = WHO, **written: object) -> PersonSaved:
    """Write some fields of the form and save it."""
    acting = user(db, Role.REGISTRAR)
    form = person_form(db, acting, key)
    return save_person(db, acting, PersonDraft({**form.values, **written}, key, form.original))


def problems(refused: pytest.ExceptionInfo[DraftRefused]) -> dict[str, str]:
    return {each.field: each.message for each in refused.value.problems}


def test_a_corrected_number_is_kept_and_the_old_one_stays_in_the_history(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        acting = user(db, Role.REGISTRAR)
        ((old,),) = values(db, "SELECT document_number FROM participant WHERE id = ?", WHO)
        saved = changed(db, document_number="0801-1990-99999", birth_place="Danlí")
        assert saved == PersonSaved(WHO, "María José Núñez O'Hara")
        said = "SELECT document_number, birth_place FROM participant WHERE id = ?"
        assert values(db, said, WHO) == [("0801199099999", "Danlí")]
        before = "SELECT json_extract(before, '$.document_number') FROM change ORDER BY id DESC LIMIT 1"
        assert values(db, before) == [(old,)]
        assert history_of(db, acting, "participant", WHO)[0].use_case == "edit_person"
        newest = last_undoable(db, acting)
        assert newest is not None
        undo_own(db, acting, newest.id)
        assert values(db, said, WHO) == [(old, None)]


def test_what_is_wrong_is_told_field_by_field_and_nothing_is_stored(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        before = values(db, "SELECT * FROM participant")
        with pytest.raises(DraftRefused) as refused:
            changed(db, surnames="", given_names="", document_number="12", birth_date=dt.date(2018, 1, 1), state="left")
        assert problems(refused).keys() == {
            "surnames",
            "given_names",
            "document_number",
            "birth_date",
            "state_since",
        }
        with pytest.raises(DraftRefused) as refused:
            changed(db, birth_country="Honduras", birth_municipality_id="Danlí", document_country="XYZ")
        assert problems(refused).keys() == {"birth_country", "birth_municipality_id"}
        with pytest.raises(DraftRefused) as refused:
            changed(db, state="left", state_since=dt.date(2030, 1, 1))
        assert problems(refused).keys() == {"state_since"}
        ((taken,),) = values(db, "SELECT document_number FROM participant WHERE id = 2")
        with pytest.raises(DraftRefused) as refused:
            changed(db, document_number=taken)
        assert problems(refused).keys() == {"document_number"}
        assert values(db, "SELECT * FROM participant") == before


def test_who_left_and_came_back_has_a_state_with_its_date(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        for state, since in (("left", dt.date(2018, 3, 1)), ("reinstated", dt.date(2018, 9, 1))):
            changed(db, state=state, state_since=since)
            assert values(db, "SELECT state, state_since FROM participant WHERE id = ?", WHO) == [
                (state, since.isoformat())
            ]


def test_a_form_that_was_open_while_another_saved_overwrites_nothing(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        acting = user(db, Role.REGISTRAR)
        form = person_form(db, acting, WHO)
        changed(db, phone="99112233")
        with pytest.raises(ChangedMeanwhile) as refused:
            save_person(db, acting, PersonDraft({**form.values, "phone": "1"}, WHO, form.original))
        assert [change.field for change in refused.value.changes] == ["phone"]
        assert values(db, "SELECT phone FROM participant WHERE id = ?", WHO) == [("99112233",)]


def test_a_new_person_who_is_much_like_another_is_stored_only_once_that_is_said(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        acting = user(db, Role.REGISTRAR)
        born = dt.date(1990, 2, 3)
        first = changed(db, None, surnames="Inventada Uno", given_names="Ana", birth_date=born)
        written = {**NEW_PERSON, "surnames": "INVENTADA  UNO", "given_names": "ana", "birth_date": born}
        with pytest.raises(MayBeKnown) as known:
            save_person(db, acting, PersonDraft(written))
        assert [each.id for each in known.value.people] == [first.id]
        second = save_person(db, acting, PersonDraft(written, apart_from=frozenset({first.id})))
        assert values(db, "SELECT first_id, second_id FROM different_people") == [(first.id, second.id)]
        assert values(db, "SELECT document_kind, document_country FROM participant WHERE id = ?", first.id) == [
            (None, None)
        ]


def test_a_further_document_finds_its_person_and_is_nobody_else_s(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        acting = user(db, Role.REGISTRAR)
        passport = {
            "document_number": "f 123456",
            "document_kind": "passport",
            "document_country": "HND",
            "valid_to": dt.date(2025, 1, 1),
        }
        key = add_document(db, acting, WHO, passport)
        lines = person_profile(db, acting, WHO, TODAY).documents
        assert [(line.number, line.id) for line in lines if not line.current] == [("F123456", key)]
        with pytest.raises(DraftRefused) as refused:
            add_document(db, acting, 2, passport)
        assert problems(refused).keys() == {"document_number"}
        with pytest.raises(DraftRefused) as refused:
            add_document(db, acting, 2, {"document_number": "1", "valid_to": "mañana"})
        assert {"document_kind", "document_country", "valid_to"} <= problems(refused).keys()
        drop_document(db, acting, key)
        assert values(db, "SELECT label FROM change_set WHERE use_case = 'drop_document'") == [(str(WHO),)]
        assert [line.id for line in person_profile(db, acting, WHO, TODAY).documents] == [None]


def test_a_photo_is_kept_small_without_what_the_camera_added_and_goes_for_good(tmp_path: Path) -> None:
    picture = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "Tegucigalpa, comando"
    Image.effect_noise((1600, 1200), 60).convert("RGB").save(picture, "JPEG", exif=exif)
    with school(tmp_path) as db:
        acting = user(db, Role.REGISTRAR)
        assert photo_of(db, acting, WHO) is None
        add_photo(db, acting, WHO, Scan("foto.jpg", picture.getvalue()))
        kept = photo_of(db, acting, WHO)
        assert kept is not None
        assert b"comando" not in kept
        with Image.open(io.BytesIO(kept)) as small:
            assert max(small.size) == 400
            assert not small.getexif()
        assert len(kept) < 100_000
        add_photo(db, acting, WHO, Scan("foto.jpg", picture.getvalue()))
        assert values(db, "SELECT count(*) FROM photo") == [(1,)]
        remove_photo(db, acting, WHO)
        assert photo_of(db, acting, WHO) is None
        newest = last_undoable(db, acting)
        assert newest is None or newest.use_case == "add_photo"
        with pytest.raises(UserError, match=r"no JPEG or PNG"):
            add_photo(db, acting, WHO, Scan("foto.pdf", b"%PDF-1.7"))


def test_the_photo_of_a_joined_record_is_seen_with_the_person_and_goes_back_with_it(tmp_path: Path) -> None:
    picture = io.BytesIO()
    Image.new("RGB", (30, 40), "red").save(picture, "PNG")
    with school(tmp_path) as db:
        acting = user(db, Role.REGISTRAR)
        add_photo(db, acting, 2, Scan("foto.png", picture.getvalue()))
        merge_people(db, acting, MergeDraft(WHO, 2, frozenset()))
        assert photo_of(db, acting, WHO) is not None
        form = person_form(db, acting, 2)
        with pytest.raises(UserError, match="merged"):
            save_person(db, acting, PersonDraft(form.values, 2, form.original))
        unmerge_people(db, acting, 2, "two people after all")
        assert photo_of(db, acting, WHO) is None
        assert photo_of(db, acting, 2) is not None


def test_a_photo_in_the_place_of_that_of_a_joined_record_is_not_taken_back(tmp_path: Path) -> None:
    picture = io.BytesIO()
    Image.new("RGB", (30, 40), "red").save(picture, "PNG")
    with school(tmp_path) as db:
        acting = user(db, Role.REGISTRAR)
        add_photo(db, acting, 2, Scan("foto.png", picture.getvalue()))
        merge_people(db, acting, MergeDraft(WHO, 2, frozenset()))
        add_photo(db, acting, WHO, Scan("foto.png", picture.getvalue()))
        ((newest, use_case),) = values(db, "SELECT id, use_case FROM change_set ORDER BY id DESC LIMIT 1")
        assert use_case == "replace_photo", "the bytes of the one before are gone for good"
        with pytest.raises(Refused):
            undo_own(db, acting, int(str(newest)))
        assert photo_of(db, acting, WHO) is not None


def test_an_instructor_sees_no_photo(tmp_path: Path) -> None:
    with school(tmp_path) as db, pytest.raises(Refused):
        photo_of(db, user(db, Role.INSTRUCTOR), WHO)
