"""Tests of the office's papers in use: names leave with a note, numbers without, an empty course is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from eic_tracker.domain.codes import Role
from eic_tracker.errors import Refused, UserError
from eic_tracker.i18n import Language, Translator
from eic_tracker.services.course_papers import (
    CoursePaperKind,
    course_paper,
    course_paper_leaving,
    note_kind,
    write_course_paper,
)
from eic_tracker.services.exports import note_export
from tests.services.school import school, user, values
from tests.services.test_enrolment import planned

T = Translator(Language.ES)


def test_names_leave_only_with_a_note_of_as_many_people(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        registrar = user(db, Role.REGISTRAR)
        kind = CoursePaperKind.NAME_TAGS
        people = course_paper_leaving(db, registrar, 2, kind).people
        assert people > 0
        with pytest.raises(Refused, match="note in the journal"):
            course_paper(db, registrar, 2, kind, t=T)
        few = note_export(db, registrar, note_kind(kind), people - 1, None)
        with pytest.raises(Refused, match="note in the journal"):
            course_paper(db, registrar, 2, kind, t=T, note=few)
        note = note_export(db, registrar, note_kind(kind), people, None)
        assert course_paper(db, registrar, 2, kind, t=T, note=note).startswith(b"%PDF")


def test_the_command_writes_the_file_and_the_note(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        path = tmp_path / "roster.pdf"
        write_course_paper(db, user(db, Role.REGISTRAR), "001-2019", CoursePaperKind.SIGNATURES, path, t=T)
        assert path.read_bytes().startswith(b"%PDF")
        assert values(db, "SELECT kind FROM export") == [("roster: signatures",)]
        write_course_paper(db, user(db, Role.MANAGER), "001-2019", CoursePaperKind.LODGING, tmp_path / "beds.pdf", t=T)
        assert values(db, "SELECT count(*) FROM export") == [(1,)]


def test_an_empty_course_has_no_papers(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        registrar = user(db, Role.REGISTRAR)
        empty = planned(db)
        with pytest.raises(UserError, match="Nobody has a seat"):
            course_paper(db, registrar, empty, CoursePaperKind.LODGING, t=T)
