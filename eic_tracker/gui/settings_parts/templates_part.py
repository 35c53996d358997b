"""Templates of certificates: the list, a new one from one that comes with the program, files that carry one."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QMenu, QPushButton

from eic_tracker.domain.certificate_template import TEMPLATE_KINDS
from eic_tracker.gui.models.columns import Column
from eic_tracker.gui.place import Place
from eic_tracker.gui.settings_parts.item_detail import Line
from eic_tracker.gui.settings_parts.items_part import ItemsPart
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.widgets.deed import Deed
from eic_tracker.gui.widgets.fact_list import sentence
from eic_tracker.i18n import N_, Translator
from eic_tracker.queries.templates import TemplateRow
from eic_tracker.reports.ready_made import READY_MADE, ready_made
from eic_tracker.services.template_files import export_template, import_template
from eic_tracker.services.templates import TemplateSaved, end_template, list_templates


class TemplatesPart(ItemsPart):
    """Enter opens a template; without one of its own a school prints by those of the program."""

    shows = frozenset({"certificate_template", "certificate_template_version", "certificate"})

    def __init__(self, around: Surroundings) -> None:
        super().__init__(around.t("Templates of certificates"), _COLUMNS, around)
        t = self.t
        self._rows: dict[int, TemplateRow] = {}
        self.new_button = QPushButton(t("New template from"))
        self.new_button.setAutoDefault(False)
        menu = QMenu(self.new_button)
        for name in READY_MADE:
            menu.addAction(ready_made(name, t.language).name.replace("&", "&&"), partial(self.begin_as, name))
        self.new_button.setMenu(menu)
        self.import_button = QPushButton(t("Take in a file…"))
        self.import_button.setAutoDefault(False)
        self.import_button.clicked.connect(self.ask_file)
        for button in (self.new_button, self.import_button):
            button.setEnabled(not around.read_only)
            self.add_tool(button)
        note = sentence(t("Where a school has no template of its own, the one of the program prints."), muted=True)
        self.layout_of_page.insertWidget(self.layout_of_page.indexOf(self.sides), note)

    def begin_as(self, name: str) -> None:
        """A new template that begins as one of the program."""
        self.go_requested.emit(Place("template", state={"ready_made": name}))

    def begin_new(self) -> bool:
        """Ctrl+N: which one it begins as."""
        if self.new_button.isEnabled():
            self.new_button.showMenu()
        return True

    def read_rows(self) -> None:
        """All templates of the file."""
        self.read(list_templates, done=self._on_rows, failed=self.show_failed, what="rows")

    def show_current(self, key: int) -> None:
        """The template as it was read."""
        row = self._rows.get(key)
        if row is None:
            return
        t = self.t
        lines = [
            Line(t("Kind"), t(TEMPLATE_KINDS[row.kind])),
            Line(t("Programme"), row.programme or t("All programmes")),
            Line(t("Version"), str(row.version)),
            Line(t("Certificates printed"), t.number(row.printed)),
        ]
        if row.valid_to is not None:
            lines.append(Line(t("Ended on"), t.date(row.valid_to)))
        self.detail.show_item(row.name, lines, self._deeds(row))
        self.read_history("certificate_template", key)

    def edit_current(self) -> None:
        """Open the chosen template."""
        key = self.table.current_key()
        if key is not None and not self.around.read_only:
            self.go_requested.emit(Place("template", key))

    def ask_file(self) -> None:
        """Which file carries the template."""
        dialog = QFileDialog(self.window(), self.t("Take in a file…"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(self.t("Templates ({endings})", endings="*.json"))
        dialog.setDirectory(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
        dialog.fileSelected.connect(lambda name: self.take_in(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def take_in(self, path: Path) -> None:
        """Enter the template of a file."""
        self.write(import_template, path, said=self._said_taken)

    def ask_place(self, row: TemplateRow) -> None:
        """Where the file with a template goes."""
        dialog = QFileDialog(self.window(), self.t("Take out as a file…"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("json")
        dialog.setNameFilter(self.t("Templates ({endings})", endings="*.json"))
        dialog.setDirectory(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
        dialog.selectFile("".join(letter for letter in row.name if letter.isalnum() or letter in " -_") + ".json")
        dialog.fileSelected.connect(lambda name: self.take_out(row.id, Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def take_out(self, key: int, path: Path) -> None:
        """Write a template into a file."""
        said = self.t("The template is in {file}.", file=path.name)
        self.read(
            export_template,
            key,
            path,
            done=lambda _none: self.done.emit(said, False),
            failed=self.tell_failure,
            what="out",
        )

    def _said_taken(self, saved: TemplateSaved) -> str:
        self._wanted = saved.id
        return self.t("The template is taken in.")

    def _deeds(self, row: TemplateRow) -> list[Deed]:
        t = self.t
        out = Deed(t("Take out as a file…"), partial(self.ask_place, row))
        if self.around.read_only:
            return [out]
        ends = row.valid_to is None
        words = t("Use no longer") if ends else t("Use again")
        return [Deed(t("Open (F2)"), self.edit_current), out, Deed(words, partial(self._end, row))]

    def _end(self, row: TemplateRow) -> None:
        t = self.t
        day = self.around.today if row.valid_to is None else None
        said = t("The template is used no longer.") if day is not None else t("The template is used again.")
        self.write(end_template, row.id, day, said=lambda _none: said)

    def _on_rows(self, rows: tuple[TemplateRow, ...]) -> None:
        self._rows = {row.id: row for row in rows}
        self.show_rows(
            self._rows,
            self.t("The school prints by the templates of the program. “New template from” begins one of its own."),
        )


def _programme(row: TemplateRow, t: Translator) -> str:
    return row.programme or t("All programmes")


_COLUMNS = (
    Column("name", N_("Name"), lambda row, _t: row.name, width=34, stretch=True),
    Column("kind", N_("Kind"), lambda row, t: t(TEMPLATE_KINDS[row.kind]), width=24),
    Column("programme", N_("Programme"), _programme, width=16),
    Column("version", N_("Version"), lambda row, t: t.number(row.version), width=8, number=True),
    Column("ended", N_("Ended on"), lambda row, t: t.date(row.valid_to) if row.valid_to else "", width=12),
)
