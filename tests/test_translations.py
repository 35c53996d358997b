"""The catalogue is complete and compiled, its Spanish keeps to the words of the office, messages are well marked."""

from __future__ import annotations

import argparse
import ast
import re
import string
from pathlib import Path

import catalogue
import pytest
from babel.messages.catalog import Message
from babel.messages.extract import extract_from_file

from eic_tracker import argparse_texts
from eic_tracker.i18n import Language, Translator

MESSAGE_CLASSES = {"UserError", "Refused", "FileProblem"}
MARKERS = {"t", "_t", "N_", "NP_", "_", "plural", *MESSAGE_CLASSES}
# what the office does not say, in every form that a Spanish word takes
FORBIDDEN = {
    "dar de baja": r"\bde baja\b",
    "depurar, depuración": r"\bdepur\w*",
    "retirado": r"\bretirad[oa]s?\b",
    "removido": r"\bremovid[oa]s?\b",
    "vetting": r"\bvetting\b",
    "oferta": r"\bofertas?\b",
    "revocado": r"\brevocad[oa]s?\b",
    "gerente": r"\bgerentes?\b",
    "rollup": r"\broll-?ups?\b",
    "reexpresión": r"\breexpresi[oó]n(es)?\b",
    "beneficiados": r"\bbeneficiad[oa]s?\b",
}
# said to programmers who build a parser wrongly, never to a person who calls it
ARGPARSE_FOR_PROGRAMMERS = {
    ".__call__() not defined",
    "conflicting subparser: %s",
    "conflicting subparser alias: %s",
    'argument "-" with mode %r',
    "cannot merge actions - two groups are named %r",
    "'required' is an invalid argument for positionals",
    "invalid option string %(option)r: must start with a character %(prefix_chars)r",
    "dest= is required for options like %r",
    "invalid conflict_resolution value: %r",
    ("conflicting option string: %s", "conflicting option strings: %s"),
    "mutually exclusive arguments must be optional",
    "cannot have multiple subparser arguments",
    "%r is not callable",
}


def spanish() -> list[Message]:
    return [message for message in catalogue.read("es") if message.id]


def forms(value: object) -> tuple[str, ...]:
    """The wordings of a message: one, or one for each number."""
    return (value,) if isinstance(value, str) else tuple(value) if isinstance(value, list | tuple) else ()


def fields(text: str) -> frozenset[str]:
    """The values that a text wants, `{name}` and `%(name)s`."""
    named = {f"{{{name}}}" for _, name, _, _ in string.Formatter().parse(text) if name is not None}
    return frozenset(named | set(re.findall(r"%(?:\(\w+\))?[rsd]", text)))


def wrong_words(text: str) -> list[str]:
    return [word for word, pattern in FORBIDDEN.items() if re.search(pattern, text, re.IGNORECASE)]


@pytest.mark.parametrize("language", catalogue.LANGUAGES)
def test_the_catalogue_holds_just_the_texts_of_the_code(language: str) -> None:
    present = catalogue.read(language)
    due = catalogue.po_bytes(catalogue.merged(catalogue.gathered(), present, language))
    stands = (catalogue.FOLDER / f"{language}.po").read_bytes()
    assert stands.decode() == due.decode(), "run: python3 run.py translations"


@pytest.mark.parametrize("language", catalogue.LANGUAGES)
def test_the_compiled_catalogue_is_that_of_the_texts(language: str) -> None:
    stands = (catalogue.FOLDER / f"{language}.mo").read_bytes()
    assert stands == catalogue.compiled(language), "run: python3 run.py translations"


def test_every_text_has_its_spanish() -> None:
    assert [message.id for message in catalogue.untranslated(catalogue.read("es"))] == []


def test_spanish_keeps_the_values_of_the_english_text() -> None:
    for message in spanish():
        allowed = {fields(form) for form in forms(message.id)}
        for form in filter(None, forms(message.string)):
            assert fields(form) in allowed, message.id


def test_spanish_keeps_markup_and_the_spaces_around() -> None:
    for message in spanish():
        source = forms(message.id)[-1]
        for form in filter(None, forms(message.string)):
            assert re.findall(r"</?\w+[^>]*>", form) == re.findall(r"</?\w+[^>]*>", source), message.id
            assert form[: len(form) - len(form.lstrip())] == source[: len(source) - len(source.lstrip())], message.id
            assert form[len(form.rstrip()) :] == source[len(source.rstrip()) :], message.id


def test_spanish_avoids_the_words_that_the_office_does_not_use() -> None:
    found = [(words, form) for message in spanish() for form in forms(message.string) if (words := wrong_words(form))]
    assert not found


@pytest.mark.parametrize("text", ["Dado DE BAJA", "la depuración", "Retiradas", "una OFERTA", "roll-up", "Reexpresión"])
def test_a_forbidden_word_is_noticed_in_any_form(text: str) -> None:
    assert wrong_words(text)


@pytest.mark.parametrize("text", ["retiró", "ofrecido", "la gerencia", "baja asistencia", "beneficio"])
def test_another_word_is_let_through(text: str) -> None:
    assert not wrong_words(text)


def calls_with_messages() -> list[tuple[str, str, ast.Call]]:
    found = []
    for path in sorted(catalogue.SOURCES.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args:
                name = ast.unparse(node.func).rpartition(".")[2]
                if name in MARKERS:
                    found.append((f"{path.relative_to(catalogue.ROOT)}:{node.lineno}", name, node))
    return found


def test_every_marked_message_is_one_plain_text() -> None:
    # the catalogue is gathered by reading the code: a text put together while running would never be found in it
    unreadable = [
        f"{place}: {ast.unparse(node.args[0])}"
        for place, name, node in calls_with_messages()
        if not isinstance(node.args[0], ast.Constant)
        for part in ast.walk(node.args[0])
        if isinstance(part, ast.JoinedStr)
        or (isinstance(part, ast.BinOp) and isinstance(part.op, ast.Add | ast.Mod))
        or (isinstance(node.args[0], ast.IfExp | ast.BoolOp) and part in _texts_of_choice(node.args[0]))
    ]
    assert not unreadable


def _texts_of_choice(choice: ast.IfExp | ast.BoolOp) -> list[ast.expr]:
    branches = [choice.body, choice.orelse] if isinstance(choice, ast.IfExp) else choice.values
    return [branch for branch in branches if isinstance(branch, ast.Constant)]


def test_every_value_of_a_message_is_given_where_it_is_used() -> None:
    lacking = []
    for place, name, node in calls_with_messages():
        given = {keyword.arg for keyword in node.keywords}
        formats = bool(given) or name in MESSAGE_CLASSES or name == "plural"
        if None in given or not formats or name in {"N_", "NP_", "_"}:
            continue
        known = {f"{{{value}}}" for value in given} | ({"{count}"} if name == "plural" else set())
        for argument in node.args[: 2 if name == "plural" else 1]:
            if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                lacking += [f"{place}: {field}" for field in fields(argument.value) - known if field.startswith("{")]
    assert not lacking


def test_all_that_argparse_tells_a_person_is_in_the_catalogue() -> None:
    keywords: dict[str, tuple[int, ...] | None] = {"_": None, "ngettext": (1, 2)}
    said = {message for _, message, _, _ in extract_from_file("python", argparse.__file__, keywords=keywords)}
    marked: set[object] = {*argparse_texts.MESSAGES, *argparse_texts.PLURALS}
    assert said - ARGPARSE_FOR_PROGRAMMERS <= marked


def test_argparse_speaks_spanish(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("_", "ngettext"):
        monkeypatch.setattr(argparse, name, getattr(argparse, name))
    argparse_texts.translate_argparse(Translator(Language.ES))
    parser = argparse.ArgumentParser("eic-tracker")
    parser.add_argument("--period", nargs=2)
    assert "muestra esta ayuda y termina" in parser.format_help()
    assert parser.format_usage().startswith("uso: ")
    with pytest.raises(SystemExit):
        parser.parse_args(["--period", "2018Q4"])
    assert "se esperan 2 valores" in capsys.readouterr().err


def test_texts_gathered_again_keep_their_spanish(tmp_path: Path) -> None:
    sources = tmp_path / "program"
    sources.mkdir()
    (sources / "said.py").write_text('t("Persons"); t.plural("{count} seat", "{count} seats", n)', encoding="utf-8")
    first = catalogue.merged(catalogue.gathered(sources), catalogue.empty_catalogue("es"), "es")
    assert {message.id for message in catalogue.untranslated(first)} == {"Persons", ("{count} seat", "{count} seats")}
    first["Persons"].string = "personas distintas"
    first["{count} seat"].string = ("{count} plaza", "{count} plazas")
    (tmp_path / "es.po").write_bytes(catalogue.po_bytes(first))

    (sources / "said.py").write_text("", encoding="utf-8")
    without = catalogue.merged(catalogue.gathered(sources), catalogue.read("es", tmp_path), "es")
    assert len(without) == 0
    (tmp_path / "es.po").write_bytes(catalogue.po_bytes(without))

    (sources / "said.py").write_text('t("Persons"); t.plural("{count} seat", "{count} seats", n)', encoding="utf-8")
    again = catalogue.merged(catalogue.gathered(sources), catalogue.read("es", tmp_path), "es")
    assert again["Persons"].string == "personas distintas"
    assert again["{count} seat"].string == ("{count} plaza", "{count} plazas")
