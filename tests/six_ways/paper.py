"""The figures as the report of the quarter prints them, read by pdftotext."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Sequence
from html import unescape
from pathlib import Path

from tests.six_ways.asked import EIC, EVER, QUARTER, YEAR, Asked

_SPANS = (QUARTER, YEAR, EVER)
_HEADINGS = {
    "course": "Por curso",
    "institution": "Por institución",
    "sex": "Por sexo",
    "department": "Por departamento",
    "country": "Por país",
    "instructor-force": "Por fuerza del instructor principal",
    "grade": "Por grado escolar",
}
_BY_PERSON = ("enrolments", "completions", "persons")
_BY_COURSE = ("offerings", "enrolments", "completions")
_BY_HEAD = ("reached", "graduated")
_NAMES = {
    "completions": "Aprobados",
    "persons": "Personas distintas",
    "enrolments": "Participaciones",
    "offerings": "Cursos impartidos",
    "reached": "Atendidos",
    "graduated": "Graduados",
}
_CHAPTERS = {EIC: "Escuela", "GREAT": "Programa de"}
_PROGRAMMES = {EIC: "Escuela de Investigación Criminal", "GREAT": "Programa de Educación"}
_QUARTERS = [f"{year}Q{number}" for year in (2017, 2018) for number in (1, 2, 3, 4)]
_YEARS = [str(year) for year in range(2012, 2019)]
_NUMBER = r"\d{1,3}(?:,\d{3})*"
_WORD = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)"[^>]*>([^<]*)</word>')


def answers(report: Path, figures: Sequence[Asked]) -> dict[str, int]:
    """Each figure as it stands on paper."""
    text = _run("-layout", report)
    chapters = {code: _chapter(text, heading) for code, heading in _CHAPTERS.items()}
    published = _published(_chapter(text, "Cifras publicadas"))
    charts = _charts(_run("-bbox", report))
    found = {}
    for asked in figures:
        if asked.published:
            found[str(asked)] = published[asked.published]
        elif asked.by:
            found[str(asked)] = _cell(chapters[asked.programme], asked)
        elif asked.span in _SPANS:
            found[str(asked)] = _summary(text, asked)
        else:
            found[str(asked)] = charts[asked.measure, asked.span]
    return found


def _chapter(text: str, heading: str) -> str:
    """From the numbered heading that begins so to the next numbered one."""
    start = re.search(rf"^\d+\. {heading}", text, re.MULTILINE)
    assert start is not None, f"the report has no chapter {heading}"
    return re.split(r"\n\d+\. [A-ZÁÉÍÓÚÑ]", text[start.end() :], maxsplit=1)[0]


def _run(kind: str, report: Path) -> str:
    return subprocess.run(["pdftotext", kind, str(report), "-"], capture_output=True, text=True, check=True).stdout


def _summary(text: str, asked: Asked) -> int:
    """The three numbers below a measure's name and its meaning."""
    part = text[text.index("1. Resumen") : text.index("\n2. ")]
    part = part[part.index(_PROGRAMMES[asked.programme]) :]
    lines = iter(part.splitlines())
    next(line for line in lines if line.strip() == _NAMES[asked.measure])
    return next(numbers for line in lines if len(numbers := _numbers(line)) == len(_SPANS))[_SPANS.index(asked.span)]


def _cell(chapter: str, asked: Asked) -> int:
    if asked.span in _SPANS:
        rows = chapter[chapter.index(f"\n{_HEADINGS[asked.by]}\n") :]
        numbers = _numbers_beside(rows, asked.said)
        measures = _measures_of(asked, len(numbers))
        return numbers[_SPANS.index(asked.span) * len(measures) + measures.index(asked.measure)]
    rows = chapter[chapter.index("Asesores e instructores por año") :]
    found = re.search(rf"^ *{asked.span} +{re.escape(asked.said)} +(.*)$", rows, re.MULTILINE)
    assert found is not None, f"the report shows no {asked}"
    return _numbers(found[1])[_BY_COURSE.index(asked.measure)]


def _measures_of(asked: Asked, columns: int) -> tuple[str, ...]:
    of_courses = _BY_PERSON if asked.by in ("institution", "sex", "country") else _BY_COURSE
    measures: tuple[str, ...] = of_courses if asked.programme == EIC else _BY_HEAD
    assert columns == len(measures) * len(_SPANS), f"{asked} has {columns} numbers"
    return measures


def _numbers_beside(rows: str, name: str) -> list[int]:
    found = re.search(rf"^ *{re.escape(name)} {{2,}}([\d, ]+)$", rows, re.MULTILINE)
    assert found is not None, f"the report has no row {name}"
    return _numbers(found[1])


def _numbers(line: str) -> list[int]:
    return [int(word.replace(",", "")) for word in line.split() if re.fullmatch(_NUMBER, word)]


def _published(chapter: str) -> dict[str, int]:
    """The counted side by key: the key is the last line of its row, the numbers stand in the first."""
    found: dict[str, int] = {}
    counted: int | None = None
    for line in chapter.splitlines():
        numbers = re.search(rf"({_NUMBER})(?: más)? {{2,}}({_NUMBER}) {{2,}}[−-]?{_NUMBER}(?: |$)", line)
        if numbers is not None:
            counted = int(numbers[2].replace(",", ""))
        key = re.match(r" *((?:eic|great)-[a-z0-9-]+)(?: {2,}|$)", line)
        if key is not None and counted is not None:
            found.setdefault(key[1], counted)
            counted = None
    return found


def _charts(boxes: str) -> dict[tuple[str, str], int]:
    """The numbers over the bars, which tell their period only by standing above it: read from left to right."""
    words = [(float(x), float(y), unescape(text)) for x, y, text in _WORD.findall(boxes)]
    quarters = _over_bars(words, ("Aprobados", "por", "trimestre"), "I")
    years = _over_bars(words, ("Atendidos", "y", "graduados", "por", "año"), "2012")
    assert len(quarters) == len(_QUARTERS)
    assert len(years) == 2 * len(_YEARS)
    found = {("completions", period): value for period, value in zip(_QUARTERS, quarters, strict=True)}
    for number, year in enumerate(_YEARS):
        found["reached", year], found["graduated", year] = years[2 * number : 2 * number + 2]
    return found


def _over_bars(words: list[tuple[float, float, str]], heading: tuple[str, ...], axis: str) -> list[int]:
    texts = [text for _x, _y, text in words]
    start = next(at for at in range(len(texts)) if tuple(texts[at : at + len(heading)]) == heading) + len(heading)
    below = next(at for at in range(start, len(texts)) if texts[at] == axis)
    bottom, top = words[below][1], words[start - 1][1]
    numbers = []
    for x, y, text in words[start:]:
        if y < top:
            break
        if y < bottom - 1 and re.fullmatch(_NUMBER, text):
            numbers.append((x, int(text.replace(",", ""))))
    return [value for _x, value in sorted(numbers)]
