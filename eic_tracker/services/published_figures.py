"""Published figures and the explanations of their differences: entered by one person, approved by another."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import Connection

from eic_tracker.clock import local_date
from eic_tracker.domain.codes import AttachmentKind, CauseKind, ProgrammeKind
from eic_tracker.domain.drafts import ChangedMeanwhile, DraftProblem, DraftRefused, changes_between, tidy
from eic_tracker.domain.figure_rules import (
    EXPLANATION_FIELDS,
    PUBLISHED_FIELDS,
    KnownCodes,
    Values,
    amount_of,
    explanation_problems,
    published_problems,
    tidied_published,
)
from eic_tracker.domain.list_rules import tidied_fields
from eic_tracker.domain.names import fold
from eic_tracker.domain.permissions import ActingUser, Action, Right, require
from eic_tracker.errors import Refused, UserError
from eic_tracker.i18n import N_
from eic_tracker.queries.school_lists import last_actor
from eic_tracker.services.attachments import Scan, file_scan
from eic_tracker.services.letters import SourceDraft, file_source, source_problems
from eic_tracker.services.sign_in import actor
from eic_tracker.store.database import Database
from eic_tracker.store.tables.documents import Attachment
from eic_tracker.store.tables.figures import FigureExplanation, PublishedFigureRow
from eic_tracker.store.transaction import Entry

GONE = N_("There is no published figure {key} in this file.")
_DATES = ("period_from", "period_to")
_SOURCE_ONLY = frozenset({"source_title", "source_url", "quote", "note"})
"""What may be put right without another approval: it changes no number."""


@dataclass(frozen=True, slots=True)
class PublishedDraft:
    """A published figure as its form hands it over: `id` None for a new one, `original` what the form started from."""

    values: Values
    id: int | None = None
    original: Values | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PublishedForm:
    """What the form of a figure begins with; of one in the file also who entered and approved it, and its scans."""

    values: Values
    original: Values | None
    id: int | None = None
    entered_by: str | None = None
    approved_by: str | None = None
    scans: int = 0
    programmes: Mapping[str, str] = field(default_factory=dict)
    """name by code, for who chooses"""

    @property
    def waits(self) -> bool:
        """Whether another person's approval is awaited; until then no report tells the figure."""
        return self.entered_by is not None and self.approved_by is None


@dataclass(frozen=True, slots=True)
class WaitingFigure:
    """A figure or an explanation that waits for another person's approval."""

    id: int
    key: str
    words: str
    entered_by: str
    is_explanation: bool


@dataclass(frozen=True, slots=True)
class ExplanationDraft:
    """A cause of a difference with the document that tells it and the page in it."""

    key: str
    values: Values
    document: SourceDraft
    page: str


_COLUMNS = """f.id, f.key, p.code AS programme, f.measure, f.qualifier, f.value, f.period_from, f.period_to,
       f.precision,
       f.instructor_force, f.departments, f.municipalities, f.curriculum_kind, f.school, f.event, f.contradicts,
       f.source_title, f.source_url, f.quote, f.note"""
_ONE = f"""SELECT {_COLUMNS}, e.login AS entered_by, a.login AS approved_by,
       (SELECT count(*) FROM attachment t WHERE t.published_figure_id = f.id AND t.content IS NOT NULL) AS scans
FROM published_figure f JOIN programme p ON p.id = f.programme_id
LEFT JOIN user e ON e.id = f.entered_by_id LEFT JOIN user a ON a.id = f.approved_by_id WHERE f.key = ?"""
_WAITING = """
SELECT f.id, f.key, f.source_title, e.login, 0 FROM published_figure f JOIN user e ON e.id = f.entered_by_id
WHERE f.approved_by_id IS NULL
UNION ALL SELECT x.id, f.key, x.label, e.login, 1 FROM figure_explanation x
JOIN published_figure f ON f.id = x.published_figure_id JOIN user e ON e.id = x.entered_by_id
WHERE x.approved_by_id IS NULL ORDER BY 2, 5, 1
"""


def published_form(db: Database, acting: ActingUser, key: str | None) -> PublishedForm:
    """What the form of a figure offers; UserError where there is none of that short name."""
    require(acting, Action.PUBLISHED_FIGURES)
    with db.read() as connection:
        form = _form(connection, key) if key else PublishedForm({"qualifier": "exact", "precision": "day"}, None)
        programmes = connection.exec_driver_sql("SELECT code, name FROM programme WHERE NOT is_load ORDER BY id")
        return replace(form, programmes={row[0]: row[1] for row in programmes})


def save_published(db: Database, acting: ActingUser, draft: PublishedDraft) -> str:
    """Enter or change a published figure; its short name.

    What changes a number waits for another person's approval, and needs a reason where the figure was in force."""
    require(acting, Action.PUBLISHED_FIGURES)
    values = tidied_published(draft.values)
    reason = tidy(draft.reason) or None
    with db.write(Entry(actor(acting), "save_published", str(values["key"] or ""), reason=reason)) as tx:
        problems = published_problems(values, known_codes(tx.connection), new=draft.id is None)
        if problems:
            raise DraftRefused(problems)
        row = _row_of(tx.connection, values)
        if draft.id is None:
            told = {"entered_by_id": acting.id, "approved_by_id": None, "recorded_at": tx.at, "countable": True}
            tx.insert(PublishedFigureRow, [row | told])
            return str(values["key"])
        before = _require_unchanged(tx.connection, draft)
        changed = {name for name, value in values.items() if value != before.values.get(name)}
        if changed - _SOURCE_ONLY:
            if not before.waits and not fold(draft.reason):
                message = N_("This figure is in force: say why it is changed. Another person approves it anew.")
                raise DraftRefused([DraftProblem("reason", message)])
            row |= {"entered_by_id": acting.id, "approved_by_id": None}
        tx.update(PublishedFigureRow, {draft.id: row})
        return str(values["key"])


def approve_published(db: Database, acting: ActingUser, key: str) -> None:
    """Approve a figure that another person entered; from then on it is reconciled and printed."""
    require(acting, Action.PUBLISHED_FIGURES, Right.ENTER_AND_APPROVE_OTHERS)
    with db.write(Entry(actor(acting), "approve_published", key)) as tx:
        form = _form(tx.connection, key)
        if not form.waits:
            raise Refused(N_("{key} waits for no approval."), key=key)
        if form.entered_by == acting.login:
            raise Refused(N_("“{login}” entered this figure; another person approves it."), login=acting.login)
        tx.update(PublishedFigureRow, {form.id or 0: {"approved_by_id": acting.id}})


def attach_source(db: Database, acting: ActingUser, key: str, scan: Scan) -> int:
    """File the document in which a figure was published; its key among the attachments."""
    require(acting, Action.PUBLISHED_FIGURES)
    with db.write(Entry(actor(acting), "attach_source", key)) as tx:
        form = _form(tx.connection, key)
        attachment = file_scan(tx, scan, AttachmentKind.REPORT_COPY, offering_id=None)
        tx.update(Attachment, {attachment: {"published_figure_id": form.id}})
        return attachment


def source_scan(db: Database, acting: ActingUser, key: str) -> tuple[str, bytes]:
    """The type and the bytes of the newest document filed with a figure; UserError where there is none."""
    require(acting, Action.READ_FIGURES, Right.YES)
    with db.read() as connection:
        found = connection.exec_driver_sql(
            "SELECT t.media_type, t.content FROM attachment t JOIN published_figure f ON f.id = t.published_figure_id "
            "WHERE f.key = ? AND t.content IS NOT NULL ORDER BY t.id DESC LIMIT 1",
            (key,),
        ).first()
    if found is None:
        raise UserError(N_("No document is filed with {key}."), key=key)
    return found[0], found[1]


def waiting_figures(db: Database, acting: ActingUser) -> tuple[WaitingFigure, ...]:
    """The figures and explanations that wait for another person's approval, by their short name."""
    require(acting, Action.READ_FIGURES, Right.YES)
    with db.read() as connection:
        return tuple(
            WaitingFigure(number, key, words, login, bool(explanation))
            for number, key, words, login, explanation in connection.exec_driver_sql(_WAITING)
        )


def explain_figure(db: Database, acting: ActingUser, draft: ExplanationDraft) -> int:
    """Enter a cause of a difference with its document; it fills nothing until another person approved it. Its key."""
    require(acting, Action.PUBLISHED_FIGURES)
    values = tidied_fields(EXPLANATION_FIELDS, draft.values)
    with db.write(Entry(actor(acting), "explain_figure", draft.key)) as tx:
        form = _form(tx.connection, draft.key)
        problems = [*explanation_problems(values), *source_problems(draft.document, local_date(tx.at))]
        if not fold(draft.page):
            problems.append(DraftProblem("page", N_("This is needed.")))
        if problems:
            raise DraftRefused(problems)
        row = {
            "published_figure_id": form.id,
            "kind": CauseKind(str(values["kind"])),
            "amount": amount_of(str(values["amount"])),
            "label": values["label"],
            "source_document_id": file_source(tx, draft.document),
            "page": tidy(draft.page),
            "entered_by_id": acting.id,
            "recorded_at": tx.at,
        }
        return tx.insert(FigureExplanation, [row])[0]


def approve_explanation(db: Database, acting: ActingUser, key: int) -> None:
    """Approve a cause that another person entered; from then on it fills its part of the difference."""
    require(acting, Action.PUBLISHED_FIGURES, Right.ENTER_AND_APPROVE_OTHERS)
    with db.write(Entry(actor(acting), "approve_explanation", str(key))) as tx:
        entered, approved, figure = _explanation(tx.connection, key)
        tx.entry = replace(tx.entry, label=figure)
        if approved is not None:
            raise Refused(N_("“{login}” approved this explanation already."), login=approved)
        if entered == acting.login:
            raise Refused(N_("“{login}” entered this explanation; another person approves it."), login=acting.login)
        tx.update(FigureExplanation, {key: {"approved_by_id": acting.id}})


def withdraw_explanation(db: Database, acting: ActingUser, key: int, reason: str) -> None:
    """Take a cause out, with a reason; the journal keeps it. An approved one only by a manager."""
    right = require(acting, Action.PUBLISHED_FIGURES)
    if not fold(reason):
        raise UserError(N_("Taking an explanation out needs a reason; nothing was changed."))
    with db.write(Entry(actor(acting), "withdraw_explanation", str(key), reason=tidy(reason))) as tx:
        _, approved, figure = _explanation(tx.connection, key)
        tx.entry = replace(tx.entry, label=figure)
        if approved is not None and right is not Right.ENTER_AND_APPROVE_OTHERS:
            raise Refused(N_("This explanation is approved; a manager can take it out."))
        tx.delete(FigureExplanation, [key])


def known_codes(connection: Connection) -> KnownCodes:
    """The codes that the scope of a figure may name."""

    def codes(table: str, column: str = "code") -> frozenset[str]:
        return frozenset(row[0] for row in connection.exec_driver_sql(f"SELECT {column} FROM {table}"))

    programmes = connection.exec_driver_sql("SELECT code, kind FROM programme WHERE NOT is_load")
    return KnownCodes(
        {code: ProgrammeKind(kind) for code, kind in programmes},
        codes("force"),
        codes("department"),
        codes("municipality"),
        codes("school"),
        codes("published_figure", "key"),
    )


def programme_key(connection: Connection, code: object) -> int:
    """The key of a programme."""
    return int(connection.exec_driver_sql("SELECT id FROM programme WHERE code = ?", (code,)).scalar_one())


def _form(connection: Connection, key: str) -> PublishedForm:
    row = connection.exec_driver_sql(_ONE, (key,)).mappings().first()
    if row is None:
        raise UserError(GONE, key=key)
    values: dict[str, Any] = {field.name: row[field.name] for field in PUBLISHED_FIELDS}
    values |= {name: dt.date.fromisoformat(values[name]) if values[name] else None for name in _DATES}
    return PublishedForm(values, values, row["id"], row["entered_by"], row["approved_by"], row["scans"])


def _row_of(connection: Connection, values: Values) -> dict[str, object]:
    row: dict[str, object] = {name: value for name, value in values.items() if name != "programme"}
    return row | {"programme_id": programme_key(connection, values["programme"])}


def _require_unchanged(connection: Connection, draft: PublishedDraft) -> PublishedForm:
    key = connection.exec_driver_sql("SELECT key FROM published_figure WHERE id = ?", (draft.id,)).scalar()
    if key is None:
        raise UserError(GONE, key=str(draft.values.get("key")))
    now = _form(connection, key)
    labels = {field.name: field.label for field in PUBLISHED_FIELDS}
    changes = changes_between(draft.original, now.values, labels) if draft.original is not None else ()
    if changes:
        raise ChangedMeanwhile(key, last_actor(connection, "published_figure", [draft.id or 0])[1], changes)
    return now


def _explanation(connection: Connection, key: int) -> tuple[str, str | None, str]:
    row = connection.exec_driver_sql(
        "SELECT e.login, a.login, f.key FROM figure_explanation x JOIN user e ON e.id = x.entered_by_id "
        "JOIN published_figure f ON f.id = x.published_figure_id LEFT JOIN user a ON a.id = x.approved_by_id "
        "WHERE x.id = ?",
        (key,),
    ).first()
    if row is None:
        raise UserError(N_("This explanation is no longer in the file; somebody took it out."))
    return row[0], row[1], row[2]
