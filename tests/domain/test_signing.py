"""Tests of who signs a paper of a day."""

from __future__ import annotations

import datetime as dt

from eic_tracker.domain.signing import Absence, SignatoryLine, who_signs

AWAY = (Absence(1, dt.date(2019, 6, 3), dt.date(2019, 6, 14), "comisión"),)


def line(
    key: int,
    first: dt.date,
    last: dt.date | None = None,
    *,
    deputy_of: int | None = None,
    position: int = 1,
    absences: tuple[Absence, ...] = (),
) -> SignatoryLine:
    return SignatoryLine(key, "Comisionado", f"Persona {key}", "Director", first, last, deputy_of, position, absences)


BEFORE = line(1, dt.date(2011, 5, 2), dt.date(2015, 12, 31))
NOW = line(2, dt.date(2016, 1, 4), absences=AWAY)
DEPUTY = line(3, dt.date(2018, 1, 1), deputy_of=2)
SECOND = line(4, dt.date(2016, 1, 4), position=2)
ALL = (SECOND, DEPUTY, NOW, BEFORE)


def signing(on: dt.date, lines: tuple[SignatoryLine, ...] = ALL) -> list[tuple[int, bool]]:
    return [(each.id, each.by_absence) for each in who_signs(on, lines)]


def test_whoever_held_the_post_on_the_day_signs() -> None:
    assert signing(dt.date(2015, 12, 31)) == [(1, False)]
    assert signing(dt.date(2019, 6, 2)) == [(2, False), (4, False)]
    assert signing(dt.date(2011, 5, 1)) == []


def test_the_deputy_signs_by_absence_on_the_days_of_the_absence_and_only_then() -> None:
    for day, expected in ((2, (2, False)), (3, (3, True)), (14, (3, True)), (15, (2, False))):
        assert signing(dt.date(2019, 6, day))[0] == expected


def test_without_a_deputy_who_is_there_the_paper_waits_for_whoever_is_away() -> None:
    assert signing(dt.date(2019, 6, 10), (NOW, SECOND))[0] == (2, False)
    away_too = line(3, dt.date(2018, 1, 1), deputy_of=2, absences=AWAY)
    assert signing(dt.date(2019, 6, 10), (NOW, away_too)) == [(2, False)]


def test_while_nobody_holds_the_post_the_deputy_of_the_last_holder_signs() -> None:
    ended = line(2, dt.date(2016, 1, 4), dt.date(2019, 5, 31))
    assert signing(dt.date(2019, 6, 10), (BEFORE, ended, DEPUTY)) == [(3, True)]
    after = line(5, dt.date(2019, 7, 1))
    assert signing(dt.date(2019, 7, 1), (BEFORE, ended, DEPUTY, after)) == [(5, False)]


def test_an_absence_without_an_end_runs_on() -> None:
    gone = line(2, dt.date(2016, 1, 4), absences=(Absence(1, dt.date(2019, 6, 3), None, "licencia"),))
    assert signing(dt.date(2030, 1, 1), (gone, DEPUTY)) == [(3, True)]
