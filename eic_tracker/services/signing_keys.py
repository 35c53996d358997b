"""Signatures of the school: each approver's own key, locked with their passphrase; handed over, lost, stolen."""

from __future__ import annotations

import datetime as dt
import hashlib
import math
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field as attribute

from sqlalchemy import Connection

from eic_tracker.clock import local_date
from eic_tracker.domain.accounts import passphrase_problems
from eic_tracker.domain.codes import KeyEnd, KeyTitle
from eic_tracker.domain.drafts import DraftProblem, DraftRefused, date_problems, tidy
from eic_tracker.domain.enrolling import ExceptionKind
from eic_tracker.domain.permissions import ActingUser, Action, Right, require
from eic_tracker.domain.seal import public_key_of
from eic_tracker.errors import Refused, UserError
from eic_tracker.i18n import N_, Translator
from eic_tracker.queries.school import read_school
from eic_tracker.queries.signing_keys import SignatureCard, SignatureRow, read_signature_card, read_signatures
from eic_tracker.services.authorisations import AuthorisationDraft, authorise
from eic_tracker.services.sign_in import LOCKED_FOR, MOST_FAILURES, actor, is_password_of, read_file_facts
from eic_tracker.store.database import Database
from eic_tracker.store.tables.certificates import SigningKey
from eic_tracker.store.transaction import Entry, Tx

_LOOKS_BACK = dt.timedelta(days=365)
"""A new signature signs certificates dated so long before it was made: courses that ended wait for theirs."""
_DEMONSTRATION_FROM = dt.date(2011, 1, 1)
_USES = ("approve_certificates", "change_passphrase", "make_signature", "hand_over_signature")


@dataclass(frozen=True, slots=True)
class SignatureDraft:
    """A new signature of the acting manager: its passphrase typed twice, the days to which certificates are dated."""

    title: KeyTitle
    passphrase: str = attribute(repr=False)
    again: str = attribute(repr=False)
    valid_from: dt.date | None = None
    """None: a year before today"""
    valid_to: dt.date | None = None
    """the last day on which it signs, such as the end of the holder's term; None: until it is handed over"""


@dataclass(frozen=True, slots=True)
class SignatureMade:
    """A signature that was made: the entry, its key, and its fingerprint for the telephone."""

    set_id: int
    id: int
    kid: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class HandedOver:
    """A signature that changed hands: the new one, whose ended, and the text of the act to be printed and signed."""

    made: SignatureMade
    ended: tuple[int, ...]
    act: str


@dataclass(frozen=True, slots=True)
class SignatureEnd:
    """A signature that signs no more: why, since when, and what happened in words."""

    id: int
    ended: KeyEnd
    reason: str


@dataclass(frozen=True, slots=True)
class OpenSignature:
    """An open signature: with it certificates are signed in this one moment; never stored."""

    login: str
    kid: str
    valid_from: dt.date
    private: bytes = attribute(repr=False)


def signature_card(db: Database, acting: ActingUser) -> SignatureCard:
    """The signatures of the school as they stand today, and those that ended."""
    require(acting, Action.READ_FIGURES, Right.YES)
    with db.read() as connection:
        return read_signature_card(connection, local_date(db.clock()))


def make_signature(db: Database, acting: ActingUser, draft: SignatureDraft) -> SignatureMade:
    """Make the acting manager's own signature; Refused where they have one, or somebody else is titular.

    DraftRefused for a passphrase that is short, easy, typed differently, or the user's password."""
    require(acting, Action.APPROVE_CERTIFICATES)
    _check_draft(db, acting, draft)
    locked = _fresh(draft.passphrase)
    with db.write(Entry(actor(acting), "make_signature", draft.title.value)) as tx:
        if _holds_titular(tx, acting, draft.title):
            raise Refused(N_("The school's titular signature is held already; hand it over, or make a deputy's."))
        return _insert(tx, acting, draft, locked)


def hand_over_signature(
    db: Database, acting: ActingUser, draft: SignatureDraft, order: AuthorisationDraft, *, t: Translator
) -> HandedOver:
    """Make the acting manager the titular: the former titular's signature ends today, what it signed holds.

    The act's text comes back for printing. Refused where nobody is titular, or the acting user is it."""
    from eic_tracker.reports.signature_act import hand_over_text

    require(acting, Action.APPROVE_CERTIFICATES)
    _check_draft(db, acting, draft)
    locked = _fresh(draft.passphrase)
    with db.write(Entry(actor(acting), "hand_over_signature", "titular")) as tx:
        today = local_date(tx.at)
        former = [row for row in _active(tx.connection, today) if row.title == KeyTitle.TITULAR]
        if not former or former[0].user_id == acting.id:
            raise Refused(N_("There is no other titular whose signature could be handed over; make one instead."))
        authorise(tx, order, [ExceptionKind.SIGNATURE])
        own = [row for row in _active(tx.connection, today) if row.user_id == acting.id]
        ended = [former[0], *own]
        tx.update(SigningKey, {row.id: {"ended": KeyEnd.HANDED_OVER, "valid_to": today} for row in ended})
        made = _insert(tx, acting, draft, locked)
        school = read_school(tx.connection)
        act = hand_over_text(
            school=school, day=today, former=former[0], holder=acting.full_name, fingerprint=made.fingerprint,
            order=order.authorised_by, post=order.post, letter=order.letter, t=t,
        )  # fmt: skip
        return HandedOver(made, tuple(row.id for row in ended), act)


def end_signature(db: Database, acting: ActingUser, draft: SignatureEnd) -> int:
    """End a signature today and say why; the entry's number. What a lost one signed holds.

    Of a stolen one only what stands in the school's list holds; it is said also of one that ended otherwise before."""
    require(acting, Action.APPROVE_CERTIFICATES)
    reason = tidy(draft.reason)
    if not reason:
        raise UserError(N_("Say what happened to the signature; nothing was changed."))
    with db.write(Entry(actor(acting), "end_signature", draft.ended.value, reason=reason)) as tx:
        rows = {row.id: row for row in read_signatures(tx.connection)}
        row = rows.get(draft.id)
        if row is None:
            raise UserError(N_("There is no signature {id} in this file."), id=draft.id)
        if row.ended == KeyEnd.STOLEN or (row.ended is not None and draft.ended is not KeyEnd.STOLEN):
            raise Refused(N_("The signature of {holder} has ended already; nothing was changed."), holder=row.holder)
        last = min(local_date(tx.at), row.valid_to or dt.date.max)
        tx.update(SigningKey, {row.id: {"ended": draft.ended, "valid_to": last}})
        return tx.set_id


def change_passphrase(db: Database, acting: ActingUser, present: str, new: str, again: str) -> int:
    """Lock the acting manager's signature with another passphrase; the entry's number. A wrong present one counts."""
    from eic_tracker.services.key_lock import lock

    require(acting, Action.APPROVE_CERTIFICATES)
    if new == present:
        raise DraftRefused((DraftProblem("passphrase", N_("The new passphrase is the present one; choose another.")),))
    _check_passphrase(db, acting, new, again)
    signature = open_signature(db, acting, present)
    locked = lock(signature.private, new, signature.kid)
    with db.write(Entry(actor(acting), "change_passphrase", signature.kid)) as tx:
        tx.update(SigningKey, {signing_key_of(tx, acting, signature): {"locked_private": locked}})
        return tx.set_id


def open_signature(db: Database, acting: ActingUser, passphrase: str | None) -> OpenSignature:
    """The acting manager's signature, opened by its passphrase; in a demonstration file none is asked.

    Refused without one, for a wrong passphrase (five in a row lock it for a quarter of an hour, as at sign-in)."""
    from eic_tracker.services.key_lock import WrongPassphrase, demonstration_private, unlock

    require(acting, Action.APPROVE_CERTIFICATES)
    now = db.clock()
    with db.read() as connection:
        facts = read_file_facts(connection)
        if facts.demonstration:
            uid = connection.exec_driver_sql("SELECT uid FROM user WHERE id = ?", (acting.id,)).scalar_one()
            private = demonstration_private(facts.uid, uid)
            return OpenSignature(acting.login, public_key_of(private).kid, _DEMONSTRATION_FROM, private)
        own = [row for row in _active(connection, local_date(now)) if row.user_id == acting.id]
        if not own:
            raise Refused(_NONE, login=acting.login)
        _check_lock(connection, acting, now)
        locked = connection.exec_driver_sql(
            "SELECT locked_private FROM signing_key WHERE id = ?", (own[0].id,)
        ).scalar_one()
    try:
        private = unlock(locked, passphrase or "", own[0].kid)
    except WrongPassphrase:
        with db.write(Entry(actor(acting), "wrong_passphrase", own[0].kid)) as tx:
            tx.record_event()
        raise Refused(
            N_("The passphrase is wrong. After five failures in a row the signature is locked for 15 minutes.")
        ) from None
    return OpenSignature(acting.login, own[0].kid, own[0].valid_from, private)


def signing_key_of(tx: Tx, holder: ActingUser, signature: OpenSignature) -> int:
    """The row of an open signature, asked again within the write: Refused where it ended meanwhile.

    The first time that a user of a demonstration file signs, its row is made."""
    for row in _active(tx.connection, local_date(tx.at)):
        if row.kid == signature.kid and row.user_id == holder.id:
            return row.id
    known = read_signatures(tx.connection)
    ended = any(row.kid == signature.kid for row in known)
    if ended or not read_file_facts(tx.connection).demonstration:
        raise Refused(_NONE, login=holder.login)
    titular = any(row.title == KeyTitle.TITULAR for row in known)
    title = KeyTitle.DEPUTY if titular else KeyTitle.TITULAR
    return add_demonstration_signature(tx, holder.id, title)


def add_demonstration_signature(tx: Tx, user_id: int, title: KeyTitle) -> int:
    """Enter the signature of a user of a demonstration file; the same file and user give the same one."""
    from eic_tracker.services.key_lock import demonstration_private

    file_uid = read_file_facts(tx.connection).uid
    user_uid = tx.connection.exec_driver_sql("SELECT uid FROM user WHERE id = ?", (user_id,)).scalar_one()
    public = public_key_of(demonstration_private(file_uid, user_uid))
    row = {
        "uid": hashlib.sha256(f"{file_uid} {public.kid}".encode()).hexdigest()[:32],
        "user_id": user_id,
        "title": title,
        "kid": public.kid,
        "point": public.point.hex(),
        "valid_from": _DEMONSTRATION_FROM,
        "demonstration": True,
    }
    return tx.insert(SigningKey, [row])[0]


_NONE = N_(
    "“{login}” holds no signature of the school that is active; make one in Settings, or with “certificates signature "
    "make”."
)


@dataclass(frozen=True, slots=True)
class _Fresh:
    kid: str
    point: str
    locked: str = attribute(repr=False)


def _fresh(passphrase: str) -> _Fresh:
    """A new key, locked; made before the write begins, for it takes a while."""
    from eic_tracker.services.key_lock import lock, new_private

    private = new_private()
    public = public_key_of(private)
    return _Fresh(public.kid, public.point.hex(), lock(private, passphrase, public.kid))


def _insert(tx: Tx, acting: ActingUser, draft: SignatureDraft, fresh: _Fresh) -> SignatureMade:
    today = local_date(tx.at)
    if any(row.user_id == acting.id for row in _active(tx.connection, today)):
        raise Refused(N_("“{login}” holds a signature already; change its passphrase, or end it."), login=acting.login)
    (key,) = tx.insert(
        SigningKey,
        [
            {
                "uid": tx.new_uid(),
                "user_id": acting.id,
                "title": draft.title,
                "kid": fresh.kid,
                "point": fresh.point,
                "locked_private": fresh.locked,
                "valid_from": draft.valid_from or today - _LOOKS_BACK,
                "valid_to": draft.valid_to,
            }
        ],
    )
    (made,) = (row for row in read_signatures(tx.connection) if row.id == key)
    return SignatureMade(tx.set_id, key, made.kid, made.fingerprint)


def _active(connection: Connection, today: dt.date) -> Sequence[SignatureRow]:
    return read_signature_card(connection, today).active


def _holds_titular(tx: Tx, acting: ActingUser, title: KeyTitle) -> bool:
    """Whether somebody else signs as titular today, where the new signature would be the titular's."""
    active = _active(tx.connection, local_date(tx.at))
    return title is KeyTitle.TITULAR and any(row.title == title and row.user_id != acting.id for row in active)


def _check_draft(db: Database, acting: ActingUser, draft: SignatureDraft) -> None:
    with db.read() as connection:
        if read_file_facts(connection).demonstration:
            raise Refused(N_("In sample data the signature needs no passphrase, and there is nothing to make."))
    problems = [*date_problems("valid_from", draft.valid_from), *date_problems("valid_to", draft.valid_to)]
    today = local_date(db.clock())
    if draft.valid_to is not None and draft.valid_to < today:
        problems.append(DraftProblem("valid_to", N_("The last day of the signature is past already.")))
    if draft.valid_from is not None and draft.valid_from > today:
        problems.append(DraftProblem("valid_from", N_("A signature signs from today on, or from an earlier day.")))
    if problems:
        raise DraftRefused(problems)
    _check_passphrase(db, acting, draft.passphrase, draft.again)


def _check_passphrase(db: Database, acting: ActingUser, passphrase: str, again: str) -> None:
    problems = passphrase_problems(passphrase, acting.login)
    if not problems and passphrase != again:
        problems = (DraftProblem("again", N_("The passphrase was typed differently the second time.")),)
    if not problems and is_password_of(db, acting, passphrase):
        message = N_("The passphrase is not the password with which you sign in; choose another.")
        problems = (DraftProblem("passphrase", message),)
    if problems:
        raise DraftRefused(problems)


def _check_lock(connection: Connection, acting: ActingUser, now: dt.datetime) -> None:
    """Refused after five wrong passphrases in a row, until a quarter of an hour after the last."""
    marks = ", ".join("?" for _ in _USES)
    failures = [
        dt.datetime.fromisoformat(at).replace(tzinfo=dt.UTC)
        for (at,) in connection.exec_driver_sql(
            "SELECT at FROM change_set WHERE user_id = ? AND use_case = 'wrong_passphrase' AND id > "
            f"(SELECT coalesce(max(id), 0) FROM change_set WHERE user_id = ? AND use_case IN ({marks}))",
            (acting.id, acting.id, *_USES),
        )
    ]
    # what a clock that was wrong by more than the lock calls later or earlier locks nobody out
    recent = [at for at in failures if abs(now - at) < LOCKED_FOR]
    if len(recent) >= MOST_FAILURES:
        left = min(max(recent) + LOCKED_FOR - now, LOCKED_FOR)
        raise Refused(
            N_("The signature of “{login}” is locked after five wrong passphrases. Try again in {minutes} minutes."),
            login=acting.login,
            minutes=math.ceil(left / dt.timedelta(minutes=1)),
        )
