"""What argparse says by itself (usage, headings, errors), marked for our catalogue and shown in our language."""

from __future__ import annotations

import argparse

from eic_tracker.i18n import N_, Translator


def plural(singular: str, plural_form: str) -> tuple[str, str]:
    """Mark a message with a number for the catalogue."""
    return singular, plural_form


# Sentences of Python 3.11 to 3.14 that a person can meet; a test compares them with those of the Python it runs on.
MESSAGES = (
    N_("usage: "),
    N_("%(heading)s:"),
    N_("options"),
    N_("positional arguments"),
    N_("show this help message and exit"),
    N_("show program's version number and exit"),
    N_(" (default: %(default)s)"),
    N_("%(prog)s: error: %(message)s\n"),
    N_("%(prog)s: warning: %(message)s\n"),
    N_("argument %(argument_name)s: %(message)s"),
    N_("ambiguous option: %(option)s could match %(matches)s"),
    N_("argument '%(argument_name)s' is deprecated"),
    N_("command '%(parser_name)s' is deprecated"),
    N_("option '%(option)s' is deprecated"),
    N_("can't open '%(filename)s': %(error)s"),
    N_("expected at least one argument"),
    N_("expected at most one argument"),
    N_("expected one argument"),
    N_("ignored explicit argument %r"),
    N_("invalid %(type)s value: %(value)r"),
    N_("invalid choice: %(value)r (choose from %(choices)s)"),
    N_("invalid choice: %(value)r, maybe you meant %(suggestion)r? (choose from %(choices)s)"),
    N_("not allowed with argument %s"),
    N_("one of the arguments %s is required"),
    N_("the following arguments are required: %s"),
    N_("unexpected option string: %s"),
    N_("unknown parser %(parser_name)r (choices: %(choices)s)"),
    N_("unrecognized arguments: %s"),
)
PLURALS = (plural("expected %s argument", "expected %s arguments"),)


def translate_argparse(t: Translator) -> None:
    """Let argparse speak the language of `t`; call it before a parser is built, for headings are looked up then.

    argparse looks its texts up in its own names `_` and `ngettext`, bound when it was imported.
    """
    vars(argparse).update(_=t, ngettext=t.plural)
