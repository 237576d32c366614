"""One process on one SQLite file."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from errors import StorageError
from storage.open import lock_for_one_process, open_database

ROOT = Path(__file__).parents[2]

HOLD = """
import sys
from storage.open import lock_for_one_process
with lock_for_one_process(sys.argv[1]):
    print("held", flush=True)
    sys.stdin.read()
"""

TRY = """
import sys
from errors import StorageError
from storage.open import lock_for_one_process
try:
    lock_for_one_process(sys.argv[1])
except StorageError as error:
    print(error.sentence)
"""


@contextmanager
def another_process(url: str) -> Iterator[subprocess.Popen[str]]:
    """Run a second process that holds the lock."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, url],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "held\n"
            yield process
        finally:
            process.kill()


def test_a_second_process_is_refused(tmp_path: Path) -> None:
    """The sentence names the file and the process that has it."""
    url = f"sqlite:///{tmp_path}/greenroom.db"
    with (
        another_process(url) as process,
        pytest.raises(
            StorageError, match=rf"process {process.pid}\) is running on .*greenroom\.db"
        ),
    ):
        lock_for_one_process(url)


def test_this_process_refuses_a_second_one(tmp_path: Path) -> None:
    """It is the first who holds it, whichever process asks, and until it is released."""
    url = f"sqlite:///{tmp_path}/greenroom.db"

    def try_elsewhere() -> str:
        done = subprocess.run(
            [sys.executable, "-c", TRY, url], cwd=ROOT, capture_output=True, text=True, check=True
        )
        return done.stdout

    with lock_for_one_process(url):
        # Opening and closing the database itself must not let go of the lock.
        open_database(url).close()
        assert "Another Greenroom" in try_elsewhere()
    assert try_elsewhere() == ""


def test_a_killed_process_holds_nothing(tmp_path: Path) -> None:
    """After SIGKILL the next start has no lock file to clean up."""
    url = f"sqlite:///{tmp_path}/greenroom.db"
    with another_process(url) as process:
        process.kill()
        process.wait(timeout=10)
        with lock_for_one_process(url):
            pass


def test_postgres_is_for_several_processes() -> None:
    """There is nothing to lock: two may hold it."""
    url = "postgresql://localhost/greenroom"
    with lock_for_one_process(url), lock_for_one_process(url):
        pass


def test_a_folder_that_does_not_exist_is_named(tmp_path: Path) -> None:
    """The lock is taken first, so it gives the clear sentence."""
    with pytest.raises(StorageError, match="does not exist"):
        lock_for_one_process(f"sqlite:///{tmp_path}/nowhere/greenroom.db")


def test_the_lock_file_is_the_owners_only(tmp_path: Path) -> None:
    """It holds a process number and nobody else's business."""
    with lock_for_one_process(f"sqlite:///{tmp_path}/greenroom.db"):
        mode = (tmp_path / "greenroom.db.lock").stat().st_mode
    assert mode & 0o777 == 0o600


def test_another_name_for_the_same_file_is_the_same_file(tmp_path: Path) -> None:
    """A link beside it is no way around the lock."""
    database = tmp_path / "greenroom.db"
    database.touch()
    (tmp_path / "elsewhere").mkdir()
    link = tmp_path / "elsewhere" / "link.db"
    link.symlink_to(database)
    with (
        lock_for_one_process(f"sqlite:///{link}"),
        pytest.raises(StorageError, match="Another Greenroom"),
    ):
        lock_for_one_process(f"sqlite:///{database}")
