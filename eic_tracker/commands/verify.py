"""`verify`, `trust`: checking certificates, and the lists by which others check them."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from eic_tracker.commands.figures import print_json
from eic_tracker.commands.opening import opened
from eic_tracker.domain.codes import Role
from eic_tracker.domain.verifying import Answer, CodeState
from eic_tracker.i18n import Translator
from eic_tracker.reports.plain_text import text_table
from eic_tracker.reports.verification_words import state_words
from eic_tracker.services.trust_lists import export_list, import_list
from eic_tracker.services.verification import is_code, texts_of, verify_by_list, verify_texts


def verify(args: argparse.Namespace, t: Translator) -> int:
    """Check codes, a PDF, a picture or numbers; 0 only where everything is valid."""
    many, texts = _texts(args.what)
    if args.trust is not None:
        answers = verify_by_list(args.trust.read_bytes(), args.trust.name, texts, today=args.today or _today())
    else:
        with opened(args, t) as file:
            acting = file.reader() if all(is_code(text) for text in texts) else file.known_reader()
            answers = verify_texts(file.db, acting, texts, today=file.today)
    if args.json:
        told = [answer_json(answer) for answer in answers]
        print_json(told if many or len(told) != 1 else told[0])
    else:
        _print(answers, t)
    return int(not answers or any(answer.state is not CodeState.VALID for answer in answers))


def _today() -> Any:
    from eic_tracker.clock import local_date, now_utc

    return local_date(now_utc())


def _texts(what: str) -> tuple[bool, list[str]]:
    """Whether a list is asked for, and the texts: lines of standard input, what a file holds, or the word itself."""
    if what == "-":
        return True, [line.rstrip("\r\n") for line in sys.stdin if line.strip()]
    path = Path(what)
    if not is_code(what) and path.is_file():
        return False, texts_of(path)
    return False, [what]


def answer_json(answer: Answer) -> dict[str, Any]:
    """An answer as JSON says it; facts are null where the signature does not hold."""
    facts = answer.facts
    return {
        "state": answer.state.value,
        "demo": answer.demonstration,
        "list_old": answer.list_old,
        "list_age_days": answer.list_age_days,
        "reason": answer.reason,
        "number": facts.number if facts else None,
        "name": facts.name if facts else None,
        "course": facts.course if facts else None,
        "date": facts.dated.isoformat() if facts else None,
        "hours": facts.hours if facts else None,
        "kind": facts.kind.value if facts else None,
        "issuer": facts.issuer if facts else None,
        "telephone_code": answer.telephone_code,
        "book": answer.book,
        "folio": answer.folio,
        "others": [answer_json(other) for other in answer.others],
    }


def _print(answers: tuple[Answer, ...], t: Translator) -> None:
    rows = []
    for answer in (candidate for each in answers for candidate in each.candidates):
        facts = answer.facts
        said = [facts.number, facts.name, facts.course, t.date(facts.dated)] if facts else ["", "", "", ""]
        place = f"{answer.book}, {answer.folio}" if answer.book else ""
        rows.append([state_words(answer, t), *said, place])
    print(text_table([t("State"), t("Number"), t("Name"), t("Course"), t("Date"), t("Book, folio")], rows))


def trust_export(args: argparse.Namespace, t: Translator) -> int:
    """Sign and write a new list for offices outside."""
    with opened(args, t) as file:
        acting = file.writer(Role.MANAGER)
        filed = export_list(file.db, acting, args.out, file.passphrase(acting))
    print(t("{file}: list {number}, code {code}", file=args.out, number=filed.sequence, code=filed.fingerprint))
    return 0


def trust_import(args: argparse.Namespace, t: Translator) -> int:
    """Take in the list of another school."""
    with opened(args, t) as file:
        filed = import_list(file.db, file.writer(Role.MANAGER), args.list, args.fingerprint)
    print(t("List {number} of {issuer} taken in, of {day}.", number=filed.sequence, issuer=filed.issuer,
            day=t.date(filed.issued_on)))  # fmt: skip
    return 0
