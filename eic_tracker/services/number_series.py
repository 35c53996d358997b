"""Series of certificate numbers: begun at any number with a reason, and looked through for gaps."""

from __future__ import annotations

from dataclasses import dataclass

from eic_tracker.domain.drafts import DraftProblem, DraftRefused, tidy, writable
from eic_tracker.domain.names import fold
from eic_tracker.domain.permissions import ActingUser, Action, Right, require
from eic_tracker.errors import Refused
from eic_tracker.i18n import N_, Translator
from eic_tracker.queries.number_series import SeriesRow, paper_numbers, read_series
from eic_tracker.queries.school import read_school
from eic_tracker.reports.pdf.paper import Paper
from eic_tracker.services.sign_in import actor, read_file_facts
from eic_tracker.store.database import Database
from eic_tracker.store.tables.certificates import CertificateSeries
from eic_tracker.store.transaction import Entry

_MOST = 999_999
_LONGEST_PREFIX, _LONGEST_REASON = 12, 200


@dataclass(frozen=True, slots=True)
class SeriesStart:
    """Where a series begins, and why it is not at 1: numbers that were given before this file."""

    prefix: str
    year: int
    first: int
    reason: str


@dataclass(frozen=True, slots=True)
class NumbersChecked:
    """All series, and how many diplomas of paper books stand beside them, which are no gaps."""

    series: tuple[SeriesRow, ...]
    paper: int

    @property
    def whole(self) -> bool:
        """Whether no number is missing or out of order anywhere."""
        return all(row.whole for row in self.series)


def check_numbers(db: Database, acting: ActingUser) -> NumbersChecked:
    """Look through every series of numbers; it names nobody."""
    require(acting, Action.READ_FIGURES, Right.YES)
    with db.read() as connection:
        return NumbersChecked(read_series(connection), paper_numbers(connection))


def numbers_pdf(db: Database, acting: ActingUser, *, t: Translator, paper: Paper = Paper.LETTER) -> bytes:
    """The report of gaps as a PDF with room for signatures."""
    from eic_tracker.reports.register_reports_pdf import gaps_pdf

    found = check_numbers(db, acting)
    with db.read() as connection:
        letterhead = read_school(connection).letterhead
        demonstration = read_file_facts(connection).demonstration
    return gaps_pdf(
        found.series,
        found.paper,
        letterhead,
        t,
        paper,
        made_by=acting.full_name,
        made_at=db.clock(),
        demonstration=demonstration,
    )


def start_series(db: Database, acting: ActingUser, draft: SeriesStart) -> int:
    """Begin a series at a number, with the reason; the entry's number in the journal.

    A manager does so before the first number is taken. Refused where one was."""
    require(acting, Action.APPROVE_CERTIFICATES)
    label = f"{tidy(draft.prefix)}-{draft.year}"
    with db.write(Entry(actor(acting), "start_series", label, reason=tidy(draft.reason) or None)) as tx:
        if problems := series_problems(draft):
            raise DraftRefused(problems)
        prefix = tidy(draft.prefix)
        known = next(
            (row for row in read_series(tx.connection) if (row.prefix, row.year) == (prefix, draft.year)), None
        )
        if known is not None and known.last >= known.first:
            raise Refused(
                N_("Numbers of series {series} were taken already, up to {last}; it goes on from there."),
                series=label,
                last=known.last,
            )
        columns = {
            "first_number": draft.first,
            "last_number": draft.first - 1,
            "start_reason": tidy(draft.reason),
        }
        if known is None:
            tx.insert(CertificateSeries, [{"prefix": prefix, "year": draft.year, **columns}])
        else:
            tx.update(CertificateSeries, {known.id: columns})
        return tx.set_id


def series_problems(draft: SeriesStart) -> tuple[DraftProblem, ...]:
    """What is wrong with the beginning of a series, in the order of the form."""
    problems = []
    if not fold(draft.prefix) or len(tidy(draft.prefix)) > _LONGEST_PREFIX or not writable(tidy(draft.prefix)):
        problems.append(DraftProblem("prefix", N_("A series is called by a few letters, such as EIC.")))
    if not 2000 <= draft.year <= 2199:
        problems.append(DraftProblem("year", N_("The year {year} cannot be right."), {"year": str(draft.year)}))
    if not 1 <= draft.first <= _MOST:
        problems.append(DraftProblem("first", N_("This is a number from 1 to {highest}."), {"highest": _MOST}))
    if not fold(draft.reason):
        problems.append(DraftProblem("reason", N_("This is needed.")))
    elif len(tidy(draft.reason)) > _LONGEST_REASON or not writable(tidy(draft.reason)):
        problems.append(DraftProblem("reason", N_("This holds characters that cannot be kept, or is too long.")))
    return tuple(problems)
