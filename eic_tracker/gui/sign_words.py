"""What speaks for one person or for two, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from eic_tracker.domain.matching import CONTRADICTIONS, Sign
from eic_tracker.i18n import N_, Translator

SIGNS: Mapping[Sign, str] = {
    Sign.SAME_DOCUMENT: N_("same document"),
    Sign.SAME_NAME: N_("same name"),
    Sign.SIMILAR_NAME: N_("similar name"),
    Sign.PART_OF_NAME: N_("part of the name"),
    Sign.SAME_BIRTH_DATE: N_("same date of birth"),
    Sign.SIMILAR_BIRTH_DATE: N_("similar date of birth"),
    Sign.SAME_POLICE_NUMBER: N_("same police number"),
    Sign.SAME_PHONE: N_("same telephone"),
    Sign.SAME_UNIT: N_("same unit"),
    Sign.SIMILAR_DOCUMENT: N_("similar document number"),
    Sign.OTHER_DOCUMENT: N_("another document"),
    Sign.OTHER_BIRTH_DATE: N_("another date of birth"),
    Sign.OTHER_POLICE_NUMBER: N_("another police number"),
    Sign.OTHER_SEX: N_("another sex"),
}


def sign_words(signs: Iterable[Sign], t: Translator) -> str:
    """What speaks for it; what speaks against it stands after a "but"."""
    found = list(signs)
    speaks_for = [t(SIGNS[sign]) for sign in found if sign not in CONTRADICTIONS]
    against = [t(SIGNS[sign]) for sign in found if sign in CONTRADICTIONS]
    said = ", ".join(speaks_for)
    if not against:
        return said
    return t("{signs}; but {others}", signs=said, others=", ".join(against))
