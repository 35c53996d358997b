"""What a letterhead, a sheet's name or a message says of a school class: school, grade, section, shift, year."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace

from eic_tracker.domain.class_group_draft import MULTIGRADE

_ORDINALS = {
    "primer": "1", "primero": "1", "primera": "1", "segundo": "2", "tercer": "3", "tercero": "3", "cuarto": "4",
    "quinto": "5", "sexto": "6", "septimo": "7", "octavo": "8", "noveno": "9", "decimo": "10", "undecimo": "11",
    "fourth": "4", "fifth": "5", "sixth": "6", "seventh": "7", "eighth": "8", "ninth": "9", "third": "3",
    "second": "2", "first": "1", "tenth": "10",
}  # fmt: skip
_WORD = "|".join(sorted(_ORDINALS, key=len, reverse=True))
_SHIFTS = (
    ("morning", r"matutin[ao]|mat|manana|morning"),
    ("afternoon", r"vespertin[ao]|vesp|ves|tarde|afternoon"),
    ("evening", r"nocturn[ao]|noct|noche|evening|night"),
)
_SHIFT = re.compile("|".join(rf"(?P<{code}>\b(?:jornada\s*:?\s*)?(?:{words})\b\.?)" for code, words in _SHIFTS))
_SUFFIX = r"(?:\.?°|\.o|o|to|ro|do|er|mo|vo|no|th|rd|nd|st)"
_QUOTES = "\"'“”‘’«»`´"
_GRADE_AFTER = re.compile(rf"\bgrados?\s*(?:escolar)?\s*[:.]?\s*(?P<grade>\d{{1,2}}|{_WORD})(?:\s*{_SUFFIX})?(?![\w/])")
_GRADE_BEFORE = re.compile(
    rf"\b(?P<grade>\d{{1,2}}|{_WORD})\s*{_SUFFIX}?\s*\.?\s*(?:grado|grade|curso)\b\s*(?:de\s+\w+\s*)?"
)
_GRADE_ORDINAL = re.compile(rf"\b(?P<grade>\d{{1,2}}\s*{_SUFFIX}(?![a-z])|(?:{_WORD})\b)\.?")
_GRADE_SECTION = re.compile(r"(?<![\w./])(?P<grade>\d{1,2})\s*-?\s*(?P<section>[a-z])(?![\w])")
_SECTION = re.compile(r"\bsecc?(?:ion)?\b\.?\s*:?\s*(?P<section>[a-z]\b|unica\b|\d{1,2}\b)")
_GRADES = (_GRADE_AFTER, _GRADE_BEFORE, _GRADE_SECTION, _GRADE_ORDINAL)
_LETTER = re.compile(r"^\s*[-,:]?\s*(?P<section>[a-z])(?![\w])")
_YEAR_SAID = re.compile(r"\b(?:ano|year)\s*(?:lectivo|escolar)?\s*[:.]?\s*(?P<year>20\d\d)\b")
_YEAR = re.compile(r"(?<![\d/.-])(?P<year>20[0-4]\d)(?![\d/-])")
_SACE = re.compile(r"\b(?:codigo|cod|sace)\b\D{0,24}(?P<sace>\d{6,14}(?:[a-z]\d{2})?)\b")
_MULTIGRADE = re.compile(r"\b(?:multi(?:grado|grade)?s?|unidocente|bidocente)\b")
_OF_WORD = re.compile(rf"{_MULTIGRADE.pattern}\s*(?:[a-z]\b\s*)?(?:grad[oe]s?\s*)?:?\s*$")
_SECTION_OF_WORD = re.compile(rf"(?P<word>{_MULTIGRADE.pattern})\s+(?P<section>[a-df-xz])\b")
_ONE = rf"(?:\d{{1,2}}|{_WORD})(?:\s*{_SUFFIX}(?![a-z]))?"
_SEVERAL = re.compile(
    rf"(?<![\w./-]){_ONE}(?:\s*(?:,\s*(?:y|e|and)|,|&|\+|-|–|\b(?:y|e|and|al?|to|hasta)\b|(?<=°)(?:y|al?))\s*{_ONE})+(?!\w)"
)
_MARKED = re.compile(rf"(?:\d{{1,2}}\s*{_SUFFIX}|{_WORD})(?![a-z])")
_PIECE = re.compile(rf"(?P<grade>\d{{1,2}}|{_WORD})|(?P<through>-|–|\b(?:al?|to|hasta)\b|(?<=°)al?)")
_HYPHEN = re.compile(r"\d{1,2}\s*[-–]\s*\d{1,2}")
_GRADES_WORD = re.compile(r"\bgrados?\s*:?\s*(?:del?\s+)?$|\bgrades?\s*:?\s*$")
_NO_GRADES = re.compile(
    r"\s*(?:[/.]\d|de\b|en\s+total|[fmhv]\b|nin[ao]|girl|boy|alumn|estudiant|escolar|joven|trimestre|semestre|"
    r"bimestre|parcial|periodo|ene|feb|mar|abr|may|jun|jul|ago|sep|set|oct|nov|dic)"
)
_GRADE_ALONE = re.compile(rf"\s*:?\s*(?P<grade>{_ONE})(?![\w/.-])")
_LAST_GRADE = 12
_GRADE_OF_COLUMN = re.compile(
    rf"(?<![\w./-])(?:(?P<marked>\d{{1,2}}\s*{_SUFFIX}(?![a-z])|(?:{_WORD})\b)|grad[oe]\s*(?P<named>\d{{1,2}})(?!\w))"
)
TAUGHT_GRADES = ("4", "5", "6", "7", "8", "9")
_LABEL = re.compile(
    r"^\s*(?:nombre\s+(?:del?|de\s+la)\s+)?(?:centro\s+educativo|centro|escuela|instituto|institucion|school)\s*:\s*",
)
_SCHOOL_WORD = re.compile(
    r"\b(?:escuela|esc|centro (?:educativo|basico|escolar|de educacion)|ceb|c\.?\s?e\.?\s?b|instituto|inst|colegio|"
    r"liceo|jardin|complejo educativo|school)\b"
)
_OTHERS = re.compile(
    r"\s*(?:[,;|·]|\s-\s|\b(?:cod(?:igo)?|sace|grado|seccion|secc|jornada|ano\s+lectivo|municipio|departamento|"
    r"docente|maestr[oa]|profesora?|lugar|fecha)\b)"
)
_LONGEST_SCHOOL = 100


@dataclass(frozen=True, slots=True)
class ClassWords:
    """What was said; empty or None where nothing was. The grade is its number as text."""

    school: str = ""
    sace: str = ""
    grade: str | None = None
    section: str | None = None
    shift: str | None = None
    year: int | None = None
    grades: tuple[str, ...] = ()
    """of a multigrade class: those that are named; one of them where the words are of its pupils alone"""

    def or_else(self, other: ClassWords) -> ClassWords:
        """What is missing here, taken of another place."""
        same = other.grade == self.grade or self.grade is None or other.grade is None
        if self.is_grade_of(other):
            return replace(self, grade=MULTIGRADE, grades=(self.grade or "",)).or_else(other)
        return ClassWords(
            self.school or other.school,
            self.sace or other.sace,
            self.grade or other.grade,
            self.section or (other.section if same else None),
            self.shift or other.shift,
            self.year or other.year,
            self.grades or (other.grades if same else ()),
        )

    def is_grade_of(self, other: ClassWords) -> bool:
        """Whether these words name one grade of the multigrade class that the others name."""
        if other.grade != MULTIGRADE or self.grade in (None, MULTIGRADE) or self.section not in (None, other.section):
            return False
        return not other.grades or self.grade in other.grades


def plain(text: str) -> str:
    """Lower case without accents and quotes, as long as the text itself so that places in both are the same."""
    return "".join(_plain(letter) for letter in text)


def _plain(letter: str) -> str:
    if letter in _QUOTES:
        return " "
    if letter in "º°":
        return "°"
    if letter == "ª":
        return "a"
    bare = unicodedata.normalize("NFD", letter)[0].casefold()
    return bare if len(bare) == 1 else " "


def words_of(lines: Iterable[str]) -> ClassWords:
    """What the lines of a letterhead say, the first that says a thing."""
    found = ClassWords()
    for line in lines:
        found = found.or_else(words_of_line(line))
    return found


def words_of_line(line: str) -> ClassWords:
    """What one line says; digits and ordinals inside the name of a school are no grade."""
    text = plain(line)
    school = school_in(line)
    rest = text
    if school:
        start = text.find(plain(school))
        rest = text[:start] + " " + text[start + len(school) :]
    sace = _SACE.search(rest)
    if sace is not None:
        rest = rest[: sace.start("sace")] + " " + rest[sace.end("sace") :]
    year = _YEAR_SAID.search(rest) or _YEAR.search(rest)
    if year is not None:
        rest = rest[: year.start()] + " " + rest[year.end() :]
    grade, section, grades, rest = class_in(rest)
    return ClassWords(
        school=school,
        sace=sace["sace"] if sace else "",
        grade=grade,
        section=section,
        shift=shift_in(rest)[0],
        year=int(year["year"]) if year else None,
        grades=grades,
    )


def class_in(text: str) -> tuple[str | None, str | None, tuple[str, ...], str]:
    """Grade and section that a plain text says, the grades of a multigrade class, and the text without them."""
    grade = section = None
    if (told := _SECTION.search(text)) is not None:
        section = _section(told["section"])
        text = f"{text[: told.start()]} {text[told.end() :]}"
    if section is None and (lettered := _SECTION_OF_WORD.search(text)) is not None:
        section = _section(lettered["section"])
        text = f"{text[: lettered.end('word')]} {text[lettered.end() :]}"
    several = _multigrade(text)
    if several is not None:
        grades, before, after = several
        if section is None and (letter := _LETTER.match(after)) is not None:
            section, after = _section(letter["section"]), after[letter.end() :]
        return MULTIGRADE, section, grades, f"{before} {after}"
    matches = [found for pattern in _GRADES if (found := pattern.search(text)) is not None]
    if matches:
        found = min(matches, key=lambda each: each.start())
        grade = _number(found["grade"])
        before, after = text[: found.start()], text[found.end() :]
        if found.re is _GRADE_SECTION:
            section = section or _section(found["section"])
        elif section is None and (letter := _LETTER.match(after)) is not None:
            section, after = _section(letter["section"]), after[letter.end() :]
        text = f"{before} {after}"
    return grade, section, (), text


def tells_multigrade(text: str) -> bool:
    """Whether a plain text ends with the word multigrade: "4-6" behind it are grades, no day."""
    return _OF_WORD.search(text) is not None


def _multigrade(text: str) -> tuple[tuple[str, ...], str, str] | None:
    """The grades of the multigrade class that a text says, and what stands before and after; None where it says none.

    Without the word multigrade they are taken of "4°, 5° y 6°", of "grados 4 a 6" and of "4-6" at the beginning."""
    word = _MULTIGRADE.search(text)
    for found in _SEVERAL.finditer(text):
        before, after = text[: found.start()], text[found.end() :]
        grades = _grades(found[0])
        if not grades or _NO_GRADES.match(after):
            continue
        pieces = [piece for piece in _PIECE.finditer(found[0]) if piece["grade"]]
        marked = all(_MARKED.match(found[0], pieces[place].start()) for place in (0, -1))
        named = _GRADES_WORD.search(before)
        if word is not None:
            outside = [_MULTIGRADE.sub(" ", side) for side in (before, after)]
            return grades, _GRADES_WORD.sub(" ", outside[0]), outside[1]
        if marked or named or (not before.strip() and _HYPHEN.fullmatch(found[0])):
            return grades, _GRADES_WORD.sub(" ", before), after
    if word is None:
        return None
    before, after = text[: word.start()], text[word.end() :]
    alone = _GRADE_ALONE.match(after)
    if alone is not None and not _NO_GRADES.match(after, alone.end()):
        return (_number(alone["grade"]),), before, after[alone.end() :]
    return (), before, after


def _grades(text: str) -> tuple[str, ...]:
    """The grades of "4-6" or "4°, 5° y 6°", each once; nothing where they do not rise or are none of a school."""
    grades: list[int] = []
    through = False
    for piece in _PIECE.finditer(text):
        if piece["through"]:
            through = True
            continue
        grade = int(_number(piece["grade"]))
        if grade > _LAST_GRADE or (grades and grade <= grades[-1]):
            return ()
        grades += range(grades[-1] + 1, grade + 1) if through and grades else [grade]
        through = False
    return tuple(str(grade) for grade in grades)


def shift_in(text: str) -> tuple[str | None, str]:
    """The shift that a plain text says, and the text without it."""
    found = _SHIFT.search(text)
    if found is None:
        return None, text
    return found.lastgroup, f"{text[: found.start()]} {text[found.end() :]}"


def grade_of(text: str) -> str | None:
    """The grade that a cell of a column of grades holds: "4", "4to", "Cuarto"; None where it holds none."""
    said = plain(text).strip().rstrip(".")
    if said.isdigit():
        return str(int(said))
    return MULTIGRADE if grades_of(text) else class_in(said)[0]


def grades_of(text: str) -> tuple[str, ...]:
    """The grades that a cell of a column of grades holds where they are several: "4-6", "4, 5 y 6", "Multigrado 4°"."""
    said = plain(text).strip().rstrip(".")
    return _grades(said) if _SEVERAL.fullmatch(said) else class_in(said)[2]


def grade_of_heading(text: str) -> str | None:
    """The grade whose counts a column holds: "Niñas 4°", "Cuarto grado, niños"; None for one of the whole class."""
    found = _GRADE_OF_COLUMN.search(plain(text))
    grade = _number(found["marked"] or found["named"]) if found is not None else ""
    return grade if grade in TAUGHT_GRADES else None


def section_of(text: str) -> str | None:
    """The section that a cell of a column of sections holds, None for an empty one."""
    said = " ".join(plain(text).replace("seccion", " ").split()).strip(" .:")
    return _section(said) if said else None


def school_in(line: str) -> str:
    """The name of the school that a line says, as it is written; empty where it says none."""
    text = plain(line)
    label = _LABEL.match(text)
    start = label.end() if label is not None else 0
    if label is None and (word := _SCHOOL_WORD.search(text)) is not None:
        start = word.start()
    elif label is None:
        return ""
    end = _OTHERS.search(text, start + 1)
    name = " ".join(line[start : end.start() if end else len(line)].split()).strip(" .:-")
    grade = re.search(r"\s\d{1,2}\s*(?:°|to|mo|vo)\b", name)
    name = name[: grade.start()] if grade is not None else name
    return name if len(name) <= _LONGEST_SCHOOL and _SCHOOL_WORD.sub("", plain(name)).strip(" .:") else ""


def _number(text: str) -> str:
    digits = re.match(r"\d+", text)
    return str(int(digits[0])) if digits else _ORDINALS[text]


def _section(text: str) -> str:
    return "Única" if text == "unica" else text.upper()
