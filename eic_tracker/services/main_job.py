"""The main job from end to end: the demonstration file, its papers, and the reconciliation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random

from eic_tracker.domain.codes import ReportKind, Role
from eic_tracker.domain.periods import parse_period
from eic_tracker.domain.reconciling import ReconciledFigure
from eic_tracker.errors import FileProblem
from eic_tracker.i18n import N_, Translator
from eic_tracker.queries.facts import read_facts
from eic_tracker.queries.figures import read_reconciliation
from eic_tracker.reports.plain_text import reconciliation_text
from eic_tracker.services.certificates import approve_certificates, prepare_certificates
from eic_tracker.services.demonstration import SEED, build_demonstration, may_replace
from eic_tracker.services.demonstration.past_books import PastBooks
from eic_tracker.services.demonstration.people import read_names
from eic_tracker.services.issuing import print_certificates
from eic_tracker.services.papers import write_report, write_rollup
from eic_tracker.services.register_pages import PagesAsked, freeze_pages
from eic_tracker.services.sign_in import demonstration_user, read_file_facts
from eic_tracker.store.database import Database
from eic_tracker.store.files import write_bytes

PERIOD = "2018Q4"
"""The last quarter that INL's totals speak of; the papers of the demonstration are about it."""


@dataclass(frozen=True, slots=True)
class MainJob:
    """What the main job made, and where it stands."""

    file: Path
    certificates: tuple[Path, ...]
    offering: str
    rollup: Path
    quarterly: Path
    reconciliation: Path
    figures: tuple[ReconciledFigure, ...]
    as_of: dt.date


def run_main_job(folder: Path, t: Translator, *, people: int = 0, progress: Callable[[str], None]) -> MainJob:
    """Build `demo.eic` in `folder` and write its papers; an older demonstration there is replaced whole."""
    file = folder / "demo.eic"
    if file.exists():
        may_replace(file)
    progress(t("Building the demonstration file (about half a minute)…"))
    build_demonstration(file, people=people)
    chance = Random(f"{SEED} main job")
    with Database(file, new_uid=lambda: f"{chance.getrandbits(128):032x}") as db:
        with db.read() as connection:
            clock = read_file_facts(connection).clock
        if clock is None:
            raise FileProblem(N_("{file} is not a demonstration file."), file=file)
        noon = dt.datetime.combine(clock, dt.time(18), dt.UTC)
        db.clock = lambda: noon
        registrar, manager = (demonstration_user(db, role) for role in (Role.REGISTRAR, Role.MANAGER))
        offering = _last_closed_offering(db)
        progress(t("Certificates of {offering}…", offering=offering))
        prepare_certificates(db, registrar, offering)
        approve_certificates(db, manager, offering, t=t)
        certificates = print_certificates(db, registrar, offering, folder / "certificates", t=t)
        freeze_pages(db, registrar, PagesAsked())
        past = PastBooks(read_names())
        past.record(db, registrar, manager)
        past.absence(db, manager)
        progress(t("Roll-up workbook and quarterly report…"))
        period = parse_period(PERIOD)
        write_rollup(db, manager, period, folder / "rollup.xlsx", t=t, today=clock, audience="school")
        write_report(db, manager, ReportKind.QUARTERLY, period, folder / "quarterly.pdf", t=t, today=clock)
        with db.read() as connection:
            figures = read_reconciliation(connection, read_facts(connection), clock)
        text = reconciliation_text(figures, clock, t)
        write_bytes(folder / "reconciliation.txt", (text + "\n").encode())
    return MainJob(
        file=file,
        certificates=tuple(certificates),
        offering=offering,
        rollup=folder / "rollup.xlsx",
        quarterly=folder / "quarterly.pdf",
        reconciliation=folder / "reconciliation.txt",
        figures=figures,
        as_of=clock,
    )


def _last_closed_offering(db: Database) -> str:
    """The offering that was closed last and has people who completed it."""
    with db.read() as connection:
        return str(
            connection.exec_driver_sql(
                "SELECT o.code FROM offering o JOIN programme p ON p.id = o.programme_id "
                "WHERE o.status = 'closed' AND NOT p.is_load "
                "AND EXISTS (SELECT 1 FROM enrolment e WHERE e.offering_id = o.id AND e.status = 'completed') "
                "ORDER BY o.ends_on DESC, o.code DESC LIMIT 1"
            ).scalar_one()
        )
