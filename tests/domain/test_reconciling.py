"""The states of published figures: each sentence by an example, and all of them against their plain re-statement."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eic_tracker.domain.codes import CauseKind, CurriculumKind, FigureState, Measure, Qualifier
from eic_tracker.domain.counting import Facts, Heads, Scope
from eic_tracker.domain.historical import BySex, HistoricalTotal, rest
from eic_tracker.domain.reconciling import (
    Cause,
    Coverage,
    Explanation,
    PublishedFigure,
    ReconciledFigure,
    reconcile,
)
from tests.domain.made_facts import DATES, DAYS, MUNICIPALITIES, a_group, facts_of
from tests.domain.plain_reconciling import plain_figure, plain_state

TODAY = dt.date(2019, 6, 28)
YEAR = Scope(first_day=dt.date(2018, 1, 1), last_day=dt.date(2018, 12, 31))
EVERYTHING_COVERED = Coverage({"EIC": (None, None), "GREAT": (None, None)})


def a_figure(value: int, qualifier: Qualifier = Qualifier.EXACT, **changes: object) -> PublishedFigure:
    """So many youth reached in 2018, but for the changes."""
    made = PublishedFigure(
        key="figure",
        programme="GREAT",
        measure="reached",
        qualifier=qualifier,
        value=value,
        period_from=dt.date(2018, 1, 1),
        period_to=dt.date(2018, 12, 31),
        scope=Scope(),
        contradicts=None,
        countable=True,
        source_title="A source",
        source_url="",
        quote="",
        note="",
        precision="year",
        event=None,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def a_total(value: int, **changes: object) -> HistoricalTotal:
    """An approved historical total of youth reached in 2018, but for the changes."""
    made = HistoricalTotal(1, "GREAT", Measure.REACHED, YEAR, value, None, "Memoria 2018", "14", True)
    return replace(made, **changes)  # type: ignore[arg-type]


def an_explanation(amount: int, kind: CauseKind = CauseKind.DOCUMENTED, approved: bool = True) -> Explanation:
    """An explanation of the figure."""
    return Explanation("figure", kind, amount, "Una lista que falta", approved)


def reached(number: int) -> Facts:
    """So many youth reached in 2018."""
    return facts_of(a_group(Heads(girls=number)))


def one(
    figure: PublishedFigure,
    facts: Facts,
    *causes: Explanation | HistoricalTotal,
    as_of: dt.date = TODAY,
    covers: Coverage = EVERYTHING_COVERED,
) -> ReconciledFigure:
    """The figure reconciled by itself."""
    [answer] = reconcile(
        [figure],
        facts,
        as_of=as_of,
        explanations=[cause for cause in causes if isinstance(cause, Explanation)],
        historical=[cause for cause in causes if isinstance(cause, HistoricalTotal)],
        covers=covers,
    )
    return answer


def amounts(answer: ReconciledFigure) -> list[tuple[CauseKind, int]]:
    return [(cause.kind, cause.amount) for cause in answer.causes]


# The whole, against the plain re-statement

SCOPES = st.builds(
    Scope,
    departments=st.sampled_from([(), (), ("08",)]),
    municipalities=st.sampled_from([(), (), ("0801",), ("0801", "0501")]),
    curriculum_kind=st.sampled_from([None, None, None, CurriculumKind.CAMP]),
    school=st.sampled_from([None, None, None, "S1"]),
)
PERIODS = st.tuples(DATES, st.one_of(st.none(), DATES, DATES))
KEYS = ("a", "b", "c")
SPLITS = st.builds(BySex, *[st.integers(0, 4)] * 3)
FACTS = st.lists(
    st.builds(
        a_group,
        st.builds(Heads, *[st.integers(0, 20)] * 3),
        first_lesson_on=DATES,
        municipality=st.sampled_from(MUNICIPALITIES),
        curriculum_kind=st.sampled_from([CurriculumKind.MIDDLE, CurriculumKind.CAMP]),
        school=st.sampled_from([None, "S1"]),
    ),
    max_size=4,
).map(lambda groups: facts_of(*groups))
FIGURES = st.builds(
    lambda period, value, qualifier, **changes: a_figure(
        value, qualifier, period_from=period[0], period_to=period[1], **changes
    ),
    PERIODS,
    st.integers(0, 60),
    st.sampled_from(Qualifier),
    scope=SCOPES,
    contradicts=st.sampled_from([None, *KEYS]),
    countable=st.sampled_from([True, True, True, False]),
)
EXPLANATIONS = st.lists(
    st.builds(
        Explanation,
        st.sampled_from(KEYS),
        st.sampled_from(CauseKind),
        st.integers(-20, 40),
        st.just("x"),
        st.booleans(),
    ),
    max_size=5,
)
HISTORICAL = st.lists(
    st.builds(
        lambda scope, days, value, **changes: a_total(
            value, scope=replace(scope, first_day=days[0], last_day=days[1]), **changes
        ),
        SCOPES,
        st.tuples(DATES, DATES),
        st.integers(1, 40),
        programme=st.sampled_from(["GREAT", "GREAT", "EIC"]),
        measure=st.sampled_from([Measure.REACHED, Measure.REACHED, Measure.GRADUATED]),
        linked=SPLITS,
        approved=st.booleans(),
    ),
    max_size=3,
)
COVERAGES = st.builds(
    Coverage,
    st.one_of(
        st.just({}),
        st.fixed_dictionaries({"GREAT": st.tuples(st.one_of(st.none(), DATES), st.one_of(st.none(), DATES))}),
        st.just({"GREAT": (None, None)}),
    ),
    st.sampled_from([None, None, frozenset({"0801"})]),
    st.sampled_from([None, None, frozenset[str]()]),
)


@st.composite
def cases(draw: st.DrawFn) -> tuple[list[PublishedFigure], Facts, dt.date, list[Explanation], list[HistoricalTotal]]:
    """Three figures, of which some are exactly or almost what the rows say."""
    facts, as_of = draw(FACTS), draw(st.sampled_from(DAYS[3:]))
    figures = [replace(draw(FIGURES), key=key) for key in KEYS]
    near = draw(st.sampled_from([None, -1, 0, 0, 1]))
    if near is not None:
        figures = [replace(figure, value=max(plain_figure(figure, facts, as_of) + near, 0)) for figure in figures]
    return figures, facts, as_of, draw(EXPLANATIONS), draw(HISTORICAL)


@settings(max_examples=800)
@given(cases(), COVERAGES)
def test_states_and_differences_are_what_the_sentences_say(
    case: tuple[list[PublishedFigure], Facts, dt.date, list[Explanation], list[HistoricalTotal]], covers: Coverage
) -> None:
    figures, facts, as_of, explanations, historical = case
    answers = reconcile(figures, facts, as_of=as_of, explanations=explanations, historical=historical, covers=covers)
    assert [answer.figure for answer in answers] == figures
    for answer in answers:
        state = plain_state(answer.figure, figures, facts, as_of, explanations, historical, covers)
        assert answer.state.value == state
        if answer.state is FigureState.NOT_RECORDED:
            assert (answer.counted, answer.difference, answer.unexplained, answer.causes) == (None, None, None, ())
            continue
        assert answer.counted == plain_figure(answer.figure, facts, as_of)
        assert_differences_are_named(answer, explanations, historical)


def assert_differences_are_named(
    answer: ReconciledFigure, explanations: list[Explanation], historical: list[HistoricalTotal]
) -> None:
    """The identity, and that no cause fills more than it may."""
    assert answer.counted is not None
    assert answer.difference is not None
    assert answer.unexplained is not None
    assert answer.difference == answer.figure.value - answer.counted
    assert answer.difference == sum(cause.amount for cause in answer.causes) + answer.unexplained
    assert (answer.unexplained != 0) == (answer.state is FigureState.UNEXPLAINED)
    assert all(cause.amount for cause in answer.causes)
    filling = [cause for cause in answer.causes if cause.label != "x" or cause.kind is not CauseKind.QUALIFIER]
    if answer.state is FigureState.UNEXPLAINED:
        between = sorted((0, sum(cause.amount for cause in filling), answer.difference))
        assert between[1] == sum(cause.amount for cause in filling)
    from_totals = sum(cause.amount for cause in answer.causes if "document" in cause.values)
    assert 0 <= from_totals <= max(answer.difference, 0)
    assert from_totals <= sum(rest(total) for total in historical if total.approved)
    if answer.state not in {FigureState.EXPLAINED, FigureState.UNEXPLAINED}:
        assert all(cause.kind is CauseKind.QUALIFIER for cause in answer.causes)
        assert len(answer.causes) <= 1
    approved = [each for each in explanations if each.approved and each.figure_key == answer.figure.key]
    for kind in CauseKind:
        used = [cause.amount for cause in answer.causes if cause.kind is kind and cause.label == "x"]
        assert sum(map(abs, used)) <= sum(abs(each.amount) for each in approved if each.kind is kind)


# Each state


def test_a_figure_that_starts_after_the_as_of_date_is_not_recorded() -> None:
    answer = one(a_figure(5), reached(5), as_of=dt.date(2017, 12, 31))
    assert answer == ReconciledFigure(a_figure(5), None, None, (), None, FigureState.NOT_RECORDED)


@pytest.mark.parametrize("qualifier", [Qualifier.EXACT, Qualifier.MORE_THAN, Qualifier.ABOUT])
def test_a_figure_that_ends_after_the_as_of_date_is_not_recorded(qualifier: Qualifier) -> None:
    assert one(a_figure(5, qualifier), reached(5), as_of=dt.date(2018, 12, 30)).state is FigureState.NOT_RECORDED
    assert one(a_figure(5, qualifier), reached(5), as_of=dt.date(2018, 12, 31)).state is FigureState.RECONCILED


def test_a_figure_that_cannot_be_counted_is_not_recorded() -> None:
    capacity = a_figure(200, measure="capacity", countable=False, period_to=None)
    assert one(capacity, reached(5)).state is FigureState.NOT_RECORDED


@pytest.mark.parametrize(
    ("covers", "recorded"),
    [
        (Coverage({"EIC": (None, None)}), False),
        (Coverage({"GREAT": (dt.date(2019, 1, 1), None)}), False),
        (Coverage({"GREAT": (dt.date(2018, 12, 31), None)}), True),
        (Coverage({"GREAT": (None, dt.date(2017, 12, 31))}), False),
        (Coverage({"GREAT": (None, dt.date(2018, 1, 1))}), True),
        (Coverage({"GREAT": (None, None)}, municipalities=frozenset({"0501"})), False),
        (Coverage({"GREAT": (None, None)}, schools=frozenset({"S2"})), False),
        (Coverage({"GREAT": (None, None)}, frozenset({"0801"}), frozenset({"S1"})), True),
    ],
)
def test_a_figure_outside_what_the_file_covers_is_not_recorded(covers: Coverage, recorded: bool) -> None:
    figure = a_figure(5, scope=Scope(municipalities=("0801",), school="S1"))
    assert (one(figure, reached(5), covers=covers).state is not FigureState.NOT_RECORDED) is recorded


def test_a_figure_that_contradicts_a_reconciled_or_explained_one_is_contradicted() -> None:
    wrong = a_figure(3, key="wrong", contradicts="figure")
    for right in (a_figure(5), a_figure(9)):
        answer, _ = reconcile(
            [wrong, right], reached(5), as_of=TODAY, historical=[a_total(10)], covers=EVERYTHING_COVERED
        )
        assert answer.state is FigureState.CONTRADICTED
        assert amounts(answer) == [(CauseKind.QUALIFIER, -2)]
        assert (answer.causes[0].values["figure"], answer.unexplained) == ("figure", 0)


def test_a_figure_that_holds_is_contradicted_all_the_same() -> None:
    low = a_figure(3, Qualifier.MORE_THAN, key="low", contradicts="figure")
    answer, _ = reconcile([low, a_figure(5)], reached(5), as_of=TODAY, covers=EVERYTHING_COVERED)
    assert answer.state is FigureState.CONTRADICTED


def test_a_figure_that_contradicts_an_unexplained_one_stands_for_itself() -> None:
    answer, other = reconcile(
        [a_figure(5, key="right", contradicts="figure"), a_figure(3)],
        reached(5),
        as_of=TODAY,
        covers=EVERYTHING_COVERED,
    )
    assert (answer.state, other.state) == (FigureState.RECONCILED, FigureState.UNEXPLAINED)


def test_a_figure_outside_of_the_file_is_not_recorded_before_it_is_contradicted() -> None:
    early = a_figure(3, key="early", contradicts="figure", period_from=dt.date(2020, 1, 1), period_to=None)
    answer, _ = reconcile([early, a_figure(5)], reached(5), as_of=TODAY, covers=EVERYTHING_COVERED)
    assert answer.state is FigureState.NOT_RECORDED


@pytest.mark.parametrize("qualifier", [Qualifier.TARGET, Qualifier.EXPECTED_ADDITIONAL])
@pytest.mark.parametrize(
    ("as_of", "value", "state", "causes"),
    [
        (dt.date(2018, 12, 30), 9, FigureState.IN_PROGRESS, [(CauseKind.QUALIFIER, 4)]),
        (dt.date(2018, 12, 30), 5, FigureState.IN_PROGRESS, []),
        (dt.date(2018, 12, 31), 9, FigureState.MISSED, [(CauseKind.QUALIFIER, 4)]),
        (dt.date(2018, 12, 31), 5, FigureState.RECONCILED, []),
        (dt.date(2018, 12, 31), 3, FigureState.RECONCILED, [(CauseKind.QUALIFIER, -2)]),
        (dt.date(2017, 12, 31), 5, FigureState.NOT_RECORDED, []),
    ],
)
def test_a_target_is_in_progress_while_its_period_runs_then_reconciled_or_missed(
    qualifier: Qualifier, as_of: dt.date, value: int, state: FigureState, causes: list[tuple[CauseKind, int]]
) -> None:
    answer = one(a_figure(value, qualifier), reached(5), an_explanation(4), a_total(4), as_of=as_of)
    assert answer.state is state
    assert amounts(answer) == causes
    assert not answer.unexplained


def test_an_exact_figure_is_reconciled_when_the_count_is_equal() -> None:
    assert one(a_figure(5), reached(5)) == ReconciledFigure(a_figure(5), 5, 0, (), 0, FigureState.RECONCILED)
    assert one(a_figure(6), reached(5)).state is FigureState.UNEXPLAINED
    assert one(a_figure(4), reached(5)).unexplained == -1


def test_more_than_a_number_is_itself_a_count_so_that_equality_holds() -> None:
    assert one(a_figure(5, Qualifier.MORE_THAN), reached(5)).state is FigureState.RECONCILED
    assert one(a_figure(6, Qualifier.MORE_THAN), reached(5)).state is FigureState.UNEXPLAINED
    beyond = one(a_figure(4, Qualifier.MORE_THAN), reached(5))
    assert (beyond.state, amounts(beyond)) == (FigureState.RECONCILED, [(CauseKind.QUALIFIER, -1)])


@pytest.mark.parametrize(("counted", "holds"), [(94, False), (95, True), (100, True), (105, True), (106, False)])
def test_about_a_number_allows_five_per_cent(counted: int, holds: bool) -> None:
    answer = one(a_figure(100, Qualifier.ABOUT), reached(counted))
    assert answer.state is (FigureState.RECONCILED if holds else FigureState.UNEXPLAINED)
    assert (answer.unexplained == 0) is holds


# Causes


def test_approved_causes_that_fill_the_gap_explain_it() -> None:
    answer = one(a_figure(12), reached(5), a_total(4), an_explanation(3))
    assert answer.state is FigureState.EXPLAINED
    assert amounts(answer) == [(CauseKind.DOCUMENTED, 3), (CauseKind.HISTORICAL_TOTAL, 4)]
    assert answer.causes[0].label == "Una lista que falta"
    assert answer.causes[1].values == {"document": "Memoria 2018", "page": "14"}


def test_explanations_stand_in_the_order_of_their_kinds() -> None:
    kinds = (CauseKind.DOCUMENTED, CauseKind.MERGED, CauseKind.LATE_ENTRY, CauseKind.COUNTING_RULE)
    answer = one(a_figure(9), reached(5), *(an_explanation(1, kind) for kind in kinds))
    assert [cause.kind for cause in answer.causes] == list(reversed(kinds))


def test_causes_that_fill_only_a_part_leave_the_rest_unexplained() -> None:
    answer = one(a_figure(12), reached(5), a_total(4))
    assert (answer.state, amounts(answer), answer.unexplained) == (
        FigureState.UNEXPLAINED,
        [(CauseKind.HISTORICAL_TOTAL, 4)],
        3,
    )


def test_what_nobody_approved_fills_nothing() -> None:
    answer = one(a_figure(12), reached(5), a_total(7, approved=False), an_explanation(7, approved=False))
    assert (answer.state, answer.causes, answer.unexplained) == (FigureState.UNEXPLAINED, (), 7)


def test_a_historical_total_fills_at_most_what_is_left_of_it() -> None:
    answer = one(a_figure(12), reached(5), a_total(7, linked=BySex(women=2)))
    assert (amounts(answer), answer.unexplained) == ([(CauseKind.HISTORICAL_TOTAL, 5)], 2)


def test_a_historical_total_fills_nothing_where_no_gap_is() -> None:
    assert one(a_figure(5), reached(5), a_total(7)).causes == ()
    assert one(a_figure(3), reached(5), a_total(7)).causes == ()
    assert amounts(one(a_figure(6), reached(5), a_total(7))) == [(CauseKind.HISTORICAL_TOTAL, 1)]


def test_the_rest_of_a_historical_total_is_never_counted() -> None:
    assert one(a_figure(12), reached(5), a_total(7)).counted == 5


@pytest.mark.parametrize(
    "changes",
    [
        {"programme": "EIC"},
        {"measure": Measure.GRADUATED},
        {"scope": Scope(first_day=dt.date(2017, 12, 31), last_day=dt.date(2018, 12, 31))},
        {"scope": Scope(first_day=dt.date(2018, 1, 1))},
    ],
)
def test_a_historical_total_is_no_cause_of_a_figure_that_does_not_hold_it(changes: dict[str, object]) -> None:
    assert one(a_figure(12), reached(5), a_total(7, **changes)).causes == ()


def test_explanations_fill_never_beyond_the_gap() -> None:
    assert amounts(one(a_figure(12), reached(5), an_explanation(20))) == [(CauseKind.DOCUMENTED, 7)]
    assert amounts(one(a_figure(3), reached(5), an_explanation(-20))) == [(CauseKind.DOCUMENTED, -2)]
    assert one(a_figure(12), reached(5), an_explanation(-7)).causes == ()


def test_an_explanation_against_the_gap_is_used_as_far_as_others_need_it() -> None:
    late, lost = an_explanation(-5, CauseKind.LATE_ENTRY), an_explanation(12)
    answer = one(a_figure(12), reached(5), late, lost)
    assert amounts(answer) == [(CauseKind.LATE_ENTRY, -5), (CauseKind.DOCUMENTED, 12)]
    assert answer.state is FigureState.EXPLAINED


def test_what_causes_leave_within_five_per_cent_is_what_about_allows() -> None:
    answer = one(a_figure(100, Qualifier.ABOUT), reached(5), a_total(91))
    assert answer.state is FigureState.EXPLAINED
    assert amounts(answer) == [(CauseKind.HISTORICAL_TOTAL, 91), (CauseKind.QUALIFIER, 4)]


def test_a_cause_is_told_without_a_page_where_the_document_has_none() -> None:
    [cause] = one(a_figure(12), reached(5), a_total(7, page=None)).causes
    told = {"document": "Memoria 2018", "page": None}
    assert cause == Cause(cause.label, 7, CauseKind.HISTORICAL_TOTAL, told, row=1), "and names the total that it is"
    assert cause.label.format(**cause.values).endswith(": Memoria 2018")
