"""The catalogue of texts: gather the messages of the code, merge them into es.po and en.po, compile the .mo files.

The page of `--help`, which is kept ready in each language, is written anew with them.

`python3 run.py translations` runs this. Spanish is then filled in by hand in resources/i18n/es.po, and run again.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "eic_tracker"
FOLDER = ROOT / "resources" / "i18n"
LANGUAGES = ("es", "en")
KEYWORDS: dict[str, tuple[int, ...] | None] = {
    "_": None,
    "N_": None,
    "NP_": (1, 2),
    "t": None,
    "_t": None,
    "plural": (1, 2),
    "UserError": None,
    "Refused": None,
    "FileProblem": None,
}
_LEFT_OUT = (
    "Project-Id-Version",
    "Report-Msgid-Bugs-To",
    "POT-Creation-Date",
    "PO-Revision-Date",
    "Last-Translator",
    "Language-Team",
    "Generated-By",
)
_HEADER = "# Texts of EIC Tracker. `python3 run.py translations` gathers and compiles them."


class SteadyCatalog(Catalog):
    """A catalogue whose header names no dates, people or tool versions, so that only texts make a difference."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        """The header lines that stay the same from one run to the next."""
        return [(name, value) for name, value in super()._get_mime_headers() if name not in _LEFT_OUT]


def empty_catalogue(language: str | None = None) -> SteadyCatalog:
    """A catalogue of one language without messages."""
    return SteadyCatalog(locale=language, project="EIC Tracker", header_comment=_HEADER, fuzzy=False)


def gathered(sources: Path = SOURCES) -> SteadyCatalog:
    """All messages that the code marks, with the files they stand in."""
    catalogue = empty_catalogue()
    for name, _, message, comments, context in extract_from_dir(
        sources, [("**.py", "python")], keywords=KEYWORDS, comment_tags=("Translators:",), strip_comment_tags=True
    ):
        place = Path(name).as_posix()
        catalogue.add(message, None, [(f"{sources.name}/{place}", 0)], auto_comments=comments, context=context)
    return catalogue


def read(language: str, folder: Path = FOLDER) -> Catalog:
    """The catalogue as it stands in the .po file; empty when there is none yet."""
    path = folder / f"{language}.po"
    if not path.exists():
        return empty_catalogue(language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def _words(message: Message) -> tuple[str, ...]:
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def merged(template: Catalog, present: Catalog, language: str) -> SteadyCatalog:
    """The messages of `template` with the translations of `present`; translated texts no longer used are kept apart."""
    known = {_words(message): message for message in [*present.obsolete.values(), *present] if message.id}
    result = empty_catalogue(language)
    for message in template:
        if not message.id:
            continue
        before = known.pop(_words(message), None)
        result.add(
            message.id,
            before.string if before else None,
            sorted(set(message.locations)),
            flags=message.flags | (before.flags if before else set()),
            auto_comments=message.auto_comments,
            user_comments=before.user_comments if before else (),
        )
    for words, message in known.items():
        if message.string and any(message.string):
            result.obsolete[words[0]] = message
    return result


def po_bytes(catalogue: Catalog) -> bytes:
    """The text of a .po file, sorted, with file names and no line numbers."""
    out = io.BytesIO()
    write_po(out, catalogue, width=110, sort_output=True, include_lineno=False)
    return out.getvalue()


def mo_bytes(catalogue: Catalog) -> bytes:
    """The compiled form of a catalogue."""
    out = io.BytesIO()
    write_mo(out, catalogue)
    return out.getvalue()


def compiled(language: str, folder: Path = FOLDER) -> bytes:
    """The .mo that belongs to the .po file as it stands."""
    return mo_bytes(merged(read(language, folder), read(language, folder), language))


def replace(path: Path, content: bytes) -> None:
    """Write `content` whole or not at all; an equal file is left alone."""
    if path.exists() and path.read_bytes() == content:
        return
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    temporary.write_bytes(content)
    temporary.replace(path)


def write_help_pages() -> None:
    """Write the pages of `eic-tracker --help` as the parser says them."""
    from eic_tracker.cli import help_page
    from eic_tracker.i18n import Language

    for language in Language:
        page = help_page(language).encode()
        replace(ROOT / "resources" / "help" / f"command-line.{language.value}.txt", page)


def untranslated(catalogue: Catalog) -> list[Message]:
    """Messages without a text, with an empty plural form, or marked fuzzy."""
    return [
        message
        for message in catalogue
        if message.id
        and (message.fuzzy or not all([message.string] if isinstance(message.string, str) else message.string or [""]))
    ]


def main(arguments: list[str] | None = None) -> int:
    """Gather, merge and compile; prints what still wants Spanish."""
    parser = argparse.ArgumentParser(prog="run.py translations", description=__doc__)
    parser.add_argument("--tidy", action="store_true", help="also drop the texts that are no longer used")
    options = parser.parse_args(arguments)
    template = gathered()
    for language in LANGUAGES:
        catalogue = merged(template, read(language), language)
        if options.tidy:
            catalogue.obsolete.clear()
        replace(FOLDER / f"{language}.po", po_bytes(catalogue))
        replace(FOLDER / f"{language}.mo", mo_bytes(catalogue))
    write_help_pages()
    missing = untranslated(read("es"))
    print(f"{len(template)} texts, {len(missing)} without Spanish")
    for message in missing:
        places = ", ".join(sorted({name for name, _ in message.locations}))
        print(f"  {message.id!r}  ({places})")
    return 0


if __name__ == "__main__":
    sys.exit(main())
