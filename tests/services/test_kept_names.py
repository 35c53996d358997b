"""Names of pupils, where a programme keeps them: by a manager's order, seen by few, gone without a byte at the end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import eic_tracker
from eic_tracker.domain.codes import Role
from eic_tracker.domain.drafts import DraftRefused
from eic_tracker.domain.name_keeping import proposed_purge_day
from eic_tracker.errors import Refused, UserError
from eic_tracker.services.authorisations import AuthorisationDraft
from eic_tracker.services.class_groups import save_class_groups
from eic_tracker.services.history import undo_set
from eic_tracker.services.history_names import named_entry
from eic_tracker.services.kept_names import NamesDraft, forget_pupil_name, keep_pupil_names, kept_names
from eic_tracker.services.name_keeping import (
    KeepingDraft,
    programmes_with_names,
    purge_due_names,
    purge_pupil_names,
    start_keeping_names,
    stop_keeping_names,
)
from eic_tracker.services.names_due import names_are_due
from eic_tracker.services.search import search
from eic_tracker.store.copies import backup
from eic_tracker.store.database import Database
from eic_tracker.store.journal import verify
from tests.services.great import NOW, enter_school, great_file, group
from tests.services.school import user, values
from tests.services.test_group_papers import files_that_hold

TODAY = dt.date(2019, 6, 28)
PURGE = dt.date(2021, 6, 28)
ZORAIDA, ULPIANO = "Zoraida Quixilá Ñurinda", "Ulpiano Yarbúin Kestrelo"
FOLDER = "carpeta Wolframina 12"
WORDS = ("Zoraida", "Quixil", "Ulpiano", "Kestrelo", "Wolframina")
ORDER = AuthorisationDraft("Comisario Inventado", "Coordinador nacional", "GREAT-17-2019")
CONSENT = NamesDraft((ZORAIDA, ULPIANO), "A", dt.date(2019, 6, 3), FOLDER)


def great(db: Database) -> int:
    """The key of the programme that counts by head."""
    return int(str(values(db, "SELECT id FROM programme WHERE code = 'GREAT'")[0][0]))


def decide(db: Database, purge_on: dt.date = PURGE) -> None:
    """A manager lets the programme keep names."""
    draft = KeepingDraft(great(db), "Seguimiento con la escuela", ORDER, purge_on)
    start_keeping_names(db, user(db, Role.MANAGER), draft)


def a_group(db: Database, grade: str = "4") -> int:
    """The key of a class group."""
    school = values(db, "SELECT min(id) FROM school")[0][0]
    key = int(str(school)) if school is not None else enter_school(db).id
    return save_class_groups(db, user(db, Role.REGISTRAR), [group(db, key, grade)])[0].id


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with great_file(tmp_path) as made:
        yield made


def test_names_are_kept_only_after_a_manager_decided_why_by_whose_order_and_until_when(db: Database) -> None:
    registrar, manager = user(db, Role.REGISTRAR), user(db, Role.MANAGER)
    key = a_group(db)
    assert kept_names(db, registrar, key).purge_on is None
    with pytest.raises(Refused, match="manager decides"):
        keep_pupil_names(db, registrar, key, CONSENT)
    with pytest.raises(DraftRefused) as told:
        start_keeping_names(db, manager, KeepingDraft(great(db), " ", AuthorisationDraft("", "", ""), None))
    assert [each.field for each in told.value.problems] == ["reason", "authorised_by", "post", "letter", "purge_on"]
    for wrong in (TODAY, dt.date(2024, 6, 29)):
        with pytest.raises(DraftRefused):
            decide(db, wrong)
    assert proposed_purge_day(TODAY) == PURGE
    assert proposed_purge_day(dt.date(2020, 2, 29)) == dt.date(2022, 2, 28)
    decide(db)
    with pytest.raises(Refused, match="already"):
        decide(db)
    (programme,) = programmes_with_names(db, manager)
    assert programme.decision is not None
    assert (programme.decision.letter, programme.decision.purge_on, programme.kept) == ("GREAT-17-2019", PURGE, 0)


def test_a_name_stands_with_its_section_and_the_guardians_consent_and_nothing_else(db: Database) -> None:
    registrar = user(db, Role.REGISTRAR)
    key = a_group(db)
    decide(db)
    for names, section, day, paper in (
        ((ZORAIDA,), "A", None, FOLDER),
        ((ZORAIDA,), "A", dt.date(2019, 6, 29), FOLDER),
        ((ZORAIDA,), "A", TODAY, " "),
    ):
        with pytest.raises(DraftRefused):
            keep_pupil_names(db, registrar, key, NamesDraft(names, section, day, paper))
    for more in (f"{ZORAIDA} 0801-2010-12345", f"{ZORAIDA} 9988 7766", "zoraida@example.org", "Z" * 81):
        with pytest.raises(UserError, match="Line 2") as told:
            keep_pupil_names(db, registrar, key, replace(CONSENT, names=(ULPIANO, more)))
        assert "oraida" not in str(told.value), "what is refused is not repeated"
    assert keep_pupil_names(db, registrar, key, CONSENT) == 2
    assert (
        keep_pupil_names(
            db, registrar, key, replace(CONSENT, names=(ULPIANO, "A. B.", "Ñeca Yarbúin", "Nzambi Yarbúin"))
        )
        == 3
    )
    kept = kept_names(db, user(db, Role.MANAGER), key)
    assert [(each.name, each.section, each.consent_on, each.document) for each in kept.names] == [
        (name, "A", dt.date(2019, 6, 3), FOLDER)
        for name in ("A. B.", "Nzambi Yarbúin", "Ñeca Yarbúin", ULPIANO, ZORAIDA)
    ]
    with pytest.raises(Refused):
        keep_pupil_names(db, user(db, Role.MANAGER), key, CONSENT)
    officer = replace(user(db, Role.INSTRUCTOR), instructor_id=1)
    for other in (officer, user(db, Role.AUDITOR), user(db, Role.ADMINISTRATOR)):
        with pytest.raises(Refused):
            kept_names(db, other, key)


def test_a_kept_name_stands_in_its_one_column_not_in_the_journal_nor_in_any_other_table(db: Database) -> None:
    registrar = user(db, Role.REGISTRAR)
    key = a_group(db)
    decide(db)
    keep_pupil_names(db, registrar, key, CONSENT)
    tables = [str(name) for (name,) in values(db, "SELECT name FROM sqlite_schema WHERE type = 'table'")]
    assert "pupil_name" in tables
    for table in tables:
        held = repr(values(db, f'SELECT * FROM "{table}"'))
        assert any(word in held for word in WORDS) == (table == "pupil_name"), table
    assert search(db, registrar, "Zoraida") == ()
    number = int(str(values(db, "SELECT max(id) FROM change_set")[0][0]))
    assert "Zoraida" not in repr(named_entry(db, registrar, number))
    first, second = (text for (text,) in values(db, "SELECT after FROM change WHERE table_name = 'pupil_name'"))
    keep_pupil_names(db, registrar, a_group(db, "5"), CONSENT)
    digests = [text for (text,) in values(db, "SELECT json_extract(after, '$.content') FROM change "
                                              "WHERE table_name = 'pupil_name'")]  # fmt: skip
    assert first != second
    assert len(set(digests)) == 4, "the same name has another digest each time: nobody finds it by trying names"
    with db.read() as connection:
        assert verify(connection) is None
    readers = [
        path.name
        for path in Path(eic_tracker.__file__).parent.rglob("*.py")
        if "FROM pupil_name" in (text := path.read_text("utf-8")) or "JOIN pupil_name" in text
    ]
    assert sorted(readers) == ["kept_names.py", "name_keeping.py"], "no list, export or count reads them"


@pytest.mark.parametrize("how", ["stopped", "purged", "due", "forgotten"])
def test_a_purge_leaves_the_count_and_no_byte_in_file_log_folders_or_copies_made_after(
    tmp_path: Path, how: str
) -> None:
    with great_file(tmp_path) as db:
        registrar, manager = user(db, Role.REGISTRAR), user(db, Role.MANAGER)
        decide(db)
        groups = [a_group(db, str(grade)) for grade in range(4, 10)]
        for turn in range(4):
            # many rows, put in between each other: their pages split, and cells move
            for key in groups:
                names = [f"{ZORAIDA} {letter * (turn + 3)}" for letter in "bcdfghjklmn"]
                keep_pupil_names(db, registrar, key, replace(CONSENT, names=names, section="ABCD"[turn]))
        assert files_that_hold(WORDS, [tmp_path]) != []
        if how == "stopped":
            assert stop_keeping_names(db, manager, great(db), "El programa terminó") == 264
        elif how == "purged":
            assert purge_pupil_names(db, manager, great(db), "Ya no hacen falta") == 264
        elif how == "forgotten":
            for key in groups:
                for each in kept_names(db, registrar, key).names:
                    forget_pupil_name(db, registrar, each.id)
        else:
            later = Database(db.path, clock=lambda: NOW.replace(year=2021))
            with later:
                assert names_are_due(later, registrar)
                assert kept_names(later, registrar, groups[0]).names == (), "nobody reads them from that day on"
                assert purge_due_names(later, registrar) == 264
                assert not names_are_due(later, registrar)
        assert files_that_hold(WORDS, [tmp_path, Path.home()]) == []
        backup(db.path, tmp_path / "copy.eic")
        assert files_that_hold(WORDS, [tmp_path]) == []
        (programme,) = programmes_with_names(db, manager)
        assert (programme.kept, programme.purged) == (0, 264)
        assert (programme.decision is not None) == (how in {"purged", "forgotten"})
        assert kept_names(db, manager, groups[0]).purged == 44
        with db.read() as connection:
            assert verify(connection) is None
        for (entry,) in values(db, "SELECT id FROM change_set WHERE use_case LIKE '%name%' ORDER BY id DESC LIMIT 3"):
            with pytest.raises(Refused):
                undo_set(db, registrar, int(str(entry)), "mistake")
    assert files_that_hold(WORDS, [tmp_path]) == []


def test_nothing_is_purged_before_its_day_nor_where_nothing_is_kept(db: Database) -> None:
    registrar, manager = user(db, Role.REGISTRAR), user(db, Role.MANAGER)
    key = a_group(db)
    with pytest.raises(UserError, match="keeps no names"):
        stop_keeping_names(db, manager, great(db), "por si acaso")
    decide(db)
    keep_pupil_names(db, registrar, key, CONSENT)
    assert not names_are_due(db, registrar)
    entries = values(db, "SELECT count(*) FROM change_set")
    assert purge_due_names(db, registrar) == 0
    assert values(db, "SELECT count(*) FROM change_set") == entries
    with pytest.raises(DraftRefused):
        stop_keeping_names(db, manager, great(db), " ")
    assert len(kept_names(db, registrar, key).names) == 2
    forget_pupil_name(db, registrar, kept_names(db, registrar, key).names[0].id)
    assert [each.name for each in kept_names(db, registrar, key).names] == [ZORAIDA]
    with pytest.raises(UserError, match="no longer"):
        forget_pupil_name(db, registrar, 1_000)
