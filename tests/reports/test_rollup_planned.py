"""The roll-up's targets and restatements: live, named, in the control totals; for third parties in no sheet."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl

from eic_tracker.domain.codes import Measure
from eic_tracker.domain.counting import Scope, figure
from eic_tracker.domain.periods import parse_period
from eic_tracker.i18n import Language, Translator
from eic_tracker.reports.rollup_xlsx import rollup_xlsx
from tests.reports.made_report import FACTS, report_data
from tests.reports.recalculation import recalculated
from tests.reports.test_periodic_report import restated, target
from tests.reports.workbook_reading import formula_text, rows_of, values_of, written

EN = Translator(Language.EN)
TARGETS = (
    target("2018Q4", 10),
    target("2018", 20),
    target("2019", 30),
    target("2018", 4_000, "GREAT", Measure.REACHED),
)


def workbook(audience: str = "school") -> bytes:
    data = report_data(
        targets=TARGETS, restatements=(restated(),), indicators={("EIC", Measure.COMPLETIONS): "INL-4.1"}
    )
    return written(lambda file: rollup_xlsx(data, EN, file, audience=audience))  # type: ignore[arg-type]


def test_each_target_that_has_begun_stands_with_what_was_done_and_its_share() -> None:
    book = workbook()
    lines = {(row[0], row[1], row[2]): row for row in rows_of(values_of(book), "Targets") if isinstance(row[4], int)}
    assert len(lines) == 3, "2019 had not begun"
    first = next(row for (_, _, period), row in lines.items() if period == "4th quarter 2018")
    period = parse_period("2018Q4")
    scope = Scope(programmes=("EIC",), first_day=period.first_day, last_day=period.last_day)
    done = figure(FACTS, Measure.COMPLETIONS, as_of=period.last_day, scope=scope)
    assert first[3:7] == ("INL-4.1", 10, done, round(100 * done / 10))
    assert first[7] == 10, "on its last day all of it is planned"
    assert first[8] == ("Reached in full" if done >= 10 else "Not reached"), "the quarter has ended"


def test_what_was_done_is_calculated_from_the_details_and_stands_among_the_control_totals(tmp_path: Path) -> None:
    path = tmp_path / "rollup.xlsx"
    path.write_bytes(workbook())
    sheet = openpyxl.load_workbook(path)["Targets"]
    live = [row for row in sheet.iter_rows() if isinstance(row[4].value, int)]
    assert all("COUNTIFS" in formula_text(row[5]) or "SUMIFS" in formula_text(row[5]) for row in live)
    checks = [row for row in rows_of(values_of(workbook()), "Control totals") if row[1] == "Targets"]
    assert len(checks) == 3
    calculated = recalculated(path, tmp_path / "again")
    for row in live:
        place = row[5].coordinate
        assert calculated["Targets"][place].value == values_of(workbook())["Targets"][place].value


def test_restated_figures_stand_with_old_new_why_and_who() -> None:
    (line,) = [row for row in rows_of(values_of(workbook()), "Restated figures") if isinstance(row[2], int)]
    assert line[0] == "4th quarter 2018"
    assert line[2:8] == (
        6,
        5,
        -1,
        "Acta con un nombre de más",
        "Rosa Inventada",
        "Comisionado Uno, Director, EIC-9-2019",
    )
    empty = values_of(written(lambda file: rollup_xlsx(report_data(), EN, file)))
    assert "No figure of a closed quarter was restated." in [row[0] for row in rows_of(empty, "Restated figures")]


def test_third_parties_get_neither() -> None:
    assert not {"Targets", "Restated figures"} & set(values_of(workbook("public")).sheetnames)


def test_the_axes_of_charts_have_names() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(workbook()))["Summary"]
    named = [
        (chart.x_axis.title.tx.rich.p[0].r[0].t, chart.y_axis.title.tx.rich.p[0].r[0].t) for chart in sheet._charts
    ]
    assert named == [("Year", "Completions"), ("Year", "Reached")]
