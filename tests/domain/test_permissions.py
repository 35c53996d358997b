"""Tests of the table of roles and actions."""

from __future__ import annotations

import pytest

from eic_tracker.domain.codes import Role
from eic_tracker.domain.permissions import TABLE, ActingUser, Action, Right, require, right
from eic_tracker.errors import Refused

OPEN_TO = {
    Action.READ_FIGURES: "registrar instructor manager administrator auditor",
    Action.READ_PEOPLE: "registrar instructor manager auditor",
    Action.ENROL: "registrar",
    Action.RECORD_RESULTS: "registrar instructor",
    Action.MAKE_EXCEPTION: "registrar manager",
    Action.CLASS_GROUPS: "registrar instructor",
    Action.PUPIL_NAMES: "registrar manager",
    Action.DECIDE_NAMES: "manager",
    Action.PREPARE_CERTIFICATES: "registrar",
    Action.APPROVE_CERTIFICATES: "manager",
    Action.PUBLISHED_FIGURES: "registrar manager",
    Action.QUARTERLY_REPORTS: "registrar manager auditor",
    Action.REOPEN_QUARTER: "administrator",
    Action.EXPORT_IDENTITIES: "registrar instructor manager auditor",
    Action.VETTING_STATUS: "registrar manager auditor",
    Action.VETTING_WORD: "manager auditor",
    Action.EDIT_LISTS: "registrar manager administrator",
    Action.ADMINISTER: "administrator",
}
"""Written again from the design, not from the table."""


def a_user(role: Role) -> ActingUser:
    """Somebody with a role."""
    return ActingUser(1, "somebody", "Somebody", role)


@pytest.mark.parametrize("action", Action)
@pytest.mark.parametrize("role", Role)
def test_each_role_may_do_what_the_design_gives_it_and_nothing_else(role: Role, action: Action) -> None:
    allowed = role.value in OPEN_TO[action].split()
    assert (right(a_user(role), action) is not Right.NO) == allowed
    if not allowed:
        with pytest.raises(Refused):
            require(a_user(role), action)


def test_no_cell_of_the_table_is_missing() -> None:
    assert {(action, role) for action, rights in TABLE.items() for role in rights} == {
        (action, role) for action in Action for role in Role
    }


def test_an_instructor_is_held_to_the_own_offerings() -> None:
    own = {action for action in Action if TABLE[action][Role.INSTRUCTOR] in (Right.OWN, Right.OWN_MASKED)}
    assert own == {
        Action.READ_FIGURES,
        Action.READ_PEOPLE,
        Action.RECORD_RESULTS,
        Action.CLASS_GROUPS,
        Action.EXPORT_IDENTITIES,
    }


def test_a_right_with_a_condition_is_refused_where_the_use_case_needs_the_whole_right() -> None:
    with pytest.raises(Refused):
        require(a_user(Role.REGISTRAR), Action.MAKE_EXCEPTION, Right.WITH_REASON)
    assert require(a_user(Role.MANAGER), Action.MAKE_EXCEPTION, Right.WITH_REASON) is Right.WITH_REASON
