"""Lists of trust: published for offices outside, taken in from other schools."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from eic_tracker.clock import local_date
from eic_tracker.domain.permissions import ActingUser, Action, require
from eic_tracker.domain.seal import NotReadable
from eic_tracker.domain.trust import TrustList, encode_list, list_fingerprint, read_list
from eic_tracker.errors import FileProblem, Refused, UserError
from eic_tracker.i18n import N_
from eic_tracker.queries.trust import lists_of_others, own_list
from eic_tracker.services.sign_in import actor
from eic_tracker.services.signing_keys import open_signature
from eic_tracker.services.verification import list_in
from eic_tracker.store.database import Database
from eic_tracker.store.files import write_bytes
from eic_tracker.store.tables.certificates import TrustListRow
from eic_tracker.store.transaction import Entry


@dataclass(frozen=True, slots=True)
class ListFiled:
    """A list that was published or taken in: whose, its number, day and fingerprint."""

    issuer: str
    sequence: int
    issued_on: dt.date
    fingerprint: str
    annulled: int
    content: bytes


def publish_list(db: Database, acting: ActingUser, passphrase: str | None) -> ListFiled:
    """Sign a new list of the school's signatures and annulments with the acting manager's own; it is kept here too."""
    require(acting, Action.APPROVE_CERTIFICATES)
    signer = open_signature(db, acting, passphrase)
    with db.write(Entry(actor(acting), "publish_trust_list", signer.login)) as tx:
        trust = own_list(tx.connection, local_date(tx.at))
        content = encode_list(trust, signer.private)
        filed = _filed(trust, content)
        tx.insert(TrustListRow, [{**_row(filed), "own": True, "recorded_at": tx.at}])
        return filed


def export_list(db: Database, acting: ActingUser, path: Path, passphrase: str | None) -> ListFiled:
    """Publish a new list and write it to a file, whole or not at all."""
    filed = publish_list(db, acting, passphrase)
    write_bytes(path, filed.content)
    return filed


def import_list(db: Database, acting: ActingUser, path: Path, fingerprint: str | None = None) -> ListFiled:
    """Take in the list of another school. The first of a school is taken only with its fingerprint, told by telephone.

    Refused for one that no trusted signature signed, that is not newer, or that is of a demonstration."""
    require(acting, Action.APPROVE_CERTIFICATES)
    try:
        content = path.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise FileProblem(N_("{file} cannot be read: {reason}."), file=path.name, reason=reason) from None
    trust = list_in(content, path.name)
    filed = _filed(trust, content)
    if trust.demonstration or any(key.demonstration for key in trust.keys):
        raise Refused(N_("{file} is the list of a demonstration; nothing real is checked by it."), file=path.name)
    with db.write(Entry(actor(acting), "import_trust_list", f"{filed.issuer} {filed.sequence}")) as tx:
        known = [each for each in lists_of_others(tx.connection) if each.issuer == trust.issuer]
        if known:
            _check_follows(content, trust, known[0], path.name)
        elif _plain(fingerprint or "") != _plain(filed.fingerprint):
            raise UserError(
                N_(
                    "This is the first list of {issuer} here. Ask that school by telephone for the code of its list; if"
                    " it is {fingerprint}, give it with the file."
                ),
                issuer=trust.issuer,
                fingerprint=filed.fingerprint,
            )
        tx.insert(TrustListRow, [{**_row(filed), "own": False, "recorded_at": tx.at}])
    return filed


def _check_follows(content: bytes, trust: TrustList, before: TrustList, file: str) -> None:
    try:
        read_list(content, before.keys)
    except NotReadable:
        raise Refused(
            N_("{file} is signed by nobody whom the list of {issuer} of {day} names. Ask that school by telephone."),
            file=file,
            issuer=trust.issuer,
            day=before.issued_on,
        ) from None
    if trust.sequence <= before.sequence:
        raise Refused(
            N_("{file} is not newer than the list of {issuer} of {day}, which stands."),
            file=file,
            issuer=trust.issuer,
            day=before.issued_on,
        )


def _filed(trust: TrustList, content: bytes) -> ListFiled:
    return ListFiled(
        trust.issuer, trust.sequence, trust.issued_on, list_fingerprint(content), len(trust.annulled), content
    )


def _row(filed: ListFiled) -> dict[str, object]:
    return {name: getattr(filed, name) for name in ("issuer", "sequence", "issued_on", "fingerprint", "content")}


def _plain(code: str) -> str:
    return "".join(letter for letter in code.upper() if letter.isalnum())
