"""The signatories as the settings list them."""

from __future__ import annotations

import datetime as dt

from eic_tracker.domain.signing import SignatoryLine
from eic_tracker.gui.grids.cells import day, text
from eic_tracker.gui.models.columns import Column
from eic_tracker.i18n import N_, Translator


def name_with_rank(line: SignatoryLine) -> str:
    """Rank and name as they stand below a signature."""
    return " ".join(filter(None, (line.rank, line.name)))


def absence_words(line: SignatoryLine, on: dt.date, t: Translator) -> str:
    """That somebody is away on a day, until when and why; empty where they are not."""
    for absence in line.absences:
        if absence.covers(on):
            until = t.date(absence.ends_on) if absence.ends_on else t("further notice")
            return t("{name} is away until {until}: {reason}.", name=line.name, until=until, reason=absence.reason)
    return ""


def _role(line: SignatoryLine, t: Translator) -> str:
    return t("holder of the post") if line.deputy_of_id is None else t("deputy of the holder")


def _absences(line: SignatoryLine, t: Translator) -> str:
    return "; ".join(
        f"{t.date(each.starts_on)} – {t.date(each.ends_on) if each.ends_on else '…'}" for each in line.absences
    )


SIGNATORIES = (
    Column("name", N_("Name"), lambda line, _t: name_with_rank(line), width=34, stretch=True),
    Column("post", N_("Post"), text("post"), width=28, stretch=True),
    Column("role", N_("Signs as"), _role, width=10),
    Column("place", N_("Place of the signature"), lambda line, t: t.number(line.position), width=8, number=True),
    Column("from", N_("Signs from"), day("valid_from"), width=12),
    Column("to", N_("Signs until"), day("valid_to"), width=12),
    Column("absences", N_("Away"), _absences, width=26, stretch=True, spare=True),
)
