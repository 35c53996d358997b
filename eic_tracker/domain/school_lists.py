"""The lists that a school keeps by itself, as data: which fields an item has, and what is wrong with one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from eic_tracker.i18n import N_


class ListKind(StrEnum):
    """The lists."""

    PROGRAMME = "programme"
    INSTITUTION = "institution"
    UNIT = "unit"
    RANK = "rank"
    FORCE = "force"
    DEPARTMENT = "department"
    MUNICIPALITY = "municipality"
    REASON = "ground"
    CURRICULUM = "curriculum"


class FieldKind(StrEnum):
    """What a field takes: `names` is a tuple of texts, `reference` the key of another item, `country` three letters."""

    TEXT = "text"
    CODE = "code"
    CHOICE = "choice"
    COUNTRY = "country"
    REFERENCE = "reference"
    DATE = "date"
    BOOL = "bool"
    INT = "int"
    NAMES = "names"


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """A field of a list's items; `choices` are (code, message); `fixed`: said once, when the item is added."""

    name: str
    label: str
    kind: FieldKind = FieldKind.TEXT
    required: bool = False
    fixed: bool = False
    help: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    refers_to: ListKind | None = None
    longest: int = 120


@dataclass(frozen=True, slots=True)
class ListSpec:
    """A list: its names, its fields in the order of the form, and what a name must be unique within.

    `official` lists are the State's: an administrator changes them; without `may_add` items come by another way."""

    kind: ListKind
    title: str
    one: str
    fields: tuple[FieldSpec, ...]
    unique_within: str | None = None
    small_codes: bool = False
    official: bool = False
    may_add: bool = True

    @property
    def labels(self) -> dict[str, str]:
        """The message of each field."""
        return {field.name: field.label for field in self.fields}

    def field(self, name: str) -> FieldSpec:
        """One field by its name."""
        return next(field for field in self.fields if field.name == name)


@dataclass(frozen=True, slots=True)
class ListDraft:
    """An item as a form hands it over: `id` is None for a new one; `original` is what the form started from."""

    kind: ListKind
    values: Mapping[str, object]
    id: int | None = None
    original: Mapping[str, object] | None = None


_K = FieldKind
_NAME = FieldSpec("name", N_("Name"), required=True)
_SHORT_NAME = FieldSpec(
    "code",
    N_("Abbreviation"),
    _K.CODE,
    fixed=True,
    longest=24,
    help=N_("As on letters: DPI, HNP. Left empty, one is made from the name. It stays as it is afterwards."),
)
_COUNTRY = FieldSpec("country", N_("Country"), _K.COUNTRY, required=True)
_FROM = FieldSpec("valid_from", N_("Exists since"), _K.DATE)
_TO = FieldSpec(
    "valid_to",
    N_("Ended on"),
    _K.DATE,
    help=N_("Its last day. After it, nothing new uses it; what used it keeps it."),
)
_ALIASES = FieldSpec(
    "aliases",
    N_("Also written as"),
    _K.NAMES,
    help=N_("Each way in which letters and lists write it, so that they are understood."),
)
_SOURCE = FieldSpec("source", N_("Source"), longest=400, help=N_("Where this is said: a decree, a web page."))

_PROGRAMME_KINDS = (
    ("courses", N_("Courses with people on rosters")),
    ("outreach", N_("Class groups counted by head")),
)
_INSTITUTION_KINDS = (
    ("security_force", N_("Security force")),
    ("justice", N_("Justice")),
    ("military", N_("Military")),
    ("other", N_("Other institution")),
)
_APPLIES_TO = (
    ("withdrew", N_("Left the course")),
    ("no_show", N_("Did not come")),
    ("not_completed", N_("Did not pass")),
    ("removed", N_("Taken off the roster")),
    ("absence", N_("Absent for a time")),
)
_CURRICULUM_KINDS = (
    ("elementary", N_("Primary school")),
    ("middle", N_("Middle school")),
    ("families", N_("Families")),
    ("camp", N_("Camp")),
    ("workshop", N_("Workshop")),
)

LISTS: Mapping[ListKind, ListSpec] = {
    spec.kind: spec
    for spec in (
        ListSpec(
            ListKind.PROGRAMME,
            N_("Programmes"),
            N_("programme"),
            (
                _NAME,
                _SHORT_NAME,
                FieldSpec(
                    "kind",
                    N_("How it counts people"),
                    _K.CHOICE,
                    required=True,
                    fixed=True,
                    choices=_PROGRAMME_KINDS,
                ),
                FieldSpec(
                    "covers_from",
                    N_("This file covers it from"),
                    _K.DATE,
                    help=N_("Published figures of earlier periods are not compared with the rows."),
                ),
                FieldSpec("covers_to", N_("This file covers it until"), _K.DATE),
                _TO,
            ),
        ),
        ListSpec(
            ListKind.INSTITUTION,
            N_("Institutions"),
            N_("institution"),
            (
                _NAME,
                _SHORT_NAME,
                _COUNTRY,
                FieldSpec("kind", N_("What it is"), _K.CHOICE, required=True, choices=_INSTITUTION_KINDS),
                FieldSpec(
                    "vetting_required",
                    N_("Its people need verification"),
                    _K.BOOL,
                    help=N_("Security forces need it; prosecutors and judges do not."),
                ),
                _FROM,
                _TO,
                FieldSpec("successor_id", N_("Became"), _K.REFERENCE, refers_to=ListKind.INSTITUTION),
                _ALIASES,
            ),
        ),
        ListSpec(
            ListKind.UNIT,
            N_("Units"),
            N_("unit"),
            (
                _NAME,
                _SHORT_NAME,
                FieldSpec(
                    "institution_id",
                    N_("Institution"),
                    _K.REFERENCE,
                    required=True,
                    refers_to=ListKind.INSTITUTION,
                ),
                _FROM,
                _TO,
                FieldSpec("successor_id", N_("Became"), _K.REFERENCE, refers_to=ListKind.UNIT),
                _ALIASES,
                _SOURCE,
            ),
            unique_within="institution_id",
        ),
        ListSpec(
            ListKind.RANK,
            N_("Ranks"),
            N_("rank"),
            (
                _NAME,
                FieldSpec("scale", N_("Scale")),
                FieldSpec("position", N_("Order, lowest first"), _K.INT, required=True),
                _ALIASES,
                _SOURCE,
                _TO,
            ),
            unique_within="scale",
            small_codes=True,
        ),
        ListSpec(
            ListKind.FORCE,
            N_("Forces of instructors"),
            N_("force"),
            (_NAME, _SHORT_NAME, _COUNTRY, _TO),
        ),
        ListSpec(
            ListKind.DEPARTMENT,
            N_("Departments"),
            N_("department"),
            (
                _NAME,
                FieldSpec("code", N_("Official code (2 digits)"), _K.CODE, required=True, fixed=True, longest=2),
                _TO,
            ),
            official=True,
        ),
        ListSpec(
            ListKind.MUNICIPALITY,
            N_("Municipalities"),
            N_("municipality"),
            (
                _NAME,
                FieldSpec("code", N_("Official code (4 digits)"), _K.CODE, required=True, fixed=True, longest=4),
                FieldSpec(
                    "department_id",
                    N_("Department"),
                    _K.REFERENCE,
                    required=True,
                    fixed=True,
                    refers_to=ListKind.DEPARTMENT,
                ),
                _TO,
            ),
            unique_within="department_id",
            official=True,
        ),
        ListSpec(
            ListKind.REASON,
            N_("Reasons"),
            N_("reason"),
            (
                _NAME,
                FieldSpec("applies_to", N_("When"), _K.CHOICE, required=True, fixed=True, choices=_APPLIES_TO),
                _TO,
            ),
            unique_within="applies_to",
            small_codes=True,
        ),
        ListSpec(
            ListKind.CURRICULUM,
            N_("Curricula"),
            N_("curriculum"),
            (
                _NAME,
                FieldSpec(
                    "programme_id",
                    N_("Programme"),
                    _K.REFERENCE,
                    required=True,
                    fixed=True,
                    refers_to=ListKind.PROGRAMME,
                ),
                FieldSpec("kind", N_("What it is"), _K.CHOICE, required=True, fixed=True, choices=_CURRICULUM_KINDS),
                _TO,
            ),
            unique_within="programme_id",
            may_add=False,
        ),
    )
}
"""Each list by its kind, in the order in which they are shown."""
