"""What may stand on a certificate: kinds of elements, their properties with bounds, the fields of texts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from eic_tracker.i18n import N_

LEAST_SHRUNK = 0.7
"""Of its size, to which a text may shrink; what needs less is told before a number is taken."""
LONGEST_TEXT = 2_000
LONGEST_NAME = 80


class ElementKind(StrEnum):
    """What an element draws."""

    TEXT = "text"
    IMAGE = "image"
    LINE = "line"
    BOX = "box"
    QR = "qr"
    SIGNATURE = "signature"
    SEAL = "seal"
    TABLE = "table"


class PropertyKind(StrEnum):
    """How a property is written and asked for."""

    MILLIMETRES = "millimetres"
    POINTS = "points"
    WHOLE = "whole"
    TEXT = "text"
    COLOUR = "colour"
    CHOICE = "choice"
    BOOL = "bool"
    IMAGE = "image"


@dataclass(frozen=True, slots=True)
class Element:
    """One thing on a side of the sheet: its box in millimetres from the left and upper edge, and what its kind needs.

    What the kind does not need keeps its default and is not written."""

    kind: ElementKind
    x: float
    y: float
    width: float
    height: float = 0.0
    text: str = ""
    face: str = "formal"
    size: float = 12.0
    colour: str = "#1c1c1c"
    align: str = "center"
    anchor: str = "middle"
    fit: str = "wrap"
    spacing: float = 0.0
    thickness: float = 0.3
    image: str = ""
    """the SHA-256 of the picture; empty: an empty frame"""
    which: int = 0
    """the signatory from 1; 0: all of them side by side"""
    rows: str = "modules"
    preprinted: bool = False
    """stands on pre-printed paper already, so it is left out there"""


@dataclass(frozen=True, slots=True)
class Property:
    """A property of elements as files and forms hold it; bounds are included."""

    name: str
    label: str
    kind: PropertyKind
    least: float = 0
    most: float = 0
    choices: tuple[tuple[str, str], ...] = ()


FACES = (
    ("formal", N_("Book letter")),
    ("formal_bold", N_("Book letter, bold")),
    ("formal_italic", N_("Book letter, italic")),
    ("text", N_("Plain letter")),
    ("text_bold", N_("Plain letter, bold")),
    ("text_italic", N_("Plain letter, italic")),
)
_ALIGNS = (
    ("left", N_("Left")),
    ("center", N_("Centred")),
    ("right", N_("Right")),
    ("justify", N_("On both sides")),
)
_ANCHORS = (("top", N_("At the top")), ("middle", N_("In the middle")), ("bottom", N_("At the bottom")))
_FITS = (("shrink", N_("Shrink, then break")), ("wrap", N_("Break into lines")))
_ROWS = (("modules", N_("Modules of the course")), ("courses", N_("Courses of the person")))
_K = PropertyKind

PROPERTIES: Mapping[str, Property] = {
    each.name: each
    for each in (
        Property("text", N_("Text"), _K.TEXT, most=LONGEST_TEXT),
        Property("x", N_("From the left (mm)"), _K.MILLIMETRES, 0, 400),
        Property("y", N_("From the top (mm)"), _K.MILLIMETRES, 0, 400),
        Property("width", N_("Width (mm)"), _K.MILLIMETRES, 0, 400),
        Property("height", N_("Height (mm)"), _K.MILLIMETRES, 0, 400),
        Property("face", N_("Typeface"), _K.CHOICE, choices=FACES),
        Property("size", N_("Size (points)"), _K.POINTS, 5, 120),
        Property("colour", N_("Colour"), _K.COLOUR),
        Property("align", N_("Alignment"), _K.CHOICE, choices=_ALIGNS),
        Property("anchor", N_("Height in its box"), _K.CHOICE, choices=_ANCHORS),
        Property("fit", N_("When it is too long"), _K.CHOICE, choices=_FITS),
        Property("spacing", N_("Letter spacing (points)"), _K.POINTS, 0, 20),
        Property("thickness", N_("Thickness (mm)"), _K.MILLIMETRES, 0.05, 5),
        Property("image", N_("Picture"), _K.IMAGE),
        Property("which", N_("Signatory (0: all)"), _K.WHOLE, 0, 3),
        Property("rows", N_("Rows"), _K.CHOICE, choices=_ROWS),
        Property("preprinted", N_("Stands on pre-printed paper already"), _K.BOOL),
    )
}

_PLACE = ("x", "y", "width", "height")
_LETTER = ("face", "size", "colour")

PROPERTIES_OF: Mapping[ElementKind, tuple[str, ...]] = {
    ElementKind.TEXT: ("text", *_PLACE, *_LETTER, "align", "anchor", "fit", "spacing", "preprinted"),
    ElementKind.IMAGE: ("image", *_PLACE, "preprinted"),
    ElementKind.LINE: (*_PLACE, "thickness", "colour", "preprinted"),
    ElementKind.BOX: ("text", *_PLACE, *_LETTER, "thickness", "preprinted"),
    ElementKind.QR: ("x", "y", "width"),
    ElementKind.SIGNATURE: ("which", *_PLACE, "size", "colour"),
    ElementKind.SEAL: ("text", "x", "y", "width", "preprinted"),
    ElementKind.TABLE: ("rows", *_PLACE, "size", "colour"),
}
"""What is asked of each kind, in the order of its form."""

KIND_LABELS: Mapping[ElementKind, str] = {
    ElementKind.TEXT: N_("Text"),
    ElementKind.IMAGE: N_("Picture"),
    ElementKind.LINE: N_("Line"),
    ElementKind.BOX: N_("Box"),
    ElementKind.QR: N_("QR"),
    ElementKind.SIGNATURE: N_("Signature"),
    ElementKind.SEAL: N_("Room for the seal"),
    ElementKind.TABLE: N_("Table"),
}

FIELDS: Mapping[str, str] = {
    "rank": N_("rank"),
    "name": N_("name"),
    "document": N_("document with its number"),
    "institution": N_("institution"),
    "unit": N_("unit"),
    "course": N_("course"),
    "offering": N_("code of the course, as 116-2018"),
    "programme": N_("programme"),
    "hours": N_("hours in figures"),
    "hours_in_words": N_("hours in figures and words"),
    "dates": N_("first to last day in words"),
    "course_place": N_("place of the course"),
    "grade": N_("grade in figures"),
    "grade_in_words": N_("grade in words"),
    "place": N_("city in which it is given"),
    "day": N_("day on which it is given, in figures"),
    "day_in_words": N_("day on which it is given, in words"),
    "number": N_("number of the certificate"),
    "book": N_("book"),
    "folio": N_("folio"),
    "entry": N_("entry on the folio"),
    "registered_on": N_("day of the entry in the register"),
    "act": N_("act"),
    "reference": N_("small print of the office"),
    "duplicate_of": N_("number of the first, on a duplicate"),
    "telephone_code": N_("code to be told by telephone"),
    "address": N_("address at which it is checked"),
    "purpose": N_("what it is asked for"),
    "asked_by": N_("who asked for it"),
    "valid_to": N_("last day on which it is valid"),
    "school": N_("name of the school"),
    "letterhead": N_("lines of the letterhead above the school"),
    **{
        f"signatory_{place}_{part}": label
        for place in (1, 2, 3)
        for part, label in (
            ("rank", N_("rank of a signatory")),
            ("name", N_("name of a signatory")),
            ("post", N_("post of a signatory")),
        )
    },
    "curriculum": N_("component (G.R.E.A.T.)"),
    "group": N_("grade and section (G.R.E.A.T.)"),
    "pupils_school": N_("school (G.R.E.A.T.)"),
    "school_year": N_("school year (G.R.E.A.T.)"),
}
"""What may stand in braces in a text, and what it prints."""

PERSONAL = frozenset(
    {
        *("rank", "name", "document", "institution", "unit", "grade", "grade_in_words", "number", "book", "folio"),
        *("entry", "registered_on", "duplicate_of", "telephone_code", "purpose", "asked_by", "valid_to"),
    }
)
"""Fields that differ from one certificate of a batch to the next; all else is drawn once."""
