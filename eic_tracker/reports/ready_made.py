"""The templates that come with the program, as data of their own; a school edits copies of them."""

from __future__ import annotations

import functools

from eic_tracker import paths
from eic_tracker.domain.certificate_template import Template, read_template
from eic_tracker.domain.codes import TemplateKind
from eic_tracker.i18n import Language

READY_MADE = ("diploma", "participation", "statement", "statement_grade", "transcript", "instructor", "pupil")
"""Their names; the first of a kind is what is printed where a school chose nothing else."""


@functools.cache
def ready_made(name: str, language: Language) -> Template:
    """The template of that name; KeyError where none is shipped."""
    if name not in READY_MADE:
        raise KeyError(name)
    file = paths.resources() / "certificates" / f"{name}.{language.value}.json"
    return read_template(file.read_text(encoding="utf-8"))


def ready_made_of(kind: TemplateKind, language: Language) -> Template:
    """What is printed of a kind where a school chose nothing else."""
    return ready_made(kind.value, language)
