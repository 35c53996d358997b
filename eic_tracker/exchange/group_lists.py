"""From a file or a pasted text to class groups: which of their shapes it has, and what it says in it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from eic_tracker.errors import FileProblem
from eic_tracker.exchange.cells import Sheet, text_of
from eic_tracker.exchange.class_workbook import ClassList
from eic_tracker.exchange.clipboard import pasted_sheet
from eic_tracker.exchange.group_messages import is_message, read_message
from eic_tracker.exchange.group_rows import ReadGroups
from eic_tracker.exchange.group_tables import GroupTable, find_group_tables, groups_of_tables
from eic_tracker.exchange.month_workbook import groups_of_month, month_of
from eic_tracker.exchange.multigrade import joined
from eic_tracker.exchange.pupil_lists import PupilCount, count_pupils, groups_of_counts
from eic_tracker.exchange.questions import Asked
from eic_tracker.exchange.reading import read_sheets
from eic_tracker.i18n import N_


class NoGroups(FileProblem):
    """Nothing in a file or text tells a class group."""

    def __init__(self, file: str) -> None:
        super().__init__(
            N_(
                "No class group was found in {file}. It holds a school's list of pupils, a table with one class in "
                "each row, a monthly workbook, or lines like “4A mat 15 niñas 17 niños lec 2”."
            ),
            file=file,
        )


@dataclass(frozen=True, slots=True)
class GroupSource:
    """What was read, in one of the shapes. Of a list of pupils only counts are here: their names were let go."""

    name: str
    pupils: tuple[PupilCount, ...] = ()
    tables: tuple[GroupTable, ...] = ()
    month: ClassList | None = None
    text: str = ""
    is_file: bool = False

    @property
    def lines(self) -> int:
        """About how many rows there are to be read."""
        return len(self.pupils) + sum(table.end for table in self.tables) + self.text.count("\n")


def open_groups(path: Path, look: Callable[[], object] | None = None) -> GroupSource:
    """Read a file in a process of its own; FileProblem says why there is no class group in it."""
    return _source(read_sheets(path, look=look), path.name, path.stem, is_file=True)


def pasted_groups(text: str, name: str) -> GroupSource:
    """The class groups of a pasted text: lines of a message, or cells of a table or list."""
    if "\t" not in text and is_message(text.splitlines()):
        return GroupSource(name, text=text)
    return _source([pasted_sheet(text, name)], name, "", is_file=False)


def _source(sheets: Sequence[Sheet], name: str, stem: str, *, is_file: bool) -> GroupSource:
    month = month_of(sheets, name)
    if month is not None:
        return GroupSource(name, month=month, is_file=is_file)
    if tables := find_group_tables(sheets, stem):
        return GroupSource(name, tables=tables, is_file=is_file)
    lines = [", ".join(text for cell in row if (text := text_of(cell))) for sheet in sheets for row in sheet.cells]
    if len(sheets) == 1 and is_message(lines):
        return GroupSource(name, text="\n".join(lines), is_file=is_file)
    if pupils := count_pupils(sheets, stem):
        return GroupSource(name, pupils=pupils, is_file=is_file)
    raise NoGroups(name)


def groups_of(
    source: GroupSource, answers: Mapping[str, str], *, year: int | None, schools: Collection[str] = ()
) -> ReadGroups:
    """What the source says, its questions answered as told; `year` completes days that are told without one.

    `schools` are the folded names that the file knows."""
    asked = Asked(answers)
    if source.month is not None:
        return groups_of_month(source.month)
    if source.tables:
        read: ReadGroups | None = groups_of_tables(source.tables, source.name, asked, year=year)
    elif source.pupils:
        read = groups_of_counts(source.pupils, source.name, asked)
    else:
        read = read_message(source.text, source.name, asked, year=year, schools=schools)
    if read is None:
        raise NoGroups(source.name)
    return replace(read, rows=joined(read.rows))
