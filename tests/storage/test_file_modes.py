"""Whatever holds words or people on disk may be read by its owner alone, whatever the umask."""

import logging
import os
from collections.abc import Iterator
from pathlib import Path
from stat import S_IMODE

import pytest

from commands.export import _write
from storage.db.backup import back_up, keep_copy
from storage.db.database import Database
from storage.open import lock_for_one_process, open_database


@pytest.fixture(params=[0o000, 0o022, 0o077], ids=["umask 0", "umask 022", "umask 077"])
def folder(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Path]:
    before = os.umask(request.param)
    yield tmp_path
    os.umask(before)


def modes(folder: Path) -> dict[str, int]:
    return {
        str(file.relative_to(folder)): S_IMODE(file.stat().st_mode)
        for file in folder.rglob("*")
        if file.is_file()
    }


def opened(folder: Path) -> Database:
    return open_database(f"sqlite:///{folder / 'shop.db'}")


def test_the_database_and_what_stands_beside_it_are_private(folder: Path) -> None:
    """Its log of writes, its shared memory, its lock, its copies, its exports."""
    url = f"sqlite:///{folder / 'shop.db'}"
    with lock_for_one_process(url):
        db = opened(folder)
        with db.write() as tx:
            tx.execute("INSERT INTO marks (name, value) VALUES ('a', 'kept')")
        back_up(url, folder / "kept.db")
        keep_copy(folder / "shop.db", "0042")
        _write(db, folder / "out.db")
        _write(db, folder / "lines")
        found = modes(folder)
        db.close()
    assert {"shop.db", "shop.db-wal", "shop.db-shm", "shop.db.lock"} <= set(found)
    assert {"kept.db", "shop.before-0042.db", "out.db", "lines/people.jsonl"} <= set(found)
    assert set(found.values()) == {0o600}
    assert S_IMODE((folder / "lines").stat().st_mode) == 0o700


def test_a_file_that_was_open_to_others_is_closed_and_the_log_says_so(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """It came from another program, or was made by hand."""
    opened(folder).close()
    for name in ("shop.db", "shop.db.lock"):
        (folder / name).touch()
        (folder / name).chmod(0o644)
    with caplog.at_level(logging.WARNING):
        opened(folder).close()
    assert set(modes(folder).values()) == {0o600}
    said = [r.getMessage() for r in caplog.records if "open to others" in r.getMessage()]
    assert len(said) == 2
    assert str(folder / "shop.db") in said[0]
