"""The use-cases of audit samples, and who may do each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from eic_tracker.domain.codes import Role
from eic_tracker.domain.periods import parse_period
from eic_tracker.domain.permissions import ActingUser
from eic_tracker.domain.sampling import Outcome
from eic_tracker.i18n import Language, Translator
from eic_tracker.services import audit_samples, course_file
from eic_tracker.services.attachments import Scan
from eic_tracker.services.exports import note_export
from eic_tracker.store.database import Database
from tests.services.school import user
from tests.services.taught import photograph

UseCase = Callable[[Database, ActingUser, Path], object]

_TODAY = dt.date(2018, 12, 31)
_ASKED = audit_samples.SampleAsked(parse_period("2018Q4"), 2, "6 3 1")
_READERS = frozenset({Role.REGISTRAR, Role.MANAGER, Role.AUDITOR})
_MANAGER = frozenset({Role.MANAGER})


def _drawn(work: Callable[[Database, ActingUser, int], object]) -> UseCase:
    def use_case(db: Database, acting: ActingUser, _folder: Path) -> object:
        return work(db, acting, audit_samples.draw_sample(db, user(db, Role.MANAGER), _ASKED, _TODAY))

    return use_case


def _paper(db: Database, acting: ActingUser, key: int) -> object:
    note = note_export(db, acting, "audit sample", 2, None) if acting.role in _READERS else None
    return audit_samples.sample_paper(db, acting, key, t=Translator(Language.ES), today=_TODAY, note=note)


USE_CASES: dict[str, tuple[UseCase, frozenset[Role]]] = {
    "draw_sample": (lambda db, acting, _: audit_samples.draw_sample(db, acting, _ASKED, _TODAY), _MANAGER),
    "audit_samples": (lambda db, acting, _: audit_samples.audit_samples(db, acting), _READERS),
    "sample_detail": (_drawn(lambda db, acting, key: audit_samples.sample_detail(db, acting, key, _TODAY)), _READERS),
    "sample_leaving": (_drawn(audit_samples.sample_leaving), _READERS),
    "sample_paper": (_drawn(_paper), _READERS),
    "course_folios": (
        lambda db, acting, _: course_file.course_folios(db, acting, 1, t=Translator(Language.ES)),
        _READERS,
    ),
    "check_sample_item": (
        _drawn(lambda db, acting, key: audit_samples.check_sample_item(db, acting, key, 1, Outcome.SUPPORTED)),
        _MANAGER,
    ),
    "file_checklist": (
        _drawn(lambda db, acting, key: audit_samples.file_checklist(db, acting, key, Scan("lista.jpg", photograph()))),
        _MANAGER,
    ),
}
