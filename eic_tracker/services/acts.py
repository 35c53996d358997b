"""Acts of a course: made with a number of their own, printed with their content frozen, rectified by another act."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection

from eic_tracker.clock import local_date
from eic_tracker.domain.act_content import canonical, content_of
from eic_tracker.domain.codes import ActKind, OfferingStatus
from eic_tracker.domain.drafts import DraftProblem, DraftRefused, date_problems, tidy, writable
from eic_tracker.domain.enrolling import ExceptionKind
from eic_tracker.domain.names import fold
from eic_tracker.domain.paper_codes import act_code, digest_start, text_digest
from eic_tracker.domain.permissions import ActingUser, Action, require
from eic_tracker.errors import Refused, UserError
from eic_tracker.i18n import N_, Language, Translator
from eic_tracker.queries.acts import ActRow, read_act, read_act_of_digest, read_acts, read_frozen
from eic_tracker.reports.pdf.paper import Paper
from eic_tracker.services.act_contents import act_content
from eic_tracker.services.attendance_sheets import course_head
from eic_tracker.services.authorisations import AuthorisationDraft, authorise
from eic_tracker.services.leaving import lacks_reason, require_note
from eic_tracker.services.recording import taught_modules
from eic_tracker.services.sign_in import actor
from eic_tracker.store.database import Database
from eic_tracker.store.tables.certificates import Act
from eic_tracker.store.transaction import Entry, Tx

MADE = (ActKind.GRADES, ActKind.CLOSING, ActKind.GRADUATION)
"""Acts that are made of a course; a rectification is made of another act."""

LONGEST_LINE, LONGEST_TEXT = 200, 4_000
_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
_NO_ACT = N_("There is no act of that number in this file; read the list again.")


@dataclass(frozen=True, slots=True)
class ActTexts:
    """What people write on an act: when and where it was held, who was present, the facts, the annexes by line."""

    held_on: dt.date | None = None
    place: str = ""
    starts_at: str = ""
    ends_at: str = ""
    present: str = ""
    facts: str = ""
    annexes: str = ""


@dataclass(frozen=True, slots=True)
class ActDraft:
    """A new act of a course, or of one of its modules (by number)."""

    offering_id: int
    kind: ActKind
    texts: ActTexts = ActTexts()
    module: int | None = None


@dataclass(frozen=True, slots=True)
class RectificationDraft:
    """An act that corrects a printed one: its texts say why, somebody authorises it."""

    act_id: int
    texts: ActTexts
    authorisation: AuthorisationDraft


@dataclass(frozen=True, slots=True)
class ActSaved:
    """An act as it was stored."""

    set_id: int
    id: int
    kind: ActKind
    number: int
    year: int


@dataclass(frozen=True, slots=True)
class ActPrinted:
    """An act that is frozen: its code, and whether this was the first time."""

    set_id: int | None
    id: int
    name: str
    code: str
    first: bool


def acts_of_course(db: Database, acting: ActingUser, offering_id: int) -> tuple[ActRow, ...]:
    """The acts of a course in the order of their making; Refused outside one's own courses."""
    with db.read() as connection:
        taught_modules(connection, acting, offering_id)
        course_head(connection, offering_id)
        return read_acts(connection, offering_id)


def act_of_code(db: Database, acting: ActingUser, code: str) -> ActRow:
    """The printed act that bears a code; UserError where it is mistyped or no act of this file bears it."""
    start = digest_start(code)
    if start is None:
        raise UserError(N_("“{text}” is no code of an act; it has 16 letters and digits. Look again."), text=code)
    with db.read() as connection:
        found = read_act_of_digest(connection, start)
        if found is None:
            raise UserError(N_("No act of this file bears the code {code}."), code=code)
        taught_modules(connection, acting, found.offering_id)
        return found


def act_problems(texts: ActTexts) -> tuple[DraftProblem, ...]:
    """What is wrong with what was written, in the order of the form."""
    problems = list(date_problems("held_on", texts.held_on))
    starts, ends = texts.starts_at.strip(), texts.ends_at.strip()
    for name, text in (("starts_at", starts), ("ends_at", ends)):
        if text and not _TIME.fullmatch(text):
            problems.append(DraftProblem(name, N_("Write the hour as 14:30.")))
    if not problems and starts and ends and ends < starts:
        problems.append(DraftProblem("ends_at", N_("It ends before it begins.")))
    for name, text, longest in (
        ("place", texts.place, LONGEST_LINE),
        ("present", texts.present, LONGEST_TEXT),
        ("facts", texts.facts, LONGEST_TEXT),
        ("annexes", texts.annexes, LONGEST_TEXT),
    ):
        if len(text) > longest or not all(writable(tidy(line)) for line in text.splitlines()):
            problems.append(DraftProblem(name, N_("This holds characters that cannot be kept, or is too long.")))
    return tuple(problems)


def make_act(db: Database, acting: ActingUser, draft: ActDraft) -> ActSaved:
    """Make an act of a course; it takes the next number of its kind and year, and stays a draft until it is printed.

    Refused where the course is not ready for it, or has such an act already."""
    require(acting, Action.RECORD_RESULTS)
    _refuse(draft.texts)
    if draft.kind not in MADE:
        raise UserError(N_("An act of this kind is not made of a course; choose grades, closing or graduation."))
    with db.write(Entry(actor(acting), "make_act", "")) as tx:
        own = taught_modules(tx.connection, acting, draft.offering_id)
        head = course_head(tx.connection, draft.offering_id)
        tx.entry = replace(tx.entry, label=head.code)
        if head.status is OfferingStatus.CANCELLED:
            raise Refused(N_("Course {code} was cancelled: nothing is entered in it any more."), code=head.code)
        if own is not None and (draft.module not in own or draft.kind is not ActKind.GRADES):
            raise Refused(
                N_("“{login}” teaches a module of course {code} and makes the act of grades of that module only."),
                login=acting.login,
                code=head.code,
            )
        module = _module_key(tx.connection, draft, head.code)
        _refuse_second(tx.connection, draft, head.code)
        saved = _insert(tx, draft.kind, draft.offering_id, draft.texts, {"offering_module_id": module})
        _check_ready(tx.connection, saved.id, local_date(tx.at))
        return saved


def change_act(db: Database, acting: ActingUser, key: int, texts: ActTexts) -> ActSaved:
    """Write a draft's texts anew; Refused once it is printed."""
    require(acting, Action.RECORD_RESULTS)
    _refuse(texts)
    with db.write(Entry(actor(acting), "change_act", "")) as tx:
        act = _own_act(tx.connection, acting, key)
        tx.entry = replace(tx.entry, label=act.offering)
        if act.frozen_at is not None:
            raise Refused(
                N_("Act {name} is printed: it does not change any more. An act of rectification corrects it."),
                name=act.name,
            )
        tx.update(Act, {key: _columns(texts)})
        return ActSaved(tx.set_id, key, ActKind(act.kind), act.number, act.year)


def rectify_act(db: Database, acting: ActingUser, draft: RectificationDraft) -> ActSaved:
    """Make the act that corrects a printed one, by somebody's authority; its facts say what is corrected and why."""
    require(acting, Action.MAKE_EXCEPTION)
    _refuse(draft.texts)
    if not fold(draft.texts.facts):
        raise DraftRefused([DraftProblem("facts", N_("Say what is corrected and why."))])
    with db.write(Entry(actor(acting), "make_act", "")) as tx:
        act = _own_act(tx.connection, acting, draft.act_id)
        tx.entry = replace(tx.entry, label=act.offering)
        if act.frozen_at is None:
            raise Refused(N_("Act {name} is not printed yet: change it instead of rectifying it."), name=act.name)
        if act.rectified_by is not None:
            raise Refused(
                N_("Act {name} was rectified by act {newer} already; rectify that one."),
                name=act.name,
                newer=act.rectified_by,
            )
        waiting = tx.connection.exec_driver_sql(
            "SELECT number || '-' || year FROM act WHERE rectifies_id = ? AND frozen_at IS NULL", (act.id,)
        ).scalar()
        if waiting is not None:
            raise Refused(_WAITING, name=waiting, code=act.offering)
        authorisation = authorise(tx, draft.authorisation, [ExceptionKind.RECTIFICATION])
        columns = {
            "rectifies_id": act.id,
            "offering_module_id": act.module_id,
            "authorisation_id": authorisation,
        }
        saved = _insert(tx, ActKind.RECTIFICATION, act.offering_id, draft.texts, columns)
        _check_ready(tx.connection, saved.id, local_date(tx.at))
        return saved


def print_act(db: Database, acting: ActingUser, key: int, *, t: Translator) -> ActPrinted:
    """Freeze an act in the language of `t` as it stands now; one that is frozen stays as it is.

    Two who print at once get the same paper. `act_pdf` gives its pages."""
    with db.read() as connection:
        act = _own_act(connection, acting, key)
        frozen = read_frozen(connection, key)
    if frozen is not None:
        return ActPrinted(None, key, act.name, act_code(frozen[1]), first=False)
    if act.kind == ActKind.RECTIFICATION:
        require(acting, Action.MAKE_EXCEPTION)
    else:
        require(acting, Action.RECORD_RESULTS)
    with db.write(Entry(actor(acting), "print_act", act.offering)) as tx:
        frozen = read_frozen(tx.connection, key)
        if frozen is None:
            act = _own_act(tx.connection, acting, key)
            text = canonical(act_content(tx.connection, act, t.language, local_date(tx.at)))
            digest = text_digest(text)
            tx.update(Act, {key: {"content": text, "digest": digest, "frozen_at": tx.at}})
            return ActPrinted(tx.set_id, key, act.name, act_code(digest), first=True)
        return ActPrinted(None, key, act.name, act_code(frozen[1]), first=False)


def act_pdf(
    db: Database,
    acting: ActingUser,
    key: int,
    *,
    t: Translator,
    note: int | None = None,
    paper: Paper = Paper.LETTER,
) -> bytes:
    """The pages of an act: of a printed one what was frozen, the same each time; of a draft what it would say now.

    It names people, so it needs the number of a note in the journal."""
    from eic_tracker.reports.act_pdf import act_pages

    with db.read() as connection:
        act = _own_act(connection, acting, key)
        frozen = read_frozen(connection, key)
        if frozen is None:
            content = act_content(connection, act, t.language, local_date(db.clock()))
        else:
            content = content_of(frozen[0])
        require_note(connection, acting, note, len(content.people))
    code = None if frozen is None else act_code(frozen[1])
    return act_pages(content, Translator(Language(content.language)), code, paper)


def act_people(db: Database, acting: ActingUser, key: int) -> tuple[int, bool]:
    """How many people an act names, and whether taking it out needs a reason today."""
    with db.read() as connection:
        act = _own_act(connection, acting, key)
        frozen = read_frozen(connection, key)
        if frozen is None:
            content = act_content(connection, act, Language.ES, local_date(db.clock()))
        else:
            content = content_of(frozen[0])
        people = len(content.people)
        return people, lacks_reason(connection, acting.id, people, db.clock())


_WAITING = N_("Course {code} has such an act already, {name}, which is not printed: change and print it.")
_HELD = N_("Course {code} has such an act already, {name}; what is wrong with it is corrected by rectifying it.")


def _own_act(connection: Connection, acting: ActingUser, key: int) -> ActRow:
    act = read_act(connection, key)
    if act is None:
        raise UserError(_NO_ACT)
    own = taught_modules(connection, acting, act.offering_id)
    if own is not None and act.module not in own:
        raise Refused(N_("“{login}” sees the acts of their own module only."), login=acting.login)
    return act


def _refuse(texts: ActTexts) -> None:
    if problems := act_problems(texts):
        raise DraftRefused(problems)


def _columns(texts: ActTexts) -> dict[str, Any]:
    lines = {
        name: "\n".join(line for line in map(tidy, getattr(texts, name).splitlines()) if line) or None
        for name in ("present", "facts", "annexes")
    }
    words = {name: tidy(getattr(texts, name)) or None for name in ("place", "starts_at", "ends_at")}
    return {"held_on": texts.held_on, **words, **lines}


def _insert(tx: Tx, kind: ActKind, offering_id: int, texts: ActTexts, columns: dict[str, Any]) -> ActSaved:
    """The next number of its kind and year: acts are never deleted, so there are no gaps."""
    year = (texts.held_on or local_date(tx.at)).year
    number = tx.connection.exec_driver_sql(
        "SELECT coalesce(max(number), 0) + 1 FROM act WHERE kind = ? AND year = ?", (kind.value, year)
    ).scalar_one()
    row = {"uid": tx.new_uid(), "kind": kind, "number": number, "year": year, "offering_id": offering_id}
    (key,) = tx.insert(Act, [{**row, **_columns(texts), **columns}])
    return ActSaved(tx.set_id, key, kind, number, year)


def _check_ready(connection: Connection, key: int, today: dt.date) -> None:
    """Refused where the act could not be printed: then it takes no number either."""
    act = read_act(connection, key)
    assert act is not None
    act_content(connection, act, Language.ES, today)


def _module_key(connection: Connection, draft: ActDraft, code: str) -> int | None:
    if draft.module is None:
        return None
    if draft.kind is not ActKind.GRADES:
        raise UserError(N_("Only an act of grades is of one module."))
    key = connection.exec_driver_sql(
        "SELECT x.id FROM offering_module x JOIN course_module m ON m.id = x.course_module_id "
        "WHERE x.offering_id = ? AND m.number = ?",
        (draft.offering_id, draft.module),
    ).scalar()
    if key is None:
        raise UserError(N_("Course {code} has no module {module}."), code=code, module=draft.module)
    return int(key)


def _refuse_second(connection: Connection, draft: ActDraft, code: str) -> None:
    """Refused where an act of that kind, of the same module, is there; a rectified one has its rectification."""
    same: Sequence[ActRow] = [
        act for act in read_acts(connection, draft.offering_id) if act.kind == draft.kind and act.module == draft.module
    ]
    for act in same:
        raise Refused(_WAITING if act.frozen_at is None else _HELD, code=code, name=act.name)
