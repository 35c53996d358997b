"""Walks the scenes in one language and theme, in every size: a picture and the faults of each."""

from __future__ import annotations

import importlib.util
import tempfile
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from eic_tracker.gui.page_list import PAGES
from eic_tracker.i18n import Language, Translator
from tests.shots.checks import Finding, look
from tests.shots.files import copies, records
from tests.shots.languages import Stretched, Watched, not_looked_up, untranslated
from tests.shots.scenes import Scene, quiet_keyboard, scenes, tabs_of
from tests.shots.shortcuts import ambiguous
from tests.shots.stage import PSEUDO, Stage, stage

SIZES = ("1366x768", "1280x720", "960x540")
LANGUAGES = ("es", "en", PSEUDO)
THEMES = ("light", "dark")

Shown = Callable[[QWidget, str, str], None]
"""Called with what is in sight, its scene and size."""


@dataclass(frozen=True, slots=True)
class Walk:
    """Which scenes are walked: `page` begins their names; a size is `1366x768`."""

    language: str
    dark: bool = False
    sizes: tuple[str, ...] = SIZES
    page: str = ""


def size_of(text: str) -> QSize:
    """`1366x768` as a size."""
    width, height = text.split("x")
    return QSize(int(width), int(height))


def translator(language: str) -> Translator:
    """The language of a walk; Spanish notes what it has no words for."""
    return Stretched() if language == PSEUDO else Watched(Language(language))


def walk(template: Path, chosen: Walk, shown: Shown | None = None) -> list[Finding]:
    """The faults of all scenes; `template` is a demonstration file, which is copied."""
    found: list[Finding] = []
    with tempfile.TemporaryDirectory() as folder:
        demo, school = copies(template, Path(folder))
        with stage(demo, school, records(template)) as made:
            quiet_keyboard()
            made.dress(translator(chosen.language), chosen.dark)
            for scene in _chosen(chosen.page):
                for each in _with_tabs(scene, made, chosen.sizes):
                    _show(each, made, chosen, shown, found)
    return found


def missing_pages() -> list[str]:
    """The pages that the list of pages names and nobody has made."""
    return [
        spec.name
        for spec in PAGES.values()
        if importlib.util.find_spec("eic_tracker.gui.pages." + spec.kind.split(":")[0]) is None
    ]


def _chosen(page: str) -> Iterator[Scene]:
    missing = missing_pages()
    for scene in scenes():
        if scene.name.startswith(page) and scene.page not in missing:
            yield scene


def _with_tabs(scene: Scene, made: Stage, sizes: Collection[str]) -> Iterator[Scene]:
    yield scene
    if sizes:
        yield from tabs_of(scene, made)


def _show(scene: Scene, made: Stage, chosen: Walk, shown: Shown | None, found: list[Finding]) -> None:
    for number, size in enumerate(chosen.sizes):
        made.resize(size_of(size))
        if number == 0:
            sight = scene.arrange(made)
            made.settle()
        name = f"{scene.name}-{size}-{chosen.language}{'-dark' if chosen.dark else ''}"
        found += look(sight, name)
        if number == 0:
            found += ambiguous(sight, name)
            if isinstance(made.t, Watched):
                found += untranslated(sight, name, made.t)
            else:
                found += not_looked_up(sight, name)
        if shown is not None:
            shown(sight, scene.name, size)
    made.close_dialogs()
