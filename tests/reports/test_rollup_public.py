"""The roll-up for third parties, attacked: of no school a number of people from 1 to 4 is read or worked out."""

from __future__ import annotations

import dataclasses
import datetime as dt
import itertools
import random
from collections import defaultdict
from collections.abc import Iterator, Sequence

import pytest
from openpyxl.workbook import Workbook

from eic_tracker.domain.codes import EnrolmentStatus, Sex
from eic_tracker.domain.counting import Facts, Heads
from eic_tracker.domain.facts import ClassGroupFact, EnrolmentFact, OfferingFact
from eic_tracker.i18n import Language, Translator
from eic_tracker.queries.report_data import ReportData
from eic_tracker.reports.rollup_xlsx import rollup_xlsx
from eic_tracker.reports.xlsx.small_numbers import left_out
from tests.domain.made_facts import a_group, an_enrolment, an_offering
from tests.reports.made_report import LABELS, published, reconciled, report_data
from tests.reports.workbook_reading import values_of, written

EN = Translator(Language.EN)
NOT_PEOPLE = {"Courses", "Class groups", "Schools", "Hours", "Published figures without explanation"}
SIZES = (0, 0, 1, 2, 3, 4, 5, 6, 9, 20, 40)
DAYS = [dt.date(year, month, 15) for year in (2016, 2017, 2018) for month in (2, 5, 8, 11)]


def a_school(seed: int) -> ReportData:
    """A school of few courses and class groups, many of them with very few people of a kind."""
    chance = random.Random(seed)
    offerings: list[OfferingFact] = []
    people: list[EnrolmentFact] = []
    groups: list[ClassGroupFact] = []
    for day in chance.sample(DAYS, chance.randint(1, 5)):
        offering = an_offering(day, course=chance.choice(["first-response", "ballistics"]))
        offerings.append(offering)
        for sex in Sex:
            for status in (EnrolmentStatus.COMPLETED, EnrolmentStatus.NOT_COMPLETED):
                more = {"institution": chance.choice(["HNP", "MP", None])}
                people += [an_enrolment(offering, status, sex=sex, **more) for _ in range(chance.choice(SIZES))]
    for day in chance.sample(DAYS, chance.randint(1, 4)):
        heads = Heads(*(chance.choice(SIZES) for _ in range(3)))
        graduated = Heads(*(min(number, chance.choice(SIZES)) for number in (heads.girls, heads.boys, 0)))
        grade = chance.choice(["4", "5", None])
        groups.append(a_group(heads, graduated, grade, first_lesson_on=day, graduated_on=day))
    facts = Facts(offerings, people, groups)
    counted = sum(each.status is EnrolmentStatus.COMPLETED for each in people)
    figures = (
        published("all", counted + chance.choice([0, 2, 30])),
        published("year", 50, period_from=dt.date(2018, 1, 1)),
        published("young", 90, programme="GREAT", measure="reached", period_from=dt.date(2017, 1, 1)),
    )
    labels = dataclasses.replace(LABELS, courses={"first-response": "A", "ballistics": "B"})
    return report_data(facts=facts, labels=labels, figures=reconciled(figures, facts), offerings=(), historical=())


def leaks(book: Workbook) -> Iterator[str]:
    """Every small number of people that the workbook tells, or that one subtraction gives."""
    for sheet in book:
        heads: list[str] = []
        table: list[tuple[object, ...]] = []
        for row in sheet.iter_rows(values_only=True):
            words = [str(cell) for cell in row if isinstance(cell, str)]
            if sum(word in HEADINGS for word in words) >= 2 or {"Since the beginning", "Counted"} & set(words):
                heads, table = [str(cell or "") for cell in row], []
                continue
            if not heads:
                continue
            people = [place for place, head in enumerate(heads) if head not in NOT_PEOPLE]
            if "Counted" in heads:
                people = [heads.index("Counted")]
            numbers = {place: row[place] for place in people if isinstance(row[place], int)}
            if sheet.title == "Summary" and row[0] in NOT_PEOPLE:
                continue
            told = f"{sheet.title}: {row[0]}"
            yield from (f"{told}: reads {number}" for number in numbers.values() if 0 < number < 5)
            if sheet.title == "Summary":
                yield from _between(told, list(numbers.values()))
            yield from _across(told, heads, row)
            if row[0] == "Total":
                yield from _down(sheet.title, table, row, people, heads)
                table = []
            elif any(isinstance(cell, int) or cell == "*" for cell in row):
                table.append(row)
            else:
                table = []


HEADINGS = {"Enrolments", "Completions", "Reached", "Graduated", "Persons", "Distinct persons"}


def _between(told: str, numbers: Sequence[int]) -> Iterator[str]:
    """A shorter time inside a longer one."""
    for longer, shorter in itertools.combinations(numbers, 2):
        if 0 < longer - shorter < 5:
            yield f"{told}: {longer} less {shorter}"


def _across(told: str, heads: Sequence[str], row: Sequence[object]) -> Iterator[str]:
    """A number beside its parts by sex, one of them left out; how many did not complete."""
    parts: defaultdict[str, list[int]] = defaultdict(list)
    for place, head in enumerate(heads):
        name, colon, _ = head.partition(": ")
        if colon:
            parts[name].append(place)
    for name, places in parts.items():
        yield from _one_left_out(told, [heads.index(name), *places], row)
    if "Enrolments" in heads and "Completions" in heads:
        both = [row[heads.index(name)] for name in ("Enrolments", "Completions")]
        if all(isinstance(each, int) for each in both) and 0 < int(str(both[0])) - int(str(both[1])) < 5:
            yield f"{told}: {both[0]} enrolments less {both[1]} completions"


def _down(
    sheet: str, table: Sequence[Sequence[object]], total: Sequence[object], people: Sequence[int], heads: Sequence[str]
) -> Iterator[str]:
    """A total below its rows, one of them left out; persons never add up."""
    for place in people:
        if heads[place] not in ("Persons", "Distinct persons"):
            column = [row[place] for row in (total, *table)]
            yield from _one_left_out(f"{sheet}: {heads[place]}", range(len(column)), column)


def _one_left_out(told: str, places: Sequence[int] | range, cells: Sequence[object]) -> Iterator[str]:
    chosen = [cells[place] for place in places]
    if "*" not in chosen or not all(each == "*" or isinstance(each, int) for each in chosen):
        return
    total = chosen[0]
    seen = sum(int(str(each)) for each in chosen[1:] if each != "*")
    if total != "*" and 0 < int(str(total)) - seen < 5:
        yield f"{told}: works out {int(str(total)) - seen} together"
    if total == "*" and chosen.count("*") == 1 and 0 < seen < 5:
        yield f"{told}: works out {seen}"


def public(data: ReportData) -> Workbook:
    return values_of(written(lambda file: rollup_xlsx(data, EN, file, audience="public")))


@pytest.mark.parametrize("seed", range(25))
def test_no_small_number_of_people_is_read_or_worked_out_of_any_school(seed: int) -> None:
    assert list(leaks(public(a_school(seed)))) == []


def test_the_attack_finds_small_numbers_where_they_are_not_left_out() -> None:
    found = [leak for seed in range(6) for leak in leaks(open_to_all(a_school(seed)))]
    offering = an_offering()
    few = [an_enrolment(offering) for _ in range(20)]
    few += [an_enrolment(offering, EnrolmentStatus.NOT_COMPLETED) for _ in range(2)]
    facts = Facts([offering], few, ())
    found += leaks(open_to_all(report_data(facts=facts, figures=(), offerings=(), historical=())))
    assert {word for leak in found for word in ("reads", "less", "enrolments less") if word in leak} == {
        "reads",
        "less",
        "enrolments less",
    }
    assert {leak.partition(":")[0] for leak in found} >= {"Summary", "Years and quarters", "Institutions", "G.R.E.A.T."}


def open_to_all(data: ReportData) -> Workbook:
    """The workbook of the school, where nothing is left out, without its detail tables."""
    book = values_of(written(lambda file: rollup_xlsx(data, EN, file, audience="school")))
    for name in ("Enrolments", "Class groups", "Instructors", "Courses given", "Support", "Control totals"):
        if name in book.sheetnames:
            del book[name]
    return book


def test_the_attack_works_out_a_single_number_that_is_left_out() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Period", "Enrolments", "Completions", "Completions: women", "Completions: men"])
    sheet.append(["2017", 30, 20, "*", 18])
    sheet.append(["2018", 40, "*", "*", 9])
    sheet.append(["Total", 70, 23, 11, 27])
    found = list(leaks(book))
    assert "Sheet: 2017: works out 2 together" in found
    assert "Sheet: Completions: works out 3 together" in found


def test_several_small_numbers_are_not_told_by_what_they_make_together() -> None:
    assert left_out([{0: 20}, {0: 1}, {0: 1}, {0: 22}], down=[0]) == {(0, 0), (1, 0), (2, 0)}
    assert left_out([{0: 20}, {0: 3}, {0: 4}, {0: 27}], down=[0]) == {(1, 0), (2, 0)}
    assert left_out([{0: 22, 1: 20, 2: 1, 3: 1}], [(0, 1, 2, 3)]) == {(0, 1), (0, 2), (0, 3)}
