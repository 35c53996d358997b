"""Acts: numbered without gaps, frozen when they are printed, what differs later is found, rectified by another act."""

from __future__ import annotations

import datetime as dt
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from eic_tracker.domain.act_content import canonical, content_of
from eic_tracker.domain.codes import ActKind, EnrolmentStatus, Role
from eic_tracker.domain.drafts import DraftRefused
from eic_tracker.domain.paper_codes import act_code, text_digest
from eic_tracker.errors import Refused, UserError
from eic_tracker.i18n import Language, Translator
from eic_tracker.queries.acts import differing_enrolments, read_act, read_frozen
from eic_tracker.queries.listing import Request
from eic_tracker.services.acts import (
    ActDraft,
    ActPrinted,
    ActSaved,
    ActTexts,
    RectificationDraft,
    act_of_code,
    act_pdf,
    acts_of_course,
    change_act,
    make_act,
    print_act,
    rectify_act,
)
from eic_tracker.services.certificates import approve_certificates, prepare_certificates
from eic_tracker.services.closing import closing_view
from eic_tracker.services.exports import note_export
from eic_tracker.services.listings import list_keys
from eic_tracker.store.database import Database
from eic_tracker.store.tables.courses import Enrolment, ModuleGrade
from eic_tracker.store.tables.documents import Authorisation
from eic_tracker.store.tables.people import Participant
from eic_tracker.store.transaction import Actor, Entry
from tests.reports.pdf_reading import assert_inside_the_pages, texts_of, words_of
from tests.services.school import PASSPHRASE, school, user, values
from tests.services.taught import OPEN, ORDER, taught_school, teaching_module, with_modules

ES, EN = Translator(Language.ES), Translator(Language.EN)
CLOSED = 1
TEXTS = ActTexts(
    dt.date(2018, 11, 30),
    "Aula Magna",
    "14:00",
    "15:30",
    "Comisario Inventado, Director\nInspectora Inventada, Registro",
    "Se cierra el curso.",
    "Hojas de asistencia en 6 folios",
)


def graded(db: Database, **grades: int | None) -> None:
    """Give the people of the closed course grades and attendance; `p1` to `p5` change them."""
    found = {"p1": 9325, "p2": 7100, "p3": 6950, "p4": None, "p5": None} | grades
    with db.write(Entry(Actor("test"), "record_grades", "test")) as tx:
        tx.update(
            Enrolment,
            {
                int(name[1:]): {"final_grade": grade, "attendance_percent": None if grade is None else 95}
                for name, grade in found.items()
            },
        )


def changed(db: Database, key: int, **columns: object) -> None:
    """Change an enrolment as a correction would."""
    with db.write(Entry(Actor("test"), "correct_enrolment", "test")) as tx:
        tx.update(Enrolment, {key: columns})


def made(db: Database, kind: ActKind = ActKind.GRADES, offering: int = CLOSED) -> ActSaved:
    """An act that a registrar makes."""
    return make_act(db, user(db, Role.REGISTRAR), ActDraft(offering, kind, TEXTS))


def printed(db: Database, kind: ActKind = ActKind.GRADES) -> ActPrinted:
    """An act that a registrar makes and prints."""
    return print_act(db, user(db, Role.REGISTRAR), made(db, kind).id, t=ES)


def pages(db: Database, key: int, t: Translator = ES) -> bytes:
    """The pages of an act, noted in the journal."""
    registrar = user(db, Role.REGISTRAR)
    return act_pdf(db, registrar, key, t=t, note=note_export(db, registrar, "act", 500, "test"))


def rectified(db: Database, key: int, facts: str = "Error de transcripción.") -> ActSaved:
    """The rectification that a manager makes."""
    return rectify_act(db, user(db, Role.MANAGER), RectificationDraft(key, ActTexts(facts=facts), ORDER))


def states(db: Database, offering: int = CLOSED) -> list[tuple[str, str, str, int]]:
    """Kind, name, state and how many differ, of the acts of a course."""
    acts = acts_of_course(db, user(db, Role.AUDITOR), offering)
    return [(act.kind, act.name, act.state, act.differs) for act in acts]


def test_acts_are_numbered_by_kind_and_year_and_a_refused_one_takes_no_number(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        with pytest.raises(Refused, match="has a grade yet"):
            made(db)
        graded(db)
        for kind in (ActKind.GRADES, ActKind.CLOSING, ActKind.GRADUATION):
            assert made(db, kind).number == 1
        with pytest.raises(Refused, match="is not closed"):
            made(db, ActKind.CLOSING, OPEN)
        changed(db, 6, final_grade=8000)
        assert made(db, offering=OPEN).number == 2
        assert values(db, "SELECT kind, year, number FROM act ORDER BY id") == [
            ("grades", 2018, 1),
            ("closing", 2018, 1),
            ("graduation", 2018, 1),
            ("grades", 2018, 2),
        ]


def test_a_second_act_of_the_kind_is_refused_whether_the_first_is_printed_or_not(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        graded(db)
        first = made(db)
        with pytest.raises(Refused, match="1-2018, which is not printed"):
            made(db)
        print_act(db, user(db, Role.REGISTRAR), first.id, t=ES)
        with pytest.raises(Refused, match="rectifying it"):
            made(db)


def test_a_printed_act_gives_the_same_bytes_for_ever_in_its_own_language(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        graded(db)
        act = printed(db)
        before = pages(db, act.id)
        changed(db, 1, final_grade=1000)
        with db.write(Entry(Actor("test"), "edit_enrolment", "test")) as tx:
            tx.update(Participant, {1: {"surnames": "Otra"}})
        assert pages(db, act.id, EN) == before
        again = print_act(db, user(db, Role.MANAGER), act.id, t=EN)
        assert (again.code, again.first, again.set_id) == (act.code, False, None)
        with db.read() as connection:
            text, digest = read_frozen(connection, act.id) or ("", "")
        assert text_digest(text) == digest
        assert act_code(digest) == act.code
        assert canonical(content_of(text)) == text
        assert act_of_code(db, user(db, Role.AUDITOR), act.code.lower()).id == act.id


def test_the_act_of_grades_says_them_in_figures_and_words_with_totals_and_its_code(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        graded(db)
        act = printed(db)
        content = pages(db, act.id)
    said = words_of(content)
    for words in (
        "Acta de calificaciones",
        "93.25 noventa y tres punto veinticinco",
        "69.5 sesenta y nueve punto cinco",
        "Las notas no se redondean",
        "70",
        act.code,
        "•••00001",
    ):
        assert words in said
    assert "0801199000001" not in said
    assert_inside_the_pages(content, 25)


def test_the_closing_act_names_place_hours_those_present_facts_exceptions_and_annexes(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        graded(db)
        with db.write(Entry(Actor("test"), "correct_enrolment", "test")) as tx:
            row = {"authorised_by": "Comisionado Ficticio", "post": "Director", "letter": "Oficio 7"}
            (order,) = tx.insert(Authorisation, [{**row, "exception": "minimum_grade vetting", "recorded_at": tx.at}])
            tx.update(Enrolment, {2: {"authorisation_id": order}})
        act = printed(db, ActKind.CLOSING)
        said = words_of(pages(db, act.id))
    for words in ("Aula Magna", "14:00", "15:30", "Inspectora Inventada, Registro", "Se cierra el curso."):
        assert words in said
    assert "Nota menor que la mínima (1 persona): Comisionado Ficticio, Director, Oficio 7" in said
    assert "6 folios" in said
    assert "a los treinta días del mes de noviembre del año dos mil dieciocho" in said
    assert "no apto" not in said.casefold()


def test_the_graduation_act_lists_only_those_who_completed(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        graded(db)
        said = words_of(pages(db, printed(db, ActKind.GRADUATION).id))
        assert "Óscar René Bográn Güity" in said
        assert "Wilmer Adalid" not in said
        changed(db, 3, status=EnrolmentStatus.COMPLETED)
        assert states(db) == [("graduation", "1-2018", "differs", 1)]


def test_a_draft_says_that_it_is_one_and_changes_until_it_is_printed(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        graded(db)
        registrar, act = user(db, Role.REGISTRAR), made(db)
        draft = words_of(pages(db, act.id))
        assert "BORRADOR" in draft
        assert "no tiene código antes de imprimirse" in draft
        change_act(db, registrar, act.id, replace(TEXTS, place="Aula 7"))
        assert "Aula 7" in words_of(pages(db, act.id))
        print_act(db, registrar, act.id, t=ES)
        with pytest.raises(Refused, match="does not change any more"):
            change_act(db, registrar, act.id, TEXTS)
        assert "BORRADOR" not in words_of(pages(db, act.id))


def test_what_differs_from_a_printed_act_is_found_everywhere_until_it_is_rectified(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        graded(db)
        act = printed(db)
        auditor = user(db, Role.AUDITOR)
        asked = Request(filters=(("differs_from_act", "yes"),))
        assert list(list_keys(db, auditor, "roster", asked)) == []
        changed(db, 1, final_grade=9300)
        changed(db, 3, status=EnrolmentStatus.COMPLETED)
        assert states(db) == [("grades", "1-2018", "differs", 2)]
        assert sorted(list_keys(db, auditor, "roster", asked)) == [1, 3]
        with db.read() as connection:
            assert differing_enrolments(connection, CLOSED) == {1, 3}
        prepare_certificates(db, user(db, Role.REGISTRAR), "007-2018")
        with pytest.raises(Refused, match="stand otherwise than on a printed act"):
            approve_certificates(db, user(db, Role.MANAGER), "007-2018", t=ES, passphrase=PASSPHRASE)
        correction = rectified(db, act.id)
        assert states(db)[0][2] == "differs"
        print_act(db, user(db, Role.MANAGER), correction.id, t=ES)
        assert [state for _, _, state, _ in states(db)] == ["rectified", "frozen"]
        assert list(list_keys(db, auditor, "roster", asked)) == []
        assert approve_certificates(db, user(db, Role.MANAGER), "007-2018", t=ES, passphrase=PASSPHRASE).count == 3


@pytest.mark.parametrize(
    "columns",
    [
        {"final_grade": None},
        {"second_chance_grade": 8000},
        {"attendance_percent": 10},
        {"status": EnrolmentStatus.REMOVED},
    ],
)
def test_every_kind_of_difference_is_found(tmp_path: Path, columns: dict[str, object]) -> None:
    with school(tmp_path) as db:
        graded(db)
        printed(db)
        changed(db, 2, **columns)
        assert states(db) == [("grades", "1-2018", "differs", 1)]


def test_closing_an_open_course_as_its_act_of_grades_says_makes_no_difference(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        for key, grade in ((6, 9000), (7, 5000)):
            proposed = EnrolmentStatus.COMPLETED if grade >= 7000 else EnrolmentStatus.NOT_COMPLETED
            changed(db, key, final_grade=grade, attendance_percent=100, proposed_status=proposed)
        act = made(db, offering=OPEN)
        print_act(db, user(db, Role.REGISTRAR), act.id, t=ES)
        changed(db, 6, status=EnrolmentStatus.COMPLETED, proposed_status=None)
        changed(db, 7, status=EnrolmentStatus.NOT_COMPLETED, proposed_status=None)
        assert states(db, OPEN) == [("grades", "1-2018", "frozen", 0)]
        changed(db, 7, status=EnrolmentStatus.WITHDREW)
        assert states(db, OPEN) == [("grades", "1-2018", "differs", 1)]


def test_a_rectification_names_what_it_corrects_who_authorised_it_and_what_changes(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        graded(db)
        act = printed(db)
        with pytest.raises(DraftRefused, match="what is corrected"):
            rectified(db, act.id, facts=" ")
        changed(db, 1, final_grade=9925)
        correction = rectified(db, act.id)
        with pytest.raises(Refused, match="not printed"):
            rectified(db, act.id)
        new = print_act(db, user(db, Role.MANAGER), correction.id, t=ES)
        said = words_of(pages(db, correction.id))
        for words in (act.code, "Oficio 12-2019", "93.25 99.25", "Error de transcripción.", "1-2018"):
            assert words in said
        with pytest.raises(Refused, match="rectify that one"):
            rectified(db, act.id)
        assert rectified(db, new.id).number == 2
        assert values(db, "SELECT exception FROM authorisation") == [("rectification",)] * 2


def test_two_who_print_at_once_get_one_paper(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        graded(db)
        key, registrar = made(db).id, user(db, Role.REGISTRAR)
        answers: list[ActPrinted] = []
        barrier = threading.Barrier(2)

        def press(path: Path, t: Translator) -> None:
            with Database(path) as other:
                barrier.wait()
                answers.append(print_act(other, registrar, key, t=t))

        threads = [threading.Thread(target=press, args=(db.path, t)) for t in (ES, EN)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len({answer.code for answer in answers}) == 1
        assert sorted(answer.first for answer in answers) == [False, True]


def test_the_act_of_a_module_tells_its_grades_and_its_instructor_makes_no_other(tmp_path: Path) -> None:
    with taught_school(tmp_path) as db:
        with_modules(db, 60, 40)
        (module,) = values(db, "SELECT id FROM offering_module ORDER BY id")[0]
        with db.write(Entry(Actor("test"), "record_grades", "test")) as tx:
            (grade,) = tx.insert(ModuleGrade, [{"enrolment_id": 6, "offering_module_id": module, "grade": 8800}])
        teaching_module(db, 1)
        instructor = user(db, Role.INSTRUCTOR)
        for wrong in (ActDraft(OPEN, ActKind.GRADES), ActDraft(OPEN, ActKind.GRADES, module=2)):
            with pytest.raises(Refused, match="teaches a module"):
                make_act(db, instructor, wrong)
        act = make_act(db, instructor, ActDraft(OPEN, ActKind.GRADES, module=1))
        print_act(db, instructor, act.id, t=ES)
        said = words_of(pages(db, act.id))
        assert "1. Módulo 1" in said
        assert "ochenta y ocho" in said
        with db.write(Entry(Actor("test"), "record_grades", "test")) as tx:
            tx.update(ModuleGrade, {grade: {"grade": 8900}})
        assert states(db, OPEN) == [("grades", "1-2019", "differs", 1)]


def test_120_people_with_names_of_500_letters_fit_on_the_pages(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        graded(db)
        with db.write(Entry(Actor("test"), "enrol", "test")) as tx:
            keys = tx.insert(
                Participant,
                [
                    {
                        "uid": tx.new_uid(),
                        "given_names": "Larguísimo" * 45 if number < 3 else "Persona",
                        "surnames": f"N{number}",
                        "match_key": "x",
                        "sort_key": f"x{number:03}",
                        "sex": "U",
                        "recorded_at": tx.at,
                    }
                    for number in range(115)
                ],
            )
            row = {"offering_id": CLOSED, "status": EnrolmentStatus.COMPLETED, "recorded_at": tx.at}
            tx.insert(
                Enrolment, [{**row, "uid": tx.new_uid(), "participant_id": key, "final_grade": 8000} for key in keys]
            )
        content = pages(db, printed(db).id)
    assert_inside_the_pages(content, 25)
    assert len(texts_of(content)) >= 5
    assert "Total: 120" in words_of(content)


def test_what_cannot_be_written_on_an_act_is_told_by_field(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        graded(db)
        wrong = ActTexts(starts_at="25:00", ends_at="a las dos", place="x" * 201, facts="a\x00b", present="y" * 4001)
        with pytest.raises(DraftRefused) as refused:
            make_act(db, user(db, Role.REGISTRAR), ActDraft(CLOSED, ActKind.CLOSING, wrong))
        fields = [problem.field for problem in refused.value.problems]
        assert fields == ["starts_at", "ends_at", "place", "present", "facts"]
        backwards = ActTexts(starts_at="15:00", ends_at="14:00")
        with pytest.raises(DraftRefused, match="before it begins"):
            make_act(db, user(db, Role.REGISTRAR), ActDraft(CLOSED, ActKind.CLOSING, backwards))
        blanks = ActTexts(starts_at="14:00", ends_at=" 15:00")
        assert make_act(db, user(db, Role.REGISTRAR), ActDraft(CLOSED, ActKind.CLOSING, blanks)).number == 1
        with pytest.raises(UserError, match="no module 4"):
            make_act(db, user(db, Role.REGISTRAR), ActDraft(CLOSED, ActKind.GRADES, module=4))
        for code, words in (("ABC", "no code of an act"), ("0000-0000-0000-0000", "bears the code")):
            with pytest.raises(UserError, match=words):
                act_of_code(db, user(db, Role.AUDITOR), code)
        with db.read() as connection:
            assert read_act(connection, 99) is None


def test_the_closing_of_an_open_course_shows_who_differs_from_its_act_of_grades(tmp_path: Path) -> None:
    with taught_school(tmp_path) as db:
        changed(db, 6, final_grade=9000)
        registrar = user(db, Role.REGISTRAR)
        print_act(db, registrar, made(db, offering=OPEN).id, t=ES)
        assert closing_view(db, registrar, OPEN).differing == frozenset()
        changed(db, 6, final_grade=9100)
        assert closing_view(db, registrar, OPEN).differing == {6}
