"""Errors that are told to the person: what happened, where, and what to do."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from eic_tracker.i18n import Translator


class UserError(Exception):
    """Wrong use or bad input, told in one sentence; the command line ends with status 2."""

    exit_status = 2

    def __init__(self, message: str, **values: object) -> None:
        super().__init__(message.format(**values))
        self.message = message
        self.values = values

    def text(self, t: Translator) -> str:
        """The sentence in the language of `t`, its days as people write them."""
        days = {name: t.date(value) for name, value in self.values.items() if type(value) is dt.date}
        return t(self.message, **{**self.values, **days})

    def __reduce__(self) -> tuple[object, ...]:
        """Travels between processes as it is, whatever the constructor of its class asks for."""
        return _made_anew, (type(self), str(self), vars(self))


def _made_anew(kind: type[UserError], said: str, held: dict[str, object]) -> UserError:
    error = kind.__new__(kind, said)
    vars(error).update(held)
    return error


class Refused(UserError):
    """A rule or a missing right says no; nothing was changed. The command line ends with status 1."""

    exit_status = 1


class FileProblem(UserError):
    """A file that cannot be used (foreign, damaged, newer, locked, full disk); it was left as it is."""
