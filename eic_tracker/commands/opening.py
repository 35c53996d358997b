"""Which file a command works on, who acts, and which day it is."""

from __future__ import annotations

import argparse
import datetime as dt
import getpass
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from eic_tracker import paths
from eic_tracker.clock import HONDURAS, local_date, now_utc
from eic_tracker.domain.codes import Role
from eic_tracker.domain.permissions import ActingUser
from eic_tracker.errors import UserError
from eic_tracker.i18n import N_, Translator
from eic_tracker.services.sign_in import FileFacts, demonstration_user, read_file_facts, sign_in
from eic_tracker.store.database import Database, may_write

_NOBODY = ActingUser(0, "", "", Role.AUDITOR)
"""Whoever reads figures of a school's file without signing in: who can open the file can count its rows."""


@dataclass(frozen=True, slots=True)
class Opened:
    """An open file with its facts and the day that counts as today."""

    db: Database
    file: FileFacts
    today: dt.date
    login: str | None
    t: Translator

    def reader(self) -> ActingUser:
        """Who reads: the auditor of a demonstration, the named user, or anybody for figures."""
        if self.file.demonstration:
            return demonstration_user(self.db, Role.AUDITOR, self.login)
        return _NOBODY if self.login is None else self._signed_in(self.login)

    def known_reader(self) -> ActingUser:
        """Who reads what shows more than figures: on a school's file somebody who signed in."""
        if not self.file.demonstration and self.login is None:
            raise UserError(N_("Say who you are with --as USER; this shows more than figures."))
        return self.reader()

    def writer(self, role: Role) -> ActingUser:
        """Who writes: on a demonstration the user of the role that the command needs, else the named user."""
        if self.file.demonstration:
            return demonstration_user(self.db, role, self.login)
        if self.login is None:
            raise UserError(N_("Say who you are with --as USER; this command writes into the file."))
        return self._signed_in(self.login)

    def passphrase(self, acting: ActingUser) -> str | None:
        """The passphrase of who signs certificates; in a demonstration file none is asked."""
        if self.file.demonstration:
            return None
        return ask_password(self.t("Passphrase of {login}:", login=acting.login))

    def _signed_in(self, login: str) -> ActingUser:
        return sign_in(self.db, login, ask_password(self.t("Password of {login}:", login=login)))


def ask_password(prompt: str) -> str:
    """A password, asked without showing it, or the next line of standard input when nobody sits there."""
    if sys.stdin.isatty():
        return getpass.getpass(f"{prompt} ", stream=sys.stderr)
    line = sys.stdin.readline()
    if not line:
        raise UserError(N_("A password is needed: type it, or give it on standard input."))
    return line.rstrip("\r\n")


def file_path(args: argparse.Namespace) -> Path:
    """The file that the command is about."""
    return args.file if args.file is not None else paths.default_file()


@contextmanager
def opened(args: argparse.Namespace, t: Translator) -> Iterator[Opened]:
    """The file of the command, open; a demonstration lives in its own time, and a read-only disk is only read."""
    path = file_path(args)
    read_only = path.is_file() and not may_write(path)
    with Database(path, read_only=read_only) as db:
        if read_only:
            print(t("{file} is on a read-only disk or folder: it is only read.", file=path), file=sys.stderr)
        with db.read() as connection:
            file = read_file_facts(connection)
        today = args.today or file.clock or local_date(now_utc())
        if file.clock is not None:
            noon = dt.datetime.combine(file.clock, dt.time(12), HONDURAS).astimezone(dt.UTC)
            db.clock = lambda: noon
        yield Opened(db, file, today, args.login, t)
