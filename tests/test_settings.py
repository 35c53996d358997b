"""Preferences come back as they were saved, and a damaged file costs no more than what was damaged."""

from __future__ import annotations

import datetime as dt
import json
import os
import stat
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eic_tracker import settings
from eic_tracker.i18n import Language
from eic_tracker.settings import (
    DENSITIES,
    MOST_RECENT,
    THEMES,
    CopyElsewhere,
    GridState,
    SavedView,
    Settings,
    load,
    save,
    settings_file,
    with_copy_elsewhere,
    with_file,
    with_grid,
    with_login,
    with_view,
    without_file,
    without_view,
)

NOW = dt.datetime(2018, 12, 31, 18, 30, tzinfo=dt.UTC)
TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20)
NAME = TEXT.filter(bool)
GRIDS = st.builds(
    GridState,
    order=st.lists(TEXT, max_size=4).map(tuple),
    widths=st.dictionaries(TEXT, st.integers(1, 4000), max_size=4),
    hidden=st.lists(TEXT, max_size=4).map(tuple),
    sort=TEXT,
    descending=st.booleans(),
)
VIEWS = st.builds(
    SavedView,
    name=NAME,
    starred=st.booleans(),
    text=TEXT,
    filters=st.lists(st.tuples(TEXT, TEXT), max_size=3).map(tuple),
    sort=TEXT,
    descending=st.booleans(),
)
COPIES = st.builds(CopyElsewhere, made_at=st.datetimes(timezones=st.just(dt.UTC)), place=TEXT)
SETTINGS = st.builds(
    Settings,
    language=st.sampled_from(Language),
    theme=st.sampled_from(THEMES),
    text_percent=st.integers(90, 150),
    density=st.sampled_from(DENSITIES),
    idle_minutes=st.integers(1, 60),
    recent_files=st.lists(NAME.map(Path), max_size=MOST_RECENT).map(tuple),
    last_folder=st.none() | NAME.map(Path),
    geometry=st.text("ABCabc019+/=", max_size=40),
    grids=st.dictionaries(TEXT, GRIDS, max_size=2),
    views=st.dictionaries(TEXT, st.lists(VIEWS, max_size=2).map(tuple), max_size=2),
    copies_elsewhere=st.dictionaries(TEXT, COPIES, max_size=2),
    last_logins=st.dictionaries(TEXT, TEXT, max_size=2),
)
ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
FIELDS = st.sampled_from(sorted(Settings.__dataclass_fields__))


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("own") / "settings.json"


@given(chosen=SETTINGS)
def test_what_is_saved_is_loaded(file: Path, chosen: Settings) -> None:
    assert save(chosen, file)
    assert load(file) == chosen


@given(damaged=st.dictionaries(FIELDS, ANY_JSON, max_size=4))
def test_a_value_that_makes_no_sense_is_as_usual_and_the_others_stay(file: Path, damaged: dict[str, Any]) -> None:
    sound = {"format": "eic-tracker-settings", "language": "en", "text_percent": 125, "density": "wide"}
    file.write_text(json.dumps(sound | damaged), encoding="ascii")
    loaded = load(file)
    for name, value in {"language": Language.EN, "text_percent": 125, "density": "wide"}.items():
        assert name in damaged or getattr(loaded, name) == value
    assert 90 <= loaded.text_percent <= 150
    assert loaded.theme in THEMES
    assert save(loaded, file)
    assert load(file) == loaded


@given(content=st.binary(max_size=40) | ANY_JSON.map(lambda value: json.dumps(value).encode()))
def test_a_file_that_is_none_of_ours_is_kept_aside(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.mktemp("foreign") / "settings.json"
    path.write_bytes(content)
    assert load(path) == Settings()
    assert (path.parent / "settings.damaged.json").read_bytes() == content
    assert not path.exists()


@pytest.mark.parametrize("content", [b"[" * 100_000, b'{"a": ' + b"9" * 5000 + b"}", b" " * 3_000_000])
def test_a_file_that_would_choke_the_reader_is_kept_aside(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(content)
    assert load(path) == Settings()
    assert (tmp_path / "settings.damaged.json").stat().st_size == len(content)


def test_without_a_file_all_is_as_usual(tmp_path: Path) -> None:
    assert load(tmp_path / "none" / "settings.json") == Settings()
    assert load(tmp_path) == Settings(), "a folder of that name"
    assert list(tmp_path.iterdir()) == []


def test_preferences_lie_in_the_person_s_own_folder_and_only_they_read_them(home: Path) -> None:
    assert save(Settings(theme="dark"))
    assert settings_file().is_relative_to(home)
    assert load().theme == "dark"
    if os.name != "nt":
        assert stat.S_IMODE(settings_file().stat().st_mode) == 0o600
    settings_file().unlink()


@pytest.mark.parametrize("broken", ["fsync", "replace"])
def test_a_disk_that_refuses_leaves_the_preferences_as_they_were(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    path = tmp_path / "settings.json"
    assert save(Settings(theme="dark"), path)

    def refuse(*_words: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os if broken == "fsync" else Path, broken, refuse)
    assert not save(Settings(theme="light"), path)
    monkeypatch.undo()
    assert load(path).theme == "dark"
    assert [path] == list(tmp_path.iterdir()), "nothing half written is left"


def test_recent_files_are_ten_and_the_last_one_leads(tmp_path: Path) -> None:
    present = Settings()
    for number in [*range(12), 5]:
        present = with_file(present, tmp_path / f"{number}.eic")
    assert [path.stem for path in present.recent_files] == ["5", "11", "10", "9", "8", "7", "6", "4", "3", "2"]
    assert present.last_folder == tmp_path
    assert len(without_file(present, tmp_path / "5.eic").recent_files) == 9


def test_views_are_kept_by_name_and_grids_by_their_own() -> None:
    present = with_view(with_view(Settings(), "people", SavedView("DPI")), "people", SavedView("Women"))
    present = with_view(present, "people", SavedView("DPI", starred=True))
    assert [(view.name, view.starred) for view in present.views["people"]] == [("DPI", True), ("Women", False)]
    assert [view.name for view in without_view(present, "people", "DPI").views["people"]] == ["Women"]
    assert without_view(present, "courses", "DPI").views["courses"] == ()
    assert with_grid(present, "people", GridState(sort="name")).grids["people"].sort == "name"


def test_the_last_copy_elsewhere_is_known_by_the_file(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    assert save(with_copy_elsewhere(Settings(), "f" * 32, NOW, Path("/media/usb")), path)
    assert load(path).copies_elsewhere == {"f" * 32: CopyElsewhere(NOW, str(Path("/media/usb")))}


def test_columns_of_another_version_of_a_grid_are_not_taken(file: Path) -> None:
    assert save(Settings(grids={"people": GridState(sort="name", version=settings.GRID_VERSION + 1)}), file)
    assert load(file).grids == {}


def test_the_last_login_is_kept_for_each_file_apart() -> None:
    chosen = with_login(with_login(Settings(), "one", "ada"), "other", "bea")
    assert with_login(chosen, "one", "eva").last_logins == {"one": "eva", "other": "bea"}
