"""What stands behind published figures: the papers behind counted rows, explanations with their documents."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from eic_tracker.domain.codes import CauseKind
from eic_tracker.domain.supporting import Papers, SupportLevel


@dataclass(frozen=True, slots=True)
class ExplanationLine:
    """A cause that somebody entered for a figure, with its document and who entered and approved it."""

    figure_key: str
    kind: CauseKind
    amount: int
    label: str
    document: str | None
    page: str | None
    entered_by: str
    approved_by: str | None
    id: int
    entry: int
    """the journal entry that entered it, with its document"""


_OFFERINGS = """
SELECT o.id, o.signed_attendance OR EXISTS (SELECT 1 FROM attachment t WHERE t.offering_id = o.id
       AND t.kind = 'attendance_sheet' AND t.content IS NOT NULL)
FROM offering o WHERE EXISTS (SELECT 1 FROM act a WHERE a.offering_id = o.id AND a.kind IN ('grades', 'closing'))
   OR EXISTS (SELECT 1 FROM attachment t WHERE t.offering_id = o.id AND t.kind = 'act' AND t.content IS NOT NULL)
"""
_CLASS_GROUPS = """
SELECT t.class_group_id, EXISTS (SELECT 1 FROM class_lesson l WHERE l.class_group_id = t.class_group_id)
FROM attachment t
WHERE t.class_group_id IS NOT NULL AND t.kind IN ('summary_sheet', 'act') AND t.content IS NOT NULL
"""
_EXPLANATIONS = """
SELECT f.key, e.kind, e.amount, e.label, coalesce(d.number, d.subject), e.page, b.login, a.login, e.id,
       (SELECT min(c.change_set_id) FROM change c WHERE c.table_name = 'figure_explanation' AND c.row_id = e.id)
FROM figure_explanation e
JOIN published_figure f ON f.id = e.published_figure_id
JOIN user b ON b.id = e.entered_by_id
LEFT JOIN user a ON a.id = e.approved_by_id
LEFT JOIN source_document d ON d.id = e.source_document_id
ORDER BY e.id
"""


def read_support(connection: Connection) -> Papers:
    """The papers of offerings and of class groups.

    Of an offering: an act of grades or closing, with or without signed attendance; of a class group: the school's
    summary sheet, with or without the lessons one by one. A paper whose bytes were purged supports nothing any more."""
    return Papers(_levels(connection, _OFFERINGS), _levels(connection, _CLASS_GROUPS))


def _levels(connection: Connection, query: str) -> dict[int, SupportLevel]:
    return {
        key: SupportLevel.SHEET_AND_ACT if sheet else SupportLevel.ACT
        for key, sheet in connection.exec_driver_sql(query)
    }


def read_explanation_lines(connection: Connection) -> tuple[ExplanationLine, ...]:
    """All explanations of published figures, approved or not."""
    return tuple(
        ExplanationLine(key, CauseKind(kind), *others)
        for key, kind, *others in connection.exec_driver_sql(_EXPLANATIONS)
    )
