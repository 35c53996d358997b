"""The words of the commands that check certificates, and of what others check them by."""

from __future__ import annotations

from pathlib import Path

from eic_tracker.commands.paper_arguments import Groups
from eic_tracker.i18n import Translator


def add_verify_commands(commands: Groups, t: Translator) -> None:
    """`certificates verify`, `certificates trust export|import`, `certificates verifier`."""
    check = commands.add(
        "verify",
        "verify.verify",
        t("check a certificate: PDF, picture, code, number; status 0 only where it is valid"),
        t(
            "“-”: one a line on standard input, a list is answered. JSON: state (valid, not_yet_valid, annulled, "
            "replaced, paper_book, unknown_key, invalid), demo, list_old, list_age_days, reason, number, name, course, "
            "date, hours, kind, issuer, telephone_code; null where the signature does not hold; book and folio of a "
            "paper book, others (the same of further paper books that bear the number)."
        ),
    )
    check.add_argument("what", metavar=t("FILE|CODE|NUMBER|-"))
    check.add_argument(
        "--trust", type=Path, metavar=t("FILE"), help=t("check by this list alone; no file of the program is needed")
    )
    check.add_argument("--json", action="store_true", help=t("answer as JSON"))
    trust = commands.group("trust", t("lists by which certificates are checked far from the school"))
    out = trust.add("export", "verify.trust_export", t("sign a new list of signatures and annulments; a manager"))
    out.add_argument("--out", type=Path, required=True, metavar=t("FILE.cose"))
    taken = trust.add("import", "verify.trust_import", t("take in the list of another school; a manager"))
    taken.add_argument("list", type=Path, metavar=t("FILE.cose"))
    taken.add_argument(
        "--fingerprint",
        metavar=t("CODE"),
        help=t("of the first list of a school: its 16 characters, told by telephone"),
    )
    page = commands.add("verifier", "papers.verifier", t("write the page by which anybody checks certificates"))
    page.add_argument("--out", type=Path, required=True, metavar="verificar.html")
    page.add_argument(
        "--telephone", default="", metavar=t("TEXT"), help=t("whom to call in doubt; else the number of the settings")
    )
