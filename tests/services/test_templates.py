"""Tests of the templates that a school edits: versions, what is frozen, files that travel, which one prints."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import io
import json
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from PIL import Image

from eic_tracker.domain.certificate_template import Template
from eic_tracker.domain.codes import CertificateKind, Role, TemplateKind
from eic_tracker.domain.drafts import ChangedMeanwhile
from eic_tracker.domain.template_elements import Element, ElementKind
from eic_tracker.errors import FileProblem, Refused, UserError
from eic_tracker.i18n import Language, Translator
from eic_tracker.reports.ready_made import READY_MADE, ready_made
from eic_tracker.reports.template_preflight import FindingKind
from eic_tracker.services.certificate_batch import choose_batch_template, course_batch, review_batch
from eic_tracker.services.certificates import approve_certificates, prepare_certificates
from eic_tracker.services.history import undo_set
from eic_tracker.services.issuing import print_certificates
from eic_tracker.services.template_files import MOST_FILE_BYTES, export_template, import_template, read_template_file
from eic_tracker.services.template_pictures import readied_picture
from eic_tracker.services.templates import (
    TemplateDraft,
    choose_template,
    end_template,
    freeze_template,
    list_templates,
    ready_made_form,
    save_template,
    template_form,
    template_in_force,
    template_of_version,
)
from eic_tracker.store.database import Database
from eic_tracker.store.transaction import Actor, Entry
from tests.reports.pdf_reading import texts_of
from tests.services.school import PASSPHRASE, school, user, values

DAY = dt.date(2019, 1, 4)
T = Translator(Language.ES)
DIPLOMA = ready_made("diploma", Language.ES)


def picture(colour: str = "red") -> tuple[str, bytes]:
    """A small emblem as a template keeps it, with its digest."""
    out = io.BytesIO()
    Image.new("RGBA", (40, 40), colour).save(out, "PNG")
    content = readied_picture(out.getvalue(), "emblem.png")
    return hashlib.sha256(content).hexdigest(), content


def with_picture(digest: str) -> Template:
    """The diploma with an emblem in its first frame."""
    face = tuple(replace(each, image=digest) if each.kind is ElementKind.IMAGE else each for each in DIPLOMA.face)
    return replace(DIPLOMA, name="Con escudo", face=face)


def named(name: str, **changes: object) -> Template:
    """The diploma under another name."""
    return replace(DIPLOMA, name=name, **changes)  # type: ignore[arg-type]


def own_words(word: str) -> Template:
    """The diploma of the school in a version that says so."""
    told = Element(ElementKind.TEXT, 10, 10, 80, 10, text=f"Versión {word}")
    return named("De la escuela", face=(*DIPLOMA.face, told))


def last_set(db: Database, use_case: str) -> int:
    """The newest entry of a use-case."""
    ((key,),) = values(db, "SELECT max(id) FROM change_set WHERE use_case = ?", use_case)
    return int(str(key))


def in_force(db: Database, **options: int) -> str:
    """The name of the template that prints a diploma."""
    with db.read() as connection:
        found = template_in_force(connection, TemplateKind.DIPLOMA, Language.ES, DAY, **options)  # type: ignore[arg-type]
        return found.template.name


def test_a_template_is_kept_changed_in_place_until_it_has_printed_and_then_gets_a_new_version(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        registrar = user(db, Role.REGISTRAR)
        saved = save_template(db, registrar, TemplateDraft(named("Propia")))
        form = template_form(db, registrar, saved.id)
        assert form.template.name == "Propia"
        assert form.longest.name == max(
            (str(row[0]) for row in values(db, "SELECT given_names || ' ' || surnames FROM participant")), key=len
        )
        smaller = replace(form.template, face=form.template.face[:-1])
        again = save_template(db, registrar, TemplateDraft(smaller, saved.id, None, form.known))
        assert (again.version, again.new_version) == (1, False)
        with db.write(Entry(Actor("test"), "approve_certificates", "test")) as tx:
            used = template_in_force(tx.connection, TemplateKind.DIPLOMA, Language.ES, DAY)
            version = freeze_template(tx, used)
        other = save_template(db, registrar, TemplateDraft(form.template, saved.id))
        assert (other.version, other.new_version) == (2, True)
        with db.read() as connection:
            assert template_of_version(connection, version).template == smaller
            now = template_in_force(connection, TemplateKind.DIPLOMA, Language.ES, DAY)
            assert now.template == form.template
        assert template_form(db, registrar, saved.id, version).template == smaller
        with pytest.raises(UserError, match="no longer"):
            template_form(db, registrar, saved.id, 99)


def test_two_people_at_one_template_do_not_overwrite_each_other_and_undo_takes_a_change_back(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        registrar, manager = user(db, Role.REGISTRAR), user(db, Role.MANAGER)
        saved = save_template(db, registrar, TemplateDraft(named("Propia")))
        form = template_form(db, registrar, saved.id)
        shorter = replace(form.template, reverse=())
        save_template(db, manager, TemplateDraft(shorter, saved.id, None, form.known))
        with pytest.raises(ChangedMeanwhile, match="manager"):
            save_template(db, registrar, TemplateDraft(named("Otra"), saved.id, None, form.known))
        undo_set(db, manager, last_set(db, "save_template"), "mistake")
        assert template_form(db, registrar, saved.id).template == form.template
        with pytest.raises(UserError, match="already"):
            save_template(db, registrar, TemplateDraft(named("Propia")))
        with pytest.raises(UserError, match="keeps its kind"):
            save_template(
                db, registrar, TemplateDraft(replace(named("Propia"), kind=TemplateKind.PARTICIPATION), saved.id)
            )
        text = Element(ElementKind.TEXT, 10, 10, 50, 10, text="漢")
        with pytest.raises(UserError, match=r"U\+6F22"):
            save_template(db, registrar, TemplateDraft(replace(named("Letras"), face=(text,))))


def test_a_diploma_is_printed_by_the_template_of_its_course_its_programme_the_school_or_the_program(
    tmp_path: Path,
) -> None:
    with school(tmp_path) as db:
        registrar = user(db, Role.REGISTRAR)
        programme, version = (
            int(str(key))
            for key in values(db, "SELECT programme_id, course_version_id FROM offering WHERE code = '007-2018'")[0]
        )
        assert in_force(db, programme_id=programme, course_version_id=version) == "Diploma"
        save_template(db, registrar, TemplateDraft(named("De la escuela")))
        assert in_force(db, programme_id=programme, course_version_id=version) == "De la escuela"
        own = save_template(db, registrar, TemplateDraft(named("Del programa"), programme_id=programme))
        assert in_force(db, programme_id=programme, course_version_id=version) == "Del programa"
        assert in_force(db) == "De la escuela"
        course = save_template(db, registrar, TemplateDraft(named("Del curso"), programme_id=None))
        end_template(db, registrar, course.id, None)
        choose_template(db, registrar, version, course.id)
        assert in_force(db, programme_id=programme, course_version_id=version) == "Del curso"
        end_template(db, registrar, course.id, DAY - dt.timedelta(days=1))
        end_template(db, registrar, own.id, DAY - dt.timedelta(days=1))
        assert in_force(db, programme_id=programme, course_version_id=version) == "De la escuela"
        choose_template(db, registrar, version, None)
        pupil = save_template(db, registrar, TemplateDraft(replace(ready_made("pupil", Language.ES), name="Alumno")))
        with pytest.raises(Refused, match="no diplomas"):
            choose_template(db, registrar, version, pupil.id)
        assert [row.valid_to is None for row in list_templates(db, registrar)] == [True, True, False, False]


def test_the_template_of_the_program_is_kept_once_when_it_first_prints(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        versions = []
        for _ in range(2):
            with db.write(Entry(Actor("test"), "approve_certificates", "test")) as tx:
                used = template_in_force(tx.connection, TemplateKind.DIPLOMA, Language.ES, DAY)
                assert used.version_id is None
                versions.append(freeze_template(tx, used))
        assert versions[0] == versions[1]
        with db.read() as connection:
            assert template_of_version(connection, versions[0]).template == DIPLOMA
        assert in_force(db) == "Diploma"


def test_a_template_travels_with_its_pictures_in_one_file(tmp_path: Path) -> None:
    digest, content = picture()
    path = tmp_path / "plantilla.json"
    with school(tmp_path) as db:
        registrar = user(db, Role.REGISTRAR)
        with pytest.raises(UserError, match="picture of the template is missing"):
            save_template(db, registrar, TemplateDraft(with_picture(digest)))
        saved = save_template(db, registrar, TemplateDraft(with_picture(digest), images={digest: content}))
        export_template(db, registrar, saved.id, path)
        with pytest.raises(UserError, match="already"):
            import_template(db, registrar, path)
        end_template(db, registrar, saved.id, DAY)
        came = import_template(db, registrar, path)
        form = template_form(db, registrar, came.id)
        assert form.template == with_picture(digest)
        assert form.images == {digest: content}
        undo_set(db, registrar, last_set(db, "save_template"), "mistake")
        assert [row.name for row in list_templates(db, registrar)] == ["Con escudo"]


@pytest.mark.parametrize("language", Language)
def test_each_template_that_comes_with_the_program_is_a_form_of_its_own(tmp_path: Path, language: Language) -> None:
    with school(tmp_path) as db:
        for name in READY_MADE:
            form = ready_made_form(db, user(db, Role.MANAGER), name, language)
            assert form.template.language is language
            assert (form.row, form.known) == (None, None)


def test_what_was_approved_is_printed_by_its_version_whatever_is_edited_later(tmp_path: Path) -> None:
    code = "007-2018"
    with school(tmp_path) as db:
        registrar, manager = user(db, Role.REGISTRAR), user(db, Role.MANAGER)
        own = save_template(db, registrar, TemplateDraft(own_words("primera")))
        prepare_certificates(db, registrar, code)
        found = review_batch(db, manager, code, t=T).found
        assert (found.count, found.stops) == (2, False)
        approve_certificates(db, manager, code, t=T, passphrase=PASSPHRASE)
        assert values(db, "SELECT DISTINCT v.number FROM certificate c JOIN certificate_template_version v"
                          " ON v.id = c.template_version_id") == [(1,)]  # fmt: skip
        changed = save_template(db, registrar, TemplateDraft(own_words("segunda"), own.id))
        assert (changed.version, changed.new_version) == (2, True)
        (path, _) = print_certificates(db, registrar, code, tmp_path / "out", t=T)
        words = " ".join(texts_of(path.read_bytes()))
        assert "Versión primera" in words
        assert "segunda" not in words


def test_a_batch_keeps_the_template_that_was_chosen_for_it_and_is_seen_as_it_prints_longest_name_first(
    tmp_path: Path,
) -> None:
    code = "007-2018"
    with school(tmp_path) as db:
        registrar, manager = user(db, Role.REGISTRAR), user(db, Role.MANAGER)
        save_template(db, registrar, TemplateDraft(named("La de siempre")))
        own = save_template(db, registrar, TemplateDraft(own_words("aniversario"), programme_id=2))
        prepare_certificates(db, registrar, code)
        (waiting,) = course_batch(db, registrar, code).waiting
        assert (waiting.count, waiting.template_id, len(waiting.offered)) == (2, None, 2)
        assert choose_batch_template(db, registrar, code, CertificateKind.DIPLOMA, own.id) == 2
        save_template(db, registrar, TemplateDraft(own_words("cincuenta"), own.id, 2))
        review = review_batch(db, manager, code, t=T)
        pages = texts_of(review.pdf)
        assert all("Versión cincuenta" in page for page in pages[::2])
        assert all("BORRADOR" in page for page in pages)
        names = values(
            db,
            "SELECT given_names || ' ' || surnames FROM participant p JOIN enrolment e ON e.participant_id = p.id"
            " JOIN certificate c ON c.enrolment_id = e.id",
        )
        longest = max(len(str(name)) for (name,) in names)
        assert any(str(name) in pages[0] for (name,) in names if len(str(name)) == longest)
        assert {kind for kind, _ in review.people.values()} == {"participant"}
        approve_certificates(db, manager, code, t=T, passphrase=PASSPHRASE, seen=review.keys)
        (group,) = course_batch(db, registrar, code).groups
        assert (group.name, group.unprinted, len(group.keys)) == ("De la escuela", 2, 2)
        with pytest.raises(Refused, match="prints no such"):
            choose_batch_template(db, registrar, code, CertificateKind.PARTICIPATION, own.id)


def test_a_template_whose_qr_is_too_small_stops_the_approval_before_a_number_is_taken(tmp_path: Path) -> None:
    code = "007-2018"
    with school(tmp_path) as db:
        registrar, manager = user(db, Role.REGISTRAR), user(db, Role.MANAGER)
        save_template(db, registrar, TemplateDraft(named("Chica", reverse=(Element(ElementKind.QR, 9, 9, 20),))))
        prepare_certificates(db, registrar, code)
        assert {each.kind for each in review_batch(db, registrar, code, t=T).found.findings} >= {
            FindingKind.QR_TOO_SMALL
        }
        with pytest.raises(UserError, match="QR needs"):
            approve_certificates(db, manager, code, t=T, passphrase=PASSPHRASE)
        assert values(db, "SELECT DISTINCT status, number FROM certificate") == [("prepared", None)]


@cache
def hostile() -> dict[str, bytes]:
    """Files that claim to be templates."""
    digest, content = picture()
    good = json.loads(
        json.dumps(
            {
                "format": "eic-tracker-template",
                "kind": "diploma",
                "name": "X",
                "language": "es",
                "paper": "letter",
                "landscape": True,
                "face": [],
                "reverse": [],
            }
        )
    )
    frame = {"kind": "image", "x": 1, "y": 1, "width": 9, "height": 9, "image": digest}
    bomb = io.BytesIO()
    Image.new("1", (8_000, 8_000)).save(bomb, "PNG")

    def written(**changes: object) -> bytes:
        return json.dumps({**good, **changes}).encode()

    return {
        "nothing": b"",
        "no JSON": b"%PDF-1.7",
        "no UTF-8": b"\xff\xfe\x00{",
        "deep": b"[" * 200_000,
        "endless number": json.dumps(good).replace('"face": []', '"face": [{"kind": "line", "x": 1e999}]').encode(),
        "NaN": json.dumps(good).replace('"face": []', '"face": NaN').encode(),
        "a name twice": json.dumps(good).replace('"paper"', '"name": "Y", "paper"').encode(),
        "another format": written(format="x"),
        "unknown key": written(script="x"),
        "unknown kind": written(kind="licence"),
        "face is text": written(face="x"),
        "too many elements": written(face=[{"kind": "qr", "x": 1, "y": 1, "width": 30}] * 121),
        "picture missing": written(face=[frame]),
        "picture is no picture": written(face=[frame], images={digest: base64.b64encode(b"<svg/>").decode()}),
        "picture is no base 64": written(face=[frame], images={digest: "%%%"}),
        "picture is a bomb": written(face=[frame], images={digest: base64.b64encode(bomb.getvalue()).decode()}),
        "pictures are a list": written(face=[frame], images=[content.hex()]),
        "name of two lines": written(name="A\nB"),
        "name of 300": written(name="A" * 300),
    }


@pytest.mark.parametrize("what", hostile())
def test_a_hostile_file_is_told_and_nothing_is_entered(what: str) -> None:
    with pytest.raises(UserError):
        read_template_file(hostile()[what])


def test_a_file_that_is_too_large_or_gone_is_told(tmp_path: Path) -> None:
    large = tmp_path / "large.json"
    with large.open("wb") as file:
        file.truncate(MOST_FILE_BYTES + 1)
    with school(tmp_path) as db:
        with pytest.raises(UserError, match="too large"):
            import_template(db, user(db, Role.REGISTRAR), large)
        with pytest.raises(FileProblem, match="cannot be read"):
            import_template(db, user(db, Role.REGISTRAR), tmp_path / "gone.json")
        assert list_templates(db, user(db, Role.REGISTRAR)) == ()
