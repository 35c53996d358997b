"""Where things lie: resources and migrations (source tree or wheel) and the user's own folders."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def _shipped(name: str) -> Path:
    inside_wheel = _PACKAGE / f"_{name}"
    return inside_wheel if inside_wheel.is_dir() else _PACKAGE.parent / name


def resources() -> Path:
    """The folder of shipped resources (fonts, reference lists, translations, demonstration plan)."""
    return _shipped("resources")


def migrations() -> Path:
    """The folder of the schema's history (Alembic)."""
    return _shipped("db")


def data_folder() -> Path:
    """The user's data folder, made when missing; also holds the automatic copies."""
    import platformdirs

    folder = Path(platformdirs.user_data_dir("eic-tracker", appauthor=False))
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        from eic_tracker.errors import UserError

        raise UserError(
            "The data folder {folder} cannot be made ({why}); name the file with --file.",
            folder=folder,
            why=error.strerror,
        ) from error
    return folder


def config_folder() -> Path:
    """The folder of the user's own preferences on this computer; it may not be there yet."""
    import platformdirs

    return Path(platformdirs.user_config_dir("eic-tracker", appauthor=False))


def default_file() -> Path:
    """The file that commands use when none is named."""
    return data_folder() / "eic-tracker.eic"
