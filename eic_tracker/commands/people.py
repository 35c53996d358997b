"""`merge`, `unmerge`, `duplicates`: two records of one person, and the pairs that may be."""

from __future__ import annotations

import argparse
import json
from typing import Any

from eic_tracker.commands.opening import Opened, opened
from eic_tracker.domain.codes import Role
from eic_tracker.domain.permissions import ActingUser
from eic_tracker.i18n import Translator
from eic_tracker.queries.likenesses import PersonOnFile
from eic_tracker.reports.plain_text import text_table
from eic_tracker.services.duplicates import find_duplicates
from eic_tracker.services.merging import (
    TAKEN_APART,
    MergeDone,
    MergeDraft,
    MergePreview,
    merge_people,
    merge_preview,
    person_meant,
    tell_apart,
    unmerge_people,
)


def merge(args: argparse.Namespace, t: Translator) -> int:
    """Merge the second record into the first, or show what that would do."""
    with opened(args, t) as file:
        acting = file.writer(Role.REGISTRAR)
        kept, gone = _meant(file, acting, args.kept), _meant(file, acting, args.gone)
        preview = merge_preview(file.db, acting, kept, gone)
        proposed = {choice.field for choice in preview.fields if choice.take}
        take = frozenset((proposed | _names(args.take)) - _names(args.leave))
        done = None
        if not args.dry_run:
            done = merge_people(file.db, acting, MergeDraft(preview.kept, preview.gone, take, args.reason))
    if args.json:
        print(json.dumps(_merge_as_json(preview, take, done), ensure_ascii=False, indent=2))
        return 0
    rows = [
        [choice.field, choice.kept or "", choice.gone or "", choice.gone if choice.field in take else choice.kept]
        for choice in preview.fields
    ]
    print(
        text_table([t("Field"), str(preview.kept), str(preview.gone), t("Kept")], [[x or "" for x in r] for r in rows])
    )
    for shared in preview.shared:
        print(
            t("Both sit in {code}: enrolment {number} is taken off.", code=shared.code, number=shared.removed_enrolment)
        )
    if done is None:
        print(t("Nothing was stored: this was a trial."))
    else:
        print(t("Merged as entry {number}; “unmerge {gone}” takes it back.", number=done.set_id, gone=done.gone))
    return 0


def unmerge(args: argparse.Namespace, t: Translator) -> int:
    """Take a merge back."""
    with opened(args, t) as file:
        acting = file.writer(Role.REGISTRAR)
        gone = _meant(file, acting, args.gone)
        done = unmerge_people(file.db, acting, gone, args.reason or TAKEN_APART, trial=args.dry_run)
    if args.json:
        answer = {"kept": done.kept, "gone": done.gone, "quarters_restated": list(done.quarters_restated)}
        entry = {} if done.set_id is None else {"entry": done.set_id}
        print(json.dumps(answer | entry, ensure_ascii=False, indent=2))
    elif args.dry_run:
        print(t("Nothing was stored: this was a trial."))
    else:
        print(t("Records {kept} and {gone} are two people again (entry {number}).", **_numbers(done)))
    return 0


def duplicates(args: argparse.Namespace, t: Translator) -> int:
    """List pairs that are likely one person, or remember that two are not."""
    with opened(args, t) as file:
        acting = file.writer(Role.REGISTRAR)
        if args.apart is not None:
            one, other = (_meant(file, acting, text) for text in args.apart)
            entry = tell_apart(file.db, acting, one, other)
            print(t("Known already.") if entry is None else t("Remembered as entry {number}.", number=entry))
            return 0
        found = find_duplicates(file.db, acting, args.most)
    if args.json:
        pairs = [
            {
                "score": pair.likeness.score,
                "signs": [sign.value for sign in pair.likeness.signs],
                "first": _person(pair.first),
                "second": _person(pair.second),
            }
            for pair in found.pairs
        ]
        print(json.dumps({"total": found.total, "pairs": pairs}, ensure_ascii=False, indent=2))
        return 0
    head = [t("Score"), "1", t("Name"), "2", t("Name"), t("Signs")]
    rows = [
        [
            str(pair.likeness.score),
            str(pair.first.id),
            f"{pair.first.given_names} {pair.first.surnames}",
            str(pair.second.id),
            f"{pair.second.given_names} {pair.second.surnames}",
            ", ".join(pair.likeness.signs),
        ]
        for pair in found.pairs
    ]
    print(text_table(head, rows, right=frozenset({0, 1, 3})))
    print(t.plural("{count} likely pair.", "{count} likely pairs.", found.total))
    return 0


def _meant(file: Opened, acting: ActingUser, text: str) -> int:
    return person_meant(file.db, acting, text)


def _names(texts: list[str]) -> set[str]:
    return {name.strip() for text in texts for name in text.split(",") if name.strip()}


def _numbers(done: MergeDone) -> dict[str, object]:
    return {"kept": done.kept, "gone": done.gone, "number": done.set_id}


def _merge_as_json(preview: MergePreview, take: frozenset[str], done: MergeDone | None) -> dict[str, Any]:
    answer: dict[str, Any] = {
        "kept": preview.kept,
        "gone": preview.gone,
        "fields": [
            {
                "field": choice.field,
                "kept": choice.kept,
                "gone": choice.gone,
                "taken": "gone" if choice.field in take else "kept",
            }
            for choice in preview.fields
        ],
        "shared": [
            {
                "offering": shared.code,
                "kept_enrolment": shared.kept_enrolment,
                "removed_enrolment": shared.removed_enrolment,
            }
            for shared in preview.shared
        ],
    }
    if done is None:
        return answer
    return {**answer, "quarters_restated": list(done.quarters_restated), "entry": done.set_id}


def _person(person: PersonOnFile) -> dict[str, Any]:
    return {
        "id": person.id,
        "given_names": person.given_names,
        "family_names": person.surnames,
        "sex": None if person.sex == "U" else person.sex.value,
        "birth_date": person.birth_date.isoformat() if person.birth_date else None,
        "document": person.document_number,
        "document_type": person.document_kind,
        "country": person.document_country,
        "police_number": person.police_number,
    }
