"""What the school says of itself: kept with a journal entry, undone, and never so that signed papers become forged."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from eic_tracker.domain.codes import Role
from eic_tracker.domain.drafts import DraftRefused
from eic_tracker.i18n import Language, Translator
from eic_tracker.services.certificates import approve_certificates, prepare_certificates
from eic_tracker.services.history import undo_set
from eic_tracker.services.school_settings import change_settings, school_settings
from tests.services.school import PASSPHRASE, school, user, values

PLACES = "SELECT b.entries_per_folio, b.folios FROM register_book b"


def test_settings_hold_for_what_is_made_from_then_on_and_one_undo_takes_them_back(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        administrator = user(db, Role.ADMINISTRATOR)
        before = school_settings(db, administrator)
        assert (before.issuer, before.entries_per_folio, before.folios_per_book, before.claim_days) == (
            "EIC",
            25,
            200,
            10,
        )
        draft = replace(
            before,
            letterhead=("Escuela  de prueba", " "),
            check_address=" https://eic.example/v ",
            entries_per_folio=10,
            claim_days=30,
        )
        entry = change_settings(db, administrator, draft)
        assert entry is not None
        now = school_settings(db, administrator)
        assert now == replace(draft, letterhead=("Escuela de prueba",), check_address="https://eic.example/v")
        assert change_settings(db, administrator, now) is None, "nothing changed, nothing is written"
        prepare_certificates(db, user(db, Role.REGISTRAR), "007-2018")
        approve_certificates(db, user(db, Role.MANAGER), "007-2018", t=Translator(Language.ES), passphrase=PASSPHRASE)
        assert values(db, PLACES) == [(10, 200)]
        with pytest.raises(DraftRefused, match="signed under the name “EIC”"):
            change_settings(db, administrator, replace(now, issuer="ESCUELA"))
        undo_set(db, administrator, entry, "error")
        assert school_settings(db, administrator) == before


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"letterhead": ()}, "letterhead"),
        ({"letterhead": ("línea",) * 7}, "letterhead"),
        ({"issuer": ""}, "issuer"),
        ({"issuer": "X" * 17}, "issuer"),
        ({"check_address": "http://eic.example"}, "check_address"),
        ({"check_address": "https://eic.example/#x"}, "check_address"),
        ({"check_address": "https://[::1"}, "check_address"),
        ({"check_telephone": "2" * 61}, "check_telephone"),
        ({"entries_per_folio": 4}, "entries_per_folio"),
        ({"folios_per_book": None}, "folios_per_book"),
        ({"claim_days": "diez"}, "claim_days"),
    ],
)
def test_what_cannot_stand_is_told_at_its_field_and_nothing_is_kept(
    tmp_path: Path, changed: dict[str, object], field: str
) -> None:
    with school(tmp_path) as db:
        administrator = user(db, Role.ADMINISTRATOR)
        before = school_settings(db, administrator)
        with pytest.raises(DraftRefused) as refused:
            change_settings(db, administrator, replace(before, **changed))  # type: ignore[arg-type]
        assert {problem.field for problem in refused.value.problems} == {field}
        assert school_settings(db, administrator) == before
