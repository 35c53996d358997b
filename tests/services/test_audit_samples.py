"""Audit samples: drawn from the very rows of the figure, kept for ever, checked, printed with folios."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from eic_tracker.cli import run
from eic_tracker.domain.codes import EnrolmentStatus, Role
from eic_tracker.domain.periods import parse_period
from eic_tracker.domain.sampling import Outcome, drawn
from eic_tracker.errors import Refused, UserError
from eic_tracker.i18n import Language, Translator
from eic_tracker.services.attachments import Scan
from eic_tracker.services.audit_samples import (
    SampleAsked,
    audit_samples,
    check_sample_item,
    draw_sample,
    file_checklist,
    sample_detail,
    sample_paper,
)
from eic_tracker.services.corrections import Correction, correct_enrolment
from eic_tracker.services.exports import note_export
from eic_tracker.services.history import undo_set
from tests.reports.pdf_reading import assert_inside_the_pages, words_of
from tests.services.demonstration_file import number, rows
from tests.services.school import school, user, values
from tests.services.taught import photograph

ES = Translator(Language.ES)
QUARTER, TODAY = parse_period("2018Q4"), dt.date(2018, 12, 31)


def test_a_draw_holds_completions_of_the_period_and_nothing_brings_it_away(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        manager = user(db, Role.MANAGER)
        completed = {
            str(uid): key
            for uid, key in values(
                db,
                "SELECT e.uid, e.id FROM enrolment e JOIN offering o ON o.id = e.offering_id "
                "WHERE e.status = 'completed' AND e.seat = 'seat' AND o.status = 'closed' "
                "AND o.ends_on BETWEEN '2018-10-01' AND '2018-12-31'",
            )
        }
        key = draw_sample(db, manager, SampleAsked(QUARTER, 2, " 6  3 1 "), TODAY)
        detail = sample_detail(db, manager, key, TODAY)
        assert (detail.row.size, detail.row.population, detail.row.seed) == (2, len(completed), "6 3 1")
        expected = [completed[identity] for identity in drawn(completed, 2, "6 3 1")]
        assert [item.enrolment_id for item in detail.items] == expected
        assert detail.same_rows
        (entry,) = values(db, "SELECT id FROM change_set WHERE use_case = 'draw_sample'")
        with pytest.raises(UserError, match="never undone"):
            undo_set(db, manager, int(str(entry[0])), "No gustó")
        other = draw_sample(db, manager, SampleAsked(QUARTER, 1), TODAY)
        assert len(sample_detail(db, manager, other, TODAY).row.seed) == 16, "chance makes a seed"
        assert [row.id for row in audit_samples(db, manager)] == [other, key], "no draw is left out"


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (SampleAsked(QUARTER, 0), "from 1 to 200"),
        (SampleAsked(QUARTER, 201), "from 1 to 200"),
        (SampleAsked(QUARTER, 199), "cannot be drawn"),
        (SampleAsked(parse_period("2012Q1"), 1), "holds 0 completions"),
        (SampleAsked(parse_period("2019Q1"), 1), "has not begun"),
        (SampleAsked(QUARTER, 1, "x" * 101), "too long"),
        (SampleAsked(QUARTER, 1, programme="NADA"), "no programme NADA"),
    ],
)
def test_what_cannot_be_drawn_is_said_in_a_sentence_and_nothing_is_kept(
    tmp_path: Path, asked: SampleAsked, told: str
) -> None:
    with school(tmp_path) as db:
        with pytest.raises(UserError, match=told):
            draw_sample(db, user(db, Role.MANAGER), asked, TODAY)
        assert values(db, "SELECT count(*) FROM audit_sample") == [(0,)]


def test_what_is_missing_is_said_an_outcome_is_undone_and_a_changed_period_shows(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        manager = user(db, Role.MANAGER)
        key = draw_sample(db, manager, SampleAsked(QUARTER, 2, "6 3 1"), TODAY)
        with pytest.raises(UserError, match="what is missing"):
            check_sample_item(db, manager, key, 1, Outcome.PARTLY, "  ")
        with pytest.raises(UserError, match="no item 3"):
            check_sample_item(db, manager, key, 3, Outcome.SUPPORTED)
        check_sample_item(db, manager, key, 1, Outcome.SUPPORTED)
        entry = check_sample_item(db, manager, key, 2, Outcome.UNSUPPORTED, "Sin acta")
        assert sample_detail(db, manager, key, TODAY).row.tally.error_rate == 0.5
        undo_set(db, manager, entry, "Apareció")
        detail = sample_detail(db, manager, key, TODAY)
        assert detail.row.tally.error_rate == 0.0
        assert [(item.outcome, item.checked_by is None) for item in detail.items] == [
            (Outcome.SUPPORTED, False),
            (None, True),
        ]
        gone = Correction(detail.items[1].enrolment_id, EnrolmentStatus.NOT_COMPLETED, "error", "Director, oficio 1")
        correct_enrolment(db, manager, gone)
        after = sample_detail(db, manager, key, TODAY)
        assert not after.same_rows
        assert after.items[1].status is EnrolmentStatus.NOT_COMPLETED, "the item stays, with what it is now"


def test_the_checklist_names_the_folio_of_each_proof_and_the_signed_one_is_filed(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        manager = user(db, Role.MANAGER)
        key = draw_sample(db, manager, SampleAsked(QUARTER, 2, "6 3 1"), TODAY)
        check_sample_item(db, manager, key, 1, Outcome.PARTLY, "Falta la hoja firmada")
        with pytest.raises(Refused):
            sample_paper(db, manager, key, t=ES, today=TODAY, note=None)
        note = note_export(db, manager, "audit sample", 2, None)
        paper = sample_paper(db, manager, key, t=ES, today=TODAY, note=note)
        assert_inside_the_pages(paper, 20)
        told = words_of(paper)
        assert "6 3 1" in told
        assert "Falta la hoja firmada" in told
        for item in sample_detail(db, manager, key, TODAY).items:
            assert item.name in told
            assert item.offering in told
        for _ in range(2):
            file_checklist(db, manager, key, Scan("lista.jpg", photograph()))
        assert audit_samples(db, manager)[0].checklists == 1


def test_the_command_draws_shows_checks_and_prints(
    demo_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def said(*words: str) -> str:
        assert run(["--file", str(demo_file), "sample", *words]) == 0
        return capsys.readouterr().out

    drawn_now = json.loads(said("draw", "--period", "2019Q2", "--size", "5", "--seed", "6 3 1", "--json"))
    assert drawn_now["population"] == number(
        demo_file,
        "SELECT count(*) FROM enrolment e JOIN offering o ON o.id = e.offering_id JOIN programme p "
        "ON p.id = o.programme_id WHERE NOT p.is_load AND o.status = 'closed' AND e.status = 'completed' "
        "AND e.seat = 'seat' AND o.ends_on BETWEEN '2019-04-01' AND '2019-06-28'",
    )
    said("record", "1", "2", "--outcome", "unsupported", "--note", "Sin oficio")
    shown = json.loads(said("show", "1", "--json"))
    assert [item["outcome"] for item in shown["items"]] == [None, "unsupported", None, None, None]
    assert shown["error_rate"] == 1.0
    said("print", "1", "--out", str(tmp_path / "lista.pdf"))
    told = words_of((tmp_path / "lista.pdf").read_bytes())
    assert all(item["name"] in told for item in shown["items"])
    assert rows(demo_file, "SELECT kind, people FROM export ORDER BY id DESC LIMIT 1") == [("audit sample 1", 5)]
    said("record", "1", "2", "--outcome", "none")
    assert json.loads(said("list", "--json"))[0]["outcomes"]["waiting"] == 5
