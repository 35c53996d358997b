"""What can be done anywhere in the window, with its keys: international ones and those of Spanish Office."""

from __future__ import annotations

from eic_tracker.gui.commands import Command
from eic_tracker.i18n import N_

FILE, EDIT, VIEW, GO, HELP = "file", "edit", "view", "go", "help"
ALWAYS = frozenset({"open_file", "quit", "about", "help", "shortcuts"})
"""Commands that work before anybody has signed in, too."""

MENUS = {FILE: N_("&File"), EDIT: N_("&Edit"), VIEW: N_("&View"), GO: N_("&Go"), HELP: N_("&Help")}

WINDOW_COMMANDS = (
    Command(
        "new_offering",
        N_("Enter a course given…"),
        FILE,
        ("Ctrl+N", "Ctrl+U"),
        "plus",
        N_("new course, edition, open a course"),
    ),
    Command(
        "import_list",
        N_("Import a list…"),
        FILE,
        ("Ctrl+I",),
        "table",
        N_("roster, Excel, paste, list of participants"),
    ),
    Command(
        "whole_workbook",
        N_("Several lists at once…"),
        FILE,
        (),
        "table",
        N_("workbook, one course per sheet, folder, past courses"),
    ),
    Command(
        "group_lists",
        N_("Lists of class groups…"),
        FILE,
        (),
        "table",
        N_("G.R.E.A.T., class list, monthly workbook, message, WhatsApp"),
    ),
    Command("new_person", N_("Enter a person…"), FILE, (), "user", N_("new person, participant")),
    Command(
        "new_class_groups",
        N_("Enter class groups…"),
        FILE,
        (),
        "school",
        N_("G.R.E.A.T., classes, pupils, card, sheet"),
    ),
    Command("lessons", N_("Lesson of several class groups…"), FILE, (), "school", N_("G.R.E.A.T., today, attendance")),
    Command("new_school", N_("Enter a school…"), FILE, (), "school", N_("G.R.E.A.T., directory, SACE")),
    Command(
        "file_scan", N_("File a scanned sheet…"), FILE, (), "table", N_("attendance, summary sheet, photo, code, QR")
    ),
    Command("open_file", N_("Open another file…"), FILE, ("Ctrl+O",), "folder", N_("new file, sample data, recent")),
    Command("copy_elsewhere", N_("Copies of the file…"), FILE, (), "usb", N_("backup, USB, restore")),
    Command("print", N_("Print this view…"), FILE, ("Ctrl+P",), "print", N_("paper, preview")),
    Command("export_view", N_("Export this view…"), FILE, ("Ctrl+Shift+E",), "export", N_("Excel, workbook, list")),
    Command("lock", N_("Lock the window"), FILE, ("Ctrl+L",), "lock", N_("leave the desk")),
    Command("change_user", N_("Change user"), FILE, (), "switch-user", N_("sign out, another person")),
    Command("change_password", N_("Change my password…"), FILE, (), "key"),
    Command("quit", N_("Close EIC Tracker"), FILE, ("Ctrl+Q",), "close", N_("exit, leave")),
    Command("undo", N_("Undo"), EDIT, ("Ctrl+Z",), "undo", N_("take back")),
    Command("redo", N_("Redo"), EDIT, ("Ctrl+Y", "Ctrl+Shift+Z"), "redo", N_("do again")),
    Command("find", N_("Find in this page"), EDIT, ("Ctrl+F", "Ctrl+B"), "search", N_("filter")),
    Command("search", N_("Find or do something"), EDIT, ("Ctrl+K",), "search", N_("person, course, certificate")),
    Command("refresh", N_("Read again"), VIEW, ("F5",), "refresh", N_("update")),
    Command("language_es", "Español", VIEW, (), "language"),
    Command("language_en", "English", VIEW, (), "language"),
    Command("theme_light", N_("Light theme"), VIEW, (), "sun", N_("colours")),
    Command("theme_dark", N_("Dark theme"), VIEW, (), "moon", N_("colours")),
    Command("theme_system", N_("Theme of the system"), VIEW, (), "settings", N_("colours")),
    Command("larger", N_("Larger text"), VIEW, ("Ctrl++", "Ctrl+="), "plus", N_("zoom")),
    Command("smaller", N_("Smaller text"), VIEW, ("Ctrl+-",), "list", N_("zoom")),
    Command("usual_size", N_("Usual text size"), VIEW, ("Ctrl+0",), "list", N_("zoom")),
    Command("back", N_("Back"), GO, ("Alt+Left",), "back"),
    Command("forward", N_("Forward"), GO, ("Alt+Right",), "forward"),
    Command(
        "duplicates", N_("Likely duplicates"), GO, (), "duplicate", N_("merge, repeated, same person, join records")
    ),
    Command("texts", N_("Texts not yet known"), GO, (), "list", N_("spellings of lists, map")),
    Command("compare", N_("Compare a list"), GO, (), "table", N_("who has which course, paste names")),
    Command(
        "approvals",
        N_("Certificates waiting for approval"),
        GO,
        (),
        "certificate",
        N_("approve, sign, batches, manager"),
    ),
    Command(
        "uncollected",
        N_("Certificates that nobody collected"),
        GO,
        (),
        "certificate",
        N_("handed over, waiting, claim"),
    ),
    Command(
        "verify", N_("Check a certificate"), GO, (), "certificate", N_("verify, forged, QR, code, telephone, valid")
    ),
    Command(
        "register",
        N_("Register of certificates"),
        GO,
        (),
        "certificate",
        N_("book, folio, paper books, gaps, numbers, month, opening, closing"),
    ),
    Command("history", N_("History"), GO, ("Ctrl+H",), "history", N_("journal, who changed")),
    Command(
        "ledger", N_("Teaching ledger"), GO, (), "instructors", N_("advisors, hours, force, Colombian, by instructor")
    ),
    Command("samples", N_("Audit samples"), GO, (), "list", N_("draw at random, auditor, checklist, proofs")),
    Command("targets", N_("Targets"), GO, (), "list", N_("plan, goal, pace, indicator, behind")),
    Command(
        "cross_table",
        N_("Table of your own"),
        GO,
        (),
        "table",
        N_("pivot, cross table, breakdown, count by, statistics"),
    ),
    Command("today", N_("Today at the school"), GO, (), "list", N_("daily report, present, absent, beds, attendance")),
    Command("next_pane", N_("Next part of the window"), GO, ("F6",), "forward"),
    Command("help", N_("Help for this page"), HELP, ("F1",), "help"),
    Command("shortcuts", N_("All shortcuts"), HELP, ("Ctrl+F1",), "list", N_("keys, keyboard")),
    Command("about", N_("About EIC Tracker"), HELP, (), "info", N_("version, licences, report, data folder")),
)
