"""Set-up empties only what is its own, says what is wrong in the tools' own words, takes wheels."""

import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.set_up import ROOT, SCRIPTS, Ended, give, set_up

Made = Callable[[Path], None]


def refused(ended: Ended, *words: str) -> None:
    """Hold that it ended with a plain sentence, and without a word about the system."""
    assert ended.returncode == 1, ended.stderr
    assert all(word in ended.stderr for word in words), ended.stderr
    assert "Debian" not in ended.stderr
    assert "apt" not in ended.stderr


@pytest.fixture
def behind(tmp_path: Path) -> Path:
    """Make a folder of somebody else's, outside the checkout."""
    folder = tmp_path / "somebodys"
    (folder / "bin").mkdir(parents=True)
    (folder / "pyvenv.cfg").write_text("home = /usr/bin\n")
    (folder / "bin" / "letter.txt").write_text("dear all")
    return folder


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    folder = tmp_path / "greenroom"
    folder.mkdir()
    return folder


@pytest.mark.parametrize("venv", [".venv", ".venv/", "./.venv//"])
@pytest.mark.parametrize("dangling", [False, True])
def test_a_linked_folder_is_refused_and_left_alone(
    checkout: Path, behind: Path, venv: str, dangling: bool
) -> None:
    """What lies behind the link, a virtual environment too, is somebody else's."""
    if dangling:
        shutil.rmtree(behind)
    (checkout / ".venv").symlink_to(behind)
    refused(set_up(checkout, venv=venv), ".venv is a link to", str(behind), "rm ")
    assert (checkout / ".venv").is_symlink()
    assert behind.exists() is not dangling
    assert dangling or (behind / "bin" / "letter.txt").read_text() == "dear all"


def a_file(place: Path) -> None:
    place.write_text("notes")


def a_folder_of_letters(place: Path) -> None:
    place.mkdir()
    (place / "letter.txt").write_text("dear all")


def a_project_in_an_environment(place: Path) -> None:
    """`python -m venv .` puts an environment beside everything else."""
    place.mkdir()
    (place / "pyvenv.cfg").write_text("home = /usr/bin\n")
    (place / "thesis.tex").write_text("chapter one")


def programs(place: Path) -> None:
    (place / "bin").mkdir(parents=True)
    (place / "bin" / "my-program").write_text("#!/bin/sh")


def hidden_things(place: Path) -> None:
    (place / ".git").mkdir(parents=True)


STRANGERS = [a_file, a_folder_of_letters, a_project_in_an_environment, programs, hidden_things]


@pytest.mark.parametrize("script", ["set_up.sh", "clean.sh"])
@pytest.mark.parametrize("made", STRANGERS)
def test_what_is_no_virtual_environment_is_left_alone(
    checkout: Path, made: Made, script: str
) -> None:
    """A file, a folder with other things in it: set-up and `make clean` touch nothing of it."""
    place = checkout / "elsewhere"
    made(place)
    before = sorted(checkout.rglob("*"))
    refused(
        give(checkout, script, "elsewhere", "developing"),
        "elsewhere",
        "nothing was touched",
        "make VENV=",
    )
    assert set(before) <= set(checkout.rglob("*"))


def test_clean_takes_a_link_away_and_nothing_behind_it(checkout: Path, behind: Path) -> None:
    """Also where the name ends with a slash, by which `rm -r` goes through the link."""
    (checkout / ".venv").symlink_to(behind)
    ended = give(checkout, "clean.sh", ".venv/")
    assert ended.returncode == 0, ended.stderr
    assert not (checkout / ".venv").is_symlink()
    assert (behind / "bin" / "letter.txt").read_text() == "dear all"


@pytest.mark.skipif(not shutil.which("make"), reason="needs make")
def test_a_folder_with_a_space_in_its_name_is_that_one_folder(checkout: Path) -> None:
    """What the first half of the name leads to is another."""
    give(checkout, "clean.sh", ".venv")
    shutil.copy(ROOT / "Makefile", checkout)
    (checkout / "my").mkdir()
    (checkout / "my" / "pyvenv.cfg").write_text("home = /usr/bin\n")
    (checkout / "my venv").mkdir()
    ended = subprocess.run(
        ["make", "clean", "VENV=my venv"],
        cwd=checkout,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    assert (checkout / "my").exists()
    assert not (checkout / "my venv").exists()


def test_clean_of_nothing_is_well(checkout: Path) -> None:
    """There may be no environment yet."""
    assert give(checkout, "clean.sh", ".venv").returncode == 0


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs a folder that nobody writes to")
def test_a_folder_that_cannot_be_made_is_told_in_the_tools_own_words(checkout: Path) -> None:
    """No package of the system is to blame, and none is installed."""
    ended = set_up(checkout, venv="/proc/greenroom/venv")
    refused(ended, "No such file or directory: '/proc/greenroom", "could not make the folder")


def test_what_pip_says_is_shown(checkout: Path) -> None:
    """A requirement that no index has ends the set-up, not as a fault of the system."""
    give(checkout, "clean.sh", ".venv")
    asked = f"greenroom-has-no-such-package==1 --hash=sha256:{'0' * 64}\n"
    (checkout / "requirements.txt").write_text(f"--no-index\n{asked}")
    ended = set_up(checkout)
    refused(ended, "greenroom-has-no-such-package", "pip could not install")
    assert not (checkout / ".venv" / ".set-up").exists()


def test_a_python_without_venv_still_asks_debian(checkout: Path, tmp_path: Path) -> None:
    """Debian ships it apart: that is installed, and where that fails it is said."""
    tools = tmp_path / "tools"
    tools.mkdir()
    for name, does in {
        # Its own code runs, and it lacks the part that brings pip, as Debian's does.
        "python3.14": 'case "$2" in *ensurepip*) exit 1;; esac; exit 0',
        "apt-get": 'echo "apt-get $*" >&2; exit 1',
        "sudo": 'exec "$@"',
    }.items():
        (tools / name).write_text(f"#!/bin/sh\n{does}\n")
        (tools / name).chmod(0o755)
    ended = give(checkout, "set_up.sh", ".venv", "running", path=f"{tools}:/usr/bin:/bin")
    assert ended.returncode == 1
    assert "apt-get update" in ended.stderr
    assert "Please install venv for python3.14" in ended.stderr


def test_a_made_environment_is_kept_until_it_no_longer_fits(checkout: Path) -> None:
    """Again is quick; moved, of other requirements, or without its Python it is made anew."""
    assert set_up(checkout).returncode == 0
    made = (checkout / ".venv" / "pyvenv.cfg").stat().st_mtime_ns

    again = set_up(checkout)
    assert (again.returncode, again.stderr) == (0, "")
    assert (checkout / ".venv" / "pyvenv.cfg").stat().st_mtime_ns == made

    moved = checkout.with_name("moved")
    checkout.rename(moved)
    assert "Setting Greenroom up" in set_up(moved).stderr
    pip = moved / ".venv" / "bin" / "pip"
    assert str(moved) in pip.read_text().splitlines()[0]

    (moved / ".venv" / "bin" / "python").unlink()
    (moved / ".venv" / "bin" / "python").symlink_to("/usr/bin/python-that-went")
    assert "Setting Greenroom up" in set_up(moved).stderr
    subprocess.run([moved / ".venv" / "bin" / "python", "-c", ""], check=True)

    assert give(moved, "clean.sh", ".venv").returncode == 0
    assert not (moved / ".venv").exists()


def test_a_set_up_that_was_cut_off_is_made_anew(checkout: Path) -> None:
    """An environment without pyvenv.cfg, as venv leaves it half-way, is nobody else's."""
    (checkout / ".venv" / "bin").mkdir(parents=True)
    (checkout / ".venv" / "bin" / "python3").symlink_to(sys.executable)
    (checkout / ".venv" / "lib" / "python3.11" / "site-packages").mkdir(parents=True)
    (checkout / ".venv" / "lib64").symlink_to("lib")
    assert give(checkout, "clean.sh", ".venv").returncode == 0
    assert not (checkout / ".venv").exists()


def test_pip_runs_nobodys_set_up_code() -> None:
    """Wherever pip installs, it takes wheels only, and only what has its hash in a file."""
    for script in SCRIPTS.glob("*.sh"):
        text = script.read_text("utf-8").replace("\\\n", " ")
        for line in re.findall(r"^.*pip install.*$", text, re.MULTILINE):
            assert "--only-binary :all:" in line, script.name
            assert "--require-hashes" in line, script.name
            assert re.search(r"-r (?:requirements[a-z-]*\.txt|\"\$1\")", line), script.name
    for page in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *ROOT.glob(".ci/*")]:
        for line in re.findall(r"pip install .*", page.read_text("utf-8")):
            assert "-r requirements" in line, page.name


def test_an_sdist_is_refused_by_the_requirements_themselves(tmp_path: Path) -> None:
    """A host that installs them with its own command takes no package without a wheel either."""
    for name in ("requirements.txt", "requirements-dev.txt", "requirements-tools.txt"):
        assert (ROOT / name).read_text("utf-8").startswith("--only-binary :all:\n"), name
    package = tmp_path / "shelf" / "trap-1.0"
    package.mkdir(parents=True)
    (package / "setup.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w').close()\n")
    shutil.make_archive(str(package), "gztar", package.parent, package.name)
    (tmp_path / "requirements.txt").write_text("--only-binary :all:\ntrap==1.0\n")
    shelf = ["--no-index", "--find-links", str(package.parent)]
    ended = subprocess.run(
        [sys.executable, "-m", "pip", "install", "--target", "x", *shelf, "-r", "requirements.txt"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode != 0
    assert not (tmp_path / "ran").exists()
