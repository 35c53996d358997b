"""The journal as a grid shows it."""

from __future__ import annotations

from eic_tracker.gui.grids.cells import choose_code, choose_day, choose_name, moment, number, text, value
from eic_tracker.gui.models.columns import Column
from eic_tracker.gui.theme import Tone
from eic_tracker.gui.widgets.filter_bar import FilterSpec
from eic_tracker.gui.widgets.grid import GridSpec
from eic_tracker.i18n import N_, NP_, Translator
from eic_tracker.queries.journal_list import HistoryRow
from eic_tracker.queries.listing import Choice
from eic_tracker.reports.journal_words import USE_CASES, entry_words, reason_words, table_words, who_words


def when_of(row: HistoryRow, t: Translator) -> str:
    """Day and time in Honduras."""
    return moment(row.at, t)


def what_of(row: HistoryRow, t: Translator) -> str:
    """What was done, in words."""
    return entry_words(row.use_case, row.label, row.undoes, t)


def who_of(row: HistoryRow, t: Translator) -> str:
    """Who did it."""
    return who_words(row.actor_name, t)


def why_of(row: HistoryRow, t: Translator) -> str:
    """The reason that was given."""
    return reason_words(row.reason, t)


def state_of(row: HistoryRow, t: Translator) -> str:
    """Whether the entry was taken back, and by which."""
    return t("taken back by {number}", number=row.undone_by) if row.undone_by is not None else ""


def state_tone(_row: HistoryRow) -> Tone:
    """A note, no fault."""
    return Tone.INFO


def choose_use_case(choice: Choice, t: Translator) -> str:
    """A use-case without the label of one entry."""
    known = USE_CASES.get(choice.code)
    return t(known, label="…", number="…") if known is not None else choice.code


def choose_table(choice: Choice, t: Translator) -> str:
    """What a row of the table is called."""
    return table_words(choice.code, t)


def choose_month(choice: Choice, _t: Translator) -> str:
    """A month: 06/2019."""
    year, _, month = choice.code.partition("-")
    return f"{month}/{year}"


HISTORY_GRID = GridSpec(
    listing="history",
    title=N_("History"),
    columns=(
        Column("at", N_("When"), when_of, "at", 19),
        Column("what", N_("What"), what_of, "label", 44, stretch=True),
        Column("actor", N_("Who"), who_of, "actor", 20, stretch=True),
        Column("reason", N_("Reason"), why_of, width=24, stretch=True, spare=True),
        Column("authorised_by", N_("Authorised by"), text("authorised_by"), width=18, stretch=True, hidden=True),
        Column("changes", N_("Rows"), number("changes"), "changes", 7, number=True, value=value("changes")),
        Column("state", N_("Taken back"), state_of, width=18, tone=state_tone, spare=True),
        Column("id", N_("Entry"), number("id"), "id", 8, number=True, value=value("id"), hidden=True),
        Column("on_behalf_of", N_("On behalf of"), text("on_behalf_of"), width=16, hidden=True, stretch=True),
        Column("code", N_("Control code"), text("code"), width=16, hidden=True),
    ),
    search_hint=N_("Entry, reason or user"),
    empty=N_("Nothing has been written yet."),
    filters=(
        FilterSpec("actor", N_("Who"), choose_name),
        FilterSpec("use_case", N_("What"), choose_use_case),
        FilterSpec("month", N_("Month"), choose_month),
        FilterSpec("table", N_("Touches"), choose_table),
        FilterSpec(
            "kind",
            N_("Kind"),
            choose_code(
                {
                    "undo": N_("takes another back"),
                    "undone": N_("taken back"),
                    "with_reason": N_("with a reason"),
                    "authorised": N_("with an authorisation"),
                }
            ),
        ),
        FilterSpec("from", N_("From"), choose_day, offered=False),
        FilterSpec("to", N_("Until"), choose_day, offered=False),
    ),
    order="newest",
    plural=NP_("{count} entry", "{count} entries"),
)
