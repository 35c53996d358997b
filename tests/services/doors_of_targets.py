"""The use-cases of targets and of the day at the school, and who may do each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from eic_tracker.domain.codes import Measure, Role
from eic_tracker.domain.cross_table import TableSpec
from eic_tracker.domain.facts import Dimension
from eic_tracker.domain.permissions import ActingUser
from eic_tracker.i18n import Language, Translator
from eic_tracker.services import cross_tables, day_at_school, targets
from eic_tracker.store.database import Database
from tests.services.school import user

UseCase = Callable[[Database, ActingUser, Path], object]

DAY = dt.date(2018, 12, 31)
DRAFT = targets.TargetDraft("EIC", Measure.COMPLETIONS, "2019", 3000, "Plan 2019", DAY)
RUNNING = dt.date(2018, 12, 10)
"""A day on which the small school's open course runs."""
_ES = Translator(Language.ES)
_WHOLE = frozenset({Role.REGISTRAR, Role.MANAGER, Role.ADMINISTRATOR, Role.AUDITOR})
_ENTERING = frozenset({Role.REGISTRAR, Role.MANAGER})
_MANAGER = frozenset({Role.MANAGER})


def _entered(work: Callable[[Database, ActingUser, int], object]) -> UseCase:
    def use_case(db: Database, acting: ActingUser, _folder: Path) -> object:
        return work(db, acting, targets.set_target(db, user(db, Role.REGISTRAR), DRAFT))

    return use_case


_TABLE = TableSpec(Measure.COMPLETIONS, Dimension.YEAR)
USE_CASES: dict[str, tuple[UseCase, frozenset[Role]]] = {
    "table_choices": (lambda db, acting, _: cross_tables.table_choices(db, acting), _WHOLE),
    "count_cross_table": (lambda db, acting, _: cross_tables.count_cross_table(db, acting, _TABLE, DAY), _WHOLE),
    "keys_to_keep": (
        lambda db, acting, _: cross_tables.keys_to_keep(db, acting, Measure.COMPLETIONS, Dimension.SEX, DAY),
        _WHOLE,
    ),
    "list_targets": (lambda db, acting, _: targets.list_targets(db, acting, DAY), _WHOLE),
    "programmes_to_plan": (lambda db, acting, _: targets.programmes_to_plan(db, acting), _WHOLE),
    "set_target": (lambda db, acting, _: targets.set_target(db, acting, DRAFT), _ENTERING),
    "correct_target": (_entered(lambda db, acting, key: targets.correct_target(db, acting, key, DRAFT)), _ENTERING),
    "approve_target": (_entered(targets.approve_target), _MANAGER),
    "withdraw_target": (
        _entered(lambda db, acting, key: targets.withdraw_target(db, acting, key, "otro plan")),
        _ENTERING,
    ),
    "indicator_codes": (lambda db, acting, _: targets.indicator_codes(db, acting), _WHOLE),
    "set_indicator_code": (
        lambda db, acting, _: targets.set_indicator_code(db, acting, "EIC", Measure.COMPLETIONS, "F-1"),
        _MANAGER,
    ),
    "today_at_school": (lambda db, acting, _: day_at_school.today_at_school(db, acting, RUNNING), _WHOLE),
    "daily_report": (lambda db, acting, _: day_at_school.daily_report(db, acting, RUNNING, t=_ES), _WHOLE),
    "write_daily_report": (
        lambda db, acting, folder: day_at_school.write_daily_report(db, acting, RUNNING, folder / "p.pdf", t=_ES),
        _WHOLE,
    ),
}
