"""The first page of each role: what is due, what is wrong, how the programme is doing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace

from sqlalchemy import Connection

from eic_tracker.domain.codes import FigureState, Measure, ProgrammeKind, Role
from eic_tracker.domain.facts import Scope
from eic_tracker.domain.periods import Period, last_ended_quarter, parse_period, previous, quarter_of
from eic_tracker.domain.permissions import ActingUser
from eic_tracker.domain.reconciling import PublishedFigure, ReconciledFigure, broadest_published
from eic_tracker.domain.teaching_rules import WARN_BEFORE
from eic_tracker.i18n import N_
from eic_tracker.queries import quality
from eic_tracker.queries.figures import read_reconciliation
from eic_tracker.queries.listing import Request, listing_keys, sight_of
from eic_tracker.services.figures import Beside, Counted, FigureRef, SeriesPoint, beside, series_of, value_of
from eic_tracker.services.listings import LISTINGS
from eic_tracker.services.target_pace import TargetNow, running_targets
from eic_tracker.store.database import Database

MOST_WRONG = 5
"""So many faults stand on the first page; the page of data quality shows all checks."""

_SOON = dt.timedelta(days=30)
_RECENT = dt.timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Item:
    """A number that asks for something: a list with the request that opens exactly so many rows, or a page."""

    code: str
    label: str
    """message; the number stands beside it"""
    count: int
    listing: str | None = None
    request: Request | None = None
    page: str | None = None
    values: tuple[tuple[str, str], ...] = ()
    """what the page should show, for example ("period", "2019Q2")"""


@dataclass(frozen=True, slots=True)
class Tile:
    """One answer to "how are we doing": a figure with its rows (`ref`), or a number of list rows (`request`)."""

    code: str
    label: str
    value: int
    ref: FigureRef | None = None
    listing: str | None = None
    request: Request | None = None
    period: Period | None = None
    earlier: FigureRef | None = None
    earlier_value: int | None = None
    earlier_period: Period | None = None
    published: PublishedFigure | None = None
    state: FigureState | None = None
    counted_then: int | None = None
    """what the rows give for the days of the published figure"""
    beside: tuple[Beside, ...] = ()


@dataclass(frozen=True, slots=True)
class Home:
    """The first page: what is due, without zeros, tiles, the quarters of the chart; `as_of` is today.

    What is wrong is `data_quality`, read by itself: its checks look through every roster."""

    role: Role
    as_of: dt.date
    due: tuple[Item, ...]
    tiles: tuple[Tile, ...]
    quarters: tuple[SeriesPoint, ...] = field(default=())
    report: Period | None = None
    """the quarter that ended last, for who makes its report; nothing is kept of who printed one, so it stays named"""
    targets: tuple[TargetNow, ...] = ()
    """of managers: what was approved for the year that runs"""


def home(db: Database, acting: ActingUser, today: dt.date) -> Home:
    """The first page of the user's role, worked out once for as long as nothing changes."""
    now = db.clock()
    with db.read() as connection:
        view = _View(connection, acting, today, now)
        return view.counted.held.remember(("home", acting, today), lambda: _home(view))


def data_quality(db: Database, acting: ActingUser, today: dt.date) -> tuple[Item, ...]:
    """Every check of data quality with its number, also 0; gravest first. Each opens exactly its rows."""
    with db.read() as connection:
        view = _View(connection, acting, today, db.clock())
        return view.counted.held.remember(("quality", acting, today), lambda: _quality(view))


class _View:
    """What the items are made from: one read transaction, the user, the day."""

    def __init__(self, connection: Connection, acting: ActingUser, today: dt.date, now: dt.datetime) -> None:
        self.connection = connection
        self.acting = acting
        self.today = today
        self.now = now
        self.counted = Counted(connection, acting)
        self.sight = sight_of(acting)

    def rows(self, code: str, label: str, listing: str, *filters: tuple[str, str]) -> Item:
        """The number of rows of a list under some filters, as the user sees it."""
        request = Request(filters=filters, today=self.today)
        count = len(listing_keys(self.connection, LISTINGS[listing], request, self.sight))
        return Item(code, label, count, listing, request)

    def programme(self, kind: ProgrammeKind) -> str | None:
        """The oldest programme of a kind; load tests have one that counts nowhere."""
        row = self.connection.exec_driver_sql(
            "SELECT code FROM programme WHERE kind = ? AND NOT is_load ORDER BY id", (kind.value,)
        ).first()
        return str(row[0]) if row else None

    def reconciled(self) -> tuple[ReconciledFigure, ...]:
        """The published figures beside the whole school's counts."""
        held = self.counted.held
        return held.remember(
            ("reconciled", self.today), lambda: read_reconciliation(self.connection, held.facts, self.today)
        )


def _home(view: _View) -> Home:
    courses = view.programme(ProgrammeKind.COURSES)
    return Home(
        role=view.acting.role,
        as_of=view.today,
        due=tuple(item for item in _DUE[view.acting.role](view) if item.count),
        tiles=_in_threes(_tiles(view)) if view.acting.role is Role.MANAGER else tuple(_tiles(view)),
        quarters=series_of(view.counted, Measure.COMPLETIONS, courses, view.today, 8) if courses else (),
        report=_report(view),
        targets=running_targets(view.counted, view.today) if view.acting.role is Role.MANAGER else (),
    )


def _quality(view: _View) -> tuple[Item, ...]:
    return tuple(
        view.rows(check.code, check.label, check.listing, check.filter)
        for check in quality.quality_checks(view.today)
        if view.acting.role is not Role.ADMINISTRATOR or not LISTINGS[check.listing].holds_people
    )


def _due_of_registrar(view: _View) -> Iterator[Item]:
    yield _to_close(view)
    yield _without_certificate(view)
    yield view.rows(
        "certificates_to_issue", N_("Certificates approved and not issued"), "certificates", ("status", "approved")
    )
    label = N_("Certificates that nobody collected in the days for claims")
    uncollected = view.rows("uncollected", label, "certificates", ("uncollected", "long"))
    yield replace(uncollected, listing=None, request=None, page="uncollected")
    yield view.rows(
        "begins_soon",
        N_("Courses that begin within two weeks and have free places"),
        "offerings",
        ("begins_soon_with_places", view.today.isoformat()),
    )
    yield _accreditations(view)


def _accreditations(view: _View) -> Item:
    until = (view.today + WARN_BEFORE).isoformat()
    label = N_("Instructors whose accreditation is over or ends within 60 days")
    return view.rows("accreditations", label, "instructors", ("accreditation_ends_by", until))


def _due_of_instructor(view: _View) -> Iterator[Item]:
    yield _to_close(view, N_("My courses that ended and are not closed"))
    yield view.rows("running", N_("My courses now"), "offerings", ("running_on", view.today.isoformat()))
    yield view.rows(
        "begins_soon",
        N_("My courses that begin within two weeks and have free places"),
        "offerings",
        ("begins_soon_with_places", view.today.isoformat()),
    )


def _due_of_manager(view: _View) -> Iterator[Item]:
    to_approve = view.rows(
        "certificates_to_approve",
        N_("Certificates waiting for approval"),
        "certificates",
        ("to_approve", "new"),
    )
    yield replace(to_approve, listing=None, request=None, page="approvals")
    label = N_("Diplomas of paper books waiting for approval")
    yield view.rows("paper_diplomas_to_approve", label, "certificates", ("to_approve", "paper_book"))
    yield _quarters_to_close(view)
    yield _unexplained(view)
    yield from _waiting_for_approval(view, view.acting.id)
    waiting = quality.waiting_for_approval(view.connection, "target", view.acting.id)
    yield Item("target_to_approve", N_("Targets waiting for approval"), waiting, page="targets")
    yield _to_close(view)
    yield _accreditations(view)


def _due_of_administrator(view: _View) -> Iterator[Item]:
    users = (("section", "users"),)
    ending = quality.unclosed_accounts(view.connection, view.today + _SOON)
    yield Item(
        "accounts_ending", N_("Accounts that end within a month or have ended"), ending, None, None, "settings", users
    )
    locked = quality.locked_accounts(view.connection, view.now)
    yield Item("accounts_locked", N_("Accounts locked after wrong passwords"), locked, None, None, "settings", users)
    yield _to_close(view)


def _due_of_auditor(view: _View) -> Iterator[Item]:
    yield _unexplained(view)
    yield _quarters_to_close(view)
    yield from _waiting_for_approval(view, None)
    restated = quality.newest_restatements(view.connection, view.today - _RECENT)
    yield Item("restated", N_("Figures of closed quarters restated in the last three months"), restated, page="reports")


_DUE: dict[Role, Callable[[_View], Iterator[Item]]] = {
    Role.REGISTRAR: _due_of_registrar,
    Role.INSTRUCTOR: _due_of_instructor,
    Role.MANAGER: _due_of_manager,
    Role.ADMINISTRATOR: _due_of_administrator,
    Role.AUDITOR: _due_of_auditor,
}


def _to_close(view: _View, label: str = N_("Courses that ended and are not closed")) -> Item:
    return view.rows("to_close", label, "offerings", ("ended_open_before", view.today.isoformat()))


def _without_certificate(view: _View) -> Item:
    since = (view.today - _RECENT).isoformat()
    label = N_("Completions of the last three months without a certificate")
    return view.rows("without_certificate", label, "enrolments", ("without_certificate_since", since))


def _unexplained(view: _View) -> Item:
    count = sum(1 for figure in view.reconciled() if figure.state is FigureState.UNEXPLAINED)
    state = (("state", FigureState.UNEXPLAINED.value),)
    return Item("unexplained", N_("Published figures that are not explained"), count, page="published", values=state)


def _waiting_for_approval(view: _View, approver: int | None) -> Iterator[Item]:
    approved_there = (("section", "totals"), ("total_state", "to_approve"))
    for table, label, page, values in (
        ("historical_total", N_("Historical totals waiting for approval"), "settings", approved_there),
        ("figure_explanation", N_("Explanations of figures waiting for approval"), "published", ()),
    ):
        count = quality.waiting_for_approval(view.connection, table, approver)
        yield Item(f"{table}_to_approve", label, count, page=page, values=values)


def _quarters_to_close(view: _View) -> Item:
    """Ended quarters after the newest closed one; where none was ever closed, the last that ended if it has figures."""
    closed = [parse_period(code) for code in quality.closed_quarter_codes(view.connection)]
    newest = max((period.last_day for period in closed), default=None)
    period = last_ended_quarter(view.today)
    waiting = []
    while newest is not None and period.last_day > newest:
        waiting.append(period)
        period = previous(period)
    if newest is None and _has_figures(view, period):
        waiting.append(period)
    values = (("period", waiting[-1].code),) if waiting else ()
    return Item(
        "quarter_to_close", N_("Quarters that ended and are not closed"), len(waiting), page="reports", values=values
    )


def _report(view: _View) -> Period | None:
    """The last quarter that ended, where it has figures and the user makes reports."""
    period = last_ended_quarter(view.today)
    makes = view.acting.role is Role.MANAGER
    return period if makes and _has_figures(view, period) else None


def _has_figures(view: _View, period: Period) -> bool:
    return any(
        value_of(view.counted, FigureRef(measure, _days(period), as_of=view.today))
        for measure in (Measure.OFFERINGS, Measure.REACHED, Measure.GRADUATED)
    )


def _days(period: Period, programme: str | None = None) -> Scope:
    programmes = (programme,) if programme else ()
    return Scope(programmes=programmes, first_day=period.first_day, last_day=period.last_day)


def _in_threes(tiles: Iterable[Tile]) -> tuple[Tile, ...]:
    """The tiles by rows of three: two that stand beside other figures, then one that is of now and stands alone."""
    listed = list(tiles)
    alone = [tile for tile in listed if not tile.beside]
    beside = [tile for tile in listed if tile.beside]
    ordered: list[Tile] = []
    while alone and beside:
        ordered += [*beside[:2], *alone[:1]]
        alone, beside = alone[1:], beside[2:]
    return (*ordered, *beside, *alone)


def _tiles(view: _View) -> Iterator[Tile]:
    courses = view.programme(ProgrammeKind.COURSES)
    outreach = view.programme(ProgrammeKind.OUTREACH)
    if courses:
        yield _total(view, "completions", N_("Completions since the beginning"), Measure.COMPLETIONS, courses)
        yield _quarter(view, "completions_quarter", N_("Completions this quarter"), Measure.COMPLETIONS, courses)
    day = view.today.isoformat()
    running = view.rows("running", N_("Courses in training now"), "offerings", ("running_on", day))
    yield Tile(running.code, running.label, running.count, listing=running.listing, request=running.request)
    people = view.rows("in_training", N_("People in training now"), "enrolments", ("in_training_on", day))
    if view.acting.role is not Role.ADMINISTRATOR:
        yield Tile(people.code, people.label, people.count, listing=people.listing, request=people.request)
    if outreach and (view.counted.own is None or view.counted.facts.class_groups):
        yield _total(view, "reached", N_("G.R.E.A.T.: reached since the beginning"), Measure.REACHED, outreach)
        yield _quarter(view, "reached_quarter", N_("G.R.E.A.T.: reached this quarter"), Measure.REACHED, outreach)


def _total(view: _View, code: str, label: str, measure: Measure, programme: str) -> Tile:
    ref = FigureRef(measure, Scope(programmes=(programme,)), as_of=view.today)
    published = _published(view, measure, programme)
    return Tile(
        code,
        label,
        value_of(view.counted, ref),
        ref=ref,
        published=published.figure if published else None,
        state=published.state if published else None,
        counted_then=published.counted if published else None,
        beside=beside(view.counted, ref),
    )


def _quarter(view: _View, code: str, label: str, measure: Measure, programme: str) -> Tile:
    now = quarter_of(view.today)
    before = previous(now)
    ref, earlier = (FigureRef(measure, _days(period, programme), as_of=view.today) for period in (now, before))
    return Tile(
        code,
        label,
        value_of(view.counted, ref),
        ref=ref,
        period=now,
        earlier=earlier,
        earlier_value=value_of(view.counted, earlier),
        earlier_period=before,
        beside=beside(view.counted, ref),
    )


def _published(view: _View, measure: Measure, programme: str) -> ReconciledFigure | None:
    """The newest published total of several years of the whole programme; nothing beside an instructor's own."""
    if view.counted.own is not None:
        return None
    return broadest_published(view.reconciled(), programme, measure)
