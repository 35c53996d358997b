"""Results as instructors send them: people with attendance, grade and remark, read from the sheet of a list."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

from eic_tracker.domain.grade_texts import Misread, Written, is_no_show, is_withdrawal, written_grade, written_percent
from eic_tracker.domain.names import fold
from eic_tracker.errors import FileProblem
from eic_tracker.exchange.cells import Cell, Sheet
from eic_tracker.exchange.headers import Field
from eic_tracker.exchange.lists import lists_of
from eic_tracker.exchange.questions import HIDDEN_ROWS
from eic_tracker.exchange.reading import read_sheets
from eic_tracker.exchange.rows import KnownTexts, PersonRow, Problem, Question, ReadList, Severity
from eic_tracker.i18n import N_

_GRADE_HEADERS = (
    ("nota final", "nota definitiva", "calificacion final", "final grade", "promedio final", "puntuacion final"),
    ("promedio", "promedio general", "calificacion definitiva", "average", "nota promedio", "nota acumulada"),
    ("nota", "calificacion", "nota obtenida", "grade", "puntaje", "score", "nota del curso", "puntuacion"),
)
"""What a column of final grades is called; one of an earlier line is taken before one of a later line."""

_ATTENDANCE_HEADERS = (
    (
        "asistencia",
        "porcentaje de asistencia",
        "de asistencia",
        "asistencia en",
        "asistencia porcentaje",
        "attendance",
        "attendance percent",
        "percent attendance",
    ),
)
_REMARK_HEADERS = (
    ("observacion", "observaciones", "obs", "remark", "remarks", "comentario", "comentarios", "comments"),
    ("motivo", "situacion", "condicion", "estado", "resultado", "status", "reason"),
)
_RESULT_COLUMNS = {
    header: Field.OTHER.value
    for headers in (*_GRADE_HEADERS, *_ATTENDANCE_HEADERS, *_REMARK_HEADERS)
    for header in headers
}
_ASIDE = re.compile(r"\s*(?:\([^()]*\)|[\[(]?\b(?:[01]\s*(?:-|–|a|to)\s*)?(?:5|10|100)\s*[%)\]]?)\s*$")
"""The scale or an explanation behind a header: "Nota final (0-100)", "Asistencia 100 %"."""
_WHOLE = Fraction(1)
_REPEATED = "repeated_in_file"
"""Told by whoever knows the class: two rows may be one person with two results."""


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One row as read: who, the grade as written, attendance in whole percent, and what a remark says.

    `left` and `never_came`: the remark or the grade's cell says that the person left, or never came."""

    row: int
    sheet: str
    document: str | None
    given_names: str
    family_names: str
    grade: Written
    grade_text: str
    attendance: int | None
    remark: str | None
    left: bool
    never_came: bool
    problems: tuple[Problem, ...] = ()
    waits_for: tuple[str, ...] = ()

    @property
    def refused(self) -> bool:
        """Whether an error keeps the row out."""
        return any(problem.severity is Severity.ERROR for problem in self.problems)


@dataclass(frozen=True, slots=True)
class ReadResults:
    """A sheet of results: where its header stands, its columns by field, its rows, its open questions."""

    file: str
    sheet: str
    header_row: int
    columns: Mapping[str, str]
    rows: tuple[ResultRow, ...]
    questions: tuple[Question, ...] = ()


def read_results(
    path: Path, answers: Mapping[str, str], known: KnownTexts, *, today: dt.date, repairs: bool = True
) -> ReadResults:
    """The results in a file; FileProblem where it cannot be read, or has no list with a column of grades."""
    return results_of(read_sheets(path), path.name, answers, known, today=today, repairs=repairs)


def results_of(
    sheets: Sequence[Sheet],
    file: str,
    answers: Mapping[str, str],
    known: KnownTexts,
    *,
    today: dt.date,
    repairs: bool = True,
) -> ReadResults:
    """The results in sheets that were read or pasted."""
    by_name = {sheet.name: sheet for sheet in sheets}
    # columns of results say that a line is a header, also where documents are all that names the people
    known = replace(known, remembered_columns={**_RESULT_COLUMNS, **known.remembered_columns})
    graded = [
        found
        for read in lists_of(sheets, file, answers, known, today=today)
        if (found := _graded(read, by_name[read.sheet])) is not None
    ]
    if not graded:
        raise FileProblem(
            N_("{file} has no column of grades beside its people. Give it a header like “Nota final”."), file=file
        )
    first = graded[0]
    rows = tuple(row for read in graded for row in read.rows)
    questions = {question.key: question for read in graded for question in read.questions}
    whole = replace(first, rows=rows, questions=tuple(questions.values()))
    return whole if repairs else replace(whole, rows=tuple(_strict(row) for row in rows))


def _graded(read: ReadList, sheet: Sheet) -> ReadResults | None:
    """One list with its grades; None where it has no column of them."""
    header = read.header_row or _row_of_grades(sheet)
    people = [row for row in read.rows if row.row > header]
    if not header or not people:
        return None
    headers = _headers(sheet, header - 1, people[0].row - 1)
    grade = _column(headers, _GRADE_HEADERS)
    if grade is None:
        return None
    attendance, remark = _column(headers, _ATTENDANCE_HEADERS), _column(headers, _REMARK_HEADERS)
    columns = {
        **read.columns,
        "grade": headers[grade],
        **({"attendance": headers[attendance]} if attendance is not None else {}),
        **({"reason": headers[remark]} if remark is not None else {}),
    }
    shares = attendance is not None and _are_shares([sheet.at(row.row - 1, attendance) for row in people])
    rows = [_row(sheet, person, grade, attendance, remark, shares=shares) for person in people]
    questions = tuple(question for question in read.questions if question.key == HIDDEN_ROWS)
    return ReadResults(read.file, read.sheet, header, columns, tuple(rows), questions)


_SEARCHED = 30
"""Rows in which a header is looked for that names nothing of people but a name."""


def _row_of_grades(sheet: Sheet) -> int:
    """The row, from 1 on, that names a column of grades; 0 where none does."""
    for row in range(min(len(sheet.cells), _SEARCHED)):
        if _column(_headers(sheet, row, row), _GRADE_HEADERS) is not None:
            return row + 1
    return 0


def _headers(sheet: Sheet, first: int, below: int) -> dict[int, str]:
    """The header texts by column, over all rows of the header."""
    texts: dict[int, str] = {}
    for row in range(first, max(below, first + 1)):
        for column in range(len(sheet.cells[row])):
            if text := sheet.text(row, column):
                texts[column] = f"{texts[column]} {text}" if column in texts else text
    return texts


def _column(headers: Mapping[int, str], wanted: Sequence[Sequence[str]]) -> int | None:
    """The first column that is called as the earliest line says."""
    folded = {column: fold(_ASIDE.sub("", text)) for column, text in headers.items()}
    for names in wanted:
        for column in sorted(folded):
            if folded[column] in names:
                return column
    return None


def _are_shares(cells: Sequence[Cell]) -> bool:
    """Whether attendances are written as shares of one, as a spreadsheet keeps what it shows as 62 %.

    What is typed as "62 %" beside them says nothing of the others."""
    plain = [_plain(cell) for cell in cells if not _says_percent(cell)]
    numbers = [read.number for cell in plain if (read := written_percent(cell)).number is not None]
    return bool(numbers) and max(numbers) <= _WHOLE and any(numbers)


def _says_percent(cell: Cell) -> bool:
    return isinstance(cell, str) and "%" in cell


def _plain(cell: Cell) -> str | float | None:
    if isinstance(cell, bool | str):
        return str(cell)
    return float(cell) if isinstance(cell, int | float) else str(cell)


def _row(
    sheet: Sheet, person: PersonRow, grade: int, attendance: int | None, remark: int | None, *, shares: bool
) -> ResultRow:
    place = person.row - 1
    written = written_grade(_plain(sheet.at(place, grade)))
    text = sheet.text(place, grade)
    said = sheet.text(place, remark) if remark is not None else ""
    problems = [each for each in person.problems if each.field == "document" and each.code != _REPEATED]
    if (place, grade) in sheet.uncalculated:
        problems.append(_error("grade", "uncalculated", text, _UNCALCULATED))
        written = Written()
    elif written.misread is Misread.NOT_A_NUMBER:
        problems.append(_error("grade", "not_a_grade", text, _NOT_A_GRADE))
    elif written.misread is Misread.OUT_OF_RANGE:
        problems.append(_error("grade", "out_of_range", text, _NEGATIVE))
    percent = None
    if attendance is not None:
        percent = _percent(sheet.at(place, attendance), sheet.text(place, attendance), problems, shares=shares)
    left = is_withdrawal(said) or is_withdrawal(text)
    came_not = not left and (is_no_show(said) or is_no_show(text))
    reason = said if is_withdrawal(said) or is_no_show(said) else text if left or came_not else None
    if said and reason is None:
        problems.append(Problem("reason", Severity.WARNING, "remark_not_kept", said, None, _NOT_KEPT, {"value": said}))
    return ResultRow(
        row=person.row,
        sheet=person.sheet,
        document=person.document,
        given_names=person.given_names,
        family_names=person.family_names,
        grade=written,
        grade_text=text,
        attendance=percent,
        remark=reason,
        left=left,
        never_came=came_not,
        problems=tuple(problems),
        waits_for=tuple(key for key in person.waits_for if key == HIDDEN_ROWS),
    )


_NOT_A_GRADE = N_("“{value}” is no grade. Write a number like 71.5 or 71,5, NSP, or leave it blank.")
_NEGATIVE = N_("“{value}” is no grade: there are none below 0.")
_UNCALCULATED = N_("This cell holds a formula without its value: open the file in a spreadsheet program and save it.")
_NOT_KEPT = N_("“{value}” is not kept: no free text about a person is.")
_NO_PERCENT = N_("“{value}” is no attendance in percent, from 0 to 100.")
_SHARE = N_("{value} is read as {proposal} %.")
_CUT = N_("{value} % is kept as {proposal} %: what lies beyond the whole percent is cut.")


def _percent(cell: Cell, text: str, problems: list[Problem], *, shares: bool) -> int | None:
    """The attendance in whole percent; what is wrong or was repaired is added to the problems."""
    read = written_percent(_plain(cell))
    if read.blank:
        return None
    if read.number is None:
        problems.append(_error("attendance", "not_a_percent", text, _NO_PERCENT))
        return None
    is_share = shares and not _says_percent(cell)
    number = read.number * 100 if is_share else read.number
    percent = int(number // 1)
    if is_share:
        problems.append(_repair("share", text, str(percent), _SHARE))
    elif percent != number:
        problems.append(_repair("percent_cut", text, str(percent), _CUT))
    return percent


def _error(name: str, code: str, value: str, message: str) -> Problem:
    return Problem(name, Severity.ERROR, code, value, None, message, {"value": value})


def _repair(code: str, value: str, proposal: str, message: str) -> Problem:
    values = {"value": value, "proposal": proposal}
    return Problem("attendance", Severity.REPAIR, code, value, proposal, message, values)


def _strict(row: ResultRow) -> ResultRow:
    """The row with each proposed repair as an error: nothing is repaired unasked."""
    problems = tuple(
        replace(problem, severity=Severity.ERROR) if problem.severity is Severity.REPAIR else problem
        for problem in row.problems
    )
    return replace(row, problems=problems)
