"""Makes drafts of class groups of what a list says and the file has; a class told in several rows is one draft."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from eic_tracker.domain.class_group_draft import (
    MULTIGRADE,
    ClassGroupDraft,
    OfficerGiven,
    tidied_group,
)
from eic_tracker.domain.class_group_rules import SHIFTS
from eic_tracker.domain.names import fold
from eic_tracker.domain.permissions import ActingUser, Action, Right, right
from eic_tracker.errors import UserError
from eic_tracker.exchange.class_words import grade_of, plain, section_of, shift_in
from eic_tracker.exchange.group_rows import GroupRow, problem
from eic_tracker.exchange.questions import Asked
from eic_tracker.exchange.rows import Problem, Question, Severity
from eic_tracker.i18n import N_
from eic_tracker.queries.class_groups import PresentGroup, VersionChoice, read_drafts, read_same
from eic_tracker.services.class_group_checks import check_class_groups
from eic_tracker.services.group_matching import BY_GRADE, Known, NewSchool
from eic_tracker.services.group_told import Drafted, with_row

if TYPE_CHECKING:
    from eic_tracker.services.group_review import GroupRequest

CURRICULUM, YEAR, SCHOOL = "curriculum", "year", "school:"
NEW_SCHOOL = "new"


@dataclass(frozen=True, slots=True)
class Checked:
    """A draft as it would be kept, with what is wrong with it."""

    draft: ClassGroupDraft
    outcome: str
    problems: tuple[Problem, ...]


class DraftsOfList:
    """Takes row after row; what the rows of one class say is put together."""

    def __init__(
        self, connection: Connection, acting: ActingUser, known: Known, request: GroupRequest, today: dt.date
    ) -> None:
        self._connection = connection
        self._acting = acting
        self._known = known
        self._request = request
        self._today = today
        self._asked = Asked(request.answers)
        self._values = dict(request.values)
        self._own = right(acting, Action.CLASS_GROUPS) is Right.OWN
        self._drafts: list[ClassGroupDraft] = []
        self._rows_of: list[list[GroupRow]] = []
        self._places: dict[object, int] = {}
        self._new: dict[tuple[str, int], NewSchool] = {}
        self._present: dict[tuple[int, int], Mapping[tuple[object, ...], list[PresentGroup]]] = {}
        self._held: dict[int, ClassGroupDraft] = {}
        said = self._values.get("municipality", "")
        self._place = known.municipality(said) if said else None
        self._date = self._day_said()
        self._officers = self._officers_said()

    @property
    def questions(self) -> tuple[Question, ...]:
        """What must be answered before the rows that hang on it are stored."""
        return tuple(self._asked.open.values())

    @property
    def new_schools(self) -> tuple[NewSchool, ...]:
        """The schools that the list names and the file does not have."""
        return tuple(self._new.values())

    def take(self, row: GroupRow) -> Drafted:
        """Set a row beside the file and among those before it."""
        done = Drafted(school=row.words.school, year=row.words.year)
        if row.refused:
            return done
        if row.uid:
            present = self._by_uid(row, done)
            if present is not None:
                self._complete(row, done, present, None)
            return done
        words = row.words
        grade = words.grade or grade_of(self._values.get("grade", ""))
        section = words.section or section_of(self._values.get("section", ""))
        shift = words.shift or self._shift_said()
        done.year = self._year_of(row, done)
        school = self._school_of(row, done)
        if grade is None:
            done.error("grade", "no_grade", _NO_GRADE)
        if school is None or grade is None or done.year is None:
            return done
        wanted = ClassGroupDraft(
            None, done.year, school, grade=grade, section=section, shift=shift,
            repeat_reason=self._values.get("reason") or None,
        )  # fmt: skip
        self._complete(row, done, None, tidied_group(wanted))
        return done

    def checked(self) -> list[Checked]:
        """Each draft as it would be kept, beside the file and the others."""
        found = check_class_groups(self._connection, self._drafts, self._today)
        done = []
        for each, draft in zip(found, self._drafts, strict=True):
            new_school = (draft.school_id or 0) < 0
            problems = [
                Problem(told.field, Severity(told.severity.value), told.code, "", None, told.message, dict(told.values))
                for told in each.problems
                if not (new_school and told.code == "unknown_school")
            ]
            same = draft.original is not None and _essence(each.draft) == _essence(tidied_group(draft.original))
            outcome = "known" if same else "change" if draft.id is not None else "new"
            if same:
                problems = []
            if not same and self._own and draft.id is not None and not self._is_own(draft):
                problems.append(problem("officers", Severity.ERROR, "not_own", _NOT_OWN))
            done.append(Checked(replace(each.draft, original=draft.original), outcome, tuple(problems)))
        return done

    def _is_own(self, draft: ClassGroupDraft) -> bool:
        return self._acting.instructor_id in {each.instructor_id for each in draft.officers}

    def _by_uid(self, row: GroupRow, done: Drafted) -> PresentGroup | None:
        found = self._connection.exec_driver_sql("SELECT id, code FROM class_group WHERE uid = ?", (row.uid,)).first()
        if found is None:
            done.error("row", "unknown_group", _UNKNOWN_GROUP, row=row.row)
            return None
        return PresentGroup(found[0], found[1])

    def _day_said(self) -> dt.date | None:
        text = self._values.get("date", "")
        try:
            return dt.date.fromisoformat(text) if text else None
        except ValueError:
            raise UserError(N_("“{text}” is no date; write it like 2018-12-31"), text=text) from None

    def _officers_said(self) -> tuple[OfficerGiven, ...]:
        """The officers of new groups: oneself where only one's own are entered, else who was said."""
        if self._own and self._acting.instructor_id is not None:
            return (OfficerGiven(self._acting.instructor_id),)
        code = self._values.get("officer", "")
        if code and code not in self._known.officers:
            raise UserError(N_("“{code}” is the code of no officer."), code=code)
        return (OfficerGiven(self._known.officers[code]),) if code else ()

    def _shift_said(self) -> str | None:
        text = self._values.get("shift", "")
        return text if text in SHIFTS else shift_in(plain(text))[0]

    def _year_of(self, row: GroupRow, done: Drafted) -> int | None:
        if row.words.year is not None:
            return row.words.year
        if said := self._values.get("year", ""):
            return int(said)
        days = [row.first_lesson_on, row.graduated_on, row.told_on, *(lesson.given_on for lesson in row.lessons)]
        told = next((day.year for day in days if day is not None), None)
        if told is not None:
            return told
        now = str(self._today.year)
        before = str(self._today.year - 1)
        answer = self._asked.ask(YEAR, "", _WHICH_YEAR, (before, now), now)
        if YEAR in self._asked.open:
            done.waits_for.append(YEAR)
        return int(answer)

    def _place_of(self, row: GroupRow) -> tuple[int, str] | None:
        return self._known.municipality(row.municipality) if row.municipality else self._place

    def _school_of(self, row: GroupRow, done: Drafted) -> int | None:
        """The key of the row's school, negative for one to be entered; None with a problem or a question."""
        name = row.words.school or self._values.get("school", "")
        done.school = name
        if not name and not row.words.sace:
            done.error("school", "no_school", _NO_SCHOOL)
            return None
        try:
            place = self._place_of(row)
        except UserError as wrong:
            done.error("municipality", "unknown_municipality", wrong.message, word=wrong.values.get("word"))
            return None
        match = self._known.match(name, row.words.sace, place[1] if place else None)
        if match.found is not None:
            done.school, done.school_code = match.found.name, match.found.code
            return match.found.id
        if match.alike:
            return self._asked_school(row, name, done, place)
        return self._new_school(row, name, done, place)

    def _asked_school(self, row: GroupRow, name: str, done: Drafted, place: tuple[int, str] | None) -> int | None:
        alike = self._known.match(name, row.words.sace, place[1] if place else None).alike
        options = tuple(each.code for each in alike) + ((NEW_SCHOOL,) if place is not None else ())
        key = f"{SCHOOL}{fold(name)}"
        told = ", ".join(f"{each.code}: {each.name}" for each in alike)
        answer = self._asked.answers.get(key)
        if answer not in options:
            self._asked.open.setdefault(
                key, Question(key, "", _WHICH_SCHOOL, options, options[0], {"name": name, "alike": told})
            )
            done.waits_for.append(key)
            done.outcome = "possible_duplicate"
            return None
        if answer == NEW_SCHOOL:
            return self._new_school(row, name, done, place)
        found = self._known.with_school_code(answer or "")
        assert found is not None
        done.school, done.school_code = found.name, found.code
        return found.id

    def _new_school(self, row: GroupRow, name: str, done: Drafted, place: tuple[int, str] | None) -> int | None:
        if place is None or not name or self._own:
            done.error("school", "unknown_school", _UNKNOWN_SCHOOL, value=row.words.sace)
            return None
        key = (fold(name), place[0])
        if key not in self._new:
            self._new[key] = NewSchool(-1 - len(self._new), name, place[0], row.words.sace or None)
        done.school_code = row.words.sace or None
        return self._new[key].key

    def _complete(
        self, row: GroupRow, done: Drafted, present: PresentGroup | None, wanted: ClassGroupDraft | None
    ) -> None:
        """Find the class among the file's and the list's, and put together what is told of it."""
        if wanted is not None:
            present = self._same_class(row, done, wanted)
        if present is not None:
            before = self._held_draft(present.id)
            done.code = present.code
            base = replace(before, original=before)
            key: tuple[object, ...] = ("id", present.id)
        else:
            assert wanted is not None
            version = self._version_of(row, done, wanted)
            if version is None:
                return
            if wanted.grade == MULTIGRADE and not row.by_grade:
                done.error("grade", "no_counts_by_grade", _BY_GRADE_NEEDED, row=row.row)
                return
            base = replace(wanted, curriculum_version_id=version.id, officers=self._officers)
            key = ("new", version.curriculum, wanted.school_id, wanted.school_year, wanted.grade, wanted.section,
                   wanted.shift)  # fmt: skip
        self._tell(base, done)
        at = self._places.get(key)
        if at is not None and not _adds(row):
            done.place, done.is_repeated = at, True
            self._beside_first(row, done, self._rows_of[at][0])
            return
        if at is None:
            at = len(self._drafts)
            self._places[key] = at
            self._drafts.append(base)
            self._rows_of.append([])
        self._rows_of[at].append(row)
        self._drafts[at] = with_row(self._drafts[at], row, done, self._date)
        done.place = at
        done.outcome = "new"

    def _tell(self, draft: ClassGroupDraft, done: Drafted) -> None:
        version = self._known.versions.get(draft.curriculum_version_id or 0)
        done.year = draft.school_year
        done.curriculum = self._known.curriculum_word(version) if version is not None else None
        if (draft.school_id or 0) > 0:
            hit = self._known.school(draft.school_id or 0)
            done.school, done.school_code = hit.name, hit.code

    def _beside_first(self, row: GroupRow, done: Drafted, first: GroupRow) -> None:
        if _told(row) == _told(first):
            done.warn("row", "repeated_in_file", _REPEATED, value=str(first.row), rows=first.row)
            done.outcome = "known"
        else:
            done.error("row", "two_counts", _TWO_COUNTS, value=str(first.row), rows=first.row)

    def _held_draft(self, key: int) -> ClassGroupDraft:
        if key not in self._held:
            self._held |= read_drafts(self._connection, [key])
        return self._held[key]

    def _same_class(self, row: GroupRow, done: Drafted, wanted: ClassGroupDraft) -> PresentGroup | None:
        """The group of the file that is this class, of the curriculum that is said where one is said."""
        if (wanted.school_id or 0) < 0:
            return None
        said = row.curriculum or self._values.get("curriculum") or self._asked.answers.get(CURRICULUM) or ""
        version = self._known.version(said, _grades(row, wanted)) if said else None
        fitting = []
        for key, groups in self._groups_of(wanted.school_id or 0, wanted.school_year or 0).items():
            shift = key[4]
            if key[2] != wanted.grade or key[3] != wanted.section or wanted.shift not in (None, shift):
                continue
            for group in groups:
                curriculum = self._known.versions[self._held[group.id].curriculum_version_id or 0].curriculum
                if version is None or curriculum == version.curriculum:
                    fitting.append((group, shift))
        if len(fitting) != 1:
            if fitting and wanted.shift is None:
                done.error("shift", "no_shift", _WHICH_SHIFT)
            return fitting[-1][0] if fitting else None
        group, shift = fitting[0]
        if wanted.shift is None and shift is not None:
            done.warn("shift", "shift_of_file", _SHIFT_OF_FILE, value=group.code)
        return group

    def _groups_of(self, school: int, year: int) -> Mapping[tuple[object, ...], list[PresentGroup]]:
        if (school, year) not in self._present:
            found = read_same(self._connection, [school], [year])
            self._present[school, year] = found
            self._held |= read_drafts(self._connection, [each.id for groups in found.values() for each in groups])
        return self._present[school, year]

    def _version_of(self, row: GroupRow, done: Drafted, wanted: ClassGroupDraft) -> VersionChoice | None:
        said = row.curriculum or self._values.get("curriculum", "")
        if not said:
            words = (BY_GRADE, *self._known.curriculum_words())
            said = self._asked.ask(CURRICULUM, "", _WHICH_CURRICULUM, words, BY_GRADE)
            if CURRICULUM in self._asked.open:
                done.waits_for.append(CURRICULUM)
        version = self._known.version(said, _grades(row, wanted))
        if version is None and said == BY_GRADE and wanted.grade == MULTIGRADE:
            done.error("curriculum", "grades_of_two_curricula", _TWO_CURRICULA)
        if version is None and said != BY_GRADE:
            if not row.curriculum:
                words_known = ", ".join(self._known.curriculum_words())
                raise UserError(N_("“{word}” is none of: {known}."), word=said, known=words_known)
            done.error("curriculum", "unknown_curriculum", _UNKNOWN_CURRICULUM,
                       known=", ".join(self._known.curriculum_words()))  # fmt: skip
        return version


def _adds(row: GroupRow) -> bool:
    """Whether a row tells a part of what happened, as lines of messages do, and not the whole class."""
    return row.enrolled is None


def _grades(row: GroupRow, wanted: ClassGroupDraft) -> tuple[str, ...]:
    """The grade of the class, or those of a multigrade class as far as they are named."""
    return row.words.grades if wanted.grade == MULTIGRADE else (wanted.grade or "",)


def _told(row: GroupRow) -> tuple[object, ...]:
    return (row.enrolled, row.reached, row.graduated, row.lessons, row.lessons_given, row.first_lesson_on,
            row.graduated_on, row.by_grade)  # fmt: skip


def _essence(draft: ClassGroupDraft) -> ClassGroupDraft:
    return replace(draft, original=None)


_NO_GRADE = N_("The grade of the class is not said; write it beside the section, as 4A.")
_NO_SCHOOL = N_("The school is not said; name it in a line above, or say it of the whole list.")
_UNKNOWN_SCHOOL = N_("This school is not in the directory; enter it there first, or say in which municipality it is.")
_UNKNOWN_GROUP = N_("The class group of row {row} is not in this file; its entry was undone, or it is of another file.")
_UNKNOWN_CURRICULUM = N_("The curriculum is none of: {known}.")
_WHICH_YEAR = N_("Of which school year are these classes?")
_WHICH_CURRICULUM = N_("Which curriculum are these classes taught? By the grade: 4 to 6 elementary, 7 to 9 middle.")
_WHICH_SCHOOL = N_("Is “{name}” one of these schools ({alike}), or a new one?")
_TWO_CURRICULA = N_("The grades of this multigrade class do not tell one curriculum; say which one it is taught.")
_BY_GRADE_NEEDED = N_("Row {row} is a multigrade class; its girls and boys are needed for each grade. Add a line for "
                      "each grade, as “multigrado 4° 5 niñas 6 niños”.")  # fmt: skip
_WHICH_SHIFT = N_("The class meets in more than one shift here; say which one is meant.")
_SHIFT_OF_FILE = N_("The shift is not said; it is read as class group {value}.")
_REPEATED = N_("The same as in row {rows}.")
_TWO_COUNTS = N_("This class has other counts in row {rows}; decide which hold and take the other out.")
_NOT_OWN = N_("This class group is taught by another officer.")
