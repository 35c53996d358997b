"""What the school says of itself on its papers, and how its register and its certificates are kept."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import Connection

from eic_tracker.domain.drafts import DraftProblem, DraftRefused, tidy, writable
from eic_tracker.domain.names import fold
from eic_tracker.domain.permissions import ActingUser, Action, Right, require
from eic_tracker.i18n import N_
from eic_tracker.queries.certificate_work import CLAIM_DAYS, USUAL_CLAIM_DAYS
from eic_tracker.queries.school import CHECK_ADDRESS, CHECK_TELEPHONE, ISSUER, read_checked_where, read_school
from eic_tracker.services.register_entries import ENTRIES_SETTING, FOLIOS_SETTING, USUAL_ENTRIES, USUAL_FOLIOS
from eic_tracker.services.sign_in import actor
from eic_tracker.store.database import Database
from eic_tracker.store.tables.reference import Setting
from eic_tracker.store.transaction import Entry

LONGEST_LINE, LONGEST_ISSUER, LONGEST_ADDRESS, LONGEST_TELEPHONE = 120, 16, 120, 60
MOST_LINES = 6
_ENTRIES, _FOLIOS, _DAYS = (5, 40), (10, 999), (1, 3_650)

_NAMES = {
    "letterhead": "school.letterhead",
    "place": "school.place",
    "issuer": ISSUER,
    "check_address": CHECK_ADDRESS,
    "check_telephone": CHECK_TELEPHONE,
    "entries_per_folio": ENTRIES_SETTING,
    "folios_per_book": FOLIOS_SETTING,
    "claim_days": CLAIM_DAYS,
}
"""Where each field is kept."""


@dataclass(frozen=True, slots=True)
class SchoolSettings:
    """The lines of the letterhead and the place of papers; how certificates are signed, checked, entered and claimed.

    Of the register: entries on a folio and folios of a book that is opened from now on; `claim_days` are days."""

    letterhead: tuple[str, ...]
    place: str
    issuer: str
    check_address: str
    check_telephone: str
    entries_per_folio: int | None
    folios_per_book: int | None
    claim_days: int | None


def school_settings(db: Database, acting: ActingUser) -> SchoolSettings:
    """The settings as they hold, with what holds where nothing was set."""
    require(acting, Action.READ_FIGURES, Right.YES)
    with db.read() as connection:
        return _read(connection)


def change_settings(db: Database, acting: ActingUser, draft: SchoolSettings) -> int | None:
    """Keep the settings; the entry's number, None where nothing changed. DraftRefused with what is wrong."""
    require(acting, Action.ADMINISTER)
    with db.write(Entry(actor(acting), "change_settings", "school")) as tx:
        tidied = _tidied(draft)
        now = _read(tx.connection)
        problems = [*settings_problems(tidied), *_issuer_problems(tx.connection, now, tidied)]
        if problems:
            raise DraftRefused(problems)
        before, after = asdict(now), asdict(tidied)
        changed = {_NAMES[field]: value for field, value in after.items() if value != before[field]}
        known = {row.name: row.id for row in tx.connection.exec_driver_sql("SELECT name, id FROM setting")}
        for name, value in changed.items():
            text = json.dumps(value, ensure_ascii=False)
            if name in known:
                tx.update(Setting, {known[name]: {"value": text}})
            else:
                tx.insert(Setting, [{"name": name, "value": text}])
        return tx.set_id if changed else None


def settings_problems(draft: SchoolSettings) -> tuple[DraftProblem, ...]:
    """What is wrong with the settings, in the order of the form."""
    problems: list[DraftProblem] = []
    if not draft.letterhead:
        problems.append(DraftProblem("letterhead", N_("This is needed.")))
    elif len(draft.letterhead) > MOST_LINES:
        problems.append(DraftProblem("letterhead", N_("A letterhead has at most {most} lines."), {"most": MOST_LINES}))
    texts = (
        *(("letterhead", line, LONGEST_LINE) for line in draft.letterhead),
        ("place", draft.place, LONGEST_LINE),
        ("issuer", draft.issuer, LONGEST_ISSUER),
        ("check_address", draft.check_address, LONGEST_ADDRESS),
        ("check_telephone", draft.check_telephone, LONGEST_TELEPHONE),
    )
    for field, text, longest in texts:
        if not writable(text) or len(text) > longest:
            message = N_("This holds characters that cannot be printed, or more than {most}.")
            problems.append(DraftProblem(field, message, {"most": longest}))
    if not fold(draft.issuer):
        problems.append(DraftProblem("issuer", N_("This is needed.")))
    if draft.check_address and not _is_address(draft.check_address):
        message = N_("An address begins with https:// and has neither blanks nor “#”, such as https://eic.example/v.")
        problems.append(DraftProblem("check_address", message))
    for field, number, (least, most) in (
        ("entries_per_folio", draft.entries_per_folio, _ENTRIES),
        ("folios_per_book", draft.folios_per_book, _FOLIOS),
        ("claim_days", draft.claim_days, _DAYS),
    ):
        if not isinstance(number, int) or not least <= number <= most:
            message = N_("This is a number from {least} to {most}.")
            problems.append(DraftProblem(field, message, {"least": least, "most": most}))
    return tuple(problems)


def _read(connection: Connection) -> SchoolSettings:
    school, where = read_school(connection), read_checked_where(connection)
    numbers: dict[str, Any] = {
        name: json.loads(value)
        for name, value in connection.exec_driver_sql(
            "SELECT name, value FROM setting WHERE name IN (?, ?, ?)", (ENTRIES_SETTING, FOLIOS_SETTING, CLAIM_DAYS)
        )
    }
    return SchoolSettings(
        letterhead=school.letterhead,
        place=school.place,
        issuer=where.issuer,
        check_address=where.address,
        check_telephone=where.telephone,
        entries_per_folio=int(numbers.get(ENTRIES_SETTING, USUAL_ENTRIES)),
        folios_per_book=int(numbers.get(FOLIOS_SETTING, USUAL_FOLIOS)),
        claim_days=int(numbers.get(CLAIM_DAYS, USUAL_CLAIM_DAYS)),
    )


def _tidied(draft: SchoolSettings) -> SchoolSettings:
    return SchoolSettings(
        tuple(tidy(line) for line in draft.letterhead if fold(line)),
        tidy(draft.place),
        tidy(draft.issuer),
        draft.check_address.strip(),
        tidy(draft.check_telephone),
        draft.entries_per_folio,
        draft.folios_per_book,
        draft.claim_days,
    )


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    plain = not any(each.isspace() for each in text) and "#" not in text and text.isascii()
    return parts.scheme == "https" and bool(parts.hostname) and plain


def _issuer_problems(connection: Connection, now: SchoolSettings, draft: SchoolSettings) -> list[DraftProblem]:
    """The name stands inside every signature: a list says one name, so what was signed would be held for forged."""
    if now.issuer == draft.issuer:
        return []
    signed = connection.exec_driver_sql("SELECT count(*) FROM certificate WHERE code IS NOT NULL").scalar_one()
    if not signed:
        return []
    message = N_("Certificates were signed under the name “{issuer}” already; under another they would not be valid.")
    return [DraftProblem("issuer", message, {"issuer": now.issuer})]
