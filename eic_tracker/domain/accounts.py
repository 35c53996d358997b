"""What is wrong with an account: its login, its name, its password, its last day."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as attribute

from eic_tracker.domain.codes import Role
from eic_tracker.domain.drafts import DraftProblem, date_problems, tidy, writable
from eic_tracker.domain.names import fold
from eic_tracker.i18n import N_

SHORTEST_PASSWORD = 10
SHORTEST_PASSPHRASE = 12

_LOGIN = re.compile(r"[\w.-]{2,40}")
_LONGEST_NAME = 120
_COMMON = frozenset({"1234567890", "0123456789", "contraseña", "contrasena", "password12", "qwertyuiop", "honduras12"})

USER_LABELS: Mapping[str, str] = {
    "full_name": N_("Name"),
    "role": N_("Role"),
    "instructor_id": N_("Instructor"),
    "valid_to": N_("Last day"),
}
"""The fields of an account that change; the login stays, for the journal names people by it."""


@dataclass(frozen=True, slots=True)
class UserDraft:
    """An account as a form hands it over: `id` None and a password for a new one, else `original` as it was read."""

    login: str
    full_name: str
    role: Role
    instructor_id: int | None = None
    valid_to: dt.date | None = None
    password: str = attribute(default="", repr=False)
    id: int | None = None
    original: Mapping[str, object] | None = None

    @property
    def values(self) -> dict[str, object]:
        """The fields that can change, tidied."""
        return {
            "full_name": tidy(self.full_name),
            "role": self.role,
            "instructor_id": self.instructor_id,
            "valid_to": self.valid_to,
        }


@dataclass(frozen=True, slots=True)
class FirstUser:
    """One of the administrators with whom a new file begins."""

    login: str
    full_name: str
    password: str = attribute(repr=False)


def login_problems(login: str, field: str = "login") -> tuple[DraftProblem, ...]:
    """A login is one plain word."""
    if _LOGIN.fullmatch(login) is None:
        message = N_("“{login}” cannot be a login: two to forty letters, digits, points or dashes, no spaces.")
        return (DraftProblem(field, message, {"login": login}),)
    return ()


def name_problems(full_name: str, login: str, field: str = "full_name") -> tuple[DraftProblem, ...]:
    """A person has a name that can be written."""
    if not fold(full_name):
        message = N_("The user “{login}” needs a name as people write it.")
        return (DraftProblem(field, message, {"login": login}),)
    if len(tidy(full_name)) > _LONGEST_NAME or not writable(tidy(full_name)):
        return (DraftProblem(field, N_("This holds characters that cannot be kept or printed, or is too long.")),)
    return ()


def password_problems(password: str, login: str, field: str = "password") -> tuple[DraftProblem, ...]:
    """A password is long enough and not among the first that anybody tries."""
    if len(password) < SHORTEST_PASSWORD:
        message = N_("The password of “{login}” is too short: at least {length} characters are needed.")
        return (DraftProblem(field, message, {"login": login, "length": SHORTEST_PASSWORD}),)
    if password.casefold() in _COMMON or len(set(password)) < 4 or password.casefold() == login.casefold():
        message = N_("The password of “{login}” is too easy to guess; choose another.")
        return (DraftProblem(field, message, {"login": login}),)
    return ()


def passphrase_problems(passphrase: str, login: str, field: str = "passphrase") -> tuple[DraftProblem, ...]:
    """A passphrase that locks a signature of the school is longer than a password and as hard to guess."""
    if len(passphrase) < SHORTEST_PASSPHRASE:
        message = N_("The passphrase is too short: at least {length} characters are needed, such as four words.")
        return (DraftProblem(field, message, {"length": SHORTEST_PASSPHRASE}),)
    if passphrase.casefold() in _COMMON or len(set(passphrase)) < 5 or login.casefold() in passphrase.casefold():
        return (DraftProblem(field, N_("The passphrase is too easy to guess; choose another.")),)
    return ()


def user_problems(draft: UserDraft, today: dt.date) -> tuple[DraftProblem, ...]:
    """What is wrong with an account on its own, in the order of the form."""
    new = draft.id is None
    problems = [
        *(login_problems(draft.login) if new else ()),
        *name_problems(draft.full_name, draft.login),
        *date_problems("valid_to", draft.valid_to),
        *(password_problems(draft.password, draft.login) if new else ()),
    ]
    before = draft.original or {}
    unchanged = all(before.get(name) == draft.values[name] for name in ("role", "instructor_id"))
    if draft.role is Role.INSTRUCTOR and draft.instructor_id is None and (new or not unchanged):
        message = N_("Choose the instructor whose courses “{login}” sees; without one the account sees none.")
        problems.append(DraftProblem("instructor_id", message, {"login": draft.login}))
    known = before.get("valid_to")
    if draft.valid_to is not None and draft.valid_to != known and draft.valid_to < today:
        message = N_("The last day of “{login}” is past already; choose a later one.")
        problems.append(DraftProblem("valid_to", message, {"login": draft.login}))
    return tuple(problems)


def first_user_problems(first: FirstUser, second: FirstUser | None) -> tuple[DraftProblem, ...]:
    """What is wrong with the administrators of a new file: two different people, each with an own password.

    Fields of the second are named `second_login`, `second_full_name`, `second_password`."""
    problems = list(_one(first, ""))
    if second is not None:
        problems.extend(_one(second, "second_"))
        if first.login.casefold() == second.login.casefold():
            message = N_("The login “{login}” is taken; choose another.")
            problems.append(DraftProblem("second_login", message, {"login": second.login}))
        if fold(second.full_name) and fold(first.full_name) == fold(second.full_name):
            message = N_("The second administrator is another person: one may be ill, move away or forget.")
            problems.append(DraftProblem("second_full_name", message))
        if first.password and first.password == second.password:
            message = N_("Each administrator chooses an own password; nobody knows that of the other.")
            problems.append(DraftProblem("second_password", message))
    return tuple(problems)


def _one(user: FirstUser, prefix: str) -> tuple[DraftProblem, ...]:
    return (
        *name_problems(user.full_name, user.login, f"{prefix}full_name"),
        *login_problems(user.login, f"{prefix}login"),
        *password_problems(user.password, user.login, f"{prefix}password"),
    )
