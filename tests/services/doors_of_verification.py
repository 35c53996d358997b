"""The use-cases of checking certificates and of lists of trust, and who may do each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from eic_tracker.domain.codes import Role
from eic_tracker.domain.permissions import ActingUser
from eic_tracker.domain.trust import TrustList, encode_list, list_fingerprint
from eic_tracker.services import trust_lists, verification, verifier
from eic_tracker.store.database import Database
from tests import certificate_vectors as made
from tests.services.school import PASSPHRASE, user

UseCase = Callable[[Database, ActingUser, Path], object]

_TODAY = dt.date(2018, 12, 31)


def _import(db: Database, acting: ActingUser, folder: Path) -> object:
    path = folder / "list.cose"
    path.write_bytes(encode_list(TrustList("OTRA", 1, _TODAY, _TODAY, (made.key("titular"),)), made.private("titular")))
    return trust_lists.import_list(db, acting, path, list_fingerprint(path.read_bytes()))


def _page(db: Database, acting: ActingUser, folder: Path) -> object:
    trust_lists.publish_list(db, user(db, Role.MANAGER), PASSPHRASE)
    return verifier.write_verifier(db, acting, folder / "verificar.html")


USE_CASES: dict[str, tuple[UseCase, frozenset[Role]]] = {
    "verify_texts": (
        lambda db, acting, _: verification.verify_texts(db, acting, ["EIC-2018-000001"], today=_TODAY),
        frozenset({Role.REGISTRAR, Role.MANAGER, Role.AUDITOR}),
    ),
    "publish_list": (
        lambda db, acting, _: trust_lists.publish_list(db, acting, PASSPHRASE),
        frozenset({Role.MANAGER}),
    ),
    "export_list": (
        lambda db, acting, folder: trust_lists.export_list(db, acting, folder / "out.cose", PASSPHRASE),
        frozenset({Role.MANAGER}),
    ),
    "import_list": (_import, frozenset({Role.MANAGER})),
    "write_verifier": (_page, frozenset(Role)),
}
