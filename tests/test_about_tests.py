"""`make test` says first what it will do, how long it takes, and what it leaves out."""

import os
import re
import subprocess
from pathlib import Path

import pytest

from tests.browser import NAMES

ROOT = Path(__file__).parent.parent
SCRIPT = ROOT / "scripts" / "about_tests.sh"


def said(folder: Path, **environment: str) -> str:
    """Return what is said where a copy of the project lies in a folder."""
    done = subprocess.run(
        ["/bin/sh", str(SCRIPT)], cwd=folder, env=environment, capture_output=True, check=True
    )
    return done.stdout.decode()


def test_the_first_lines_say_what_and_how_long(request: pytest.FixtureRequest) -> None:
    """The number is about the number of tests, to a sixth, wherever the whole suite is run."""
    first, second, *_ = said(ROOT, **os.environ).splitlines()
    number = int(re.findall(r"[\d,]+", first)[0].replace(",", ""))
    whole = Path(request.config.rootpath) == ROOT and request.session.testscollected
    if whole > number / 2:
        assert abs(whole - number) < number / 6, f"say {round(whole, -2):,} in {SCRIPT.name}"
    assert "PostgreSQL" in first
    minutes = [int(each) for each in re.findall(r"\d+", second)]
    assert re.search(r"about \d+ minutes on two cores, and up to \d+ beside", second)
    assert minutes == sorted(minutes)


def test_what_is_missing_is_said(tmp_path: Path) -> None:
    """Without a browser and without the rows next door; nothing of it where both are there."""
    project = tmp_path / "greenroom"
    project.mkdir()
    empty = tmp_path / "bin"
    empty.mkdir()
    without = said(project, PATH=str(empty))
    assert "No Chromium or Chrome is installed" in without
    assert "left out" in without
    assert "../shared/data is not there" in without
    assert "fail, as CI=true asks" in said(project, PATH=str(empty), CI="true")
    (tmp_path / "shared" / "data").mkdir(parents=True)
    for name in NAMES:
        program = empty / name
        program.write_text("#!/bin/sh\n")
        program.chmod(0o755)
        assert len(said(project, PATH=str(empty)).splitlines()) == 2, name
        program.unlink()


def test_make_test_begins_with_it() -> None:
    """Before anything is set up or run."""
    makefile = (ROOT / "Makefile").read_text("utf-8")
    begins = makefile.index("\ntest: about-tests setup-dev ")
    assert "scripts/about_tests.sh" in makefile[begins:]
