"""Published figures and historical totals in the window: entered, approved by another, explained, printed, linked."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from eic_tracker.domain.codes import Role
from eic_tracker.gui.dialogs.print_view import PrintView
from eic_tracker.gui.main_window import MainWindow
from eic_tracker.gui.pages.history_page import HistoryPage
from eic_tracker.gui.pages.published_form_page import PublishedFormPage
from eic_tracker.gui.pages.published_page import PublishedPage
from eic_tracker.gui.pages.settings_page import SettingsPage
from eic_tracker.gui.place import Place
from eic_tracker.gui.settings_parts.totals_part import TotalsPart
from eic_tracker.gui.widgets.ask_fields import AskFields
from eic_tracker.gui.widgets.deed import DeedLine
from eic_tracker.services.entering_totals import TotalDraft, add_total
from eic_tracker.services.historical_totals import approve_total
from eic_tracker.services.letters import SourceDraft
from eic_tracker.services.published_figures import (
    ExplanationDraft,
    PublishedDraft,
    approve_explanation,
    approve_published,
    explain_figure,
    save_published,
)
from eic_tracker.services.sign_in import demonstration_user
from eic_tracker.store.database import Database
from tests.gui.windows import demonstration, enter, go, place_of_work, settle, until
from tests.reports.pdf_reading import words_of
from tests.services.demonstration_file import rows
from tests.services.doors_of_reports import scan

FIGURE = {
    "key": "eic-2019-boletin",
    "programme": "EIC",
    "measure": "completions",
    "value": 700,
    "period_from": dt.date(2019, 1, 1),
    "period_to": dt.date(2019, 3, 31),
    "source_title": "Boletín inventado",
    "quote": "setecientos graduados",
}
PAPER = {"number": "INF-1", "dated": dt.date(2019, 4, 2), "page": "3"}


def ledger(qtbot: QtBot, made: MainWindow) -> PublishedPage:
    page = go(qtbot, made, Place("published")).page
    assert isinstance(page, PublishedPage)
    settle(qtbot, made)
    return page


def figure_form(qtbot: QtBot, made: MainWindow) -> PublishedFormPage:
    until(qtbot, lambda: isinstance(place_of_work(made).page, PublishedFormPage))
    page = place_of_work(made).page
    assert isinstance(page, PublishedFormPage)
    until(qtbot, lambda: page.pane.form is not None)
    return page


def asked(qtbot: QtBot, made: MainWindow) -> AskFields:
    until(qtbot, lambda: any(each.isVisible() for each in made.findChildren(AskFields)))
    return next(each for each in made.findChildren(AskFields) if each.isVisible())


def choose(page: PublishedPage, key: str) -> None:
    page.table.select_key(next(number for number, line in page._lines.items() if line.figure.key == key))


def test_a_figure_is_entered_approved_by_another_explained_and_printed(
    qtbot: QtBot, demo_file: Path, tmp_path: Path
) -> None:
    with demonstration(qtbot, demo_file, Role.REGISTRAR) as made:
        page = ledger(qtbot, made)
        before = len(page._lines)
        made.activateWindow()
        until(qtbot, made.isActiveWindow)
        QTest.keyClick(made, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
        form = figure_form(qtbot, made)
        assert form.pane.form is not None
        form.pane.form.write(FIGURE | {"measure": "reached"})
        form.pane.save_now()
        settle(qtbot, made)
        assert form.pane.form.boxes["measure"].problem(), "a programme of courses reaches no class groups"
        form.pane.form.write({"measure": "completions"})
        QTest.keyClick(form.pane.form, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        until(qtbot, lambda: isinstance(place_of_work(made).page, PublishedPage))
        page = ledger(qtbot, made)
        assert len(page._lines) == before, "nobody approved it yet"
        assert page.acts.waiting_button.text() == "Por aprobar: 1"

        enter(qtbot, made, Role.MANAGER)
        page = ledger(qtbot, made)
        until(qtbot, page.acts.waiting_button.isVisible)
        page.acts.menu.actions()[0].trigger()
        form = figure_form(qtbot, made)
        stamped = tmp_path / "boletin.png"
        stamped.write_bytes(scan().content)
        form.file_scan(stamped)
        until(qtbot, lambda: "(hay 1)" in form.scan_button.text())
        settle(qtbot, made)
        QTest.keyClick(form.approve_button, Qt.Key.Key_Space)
        until(qtbot, lambda: isinstance(place_of_work(made).page, PublishedPage))
        page = ledger(qtbot, made)
        until(qtbot, lambda: len(page._lines) == before + 1)
        choose(page, "eic-2019-boletin")
        assert page.acts.chosen is not None
        assert page.acts.chosen.reconciled.unexplained == 57

        page.acts.explain()
        question = asked(qtbot, made)
        question.form.write({"kind": "documented", "amount": "0", "label": "Diplomas sin nómina", **PAPER})
        question.take.click()
        assert question.form.boxes["amount"].problem()
        assert not question.form.boxes["number"].problem()
        question.form.write({"amount": "57"})
        question.take.click()
        settle(qtbot, made)
        assert rows(demo_file, "SELECT amount, approved_by_id FROM figure_explanation") == [(57, None)]

        page.print_view()
        until(qtbot, lambda: any(each.isVisible() for each in made.findChildren(PrintView)))
        shown = next(each for each in made.findChildren(PrintView) if each.isVisible())
        until(qtbot, lambda: bool(shown.preview.view.pdf))
        words = words_of(bytes(shown.preview.view.pdf))
        assert "«setecientos graduados»" in words
        assert "Diplomas sin nómina" in words
        shown.close()
        settle(qtbot, made)


def test_figures_that_contradict_each_other_are_a_step_apart_and_an_auditor_only_reads(
    qtbot: QtBot, demo_file: Path
) -> None:
    with demonstration(qtbot, demo_file, Role.AUDITOR) as made:
        page = ledger(qtbot, made)
        assert not page.acts.new_button.isVisible()
        assert not page.begin_new()
        choose(page, "great-2019-police")
        link = next(
            each for each in page.findChildren(type(page.acts.new_button)) if each.text().startswith("No concuerda con")
        )
        assert "346,215" in link.text()
        link.click()
        assert page.acts.chosen is not None
        assert page.acts.chosen.figure.key == "great-reached"


def explained_by_two_causes(path: Path) -> int:
    """A figure of 700 beside fewer rows, with an approved total of 30 and a cause of 20; the key of the total."""
    with Database(path) as db:
        registrar, manager = (demonstration_user(db, role, None) for role in (Role.REGISTRAR, Role.MANAGER))
        save_published(db, registrar, PublishedDraft({"qualifier": "exact", "precision": "day", **FIGURE}))
        approve_published(db, manager, "eic-2019-boletin")
        paper = SourceDraft("INF-1", dt.date(2019, 4, 2), "Dirección")
        told = {"kind": "late_entry", "amount": "20", "label": "Nóminas que llegaron en abril"}
        cause = explain_figure(db, registrar, ExplanationDraft("eic-2019-boletin", told, paper, "3"))
        approve_explanation(db, manager, cause)
        values = {name: FIGURE[name] for name in ("programme", "measure")}
        days = {"first_day": FIGURE["period_from"], "last_day": FIGURE["period_to"]}
        total = add_total(db, registrar, TotalDraft({**values, **days, "value": 30}, paper, "7"))
        approve_total(db, manager, total)
    return total


def test_each_cause_of_a_difference_opens_what_it_is(qtbot: QtBot, demo_file: Path) -> None:
    total = explained_by_two_causes(demo_file)
    with demonstration(qtbot, demo_file, Role.MANAGER) as made:
        page = ledger(qtbot, made)
        choose(page, "eic-2019-boletin")
        late, documented = (each for each in page.findChildren(DeedLine) if each.text()[:2] in ("20", "30"))
        assert late.text() == "20  Nóminas que llegaron en abril"
        assert documented.text() == "30  Cifra histórica sin nómina: INF-1, página 7"
        said = [each.text() for each in page.findChildren(QLabel)]
        assert "INF-1, página 3; ingresado por registrar, aprobado por manager" in said
        documented.click()
        settle(qtbot, made)
        part = place_of_work(made).page.findChild(TotalsPart)
        assert part is not None
        assert part.table.current_key() == total
        page = ledger(qtbot, made)
        choose(page, "eic-2019-boletin")
        next(each for each in page.findChildren(DeedLine) if each.text().startswith("20 ")).click()
        settle(qtbot, made)
        history = place_of_work(made).page
        assert isinstance(history, HistoryPage)
        entry = rows(demo_file, "SELECT id FROM change_set WHERE use_case = 'explain_figure'")[0][0]
        assert history.grid.current_key() == entry


def test_what_the_source_allows_opens_the_rows_and_what_contradicts_opens_the_other_figure(
    qtbot: QtBot, demo_file: Path
) -> None:
    with demonstration(qtbot, demo_file, Role.MANAGER) as made:
        page = ledger(qtbot, made)
        choose(page, "great-2013-ceremony")
        page.findChildren(DeedLine)[0].click()
        settle(qtbot, made)
        assert place_of_work(made).pane.value.text() == "9,150"
        place_of_work(made).escape()
        choose(page, "great-2013-first-stage")
        next(each for each in page.findChildren(DeedLine) if each.text().startswith("-7,700")).click()
        assert page.acts.chosen is not None
        assert page.acts.chosen.figure.key == "great-2013-graduates"


def test_a_total_is_entered_in_the_settings_and_courses_are_linked_to_it(qtbot: QtBot, demo_file: Path) -> None:
    with demonstration(qtbot, demo_file, Role.REGISTRAR) as made:
        settings = go(qtbot, made, Place("settings", state={"section": "totals"})).page
        assert isinstance(settings, SettingsPage)
        settle(qtbot, made)
        part = settings.findChild(TotalsPart)
        assert part is not None
        QTest.keyClick(part.new_button, Qt.Key.Key_Space)
        pane = part.pane
        until(qtbot, lambda: pane.form is not None)
        form = pane.form
        assert form is not None
        form.write(
            {
                "programme": "EIC",
                "measure": "completions",
                "value": 90,
                "first_day": dt.date(2018, 1, 1),
                "last_day": dt.date(2018, 1, 31),
                **PAPER,
            }
        )
        part.pane.save_now()
        until(qtbot, lambda: rows(demo_file, "SELECT count(*) FROM historical_total WHERE value = 90") == [(1,)])
        settle(qtbot, made)
        enter(qtbot, made, Role.MANAGER)
        settings = go(qtbot, made, Place("settings", state={"section": "totals"})).page
        settle(qtbot, made)
        part = settings.findChild(TotalsPart)
        assert part is not None
        key = rows(demo_file, "SELECT id FROM historical_total WHERE value = 90")[0][0]
        part._approve(part._rows[key])
        settle(qtbot, made)
        enter(qtbot, made, Role.REGISTRAR)
        settings = go(qtbot, made, Place("settings", state={"section": "totals"})).page
        settle(qtbot, made)
        part = settings.findChild(TotalsPart)
        assert part is not None
        part._ask_link(part._rows[key])
        question = asked(qtbot, made)
        code = rows(
            demo_file, "SELECT code FROM offering WHERE ends_on BETWEEN '2018-01-01' AND '2018-01-31' ORDER BY code"
        )[0][0]
        question.form.write({"codes": (code,)})
        question.take.click()
        until(
            qtbot,
            lambda: rows(demo_file, "SELECT code FROM offering WHERE historical_total_id IS NOT NULL") == [(code,)],
        )
        settle(qtbot, made)
