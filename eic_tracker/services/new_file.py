"""A new file: schema, reference lists, published figures, the first administrators."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from dataclasses import field as attribute
from pathlib import Path

from eic_tracker.domain.accounts import FirstUser, first_user_problems
from eic_tracker.domain.codes import FileKind, Measure, Qualifier, Role
from eic_tracker.domain.drafts import DraftProblem, DraftRefused, tidy, writable
from eic_tracker.domain.names import fold
from eic_tracker.domain.reconciling import PublishedFigure
from eic_tracker.errors import FileProblem
from eic_tracker.i18n import N_
from eic_tracker.services.reference_lists import figure_row, import_reference_lists, shipped_figures
from eic_tracker.services.sign_in import hash_password
from eic_tracker.store.database import Database
from eic_tracker.store.files import building
from eic_tracker.store.tables.documents import SourceDocument, SourceKind
from eic_tracker.store.tables.figures import HistoricalTotalRow
from eic_tracker.store.tables.reference import Setting
from eic_tracker.store.tables.users import FileInfo, User
from eic_tracker.store.transaction import Actor, Entry, Tx

LETTERHEAD = (
    "República de Honduras",
    "Secretaría de Seguridad",
    "Dirección General de Policía Nacional",
    "Universidad Nacional de la Policía de Honduras",
)
"""The heading above the school's name on the school's own papers; a setting that the school can change."""

_LONGEST_SCHOOL = 200


@dataclass(frozen=True, slots=True)
class NewFile:
    """What a new file needs to know; passwords are kept as argon2id hashes only.

    `published_totals` are the keys of the published figures to be recorded as historical totals without a document."""

    school: str
    login: str
    full_name: str
    password: str = attribute(repr=False)
    second: FirstUser | None = None
    published_totals: tuple[str, ...] = ()

    @property
    def administrators(self) -> tuple[FirstUser, ...]:
        """The first administrator and, where one is named, the second."""
        first = FirstUser(self.login, self.full_name, self.password)
        return (first,) if self.second is None else (first, self.second)


def offered_totals() -> tuple[PublishedFigure, ...]:
    """The published figures that tell a past total, in the order of their list.

    Not targets, not capacities, not what another figure contradicts."""
    return tuple(
        figure
        for figure in shipped_figures()
        if figure.countable
        and figure.period_to is not None
        and figure.contradicts is None
        and figure.measure in set(Measure)
        and figure.qualifier not in {Qualifier.TARGET, Qualifier.EXPECTED_ADDITIONAL}
    )


def new_file_problems(draft: NewFile, *, second_required: bool = False) -> tuple[DraftProblem, ...]:
    """What is wrong with the draft, in the order of the screen; the window asks for the second administrator."""
    problems = []
    school = tidy(draft.school)
    if not fold(school):
        problems.append(DraftProblem("school", N_("The school needs a name; it stands on every paper.")))
    elif len(school) > _LONGEST_SCHOOL or not writable(school):
        message = N_("This holds characters that cannot be kept or printed, or is too long.")
        problems.append(DraftProblem("school", message))
    if second_required and draft.second is None:
        message = N_("A second administrator is needed: without one a forgotten password closes the file for ever.")
        problems.append(DraftProblem("second_login", message))
    problems.extend(first_user_problems(draft.administrators[0], draft.second))
    unknown = set(draft.published_totals) - {figure.key for figure in offered_totals()}
    if unknown:
        message = N_("These are not totals that can be recorded: {keys}.")
        problems.append(DraftProblem("published_totals", message, {"keys": ", ".join(sorted(unknown))}))
    return tuple(problems)


def make_file(path: Path, draft: NewFile, *, second_required: bool = False) -> None:
    """Make a school's file at `path`, whole or not at all.

    FileProblem when something is there already, DraftRefused with all that is wrong with the draft."""
    if path.exists():
        raise FileProblem(N_("{file} exists already. It was left as it is; choose another name."), file=path)
    if problems := new_file_problems(draft, second_required=second_required):
        raise DraftRefused(problems)
    hashes = [hash_password(user.password, user.login) for user in draft.administrators]
    school = tidy(draft.school)
    from eic_tracker.store.migrate import create_file

    with building(path) as part:
        create_file(part)
        with Database(part) as db:
            with db.write(Entry(Actor("init"), "make_file", school)) as tx:
                tx.insert(FileInfo, [{"uid": tx.new_uid(), "kind": FileKind.SCHOOL, "created_at": tx.at}])
                keys = _add_administrators(tx, draft.administrators, hashes)
            with db.write(Entry(Actor("init"), "import_reference_lists", "reference lists")) as tx:
                import_reference_lists(tx)
                tx.insert(
                    Setting,
                    [{"name": "school.letterhead", "value": json.dumps([*LETTERHEAD, school])}],
                )
            if draft.published_totals:
                entry = Entry(Actor("init"), "record_published_totals", "published figures")
                with db.write(entry) as tx:
                    _record_totals(tx, draft.published_totals, keys[0])


def _add_administrators(tx: Tx, users: Iterable[FirstUser], hashes: Iterable[str]) -> list[int]:
    return tx.insert(
        User,
        [
            {
                "uid": tx.new_uid(),
                "login": user.login,
                "full_name": tidy(user.full_name),
                "role": Role.ADMINISTRATOR,
                "password_hash": password_hash,
            }
            for user, password_hash in zip(users, hashes, strict=True)
        ],
    )


def _record_totals(tx: Tx, wanted: tuple[str, ...], entered_by: int) -> None:
    """Record published figures as totals that count nothing until a document, a page and two people stand behind them.

    Their only document is the publication itself, with its words; it has no number, date or page."""
    programmes = {code: key for key, code in tx.connection.exec_driver_sql("SELECT id, code FROM programme")}
    published = {name: key for key, name in tx.connection.exec_driver_sql("SELECT id, key FROM published_figure")}
    figures = [figure for figure in offered_totals() if figure.key in wanted]
    documents = tx.insert(
        SourceDocument,
        [
            {
                "uid": tx.new_uid(),
                "kind": SourceKind.OTHER,
                "sender": figure.source_title,
                "subject": f"«{figure.quote}»",
            }
            for figure in figures
        ],
    )
    rows = []
    for figure, document in zip(figures, documents, strict=True):
        row = figure_row(figure, programmes[figure.programme], tx.at)
        kept = ("programme_id", "value", "instructor_force", "departments", "municipalities", "curriculum_kind")
        rows.append(
            {
                **{name: row[name] for name in (*kept, "school", "recorded_at")},
                "uid": tx.new_uid(),
                "measure": Measure(figure.measure),
                "first_day": figure.period_from,
                "last_day": figure.period_to,
                "source_document_id": document,
                "published_figure_id": published[figure.key],
                "entered_by_id": entered_by,
            }
        )
    tx.insert(HistoricalTotalRow, rows)
