"""The words of the commands of the programme that counts by head."""

from __future__ import annotations

from pathlib import Path

from eic_tracker.commands.course_arguments import Commands
from eic_tracker.domain.facts import COVERED_BY
from eic_tracker.i18n import Translator


def add_great_commands(commands: Commands, t: Translator) -> None:
    """`great` workbook, certificates, sheets, coverage, purge-names and officers."""
    great = commands.group("great", t("papers and workbooks of G.R.E.A.T."))
    workbook = great.add(
        "workbook",
        "great.workbook",
        t("write the monthly workbook of an officer"),
        t(
            "It has the lessons that are next in each class group; filled in, “import --as-kind class-groups” takes "
            "it back."
        ),
    )
    workbook.add_argument("--officer", required=True, metavar=t("CODE"), help=t("the officer, by code"))
    workbook.add_argument("--month", required=True, metavar="YYYY-MM", help=t("the month, as 2019-06"))
    workbook.add_argument("--out", type=Path, required=True, metavar=t("FILE.xlsx"))
    certificates = great.add(
        "certificates",
        "great.certificates",
        t("write pupils' certificates; no name is kept, the journal holds how many"),
    )
    certificates.add_argument("--group", required=True, metavar=t("CODE"), help=t("the class group"))
    which = certificates.add_mutually_exclusive_group(required=True)
    which.add_argument("--blank", type=int, metavar="N", help=t("so many with a line for the name"))
    which.add_argument("--names", metavar=t("FILE"), help=t("a text with a name on each line; - reads standard input"))
    certificates.add_argument("--out", type=Path, required=True, metavar=t("FILE.pdf"))
    group_sheets = great.add("sheets", "great.sheets", t("write the sheets of class groups for their schools"))
    group_sheets.add_argument("--group", required=True, action="append", metavar=t("CODE"), help=t("a class group"))
    group_sheets.add_argument("--out", type=Path, required=True, metavar=t("FILE.pdf"))
    covered = great.add(
        "coverage",
        "great.coverage",
        t("write the coverage as a workbook"),
        t("For third parties (public) numbers below five are left out, and those that would tell them."),
    )
    covered.add_argument("--by", required=True, choices=[each.value for each in COVERED_BY], help=t("what it is by"))
    covered.add_argument("--year", type=int, metavar=t("YEAR"), help=t("a calendar year; else all"))
    covered.add_argument("--audience", choices=["inl", "school", "public"], default="school", help=t("who receives it"))
    covered.add_argument("--out", type=Path, required=True, metavar=t("FILE.xlsx"))
    purge = great.add(
        "purge-names",
        "great.purge_names",
        t("take the names of pupils that a programme keeps out of the file for good"),
        t("This cannot be undone; copies of the file made before still hold them. It prints how many were purged."),
    )
    purge.add_argument("--reason", required=True, metavar=t("TEXT"), help=t("why; it stands in the journal"))
    officers = great.add(
        "officers",
        "great.officers",
        t("list what each officer gave in a period, and who has not reported"),
        t(
            "Officers stand by their codes. Status 1 with --owing when an active officer with open class groups told "
            "of no lesson. JSON: a list of code, active, unit, certifications (curriculum, until), accredited_until, "
            "groups, lessons, last_lesson_on, open_groups, owes."
        ),
    )
    officers.add_argument("--period", required=True, metavar=t("PERIOD"), help=t("a month, quarter or year: 2019-06"))
    officers.add_argument("--owing", action="store_true", help=t("only those who have not reported"))
    officers.add_argument("--json", action="store_true", help=t("answer as JSON"))
