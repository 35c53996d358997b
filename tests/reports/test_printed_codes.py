"""Printed certificates as programs of others see them: qpdf says whether the file is sound, zbar reads the code."""

from __future__ import annotations

import dataclasses
import subprocess
from pathlib import Path

import pytest

from eic_tracker.i18n import Language, Translator
from eic_tracker.reports.certificate_pdf import certificates_pdf
from eic_tracker.reports.template_fields import qr_text
from tests.reports.printed_codes import Distortion, scanned
from tests.reports.test_certificate_pdf import FACTS
from tests.reports.verifying import issued

ES = Translator(Language.ES)
SEALED = [dataclasses.replace(FACTS, number=f"EIC-2026-{count:06d}", code=issued(count)) for count in (1, 2, 3)]


@pytest.mark.needs("qpdf")
def test_a_file_of_certificates_is_sound_to_another_program(tmp_path: Path) -> None:
    path = tmp_path / "certificates.pdf"
    path.write_bytes(certificates_pdf(SEALED, ES))
    checked = subprocess.run(["qpdf", "--check", str(path)], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert "No syntax or stream encoding errors found" in checked.stdout


@pytest.mark.needs("zbarimg")
def test_the_code_of_a_certificate_scanned_at_150_dots_an_inch_is_read_by_another_program(tmp_path: Path) -> None:
    path = tmp_path / "scan.jpg"
    for angle in (0, 3):
        path.write_bytes(scanned(certificates_pdf(SEALED[:1], ES), Distortion(angle)))
        words = ["zbarimg", "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", str(path)]
        read = subprocess.run(words, capture_output=True, text=True, check=False)
        assert read.stdout.removesuffix("\n") == qr_text(SEALED[0]), read.stderr
