"""What a signed code is worth on a day, by the lists of trust at hand. The page for telephones does the same."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from eic_tracker.domain.seal import NotReadable, Sealed, SealedFacts, facts_of, holds, telephone_code, unseal
from eic_tracker.domain.trust import OLD_AFTER, TrustKey, TrustList, uid_prefix


class CodeState(StrEnum):
    """What checking a certificate answers."""

    VALID = "valid"
    NOT_YET_VALID = "not_yet_valid"
    ANNULLED = "annulled"
    REPLACED = "replaced"
    PAPER_BOOK = "paper_book"
    UNKNOWN_KEY = "unknown_key"
    INVALID = "invalid"


@dataclass(frozen=True, slots=True)
class Answer:
    """The state of a certificate and, where its signature holds, what it says; `reason` is a stable word or None."""

    state: CodeState
    reason: str | None = None
    facts: SealedFacts | None = None
    telephone_code: str | None = None
    list_age_days: int | None = None
    """of the list by which it was checked"""
    book: str | None = None
    """the paper book in which it stands, with its folio"""
    folio: int | None = None
    others: tuple[Answer, ...] = ()
    """further diplomas of paper books that bear the same number"""

    @property
    def demonstration(self) -> bool:
        """Whether it is a paper without value, of invented data."""
        return self.facts is not None and self.facts.demonstration

    @property
    def candidates(self) -> tuple[Answer, ...]:
        """This answer and those of the same number: of several, the book and folio on the paper say which it is."""
        return (self, *self.others)

    @property
    def list_old(self) -> bool:
        """Whether it may have been annulled since the list was made."""
        return self.list_age_days is not None and self.list_age_days > OLD_AFTER


def check_code(text: str, lists: Sequence[TrustList], today: dt.date) -> Answer:
    """The state of a code; any text is answered, none raises. The signature is checked before anything is believed."""
    try:
        sealed = unseal(text)
    except NotReadable as unreadable:
        return Answer(CodeState.INVALID, unreadable.reason)
    known = [(trust, key) for trust in lists if (key := trust.key_of(sealed.kid)) is not None]
    if not known:
        return Answer(CodeState.UNKNOWN_KEY)
    for trust, key in known:
        if holds(sealed, key.point):
            return _judged(text, sealed, trust, key, today)
    return Answer(CodeState.INVALID, "signature")


def _judged(text: str, sealed: Sealed, trust: TrustList, key: TrustKey, today: dt.date) -> Answer:
    try:
        facts = facts_of(sealed)
    except NotReadable as unreadable:
        return Answer(CodeState.INVALID, unreadable.reason)
    state, reason = _state(facts, trust, key, today)
    return Answer(state, reason, facts, telephone_code(text), trust.age(today))


def _state(facts: SealedFacts, trust: TrustList, key: TrustKey, today: dt.date) -> tuple[CodeState, str | None]:
    """The gravest that holds comes first."""
    prefix = uid_prefix(facts.uid)
    if facts.demonstration != key.demonstration:
        return CodeState.INVALID, "demonstration"
    if facts.issuer != trust.issuer:
        return CodeState.INVALID, "issuer"
    if facts.dated < key.valid_from:
        return CodeState.INVALID, "before_key"
    if key.listed_only and prefix not in trust.listed:
        return CodeState.INVALID, "key_stolen"
    if prefix in trust.annulled:
        return CodeState.ANNULLED, None
    if prefix in trust.replaced:
        return CodeState.REPLACED, None
    if facts.dated > today:
        return CodeState.NOT_YET_VALID, None
    return CodeState.VALID, None
