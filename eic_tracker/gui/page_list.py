"""The pages of the window: name, title, icon, who may see them; a page is loaded when it is first opened."""

from __future__ import annotations

import importlib
from dataclasses import dataclass, replace

from eic_tracker.domain.permissions import Action, Right, right
from eic_tracker.gui.pages.page import Page
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.i18n import N_


@dataclass(frozen=True, slots=True)
class PageSpec:
    """A page; `rail` is its part of the rail (places, tools, or none: it is reached from others)."""

    name: str
    title: str
    kind: str
    """module and class under eic_tracker.gui.pages, e.g. `people_page:PeoplePage`"""
    icon: str = ""
    rail: str = ""
    action: Action | None = None
    """what the user must be allowed to do to see it; None: everybody"""
    whole: bool = False
    """whether own rows are not enough: the page is about the whole school"""
    home: str = ""
    """the rail place that is marked while this page is shown"""


_FIGURES, _PEOPLE = Action.READ_FIGURES, Action.READ_PEOPLE
_PLACES = (
    PageSpec("home", N_("Home"), "home_page:HomePage", "home"),
    PageSpec("courses", N_("All courses"), "courses_page:CoursesPage", "courses", action=_FIGURES),
    PageSpec("people", N_("People"), "people_page:PeoplePage", "people", action=_PEOPLE),
    PageSpec("instructors", N_("Instructors"), "instructors_page:InstructorsPage", "instructors", action=_FIGURES),
    PageSpec("outreach", "G.R.E.A.T.", "outreach_page:OutreachPage", "school", action=_FIGURES),
    PageSpec("certificates", N_("Certificates"), "certificates_page:CertificatesPage", "certificate", action=_PEOPLE),
    PageSpec("reports", N_("Reports"), "reports_page:ReportsPage", "report", action=Action.QUARTERLY_REPORTS),
    PageSpec(
        "published", N_("Published figures"), "published_page:PublishedPage", "figures", action=_FIGURES, whole=True
    ),
)
_TOOLS = (
    PageSpec("history", N_("History"), "history_page:HistoryPage", "history", action=_FIGURES),
    PageSpec("settings", N_("Settings"), "settings_page:SettingsPage", "settings"),
    PageSpec("help", N_("Help"), "help_page:HelpPage", "help"),
)
_RECORDS = (
    PageSpec("offering", N_("Course given"), "offering_page:OfferingPage", action=_FIGURES, home="courses"),
    PageSpec(
        "offering_form",
        N_("Form of a course"),
        "offering_form_page:OfferingFormPage",
        action=Action.ENROL,
        home="courses",
    ),
    PageSpec(
        "whole_workbook",
        N_("Several lists at once"),
        "whole_workbook_page:WholeWorkbookPage",
        action=Action.ENROL,
        home="courses",
    ),
    PageSpec(
        "course_form",
        N_("Form of the catalogue"),
        "course_form_page:CourseFormPage",
        action=Action.EDIT_LISTS,
        home="courses",
    ),
    PageSpec("course", N_("Course of the catalogue"), "course_page:CoursePage", action=_FIGURES, home="courses"),
    PageSpec("person", N_("A person"), "person_page:PersonPage", action=_PEOPLE, home="people"),
    PageSpec(
        "person_form", N_("Form of a person"), "person_form_page:PersonFormPage", action=Action.ENROL, home="people"
    ),
    PageSpec(
        "duplicates", N_("Likely duplicates"), "duplicates_page:DuplicatesPage", action=Action.ENROL, home="people"
    ),
    PageSpec(
        "same_person", N_("The same person?"), "same_person_page:SamePersonPage", action=Action.ENROL, home="people"
    ),
    PageSpec(
        "template",
        N_("Template of certificates"),
        "template_page:TemplatePage",
        action=Action.EDIT_LISTS,
        home="settings",
    ),
    PageSpec("texts", N_("Texts not yet known"), "texts_page:TextsPage", action=Action.ENROL, home="people"),
    PageSpec("compare", N_("Compare a list"), "compare_page:ComparePage", action=_PEOPLE, whole=True, home="people"),
    PageSpec(
        "certificate", N_("A certificate"), "certificate_page:CertificatePage", action=_PEOPLE, home="certificates"
    ),
    PageSpec(
        "approvals",
        N_("Certificates waiting for approval"),
        "approvals_page:ApprovalsPage",
        action=_PEOPLE,
        whole=True,
        home="certificates",
    ),
    PageSpec(
        "register",
        N_("Register of certificates"),
        "register_page:RegisterPage",
        action=_PEOPLE,
        whole=True,
        home="certificates",
    ),
    PageSpec(
        "uncollected",
        N_("Certificates that nobody collected"),
        "uncollected_page:UncollectedPage",
        action=_PEOPLE,
        whole=True,
        home="certificates",
    ),
    PageSpec(
        "statement",
        N_("Statement or transcript"),
        "statement_page:StatementPage",
        action=Action.PREPARE_CERTIFICATES,
        home="people",
    ),
    PageSpec(
        "samples", N_("Audit samples"), "samples_page:SamplesPage", action=Action.QUARTERLY_REPORTS, home="reports"
    ),
    PageSpec(
        "report_particulars",
        N_("What goes with a report"),
        "report_particulars_page:ReportParticularsPage",
        action=Action.QUARTERLY_REPORTS,
        home="reports",
    ),
    PageSpec(
        "published_form",
        N_("Form of a published figure"),
        "published_form_page:PublishedFormPage",
        action=Action.PUBLISHED_FIGURES,
        home="published",
    ),
    PageSpec("targets", N_("Targets"), "targets_page:TargetsPage", action=_FIGURES, whole=True, home="reports"),
    PageSpec(
        "cross_table",
        N_("Table of your own"),
        "cross_table_page:CrossTablePage",
        action=_FIGURES,
        whole=True,
        home="reports",
    ),
    PageSpec("today", N_("Today at the school"), "today_page:TodayPage", action=_FIGURES, whole=True, home="home"),
    PageSpec("verify", N_("Check a certificate"), "verify_page:VerifyPage", action=_FIGURES, home="certificates"),
    PageSpec("instructor", N_("Instructor"), "instructor_page:InstructorPage", action=_FIGURES, home="instructors"),
    PageSpec(
        "teaching_papers",
        N_("Papers of an instructor"),
        "teaching_papers_page:TeachingPapersPage",
        action=_PEOPLE,
        home="instructors",
    ),
    PageSpec("ledger", N_("Teaching ledger"), "ledger_page:LedgerPage", action=_FIGURES, home="instructors"),
    PageSpec(
        "teaching_form",
        N_("Form of the register of instructors"),
        "teaching_form_page:TeachingFormPage",
        action=Action.ENROL,
        home="instructors",
    ),
    PageSpec("class_group", N_("Class group"), "class_group_page:ClassGroupPage", action=_FIGURES, home="outreach"),
    PageSpec(
        "class_group_form",
        N_("Form of a class group"),
        "class_group_form_page:ClassGroupFormPage",
        action=Action.CLASS_GROUPS,
        home="outreach",
    ),
    PageSpec(
        "class_groups_entry",
        N_("Enter class groups"),
        "class_groups_entry_page:ClassGroupsEntryPage",
        action=Action.CLASS_GROUPS,
        home="outreach",
    ),
    PageSpec(
        "lessons_entry",
        N_("Lesson of several class groups"),
        "lessons_entry_page:LessonsEntryPage",
        action=Action.CLASS_GROUPS,
        home="outreach",
    ),
    PageSpec(
        "school_form",
        N_("Form of a school"),
        "school_form_page:SchoolFormPage",
        action=Action.CLASS_GROUPS,
        whole=True,
        home="outreach",
    ),
    PageSpec(
        "group_lists",
        N_("Lists of class groups"),
        "group_lists_page:GroupListsPage",
        action=Action.CLASS_GROUPS,
        home="outreach",
    ),
    PageSpec(
        "curriculum_form",
        N_("Form of a curriculum"),
        "curriculum_form_page:CurriculumFormPage",
        action=Action.EDIT_LISTS,
        home="settings",
    ),
    PageSpec("school", N_("School"), "school_page:SchoolPage", action=_FIGURES, home="outreach"),
)
PAGES = {
    spec.name: spec
    for spec in (
        *(replace(each, rail="places") for each in _PLACES),
        *(replace(each, rail="tools") for each in _TOOLS),
        *_RECORDS,
    )
}


_WRITING = frozenset({Action.ENROL, Action.EDIT_LISTS, Action.CLASS_GROUPS, Action.PREPARE_CERTIFICATES})
"""Pages that ask for one of these are forms."""


def may_open(spec: PageSpec, around: Surroundings) -> bool:
    """Whether the user sees a page at all."""
    if spec.action is None:
        return True
    given = right(around.acting, spec.action)
    if spec.action in _WRITING and around.read_only:
        return False
    return given is not Right.NO and not (spec.whole and given in {Right.OWN, Right.OWN_MASKED})


def may_write(around: Surroundings) -> bool:
    """Whether the user enters courses and people in this window."""
    return around.may(Action.ENROL) and not around.read_only


def may_file_scans(around: Surroundings) -> bool:
    """Whether the user files signed sheets of courses or of class groups in this window."""
    given = {right(around.acting, action) for action in (Action.RECORD_RESULTS, Action.CLASS_GROUPS)}
    return given != {Right.NO} and not around.read_only


def shown_to(around: Surroundings | None) -> dict[str, bool]:
    """The commands that only some users have, and whether this one has each."""
    writes = around is not None and may_write(around)
    found = dict.fromkeys(("new_offering", "new_person", "import_list"), writes)
    entered = (("new_class_groups", "class_groups_entry"), ("lessons", "lessons_entry"), ("new_school", "school_form"))
    found |= {name: around is not None and may_open(PAGES[page], around) for name, page in entered}
    found["file_scan"] = around is not None and may_file_scans(around)
    pages = (
        "duplicates",
        "texts",
        "compare",
        "whole_workbook",
        "group_lists",
        "approvals",
        "uncollected",
        "samples",
        "targets",
        "cross_table",
        "today",
        "register",
    )
    return found | {name: around is not None and may_open(PAGES[name], around) for name in pages}


def may_edit_catalogue(around: Surroundings) -> bool:
    """Whether the user enters and changes courses of the catalogue in this window."""
    return around.may(Action.EDIT_LISTS) and not around.read_only


def make_page(name: str, around: Surroundings) -> Page:
    """A page, ready to show a place."""
    module, name_of_class = PAGES[name].kind.split(":")
    page: Page = getattr(importlib.import_module(f"eic_tracker.gui.pages.{module}"), name_of_class)(around)
    return page
