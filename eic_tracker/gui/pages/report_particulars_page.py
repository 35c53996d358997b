"""What goes with a periodic report: letter, signers, text, sections, and how it was received."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QWidget

from eic_tracker.domain.codes import ReportKind, ReportSection, ReportSigner
from eic_tracker.domain.periods import parse_period, title
from eic_tracker.domain.report_rules import LINES, TEXTS
from eic_tracker.gui.form_page import FormPage
from eic_tracker.gui.place import Place
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.widgets.deed import Deed, deed_button, rest
from eic_tracker.gui.widgets.editors import DateEditor, LineEditor, NamesEditor, TickEditor
from eic_tracker.gui.widgets.field_form import FormField
from eic_tracker.i18n import N_, Translator
from eic_tracker.queries.periodic_reports import ReportOffice
from eic_tracker.queries.report_data import Signature
from eic_tracker.reports.report_words import REPORT_TITLES
from eic_tracker.services.attachments import Scan, read_scan
from eic_tracker.services.report_office import ReportForm, file_stamped_copy, report_form, save_report_office

_WIDEST = 900
"""Pixels; posts are long."""
_DAYS = ("letter_dated", "sent_on", "received_on", "reviewed_on")
_SIGNS = {
    ReportSigner.PREPARED: (N_("Prepared by: rank"), N_("Prepared by: name"), N_("Prepared by: post")),
    ReportSigner.REVIEWED: (N_("Reviewed by: rank"), N_("Reviewed by: name"), N_("Reviewed by: post")),
    ReportSigner.APPROVED: (N_("Vo.Bo.: rank"), N_("Vo.Bo.: name"), N_("Vo.Bo.: post")),
}
_PARTS = {"rank": 3, "name": 4, "post": 5}
"""How much of the line each takes."""
_SECTIONS = {
    ReportSection.PLANNED: N_("Section: planned and done"),
    ReportSection.COURSES: N_("Section: courses and people"),
    ReportSection.HOURS: N_("Section: hours taught"),
    ReportSection.SINGLE_COURSES: N_("Section: courses one by one"),
    ReportSection.YOUTH: N_("Section: G.R.E.A.T."),
    ReportSection.SUPPORT: N_("Section: what supports the figures"),
    ReportSection.PUBLISHED: N_("Section: published figures"),
    ReportSection.HISTORICAL: N_("Section: historical totals"),
    ReportSection.EXCEPTIONS: N_("Section: exceptions"),
    ReportSection.SOURCES: N_("Section: sources"),
}


class ReportParticularsPage(FormPage):
    """The state of a place names the report: its kind and period."""

    name = "report_particulars"

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(around, parent)
        self._kind = ReportKind.QUARTERLY
        self._period = parse_period("2018Q4")
        self._form: ReportForm | None = None
        self.copy_button = deed_button(Deed(self.t("File the stamped copy…"), self._ask_copy))
        self.add_to_head(self.copy_button)
        self.pane.widest = _WIDEST

    def what_is_asked(self, place: Place) -> object:
        """Which report."""
        return place.state.get("kind"), place.state.get("period")

    def state(self) -> Mapping[str, Any]:
        """The report that is told about."""
        return {"kind": self._kind.value, "period": self._period.code}

    def ask(self, place: Place) -> None:
        """Read what was entered, or what is offered."""
        self._kind = ReportKind(place.state.get("kind", ReportKind.QUARTERLY))
        self._period = parse_period(str(place.state.get("period", "2018Q4")))
        name = f"{self.t(REPORT_TITLES[self._kind])} {title(self._period, self.t)}"
        self.set_title(self.t("What goes with it: {report}", report=name))
        self._read()

    def save(self, values: Any, original: Any) -> None:
        """Keep what was typed."""
        self.around.jobs.write(
            save_report_office,
            self.around.acting,
            _draft(ReportOffice(self._kind, self._period), values),
            owner=self,
            done=self._on_saved,
            failed=self.pane.refused,
        )

    def on_left(self) -> None:
        """The report."""
        self.go_requested.emit(Place("reports", state=self.state()))

    def file_copy(self, path: Path) -> None:
        """Read the scan of the stamped copy and file it."""
        self.read(read_scan, path, done=self._file, what="scan")

    def _file(self, scan: Scan) -> None:
        self.write(file_stamped_copy, self._kind, self._period, scan, said=lambda _key: self._after_copy(scan.name))

    def _after_copy(self, name: str) -> str:
        self._read()
        return self.t("{file} is filed with the report.", file=name)

    def _ask_copy(self) -> None:
        folder = self.around.preferences.current.last_folder or Path.home()
        words = self.t("Scans") + " (*.pdf *.jpg *.jpeg *.png)"
        path, _ = QFileDialog.getOpenFileName(self, self.t("File the stamped copy"), str(folder), words)
        if path:
            self.file_copy(Path(path))

    def _read(self) -> None:
        self.read(report_form, self._kind, self._period, done=self._show, failed=self._not_read)

    def _not_read(self, failure: Any) -> None:
        self.tell_failure(failure)
        self.on_left()

    def _show(self, form: ReportForm) -> None:
        t, sent = self.t, form.entered.sent_on is not None
        self._form = form
        copies = len(form.entered.stamped_copies)
        words = t("File the stamped copy ({count} filed)…", count=copies)
        self.copy_button.setText(words if copies else t("File the stamped copy…"))
        why = "" if sent else t("Say first when the report was sent.")
        rest(self.copy_button, why if form.may_change else t("A manager files it."))
        if self.pane.is_open:
            return
        fields = _fields(t, locked=not form.may_change)
        self.pane.edit(f"report {self._kind.value} {self._period.code}", self.title(), fields, _values(form.offered))
        self.pane.save.setVisible(form.may_change)
        self.pane.take_focus()

    def _on_saved(self, entry: int | None) -> None:
        self.pane.saved()
        words = self.t("What goes with the report is kept.") if entry else self.t("Nothing was changed.")
        self.done.emit(words, entry is not None)
        self.on_left()


def _fields(t: Translator, *, locked: bool) -> list[FormField]:
    def line(name: str, words: str, told: str = "", *, beside: bool = False, part: int = 1) -> FormField:
        return FormField(
            name, words, lambda label, _around: LineEditor(label, longest=200), told, False, locked, beside, part
        )

    def day(name: str, words: str, *, beside: bool = False) -> FormField:
        return FormField(name, words, DateEditor, "", False, locked, beside)

    def lines(name: str, words: str, told: str = "") -> FormField:
        return FormField(name, words, lambda label, _around: NamesEditor(label), told, False, locked)

    return [
        line("number", t("Number of the report")),
        line(
            "letter_number",
            t("Number of the letter"),
            t("With a number or an addressee the report has a cover letter."),
        ),
        day("letter_dated", t("Date of the letter"), beside=True),
        line("addressee", t("Addressee")),
        line("addressee_post", t("Post of the addressee"), beside=True),
        lines("copies", t("Copies to"), t("One a line.")),
        *(
            line(f"{role.value}_{name}", t(words), beside=name != "rank", part=part)
            for role, titles in _SIGNS.items()
            for (name, part), words in zip(_PARTS.items(), titles, strict=True)
        ),
        lines("achievements", t("Achievements"), t("One paragraph a line.")),
        lines("difficulties", t("Difficulties")),
        lines("next_steps", t("Next steps")),
        *(
            FormField(
                f"with_{section.value}",
                t(words),
                lambda label, _around: TickEditor(label),
                "",
                False,
                locked,
                number % 2 == 1,
            )
            for number, (section, words) in enumerate(_SECTIONS.items())
        ),
        day("sent_on", t("Sent on")),
        day("received_on", t("Received on"), beside=True),
        line("received_by", t("Received by"), beside=True),
        day("reviewed_on", t("Reviewed on")),
        line("reviewed_by", t("Reviewed by"), beside=True),
    ]


def _values(office: ReportOffice) -> dict[str, Any]:
    """A report's particulars as the form shows them."""
    values: dict[str, Any] = {name: getattr(office, name) for name in (*LINES, *_DAYS)}
    values |= {name: tuple(getattr(office, name).splitlines()) for name in TEXTS}
    values["copies"] = office.copies
    for role in ReportSigner:
        who = (office.signers or {}).get(role) or Signature("", "", "")
        values |= {f"{role.value}_rank": who.rank, f"{role.value}_name": who.name, f"{role.value}_post": who.post}
    return values | {f"with_{section.value}": section.value not in office.left_out for section in ReportSection}


def _draft(empty: ReportOffice, values: Mapping[str, Any]) -> ReportOffice:
    signers = {
        role: Signature(*(values[f"{role.value}_{part}"] or "" for part in ("rank", "name", "post")))
        for role in ReportSigner
    }
    told: dict[str, Any] = {name: values[name] or "" for name in LINES} | {name: values[name] for name in _DAYS}
    told |= {name: "\n".join(values[name]) for name in TEXTS}
    left_out = frozenset(section.value for section in ReportSection if not values[f"with_{section.value}"])
    return replace(empty, copies=values["copies"], signers=signers, left_out=left_out, **told)
