"""The items of an audit sample, with the proofs that the file holds of each."""

from __future__ import annotations

from collections.abc import Callable

from eic_tracker.domain.sampling import Outcome
from eic_tracker.gui.grids.cells import text
from eic_tracker.gui.models.columns import Column
from eic_tracker.gui.theme import Tone
from eic_tracker.i18n import N_, Translator
from eic_tracker.queries.audit_samples import SampleItem
from eic_tracker.reports.sample_words import OUTCOMES, proofs_of

_TONES = {Outcome.SUPPORTED: Tone.OK, Outcome.PARTLY: Tone.WARNING, Outcome.UNSUPPORTED: Tone.ERROR}


def _proof(place: int) -> Callable[[SampleItem, Translator], str]:
    return lambda item, t: proofs_of(item, t)[place]


def _outcome(item: SampleItem, t: Translator) -> str:
    return t(OUTCOMES[item.outcome]) if item.outcome is not None else t("not checked")


ITEMS = (
    Column("position", N_("No."), lambda item, _t: str(item.position), width=4, number=True),
    Column("name", N_("Name"), text("name"), width=26, stretch=True),
    Column("document", N_("Identity no."), text("document"), width=15, identity=True, spare=True),
    Column("offering", N_("Course"), text("offering"), width=9),
    Column(
        "outcome",
        N_("Outcome"),
        _outcome,
        width=18,
        tone=lambda item: _TONES.get(item.outcome, Tone.PLAIN),
    ),
    Column("letter", N_("Letter"), _proof(0), width=14),
    Column("vetting", N_("Verification"), _proof(1), width=12, spare=True),
    Column("attendance", N_("Attendance"), _proof(2), width=20, stretch=True, spare=True),
    Column("act", N_("Act of grades"), _proof(3), width=14, spare=True),
    Column("certificate", N_("Certificate, register"), _proof(4), width=22, stretch=True, spare=True),
    Column("delivered", N_("Delivered"), _proof(5), width=11, spare=True),
)
