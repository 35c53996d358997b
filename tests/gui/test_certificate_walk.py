"""The life of certificates in the window: asked for, approved together, printed, handed over, replaced, annulled."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from eic_tracker.domain.codes import CertificateStatus, Role
from eic_tracker.gui.certificate_acts import CertificateActs
from eic_tracker.gui.dialogs.print_view import PrintView
from eic_tracker.gui.main_window import MainWindow
from eic_tracker.gui.pages.approvals_page import ApprovalsPage
from eic_tracker.gui.pages.certificate_page import CertificatePage
from eic_tracker.gui.pages.offering_page import OfferingPage
from eic_tracker.gui.pages.statement_page import StatementPage
from eic_tracker.gui.pages.uncollected_page import UncollectedPage
from eic_tracker.gui.place import Place
from eic_tracker.gui.widgets.ask_fields import AskFields
from eic_tracker.gui.widgets.deed import DeedLine
from eic_tracker.services.certificates import prepare_certificates
from tests.gui.opened import around_of, opened, preferences
from tests.gui.test_kept_names import answer
from tests.gui.windows import demonstration, enter, go, place_of_work, settle, until
from tests.services.demonstration_file import number, rows
from tests.services.school import PASSPHRASE

_CLOSED = """
SELECT o.id FROM offering o WHERE o.status = 'closed' AND o.ends_on > '2019-03-01' AND NOT EXISTS
(SELECT 1 FROM certificate c JOIN enrolment e ON e.id = c.enrolment_id WHERE e.offering_id = o.id) ORDER BY o.id LIMIT 1
"""
_COMPLETED = """
SELECT id, participant_id FROM enrolment WHERE offering_id = ? AND status = 'completed' ORDER BY id LIMIT 1
"""
_STATUS = "SELECT status FROM certificate WHERE id = ?"
_ISSUED = "SELECT id, number FROM certificate WHERE status = 'issued' ORDER BY id LIMIT 1"


def certificate(qtbot: QtBot, made: MainWindow, key: int) -> CertificatePage:
    """The page of a certificate, read."""
    page = go(qtbot, made, Place("certificate", key)).page
    assert isinstance(page, CertificatePage)
    return page


def offered(acts: CertificateActs) -> set[str]:
    """The deeds in the menu."""
    return {name for name, action in acts.acts.items() if action.isVisible()}


def refused(made: MainWindow) -> str:
    """What the open question says is wrong; it is closed."""
    asked = next(each for each in made.findChildren(AskFields) if each.isVisible())
    said = " ".join(box.problem() for box in asked.form.boxes.values()).strip()
    asked.reject()
    return said


def words_of(page: CertificatePage) -> str:
    """All that the page says."""
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


def test_papers_are_asked_for_approved_together_printed_handed_over_replaced_and_annulled(
    qtbot: QtBot, demo_file: Path, tmp_path: Path
) -> None:
    course = number(demo_file, _CLOSED)
    enrolment, person = rows(demo_file, _COMPLETED, [course])[0]
    key, number_of = rows(demo_file, _ISSUED)[0]
    with demonstration(qtbot, demo_file, Role.REGISTRAR) as made:
        # the row of a closed course's roster leads to the form, with that course chosen
        page = go(qtbot, made, Place("offering", course)).page
        assert isinstance(page, OfferingPage)
        assert page.statement is not None
        grid = page.grid_in_sight()
        assert grid is not None
        assert grid.select_key(enrolment)
        page.statement.button.click()
        settle(qtbot, made)
        form = place_of_work(made).page
        assert isinstance(form, StatementPage)
        assert form.form is not None
        assert form.key == person
        assert form.form.values()["course"] == enrolment
        until(qtbot, lambda: form.preview.view.pages() > 0)
        form.form.write({"purpose": "x" * 120, "valid_to": form.around.today.replace(year=2018)})
        form.prepare()
        assert "ya pasó" in form.form.boxes["valid_to"].problem()
        form.form.write({"purpose": "su expediente", "valid_to": None})
        form.prepare()
        settle(qtbot, made)
        assert [row.status for row in form.table.rows.values()] == [CertificateStatus.PREPARED]
        statement = next(iter(form.table.rows))

        # a theft is proven by the report; a lost one waits for approval and holds until then
        holding = certificate(qtbot, made, key)
        assert offered(holding.acts) == {"see", "deliver", "duplicate", "spoil", "person", "course"}
        holding.acts.acts["duplicate"].trigger()
        answer(qtbot, made, cause="theft")
        assert "denuncia" in refused(made)
        holding.acts.acts["duplicate"].trigger()
        answer(qtbot, made, cause="loss", number="Declaración 4")
        assert "Un duplicado espera aprobación" in [b.text() for b in holding.findChildren(type(page.statement.button))]
        assert rows(demo_file, _STATUS, [key]) == [("issued",)]

        # who prepared sees that it waits, and cannot approve it
        waiting = go(qtbot, made, Place("approvals")).page
        assert isinstance(waiting, ApprovalsPage)
        assert set(waiting.buttons) == {"withdraw"}
        assert all(row.own for row in waiting.table.rows.values())

        # the number on the manager's first page leads to all that waits; one passphrase approves it
        enter(qtbot, made, Role.MANAGER)
        home = go(qtbot, made, Place("home")).page
        next(each for each in home.findChildren(DeedLine) if "esperan aprobación" in each.text()).click()
        settle(qtbot, made)
        waiting = place_of_work(made).page
        assert isinstance(waiting, ApprovalsPage)
        assert len(waiting.table.rows) == 2
        waiting.table.selectAll()
        waiting.buttons["approve"].click()
        answer(qtbot, made)
        assert waiting.table.rows == {}
        assert rows(demo_file, _STATUS, [statement]) == [("approved",)]
        assert rows(demo_file, _STATUS, [key]) == [("replaced",)]

        # the manager looks; only who prepares prints
        seen = certificate(qtbot, made, statement)
        seen.print_view()
        until(qtbot, lambda: any(each.isVisible() for each in made.findChildren(PrintView)))
        view = next(each for each in made.findChildren(PrintView) if each.isVisible())
        until(qtbot, lambda: view.preview.view.pages() > 0)
        assert view.preview.print_button.isHidden()
        view.reject()
        seen.acts.acts["annul"].trigger()
        answer(qtbot, made, ground="error", reason="Nombre equivocado")
        assert refused(made).count("Hace falta este dato.") == 3, "name, post, letter"

        enter(qtbot, made, Role.REGISTRAR)
        page_of = certificate(qtbot, made, statement)
        assert "annul" not in offered(page_of.acts)
        page_of.acts.acts["deliver"].trigger()
        answer(qtbot, made)
        assert rows(demo_file, "SELECT count(*) FROM delivery") == [(0,)], "what was not printed is not delivered"
        page_of.acts.see()
        until(qtbot, lambda: any(each.isVisible() for each in made.findChildren(PrintView)))
        view = next(each for each in made.findChildren(PrintView) if each.isVisible())
        until(qtbot, lambda: view.preview.view.pages() > 0)
        view.preview.save_to(tmp_path / "constancia.pdf")
        until(qtbot, lambda: rows(demo_file, _STATUS, [statement]) == [("issued",)])
        view.reject()
        settle(qtbot, made)
        assert (tmp_path / "constancia.pdf").read_bytes().startswith(b"%PDF")

        # handed over to a proxy: not without a letter
        list_page = go(qtbot, made, Place("uncollected")).page
        assert isinstance(list_page, UncollectedPage)
        assert list_page.grid.select_key(statement)
        settle(qtbot, made)
        list_page.acts.acts["deliver"].trigger()
        answer(qtbot, made, receiver="María Inventada")
        assert "carta" in refused(made)
        list_page.acts.acts["deliver"].trigger()
        answer(qtbot, made, receiver="María Inventada", letter="Poder 3")
        assert statement not in list(list_page.grid.model.keys)
        assert "María Inventada" in words_of(certificate(qtbot, made, statement))

        # a manager annuls with reason and authority; it is never undone
        enter(qtbot, made, Role.MANAGER)
        page_of = certificate(qtbot, made, statement)
        page_of.acts.acts["annul"].trigger()
        order = {"authorised_by": "Comisario Inventado", "post": "Director", "letter": "Oficio 9"}
        answer(qtbot, made, ground="error", reason="Nombre equivocado", **order)
        assert rows(demo_file, _STATUS, [statement]) == [("annulled",)]
        said = words_of(page_of)
        assert "Nombre equivocado" in said
        assert "Comisario Inventado, Director, Oficio 9" in said
        assert offered(page_of.acts) == {"person", "course"}
        assert number_of in words_of(certificate(qtbot, made, key))


def test_a_passphrase_is_asked_once_for_all_and_a_wrong_one_approves_nothing(qtbot: QtBot, tmp_path: Path) -> None:
    kept = preferences()
    with opened(tmp_path) as file:
        registrar = around_of(file, Role.REGISTRAR, kept, tmp_path)
        done: list[object] = []
        file.jobs.write(prepare_certificates, registrar.acting, "007-2018", owner=file.jobs, done=done.append)
        until(qtbot, lambda: bool(done))
        page = ApprovalsPage(around_of(file, Role.MANAGER, kept, tmp_path))
        qtbot.addWidget(page)
        page.resize(1000, 500)
        page.show()
        said: list[str] = []
        page.noticed.connect(lambda notice: said.append(notice.text))
        page.done.connect(lambda text, _undoable: said.append(text))
        page.show_place(Place("approvals"))
        until(qtbot, lambda: len(page.table.rows) == 1)
        for number_said, typed in ((1, "no es esta"), (2, PASSPHRASE)):
            page.buttons["approve"].click()
            asked = next(each for each in page.findChildren(AskFields) if each.isVisible())
            asked.take.click()
            assert asked.form.boxes["passphrase"].problem() == "This is needed."
            asked.form.write({"passphrase": typed})
            asked.take.click()
            until(qtbot, lambda count=number_said: len(said) == count)  # type: ignore[misc]
        assert "passphrase" in said[0]
        assert said[1] == "2 certificates approved."
        page.refresh()
        until(qtbot, lambda: page.table.rows == {})
        assert page.quiet.text() == "Nothing waits for approval."
