"""A reviewed list is taken in: people, and a roster's enrolments, in one entry that can be undone as a whole."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from eic_tracker.clock import local_date
from eic_tracker.domain.names import fold
from eic_tracker.domain.permissions import ActingUser, Action, Right, require
from eic_tracker.errors import Refused
from eic_tracker.exchange.by_hand import is_left_out
from eic_tracker.exchange.rows import PersonRow, Problem, ReadList, RowKey
from eic_tracker.i18n import N_
from eic_tracker.services.authorisations import AuthorisationDraft
from eic_tracker.services.enrolment import EnrolmentDraft, enrol_within
from eic_tracker.services.letters import SourceDraft, file_source
from eic_tracker.services.list_differences import additions, is_further
from eic_tracker.services.list_review import (
    Outcome,
    Review,
    ReviewedRow,
    is_enrolled,
    line_of,
    newest_set,
    review_rows,
)
from eic_tracker.services.people import insert_people
from eic_tracker.services.same_list import list_digest, row_digest
from eic_tracker.services.sign_in import actor
from eic_tracker.store.copies import automatic_copy
from eic_tracker.store.database import Database
from eic_tracker.store.tables.imports import (
    ImportKind,
    ListImport,
    PersonWithoutDocument,
    RejectedRow,
    RememberedColumn,
)
from eic_tracker.store.tables.people import DifferentPeople, Participant, ParticipantDocument
from eic_tracker.store.transaction import Entry, Tx

MEANWHILE = N_("The file was changed meanwhile, and the list now means something else; look at it again.")


@dataclass(frozen=True, slots=True)
class ImportDraft:
    """A review to be stored, the paper that the list came with, and who authorises its exceptions."""

    review: Review
    source: SourceDraft | int | None = None
    authorisation: AuthorisationDraft | None = None
    waiting: Mapping[RowKey, int] = field(default_factory=dict)
    """rows that were kept of an earlier list, and now come in or are put aside for good"""


@dataclass(frozen=True, slots=True)
class Imported:
    """What was stored; without `set_id` the file had all of it already, or nothing could be taken in."""

    set_id: int | None
    counts: Mapping[str, int]
    left_out: int
    people: Mapping[int, int]
    """whom each stored row names, by its place in the list"""
    enrolments: tuple[int, ...] = ()


def copy_before(db: Database) -> None:
    """The checked copy that is made before a list comes in from a file."""
    automatic_copy(db.path, "import")


def import_list(db: Database, acting: ActingUser, draft: ImportDraft) -> Imported:
    """Store what a review says would be stored, all of it or nothing; what it leaves out is kept beside, with why.

    Refused where the file was changed since and the rows now mean something else."""
    require(acting, Action.ENROL)
    if draft.authorisation is not None:
        require(acting, Action.MAKE_EXCEPTION, Right.ASK, Right.WITH_REASON)
    review = draft.review
    with db.write(Entry(actor(acting), "import_list", storable(review.read.file))) as tx:
        _check_still_so(tx, review)
        if draft.waiting:
            review = _settled(tx, review, draft.waiting)
        rows = review.rows
        if not rows or (not draft.waiting and is_in_already(tx, review)):
            return Imported(None, review.counts, review.left_out, _known_people(rows))
        source = file_source(tx, draft.source) if isinstance(draft.source, SourceDraft) else draft.source
        done, code = take_in_within(tx, review, source, draft.authorisation, keep=not draft.waiting)
        if code:
            tx.entry = replace(tx.entry, label=f"{code} {tx.entry.label}")
        return done


def take_in_within(
    tx: Tx, review: Review, source: int | None, authorisation: AuthorisationDraft | None = None, *, keep: bool = True
) -> tuple[Imported, str]:
    """Store what a review says within a transaction of somebody who may; the number of its course, if any, beside.

    Rows that stay out are kept with their reasons, unless `keep` is False."""
    rows = review.rows
    people = _known_people(rows)
    enrolments: tuple[int, ...] = ()
    code = ""
    if review.offering_id is None:
        people.update(_insert_new(tx, rows))
    else:
        enrolments, enrolled, code = _enrol(tx, review, source, authorisation)
        people.update(enrolled)
    _add_to_known(tx, rows)
    _tell_apart(tx, review, people)
    entered = _enter_list(tx, review, source)
    if keep:
        _keep_rejected(tx, entered, rows)
    _remember(tx, entered, review.read, people, source)
    return Imported(tx.set_id, review.counts, review.left_out, people, enrolments), code


def _settled(tx: Tx, review: Review, waiting: Mapping[RowKey, int]) -> Review:
    """Those of the waiting rows that come in or that somebody put aside: they wait no more; the others stay."""
    places = [place for place, row in enumerate(review.rows) if row.left_out is None or is_left_out(row.row)]
    keys = [waiting[review.rows[place].row.key] for place in places]
    present = tx.connection.exec_driver_sql(
        "SELECT count(*) FROM rejected_row WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(keys),)
    ).scalar_one()
    if present != len(keys):
        raise Refused(MEANWHILE)
    tx.delete(RejectedRow, keys)
    rows = tuple(review.rows[place] for place in places)
    decisions = {now: review.decisions[place] for now, place in enumerate(places) if place in review.decisions}
    return replace(review, rows=rows, decisions=decisions, read=replace(review.read, rows=tuple(r.row for r in rows)))


def _check_still_so(tx: Tx, review: Review) -> None:
    if newest_set(tx.connection) == review.stamp:
        return
    now = review_rows(tx.connection, review.read, review.decisions, local_date(tx.at))
    for before, after in zip(review.rows, now, strict=True):
        if before.outcome is Outcome.ERROR:
            continue
        if (before.outcome, _key(before)) != (after.outcome, _key(after)):
            raise Refused(MEANWHILE)


def _key(row: ReviewedRow) -> int | None:
    return row.known.id if row.known is not None else None


def _known_people(rows: Sequence[ReviewedRow]) -> dict[int, int]:
    return {place: row.known.id for place, row in enumerate(rows) if row.known is not None and row.left_out is None}


def is_in_already(tx: Tx, review: Review) -> bool:
    """Whether the file has all that would be stored and kept: the same list again leaves nothing behind."""
    for row in review.rows:
        if not is_enrolled(row):
            continue
        if row.known is None or additions(row.person, row.known) or is_further(row.person, row.known):
            return False
    if review.offering_id is not None and _missing_on_roster(tx, review):
        return False
    found = tx.connection.exec_driver_sql(
        "SELECT 1 FROM list_import WHERE digest = ? AND offering_id IS ?",
        (list_digest(review.read), review.offering_id),
    ).first()
    return found is not None or not review.left_out


def _missing_on_roster(tx: Tx, review: Review) -> bool:
    people = json.dumps([row.known.id for row in review.rows if is_enrolled(row) and row.known is not None])
    return bool(
        tx.connection.exec_driver_sql(
            "SELECT count(*) FROM json_each(?) j WHERE NOT EXISTS (SELECT 1 FROM enrolment e WHERE e.offering_id = ? "
            "AND e.participant_id = j.value AND e.status IN ('applied', 'enrolled', 'completed', 'not_completed'))",
            (people, review.offering_id),
        ).scalar_one()
    )


def _insert_new(tx: Tx, rows: Sequence[ReviewedRow]) -> dict[int, int]:
    new = [place for place, row in enumerate(rows) if row.outcome is Outcome.NEW and is_enrolled(row)]
    return dict(zip(new, insert_people(tx, [rows[place].person for place in new]), strict=True))


def _enrol(
    tx: Tx, review: Review, source: int | None, authorisation: AuthorisationDraft | None
) -> tuple[tuple[int, ...], dict[int, int], str]:
    assert review.offering_id is not None
    places = [place for place, row in enumerate(review.rows) if is_enrolled(row)]
    lines = tuple(line_of(review.rows[place]) for place in places)
    if not lines:
        return (), {}, ""
    done = enrol_within(tx, EnrolmentDraft(review.offering_id, lines, source, authorisation))
    rows = tx.connection.exec_driver_sql(
        "SELECT id, participant_id FROM enrolment WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(done.enrolments),),
    )
    person_of = {row.id: row.participant_id for row in rows}
    people = {place: person_of[enrolment] for place, enrolment in zip(places, done.enrolments, strict=True)}
    return done.enrolments, people, done.code


def _add_to_known(tx: Tx, rows: Sequence[ReviewedRow]) -> None:
    """Fill what the file did not have of people whom it knew; what it had stays."""
    changes: dict[int, dict[str, Any]] = {}
    documents: dict[tuple[str, str, str], dict[str, Any]] = {}
    for row in rows:
        if row.known is None or row.left_out is not None:
            continue
        if columns := additions(row.person, row.known):
            changes.setdefault(row.known.id, {}).update(columns)
        if row.person.document is not None and is_further(row.person, row.known):
            country, kind, number = row.person.document
            documents[row.person.document] = {
                "participant_id": row.known.id,
                "kind": kind,
                "country": country,
                "number": number,
            }
    tx.update(Participant, changes)
    tx.insert(ParticipantDocument, documents.values())


def _tell_apart(tx: Tx, review: Review, people: Mapping[int, int]) -> None:
    """Remember whom a person found to be somebody else than those who looked alike."""
    pairs = set()
    for place, row in enumerate(review.rows):
        if place not in review.decisions or place not in people:
            continue
        for candidate in row.candidates:
            pair = (people[place], candidate.person.id)
            if pair[0] != pair[1]:
                pairs.add((min(pair), max(pair)))
    remember_different(tx, pairs)


def remember_different(tx: Tx, pairs: Iterable[tuple[int, int]]) -> None:
    """Remember that these pairs of records (lower key first) are two people each."""
    known = {
        (first, second)
        for first, second in tx.connection.exec_driver_sql("SELECT first_id, second_id FROM different_people")
    }
    tx.insert(
        DifferentPeople,
        [
            {"first_id": first, "second_id": second, "recorded_at": tx.at}
            for first, second in sorted(set(pairs) - known)
        ],
    )


def _enter_list(tx: Tx, review: Review, source: int | None) -> int:
    left_out = review.left_out
    new = sum(row.outcome is Outcome.NEW and row.left_out is None for row in review.rows)
    row = {
        "uid": tx.new_uid(),
        "kind": ImportKind.PEOPLE if review.offering_id is None else ImportKind.ENROLMENTS,
        "file": storable(review.read.file),
        "sheet": storable(review.read.sheet),
        "digest": list_digest(review.read),
        "offering_id": review.offering_id,
        "source_document_id": source,
        "people": len(review.rows),
        "new": new,
        "known": len(review.rows) - new - left_out,
        "left_out": left_out,
        "recorded_at": tx.at,
    }
    return tx.insert(ListImport, [row])[0]


def _keep_rejected(tx: Tx, entered: int, rows: Sequence[ReviewedRow]) -> None:
    tx.insert(
        RejectedRow,
        [
            {
                "list_import_id": entered,
                "sheet": storable(row.row.sheet),
                "row": row.row.row,
                "rejected_as": row.left_out,
                "content": _as_json({**content_of(row.row), "written": row.row.written}),
                "problems": _as_json([_problem(problem) for problem in row.problems]),
            }
            for row in rows
            if row.left_out is not None
        ],
    )


def content_of(row: PersonRow) -> dict[str, str | None]:
    """What a row says of its person, field by field, as the command line shows it too."""
    return {
        "document": row.document,
        "document_type": row.document_type if row.document else None,
        "country": row.country if row.document else None,
        "given_names": row.given_names,
        "family_names": row.family_names,
        "sex": row.sex,
        "birth_date": row.birth_date.isoformat() if row.birth_date else None,
        "rank": row.rank,
        "unit": row.unit,
        "institution": row.institution,
        "phone": row.phone,
    }


def _problem(problem: Problem) -> dict[str, str | None]:
    return {
        "field": problem.field,
        "severity": problem.severity.value,
        "code": problem.code,
        "value": problem.value,
        "proposal": problem.proposal,
    }


def storable(name: str) -> str:
    """A name of a file or sheet as it can be kept: what is no text (names of other systems) becomes question marks."""
    return name.encode("utf-8", "replace").decode("utf-8")


def _as_json(content: object) -> str:
    return json.dumps(content, sort_keys=True, separators=(",", ":"))


def _remember(tx: Tx, entered: int, read: ReadList, people: Mapping[int, int], source: int | None) -> None:
    """Remember whom rows without a document became, and what the columns of this sender mean."""
    tx.insert(
        PersonWithoutDocument,
        [
            {"list_import_id": entered, "digest": row_digest(row), "participant_id": people[place]}
            for place, row in enumerate(read.rows)
            if row.document is None and place in people
        ],
    )
    sender = _sender(tx, source)
    if not sender or not read.header_row:
        return
    known = {
        row.header: (row.id, row.field)
        for row in tx.connection.exec_driver_sql(
            "SELECT id, header, field FROM remembered_column WHERE sender = ?", (sender,)
        )
    }
    wanted = {fold(header): field for field, header in read.columns.items() if fold(header)}
    tx.update(RememberedColumn, {known[each][0]: {"field": wanted[each]} for each in wanted if each in known})
    tx.insert(
        RememberedColumn,
        [
            {"sender": sender, "header": header, "field": field}
            for header, field in wanted.items()
            if header not in known
        ],
    )


def _sender(tx: Tx, source: int | None) -> str:
    if source is None:
        return ""
    text = tx.connection.exec_driver_sql("SELECT sender FROM source_document WHERE id = ?", (source,)).scalar()
    return fold(text or "")
