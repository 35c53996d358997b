"""The values of one row of a list, each with what is wrong with it and the questions that it hangs on."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace

from eic_tracker.domain.codes import Sex
from eic_tracker.domain.names import fold
from eic_tracker.exchange.by_hand import TYPED
from eic_tracker.exchange.cells import Cell
from eic_tracker.exchange.characters import ODD, REFUSED, oddity, without_marks
from eic_tracker.exchange.column_rules import ColumnRules
from eic_tracker.exchange.countries import country_code, country_named_in
from eic_tracker.exchange.dates import DateOrder, read_date
from eic_tracker.exchange.documents import (
    GUATEMALA,
    HONDURAS,
    NATIONAL_ID,
    Hint,
    ReadDocument,
    hint_of_header,
    hint_of_type,
    is_placeholder,
    read_document,
)
from eic_tracker.exchange.headers import Field, NameOrder
from eic_tracker.exchange.person_names import divide, is_all_capitals, order_of, recased
from eic_tracker.exchange.questions import DATE_ORDER, DOCUMENT_COUNTRY, NAME_LINES, NAME_ORDER, SEX_M, SWAPPED_DATES
from eic_tracker.exchange.ranks import rank_code, split_titles
from eic_tracker.exchange.rows import Problem, Severity
from eic_tracker.exchange.sexes import sex_of
from eic_tracker.i18n import N_

_SHOWN_AS = {
    Field.NAME: "family_names",
    Field.SECOND_GIVEN: "given_names",
    Field.SECOND_FAMILY: "family_names",
    Field.POST: "rank",
    Field.PASSPORT: "document",
}
_CARRIED = frozenset(
    {Field.UNIT, Field.INSTITUTION, Field.RANK, Field.POST, Field.COUNTRY, Field.DOCUMENT_TYPE, Field.SEX}
)
"""Fields whose merged cell holds for all the rows that it covers."""
_UNMARKED = frozenset({"", "0", "no", "n"})
_NOTHING_TYPED: Mapping[str, str] = {}
_NAMED = (Field.NAME, Field.GIVEN, Field.SECOND_GIVEN, Field.FAMILY, Field.SECOND_FAMILY)
_THIRD = "x"
"""In a column of sexes it stands for none of them, not for a cell that was left empty."""
_LONGEST_SHOWN = 200
_CONTRARY = 2
"""A name whose both ends tell the other order."""


@dataclass(frozen=True, slots=True)
class Names:
    """A person's names, and the rank that stood beside them."""

    given: str
    family: str
    rank: str | None = None


class RowValues:
    """Reads one row; `problems` and `waits` grow with what is read."""

    def __init__(self, rules: ColumnRules, row: int, typed: Mapping[str, str] = _NOTHING_TYPED) -> None:
        self._rules = rules
        self._row = row
        self._sheet = rules.table.sheet
        self._columns = rules.table.columns
        self._typed = {Field(name): text for name, text in typed.items()}
        self.problems: list[Problem] = []
        self.waits: list[str] = []

    def _has(self, found: Field) -> bool:
        return found in self._typed or found in self._columns

    def written(self) -> dict[str, str]:
        """The cells of the row as they stand in the list, by field."""
        texts = ((found, self.raw(found)) for found in self._columns if found is not Field.OTHER)
        return {found.value: text for found, text in texts if text}

    def written_name(self) -> str:
        """The name as it stands in the list, whole or from its columns."""
        return " ".join(text for found in _NAMED if (text := " ".join(self.raw(found).split())))

    def typed_over(self) -> list[Problem]:
        """What was typed over values of the list, with what stands there."""
        told = []
        for found, text in self._typed.items():
            before = self.raw(found) or (self.written_name() if found in _NAMED else "")
            message = N_("Typed here: {proposal}. The list says: {value}.")
            told.append(
                Problem(
                    found.value, Severity.REPAIR, TYPED, before[:_LONGEST_SHOWN], text, message,
                    {"value": before[:_LONGEST_SHOWN] or "—", "proposal": text},
                )
            )  # fmt: skip
        return told

    def _cell(self, found: Field) -> Cell:
        if found in self._typed:
            return self._typed[found]
        column = self._columns.get(found)
        if column is None:
            return ""
        if found is Field.NAME and (lines := self._rules.continued.get(self._row)):
            return " ".join(self._sheet.text(row, column) for row in (self._row, *lines))
        place = (self._row, column)
        if found in _CARRIED:
            place = self._rules.carried.get(place, place)
        if place in self._sheet.uncalculated:
            message = N_("This formula was stored without its value. Open the file in Excel, save it, and try again.")
            self._add(_SHOWN_AS.get(found, found.value), Severity.ERROR, "no_value", "", None, message)
            return ""
        return self._sheet.at(*place)

    def text(self, found: Field) -> str:
        """The text of a field without double spaces; odd signs in it are told."""
        if not self._has(found):
            return ""
        return " ".join(self._spaced(found).split())

    def _spaced(self, found: Field) -> str:
        """The text of a field as it stands; signs without a shape are taken out in sight."""
        cell = self._cell(found)
        if not isinstance(cell, str):
            column = self._columns.get(found)
            return "" if column is None else self._sheet.text(self._row, column)
        text = cell.strip() if cell.isascii() else unicodedata.normalize("NFC", cell).replace("\u00a0", " ").strip()
        odd = oddity(text)
        if odd is None or (odd.code == "formula_text" and found is Field.PHONE):
            return text
        return self._told(_SHOWN_AS.get(found, found.value), text, odd.code, odd.proposal)

    def _told(self, name: str, text: str, code: str, proposal: str | None) -> str:
        shown = text[:_LONGEST_SHOWN]
        if proposal is not None:
            self._add(name, Severity.REPAIR, code, shown, proposal, ODD[code])
            return proposal
        self._add(name, Severity.ERROR if code in REFUSED else Severity.WARNING, code, shown, None, ODD[code])
        return text

    def names(self) -> Names:
        """Given and family names, whole or in columns of their own."""
        by_hand = self._typed.keys() & {Field.GIVEN, Field.FAMILY}
        if not by_hand and Field.NAME in self._columns and (written := self._spaced(Field.NAME)):
            return self._whole_name(written)
        given = self._parts(Field.GIVEN, Field.SECOND_GIVEN)
        family = self._parts(Field.FAMILY, Field.SECOND_FAMILY)
        given, rank = self._without_titles(given)
        if not any(ch.isalpha() for ch in given + family):
            self._add("family_names", Severity.ERROR, "no_name", given, None, N_("There is no name in this row."))
        elif not family:
            self.warn("family_names", "no_family_name", given, N_("{value} has no family name."))
        elif not given:
            self.warn("given_names", "no_given_name", family, N_("{value} has no given name."))
        return self._cased(given, family, rank)

    def _parts(self, first: Field, second: Field) -> str:
        """Both names together; what was typed is all of them."""
        fields = (first,) if first in self._typed else (first, second)
        return " ".join(text for found in fields if (text := self.text(found)))

    def _whole_name(self, written: str) -> Names:
        name, rank = self._without_titles(written)
        if not any(ch.isalpha() for ch in name):
            self._add("family_names", Severity.ERROR, "no_name", written, None, N_("{value} is no name."))
            return Names("", written, rank)
        if self._row in self._rules.continued and NAME_LINES in self._rules.asked.open:
            self.waits.append(NAME_LINES)
        divided = divide(name, self._rules.name_order, self._rules.comma_order)
        plain = " ".join(name.split())
        if not divided.told and len(plain.split()) > 1:
            self._doubt_order(plain, sure=divided.sure, given=divided.given, family=divided.family)
        if not divided.family:
            self.warn("family_names", "no_family_name", plain, N_("{value} has no family name."))
        return self._cased(divided.given, divided.family, rank)

    def _doubt_order(self, name: str, *, sure: bool, given: str, family: str) -> None:
        if NAME_ORDER in self._rules.asked.open:
            self.waits.append(NAME_ORDER)
            return
        told = order_of(name) * (1 if self._rules.name_order is NameOrder.GIVEN_FIRST else -1)
        if told <= -_CONTRARY:
            message = N_("Given and family names of {value} seem to stand in another order than those of the others.")
            self.warn("given_names", "other_order", name, message)
        elif not sure:
            message = N_("Read as {given} (given names) and {family} (family names); the words alone do not tell it.")
            self.warn("given_names", "unsure_division", name, message, given=given, family=family)

    def _without_titles(self, written: str) -> tuple[str, str | None]:
        titled = split_titles(written, self._rules.known.ranks)
        taken = [text for text in (titled.rank, *titled.titles) if text]
        if taken:
            message = N_("{title} stands beside the name and is no part of it.")
            self.warn(
                "rank" if titled.rank else "given_names", "title_beside_name", " ".join(written.split()), message,
                proposal=" ".join(titled.name.split()), title=", ".join(taken),
            )  # fmt: skip
        return titled.name, titled.rank

    def _cased(self, given: str, family: str, rank: str | None) -> Names:
        """Names of capitals as people write them, told once for the row."""
        first = recased(given, family=False) if is_all_capitals(given) else given
        last = recased(family, family=True) if is_all_capitals(family) else family
        if (first, last) != (given, family):
            name = "family_names" if first == given else "given_names"
            message = N_("{value} is written {proposal}.")
            self.warn(name, "capitals", f"{given} {family}".strip(), message, f"{first} {last}".strip())
        return Names(first, last, rank)

    def document(self) -> ReadDocument:
        """The identity document, a passport where there is no other."""
        rules, row_hint = self._rules, self._row_hint()
        cell = self._seen(Field.DOCUMENT)
        found = ReadDocument()
        if not is_placeholder(cell):
            header = rules.document_hint
            hint = Hint(row_hint.country, row_hint.kind or header.kind, header.country or row_hint.likely)
            if hint.country is None and rules.document_country:
                hint = replace(hint, country=rules.document_country)
            found = read_document(cell, hint, rules.today.year, rules.known.municipalities)
            self.problems += found.problems
            if found.unclear:
                message = N_("Numbers of 13 digits in {column} may be of Guatemala (CUI). Which country are they of?")
                options = (HONDURAS, GUATEMALA)
                header_text = rules.header(Field.DOCUMENT)
                rules.asked.ask(DOCUMENT_COUNTRY, header_text, message, options, found.country or HONDURAS)
                self.waits.append(DOCUMENT_COUNTRY)
        passport = "" if Field.DOCUMENT in self._typed else self._seen(Field.PASSPORT)
        if found.number is None and not found.problems and not is_placeholder(passport):
            hint = replace(hint_of_header(rules.header(Field.PASSPORT)), country=row_hint.country)
            found = read_document(passport, hint, rules.today.year, rules.known.municipalities)
            self.problems += found.problems
        if found.number is None and not any(problem.field == "document" for problem in self.problems):
            self.warn("document", "no_document", "", N_("There is no identity document in this row."))
        return found

    def _seen(self, found: Field) -> Cell:
        """A number or date without signs that have no shape, which are told."""
        if not self._has(found):
            return ""
        cell = self._cell(found)
        if not isinstance(cell, str):
            return cell
        text = cell.replace("\u00a0", " ").strip()
        odd = oddity(text)
        if odd is not None and odd.proposal is not None:
            return self._told(_SHOWN_AS.get(found, found.value), text, odd.code, odd.proposal)
        return without_marks(text)

    def _row_hint(self) -> Hint:
        country = self._country()
        written = self.text(Field.DOCUMENT_TYPE)
        likely = country_named_in(self.raw(Field.INSTITUTION)) or country_named_in(self.raw(Field.UNIT))
        if not written:
            return Hint(country, None, likely)
        hint = hint_of_type(written)
        if hint is None:
            other = country_code(written)
            if other is None:
                self.warn("document_type", "unknown_document_type", written, N_("{value} is no type of document."))
            return Hint(country or other, None, likely)
        return Hint(country or hint.country, hint.kind, likely)

    def raw(self, found: Field) -> str:
        """The text of a field, without a look at what is odd in it."""
        column = self._columns.get(found)
        return "" if column is None else self._sheet.text(self._row, column)

    def _country(self) -> str | None:
        written = self.text(Field.COUNTRY)
        country = country_code(written)
        if written and country is None and not is_placeholder(written):
            self.warn("country", "unknown_country", written, N_("{value} is no country."))
        return country

    def birth_date(self) -> dt.date | None:
        """The date of birth, in one cell or in three."""
        rules = self._rules
        cell = self._seen(Field.BIRTH_DATE)
        if Field.BIRTH_DATE in self._typed:
            typed = read_date(cell, DateOrder.DAY_FIRST, rules.today)
            self.problems += typed.problems
            return typed.day
        if Field.BIRTH_YEAR in self._columns:
            parts = [self.raw(part) for part in (Field.BIRTH_DAY, Field.BIRTH_MONTH, Field.BIRTH_YEAR)]
            cell = "/".join(parts) if parts[1].isdigit() else " ".join(parts)
        found = read_date(
            cell, rules.date_order, rules.today, from_1904=self._sheet.from_1904, swap=rules.swap_dates
        )  # fmt: skip
        self.problems += found.problems
        if found.ambiguous and DATE_ORDER in rules.asked.open:
            self.waits.append(DATE_ORDER)
        if isinstance(cell, dt.date) and SWAPPED_DATES in rules.asked.open:
            self.waits.append(SWAPPED_DATES)
        return found.day

    def sex(self) -> Sex | None:
        """The sex that a letter, a word or a mark below F, M or H says."""
        if Field.SEX in self._typed:
            return self._typed_sex()
        marked = [part for part in (Field.SEX_F, Field.SEX_M, Field.SEX_H) if fold(self.raw(part)) not in _UNMARKED]
        if len(marked) == 1:
            if marked[0] is Field.SEX_M:
                return Sex.F if Field.SEX_H in self._columns else Sex.M
            return Sex.F if marked[0] is Field.SEX_F else Sex.M
        if marked:
            self.warn("sex", "two_sexes", "", N_("More than one sex is marked; it stays open."))
            return None
        written = self.text(Field.SEX)
        sex = sex_of(written, self._rules.m)
        if sex is None and (fold(written) == _THIRD or not is_placeholder(written)):
            self.warn("sex", "unknown_sex", written, N_("{value} names no sex; it stays open."))
        if fold(written) == "m" and SEX_M in self._rules.asked.open:
            self.waits.append(SEX_M)
        return sex

    def _typed_sex(self) -> Sex | None:
        """Typed here M is a man, as everywhere in the program."""
        written = self.text(Field.SEX)
        sex = sex_of(written, Sex.M)
        if sex is None and written:
            self.warn("sex", "unknown_sex", written, N_("{value} names no sex; it stays open."))
        return sex

    def rank(self, beside_name: str | None) -> str | None:
        """The code of the rank in its column or beside the name, else the text as it stands."""
        written = self.text(Field.RANK) or self.text(Field.POST)
        ranks = self._rules.known.ranks
        code, other = rank_code(written, ranks), rank_code(beside_name or "", ranks)
        if is_placeholder(written):
            return other or beside_name
        if code and other and code != other:
            message = N_("The column says {value}, beside the name stands {other}.")
            self.warn("rank", "two_ranks", written, message, other=beside_name or "")
        return code or written

    def mapped(self, found: Field, known: Mapping[str, str]) -> str | None:
        """The code of a unit or institution that was mapped before, else the text as it stands."""
        written = self.text(found)
        if not written and self._rules.sections_are is found:
            written = self._rules.table.sections.get(self._row, "")
        return None if is_placeholder(written) else known.get(fold(written)) or written

    def phone(self) -> str | None:
        """Eight digits of a telephone in Honduras, else the text as it stands."""
        written = self.text(Field.PHONE)
        if is_placeholder(written):
            return None
        digits = "".join(ch for ch in written if ch.isdigit())
        if digits.startswith("504") and len(digits) == 11:
            digits = digits[3:]
        if len(digits) == 8 and not any(ch.isalpha() for ch in written):
            return digits
        self.warn("phone", "unlikely_phone", written, N_("{value} is no telephone number of Honduras."))
        return written

    def plain(self, found: Field) -> str | None:
        """A text that is kept as it stands."""
        written = self.text(found)
        return None if is_placeholder(written) else written

    def compare_years(self, document: ReadDocument, birth: dt.date | None) -> None:
        """The national number of Honduras holds the year of birth."""
        if document.number is None or birth is None or document.kind != NATIONAL_ID or document.country != HONDURAS:
            return
        year = document.number[4:8]
        if year != f"{birth.year:04d}" and not any(problem.code == "unlikely_year" for problem in self.problems):
            message = N_("The identity number says {year}, the date of birth {value}.")
            self.warn("birth_date", "birth_year_differs", birth.isoformat(), message, year=year)

    def warn(
        self, name: str, code: str, value: str, message: str, proposal: str | None = None, **values: object
    ) -> None:
        """A warning on a field of this row."""
        self._add(name, Severity.WARNING, code, value, proposal, message, **values)

    def _add(
        self, name: str, severity: Severity, code: str, value: str, proposal: str | None, message: str, **values: object
    ) -> None:
        shown = {"value": value, "proposal": proposal or "", **values}
        self.problems.append(Problem(name, severity, code, value, proposal, message, shown))
