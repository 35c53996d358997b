"""The tables and charts of a report, one by one, as they are put into another document."""

from __future__ import annotations

from eic_tracker.i18n import Language, Translator
from eic_tracker.reports.copied_tables import copied_parts
from tests.reports.made_report import report_data

ES = Translator(Language.ES)


def test_each_table_has_its_title_its_cells_and_its_source_and_each_chart_its_picture() -> None:
    parts = copied_parts(report_data(), ES)
    by_title = {part.title: part for part in parts}
    institutions = next(part for title, part in by_title.items() if title.endswith("Por institución"))
    lines = institutions.text.splitlines()
    assert lines[0] == institutions.title
    row = next(line.split("\t") for line in lines if line.startswith("Ministerio Público"))
    assert len(row) == 10
    assert all(cell.replace(",", "").isdigit() for cell in row[1:])
    assert "con corte al 31/12/2018 · código de bitácora 7F3A91C2D0B84E65" in lines[-1]
    assert f"<td>{row[1]}</td>" in institutions.html
    assert institutions.html.count("<tr>") == len(lines) - 2
    charts = [part for part in parts if part.picture]
    assert [part.picture[:4] for part in charts] == [b"\x89PNG"] * 2
    course = next(part for title, part in by_title.items() if title.endswith("Por curso"))
    assert "Entrevista &lt;b&gt;&amp; interrogatorio" in course.html, "no text of the file becomes markup"
