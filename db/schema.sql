-- The schema of an EIC Tracker file, generated from the migrations; a test compares it.
-- PRAGMA application_id = 1162429268; PRAGMA user_version = 13;

CREATE TABLE accreditation (
  id INTEGER NOT NULL,
  instructor_id INTEGER NOT NULL,
  title VARCHAR NOT NULL,
  authority VARCHAR NOT NULL,
  number VARCHAR,
  granted_on DATE,
  expires_on DATE, curriculum_id INTEGER CONSTRAINT fk_accreditation_curriculum_id REFERENCES curriculum (id),
  CONSTRAINT pk_accreditation PRIMARY KEY (id),
  CONSTRAINT fk_accreditation_instructor_id FOREIGN KEY(instructor_id) REFERENCES instructor (id)
);

CREATE INDEX ix_accreditation_curriculum_id ON accreditation (curriculum_id);

CREATE INDEX ix_accreditation_instructor_id ON accreditation (instructor_id);

CREATE TABLE act (
  id INTEGER NOT NULL,
  uid VARCHAR(32) NOT NULL,
  kind VARCHAR(32) NOT NULL,
  number INTEGER NOT NULL,
  year INTEGER NOT NULL,
  offering_id INTEGER NOT NULL,
  offering_module_id INTEGER,
  held_on DATE,
  place VARCHAR,
  starts_at VARCHAR,
  ends_at VARCHAR,
  frozen_at DATETIME,
  digest VARCHAR,
  rectifies_id INTEGER,
  authorisation_id INTEGER, present VARCHAR, facts VARCHAR, annexes VARCHAR, content VARCHAR,
  CONSTRAINT pk_act PRIMARY KEY (id),
  CONSTRAINT fk_act_authorisation_id FOREIGN KEY(authorisation_id) REFERENCES authorisation (id),
  CONSTRAINT fk_act_offering_id FOREIGN KEY(offering_id) REFERENCES offering (id),
  CONSTRAINT fk_act_offering_module_id FOREIGN KEY(offering_module_id) REFERENCES offering_module (id),
  CONSTRAINT fk_act_rectifies_id FOREIGN KEY(rectifies_id) REFERENCES act (id),
  CONSTRAINT uq_act_kind_year_number UNIQUE (kind, year, number),
  CONSTRAINT uq_act_uid UNIQUE (uid),
  CONSTRAINT ck_act_kind CHECK (kind IN ('grades', 'closing', 'graduation', 'rectification', 'delivery'))
);

CREATE INDEX ix_act_offering_id ON act (offering_id);

CREATE INDEX ix_act_rectifies_id ON act (rectifies_id);

CREATE TABLE alembic_version (
  version_num VARCHAR(32) NOT NULL,
  CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);

CREATE TABLE assignment (
  id INTEGER NOT NULL,
  offering_id INTEGER NOT NULL,
  instructor_id INTEGER NOT NULL,
  role VARCHAR(32) NOT NULL,
  offering_module_id INTEGER,
  hours INTEGER,
  source_document_id INTEGER, ended_on DATE,
  CONSTRAINT pk_assignment PRIMARY KEY (id),
  CONSTRAINT fk_assignment_instructor_id FOREIGN KEY(instructor_id) REFERENCES instructor (id),
  CONSTRAINT fk_assignment_offering_id FOREIGN KEY(offering_id) REFERENCES offering (id),
  CONSTRAINT fk_assignment_offering_module_id FOREIGN KEY(offering_module_id) REFERENCES offering_module (id),
  CONSTRAINT fk_assignment_source_document_id FOREIGN KEY(source_document_id) REFERENCES source_document (id),
  CONSTRAINT uq_assignment_offering_id_instructor_id_offering_module_id UNIQUE (offering_id, instructor_id, offering_module_id),
  CONSTRAINT ck_assignment_role CHECK (role IN ('lead', 'assistant', 'module'))
);

CREATE INDEX ix_assignment_instructor_id ON assignment (instructor_id);

CREATE INDEX ix_assignment_offering_id ON assignment (offering_id);

CREATE INDEX ix_assignment_offering_module_id ON assignment (offering_module_id);

CREATE UNIQUE INDEX uq_assignment_one_lead ON assignment (offering_id) WHERE role = 'lead';

CREATE TABLE attachment (
  id INTEGER NOT NULL,
  uid VARCHAR(32) NOT NULL,
  kind VARCHAR(32) NOT NULL,
  source_document_id INTEGER,
  offering_id INTEGER,
  class_group_id INTEGER,
  published_figure_id INTEGER,
  media_type VARCHAR NOT NULL,
  sha256 VARCHAR(64) NOT NULL,
  content BLOB,
  pages INTEGER NOT NULL,
  holds_names BOOLEAN NOT NULL,
  purge_on DATE,
  recorded_at DATETIME NOT NULL, audit_sample_id INTEGER CONSTRAINT fk_attachment_audit_sample_id REFERENCES audit_sample (id), periodic_report_id INTEGER CONSTRAINT fk_attachment_periodic_report_id REFERENCES periodic_report (id),
  CONSTRAINT pk_attachment PRIMARY KEY (id),
  CONSTRAINT fk_attachment_class_group_id FOREIGN KEY(class_group_id) REFERENCES class_group (id),
  CONSTRAINT fk_attachment_offering_id FOREIGN KEY(offering_id) REFERENCES offering (id),
  CONSTRAINT fk_attachment_published_figure_id FOREIGN KEY(published_figure_id) REFERENCES published_figure (id),
  CONSTRAINT fk_attachment_source_document_id FOREIGN KEY(source_document_id) REFERENCES source_document (id),
  CONSTRAINT uq_attachment_uid UNIQUE (uid),
  CONSTRAINT ck_attachment_kind CHECK (kind IN ('letter', 'attendance_sheet', 'grade_sheet', 'act', 'summary_sheet', 'book_page', 'report_copy', 'other'))
);

CREATE INDEX ix_attachment_audit_sample_id ON attachment (audit_sample_id);

CREATE INDEX ix_attachment_class_group_id ON attachment (class_group_id);

CREATE INDEX ix_attachment_offering_id ON attachment (offering_id);

CREATE INDEX ix_attachment_periodic_report_id ON attachment (periodic_report_id);

CREATE INDEX ix_attachment_published_figure_id ON attachment (published_figure_id);

CREATE INDEX ix_attachment_source_document_id ON attachment (source_document_id);

CREATE TABLE attendance (
  id INTEGER NOT NULL,
  enrolment_id INTEGER NOT NULL,
  offering_day_id INTEGER NOT NULL,
  mark VARCHAR(32) NOT NULL,
  ground_id INTEGER,
  CONSTRAINT pk_attendance PRIMARY KEY (id),
  CONSTRAINT fk_attendance_enrolment_id FOREIGN KEY(enrolment_id) REFERENCES enrolment (id),
  CONSTRAINT fk_attendance_ground_id FOREIGN KEY(ground_id) REFERENCES ground (id),
  CONSTRAINT fk_attendance_offering_day_id FOREIGN KEY(offering_day_id) REFERENCES offering_day (id),
  CONSTRAINT uq_attendance_enrolment_id_offering_day_id UNIQUE (enrolment_id, offering_day_id),
  CONSTRAINT ck_attendance_mark CHECK (mark IN ('present', 'late', 'absent', 'excused'))
);

CREATE INDEX ix_attendance_offering_day_id ON attendance (offering_day_id);

CREATE TABLE audit_sample (
  id INTEGER NOT NULL,
  uid VARCHAR(32) NOT NULL,
  period VARCHAR NOT NULL,
  programme_id INTEGER,
  size INTEGER NOT NULL,
  population INTEGER NOT NULL,
  population_digest VARCHAR(64) NOT NULL,
  seed VARCHAR NOT NULL,
  drawn_by_id INTEGER NOT NULL,
  recorded_at DATETIME NOT NULL,
  CONSTRAINT pk_audit_sample PRIMARY KEY (id),
  CONSTRAINT ck_audit_sample_size CHECK (size BETWEEN 1 AND population),
  CONSTRAINT fk_audit_sample_drawn_by_id FOREIGN KEY(drawn_by_id) REFERENCES user (id),
  CONSTRAINT fk_audit_sample_programme_id FOREIGN KEY(programme_id) REFERENCES programme (id),
  CONSTRAINT uq_audit_sample_uid UNIQUE (uid)
);

CREATE INDEX ix_audit_sample_programme_id ON audit_sample (programme_id);

CREATE TABLE audit_sample_item (
  id INTEGER NOT NULL,
  audit_sample_id INTEGER NOT NULL,
  enrolment_id INTEGER NOT NULL,
  position INTEGER NOT NULL,
  outcome VARCHAR(32),
  note VARCHAR,
  checked_by_id INTEGER,
  checked_on DATE,
  CONSTRAINT pk_audit_sample_item PRIMARY KEY (id),
  CONSTRAINT ck_audit_sample_item_what_is_missing CHECK (outcome IS NULL OR outcome = 'supported' OR (note IS NOT NULL AND length(trim(note)) > 0)),
  CONSTRAINT fk_audit_sample_item_audit_sample_id FOREIGN KEY(audit_sample_id) REFERENCES audit_sample (id),
  CONSTRAINT fk_audit_sample_item_checked_by_id FOREIGN KEY(checked_by_id) REFERENCES user (id),
  CONSTRAINT fk_audit_sample_item_enrolment_id FOREIGN KEY(enrolment_id) REFERENCES enrolment (id),
  CONSTRAINT uq_audit_sample_item_audit_sample_id_position UNIQUE (audit_sample_id, position),
  CONSTRAINT ck_audit_sample_item_outcome CHECK (outcome IN ('supported', 'partly', 'unsupported'))
);

CREATE INDEX ix_audit_sample_item_audit_sample_id ON audit_sample_item (audit_sample_id);

CREATE INDEX ix_audit_sample_item_enrolment_id ON audit_sample_item (enrolment_id);

CREATE TABLE authorisation (
  id INTEGER NOT NULL,
  authorised_by VARCHAR NOT NULL,
  post VARCHAR,
  letter VARCHAR,
  exception VARCHAR NOT NULL,
  recorded_at DATETIME NOT NULL,
  source_document_id INTEGER,
  CONSTRAINT pk_authorisation PRIMARY KEY (id),
  CONSTRAINT ck_authorisation_named CHECK (length(trim(authorised_by)) > 0),
  CONSTRAINT fk_authorisation_source_document_id FOREIGN KEY(source_document_id) REFERENCES source_document (id)
);

CREATE INDEX ix_authorisation_source_document_id ON authorisation (source_document_id);

CREATE TRIGGER authorisation_is_never_changed BEFORE UPDATE ON authorisation
    BEGIN SELECT RAISE(ABORT, 'an authorisation is never edited'); END;

CREATE TABLE certificate (
  id INTEGER NOT NULL,
  uid VARCHAR(32) NOT NULL,
  number VARCHAR,
  certificate_series_id INTEGER,
  serial INTEGER,
  kind VARCHAR(32) NOT NULL,
  status VARCHAR(32) NOT NULL,
  enrolment_id INTEGER,
  instructor_id INTEGER,
  dated DATE,
  snapshot VARCHAR,
  snapshot_digest VARCHAR,
  duplicate_of_id INTEGER,
  act_id INTEGER,
  prepared_by_id INTEGER,
  approved_by_id INTEGER,
  issued_at DATETIME,
  participant_id INTEGER,
  code VARCHAR,
  telephone_code VARCHAR(19),
  signing_key_id INTEGER,
  template_version_id INTEGER,
  purpose VARCHAR,
  asked_by VARCHAR,
  with_grades BOOLEAN NOT NULL,
  valid_to DATE,
  source_document_id INTEGER, offering_id INTEGER CONSTRAINT fk_certificate_offering_id REFERENCES offering (id), cause VARCHAR(32) CONSTRAINT ck_certificate_cause CHECK (cause IN ('not_completed', 'correction', 'loss', 'theft', 'damage', 'error', 'change_of_name', 'forgery')),
  CONSTRAINT pk_certificate PRIMARY KEY (id),
  CONSTRAINT ck_certificate_numbered_once_approved CHECK (status IN ('prepared', 'annulled') OR (number IS NOT NULL AND dated IS NOT NULL AND snapshot IS NOT NULL)),
  CONSTRAINT ck_certificate_four_eyes CHECK (approved_by_id IS NULL OR approved_by_id <> prepared_by_id),
  CONSTRAINT fk_certificate_act_id FOREIGN KEY(act_id) REFERENCES act (id),
  CONSTRAINT fk_certificate_approved_by_id FOREIGN KEY(approved_by_id) REFERENCES user (id),
  CONSTRAINT fk_certificate_certificate_series_id FOREIGN KEY(certificate_series_id) REFERENCES certificate_series (id),
  CONSTRAINT fk_certificate_duplicate_of_id FOREIGN KEY(duplicate_of_id) REFERENCES certificate (id),
  CONSTRAINT fk_certificate_enrolment_id FOREIGN KEY(enrolment_id) REFERENCES enrolment (id),
  CONSTRAINT fk_certificate_instructor_id FOREIGN KEY(instructor_id) REFERENCES instructor (id),
  CONSTRAINT fk_certificate_participant_id FOREIGN KEY(participant_id) REFERENCES participant (id),
  CONSTRAINT fk_certificate_prepared_by_id FOREIGN KEY(prepared_by_id) REFERENCES user (id),
  CONSTRAINT fk_certificate_signing_key_id FOREIGN KEY(signing_key_id) REFERENCES signing_key (id),
  CONSTRAINT fk_certificate_source_document_id FOREIGN KEY(source_document_id) REFERENCES source_document (id),
  CONSTRAINT fk_certificate_template_version_id FOREIGN KEY(template_version_id) REFERENCES certificate_template_version (id),
  CONSTRAINT uq_certificate_certificate_series_id_serial UNIQUE (certificate_series_id, serial),
  CONSTRAINT uq_certificate_number UNIQUE (number),
  CONSTRAINT uq_certificate_telephone_code UNIQUE (telephone_code),
  CONSTRAINT uq_certificate_uid UNIQUE (uid),
  CONSTRAINT ck_certificate_kind CHECK (kind IN ('diploma', 'participation', 'statement', 'transcript', 'instructor')),
  CONSTRAINT ck_certificate_status CHECK (status IN ('prepared', 'approved', 'issued', 'annulled', 'replaced', 'paper_book'))
);

CREATE INDEX ix_certificate_act_id ON certificate (act_id);

CREATE INDEX ix_certificate_duplicate_of_id ON certificate (duplicate_of_id);

CREATE INDEX ix_certificate_enrolment_id ON certificate (enrolment_id);

CREATE INDEX ix_certificate_instructor_id ON certificate (instructor_id);

CREATE INDEX ix_certificate_offering_id ON certificate (offering_id);

CREATE INDEX ix_certificate_participant_id ON certificate (participant_id);

CREATE TABLE certificate_series (
  id INTEGER NOT NULL,
  prefix VARCHAR NOT NULL,
  year INTEGER NOT NULL,
  first_number INTEGER NOT NULL,
  last_number INTEGER NOT NULL,
  start_reason VARCHAR,
  CONSTRAINT pk_certificate_series PRIMARY KEY (id),
  CONSTRAINT uq_certificate_series_prefix_year UNIQUE (prefix, year)
);

CREATE TABLE certificate_sheet (
  id INTEGER NOT NULL,
  certificate_id INTEGER NOT NULL,
  sheet_serial VARCHAR NOT NULL,
  spoiled BOOLEAN NOT NULL,
  printed_at DATETIME NOT NULL,
  CONSTRAINT pk_certificate_sheet PRIMARY KEY (id),
  CONSTRAINT fk_certificate_sheet_certificate_id FOREIGN KEY(certificate_id) REFERENCES certificate (id)
);

CREATE INDEX ix_certificate_sheet_certificate_id ON certificate_sheet (certificate_id);

CREATE TABLE certificate_template (
  id INTEGER NOT NULL,
  uid VARCHAR(32) NOT NULL,
  kind VARCHAR(32) NOT NULL,
  name VARCHAR NOT NULL,
  programme_id INTEGER,
  valid_to DATE,
  CONSTRAINT pk_certificate_template PRIMARY KEY (id),
  CONSTRAINT fk_certificate_template_programme_id FOREIGN KEY(programme_id) REFERENCES programme (id),
  CONSTRAINT uq_certificate_template_uid UNIQUE (uid),
  CONSTRAINT ck_certificate_template_kind CHECK (kind IN ('diploma', 'participation', 'statement', 'transcript', 'instructor', 'pupil'))
);

CREATE INDEX ix_certificate_template_programme_id ON certificate_template (programme_id);

CREATE TABLE certificate_template_version (
  id INTEGER NOT NULL,
  certificate_template_id INTEGER NOT NULL,
  number INTEGER NOT NULL,
  content VARCHAR NOT NULL,
  digest VARCHAR NOT NULL,
  frozen_at DATETIME,
  CONSTRAINT pk_certificate_template_version PRIMARY KEY (id),
  CONSTRAINT fk_certificate_template_version_certificate_template_id FOREIGN KEY(certificate_template_id) REFERENCES certificate_template (id),
  CONSTRAINT uq_certificate_template_version_certificate_template_id_number UNIQUE (certificate_template_id, number)
);

CREATE TABLE change (
  id INTEGER NOT NULL,
  change_set_id INTEGER NOT NULL,
  table_name VARCHAR NOT NULL,
  row_id INTEGER NOT NULL,
  operation VARCHAR(32) NOT NULL,
  "before" VARCHAR,
  "after" VARCHAR,
  salt BLOB,
  digest BLOB NOT NULL,
  CONSTRAINT pk_change PRIMARY KEY (id),
  CONSTRAINT fk_change_change_set_id FOREIGN KEY(change_set_id) REFERENCES change_set (id) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT ck_change_operation CHECK (operation IN ('insert', 'update', 'delete'))
);

CREATE INDEX ix_change_change_set_id ON change (change_set_id);

CREATE INDEX ix_change_table_name_row_id ON change (table_name, row_id);

CREATE TRIGGER change_is_never_deleted BEFORE DELETE ON change
    BEGIN SELECT RAISE(ABORT, 'the journal only grows'); END;

CREATE TRIGGER change_is_only_erased BEFORE UPDATE ON change
    WHEN NOT (NEW."before" IS NULL AND NEW."after" IS NULL AND NEW.salt IS NULL
      AND NEW.id = OLD.id AND NEW.change_set_id = OLD.change_set_id AND NEW.table_name = OLD.table_name
      AND NEW.row_id = OLD.row_id AND NEW.operation = OLD.operation AND NEW.digest = OLD.digest)
    BEGIN SELECT RAISE(ABORT, 'the journal only grows'); END;

CREATE TABLE change_set (
  id INTEGER NOT NULL,
  uid VARCHAR(32) NOT NULL,
  at DATETIME NOT NULL,
  user_id INTEGER,
  actor VARCHAR NOT NULL,
  on_behalf_of VARCHAR,
  use_case VARCHAR NOT NULL,
  label VARCHAR NOT NULL,
  reason VARCHAR,
  authorisation_id INTEGER,
  undoes_id INTEGER,
  changes INTEGER NOT NULL,
  previous_hash VARCHAR(64) NOT NULL,
  hash VARCHAR(64) NOT NULL,
  CONSTRAINT pk_change_set PRIMARY KEY (id),
  CONSTRAINT fk_change_set_authorisation_id FOREIGN KEY(authorisation_id) REFERENCES authorisation (id),
  CONSTRAINT fk_change_set_undoes_id FOREIGN KEY(undoes_id) REFERENCES change_set (id),
  CONSTRAINT fk_change_set_user_id FOREIGN KEY(user_id) REFERENCES user (id),
  CONSTRAINT uq_change_set_hash UNIQUE (hash),
  CONSTRAINT uq_change_set_uid UNIQUE (uid)
);

CREATE INDEX ix_change_set_undoes_id ON change_set (undoes_id);

CREATE INDEX ix_change_set_user_id ON change_set (user_id);

CREATE TRIGGER change_set_is_never_changed BEFORE UPDATE ON change_set
    BEGIN SELECT RAISE(ABORT, 'the journal only grows'); END;

CREATE TRIGGER change_set_is_never_deleted BEFORE DELETE ON change_set
    BEGIN SELECT RAISE(ABORT, 'the journal only grows'); END;

CREATE TABLE class_group (
  id INTEGER NOT NULL,
  uid VARCHAR(32) NOT NULL,
  code VARCHAR NOT NULL,
  programme_id INTEGER NOT NULL,
  school_id INTEGER,
  municipality_id INTEGER,
  curriculum_version_id INTEGER NOT NULL,
  grade VARCHAR,
  section VARCHAR,
  shift VARCHAR(32),
  school_year INTEGER NOT NULL,
  lessons_given INTEGER NOT NULL,
  first_lesson_on DATE,
  graduated_on DATE,
  event VARCHAR,
  enrolled_girls INTEGER NOT NULL,
  enrolled_boys INTEGER NOT NULL,
  enrolled_unrecorded INTEGER NOT NULL,
  reached_girls INTEGER NOT NULL,
  reached_boys INTEGER NOT NULL,
  reached_unrecorded INTEGER NOT NULL,
  graduated_girls INTEGER NOT NULL,
  graduated_boys INTEGER NOT NULL,
  graduated_unrecorded INTEGER NOT NULL,
  note VARCHAR,
  repeat_reason VARCHAR,
  historical_total_id INTEGER,
  source_document_id INTEGER,
  recorded_at DATETIME NOT NULL,
  CONSTRAINT pk_class_group PRIMARY KEY (id),
  CONSTRAINT ck_class_group_heads_not_negative CHECK (enrolled_girls >= 0 AND enrolled_boys >= 0 AND enrolled_unrecorded >= 0 AND reached_girls >= 0 AND reached_boys >= 0 AND reached_unrecorded >= 0 AND graduated_girls >= 0 AND graduated_boys >= 0 AND graduated_unrecorded >= 0),
  CONSTRAINT fk_class_group_curriculum_version_id FOREIGN KEY(curriculum_version_id) REFERENCES curriculum_version (id),
  CONSTRAINT fk_class_group_historical_total_id FOREIGN KEY(historical_total_id) REFERENCES historical_total (id),
  CONSTRAINT fk_class_group_municipality_id FOREIGN KEY(municipality_id) REFERENCES municipality (id),
  CONSTRAINT fk_class_group_programme_id FOREIGN KEY(programme_id) REFERENCES programme (id),
  CONSTRAINT fk_class_group_school_id FOREIGN KEY(school_id) REFERENCES school (id),
  CONSTRAINT fk_class_group_source_document_id FOREIGN KEY(source_document_id) REFERENCES source_document (id),
  CONSTRAINT uq_class_group_code UNIQUE (code),
  CONSTRAINT uq_class_group_uid UNIQUE (uid),
  CONSTRAINT ck_class_group_shift CHECK (shift IN ('morning', 'afternoon', 'evening'))
);

CREATE INDEX ix_class_group_curriculum_version_id ON class_group (curriculum_version_id);

CREATE INDEX ix_class_group_historical_total_id ON class_group (historical_total_id);

CREATE INDEX ix_class_group_municipality_id ON class_group (municipality_id);

CREATE INDEX ix_class_group_programme_id_first_lesson_on ON class_group (programme_id, first_lesson_on);

CREATE INDEX ix_class_group_same ON class_group (school_id, school_year, grade, section, shift);

CREATE INDEX ix_class_group_source_document_id ON class_group (source_document_id);

CREATE TABLE class_group_grade (
  id INTEGER NOT NULL,
  class_group_id INTEGER NOT NULL,
  grade VARCHAR NOT NULL,
  enrolled_girls INTEGER NOT NULL,
  enrolled_boys INTEGER NOT NULL,
  enrolled_unrecorded INTEGER NOT NULL,
  reached_girls INTEGER NOT NULL,
  reached_boys INTEGER NOT NULL,
  reached_unrecorded INTEGER NOT NULL,
  graduated_girls INTEGER NOT NULL,
  graduated_boys INTEGER NOT NULL,
  graduated_unrecorded INTEGER NOT NULL,
  CONSTRAINT pk_class_group_grade PRIMARY KEY (id),
  CONSTRAINT ck_class_group_grade_heads_not_negative CHECK (enrolled_girls >= 0 AND enrolled_boys >= 0 AND enrolled_unrecorded >= 0 AND reached_girls >= 0 AND reached_boys >= 0 AND reached_unrecorded >= 0 AND graduated_girls >= 0 AND graduated_boys >= 0 AND graduated_unrecorded >= 0),
  CONSTRAINT fk_class_group_grade_class_group_id FOREIGN KEY(class_group_id) REFERENCES class_group (id),
  CONSTRAINT uq_class_group_grade_class_group_id_grade UNIQUE (class_group_id, grade)
);

CREATE TABLE class_lesson (
  id INTEGER NOT NULL,
  class_group_id INTEGER NOT NULL,
  number INTEGER NOT NULL,
  given_on DATE NOT NULL,
  girls INTEGER,
  boys INTEGER,
  unrecorded INTEGER,
  CONSTRAINT pk_class_lesson PRIMARY KEY (id),
  CONSTRAINT fk_class_lesson_class_group_id FOREIGN KEY(class_group_id) REFERENCES class_group (id),
  CONSTRAINT uq_class_lesson_class_group_id_number UNIQUE (class_group_id, number)
);

CREATE TABLE class_officer (
  id INTEGER NOT NULL,
  class_group_id INTEGER NOT NULL,
  instructor_id INTEGER NOT NULL,
  role VARCHAR(32) NOT NULL,
  CONSTRAINT pk_class_officer PRIMARY KEY (id),
  CONSTRAINT fk_class_officer_class_group_id FOREIGN KEY(class_group_id) REFERENCES class_group (id),
  CONSTRAINT fk_class_officer_instructor_id FOREIGN KEY(instructor_id) REFERENCES instructor (id),
  CONSTRAINT uq_class_officer_class_group_id_instructor_id UNIQUE (class_group_id, instructor_id),
  CONSTRAINT ck_class_officer_role CHECK (role IN ('lead', 'assistant'))
);

CREATE INDEX ix_class_officer_instructor_id ON class_officer (instructor_id);

CREATE TABLE closed_quarter (
  id INTEGER NOT NULL,
  period VARCHAR NOT NULL,
  closed_at DATETIME NOT NULL,
  closed_by_id INTEGER,
  reopened_at DATETIME,
  reopened_reason VARCHAR,
  CONSTRAINT pk_closed_quarter PRIMARY KEY (id),
  CONSTRAINT fk_closed_quarter_closed_by_id FOREIGN KEY(closed_by_id) REFERENCES user (id),
  CONSTRAINT uq_closed_quarter_period UNIQUE (period)
);

CREATE TABLE course (
  id INTEGER NOT NULL,
  code VARCHAR NOT NULL,
  programme_id INTEGER NOT NULL,
  title VARCHAR NOT NULL,
  course_type VARCHAR(32) NOT NULL, valid_to DATE,
  CONSTRAINT pk_course PRIMARY KEY (id),
  CONSTRAINT fk_course_programme_id FOREIGN KEY(programme_id) REFERENCES programme (id),
  CONSTRAINT uq_course_code UNIQUE (code),
  CONSTRAINT ck_course_course_type CHECK (course_type IN ('course', 'seminar', 'workshop', 'diploma', 'specialisation', 'train_the_trainer', 'conference', 'study_tour'))
);

CREATE INDEX ix_course_programme_id ON course (programme_id);

CREATE TABLE course_module (
  id INTEGER NOT NULL,
  course_version_id INTEGER NOT NULL,
  number INTEGER NOT NULL,
  title VARCHAR NOT NULL,
  hours INTEGER NOT NULL,
  human_rights_hours INTEGER NOT NULL,
  weight INTEGER NOT NULL,
  CONSTRAINT pk_course_module PRIMARY KEY (id),
  CONSTRAINT fk_course_module_course_version_id FOREIGN KEY(course_version_id) REFERENCES course_version (id),
  CONSTRAINT uq_course_module_course_version_id_number UNIQUE (course_version_id, number)
);

CREATE INDEX ix_course_module_course_version_id ON course_module (course_version_id);

CREATE TABLE course_version (
  id INTEGER NOT NULL,
  course_id INTEGER NOT NULL,
  version INTEGER NOT NULL,
  hours INTEGER NOT NULL,
  human_rights_hours INTEGER NOT NULL,
  scale INTEGER NOT NULL,
  minimum_grade INTEGER NOT NULL,
  minimum_attendance INTEGER NOT NULL,
  rounding VARCHAR(32) NOT NULL,
  second_chance VARCHAR(32) NOT NULL,
  post_test_weight INTEGER NOT NULL,
  performance_weight INTEGER NOT NULL,
  products_weight INTEGER NOT NULL,
  certificate_template VARCHAR NOT NULL,
  CONSTRAINT pk_course_version PRIMARY KEY (id),
  CONSTRAINT ck_course_version_hours CHECK (hours > 0),
  CONSTRAINT ck_course_version_minimum_attendance CHECK (minimum_attendance BETWEEN 0 AND 100),
  CONSTRAINT fk_course_version_course_id FOREIGN KEY(course_id) REFERENCES course (id),
  CONSTRAINT uq_course_version_course_id_version UNIQUE (course_id, version),
  CONSTRAINT ck_course_version_rounding CHECK (rounding IN ('none', 'half_up')),
  CONSTRAINT ck_course_version_second_chance CHECK (second_chance IN ('none', 'replaces', 'at_most_minimum'))
);

CREATE INDEX ix_course_version_course_id ON course_version (course_id);

CREATE TABLE curriculum (
  id INTEGER NOT NULL,
  programme_id INTEGER NOT NULL,
  code VARCHAR NOT NULL,
  name VARCHAR NOT NULL,
  kind VARCHAR(32) NOT NULL,
  valid_to DATE,
  CONSTRAINT pk_curriculum PRIMARY KEY (id),
  CONSTRAINT fk_curriculum_programme_id FOREIGN KEY(programme_id) REFERENCES programme (id),
  CONSTRAINT uq_curriculum_code UNIQUE (code),
  CONSTRAINT ck_curriculum_kind CHECK (kind IN ('elementary', 'middle', 'families', 'camp', 'workshop'))
);

CREATE INDEX ix_curriculum_programme_id ON curriculum (programme_id);

CREATE TABLE curriculum_lesson (
  id INTEGER NOT NULL,
  curriculum_version_id INTEGER NOT NULL,
  number INTEGER NOT NULL,
  title VARCHAR NOT NULL,
  CONSTRAINT pk_curriculum_lesson PRIMARY KEY (id),
  CONSTRAINT fk_curriculum_lesson_curriculum_version_id FOREIGN KEY(curriculum_version_id) REFERENCES curriculum_version (id),
  CONSTRAINT uq_curriculum_lesson_curriculum_version_id_number UNIQUE (curriculum_version_id, number)
);

CREATE INDEX ix_curriculum_lesson_curriculum_version_id ON curriculum_lesson (curriculum_version_id);

CREATE TABLE curriculum_version (
  id INTEGER NOT NULL,
  curriculum_id INTEGER NOT NULL,
  version VARCHAR NOT NULL,
  lessons INTEGER NOT NULL,
  lessons_required INTEGER,
  source VARCHAR,
  CONSTRAINT pk_curriculum_version PRIMARY KEY (id),
  CONSTRAINT fk_curriculum_version_curriculum_id FOREIGN KEY(curriculum_id) REFERENCES curriculum (id),
  CONSTRAINT uq_curriculum_version_curriculum_id_version UNIQUE (curriculum_id, version)
);

CREATE INDEX ix_curriculum_version_curriculum_id ON curriculum_version (curriculum_id);

CREATE TABLE delivery (
  id INTEGER NOT NULL,
  certificate_id INTEGER NOT NULL,
  delivered_on DATE NOT NULL,
  received_by VARCHAR,
  proxy_document_id INTEGER,
  CONSTRAINT pk_delivery PRIMARY KEY (id),
  CONSTRAINT fk_delivery_certificate_id FOREIGN KEY(certificate_id) REFERENCES certificate (id),
  CONSTRAINT fk_delivery_proxy_document_id FOREIGN KEY(proxy_document_id) REFERENCES source_document (id)
);

CREATE INDEX ix_delivery_certificate_id ON delivery (certificate_id);

CREATE TABLE department (
  id INTEGER NOT NULL,
  code VARCHAR(2) NOT NULL,
  name VARCHAR NOT NULL,
  valid_to DATE,
  CONSTRAINT pk_department PRIMARY KEY (id),
  CONSTRAINT uq_department_code UNIQUE (code)
);

CREATE TABLE different_people (
  id INTEGER NOT NULL,
  first_id INTEGER NOT NULL,
  second_id INTEGER NOT NULL,
  recorded_at DATETIME NOT NULL,
  CONSTRAINT pk_different_people PRIMARY KEY (id),
  CONSTRAINT ck_different_people_in_order CHECK (first_id < second_id),
  CONSTRAINT fk_different_people_first_id FOREIGN KEY(first_id) REFERENCES participant (id),
  CONSTRAINT fk_different_people_second_id FOREIGN KEY(second_id) REFERENCES participant (id),
  CONSTRAINT uq_different_people_first_id_second_id UNIQUE (first_id, second_id)
);

CREATE INDEX ix_different_people_second_id ON different_people (second_id);

CREATE TABLE enrolment (
  id INTEGER NOT NULL,
  uid VARCHAR(32) NOT NULL,
  offering_id INTEGER NOT NULL,
  participant_id INTEGER NOT NULL,
  status VARCHAR(32) NOT NULL,
  seat VARCHAR(32) NOT NULL,
  ground_id INTEGER,
  proposed_status VARCHAR(32),
  institution_id INTEGER,
  unit_id INTEGER,
  rank_id INTEGER,
  rank_text VARCHAR,
  post VARCHAR,
  lodging BOOLEAN,
  pre_test INTEGER,
  post_test INTEGER,
  performance INTEGER,
  products INTEGER,
  final_grade INTEGER,
  second_chance_grade INTEGER,
  attendance_percent INTEGER,
  distinction VARCHAR(32),
  replaces_enrolment_id INTEGER,
  source_document_id INTEGER,
  authorisation_id INTEGER,
  recorded_at DATETIME NOT NULL, institution_text VARCHAR, unit_text VARCHAR,
  CONSTRAINT pk_enrolment PRIMARY KEY (id),
  CONSTRAINT ck_enrolment_attendance_percent CHECK (attendance_percent BETWEEN 0 AND 100),
  CONSTRAINT fk_enrolment_authorisation_id FOREIGN KEY(authorisation_id) REFERENCES authorisation (id),
  CONSTRAINT fk_enrolment_ground_id FOREIGN KEY(ground_id) REFERENCES ground (id),
  CONSTRAINT fk_enrolment_institution_id FOREIGN KEY(institution_id) REFERENCES institution (id),
  CONSTRAINT fk_enrolment_offering_id FOREIGN KEY(offering_id) REFERENCES offering (id),
  CONSTRAINT fk_enrolment_participant_id FOREIGN KEY(participant_id) REFERENCES participant (id),
  CONSTRAINT fk_enrolment_rank_id FOREIGN KEY(rank_id) REFERENCES rank (id),
  CONSTRAINT fk_enrolment_replaces_enrolment_id FOREIGN KEY(replaces_enrolment_id) REFERENCES enrolment (id),
  CONSTRAINT fk_enrolment_source_document_id FOREIGN KEY(source_document_id) REFERENCES source_document (id),
  CONSTRAINT fk_enrolment_unit_id FOREIGN KEY(unit_id) REFERENCES unit (id),
  CONSTRAINT uq_enrolment_offering_id_participant_id UNIQUE (offering_id, participant_id),
  CONSTRAINT uq_enrolment_uid UNIQUE (uid),
  CONSTRAINT ck_enrolment_status CHECK (status IN ('applied', 'enrolled', 'completed', 'not_completed', 'withdrew', 'no_show', 'removed')),
  CONSTRAINT ck_enrolment_seat CHECK (seat IN ('seat', 'alternate')),
  CONSTRAINT ck_enrolment_proposed_status CHECK (proposed_status IN ('applied', 'enrolled', 'completed', 'not_completed', 'withdrew', 'no_show', 'removed')),
  CONSTRAINT ck_enrolment_distinction CHECK (distinction IN ('key_participant', 'unsatisfactory'))
);

CREATE INDEX ix_enrolment_participant_id ON enrolment (participant_id, status, seat, offering_id);

CREATE INDEX ix_enrolment_source_document_id ON enrolment (source_document_id);

CREATE TABLE export (
  id INTEGER NOT NULL,
  kind VARCHAR NOT NULL,
  people INTEGER NOT NULL,
  reason VARCHAR,
  user_id INTEGER NOT NULL,
  recorded_at DATETIME NOT NULL,
  CONSTRAINT pk_export PRIMARY KEY (id),
  CONSTRAINT ck_export_reason_given CHECK (people <= 50 OR (reason IS NOT NULL AND length(trim(reason)) > 0)),
  CONSTRAINT fk_export_user_id FOREIGN KEY(user_id) REFERENCES user (id)
);

CREATE INDEX ix_export_user_id ON export (user_id);

CREATE TABLE figure_explanation (
  id INTEGER NOT NULL,
  published_figure_id INTEGER NOT NULL,
  kind VARCHAR(32) NOT NULL,
  amount INTEGER NOT NULL,
  label VARCHAR NOT NULL,
  source_document_id INTEGER,
  page VARCHAR,
  entered_by_id INTEGER NOT NULL,
  approved_by_id INTEGER,
  recorded_at DATETIME NOT NULL,
  CONSTRAINT pk_figure_explanation PRIMARY KEY (id),
  CONSTRAINT ck_figure_explanation_four_eyes CHECK (approved_by_id IS NULL OR approved_by_id <> entered_by_id),
  CONSTRAINT fk_figure_explanation_approved_by_id FOREIGN KEY(approved_by_id) REFERENCES user (id),
  CONSTRAINT fk_figure_explanation_entered_by_id FOREIGN KEY(entered_by_id) REFERENCES user (id),
  CONSTRAINT fk_figure_explanation_published_figure_id FOREIGN KEY(published_figure_id) REFERENCES published_figure (id),
  CONSTRAINT fk_figure_explanation_source_document_id FOREIGN KEY(source_document_id) REFERENCES source_document (id),
  CONSTRAINT ck_figure_explanation_kind CHECK (kind IN ('historical_total', 'counting_rule', 'late_entry', 'merged', 'documented', 'qualifier'))
);

CREATE INDEX ix_figure_explanation_published_figure_id ON figure_explanation (published_figure_id);

CREATE INDEX ix_figure_explanation_source_document_id ON figure_explanation (source_document_id);

CREATE TABLE file_info (
  id INTEGER NOT NULL,
  uid VARCHAR(32) NOT NULL,
  kind VARCHAR(32) NOT NULL,
  created_at DATETIME NOT NULL,
  clock DATE,
  CONSTRAINT pk_file_info PRIMARY KEY (id),
  CONSTRAINT ck_file_info_one_row CHECK (id = 1),
  CONSTRAINT ck_file_info_kind CHECK (kind IN ('school', 'demonstration'))
);

CREATE TRIGGER file_info_is_never_changed BEFORE UPDATE ON file_info
    BEGIN SELECT RAISE(ABORT, 'what a file is never changes'); END;

CREATE TRIGGER file_info_is_never_deleted BEFORE DELETE ON file_info
    BEGIN SELECT RAISE(ABORT, 'what a file is never changes'); END;

CREATE TABLE folio (
  id INTEGER NOT NULL,
  register_book_id INTEGER NOT NULL,
  number INTEGER NOT NULL,
  printed_at DATETIME,
  digest VARCHAR,
  previous_digest VARCHAR, content VARCHAR,
  CONSTRAINT pk_folio PRIMARY KEY (id),
  CONSTRAINT fk_folio_register_book_id FOREIGN KEY(register_book_id) REFERENCES register_book (id),
  CONSTRAINT uq_folio_register_book_id_number UNIQUE (register_book_id, number)
);

CREATE TABLE force (
  id INTEGER NOT NULL,
  code VARCHAR NOT NULL,
  name VARCHAR NOT NULL,
  country VARCHAR(3) NOT NULL,
  valid_to DATE,
  CONSTRAINT pk_force PRIMARY KEY (id),
  CONSTRAINT uq_force_code UNIQUE (code)
);

CREATE TABLE ground (
  id INTEGER NOT NULL,
  code VARCHAR NOT NULL,
  name VARCHAR NOT NULL,
  applies_to VARCHAR NOT NULL,
  valid_to DATE,
  CONSTRAINT pk_ground PRIMARY KEY (id),
  CONSTRAINT uq_ground_code UNIQUE (code)
);

CREATE TABLE historical_total (
  id INTEGER NOT NULL,
  uid VARCHAR(32) NOT NULL,
  programme_id INTEGER NOT NULL,
  measure VARCHAR(32) NOT NULL,
  value INTEGER NOT NULL,
  girls_or_women INTEGER,
  boys_or_men INTEGER,
  first_day DATE NOT NULL,
  last_day DATE NOT NULL,
  instructor_force VARCHAR,
  departments VARCHAR,
  municipalities VARCHAR,
  curriculum_kind VARCHAR(32),
  school VARCHAR,
  published_figure_id INTEGER,
  source_document_id INTEGER NOT NULL,
  page VARCHAR,
  entered_by_id INTEGER NOT NULL,
  approved_by_id INTEGER,
  recorded_at DATETIME NOT NULL,
  CONSTRAINT pk_historical_total PRIMARY KEY (id),
  CONSTRAINT ck_historical_total_four_eyes CHECK (approved_by_id IS NULL OR approved_by_id <> entered_by_id),
  CONSTRAINT ck_historical_total_value CHECK (value > 0),
  CONSTRAINT fk_historical_total_approved_by_id FOREIGN KEY(approved_by_id) REFERENCES user (id),
  CONSTRAINT fk_historical_total_entered_by_id FOREIGN KEY(entered_by_id) REFERENCES user (id),
  CONSTRAINT fk_historical_total_programme_id FOREIGN KEY(programme_id) REFERENCES programme (id),
  CONSTRAINT fk_historical_total_published_figure_id FOREIGN KEY(published_figure_id) REFERENCES published_figure (id),
  CONSTRAINT fk_historical_total_source_document_id FOREIGN KEY(source_document_id) REFERENCES source_document (id),
  CONSTRAINT uq_historical_total_uid UNIQUE (uid),
  CONSTRAINT ck_historical_total_measure CHECK (measure IN ('completions', 'persons', 'enrolments', 'offerings', 'reached', 'graduated')),
  CONSTRAINT ck_historical_total_curriculum_kind CHECK (curriculum_kind IN ('elementary', 'middle', 'families', 'camp', 'workshop'))
);

CREATE INDEX ix_historical_total_programme_id ON historical_total (programme_id);

CREATE INDEX ix_historical_total_published_figure_id ON historical_total (published_figure_id);

CREATE INDEX ix_historical_total_source_document_id ON historical_total (source_document_id);

CREATE TABLE indicator (
  id INTEGER NOT NULL,
  programme_id INTEGER NOT NULL,
  measure VARCHAR(32) NOT NULL,
  code VARCHAR NOT NULL,
  CONSTRAINT pk_indicator PRIMARY KEY (id),
  CONSTRAINT fk_indicator_programme_id FOREIGN KEY(programme_id) REFERENCES programme (id),
  CONSTRAINT uq_indicator_programme_id_measure UNIQUE (programme_id, measure),
  CONSTRAINT ck_indicator_measure CHECK (measure IN ('completions', 'persons', 'enrolments', 'offerings', 'reached', 'graduated'))
);

CREATE TABLE institution (
  id INTEGER NOT NULL,
  code VARCHAR NOT NULL,
  name VARCHAR NOT NULL,
  country VARCHAR(3) NOT NULL,
  kind VARCHAR(32) NOT NULL,
  vetting_required BOOLEAN NOT NULL,
  valid_from DATE,
  valid_to DATE,
  successor_id INTEGER,
  CONSTRAINT pk_institution PRIMARY KEY (id),
  CONSTRAINT fk_institution_successor_id FOREIGN KEY(successor_id) REFERENCES institution (id),
  CONSTRAINT uq_institution_code UNIQUE (code),
  CONSTRAINT ck_institution_kind CHECK (kind IN ('security_force', 'justice', 'military', 'other'))
);

CREATE INDEX ix_institution_successor_id ON institution (successor_id);

CREATE TABLE institution_alias (
  id INTEGER NOT NULL,
  match_key VARCHAR NOT NULL,
  text VARCHAR NOT NULL,
  institution_id INTEGER NOT NULL,
  CONSTRAINT pk_institution_alias PRIMARY KEY (id),
  CONSTRAINT fk_institution_alias_institution_id FOREIGN KEY(institution_id) REFERENCES institution (id),
  CONSTRAINT uq_institution_alias_match_key UNIQUE (match_key)
);

CREATE INDEX ix_institution_alias_institution_id ON institution_alias (institution_id);

CREATE TABLE instructor (
  id INTEGER NOT NULL,
  uid VARCHAR(32) NOT NULL,
  code VARCHAR NOT NULL,
  given_names VARCHAR NOT NULL,
  surnames VARCHAR NOT NULL,
  match_key VARCHAR NOT NULL,
  force_id INTEGER NOT NULL,
  rank_text VARCHAR,
  participant_id INTEGER,
  recorded_at DATETIME NOT NULL, police_number VARCHAR, specialities VARCHAR, languages VARCHAR, ended_on DATE, unit_id INTEGER CONSTRAINT fk_instructor_unit_id REFERENCES unit (id),
  CONSTRAINT pk_instructor PRIMARY KEY (id),
  CONSTRAINT fk_instructor_force_id FOREIGN KEY(force_id) REFERENCES force (id),
  CONSTRAINT fk_instructor_participant_id FOREIGN KEY(participant_id) REFERENCES participant (id),
  CONSTRAINT uq_instructor_code UNIQUE (code),
  CONSTRAINT uq_instructor_uid UNIQUE (uid)
);

CREATE INDEX ix_instructor_force_id ON instructor (force_id);

CREATE INDEX ix_instructor_match_key ON instructor (match_key);

CREATE INDEX ix_instructor_participant_id ON instructor (participant_id);

CREATE INDEX ix_instructor_unit_id ON instructor (unit_id);

CREATE TABLE list_import (
  id INTEGER NOT NULL,
  uid VARCHAR(32) NOT NULL,
  kind VARCHAR(32) NOT NULL,
  file VARCHAR NOT NULL,
  sheet VARCHAR NOT NULL,
  digest VARCHAR(64) NOT NULL,
  offering_id INTEGER,
  source_document_id INTEGER,
  people INTEGER NOT NULL,
  new INTEGER NOT NULL,
  known INTEGER NOT NULL,
  left_out INTEGER NOT NULL,
  recorded_at DATETIME NOT NULL,
  CONSTRAINT pk_list_import PRIMARY KEY (id),
  CONSTRAINT ck_list_import_counts_add_up CHECK (new + known + left_out = people),
  CONSTRAINT ck_list_import_counts_not_negative CHECK (new >= 0 AND known >= 0 AND left_out >= 0),
  CONSTRAINT fk_list_import_offering_id FOREIGN KEY(offering_id) REFERENCES offering (id),
  CONSTRAINT fk_list_import_source_document_id FOREIGN KEY(source_document_id) REFERENCES source_document (id),
  CONSTRAINT uq_list_import_uid UNIQUE (uid),
  CONSTRAINT ck_list_import_kind CHECK (kind IN ('people', 'enrolments', 'results'))
);

CREATE INDEX ix_list_import_digest ON list_import (digest);

CREATE INDEX ix_list_import_offering_id ON list_import (offering_id);

CREATE INDEX ix_list_import_source_document_id ON list_import (source_document_id);

CREATE TABLE mentored_unit (
  id INTEGER NOT NULL,
  instructor_id INTEGER NOT NULL,
  unit_id INTEGER NOT NULL,
  theme VARCHAR NOT NULL,
  starts_on DATE NOT NULL,
  ends_on DATE,
  CONSTRAINT pk_mentored_unit PRIMARY KEY (id),
  CONSTRAINT fk_mentored_unit_instructor_id FOREIGN KEY(instructor_id) REFERENCES instructor (id),
  CONSTRAINT fk_mentored_unit_unit_id FOREIGN KEY(unit_id) REFERENCES unit (id)
);

CREATE INDEX ix_mentored_unit_instructor_id ON mentored_unit (instructor_id);

CREATE INDEX ix_mentored_unit_unit_id ON mentored_unit (unit_id);

CREATE TABLE module_grade (
  id INTEGER NOT NULL,
  enrolment_id INTEGER NOT NULL,
  offering_module_id INTEGER NOT NULL,
  grade INTEGER,
  second_chance_grade INTEGER,
  CONSTRAINT pk_module_grade PRIMARY KEY (id),
  CONSTRAINT fk_module_grade_enrolment_id FOREIGN KEY(enrolment_id) REFERENCES enrolment (id),
  CONSTRAINT fk_module_grade_offering_module_id FOREIGN KEY(offering_module_id) REFERENCES offering_module (id),
  CONSTRAINT uq_module_grade_enrolment_id_offering_module_id UNIQUE (enrolment_id, offering_module_id)
);

CREATE INDEX ix_module_grade_offering_module_id ON module_grade (offering_module_id);

CREATE TABLE municipality (
  id INTEGER NOT NULL,
  code VARCHAR(4) NOT NULL,
  name VARCHAR NOT NULL,
  department_id INTEGER NOT NULL,
  valid_to DATE,
  CONSTRAINT pk_municipality PRIMARY KEY (id),
  CONSTRAINT fk_municipality_department_id FOREIGN KEY(department_id) REFERENCES department (id),
  CONSTRAINT uq_municipality_code UNIQUE (code)
);

CREATE INDEX ix_municipality_department_id ON municipality (department_id);

CREATE TABLE name_keeping (
  id INTEGER NOT NULL,
  programme_id INTEGER NOT NULL,
  reason VARCHAR NOT NULL,
  authorisation_id INTEGER NOT NULL,
  purge_on DATE NOT NULL,
  recorded_at DATETIME NOT NULL,
  ended_on DATE,
  CONSTRAINT pk_name_keeping PRIMARY KEY (id),
  CONSTRAINT fk_name_keeping_authorisation_id FOREIGN KEY(authorisation_id) REFERENCES authorisation (id),
  CONSTRAINT fk_name_keeping_programme_id FOREIGN KEY(programme_id) REFERENCES programme (id)
);

CREATE INDEX ix_name_keeping_authorisation_id ON name_keeping (authorisation_id);

CREATE INDEX ix_name_keeping_programme_id ON name_keeping (programme_id);

CREATE TABLE offering (
  id INTEGER NOT NULL,
  uid VARCHAR(32) NOT NULL,
  programme_id INTEGER NOT NULL,
  course_version_id INTEGER NOT NULL,
  code VARCHAR NOT NULL,
  starts_on DATE NOT NULL,
  ends_on DATE NOT NULL,
  status VARCHAR(32) NOT NULL,
  municipality_id INTEGER,
  place VARCHAR,
  capacity INTEGER,
  vetting_required BOOLEAN NOT NULL,
  enrolment_open BOOLEAN NOT NULL,
  historical_total_id INTEGER,
  source_document_id INTEGER,
  closed_at DATETIME,
  cancelled_reason VARCHAR,
  signed_attendance BOOLEAN NOT NULL,
  recorded_at DATETIME NOT NULL, written_scale INTEGER,
  CONSTRAINT pk_offering PRIMARY KEY (id),
  CONSTRAINT ck_offering_dates_in_order CHECK (ends_on >= starts_on),
  CONSTRAINT fk_offering_course_version_id FOREIGN KEY(course_version_id) REFERENCES course_version (id),
  CONSTRAINT fk_offering_historical_total_id FOREIGN KEY(historical_total_id) REFERENCES historical_total (id),
  CONSTRAINT fk_offering_municipality_id FOREIGN KEY(municipality_id) REFERENCES municipality (id),
  CONSTRAINT fk_offering_programme_id FOREIGN KEY(programme_id) REFERENCES programme (id),
  CONSTRAINT fk_offering_source_document_id FOREIGN KEY(source_document_id) REFERENCES source_document (id),
  CONSTRAINT uq_offering_programme_id_code UNIQUE (programme_id, code),
  CONSTRAINT uq_offering_uid UNIQUE (uid),
  CONSTRAINT ck_offering_status CHECK (status IN ('open', 'closed', 'cancelled'))
);

CREATE INDEX ix_offering_course_version_id ON offering (course_version_id);

CREATE INDEX ix_offering_historical_total_id ON offering (historical_total_id);

CREATE INDEX ix_offering_municipality_id ON offering (municipality_id);

CREATE INDEX ix_offering_programme_id_ends_on ON offering (programme_id, ends_on);

CREATE INDEX ix_offering_source_document_id ON offering (source_document_id);

CREATE TABLE offering_day (
  id INTEGER NOT NULL,
  offering_id INTEGER NOT NULL,
  held_on DATE NOT NULL,
  part VARCHAR(32) NOT NULL,
  offering_module_id INTEGER,
  CONSTRAINT pk_offering_day PRIMARY KEY (id),
  CONSTRAINT fk_offering_day_offering_id FOREIGN KEY(offering_id) REFERENCES offering (id),
  CONSTRAINT fk_offering_day_offering_module_id FOREIGN KEY(offering_module_id) REFERENCES offering_module (id),
  CONSTRAINT uq_offering_day_offering_id_held_on_part UNIQUE (offering_id, held_on, part),
  CONSTRAINT ck_offering_day_part CHECK (part IN ('whole', 'morning', 'afternoon'))
);

CREATE INDEX ix_offering_day_offering_id ON offering_day (offering_id);

CREATE INDEX ix_offering_day_offering_module_id ON offering_day (offering_module_id);

CREATE TABLE offering_module (
  id INTEGER NOT NULL,
  offering_id INTEGER NOT NULL,
  course_module_id INTEGER NOT NULL,
  instructor_id INTEGER,
  starts_on DATE,
  ends_on DATE,
  CONSTRAINT pk_offering_module PRIMARY KEY (id),
  CONSTRAINT fk_offering_module_course_module_id FOREIGN KEY(course_module_id) REFERENCES course_module (id),
  CONSTRAINT fk_offering_module_instructor_id FOREIGN KEY(instructor_id) REFERENCES instructor (id),
  CONSTRAINT fk_offering_module_offering_id FOREIGN KEY(offering_id) REFERENCES offering (id),
  CONSTRAINT uq_offering_module_offering_id_course_module_id UNIQUE (offering_id, course_module_id)
);

CREATE INDEX ix_offering_module_course_module_id ON offering_module (course_module_id);

CREATE INDEX ix_offering_module_instructor_id ON offering_module (instructor_id);

CREATE INDEX ix_offering_module_offering_id ON offering_module (offering_id);

CREATE TABLE participant (
  id INTEGER NOT NULL,
  uid VARCHAR(32) NOT NULL,
  given_names VARCHAR NOT NULL,
  surnames VARCHAR NOT NULL,
  match_key VARCHAR NOT NULL,
  sort_key VARCHAR NOT NULL,
  sex VARCHAR(32) NOT NULL,
  document_kind VARCHAR(32),
  document_country VARCHAR(3),
  document_number VARCHAR,
  police_number VARCHAR,
  birth_date DATE,
  birth_municipality_id INTEGER,
  birth_place VARCHAR,
  birth_country VARCHAR(3),
  phone VARCHAR,
  state VARCHAR(32) NOT NULL,
  state_since DATE,
  merged_into_id INTEGER,
  recorded_at DATETIME NOT NULL,
  CONSTRAINT pk_participant PRIMARY KEY (id),
  CONSTRAINT ck_participant_not_merged_into_itself CHECK (merged_into_id IS NULL OR merged_into_id <> id),
  CONSTRAINT fk_participant_birth_municipality_id FOREIGN KEY(birth_municipality_id) REFERENCES municipality (id),
  CONSTRAINT fk_participant_merged_into_id FOREIGN KEY(merged_into_id) REFERENCES participant (id),
  CONSTRAINT uq_participant_uid UNIQUE (uid),
  CONSTRAINT ck_participant_sex CHECK (sex IN ('F', 'M', 'U')),
  CONSTRAINT ck_participant_document_kind CHECK (document_kind IN ('national_id', 'passport', 'residence', 'other')),
  CONSTRAINT ck_participant_state CHECK (state IN ('active', 'left', 'reinstated'))
);

CREATE INDEX ix_participant_listed_by_document ON participant (merged_into_id, document_number);

CREATE INDEX ix_participant_listed_by_name ON participant (merged_into_id, sort_key, id, sex, state);

CREATE INDEX ix_participant_police_number ON participant (police_number);

CREATE INDEX ix_participant_same ON participant (match_key, birth_date, merged_into_id);

CREATE UNIQUE INDEX uq_participant_document ON participant (document_country, document_kind, document_number);

CREATE TABLE participant_document (
  id INTEGER NOT NULL,
  participant_id INTEGER NOT NULL,
  kind VARCHAR(32) NOT NULL,
  country VARCHAR(3) NOT NULL,
  number VARCHAR NOT NULL,
  valid_to DATE,
  CONSTRAINT pk_participant_document PRIMARY KEY (id),
  CONSTRAINT fk_participant_document_participant_id FOREIGN KEY(participant_id) REFERENCES participant (id),
  CONSTRAINT ck_participant_document_kind CHECK (kind IN ('national_id', 'passport', 'residence', 'other'))
);

CREATE INDEX ix_participant_document_participant_id ON participant_document (participant_id);

CREATE UNIQUE INDEX uq_participant_document_number ON participant_document (country, kind, number);

CREATE TABLE periodic_report (
  id INTEGER NOT NULL,
  uid VARCHAR(32) NOT NULL,
  kind VARCHAR(32) NOT NULL,
  period VARCHAR NOT NULL,
  number VARCHAR,
  letter_number VARCHAR,
  letter_dated DATE,
  addressee VARCHAR,
  addressee_post VARCHAR,
  copies VARCHAR,
  achievements VARCHAR,
  difficulties VARCHAR,
  next_steps VARCHAR,
  left_out VARCHAR,
  sent_on DATE,
  received_on DATE,
  received_by VARCHAR,
  reviewed_on DATE,
  reviewed_by VARCHAR,
  recorded_at DATETIME NOT NULL,
  CONSTRAINT pk_periodic_report PRIMARY KEY (id),
  CONSTRAINT ck_periodic_report_received_after_sent CHECK (received_on IS NULL OR (sent_on IS NOT NULL AND received_on >= sent_on)),
  CONSTRAINT uq_periodic_report_kind_period UNIQUE (kind, period),
  CONSTRAINT uq_periodic_report_uid UNIQUE (uid),
  CONSTRAINT ck_periodic_report_kind CHECK (kind IN ('quarterly', 'annual', 'cumulative'))
);

CREATE TABLE periodic_report_signer (
  id INTEGER NOT NULL,
  periodic_report_id INTEGER NOT NULL,
  role VARCHAR(32) NOT NULL,
  rank VARCHAR,
  name VARCHAR NOT NULL,
  post VARCHAR,
  CONSTRAINT pk_periodic_report_signer PRIMARY KEY (id),
  CONSTRAINT fk_periodic_report_signer_periodic_report_id FOREIGN KEY(periodic_report_id) REFERENCES periodic_report (id),
  CONSTRAINT uq_periodic_report_signer_periodic_report_id_role UNIQUE (periodic_report_id, role),
  CONSTRAINT ck_periodic_report_signer_role CHECK (role IN ('prepared', 'reviewed', 'approved'))
);

CREATE TABLE person_without_document (
  id INTEGER NOT NULL,
  list_import_id INTEGER NOT NULL,
  digest VARCHAR(64) NOT NULL,
  participant_id INTEGER NOT NULL,
  CONSTRAINT pk_person_without_document PRIMARY KEY (id),
  CONSTRAINT fk_person_without_document_list_import_id FOREIGN KEY(list_import_id) REFERENCES list_import (id),
  CONSTRAINT fk_person_without_document_participant_id FOREIGN KEY(participant_id) REFERENCES participant (id),
  CONSTRAINT uq_person_without_document_list_import_id_digest UNIQUE (list_import_id, digest)
);

CREATE INDEX ix_person_without_document_participant_id ON person_without_document (participant_id);

CREATE TABLE photo (
  id INTEGER NOT NULL,
  participant_id INTEGER NOT NULL,
  sha256 VARCHAR(64) NOT NULL,
  content BLOB NOT NULL,
  recorded_at DATETIME NOT NULL,
  CONSTRAINT pk_photo PRIMARY KEY (id),
  CONSTRAINT fk_photo_participant_id FOREIGN KEY(participant_id) REFERENCES participant (id),
  CONSTRAINT uq_photo_participant_id UNIQUE (participant_id)
);

CREATE TABLE programme (
  id INTEGER NOT NULL,
  code VARCHAR NOT NULL,
  name VARCHAR NOT NULL,
  kind VARCHAR(32) NOT NULL,
  covers_from DATE,
  covers_to DATE,
  is_load BOOLEAN NOT NULL,
  valid_to DATE,
  CONSTRAINT pk_programme PRIMARY KEY (id),
  CONSTRAINT uq_programme_code UNIQUE (code),
  CONSTRAINT ck_programme_kind CHECK (kind IN ('courses', 'outreach'))
);

CREATE TABLE published_figure (
  id INTEGER NOT NULL,
  "key" VARCHAR NOT NULL,
  programme_id INTEGER NOT NULL,
  measure VARCHAR NOT NULL,
  qualifier VARCHAR(32) NOT NULL,
  value INTEGER NOT NULL,
  period_from DATE NOT NULL,
  period_to DATE,
  precision VARCHAR NOT NULL,
  instructor_force VARCHAR,
  departments VARCHAR,
  municipalities VARCHAR,
  curriculum_kind VARCHAR(32),
  school VARCHAR,
  event VARCHAR,
  contradicts VARCHAR,
  countable BOOLEAN NOT NULL,
  note VARCHAR,
  source_title VARCHAR NOT NULL,
  source_url VARCHAR,
  quote VARCHAR NOT NULL,
  entered_by_id INTEGER,
  approved_by_id INTEGER,
  recorded_at DATETIME NOT NULL,
  CONSTRAINT pk_published_figure PRIMARY KEY (id),
  CONSTRAINT fk_published_figure_approved_by_id FOREIGN KEY(approved_by_id) REFERENCES user (id),
  CONSTRAINT fk_published_figure_entered_by_id FOREIGN KEY(entered_by_id) REFERENCES user (id),
  CONSTRAINT fk_published_figure_programme_id FOREIGN KEY(programme_id) REFERENCES programme (id),
  CONSTRAINT uq_published_figure_key UNIQUE ("key"),
  CONSTRAINT ck_published_figure_qualifier CHECK (qualifier IN ('exact', 'more_than', 'about', 'target', 'expected_additional')),
  CONSTRAINT ck_published_figure_curriculum_kind CHECK (curriculum_kind IN ('elementary', 'middle', 'families', 'camp', 'workshop'))
);

CREATE INDEX ix_published_figure_programme_id ON published_figure (programme_id);

CREATE TABLE pupil_name (
  id INTEGER NOT NULL,
  name_keeping_id INTEGER NOT NULL,
  class_group_id INTEGER NOT NULL,
  content BLOB,
  consent_on DATE NOT NULL,
  purged_on DATE,
  recorded_at DATETIME NOT NULL,
  CONSTRAINT pk_pupil_name PRIMARY KEY (id),
  CONSTRAINT fk_pupil_name_class_group_id FOREIGN KEY(class_group_id) REFERENCES class_group (id),
  CONSTRAINT fk_pupil_name_name_keeping_id FOREIGN KEY(name_keeping_id) REFERENCES name_keeping (id)
);

CREATE INDEX ix_pupil_name_class_group_id ON pupil_name (class_group_id);

CREATE INDEX ix_pupil_name_name_keeping_id ON pupil_name (name_keeping_id);

CREATE TABLE quarter_cell (
  id INTEGER NOT NULL,
  closed_quarter_id INTEGER NOT NULL,
  programme_id INTEGER NOT NULL,
  dimension VARCHAR NOT NULL,
  code VARCHAR,
  measure VARCHAR(32) NOT NULL,
  value INTEGER NOT NULL,
  CONSTRAINT pk_quarter_cell PRIMARY KEY (id),
  CONSTRAINT fk_quarter_cell_closed_quarter_id FOREIGN KEY(closed_quarter_id) REFERENCES closed_quarter (id),
  CONSTRAINT fk_quarter_cell_programme_id FOREIGN KEY(programme_id) REFERENCES programme (id),
  CONSTRAINT uq_quarter_cell_closed_quarter_id_programme_id_dimension_code_measure UNIQUE (closed_quarter_id, programme_id, dimension, code, measure),
  CONSTRAINT ck_quarter_cell_measure CHECK (measure IN ('completions', 'persons', 'enrolments', 'offerings', 'reached', 'graduated'))
);

CREATE TABLE quarter_figure (
  id INTEGER NOT NULL,
  closed_quarter_id INTEGER NOT NULL,
  programme_id INTEGER NOT NULL,
  measure VARCHAR(32) NOT NULL,
  value INTEGER NOT NULL,
  CONSTRAINT pk_quarter_figure PRIMARY KEY (id),
  CONSTRAINT fk_quarter_figure_closed_quarter_id FOREIGN KEY(closed_quarter_id) REFERENCES closed_quarter (id),
  CONSTRAINT fk_quarter_figure_programme_id FOREIGN KEY(programme_id) REFERENCES programme (id),
  CONSTRAINT uq_quarter_figure_closed_quarter_id_programme_id_measure UNIQUE (closed_quarter_id, programme_id, measure),
  CONSTRAINT ck_quarter_figure_measure CHECK (measure IN ('completions', 'persons', 'enrolments', 'offerings', 'reached', 'graduated'))
);

CREATE TABLE quarter_paper (
  id INTEGER NOT NULL,
  closed_quarter_id INTEGER NOT NULL,
  name VARCHAR NOT NULL,
  media_type VARCHAR NOT NULL,
  sha256 VARCHAR(64) NOT NULL,
  content BLOB,
  recorded_at DATETIME NOT NULL,
  CONSTRAINT pk_quarter_paper PRIMARY KEY (id),
  CONSTRAINT fk_quarter_paper_closed_quarter_id FOREIGN KEY(closed_quarter_id) REFERENCES closed_quarter (id)
);

CREATE INDEX ix_quarter_paper_closed_quarter_id ON quarter_paper (closed_quarter_id);

CREATE TABLE rank (
  id INTEGER NOT NULL,
  code VARCHAR NOT NULL,
  name VARCHAR NOT NULL,
  scale VARCHAR,
  position INTEGER NOT NULL,
  source VARCHAR,
  valid_to DATE,
  CONSTRAINT pk_rank PRIMARY KEY (id),
  CONSTRAINT uq_rank_code UNIQUE (code)
);

CREATE TABLE rank_alias (
  id INTEGER NOT NULL,
  match_key VARCHAR NOT NULL,
  text VARCHAR NOT NULL,
  rank_id INTEGER NOT NULL,
  CONSTRAINT pk_rank_alias PRIMARY KEY (id),
  CONSTRAINT fk_rank_alias_rank_id FOREIGN KEY(rank_id) REFERENCES rank (id),
  CONSTRAINT uq_rank_alias_match_key UNIQUE (match_key)
);

CREATE INDEX ix_rank_alias_rank_id ON rank_alias (rank_id);

CREATE TABLE register_book (
  id INTEGER NOT NULL,
  number VARCHAR NOT NULL,
  entries_per_folio INTEGER NOT NULL,
  folios INTEGER NOT NULL,
  on_paper BOOLEAN NOT NULL,
  opened_on DATE NOT NULL,
  closed_on DATE,
  opening VARCHAR,
  closing VARCHAR,
  CONSTRAINT pk_register_book PRIMARY KEY (id),
  CONSTRAINT uq_register_book_number_on_paper UNIQUE (number, on_paper)
);

CREATE TABLE register_entry (
  id INTEGER NOT NULL,
  certificate_id INTEGER NOT NULL,
  folio_id INTEGER NOT NULL,
  number INTEGER NOT NULL,
  entered_on DATE NOT NULL,
  note VARCHAR,
  CONSTRAINT pk_register_entry PRIMARY KEY (id),
  CONSTRAINT fk_register_entry_certificate_id FOREIGN KEY(certificate_id) REFERENCES certificate (id),
  CONSTRAINT fk_register_entry_folio_id FOREIGN KEY(folio_id) REFERENCES folio (id),
  CONSTRAINT uq_register_entry_folio_id_number UNIQUE (folio_id, number)
);

CREATE INDEX ix_register_entry_certificate_id ON register_entry (certificate_id);

CREATE TABLE rejected_row (
  id INTEGER NOT NULL,
  list_import_id INTEGER NOT NULL,
  sheet VARCHAR NOT NULL,
  "row" INTEGER NOT NULL,
  rejected_as VARCHAR(32) NOT NULL,
  content VARCHAR NOT NULL,
  problems VARCHAR NOT NULL,
  CONSTRAINT pk_rejected_row PRIMARY KEY (id),
  CONSTRAINT fk_rejected_row_list_import_id FOREIGN KEY(list_import_id) REFERENCES list_import (id),
  CONSTRAINT uq_rejected_row_list_import_id_sheet_row UNIQUE (list_import_id, sheet, "row"),
  CONSTRAINT ck_rejected_row_rejected_as CHECK (rejected_as IN ('error', 'possible_duplicate', 'question', 'exception'))
);

CREATE TABLE remembered_column (
  id INTEGER NOT NULL,
  sender VARCHAR NOT NULL,
  header VARCHAR NOT NULL,
  field VARCHAR NOT NULL,
  CONSTRAINT pk_remembered_column PRIMARY KEY (id),
  CONSTRAINT uq_remembered_column_sender_header UNIQUE (sender, header)
);

CREATE TABLE restatement (
  id INTEGER NOT NULL,
  closed_quarter_id INTEGER NOT NULL,
  programme_id INTEGER NOT NULL,
  measure VARCHAR(32) NOT NULL,
  old_value INTEGER NOT NULL,
  new_value INTEGER NOT NULL,
  reason VARCHAR NOT NULL,
  authorisation_id INTEGER,
  recorded_at DATETIME NOT NULL,
  CONSTRAINT pk_restatement PRIMARY KEY (id),
  CONSTRAINT fk_restatement_authorisation_id FOREIGN KEY(authorisation_id) REFERENCES authorisation (id),
  CONSTRAINT fk_restatement_closed_quarter_id FOREIGN KEY(closed_quarter_id) REFERENCES closed_quarter (id),
  CONSTRAINT fk_restatement_programme_id FOREIGN KEY(programme_id) REFERENCES programme (id),
  CONSTRAINT ck_restatement_measure CHECK (measure IN ('completions', 'persons', 'enrolments', 'offerings', 'reached', 'graduated'))
);

CREATE INDEX ix_restatement_closed_quarter_id ON restatement (closed_quarter_id);

CREATE TABLE revocation (
  id INTEGER NOT NULL,
  certificate_id INTEGER NOT NULL,
  ground VARCHAR(32) NOT NULL,
  reason VARCHAR NOT NULL,
  revoked_on DATE NOT NULL,
  authorisation_id INTEGER,
  source_document_id INTEGER,
  CONSTRAINT pk_revocation PRIMARY KEY (id),
  CONSTRAINT fk_revocation_authorisation_id FOREIGN KEY(authorisation_id) REFERENCES authorisation (id),
  CONSTRAINT fk_revocation_certificate_id FOREIGN KEY(certificate_id) REFERENCES certificate (id),
  CONSTRAINT fk_revocation_source_document_id FOREIGN KEY(source_document_id) REFERENCES source_document (id),
  CONSTRAINT ck_revocation_ground CHECK (ground IN ('not_completed', 'correction', 'loss', 'theft', 'damage', 'error', 'change_of_name', 'forgery'))
);

CREATE INDEX ix_revocation_certificate_id ON revocation (certificate_id);

CREATE TABLE rotation (
  id INTEGER NOT NULL,
  instructor_id INTEGER NOT NULL,
  starts_on DATE NOT NULL,
  ends_on DATE,
  home_unit VARCHAR,
  funding VARCHAR,
  counterpart VARCHAR, overlap_reason VARCHAR,
  CONSTRAINT pk_rotation PRIMARY KEY (id),
  CONSTRAINT fk_rotation_instructor_id FOREIGN KEY(instructor_id) REFERENCES instructor (id)
);

CREATE INDEX ix_rotation_instructor_id ON rotation (instructor_id);

CREATE TABLE school (
  id INTEGER NOT NULL,
  uid VARCHAR(32) NOT NULL,
  code VARCHAR NOT NULL,
  sace_code VARCHAR,
  name VARCHAR NOT NULL,
  match_key VARCHAR NOT NULL,
  municipality_id INTEGER NOT NULL,
  locality VARCHAR,
  administration VARCHAR(32),
  has_morning BOOLEAN NOT NULL,
  has_afternoon BOOLEAN NOT NULL,
  has_evening BOOLEAN NOT NULL, valid_to DATE,
  CONSTRAINT pk_school PRIMARY KEY (id),
  CONSTRAINT fk_school_municipality_id FOREIGN KEY(municipality_id) REFERENCES municipality (id),
  CONSTRAINT uq_school_code UNIQUE (code),
  CONSTRAINT uq_school_uid UNIQUE (uid),
  CONSTRAINT ck_school_administration CHECK (administration IN ('official', 'non_governmental', 'proheco', 'municipal', 'ccepreb'))
);

CREATE INDEX ix_school_match_key ON school (match_key);

CREATE INDEX ix_school_municipality_id ON school (municipality_id);

CREATE INDEX ix_school_sace_code ON school (sace_code);

CREATE TABLE search_entry (
      id INTEGER NOT NULL,
      words VARCHAR NOT NULL,
      CONSTRAINT pk_search_entry PRIMARY KEY (id)
    );

CREATE VIRTUAL TABLE search_person USING fts5(words, content='search_person_words', content_rowid='id',
    tokenize='unicode61 remove_diacritics 2', prefix='1 2', detail='none', columnsize=0);

CREATE VIEW search_person_words AS
    SELECT p.id AS id, p.match_key
      || coalesce(' ' || char(57344) || substr(p.document_number, -4), '')
      || coalesce(' ' || char(57344) || substr(p.police_number, -4), '')
      || coalesce((SELECT group_concat(' ' || char(57344) || substr(d.number, -4), '') FROM participant_document d
                   WHERE d.participant_id = p.id), '') AS words
    FROM participant p;

CREATE VIRTUAL TABLE search_words USING fts5(words, content='search_entry', content_rowid='id',
    tokenize='unicode61 remove_diacritics 2', prefix='1 2', detail='none', columnsize=0);

CREATE TABLE setting (
  id INTEGER NOT NULL,
  name VARCHAR NOT NULL,
  value VARCHAR NOT NULL,
  CONSTRAINT pk_setting PRIMARY KEY (id),
  CONSTRAINT uq_setting_name UNIQUE (name)
);

CREATE TABLE signatory (
  id INTEGER NOT NULL,
  rank VARCHAR NOT NULL,
  name VARCHAR NOT NULL,
  post VARCHAR NOT NULL,
  valid_from DATE NOT NULL,
  valid_to DATE,
  deputy_of_id INTEGER,
  position INTEGER NOT NULL,
  CONSTRAINT pk_signatory PRIMARY KEY (id),
  CONSTRAINT fk_signatory_deputy_of_id FOREIGN KEY(deputy_of_id) REFERENCES signatory (id)
);

CREATE INDEX ix_signatory_deputy_of_id ON signatory (deputy_of_id);

CREATE TABLE signatory_absence (
  id INTEGER NOT NULL,
  signatory_id INTEGER NOT NULL,
  starts_on DATE NOT NULL,
  ends_on DATE,
  reason VARCHAR NOT NULL,
  CONSTRAINT pk_signatory_absence PRIMARY KEY (id),
  CONSTRAINT fk_signatory_absence_signatory_id FOREIGN KEY(signatory_id) REFERENCES signatory (id)
);

CREATE INDEX ix_signatory_absence_signatory_id ON signatory_absence (signatory_id);

CREATE TABLE signing_key (
  id INTEGER NOT NULL,
  uid VARCHAR(32) NOT NULL,
  user_id INTEGER NOT NULL,
  title VARCHAR(32) NOT NULL,
  kid VARCHAR(16) NOT NULL,
  point VARCHAR(130) NOT NULL,
  locked_private VARCHAR,
  valid_from DATE NOT NULL,
  valid_to DATE,
  ended VARCHAR(32),
  demonstration BOOLEAN NOT NULL,
  CONSTRAINT pk_signing_key PRIMARY KEY (id),
  CONSTRAINT ck_signing_key_locked_unless_demonstration CHECK (demonstration OR locked_private IS NOT NULL),
  CONSTRAINT fk_signing_key_user_id FOREIGN KEY(user_id) REFERENCES user (id),
  CONSTRAINT uq_signing_key_kid UNIQUE (kid),
  CONSTRAINT uq_signing_key_uid UNIQUE (uid),
  CONSTRAINT ck_signing_key_title CHECK (title IN ('titular', 'deputy')),
  CONSTRAINT ck_signing_key_ended CHECK (ended IN ('handed_over', 'lost', 'stolen'))
);

CREATE INDEX ix_signing_key_user_id ON signing_key (user_id);

CREATE TABLE source_document (
  id INTEGER NOT NULL,
  uid VARCHAR(32) NOT NULL,
  kind VARCHAR(32) NOT NULL,
  number VARCHAR,
  dated DATE,
  sender VARCHAR,
  subject VARCHAR,
  received_on DATE,
  CONSTRAINT pk_source_document PRIMARY KEY (id),
  CONSTRAINT uq_source_document_uid UNIQUE (uid),
  CONSTRAINT ck_source_document_kind CHECK (kind IN ('letter', 'act', 'list', 'report', 'other'))
);

CREATE INDEX ix_source_document_number ON source_document (number);

CREATE TABLE target (
  id INTEGER NOT NULL,
  programme_id INTEGER NOT NULL,
  measure VARCHAR(32) NOT NULL,
  period VARCHAR NOT NULL,
  value INTEGER NOT NULL,
  source_document_id INTEGER, entered_by_id INTEGER CONSTRAINT fk_target_entered_by_id REFERENCES user (id), approved_by_id INTEGER CONSTRAINT fk_target_approved_by_id REFERENCES user (id) CONSTRAINT ck_target_four_eyes CHECK (approved_by_id IS NULL OR approved_by_id <> entered_by_id), recorded_at DATETIME,
  CONSTRAINT pk_target PRIMARY KEY (id),
  CONSTRAINT fk_target_programme_id FOREIGN KEY(programme_id) REFERENCES programme (id),
  CONSTRAINT fk_target_source_document_id FOREIGN KEY(source_document_id) REFERENCES source_document (id),
  CONSTRAINT uq_target_programme_id_measure_period UNIQUE (programme_id, measure, period),
  CONSTRAINT ck_target_measure CHECK (measure IN ('completions', 'persons', 'enrolments', 'offerings', 'reached', 'graduated'))
);

CREATE INDEX ix_target_source_document_id ON target (source_document_id);

CREATE TABLE trust_list (
  id INTEGER NOT NULL,
  issuer VARCHAR NOT NULL,
  sequence INTEGER NOT NULL,
  own BOOLEAN NOT NULL,
  issued_on DATE NOT NULL,
  fingerprint VARCHAR NOT NULL,
  content BLOB NOT NULL,
  recorded_at DATETIME NOT NULL,
  CONSTRAINT pk_trust_list PRIMARY KEY (id),
  CONSTRAINT uq_trust_list_issuer_sequence_own UNIQUE (issuer, sequence, own)
);

CREATE TABLE unit (
  id INTEGER NOT NULL,
  code VARCHAR NOT NULL,
  name VARCHAR NOT NULL,
  institution_id INTEGER NOT NULL,
  valid_from DATE,
  valid_to DATE,
  successor_id INTEGER,
  source VARCHAR,
  CONSTRAINT pk_unit PRIMARY KEY (id),
  CONSTRAINT fk_unit_institution_id FOREIGN KEY(institution_id) REFERENCES institution (id),
  CONSTRAINT fk_unit_successor_id FOREIGN KEY(successor_id) REFERENCES unit (id),
  CONSTRAINT uq_unit_code UNIQUE (code)
);

CREATE INDEX ix_unit_institution_id ON unit (institution_id);

CREATE INDEX ix_unit_successor_id ON unit (successor_id);

CREATE TABLE unit_alias (
  id INTEGER NOT NULL,
  match_key VARCHAR NOT NULL,
  text VARCHAR NOT NULL,
  unit_id INTEGER NOT NULL,
  CONSTRAINT pk_unit_alias PRIMARY KEY (id),
  CONSTRAINT fk_unit_alias_unit_id FOREIGN KEY(unit_id) REFERENCES unit (id),
  CONSTRAINT uq_unit_alias_match_key UNIQUE (match_key)
);

CREATE INDEX ix_unit_alias_unit_id ON unit_alias (unit_id);

CREATE TABLE user (
  id INTEGER NOT NULL,
  uid VARCHAR(32) NOT NULL,
  login VARCHAR NOT NULL,
  full_name VARCHAR NOT NULL,
  role VARCHAR(32) NOT NULL,
  instructor_id INTEGER,
  password_hash VARCHAR,
  active BOOLEAN NOT NULL,
  valid_to DATE,
  failed_attempts INTEGER NOT NULL,
  locked_until DATETIME,
  last_sign_in DATETIME,
  CONSTRAINT pk_user PRIMARY KEY (id),
  CONSTRAINT fk_user_instructor_id FOREIGN KEY(instructor_id) REFERENCES instructor (id),
  CONSTRAINT uq_user_login UNIQUE (login),
  CONSTRAINT uq_user_uid UNIQUE (uid),
  CONSTRAINT ck_user_role CHECK (role IN ('registrar', 'instructor', 'manager', 'administrator', 'auditor'))
);

CREATE TABLE vetting (
  id INTEGER NOT NULL,
  participant_id INTEGER NOT NULL,
  kind VARCHAR(32) NOT NULL,
  status VARCHAR(32) NOT NULL,
  requested_on DATE,
  answered_on DATE,
  expires_on DATE,
  tracking_number VARCHAR,
  source_document_id INTEGER,
  CONSTRAINT pk_vetting PRIMARY KEY (id),
  CONSTRAINT fk_vetting_participant_id FOREIGN KEY(participant_id) REFERENCES participant (id),
  CONSTRAINT fk_vetting_source_document_id FOREIGN KEY(source_document_id) REFERENCES source_document (id),
  CONSTRAINT ck_vetting_kind CHECK (kind IN ('none', 'courtesy', 'leahy')),
  CONSTRAINT ck_vetting_status CHECK (status IN ('not_required', 'in_process', 'apt', 'not_apt', 'expired'))
);

CREATE INDEX ix_vetting_participant_id ON vetting (participant_id);

CREATE INDEX ix_vetting_source_document_id ON vetting (source_document_id);

CREATE TABLE walk_in (
  id INTEGER NOT NULL,
  offering_id INTEGER NOT NULL,
  name VARCHAR NOT NULL,
  number VARCHAR,
  enrolment_id INTEGER,
  recorded_at DATETIME NOT NULL,
  CONSTRAINT pk_walk_in PRIMARY KEY (id),
  CONSTRAINT fk_walk_in_enrolment_id FOREIGN KEY(enrolment_id) REFERENCES enrolment (id),
  CONSTRAINT fk_walk_in_offering_id FOREIGN KEY(offering_id) REFERENCES offering (id)
);

CREATE INDEX ix_walk_in_enrolment_id ON walk_in (enrolment_id);

CREATE INDEX ix_walk_in_offering_id ON walk_in (offering_id);

CREATE TABLE walk_in_mark (
  id INTEGER NOT NULL,
  walk_in_id INTEGER NOT NULL,
  offering_day_id INTEGER NOT NULL,
  mark VARCHAR(32) NOT NULL,
  ground_id INTEGER,
  CONSTRAINT pk_walk_in_mark PRIMARY KEY (id),
  CONSTRAINT fk_walk_in_mark_ground_id FOREIGN KEY(ground_id) REFERENCES ground (id),
  CONSTRAINT fk_walk_in_mark_offering_day_id FOREIGN KEY(offering_day_id) REFERENCES offering_day (id),
  CONSTRAINT fk_walk_in_mark_walk_in_id FOREIGN KEY(walk_in_id) REFERENCES walk_in (id),
  CONSTRAINT uq_walk_in_mark_walk_in_id_offering_day_id UNIQUE (walk_in_id, offering_day_id),
  CONSTRAINT ck_walk_in_mark_mark CHECK (mark IN ('present', 'late', 'absent', 'excused'))
);

CREATE INDEX ix_walk_in_mark_offering_day_id ON walk_in_mark (offering_day_id);
