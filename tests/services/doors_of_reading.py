"""The readings of the window for figures, first page, outreach and history, and who may do each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from eic_tracker.domain.codes import Measure, Role
from eic_tracker.domain.facts import Dimension
from eic_tracker.domain.permissions import ActingUser
from eic_tracker.errors import Refused, UserError
from eic_tracker.i18n import Language, Translator
from eic_tracker.services import (
    coverage,
    coverage_papers,
    figures,
    history,
    home,
    officer_reports,
    outreach,
    published,
)
from eic_tracker.store.database import Database
from eic_tracker.store.tables.reference import Institution
from eic_tracker.store.transaction import Actor, Entry

EVERYBODY = frozenset(Role)
UseCase = Callable[[Database, ActingUser, Path], object]

_TODAY = dt.date(2019, 1, 4)
_FIGURE = figures.FigureRef(Measure.COMPLETIONS, as_of=_TODAY)
_KEEPERS = frozenset({Role.REGISTRAR, Role.MANAGER, Role.ADMINISTRATOR})


def _rename(db: Database, acting: ActingUser) -> int:
    with db.write(Entry(Actor(acting.login, acting.id), "save_list_item", "institution 1")) as tx:
        tx.update(Institution, {1: {"name": "Otro nombre"}})
    return tx.set_id


def _told(read: UseCase) -> UseCase:
    """A reading whose record is not there for all: whoever does not find it is told so, not refused."""

    def tried(db: Database, acting: ActingUser, folder: Path) -> object:
        try:
            return read(db, acting, folder)
        except Refused:
            raise
        except UserError:
            return None

    return tried


USE_CASES: dict[str, tuple[UseCase, frozenset[Role]]] = {
    "rows_behind_figure": (
        lambda db, acting, _folder: figures.rows_behind_figure(db, acting, _FIGURE),
        EVERYBODY - {Role.ADMINISTRATOR},
    ),
    "support_of_figure": (lambda db, acting, _folder: figures.support_of_figure(db, acting, _FIGURE), EVERYBODY),
    "figure_labels": (lambda db, acting, _folder: figures.figure_labels(db, acting, Language.ES), EVERYBODY),
    "home": (lambda db, acting, _folder: home.home(db, acting, _TODAY), EVERYBODY),
    "data_quality": (lambda db, acting, _folder: home.data_quality(db, acting, _TODAY), EVERYBODY),
    "class_group_detail": (
        _told(lambda db, acting, _folder: outreach.class_group_detail(db, acting, 1, _TODAY)),
        EVERYBODY,
    ),
    "school_detail": (_told(lambda db, acting, _folder: outreach.school_detail(db, acting, 1, _TODAY)), EVERYBODY),
    "coverage": (
        lambda db, acting, _folder: coverage.coverage(db, acting, Dimension.DEPARTMENT, _TODAY),
        EVERYBODY,
    ),
    "write_coverage": (
        lambda db, acting, folder: coverage_papers.write_coverage(
            db, acting, Dimension.DEPARTMENT, folder / "coverage.xlsx", t=Translator(Language.ES), today=_TODAY
        ),
        EVERYBODY - {Role.INSTRUCTOR},
    ),
    "officer_reports": (
        lambda db, acting, _folder: officer_reports.officer_reports(db, acting, "2018", _TODAY),
        EVERYBODY,
    ),
    "expected": (lambda db, acting, _folder: coverage.expected(db, acting, _TODAY), EVERYBODY),
    "published_figures": (
        lambda db, acting, _folder: published.published_figures(db, acting, _TODAY),
        EVERYBODY - {Role.INSTRUCTOR},
    ),
    "entry_detail": (_told(lambda db, acting, _folder: history.entry_detail(db, acting, 1)), EVERYBODY),
    "history_of": (_told(lambda db, acting, _folder: history.history_of(db, acting, "offering", 1)), EVERYBODY),
    "last_undoable": (lambda db, acting, _folder: history.last_undoable(db, acting), EVERYBODY),
    "last_redoable": (lambda db, acting, _folder: history.last_redoable(db, acting), EVERYBODY),
    "undo_own": (lambda db, acting, _folder: history.undo_own(db, acting, _rename(db, acting)), _KEEPERS),
}
"""Each use-case that takes an acting user, and who may do it (written from the design's table)."""

JOURNALLED_AS = {"undo_own": "undo"}
