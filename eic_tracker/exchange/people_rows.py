"""Which rows of a table are people, and what the others are: totals, signatures, titles, the header once more."""

from __future__ import annotations

import re
from collections.abc import Mapping

from eic_tracker.domain.names import fold
from eic_tracker.exchange.contents import looks_like_document, looks_like_name
from eic_tracker.exchange.headers import DOCUMENTS, NAMES, Field, field_of
from eic_tracker.exchange.rows import LeftOut
from eic_tracker.exchange.tables import REPEATED, Table
from eic_tracker.i18n import N_

TOTAL = N_("a total or the end of the list")
SIGNATURE = N_("a signature or a note")
SECTION = N_("a title between people")
NOBODY = N_("neither a name nor a document")

_LINE = re.compile(r"[_\-.=*~\s]{4,}")
_END = re.compile(
    r"\b(?:sub ?|gran )?total(?:es)?\b|^suma\b|^fin del documento|^fin de (?:la )?(?:lista|nomina)|"
    r"^end of (?:the )?(?:document|list)|^ultima linea|^cantidad"
)
_SIGNED = re.compile(
    r"^(?:firma|nombre y firma|sello|vo bo|v b|visto bueno|elaborado|elaboro|revisado|reviso|aprobado|autorizado|"
    r"atentamente|respetuosamente|cordialmente|jefe|jefa|director|directora|signature|prepared by|approved by|"
    r"cc|c c|p d|dios union libertad|copia)\b"
    r"|\b(?:jefe|jefa|director|directora|encargad[oa]|secretari[oa]) (?:de|del|general|nacional|policial)\b"
)
_NOTE = re.compile(r"^(?:notas?|observaci\w+|obs|fuente|source|note|pagina|page|hoja|importante|aclaraci\w+)\b")
_SECTION_WORDS = re.compile(
    r"^(?:unidad|direccion|departamento|depto|jefatura|seccion|delegacion|grupo|division|oficina|estacion|posta|"
    r"escuela|personal|oficiales|clases|agentes|femenino|masculino|mujeres|hombres|policia|region|regional|comando|"
    r"fiscalia|ministerio|institucion|sede|turno|unit|group|section|women|men|udep|umep|dpi|atic)\b"
)
_LONGEST_REST = 5
"""Words that no rest of a name has."""
_WIDE = 3
"""Columns over which a title between people is merged at least."""


def sort_rows(table: Table, end: int) -> None:
    """Put the rows of a table up to `end` into its people, or with a reason into what was left out."""
    sorter = _Sorter(table, end)
    section = ""
    for row in range(table.first, end):
        filled = sorter.filled(row)
        if not filled:
            continue
        reason = sorter.reason(row, filled)
        if sorter.may_go_on(row, filled):
            table.may_go_on.add(row)
        if reason is None:
            table.rows.append(row)
            if section:
                table.sections[row] = section
            continue
        text = " | ".join(table.sheet.text(row, column) for column in filled)
        table.left_out.append(LeftOut(table.sheet.name, row + 1, text, reason))
        if reason == SECTION:
            section = table.sheet.text(row, filled[0])


class _Sorter:
    """What holds for all rows of a table: how full they are, where its last person stands, what is merged."""

    def __init__(self, table: Table, end: int) -> None:
        self._sheet = table.sheet
        self._columns = table.columns
        self._fields = {column: found for found, column in table.columns.items()}
        self._span = table.span
        self._titles = {top for (top, left), (_, right) in table.sheet.merged if right - left + 1 >= _WIDE}
        counts = sorted(count for row in range(table.first, end) if (count := self._known(row)))
        self._usual = counts[len(counts) // 2] if counts else 0
        self._last = max((row for row in range(table.first, end) if self._is_full(row)), default=end)
        self._ended = False
        self._gap = next((row for row in range(self._last, end) if not self.filled(row)), end)

    def filled(self, row: int) -> list[int]:
        """The columns of the table that hold something in a row."""
        cells = self._sheet.cells[row]
        return [c for c in range(self._span[0], min(self._span[1] + 1, len(cells))) if self._sheet.text(row, c)]

    def may_go_on(self, row: int, filled: list[int]) -> bool:
        """Whether a row holds a name or part of one and nothing else, and is no title, total or signature."""
        if len(filled) != 1 or self._fields.get(filled[0]) is not Field.NAME or row in self._titles:
            return False
        text = fold(self._sheet.text(row, filled[0]))
        words = text.split()
        is_other = _SECTION_WORDS.search(text) or _SIGNED.search(text) or _NOTE.search(text) or _END.search(text)
        return not is_other and 0 < len(words) < _LONGEST_REST and all(word.isalpha() for word in words)

    def _known(self, row: int) -> int:
        return sum(1 for column in self._columns.values() if self._sheet.text(row, column))

    def _is_full(self, row: int) -> bool:
        """Whether a row is a person beyond doubt: a document, or a name and most of what people here have."""
        if self._has_document(row):
            return True
        names = [self._sheet.text(row, column) for column, found in self._fields.items() if found in NAMES]
        if not any(fold(name) for name in names) or self._is_none(row):
            return False
        return self._known(row) * 2 > self._usual and (len(names) > 1 or looks_like_name(names[0]))

    def _has_document(self, row: int) -> bool:
        return any(
            found in DOCUMENTS and looks_like_document(self._sheet.at(row, column))
            for column, found in self._fields.items()
        )

    def _is_none(self, row: int) -> bool:
        texts = [fold(self._sheet.text(row, column)) for column in self.filled(row)]
        return any(_END.search(text) or _SIGNED.search(text) for text in texts[:2])

    def reason(self, row: int, filled: list[int]) -> str | None:
        """Why a row is none of people, None where it is one."""
        texts = {column: self._sheet.text(row, column) for column in filled}
        if self._repeats_header(texts):
            return REPEATED
        if self._has_document(row):
            return None
        if any(_LINE.fullmatch(text) for text in texts.values()) and not self._placeholders_only(row, texts):
            return SIGNATURE
        return self._ends(texts) or self._beside_people(row, texts)

    def _placeholders_only(self, row: int, texts: Mapping[int, str]) -> bool:
        """A line in the column of documents stands for a missing one."""
        return self._is_full(row) and all(
            self._fields.get(column) not in NAMES for column, text in texts.items() if _LINE.fullmatch(text)
        )

    def _ends(self, texts: Mapping[int, str]) -> str | None:
        folded = [fold(text) for text in texts.values()]
        named = [fold(text) for column, text in texts.items() if self._fields.get(column) in NAMES]
        if _END.search(folded[0]) or any(_END.match(text) for text in named):
            self._ended = self._ended or not folded[0].startswith("sub")
            return TOTAL
        if not self._others(texts) and (_SIGNED.search(" ".join(folded)) or _NOTE.search(folded[0])):
            return SIGNATURE
        return None

    def _others(self, texts: Mapping[int, str]) -> list[int]:
        return [c for c in texts if self._fields.get(c) not in {*NAMES, Field.NUMBER, None}]

    def _beside_people(self, row: int, texts: Mapping[int, str]) -> str | None:
        """A title between people, a name below the list, or a row without anybody."""
        named = [column for column in texts if self._fields.get(column) in NAMES]
        if not named:
            only = next(iter(texts.values()))
            return SECTION if len(texts) == 1 and not only.isdigit() and row < self._last else NOBODY
        if not any(ch.isalpha() for column in named for ch in texts[column]):
            return NOBODY
        if self._usual > 1 and row > self._last and row > self._gap:
            return SIGNATURE
        if self._usual <= 1 and (self._ended or self._is_signed_below(row)):
            return SIGNATURE
        alone = not self._others(texts) and not any(self._fields.get(c) is Field.NUMBER for c in texts)
        if self._usual > 1 and alone and len(named) == 1 and self._is_title(row, texts[named[0]]):
            return SECTION if row < self._last else SIGNATURE
        return None

    def _is_signed_below(self, row: int) -> bool:
        """Whether a name after an empty row stands above the post of who signs."""
        if row == 0 or self.filled(row - 1):
            return False
        below = next((n for n in range(row + 1, len(self._sheet.cells)) if self.filled(n)), None)
        if below is None:
            return False
        return _SIGNED.search(fold(self._sheet.text(below, self.filled(below)[0]))) is not None

    def _is_title(self, row: int, text: str) -> bool:
        return row in self._titles or _SECTION_WORDS.search(fold(text)) is not None or not looks_like_name(text)

    def _repeats_header(self, texts: Mapping[int, str]) -> bool:
        same = [found for found, column in self._columns.items() if field_of(texts.get(column, "")) is found]
        return len(same) >= 2 or len(same) == len(self._columns) == len(texts)
