"""`doctor`, `backup`, `restore`: is the file well, and can it come back."""

from __future__ import annotations

import argparse
from pathlib import Path

from eic_tracker.commands.opening import file_path, opened
from eic_tracker.domain.codes import Role
from eic_tracker.domain.permissions import ActingUser
from eic_tracker.errors import FileProblem
from eic_tracker.i18n import Translator
from eic_tracker.services.safekeeping import back_up, restore_copy
from eic_tracker.store.doctor import doctor as examine
from eic_tracker.store.rebuilding import rebuild_search

ADVICE = frozenset({"copies"})
"""Checks that advise: a file without a recent copy is not damaged."""


def doctor(args: argparse.Namespace, t: Translator) -> int:
    """Check the file; 1 where something is wrong."""
    if args.rebuild_search:
        rebuild_search(file_path(args))
    checks = examine(file_path(args))
    for check in checks:
        mark = t("well") if check.ok else t("advice") if check.code in ADVICE else t("WRONG")
        print(f"{mark:>8}  {t(check.message, **check.values)}")
    return int(any(not check.ok and check.code not in ADVICE for check in checks))


def backup(args: argparse.Namespace, t: Translator) -> int:
    """Make a verified copy and say where it is."""
    with opened(args, t) as file:
        path = back_up(file.db, file.writer(Role.ADMINISTRATOR), args.out)
    print(path)
    return 0


def restore(args: argparse.Namespace, t: Translator) -> int:
    """Put a copy in place; who asks signs in to the present file, or to the copy where that one cannot be opened."""
    path = file_path(args)
    done = restore_copy(args.copy, path, _administrator(args, t, path))
    print(t("{file} is restored from {copy}; journal code {code}.", file=done.path, copy=args.copy, code=done.code))
    if done.kept_aside is not None:
        print(t("The file before is kept as {file}.", file=done.kept_aside))
    return 0


def _administrator(args: argparse.Namespace, t: Translator, path: Path) -> ActingUser:
    try:
        return _writer(args, t, path)
    except FileProblem:
        return _writer(args, t, args.copy)


def _writer(args: argparse.Namespace, t: Translator, path: Path) -> ActingUser:
    with opened(argparse.Namespace(**{**vars(args), "file": path}), t) as file:
        return file.writer(Role.ADMINISTRATOR)
