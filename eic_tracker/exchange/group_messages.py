"""Text of messages: "4A mat 15 niñas 17 niños lec 2", the school and the day in lines before. Read whole or not at all.

A line of which a part is not understood is refused without being quoted: it may name somebody."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace

from eic_tracker.domain.class_group_draft import MULTIGRADE
from eic_tracker.domain.codes import Sex
from eic_tracker.domain.facts import Heads
from eic_tracker.domain.names import fold
from eic_tracker.exchange.class_words import (
    ClassWords,
    class_in,
    plain,
    school_in,
    shift_in,
    tells_multigrade,
    words_of_line,
)
from eic_tracker.exchange.group_rows import GroupRow, GroupShape, LessonSaid, ReadGroups, problem
from eic_tracker.exchange.lesson_days import DAY, day_in
from eic_tracker.exchange.questions import SEX_M, Asked
from eic_tracker.exchange.rows import Severity
from eic_tracker.i18n import N_

_GIRL = r"ninas|nina|hembras|hembra|alumnas|mujeres|mujer|femenino|femeninas|fem|girls|girl|f"
_BOY = r"ninos|nino|varones|varon|hombres|hombre|masculino|masculinos|masc|boys|boy|h|v"
_ALL = r"alumnos|estudiantes|escolares|jovenes|pupils|children"
_TOTAL = re.compile(
    rf"(?<!\w)(?:(?:en )?total\s*(?:de)?\s*[:=]?\s*(?P<count>\d{{1,6}})(?:\s*(?:{_ALL}))?|"
    r"(?P<before>\d{1,6})\s*en total)(?!\w)"
)
_NONE = r"sin registrar|no registrados|sin sexo|not recorded|unrecorded"
_WHO = rf"(?P<girls>{_GIRL})|(?P<boys>{_BOY})|(?P<m>m)|(?P<none>{_NONE})|(?P<all>{_ALL})"
_BEFORE = re.compile(rf"(?<!\w)(?P<count>\d{{1,6}})\s*(?:{_WHO})(?!\w)")
_AFTER = re.compile(rf"(?<!\w)(?:{_WHO})\s*[:=]?\s*(?P<count>\d{{1,6}})(?!\w)")
_NUMBER = r"\d{1,2}(?![/\d])"
_NUMBERS = rf"{_NUMBER}(?:\s*(?:,|y|e|and|&|\+)\s*{_NUMBER}|\s*(?:-|a|al|to)\s*{_NUMBER})*"
_LESSON = re.compile(
    rf"(?<!\w)(?:lecciones|leccion|lecc|lec|lessons|lesson|l)\s*(?:n[o°]?|#)?\s*[:.]?\s*(?P<numbers>{_NUMBERS})(?!\w)"
    r"(?!\s*(?:ninas|ninos|f|m|h)\b)"
)
_PART = re.compile(
    r"(?<!\w)(?:(?P<graduated>graduad[oa]s|graduaron|graduacion|grad|graduated)|"
    r"(?P<reached>atendid[oa]s|reached)|"
    r"(?P<present>presentes|asistieron|asistencia|present)|"
    r"(?P<enrolled>matriculad[oa]s|matricula|inscrit[oa]s|enrolled))\s*:?(?!\w)"
)
_LINKS = frozenset({"y", "e", "de", "del", "la", "el", "con", "and", "the", "of", "grado", "seccion", "jornada", "dia",
                    "fecha", "lunes", "martes", "miercoles", "jueves", "viernes", "sabado", "hoy"})  # fmt: skip
_WEEKDAYS = re.compile(r"\b(?:lunes|martes|miercoles|jueves|viernes|sabado)\b,?")
_LONGEST = 400
_MOST_LESSONS = 40

_NOT_READ = N_("Line {row} holds words that are no count, or is not written like “4A mat 15 niñas 17 niños lec 2”. "
               "Names of pupils are not kept; write the counts only.")  # fmt: skip
_WHAT_M = N_("Does M in these lines mean girls (mujer) or boys (masculino)?")


@dataclass(slots=True)
class _Line:
    """What one line says, taken out of it piece by piece until nothing is left."""

    text: str
    heads: dict[str, dict[str, int]] = field(default_factory=dict)
    """by part (enrolled, reached, graduated, or present) and by who (girls, boys, m, none, all)"""
    lessons: tuple[int, ...] = ()
    day: dt.date | None = None
    words: ClassWords = field(default_factory=ClassWords)
    wrong: bool = False


def read_message(
    text: str, name: str, asked: Asked, *, year: int | None, schools: Collection[str] = ()
) -> ReadGroups | None:
    """The class groups that a text tells, None where no line tells any.

    `schools` are the folded names of schools that are known; `year` completes days that are told without one."""
    rows: list[GroupRow] = []
    unread: list[int] = []
    above, day = ClassWords(), None
    for number, line in enumerate(text.splitlines(), 1):
        if not any(letter.isalnum() for letter in line):
            continue
        found = _read_line(line[:_LONGEST], year, schools)
        if not found.heads and not found.lessons and not (found.wrong and found.words.grade):
            said = found.words
            told = said.school or said.sace or said.shift or said.year or found.day or said.grade
            above, day = said.or_else(replace(above, grade=None, section=None, grades=())), found.day or day
            unread += [] if told and not found.wrong else [number]
            continue
        if found.day is None:
            found.day = day
        rows.append(_row(found, number, name, above, asked))
        if found.words.grade == MULTIGRADE and len(found.words.grades) != 1:
            above = found.words.or_else(replace(above, grade=None, section=None, grades=()))
        elif found.words.grade is not None and not found.words.is_grade_of(above):
            above = replace(above, grade=None, section=None, grades=()) if above.grade == MULTIGRADE else above
    if not rows:
        return None
    return ReadGroups(
        name, "", 0, GroupShape.MESSAGE, tuple(rows), questions=tuple(asked.open.values()), unread=tuple(unread)
    )


def is_message(lines: Sequence[str]) -> bool:
    """Whether some line of a text tells a class and counts in the way of messages."""
    for line in lines:
        if len(line) <= _LONGEST:
            found = _read_line(line, None, ())
            if found.words.grade is not None and (found.heads or found.lessons):
                return True
    return False


def _read_line(line: str, year: int | None, schools: Collection[str]) -> _Line:
    found = _Line(plain(line))
    school = _known_school(line, schools) or school_in(line)
    if school:
        start = found.text.find(plain(school))
        found.text = f"{found.text[:start]} {found.text[start + len(school) :]}"
    _take_lessons(found)
    _take_day(found, year)
    said = words_of_line(line) if not found.heads else ClassWords()
    grade, section, grades, found.text = class_in(found.text)
    shift, found.text = shift_in(found.text)
    _take_heads(found)
    found.words = ClassWords(school, said.sace, grade, section, shift, said.year, grades)
    left = found.text
    for known in filter(None, (said.sace, str(said.year) if said.year else "")):
        left = left.replace(known, " ")
    found.wrong = found.wrong or bool(set(fold(left).split()) - _LINKS)
    return found


def _known_school(line: str, schools: Collection[str]) -> str:
    """The line itself where it is the name of a school that is known, with or without a colon."""
    name = line.strip().rstrip(":").strip()
    return name if fold(name) in schools else ""


def _take_day(found: _Line, year: int | None) -> None:
    days = (each for each in DAY.finditer(found.text) if not tells_multigrade(found.text[: each.start()]))
    match = next(days, None)
    if match is not None:
        found.day = day_in(match, year)
        found.wrong = found.day is None
        found.text = f"{found.text[: match.start()]} {found.text[match.end() :]}"
    found.text = _WEEKDAYS.sub(" ", found.text)


def _take_lessons(found: _Line) -> None:
    match = _LESSON.search(found.text)
    if match is None:
        return
    numbers: list[int] = []
    pieces = re.findall(r"\d+|-|al?|to", match["numbers"])
    for place, piece in enumerate(pieces):
        if not piece.isdigit():
            continue
        first = numbers[-1] + 1 if place and not pieces[place - 1].isdigit() and numbers else int(piece)
        numbers += range(first, int(piece) + 1) if first <= int(piece) else [int(piece)]
    found.lessons = tuple(dict.fromkeys(numbers))[:_MOST_LESSONS]
    found.text = f"{found.text[: match.start()]} {found.text[match.end() :]}"


def _take_heads(found: _Line) -> None:
    """The counts of each part of the line; without a word before them they are those of the class."""
    marks = [*_PART.finditer(found.text)]
    edges = [0, *(mark.start() for mark in marks), len(found.text)]
    kept = []
    for place, start in enumerate(edges[:-1]):
        mark = marks[place - 1] if place else None
        part = str(mark.lastgroup) if mark else ""
        text = found.text[mark.end() if mark else start : edges[place + 1]]
        heads = found.heads.setdefault(part, {})
        text = _taken(found, heads, text)
        if not heads and part and (alone := re.fullmatch(r"\W*(\d{1,6})\W*", text)) is not None:
            heads["all"], text = int(alone[1]), ""
        if not heads:
            del found.heads[part]
            found.wrong = found.wrong or bool(part)
        kept.append(text)
    found.text = " ".join(kept)


def _taken(found: _Line, heads: dict[str, int], text: str) -> str:
    """The text without its counts. Whether words stand before or after their numbers is told by the first."""
    if (total := _TOTAL.search(text)) is not None:
        heads["all"] = int(total["count"] or total["before"])
        text = f"{text[: total.start()]} {text[total.end() :]}"
    first_after = _AFTER.search(text)
    first_before = _BEFORE.search(text)
    after = first_after is not None and (first_before is None or first_after.start() < first_before.start())
    pattern = _AFTER if after else _BEFORE
    for match in pattern.finditer(text):
        who = next(name for name in ("girls", "boys", "m", "none", "all") if match[name])
        found.wrong = found.wrong or who in heads
        heads[who] = int(match["count"])
    return pattern.sub(" ", text)


def _row(found: _Line, number: int, name: str, above: ClassWords, asked: Asked) -> GroupRow:
    of_class = found.words.is_grade_of(above)
    same = replace(above, grade=None, section=None, grades=()) if found.words.grade and not of_class else above
    row = GroupRow(number, name, found.words.or_else(same))
    if found.wrong or _may_be_counts(found):
        return row.with_problems(problem("row", Severity.ERROR, "not_understood", _NOT_READ, row=number))
    m = _meaning_of_m(found)
    waits: tuple[str, ...] = ()
    if m is None and any("m" in heads for heads in found.heads.values()):
        answer = asked.ask(SEX_M, "", _WHAT_M, ("F", "M"), "M")
        m, waits = Sex(answer), ((SEX_M,) if SEX_M in asked.open else ())
    read: dict[str, Heads] = {}
    for part, said in found.heads.items():
        heads = _heads(said, m or Sex.M)
        if heads is None:
            return row.with_problems(problem("row", Severity.ERROR, "not_understood", _NOT_READ, row=number))
        if "all" in said and len(said) > 1 and heads.total != said["all"]:
            message = N_("Line {row} says {value} in all; its counts make {count}.")
            row = row.with_problems(
                problem("enrolled", Severity.ERROR, "total_differs", message, value=str(said["all"]), row=number,
                        count=heads.total)
            )  # fmt: skip
        read[part] = heads
    present = read.get("present") or read.get("")
    return replace(
        row,
        enrolled=read.get("enrolled") or (None if found.lessons else read.get("")),
        reached=read.get("reached"),
        graduated=read.get("graduated"),
        graduated_on=found.day if "graduated" in read and not found.lessons else None,
        told_on=found.day,
        lessons=tuple(LessonSaid(each, found.day, present) for each in found.lessons),
        doubtful=sum(said.get("m", 0) for said in found.heads.values()) if waits else 0,
        waits_for=waits,
    )


def _may_be_counts(found: _Line) -> bool:
    """Whether what looks like a class, 9F, may be nine girls: the line has no other count of girls and boys."""
    said = {who for heads in found.heads.values() for who in heads}
    return (found.words.section or "") in _SEX_LETTERS and len(said & {"girls", "boys", "m"}) == 1


_SEX_LETTERS = ("F", "H", "M", "V")


def _meaning_of_m(found: _Line) -> Sex | None:
    """Beside words or letters for girls M is a boy, beside those for boys a girl; None where it stands alone."""
    said = {who for heads in found.heads.values() for who in heads}
    if "girls" in said and "boys" not in said:
        return Sex.M
    return Sex.F if "boys" in said and "girls" not in said else None


def _heads(said: dict[str, int], m: Sex) -> Heads | None:
    if "m" in said and ("girls" if m is Sex.F else "boys") in said:
        return None
    girls = said.get("girls", said.get("m", 0) if m is Sex.F else 0)
    boys = said.get("boys", said.get("m", 0) if m is Sex.M else 0)
    if not said.keys() - {"all"}:
        return Heads(0, 0, said["all"])
    return Heads(girls, boys, said.get("none", 0))
