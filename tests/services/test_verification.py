"""Checking certificates by the file: numbers, telephone codes; lists that are published and taken in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from eic_tracker.domain.codes import Role
from eic_tracker.domain.trust import TrustList, encode_list, list_fingerprint
from eic_tracker.domain.verifying import CodeState
from eic_tracker.errors import FileProblem, Refused, UserError
from eic_tracker.services.sign_in import demonstration_user
from eic_tracker.services.trust_lists import export_list, import_list
from eic_tracker.services.verification import texts_of, verify_by_list, verify_texts
from eic_tracker.store.database import Database
from tests import certificate_vectors as made

TODAY = dt.date(2019, 6, 28)


@pytest.fixture
def demonstration(demo_file: Path) -> Iterator[Database]:
    with Database(demo_file, clock=lambda: dt.datetime(2019, 6, 28, 18, tzinfo=dt.UTC)) as db:
        yield db


def test_number_and_telephone_code_tell_the_same_as_the_signed_code(demonstration: Database, demo_folder: Path) -> None:
    registrar = demonstration_user(demonstration, Role.REGISTRAR)
    texts = texts_of(demo_folder / "certificates" / "EIC-2019-000003.pdf")
    (by_code,) = verify_texts(demonstration, registrar, texts, today=TODAY)
    assert (by_code.state, by_code.demonstration, by_code.list_age_days) == (CodeState.VALID, True, 0)
    told = [by_code.telephone_code or "", "eic-2019-000003", "EIC-2019-999999"]
    by_telephone, by_number, nothing = verify_texts(demonstration, registrar, told, today=TODAY)
    assert by_telephone.facts == by_number.facts == by_code.facts
    assert (nothing.state, nothing.reason) == (CodeState.INVALID, "not_found")


def test_what_stands_under_a_number_is_told_only_to_who_reads_people(demonstration: Database) -> None:
    with pytest.raises(Refused):
        verify_texts(
            demonstration, demonstration_user(demonstration, Role.ADMINISTRATOR), ["EIC-2019-000003"], today=TODAY
        )


def test_a_code_of_the_demonstration_is_unknown_everywhere_else(tmp_path: Path, demo_folder: Path) -> None:
    texts = texts_of(demo_folder / "certificates" / "EIC-2019-000003.pdf")
    (answer,) = verify_by_list(made.lists()["school"], "eic-trust.cose", texts, today=TODAY)
    assert answer.state is CodeState.UNKNOWN_KEY


def test_a_list_that_is_written_checks_without_the_program(demonstration: Database, tmp_path: Path) -> None:
    manager = demonstration_user(demonstration, Role.MANAGER)
    first = export_list(demonstration, manager, tmp_path / "one.cose", None)
    second = export_list(demonstration, manager, tmp_path / "two.cose", None)
    assert (first.sequence, second.sequence) == (1, 2)
    content = (tmp_path / "two.cose").read_bytes()
    assert content == second.content
    with demonstration.read() as connection:
        (code,) = connection.exec_driver_sql("SELECT code FROM certificate WHERE number = 'EIC-2019-000001'").one()
    (answer,) = verify_by_list(content, "two.cose", [code], today=TODAY + dt.timedelta(days=91))
    assert (answer.state, answer.list_old, answer.demonstration) == (CodeState.VALID, True, True)
    with pytest.raises(FileProblem, match="changed"):
        verify_by_list(content[:-1] + b"\x00", "two.cose", [code], today=TODAY)


def test_lists_of_others_are_taken_in_with_their_code_and_only_newer_ones_follow(
    demonstration: Database, tmp_path: Path
) -> None:
    manager = demonstration_user(demonstration, Role.MANAGER)
    keys = (made.key("titular"),)
    issued = dt.date(2026, 1, 1)

    def written(sequence: int, signer: str = "titular", **values: object) -> Path:
        trust = TrustList("OTRA", sequence, issued, issued, keys, **values)  # type: ignore[arg-type]
        path = tmp_path / f"{signer} {sequence}.cose"
        path.write_bytes(encode_list(trust, made.private(signer)))
        return path

    first = written(3)
    with pytest.raises(UserError, match="telephone"):
        import_list(demonstration, manager, first)
    code = list_fingerprint(first.read_bytes())
    assert import_list(demonstration, manager, first, code.lower().replace("-", " ")).sequence == 3
    with pytest.raises(Refused, match="not newer"):
        import_list(demonstration, manager, first)
    assert import_list(demonstration, manager, written(4)).sequence == 4
    with pytest.raises(FileProblem):
        import_list(demonstration, manager, written(5, "nobody knows"))
    with pytest.raises(Refused, match="demonstration"):
        import_list(demonstration, manager, written(6, demonstration=True))
    with pytest.raises(FileProblem):
        import_list(demonstration, manager, tmp_path / "missing.cose")
