"""Two records of a person in words, field by field, with what else each of them has."""

from __future__ import annotations

from dataclasses import dataclass

from eic_tracker.gui.code_words import DOCUMENT_KINDS, PERSON_STATES
from eic_tracker.i18n import N_, Translator
from eic_tracker.queries.countries import country_name
from eic_tracker.reports.rollup.words import ONE_ADULT
from eic_tracker.services.merging import MergePreview
from eic_tracker.services.profiles import PersonProfile

_MOST_COURSES = 4
_TITLES = {
    "given_names": N_("Given names"),
    "surnames": N_("Surnames"),
    "sex": N_("Sex"),
    "document": N_("Identity document"),
    "police_number": N_("Police no."),
    "birth_date": N_("Date of birth"),
    "birth_place": N_("Place of birth"),
    "phone": N_("Telephone"),
    "state": N_("State"),
}


@dataclass(frozen=True, slots=True)
class SideRow:
    """A field of both; `take` where the value of the record that goes is to stand. What both keep has no field."""

    field: str
    title: str
    kept: str
    gone: str
    take: bool = False

    @property
    def differs(self) -> bool:
        """Whether there is something to choose."""
        return bool(self.field) and self.kept != self.gone

    def stands(self, t: Translator) -> str:
        """What will stand afterwards."""
        if not self.field:
            return t("both")
        if not self.differs:
            return t("the same")
        return t("→ right") if self.take else t("← left")


def side_rows(kept: PersonProfile, gone: PersonProfile, preview: MergePreview, t: Translator) -> list[SideRow]:
    """The fields with what is proposed, then courses, certificates, checks and further documents."""
    mine, theirs = _said(kept, t), _said(gone, t)
    rows = [
        SideRow(choice.field, t(_TITLES[choice.field]), mine[choice.field], theirs[choice.field], choice.take)
        for choice in preview.fields
    ]
    others = zip(_others(kept, t), _others(gone, t), strict=True)
    return [*rows, *(SideRow("", title, left, right) for (title, left), (_, right) in others if left or right)]


def _said(profile: PersonProfile, t: Translator) -> dict[str, str]:
    row, facts = profile.row, profile.facts
    kind = t(DOCUMENT_KINDS.get(row.document_kind or "", DOCUMENT_KINDS["other"]))
    country = country_name(row.document_country, t.language) if row.document_country else ""
    born_in = country_name(facts.birth_country, t.language) if facts.birth_country else ""
    since = t("since {date}", date=t.date(facts.state_since)) if facts.state_since else ""
    return {
        "given_names": row.given_names,
        "surnames": row.surnames,
        "sex": t(ONE_ADULT[row.sex]),
        "document": " · ".join(filter(None, [row.document, kind, country])) if row.document else "",
        "police_number": row.police_number or "",
        "birth_date": t.date(facts.birth_date) if facts.birth_date else "",
        "birth_place": ", ".join(filter(None, [facts.birth_place, facts.birth_municipality, born_in])),
        "phone": facts.phone or "",
        "state": " ".join(filter(None, [t(PERSON_STATES[row.state][0]), since])),
    }


def _others(profile: PersonProfile, t: Translator) -> list[tuple[str, str]]:
    codes = [each.offering for each in profile.enrolments]
    more = "" if len(codes) <= _MOST_COURSES else " …"
    courses = f"{t.number(len(codes))}: {', '.join(codes[:_MOST_COURSES])}{more}" if codes else ""
    certificates = [each.number or t("no number yet") for each in profile.certificates]
    checks = [t.date(each.answered_on) for each in profile.vetting or () if each.answered_on]
    served = next((each for each in profile.enrolments if each.unit or each.institution), None)
    return [
        (t("Last unit"), "" if served is None else served.unit or served.institution or ""),
        (t("Courses taken"), courses),
        (t("Certificates"), ", ".join(certificates[:_MOST_COURSES])),
        (t("Verification"), ", ".join(checks)),
        (t("Further documents"), ", ".join(each.number or "" for each in profile.documents if not each.current)),
        (t("Letters"), ", ".join(dict.fromkeys(filter(None, (each.number for each in profile.origins))))),
    ]
