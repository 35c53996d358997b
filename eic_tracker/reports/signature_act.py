"""The act by which a school's signature changes hands: its words, to be printed, signed and kept."""

from __future__ import annotations

import datetime as dt

from eic_tracker.domain.words import day_in_words
from eic_tracker.i18n import Translator
from eic_tracker.queries.report_data import SchoolIdentity
from eic_tracker.queries.signing_keys import SignatureRow


def hand_over_text(
    *,
    school: SchoolIdentity,
    day: dt.date,
    former: SignatureRow,
    holder: str,
    fingerprint: str,
    order: str,
    post: str,
    letter: str,
    t: Translator,
) -> str:
    """The act as paragraphs, one on a line, with lines for two signatures."""
    place = school.place or "____________"
    facts = {"former": former.holder, "holder": holder, "count": t.number(former.certificates)}
    return "\n".join(
        (
            *school.letterhead,
            "",
            t("ACT OF HANDING OVER THE SIGNATURE OF THE SCHOOL"),
            "",
            t("In {place}, {day}.", place=place, day=day_in_words(day, t.language)),
            t(
                "{former} hands over to {holder} the signing of certificates of this school. From today on the "
                "signature of {former} signs no more; the {count} certificates that it signed hold.",
                **facts,
            ),
            t("Ordered by {order}, {post}, {letter}.", order=order, post=post, letter=letter),
            t("Code of the signature that ends: {code}", code=former.fingerprint),
            t("Code of the signature that begins: {code}", code=fingerprint),
            "",
            f"______________________  {former.holder}",
            "",
            f"______________________  {holder}",
        )
    )
