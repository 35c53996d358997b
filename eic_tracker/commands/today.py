"""`today`: the day at the school, and its report on one page."""

from __future__ import annotations

import argparse
from typing import Any

from eic_tracker.commands.figures import print_json
from eic_tracker.commands.opening import opened
from eic_tracker.domain.codes import Role
from eic_tracker.i18n import Translator
from eic_tracker.queries.day_at_school import CourseDay, DayAtSchool, DayCount
from eic_tracker.reports.day_words import DAY_DEFINITION, NO_REASON, beds_words, marking_words
from eic_tracker.reports.plain_text import text_table
from eic_tracker.services.day_at_school import today_at_school, write_daily_report


def today(args: argparse.Namespace, t: Translator) -> int:
    """Show the day at the school; write its report where a file is named."""
    with opened(args, t) as file:
        day = args.day or file.today
        acting = file.writer(Role.MANAGER) if args.out else file.reader()
        found = today_at_school(file.db, acting, day)
        if args.out:
            write_daily_report(file.db, acting, day, args.out, t=t)
    if args.json:
        print_json(_json(found))
    elif args.out:
        print(args.out)
    else:
        _tell(found, t)
    return 0


def _tell(day: DayAtSchool, t: Translator) -> None:
    print(t("The school on {day}", day=t.date(day.day)))
    if not day.courses:
        print(t("No course runs on this day."))
        return
    head = [t("Course"), t("Title"), t("Days left"), t("In training"), t("Women"), t("Men"), t("Not recorded")]
    head += [t("Expected"), t("Present"), t("Absent"), t("Not marked")]
    lines = [
        [each.course.code, each.course.title, *map(t.number, (each.days_left, *_sexes(each), *_counts(each.count)))]
        for each in day.courses
    ]
    print(text_table(head, lines, right=frozenset(range(2, 11))))
    for name, keys in day.reasons:
        print(f"{t('Absent')}: {name or t(NO_REASON)}: {t.number(len(keys))}")
    for words in (marking_words(day, t), beds_words(day, t), t(DAY_DEFINITION)):
        if words:
            print(words)


def _sexes(each: CourseDay) -> tuple[int, int, int, int]:
    return len(each.people), len(each.women), len(each.men), len(each.unrecorded)


def _counts(count: DayCount) -> tuple[int, int, int, int]:
    return len(count.expected), len(count.present), len(count.absent), len(count.unmarked)


def _json(day: DayAtSchool) -> dict[str, Any]:
    return {
        "day": day.day.isoformat(),
        **_count_json(day.total),
        "in_training": len(day.people),
        "courses": [
            {
                "offering": each.course.code,
                "title": each.course.title,
                "place": each.course.place,
                "ends_on": each.course.ends_on.isoformat(),
                "days_left": each.days_left,
                "class_today": each.course.class_today,
                **dict(zip(("in_training", "women", "men", "sex_not_recorded"), _sexes(each), strict=True)),
                **_count_json(each.count),
            }
            for each in day.courses
        ],
        "by_sex": [{"sex": sex.value, **_count_json(count)} for sex, count in day.by_sex],
        "by_institution": [{"institution": name, **_count_json(count)} for name, count in day.by_institution],
        "absences": [{"reason": name, "people": len(keys)} for name, keys in day.reasons],
        "beds_taken": len(day.beds),
        "beds": day.capacity,
        "lodging_not_said": day.lodging_unsaid,
    }


def _count_json(count: DayCount) -> dict[str, int]:
    return dict(zip(("expected", "present", "absent", "not_marked"), _counts(count), strict=True))
