"""The course file: everything on paper about one course as one foliated PDF, and what it still lacks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as attribute
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from eic_tracker.domain.act_content import content_of
from eic_tracker.domain.codes import EnrolmentStatus, OfferingStatus, Seat
from eic_tracker.domain.drafts import worded
from eic_tracker.domain.paper_codes import act_code
from eic_tracker.domain.permissions import ActingUser, Action, Right, require
from eic_tracker.i18n import N_, NP_, Language, Translator
from eic_tracker.queries.acts import ActRow, read_acts, read_frozen
from eic_tracker.queries.class_results import read_class
from eic_tracker.queries.course_file import (
    Counted,
    ScanLine,
    checks_of,
    count_for_checklist,
    register_of,
    scan_bytes,
    scans_of,
)
from eic_tracker.queries.course_papers import CourseHead, read_paper_people
from eic_tracker.queries.offering_detail import authorisations_of, papers_of
from eic_tracker.queries.school import read_school
from eic_tracker.reports.paper_words import ACT_KINDS, ATTACHMENT_KINDS
from eic_tracker.services.attendance_sheets import course_head
from eic_tracker.services.leaving import lacks_reason, require_note
from eic_tracker.services.recording import taught_modules
from eic_tracker.services.sign_in import read_file_facts
from eic_tracker.store.database import Database, refuse_database
from eic_tracker.store.files import write_bytes

if TYPE_CHECKING:
    from eic_tracker.reports.course_file_pdf import CourseFileFacts

Progress = Callable[[int, int], None]

_APPLYING = frozenset({EnrolmentStatus.APPLIED, EnrolmentStatus.REMOVED})


@dataclass(frozen=True, slots=True)
class Lacking:
    """One thing that the course file lacks: a whole sentence, and the part of the course's page where it is mended."""

    code: str
    mended_at: str
    message: str | tuple[str, str]
    values: Mapping[str, object] = attribute(default_factory=dict)
    count: int | None = None

    def text(self, t: Translator) -> str:
        """The sentence in the language of `t`."""
        if isinstance(self.message, tuple):
            return t.plural(*self.message, self.count or 0)
        return t(self.message, **worded(self.values, t))


@dataclass(frozen=True, slots=True)
class Checklist:
    """What a course file lacks, how many people it names, and whether taking it out needs a reason today."""

    code: str
    lacking: tuple[Lacking, ...]
    people: int
    needs_reason: bool


@dataclass(frozen=True, slots=True)
class CourseFileWritten:
    """A course file that was written: where, how many folios, its parts with their first folio."""

    path: Path
    folios: int
    parts: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class _Gathered:
    """All that is read of the file before the first page is made."""

    facts: CourseFileFacts
    scans: Sequence[ScanLine]
    contents: Mapping[int, bytes]
    acts: Sequence[tuple[ActRow, str, str]]
    lacking: Sequence[Lacking]


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of the file: its code, its title in the index, its pages."""

    code: str
    title: str
    pages: bytes


def course_checklist(db: Database, acting: ActingUser, offering_id: int) -> Checklist:
    """What the course file of a course lacks; Refused outside one's own courses."""
    with db.read() as connection:
        taught_modules(connection, acting, offering_id)
        head = course_head(connection, offering_id)
        people = len(read_paper_people(connection, offering_id))
        lacking = _lacking(connection, head)
        return Checklist(head.code, lacking, people, lacks_reason(connection, acting.id, people, db.clock()))


def write_course_file(
    db: Database,
    acting: ActingUser,
    offering_id: int,
    path: Path,
    *,
    t: Translator,
    note: int | None = None,
    progress: Progress | None = None,
) -> CourseFileWritten:
    """Write the course file as one foliated PDF, whole or not at all; it needs the number of a note in the journal.

    `progress` may raise to stop it: then nothing is written."""
    from eic_tracker.reports.pdf.joining import joined

    require(acting, Action.EXPORT_IDENTITIES, Right.YES)
    require(acting, Action.VETTING_STATUS)
    refuse_database(path)
    with db.read() as connection:
        gathered = _gather(connection, db, acting, offering_id)
        require_note(connection, acting, note, len(gathered.facts.people))
    steps = _Steps(progress, 11 + len(gathered.scans) + len(gathered.acts))
    parts = _parts(gathered, t, steps)
    cover, index = _cover(gathered, parts, t)
    steps.next()
    pages = joined(
        [cover, *(part.pages for part in parts)],
        lambda number: t("Folio {folio}", folio=number),
        lambda _done: steps.ask(),
    )
    steps.next()
    write_bytes(path, pages)
    return CourseFileWritten(path, index[-1][2], tuple((title, first) for title, first, _ in index))


def course_folios(db: Database, acting: ActingUser, offering_id: int, *, t: Translator) -> dict[str, int]:
    """The first folio of each part of a course file by the part's code, as the file would be written now.

    Codes: letters, roster, checks, attendance, grades, register, exceptions, and act_ and scan_ with their kind."""
    from eic_tracker.reports.pdf.joining import page_count

    require(acting, Action.VETTING_STATUS)
    with db.read() as connection:
        gathered = _gather(connection, db, acting, offering_id)
    parts = _parts(gathered, t, _Steps(None, 0))
    cover, _ = _cover(gathered, parts, t)
    first = page_count(cover) + 1
    found: dict[str, int] = {}
    for part in parts:
        found.setdefault(part.code, first)
        first += page_count(part.pages)
    return found


class _Steps:
    """Counts what is done and asks whether the file is still wanted."""

    def __init__(self, progress: Progress | None, total: int) -> None:
        self._progress, self._total, self._done = progress, total, 0

    def next(self) -> None:
        self._done = min(self._done + 1, self._total)
        self.ask()

    def ask(self) -> None:
        if self._progress is not None:
            self._progress(self._done, self._total)


def _gather(connection: Connection, db: Database, acting: ActingUser, offering_id: int) -> _Gathered:
    from eic_tracker.reports.course_file_pdf import CourseFileFacts

    taught_modules(connection, acting, offering_id)
    head = course_head(connection, offering_id)
    scans = scans_of(connection, offering_id)
    facts = CourseFileFacts(
        head=head,
        letterhead=read_school(connection).letterhead,
        demonstration=read_file_facts(connection).demonstration,
        made_by=acting.full_name,
        made_at=db.clock(),
        letters=papers_of(connection, offering_id),
        people=tuple(read_paper_people(connection, offering_id).values()),
        results=read_class(connection, offering_id),
        checks=checks_of(connection, offering_id) if head.vetting_required else (),
        register=register_of(connection, offering_id),
        exceptions=authorisations_of(connection, offering_id),
    )
    acts = []
    for act in read_acts(connection, offering_id):
        frozen = read_frozen(connection, act.id)
        if frozen is not None:
            acts.append((act, *frozen))
    contents = scan_bytes(connection, [scan.id for scan in scans])
    return _Gathered(facts, scans, contents, acts, _lacking(connection, head))


def _parts(gathered: _Gathered, t: Translator, steps: _Steps) -> list[_Part]:
    """All parts behind the cover, in the order in which an auditor asks for them."""
    from eic_tracker.reports import course_file_pdf as pages

    facts = gathered.facts
    own: list[tuple[str, str, Callable[[CourseFileFacts, Translator], bytes], tuple[str, ...]]] = [
        ("letters", t("Letters and lists"), pages.letters_pages, ("letter", "other", "report_copy", "summary_sheet")),
        ("roster", t("Roster"), pages.roster_pages, ()),
        ("checks", t("Verification"), pages.checks_pages, ()),
        ("attendance", t("Attendance"), pages.attendance_pages, ("attendance_sheet",)),
        ("grades", t("Grades"), pages.grades_pages, ("grade_sheet",)),
    ]
    if not facts.head.vetting_required:
        own = [each for each in own if each[0] != "checks"]
    parts: list[_Part] = []
    for code, title, make, kinds in own:
        parts.append(_Part(code, title, make(facts, t)))
        steps.next()
        parts += _scans(gathered, kinds, t, steps)
    for act, text, digest in gathered.acts:
        parts.append(_act(act, text, digest, t))
        steps.next()
    parts += _scans(gathered, ("act",), t, steps)
    for code, title, make in (
        ("register", t("Certificates, register entries and deliveries"), pages.register_pages),
        ("exceptions", t("Exceptions and who authorised them"), pages.exceptions_pages),
    ):
        parts.append(_Part(code, title, make(facts, t)))
        steps.next()
        if code == "register":
            parts += _scans(gathered, ("book_page",), t, steps)
    return parts


def _act(act: ActRow, text: str, digest: str, t: Translator) -> _Part:
    """A printed act in its own language, as it was frozen."""
    from eic_tracker.reports.act_pdf import act_pages

    content = content_of(text)
    title = t("{kind} No. {number}-{year}", kind=t(ACT_KINDS[act.kind]), number=act.number, year=act.year)
    return _Part(f"act_{act.kind}", title, act_pages(content, Translator(Language(content.language)), act_code(digest)))


def _scans(gathered: _Gathered, kinds: Sequence[str], t: Translator, steps: _Steps) -> list[_Part]:
    from eic_tracker.reports.course_file_pdf import missing_scan_page
    from eic_tracker.reports.pdf.joining import picture_page, upright

    parts: list[_Part] = []
    for kind in kinds:
        found = [scan for scan in gathered.scans if scan.kind == kind]
        for number, scan in enumerate(found, 1):
            title = t("{kind}, scan {number}", kind=t(ATTACHMENT_KINDS[kind]), number=number)
            content = gathered.contents.get(scan.id)
            try:
                if content is None:
                    pages = missing_scan_page(title, gathered.facts, t)
                elif scan.media_type == "application/pdf":
                    pages = upright(content)
                else:
                    pages = picture_page(content)
            except (OSError, ValueError, RuntimeError):
                # bytes that no reader opens any more: the file says so instead of failing as a whole
                pages = missing_scan_page(title, gathered.facts, t)
            parts.append(_Part(f"scan_{kind}", title, pages))
            steps.next()
    return parts


def _cover(gathered: _Gathered, parts: Sequence[_Part], t: Translator) -> tuple[bytes, list[tuple[str, int, int]]]:
    """Cover with index, made anew until its own pages leave the folios as it says them; the index."""
    from eic_tracker.reports.course_file_pdf import IndexLine, cover_pages
    from eic_tracker.reports.pdf.joining import page_count

    missing = [each.text(t) for each in gathered.lacking]
    counts = [page_count(part.pages) for part in parts]
    own = 1
    while True:
        lines, first = [IndexLine(t("Cover and index"), 1, own)], own + 1
        for part, count in zip(parts, counts, strict=True):
            lines.append(IndexLine(part.title, first, first + count - 1))
            first += count
        cover = cover_pages(gathered.facts, lines, missing, t)
        if page_count(cover) == own:
            return cover, [(line.title, line.first, line.last) for line in lines]
        own = page_count(cover)


def _lacking(connection: Connection, head: CourseHead) -> tuple[Lacking, ...]:
    """What is missing, in the order of the file."""
    counted = count_for_checklist(connection, head.id)
    found: list[Lacking] = []

    def add(code: str, where: str, message: str, **values: object) -> None:
        found.append(Lacking(code, where, message, values))

    def add_counted(code: str, where: str, message: tuple[str, str], count: int) -> None:
        if count:
            found.append(Lacking(code, where, message, count=count))

    if not counted.seated:
        add("nobody", "roster", N_("Nobody has a seat in it."))
    add_counted(
        "letter",
        "roster",
        NP_("{count} person has no letter that names them.", "{count} people have no letter that names them."),
        counted.without_letter,
    )
    if head.vetting_required:
        unanswered = _unanswered(connection, head.id)
        words = NP_("The verification of {count} person is open.", "The verification of {count} people is open.")
        add_counted("vetting", "vetting", words, unanswered)
    _add_results(head, counted, add, add_counted)
    _add_acts(read_acts(connection, head.id), head, add, add_counted)
    if head.status is OfferingStatus.CLOSED:
        words = NP_("{count} person has no certificate.", "{count} people have no certificate.")
        add_counted("certificate", "certificates", words, counted.without_certificate)
    return tuple(found)


Add = Callable[..., None]


def _add_results(head: CourseHead, counted: Counted, add: Add, add_counted: Add) -> None:
    if not counted.days:
        add("days", "days", N_("No days are kept: attendance stands as a percentage."))
    words = NP_("{count} day has no attendance.", "{count} days have no attendance.")
    add_counted("attendance", "attendance", words, counted.days_without_marks)
    if not counted.sheets:
        add("sheet", "acts", N_("No signed attendance sheet is filed."))
    words = NP_("{count} person has no grade.", "{count} people have no grade.")
    add_counted("grade", "grades", words, counted.without_grade)
    if head.status is OfferingStatus.OPEN:
        add("closed", "closing", N_("The course is not closed."))


def _add_acts(acts: Sequence[ActRow], head: CourseHead, add: Add, add_counted: Add) -> None:
    kinds = {act.kind for act in acts}
    if "grades" not in kinds:
        add("act_grades", "acts", N_("There is no act of grades."))
    if head.status is OfferingStatus.CLOSED and "closing" not in kinds:
        add("act_closing", "acts", N_("There is no closing act."))
    drafts = sum(act.state == "draft" for act in acts)
    add_counted("act_draft", "acts", NP_("{count} act is not printed.", "{count} acts are not printed."), drafts)
    differing = sum(act.state == "differs" for act in acts)
    words = NP_(
        "{count} printed act says otherwise than what stands now: rectify it.",
        "{count} printed acts say otherwise than what stands now: rectify them.",
    )
    add_counted("act_differs", "acts", words, differing)


def _unanswered(connection: Connection, offering: int) -> int:
    """People with a seat whose institution asks for a check, and who have no answer."""
    people = read_paper_people(connection, offering)
    sitting = {key for key, each in people.items() if each.seat is Seat.SEAT and each.status not in _APPLYING}
    rows = connection.exec_driver_sql(
        "SELECT e.id FROM enrolment e JOIN institution i ON i.id = e.institution_id AND i.vetting_required "
        "WHERE e.offering_id = ? AND NOT EXISTS (SELECT 1 FROM vetting v WHERE v.participant_id = e.participant_id "
        "AND v.answered_on IS NOT NULL)",
        (offering,),
    )
    return sum(key in sitting for (key,) in rows)
