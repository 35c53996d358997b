"""What only a person can say of a list: one question for a column, with the options and what is proposed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from eic_tracker.errors import UserError
from eic_tracker.exchange.rows import Question
from eic_tracker.i18n import N_

NAME_ORDER, DATE_ORDER, SEX_M, DOCUMENT_COUNTRY, HIDDEN_ROWS = (
    "name_order",
    "date_order",
    "sex_m",
    "document_country",
    "hidden_rows",
)


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
                N_("{answer} does not answer {key}; the answers are: {options}."),
                answer=answer,
                key=key,
                options=", ".join(options),
            )
        return answer

    def told(self, key: str, options: tuple[str, ...]) -> str | None:
        """An answer that was given without being asked for."""
        return self.ask(key, "", "", options, "") if key in self.answers else None
