"""Writes a picture of every page into build/shots: `python -m tests.shots [--page P] [--size WxH] …`."""

from __future__ import annotations

import argparse
import html
import os
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from tests.shots.files import demonstration
from tests.shots.pictures import FOLDER, photograph
from tests.shots.walk import LANGUAGES, SIZES, THEMES, Walk, missing_pages


def main(words: Sequence[str]) -> int:
    """Write the pictures; 1 where a check found something or a page is missing."""
    asked = _parser().parse_args(words)
    template = demonstration(FOLDER / ".files")
    walks = [
        Walk(language, theme == "dark", tuple(asked.size or SIZES), asked.page)
        for language in asked.lang or LANGUAGES
        for theme in asked.theme or (THEMES if language in {"es", "en"} else THEMES[:1])
    ]
    with ProcessPoolExecutor(min(len(walks), os.cpu_count() or 1), get_context("spawn")) as pool:
        found = [finding for each in pool.map(photograph, [template] * len(walks), walks) for finding in each]
    _write_sheet()
    for finding in sorted(found):
        print(finding)
    missing = missing_pages()
    for name in missing:
        print(f"{name}: there is no such page")
    print(f"{len(list(FOLDER.glob('*.png')))} pictures in {FOLDER}; {len(found)} findings", file=sys.stderr)
    return 1 if found or missing else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="run.py shots")
    parser.add_argument("--page", default="", help="only scenes whose name begins so")
    parser.add_argument("--size", action="append", help=f"one of {', '.join(SIZES)} or any other")
    parser.add_argument("--lang", action="append", choices=LANGUAGES)
    parser.add_argument("--theme", action="append", choices=THEMES)
    return parser


def _write_sheet() -> None:
    """One page with all pictures, those of one scene in a row."""
    pictures = sorted(path.name for path in FOLDER.glob("*.png"))
    rows: dict[str, list[str]] = {}
    for name in pictures:
        rows.setdefault(name.rsplit("-", 3)[0], []).append(name)
    lines = ["<!doctype html><meta charset=utf-8><title>EIC Tracker</title>"]
    lines.append("<style>body{font:14px sans-serif;background:#888}img{width:420px;margin:4px}</style>")
    for scene, names in rows.items():
        lines.append(f"<h2>{html.escape(scene)}</h2>")
        lines += [f'<a href="{name}"><img src="{name}" title="{name}" loading=lazy></a>' for name in names]
    (FOLDER / "index.html").write_text("\n".join(lines), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
