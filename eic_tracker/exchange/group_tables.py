"""Tables with one class group in each row, as offices roll up their months: found by their headings, read by cell."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from eic_tracker.domain.class_group_draft import MULTIGRADE
from eic_tracker.domain.codes import Sex
from eic_tracker.domain.facts import Heads
from eic_tracker.domain.names import fold
from eic_tracker.exchange.cells import Cell, Sheet, text_of
from eic_tracker.exchange.class_words import (
    ClassWords,
    grade_of,
    grade_of_heading,
    grades_of,
    plain,
    section_of,
    shift_in,
    words_of,
    words_of_line,
)
from eic_tracker.exchange.group_rows import GroupRow, GroupShape, LessonSaid, ReadGroups, problem
from eic_tracker.exchange.headers import NAMES, field_of
from eic_tracker.exchange.lesson_days import DAY, day_in, day_of
from eic_tracker.exchange.multigrade import with_grade_columns
from eic_tracker.exchange.questions import SEX_M, Asked
from eic_tracker.exchange.rows import Problem, Severity
from eic_tracker.i18n import N_

_SEARCHED = 40
_HEADINGS: Mapping[str, tuple[str, ...]] = {
    "school": ("escuela", "centro educativo", "centro", "nombre del centro", "nombre del centro educativo",
               "nombre de la escuela", "instituto", "school", "institucion", "centro escolar"),
    "school_code": ("sace", "codigo sace", "codigo", "codigo del centro", "codigo de la escuela", "cod", "school code"),
    "class": ("clase", "grado y seccion", "seccion y grado", "grado seccion", "grado grupo", "class", "grupo"),
    "grade": ("grado", "grade", "curso", "grado escolar"),
    "section": ("seccion", "sec", "section"),
    "shift": ("jornada", "turno", "shift"),
    "municipality": ("municipio", "municipality"),
    "year": ("ano", "ano lectivo", "ano escolar", "year", "school year"),
    "curriculum": ("curriculo", "curriculum", "componente", "plan", "programa"),
    "lessons_given": ("lecciones", "lecciones impartidas", "lecciones dadas", "no de lecciones", "lessons",
                      "lessons given", "numero de lecciones"),
    "first_lesson_on": ("primera leccion", "fecha primera leccion", "fecha de la primera leccion", "fecha de inicio",
                        "fecha inicio", "inicio", "first lesson", "first lesson on"),
    "lesson_days": ("fechas", "fechas de lecciones", "fechas de las lecciones", "fecha de las lecciones",
                    "dias de lecciones", "lesson dates"),
    "graduated_on": ("graduacion", "fecha de graduacion", "fecha graduacion", "graduation date", "graduated on",
                     "fecha de la graduacion"),
}  # fmt: skip
_BY_HEADING = {text: name for name, texts in _HEADINGS.items() for text in texts}
_KINDS = (
    ("graduated", re.compile(r"\bgradua|\bgrad\b|\bpromovid")),
    ("reached", re.compile(r"\batendid|\balcanzad|\breached|\bbeneficiad")),
    ("enrolled", re.compile(r"\bmatricul|\binscrit|\benrolled|\benrollment|\bmatr\b")),
)
_GIRLS = re.compile(r"\b(?:ninas?|girls?|f|femenino|fem|mujeres|mujer|hembras?|alumnas|atendidas|graduadas|"
                    r"matriculadas|inscritas)\b")  # fmt: skip
_BOYS = re.compile(r"\b(?:ninos?|boys?|masculino|masc|varones|varon|hombres?|h|v)\b")
_LONE_M = re.compile(r"\bm\b")
_UNRECORDED = re.compile(r"\b(?:sin registrar|no registrad[oa]s?|no se sabe|sin sexo|not recorded|unrecorded)\b")
_TOTALS = re.compile(r"\b(?:total|totales|alumnos|estudiantes|pupils)\b")
_LESSON = re.compile(r"^(?:fecha )?(?:de )?(?:la )?(?:leccion|lecc|lec|lesson|l) ?(\d{1,2})(?: fecha)?$")
_COUNTED = ("girls", "boys", "m", "unrecorded", "total")
_END = re.compile(r"^(?:sub ?|gran )?total(?:es)?\b|^suma\b|^fin de")

_NO_COUNT = N_("Column {column} holds something else than a count. Names of pupils are not kept; write the number.")
_NO_DAY = N_("Column {column} holds no day; write it as 12/03/2019.")
_FROM_ABOVE = N_("The cell of the school is empty; it is read as that of the row above.")
_WHAT_M = N_("Does M in column {column} mean girls (mujer) or boys (masculino)?")
_TOTAL_DIFFERS = N_("The row says {value} in all; girls and boys make {count}.")


@dataclass(frozen=True, slots=True)
class GroupTable:
    """A table as found: where its columns stand, by what they hold; rows count from 0."""

    sheet: Sheet
    header: int
    columns: Mapping[str, int]
    headings: Mapping[str, str]
    above: ClassWords
    end: int


@dataclass(slots=True)
class _Cells:
    """One row while it is read, with what is wrong in it."""

    table: GroupTable
    row: int
    year: int | None
    wrong: list[tuple[str, str, str, str]] = field(default_factory=list)
    """(field, code, message, heading)"""

    def text(self, name: str) -> str:
        """What the cell of a column says, empty where there is none."""
        return self.table.sheet.text(self.row, self.table.columns[name]) if name in self.table.columns else ""

    def cell(self, name: str) -> Cell:
        """The cell itself."""
        return self.table.sheet.at(self.row, self.table.columns[name]) if name in self.table.columns else ""

    def count(self, name: str) -> int | None:
        """A whole number; None for an empty cell, and with a problem for anything else."""
        text = text_of(self.cell(name))
        if not text or text in {"-", "–"}:
            return None
        if text.isdecimal() and len(text) <= _LONGEST_COUNT:
            return int(text)
        self.wrong.append((name, "no_count", _NO_COUNT, self.table.headings[name]))
        return None

    def day(self, name: str) -> dt.date | None:
        """A day; None for an empty cell, and with a problem for anything else."""
        cell = self.cell(name)
        if not text_of(cell):
            return None
        found = day_of(cell, self.year)
        if found is None:
            self.wrong.append((name, "no_day", _NO_DAY, self.table.headings[name]))
        return found


_LONGEST_COUNT = 6


def find_group_tables(sheets: Sequence[Sheet], file_stem: str) -> tuple[GroupTable, ...]:
    """The tables of class groups in the sheets; a letterhead names the school where no column does."""
    shown = [sheet for sheet in sheets if not sheet.hidden]
    found = [table for sheet in shown if (table := _find(sheet)) is not None]
    if len(shown) == 1:
        stem = words_of_line(file_stem)
        found = [replace(table, above=table.above.or_else(ClassWords(stem.school, year=stem.year))) for table in found]
    return tuple(found)


def _find(sheet: Sheet) -> GroupTable | None:
    for row in range(min(len(sheet.cells), _SEARCHED)):
        columns: dict[str, int] = {}
        headings: dict[str, str] = {}
        for place, text in enumerate(_headings(sheet, row)):
            name = _column_of(text)
            if name is not None and name not in columns:
                columns[name], headings[name] = place, text
        if _is_table(columns) and ("school" in columns or not _names_pupils(sheet, row)):
            _pair(columns, headings)
            lines = [" ".join(sheet.text(n, c) for c in range(len(sheet.cells[n]))).strip() for n in range(row)]
            above = replace(words_of(lines), grade=None, section=None)
            return GroupTable(sheet, row, columns, headings, above, len(sheet.cells))
    return None


def _pair(columns: dict[str, int], headings: dict[str, str]) -> None:
    """ "Graduados" is both sexes by itself, and the boys beside "Graduadas"."""
    for kind in {name.partition(":")[0] for name in columns if name.endswith(":girls")}:
        girls, total = f"{kind}:girls", f"{kind}:total"
        if girls in columns and total in columns and not _TOTALS.search(fold(headings[total])):
            columns[f"{kind}:boys"], headings[f"{kind}:boys"] = columns.pop(total), headings.pop(total)


def _headings(sheet: Sheet, row: int) -> list[str]:
    """The headings of a row, each behind the title that stands over several of them."""
    texts = [sheet.text(row, place) for place in range(len(sheet.cells[row]))]
    if row == 0:
        return texts
    over, titles = "", []
    for place in range(len(texts)):
        own = sheet.text(row - 1, place)
        over = own or over
        titles.append(over if any(kind.search(fold(over)) for _, kind in _KINDS) or grade_of_heading(over) else own)
    known = [_column_of(text) is not None for text in titles]
    if sum(known) < 1:
        return texts
    return [
        f"{title} {text}".strip() if text and _is_sex(text) else text or title
        for title, text in zip(titles, texts, strict=True)
    ]


def _is_sex(text: str) -> bool:
    folded = fold(text)
    return any(each.search(folded) for each in (_GIRLS, _BOYS, _LONE_M, _UNRECORDED, _TOTALS))


def _column_of(heading: str) -> str | None:
    """What a column holds: a field, or enrolled:girls and the like (enrolled@4:girls of one grade), or lesson:2."""
    folded = fold(heading)
    if not folded or len(folded) > _LONGEST_HEADING:
        return None
    if folded in _BY_HEADING:
        return _BY_HEADING[folded]
    if (lesson := _LESSON.match(folded)) is not None:
        return f"lesson:{int(lesson[1])}"
    kind = next((name for name, pattern in _KINDS if pattern.search(folded)), None)
    who = next(
        (name for name, pattern in (("unrecorded", _UNRECORDED), ("girls", _GIRLS), ("boys", _BOYS), ("m", _LONE_M),
                                    ("total", _TOTALS)) if pattern.search(folded)),
        "total" if kind is not None else None,
    )  # fmt: skip
    grade = grade_of_heading(heading)
    return f"{kind or 'enrolled'}{f'@{grade}' if grade else ''}:{who}" if who is not None else None


_LONGEST_HEADING = 60


def _is_table(columns: Mapping[str, int]) -> bool:
    """Whether headings name classes and count their pupils; a list of pupils has neither counts nor lessons."""
    classes = {"school", "class", "grade", "school_code"} & columns.keys()
    counts = [name for name in columns if ":" in name or name == "lessons_given"]
    return bool(classes) and len(counts) > 0 and len(columns) >= _FEWEST


_FEWEST = 3


def _names_pupils(sheet: Sheet, row: int) -> bool:
    """Whether a heading is that of names: then the marks below are pupils, no counts."""
    headings = (sheet.text(row, place) for place in range(len(sheet.cells[row])))
    return any(field_of(text) in NAMES for text in headings)


def groups_of_tables(tables: Iterable[GroupTable], file: str, asked: Asked, *, year: int | None) -> ReadGroups:
    """The class groups of the tables; what M means is asked where no heading tells it."""
    tables = tuple(tables)
    rows: list[GroupRow] = []
    for table in tables:
        m, waits = _meaning_of_m(table, asked)
        above = ClassWords()
        for row in range(table.header + 1, table.end):
            texts = [text for place in range(len(table.sheet.cells[row])) if (text := table.sheet.text(row, place))]
            if not texts:
                continue
            if _END.search(fold(texts[0])) or any(_END.search(fold(text)) for text in texts[:2]):
                above = ClassWords()
                continue
            read = _row(table, row, year, m, above)
            if read is None:
                continue
            if waits and any(name.endswith(":m") and _Cells(table, row, year).text(name) for name in table.columns):
                read = replace(read, waits_for=waits)
            rows.append(read)
            above = read.words
    columns = {name: heading for table in tables for name, heading in table.headings.items()}
    first = tables[0]
    return ReadGroups(
        file, first.sheet.name, first.header + 1, GroupShape.TABLE, tuple(rows), columns, tuple(asked.open.values())
    )


def _meaning_of_m(table: GroupTable, asked: Asked) -> tuple[Sex, tuple[str, ...]]:
    kinds = {name.partition(":")[0] for name in table.columns if name.endswith(":m")}
    if not kinds:
        return Sex.M, ()
    girls = any(f"{kind}:girls" in table.columns for kind in kinds)
    boys = any(f"{kind}:boys" in table.columns for kind in kinds)
    if girls != boys:
        return (Sex.M if girls else Sex.F), ()
    heading = next(table.headings[name] for name in table.columns if name.endswith(":m"))
    answer = asked.ask(SEX_M, heading, _WHAT_M, ("F", "M"), "M")
    return Sex(answer), ((SEX_M,) if SEX_M in asked.open else ())


def _row(table: GroupTable, number: int, year: int | None, m: Sex, above: ClassWords) -> GroupRow | None:
    said = _Cells(table, number, year)
    words = _words(said).or_else(table.above)
    said.year = words.year or year
    heads = {kind: _heads(said, kind, m) for kind, _ in _KINDS}
    of_grades = {
        kind: _heads(said, kind, m) for kind in dict.fromkeys(name.partition(":")[0] for name in table.columns)
        if "@" in kind
    }  # fmt: skip
    lessons = _lessons(said)
    if words.grade is None and not any((heads | of_grades).values()) and not lessons:
        return None
    row = GroupRow(
        number + 1,
        table.sheet.name,
        words,
        municipality=said.text("municipality") or None,
        curriculum=said.text("curriculum") or None,
        enrolled=heads["enrolled"],
        reached=heads["reached"],
        graduated=heads["graduated"],
        lessons=lessons,
        lessons_given=said.count("lessons_given"),
        first_lesson_on=said.day("first_lesson_on"),
        graduated_on=said.day("graduated_on"),
    )
    if not words.school and not words.sace and above.school:
        row = replace(row, words=replace(words, school=above.school, sace=above.sace))
        row = row.with_problems(problem("school", Severity.WARNING, "school_from_above", _FROM_ABOVE))
    problems = [
        problem(re.split("[:@]", name)[0], Severity.ERROR, code, message, column=heading)
        for name, code, message, heading in said.wrong
    ]
    by_grade: dict[str, dict[str, Heads | None]] = {}
    for kind, counted in of_grades.items():
        by_grade.setdefault(kind.partition("@")[2], {})[kind.partition("@")[0]] = counted
    return with_grade_columns(row, by_grade).with_problems(*problems, *_totals(said, heads | of_grades))


def _words(said: _Cells) -> ClassWords:
    told = words_of_line(said.text("class")) if "class" in said.table.columns else ClassWords()
    grade = words_of_line(said.text("grade")) if "grade" in said.table.columns else ClassWords()
    year = said.text("year")
    section_says = words_of_line(said.text("section"))
    if section_says.grade == MULTIGRADE:
        told = section_says
    section = (None if told is section_says else section_of(said.text("section"))) or grade.section or told.section
    own = ClassWords(
        grade=grade_of(said.text("grade")) if said.text("grade") else None,
        section=section,
        grades=grades_of(said.text("grade")),
    ).or_else(replace(told, section=section))
    return ClassWords(
        school=" ".join(said.text("school").split()),
        sace=said.text("school_code"),
        grade=own.grade,
        section=section,
        shift=shift_in(plain(said.text("shift")))[0] or told.shift or grade.shift,
        year=int(year) if year.isdecimal() and len(year) == 4 else None,
        grades=own.grades,
    )


def _heads(said: _Cells, kind: str, m: Sex) -> Heads | None:
    read = {who: said.count(f"{kind}:{who}") for who in _COUNTED if f"{kind}:{who}" in said.table.columns}
    if all(number is None for number in read.values()):
        return None
    lone = read.get("m") or 0
    girls = (read.get("girls") or 0) + (lone if m is Sex.F else 0)
    boys = (read.get("boys") or 0) + (lone if m is Sex.M else 0)
    unrecorded = read.get("unrecorded") or 0
    if not girls + boys + unrecorded and "girls" not in read and "boys" not in read:
        unrecorded = read.get("total") or 0
    return Heads(girls, boys, unrecorded)


def _totals(said: _Cells, heads: Mapping[str, Heads | None]) -> list[Problem]:
    """A total of the row that its own counts do not make."""
    found = []
    for kind, counted in heads.items():
        total = text_of(said.cell(f"{kind}:total"))
        if counted is not None and total.isdecimal() and int(total) != counted.total:
            found.append(problem(kind.partition("@")[0], Severity.ERROR, "total_differs", _TOTAL_DIFFERS, value=total,
                                 count=counted.total))  # fmt: skip
    return found


def _lessons(said: _Cells) -> tuple[LessonSaid, ...]:
    """The days of the lessons: a column each, or all of them in one cell, in their order."""
    lessons = [
        LessonSaid(int(name.partition(":")[2]), day)
        for name in said.table.columns
        if name.startswith("lesson:") and (day := said.day(name)) is not None
    ]
    listed = plain(said.text("lesson_days"))
    if listed and not lessons:
        days = [day_in(found, said.year) for found in DAY.finditer(listed)]
        rest = re.sub(r"[\s,;.y-]", "", DAY.sub("", listed))
        if rest or None in days or not days:
            said.wrong.append(("lesson_days", "no_day", _NO_DAY, said.table.headings["lesson_days"]))
        else:
            lessons = [LessonSaid(number, day) for number, day in enumerate(days, 1)]
    return tuple(lessons)
