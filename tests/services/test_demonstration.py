"""Tests of the demonstration file: the plan is met by its rows, and nothing in it is real or impossible."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest

from eic_tracker.domain.codes import AttendanceMark, CurriculumKind, FigureState, Measure
from eic_tracker.domain.counting import Dimension, Facts, Scope, count
from eic_tracker.queries.class_results import read_class
from eic_tracker.queries.facts import read_facts
from eic_tracker.queries.figures import read_reconciliation
from eic_tracker.services.demonstration import TODAY, build_demonstration
from eic_tracker.services.demonstration.office import MEASURES
from eic_tracker.services.demonstration.plan import GREAT, PlanRow, read_plan
from eic_tracker.services.demonstration.planted import PLANTED
from eic_tracker.services.reference_lists import read_list
from eic_tracker.store.database import Database
from tests.services.demonstration_file import dump, number, rows

STATES = {
    "eic-graduates": FigureState.RECONCILED,
    "eic-expected-2019": FigureState.IN_PROGRESS,
    "eic-cnp-2018-participants": FigureState.RECONCILED,
    "eic-cnp-2018-courses": FigureState.RECONCILED,
    "eic-site-capacity": FigureState.NOT_RECORDED,
    "great-2012-pilot": FigureState.RECONCILED,
    "great-2013-first-stage": FigureState.CONTRADICTED,
    "great-2013-ceremony": FigureState.RECONCILED,
    "great-2013-graduates": FigureState.RECONCILED,
    "great-2014-ceremony": FigureState.RECONCILED,
    "great-2014-target": FigureState.MISSED,
    "great-2015-ceremony": FigureState.RECONCILED,
    "great-2015-cumulative": FigureState.RECONCILED,
    "great-2016-year": FigureState.RECONCILED,
    "great-cumulative-160000": FigureState.RECONCILED,
    "great-2017-target-dc": FigureState.MISSED,
    "great-2017-year": FigureState.RECONCILED,
    "great-2019-police": FigureState.CONTRADICTED,
    "great-2019-camps": FigureState.RECONCILED,
    "great-reached": FigureState.RECONCILED,
    "great-expected-2019": FigureState.IN_PROGRESS,
    "great-2021-workshops": FigureState.NOT_RECORDED,
    "great-sps-school": FigureState.NOT_RECORDED,
    "great-2026-innova": FigureState.NOT_RECORDED,
    "great-2026-lesson": FigureState.NOT_RECORDED,
}
"""How the published figures stand at the file's day."""

PLAN = read_plan()
LOAD_PEOPLE = 85
DISTRITO_CENTRAL = "0801"


@pytest.fixture(scope="module")
def demo(demo_folder: Path) -> Path:
    """The demonstration file of this run; only read."""
    return demo_folder / "demo.eic"


@pytest.fixture(scope="module")
def facts(demo: Path) -> Facts:
    """Everything that is counted in it."""
    with Database(demo) as database, database.read() as connection:
        return read_facts(connection)


def scope_of(row: PlanRow) -> Scope:
    """What a line of the plan is about."""
    return Scope(
        programmes=(row.programme,),
        first_day=row.first_day,
        last_day=row.last_day,
        lead_force=row.lead_force,
        municipalities=row.municipalities,
        curriculum_kind=CurriculumKind.CAMP if row.is_camp else None,
    )


@pytest.mark.parametrize("row", PLAN.rows, ids=lambda row: f"{row.programme} {row.measure} {row.first_day}")
def test_every_line_of_the_plan_is_met_by_the_rows(facts: Facts, row: PlanRow) -> None:
    if row.measure == "departments":
        table = count(facts, as_of=row.last_day, by=(Dimension.DEPARTMENT,), scope=scope_of(row))
        departments = [line.keys[0] for line in table.rows]
        assert len(departments) == row.value
        left_out = re.search(r"none in ([0-9, ]+)", row.condition)
        assert not set(departments) & set(re.findall(r"[0-9]{2}", left_out[1]) if left_out else ())
        return
    total = count(facts, as_of=TODAY, scope=scope_of(row)).total
    assert getattr(total, row.measure) == row.value
    if row.graduated is not None:
        assert total.graduated == row.graduated


def test_a_ceremony_is_one_day_with_no_other_group_of_the_place(demo: Path) -> None:
    query = """SELECT g.graduated_on, g.event, count(*) FROM class_group g
        JOIN school s ON s.id = g.school_id JOIN municipality m ON m.id = s.municipality_id
        WHERE m.code = ? AND g.graduated_on BETWEEN ? AND ? GROUP BY 1, 2"""
    begun = """SELECT count(*) FROM class_group g
        JOIN school s ON s.id = g.school_id JOIN municipality m ON m.id = s.municipality_id
        WHERE m.code = ? AND g.first_lesson_on BETWEEN ? AND ?"""
    ceremonies = [row for row in PLAN.rows if "one ceremony" in row.condition]
    assert len(ceremonies) == 2
    for row in ceremonies:
        span = (DISTRITO_CENTRAL, row.first_day.isoformat(), row.last_day.isoformat())
        found = rows(demo, query, span)
        assert len(found) == 1
        assert found[0][1]
        assert number(demo, begun, span) == 0
        if "Friday" in row.condition:
            assert dt.date.fromisoformat(found[0][0]).strftime("%A") == "Friday"


def test_the_published_figures_stand_as_designed(demo: Path, facts: Facts) -> None:
    with Database(demo) as database, database.read() as connection:
        figures = read_reconciliation(connection, facts, TODAY)
    assert {each.figure.key: each.state for each in figures} == STATES
    assert not any(each.unexplained for each in figures)


def test_the_same_seed_gives_the_same_rows_and_more_people_change_no_other_row(demo: Path, tmp_path: Path) -> None:
    build_demonstration(tmp_path / "again.eic", people=LOAD_PEOPLE)
    first, again = dump(demo), dump(tmp_path / "again.eic")
    load_sets = [row for row in again["change_set"] if "make_load" in row]
    built = load_sets[0][0] - 1
    assert len(load_sets) == 2
    assert first.keys() == again.keys()
    for table, known in first.items():
        if table in ("change_set", "change"):
            place = 0 if table == "change_set" else 1
            assert [row for row in known if row[place] <= built] == [row for row in again[table] if row[place] <= built]
        elif not table.startswith(("certificate", "register", "folio", "delivery", "export", "signatory")):
            assert again[table][: len(known)] == known, table
    added = {
        table: len(again[table]) - len(first[table]) for table in ("participant", "enrolment", "offering", "school")
    }
    assert added == {"participant": LOAD_PEOPLE, "enrolment": LOAD_PEOPLE, "offering": 3, "school": 0}
    with Database(tmp_path / "again.eic") as database, database.read() as connection:
        shown = count(read_facts(connection), as_of=TODAY).total
        load = count(read_facts(connection, "LOAD"), as_of=TODAY).total
    with Database(demo) as database, database.read() as connection:
        assert shown == count(read_facts(connection), as_of=TODAY).total
    assert (load.completions, load.persons) == (LOAD_PEOPLE, LOAD_PEOPLE)


def test_an_open_offering_has_no_completions(demo: Path) -> None:
    query = """SELECT count(*) FROM enrolment e JOIN offering o ON o.id = e.offering_id
        WHERE e.status = 'completed' AND o.status <> 'closed'"""
    assert number(demo, query) == 0


def test_the_course_for_trying_things_out_runs_without_participants(demo: Path) -> None:
    query = """SELECT o.status, o.starts_on, o.ends_on, o.capacity, o.vetting_required, o.enrolment_open,
            v.scale, v.minimum_grade, v.minimum_attendance,
            (SELECT count(*) FROM enrolment e WHERE e.offering_id = o.id),
            (SELECT u.login FROM assignment a JOIN user u ON u.instructor_id = a.instructor_id
             WHERE a.offering_id = o.id AND a.role = 'lead')
        FROM offering o JOIN course_version v ON v.id = o.course_version_id WHERE o.code = '116-2019'"""
    assert rows(demo, query) == [
        ("open", "2019-06-03", "2019-06-28", 40, 0, 1, 100, 7000, 80, 0, "instructor"),
    ]


def test_offerings_run_wait_are_planned_and_were_cancelled(demo: Path) -> None:
    query = "SELECT count(*) FROM offering WHERE status = 'open' AND {}"
    assert number(demo, query.format("ends_on < '2019-06-28'")) == 3
    assert number(demo, query.format("'2019-06-28' BETWEEN starts_on AND ends_on")) == 4
    assert number(demo, query.format("starts_on > '2019-06-28'")) == 4
    assert number(demo, "SELECT count(*) FROM offering WHERE status = 'cancelled'") == 2


def test_advisors_lead_from_2013_on_within_their_rotations(demo: Path) -> None:
    led = """SELECT o.code, min(o.starts_on) FROM offering o
        JOIN assignment a ON a.offering_id = o.id AND a.role = 'lead'
        JOIN instructor i ON i.id = a.instructor_id JOIN force f ON f.id = i.force_id
        WHERE f.code = 'CNP'"""
    assert rows(demo, led)[0][1] >= "2013-01-01"
    outside = (
        led
        + """ AND NOT EXISTS (SELECT 1 FROM rotation r WHERE r.instructor_id = i.id
        AND r.starts_on <= o.starts_on AND r.ends_on >= o.ends_on) GROUP BY o.id"""
    )
    assert rows(demo, outside) == []
    assert number(demo, "SELECT count(DISTINCT unit_id) FROM mentored_unit") == 11


def test_in_2018_advisors_also_assist_the_police(demo: Path) -> None:
    query = """SELECT count(DISTINCT o.id) FROM offering o
        JOIN assignment a ON a.offering_id = o.id JOIN instructor i ON i.id = a.instructor_id
        JOIN force f ON f.id = i.force_id AND f.code = 'CNP'
        JOIN assignment l ON l.offering_id = o.id AND l.role = 'lead' JOIN instructor li ON li.id = l.instructor_id
        JOIN force lf ON lf.id = li.force_id AND lf.code = 'HNP'
        WHERE a.role = 'assistant' AND o.ends_on LIKE '2018-%'"""
    assert number(demo, query) >= 5


def test_nobody_teaches_or_sits_in_two_courses_at_once(demo: Path) -> None:
    query = """SELECT count(*) FROM {table} a JOIN offering o ON o.id = a.offering_id
        JOIN {table} b ON b.{who} = a.{who} AND b.id > a.id JOIN offering p ON p.id = b.offering_id AND p.id <> o.id
        WHERE o.starts_on <= p.ends_on AND p.starts_on <= o.ends_on {more}"""
    assert number(demo, query.format(table="enrolment", who="participant_id", more="")) == 0
    leads = "AND a.role = 'lead' AND b.role = 'lead'"
    assert number(demo, query.format(table="assignment", who="instructor_id", more=leads)) == 0


def test_courses_are_as_large_as_the_published_examples(demo: Path) -> None:
    query = """SELECT count(*) FROM enrolment e JOIN offering o ON o.id = e.offering_id
        WHERE o.status = 'closed' AND e.seat = 'seat' AND e.status IN ('completed', 'not_completed', 'withdrew')
        GROUP BY o.id"""
    sizes = [row[0] for row in rows(demo, query)]
    assert min(sizes) >= 12
    assert max(sizes) <= 42


def test_people_have_sane_documents_and_dates(demo: Path) -> None:
    people = rows(
        demo,
        """SELECT p.document_number, p.birth_date, m.code, p.sex, p.given_names, p.surnames, p.police_number
        FROM participant p LEFT JOIN municipality m ON m.id = p.birth_municipality_id
        WHERE p.document_country = 'HND' AND p.document_kind = 'national_id'""",
    )
    odd = [row for row in people if len(row[0]) != 13]
    young = [row for row in people if row[1] == "1997-01-15"]
    assert (len(odd), len(young)) == (PLANTED["odd_document"], PLANTED["under_age"])
    for document, born, birth_place, sex, given_names, surnames, _ in (row for row in people if row not in odd + young):
        assert len(document) == 13
        assert document.isdigit()
        assert document[4:8] == born[:4]
        assert document[:4] == birth_place
        assert document[8] == "9", "a sequence that no register reaches"
        assert 17 <= TODAY.year - int(born[:4]) <= 60
        assert sex in ("F", "M", "U")
        assert given_names == given_names.strip()
        assert surnames == surnames.strip()
    assert len({row[0] for row in people}) == len(people)
    police = [row[6] for row in people if row[6]]
    assert len(set(police)) == len(police)
    texts = " ".join(f"{row[4]} {row[5]}" for row in people)
    assert all(letter in texts for letter in "ñáéíóú'")
    assert "de la " in texts


def test_some_come_from_guatemala_and_el_salvador_and_from_justice(demo: Path) -> None:
    countries: dict[str, int] = dict(rows(demo, "SELECT document_country, count(*) FROM participant GROUP BY 1"))
    assert countries["GTM"] >= 10
    assert countries["SLV"] >= 10
    institutions = {
        row[0]
        for row in rows(demo, "SELECT DISTINCT i.code FROM enrolment e JOIN institution i ON i.id = e.institution_id")
    }
    assert {"HNP", "MP", "PJ", "PNC-GTM", "PNC-SLV"} <= institutions


def test_results_agree_with_the_rules_of_the_course(demo: Path) -> None:
    query = """SELECT e.status, max(coalesce(e.final_grade, 0), coalesce(e.second_chance_grade, 0)), e.final_grade,
            e.attendance_percent, v.minimum_grade, v.minimum_attendance, e.authorisation_id, g.applies_to
        FROM enrolment e JOIN offering o ON o.id = e.offering_id JOIN course_version v ON v.id = o.course_version_id
        LEFT JOIN ground g ON g.id = e.ground_id WHERE o.status = 'closed'"""
    for status, best, grade, attendance, minimum, least, authorisation, ground in rows(demo, query):
        if status == "completed":
            assert best >= minimum or grade is None
            assert attendance >= least or authorisation
            assert ground is None
        elif status == "not_completed":
            assert (minimum and best < minimum) or attendance < least
        if status in ("not_completed", "withdrew", "no_show", "removed"):
            assert ground == status


def test_the_roster_says_of_everybody_the_percentage_that_the_rule_makes_of_their_marks(demo: Path) -> None:
    excused = 0
    with Database(demo, read_only=True) as db, db.read() as connection:
        marked = rows(
            demo, "SELECT DISTINCT d.offering_id FROM attendance a JOIN offering_day d ON d.id = a.offering_day_id"
        )
        for (offering,) in marked:
            results = read_class(connection, offering)
            for member in results.members:
                assert member.attendance_percent == results.attendance_of(member)
                excused += any(mark.mark is AttendanceMark.EXCUSED for mark in member.marks.values())
    assert excused > 20, "somebody was excused, and it is neither for nor against them"


def test_class_groups_are_possible(demo: Path) -> None:
    impossible = """SELECT count(*) FROM {table} WHERE """ + " OR ".join(
        f"graduated_{sex} > reached_{sex} OR reached_{sex} > enrolled_{sex}" for sex in ("girls", "boys", "unrecorded")
    )
    assert number(demo, impossible.format(table="class_group")) == PLANTED["heads_out_of_order"]
    assert number(demo, impossible.format(table="class_group_grade")) == 0
    whole = "reached_girls + reached_boys + reached_unrecorded"
    sizes = rows(demo, f"SELECT min({whole}), max({whole}) FROM class_group WHERE school_id IS NOT NULL")
    assert sizes == [(18, 40)]
    same = "school_id, school_year, grade, section, shift"
    assert rows(demo, f"SELECT 1 FROM class_group WHERE grade IS NOT NULL GROUP BY {same} HAVING count(*) > 1") == []
    assert number(demo, "SELECT count(*) FROM class_group WHERE graduated_on < first_lesson_on") == 0


def test_the_grades_of_a_multigrade_group_add_up(demo: Path) -> None:
    columns = [
        f"{what}_{sex}" for what in ("enrolled", "reached", "graduated") for sex in ("girls", "boys", "unrecorded")
    ]
    sums = ", ".join(f"sum(d.{column}) - g.{column}" for column in columns)
    found = rows(
        demo, f"SELECT {sums} FROM class_group g JOIN class_group_grade d ON d.class_group_id = g.id GROUP BY g.id"
    )
    assert len(found) > 100
    assert all(not any(row) for row in found)


def test_no_lesson_has_more_pupils_than_were_reached(demo: Path) -> None:
    query = """SELECT count(*) FROM class_lesson l JOIN class_group g ON g.id = l.class_group_id
        WHERE l.girls > g.reached_girls OR l.boys > g.reached_boys OR l.unrecorded > g.reached_unrecorded"""
    assert number(demo, query) == 0
    given = """SELECT count(*) FROM class_group g WHERE school_year = 2019
        AND lessons_given <> (SELECT count(*) FROM class_lesson l WHERE l.class_group_id = g.id)"""
    assert number(demo, given) == 0
    assert number(demo, "SELECT count(*) FROM class_group WHERE school_year = 2019") > 1000


def test_every_school_is_a_school_of_the_demonstration(demo: Path) -> None:
    schools = rows(demo, "SELECT name, code, sace_code FROM school")
    assert all(" de demostración " in name and code.startswith("DEMO-") and not sace for name, code, sace in schools)
    assert len({name for name, _, _ in schools}) == len(schools)


def test_nobody_of_the_published_sources_is_in_it(demo: Path) -> None:
    sources = " ".join(
        value for name in ("ranks", "published_figures", "units") for row in read_list(name) for value in row.values()
    )
    people = rows(
        demo,
        """SELECT given_names || ' ' || surnames FROM participant UNION SELECT given_names || ' ' || surnames
        FROM instructor UNION SELECT full_name FROM user UNION SELECT name FROM signatory""",
    )
    assert not [name for (name,) in people if len(name.split()) > 1 and name in sources]


def test_the_journal_is_in_the_order_of_the_simulated_clock(demo: Path) -> None:
    times = [row[0] for row in rows(demo, "SELECT at FROM change_set ORDER BY id")]
    assert times == sorted(times)
    assert times[0] < "2011-05-03"
    assert times[-1] < "2019-06-30"
    late = "SELECT count(*) FROM {} WHERE recorded_at > '2019-06-29 06:00'"
    assert [number(demo, late.format(table)) for table in ("participant", "offering", "enrolment", "class_group")] == [
        0
    ] * 4


def test_the_one_closed_quarter_has_one_restatement(demo: Path, facts: Facts) -> None:
    assert rows(demo, "SELECT period FROM closed_quarter") == [("2019Q1",)]
    frozen = {
        (programme, measure): value
        for programme, measure, value in rows(
            demo, "SELECT p.code, q.measure, q.value FROM quarter_figure q JOIN programme p ON p.id = q.programme_id"
        )
    }
    assert set(frozen) == {(programme, measure) for programme, measures in MEASURES.items() for measure in measures}
    [(old, new, measure)] = rows(demo, "SELECT old_value, new_value, measure FROM restatement")
    assert (old, measure) == (frozen[GREAT, Measure.GRADUATED], Measure.GRADUATED)
    for (programme, which), value in frozen.items():
        scope = Scope(programmes=(programme,), first_day=dt.date(2019, 1, 1), last_day=dt.date(2019, 3, 31))
        now = getattr(count(facts, as_of=TODAY, scope=scope).total, which)
        assert now == (new if (programme, which) == (GREAT, Measure.GRADUATED) else value)


def test_historical_totals_stand_in_a_programme_without_rows_or_figures(demo: Path) -> None:
    query = """SELECT DISTINCT p.code, (SELECT count(*) FROM offering o WHERE o.programme_id = p.id),
            (SELECT count(*) FROM published_figure f WHERE f.programme_id = p.id)
        FROM historical_total h JOIN programme p ON p.id = h.programme_id"""
    assert rows(demo, query) == [("FISCALES", 0, 0)]
    states = "SELECT count(*), count(approved_by_id), sum(approved_by_id = entered_by_id) FROM historical_total"
    assert rows(demo, states) == [(4, 3, 0)]


def test_users_are_one_for_each_role_without_passwords(demo: Path) -> None:
    users = rows(demo, "SELECT login, role, password_hash FROM user ORDER BY login")
    roles = ["administrator", "auditor", "instructor", "manager", "registrar"]
    assert users == [(role, role, None) for role in roles]
    assert rows(demo, "SELECT kind, clock FROM file_info") == [("demonstration", "2019-06-28")]
