"""Checking certificates: codes as they are scanned, numbers and codes as they are told by telephone."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from sqlalchemy import Connection

from eic_tracker.domain.codes import CertificateKind, CertificateStatus
from eic_tracker.domain.paper_codes import act_code, digest_start
from eic_tracker.domain.permissions import ActingUser, Action, Right, require
from eic_tracker.domain.seal import PREFIX, NotReadable, SealedFacts, code_in
from eic_tracker.domain.trust import TrustList, read_list
from eic_tracker.domain.verifying import Answer, CodeState, check_code
from eic_tracker.errors import FileProblem
from eic_tracker.i18n import N_
from eic_tracker.queries.school import read_checked_where
from eic_tracker.queries.trust import FoundCertificate, find_certificates, lists_of_others, own_list
from eic_tracker.store.database import Database


def verify_texts(db: Database, acting: ActingUser, texts: Sequence[str], *, today: dt.date) -> tuple[Answer, ...]:
    """The state of each code, number or telephone code, by this school's own rows and the lists of others.

    A code is checked for anybody; what stands under a number is told only to who may read people. A number that
    several paper books bear is answered with all of them."""
    if not all(is_code(text) for text in texts):
        require(acting, Action.READ_PEOPLE, Right.YES)
    with db.read() as connection:
        lists = (own_list(connection, today), *lists_of_others(connection))
        return tuple(
            check_code(text, lists, today) if is_code(text) else _looked_up(connection, text, lists, today)
            for text in texts
        )


def verify_by_list(content: bytes, file: str, texts: Sequence[str], *, today: dt.date) -> tuple[Answer, ...]:
    """The state of each code by a list alone, without any file of the program; FileProblem where it is no list."""
    lists = (list_in(content, file),)
    return tuple(check_code(text, lists, today) for text in texts)


def list_in(content: bytes, file: str) -> TrustList:
    """The list in a file; FileProblem where it is none, or was changed after it was signed."""
    try:
        return read_list(content, None)[0]
    except NotReadable:
        raise FileProblem(
            N_("{file} is no list of annulled certificates, or it was changed. Ask the school for it again."), file=file
        ) from None


def texts_of(path: Path, *, look: Callable[[], object] | None = None) -> list[str]:
    """The codes in a PDF or picture, or the lines of a text file; FileProblem where there is none.

    `look` is called meanwhile and ends the reading where it raises."""
    from eic_tracker.exchange.code_pictures import codes_in, is_picture

    if is_picture(path):
        found = [text for text in codes_in(path, look=look) if is_code(text)]
        if not found:
            raise FileProblem(
                N_("No code of a certificate was found in {file}. Take a sharper picture of the code alone."),
                file=path.name,
            )
        return found
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        raise FileProblem(N_("{file} is neither a PDF nor a picture nor a text."), file=path.name) from None
    return [line for line in lines if line.strip()]


def is_code(text: str) -> bool:
    """Whether a text is meant as a signed code, and not as a number that is looked up."""
    try:
        return code_in(text).startswith(PREFIX)
    except UnicodeDecodeError:
        return False


def _looked_up(connection: Connection, text: str, lists: Sequence[TrustList], today: dt.date) -> Answer:
    digest = digest_start(text)
    told = act_code(digest) if digest is not None else None
    found = find_certificates(connection, text, told)
    if not found:
        return Answer(CodeState.INVALID, "not_found")
    issuer = read_checked_where(connection).issuer
    first, *others = (_answer_of(row, issuer, lists, today) for row in found)
    return replace(first, others=tuple(others))


def _answer_of(row: FoundCertificate, issuer: str, lists: Sequence[TrustList], today: dt.date) -> Answer:
    if row.code:
        return check_code(row.code, lists, today)
    if row.status != CertificateStatus.PAPER_BOOK or row.snapshot is None:
        return Answer(CodeState.INVALID, "not_signed")
    said = json.loads(row.snapshot)
    dated = dt.date.fromisoformat(said["issued_on"])
    kind = CertificateKind(row.kind)
    facts = SealedFacts(
        issuer, row.uid, said["number"], said["name"], said["course_title"], dated, said["hours"], kind, 0
    )
    return Answer(CodeState.PAPER_BOOK, None, facts, book=said["book"], folio=int(said["folio"]))
