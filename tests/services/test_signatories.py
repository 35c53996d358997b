"""Tests of signatories: entered, ended, away; the deputy signs what is dated into an absence; all of it is undone."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from eic_tracker.domain.codes import Role
from eic_tracker.domain.drafts import DraftRefused
from eic_tracker.errors import Refused, UserError
from eic_tracker.i18n import Language, Translator
from eic_tracker.services.certificates import approve_certificates, prepare_certificates
from eic_tracker.services.history import undo_set
from eic_tracker.services.signatories import (
    AbsenceDraft,
    SignatoryDraft,
    add_signatory,
    end_absence,
    end_signatory,
    list_signatories,
    set_absence,
    signers_of_day,
)
from tests.services.school import PASSPHRASE, school, user, values

DAY = dt.date(2018, 11, 30)
DEPUTY = SignatoryDraft("Comisaria", "Suplente Inventada", "Subdirectora", dt.date(2018, 1, 1), deputy_of_id=1)


def test_the_deputy_signs_what_is_dated_into_an_absence_and_the_paper_keeps_that(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        manager = user(db, Role.MANAGER)
        deputy = add_signatory(db, manager, DEPUTY)
        assert [each.name for each in signers_of_day(db, manager, DAY)] == ["Director Inventado"]
        away = set_absence(db, manager, AbsenceDraft(1, dt.date(2018, 11, 26), None, "Comisión del servicio"))
        (signer,) = signers_of_day(db, manager, DAY)
        assert (signer.id, signer.by_absence) == (deputy.id, True)
        prepare_certificates(db, user(db, Role.REGISTRAR), "007-2018")
        approve_certificates(db, manager, "007-2018", t=Translator(Language.ES), passphrase=PASSPHRASE)
        end_absence(db, manager, 1, dt.date(2018, 11, 28))
        assert [each.by_absence for each in signers_of_day(db, manager, DAY)] == [False]
        (said,) = values(db, "SELECT DISTINCT json_extract(snapshot, '$.signatories') FROM certificate")
        assert [(each["name"], each["by_absence"]) for each in json.loads(str(said[0]))] == [
            ("Suplente Inventada", True)
        ]
        with pytest.raises(Refused, match="later change sets"):
            undo_set(db, manager, away.set_id, "prueba")


def test_what_was_entered_of_a_signatory_is_undone(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        manager = user(db, Role.MANAGER)
        added = add_signatory(db, manager, DEPUTY)
        ended = end_signatory(db, manager, 1, DAY)
        away = set_absence(db, manager, AbsenceDraft(1, DAY, DAY, "Permiso"))
        for done in (away, ended, added):
            undo_set(db, manager, done.set_id, "prueba")
        (line,) = list_signatories(db, manager)
        assert (line.valid_to, line.absences) == (None, ())


@pytest.mark.parametrize(
    ("draft", "told"),
    [
        (SignatoryDraft("", " ", "Director", DAY), "needed"),
        (SignatoryDraft("", "Ana", "Directora", None), "needed"),
        (SignatoryDraft("", "Ana\x07", "Directora", DAY), "characters"),
        (SignatoryDraft("", "A" * 300, "Directora", DAY), "too long"),
        (SignatoryDraft("", "Ana", "Directora", DAY, dt.date(2018, 1, 1)), "before the first"),
        (SignatoryDraft("", "Ana", "Directora", DAY, deputy_of_id=99), "no signatory of that number"),
        (SignatoryDraft("", "Ana", "Directora", DAY, position=4), "three signatures"),
    ],
)
def test_what_is_wrong_with_a_signatory_is_told_and_nothing_is_kept(
    tmp_path: Path, draft: SignatoryDraft, told: str
) -> None:
    with school(tmp_path) as db:
        with pytest.raises(DraftRefused, match=told):
            add_signatory(db, user(db, Role.MANAGER), draft)
        assert len(list_signatories(db, user(db, Role.MANAGER))) == 1


def test_absences_have_a_reason_an_order_and_do_not_overlap(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        manager = user(db, Role.MANAGER)
        set_absence(db, manager, AbsenceDraft(1, dt.date(2018, 6, 3), dt.date(2018, 6, 14), "Permiso"))
        for draft, told in (
            (AbsenceDraft(1, dt.date(2018, 6, 14), None, "Permiso"), "overlaps"),
            (AbsenceDraft(1, DAY, None, " "), "needed"),
            (AbsenceDraft(1, DAY, dt.date(2018, 1, 1), "Permiso"), "before the first"),
        ):
            with pytest.raises(DraftRefused, match=told):
                set_absence(db, manager, draft)
        with pytest.raises(UserError, match="not away"):
            end_absence(db, manager, 1, DAY)
        with pytest.raises(UserError, match="no signatory of that number"):
            end_signatory(db, manager, 99, DAY)
        with pytest.raises(Refused):
            add_signatory(db, user(db, Role.AUDITOR), DEPUTY)
