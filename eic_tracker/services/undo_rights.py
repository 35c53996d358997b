"""Which right an entry's taking back asks for: that of the use-case that made it, nothing less."""

from __future__ import annotations

from collections.abc import Mapping

from eic_tracker.domain.permissions import ActingUser, Action, Right, require
from eic_tracker.domain.school_lists import LISTS
from eic_tracker.errors import Refused
from eic_tracker.i18n import N_

_APPROVING = (Action.PUBLISHED_FIGURES, Right.ENTER_AND_APPROVE_OTHERS)

ASKED: Mapping[str, tuple[Action, *tuple[Right, ...]]] = {
    "add_document": (Action.ENROL,),
    "add_photo": (Action.ENROL,),
    "add_signatory": (Action.EDIT_LISTS,),
    "add_schools": (Action.CLASS_GROUPS, Right.YES),
    "approve_historical_total": _APPROVING,
    "approve_historical_totals": _APPROVING,
    "approve_target": _APPROVING,
    "attach_sheet": (Action.RECORD_RESULTS,),
    "cancel_offering": (Action.ENROL,),
    "change_catalogue": (Action.EDIT_LISTS,),
    "check_sample_item": (Action.QUARTERLY_REPORTS, Right.YES),
    "choose_template": (Action.EDIT_LISTS,),
    "deliver_certificate": (Action.PREPARE_CERTIFICATES,),
    "deliver_certificates": (Action.PREPARE_CERTIFICATES,),
    "change_instructors": (Action.EDIT_LISTS,),
    "change_settings": (Action.ADMINISTER,),
    "correct_target": (Action.PUBLISHED_FIGURES,),
    "delete_list_item": (Action.EDIT_LISTS,),
    "describe_letter": (Action.ENROL,),
    "document_historical_total": (Action.PUBLISHED_FIGURES,),
    "draw_sample": (Action.QUARTERLY_REPORTS, Right.YES),
    "drop_document": (Action.ENROL,),
    "edit_enrolment": (Action.ENROL,),
    "edit_offering": (Action.ENROL,),
    "edit_person": (Action.ENROL,),
    "end_absence": (Action.EDIT_LISTS,),
    "end_list_item": (Action.EDIT_LISTS,),
    "end_template": (Action.EDIT_LISTS,),
    "end_signatory": (Action.EDIT_LISTS,),
    "enrol": (Action.ENROL,),
    "enter_historical_totals": (Action.PUBLISHED_FIGURES,),
    "file_checklist": (Action.QUARTERLY_REPORTS, Right.YES),
    "file_letter": (Action.ENROL,),
    "import_class_groups": (Action.CLASS_GROUPS,),
    "import_list": (Action.ENROL,),
    "import_workbook": (Action.ENROL,),
    "import_results": (Action.RECORD_RESULTS,),
    "import_class_list": (Action.RECORD_RESULTS,),
    "link_class_group": (Action.CLASS_GROUPS, Right.YES),
    "make_load": (Action.ADMINISTER,),
    "map_text": (Action.EDIT_LISTS,),
    "match_walk_in": (Action.ENROL,),
    "merge_participants": (Action.ENROL,),
    "record_attendance": (Action.RECORD_RESULTS,),
    "record_class_groups": (Action.CLASS_GROUPS, Right.YES),
    "record_closed_offering": (Action.ENROL,),
    "record_grades": (Action.RECORD_RESULTS,),
    "record_offering": (Action.ENROL,),
    "record_person": (Action.ENROL,),
    "record_published_totals": (Action.ADMINISTER,),
    "record_remark": (Action.RECORD_RESULTS,),
    "record_vetting": (Action.ENROL,),
    "remove_assignment": (Action.ENROL,),
    "remove_teaching": (Action.ENROL,),
    "reopen_list_item": (Action.EDIT_LISTS,),
    "replace_enrolment": (Action.ENROL,),
    "request_vetting": (Action.ENROL,),
    "save_course": (Action.EDIT_LISTS,),
    "save_course_version": (Action.EDIT_LISTS,),
    "save_curriculum_version": (Action.EDIT_LISTS,),
    "save_list_item": (Action.EDIT_LISTS,),
    "add_historical_total": (Action.PUBLISHED_FIGURES,),
    "approve_explanation": _APPROVING,
    "approve_published": _APPROVING,
    "attach_source": (Action.PUBLISHED_FIGURES,),
    "explain_figure": (Action.PUBLISHED_FIGURES,),
    "link_courses": (Action.ENROL,),
    "save_published": (Action.PUBLISHED_FIGURES,),
    "withdraw_explanation": (Action.PUBLISHED_FIGURES,),
    "save_report_office": (Action.QUARTERLY_REPORTS, Right.YES),
    "file_stamped_copy": (Action.QUARTERLY_REPORTS, Right.YES),
    "seat_enrolment": (Action.ENROL,),
    "record_lessons": (Action.CLASS_GROUPS,),
    "save_assignment": (Action.ENROL,),
    "save_class_groups": (Action.CLASS_GROUPS,),
    "save_school": (Action.CLASS_GROUPS, Right.YES),
    "save_teaching": (Action.ENROL,),
    "save_template": (Action.EDIT_LISTS,),
    "set_absence": (Action.EDIT_LISTS,),
    "set_indicator_code": _APPROVING,
    "set_target": (Action.PUBLISHED_FIGURES,),
    "set_targets": _APPROVING,
    "take_off_roster": (Action.ENROL,),
    "take_off_walk_in": (Action.RECORD_RESULTS,),
    "tell_apart": (Action.ENROL,),
    "withdraw_historical_total": (Action.PUBLISHED_FIGURES,),
    "withdraw_target": (Action.PUBLISHED_FIGURES,),
}
"""The right by use-case, and how far it must go where not every degree of it will do."""

NEVER_ASKED = frozenset(
    {
        "add_user",
        "approve_certificates",
        "approve_paper_diplomas",
        "approve_papers",
        "change_passphrase",
        "end_signature",
        "hand_over_signature",
        "issue_papers",
        "make_signature",
        "prepare_duplicate",
        "prepare_instructor_certificates",
        "prepare_statement",
        "prepare_transcript",
        "revoke_certificate",
        "spoil_sheet",
        "wrong_passphrase",
        "import_trust_list",
        "publish_trust_list",
        "attach_summary_sheet",
        "black_out_summary_sheet",
        "change_act",
        "close_offering",
        "close_quarter",
        "close_register_book",
        "copy_elsewhere",
        "correct_enrolment",
        "edit_user",
        "end_account",
        "export_register",
        "export_view",
        "give_teaching_proof",
        "import_reference_lists",
        "issue_certificates",
        "make_act",
        "forget_pupil_name",
        "keep_pupil_names",
        "purge_due_names",
        "purge_pupil_names",
        "start_keeping_names",
        "stop_keeping_names",
        "make_file",
        "open_account",
        "choose_batch_template",
        "prepare_certificates",
        "prepare_participation",
        "correct_paper_diploma",
        "link_paper_diploma",
        "record_paper_diploma",
        "record_paper_diplomas",
        "remove_photo",
        "print_act",
        "print_register",
        "purge_summary_sheet",
        "print_pupil_certificates",
        "reopen_offering",
        "reopen_quarter",
        "replace_photo",
        "restate_quarter",
        "restore",
        "set_password",
        "start_series",
        "withdraw_paper_diploma",
        "withdraw_prepared",
        "sign_in",
        "sign_in_failed",
        "unlock",
    }
)
"""Use-cases that the store never takes back, whoever asks; it says why."""

_OF_LISTS = frozenset({"save_list_item", "delete_list_item", "end_list_item", "reopen_list_item"})


def require_to_take_back(user: ActingUser, use_case: str, label: str, *, was_approved: bool = False) -> None:
    """Refused unless the user may do today what the entry did; `was_approved`: it took an approved total out."""
    if use_case in NEVER_ASKED:
        return
    asked = ASKED.get(use_case)
    if asked is None:
        raise Refused(
            N_("This program does not know what “{use_case}” did, so it does not take it back; a newer one can."),
            use_case=use_case,
        )
    action, *accepted = _APPROVING if was_approved else asked
    require(user, action, *accepted)
    if use_case in _OF_LISTS and _is_official(label):
        require(user, Action.ADMINISTER)


def may_take_back(user: ActingUser, use_case: str, label: str, *, was_approved: bool = False) -> bool:
    """Whether `require_to_take_back` lets the user pass."""
    try:
        require_to_take_back(user, use_case, label, was_approved=was_approved)
    except Refused:
        return False
    return True


def _is_official(label: str) -> bool:
    """Whether the list that a label begins with is one of the State's."""
    kind = label.partition(" ")[0]
    return any(spec.official for listed, spec in LISTS.items() if listed.value == kind)


RESULTS_OF_A_COURSE = frozenset(f"record_{what}" for what in ("attendance", "grades", "remark")) | {
    "import_results",
    "import_class_list",
    "take_off_walk_in",
}
"""Use-cases whose entries are labelled with the number of a course and hold its results."""
