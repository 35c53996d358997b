"""The files that are photographed: the demonstration, and a small school with a sign-in."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from eic_tracker.services.demonstration import build_demonstration
from tests.services.school import school_file

_SOURCES = ("eic_tracker/services/demonstration", "resources/demo", "resources/reference", "db")
_ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Records:
    """A typical record of each kind in the demonstration file, by its key."""

    offering: int
    course: int
    person: int
    instructor: int
    class_group: int
    school: int
    curriculum: int
    closed: int = 0
    running: int = 0


RECORD_OF = {
    "teaching_papers": "instructor",
    "class_group_form": "class_group",
    "school_form": "school",
    "curriculum_form": "curriculum",
    "statement": "person",
}
"""Pages that show a record of another kind than their name says."""


def demonstration(folder: Path) -> Path:
    """The demonstration file in `folder`, made anew when what it is made of has changed."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"demo-{_digest()}.eic"
    if not path.exists():
        for old in folder.glob("demo-*.eic"):
            old.unlink()
        making = folder / f"making-{os.getpid()}.eic"
        build_demonstration(making)
        making.replace(path)
    return path


def copies(template: Path, folder: Path) -> tuple[Path, Path]:
    """A demonstration file and a school's file that may be written to."""
    school = school_file(folder)
    with closing(sqlite3.connect(school)) as connection:
        # in the tests a user is called like the role: in a picture that looks like a mistake
        connection.execute("UPDATE user SET full_name = ? WHERE login = 'registrar'", ("Marta Lobo Zelaya",))
        connection.commit()
    return Path(shutil.copy(template, folder / "demo.eic")), school


def records(template: Path) -> Records:
    """Typical records; `template` must not be open in a window."""
    queries = {
        "offering": "SELECT id FROM offering WHERE code = '116-2019'",
        "closed": "SELECT id FROM offering WHERE code = '122-2019'",
        "running": "SELECT id FROM offering WHERE code = '123-2019'",
        "course": "SELECT course_id FROM course_version JOIN offering ON course_version_id = course_version.id "
        "GROUP BY course_id ORDER BY count(*) DESC LIMIT 1",
        "person": "SELECT participant_id FROM enrolment WHERE status = 'completed' "
        "GROUP BY participant_id ORDER BY count(*) DESC, participant_id LIMIT 1",
        "instructor": "SELECT instructor_id FROM assignment GROUP BY instructor_id ORDER BY count(*) DESC LIMIT 1",
        "class_group": "SELECT max(id) FROM class_group",
        "curriculum": "SELECT max(id) FROM curriculum",
        "school": "SELECT school_id FROM class_group GROUP BY school_id ORDER BY count(*) DESC LIMIT 1",
    }
    connection = sqlite3.connect(f"file:{template}?mode=ro&immutable=1", uri=True)
    try:
        found = {name: int(connection.execute(query).fetchone()[0]) for name, query in queries.items()}
    finally:
        connection.close()
    return Records(**found)


def _digest() -> str:
    digest = hashlib.sha256()
    for source in _SOURCES:
        for path in sorted((_ROOT / source).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
