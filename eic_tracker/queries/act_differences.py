"""SQL of what stands otherwise now than on an act that was printed and holds."""

from __future__ import annotations

_HOLDS = (
    "a.frozen_at IS NOT NULL AND a.content IS NOT NULL AND NOT EXISTS "
    "(SELECT 1 FROM act newer WHERE newer.rectifies_id = a.id AND newer.frozen_at IS NOT NULL)"
)
"""Whether an act `a` was printed and no printed act took its place."""

_MODULE_GRADE = (
    "(SELECT g.{name} FROM module_grade g WHERE g.enrolment_id = e.id AND g.offering_module_id = a.offering_module_id)"
)


def _line(name: str) -> str:
    return f"json_extract(line.value, '$.{name}')"


_OTHERWISE = f"""
CASE WHEN a.offering_module_id IS NULL THEN
    e.final_grade IS NOT {_line("grade")}
    OR e.second_chance_grade IS NOT {_line("second_chance")}
    OR e.attendance_percent IS NOT {_line("attendance")}
    OR CASE WHEN e.status = 'enrolled' THEN e.proposed_status ELSE e.status END IS NOT {_line("result")}
ELSE
    {_MODULE_GRADE.format(name="grade")} IS NOT {_line("grade")}
    OR {_MODULE_GRADE.format(name="second_chance_grade")} IS NOT {_line("second_chance")}
END
"""
_LISTED = """(e.seat = 'seat' AND CASE json_extract(a.content, '$.list_of')
    WHEN 'graduation' THEN e.status = 'completed' ELSE e.status NOT IN ('applied', 'removed') END)"""
_LINES = "json_each(a.content, '$.people') line"
_OF_PERSON = f"{_line('enrolment_id')} = e.id"

DIFFERS = f"""({_HOLDS} AND (
    EXISTS (SELECT 1 FROM {_LINES} WHERE {_OF_PERSON} AND ({_OTHERWISE} OR NOT {_LISTED}))
    OR ({_LISTED} AND NOT EXISTS (SELECT 1 FROM {_LINES} WHERE {_OF_PERSON}))))"""
"""Whether an enrolment `e` stands otherwise than on the act `a` of its course."""

DIFFERS_FROM_AN_ACT = f"EXISTS (SELECT 1 FROM act a WHERE a.offering_id = e.offering_id AND {DIFFERS})"
"""Whether an enrolment `e` stands otherwise than on some act of its course."""

DIFFERING = f"""
SELECT e.id FROM act a CROSS JOIN {_LINES} JOIN enrolment e ON {_OF_PERSON}
WHERE {_HOLDS} AND ({_OTHERWISE} OR NOT {_LISTED})
UNION
SELECT e.id FROM act a CROSS JOIN enrolment e ON e.offering_id = a.offering_id
WHERE {_HOLDS} AND {_LISTED} AND NOT EXISTS (SELECT 1 FROM {_LINES} WHERE {_OF_PERSON})
"""
"""The keys of all enrolments that stand otherwise than on some act: the list is read once for each act."""
