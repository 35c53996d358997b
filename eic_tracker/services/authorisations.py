"""Who authorises an exception: name, post and letter, asked every time, kept for ever, never edited."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from eic_tracker.domain.drafts import DraftProblem, DraftRefused, tidy, writable
from eic_tracker.domain.enrolling import ExceptionKind
from eic_tracker.domain.names import fold
from eic_tracker.i18n import N_
from eic_tracker.store.tables.documents import Authorisation
from eic_tracker.store.transaction import Tx

LONGEST = 120


@dataclass(frozen=True, slots=True)
class AuthorisationDraft:
    """Who orders an exception: the name, the post, the number of the letter."""

    authorised_by: str
    post: str
    letter: str


def authorisation_problems(draft: AuthorisationDraft) -> tuple[DraftProblem, ...]:
    """What is missing or wrong, in the order of the form."""
    problems = []
    for field, text in (("authorised_by", draft.authorised_by), ("post", draft.post), ("letter", draft.letter)):
        if not fold(text):
            problems.append(DraftProblem(field, N_("This is needed.")))
        elif not writable(tidy(text)) or len(tidy(text)) > LONGEST:
            problems.append(DraftProblem(field, N_("This holds characters that cannot be kept, or is too long.")))
    return tuple(problems)


def authorise(tx: Tx, draft: AuthorisationDraft, kinds: Collection[ExceptionKind]) -> int:
    """Record who authorises these exceptions and name it in the journal; its key. DraftRefused where it is empty."""
    if problems := authorisation_problems(draft):
        raise DraftRefused(problems)
    row = {
        "authorised_by": tidy(draft.authorised_by),
        "post": tidy(draft.post),
        "letter": tidy(draft.letter),
        "exception": " ".join(kind.value for kind in ExceptionKind if kind in kinds),
        "recorded_at": tx.at,
    }
    (key,) = tx.insert(Authorisation, [row])
    tx.authorised_by(key)
    return key
