"""Curricula have versions: their lessons with titles, and their own rule of what counts as graduated."""

from __future__ import annotations

from pathlib import Path

import pytest

from eic_tracker.domain.codes import Role
from eic_tracker.domain.curriculum_rules import VersionDraft
from eic_tracker.domain.drafts import ChangedMeanwhile, DraftRefused
from eic_tracker.services.class_groups import save_class_groups
from eic_tracker.services.curricula import curriculum_versions, save_curriculum_version, version_form_of
from eic_tracker.services.history import undo_set
from tests.services.great import enter_school, great_file, group
from tests.services.school import user, values

TITLES = tuple(f"Lección número {number}" for number in range(1, 8))


def test_a_new_version_has_its_own_lessons_and_the_old_one_keeps_its_rule(tmp_path: Path) -> None:
    with great_file(tmp_path) as db:
        registrar = user(db, Role.REGISTRAR)
        primary = int(str(values(db, "SELECT id FROM curriculum WHERE code = 'GREAT-PRIMARIA'")[0][0]))
        camp = int(str(values(db, "SELECT id FROM curriculum WHERE code = 'GREAT-CAMPAMENTO'")[0][0]))
        (old,) = curriculum_versions(db, registrar, primary)
        assert (old.lessons, old.lessons_required) == (6, 6)
        save_class_groups(db, registrar, [group(db, enter_school(db).id)])

        def problems(curriculum: int = primary, key: int | None = None, **typed: object) -> list[str]:
            start = {"version": "7 lecciones", "lessons": 7, "lessons_required": 6, "titles": TITLES}
            form = version_form_of(db, registrar, curriculum, key)
            draft = VersionDraft(curriculum, {**start, **form.values, **typed}, key, form.original)
            with pytest.raises(DraftRefused) as told:
                save_curriculum_version(db, registrar, draft)
            return [each.field for each in told.value.problems]

        assert problems(lessons=None) == ["lessons"]
        assert problems(lessons_required=8) == ["lessons_required"]
        assert problems(lessons_required=None) == ["lessons_required"]
        assert problems(titles=TITLES[:3]) == ["titles"]
        assert problems(version="6 LECCIONES") == ["version"]
        assert problems(camp, titles=()) == ["lessons_required"]
        assert problems(primary, old.id, lessons=7, titles=()) == ["lessons"]

        typed = {"version": "7 lecciones", "lessons": 7, "lessons_required": 6, "titles": TITLES}
        key = save_curriculum_version(db, registrar, VersionDraft(primary, typed))
        assert [each.id for each in curriculum_versions(db, registrar, primary)] == [key, old.id]
        form = version_form_of(db, registrar, primary, key)
        assert form.values["titles"] == TITLES, "in their order, not in that of the alphabet"
        changed = {**form.values, "titles": (*TITLES[:6], "Cierre")}
        save_curriculum_version(db, registrar, VersionDraft(primary, changed, key, form.original))
        with pytest.raises(ChangedMeanwhile):
            save_curriculum_version(db, registrar, VersionDraft(primary, changed, key, form.original))
        newest = values(db, "SELECT max(id) FROM change_set WHERE use_case = 'save_curriculum_version'")
        undo_set(db, registrar, int(str(newest[0][0])), "mistake")
        assert version_form_of(db, registrar, primary, key).values["titles"] == TITLES
