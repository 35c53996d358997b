"""The pages of the window: name, title, icon, who may see them; a page is loaded when it is first opened."""

from __future__ import annotations

import importlib
from dataclasses import dataclass

from eic_tracker.domain.permissions import Action
from eic_tracker.gui.pages.page import Page
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.i18n import N_


@dataclass(frozen=True, slots=True)
class PageSpec:
    """A page; `rail` is its part of the rail (places, tools, or none: it is reached from others)."""

    name: str
    title: str
    where: str
    """module and class under eic_tracker.gui.pages, e.g. `people_page:PeoplePage`"""
    action: Action | None = None
    """what the user must be allowed to do to see it; None: everybody"""
    icon: str = ""
    rail: str = ""
    home: str = ""
    """the rail place that is marked while this page is shown"""


PAGES = {
    spec.name: spec
    for spec in (
        PageSpec("home", N_("Home"), "home_page:HomePage", None, "home", "places"),
        PageSpec("courses", N_("Courses"), "courses_page:CoursesPage", Action.READ_FIGURES, "courses", "places"),
        PageSpec("people", N_("People"), "people_page:PeoplePage", Action.READ_PEOPLE, "people", "places"),
        PageSpec(
            "instructors",
            N_("Instructors"),
            "instructors_page:InstructorsPage",
            Action.READ_FIGURES,
            "instructors",
            "places",
        ),
        PageSpec("outreach", "G.R.E.A.T.", "outreach_page:OutreachPage", Action.READ_FIGURES, "school", "places"),
        PageSpec(
            "certificates",
            N_("Certificates"),
            "certificates_page:CertificatesPage",
            Action.READ_PEOPLE,
            "certificate",
            "places",
        ),
        PageSpec("reports", N_("Reports"), "reports_page:ReportsPage", Action.QUARTERLY_REPORTS, "report", "places"),
        PageSpec(
            "published",
            N_("Published figures"),
            "published_page:PublishedPage",
            Action.READ_FIGURES,
            "figures",
            "places",
        ),
        PageSpec("history", N_("History"), "history_page:HistoryPage", Action.READ_FIGURES, "history", "tools"),
        PageSpec("settings", N_("Settings"), "settings_page:SettingsPage", None, "settings", "tools"),
        PageSpec("help", N_("Help"), "help_page:HelpPage", None, "help", "tools"),
        PageSpec("offering", N_("Course given"), "offering_page:OfferingPage", Action.READ_FIGURES, home="courses"),
        PageSpec(
            "course", N_("Course of the catalogue"), "course_page:CoursePage", Action.READ_FIGURES, home="courses"
        ),
        PageSpec("person", N_("Person"), "person_page:PersonPage", Action.READ_PEOPLE, home="people"),
        PageSpec(
            "instructor", N_("Instructor"), "instructor_page:InstructorPage", Action.READ_FIGURES, home="instructors"
        ),
        PageSpec(
            "class_group", N_("Class group"), "class_group_page:ClassGroupPage", Action.READ_FIGURES, home="outreach"
        ),
        PageSpec("school", N_("School"), "school_page:SchoolPage", Action.READ_FIGURES, home="outreach"),
    )
}


def may_open(spec: PageSpec, around: Surroundings) -> bool:
    """Whether the user sees a page at all."""
    return spec.action is None or around.may(spec.action)


def make_page(name: str, around: Surroundings) -> Page:
    """A page, ready to show a place."""
    module, kind = PAGES[name].where.split(":")
    page: Page = getattr(importlib.import_module(f"eic_tracker.gui.pages.{module}"), kind)(around)
    return page
