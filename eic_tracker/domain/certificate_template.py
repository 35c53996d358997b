"""What a certificate looks like, as data that the school edits: read strictly from JSON, written canonically."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from eic_tracker.domain.codes import TemplateKind
from eic_tracker.domain.drafts import Marked, worded
from eic_tracker.domain.paper_codes import canonical_text
from eic_tracker.domain.template_elements import (
    KIND_LABELS,
    LONGEST_NAME,
    PROPERTIES,
    PROPERTIES_OF,
    Element,
    ElementKind,
    Property,
    PropertyKind,
)
from eic_tracker.domain.template_texts import unknown_fields
from eic_tracker.errors import UserError
from eic_tracker.i18n import N_, Language, Translator

FORMAT = "eic-tracker-template"
MOST_ELEMENTS = 120
"""on one side"""
MOST_PICTURES = 12
PAPERS: Mapping[str, tuple[float, float]] = {
    "letter": (215.9, 279.4),
    "oficio": (215.9, 330.2),
    "legal": (215.9, 355.6),
    "a4": (210.0, 297.0),
}
"""Width and height in millimetres, upright: Carta 8.5×11, Oficio 8.5×13, Legal 8.5×14, A4."""
_SLACK = 0.05
"""Millimetres by which a box may pass the edge, from rounding."""


TEMPLATE_KINDS: Mapping[TemplateKind, str] = {
    TemplateKind.DIPLOMA: N_("Diploma"),
    TemplateKind.PARTICIPATION: N_("Certificate of participation"),
    TemplateKind.STATEMENT: N_("Statement of study"),
    TemplateKind.TRANSCRIPT: N_("Transcript"),
    TemplateKind.INSTRUCTOR: N_("Instructor's certificate"),
    TemplateKind.PUPIL: N_("Pupil's certificate"),
}


class Side(StrEnum):
    """A side of the sheet."""

    FACE = "face"
    REVERSE = "reverse"


_SIDES = {Side.FACE: Marked(N_("face")), Side.REVERSE: Marked(N_("reverse"))}


class TemplateProblem(UserError):
    """What is wrong with a template, and where: side and kind of element are told in the reader's language."""

    def text(self, t: Translator) -> str:
        """The sentence in the language of `t`."""
        return t(self.message, **worded(self.values, t))


@dataclass(frozen=True, slots=True)
class Template:
    """A sheet with what stands on both sides, in the order in which it is drawn."""

    kind: TemplateKind
    name: str
    language: Language
    paper: str
    landscape: bool
    face: tuple[Element, ...]
    reverse: tuple[Element, ...] = ()

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the sheet in millimetres."""
        width, height = PAPERS[self.paper]
        return (height, width) if self.landscape else (width, height)

    def side(self, side: Side) -> tuple[Element, ...]:
        """The elements of a side."""
        return self.face if side is Side.FACE else self.reverse


def template_text(template: Template) -> str:
    """The template as canonical JSON: what is kept, frozen and digested."""
    return canonical_text(
        {
            "format": FORMAT,
            "kind": template.kind.value,
            "name": template.name,
            "language": template.language.value,
            "paper": template.paper,
            "landscape": template.landscape,
            "face": [element_values(each) for each in template.face],
            "reverse": [element_values(each) for each in template.reverse],
        }
    )


def element_values(element: Element) -> dict[str, object]:
    """An element as plain values: its kind and the properties of that kind."""
    values = {name: getattr(element, name) for name in PROPERTIES_OF[element.kind]}
    return {"kind": element.kind.value, **values}


def read_template(text: str) -> Template:
    """The template that a text holds; UserError with the first thing that is wrong with it, and where."""
    return template_of(plain_data(text))


def template_of(said: object) -> Template:
    """The template that plain data says; UserError as `read_template`."""
    if not isinstance(said, dict) or said.get("format") != FORMAT:
        raise UserError(N_("This is no template of certificates."))
    _refuse_unknown_keys(said)
    template = Template(
        kind=_code(said, "kind", TemplateKind),
        name=_name(said.get("name")),
        language=_code(said, "language", Language),
        paper=str(said.get("paper")),
        landscape=said.get("landscape") is True,
        face=(),
    )
    if template.paper not in PAPERS or not isinstance(said.get("landscape"), bool):
        raise UserError(N_("The template does not say its paper: letter, oficio, legal or a4, landscape or not."))
    face, reverse = (_elements(said.get(side.value, []), side, template) for side in (Side.FACE, Side.REVERSE))
    return replace(template, face=face, reverse=reverse)


def read_element(said: object, side: Side, place: int, size: tuple[float, float]) -> Element:
    """One element, `place` counted from 1 on its side of a sheet of that size in millimetres; UserError as above."""
    where: dict[str, object] = {"place": place, "side": _SIDES[side]}
    if not isinstance(said, dict) or said.get("kind") not in tuple(ElementKind):
        raise _wrong(N_("Element {place} of the {side} is of no known kind."), where)
    kind = ElementKind(said["kind"])
    where["what"] = Marked(KIND_LABELS[kind])
    names = PROPERTIES_OF[kind]
    for name in said:
        if name not in ("kind", *names):
            raise _wrong(
                N_("Element {place} of the {side} ({what}): “{name}” is no property of it."), where, name=str(name)[:40]
            )
    values: dict[str, Any] = {}
    for name in names:
        if name in said:
            values[name] = _property(said[name], PROPERTIES[name], where)
        elif name in ("x", "y", "width"):
            raise _wrong(N_("Element {place} of the {side} ({what}) does not say “{name}”."), where, name=name)
    element = Element(kind=kind, **values)
    _refuse_strange_fields(element, where)
    _refuse_off_page(element, size, where)
    return element


def extent(element: Element) -> tuple[float, float]:
    """Width and height of the box that an element takes, in millimetres."""
    square = element.kind in (ElementKind.QR, ElementKind.SEAL)
    return element.width, element.width if square else element.height


def images_of(template: Template) -> tuple[str, ...]:
    """The digests of the pictures that a template shows, each once."""
    return tuple(dict.fromkeys(each.image for each in (*template.face, *template.reverse) if each.image))


def plain_data(text: str) -> object:
    """What JSON says, read strictly: no name twice, no endless number or nesting; UserError for anything else."""

    def once(pairs: list[tuple[str, object]]) -> dict[str, object]:
        if len({name for name, _ in pairs}) != len(pairs):
            raise ValueError("a name twice")
        return dict(pairs)

    def no_number(_: str) -> object:
        raise ValueError("no number")

    try:
        return json.loads(text, object_pairs_hook=once, parse_constant=no_number)
    except (ValueError, RecursionError) as error:
        raise UserError(N_("This is no template of certificates.")) from error


def _refuse_unknown_keys(said: Mapping[str, object]) -> None:
    known = {"format", "kind", "name", "language", "paper", "landscape", "face", "reverse"}
    for name in said:
        if name not in known:
            raise UserError(N_("A template has no “{name}”."), name=str(name)[:40])


def _code(said: Mapping[str, object], name: str, codes: Any) -> Any:
    value = said.get(name)
    if value not in tuple(each.value for each in codes):
        raise UserError(
            N_("“{value}” is no {name} of a template; known are: {known}."),
            value=str(value)[:40],
            name=name,
            known=", ".join(each.value for each in codes),
        )
    return codes(value)


def _name(value: object) -> str:
    if not isinstance(value, str) or not value.strip() or len(value) > LONGEST_NAME or not value.isprintable():
        raise UserError(N_("Give the template a name of at most {most} letters."), most=LONGEST_NAME)
    return value.strip()


def _elements(said: object, side: Side, template: Template) -> tuple[Element, ...]:
    if not isinstance(said, Sequence) or isinstance(said, str) or len(said) > MOST_ELEMENTS:
        raise TemplateProblem(
            N_("The {side} of the template is no list of at most {most} elements."),
            side=_SIDES[side],
            most=MOST_ELEMENTS,
        )
    return tuple(read_element(each, side, place, template.size) for place, each in enumerate(said, 1))


_COLOUR = re.compile(r"#[0-9a-f]{6}")
_DIGEST = re.compile(r"[0-9a-f]{64}|")


def _property(value: object, spec: Property, where: Mapping[str, object]) -> object:
    kind = spec.kind
    if kind in (PropertyKind.MILLIMETRES, PropertyKind.POINTS, PropertyKind.WHOLE):
        return _measure(value, spec, where)
    if kind is PropertyKind.BOOL:
        fits = isinstance(value, bool)
    elif kind is PropertyKind.CHOICE:
        fits = value in dict(spec.choices)
    elif kind is PropertyKind.COLOUR:
        fits = isinstance(value, str) and _COLOUR.fullmatch(value) is not None
    elif kind is PropertyKind.IMAGE:
        fits = isinstance(value, str) and _DIGEST.fullmatch(value) is not None
    else:
        fits = isinstance(value, str) and len(value) <= spec.most and value.replace("\n", "").isprintable()
    if not fits:
        raise _wrong(
            N_("Element {place} of the {side} ({what}): “{value}” cannot be its “{name}”."),
            where,
            value=str(value)[:40],
            name=spec.name,
        )
    return value


def _measure(value: object, spec: Property, where: Mapping[str, object]) -> float | int:
    number = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
    whole = spec.kind is not PropertyKind.WHOLE or isinstance(value, int)
    if not number or not whole or not spec.least <= float(str(value)) <= spec.most:
        raise _wrong(
            N_("Element {place} of the {side} ({what}): “{name}” is {value}; it must lie from {least} to {most}."),
            where,
            name=spec.name,
            value=str(value)[:40],
            least=f"{spec.least:g}",
            most=f"{spec.most:g}",
        )
    return int(str(value)) if spec.kind is PropertyKind.WHOLE else round(float(str(value)), 2)


def _refuse_strange_fields(element: Element, where: Mapping[str, object]) -> None:
    strange = unknown_fields(element.text)
    if strange:
        raise _wrong(
            N_(
                "Element {place} of the {side} ({what}): there is no field “{name}”."
                " Choose one of the list of fields; braces and brackets stand in pairs."
            ),
            where,
            name=strange[0][:40],
        )


def _refuse_off_page(element: Element, size: tuple[float, float], where: Mapping[str, object]) -> None:
    width, height = extent(element)
    for start, length, room in ((element.x, width, size[0]), (element.y, height, size[1])):
        if start + length > room + _SLACK:
            raise _wrong(
                N_(
                    "Element {place} of the {side} ({what}) leaves the sheet: it ends at {end} mm of {room} mm."
                    " Move it or make it smaller."
                ),
                where,
                end=f"{start + length:g}",
                room=f"{room:g}",
            )


def _wrong(message: str, where: Mapping[str, object], **values: object) -> TemplateProblem:
    return TemplateProblem(message, **where, **values)


def on_paper(template: Template, paper: str) -> Template:
    """The same template on another paper: boxes keep their share of the sheet, squares their size."""
    other = replace(template, paper=paper)
    across, down = (new / old for new, old in zip(other.size, template.size, strict=True))

    def moved(element: Element) -> Element:
        square = element.kind in (ElementKind.QR, ElementKind.SEAL)
        width = element.width if square else element.width * across
        room = element.width if square else element.height
        height = element.height if square else element.height * down
        return replace(
            element,
            x=round(min(element.x * across, other.size[0] - width), 2),
            y=round(min(element.y * down, other.size[1] - (room if square else height)), 2),
            width=round(width, 2),
            height=round(height, 2),
        )

    return replace(other, face=tuple(map(moved, template.face)), reverse=tuple(map(moved, template.reverse)))
