"""The help of each page, as Markdown in both languages."""

from __future__ import annotations

from eic_tracker import paths
from eic_tracker.i18n import Language

PAGES = (
    "home",
    "search",
    "courses",
    "catalogue",
    "course",
    "offering_form",
    "offering",
    "roster",
    "transcribing",
    "verification",
    "attendance",
    "walk_ins",
    "class_list",
    "grades",
    "closing",
    "course_certificates",
    "acts",
    "list_review",
    "whole_workbook",
    "people",
    "person",
    "duplicates",
    "compare",
    "texts",
    "instructors",
    "instructor",
    "teaching_form",
    "teaching_papers",
    "ledger",
    "outreach",
    "group_lists",
    "class_group",
    "class_group_papers",
    "class_groups_entry",
    "school",
    "certificates",
    "certificate",
    "approvals",
    "statement",
    "uncollected",
    "register",
    "register_papers",
    "verify",
    "verifier_page",
    "signature",
    "templates",
    "signatories",
    "school_papers",
    "reports",
    "samples",
    "targets",
    "cross_table",
    "today",
    "published_figures",
    "figure",
    "history",
    "copies",
    "settings",
    "lists",
    "totals",
    "names",
    "users",
    "sign_in",
    "first_run",
    "keyboard",
)
"""The pages of help in the order in which its contents name them."""
_SHARED = {
    "published": "published_figures",
    "report_particulars": "reports",
    "published_form": "published_figures",
    "course_form": "catalogue",
    "person_form": "person",
    "same_person": "duplicates",
    "class_group_form": "class_group",
    "lessons_entry": "class_groups_entry",
    "school_form": "school",
    "template": "templates",
    "curriculum_form": "lists",
    "appearance": "settings",
    "help": "keyboard",
}
"""Pages of the window that another page's help explains."""


def help_name(page: str) -> str:
    """The help that explains a page of the window; the first one where it has none."""
    name = _SHARED.get(page, page)
    return name if name in PAGES else PAGES[0]


def page_help(page: str, language: Language) -> str:
    """The help of a page of the window, as Markdown; of the first page where it has none of its own."""
    name = help_name(page)
    return (paths.resources() / "help" / "pages" / f"{name}.{language.value}.md").read_text(encoding="utf-8")


def page_title(page: str, language: Language) -> str:
    """The heading of a page's help."""
    return page_help(page, language).partition("\n")[0].removeprefix("# ")
