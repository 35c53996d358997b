"""A class list that came back, beside the file: what it changes, and both values where the office changed a cell."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import replace
from fractions import Fraction

from sqlalchemy import Connection

from eic_tracker.clock import local_date
from eic_tracker.domain.class_cells import named_reason, written_mark, written_status
from eic_tracker.domain.codes import AttendanceMark
from eic_tracker.domain.grade_texts import GradeWord, written_grade
from eic_tracker.domain.names import fold
from eic_tracker.domain.permissions import ActingUser
from eic_tracker.errors import Refused
from eic_tracker.exchange.class_workbook import ClassList, ClassRow
from eic_tracker.i18n import N_, Language, Translator
from eic_tracker.queries.class_results import ClassMember, Mark, WalkIn, read_walk_ins
from eic_tracker.services.attendance import ABSENCE, Came, same_person
from eic_tracker.services.class_list_lines import ListLine, ListReview, ListState, Said
from eic_tracker.services.class_lists import (
    DOCUMENT_TITLE,
    NAME_TITLE,
    ListColumn,
    digest_of,
    in_words,
    list_columns,
    mark_code,
    read_reasons,
    recorded,
    row_ids,
)
from eic_tracker.services.grades import GradeCell, ScaleAsked, kept_grade, problem_of, scale_of
from eic_tracker.services.recording import Course, course_to_record
from eic_tracker.store.database import Database


def review_class_list(
    db: Database, acting: ActingUser, read: ClassList, offering_id: int, scale: int | None = None
) -> ListReview:
    """What taking the list in would do; nothing is changed. Refused where it is another course's list."""
    with db.read() as connection:
        course = course_to_record(connection, acting, offering_id)
        return review_beside(connection, course, read, local_date(db.clock()), scale)


def review_beside(
    connection: Connection, course: Course, read: ClassList, today: dt.date, scale: int | None
) -> ListReview:
    """The same within a transaction that is open already."""
    uid = read.facts.get("offering")
    if uid is not None and uid != course.row["uid"]:
        raise Refused(
            N_("{file} is the list of course {other}, not of {code}. Open that course and bring it back there."),
            file=read.file,
            other=read.facts.get("code", "?"),
            code=course.code,
        )
    reader = _Reader(connection, course, read, today, scale)
    return reader.review()


class _Reader:
    """Compares cell by cell: the list as it left, as it came back, and the file now."""

    def __init__(
        self, connection: Connection, course: Course, read: ClassList, today: dt.date, scale: int | None
    ) -> None:
        self.course, self.read, self.today = course, read, today
        self.reasons = read_reasons(connection)
        self.ids = row_ids(connection, course.id)
        self.columns = {
            each.key: each for each in list_columns(course.results, course.row["starts_on"], course.row["ends_on"])
        }
        self.headings = self._headings()
        self.whole = self._whole_numbers(connection)
        self.walk_ins = read_walk_ins(connection, course.id)
        self.asked: ScaleAsked | None = None
        self.scale = self._scale(scale)

    def review(self) -> ListReview:
        """All lines in the order of the list."""
        found = [(row, *self._matched(row)) for row in self.read.rows]
        times = Counter(member.enrolment_id for _, member, _ in found if member is not None)
        lines: list[ListLine] = []
        for row, member, problem in found:
            name = row.text(self._heading("name"))
            if member is None:
                if problem is not None and problem.message == _NOT_LISTED:
                    lines += self._came(row, name, found)
                elif problem is not None:
                    lines.append(ListLine(row.row, name, ListState.ERROR, written=name, problem=problem))
            elif times[member.enrolment_id] > 1:
                said = Said(N_("{name} stands in the list more than once; leave one row."), {"name": member.name})
                lines.append(ListLine(row.row, _listed(member), ListState.ERROR, member.enrolment_id, problem=said))
            else:
                lines += self._row(row, member)
        people = sum(member is not None for _, member, _ in found)
        return ListReview(
            self.read,
            self.course.id,
            self.course.code,
            tuple(lines),
            people,
            tuple(self._notes(people)),
            self.reasons,
            self.scale,
            self.asked,
        )

    def _headings(self) -> dict[str, str]:
        """Key by heading: as the list left, else by the words of both languages."""
        if self.read.headings:
            return dict(self.read.headings)
        known: dict[str, str] = {}
        for t in _BOTH:
            known |= {fold(t(NAME_TITLE)): "name", fold(t(DOCUMENT_TITLE)): "document"}
            known |= {fold(column.title(t)): key for key, column in self.columns.items()}
        return {text: known[fold(text)] for text in self.read.columns if fold(text) in known}

    def _heading(self, key: str) -> str:
        return next((text for text, each in self.headings.items() if each == key), "")

    def _whole_numbers(self, connection: Connection) -> dict[str, int]:
        """Enrolments by the whole number of the document, whatever of it the user sees."""
        rows = connection.exec_driver_sql(
            "SELECT e.id, p.document_number FROM enrolment e JOIN participant p ON p.id = e.participant_id "
            "WHERE e.offering_id = ? AND p.document_number IS NOT NULL",
            (self.course.id,),
        )
        return {number: key for key, number in rows}

    def _scale(self, answer: int | None) -> int:
        numbers: list[Fraction] = []
        for text, key in self.headings.items():
            column = self.columns.get(key)
            if column is None or column.field is None:
                continue
            for row in self.read.rows:
                number = written_grade(row.text(text)).number
                if number is not None and self._left_as(number) != self.read.originals.get((row.id, key), ""):
                    numbers.append(number)
        try:
            return scale_of(self.course.results, numbers, answer)
        except ScaleAsked as asked:
            self.asked = asked
            return asked.scales[0]

    def _left_as(self, number: Fraction) -> str:
        """The code of a grade as the list left with it: on the scale that the class used then."""
        rules = self.course.results.rules
        return str(kept_grade(number, rules.written_scale or rules.scale, self.course.results))

    def _matched(self, row: ClassRow) -> tuple[ClassMember | None, Said | None]:
        """Whom a row names: by its id, by the document, by a name that one person of the class has."""
        name, document = row.text(self._heading("name")), row.text(self._heading("document"))
        members = {member.enrolment_id: member for member in self.course.results.members}
        by_id = {uid: key for key, uid in self.ids.items()}
        if row.id in by_id:
            return members[by_id[row.id]], None
        digits = "".join(ch for ch in document if ch.isalnum())
        by_number = {"".join(ch for ch in number if ch.isalnum()): key for number, key in self.whole.items()}
        if digits and digits in by_number:
            return members[by_number[digits]], None
        wanted = sorted(fold(name).split())
        alike = [each for each in members.values() if wanted and sorted(fold(each.name).split()) == wanted]
        if len(alike) == 1:
            return alike[0], None
        if not wanted:
            filled = any(row.text(text) for text, key in self.headings.items() if key in self.columns)
            return None, Said(N_("This row names nobody.")) if filled else None
        known = self._walk_in(Came(name, document))
        if known is not None and known.enrolment_id in members:
            return members[known.enrolment_id], None
        message = _TWO_OF_A_NAME if alike else _GONE if row.id else _NOT_LISTED
        return None, Said(message, {"name": name})

    def _walk_in(self, came: Came) -> WalkIn | None:
        """Who was typed before with this name and number."""
        return next((each for each in self.walk_ins if same_person(each, came)), None)

    def _came(
        self, row: ClassRow, name: str, found: list[tuple[ClassRow, ClassMember | None, Said | None]]
    ) -> list[ListLine]:
        """The lines of somebody who stands on no roster: kept apart with the marks of the days, without grades."""
        came = Came(name, row.text(self._heading("document")) or None)
        others = [each.text(self._heading("name")) for each, member, _ in found if member is None]
        if sum(fold(each) == fold(name) for each in others) > 1:
            said = Said(N_("{name} stands in the list more than once; leave one row."), {"name": name})
            return [ListLine(row.row, name, ListState.ERROR, written=name, problem=said)]
        known = self._walk_in(came)
        line = ListLine(row.row, name, ListState.CHANGE, None if known is None else known.line, came=came)
        lines = [line] if known is None else []
        days = {(day.held_on, day.part): day.id for day in self.course.results.days}
        for heading, key in self.headings.items():
            column, written = self.columns.get(key), row.text(heading)
            if column is None or not written:
                continue
            cell = replace(line, column=column, written=written)
            if column.day is None:
                said = Said(_NOT_LISTED, {"name": name})
                lines.append(replace(cell, state=ListState.ERROR, problem=said))
                continue
            there, problem = self._mark(column, written)
            mark = known.marks.get(days.get(column.day, 0)) if known is not None else None
            here = mark_code(mark, self.reasons) if mark is not None else ""
            state = ListState.ERROR if problem else ListState.CONFLICT if here else ListState.CHANGE
            if problem is not None or there != here:
                lines.append(replace(cell, state=state, here=here, there=there, problem=problem))
        return lines

    def _row(self, row: ClassRow, member: ClassMember) -> list[ListLine]:
        lines = []
        for text in self.read.columns:
            column = self.columns.get(self.headings.get(text, ""))
            if column is None:
                continue
            line = self._cell(row, member, column, text)
            if line is not None:
                lines.append(line)
        return lines

    def _cell(self, row: ClassRow, member: ClassMember, column: ListColumn, heading: str) -> ListLine | None:
        written = row.text(heading)
        here = recorded(self.course.results, member, column, self.reasons)
        before = self.read.originals.get((self.ids[member.enrolment_id], column.key), "")
        if self.read.headings and written in {in_words(before, column, self.reasons, t) for t in _BOTH}:
            return None
        there, problem = self._code(row, member, column, heading)
        if problem is None and there in {before if self.read.headings else here, here}:
            return None
        if not self.read.headings and not written:
            return None
        if problem is None and not member.sits:
            problem = Said(N_("{name} has no seat in this course, or a result already."), {"name": member.name})
        state = ListState.ERROR if problem else ListState.CHANGE
        if problem is None and here != before and (here or self.read.headings):
            state = ListState.CONFLICT
        return ListLine(row.row, _listed(member), state, member.enrolment_id, column, here, there, written, problem)

    def _code(self, row: ClassRow, member: ClassMember, column: ListColumn, heading: str) -> tuple[str, Said | None]:
        """What a cell says as the code of `recorded`, or why it says nothing that can be stored."""
        if heading in row.uncalculated:
            return "", Said(
                N_("This cell holds a formula without its value: open the file in a spreadsheet program and save it.")
            )
        written = row.text(heading)
        if column.field is not None:
            return self._grade(row, member, column, heading)
        if not written:
            return "", None
        return self._mark(column, written) if column.day is not None else self._status(written)

    def _mark(self, column: ListColumn, written: str) -> tuple[str, Said | None]:
        assert column.day is not None
        found = written_mark(written)
        values = {"value": written, "date": column.day[0]}
        if found is None:
            return "", Said(_NO_MARK, values)
        if column.day[0] > self.today:
            return "", Said(N_("{date} has not come yet; attendance is recorded on the day."), values)
        ground = named_reason(found.reason, self.reasons.names.get(ABSENCE, {})) if found.reason else None
        if found.mark is AttendanceMark.EXCUSED and ground is None:
            return "", Said(N_("“{value}”: choose the reason of the excuse from the list."), values)
        if found.reason and (ground is None or found.mark not in {AttendanceMark.EXCUSED, AttendanceMark.ABSENT}):
            # "a tiempo" begins with the letter of who is absent and says the contrary
            return "", Said(_NO_MARK, values)
        return mark_code(Mark(found.mark, ground), self.reasons), None

    def _status(self, written: str) -> tuple[str, Said | None]:
        status = written_status(written)
        ground = named_reason(written, self.reasons.names.get(status.value, {})) if status is not None else None
        if status is None or ground is None:
            return "", Said(N_("“{value}”: choose a line of the list, with its reason."), {"value": written})
        return f"{status}:{self.reasons.codes[ground]}", None

    def _grade(self, row: ClassRow, member: ClassMember, column: ListColumn, heading: str) -> tuple[str, Said | None]:
        assert column.field is not None
        value = row.cells.get(heading, "")
        text = value if isinstance(value, str | float | int) and not isinstance(value, bool) else str(value)
        read = written_grade(text)
        before = self.read.originals.get((self.ids[member.enrolment_id], column.key), "")
        if read.number is not None and self._left_as(read.number) == before:
            return before, None
        if read.blank:
            return "", None
        cell = GradeCell(member.enrolment_id, column.field, text, column.module)
        problem = problem_of(self.course, cell, member, read, self.scale)
        if problem is not None:
            return "", Said(problem.message, problem.values)
        if read.word is GradeWord.NO_SHOW or read.number is None:
            return "", Said(N_("“{value}”: choose it in the last column, with the reason."), {"value": str(value)})
        return str(kept_grade(read.number, self.scale, self.course.results)), None

    def _notes(self, people: int) -> list[Said]:
        """What is to be known of the list as a whole."""
        notes = []
        facts, read = self.read.facts, self.read
        if not facts:
            notes.append(Said(_LOST, {"file": read.file}))
        else:
            now = {
                (self.ids[member.enrolment_id], key): code
                for member in self.course.results.members
                if member.sits
                for key, column in self.columns.items()
                if (code := recorded(self.course.results, member, column, self.reasons))
            }
            if facts.get("state") != digest_of(now):
                notes.append(Said(_OLDER, {"taken": facts.get("taken", "?")}))
        unknown = [text for text in read.columns if text not in self.headings]
        if unknown:
            notes.append(
                Said(N_("These columns are not known and are left out: {columns}."), {"columns": ", ".join(unknown)})
            )
        gone = [text for text, key in read.headings.items() if key in self.columns and text not in read.columns]
        if gone:
            notes.append(
                Said(N_("These columns are missing; nothing in them changes: {columns}."), {"columns": ", ".join(gone)})
            )
        missing = sum(member.sits for member in self.course.results.members) - people
        if missing > 0:
            notes.append(
                Said(
                    N_("People of the class who are not in the list: {count}. Nothing of theirs changes."),
                    {"count": missing},
                )
            )
        return notes


_BOTH = (Translator(Language.ES), Translator(Language.EN))
_NO_MARK = N_("“{value}” is no mark. Write P, A, L or T, or E with the reason.")
_NOT_LISTED = N_("{name} is not on the roster of this course; enrol the person, then bring these results.")
_GONE = N_("The row of {name} belongs to nobody on this roster any more; read the roster again.")
_TWO_OF_A_NAME = N_("Two people of this course are called {name}; write the identity number.")
_LOST = N_(
    "Whatever saved {file} left out its hidden sheet: people are found by ids, numbers and names, and every cell that "
    "differs from the file is asked."
)
_OLDER = N_("Results were changed here since this list left on {taken}; both values are shown where a cell differs.")


def _listed(member: ClassMember) -> str:
    return f"{member.surnames}, {member.given_names}"
