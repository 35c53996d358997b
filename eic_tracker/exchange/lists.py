"""From a file to lists of people: each table with its rows, what is wrong with them, and what is open."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from eic_tracker.domain.names import fold
from eic_tracker.errors import FileProblem, UserError
from eic_tracker.exchange.by_hand import ByHand, with_choices
from eic_tracker.exchange.cells import Sheet
from eic_tracker.exchange.headers import Field
from eic_tracker.exchange.limits import check_people
from eic_tracker.exchange.people import read_people
from eic_tracker.exchange.people_rows import sort_rows
from eic_tracker.exchange.questions import SHEET, Asked
from eic_tracker.exchange.reading import read_sheets
from eic_tracker.exchange.repeated import mark_repeated
from eic_tracker.exchange.rows import KnownTexts, ReadList
from eic_tracker.exchange.tables import LETTERS, Table, find_tables, found_columns
from eic_tracker.i18n import N_

_SHOWN_AS = {Field.POST: Field.RANK}
ALL_SHEETS = "*"
KINDS = ("people", "enrolments")
COLUMN = "column:"
"""Begins the key of an answer that says what a header (or letters in brackets) means."""
_NOTHING = ByHand()


class NoPeople(FileProblem):
    """There is no list of people in a file or in what was pasted."""

    def __init__(self, file: str) -> None:
        super().__init__(
            N_("No list of people was found in {file}. A list has a column of names, with or without a header."),
            file=file,
        )


def read_list(
    path: Path,
    kind: str,
    answers: Mapping[str, str],
    known: KnownTexts,
    *,
    today: dt.date,
    repairs: bool = True,
    by_hand: ByHand = _NOTHING,
) -> list[ReadList]:
    """The lists of people in a file, one for each table; FileProblem where there is none or it cannot be read.

    `answers` by the keys of questions, and `column:HEADER` = field for a header that is not known. Without
    `repairs` each proposed repair is an error."""
    if kind not in KINDS:
        raise UserError("{kind} is no kind of list that can be read here.", kind=kind)
    return lists_of(read_sheets(path), path.name, answers, known, today=today, repairs=repairs, by_hand=by_hand)


def lists_of(
    sheets: Sequence[Sheet],
    file: str,
    answers: Mapping[str, str],
    known: KnownTexts,
    *,
    today: dt.date,
    repairs: bool = True,
    by_hand: ByHand = _NOTHING,
) -> list[ReadList]:
    """The lists of people in sheets that were read or pasted."""
    mapped = _mapped(answers, known)
    shown = [sheet for sheet in sheets if not sheet.hidden]
    tables = _tables(shown, mapped, known) or _tables([sheet for sheet in sheets if sheet.hidden], mapped, known)
    check_people(sum(len(table.rows) for table in tables), file)
    lists = [read for table in tables if (read := _read(table, file, answers, known, today, by_hand)) is not None]
    if not lists:
        raise NoPeople(file)
    return _with_repeated(lists, by_hand, repairs=repairs)


def _tables(sheets: Sequence[Sheet], mapped: Mapping[str, Field], known: KnownTexts) -> list[Table]:
    """All tables with their rows; the same header once more, as on each page, goes on with the same table."""
    done: list[Table] = []
    for sheet in sheets:
        tables = find_tables(sheet, mapped, known)
        starts = sorted({table.header for table in tables if table.header is not None})
        for table in tables:
            later = bisect_right(starts, table.header) if table.header is not None else len(starts)
            sort_rows(table, starts[later] if later < len(starts) else len(sheet.cells))
            before = next((t for t in done if t.sheet is sheet and t.goes_on_in(table)), None)
            if before is not None:
                before.go_on(table)
            elif table.rows:
                done.append(table)
    return done


def _read(
    table: Table, file: str, answers: Mapping[str, str], known: KnownTexts, today: dt.date, by_hand: ByHand
) -> ReadList | None:
    asked = Asked(answers)
    rows = read_people(table, known, asked, today, by_hand)
    if not rows:
        return None
    columns = {
        _SHOWN_AS.get(found, found).value: table.headers.get(found, "")
        for found in sorted(table.columns, key=table.columns.__getitem__)
        if found not in {Field.NUMBER, Field.OTHER} and not (found is Field.POST and Field.RANK in table.columns)
    }
    header = 0 if table.header is None else table.header + 1
    return ReadList(
        file,
        table.sheet.name,
        header,
        columns,
        tuple(rows),
        tuple(asked.open.values()),
        tuple(table.left_out),
        table.heading,
        found_columns(table),
    )


def _mapped(answers: Mapping[str, str], known: KnownTexts) -> dict[str, Field]:
    """Fields by folded header: remembered ones, and those that were answered now."""
    told = {key.removeprefix(COLUMN): value for key, value in answers.items() if key.startswith(COLUMN)}
    mapped = {}
    for header, name in {**known.remembered_columns, **told}.items():
        try:
            mapped[header if LETTERS.fullmatch(header) else fold(header)] = Field(name)
        except ValueError:
            raise UserError("{field} is no field of a list.", field=name) from None
    return mapped


def _with_repeated(lists: Sequence[ReadList], by_hand: ByHand, *, repairs: bool) -> list[ReadList]:
    """Repeated rows are found over all tables of a file together."""
    rows = mark_repeated([with_choices(row, by_hand, repairs=repairs) for read in lists for row in read.rows])
    done: list[ReadList] = []
    at = 0
    for read in lists:
        done.append(replace(read, rows=tuple(rows[at : at + len(read.rows)])))
        at += len(read.rows)
    return done


def as_one(lists: Sequence[ReadList], kind: str = "people", answers: Mapping[str, str] | None = None) -> ReadList:
    """The lists of a file as one, named after the first: columns, rows, questions and rows left out of all.

    Answer `sheet` takes those of one sheet; where a file has lists on several and enrols people, it is asked."""
    answers = answers or {}
    sheets = tuple(dict.fromkeys(read.sheet for read in lists))
    asked = Asked(answers)
    if len(sheets) > 1 and (kind == "enrolments" or SHEET in answers):
        message = N_("The file has lists on several sheets. Which one is meant, or all of them (*)?")
        chosen = asked.ask(SHEET, "", message, (*sheets, ALL_SHEETS), ALL_SHEETS)
        lists = [read for read in lists if chosen in {ALL_SHEETS, read.sheet}]
    waits = tuple(asked.open)
    rows = tuple(
        replace(row, waits_for=(*waits, *row.waits_for)) if waits else row for read in lists for row in read.rows
    )
    questions = {question.key: question for read in reversed(lists) for question in read.questions} | asked.open
    left_out = tuple(some for read in lists for some in read.left_out)
    columns = {name: header for read in reversed(lists) for name, header in read.columns.items()}
    found = {column.header: column for read in reversed(lists) for column in read.found}
    return replace(
        lists[0],
        columns=columns,
        rows=rows,
        questions=tuple(questions.values()),
        left_out=left_out,
        found=tuple(found.values()),
    )
