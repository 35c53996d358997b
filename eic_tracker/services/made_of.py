"""What the program is made of: versions, and the licences of the packages and faces that come with it."""

from __future__ import annotations

import importlib.metadata
import platform
import re
from dataclasses import dataclass

from sqlcipher3 import dbapi2

from eic_tracker import __version__

PACKAGES = (
    "alembic",
    "argon2-cffi",
    "babel",
    "base45",
    "cbor2",
    "cryptography",
    "defusedxml",
    "num2words",
    "openpyxl",
    "pillow",
    "platformdirs",
    "pycountry",
    "pydantic",
    "pypdfium2",
    "pyside6-essentials",
    "python-calamine",
    "python-docx",
    "rapidfuzz",
    "reportlab",
    "sqlalchemy",
    "sqlcipher3",
    "sqlmodel",
    "xlsxwriter",
    "zxing-cpp",
)
"""What pyproject.toml asks for; a test compares them."""
_FACES = (("Source Sans 3", "OFL-1.1"), ("EB Garamond", "OFL-1.1"))
_LONGEST_LICENCE = 60


@dataclass(frozen=True, slots=True)
class Component:
    """A package or face: its name, version (empty for a face) and licence (empty where it names none)."""

    name: str
    version: str
    licence: str


def versions() -> tuple[tuple[str, str], ...]:
    """(what, version) of the program, Python, SQLite and the system; nothing of the person."""
    return (
        ("EIC Tracker", __version__),
        ("Python", platform.python_version()),
        ("SQLite", dbapi2.sqlite_version),
        ("System", f"{platform.system()} {platform.release()} {platform.machine()}".strip()),
    )


def components() -> tuple[Component, ...]:
    """The installed packages that the program needs, with those that they need, and its faces, by name."""
    found: dict[str, Component] = {}
    waiting = list(PACKAGES)
    while waiting:
        name = waiting.pop()
        key = _key(name)
        if key in found:
            continue
        try:
            distribution = importlib.metadata.distribution(name)
        except importlib.metadata.PackageNotFoundError:
            continue
        metadata = distribution.metadata
        found[key] = Component(metadata["Name"], distribution.version, _licence(metadata))
        waiting += [
            match.group()
            for each in distribution.requires or ()
            if "extra ==" not in each and (match := re.match(r"[\w.-]+", each))
        ]
    packages = sorted(found.values(), key=lambda component: component.name.casefold())
    return (*packages, *(Component(name, "", licence) for name, licence in _FACES))


def _licence(metadata: importlib.metadata.PackageMetadata) -> str:
    said = metadata.json
    expression = str(said.get("license_expression") or said.get("license") or "").strip()
    if expression and len(expression) <= _LONGEST_LICENCE and "\n" not in expression:
        return expression
    classifiers = [each for each in said.get("classifier", ()) if each.startswith("License ::")]
    return ", ".join(each.rpartition(" :: ")[2] for each in classifiers)


def _key(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).casefold()
