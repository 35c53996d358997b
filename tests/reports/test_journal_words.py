"""Tests of the words of the journal: every use-case, table and column that there is has some."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import eic_tracker
from eic_tracker.i18n import Language, Translator
from eic_tracker.reports.column_words import COLUMNS
from eic_tracker.reports.journal_words import (
    TABLES,
    USE_CASES,
    column_words,
    entry_words,
    reason_words,
    table_words,
    who_words,
)
from eic_tracker.services.history import DONE_AGAIN, UNDONE_AT_ONCE
from eic_tracker.store.history import journalled_tables

PACKAGE = Path(eic_tracker.__file__).parent


def texts(node: ast.expr) -> Iterator[str]:
    """The texts that an expression may give: a constant, either side of a choice."""
    if isinstance(node, ast.IfExp):
        yield from texts(node.body)
        yield from texts(node.orelse)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value


def use_cases_in(tree: ast.Module) -> Iterator[str]:
    """The second argument of every journal entry, and what a name `use_case` or a parameter of that name is given."""
    takes_use_case: dict[str, int] = {"Entry": 1, "Step": 1}
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            names = [argument.arg for argument in node.args.args]
            if "use_case" in names:
                takes_use_case[node.name] = names.index("use_case")
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and any(
            isinstance(to, ast.Name) and to.id == "use_case" for to in node.targets
        ):
            yield from texts(node.value)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in takes_use_case:
            place = takes_use_case[node.func.id]
            yield from (text for argument in node.args[place : place + 1] for text in texts(argument))
        if isinstance(node, ast.Call):
            yield from (text for given in node.keywords if given.arg == "use_case" for text in texts(given.value))


def test_every_use_case_of_the_program_has_words_and_no_words_are_left_over() -> None:
    found = {
        use_case
        for path in PACKAGE.rglob("*.py")
        for use_case in use_cases_in(ast.parse(path.read_text(encoding="utf-8")))
    }
    assert len(found) > 25
    assert found == USE_CASES.keys()


def test_every_table_and_column_has_words_and_no_words_are_left_over() -> None:
    tables = journalled_tables()
    assert tables.keys() == TABLES.keys()
    columns = {column.name for table in tables.values() for column in table.columns}
    whole = {f"{table.name}.{column.name}" for table in tables.values() for column in table.columns}
    assert columns <= COLUMNS.keys()
    assert COLUMNS.keys() <= columns | whole


@pytest.mark.parametrize("language", list(Language))
def test_every_sentence_can_be_said_with_the_fields_that_an_entry_has(language: Language) -> None:
    t = Translator(language)
    for use_case in USE_CASES:
        said = entry_words(use_case, "116-2019", 7, t)
        assert said
        assert "{" not in said
        assert said != use_case
    assert entry_words("undo", "change set 7", 7, t).count("7") == 1


def test_the_history_is_readable_in_spanish() -> None:
    t = Translator(Language.ES)
    assert entry_words("record_offering", "116-2019", None, t) == "Curso 116-2019 ingresado"
    assert table_words("participant", t) == "Persona"
    assert (column_words("class_group", "grade", t), column_words("module_grade", "grade", t)) == (
        "Grado escolar",
        "Nota",
    )
    assert [reason_words(reason, t) for reason in (UNDONE_AT_ONCE, DONE_AGAIN, "era otro", None)] == [
        "deshecho al momento",
        "hecho de nuevo",
        "era otro",
        "",
    ]
    assert entry_words("of_a_newer_program", "x", None, t) == "of_a_newer_program x"
    assert (table_words("of_tomorrow", t), column_words("unit", "of_tomorrow", t)) == ("of_tomorrow", "of_tomorrow")


def test_a_list_and_an_export_are_told_without_their_codes() -> None:
    t = Translator(Language.ES)
    assert entry_words("save_list_item", "institution MP", None, t) == "Elemento de lista guardado: Institución MP"
    assert entry_words("approve_historical_total", "historical total 4", None, t).endswith("nómina 4")
    assert entry_words("export_view", "people: paper", None, t).endswith("(Personas, en papel)")
    assert entry_words("export_view", "something new", None, t).endswith("(something new)")


def test_the_program_is_named_where_nobody_had_an_account_yet() -> None:
    t = Translator(Language.ES)
    assert who_words("init", t) == "EIC Tracker, al hacer el archivo"
    assert who_words("Rosa Ñáñez", t) == "Rosa Ñáñez"
