"""Draws certificates by their templates: what a batch shares once, what is each person's own on its page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from eic_tracker.domain.certificate_template import Side, Template
from eic_tracker.domain.template_elements import PERSONAL, Element, ElementKind
from eic_tracker.domain.template_texts import fields_in
from eic_tracker.i18n import Translator
from eic_tracker.reports.pdf import fonts
from eic_tracker.reports.pdf.formal import draw_demonstration, draw_watermark
from eic_tracker.reports.template_drawing import Drawing, draw_element
from eic_tracker.reports.template_fields import Filled


class SheetOrder(StrEnum):
    """In which order sides leave the printer."""

    DUPLEX = "duplex"
    """face, reverse, face, reverse"""
    FACES_FIRST = "faces_first"
    """all faces, then all reverses"""


class Edge(StrEnum):
    """Over which edge the printer turns a sheet."""

    BOOK = "book"
    """the left one, as pages of a book: both sides stand upright"""
    CALENDAR = "calendar"
    """the upper one, as a calendar on a wall: the reverse is printed upside down, so that it stands upright on paper"""


@dataclass(frozen=True, slots=True)
class PrintOptions:
    """How sheets are printed: `background` off leaves out what pre-printed paper has; offsets in millimetres."""

    background: bool = True
    right_mm: float = 0.0
    down_mm: float = 0.0
    order: SheetOrder = SheetOrder.DUPLEX
    edge: Edge = Edge.BOOK


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
    templates: Sequence[Template],
    filled: Callable[[int], Filled],
    images: Mapping[str, bytes],
    words: DocumentWords,
    t: Translator,
    options: PrintOptions | None = None,
) -> bytes:
    """A sheet for each template in their order, with what `filled` says for its place from 0; equal input, equal bytes.

    It is asked sheet by sheet, so that many thousands need little room. `images` holds the pictures of the templates by
    their digest. UserError where a QR would be printed too small."""
    fonts.register()
    options = options or PrintOptions()
    canvas = Canvas("", invariant=1, pageCompression=1, lang=t.language.value, initialFontName=fonts.FORMAL)
    canvas.setTitle(words.title)
    canvas.setAuthor(words.author)
    canvas.setSubject(words.subject)
    canvas.setCreator("EIC Tracker")
    drawers: dict[int, _Drawer] = {}
    last: tuple[int, Filled] | None = None
    for place, side in _pages(templates, options.order):
        template = templates[place]
        if id(template) not in drawers:
            drawers[id(template)] = _Drawer(canvas, template, images, options, f"template{len(drawers)}")
        if last is None or last[0] != place:
            last = (place, filled(place))
        drawers[id(template)].draw(side, last[1])
    # written without a file between: all graduates since 2011 in one PDF would be held twice more
    content: bytes = canvas.getpdfdata()
    return content


def _pages(templates: Sequence[Template], order: SheetOrder) -> Iterator[tuple[int, Side]]:
    """Place of a template and side, page by page; where one has a reverse, all have, so that sheets stay together."""
    sides = (Side.FACE, Side.REVERSE) if any(each.reverse for each in templates) else (Side.FACE,)
    places = range(len(templates))
    if order is SheetOrder.DUPLEX:
        yield from ((place, side) for place in places for side in sides)
    else:
        yield from ((place, side) for side in sides for place in places)


class _Drawer:
    """Draws the sides of one template; what they share is drawn when it is first met."""

    def __init__(
        self, canvas: Canvas, template: Template, images: Mapping[str, bytes], options: PrintOptions, mark: str
    ) -> None:
        self._canvas = canvas
        self._options = options
        self._size = (template.size[0] * mm, template.size[1] * mm)
        self._drawing = Drawing(canvas, template, images)
        self._plans = {side: _plan(template, side, options) for side in Side}
        self._forms: dict[tuple[object, ...], str] = {}
        self._mark = mark

    def draw(self, side: Side, filled: Filled) -> None:
        """One page."""
        canvas, plan = self._canvas, self._plans[side]
        canvas.setPageSize(self._size)
        canvas.translate(self._options.right_mm * mm, -self._options.down_mm * mm)
        if side is Side.REVERSE and self._options.edge is Edge.CALENDAR:
            canvas.translate(*self._size)
            canvas.rotate(180)
        canvas.doForm(self._form_of(side, plan, filled))
        for element in plan.own:
            draw_element(self._drawing, element, filled)
        if filled.demonstration:
            draw_demonstration(canvas, *self._size, self._drawing.t)
        canvas.showPage()

    def _form_of(self, side: Side, plan: _Plan, filled: Filled) -> str:
        values = tuple(filled.values.get(name, "") for name in plan.fields)
        key = (side, values, filled.signatories, filled.modules, filled.demonstration)
        if key not in self._forms:
            name = self._forms[key] = f"{self._mark}-{len(self._forms)}"
            self._canvas.beginForm(name, 0, 0, *self._size)
            if filled.demonstration:
                draw_watermark(self._canvas, *self._size, self._drawing.t)
            for element in plan.shared:
                draw_element(self._drawing, element, filled)
            self._canvas.endForm()
        return self._forms[key]


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
