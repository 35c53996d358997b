"""Tests of preparing, approving and printing certificates."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest

from eic_tracker.domain.codes import Role
from eic_tracker.domain.permissions import ActingUser
from eic_tracker.errors import Refused, UserError
from eic_tracker.i18n import Language, Translator
from eic_tracker.services.certificates import approve_certificates, prepare_certificates, print_certificates
from eic_tracker.store.database import Database
from eic_tracker.store.tables.people import Participant
from eic_tracker.store.transaction import Actor, Entry
from tests.services.school import school, user, values

T = Translator(Language.ES)
CODE = "007-2018"


def approved(db: Database) -> None:
    """Prepare and approve the certificates of the closed offering."""
    prepare_certificates(db, user(db, Role.REGISTRAR), CODE)
    approve_certificates(db, user(db, Role.MANAGER), CODE, t=T)


def test_only_those_who_completed_get_one_and_nobody_gets_two(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        assert prepare_certificates(db, user(db, Role.REGISTRAR), CODE).count == 2
        again = prepare_certificates(db, user(db, Role.REGISTRAR), CODE)
        assert (again.count, again.set_id) == (0, None)


def test_an_open_offering_has_no_certificates_and_an_unknown_one_is_told(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        with pytest.raises(Refused, match="not closed"):
            prepare_certificates(db, user(db, Role.REGISTRAR), "001-2019")
        with pytest.raises(UserError, match="no offering 999-2018"):
            prepare_certificates(db, user(db, Role.REGISTRAR), "999-2018")


def test_numbers_follow_each_other_without_gaps(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        prepare_certificates(db, user(db, Role.REGISTRAR), CODE)
        assert values(db, "SELECT number FROM certificate") == [(None,), (None,)]
        approve_certificates(db, user(db, Role.MANAGER), CODE, t=T)
        assert values(db, "SELECT number FROM certificate ORDER BY serial") == [
            ("EIC-2018-000001",),
            ("EIC-2018-000002",),
        ]


def test_nobody_approves_what_they_prepared(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        registrar = user(db, Role.REGISTRAR)
        prepare_certificates(db, registrar, CODE)
        with pytest.raises(Refused, match="may not approve"):
            approve_certificates(db, registrar, CODE, t=T)
        promoted = ActingUser(registrar.id, registrar.login, registrar.full_name, Role.MANAGER)
        with pytest.raises(Refused, match="another manager"):
            approve_certificates(db, promoted, CODE, t=T)


def test_one_pdf_for_each_named_by_its_number_with_name_and_course(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        approved(db)
        paths = print_certificates(db, user(db, Role.REGISTRAR), CODE, tmp_path / "out", t=T)
        assert values(db, "SELECT DISTINCT status FROM certificate") == [("issued",)]
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["EIC-2018-000001.pdf", "EIC-2018-000002.pdf"]
    texts = []
    for path in paths:
        document = pypdfium2.PdfDocument(path)
        texts.append(document[0].get_textpage().get_text_range())
        document.close()
    assert "María José Núñez O'Hara" in "".join(texts)
    assert all("Fotografía forense" in text for text in texts)


def test_a_reprint_shows_what_was_frozen_even_after_the_name_was_corrected(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        approved(db)
        registrar = user(db, Role.REGISTRAR)
        first = [path.read_bytes() for path in print_certificates(db, registrar, CODE, tmp_path / "one", t=T)]
        with db.write(Entry(Actor("test"), "edit_person", "1")) as tx:
            tx.update(Participant, {1: {"given_names": "Otra"}})
        again = [path.read_bytes() for path in print_certificates(db, registrar, CODE, tmp_path / "two", t=T)]
    assert again == first


def test_nothing_is_printed_before_approval(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        prepare_certificates(db, user(db, Role.REGISTRAR), CODE)
        with pytest.raises(Refused, match="is approved"):
            print_certificates(db, user(db, Role.REGISTRAR), CODE, tmp_path / "out", t=T)
    assert not (tmp_path / "out").exists()
