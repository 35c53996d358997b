"""`demo`, `init`, `users`, `journal`, `doctor`, `backup`, `restore`: the file itself."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from eic_tracker.clock import HONDURAS
from eic_tracker.commands import window
from eic_tracker.commands.opening import ask_password, opened
from eic_tracker.domain.accounts import FirstUser
from eic_tracker.domain.codes import FigureState, Role
from eic_tracker.domain.permissions import Action, require
from eic_tracker.errors import UserError
from eic_tracker.i18n import N_, Translator
from eic_tracker.reports.plain_text import reconciliation_text, text_table
from eic_tracker.services import users
from eic_tracker.services.new_file import NewFile, make_file, offered_totals


def demo(args: argparse.Namespace, t: Translator) -> int:
    """Build the demonstration file, run the main job on it, show the reconciliation and where everything is."""
    from eic_tracker.services.main_job import run_main_job

    if args.people < 0:
        raise UserError(N_("--people takes a number from 0 on."))

    def progress(text: str) -> None:
        print(text, file=sys.stderr, flush=True)

    done = run_main_job((args.out or Path("build/demo")).resolve(), t, people=args.people, progress=progress)
    print(reconciliation_text(done.figures, done.as_of, t))
    print()
    lines = [
        (t("Demonstration file"), done.file),
        (t("Certificates of {offering}", offering=done.offering), done.certificates[0].parent),
        (t("Roll-up workbook"), done.rollup),
        (t("Quarterly report"), done.quarterly),
        (t("Reconciliation"), done.reconciliation),
    ]
    width = max(len(name) for name, _ in lines)
    for name, path in lines:
        print(f"{name.ljust(width)}  {path}")
    status = int(any(figure.state is FigureState.UNEXPLAINED for figure in done.figures))
    if not args.no_window and window.has_display():
        sys.stdout.flush()
        window.show(done.file)
    return status


def init(args: argparse.Namespace, t: Translator) -> int:
    """Make a new file; the passwords of its administrators are asked."""
    if args.second_name and not args.second_login:
        raise UserError(N_("--second-name needs --second-login: a second administrator signs in by it."))
    totals = _totals(args.published_totals)
    password = ask_password(t("Password of {login}:", login=args.login_name))
    second = None
    if args.second_login:
        other = ask_password(t("Password of {login}:", login=args.second_login))
        second = FirstUser(args.second_login, args.second_name or args.second_login, other)
    name = args.name or args.login_name
    make_file(args.path, NewFile(args.school, args.login_name, name, password, second, totals))
    if totals:
        print(
            t.plural(
                "{count} published total is recorded; it counts nothing until its document is filed and approved.",
                "{count} published totals are recorded; they count nothing until their documents are filed and"
                " approved.",
                len(totals),
            )
        )
    print(t("{file} is ready. Who can copy the file can read it: keep it where only you can.", file=args.path))
    return 0


def _totals(asked: str) -> tuple[str, ...]:
    """The keys of the published totals that are asked for, in the order of their list."""
    offered = [figure.key for figure in offered_totals()]
    if asked.strip() == "all":
        return tuple(offered)
    wanted = [key.strip() for key in asked.split(",") if key.strip()]
    if unknown := [key for key in wanted if key not in offered]:
        raise UserError(
            N_("These are not totals that can be recorded: {keys}. There are: {known}."),
            keys=", ".join(unknown),
            known=", ".join(offered),
        )
    return tuple(key for key in offered if key in wanted)


def users_list(args: argparse.Namespace, t: Translator) -> int:
    """Show all users."""
    with opened(args, t) as file:
        rows = users.list_users(file.db, file.writer(Role.ADMINISTRATOR))
    head = [t("Login"), t("Name"), t("Role"), t("Account"), t("Until"), t("Last sign-in")]
    print(
        text_table(
            head,
            [
                [
                    row.login,
                    row.full_name,
                    row.role.value,
                    t("open") if row.active else t("ended"),
                    t.date(row.valid_to) if row.valid_to else "",
                    f"{row.last_sign_in.astimezone(HONDURAS):%Y-%m-%d %H:%M}" if row.last_sign_in else "",
                ]
                for row in rows
            ],
        )
    )
    return 0


def users_add(args: argparse.Namespace, t: Translator) -> int:
    """Add a user; first the own password is asked (not on a demonstration), then the new one."""
    with opened(args, t) as file:
        acting = file.writer(Role.ADMINISTRATOR)
        require(acting, Action.ADMINISTER)
        password = ask_password(t("Password of {login}:", login=args.login_name))
        users.add_user(
            file.db,
            acting,
            login=args.login_name,
            full_name=args.name,
            role=Role(args.role),
            password=password,
            valid_to=args.until,
            instructor=args.instructor,
        )
    print(t("User {login} added.", login=args.login_name))
    return 0


def users_password(args: argparse.Namespace, t: Translator) -> int:
    """Give a user a new password."""
    with opened(args, t) as file:
        acting = file.writer(Role.ADMINISTRATOR)
        password = ask_password(t("New password of {login}:", login=args.login_name))
        users.set_password(file.db, acting, login=args.login_name, password=password)
    print(t("The password of {login} was changed.", login=args.login_name))
    return 0


def users_end(args: argparse.Namespace, t: Translator) -> int:
    """End an account."""
    with opened(args, t) as file:
        users.set_active(file.db, file.writer(Role.ADMINISTRATOR), login=args.login_name, active=False)
    print(t("The account of {login} has ended.", login=args.login_name))
    return 0


def users_open(args: argparse.Namespace, t: Translator) -> int:
    """Open an ended account again."""
    with opened(args, t) as file:
        users.set_active(file.db, file.writer(Role.ADMINISTRATOR), login=args.login_name, active=True)
    print(t("The account of {login} is open.", login=args.login_name))
    return 0
