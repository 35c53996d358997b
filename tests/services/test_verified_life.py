"""Tests of what a check says of a certificate through its life: before its day, handed over, stolen, annulled."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path

from eic_tracker.domain.codes import AnnulmentGround, KeyEnd, Role
from eic_tracker.domain.seal import facts_of, seal, unseal
from eic_tracker.i18n import Language, Translator
from eic_tracker.services.annulling import AnnulmentDraft, revoke_certificate
from eic_tracker.services.authorisations import AuthorisationDraft
from eic_tracker.services.certificates import approve_certificates, approve_prepared, prepare_certificates
from eic_tracker.services.letters import SourceDraft
from eic_tracker.services.replacing import DuplicateDraft, prepare_duplicate
from eic_tracker.services.signing_keys import SignatureEnd, end_signature, open_signature
from eic_tracker.services.verification import verify_texts
from eic_tracker.store.database import Database
from tests.services.school import PASSPHRASE, school, user, values

T = Translator(Language.ES)
TODAY, CEREMONY = dt.date(2018, 12, 31), dt.date(2019, 1, 18)
ORDER = AuthorisationDraft("Comisionada Inventada", "Dirección", "Oficio 14-2018")


def said(db: Database, *codes: str, today: dt.date = CEREMONY) -> list[tuple[str, str | None]]:
    """State and reason of each code, as the school's own file tells them."""
    answers = verify_texts(db, user(db, Role.AUDITOR), codes, today=today)
    return [(str(each.state), each.reason) for each in answers]


def codes_in(db: Database) -> list[str]:
    """The codes of all certificates of the file."""
    return [str(code) for (code,) in values(db, "SELECT code FROM certificate ORDER BY id")]


def test_a_check_tells_the_life_of_a_certificate_and_a_stolen_signature_makes_no_new_ones(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        registrar, manager = user(db, Role.REGISTRAR), user(db, Role.MANAGER)
        prepare_certificates(db, registrar, "007-2018", ceremony=CEREMONY)
        approve_certificates(db, manager, "007-2018", t=T, passphrase=PASSPHRASE)
        first, second = codes_in(db)
        assert said(db, first, today=TODAY) == [("not_yet_valid", None)]
        assert said(db, first, second) == [("valid", None), ("valid", None)]

        signer = open_signature(db, manager, PASSPHRASE)
        facts = facts_of(unseal(first))
        forged = seal(dataclasses.replace(facts, uid="ab" * 16, name="Otra persona"), signer.private)
        draft = DuplicateDraft(facts.number, AnnulmentGround.LOSS, SourceDraft("Declaración 3"))
        made = prepare_duplicate(db, registrar, draft)
        approve_prepared(db, manager, [made.id], t=T, passphrase=PASSPHRASE)
        third = codes_in(db)[-1]
        revoke_certificate(db, manager, AnnulmentDraft(facts_of(unseal(second)).number, "Nota falsa", ORDER))
        end_signature(db, manager, SignatureEnd(1, KeyEnd.LOST, "Se olvidó"))
        assert said(db, third) == [("valid", None)], "what a lost signature signed holds"
        end_signature(db, manager, SignatureEnd(1, KeyEnd.STOLEN, "Alguien la copió"))
        states = said(db, first, second, third, forged)
        assert states == [("replaced", None), ("annulled", None), ("valid", None), ("invalid", "key_stolen")]
