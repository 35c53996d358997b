"""What checking a certificate answers, in words."""

from __future__ import annotations

from eic_tracker.domain.verifying import Answer, CodeState
from eic_tracker.i18n import N_, Translator

STATES = {
    CodeState.VALID: N_("valid"),
    CodeState.NOT_YET_VALID: N_("not yet valid: its ceremony is still to come"),
    CodeState.ANNULLED: N_("annulled"),
    CodeState.REPLACED: N_("replaced by a duplicate"),
    CodeState.PAPER_BOOK: N_("registered in the paper book, compare the folio"),
    CodeState.UNKNOWN_KEY: N_("signed by a school that is not known here"),
    CodeState.INVALID: N_("not valid: damaged or forged"),
}
NEXT_STEPS = {
    CodeState.VALID: N_("Compare name, course and date with the paper: only what stands here was signed."),
    CodeState.NOT_YET_VALID: N_("It was signed for a ceremony. Check it again on that day."),
    CodeState.ANNULLED: N_("It was issued and annulled later: it is worth nothing. Ask the school why."),
    CodeState.REPLACED: N_("Its holder has a newer one. Ask for that."),
    CodeState.PAPER_BOOK: N_("It has no signed code. Compare the paper with the page of the book."),
    CodeState.UNKNOWN_KEY: N_("Take in the list of that school, or ask the school by telephone."),
    CodeState.INVALID: N_("Read it again from a better picture. If it stays so, tell the school."),
}
_REASONS = {
    "not_found": N_("No certificate of this file has that number or code."),
    "not_signed": N_("That certificate waits for approval, or was never signed."),
    "key_stolen": N_("It was signed with a stolen signature, and the school does not list it."),
}


def state_words(answer: Answer, t: Translator) -> str:
    """The state in words, with what stands beside it."""
    return "; ".join(filter(None, (t(STATES[answer.state]), beside_words(answer, t))))


def beside_words(answer: Answer, t: Translator) -> str:
    """What stands beside the state: a demonstration, an old list; else nothing."""
    words = []
    if answer.demonstration:
        words.append(t("DEMONSTRATION, without value"))
    if answer.list_old and answer.list_age_days is not None:
        words.append(t("by a list that is {days} days old: it may have been annulled since", days=answer.list_age_days))
    return "; ".join(words)


def next_words(answer: Answer, t: Translator) -> str:
    """What to do now."""
    if answer.others:
        return t("Several paper books bear this number: ask for book and folio, and compare the paper with that page.")
    reason = _REASONS.get(answer.reason or "")
    return t(reason) if reason is not None else t(NEXT_STEPS[answer.state])
