"""Draws certificates by their templates: what a batch shares once, what is each person's own on its page."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from eic_tracker.domain.certificate_template import Side, Template
from eic_tracker.domain.template_elements import PERSONAL, Element, ElementKind
from eic_tracker.domain.template_texts import fields_in
from eic_tracker.i18n import Translator
from eic_tracker.reports.pdf import fonts
from eic_tracker.reports.pdf.formal import draw_demonstration
from eic_tracker.reports.template_drawing import Drawing, draw_element
from eic_tracker.reports.template_fields import Filled


class SheetOrder(StrEnum):
    """In which order sides leave the printer."""

    DUPLEX = "duplex"
    """face, reverse, face, reverse"""
    FACES_FIRST = "faces_first"
    """all faces, then all reverses"""


@dataclass(frozen=True, slots=True)
class PrintOptions:
    """How sheets are printed: `background` off leaves out what pre-printed paper has; offsets in millimetres."""

    background: bool = True
    right_mm: float = 0.0
    down_mm: float = 0.0
    order: SheetOrder = SheetOrder.DUPLEX


@dataclass(frozen=True, slots=True)
class Sheet:
    """A certificate and the template that prints it."""

    template: Template
    filled: Filled


@dataclass(frozen=True, slots=True)
class DocumentWords:
    """What a PDF says of itself: title, author and subject."""

    title: str
    author: str
    subject: str


@dataclass(frozen=True, slots=True)
class _Plan:
    """A side of a template: what is the same for many and on which fields that hangs, and what is not."""

    shared: tuple[Element, ...]
    own: tuple[Element, ...]
    fields: tuple[str, ...]


def sheets_pdf(
    sheets: Sequence[Sheet],
    images: Mapping[str, bytes],
    words: DocumentWords,
    t: Translator,
    options: PrintOptions | None = None,
) -> bytes:
    """All sheets as one PDF in the given order; equal input gives equal bytes.

    `images` holds the pictures of the templates by their digest. UserError where a QR would be printed too small."""
    fonts.register()
    options = options or PrintOptions()
    target = io.BytesIO()
    canvas = Canvas(
        target, invariant=1, pageCompression=1, lang=t.language.value, initialFontName=fonts.FORMAL
    )  # fmt: skip
    canvas.setTitle(words.title)
    canvas.setAuthor(words.author)
    canvas.setSubject(words.subject)
    canvas.setCreator("EIC Tracker")
    _draw_sides(canvas, sheets, images, options)
    canvas.save()
    return target.getvalue()


def _draw_sides(canvas: Canvas, sheets: Sequence[Sheet], images: Mapping[str, bytes], options: PrintOptions) -> None:
    templates = {id(each.template): each.template for each in sheets}
    plans = {(key, side): _plan(each, side, options) for key, each in templates.items() for side in Side}
    drawings = {key: Drawing(canvas, each, images) for key, each in templates.items()}
    two_sided = any(each.template.reverse for each in sheets)
    sides = (Side.FACE, Side.REVERSE) if two_sided else (Side.FACE,)
    if options.order is SheetOrder.DUPLEX:
        pages = [(each, side) for each in sheets for side in sides]
    else:
        pages = [(each, side) for side in sides for each in sheets]
    forms: dict[tuple[object, ...], str] = {}
    for sheet, side in pages:
        width, height = (length * mm for length in sheet.template.size)
        canvas.setPageSize((width, height))
        canvas.translate(options.right_mm * mm, -options.down_mm * mm)
        plan, filled = plans[id(sheet.template), side], sheet.filled
        values = tuple(filled.values.get(name, "") for name in plan.fields)
        key = (id(sheet.template), side, values, filled.signatories, filled.modules, filled.demonstration)
        drawing = drawings[id(sheet.template)]
        if key not in forms:
            forms[key] = f"side{len(forms)}"
            canvas.beginForm(forms[key], 0, 0, width, height)
            if filled.demonstration:
                draw_demonstration(canvas, width, height, drawing.t)
            for element in plan.shared:
                draw_element(drawing, element, filled)
            canvas.endForm()
        canvas.doForm(forms[key])
        for element in plan.own:
            draw_element(drawing, element, filled)
        canvas.showPage()


def _plan(template: Template, side: Side, options: PrintOptions) -> _Plan:
    elements = [each for each in template.side(side) if options.background or not each.preprinted]
    own = tuple(each for each in elements if is_personal(each))
    shared = tuple(each for each in elements if not is_personal(each))
    names = sorted({name for each in shared for name in fields_in(each.text)})
    return _Plan(shared, own, tuple(names))


def is_personal(element: Element) -> bool:
    """Whether an element differs from one certificate of a batch to the next."""
    if element.kind is ElementKind.QR or (element.kind is ElementKind.TABLE and element.rows == "courses"):
        return True
    return not fields_in(element.text).isdisjoint(PERSONAL | {"g"})
