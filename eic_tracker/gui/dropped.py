"""What is held over a page or dropped on it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData


def dropped_path(data: QMimeData) -> Path | None:
    """The one file or folder of this computer that is dropped; None where it is none, or several."""
    paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    return paths[0] if len(paths) == 1 else None


def dropped_lists(data: QMimeData) -> Path | None:
    """The folder or list that is dropped; None where it is neither."""
    # loaded when something is dropped: what reads lists takes its time
    from eic_tracker.services.whole_workbook import is_list_file

    path = dropped_path(data)
    return path if path is not None and (path.is_dir() or is_list_file(path)) else None
