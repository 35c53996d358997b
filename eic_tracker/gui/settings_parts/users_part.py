"""Accounts: who may sign in, as what, until when; those to be looked at are named."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtWidgets import QCheckBox, QFrame, QLabel, QVBoxLayout, QWidget

from eic_tracker.clock import now_utc
from eic_tracker.domain.accounts import USER_LABELS, UserDraft
from eic_tracker.domain.codes import Role
from eic_tracker.domain.drafts import DraftProblem, DraftRefused
from eic_tracker.gui import theme
from eic_tracker.gui.code_words import ROLES
from eic_tracker.gui.jobs import Failure
from eic_tracker.gui.models.columns import Column
from eic_tracker.gui.settings_parts.item_detail import Line
from eic_tracker.gui.settings_parts.items_part import ItemsPart
from eic_tracker.gui.settings_parts.part import moment_words
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.theme import Tone
from eic_tracker.gui.widgets.deed import Deed, deed_button
from eic_tracker.gui.widgets.editors import ChoiceEditor, DateEditor, LineEditor, ReferenceEditor
from eic_tracker.gui.widgets.field_form import FormField
from eic_tracker.gui.widgets.flow_layout import FlowLayout
from eic_tracker.i18n import N_, Translator
from eic_tracker.services.users import (
    AccountNotice,
    Notice,
    UserRow,
    accounts_to_review,
    instructors_to_choose,
    list_users,
    save_user,
    set_active,
    set_password,
)

_WHY = {
    Notice.UNUSED: N_("{login}: not used since {date}"),
    Notice.ROTATION_OVER: N_("{login}: the advisor's stay ended on {date}"),
}
_MOST_NOTICES = 4
_NOT_THE_SAME = N_("Both must be the same.")


class UsersPart(ItemsPart):
    """Administrators only."""

    def __init__(self, around: Surroundings) -> None:
        super().__init__(around.t("Users"), _columns(around), around)
        t = self.t
        self._rows: dict[int, UserRow] = {}
        self._new_password_of = ""
        self.with_ended = QCheckBox(t("with ended ones"))
        self.with_ended.toggled.connect(lambda _on: self.read_rows())
        self.add = deed_button(Deed(t("Add a user"), self._add), look="primary")
        self.add_tool(self.with_ended)
        self.add_tool(self.add)
        self.begin_with(self.add)
        self.add.setVisible(not around.read_only)
        self.review = QFrame()
        self.review.setProperty("tone", Tone.WARNING.value)
        column = QVBoxLayout(self.review)
        column.setContentsMargins(12, theme.SPACE, 12, theme.SPACE)
        column.setSpacing(theme.SPACE)
        heading = QLabel(t("Accounts to look at"))
        heading.setFont(theme.font(theme.Type.STRONG))
        heading.setProperty("tone", Tone.WARNING.value)
        links = QWidget()
        self._review_links = FlowLayout(links, theme.GAP)
        column.addWidget(heading)
        column.addWidget(links)
        self.review.hide()
        self.layout_of_page.insertWidget(self.layout_of_page.indexOf(self.sides), self.review)
        self.pane.save_requested.connect(self._save)

    def read_rows(self) -> None:
        """All accounts, and those to be looked at."""
        self.read(list_users, done=self._on_rows, failed=self.show_failed, what="rows")
        self.read(accounts_to_review, done=self._on_review, failed=lambda _failure: None, what="review")

    def show_current(self, key: int) -> None:
        """The account as it was read."""
        row = self._rows.get(key)
        if row is None:
            return
        t = self.t
        lines = [
            Line(t("Login"), row.login),
            Line(t("Role"), t(ROLES[row.role])),
            Line("", _state_of(row, self.around, t), _tone_of(row, self.around)),
            Line(t("Last sign-in"), moment_words(row.last_sign_in, t) or t("never")),
        ]
        if row.instructor:
            lines.append(Line(t("Instructor"), row.instructor))
        if row.valid_to is not None:
            lines.append(Line(t("Last day"), t.date(row.valid_to)))
        deeds = []
        if not self.around.read_only:
            deeds = [
                Deed(t("Edit (F2)"), self.edit_current),
                Deed(t("New password…"), partial(self._ask_password, row)),
                Deed(t("End the account") if row.active else t("Open again"), partial(self._turn, row)),
            ]
        self.detail.show_item(row.full_name, lines, deeds)
        self.read_history("user", key)

    def edit_current(self) -> None:
        """The form of the chosen account."""
        row = self._rows.get(self.table.current_key() or 0)
        if row is not None and not self.around.read_only:
            self._open_form(row)

    def _on_rows(self, rows: tuple[UserRow, ...]) -> None:
        shown = [row for row in rows if self.with_ended.isChecked() or row.open_on(self.around.today)]
        self._rows = {row.id: row for row in shown}
        self.show_rows(self._rows, self.t("There is no account yet."))

    def _on_review(self, notices: tuple[AccountNotice, ...]) -> None:
        self._review_links.drop_all()
        self.review.setVisible(bool(notices))
        for notice in notices[:_MOST_NOTICES]:
            words = self.t(_WHY[notice.why], login=notice.user.login, date=self.t.date(notice.since))
            self._review_links.addWidget(deed_button(Deed(words, partial(self._go_to, notice.user.id)), look="link"))

    def _go_to(self, key: int) -> None:
        self.table.select_key(key)
        self.sides.open_detail()

    def _add(self) -> None:
        self._open_form(None)

    def _open_form(self, row: UserRow | None) -> None:
        self.read(instructors_to_choose, done=lambda found: self._show_form(row, found), what="choices")

    def _show_form(self, row: UserRow | None, instructors: Mapping[int, str]) -> None:
        t = self.t
        roles = [(role.value, t(words)) for role, words in ROLES.items()]
        labels = {name: t(words) for name, words in USER_LABELS.items()}
        teaching = t("Whose courses the account sees; for instructors.")
        fields = [
            FormField("login", t("Login"), lambda label, _a: LineEditor(label, longest=60), required=True,
                      locked=row is not None),
            FormField("full_name", labels["full_name"], lambda label, _a: LineEditor(label), required=True),
            FormField("role", labels["role"], lambda label, _a: ChoiceEditor(label, roles, None),
                      required=True),
            FormField("instructor_id", labels["instructor_id"],
                      lambda label, around: ReferenceEditor(label, instructors, around), teaching),
            FormField("valid_to", labels["valid_to"], DateEditor,
                      t("After it nobody signs in with the account; empty: no end.")),
        ]  # fmt: skip
        if row is None:
            fields += _password_fields(t)
        self._new_password_of = ""
        self.pane.edit(
            f"user {row.id if row is not None else 'new'}",
            row.full_name if row is not None else t("New user"),
            fields,
            {"login": row.login, **row.values} if row is not None else {"role": Role.REGISTRAR.value},
            item=row.id if row is not None else None,
            original=row.values if row is not None else None,
            words=partial(_words, instructors, t),
        )
        self.show_form()

    def _ask_password(self, row: UserRow) -> None:
        self._new_password_of = row.login
        title = self.t("New password of {login}", login=row.login)
        self.pane.edit(f"password {row.id}", title, _password_fields(self.t), {}, item=row.id)
        self.show_form()

    def _save(self, values: Mapping[str, Any], original: Mapping[str, Any] | None) -> None:
        t = self.t
        password, again = values.get("password") or "", values.get("again") or ""
        if "password" in values and password != again:
            self.pane.refused(Failure(DraftRefused([DraftProblem("again", _NOT_THE_SAME)])))
            return
        if self._new_password_of:
            login, key = self._new_password_of, self.pane.item
            said = t("{login} has a new password; tell it to nobody else.", login=login)
            self._write(set_password, said, key, login=login, password=password)
            return
        row = self._rows.get(self.pane.item or 0)
        draft = UserDraft(
            login=(values["login"] or "") if row is None else row.login,
            full_name=values["full_name"] or "",
            role=Role(values["role"]),
            instructor_id=values["instructor_id"],
            valid_to=values["valid_to"],
            password=password,
            id=self.pane.item,
            original=original,
        )
        said = t("“{name}” was saved. Ctrl+Z does not take it back: change it again or end it.", name=draft.login)
        self.around.jobs.write(
            save_user,
            self.around.acting,
            draft,
            owner=self,
            done=lambda key: self.after_saving(key, said, undoable=False),
            failed=self.pane.refused,
        )

    def _turn(self, row: UserRow) -> None:
        said = (
            self.t("The account {login} has ended; “Open again” takes it back, Ctrl+Z does not.", login=row.login)
            if row.active
            else self.t("The account {login} is open again; “End the account” takes it back.", login=row.login)
        )
        if row.active:
            self.with_ended.setChecked(True)
        self._write(set_active, said, row.id, login=row.login, active=not row.active)

    def _write(self, use_case: Any, said: str, key: int | None, **values: Any) -> None:
        self.around.jobs.write(
            use_case,
            self.around.acting,
            owner=self,
            done=lambda _nothing: self.after_saving(key, said, undoable=False),
            failed=self.pane.refused if self.pane.is_open else self.tell_failure,
            **values,
        )


def _password_fields(t: Translator) -> list[FormField]:
    hint = t("At least 10 characters. Give it on paper; the window asks them for one of their own.")
    return [
        FormField("password", t("Password"), lambda label, _a: LineEditor(label, secret=True), hint, required=True),
        FormField("again", t("The same again"), lambda label, _a: LineEditor(label, secret=True), required=True),
    ]


def _columns(around: Surroundings) -> tuple[Column, ...]:
    return (
        Column("login", N_("Login"), lambda row, _t: row.login, width=14),
        Column("full_name", N_("Name"), lambda row, _t: row.full_name, width=24, stretch=True),
        Column("role", N_("Role"), lambda row, t: t(ROLES[row.role]), width=14),
        Column(
            "state",
            N_("State"),
            lambda row, t: _state_of(row, around, t),
            width=18,
            tone=lambda row: _tone_of(row, around),
        ),
    )


def _state_of(row: UserRow, around: Surroundings, t: Translator) -> str:
    if not row.open_on(around.today):
        return t("Ended")
    if _stay_is_over(row, around):
        return t("Ended with the stay")
    if row.locked_until is not None and row.locked_until > now_utc():
        return t("Locked for minutes")
    return t("Can sign in")


def _stay_is_over(row: UserRow, around: Surroundings) -> bool:
    return row.teaching_ended_on is not None and row.teaching_ended_on < around.today


def _tone_of(row: UserRow, around: Surroundings) -> Tone:
    if not row.open_on(around.today) or _stay_is_over(row, around):
        return Tone.PLAIN
    locked = row.locked_until is not None and row.locked_until > now_utc()
    return Tone.WARNING if locked else Tone.OK


def _words(instructors: Mapping[int, str], t: Translator, name: str, value: object) -> str:
    if name == "role":
        return t(ROLES[Role(str(value))])
    if name == "instructor_id" and isinstance(value, int):
        return instructors.get(value, str(value))
    return t.date(value) if hasattr(value, "year") else str(value or "—")  # type: ignore[arg-type]
