"""Tests of the lists that a school keeps by itself, on real files."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from eic_tracker.domain.codes import Role
from eic_tracker.domain.drafts import ChangedMeanwhile, DraftRefused
from eic_tracker.domain.school_lists import LISTS, ListDraft, ListKind
from eic_tracker.errors import Refused, UserError
from eic_tracker.i18n import Language, Translator
from eic_tracker.queries.countries import all_countries
from eic_tracker.queries.school_lists import ListRow
from eic_tracker.services import history
from eic_tracker.services.lists import (
    delete_item,
    end_item,
    list_item,
    list_rows_of,
    reopen_item,
    save_item,
)
from eic_tracker.store.database import Database
from tests.services.form_drafts import draft_of_item
from tests.services.school import NOW, school, user, values

ES = Translator(Language.ES)
TODAY = dt.date(2018, 12, 31)


def rows(db: Database, kind: ListKind, text: str = "", *, ended: bool = True) -> tuple[ListRow, ...]:
    """A list as the registrar reads it."""
    return list_rows_of(db, user(db, Role.REGISTRAR), kind, text, ended)


def item(db: Database, kind: ListKind, code: str) -> ListRow:
    """One item by its code."""
    return next(row for row in rows(db, kind) if row.code == code)


def save(db: Database, kind: ListKind, row: ListRow | None = None, role: Role = Role.REGISTRAR, **new: object) -> int:
    """Save a new item, or one as it was read with some fields changed."""
    draft = ListDraft(kind, new) if row is None else ListDraft(kind, {**row.values, **new}, row.id, row.values)
    return save_item(db, user(db, role), draft)


def refused(db: Database, kind: ListKind, row: ListRow | None = None, **new: object) -> dict[str, str]:
    """The Spanish sentences of a refused draft by field; the file says what it said before."""
    before = values(db, "SELECT max(id) FROM change_set")
    with pytest.raises(DraftRefused) as caught:
        save(db, kind, row, Role.REGISTRAR, **new)
    assert values(db, "SELECT max(id) FROM change_set") == before
    return {problem.field: problem.text(ES) for problem in caught.value.problems}


def last_set(db: Database) -> tuple[object, ...]:
    """The newest change set: number, use-case, label."""
    return values(db, "SELECT id, use_case, label FROM change_set ORDER BY id DESC LIMIT 1")[0]


@pytest.mark.parametrize("kind", ListKind)
def test_every_list_is_read_searched_and_every_item_can_be_saved_as_it_is(tmp_path: Path, kind: ListKind) -> None:
    with school(tmp_path) as db:
        found = rows(db, kind)
        assert found
        before = last_set(db)
        for row in found[:3]:
            assert row in rows(db, kind, row.name.upper())
            role = Role.ADMINISTRATOR if LISTS[kind].official else Role.REGISTRAR
            assert save_item(db, user(db, role), draft_of_item(row)) == row.id
        assert last_set(db) == before, "saving what is there already leaves no entry"
        assert rows(db, kind, "there is no such thing") == ()


def test_a_unit_is_added_with_a_code_of_its_own_and_the_ways_in_which_it_is_written(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        hnp = item(db, ListKind.INSTITUTION, "HNP")
        key = save(
            db,
            ListKind.UNIT,
            name="  Unidad  de Trata ",
            institution_id=hnp.id,
            aliases=("Trata", "U. Trata"),
            valid_from=dt.date(2016, 2, 1),
        )
        row = list_item(db, user(db, Role.REGISTRAR), ListKind.UNIT, key).row
        assert (row.code, row.name, row.named["institution_id"]) == ("UNIDAD-DE-TRATA", "Unidad de Trata", hnp.name)
        assert row.values["aliases"] == ("Trata", "U. Trata")
        assert last_set(db)[1:] == ("save_list_item", "unit UNIDAD-DE-TRATA")
        assert values(db, "SELECT match_key FROM unit_alias WHERE unit_id = ?", key) == [("trata",), ("u trata",)]
        save(db, ListKind.UNIT, row, aliases=("TRATA",))
        assert values(db, "SELECT text FROM unit_alias WHERE unit_id = ?", key) == [("TRATA",)]
        assert [found.id for found in rows(db, ListKind.UNIT, "trata nacional")] == [key]


def test_everything_wrong_is_told_at_once_in_the_words_of_the_office(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        dpi = item(db, ListKind.UNIT, "DPI")
        told = refused(
            db,
            ListKind.UNIT,
            name="DIRECCION POLICIAL DE INVESTIGACIONES",
            code="dnic",
            institution_id=dpi.values["institution_id"],
            successor_id=99999,
            aliases=("Fronteras",),
            valid_from=dt.date(2020, 1, 2),
            valid_to=dt.date(2020, 1, 1),
        )
        assert told["name"] == "“Dirección Policial de Investigaciones” ya existe."
        assert set(told) == {"name", "code", "successor_id", "aliases", "valid_to"}
        assert "02/01/2020" in told["valid_to"]


def test_the_same_name_may_stand_in_two_institutions(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        one, other = item(db, ListKind.INSTITUTION, "HNP").id, item(db, ListKind.INSTITUTION, "MP").id
        save(db, ListKind.UNIT, name="Unidad de Género", institution_id=one)
        save(db, ListKind.UNIT, name="Unidad de Género", institution_id=other)
        codes = values(db, "SELECT code FROM unit WHERE name = 'Unidad de Género' ORDER BY id")
        assert codes == [("UNIDAD-DE-GENERO",), ("UNIDAD-DE-GENERO-2",)]


def test_an_ended_item_is_hidden_named_when_added_again_and_opened_again(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        registrar = user(db, Role.REGISTRAR)
        tigres = item(db, ListKind.UNIT, "TIGRES")
        end_item(db, registrar, ListKind.UNIT, tigres.id, TODAY)
        assert tigres.id in {row.id for row in rows(db, ListKind.UNIT, ended=False)}, "its last day is still its own"
        db.clock = lambda: NOW + dt.timedelta(days=1)
        assert tigres.id not in {row.id for row in rows(db, ListKind.UNIT, ended=False)}
        told = refused(db, ListKind.UNIT, name="unidad tigres", institution_id=tigres.values["institution_id"])
        assert "31/12/2018" in told["name"]
        reopen_item(db, registrar, ListKind.UNIT, tigres.id)
        assert item(db, ListKind.UNIT, "TIGRES").ended_on is None
        assert last_set(db)[1:] == ("reopen_list_item", "unit TIGRES")


def test_nothing_new_belongs_to_what_has_ended_but_what_belonged_to_it_can_be_saved(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        mp = item(db, ListKind.INSTITUTION, "MP")
        end_item(db, user(db, Role.MANAGER), ListKind.INSTITUTION, mp.id, TODAY - dt.timedelta(days=1))
        assert set(refused(db, ListKind.UNIT, name="Fiscalía nueva", institution_id=mp.id)) == {"institution_id"}
        atic = item(db, ListKind.UNIT, "ATIC")
        assert save(db, ListKind.UNIT, atic, source="decreto") == atic.id


def test_an_end_before_the_beginning_is_refused(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        dpi = item(db, ListKind.UNIT, "DPI")
        with pytest.raises(DraftRefused, match="before its first day"):
            end_item(db, user(db, Role.REGISTRAR), ListKind.UNIT, dpi.id, dt.date(2014, 1, 1))


def test_successors_never_lead_round(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        dpi, dnic = item(db, ListKind.UNIT, "DPI"), item(db, ListKind.UNIT, "DNIC")
        assert dnic.named["successor_id"] == dpi.name
        assert set(refused(db, ListKind.UNIT, dpi, successor_id=dnic.id)) == {"successor_id"}
        assert set(refused(db, ListKind.UNIT, dpi, successor_id=dpi.id)) == {"successor_id"}


def test_a_spelling_leads_to_one_unit_only(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        dpi, police = item(db, ListKind.UNIT, "DPI"), item(db, ListKind.UNIT, "POLFRONT")
        assert "fronteras" in refused(db, ListKind.UNIT, dpi, aliases=("fronteras",))["aliases"]
        assert set(refused(db, ListKind.UNIT, dpi, aliases=(police.name,))) == {"aliases"}
        save(db, ListKind.UNIT, police, aliases=())
        save(db, ListKind.UNIT, dpi, aliases=("fronteras",))


def test_what_is_said_once_stays(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        reason = rows(db, ListKind.REASON)[0]
        assert set(refused(db, ListKind.REASON, reason, applies_to="no_show")) == {"applies_to"}
        hnp = item(db, ListKind.FORCE, "HNP")
        assert set(refused(db, ListKind.FORCE, hnp, code="PNH", country="XXX")) == {"code", "country"}


def test_a_reason_gets_a_code_that_says_when(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        key = save(db, ListKind.REASON, name="Curso en el extranjero", applies_to="withdrew")
        assert values(db, "SELECT code FROM ground WHERE id = ?", key) == [("withdrew-curso-en-el-extranjero",)]


def test_places_are_official_and_changed_by_an_administrator_only(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        place = item(db, ListKind.MUNICIPALITY, "0301")
        for role in (Role.REGISTRAR, Role.MANAGER):
            with pytest.raises(Refused, match="an administrator may"):
                save(db, ListKind.MUNICIPALITY, place, role, name="Otro")
        save(db, ListKind.MUNICIPALITY, place, Role.ADMINISTRATOR, name="Ciudad de Comayagua")
        department = place.values["department_id"]
        with pytest.raises(DraftRefused) as caught:
            save(db, ListKind.MUNICIPALITY, None, Role.ADMINISTRATOR, name="X", code="0499", department_id=department)
        assert [problem.field for problem in caught.value.problems] == ["code"]
        save(db, ListKind.MUNICIPALITY, None, Role.ADMINISTRATOR, name="Nuevo", code="0399", department_id=department)


def test_curricula_are_renamed_and_ended_but_not_added(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        row = rows(db, ListKind.CURRICULUM)[0]
        save(db, ListKind.CURRICULUM, row, name="Otro nombre")
        with pytest.raises(UserError, match="Nothing is added"):
            save_item(db, user(db, Role.REGISTRAR), ListDraft(row.kind, {**row.values, "name": "Nuevo"}))


def test_what_is_used_is_ended_what_is_not_may_be_deleted(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        registrar = user(db, Role.REGISTRAR)
        programme = item(db, ListKind.PROGRAMME, "EIC")
        uses = {use.table: use.rows for use in list_item(db, registrar, ListKind.PROGRAMME, programme.id).uses}
        assert uses["offering"] == 2
        with pytest.raises(Refused, match="end it instead"):
            delete_item(db, registrar, ListKind.PROGRAMME, programme.id)
        cnp = item(db, ListKind.FORCE, "CNP")
        assert {use.table for use in list_item(db, registrar, ListKind.FORCE, cnp.id).uses} >= {"published_figure"}
        border = item(db, ListKind.UNIT, "POLFRONT")
        assert border.values["aliases"]
        delete_item(db, registrar, ListKind.UNIT, border.id)
        assert values(db, "SELECT count(*) FROM unit WHERE id = ?", border.id) == [(0,)]
        history.undo_set(db, registrar, int(str(last_set(db)[0])), "por error")
        assert item(db, ListKind.UNIT, "POLFRONT") == border


def test_somebody_elses_change_is_told_and_nothing_is_overwritten(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        dpi = item(db, ListKind.UNIT, "DPI")
        save(db, ListKind.UNIT, dpi, Role.MANAGER, name="Dirección de Investigaciones")
        with pytest.raises(ChangedMeanwhile) as caught:
            save(db, ListKind.UNIT, dpi, source="decreto")
        (change,) = caught.value.changes
        assert (change.field, change.known, change.now) == ("name", dpi.name, "Dirección de Investigaciones")
        assert "manager" in caught.value.text(ES)
        assert "Nombre" in caught.value.text(ES)
        assert item(db, ListKind.UNIT, "DPI").values["source"] == dpi.values["source"]


def test_whoever_changed_the_spellings_only_is_named(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        border = item(db, ListKind.UNIT, "POLFRONT")
        save(db, ListKind.UNIT, border, Role.MANAGER, source="decreto")
        opened = item(db, ListKind.UNIT, "POLFRONT")
        save(db, ListKind.UNIT, opened, Role.ADMINISTRATOR, aliases=())
        with pytest.raises(ChangedMeanwhile, match="by administrator") as caught:
            save(db, ListKind.UNIT, opened, name="Otro nombre")
        assert [change.field for change in caught.value.changes] == ["aliases"]


def test_every_write_is_taken_back_after_a_restart_unless_later_work_stands_on_it(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        path = db.path
        hnp = item(db, ListKind.INSTITUTION, "HNP")
        unit = save(db, ListKind.UNIT, name="Unidad nueva", institution_id=hnp.id)
        added = int(str(last_set(db)[0]))
        follower = item(db, ListKind.UNIT, "COBRAS")
        save(db, ListKind.UNIT, follower, successor_id=unit)
        linked = int(str(last_set(db)[0]))
    with Database(path, clock=lambda: NOW) as db:
        registrar = user(db, Role.REGISTRAR)
        with pytest.raises(Refused, match="later change sets"):
            history.undo_set(db, registrar, added, "por error")
        history.undo_set(db, registrar, linked, "por error")
        assert item(db, ListKind.UNIT, "COBRAS") == follower
        history.undo_set(db, registrar, added, "por error")
        with pytest.raises(UserError, match="no longer in the list"):
            list_item(db, registrar, ListKind.UNIT, unit)
        again = save(db, ListKind.UNIT, name="Unidad nueva", institution_id=hnp.id)
        assert list_item(db, registrar, ListKind.UNIT, again).row.code == "UNIDAD-NUEVA-2", "a code is never used twice"


def test_every_country_can_be_chosen_in_the_language_of_the_reader() -> None:
    assert all_countries(Language.ES)["DEU"] == "Alemania"
    assert all_countries(Language.EN)["DEU"] == "Germany"
    assert len(all_countries(Language.ES)) > 240
