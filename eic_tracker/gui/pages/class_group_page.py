"""One class group: heads by sex and grade, lessons, officers, papers; no child is named."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from eic_tracker.domain.facts import Heads
from eic_tracker.domain.permissions import Action, Right, right
from eic_tracker.gui.code_words import OFFICER_ROLES
from eic_tracker.gui.grids.cells import code, moment
from eic_tracker.gui.grids.class_groups import grade_words, group_words, lessons_words, shift_words
from eic_tracker.gui.group_printing_part import GroupPrintingPart
from eic_tracker.gui.kept_names_part import KeptNamesPart
from eic_tracker.gui.models.columns import Column
from eic_tracker.gui.offering_acts import EDIT_KEYS
from eic_tracker.gui.outreach_acts import add_deed, may_enter_groups
from eic_tracker.gui.place import Place
from eic_tracker.gui.record_parts import PartsPage, RecordPart, ScrollPart
from eic_tracker.gui.summary_sheet_acts import SummarySheetActs
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.theme import Tone
from eic_tracker.gui.total_words import total_words
from eic_tracker.gui.widgets.choice_popup import ChoicePopup
from eic_tracker.gui.widgets.deed import Deed, deed_button
from eic_tracker.gui.widgets.fact_list import FactList
from eic_tracker.i18n import N_, Translator
from eic_tracker.queries.outreach_detail import Lesson
from eic_tracker.services.class_group_totals import TotalsOfGroup, link_class_group, totals_for_group
from eic_tracker.services.kept_names import KeptNames, NamesDraft, forget_pupil_name, keep_pupil_names, kept_names
from eic_tracker.services.outreach import ClassGroupDetail, class_group_detail

_MEASURES = (("enrolled", N_("On the class list")), ("reached", N_("Reached")), ("graduated", N_("Graduated")))
_HEADS = (("girls", N_("Girls")), ("boys", N_("Boys")), ("unrecorded", N_("Not recorded")), ("total", N_("In all")))

_PAPERS = frozenset({"papers", "printing", "names"})

_NO_NAMES = KeptNames(None, (), 0)


class ClassGroupPage(PartsPage):
    """An instructor sees own class groups."""

    name = "class_group"
    shows = frozenset(
        {
            "attachment",
            "class_group",
            "class_group_grade",
            "class_lesson",
            "class_officer",
            "instructor",
            "name_keeping",
            "pupil_name",
            "school",
        }
    )

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(class_group_detail, around, parent)
        self.sheets = SummarySheetActs(self)
        self.kept = _NO_NAMES
        self._names_of: int | None = None
        self._wants_names = False
        self.add_part("heads", self.t("Heads and lessons"), self._heads)
        self.add_part("papers", self.t("Officers and papers"), self._papers)
        if may_enter_groups(around):
            add_deed(self, self.t("Change the card"), EDIT_KEYS, self._edit, primary=True)
        if right(around.acting, Action.CLASS_GROUPS) is not Right.NO:
            self.add_part("printing", self.t("To print"), self._printing)
        self._reads_names = around.may(Action.PUPIL_NAMES)
        if self._reads_names:
            self.add_part("names", self.t("Names kept"), self._names)
            self.tabs.offer("names", False)

    def show_place(self, place: Place) -> None:
        """As it was left; the tab of the names is there only once they are read."""
        self._wants_names = place.state.get("tab") == "names"
        super().show_place(place)

    def show_head(self, detail: ClassGroupDetail) -> None:
        """School, grade and year; below it component, place, state."""
        t, row = self.t, detail.row
        self.sheets.key = row.id
        grade = grade_words(row, t)
        self.set_title(" · ".join(part for part in (group_words(row, t), grade, str(row.school_year)) if part))
        if row.graduated_on is not None:
            self.badge.say(Tone.OK, t("Graduated on {date}", date=t.date(row.graduated_on)))
        elif row.first_lesson_on is None:
            self.badge.say(Tone.PLAIN, t("Not begun"))
        else:
            self.badge.say(Tone.INFO, t("Not graduated"))
        self.say_line(
            row.curriculum_name,
            row.municipality,
            row.department,
            shift_words(row.shift, t),
            t("lessons: {lessons}", lessons=lessons_words(row, t)),
            t("first lesson on {date}", date=t.date(row.first_lesson_on)) if row.first_lesson_on else "",
            row.code,
        )
        if self._reads_names:
            if row.id != self._names_of:
                # names of one group never stand under the title of another, not for a moment
                self._names_of = row.id
                self._show_names(_NO_NAMES)
            self.read(kept_names, row.id, done=self._on_names, what="names")

    def _on_names(self, found: KeptNames) -> None:
        """What is kept, where anything is or may be, has a tab; the printing offers to keep names."""
        offered = found.purge_on is not None or bool(found.names)
        self.tabs.offer("names", offered)
        self._show_names(found)
        if offered and self._wants_names:
            self.tabs.open("names")
        self._wants_names = False

    def _show_names(self, found: KeptNames) -> None:
        self.kept = found
        for name in ("names", "printing"):
            part = self.tabs.content(name) if name in self.tabs.names() else None
            if isinstance(part, KeptNamesPart | GroupPrintingPart):
                part.show_names(found)

    def help_name(self) -> str:
        """Papers, attached or printed, have a help of their own."""
        return "class_group_papers" if self.tabs.name() in _PAPERS else super().help_name()

    def _edit(self) -> None:
        if self.key is not None:
            self.go_requested.emit(Place("class_group_form", self.key))

    def _heads(self) -> RecordPart:
        return HeadsPart(self.around)

    def _papers(self) -> RecordPart:
        part = GroupPapersPart(self.around)
        part.go_wanted.connect(self.go_requested)
        part.link_wanted.connect(self._ask_total)
        part.sheet_wanted.connect(lambda look: self.sheets.look() if look else self.sheets.ask())
        return part

    def _printing(self) -> RecordPart:
        part = GroupPrintingPart(self.around)
        part.failed.connect(self.tell_failure)
        part.keep_wanted.connect(self._keep_names)
        part.show_names(self.kept)
        return part

    def _names(self) -> RecordPart:
        part = KeptNamesPart(self.around)
        said = self.t("The name is out of the file for good.")
        part.forget_wanted.connect(
            lambda key: self.write(forget_pupil_name, key, said=lambda _code: said, undoable=False)
        )
        part.show_names(self.kept)
        return part

    def _keep_names(self, draft: NamesDraft) -> None:
        t = self.t
        self.write(
            keep_pupil_names,
            self.key,
            draft,
            said=lambda count: t.plural(
                "{count} name is kept with the group.", "{count} names are kept with the group.", count
            ),
            undoable=False,
        )

    def _ask_total(self, below: QWidget) -> None:
        """Which historical total counted the group before its numbers stood here."""
        if self.key is not None:
            self.read(totals_for_group, self.key, done=lambda found: self._offer_totals(found, below), what="totals")

    def _offer_totals(self, found: TotalsOfGroup, below: QWidget) -> None:
        t = self.t
        choices = [(str(key), total_words(total, t)) for key, total in found.choices.items() if key != found.present]
        if found.present is not None:
            choices.append((_NONE, t("none: it draws no total down")))
        if not choices:
            self.done.emit(t("No historical total counts on the days of this class group."), False)
            return
        popup = ChoicePopup("total", t("Historical total"), t, self.window())
        popup.chosen.connect(lambda code, _words: self._link(None if code == _NONE else int(code)))
        popup.move(below.mapToGlobal(below.rect().bottomLeft()))
        popup.offer(choices)

    def _link(self, total: int | None) -> None:
        linked, none = N_("The class group draws the total down."), N_("The class group draws no total down any more.")
        self.write(link_class_group, self.key, total, said=lambda _done: self.t(none if total is None else linked))


def _heads_column(name: str, title: str) -> Column:
    return Column(name, title, lambda row, t: t.number(getattr(row[1], name)), width=12, number=True)


def _of_grade(measure: str, title: str) -> Column:
    def words(row: object, t: Translator) -> str:
        heads: Heads = getattr(row, measure)
        return t.number(heads.total)

    return Column(measure, title, words, width=12, number=True)


def _present(row: Lesson, t: Translator) -> str:
    return t.number(row.present.total) if row.present is not None else "—"


class HeadsPart(ScrollPart):
    """Heads by sex, by grade, and the lessons with those present."""

    def fill(self, detail: ClassGroupDetail) -> None:
        """Two or three tables."""
        t, row = self.t, detail.row
        by_measure = {number: (t(title), getattr(row, measure)) for number, (measure, title) in enumerate(_MEASURES)}
        self.table(
            self.card(t("Heads")),
            (
                Column("what", N_("Heads"), lambda line, _t: line[0], width=20, stretch=True),
                *(_heads_column(name, title) for name, title in _HEADS),
            ),
            by_measure,
            "",
        )
        if detail.grades:
            self.table(
                self.card(t("By school grade")),
                (
                    Column("grade", N_("School grade"), lambda line, _t: line.grade, width=20, stretch=True),
                    *(_of_grade(measure, title) for measure, title in _MEASURES),
                ),
                dict(enumerate(detail.grades)),
                "",
            )
        lessons = self.card(t("Lessons"))
        if row.lessons_required is not None:
            self.say(
                lessons,
                t(
                    "Given: {given}. To graduate a group needs {required}.",
                    given=t.number(row.lessons_given),
                    required=t.number(row.lessons_required),
                ),
            )
        named = any(line.title for line in detail.lessons)
        titles = (Column("title", N_("Title"), lambda line, _t: line.title or "", width=36, stretch=True),) * named
        self.table(
            lessons,
            (
                Column("number", N_("Lesson"), lambda line, _t: str(line.number), width=8),
                *titles,
                Column(
                    "given",
                    N_("Given on"),
                    lambda line, t: t.date(line.given_on) if line.given_on else t("not noted"),
                    width=16,
                ),
                Column("present", N_("Present"), _present, width=10, number=True),
            ),
            {lesson.number: lesson for lesson in detail.lessons},
            t("This component has no lessons of its own."),
        )


class GroupPapersPart(ScrollPart):
    """Officers, school, where the numbers come from."""

    go_wanted = Signal(object)
    link_wanted = Signal(object)
    """the widget below which to ask for a historical total"""
    sheet_wanted = Signal(bool)
    """to look at the summary sheet, or else to attach one"""

    def fill(self, detail: ClassGroupDetail) -> None:
        """Officers, school and papers."""
        t, row, papers = self.t, detail.row, detail.papers
        officers = {officer.instructor_id: officer for officer in detail.officers}
        self.table(
            self.card(t("Officers")),
            (
                Column("name", N_("Officer"), lambda line, _t: line.name or line.code, width=36, stretch=True),
                Column("role", N_("Role"), code("role", OFFICER_ROLES), width=24),
            ),
            officers,
            t("No officer is recorded."),
            lambda key: self.go_wanted.emit(Place("instructor", key)),
        )
        if detail.school is not None:
            school = detail.school
            card = self.card(t("School"))
            deed = Deed(school.name, lambda: self.go_wanted.emit(Place("school", school.id)))
            card.add(deed_button(deed, look="link"))
        facts = [
            (t("Source"), papers.source or t("none recorded")),
            (t("Summary sheets attached"), t.number(papers.sheets)),
            (
                t("Historical total"),
                t("This group draws down a historical total.") if papers.historical_total is not None else "",
            ),
            (t("Event"), row.event or ""),
            (t("Taught again because"), papers.repeat_reason or ""),
            (t("Note"), papers.note or ""),
            (t("Entered on"), moment(papers.recorded_at, t)),
        ]
        card = self.card(t("Papers"))
        card.add(FactList(facts))
        around = self.around
        if may_enter_groups(around):
            attach = Deed(t("Attach the summary sheet…"), lambda: self.sheet_wanted.emit(False))
            card.add(deed_button(attach, look="link"))
            if papers.sheets:
                look = Deed(t("Look at the summary sheet"), lambda: self.sheet_wanted.emit(True))
                card.add(deed_button(look, look="link"))
        if right(around.acting, Action.CLASS_GROUPS) is Right.YES and not around.read_only:
            link = deed_button(Deed(t("Historical total…"), lambda: self.link_wanted.emit(link)), look="link")
            card.add(link)


_NONE = "none"
