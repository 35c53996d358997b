"""What an office enters for a report: kept once for both calendars, checked, offered to the next, its copy filed."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from eic_tracker.domain.codes import Measure, ReportKind, ReportSigner, Role
from eic_tracker.domain.drafts import DraftRefused
from eic_tracker.domain.periods import parse_period
from eic_tracker.domain.planning import planned
from eic_tracker.errors import Refused
from eic_tracker.i18n import Language, Translator
from eic_tracker.queries.periodic_reports import ReportOffice
from eic_tracker.queries.report_data import Signature
from eic_tracker.queries.targets import Target
from eic_tracker.services.papers import write_report
from eic_tracker.services.report_office import file_stamped_copy, report_form, save_report_office, stamped_copy
from tests.reports.pdf_reading import words_of
from tests.services.doors_of_reports import scan
from tests.services.school import NOW, school, user, values

QUARTER, KIND = parse_period("2018Q4"), ReportKind.QUARTERLY
DRAFT = ReportOffice(
    KIND,
    QUARTER,
    number=" INF-1 ",
    letter_number="EIC-12-2019",
    addressee="Licda.  Carla Ficticia",
    copies=("Archivo", " "),
    achievements=" Uno. \n\nDos. ",
    left_out=frozenset({"sources", "hours"}),
    sent_on=dt.date(2018, 12, 29),
    received_on=dt.date(2018, 12, 30),
    received_by="Ventanilla",
    signers={
        ReportSigner.APPROVED: Signature("Comisionada", " Luz Inventada", "Directora"),
        ReportSigner.REVIEWED: Signature("", " ", ""),
    },
)


def test_what_is_entered_is_tidied_and_is_the_same_report_in_both_calendars(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        manager = user(db, Role.MANAGER)
        assert save_report_office(db, manager, DRAFT) is not None
        office = report_form(db, user(db, Role.AUDITOR), KIND, parse_period("FY2019Q1")).entered
        assert (office.number, office.addressee, office.copies) == ("INF-1", "Licda. Carla Ficticia", ("Archivo",))
        assert office.achievements == "Uno.\n\nDos."
        assert office.signers == {ReportSigner.APPROVED: Signature("Comisionada", "Luz Inventada", "Directora")}
        assert save_report_office(db, manager, office) is None, "nothing changed, so nothing is journalled"
        changed = replace(office, signers={ReportSigner.PREPARED: Signature("", "Ana Inventada", "")}, number="")
        save_report_office(db, manager, changed)
        again = report_form(db, manager, KIND, QUARTER).entered
        assert again == changed
        assert values(db, "SELECT count(*) FROM periodic_report") == [(1,)]


def test_the_next_report_is_offered_the_last_addressee_copies_signers_and_sections(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        manager = user(db, Role.MANAGER)
        save_report_office(db, manager, DRAFT)
        form = report_form(db, manager, KIND, parse_period("2018Q3"))
        assert form.entered.id is None
        assert form.offered.addressee == "Licda. Carla Ficticia"
        assert form.offered.left_out == DRAFT.left_out
        assert form.offered.signers is not None
        assert form.offered.signers[ReportSigner.APPROVED].name == "Luz Inventada"
        assert (form.offered.number, form.offered.letter_number, form.offered.sent_on) == ("", "", None)
        assert not report_form(db, user(db, Role.REGISTRAR), KIND, QUARTER).may_change


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"received_on": dt.date(2018, 12, 28)}, "received_on"),
        ({"sent_on": None}, "sent_on"),
        ({"sent_on": dt.date(2018, 9, 30)}, "sent_on"),
        ({"sent_on": NOW.date() + dt.timedelta(days=3)}, "sent_on"),
        ({"received_by": ""}, "received_by"),
        ({"reviewed_by": "Somebody"}, "reviewed_on"),
        ({"number": "x" * 201}, "number"),
        ({"copies": tuple("abcdefghijklmn")}, "copies"),
        ({"left_out": frozenset({"summary"})}, "left_out"),
        ({"signers": {ReportSigner.APPROVED: Signature("Comisionada", "", "Directora")}}, "approved_name"),
        ({"sent_on": "ayer no"}, "sent_on"),
    ],
)
def test_what_cannot_be_is_told_at_its_field_and_nothing_is_kept(
    tmp_path: Path, changes: dict[str, object], field: str
) -> None:
    with school(tmp_path) as db:
        with pytest.raises(DraftRefused) as refused:
            save_report_office(db, user(db, Role.MANAGER), replace(DRAFT, **changes))  # type: ignore[arg-type]
        assert field in [problem.field for problem in refused.value.problems]
        assert values(db, "SELECT count(*) FROM periodic_report") == [(0,)]


def test_the_stamped_copy_is_filed_once_the_report_was_sent(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        manager = user(db, Role.MANAGER)
        with pytest.raises(Refused, match="was sent"):
            file_stamped_copy(db, manager, KIND, QUARTER, scan())
        save_report_office(db, manager, DRAFT)
        key = file_stamped_copy(db, manager, KIND, parse_period("FY2019Q1"), scan())
        assert report_form(db, manager, KIND, QUARTER).entered.stamped_copies == (key,)
        media_type, content = stamped_copy(db, user(db, Role.AUDITOR), key)
        assert media_type.startswith("image/")
        assert content
        with pytest.raises(Refused, match="no stamped copy"):
            stamped_copy(db, manager, key + 1)


def test_the_printed_report_bears_what_was_entered_and_leaves_out_what_was_chosen(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        manager = user(db, Role.MANAGER)
        save_report_office(db, manager, DRAFT)
        out = tmp_path / "report.pdf"
        write_report(db, manager, KIND, QUARTER, out, t=Translator(Language.EN), today=NOW.date())
        words = words_of(out.read_bytes())
        assert "Letter No. EIC-12-2019" in words
        assert "Achievements Uno. Dos." in words
        assert words.count("Luz Inventada") == 2
        assert "Hours taught in the period" not in words


def test_planned_is_the_target_of_those_days_else_the_sum_of_their_quarters_else_nothing() -> None:
    def of(period: str, value: int) -> Target:
        return Target(1, "EIC", Measure.COMPLETIONS, parse_period(period), value, None, None, None, "x", None, None)

    quarters = [of("FY2019Q1", 7), of("2018Q1", 1), of("2018Q2", 2)]
    year = parse_period("2018")
    assert planned(quarters, QUARTER.first_day, QUARTER.last_day) == 7
    assert planned(quarters, year.first_day, parse_period("2018Q2").last_day) == 3
    assert planned(quarters, year.first_day, year.last_day) is None, "the third quarter has no target"
    assert planned([*quarters, of("2018", 50)], year.first_day, year.last_day) == 50
