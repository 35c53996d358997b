"""From a file that somebody sent to a reviewed list: read, completed with what was said of it, set beside the file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from eic_tracker.domain.permissions import ActingUser
from eic_tracker.errors import UserError
from eic_tracker.exchange.lists import as_one, read_list
from eic_tracker.exchange.rows import PersonRow, ReadList
from eic_tracker.i18n import N_
from eic_tracker.services.known_texts import known_texts
from eic_tracker.store.database import Database

REPAIRS = "repairs"
"""The answer that is no question: `no` makes each proposed repair an error."""

SETTABLE = ("institution", "rank", "unit")
"""What may be said of all people of a list whose rows do not say it."""


@dataclass(frozen=True, slots=True)
class ListRequest:
    """A file to be read as a list: answers to its questions, what is said of all its people, who sent it."""

    path: Path
    kind: str
    answers: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, str] = field(default_factory=dict)
    sender: str = ""


def read_file(db: Database, acting: ActingUser, request: ListRequest, today: dt.date) -> ReadList:
    """The people of the file as one list; FileProblem or UserError where it cannot be read as asked."""
    answers = dict(request.answers)
    repairs = answers.pop(REPAIRS, "yes")
    if repairs not in ("yes", "no"):
        raise UserError(N_("“{answer}” is no answer to {key}; answer yes or no."), answer=repairs, key=REPAIRS)
    if unknown := sorted(request.values.keys() - set(SETTABLE)):
        raise UserError(
            N_("“{name}” cannot be set for a list of people; what can: {names}."),
            name=unknown[0],
            names=", ".join(SETTABLE),
        )
    known = known_texts(db, acting, request.sender)
    lists = read_list(request.path, request.kind, answers, known, today=today, repairs=repairs == "yes")
    return with_values(as_one(lists, request.kind, answers), request.values)


def with_values(read: ReadList, values: Mapping[str, str]) -> ReadList:
    """The list with what is said of all its people, where a row does not say it itself."""
    if not values:
        return read
    return replace(read, rows=tuple(_completed(row, values) for row in read.rows))


def _completed(row: PersonRow, values: Mapping[str, str]) -> PersonRow:
    missing = {name: text for name, text in values.items() if not getattr(row, name)}
    return replace(row, **missing)  # type: ignore[arg-type]
