"""What only a person can say of a list: one question for a column, with the options and what is proposed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from eic_tracker.errors import UserError
from eic_tracker.exchange.rows import Question

NAME_ORDER = "name_order"
NAME_LINES = "name_lines"
DATE_ORDER = "date_order"
SWAPPED_DATES = "swapped_dates"
SEX_M = "sex_m"
DOCUMENT_COUNTRY = "document_country"
HIDDEN_ROWS = "hidden_rows"
SECTIONS = "sections"
"""Never asked: who wants titles between people as their unit says so."""
SHEET = "sheet"


@dataclass(slots=True)
class Asked:
    """The answers given, and the questions that are open or were answered."""

    answers: Mapping[str, str]
    open: dict[str, Question] = field(default_factory=dict)

    def ask(self, key: str, column: str, message: str, options: tuple[str, ...], proposal: str) -> str:
        """The answer, else the proposal with the question noted; UserError where the answer is none of the options."""
        answer = self.answers.get(key)
        if answer is None:
            self.open.setdefault(key, Question(key, column, message, options, proposal, {"column": column}))
            return proposal
        if answer not in options:
            raise UserError(
                "{answer} does not answer {key}; the answers are: {options}.",
                answer=answer,
                key=key,
                options=", ".join(options),
            )
        return answer

    def told(self, key: str, options: tuple[str, ...]) -> str | None:
        """An answer that was given without being asked for."""
        return self.ask(key, "", "", options, "") if key in self.answers else None
