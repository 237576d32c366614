"""Copy the database while Greenroom works: SQLite's own online copy, checked afterwards."""

import logging
import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from urllib.parse import quote

from errors import StorageError
from storage.db.side_files import refuse_stale
from storage.db.sqlite_file import make_new, path_of

log = logging.getLogger("greenroom.storage")

_PAGES_AT_ONCE = 2000


def back_up(url: str, target: Path) -> int:
    """Copy the database into a new file that only its owner may read; return its bytes.

    Writers go on meanwhile; what they write during the copy is in it too.

    Raises:
        StorageError: there is no database, the file exists, the disk is full, the copy is not
            sound, or the database is no SQLite file.
    """
    if not url.startswith("sqlite:"):
        raise StorageError(
            "This database is on a PostgreSQL server, which makes its own copies.",
            "Run pg_dump --format=custom --file=greenroom.dump with the address of DATABASE_URL.",
        )
    refuse_stale(url)
    source = path_of(url)
    if not source.is_file():
        raise StorageError(f"There is no database at {source}.", "Look at DATABASE_URL.")
    make_new(target)
    try:
        _copy(source, target)
    except (sqlite3.Error, OSError) as error:
        with suppress(OSError):
            target.unlink()
        raise StorageError(
            f"The copy was not made: {error}.", "Look at the disk's free space, and try again."
        ) from error
    return target.stat().st_size


def copy_before(database: Path, step: str) -> Path:
    """Return where the copy is kept that is made before a step of the schema is applied."""
    return database.with_name(f"{database.stem}.before-{step}{database.suffix}")


def copies_beside(url: str) -> list[Path]:
    """Return the copies that updates and `restore` kept beside a SQLite file."""
    if not url.startswith("sqlite:"):
        return []
    database = path_of(url)
    return sorted(
        copy
        for why in ("before", "replaced")
        for copy in database.parent.glob(f"{database.stem}.{why}-*{database.suffix}")
    )


def keep_copy(database: Path, step: str) -> None:
    """Copy a database beside itself before it is brought to a newer schema, once.

    Raises:
        StorageError: the copy cannot be made; nothing was changed yet.
    """
    target = copy_before(database, step)
    if target.exists():
        # An update that broke off: the first copy is the one to go back to.
        return
    back_up(f"sqlite:///{quote(str(database))}", target)
    log.warning("the database is brought up to date; as it was it is kept in %s", target)


def _copy(source: Path, target: Path) -> None:
    with (
        closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as here,
        closing(sqlite3.connect(target)) as there,
    ):
        here.backup(there, pages=_PAGES_AT_ONCE)
        # One file that needs nothing beside it.
        there.execute("PRAGMA journal_mode=DELETE")
        (sound,) = there.execute("PRAGMA integrity_check").fetchone()
        if sound != "ok":
            raise sqlite3.DatabaseError(f"it is not sound ({sound})")
