"""Tests of words of lists that are mapped once and remembered."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from eic_tracker.domain.codes import Role
from eic_tracker.domain.drafts import DraftRefused
from eic_tracker.domain.school_lists import ListKind
from eic_tracker.errors import Refused, UserError
from eic_tracker.queries.listing import listing_rows, sight_of
from eic_tracker.queries.people import PEOPLE
from eic_tracker.queries.rosters import ROSTER
from eic_tracker.services import lists
from eic_tracker.services.history import undo_own, undo_set
from eic_tracker.services.text_mapping import map_text, map_to_new_item, unmapped_texts
from eic_tracker.store.database import Database
from eic_tracker.store.tables.courses import Enrolment
from eic_tracker.store.tables.figures import ClosedQuarter
from eic_tracker.store.transaction import Actor, Entry
from tests.services.form_drafts import draft_of_item
from tests.services.lists_at_hand import person_row, read_list, review, take_in
from tests.services.school import NOW, school, user, values

LIST = (
    person_row(2, "Ana", "Inventada Seis", "0801199500006", unit="DPI SPS Norte", rank="Sub Insp. Aux."),
    person_row(3, "Eva", "Inventada Siete", "0801199500007", unit="dpi sps  norte", rank="Inspector"),
    person_row(4, "Luz", "Inventada Ocho", "0801199500008", unit="Posta de nadie", institution="Bomberos"),
)


def unit(db: Database, code: str) -> int:
    """The key of a unit."""
    return int(str(values(db, "SELECT id FROM unit WHERE code = ?", code)[0][0]))


def last_set(db: Database) -> int:
    """The number of the newest entry."""
    return int(str(values(db, "SELECT max(id) FROM change_set")[0][0]))


def test_words_that_are_not_mapped_are_listed_by_the_number_of_people_behind_them(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        take_in(db, read_list(*LIST), "001-2019")
        found = unmapped_texts(db, user(db, Role.REGISTRAR))
        assert [(each.names, each.text, each.people) for each in found] == [
            ("unit", "dpi sps norte", 2),
            ("institution", "Bomberos", 1),
            ("rank", "Sub Insp. Aux.", 1),
            ("unit", "Posta de nadie", 1),
        ]


def test_words_once_mapped_stand_as_the_unit_on_all_rosters_and_in_all_lists_to_come(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        take_in(db, read_list(*LIST), "001-2019")
        acting = user(db, Role.REGISTRAR)
        assert map_text(db, acting, "unit", "DPI SPS Norte", unit(db, "DPI")) == 2
        query = (
            "SELECT u.code, i.code, e.unit_text FROM enrolment e JOIN unit u ON u.id = e.unit_id "
            "JOIN institution i ON i.id = e.institution_id"
        )
        assert values(db, query) == [("DPI", "HNP", None), ("DPI", "HNP", None)]
        later = read_list(replace(LIST[0], row=9, document="0801199500009", unit="Dpi Sps norte"))
        assert review(db, later).rows[0].service.unit_id == unit(db, "DPI")


def test_mapping_is_one_entry_that_can_be_undone(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        take_in(db, read_list(*LIST), "001-2019")
        acting = user(db, Role.REGISTRAR)
        before = values(db, "SELECT * FROM enrolment"), values(db, "SELECT * FROM unit_alias")
        map_text(db, acting, "unit", "DPI SPS Norte", unit(db, "DPI"))
        undo_set(db, acting, last_set(db), "another unit was meant")
        assert (values(db, "SELECT * FROM enrolment"), values(db, "SELECT * FROM unit_alias")) == before


def test_an_institution_that_the_list_named_otherwise_is_left_as_it_is(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        take_in(db, read_list(*LIST), "001-2019")
        map_text(db, user(db, Role.REGISTRAR), "unit", "Posta de nadie", unit(db, "DPI"))
        query = "SELECT institution_id, institution_text FROM enrolment WHERE unit_id IS NOT NULL"
        assert values(db, query) == [(None, "Bomberos")]


def test_words_that_mean_something_already_are_not_mapped_anew(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        acting = user(db, Role.REGISTRAR)
        map_text(db, acting, "rank", "Sub Insp. Aux.", 12)
        with pytest.raises(Refused, match="already"):
            map_text(db, acting, "rank", "SUB INSP AUX", 13)
        with pytest.raises(UserError, match="no longer"):
            map_text(db, acting, "rank", "Otra cosa", 9999)
        with pytest.raises(UserError, match="words"):
            map_text(db, acting, "rank", " . ", 12)


def test_until_words_are_mapped_rosters_and_people_show_them_as_the_list_wrote_them(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        done = take_in(db, read_list(LIST[2]), "001-2019")
        with db.read() as connection:
            sight = sight_of(user(db, Role.REGISTRAR))
            on_roster = listing_rows(connection, ROSTER, done.enrolments, sight, NOW.date())[done.enrolments[0]]
            person = listing_rows(connection, PEOPLE, [done.people[0]], sight, NOW.date())[done.people[0]]
        assert (on_roster.unit, on_roster.institution) == ("Posta de nadie", "Bomberos")
        assert (person.unit, person.institution) == ("Posta de nadie", "Bomberos")


def test_a_spelling_of_a_rank_can_be_taken_out_of_the_list_and_mapped_anew(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        acting = user(db, Role.REGISTRAR)
        map_text(db, acting, "rank", "Sub Insp. Aux.", 12)
        row = lists.list_item(db, acting, ListKind.RANK, 12).row
        assert row.values["aliases"] == ("Sub Insp. Aux.",)
        draft = draft_of_item(row)
        lists.save_item(db, acting, replace(draft, values={**draft.values, "aliases": ()}))
        map_text(db, acting, "rank", "Sub Insp. Aux.", 13)
        assert lists.list_item(db, acting, ListKind.RANK, 13).row.values["aliases"] == ("Sub Insp. Aux.",)


def test_words_become_a_new_item_of_their_list_in_one_entry_which_goes_back_whole(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        take_in(db, read_list(*LIST), "001-2019")
        acting = user(db, Role.REGISTRAR)
        before = [values(db, f"SELECT * FROM {table}") for table in ("unit", "unit_alias", "enrolment")]
        (hnp,) = values(db, "SELECT id FROM institution WHERE code = 'HNP'")[0]
        text = unmapped_texts(db, acting)[0]
        assert text.courses == ("001-2019",)
        key, changed = map_to_new_item(db, acting, "unit", text.text, {"name": "DPI SPS Norte", "institution_id": hnp})
        assert changed == 2
        assert values(db, "SELECT count(*) FROM enrolment WHERE unit_id = ?", key) == [(2,)]
        assert values(db, "SELECT use_case, label FROM change_set ORDER BY id DESC LIMIT 1") == [("map_text", "unit")]
        undo_set(db, user(db, Role.MANAGER), last_set(db), "mistake")
        assert [values(db, f"SELECT * FROM {table}") for table in ("unit", "unit_alias", "enrolment")] == before
        with pytest.raises(DraftRefused):
            map_to_new_item(db, acting, "unit", text.text, {"name": ""})


def test_words_of_a_closed_quarter_are_told_and_taken_back_since_no_figure_counts_by_them(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        acting = user(db, Role.REGISTRAR)
        with db.write(Entry(Actor("test"), "fill", "")) as tx:
            tx.update(Enrolment, {1: {"rank_text": "Sub Insp. Aux."}})
            tx.insert(ClosedQuarter, [{"period": "2018Q4", "closed_at": tx.at}])
        assert map_text(db, acting, "rank", "Sub Insp. Aux.", 12) == 1
        assert values(db, "SELECT rank_id FROM enrolment WHERE id = 1") == [(12,)]
        undo_own(db, acting, last_set(db))
        assert values(db, "SELECT rank_id, rank_text FROM enrolment WHERE id = 1") == [(None, "Sub Insp. Aux.")]
