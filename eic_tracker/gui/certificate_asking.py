"""What the deeds of a certificate ask first: reason and authority, cause and paper, who received it, passphrase."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from eic_tracker.domain.codes import AnnulmentGround
from eic_tracker.domain.drafts import DraftProblem, date_problems
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.widgets.ask_fields import AskFields, authorisation_of, source_of
from eic_tracker.gui.widgets.editors import ChoiceEditor, DateEditor, LineEditor
from eic_tracker.gui.widgets.field_form import FormField
from eic_tracker.i18n import N_, Translator
from eic_tracker.reports.paper_words import ANNULMENT_GROUNDS
from eic_tracker.services.annulling import AnnulmentDraft
from eic_tracker.services.authorisations import authorisation_problems
from eic_tracker.services.delivering import ProxyDraft
from eic_tracker.services.letters import SourceDraft, source_problems
from eic_tracker.services.replacing import CAUSES, DuplicateDraft

_GROUNDS = (
    AnnulmentGround.ERROR,
    AnnulmentGround.CORRECTION,
    AnnulmentGround.NOT_COMPLETED,
    AnnulmentGround.FORGERY,
)
"""Why a certificate is annulled by itself; what is lost or damaged gets a duplicate."""
_NEEDED = N_("This is needed.")


def ask_annulment(number: str, around: Surroundings, parent: QWidget) -> AskFields:
    """Ground, reason and who orders it; `annulment_of` makes the draft."""
    t = around.t
    fields = [
        FormField("ground", t("Ground"), partial(_choice, _GROUNDS), required=True),
        FormField("reason", t("Reason in words"), _line, required=True),
        FormField("authorised_by", t("Ordered by: name and rank"), _line, required=True),
        FormField("post", t("Post"), _line, required=True),
        FormField("letter", t("Letter number"), _line, required=True, beside=True),
    ]
    return AskFields(
        t("Annul certificate {number}", number=number),
        [t("It will be answered as annulled wherever it is checked. Its number stays taken; this is never undone.")],
        fields,
        lambda values: (*_missing(values, "ground", "reason"), *authorisation_problems(authorisation_of(values))),
        around,
        parent,
    )


def annulment_of(number: str, values: Mapping[str, Any]) -> AnnulmentDraft:
    """The annulment that the fields say."""
    ground = AnnulmentGround(values["ground"])
    return AnnulmentDraft(number, str(values["reason"]), authorisation_of(values), ground)


def ask_duplicate(number: str, around: Surroundings, parent: QWidget) -> AskFields:
    """The cause and the paper that proves it; `duplicate_of` makes the draft."""
    t = around.t
    helped = t("Theft: the number of the report. Damage or error: the returned original. Name: the registry's paper.")
    fields = [
        FormField("cause", t("Cause"), partial(_choice, CAUSES), required=True),
        FormField("number", t("Number of the paper"), _line, helped),
        FormField("dated", t("Its date"), DateEditor),
        FormField("sender", t("Who issued it"), _line, beside=True),
    ]
    return AskFields(
        t("Duplicate of {number}", number=number),
        [t("The duplicate waits for approval; until then the first holds. Then the first is answered as replaced.")],
        fields,
        lambda values: _duplicate_problems(values, around.today),
        around,
        parent,
    )


def duplicate_of(number: str, values: Mapping[str, Any]) -> DuplicateDraft:
    """The duplicate that the fields ask for."""
    return DuplicateDraft(number, AnnulmentGround(values["cause"]), source_of(values))


def ask_delivery(number: str, around: Surroundings, parent: QWidget) -> AskFields:
    """The day, and for a proxy the name and the letter; `delivery_of` makes the draft."""
    t = around.t
    fields = [
        FormField("day", t("Handed over on"), DateEditor, required=True),
        FormField("receiver", t("Received by"), _line, t("Empty: the person, who signed on receipt.")),
        FormField("letter", t("Letter of the proxy: number"), _line, t("Only where somebody else collected it.")),
        FormField("dated", t("Its date"), DateEditor, beside=True),
    ]
    return AskFields(
        t("Certificate {number} handed over", number=number),
        (),
        fields,
        lambda values: _delivery_problems(values, around.today),
        around,
        parent,
    )


def delivery_of(number: str, values: Mapping[str, Any]) -> ProxyDraft:
    """The delivery that the fields say."""
    letter = SourceDraft(str(values["letter"]), values["dated"]) if values["letter"] else None
    return ProxyDraft(number, values["day"], str(values["receiver"] or ""), letter)


def ask_sheet(number: str, around: Surroundings, parent: QWidget) -> AskFields:
    """The serial of a sheet that was spoiled in print."""
    t = around.t
    return AskFields(
        t("Spoiled sheet of {number}", number=number),
        (),
        [FormField("serial", t("Serial number printed on the sheet"), _line, required=True)],
        lambda values: _missing(values, "serial"),
        around,
        parent,
    )


def ask_passphrase(said: Sequence[str], around: Surroundings, parent: QWidget) -> AskFields:
    """The passphrase of one's own signature; sample data need none, so there it is not asked."""
    t = around.t
    secret = FormField("passphrase", t("Passphrase"), lambda label, _around: LineEditor(label, secret=True))
    fields = [] if around.demonstration else [secret]
    return AskFields(
        t("Approve with the signature of the school"),
        said,
        fields,
        lambda values: _missing(values, *(field.name for field in fields)),
        around,
        parent,
    )


def passphrase_of(values: Mapping[str, Any]) -> str | None:
    """What was typed; None where none was asked."""
    return str(values["passphrase"]) if "passphrase" in values else None


def _line(label: str, _around: Surroundings) -> LineEditor:
    return LineEditor(label, longest=200)


def _choice(codes: Sequence[AnnulmentGround], label: str, around: Surroundings) -> ChoiceEditor:
    return ChoiceEditor(label, [(code.value, around.t(ANNULMENT_GROUNDS[code])) for code in codes], None)


def _missing(values: Mapping[str, Any], *names: str) -> tuple[DraftProblem, ...]:
    return tuple(DraftProblem(name, _NEEDED) for name in names if not str(values[name] or "").strip())


def _duplicate_problems(values: Mapping[str, Any], today: dt.date) -> tuple[DraftProblem, ...]:
    problems = (*_missing(values, "cause"), *source_problems(source_of(values), today))
    if values["cause"] == AnnulmentGround.THEFT and not str(values["number"] or "").strip():
        return (DraftProblem("number", N_("Of a theft the number of the report is needed.")), *problems)
    return problems


def _delivery_problems(values: Mapping[str, Any], today: dt.date) -> tuple[DraftProblem, ...]:
    day = values["day"]
    problems = [*_missing(values, "day"), *date_problems("day", day)]
    if isinstance(day, dt.date) and day > today:
        problems.append(DraftProblem("day", N_("A delivery is noted when it took place, not before.")))
    if values["receiver"] and not values["letter"]:
        problems.append(DraftProblem("letter", N_("Who collects for somebody else brings a letter.")))
    if values["letter"]:
        renamed = {"number": "letter"}
        letter = SourceDraft(str(values["letter"]), values["dated"])
        problems += [
            DraftProblem(renamed.get(each.field, each.field), each.message, each.values)
            for each in source_problems(letter, today)
        ]
    return tuple(problems)


def approving_words(count: int, t: Translator) -> str:
    """What approving does, before it is done."""
    said = t.plural(
        "{count} certificate gets its number and a place in the register.",
        "{count} certificates get their numbers and a place in the register.",
        count,
    )
    never = t("That is never undone; they can be annulled.")
    return f"{said} {never}"
