"""What one person prefers on this computer: looks, places, grids, views. One JSON file, no school data."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar

from eic_tracker import paths
from eic_tracker.i18n import Language
from eic_tracker.own_files import read_json, set_aside, write_json

V = TypeVar("V")

THEMES = ("system", "light", "dark")
DENSITIES = ("compact", "normal", "wide")
LEAST_TEXT, USUAL_TEXT, MOST_TEXT = 90, 100, 150
LEAST_IDLE, USUAL_IDLE, MOST_IDLE = 1, 10, 60
"""minutes until the window locks itself"""
MOST_RECENT = 10
MOST_OFFSET_MM = 30.0
"""of a sheet in the printer"""
GRID_VERSION = 1

_FORMAT = "eic-tracker-settings"
_MOST_BYTES = 2_000_000
_MOST_NAMED = 500
_MOST_TEXT_LENGTH = 2_000
_MOST_WIDTH = 4_000


@dataclass(frozen=True, slots=True)
class GridState:
    """How the columns of a grid were left; columns that are named nowhere stand as the grid has them."""

    order: tuple[str, ...] = ()
    widths: Mapping[str, int] = field(default_factory=dict)
    hidden: tuple[str, ...] = ()
    sort: str = ""
    descending: bool = False
    version: int = GRID_VERSION


@dataclass(frozen=True, slots=True)
class SavedView:
    """A named set of filters of a grid; a starred one is offered first."""

    name: str
    starred: bool = False
    text: str = ""
    filters: tuple[tuple[str, str], ...] = ()
    sort: str = ""
    descending: bool = False


@dataclass(frozen=True, slots=True)
class CopyElsewhere:
    """The last copy of a file that was made on another disk: when (UTC) and where."""

    made_at: dt.datetime
    place: str


@dataclass(frozen=True, slots=True)
class PrintChoice:
    """How sheets of one template go through the printer of this computer; offsets in millimetres.

    `background` off: on pre-printed paper. `faces_first`: all faces, then all reverses. `calendar`: turned over the
    upper edge."""

    background: bool = True
    right_mm: float = 0.0
    down_mm: float = 0.0
    faces_first: bool = False
    calendar: bool = False
    merged: bool = False
    """one file for the whole class"""


@dataclass(frozen=True, slots=True)
class Settings:
    """All preferences; `grids` are by the name of the grid, `views` by file, login and grid.

    `copies_elsewhere` and `last_logins` are by the file's identity, `prints` by file and template."""

    language: Language = Language.ES
    theme: str = "system"
    text_percent: int = USUAL_TEXT
    density: str = "normal"
    idle_minutes: int = USUAL_IDLE
    recent_files: tuple[Path, ...] = ()
    last_folder: Path | None = None
    geometry: str = ""
    grids: Mapping[str, GridState] = field(default_factory=dict)
    views: Mapping[str, tuple[SavedView, ...]] = field(default_factory=dict)
    copies_elsewhere: Mapping[str, CopyElsewhere] = field(default_factory=dict)
    last_logins: Mapping[str, str] = field(default_factory=dict)
    prints: Mapping[str, PrintChoice] = field(default_factory=dict)


def settings_file() -> Path:
    """Where the preferences of this person lie on this computer."""
    return paths.config_folder() / "settings.json"


def load(path: Path | None = None) -> Settings:
    """The preferences; what is missing or makes no sense is as usual. Never raises.

    A file that is none of ours is kept beside it as settings.damaged.json."""
    try:
        path = path or settings_file()
        content = read_json(path, _MOST_BYTES)
        if content is None or content.get("format") != _FORMAT:
            if path.is_file():
                set_aside(path, f"{path.stem}.damaged{path.suffix}")
            return Settings()
    except OSError:
        return Settings()
    return _settings(content)


def save(settings: Settings, path: Path | None = None) -> bool:
    """Write the preferences whole or not at all; False where the disk refuses, which must not stop anybody's work."""
    recent = [str(found) for found in settings.recent_files]
    content = asdict(settings) | {
        "format": _FORMAT,
        "recent_files": recent,
        "last_folder": str(settings.last_folder) if settings.last_folder else None,
        "copies_elsewhere": {
            uid: {"made_at": copy.made_at.isoformat(), "place": copy.place}
            for uid, copy in settings.copies_elsewhere.items()
        },
    }
    try:
        write_json(path or settings_file(), content)
    except OSError:
        return False
    return True


def with_file(settings: Settings, path: Path) -> Settings:
    """The preferences after a file was opened: it comes first among the recent ones."""
    path = path.absolute()
    others = [known for known in settings.recent_files if known != path]
    return replace(settings, recent_files=(path, *others)[:MOST_RECENT], last_folder=path.parent)


def without_file(settings: Settings, path: Path) -> Settings:
    """The preferences without a recent file that is no longer wanted."""
    return replace(settings, recent_files=tuple(known for known in settings.recent_files if known != path))


def with_grid(settings: Settings, grid: str, state: GridState) -> Settings:
    """The preferences with the columns of a grid as they were left."""
    return replace(settings, grids={**settings.grids, grid: state})


def with_view(settings: Settings, grid: str, view: SavedView) -> Settings:
    """The preferences with a view more; one of the same name is replaced in its place."""
    views = settings.views.get(grid, ())
    if any(known.name == view.name for known in views):
        views = tuple(view if known.name == view.name else known for known in views)
    else:
        views = (*views, view)
    return replace(settings, views={**settings.views, grid: views})


def without_view(settings: Settings, grid: str, name: str) -> Settings:
    """The preferences without the view of that name."""
    kept = tuple(view for view in settings.views.get(grid, ()) if view.name != name)
    return replace(settings, views={**settings.views, grid: kept})


def with_copy_elsewhere(settings: Settings, uid: str, made_at: dt.datetime, place: Path) -> Settings:
    """The preferences after a copy of a file was made on another disk."""
    return replace(
        settings, copies_elsewhere={**settings.copies_elsewhere, uid: CopyElsewhere(made_at, _plain(str(place)))}
    )


def with_print(settings: Settings, template: str, choice: PrintChoice) -> Settings:
    """The preferences after sheets of a template were printed in another way."""
    return replace(settings, prints={**settings.prints, template: choice})


def with_login(settings: Settings, uid: str, login: str) -> Settings:
    """The preferences after somebody signed in to a file; the password is kept nowhere."""
    return replace(settings, last_logins={**settings.last_logins, uid: _plain(login)})


def _settings(content: Mapping[str, Any]) -> Settings:
    usual = Settings()
    return Settings(
        language=_language(content.get("language")),
        theme=_one_of(content.get("theme"), THEMES, usual.theme),
        text_percent=_number(content.get("text_percent"), LEAST_TEXT, MOST_TEXT, USUAL_TEXT),
        density=_one_of(content.get("density"), DENSITIES, usual.density),
        idle_minutes=_number(content.get("idle_minutes"), LEAST_IDLE, MOST_IDLE, USUAL_IDLE),
        recent_files=_each(content.get("recent_files"), _path)[:MOST_RECENT],
        last_folder=_path(content.get("last_folder")),
        geometry=_geometry(content.get("geometry")),
        grids=_by_name(content.get("grids"), _grid),
        views=_by_name(content.get("views"), lambda said: _each(said, _view)),
        copies_elsewhere=_by_name(content.get("copies_elsewhere"), _copy_elsewhere),
        last_logins=_by_name(content.get("last_logins"), _name),
        prints=_by_name(content.get("prints"), _print),
    )


def _grid(said: object) -> GridState | None:
    if not isinstance(said, dict) or said.get("version") != GRID_VERSION:
        return None
    widths = _by_name(said.get("widths"), lambda width: _number(width, 1, _MOST_WIDTH, 0) or None)
    return GridState(
        _each(said.get("order"), _name),
        widths,
        _each(said.get("hidden"), _name),
        _name(said.get("sort")) or "",
        said.get("descending") is True,
    )


def _view(said: object) -> SavedView | None:
    name = _name(said.get("name")) if isinstance(said, dict) else None
    if not isinstance(said, dict) or not name:
        return None
    filters = _each(said.get("filters"), _pair)
    text, sort = _name(said.get("text")) or "", _name(said.get("sort")) or ""
    return SavedView(name, said.get("starred") is True, text, filters, sort, said.get("descending") is True)


def _pair(said: object) -> tuple[str, str] | None:
    words = _each(said, _name)
    return (words[0], words[1]) if isinstance(said, list) and len(words) == len(said) == 2 else None


def _copy_elsewhere(said: object) -> CopyElsewhere | None:
    if not isinstance(said, dict):
        return None
    place = _name(said.get("place"))
    try:
        made_at = dt.datetime.fromisoformat(str(said.get("made_at")))
        moment = made_at.astimezone(dt.UTC) if made_at.tzinfo else None
    except (ValueError, OverflowError):
        return None
    return CopyElsewhere(moment, place) if moment and place is not None else None


def _print(said: object) -> PrintChoice | None:
    if not isinstance(said, dict):
        return None
    return PrintChoice(
        said.get("background") is not False,
        _offset(said.get("right_mm")),
        _offset(said.get("down_mm")),
        said.get("faces_first") is True,
        said.get("calendar") is True,
        said.get("merged") is True,
    )


def _offset(said: object) -> float:
    number = type(said) in (int, float) and -MOST_OFFSET_MM <= said <= MOST_OFFSET_MM  # type: ignore[operator]
    return float(said) if number else 0.0  # type: ignore[arg-type]


def _each(said: object, read: Callable[[object], V | None]) -> tuple[V, ...]:
    values = [read(one) for one in said[:_MOST_NAMED]] if isinstance(said, list) else []
    return tuple(value for value in values if value is not None)


def _by_name(said: object, read: Callable[[object], V | None]) -> dict[str, V]:
    if not isinstance(said, dict):
        return {}
    values = {name: read(one) for name, one in list(said.items())[:_MOST_NAMED] if _name(name) == name}
    return {name: value for name, value in values.items() if value is not None}


def _language(said: object) -> Language:
    return next((language for language in Language if language.value == said), Language.ES)


def _one_of(said: object, known: tuple[str, ...], usual: str) -> str:
    return said if isinstance(said, str) and said in known else usual


def _number(said: object, least: int, most: int, usual: int) -> int:
    return said if type(said) is int and least <= said <= most else usual


def _name(said: object) -> str | None:
    """A text that can be shown and written; None for anything else."""
    return said if isinstance(said, str) and len(said) <= _MOST_TEXT_LENGTH and _plain(said) == said else None


def _plain(text: str) -> str:
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")


def _geometry(said: object) -> str:
    text = _name(said) or ""
    return text if text.isascii() else ""


def _path(said: object) -> Path | None:
    text = said if isinstance(said, str) and said and "\0" not in said and len(said) <= _MOST_TEXT_LENGTH else None
    try:
        return Path(os.fsdecode(os.fsencode(text))) if text else None
    except ValueError:
        return None
