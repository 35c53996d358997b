"""The advisor's report and the proof of teaching: weeks add up, nobody sees another's, a code stands for the text."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from eic_tracker.cli import run
from eic_tracker.domain.codes import Role, Sex
from eic_tracker.errors import UserError
from eic_tracker.i18n import Language, Translator
from eic_tracker.queries.teaching_report import ReportedCourse, ReportedUnit, courses_taught
from eic_tracker.reports.teaching_pdf import advisor_report_pdf
from eic_tracker.services import teaching_papers as papers
from eic_tracker.services.sign_in import demonstration_user
from eic_tracker.store.database import Database
from eic_tracker.store.tables.instructors import Assignment, AssignmentRole
from eic_tracker.store.tables.reference import Force
from eic_tracker.store.transaction import Actor, Entry
from tests.reports.pdf_reading import assert_inside_the_pages, texts_of, words_of
from tests.services.demonstration_file import number
from tests.services.school import NOW, values
from tests.services.taught import OPEN, taught_school

T = Translator(Language.ES)
TODAY = dt.date(2019, 6, 28)
ADVISOR = """SELECT a.instructor_id FROM assignment a JOIN offering o ON o.id = a.offering_id
JOIN mentored_unit m ON m.instructor_id = a.instructor_id WHERE o.starts_on LIKE '2019-%' ORDER BY 1 LIMIT 1"""


def test_the_hours_of_the_weeks_add_up_to_those_of_the_assignment(tmp_path: Path) -> None:
    with taught_school(tmp_path) as db, db.read() as connection:
        first, last, today = dt.date(2018, 12, 10), dt.date(2019, 1, 11), dt.date(2019, 1, 14)
        (whole,), people = courses_taught(connection, 1, first, last, today)
        weeks = [
            course
            for number_ in range(5)
            for course in courses_taught(
                connection, 1, first + dt.timedelta(weeks=number_), first + dt.timedelta(weeks=number_, days=6), today
            )[0]
        ]
        assert (whole.hours, whole.days, whole.people) == (40, 25, 5)
        assert sum(course.hours or 0 for course in weeks) == 40
        assert sum(course.days for course in weeks) == 25
        assert sum(people.values()) == 5
        ((cut,), _) = courses_taught(connection, 1, first, last, dt.date(2018, 12, 14))
        assert (cut.days, cut.hours) == (5, 8), "days to come are not counted"
        assert courses_taught(connection, 1, first, last, dt.date(2018, 12, 9)) == ((), {})


def test_hours_that_several_assignments_leave_open_are_not_guessed(tmp_path: Path) -> None:
    with taught_school(tmp_path, NOW) as db:
        with db.write(Entry(Actor("test"), "change_instructors", "test")) as tx:
            rows = [{"offering_id": OPEN, "instructor_id": 1, "role": AssignmentRole.ASSISTANT}]
            (key,) = tx.insert(Assignment, rows)
        with db.read() as connection:
            ((course,), _) = courses_taught(connection, 1, dt.date(2018, 12, 10), dt.date(2019, 1, 11), NOW.date())
            assert course.hours is None
        with db.write(Entry(Actor("test"), "change_instructors", "test")) as tx:
            tx.update(Assignment, {key: {"hours": 10, "ended_on": dt.date(2018, 12, 14)}})
        with db.read() as connection:
            ((course,), _) = courses_taught(
                connection, 1, dt.date(2018, 12, 10), dt.date(2018, 12, 14), dt.date(2019, 1, 14)
            )
            assert course.hours == 10 + 6, "the lead's 30 hours over 25 days, and all of the assistant's"


def test_the_report_of_an_advisor_s_month_stands_on_one_page(demo_file: Path) -> None:
    key = number(demo_file, ADVISOR)
    with Database(demo_file) as db:
        registrar = demonstration_user(db, Role.REGISTRAR)
        for language in Language:
            t = Translator(language)
            for month in range(1, 7):
                last = dt.date(2019, month + 1, 1) - dt.timedelta(days=1)
                pdf = papers.advisor_report(
                    db, registrar, papers.TimeTaught(key, dt.date(2019, month, 1), last), t=t, today=TODAY
                )
                assert len(texts_of(pdf)) == 1
                assert_inside_the_pages(pdf, 24)
        said = words_of(pdf)
        for word in ("Advisor's report", "Participants by institution and sex", "Mentored units", "Counterpart"):
            assert word in said


@pytest.mark.parametrize("language", Language)
def test_a_busy_advisor_s_month_still_stands_on_one_page_with_all_sums(demo_file: Path, language: Language) -> None:
    t, first, last = Translator(language), dt.date(2019, 5, 1), dt.date(2019, 5, 31)
    modules = ("Protección y aseguramiento del lugar de los hechos", "Fijación fotográfica", "Cadena de custodia")
    with Database(demo_file) as db:
        registrar = demonstration_user(db, Role.REGISTRAR)
        asked = papers.TimeTaught(number(demo_file, ADVISOR), first, last)
        report = papers._report(db, registrar, asked, TODAY)
    course = ReportedCourse(
        "026-2019",
        "Investigación criminal del delito de extorsión y delitos conexos",
        first,
        last,
        ("lead", "module"),
        modules,
        5,
        30,
        35,
    )
    institutions = [f"Institución de demostración número {place} de la República" for place in range(14)]
    busy = replace(
        report,
        courses=(course,) * 14,
        people={(name, sex): 7 for name in (*institutions, None) for sex in Sex},
        units=(ReportedUnit("Unidad de delitos de alto impacto", "Técnicas de entrevista", first, None),) * 8,
    )
    pdf = advisor_report_pdf(busy, t)
    assert len(texts_of(pdf)) == 1
    assert_inside_the_pages(pdf, 24)
    said = words_of(pdf)
    for figure in (14 * 30, 14 * 35, 15 * 3 * 7):
        assert t.number(figure) in said


def test_a_proof_bears_a_code_once_it_is_given_out_and_is_a_draft_again_when_a_course_changes(demo_file: Path) -> None:
    key = number(demo_file, ADVISOR)
    with Database(demo_file) as db:
        registrar = demonstration_user(db, Role.REGISTRAR)
        time = papers.teaching_times(db, registrar, key, TODAY)[0]
        draft = papers.teaching_proof(db, registrar, papers.TimeTaught(key, *time), t=T, today=TODAY)
        assert draft.code is None
        assert "Borrador" in words_of(draft.pdf)
        code = papers.give_teaching_proof(db, registrar, papers.TimeTaught(key, *time), t=T, today=TODAY)
        given = papers.teaching_proof(db, registrar, papers.TimeTaught(key, *time), t=T, today=TODAY)
        assert given.code == code
        assert code in words_of(given.pdf)
        ((label, actor),) = values(db, "SELECT label, actor FROM change_set WHERE use_case = 'give_teaching_proof'")
        assert str(label).endswith(code)
        assert actor == registrar.login
        ((force, country),) = values(
            db, "SELECT f.id, f.country FROM force f JOIN instructor i ON i.force_id = f.id WHERE i.id = ?", key
        )
        for now, expected in (("PAN", None), (country, code)):
            with db.write(Entry(Actor("test"), "save_item", "test")) as tx:
                tx.update(Force, {int(str(force)): {"country": now}})
            proof = papers.teaching_proof(db, registrar, papers.TimeTaught(key, *time), t=T, today=TODAY)
            assert proof.code == expected, "the proof names the country, so its code stands for it, too"
        with db.write(Entry(Actor("test"), "change_instructors", "test")) as tx:
            (assignment,) = values(db, "SELECT max(id) FROM assignment WHERE instructor_id = ?", key)[0]
            tx.update(Assignment, {int(str(assignment)): {"hours": 1}})
        assert papers.teaching_proof(db, registrar, papers.TimeTaught(key, *time), t=T, today=TODAY).code is None


def test_an_instructor_gets_the_own_papers_and_nobody_else_s(demo_file: Path) -> None:
    week = (dt.date(2019, 6, 17), dt.date(2019, 6, 23))
    with Database(demo_file) as db:
        instructor = demonstration_user(db, Role.INSTRUCTOR)
        own, other = instructor.instructor_id or 0, number(demo_file, ADVISOR)
        assert "116-2019" in words_of(
            papers.advisor_report(db, instructor, papers.TimeTaught(own, *week), t=T, today=TODAY)
        )
        for ask in (papers.advisor_report, papers.teaching_proof):
            with pytest.raises(UserError, match="may not see"):
                ask(db, instructor, papers.TimeTaught(other, *week), t=T, today=TODAY)
        code = values(db, "SELECT code FROM instructor WHERE id = ?", other)[0][0]
        with pytest.raises(UserError, match="may see"):
            papers.instructor_of_code(db, instructor, str(code))


def test_both_papers_are_commands(demo_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, out = ["--file", str(demo_file), "--lang", "es"], tmp_path / "papel.pdf"
    assert run([*file, "report", "advisor", "--instructor", "INS-001", "--period", "2019-W25", "--out", str(out)]) == 0
    assert "116-2019" in words_of(out.read_bytes())
    assert run([*file, "report", "teaching-proof", "--instructor", "INS-001", "--out", str(out)]) == 0
    code = capsys.readouterr().out.split()[-1]
    assert code in words_of(out.read_bytes())
    for period in ("junio", "2019-13", "2019-W54", "9999-12", "9999-W52"):
        wrong = [*file, "report", "advisor", "--instructor", "INS-001", "--period", period, "--out", str(out)]
        assert run(wrong) == 2
        assert "2019-W24" in capsys.readouterr().err
