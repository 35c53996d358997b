"""The catalogue of courses of the demonstration: titles and rules as a school writes them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from eic_tracker.services.demonstration.chance import Chance
from eic_tracker.services.demonstration.lookup import Lookup
from eic_tracker.services.demonstration.plan import EIC, read_demo_list
from eic_tracker.store.tables.courses import Course, CourseModule, CourseVersion
from eic_tracker.store.transaction import Tx

HUNDREDTHS = 100
HOURS_PER_DAY = 8


@dataclass(frozen=True, slots=True)
class PlannedModule:
    """A module of a version; `weight` in percent."""

    number: int
    title: str
    hours: int
    human_rights_hours: int
    weight: int


@dataclass(slots=True)
class PlannedVersion:
    """A version of a course; minimum grade in hundredths, `weights` (post-test, performance, products) in percent."""

    course: str
    title: str
    course_type: str
    number: int
    first_year: int
    hours: int
    human_rights_hours: int
    minimum_grade: int
    minimum_attendance: int
    weights: tuple[int, int, int]
    for_advisors: bool
    how_often: int
    modules: tuple[PlannedModule, ...]
    key: int = 0
    module_keys: list[int] = field(default_factory=list)

    @property
    def days(self) -> int:
        """Working days that the hours need."""
        return -(-self.hours // HOURS_PER_DAY)


class Catalogue:
    """All versions of all courses."""

    def __init__(self) -> None:
        modules: dict[tuple[str, str], list[PlannedModule]] = {}
        for row in read_demo_list("modules"):
            module = PlannedModule(
                number=int(row["number"]),
                title=row["title"],
                hours=int(row["hours"]),
                human_rights_hours=int(row["human_rights_hours"]),
                weight=int(row["weight"]),
            )
            modules.setdefault((row["course"], row["version"]), []).append(module)
        self.versions = [
            _version(row, tuple(modules.get((row["code"], row["version"]), ()))) for row in read_demo_list("courses")
        ]

    def any_version(self, chance: Chance, year: int, *, for_advisors: bool) -> PlannedVersion:
        """A version that is taught in that year."""
        newest = {version.course: version for version in self.versions if version.first_year <= year}
        taught = [version for version in newest.values() if version.for_advisors or not for_advisors]
        return chance.weighted(taught, [version.how_often for version in taught])

    def newest(self, course: str) -> PlannedVersion:
        """The version of a course that was written last."""
        return [version for version in self.versions if version.course == course][-1]

    def write(self, tx: Tx, lookup: Lookup) -> None:
        """Write courses, versions and modules."""
        first = {version.course: version for version in reversed(self.versions)}
        courses = [first[code] for code in dict.fromkeys(version.course for version in self.versions)]
        keys = tx.insert(
            Course,
            [
                {
                    "code": version.course,
                    "programme_id": lookup.programmes[EIC],
                    "title": version.title,
                    "course_type": version.course_type,
                }
                for version in courses
            ],
        )
        by_code = dict(zip((version.course for version in courses), keys, strict=True))
        rows = [_version_row(version, by_code[version.course]) for version in self.versions]
        for version, key in zip(self.versions, tx.insert(CourseVersion, rows), strict=True):
            version.key = key
            version.module_keys = tx.insert(
                CourseModule,
                [
                    {
                        "course_version_id": key,
                        "number": module.number,
                        "title": module.title,
                        "hours": module.hours,
                        "human_rights_hours": module.human_rights_hours,
                        "weight": module.weight,
                    }
                    for module in version.modules
                ],
            )


def _version(row: dict[str, str], modules: tuple[PlannedModule, ...]) -> PlannedVersion:
    return PlannedVersion(
        course=row["code"],
        title=row["title"],
        course_type=row["course_type"],
        number=int(row["version"]),
        first_year=int(row["first_year"]),
        hours=int(row["hours"]),
        human_rights_hours=int(row["human_rights_hours"]),
        minimum_grade=int(row["minimum_grade"]) * HUNDREDTHS,
        minimum_attendance=int(row["minimum_attendance"]),
        weights=(int(row["post_test_weight"]), int(row["performance_weight"]), int(row["products_weight"])),
        for_advisors=row["advisors"] == "yes",
        how_often=int(row["weight"]),
        modules=modules,
    )


def _version_row(version: PlannedVersion, course_id: int) -> dict[str, object]:
    post_test, performance, products = version.weights
    return {
        "course_id": course_id,
        "version": version.number,
        "hours": version.hours,
        "human_rights_hours": version.human_rights_hours,
        "minimum_grade": version.minimum_grade,
        "minimum_attendance": version.minimum_attendance,
        "post_test_weight": post_test,
        "performance_weight": performance,
        "products_weight": products,
    }


def days_of(version: PlannedVersion, days: list[dt.date]) -> list[tuple[int, dt.date, dt.date]]:
    """(module's place, first day, last day) of each module when the version is taught on these days."""
    spans = []
    start = 0
    for place, module in enumerate(version.modules):
        count = -(-module.hours // HOURS_PER_DAY)
        last = len(days) if place == len(version.modules) - 1 else min(start + count, len(days))
        spans.append((place, days[start], days[max(last - 1, start)]))
        start = min(last, len(days) - 1)
    return spans
