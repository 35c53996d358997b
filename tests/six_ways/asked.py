"""The figures that six ways must agree on, and how each of them is called on Spanish paper."""

from __future__ import annotations

from dataclasses import dataclass

AS_OF = "2018-12-31"
QUARTER, YEAR, EVER = "2018Q4", "2018", ""
EIC, GREAT = "EIC", "GREAT"


@dataclass(frozen=True, slots=True)
class Asked:
    """One figure: a measure of a programme in a span ("" is since the beginning), perhaps of one cell.

    `key` is the code of the cell, `said` its name on paper; `published` asks for the counted side of such a figure."""

    programme: str
    measure: str
    span: str = EVER
    by: str = ""
    key: str = ""
    said: str = ""
    published: str = ""

    def __str__(self) -> str:
        return " ".join(filter(None, (self.published, self.programme, self.measure, self.span, self.by, self.key)))


def _cells(programme: str, measures: str, span: str, by: str, key: str, said: str) -> list[Asked]:
    return [Asked(programme, measure, span, by, key, said) for measure in measures.split()]


def _published(*keys: str) -> list[Asked]:
    return [Asked(GREAT if key.startswith("great") else EIC, "", published=key) for key in keys]


SUMMARY = [
    Asked(programme, measure, span)
    for programme, measures in {
        EIC: ("completions", "persons", "enrolments", "offerings"),
        GREAT: ("reached", "graduated"),
    }.items()
    for measure in measures
    for span in (QUARTER, YEAR, EVER)
]
CELLS = [
    *_cells(EIC, "offerings enrolments completions", EVER, "course", "SEM-INF", "Seminario de informática"),
    *_cells(EIC, "completions", EVER, "course", "CUR-FOTO", "Curso de fotografía forense"),
    *_cells(EIC, "enrolments completions persons", EVER, "institution", "MP", "Ministerio Público"),
    *_cells(EIC, "persons", EVER, "institution", "HNP", "Policía Nacional de Honduras"),
    *_cells(EIC, "completions", QUARTER, "sex", "F", "Mujeres"),
    *_cells(EIC, "completions", YEAR, "sex", "M", "Hombres"),
    *_cells(EIC, "completions", EVER, "sex", "U", "Sin dato"),
    *_cells(EIC, "enrolments completions persons", EVER, "country", "GTM", "Guatemala"),
    *_cells(EIC, "offerings enrolments completions", EVER, "instructor-force", "CNP", "Policía Nacional de Colombia"),
    *_cells(EIC, "offerings enrolments completions", "2015", "instructor-force", "CNP", "Policía Nacional de Colombia"),
    *_cells(EIC, "enrolments", YEAR, "instructor-force", "HNP", "Policía Nacional de Honduras"),
    *_cells(EIC, "completions", "2017Q3", "", "", ""),
    *_cells(GREAT, "reached graduated", "2015", "", "", ""),
    *_cells(GREAT, "reached", QUARTER, "sex", "F", "Niñas"),
    *_cells(GREAT, "graduated", YEAR, "sex", "M", "Niños"),
    *_cells(GREAT, "reached graduated", EVER, "department", "05", "Cortés"),
    *_cells(GREAT, "reached graduated", EVER, "grade", "6", "6.º grado"),
]
PUBLISHED = _published(
    "eic-graduates",
    "eic-cnp-2018-participants",
    "eic-cnp-2018-courses",
    "great-2013-ceremony",
    "great-2015-cumulative",
    "great-2017-target-dc",
    "great-reached",
)
FIGURES = [*SUMMARY, *CELLS, *PUBLISHED]
