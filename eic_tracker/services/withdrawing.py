"""Taking back what was prepared and waits for approval: it has no number yet, so none is lost."""

from __future__ import annotations

import json
from collections.abc import Sequence

from eic_tracker.domain.codes import CertificateStatus
from eic_tracker.domain.permissions import ActingUser, Action, require
from eic_tracker.errors import Refused
from eic_tracker.i18n import N_
from eic_tracker.services.sign_in import actor
from eic_tracker.store.database import Database
from eic_tracker.store.tables.certificates import Certificate
from eic_tracker.store.transaction import Entry

_WAITING = """
SELECT id FROM certificate
WHERE id IN (SELECT value FROM json_each(?)) AND status = 'prepared' AND number IS NULL ORDER BY id
"""


def withdraw_prepared(db: Database, acting: ActingUser, certificate_ids: Sequence[int]) -> int:
    """Take back prepared certificates of any kind; how many. Refused where one of them waits no more: all or none.

    They stay on file as annulled; the same can be prepared again."""
    require(acting, Action.PREPARE_CERTIFICATES)
    wanted = sorted(set(certificate_ids))
    with db.write(Entry(actor(acting), "withdraw_prepared", str(len(wanted)))) as tx:
        waiting = tx.connection.exec_driver_sql(_WAITING, (json.dumps(wanted),)).scalars().all()
        if not wanted or list(waiting) != wanted:
            raise Refused(N_("Some of these certificates wait for no approval any more; read the list again."))
        tx.update(Certificate, {key: {"status": CertificateStatus.ANNULLED} for key in wanted})
        return len(wanted)
