"""The drafts that forms start from: what is stored, with the key and what was seen."""

from __future__ import annotations

from eic_tracker.domain.accounts import UserDraft
from eic_tracker.domain.school_lists import ListDraft
from eic_tracker.queries.school_lists import ListRow
from eic_tracker.services.users import UserRow


def draft_of_user(row: UserRow) -> UserDraft:
    """An account as its form opens it."""
    return UserDraft(
        row.login, row.full_name, row.role, row.instructor_id, row.valid_to, id=row.id, original=row.values
    )


def draft_of_item(row: ListRow) -> ListDraft:
    """An item of a list as its form opens it."""
    return ListDraft(row.kind, row.values, row.id, row.values)
