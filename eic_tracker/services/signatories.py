"""Who signs the school's papers: entered with their deputies, ended, away for a time; all of it can be undone."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Connection

from eic_tracker.domain.drafts import DraftProblem, DraftRefused, date_problems, tidy, writable
from eic_tracker.domain.names import fold
from eic_tracker.domain.permissions import ActingUser, Action, Right, require
from eic_tracker.domain.signing import SignatoryLine, Signer
from eic_tracker.errors import UserError
from eic_tracker.i18n import N_
from eic_tracker.queries.signatories import read_signatories, signers_on
from eic_tracker.services.sign_in import actor
from eic_tracker.store.database import Database
from eic_tracker.store.tables.certificates import Signatory, SignatoryAbsence
from eic_tracker.store.transaction import Entry

LONGEST = 120
_MOST_PLACES = 3


@dataclass(frozen=True, slots=True)
class SignatoryDraft:
    """A new signatory; a deputy names whom it stands in for and takes the place of their signature."""

    rank: str
    name: str
    post: str
    valid_from: dt.date | None
    valid_to: dt.date | None = None
    deputy_of_id: int | None = None
    position: int = 1


@dataclass(frozen=True, slots=True)
class AbsenceDraft:
    """Days on which a signatory is away; without a last day until further notice."""

    signatory_id: int
    starts_on: dt.date | None
    ends_on: dt.date | None
    reason: str


@dataclass(frozen=True, slots=True)
class SignatoryChanged:
    """What was entered or changed: the row's key and the entry of the journal."""

    id: int
    set_id: int


def list_signatories(db: Database, acting: ActingUser) -> tuple[SignatoryLine, ...]:
    """All signatories by the place of their signature, those of the past among them."""
    require(acting, Action.READ_FIGURES, Right.YES)
    with db.read() as connection:
        return read_signatories(connection)


def signers_of_day(db: Database, acting: ActingUser, on: dt.date) -> tuple[Signer, ...]:
    """Who signs a paper of a day."""
    require(acting, Action.READ_FIGURES, Right.YES)
    with db.read() as connection:
        return signers_on(connection, on)


def add_signatory(db: Database, acting: ActingUser, draft: SignatoryDraft) -> SignatoryChanged:
    """Enter who signs from a day on; DraftRefused with what is wrong."""
    require(acting, Action.EDIT_LISTS)
    with db.write(Entry(actor(acting), "add_signatory", tidy(draft.post))) as tx:
        known = {each.id: each for each in read_signatories(tx.connection)}
        if problems := signatory_problems(draft, known.get(draft.deputy_of_id or 0)):
            raise DraftRefused(problems)
        titular = known.get(draft.deputy_of_id or 0)
        row = {
            "rank": tidy(draft.rank),
            "name": tidy(draft.name),
            "post": tidy(draft.post),
            "valid_from": draft.valid_from,
            "valid_to": draft.valid_to,
            "deputy_of_id": draft.deputy_of_id,
            "position": titular.position if titular is not None else draft.position,
        }
        return SignatoryChanged(tx.insert(Signatory, [row])[0], tx.set_id)


def signatory_problems(draft: SignatoryDraft, titular: SignatoryLine | None) -> tuple[DraftProblem, ...]:
    """What is wrong with a signatory, in the order of the form; `titular` is whom a deputy stands in for."""
    problems: list[DraftProblem] = []
    for field, text, needed in (
        ("rank", draft.rank, False),
        ("name", draft.name, True),
        ("post", draft.post, True),
    ):
        if needed and not fold(text):
            problems.append(DraftProblem(field, N_("This is needed.")))
        elif not writable(tidy(text)) or len(tidy(text)) > LONGEST:
            problems.append(DraftProblem(field, N_("This holds characters that cannot be kept, or is too long.")))
    problems += _period_problems("valid_from", draft.valid_from, "valid_to", draft.valid_to)
    if draft.deputy_of_id is not None and titular is None:
        problems.append(DraftProblem("deputy_of_id", _NO_SIGNATORY))
    elif titular is not None and titular.deputy_of_id is not None:
        problems.append(
            DraftProblem("deputy_of_id", N_("A deputy stands in for whoever holds the post, not for a deputy."))
        )
    if not 1 <= draft.position <= _MOST_PLACES:
        problems.append(DraftProblem("position", N_("A paper has room for three signatures: the place is 1, 2 or 3.")))
    return tuple(problems)


def end_signatory(db: Database, acting: ActingUser, signatory_id: int, last_day: dt.date) -> SignatoryChanged:
    """Say on which day somebody signs for the last time; papers of earlier days keep their name."""
    require(acting, Action.EDIT_LISTS)
    with db.write(Entry(actor(acting), "end_signatory", "")) as tx:
        line = _find(tx.connection, signatory_id)
        tx.entry = _labelled(tx.entry, line)
        if problems := _period_problems("valid_from", line.valid_from, "valid_to", last_day):
            raise DraftRefused(problems)
        tx.update(Signatory, {line.id: {"valid_to": last_day}})
        return SignatoryChanged(line.id, tx.set_id)


def set_absence(db: Database, acting: ActingUser, draft: AbsenceDraft) -> SignatoryChanged:
    """Say when a signatory is away; the deputy signs papers of those days. Refused where two absences overlap."""
    require(acting, Action.EDIT_LISTS)
    with db.write(Entry(actor(acting), "set_absence", "")) as tx:
        line = _find(tx.connection, draft.signatory_id)
        tx.entry = _labelled(tx.entry, line)
        if problems := absence_problems(draft, line):
            raise DraftRefused(problems)
        row = {
            "signatory_id": line.id,
            "starts_on": draft.starts_on,
            "ends_on": draft.ends_on,
            "reason": tidy(draft.reason),
        }
        return SignatoryChanged(tx.insert(SignatoryAbsence, [row])[0], tx.set_id)


def absence_problems(draft: AbsenceDraft, line: SignatoryLine) -> tuple[DraftProblem, ...]:
    """What is wrong with an absence, in the order of the form."""
    problems = _period_problems("starts_on", draft.starts_on, "ends_on", draft.ends_on)
    if not fold(draft.reason):
        problems.append(DraftProblem("reason", N_("This is needed.")))
    elif not writable(tidy(draft.reason)) or len(tidy(draft.reason)) > LONGEST:
        problems.append(DraftProblem("reason", N_("This holds characters that cannot be kept, or is too long.")))
    if problems or draft.starts_on is None:
        return tuple(problems)
    last = draft.ends_on or dt.date.max
    for other in line.absences:
        if other.starts_on <= last and draft.starts_on <= (other.ends_on or dt.date.max):
            message = N_("This overlaps the absence from {first} on; end that one first.")
            return (DraftProblem("starts_on", message, {"first": other.starts_on}),)
    return ()


def end_absence(db: Database, acting: ActingUser, signatory_id: int, last_day: dt.date) -> SignatoryChanged:
    """Say that somebody is back: the last day of the absence that runs on. UserError where none does."""
    require(acting, Action.EDIT_LISTS)
    with db.write(Entry(actor(acting), "end_absence", "")) as tx:
        line = _find(tx.connection, signatory_id)
        tx.entry = _labelled(tx.entry, line)
        running = next((each for each in line.absences if each.covers(last_day)), None)
        if running is None:
            raise UserError(N_("{name} is not away on {day}."), name=line.name, day=last_day)
        tx.update(SignatoryAbsence, {running.id: {"ends_on": last_day}})
        return SignatoryChanged(running.id, tx.set_id)


_NO_SIGNATORY = N_("There is no signatory of that number in this file; read the list again.")


def _find(connection: Connection, key: int) -> SignatoryLine:
    for line in read_signatories(connection):
        if line.id == key:
            return line
    raise UserError(_NO_SIGNATORY)


def _labelled(entry: Entry, line: SignatoryLine) -> Entry:
    """The journal names the post; names of people stay out of its labels."""
    return Entry(entry.actor, entry.use_case, line.post)


def _period_problems(
    first_name: str, first: dt.date | None, last_name: str, last: dt.date | None
) -> list[DraftProblem]:
    if first is None:
        return [DraftProblem(first_name, N_("This is needed."))]
    problems = [*date_problems(first_name, first), *date_problems(last_name, last)]
    if not problems and last is not None and last < first:
        problems.append(DraftProblem(last_name, N_("The last day lies before the first.")))
    return problems
