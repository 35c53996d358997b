"""Spanish for what Qt leaves in English or says as in Spain: in its dialog for files, and on the key Ctrl."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTranslator

from eic_tracker.i18n import N_, Language, Translator

_CONTEXT = "QFileDialog"
_WORDS = {
    "Look in:": N_("&Look in:"),
    "&Look in:": N_("&Look in:"),
    "File &name:": N_("File &name:"),
    "&File name:": N_("File &name:"),
    "Files of type:": N_("Files of &type:"),
    "Files of &type:": N_("Files of &type:"),
}
"""Qt's own words, as its versions have them."""


class DialogWords(QTranslator):
    """Asked before Qt's own translation; what it does not know goes on to that one."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._t = Translator(Language.ES)

    def isEmpty(self) -> bool:  # noqa: N802 - Qt's own name
        """It has words."""
        return False

    def translate(self, context: str, source: str, disambiguation: str | None = None, n: int = -1) -> str | None:
        """The Spanish of a word of Qt's; None where this has none."""
        if (context, source) == ("QShortcut", "Ctrl"):
            return source
        known = _WORDS.get(source) if context == _CONTEXT else None
        return self._t(known) if known is not None else None
