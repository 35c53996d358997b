"""A school's lists of pupils: who stands in them is counted by sex and let go, only the counts leave this module."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from eic_tracker.domain.codes import Sex
from eic_tracker.domain.facts import Heads
from eic_tracker.domain.names import fold
from eic_tracker.exchange.cells import Sheet
from eic_tracker.exchange.class_words import ClassWords, grade_of, plain, section_of, shift_in, words_of, words_of_line
from eic_tracker.exchange.group_rows import GroupRow, GroupShape, ReadGroups, problem
from eic_tracker.exchange.headers import Field
from eic_tracker.exchange.people_rows import TOTAL, sort_rows
from eic_tracker.exchange.questions import SEX_M, Asked
from eic_tracker.exchange.rows import KnownTexts, Severity
from eic_tracker.exchange.sexes import letters_of_column, sex_of
from eic_tracker.exchange.tables import Table, find_tables
from eic_tracker.i18n import N_

_GIRLS = frozenset({"nina", "ninas", "hembra", "hembras", "alumna", "alumnas", "girl", "girls", "femeninas"})
_BOYS = frozenset({"nino", "ninos", "varones", "alumno", "alumnos", "boy", "boys", "masculinos"})
_MARKS = {Field.SEX_F: "f", Field.SEX_M: "m", Field.SEX_H: "h"}
_MARKED = {"f": "femenino", "m": "masculino", "h": "hombre"}
_CLASS_COLUMNS = {"grado": "grade", "grade": "grade", "seccion": "section", "section": "section", "sec": "section",
                  "jornada": "shift", "turno": "shift", "shift": "shift"}  # fmt: skip
_HEADING = 30
"""Lines above a list that may belong to its letterhead."""
_TOTAL_NUMBER = re.compile(r"\btotal(?:es)?\b(?: (?:general|de))?(?: (?:alumn\w+|estudiantes|pupils))? (\d{1,3})$")


@dataclass(frozen=True, slots=True)
class PupilCount:
    """One class as counted: what was said of it, and how many pupils by the word for their sex (f, h, m, or none)."""

    row: int
    sheet: str
    header_row: int
    words: ClassWords
    by_sex: Mapping[str, int]
    m_is_open: bool
    m: Sex
    total: int | None
    """as the list itself says it, None where it says none"""
    columns: Mapping[str, str] = field(default_factory=dict)


def count_pupils(sheets: Sequence[Sheet], file_stem: str) -> tuple[PupilCount, ...]:
    """The classes whose pupils are listed in the sheets; nothing where no sheet lists any."""
    shown = [sheet for sheet in sheets if not sheet.hidden]
    counts: list[PupilCount] = []
    for sheet in shown:
        end = 0
        school = ClassWords()
        for table in _tables(sheet):
            said = _above(sheet, end, table)
            words = words_of(said).or_else(words_of_line(sheet.name)).or_else(school)
            school = ClassWords(words.school, words.sace, year=words.year)
            if len(shown) == 1:
                words = words.or_else(words_of_line(file_stem))
            counts += _classes(table, words, said[-1] if said else "")
            end = table.rows[-1] + 1
    return tuple(counts)


def _tables(sheet: Sheet) -> list[Table]:
    """The lists of a sheet; a header that is repeated under a letterhead of its own begins another class."""
    tables = find_tables(sheet, {}, KnownTexts())
    starts = sorted({table.header for table in tables if table.header is not None})
    done: list[Table] = []
    for table in tables:
        later = bisect_right(starts, table.header) if table.header is not None else len(starts)
        end = starts[later] if later < len(starts) else len(sheet.cells)
        sort_rows(table, end)
        before = done[-1] if done else None
        if before is not None and before.goes_on_in(table) and not _names_class(sheet, before, table):
            before.go_on(table)
        elif table.rows:
            done.append(table)
    return done


def _names_class(sheet: Sheet, before: Table, table: Table) -> bool:
    words = words_of(_above(sheet, before.rows[-1] + 1, table))
    return words.grade is not None or words.section is not None


def _above(sheet: Sheet, start: int, table: Table) -> list[str]:
    """The lines between the last pupil above and the list."""
    first = table.header if table.header is not None else (table.rows[0] if table.rows else table.first)
    lines = (
        " ".join(text for column in range(len(sheet.cells[row])) if (text := sheet.text(row, column)))
        for row in range(max(start, first - _HEADING), first)
    )
    return [line for line in lines if line]


def _classes(table: Table, words: ClassWords, title: str) -> list[PupilCount]:
    """The classes of one list: one, or as many as its columns of grade and section tell apart.

    `title` stands right above the list and may say the sex of those who come first."""
    headers = [*table.unread, *((table.columns[found], text) for found, text in table.headers.items())]
    told = {_CLASS_COLUMNS[fold(text)]: column for column, text in headers if fold(text) in _CLASS_COLUMNS}
    groups: dict[ClassWords, list[int]] = {}
    for row in table.rows:
        groups.setdefault(_said_of(table.sheet, row, told).or_else(words), []).append(row)
    by_row = {row: _sex_word(table, row) or title for row in table.rows}
    letters = letters_of_column(by_row.values())
    total = _total(table) if len(groups) == 1 else None
    header = 0 if table.header is None else table.header + 1
    return [
        PupilCount(
            row=(rows[0] if len(groups) > 1 or not header else table.header or 0) + 1,
            sheet=table.sheet.name,
            header_row=header,
            words=each,
            by_sex=dict(Counter(_sex_of(by_row[row]) for row in rows)),
            m_is_open=letters.open,
            m=letters.m,
            total=total,
            columns={found.value: table.headers.get(found, "") for found in table.columns if found is not Field.OTHER},
        )
        for each, rows in groups.items()
    ]


def _said_of(sheet: Sheet, row: int, columns: Mapping[str, int]) -> ClassWords:
    texts = {name: sheet.text(row, column) for name, column in columns.items()}
    grade = words_of_line(texts["grade"]) if "grade" in texts else ClassWords()
    return ClassWords(
        grade=grade_of(texts["grade"]) if "grade" in texts else None,
        section=section_of(texts["section"]) if "section" in texts else grade.section,
        shift=shift_in(plain(texts["shift"]))[0] if "shift" in texts else None,
    )


def _sex_word(table: Table, row: int) -> str:
    """The word for a pupil's sex: of its column, of the column that is marked, or of the title above."""
    if Field.SEX in table.columns:
        return table.sheet.text(row, table.columns[Field.SEX])
    marked = [letter for found, letter in _MARKS.items() if found in table.columns and _is_marked(table, row, found)]
    if len(marked) == 1:
        return "mujer" if marked[0] == "m" and Field.SEX_H in table.columns else _MARKED[marked[0]]
    return "" if marked else table.sections.get(row, "")


def _is_marked(table: Table, row: int, found: Field) -> bool:
    return table.sheet.text(row, table.columns[found]) not in {"", "0", "-"}


def _sex_of(word: str) -> str:
    """f, h for a boy beyond doubt, m for the letter alone, nothing where no sex is said."""
    folded = fold(word)
    if folded == "m":
        return "m"
    if folded in _GIRLS:
        return "f"
    if folded in _BOYS:
        return "h"
    sex = sex_of(word, Sex.M) or _first_sex(folded)
    return {Sex.F: "f", Sex.M: "h"}[sex] if sex is not None else ""


def _first_sex(folded: str) -> Sex | None:
    """The sex that a title names with more words: "Sexo femenino", "Alumnos varones", "Niñas: 15"."""
    words = set(folded.split())
    girls = bool(words & _GIRLS) or any(sex_of(word, Sex.M) is Sex.F for word in words - {"m"})
    boys = bool(words & (_BOYS - {"alumnos"})) or any(sex_of(word, Sex.M) is Sex.M for word in words - {"m"})
    if girls == boys:
        return None
    return Sex.F if girls else Sex.M


def _total(table: Table) -> int | None:
    """The number of pupils that the list itself says below them."""
    for left in table.left_out:
        if left.reason == TOTAL and (found := _TOTAL_NUMBER.search(fold(left.text))) is not None:
            return int(found[1])
    return None


def groups_of_counts(counts: Iterable[PupilCount], file: str, asked: Asked) -> ReadGroups:
    """The class groups of what was counted; what M means is asked where the lists leave it open."""
    counts = tuple(counts)
    rows = tuple(_row(count, asked) for count in counts)
    return ReadGroups(
        file,
        counts[0].sheet,
        counts[0].header_row,
        GroupShape.CLASS_LIST,
        rows,
        columns=counts[0].columns,
        questions=tuple(asked.open.values()),
        pupils=sum(sum(count.by_sex.values()) for count in counts),
    )


_WHAT_M = N_("Does M in column {column} mean girls (mujer) or boys (masculino)?")


def _row(count: PupilCount, asked: Asked) -> GroupRow:
    girls, boys, doubtful = count.by_sex.get("f", 0), count.by_sex.get("h", 0), count.by_sex.get("m", 0)
    waits: tuple[str, ...] = ()
    m = count.m
    if count.m_is_open and doubtful:
        answer = asked.ask(SEX_M, count.columns.get(Field.SEX.value, ""), _WHAT_M, ("F", "M"), "M")
        m = Sex(answer)
        waits = (SEX_M,) if SEX_M in asked.open else ()
    heads = Heads(
        girls + (doubtful if m is Sex.F else 0),
        boys + (doubtful if m is Sex.M else 0),
        count.by_sex.get("", 0),
    )
    row = GroupRow(
        count.row, count.sheet, count.words, enrolled=heads, doubtful=doubtful if waits else 0, waits_for=waits
    )
    if count.total is not None and count.total != heads.total:
        message = N_("The list says {value} in all; {count} pupils stand in it.")
        return row.with_problems(
            problem("enrolled", Severity.WARNING, "total_differs", message, value=str(count.total), count=heads.total)
        )
    return row
