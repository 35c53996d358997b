"""Whole names divide as people of the region divide them; nothing of a name is lost or changed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eic_tracker.domain.names import fold
from eic_tracker.exchange.headers import NameOrder, order_told_by
from eic_tracker.exchange.name_words import is_family_name, is_given_name
from eic_tracker.exchange.person_names import divide, is_all_capitals, order_of, recased
from eic_tracker.exchange.ranks import rank_code, split_titles
from tests.exchange.known import known

GIVEN, FAMILY = NameOrder.GIVEN_FIRST, NameOrder.FAMILY_FIRST


@pytest.mark.parametrize(
    ("written", "given_names", "family_names"),
    [
        ("María José Hernández De la O", "María José", "Hernández De la O"),
        ("Marvin De la O Güity", "Marvin", "De la O Güity"),
        ("Juan Carlos Pérez", "Juan Carlos", "Pérez"),
        ("Juan Pérez López", "Juan", "Pérez López"),
        ("Ana", "Ana", ""),
        ("Ana Zúniga", "Ana", "Zúniga"),
        ("María de los Ángeles López Mejía", "María de los Ángeles", "López Mejía"),
        ("María del Carmen Santos", "María del Carmen", "Santos"),
        ("José de Jesús Ramos Paz", "José de Jesús", "Ramos Paz"),
        ("Luis del Cid Mejía", "Luis", "del Cid Mejía"),
        ("Rosa Elena de los Santos Vda. de Paz", "Rosa Elena", "de los Santos Vda. de Paz"),
        ("Gloria López de Hernández", "Gloria", "López de Hernández"),
        ("José Ortega y Gasset Paz", "José", "Ortega y Gasset Paz"),
        ("Ma. Fernanda Mejía Ponce", "Ma. Fernanda", "Mejía Ponce"),
        ("Fco. Javier Mejía", "Fco. Javier", "Mejía"),
        ("Pérez López, Juan Carlos", "Juan Carlos", "Pérez López"),
        ("De la O , Ana", "Ana", "De la O"),
        ("Karla Patricia O'Hara San Martín", "Karla Patricia", "O'Hara San Martín"),
        ("Gloria Esperanza  Aguilar Núñez", "Gloria Esperanza", "Aguilar Núñez"),
        ("Xyz Qwert  Zxcvb", "Xyz Qwert", "Zxcvb"),
    ],
)
def test_given_names_first(written: str, given_names: str, family_names: str) -> None:
    divided = divide(written, GIVEN)
    assert (divided.given, divided.family) == (given_names, family_names)


@pytest.mark.parametrize(
    ("written", "given_names", "family_names"),
    [
        ("Hernández De la O María José", "María José", "Hernández De la O"),
        ("De la O Güity Marvin", "Marvin", "De la O Güity"),
        ("Pérez Juan Carlos", "Juan Carlos", "Pérez"),
        ("Pérez López Juan", "Juan", "Pérez López"),
        ("López Mejía María de los Ángeles", "María de los Ángeles", "López Mejía"),
    ],
)
def test_family_names_first(written: str, given_names: str, family_names: str) -> None:
    divided = divide(written, FAMILY)
    assert (divided.given, divided.family) == (given_names, family_names)


def test_three_words_that_nobody_knows_divide_after_the_first_and_say_that_it_is_not_sure() -> None:
    divided = divide("Xyz Qwert Zxcvb", GIVEN)
    assert (divided.given, divided.family, divided.sure) == ("Xyz", "Qwert Zxcvb", False)


@pytest.mark.parametrize(
    ("header", "order"),
    [
        ("APELLIDOS, NOMBRES", FAMILY),
        ("Apellidos y Nombres", FAMILY),
        ("Last name, first name", FAMILY),
        ("Nombres y Apellidos", GIVEN),
        ("Nombre y apellido", GIVEN),
        ("Nombre completo", None),
        ("Participante", None),
    ],
)
def test_a_header_tells_the_order_of_names_or_leaves_it_open(header: str, order: NameOrder | None) -> None:
    assert order_told_by(header) is order


def test_the_names_themselves_tell_their_order() -> None:
    assert order_of("María José Hernández Mejía") > 0
    assert order_of("Hernández Mejía María José") < 0
    assert order_of("Santos Rosa") == 0


@pytest.mark.parametrize(
    ("capitals", "family", "written"),
    [
        ("MARÍA DE LOS ÁNGELES", False, "María de los Ángeles"),
        ("DE LA O GÜITY", True, "De la O Güity"),
        ("O'HARA", True, "O'Hara"),
        ("MCNAB", True, "McNab"),
        ("PÉREZ-LÓPEZ", True, "Pérez-López"),
        ("MA. JOSÉ", False, "Ma. José"),
        ("ÑÁÑEZ", True, "Ñáñez"),
    ],
)
def test_capitals_become_names(capitals: str, family: bool, written: str) -> None:
    assert is_all_capitals(capitals)
    assert recased(capitals, family=family) == written


def test_only_capitals_are_recased() -> None:
    assert not any(is_all_capitals(name) for name in ("María", "de la O", "O", "", "McNab", "jose"))


@pytest.mark.parametrize(
    ("written", "name", "rank", "titles"),
    [
        ("Sub Insp. José Núñez", "José Núñez", "Sub Insp.", ()),
        ("Cls. II Marvin Mejía", "Marvin Mejía", "Cls. II", ()),
        ("Abog. Karla Euceda", "Karla Euceda", None, ("Abog.",)),
        ("P.M. Ana Zúniga", "Ana Zúniga", None, ("P.M.",)),
        ("Sub Comisario de Policía Lic. Luis Mejía", "Luis Mejía", "Sub Comisario de Policía", ("Lic.",)),
        ("Juan Pérez, Abog.", "Juan Pérez", None, ("Abog.",)),
        ("Ma. José Paz", "Ma. José Paz", None, ()),
        ("Pérez López, Juan", "Pérez López, Juan", None, ()),
        ("Inspector", "Inspector", None, ()),
    ],
)
def test_ranks_and_titles_are_split_off(written: str, name: str, rank: str | None, titles: tuple[str, ...]) -> None:
    split = split_titles(written, known().ranks)
    assert (split.name, split.rank, split.titles) == (name, rank, titles)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Agte.", "agente"),
        ("Agente de Policía", "agente"),
        ("Cls. II", "policia-clase-ii"),
        ("CLASE 3 DE POLICIA", "policia-clase-iii"),
        ("Clase uno", "policia-clase-i"),
        ("Sub-Inspector", "subinspector"),
        ("SubInsp.", "subinspector"),
        ("Inspectora", "inspector"),
        ("Sub Comisario", "subcomisario"),
        ("Sub Comisionada", "subcomisionado"),
        ("Comisionado General", "comisionado-general"),
        ("Suboficial III", "suboficial-iii"),
        ("Fiscal", None),
        ("", None),
    ],
)
def test_ranks_have_codes_however_they_are_abbreviated(written: str, code: str | None) -> None:
    assert rank_code(written, known().ranks) == code


def test_the_lists_of_names_are_folded_and_told_apart() -> None:
    assert is_given_name(fold("Yamileth"))
    assert is_family_name(fold("Zúniga"))
    assert not is_given_name(fold("Zúniga"))
    assert not is_family_name(fold("Yamileth"))


WORDS = st.lists(
    st.sampled_from(["Ana", "José", "López", "de", "la", "O", "del", "Cid", "y", "San", "Xé", "Ma.", "O'Hara", "Mc"]),
    min_size=1,
    max_size=8,
)


@given(words=WORDS, order=st.sampled_from(list(NameOrder)), gap=st.integers(1, 3))
def test_no_word_of_a_name_is_lost_or_added(words: list[str], order: NameOrder, gap: int) -> None:
    divided = divide((" " * gap).join(words), order)
    parts = (divided.given, divided.family) if order is GIVEN else (divided.family, divided.given)
    assert " ".join(" ".join(parts).split()) == " ".join(words)


@given(st.text(max_size=60), st.sampled_from(list(NameOrder)))
def test_any_text_divides_without_losing_a_letter(text: str, order: NameOrder) -> None:
    divided = divide(text, order)
    letters = sorted("".join(text.split()).replace(",", ""))
    assert sorted("".join((divided.given + divided.family).split()).replace(",", "")) == letters


@given(st.text(alphabet="ABCÑÁÉÍÓÚÜ '-.", min_size=1, max_size=40), st.booleans())
def test_recasing_changes_nothing_but_the_case(text: str, family: bool) -> None:
    assert recased(text, family=family).casefold() == " ".join(text.split()).casefold()
