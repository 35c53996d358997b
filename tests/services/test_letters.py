"""A letter that was found leads to what rests on it."""

from __future__ import annotations

from pathlib import Path

import pytest

from eic_tracker.domain.codes import Role
from eic_tracker.errors import Refused
from eic_tracker.services.letters import letter_use
from eic_tracker.store.tables.courses import Enrolment
from eic_tracker.store.tables.documents import SourceDocument, SourceKind
from eic_tracker.store.transaction import Actor, Entry
from tests.services.school import school, user, values


def test_a_letter_leads_to_the_course_that_it_enrolled_people_in_else_to_its_entry(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        with db.write(Entry(Actor("test"), "fill", "letter")) as tx:
            used, unused = tx.insert(
                SourceDocument,
                [
                    {"uid": tx.new_uid(), "kind": SourceKind.LETTER, "number": number}
                    for number in ("112-2019", "113-2019")
                ],
            )
            tx.update(Enrolment, {1: {"source_document_id": used}, 6: {"source_document_id": used}})
        registrar = user(db, Role.REGISTRAR)
        (newest,) = values(db, "SELECT id FROM offering WHERE code = '001-2019'")
        assert letter_use(db, registrar, used).offering == newest[0]
        (entry,) = values(db, "SELECT max(id) FROM change_set")
        alone = letter_use(db, registrar, unused)
        assert (alone.offering, alone.class_group, alone.entry) == (None, None, entry[0])
        with pytest.raises(Refused):
            letter_use(db, user(db, Role.INSTRUCTOR), used)
