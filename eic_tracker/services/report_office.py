"""What an office says in and of a periodic report: letter, signers, narrative, sections, and the way it took."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection

from eic_tracker.clock import local_date
from eic_tracker.domain.codes import AttachmentKind, ReportKind, ReportSigner
from eic_tracker.domain.drafts import DraftRefused, tidy
from eic_tracker.domain.names import fold
from eic_tracker.domain.periods import Period
from eic_tracker.domain.permissions import ActingUser, Action, Right, require
from eic_tracker.domain.report_rules import LINES, TEXTS, kept_period, report_problems
from eic_tracker.errors import Refused
from eic_tracker.i18n import N_
from eic_tracker.queries.periodic_reports import ReportOffice, read_latest_office, read_report_office
from eic_tracker.queries.report_data import Signature
from eic_tracker.queries.school import read_school
from eic_tracker.services.attachments import Scan, file_scan
from eic_tracker.services.sign_in import actor
from eic_tracker.store.database import Database
from eic_tracker.store.tables.documents import Attachment
from eic_tracker.store.tables.reports import PeriodicReport, PeriodicReportSigner
from eic_tracker.store.transaction import Entry, Tx


@dataclass(frozen=True, slots=True)
class ReportForm:
    """What was entered for a report, and what is offered where nothing was: the last addressee, copies and signers."""

    entered: ReportOffice
    offered: ReportOffice
    may_change: bool


def report_form(db: Database, acting: ActingUser, kind: ReportKind, period: Period) -> ReportForm:
    """The form of a report for those who read reports; managers may change it."""
    right = require(acting, Action.QUARTERLY_REPORTS)
    with db.read() as connection:
        entered = read_report_office(connection, kind, period)
        return ReportForm(entered, _offered(connection, entered), right is Right.YES)


def _offered(connection: Connection, entered: ReportOffice) -> ReportOffice:
    """The form as it opens: what was entered; of a new one what was told last, or how the school signs."""
    if entered.id is not None:
        return entered
    last = read_latest_office(connection, entered.kind)
    school = read_school(connection)
    signs = zip(ReportSigner, (school.prepared, school.reviewed, school.approved), strict=True)
    signers: Mapping[ReportSigner, Signature] = {role: who for role, who in signs if who is not None}
    if last is None:
        return replace(entered, signers=signers or None)
    return replace(
        entered,
        addressee=last.addressee,
        addressee_post=last.addressee_post,
        copies=last.copies,
        left_out=last.left_out,
        signers=last.signers or signers or None,
    )


def save_report_office(db: Database, acting: ActingUser, draft: ReportOffice) -> int | None:
    """Keep what was entered for a report; the entry, None where nothing changed. DraftRefused where it is wrong.

    The figures are no part of it: they are counted, or frozen with their quarter."""
    require(acting, Action.QUARTERLY_REPORTS, Right.YES)
    period = kept_period(draft.kind, draft.period)
    label = f"{draft.kind.value} {period.code}"
    with db.write(Entry(actor(acting), "save_report_office", label)) as tx:
        tidied = _tidied(replace(draft, period=period))
        if problems := report_problems(tidied, period, local_date(tx.at)):
            raise DraftRefused(problems)
        before = read_report_office(tx.connection, draft.kind, period)
        if before == replace(tidied, id=before.id, stamped_copies=before.stamped_copies):
            return None
        columns = _columns(tidied)
        if before.id is None:
            new = {"uid": tx.new_uid(), "kind": draft.kind, "period": period.code, "recorded_at": tx.at}
            (key,) = tx.insert(PeriodicReport, [new | columns])
        else:
            key, now = before.id, _columns(before)
            tx.update(PeriodicReport, {key: {name: told for name, told in columns.items() if told != now[name]}})
        _save_signers(tx, key, before.signers or {}, tidied.signers or {})
        return tx.set_id


def file_stamped_copy(db: Database, acting: ActingUser, kind: ReportKind, period: Period, scan: Scan) -> int:
    """File the scan of the copy that was stamped on reception, with its report; its key. Refused before it was sent."""
    require(acting, Action.QUARTERLY_REPORTS, Right.YES)
    label = f"{kind.value} {kept_period(kind, period).code}"
    with db.write(Entry(actor(acting), "file_stamped_copy", label)) as tx:
        report = read_report_office(tx.connection, kind, period)
        if report.id is None or report.sent_on is None:
            raise Refused(N_("Say first when the report was sent and who received it; then file its stamped copy."))
        key = file_scan(tx, scan, AttachmentKind.REPORT_COPY, offering_id=None)
        tx.update(Attachment, {key: {"periodic_report_id": report.id}})
        return key


def stamped_copy(db: Database, acting: ActingUser, attachment: int) -> tuple[str, bytes]:
    """The type and the bytes of a stamped copy; Refused where it is none."""
    require(acting, Action.QUARTERLY_REPORTS)
    with db.read() as connection:
        found = connection.exec_driver_sql(
            "SELECT media_type, content FROM attachment WHERE id = ? AND periodic_report_id IS NOT NULL", (attachment,)
        ).first()
    if found is None or found[1] is None:
        raise Refused(N_("This paper is no stamped copy of a report."))
    return found[0], found[1]


def _tidied(draft: ReportOffice) -> ReportOffice:
    lines: dict[str, Any] = {name: tidy(getattr(draft, name)) for name in LINES}
    texts: dict[str, Any] = {
        name: "\n".join(tidy(line) for line in getattr(draft, name).strip().splitlines()) for name in TEXTS
    }
    signers = {
        role: Signature(tidy(who.rank), tidy(who.name), tidy(who.post))
        for role, who in (draft.signers or {}).items()
        if fold(who.rank + who.name + who.post)
    }
    copies = tuple(tidy(line) for line in draft.copies if fold(line))
    return replace(draft, copies=copies, signers=signers or None, **lines, **texts)


def _columns(office: ReportOffice) -> dict[str, str | dt.date | None]:
    return {
        **{name: getattr(office, name) or None for name in (*LINES, *TEXTS)},
        **{name: getattr(office, name) for name in ("letter_dated", "sent_on", "received_on", "reviewed_on")},
        "copies": "\n".join(office.copies) or None,
        "left_out": " ".join(sorted(office.left_out)) or None,
    }


def _save_signers(
    tx: Tx, report: int, before: Mapping[ReportSigner, Signature], wanted: Mapping[ReportSigner, Signature]
) -> None:
    found = tx.connection.exec_driver_sql(
        "SELECT role, id FROM periodic_report_signer WHERE periodic_report_id = ?", (report,)
    )
    keys: dict[str, int] = {row[0]: row[1] for row in found}
    tx.delete(PeriodicReportSigner, [keys[role.value] for role in before if role not in wanted])
    for role, who in wanted.items():
        told = {"rank": who.rank or None, "name": who.name, "post": who.post or None}
        if role not in before:
            tx.insert(PeriodicReportSigner, [{"periodic_report_id": report, "role": role, **told}])
        elif before[role] != who:
            tx.update(PeriodicReportSigner, {keys[role.value]: told})
