"""Tests of the school's signatures: made, opened, slowed against guessing, handed over, lost, stolen."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from eic_tracker.domain.codes import KeyEnd, KeyTitle, Role
from eic_tracker.domain.drafts import DraftRefused
from eic_tracker.domain.permissions import ActingUser
from eic_tracker.domain.seal import public_key_of
from eic_tracker.errors import Refused, UserError
from eic_tracker.i18n import Language, Translator
from eic_tracker.services.authorisations import AuthorisationDraft
from eic_tracker.services.signing_keys import (
    SignatureDraft,
    SignatureEnd,
    change_passphrase,
    end_signature,
    hand_over_signature,
    make_signature,
    open_signature,
    signature_card,
)
from eic_tracker.store.database import Database
from eic_tracker.store.tables.users import User
from eic_tracker.store.transaction import Actor, Entry
from tests.services.school import NOW, PASSPHRASE, PASSWORD, school, user, values

T = Translator(Language.ES)
TODAY = dt.date(2018, 12, 31)
ORDER = AuthorisationDraft("Comisionada Inventada", "Dirección General", "Oficio 14-2018")


def another_manager(db: Database) -> ActingUser:
    """A second manager of the small school."""
    with db.write(Entry(Actor("test"), "add_user", "second")) as tx:
        row = {"uid": tx.new_uid(), "login": "second", "full_name": "Nueva Directora", "role": Role.MANAGER}
        (key,) = tx.insert(User, [row])
    return ActingUser(key, "second", "Nueva Directora", Role.MANAGER)


def draft(phrase: str = "cuatro palabras sin orden", title: KeyTitle = KeyTitle.DEPUTY) -> SignatureDraft:
    """A signature with this passphrase, typed the same twice."""
    return SignatureDraft(title, phrase, phrase)


def test_a_signature_opens_by_its_own_passphrase_and_neither_file_nor_journal_holds_what_signs(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        manager = user(db, Role.MANAGER)
        signer = open_signature(db, manager, PASSPHRASE)
        (row,) = signature_card(db, user(db, Role.AUDITOR)).active
        assert (row.login, row.title, row.kid) == ("manager", "titular", signer.kid)
        assert public_key_of(signer.private).point.hex() == row.point
        kept = repr(values(db, "SELECT * FROM signing_key")) + repr(values(db, "SELECT before, after FROM change"))
        ((locked,),) = values(db, "SELECT locked_private FROM signing_key")
        assert signer.private.hex() not in kept
        assert str(locked) not in repr(values(db, "SELECT before, after FROM change"))
        assert repr(signer.private) not in repr(signer)
        assert change_passphrase(db, manager, PASSPHRASE, "otra frase distinta", "otra frase distinta")
        assert open_signature(db, manager, "otra frase distinta") == signer


@pytest.mark.parametrize(
    ("phrase", "again", "told"),
    [
        ("corta", "corta", "at least 12"),
        ("aaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaa", "too easy"),
        ("second contra todos", "second contra todos", "too easy"),
        ("cuatro palabras", "cuatro  palabras", "differently"),
        (PASSWORD, PASSWORD, "not the password"),
    ],
)
def test_a_weak_passphrase_is_told_plainly_and_makes_nothing(
    tmp_path: Path, phrase: str, again: str, told: str
) -> None:
    with school(tmp_path) as db:
        second = another_manager(db)
        if phrase == PASSWORD:
            ((known,),) = values(db, "SELECT password_hash FROM user WHERE login = 'manager'")
            with db.write(Entry(Actor("test"), "set_password", "second")) as tx:
                tx.update(User, {second.id: {"password_hash": known}})
        with pytest.raises(DraftRefused, match=told):
            make_signature(db, second, SignatureDraft(KeyTitle.DEPUTY, phrase, again))
        assert values(db, "SELECT count(*) FROM signing_key") == [(1,)]


def test_five_wrong_passphrases_in_a_row_lock_a_signature_for_a_quarter_of_an_hour(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        manager = user(db, Role.MANAGER)
        for _ in range(5):
            with pytest.raises(Refused, match="passphrase is wrong"):
                open_signature(db, manager, "no es la frase")
        with pytest.raises(Refused, match="locked after five"):
            open_signature(db, manager, PASSPHRASE)
        assert values(db, "SELECT count(*) FROM change_set WHERE use_case = 'wrong_passphrase'") == [(5,)]
        db.clock = lambda: NOW + dt.timedelta(minutes=15)
        assert open_signature(db, manager, PASSPHRASE).login == "manager"


def test_there_is_one_titular_and_each_holds_one_signature(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        second = another_manager(db)
        with pytest.raises(Refused, match="held already"):
            make_signature(db, second, draft(title=KeyTitle.TITULAR))
        make_signature(db, second, draft())
        with pytest.raises(Refused, match="holds a signature already"):
            make_signature(db, second, draft())
        card = signature_card(db, second)
        assert [(row.login, row.title) for row in card.active] == [("manager", "titular"), ("second", "deputy")]
        with pytest.raises(Refused, match="may not approve"):
            make_signature(db, user(db, Role.REGISTRAR), draft())


def test_handing_over_ends_the_former_signature_and_gives_an_act_to_print(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        manager, second = user(db, Role.MANAGER), another_manager(db)
        make_signature(db, second, draft())
        done = hand_over_signature(db, second, draft("una frase de directora", KeyTitle.TITULAR), ORDER, t=T)
        card = signature_card(db, second)
        assert [(row.login, row.title) for row in card.active] == [("second", "titular")]
        assert {(row.login, row.ended, row.valid_to) for row in card.ended} == {
            ("manager", "handed_over", TODAY),
            ("second", "handed_over", TODAY),
        }
        for said in ("Nueva Directora", "Manager", "Oficio 14-2018", done.made.fingerprint, card.active[0].fingerprint):
            assert said in done.act
        with pytest.raises(Refused, match="no signature"):
            open_signature(db, manager, PASSPHRASE)
        with pytest.raises(Refused, match="no other titular"):
            hand_over_signature(db, second, draft("otra vez la misma", KeyTitle.TITULAR), ORDER, t=T)


def test_a_lost_or_stolen_signature_signs_no_more_and_why_is_kept(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        manager = user(db, Role.MANAGER)
        with pytest.raises(UserError, match="what happened"):
            end_signature(db, manager, SignatureEnd(1, KeyEnd.LOST, "  "))
        end_signature(db, manager, SignatureEnd(1, KeyEnd.LOST, "Se olvidó la frase"))
        with pytest.raises(Refused, match="ended already"):
            end_signature(db, manager, SignatureEnd(1, KeyEnd.LOST, "Otra vez"))
        end_signature(db, manager, SignatureEnd(1, KeyEnd.STOLEN, "Estaba en la computadora robada"))
        assert signature_card(db, manager).active == ()
        assert values(db, "SELECT ended, valid_to FROM signing_key") == [("stolen", "2018-12-31")]
        assert make_signature(db, manager, draft(title=KeyTitle.TITULAR)).id == 2
        with pytest.raises(UserError, match="no signature 9"):
            end_signature(db, manager, SignatureEnd(9, KeyEnd.LOST, "Nada"))
