"""A statement of a course or a transcript of all, as somebody asks for it: form, preview, and those asked before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from eic_tracker.domain.codes import CertificateKind
from eic_tracker.domain.drafts import DraftProblem
from eic_tracker.gui import theme
from eic_tracker.gui.grids.records import CERTIFICATES_OF_PERSON
from eic_tracker.gui.jobs import Failure
from eic_tracker.gui.notices import notice_of
from eic_tracker.gui.offering_acts import page_shortcut
from eic_tracker.gui.pages.page import Page
from eic_tracker.gui.place import Place
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.widgets.deed import Deed, deed_button, rest
from eic_tracker.gui.widgets.editors import ChoiceEditor, DateEditor, LineEditor, TickEditor
from eic_tracker.gui.widgets.fact_list import sentence
from eic_tracker.gui.widgets.field_form import FieldForm, FormField
from eic_tracker.gui.widgets.paper_preview import PaperPreview
from eic_tracker.gui.widgets.scrolled_column import ScrolledColumn
from eic_tracker.gui.widgets.small_table import SmallTable
from eic_tracker.gui.widgets.two_sides import TwoSides
from eic_tracker.i18n import Translator
from eic_tracker.queries.certificates import CertificateRow
from eic_tracker.queries.statements import StatedCourse
from eic_tracker.reports.pdf.paper import Paper
from eic_tracker.services.certificate_preview import statement_preview
from eic_tracker.services.profiles import PersonProfile, person_profile
from eic_tracker.services.statements import (
    Prepared,
    StatementDraft,
    courses_to_state,
    prepare_statement,
    prepare_transcript,
    statement_problems,
)

PREPARE_KEYS = "Ctrl+Return"
_ALL = 0
"""Stands for the transcript of all completed courses."""
_TOGETHER_MS = 300
_BESIDE = 900
_SHORTEST = 20
"""Characters of a course that are in sight at least."""
_COLUMNS = tuple(
    column
    for name in ("kind", "offering", "status", "number")
    for column in CERTIFICATES_OF_PERSON
    if column.name == name
)
_ASKED = frozenset({CertificateKind.STATEMENT, CertificateKind.TRANSCRIPT})


class StatementPage(Page):
    """A place's key is the person; its state may name the enrolment of which the statement speaks."""

    name = "statement"
    shows = frozenset({"certificate", "enrolment", "participant", "offering", "delivery", "course"})

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(around, parent)
        t = self.t
        self.key = 0
        self._wanted: int | None = None
        self._courses: tuple[StatedCourse, ...] = ()
        self._asked: dict[int, CertificateRow] = {}
        self.form: FieldForm | None = None
        self.said = sentence("", muted=True)
        self.said.hide()
        self.prepare_button = deed_button(Deed(t("Prepare for approval"), self.prepare), look="primary")
        self.look_button = deed_button(Deed(t("See the paper"), self._look))
        page_shortcut(PREPARE_KEYS, self).activated.connect(self.prepare_button.click)
        self.table = SmallTable(t("Asked for before"), _COLUMNS, around, whole=True)
        self.table.opened.connect(lambda key: self.go_requested.emit(Place("certificate", key)))
        self.asked_title = sentence(t("Asked for before"))
        self.preview = PaperPreview(around)
        self.preview.paper.hide()
        # a draft is looked at: printed is what has a number and a code
        self.preview.save_button.hide()
        self.preview.print_button.hide()
        self.preview.noticed.connect(self.noticed)
        self.sides = TwoSides(self._left(), self.preview, (5, 6), beside=_BESIDE)
        self.layout_of_page.addWidget(self.sides, 1)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_TOGETHER_MS)
        self._soon.timeout.connect(self._show_paper)
        self._show_asked({})

    def show_place(self, place: Place) -> None:
        """The form for a person; a course in the state is chosen."""
        wanted = place.state.get("enrolment")
        if place.key != self.key or isinstance(wanted, int):
            self._wanted = wanted if isinstance(wanted, int) else None
            self._drop_form()
        self.key = place.key or 0
        self.sides.close_detail()
        self.refresh()

    def state(self) -> Mapping[str, Any]:
        """The course that is chosen."""
        chosen = self.form.values()["course"] if self.form is not None else None
        return {"enrolment": chosen} if isinstance(chosen, int) and chosen != _ALL else {}

    def refresh(self) -> None:
        """Read what can be stated, and what was asked for before; the form stays as it is."""
        self.read(person_profile, self.key, self.around.today, done=self._on_person)
        self.read(courses_to_state, self.key, done=self._on_courses, failed=self._on_not_read, what="courses")

    def first_focus(self) -> QWidget | None:
        """The first field."""
        return self.form.first_field() if self.form is not None else None

    def go_up(self) -> bool:
        """Esc: from the paper back to the form where only one has room."""
        return self.sides.close_detail()

    def draft(self) -> StatementDraft | None:
        """What the form says; None before it is there."""
        if self.form is None:
            return None
        values = self.form.values()
        course = values["course"]
        return StatementDraft(
            self.key,
            course if isinstance(course, int) and course != _ALL else None,
            values["with_grades"] is True,
            str(values["purpose"] or ""),
            str(values["asked_by"] or ""),
            values["valid_to"],  # type: ignore[arg-type]
        )

    def prepare(self) -> None:
        """Hand it to the managers for approval; the form says what is wrong with it."""
        draft = self.draft()
        if draft is None or self.form is None:
            return
        if problems := self._problems(draft):
            self.form.show_problems(problems)
            return
        use_case = prepare_transcript if draft.enrolment_id is None else prepare_statement
        self.write(use_case, draft, said=self._prepared, undoable=False)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's own name
        """Where the paper stands beside the form there is nothing to open."""
        super().resizeEvent(event)
        self.look_button.setVisible(self.width() < _BESIDE)

    def _left(self) -> QWidget:
        inside = ScrolledColumn()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, theme.GAP, 0)
        column.setSpacing(theme.GAP)
        column.addWidget(self.said)
        self._form_place = QVBoxLayout()
        column.addLayout(self._form_place)
        line = QHBoxLayout()
        line.addWidget(self.prepare_button)
        line.addWidget(self.look_button)
        line.addStretch(1)
        column.addLayout(line)
        column.addSpacing(theme.GROUP_GAP)
        column.addWidget(self.asked_title)
        column.addWidget(self.table)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setMinimumWidth(300)
        area.setWidget(inside)
        return area

    def _on_person(self, profile: PersonProfile) -> None:
        row = profile.row
        name = f"{row.given_names} {row.surnames}"
        self.set_title(self.t("Statement or transcript for {name}", name=name))
        self._show_asked({each.id: each for each in profile.certificates if each.kind in _ASKED})

    def _on_courses(self, courses: tuple[StatedCourse, ...]) -> None:
        if self.form is None or courses != self._courses:
            self._courses = courses
            self._make_form()
        t = self.t
        self.said.setText("" if courses else t("No completed course of a closed edition: there is nothing to state."))
        self.said.setVisible(not courses)
        rest(self.prepare_button, "" if courses else self.said.text(), PREPARE_KEYS)
        rest(self.look_button, "" if courses else self.said.text())
        if courses:
            self._show_paper()

    def _on_not_read(self, failure: Failure) -> None:
        self.said.setText(notice_of(failure, self.t).text)
        self.said.show()

    def _make_form(self) -> None:
        self._drop_form()
        t = self.t
        choices = [(_ALL, t("All completed courses (transcript)"))]
        choices += [(each.enrolment_id, course_words(each, t)) for each in reversed(self._courses)]
        fields = [
            FormField("course", t("Of what"), partial(_choice, choices), required=True),
            FormField("with_grades", "", lambda _label, _a: TickEditor(t("With grades"))),
            FormField("purpose", t("Purpose"), _line, t("For example: the promotion file. Empty: for any purpose.")),
            FormField("asked_by", t("Asked for by"), _line, t("Empty: the person.")),
            FormField("valid_to", t("Valid until"), DateEditor, t("Empty: it does not expire.")),
        ]
        self.form = FieldForm(fields, self.around)
        self.form.changed.connect(self._soon.start)
        self._form_place.addWidget(self.form)
        known = {each.enrolment_id for each in self._courses}
        newest = self._courses[-1].enrolment_id if self._courses else _ALL
        self.form.start({"course": self._wanted if self._wanted in known else newest})
        self.form.setVisible(bool(self._courses))
        first = self.form.first_field()
        if self._courses and first is not None and self.isVisible():
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _drop_form(self) -> None:
        if self.form is not None:
            self.form.hide()
            self.form.deleteLater()
            self.form = None

    def _problems(self, draft: StatementDraft) -> tuple[DraftProblem, ...]:
        return statement_problems(draft, self.around.today)

    def _show_paper(self) -> None:
        draft = self.draft()
        if draft is None or self.form is None:
            return
        # while it is typed nothing is said: preparing says what is wrong
        if not self._problems(draft):
            self.form.show_problems(())
            title = self.t("Draft · {name}", name=self.title())
            self.preview.show_paper(partial(_paper, draft=draft, t=self.t), title, "draft.pdf")

    def _look(self) -> None:
        self.sides.open_detail()
        self.preview.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_asked(self, rows: dict[int, CertificateRow]) -> None:
        self._asked = rows
        self.table.show_rows(rows)
        self.table.setVisible(bool(rows))
        self.asked_title.setVisible(bool(rows))

    def _prepared(self, _made: Prepared) -> str:
        return self.t("Prepared. It waits for approval; then it is printed from its own page.")


def course_words(course: StatedCourse, t: Translator) -> str:
    """Code, title and last day, as a course is chosen."""
    return t("{code} · {title} · ended {date}", code=course.code, title=course.title, date=t.date(course.ends_on))


def _choice(choices: Sequence[tuple[int, str]], label: str, _around: Surroundings) -> ChoiceEditor:
    """A title longer than the column is cut in the box and whole in its list."""
    editor = ChoiceEditor(label, choices, None)
    editor.widget.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    editor.widget.setMinimumContentsLength(_SHORTEST)
    editor.on_change(lambda: editor.widget.setToolTip(editor.widget.currentText()))
    return editor


def _line(label: str, _around: Surroundings) -> LineEditor:
    return LineEditor(label, longest=160)


def _paper(db: Any, acting: Any, *, draft: StatementDraft, t: Translator, paper: Paper) -> bytes:
    """The sheet is the template's own."""
    return statement_preview(db, acting, draft, t=t)
