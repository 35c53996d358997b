"""Who may do what: a table of role and action, asked by every use-case."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from eic_tracker.domain.codes import Role
from eic_tracker.errors import Refused
from eic_tracker.i18n import N_


class Action(StrEnum):
    """What is asked for; each use-case asks for exactly one."""

    READ_FIGURES = "read_figures"
    READ_PEOPLE = "read_people"
    ENROL = "enrol"
    RECORD_RESULTS = "record_results"
    MAKE_EXCEPTION = "make_exception"
    CLASS_GROUPS = "class_groups"
    PUPIL_NAMES = "pupil_names"
    DECIDE_NAMES = "decide_names"
    PREPARE_CERTIFICATES = "prepare_certificates"
    APPROVE_CERTIFICATES = "approve_certificates"
    PUBLISHED_FIGURES = "published_figures"
    QUARTERLY_REPORTS = "quarterly_reports"
    REOPEN_QUARTER = "reopen_quarter"
    EXPORT_IDENTITIES = "export_identities"
    VETTING_STATUS = "vetting_status"
    VETTING_WORD = "vetting_word"
    EDIT_LISTS = "edit_lists"
    ADMINISTER = "administer"


class Right(StrEnum):
    """How far a role may go; everything but NO opens the action, under the condition that it names."""

    NO = "no"
    YES = "yes"
    OWN = "own"
    OWN_MASKED = "own_masked"
    ON_BEHALF = "on_behalf"
    ASK = "ask"
    WITH_REASON = "with_reason"
    NOT_PREPARED_BY_SELF = "not_prepared_by_self"
    ENTER = "enter"
    ENTER_AND_APPROVE_OTHERS = "enter_and_approve_others"
    READ = "read"


_ROLES = (Role.REGISTRAR, Role.INSTRUCTOR, Role.MANAGER, Role.ADMINISTRATOR, Role.AUDITOR)
_R = Right

TABLE: dict[Action, dict[Role, Right]] = {
    action: dict(zip(_ROLES, rights, strict=True))
    for action, rights in {
        Action.READ_FIGURES: (_R.YES, _R.OWN, _R.YES, _R.YES, _R.YES),
        Action.READ_PEOPLE: (_R.YES, _R.OWN_MASKED, _R.YES, _R.NO, _R.YES),
        Action.ENROL: (_R.YES, _R.NO, _R.NO, _R.NO, _R.NO),
        Action.RECORD_RESULTS: (_R.ON_BEHALF, _R.OWN, _R.NO, _R.NO, _R.NO),
        Action.MAKE_EXCEPTION: (_R.ASK, _R.NO, _R.WITH_REASON, _R.NO, _R.NO),
        Action.CLASS_GROUPS: (_R.YES, _R.OWN, _R.NO, _R.NO, _R.NO),
        Action.PUPIL_NAMES: (_R.YES, _R.NO, _R.READ, _R.NO, _R.NO),
        Action.DECIDE_NAMES: (_R.NO, _R.NO, _R.YES, _R.NO, _R.NO),
        Action.PREPARE_CERTIFICATES: (_R.YES, _R.NO, _R.NO, _R.NO, _R.NO),
        Action.APPROVE_CERTIFICATES: (_R.NO, _R.NO, _R.NOT_PREPARED_BY_SELF, _R.NO, _R.NO),
        Action.PUBLISHED_FIGURES: (_R.ENTER, _R.NO, _R.ENTER_AND_APPROVE_OTHERS, _R.NO, _R.NO),
        Action.QUARTERLY_REPORTS: (_R.READ, _R.NO, _R.YES, _R.NO, _R.READ),
        Action.REOPEN_QUARTER: (_R.NO, _R.NO, _R.NO, _R.WITH_REASON, _R.NO),
        Action.EXPORT_IDENTITIES: (_R.YES, _R.OWN, _R.YES, _R.NO, _R.YES),
        Action.VETTING_STATUS: (_R.YES, _R.NO, _R.YES, _R.NO, _R.YES),
        Action.VETTING_WORD: (_R.NO, _R.NO, _R.YES, _R.NO, _R.YES),
        Action.EDIT_LISTS: (_R.YES, _R.NO, _R.YES, _R.YES, _R.NO),
        Action.ADMINISTER: (_R.NO, _R.NO, _R.NO, _R.YES, _R.NO),
    }.items()
}


@dataclass(frozen=True, slots=True)
class ActingUser:
    """Who acts in a use-case; `instructor_id` where the user teaches."""

    id: int
    login: str
    full_name: str
    role: Role
    instructor_id: int | None = None


_REFUSALS = {
    Action.READ_FIGURES: N_("“{login}” may not read the figures of the whole school. Sign in as someone who may."),
    Action.READ_PEOPLE: N_("“{login}” may not read people. Sign in as someone who may."),
    Action.MAKE_EXCEPTION: N_("“{login}” may not correct what is closed; a manager may, with a reason."),
    Action.PUPIL_NAMES: N_("“{login}” may not read or keep names of pupils; a registrar may."),
    Action.DECIDE_NAMES: N_("“{login}” may not decide whether names of pupils are kept; a manager may."),
    Action.APPROVE_CERTIFICATES: N_("“{login}” may not approve certificates; a manager may."),
    Action.PREPARE_CERTIFICATES: N_("“{login}” may not prepare or print certificates; a registrar may."),
    Action.QUARTERLY_REPORTS: N_("“{login}” may not see the quarterly reports; a manager may."),
    Action.EXPORT_IDENTITIES: N_("“{login}” may not export names; a registrar, manager or auditor may."),
    Action.ADMINISTER: N_("“{login}” may not do this; an administrator may."),
}
_REFUSAL = N_("“{login}” may not do this. Sign in as someone who may.")


def right(user: ActingUser, action: Action) -> Right:
    """How far the user may go with an action."""
    return TABLE[action][user.role]


def require(user: ActingUser, action: Action, *accepted: Right) -> Right:
    """The user's right for the action; Refused when it is NO, or none of the accepted ones where some are named."""
    given = right(user, action)
    if given is Right.NO or (accepted and given not in accepted):
        raise Refused(_REFUSALS.get(action, _REFUSAL), login=user.login)
    return given
