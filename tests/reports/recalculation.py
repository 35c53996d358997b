"""LibreOffice for tests: opens a workbook without a window, calculates every formula anew, saves what it got."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import openpyxl
from openpyxl.workbook import Workbook

ALWAYS = 0
"""OOXMLRecalcMode: 0 always, 1 never, 2 asks; without it LibreOffice trusts the values that are stored."""

_PROFILE = f"""<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">
<value>{ALWAYS}</value></prop></item>
</oor:items>
"""


def recalculated(workbook: Path, folder: Path) -> Workbook:
    """The workbook as LibreOffice calculates it, values only. `folder` gets a fresh profile and the result."""
    return openpyxl.load_workbook(convert(workbook, folder, "xlsx"), data_only=True)


def convert(workbook: Path, folder: Path, kind: str) -> Path:
    """The workbook recalculated and saved as xlsx, csv or pdf under its own name in `folder`."""
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True, exist_ok=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
    program = shutil.which("soffice")
    assert program is not None, "soffice is missing"
    result = folder / "result"
    finished = subprocess.run(
        [
            program,
            f"-env:UserInstallation={profile.as_uri()}",
            "--headless",
            "--norestore",
            "--convert-to",
            kind,
            "--outdir",
            str(result),
            str(workbook),
        ],
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )
    made = result / f"{workbook.stem}.{kind}"
    assert made.exists(), f"soffice wrote nothing: {finished.stdout}{finished.stderr}"
    return made
