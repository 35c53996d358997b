"""Published figures and historical totals as people enter them: checked, approved by another, explained, linked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eic_tracker.domain.codes import Role
from eic_tracker.domain.drafts import ChangedMeanwhile, DraftRefused
from eic_tracker.domain.figure_rules import amount_of
from eic_tracker.domain.permissions import ActingUser
from eic_tracker.errors import Refused, UserError
from eic_tracker.i18n import Language, Translator
from eic_tracker.queries.facts import read_facts
from eic_tracker.queries.figures import read_reconciliation
from eic_tracker.services.entering_totals import TotalDraft, add_total, courses_of_total, link_courses
from eic_tracker.services.historical_totals import approve_total, list_totals, total_draw
from eic_tracker.services.ledger_sheet import write_ledger_sheet
from eic_tracker.services.letters import SourceDraft
from eic_tracker.services.published_figures import (
    ExplanationDraft,
    PublishedDraft,
    approve_explanation,
    approve_published,
    attach_source,
    explain_figure,
    published_form,
    save_published,
    source_scan,
    waiting_figures,
    withdraw_explanation,
)
from eic_tracker.store.database import Database
from tests.reports.pdf_reading import words_of
from tests.services.doors_of_reports import scan
from tests.services.school import NOW, school, user, values

TODAY = NOW.date()
FIGURE: Mapping[str, object] = {
    "key": "eic-told",
    "programme": "EIC",
    "measure": "completions",
    "qualifier": "exact",
    "value": 5,
    "period_from": dt.date(2018, 1, 1),
    "period_to": dt.date(2018, 12, 31),
    "precision": "year",
    "source_title": "Boletín  de la escuela",
    "quote": "cinco graduados",
}
TOTAL: Mapping[str, object] = {
    "programme": "EIC",
    "measure": "completions",
    "value": 40,
    "first_day": dt.date(2018, 1, 1),
    "last_day": dt.date(2018, 12, 30),
}
PAPER = SourceDraft("INF-9-2018", dt.date(2018, 12, 1), "Dirección")


def add(db: Database, acting: ActingUser, **changes: object) -> str:
    return save_published(db, acting, PublishedDraft({**FIGURE, **changes}))


def states(db: Database) -> dict[str, tuple[int | None, int | None, str]]:
    with db.read() as connection:
        found = read_reconciliation(connection, read_facts(connection), TODAY)
    return {each.figure.key: (each.counted, each.unexplained, each.state.value) for each in found}


def test_a_figure_is_told_only_after_another_person_approved_it(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        registrar, manager = user(db, Role.REGISTRAR), user(db, Role.MANAGER)
        before = states(db)
        assert add(db, registrar) == "eic-told"
        assert states(db) == before
        assert [each.key for each in waiting_figures(db, manager)] == ["eic-told"]
        with pytest.raises(Refused):
            approve_published(db, registrar, "eic-told")
        approve_published(db, manager, "eic-told")
        assert states(db)["eic-told"] == (2, 3, "unexplained")
        with pytest.raises(Refused, match="waits for no approval"):
            approve_published(db, manager, "eic-told")
        add(db, manager, key="eic-own")
        with pytest.raises(Refused, match="another person approves"):
            approve_published(db, manager, "eic-own")


def test_a_number_in_force_is_changed_with_a_reason_and_approved_anew_its_source_at_once(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        registrar, manager = user(db, Role.REGISTRAR), user(db, Role.MANAGER)
        add(db, registrar)
        approve_published(db, manager, "eic-told")
        form = published_form(db, manager, "eic-told")
        assert form.values["source_title"] == "Boletín de la escuela"
        quoted = PublishedDraft({**form.values, "quote": "cinco (5) graduados"}, form.id, form.original)
        save_published(db, registrar, quoted)
        assert not published_form(db, manager, "eic-told").waits
        form = published_form(db, manager, "eic-told")
        changed = PublishedDraft({**form.values, "value": 2}, form.id, form.original)
        with pytest.raises(DraftRefused) as refused:
            save_published(db, manager, changed)
        assert [problem.field for problem in refused.value.problems] == ["reason"]
        save_published(db, manager, PublishedDraft(changed.values, changed.id, changed.original, "mal leído"))
        assert published_form(db, manager, "eic-told").waits
        assert "eic-told" not in states(db), "what nobody approved is told nowhere"
        with pytest.raises(ChangedMeanwhile):
            save_published(db, manager, changed)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"key": "Con Blancos"}, "key"),
        ({"key": "eic-known"}, "key"),
        ({"value": 0}, "value"),
        ({"value": "muchos"}, "value"),
        ({"programme": "XYZ"}, "programme"),
        ({"measure": "reached"}, "measure"),
        ({"period_to": dt.date(2017, 12, 31)}, "period_to"),
        ({"contradicts": "eic-told"}, "contradicts"),
        ({"contradicts": "nobody"}, "contradicts"),
        ({"departments": "99"}, "departments"),
        ({"departments": "08", "municipalities": "0301"}, "municipalities"),
        ({"instructor_force": "MARS"}, "instructor_force"),
        ({"programme": "GREAT", "measure": "reached", "instructor_force": "CNP"}, "instructor_force"),
        ({"curriculum_kind": "camp"}, "curriculum_kind"),
        ({"source_url": "ftp://x"}, "source_url"),
        ({"quote": ""}, "quote"),
    ],
)
def test_an_impossible_figure_is_told_at_its_field_and_not_kept(
    tmp_path: Path, changes: dict[str, object], field: str
) -> None:
    with school(tmp_path) as db:
        registrar = user(db, Role.REGISTRAR)
        add(db, registrar, key="eic-known")
        with pytest.raises(DraftRefused) as refused:
            add(db, registrar, **changes)
        assert field in [problem.field for problem in refused.value.problems]
        assert values(db, "SELECT count(*) FROM published_figure WHERE entered_by_id IS NOT NULL") == [(1,)]


def test_the_document_of_a_figure_is_filed_with_it(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        registrar = user(db, Role.REGISTRAR)
        add(db, registrar)
        with pytest.raises(UserError, match="No document"):
            source_scan(db, registrar, "eic-told")
        attach_source(db, registrar, "eic-told", scan())
        assert published_form(db, registrar, "eic-told").scans == 1
        assert source_scan(db, user(db, Role.AUDITOR), "eic-told")[1]


def test_an_explanation_fills_its_part_once_another_person_approved_it(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        registrar, manager = user(db, Role.REGISTRAR), user(db, Role.MANAGER)
        add(db, registrar)
        approve_published(db, manager, "eic-told")
        told = {"kind": "documented", "amount": "2", "label": "Dos diplomas sin nómina"}
        key = explain_figure(db, registrar, ExplanationDraft("eic-told", told, PAPER, "4"))
        assert states(db)["eic-told"] == (2, 3, "unexplained")
        approve_explanation(db, manager, key)
        assert states(db)["eic-told"] == (2, 1, "unexplained")
        with pytest.raises(Refused, match="approved this explanation already"):
            approve_explanation(db, manager, key)
        with pytest.raises(Refused, match="a manager can take it out"):
            withdraw_explanation(db, registrar, key, "no vale")
        withdraw_explanation(db, manager, key, "no vale")
        assert states(db)["eic-told"] == (2, 3, "unexplained")
        own = explain_figure(db, manager, ExplanationDraft("eic-told", told, PAPER, "4"))
        with pytest.raises(Refused, match="another person approves"):
            approve_explanation(db, manager, own)
        for changes, page in (({"amount": "0"}, "4"), ({"kind": "qualifier"}, "4"), ({}, " ")):
            with pytest.raises(DraftRefused):
                explain_figure(db, registrar, ExplanationDraft("eic-told", told | changes, PAPER, page))


@given(st.integers(-99_999_999, 99_999_999))
def test_an_amount_is_read_with_any_minus_and_with_commas(number: int) -> None:
    assert amount_of(f"{number}") == number
    assert amount_of(f"{number:,}".replace("-", "\N{MINUS SIGN}")) == number


@given(st.text(max_size=12))
def test_no_text_breaks_the_reading_of_an_amount(text: str) -> None:
    assert isinstance(amount_of(text), int)


def test_a_total_is_entered_with_its_paper_approved_by_another_and_drawn_down_by_linked_courses(
    tmp_path: Path,
) -> None:
    with school(tmp_path) as db:
        registrar, manager = user(db, Role.REGISTRAR), user(db, Role.MANAGER)
        key = add_total(db, registrar, TotalDraft(TOTAL, PAPER, "7"))
        (row,) = [each for each in list_totals(db, manager) if each.id == key]
        assert (row.value, row.document_number, row.page, row.state.value) == (40, "INF-9-2018", "7", "to_approve")
        approve_total(db, manager, key)
        choices = courses_of_total(db, registrar, key)
        assert choices
        assert not any(each.linked for each in choices)
        codes = [each.code for each in choices]
        with pytest.raises(Refused, match="Not counted in the scope"):
            link_courses(db, registrar, key, [*codes, "999-1999"])
        assert total_draw(db, manager, key, TODAY).left == 40
        assert link_courses(db, registrar, key, codes) == tuple(codes)
        drawn = total_draw(db, manager, key, TODAY)
        assert (drawn.left, drawn.backed) == (38, 2)
        assert link_courses(db, registrar, key, codes) == ()
        assert link_courses(db, registrar, key, codes, away=True) == tuple(codes)
        assert total_draw(db, manager, key, TODAY).left == 40


@pytest.mark.parametrize(
    ("changes", "page", "field"),
    [
        ({"last_day": TODAY + dt.timedelta(days=5)}, "7", "last_day"),
        ({"last_day": dt.date(2017, 1, 1)}, "7", "last_day"),
        ({"girls_or_women": 3}, "7", "boys_or_men"),
        ({"girls_or_women": 30, "boys_or_men": 11}, "7", "boys_or_men"),
        ({"value": -1}, "7", "value"),
        ({"measure": "graduated"}, "7", "measure"),
        ({}, "", "page"),
    ],
)
def test_an_impossible_total_is_told_at_its_field_and_not_kept(
    tmp_path: Path, changes: dict[str, object], page: str, field: str
) -> None:
    with school(tmp_path) as db:
        with pytest.raises(DraftRefused) as refused:
            add_total(db, user(db, Role.REGISTRAR), TotalDraft({**TOTAL, **changes}, PAPER, page))
        assert field in [problem.field for problem in refused.value.problems]
        assert values(db, "SELECT count(*) FROM historical_total") == [(0,)]


def test_the_sheet_tells_of_each_figure_what_explains_and_supports_it_and_what_contradicts_it(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        registrar, manager = user(db, Role.REGISTRAR), user(db, Role.MANAGER)
        add(db, registrar)
        add(db, registrar, key="eic-other", value=9, contradicts="eic-told", quote="nueve graduados")
        for key in ("eic-told", "eic-other"):
            approve_published(db, manager, key)
        told = {"kind": "documented", "amount": "3", "label": "Tres diplomas sin nómina"}
        approve_explanation(db, manager, explain_figure(db, registrar, ExplanationDraft("eic-told", told, PAPER, "4")))
        out = tmp_path / "sheet.pdf"
        write_ledger_sheet(db, user(db, Role.AUDITOR), out, t=Translator(Language.EN), as_of=TODAY)
        words = words_of(out.read_bytes())
    assert "5 2 3 0 Explained" in words
    assert "3 = Tres diplomas sin nómina" in words
    assert f"INF-9-2018, page 4; entered by {registrar.login}, approved by {manager.login}" in words
    assert "What stands behind it: 2 with roster" in words
    assert "Does not fit with: Escuela de Investigación Criminal: Completions, 2018, 9" in words
    assert "Does not fit with: Escuela de Investigación Criminal: Completions, 2018, 5" in words
    assert "«cinco graduados»" in words
