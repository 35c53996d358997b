"""The people of one table: each row's values read, what is wrong with them said, what is open asked once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from eic_tracker.domain.codes import Sex
from eic_tracker.domain.names import fold
from eic_tracker.exchange import questions as q
from eic_tracker.exchange.cells import Cell
from eic_tracker.exchange.characters import oddity, without_marks
from eic_tracker.exchange.countries import country_code
from eic_tracker.exchange.dates import DateOrder, order_of_column, read_date
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
from eic_tracker.exchange.headers import Field, NameOrder, order_told_by
from eic_tracker.exchange.person_names import divide, is_all_capitals, order_of, recased
from eic_tracker.exchange.questions import Asked
from eic_tracker.exchange.ranks import rank_code, split_titles
from eic_tracker.exchange.rows import KnownTexts, PersonRow, Problem, Severity
from eic_tracker.exchange.sexes import letters_of_column, sex_of
from eic_tracker.exchange.tables import Table
from eic_tracker.i18n import N_


@dataclass(slots=True)
class Reader:
    """What holds for all rows of one table: its columns, how they are read, and what was asked of them."""

    table: Table
    known: KnownTexts
    asked: Asked
    today: dt.date
    name_order: NameOrder = NameOrder.GIVEN_FIRST
    date_order: DateOrder = DateOrder.DAY_FIRST
    m: Sex = Sex.M
    document_country: str | None = None
    document_hint: Hint = field(default_factory=Hint)


def read_people(table: Table, known: KnownTexts, asked: Asked, today: dt.date) -> list[PersonRow]:
    """The people of a table in its order; repairs are applied and told."""
    reader = Reader(table, known, asked, today)
    _settle_names(reader)
    _settle_dates(reader)
    _settle_sexes(reader)
    _settle_documents(reader)
    _settle_hidden(reader)
    return [row for number in table.rows if (row := _person(reader, number)) is not None]


def _column(reader: Reader, found: Field) -> list[Cell]:
    column = reader.table.columns.get(found)
    if column is None:
        return []
    return [cell for row in reader.table.rows if (cell := reader.table.sheet.at(row, column)) != ""]


def _header(reader: Reader, found: Field) -> str:
    return reader.table.headers.get(found, "")


_ORDERS = (NameOrder.GIVEN_FIRST.value, NameOrder.FAMILY_FIRST.value)
_PLAIN = 0.9
"""Share of the names that must tell the same order."""


def _settle_names(reader: Reader) -> None:
    header = _header(reader, Field.NAME)
    told = order_told_by(header)
    if told is not None:
        reader.name_order = told
        return
    names = [split_titles(str(cell), reader.known.ranks).name for cell in _column(reader, Field.NAME)]
    votes = [order_of(name) for name in names if "," not in name and len(name.split()) > 1]
    if not votes:
        return
    given, family = sum(1 for vote in votes if vote > 0), sum(1 for vote in votes if vote < 0)
    proposal = NameOrder.FAMILY_FIRST if family > given else NameOrder.GIVEN_FIRST
    if max(given, family) >= _PLAIN * (given + family) and max(given, family) * 3 >= len(votes):
        reader.name_order = proposal
        answer = reader.asked.told(q.NAME_ORDER, _ORDERS)
        reader.name_order = NameOrder(answer) if answer else proposal
        return
    reader.name_order = NameOrder(
        reader.asked.ask(
            q.NAME_ORDER,
            header,
            N_("Which names stand first in {column}: given names or family names?"),
            _ORDERS,
            proposal.value,
        )
    )


def _settle_dates(reader: Reader) -> None:
    found = order_of_column(_column(reader, Field.BIRTH_DATE))
    reader.date_order = found.order
    options = (DateOrder.DAY_FIRST.value, DateOrder.MONTH_FIRST.value)
    if found.open:
        answer: str | None = reader.asked.ask(
            q.DATE_ORDER,
            _header(reader, Field.BIRTH_DATE),
            N_("Is the day or the month first in the dates of {column}?"),
            options,
            found.order.value,
        )
    else:
        answer = reader.asked.told(q.DATE_ORDER, options)
    if answer:
        reader.date_order = DateOrder(answer)


def _settle_sexes(reader: Reader) -> None:
    letters = letters_of_column(str(cell) for cell in _column(reader, Field.SEX))
    reader.m = letters.m
    options = (Sex.M.value, Sex.F.value)
    if letters.open:
        answer: str | None = reader.asked.ask(
            q.SEX_M,
            _header(reader, Field.SEX),
            N_("Does M in {column} mean a man (masculino) or a woman (mujer)?"),
            options,
            letters.m.value,
        )
    else:
        answer = reader.asked.told(q.SEX_M, options)
    if answer:
        reader.m = Sex(answer)


def _settle_documents(reader: Reader) -> None:
    reader.document_hint = hint_of_header(_header(reader, Field.DOCUMENT))
    reader.document_country = reader.asked.told(q.DOCUMENT_COUNTRY, (HONDURAS, GUATEMALA))


def _settle_hidden(reader: Reader) -> None:
    hidden = [row for row in reader.table.rows if row in reader.table.sheet.hidden_rows]
    if not hidden:
        return
    answer = reader.asked.ask(
        q.HIDDEN_ROWS,
        "",
        N_("Some rows of the sheet are hidden. Take their people in, or leave them out?"),
        ("take", "leave_out"),
        "take",
    )
    if answer == "leave_out":
        reader.table.rows = [row for row in reader.table.rows if row not in reader.table.sheet.hidden_rows]


def _person(reader: Reader, row: int) -> PersonRow | None:
    values = _Values(reader, row)
    names = values.names()
    document = values.document()
    birth = values.birth_date()
    sex = values.sex()
    rank = values.rank(names.rank)
    unit = values.known_text(Field.UNIT, reader.known.units)
    institution = values.known_text(Field.INSTITUTION, reader.known.institutions)
    if document.number is None and not any(p.field == "document" for p in values.problems):
        values.warn("document", "no_document", "", N_("There is no identity document in this row."))
    values.compare_years(document, birth)
    if row in reader.table.sheet.hidden_rows and q.HIDDEN_ROWS in reader.asked.open:
        values.waits.append(q.HIDDEN_ROWS)
    return PersonRow(
        row=row + 1,
        sheet=reader.table.sheet.name,
        document=document.number,
        document_type=document.kind,
        country=document.country,
        given_names=names.given,
        family_names=names.family,
        sex=None if sex is None else sex.value,
        birth_date=birth,
        rank=rank,
        unit=unit,
        institution=institution,
        phone=values.phone(),
        police_number=values.text(Field.POLICE_NUMBER) or None,
        birth_place=values.text(Field.BIRTH_PLACE) or None,
        problems=tuple(values.problems),
        waits_for=tuple(dict.fromkeys(values.waits)),
    )


@dataclass(frozen=True, slots=True)
class _Names:
    given: str
    family: str
    rank: str | None = None


class _Values:
    """The values of one row, with the problems and open questions that reading them brings."""

    def __init__(self, reader: Reader, row: int) -> None:
        self.reader = reader
        self.row = row
        self.problems: list[Problem] = []
        self.waits: list[str] = []

    def cell(self, found: Field) -> Cell:
        column = self.reader.table.columns.get(found)
        if column is None:
            return ""
        if (self.row, column) in self.reader.table.sheet.uncalculated:
            self._add(
                found.value, Severity.ERROR, "no_value", "", None,
                N_("This formula was stored without its value. Open the file in Excel, save it, and try again."),
            )  # fmt: skip
            return ""
        return self.reader.table.sheet.at(self.row, column)

    def text(self, found: Field) -> str:
        """The text of a field without double spaces; odd signs in it are told."""
        return " ".join(self.spaced(found).split())

    def spaced(self, found: Field) -> str:
        """The text of a field as it stands; signs without a shape are taken out in sight."""
        cell = self.cell(found)
        text = cell.strip() if isinstance(cell, str) else self.reader.table.sheet.text(self.row, self._place(found))
        text = text.replace("\u00a0", " ")
        odd = oddity(text) if isinstance(cell, str) else None
        if odd is None:
            return text
        name = _SHOWN.get(found, found.value)
        if odd.proposal and odd.proposal != text:
            self._add(name, Severity.REPAIR, odd.code, text, odd.proposal, _ODD[odd.code])
            return odd.proposal
        severity = Severity.ERROR if odd.code in _REFUSED else Severity.WARNING
        self._add(name, severity, odd.code, text[:200], None, _ODD[odd.code])
        return without_marks(text) if odd.code == "control_characters" else text

    def _place(self, found: Field) -> int:
        return self.reader.table.columns.get(found, 0)

    def names(self) -> _Names:
        if Field.NAME in self.reader.table.columns and (written := self.spaced(Field.NAME)):
            return self._whole_name(written)
        given = " ".join(t for f in (Field.GIVEN, Field.SECOND_GIVEN) if (t := self.text(f)))
        family = " ".join(t for f in (Field.FAMILY, Field.SECOND_FAMILY) if (t := self.text(f)))
        first, rank = self._without_titles(given)
        if not first and not family:
            self._add("family_names", Severity.ERROR, "no_name", "", None, N_("There is no name in this row."))
        elif not family:
            self.warn("family_names", "no_family_name", given, N_("{value} has no family name."))
        return self._cased(first, family, rank)

    def _whole_name(self, written: str) -> _Names:
        name, rank = self._without_titles(written)
        if not any(ch.isalpha() for ch in name):
            self._add("family_names", Severity.ERROR, "no_name", written, None, N_("{value} is no name."))
            return _Names("", written, rank)
        order = self.reader.name_order
        divided = divide(name, order)
        if "," not in name:
            if q.NAME_ORDER in self.reader.asked.open and len(name.split()) > 1:
                self.waits.append(q.NAME_ORDER)
            elif not divided.sure:
                self.warn(
                    "given_names", "unsure_division", " ".join(name.split()),
                    N_("Read as given names {given} and family names {family}; the words do not tell it for sure."),
                    given=divided.given, family=divided.family,
                )  # fmt: skip
        if not divided.family:
            self.warn("family_names", "no_family_name", name, N_("{value} has no family name."))
        return self._cased(divided.given, divided.family, rank)

    def _without_titles(self, written: str) -> tuple[str, str | None]:
        titled = split_titles(written, self.reader.known.ranks)
        for taken in (titled.rank, *titled.titles):
            if taken:
                self.warn(
                    "rank" if taken == titled.rank else "given_names", "title_before_name", " ".join(written.split()),
                    N_("{title} beside the name is not part of it."),
                    proposal=" ".join(titled.name.split()), title=taken,
                )  # fmt: skip
        return titled.name, titled.rank

    def _cased(self, given: str, family: str, rank: str | None) -> _Names:
        """Names of capitals as people write them, told once for the row."""
        first = recased(given, family=False) if is_all_capitals(given) else given
        last = recased(family, family=True) if is_all_capitals(family) else family
        if (first, last) != (given, family):
            proposal = f"{first} {last}".strip()
            self.warn(
                "family_names" if first == given else "given_names", "capitals", f"{given} {family}".strip(),
                N_("{value} is written {proposal}."), proposal=proposal,
            )  # fmt: skip
        return _Names(first, last, rank)

    def document(self) -> ReadDocument:
        reader = self.reader
        row_hint = self._row_hint()
        found = ReadDocument()
        cell = self.cell(Field.DOCUMENT)
        if not is_placeholder(cell):
            hint = Hint(
                row_hint.country or reader.document_hint.country,
                row_hint.kind or reader.document_hint.kind,
            )
            if hint.country is None and reader.document_country:
                hint = replace(hint, country=reader.document_country)
            found = read_document(_plain(cell), hint, reader.today.year, reader.known.municipalities)
            self.problems += found.problems
            if found.unclear:
                reader.asked.ask(
                    q.DOCUMENT_COUNTRY, _header(reader, Field.DOCUMENT),
                    N_("Thirteen digits in {column} fit Guatemala too (CUI). Of which country are they?"),
                    (HONDURAS, GUATEMALA), found.country or HONDURAS,
                )  # fmt: skip
                self.waits.append(q.DOCUMENT_COUNTRY)
        passport = self.cell(Field.PASSPORT)
        if found.number is None and not found.problems and not is_placeholder(passport):
            hint = replace(hint_of_header(_header(reader, Field.PASSPORT)), country=row_hint.country)
            found = read_document(_plain(passport), hint, reader.today.year, reader.known.municipalities)
            self.problems += found.problems
        return found

    def _row_hint(self) -> Hint:
        country = self._country()
        written = self.text(Field.DOCUMENT_TYPE)
        if not written:
            return Hint(country)
        hint = hint_of_type(written)
        if hint is None and country is None:
            country = country_code(written)
            hint = Hint(country) if country else None
        if hint is None:
            self.warn("document_type", "unknown_document_type", written, N_("{value} is no type of document."))
            return Hint(country)
        return Hint(country or hint.country, hint.kind)

    def _country(self) -> str | None:
        written = self.text(Field.COUNTRY)
        country = country_code(written)
        if written and country is None:
            self.warn("country", "unknown_country", written, N_("{value} is no country."))
        return country

    def birth_date(self) -> dt.date | None:
        found = read_date(
            _plain(self.cell(Field.BIRTH_DATE)),
            self.reader.date_order,
            self.reader.today,
            from_1904=self.reader.table.sheet.from_1904,
        )
        self.problems += found.problems
        if found.ambiguous and q.DATE_ORDER in self.reader.asked.open:
            self.waits.append(q.DATE_ORDER)
        return found.day

    def sex(self) -> Sex | None:
        written = self.text(Field.SEX)
        sex = sex_of(written, self.reader.m)
        if written and sex is None and any(ch.isalnum() for ch in written):
            self.warn("sex", "unknown_sex", written, N_("{value} names no sex; it stays open."))
        if fold(written) == "m" and q.SEX_M in self.reader.asked.open:
            self.waits.append(q.SEX_M)
        return sex

    def rank(self, beside_name: str | None) -> str | None:
        written = self.text(Field.RANK) or self.text(Field.POST)
        if is_placeholder(written):
            written = ""
        code = rank_code(written, self.reader.known.ranks)
        other = rank_code(beside_name or "", self.reader.known.ranks)
        if code and other and code != other:
            self.warn(
                "rank", "two_ranks", written, N_("The column says {value}, beside the name stands {other}."),
                other=beside_name or "",
            )  # fmt: skip
        if not written:
            return other
        return code or written

    def known_text(self, found: Field, known: Mapping[str, str]) -> str | None:
        """The code of a text that was mapped before, else the text as it stands."""
        written = self.text(found)
        if not written and found is Field.UNIT:
            written = self.reader.table.sections.get(self.row, "") if self._sections_are(found) else ""
        if is_placeholder(written):
            return None
        return known.get(fold(written)) or written

    def _sections_are(self, found: Field) -> bool:
        return self.reader.asked.told("sections", ("unit", "ignore")) == found.value

    def phone(self) -> str | None:
        written = self.text(Field.PHONE)
        if is_placeholder(written):
            return None
        digits = "".join(ch for ch in written if ch.isdigit())
        if digits.startswith("504") and len(digits) == 11:
            digits = digits[3:]
        if len(digits) != 8:
            self.warn("phone", "unlikely_phone", written, N_("{value} is no telephone number of Honduras."))
            return written
        return digits

    def compare_years(self, document: ReadDocument, birth: dt.date | None) -> None:
        if document.number is None or birth is None or document.kind != NATIONAL_ID or document.country != HONDURAS:
            return
        if document.number[4:8] != f"{birth.year:04d}":
            self.warn(
                "birth_date", "birth_year_differs", birth.isoformat(),
                N_("The identity number says {year}, the date of birth {value}."), year=document.number[4:8],
            )  # fmt: skip

    def warn(
        self, name: str, code: str, value: str, message: str, proposal: str | None = None, **values: object
    ) -> None:
        self._add(name, Severity.WARNING, code, value, proposal, message, **values)

    def _add(
        self, name: str, severity: Severity, code: str, value: str, proposal: str | None, message: str, **values: object
    ) -> None:
        shown = {"value": value, **({"proposal": proposal} if proposal is not None else {}), **values}
        self.problems.append(Problem(name, severity, code, value, proposal, message, shown))


def _plain(cell: Cell) -> Cell:
    """A text without the signs that have no shape and hard spaces; they are no part of a number or date."""
    return without_marks(cell) if isinstance(cell, str) else cell


_SHOWN = {
    Field.NAME: "family_names",
    Field.SECOND_GIVEN: "given_names",
    Field.SECOND_FAMILY: "family_names",
    Field.POST: "rank",
}
_REFUSED = frozenset({"mixed_scripts", "too_long", "markup", "formula_text"})
_ODD = {
    "direction_marks": N_("{value} holds marks that turn the direction of writing; without them: {proposal}."),
    "zero_width": N_("{value} holds signs that nobody sees; without them: {proposal}."),
    "control_characters": N_("{value} holds control characters; without them: {proposal}."),
    "unreadable_letter": N_("{value} has a letter that could not be read. Type it."),
    "broken_letters": N_("{value} was broken on the way; it was {proposal}."),
    "mixed_scripts": N_("{value} mixes letters of different alphabets that look alike. Type it anew."),
    "other_script": N_("{value} is not written in Latin letters."),
    "too_long": N_("{value} is longer than such a text can be."),
    "markup": N_("{value} holds marks of a web page."),
    "formula_text": N_("{value} begins like a formula."),
}
