"""What the box that finds everything offers: hits in words, places, actions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from eic_tracker.domain.codes import CertificateStatus, CourseType, OfferingStatus
from eic_tracker.domain.course_rules import COURSE_TYPES
from eic_tracker.domain.names import fold
from eic_tracker.domain.school_lists import LISTS
from eic_tracker.gui.code_words import CERTIFICATE_STATUSES
from eic_tracker.gui.commands import CommandSet, command_words, key_words
from eic_tracker.gui.page_list import PAGES, may_open
from eic_tracker.gui.place import Place, Trail
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.i18n import N_, Translator
from eic_tracker.reports.report_words import days_words
from eic_tracker.services.letters import LetterUse
from eic_tracker.services.search import Hit, HitKind, Part, PartName

MOST_ACTIONS = 5
MOST_PLACES = 4
MOST_RECENT = 5
USEFUL = ("go_people", "go_courses", "go_reports", "export_view", "print", "copy_elsewhere", "shortcuts")
"""What is offered before anything is typed."""
_PLACE = "go_"
_NEVER = frozenset({"search", "quit"})
"""commands that make no sense from inside the box"""

RECENT, PLACES, ACTIONS = N_("Recent"), N_("Pages"), N_("Actions")
KINDS: Mapping[HitKind, tuple[str, str, str]] = {
    HitKind.PERSON: (N_("People"), "person", "user"),
    HitKind.OFFERING: (N_("Courses given"), "offering", "calendar"),
    HitKind.COURSE: (N_("Courses of the catalogue"), "course", "courses"),
    HitKind.INSTRUCTOR: (N_("Instructors"), "instructor", "instructors"),
    HitKind.SCHOOL: (N_("Schools"), "school", "school"),
    HitKind.CLASS_GROUP: (N_("Class groups"), "class_group", "people"),
    HitKind.CERTIFICATE: (N_("Certificates"), "certificate", "certificate"),
    HitKind.LETTER: (N_("Letters and acts"), "history", "file"),
}
"""Heading, page and icon of each kind of hit."""
_DOCUMENT_KINDS = {
    "letter": N_("Letter"),
    "act": N_("Act"),
    "list": N_("List"),
    "report": N_("Report"),
    "other": N_("Document"),
}
_STATES = {"left": N_("left the institution"), "reinstated": N_("reinstated")}
_NATIONAL_ID = 13


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to go to or to do: a place, an action, or a letter whose place is to be asked for."""

    group: str
    title: str
    detail: str
    icon: str
    keys: str = ""
    place: Place | None = None
    action: str = ""
    letter: int = 0

    @property
    def spoken(self) -> str:
        """The line as a screen reader says it."""
        return ", ".join(filter(None, [self.title, self.detail, self.keys, self.group]))


def lines_before_typing(trail: Trail, commands: CommandSet, around: Surroundings) -> list[Line]:
    """Where the person was, newest first, and what is done most."""
    t = around.t
    recent = []
    for place, title in trail.recent():
        spec = PAGES.get(place.page)
        if spec is not None and title and may_open(spec, around):
            kind = t(spec.title)
            # a place of the rail is known by its name there; what its page says above may be a greeting
            name = kind if spec.rail else title
            recent.append(Line(t(RECENT), name, "" if kind == name else kind, spec.icon or "clock", place=place))
    useful = [line for name in USEFUL for line in _command_lines([name], commands, around)]
    return [*recent[:MOST_RECENT], *sorted(useful, key=lambda line: line.group != t(PLACES))]


def lines_for(text: str, commands: CommandSet, around: Surroundings) -> list[Line]:
    """The places and actions whose words begin with all typed words, those named so first."""
    typed = fold(text).split()
    if not typed:
        return []
    found: list[tuple[int, Line]] = []
    for name in commands.commands:
        for line in _command_lines([name], commands, around):
            own = fold(line.title).split()
            more = fold(around.t(commands.commands[name].words)).split() if commands.commands[name].words else []
            if all(any(word.startswith(each) for word in (*own, *more)) for each in typed):
                named = all(any(word.startswith(each) for word in own) for each in typed)
                found.append((0 if named else 1, line))
    found.extend(
        (0, line)
        for line in _parts_of_settings(around)
        if all(any(word.startswith(each) for word in fold(line.title).split()) for each in typed)
    )
    found.sort(key=lambda pair: pair[0])
    lines = [line for _, line in found]
    places = [line for line in lines if line.place is not None][:MOST_PLACES]
    return [*places, *[line for line in lines if line.place is None][:MOST_ACTIONS]]


def lines_of_hits(hits: Iterable[Hit], around: Surroundings) -> list[Line]:
    """The hits in words, kind by kind as they come; kinds whose page the user may not open are left out."""
    t = around.t
    lines = []
    for hit in hits:
        heading, page, icon = KINDS[hit.kind]
        if not may_open(PAGES[page], around):
            continue
        detail = _detail(hit.detail, t)
        if hit.kind is HitKind.LETTER:
            lines.append(Line(t(heading), hit.title, detail, icon, letter=hit.id))
        else:
            lines.append(Line(t(heading), hit.title, detail, icon, place=Place(page, hit.id)))
    return lines


def _parts_of_settings(around: Surroundings) -> list[Line]:
    """The sections of the settings that the user may open, and the lists of the school."""
    # The page is made by few, so it is not loaded with the window.
    from eic_tracker.gui.pages.settings_page import sections_for

    t, page = around.t, PAGES["settings"]
    settings = t(page.title)
    lines = []
    for section in sections_for(around):
        place = Place("settings", state={"section": section.name})
        lines.append(Line(t(PLACES), t(section.title), settings, section.icon, place=place))
        if section.name == "lists":
            for kind, spec in LISTS.items():
                state = {"section": section.name, "list": kind.value}
                detail = f"{settings} · {t(section.title)}"
                lines.append(Line(t(PLACES), t(spec.title), detail, section.icon, place=Place("settings", state=state)))
    return lines


def _command_lines(names: Sequence[str], commands: CommandSet, around: Surroundings) -> list[Line]:
    t = around.t
    lines = []
    for name in names:
        action, command = commands.actions.get(name), commands.commands.get(name)
        if action is None or command is None or name in _NEVER or not (action.isEnabled() and action.isVisible()):
            continue
        title, keys = command_words(action).rstrip("…"), key_words(command.keys[:1], t)
        if not name.startswith(_PLACE):
            lines.append(Line(t(ACTIONS), title, "", command.icon or "forward", keys, action=name))
        elif may_open(PAGES[name.removeprefix(_PLACE)], around):
            place = Place(name.removeprefix(_PLACE))
            lines.append(Line(t(PLACES), title, "", command.icon or "forward", keys, place=place))
    return lines


def place_of_letter(use: LetterUse) -> Place:
    """The course or class group that rests on the letter, else the entry of the journal that recorded it."""
    if use.offering is not None:
        return Place("offering", use.offering)
    if use.class_group is not None:
        return Place("class_group", use.class_group)
    return Place("history", None, {} if use.entry is None else {"entry": use.entry})


def _detail(parts: Sequence[Part], t: Translator) -> str:
    values = {part.name: part.value for part in parts}
    words = []
    for name, value in values.items():
        if name is PartName.ENDS_ON and PartName.STARTS_ON in values:
            continue
        words.append(_word(name, value, values, t))
    return " · ".join(filter(None, words))


def _word(name: PartName, value: object, values: Mapping[PartName, object], t: Translator) -> str:
    if name is PartName.STARTS_ON and isinstance(value, dt.date):
        last = values.get(PartName.ENDS_ON)
        return days_words(value, last if isinstance(last, dt.date) else None, t)
    if isinstance(value, dt.date):
        return t.date(value)
    text = str(value)
    if name is PartName.DOCUMENT:
        return _document(text)
    if name is PartName.POLICE_NUMBER:
        return t("police number {number}", number=text)
    if name is PartName.GRADE:
        return t("grade {grade}", grade=text)
    if name is PartName.SECTION:
        return t("section {section}", section=text)
    return _code(name, text, t)


def _code(name: PartName, code: str, t: Translator) -> str:
    if name is PartName.STATE:
        return t(_STATES[code]) if code in _STATES else ""
    if name is PartName.COURSE_TYPE:
        return t(COURSE_TYPES[CourseType(code)])
    if name is PartName.KIND:
        return t(_DOCUMENT_KINDS.get(code, _DOCUMENT_KINDS["other"]))
    if name is not PartName.STATUS:
        return code
    if code == OfferingStatus.CANCELLED:
        return t("Cancelled")
    if code in set(CertificateStatus):
        return t(CERTIFICATE_STATUSES[CertificateStatus(code)][0])
    return ""


def _document(number: str) -> str:
    """A whole national id as people read it, 0801-1990-12345; what is masked stays as it came."""
    if len(number) == _NATIONAL_ID and number.isdigit():
        return f"{number[:4]}-{number[4:8]}-{number[8:]}"
    return number
