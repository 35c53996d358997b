"""The forms of the register of those who teach: an instructor, a stay, an accreditation, a unit, an assignment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QWidget

from eic_tracker.domain.permissions import ActingUser
from eic_tracker.domain.teaching_rules import TEACHING_FIELDS, TeachingDraft, TeachingKind
from eic_tracker.gui.form_page import FormPage
from eic_tracker.gui.notices import Notice
from eic_tracker.gui.place import Place
from eic_tracker.gui.settings_parts.list_fields import form_field, value_words
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.theme import Tone
from eic_tracker.i18n import N_, Translator
from eic_tracker.queries.teaching_form import Choices, TeacherChoice
from eic_tracker.services.assignments import AssignmentSaved, assignment_form, save_assignment
from eic_tracker.services.instructors import TeachingSaved, save_teaching, teaching_form

_NEW = {
    TeachingKind.INSTRUCTOR: N_("Enter an instructor"),
    TeachingKind.ROTATION: N_("Stay of {name}: enter"),
    TeachingKind.ACCREDITATION: N_("Accreditation of {name}: enter"),
    TeachingKind.MENTORED_UNIT: N_("Unit mentored by {name}: enter"),
    TeachingKind.ASSIGNMENT: N_("Assign an instructor to a course"),
}
_CHANGE = {
    TeachingKind.INSTRUCTOR: N_("Instructor: change"),
    TeachingKind.ROTATION: N_("Stay of {name}: change"),
    TeachingKind.ACCREDITATION: N_("Accreditation of {name}: change"),
    TeachingKind.MENTORED_UNIT: N_("Unit mentored by {name}: change"),
    TeachingKind.ASSIGNMENT: N_("Assignment to a course: change"),
}
_SAVED = {
    TeachingKind.INSTRUCTOR: N_("Instructor {code} is saved."),
    TeachingKind.ROTATION: N_("The stay of {code} is saved."),
    TeachingKind.ACCREDITATION: N_("The accreditation of {code} is saved."),
    TeachingKind.MENTORED_UNIT: N_("The unit mentored by {code} is saved."),
}
_TABS = {
    TeachingKind.ROTATION: "stays",
    TeachingKind.ACCREDITATION: "accreditations",
    TeachingKind.MENTORED_UNIT: "units",
    TeachingKind.ASSIGNMENT: "courses",
}


@dataclass(frozen=True, slots=True)
class _Start:
    """What the form offers by field and begins with."""

    choices: Mapping[str, Choices]
    values: Mapping[str, Any]
    original: Mapping[str, Any] | None
    name: str


class TeachingFormPage(FormPage):
    """A place's key is the row that is changed; its state names the `kind`, and whose it is: `owner`, `offering`."""

    name = "teaching_form"

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(around, parent)
        self._place = Place("teaching_form")
        self.kind = TeachingKind.INSTRUCTOR

    def what_is_asked(self, place: Place) -> object:
        """Which row, or whose new one."""
        return place.key, *(place.state.get(name) for name in ("kind", "owner", "offering"))

    def ask(self, place: Place) -> None:
        """Read what the form offers."""
        self._place = place
        self.kind = TeachingKind(place.state.get("kind", TeachingKind.INSTRUCTOR.value))
        self.set_title(self._title(""))
        self.read(
            _start,
            self.kind,
            place.key,
            place.state.get("owner"),
            place.state.get("offering"),
            self.t,
            done=self._show,
            failed=self._not_read,
        )

    def state(self) -> Mapping[str, Any]:
        """Whose form it is."""
        return self._place.state

    def save(self, values: Any, original: Any) -> None:
        """Enter or change it."""
        owner = self._place.state.get("owner")
        draft = TeachingDraft(self.kind, values, owner, self.pane.item, original)
        assigning = self.kind is TeachingKind.ASSIGNMENT
        self.around.jobs.write(
            save_assignment if assigning else save_teaching,
            self.around.acting,
            draft,
            owner=self,
            done=self._on_assigned if assigning else self._on_saved,
            failed=self.pane.refused,
        )

    def on_left(self) -> None:
        """The record to which it belongs, else the list."""
        self.go_requested.emit(self._home(None))

    def _title(self, name: str) -> str:
        words = _NEW[self.kind] if self._place.key is None else _CHANGE[self.kind]
        return self.t(words, name=name) if name or "{name}" not in words else ""

    def _not_read(self, failure: Any) -> None:
        self.tell_failure(failure)
        self.on_left()

    def _show(self, start: _Start) -> None:
        t, fields = self.t, TEACHING_FIELDS[self.kind]
        self.set_title(self._title(start.name))

        def words(name: str, value: object) -> str:
            field = next(each for each in fields if each.name == name)
            named = start.choices[name].get(value) if name in start.choices and isinstance(value, int) else None
            return value_words(field, value, t, named) or "—"

        new = start.original is None
        said = {name for name in ("offering_id", "instructor_id") if new and start.values.get(name) is not None}
        shown = [form_field(field, start.choices, t, new=new and field.name not in said) for field in fields]
        of = self._place.state
        kept_as = f"{self.kind.value} {self._place.key or 'new'} of {of.get('owner')} in {of.get('offering')}"
        self.pane.edit(
            kept_as, self.title(), shown, start.values, item=self._place.key, original=start.original, words=words
        )
        self.pane.take_focus()

    def _on_saved(self, saved: TeachingSaved) -> None:
        self.pane.saved()
        self.done.emit(self.t(_SAVED[self.kind], code=saved.code), True)
        self.go_requested.emit(self._home(saved.instructor_id))

    def _on_assigned(self, saved: AssignmentSaved) -> None:
        self.pane.saved()
        t = self.t
        self.done.emit(t("{name} teaches in course {code}.", name=saved.instructor, code=saved.offering), True)
        warnings = [
            t("An accreditation of theirs ends on {date}, before the course does.", date=t.date(saved.lapsed_on))
            if saved.lapsed_on
            else "",
            t("Their stay ends on {date}, before the course does.", date=t.date(saved.stay_ended_on))
            if saved.stay_ended_on
            else "",
        ]
        if any(warnings):
            self.noticed.emit(Notice(Tone.WARNING, " ".join(filter(None, [saved.instructor + ":", *warnings]))))
        self.go_requested.emit(self._home(None, saved.offering_id))

    def _home(self, saved: int | None, offering: int | None = None) -> Place:
        """Where the person goes on: the course or the instructor from whose page they came."""
        state = self._place.state
        owner = state.get("owner")
        if self.kind is TeachingKind.INSTRUCTOR:
            key = saved or self._place.key
            return Place("instructor", key) if key is not None else Place("instructors")
        if isinstance(owner, int):
            return Place("instructor", owner, {"tab": _TABS[self.kind]})
        course = offering or state.get("offering")
        return Place("offering", course, {"tab": "days"}) if isinstance(course, int) else Place("instructors")


def _start(
    db: Any,
    acting: ActingUser,
    kind: TeachingKind,
    key: int | None,
    owner: int | None,
    offering: int | None,
    t: Translator,
) -> _Start:
    """Read what the form offers and begins with."""
    if kind is not TeachingKind.ASSIGNMENT:
        form = teaching_form(db, acting, kind, key, owner)
        return _Start(form.choices, form.values, form.original, form.name)
    found = assignment_form(db, acting, key, offering, owner)
    choices: dict[str, Choices] = {
        "offering_id": found.offerings,
        "instructor_id": {each.id: teacher_words(each, t) for each in found.teachers},
        "offering_module_id": found.modules,
    }
    return _Start(choices, found.values, found.original, "")


def teacher_words(teacher: TeacherChoice, t: Translator) -> str:
    """Somebody to be assigned, with what of theirs is over by then."""
    parts = [teacher.name]
    if teacher.lapsed_on is not None:
        parts.append(t("accreditation until {date}", date=t.date(teacher.lapsed_on)))
    if teacher.stay_ended_on is not None:
        parts.append(t("stay until {date}", date=t.date(teacher.stay_ended_on)))
    return " · ".join(parts)
