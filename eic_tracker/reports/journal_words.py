"""The words of the journal: what each entry did, and the tables it changed."""

from __future__ import annotations

from collections.abc import Mapping

from eic_tracker.domain.codes import Measure
from eic_tracker.i18n import N_, Translator
from eic_tracker.reports.column_words import COLUMNS
from eic_tracker.reports.report_words import MEASURES

USE_CASES: Mapping[str, str] = {
    "make_file": N_("File made: {label}"),
    "import_reference_lists": N_("Shipped lists brought in"),
    "change_settings": N_("Settings of the school changed"),
    "change_catalogue": N_("Course catalogue changed"),
    "save_course": N_("Course {label} of the catalogue entered or changed"),
    "save_course_version": N_("Version of a course of the catalogue written ({label})"),
    "change_instructors": N_("Instructors entered or changed ({label})"),
    "save_teaching": N_("Register of instructors, {label}: entered or changed"),
    "remove_teaching": N_("Register of instructors, {label}: something taken away"),
    "give_teaching_proof": N_("Proof of teaching given out: {label}"),
    "save_assignment": N_("Instructor assigned in course {label}"),
    "remove_assignment": N_("Instructor taken out of course {label}"),
    "add_schools": N_("Schools entered ({label})"),
    "record_offering": N_("Course {label} entered"),
    "record_closed_offering": N_("Closed course {label} entered"),
    "edit_offering": N_("Course {label} changed"),
    "cancel_offering": N_("Course {label} cancelled"),
    "enrol": N_("Enrolled in course {label}"),
    "edit_enrolment": N_("Enrolment in course {label} changed"),
    "file_letter": N_("Scan of a letter or list filed (course {label})"),
    "describe_letter": N_("Letter described: {label}"),
    "replace_enrolment": N_("Replaced on the roster of course {label}"),
    "seat_enrolment": N_("Given a seat in course {label}"),
    "take_off_roster": N_("Taken off the roster of course {label}"),
    "record_attendance": N_("Attendance of course {label} recorded"),
    "match_walk_in": N_("Somebody who came to course {label} without being listed is matched"),
    "take_off_walk_in": N_("Somebody who came to course {label} without being listed is taken off"),
    "record_grades": N_("Grades of course {label} recorded"),
    "record_remark": N_("Remark on somebody of course {label} recorded"),
    "attach_summary_sheet": N_("Summary sheet of class group {label} attached"),
    "black_out_summary_sheet": N_("Names on the summary sheet of class group {label} blacked out"),
    "start_keeping_names": N_("Names of pupils of {label} are kept from now on"),
    "stop_keeping_names": N_("Names of pupils of {label} are kept no longer, and purged"),
    "purge_pupil_names": N_("Names of pupils of {label} purged"),
    "purge_due_names": N_("Names of pupils of {label} purged on their day"),
    "keep_pupil_names": N_("Names of pupils kept with class group {label}"),
    "forget_pupil_name": N_("Name of a pupil of class group {label} purged"),
    "purge_summary_sheet": N_("Summary sheet with names of class group {label} purged"),
    "attach_sheet": N_("Signed sheet of course {label} filed"),
    "make_act": N_("Act of course {label} made"),
    "change_act": N_("Act of course {label} changed before printing"),
    "print_act": N_("Act of course {label} printed"),
    "import_results": N_("Results of course {label} brought in"),
    "import_class_list": N_("Class list of course {label} brought back"),
    "close_offering": N_("Course {label} closed"),
    "reopen_offering": N_("Course {label} reopened"),
    "request_vetting": N_("Verification asked for (course {label})"),
    "record_vetting": N_("Answers on verification entered (course {label})"),
    "record_class_groups": N_("Class groups entered ({label})"),
    "save_class_groups": N_("Class groups ({label})"),
    "record_lessons": N_("Lessons given to class groups ({label})"),
    "save_curriculum_version": N_("Version of curriculum {label}"),
    "save_school": N_("School {label}"),
    "save_template": N_("Template of certificates ({label})"),
    "end_template": N_("End of a template of certificates ({label})"),
    "choose_template": N_("Template of course {label} chosen"),
    "choose_batch_template": N_("Template of the certificates of course {label} chosen"),
    "print_pupil_certificates": N_("Pupils' certificates of class group {label} printed"),
    "link_class_group": N_("Historical total of class group {label}"),
    "record_person": N_("Person entered"),
    "edit_person": N_("Particulars of a person changed"),
    "add_document": N_("Further document of a person entered"),
    "drop_document": N_("Further document of a person taken off"),
    "add_photo": N_("Photo of a person added"),
    "replace_photo": N_("Photo of a person replaced"),
    "remove_photo": N_("Photo of a person removed"),
    "merge_participants": N_("Two records of one person merged"),
    "tell_apart": N_("Two records found to be two people"),
    "import_class_groups": N_("Class groups taken in: {label}"),
    "import_list": N_("List taken in: {label}"),
    "import_workbook": N_("Workbook of courses taken in: {label}"),
    "map_text": N_("Words of lists mapped: {label}"),
    "enter_historical_totals": N_("Historical totals entered ({label})"),
    "approve_historical_totals": N_("Historical totals approved ({label})"),
    "draw_sample": N_("Audit sample {label} drawn"),
    "check_sample_item": N_("Item of audit sample {label} checked"),
    "file_checklist": N_("Signed checklist of audit sample {label} filed"),
    "set_targets": N_("Targets set ({label})"),
    "set_target": N_("Target entered: {label}"),
    "correct_target": N_("Target entered anew: {label}"),
    "approve_target": N_("Target approved: {label}"),
    "withdraw_target": N_("Target taken out: {label}"),
    "set_indicator_code": N_("Code of an indicator: {label}"),
    "close_quarter": N_("Quarter {label} closed"),
    "reopen_quarter": N_("Quarter {label} reopened"),
    "restate_quarter": N_("Figures of a closed quarter restated ({label})"),
    "prepare_certificates": N_("Certificates of course {label} prepared"),
    "prepare_participation": N_("Certificates of participation of course {label} prepared"),
    "approve_certificates": N_("Certificates of course {label} approved"),
    "issue_certificates": N_("Certificates of course {label} issued"),
    "print_register": N_("Pages of register book {label} printed"),
    "close_register_book": N_("Register book {label} closed"),
    "record_paper_diploma": N_("Diploma {label} of a paper book recorded"),
    "record_paper_diplomas": N_("Diplomas of paper books recorded ({label})"),
    "approve_paper_diplomas": N_("Diplomas of paper books approved ({label})"),
    "link_paper_diploma": N_("Diploma {label} of a paper book linked to its roster"),
    "correct_paper_diploma": N_("Diploma {label} of a paper book corrected"),
    "withdraw_paper_diploma": N_("Diploma {label} of a paper book taken back"),
    "start_series": N_("Series of certificate numbers {label} begun"),
    "add_signatory": N_("Signatory entered: {label}"),
    "end_signatory": N_("Signatory ended: {label}"),
    "set_absence": N_("Absence of a signatory entered: {label}"),
    "end_absence": N_("Absence of a signatory ended: {label}"),
    "issue_papers": N_("Certificates printed ({label})"),
    "prepare_statement": N_("Statement prepared"),
    "prepare_transcript": N_("Transcript prepared"),
    "prepare_instructor_certificates": N_("Certificates of the instructors of course {label} prepared"),
    "approve_papers": N_("Certificates approved ({label})"),
    "prepare_duplicate": N_("Duplicate of certificate {label} prepared"),
    "revoke_certificate": N_("Certificate {label} annulled"),
    "deliver_certificates": N_("Certificates of course {label} delivered"),
    "deliver_certificate": N_("Certificate {label} delivered"),
    "withdraw_prepared": N_("Certificates that waited for approval taken back: {label}"),
    "spoil_sheet": N_("Spoiled sheet of certificate {label} noted"),
    "make_signature": N_("Signature of the school made"),
    "hand_over_signature": N_("Signature of the school handed over"),
    "end_signature": N_("Signature of the school ended"),
    "change_passphrase": N_("Passphrase of a signature changed"),
    "wrong_passphrase": N_("Wrong passphrase of a signature"),
    "publish_trust_list": N_("List for checking certificates signed"),
    "import_trust_list": N_("List of another school taken in ({label})"),
    "correct_enrolment": N_("Result in a closed course corrected ({label})"),
    "save_report_office": N_("What goes with a report entered ({label})"),
    "file_stamped_copy": N_("Stamped copy of a report filed ({label})"),
    "add_historical_total": N_("Historical total entered ({label})"),
    "approve_explanation": N_("Explanation of figure {label} approved"),
    "approve_published": N_("Published figure {label} approved"),
    "attach_source": N_("Document of figure {label} filed"),
    "explain_figure": N_("Explanation of figure {label} entered"),
    "link_courses": N_("Courses linked to a total ({label})"),
    "save_published": N_("Published figure {label} entered"),
    "withdraw_explanation": N_("Explanation of figure {label} taken out"),
    "export_register": N_("Register with names exported"),
    "export_view": N_("List with names taken out ({label})"),
    "sign_in": N_("{label} signed in"),
    "sign_in_failed": N_("Failed sign-in of {label}"),
    "add_user": N_("User {label} added"),
    "set_password": N_("Password of {label} set"),
    "open_account": N_("Account {label} opened again"),
    "end_account": N_("Account {label} ended"),
    "edit_user": N_("Account {label} changed"),
    "unlock": N_("{label} opened the locked screen after wrong passwords"),
    "record_published_totals": N_("Published totals recorded, still without a document"),
    "document_historical_total": N_("Document filed for {label}"),
    "approve_historical_total": N_("Approved: {label}"),
    "withdraw_historical_total": N_("Taken out: {label}"),
    "copy_elsewhere": N_("Copy of the file taken to {label}"),
    "restore": N_("File restored from a copy ({label})"),
    "undo": N_("Entry {number} taken back"),
    "make_load": N_("People for load tests made"),
    "save_list_item": N_("List entry saved: {label}"),
    "delete_list_item": N_("List entry deleted: {label}"),
    "end_list_item": N_("List entry ended: {label}"),
    "reopen_list_item": N_("List entry opened again: {label}"),
}
"""What an entry says it did; fields: `label`, code-like text of the entry, and `number`, the entry taken back."""

TABLES: Mapping[str, str] = {
    "accreditation": N_("Accreditation"),
    "act": N_("Act"),
    "assignment": N_("Assignment of an instructor"),
    "attachment": N_("Attachment"),
    "attendance": N_("Attendance"),
    "audit_sample": N_("Audit sample"),
    "audit_sample_item": N_("Item of an audit sample"),
    "authorisation": N_("Authorisation"),
    "certificate": N_("Certificate"),
    "certificate_template": N_("Template of certificates"),
    "certificate_template_version": N_("Version of a template of certificates"),
    "certificate_series": N_("Series of certificate numbers"),
    "certificate_sheet": N_("Certificate sheet"),
    "class_group": N_("Class group"),
    "class_group_grade": N_("Grade in a multigrade group"),
    "class_lesson": N_("Lesson given"),
    "class_officer": N_("Officer of a class group"),
    "closed_quarter": N_("Closed quarter"),
    "indicator": N_("Indicator code"),
    "periodic_report": N_("Periodic report"),
    "periodic_report_signer": N_("Signer of a periodic report"),
    "quarter_paper": N_("Paper of a closed quarter"),
    "course": N_("Course of the catalogue"),
    "course_module": N_("Module of a course"),
    "course_version": N_("Version of a course"),
    "curriculum": N_("Curriculum"),
    "curriculum_lesson": N_("Lesson of a curriculum"),
    "curriculum_version": N_("Version of a curriculum"),
    "delivery": N_("Delivery of a certificate"),
    "department": N_("Department"),
    "different_people": N_("Two people told apart"),
    "enrolment": N_("Enrolment"),
    "export": N_("Export with names"),
    "figure_explanation": N_("Explanation of a figure"),
    "file_info": N_("This file"),
    "folio": N_("Folio"),
    "force": N_("Home force"),
    "ground": N_("Ground"),
    "historical_total": N_("Historical total"),
    "institution": N_("Institution"),
    "institution_alias": N_("Other spelling of an institution"),
    "instructor": N_("Instructor"),
    "list_import": N_("List taken in"),
    "mentored_unit": N_("Mentored unit"),
    "module_grade": N_("Grade in a module"),
    "municipality": N_("Municipality"),
    "name_keeping": N_("Decision to keep names of pupils"),
    "pupil_name": N_("Name of a pupil"),
    "offering": N_("Course given"),
    "offering_day": N_("Day of a course"),
    "offering_module": N_("Module of a course given"),
    "participant": N_("A person"),
    "participant_document": N_("Further document of a person"),
    "person_without_document": N_("Person of a list without a document"),
    "photo": N_("Photo of a person"),
    "programme": N_("Programme"),
    "walk_in": N_("Somebody who came without being listed"),
    "walk_in_mark": N_("Mark of somebody who came without being listed"),
    "published_figure": N_("Published figure"),
    "quarter_cell": N_("Number in a table of a closed quarter"),
    "quarter_figure": N_("Figure of a closed quarter"),
    "rank": N_("Rank"),
    "rank_alias": N_("Other spelling of a rank"),
    "register_book": N_("Register book"),
    "register_entry": N_("Register entry"),
    "rejected_row": N_("Row of a list that stayed out"),
    "remembered_column": N_("Column of a sender's lists"),
    "restatement": N_("Restatement"),
    "revocation": N_("Annulment of a certificate"),
    "rotation": N_("Stay of an advisor"),
    "school": N_("School"),
    "setting": N_("Setting"),
    "signatory": N_("Signatory"),
    "signatory_absence": N_("Absence of a signatory"),
    "signing_key": N_("Signature of the school"),
    "source_document": N_("Source document"),
    "target": N_("Target"),
    "trust_list": N_("List for checking certificates"),
    "unit": N_("Unit"),
    "unit_alias": N_("Other spelling of a unit"),
    "user": N_("User"),
    "vetting": N_("Vetting"),
}
"""One row of each table, as people call it."""


def entry_words(use_case: str, label: str, undoes: int | None, t: Translator) -> str:
    """What an entry did, in words: "Course 116-2019 entered"; a use-case of a newer program as its code."""
    known = USE_CASES.get(use_case)
    if known is None:
        return f"{use_case} {label}".strip()
    return t(known, label=_label_words(use_case, label, t), number="" if undoes is None else undoes)


def who_words(name: str, t: Translator) -> str:
    """Who made an entry: a person by name; the program, where it made the file before anybody had an account."""
    return t(_PROGRAM[name]) if name in _PROGRAM else name


def _label_words(use_case: str, label: str, t: Translator) -> str:
    """A label with its codes in words: the list of an item, the list that was taken out and how."""
    if use_case in _OF_LISTS:
        table, _, code = label.partition(" ")
        return f"{table_words(table, t)} {code}"
    if use_case.endswith("_historical_total"):
        return f"{table_words('historical_total', t)} {label.removeprefix('historical total ')}"
    if use_case in _OF_TARGETS:
        return " ".join(t(MEASURES[Measure(part)]) if part in tuple(Measure) else part for part in label.split())
    if use_case == "export_view":
        listing, _, how = label.partition(": ")
        said = [t(_TAKEN_OUT[each]) if each in _TAKEN_OUT else each for each in (listing, how) if each]
        return ", ".join(said)
    return label


_OF_TARGETS = frozenset({"set_target", "correct_target", "approve_target", "withdraw_target", "set_indicator_code"})
_PROGRAM = {"init": N_("EIC Tracker, making the file"), "demo": N_("EIC Tracker, making the sample data")}
"""Who the journal names where no user was there yet."""
_OF_LISTS = frozenset({"save_list_item", "delete_list_item", "end_list_item", "reopen_list_item"})
_TAKEN_OUT = {
    "people": N_("People"),
    "roster": N_("Roster"),
    "enrolments": N_("Enrolments"),
    "certificates": N_("Certificates"),
    "offerings": N_("Courses given"),
    "instructors": N_("Instructors"),
    "history": N_("History"),
    "copy": N_("copied"),
    "paper": N_("on paper"),
    "workbook": N_("as a workbook"),
}
"""What the label of a list that left is made of."""


def reason_words(reason: str | None, t: Translator) -> str:
    """A reason that somebody typed as it stands; one that the program gave in this language."""
    return t(reason) if reason else ""


def table_words(table: str, t: Translator) -> str:
    """What a row of a table is called."""
    return t(TABLES[table]) if table in TABLES else table


def column_words(table: str, column: str, t: Translator) -> str:
    """What a column of a table is called."""
    known = COLUMNS.get(f"{table}.{column}") or COLUMNS.get(column)
    return t(known) if known else column
