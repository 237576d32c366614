"""The SQLite file itself: where it is, that only its owner may read it."""

import errno
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import unquote

from errors import StorageError

log = logging.getLogger("greenroom.storage")

_PREFIX = "sqlite:///"
_OWNER_ONLY = 0o600
#: The ends of the names of the files that SQLite and Greenroom keep beside the database.
BESIDE = ("", "-wal", "-shm", ".lock")


def path_of(url: str) -> Path:
    """Return the file that an address names: three slashes relative, four absolute.

    Raises:
        StorageError: the address is of another kind, or names no file.
    """
    path = unquote(url.removeprefix(_PREFIX))
    if not url.startswith(_PREFIX) or not path or path.startswith(":") or "\x00" in path:
        raise StorageError(
            "DATABASE_URL names no database that Greenroom knows.",
            "Write sqlite:///greenroom.db, sqlite:////folder/greenroom.db or postgresql://….",
        )
    return Path(path)


def refuse_missing_folder(path: Path) -> None:
    """Raise StorageError when the file's folder is not there, or may not be entered."""
    with _os_errors(path):
        folder = path.absolute().parent
        missing = not folder.is_dir()
    if missing:
        raise StorageError(
            f"The folder {folder} for the database does not exist.",
            "Make it, or change DATABASE_URL.",
        )


def make_new(path: Path) -> None:
    """Make an empty file that only its owner may read, where there is none yet.

    Raises:
        StorageError: it is there already, or cannot be written.
    """
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, _OWNER_ONLY))
    except FileExistsError:
        raise StorageError(f"{path} is there already.", "Name a file that is new.") from None
    except OSError as error:
        raise StorageError(f"{path} cannot be written: {error.strerror}.", "") from error


def make_private(path: Path) -> None:
    """Make the file when it is missing, and let nobody but its owner read it.

    Raises:
        StorageError: no folder, a folder in its place, or not allowed to make it.
    """
    refuse_missing_folder(path)
    with _os_errors(path):
        if path.is_dir():
            raise StorageError(
                f"{path} is a folder, not a database file.", "Name a file in DATABASE_URL."
            )
        try:
            # Never opened when it exists: closing it again would drop SQLite's own locks.
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, _OWNER_ONLY))
        except FileExistsError:
            _narrow(path)


@contextmanager
def _os_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StorageError(
            f"The database file {path} cannot be made or read: {error.strerror}.",
            what_to_do(error),
        ) from error


def what_to_do(error: OSError) -> str:
    """Return what helps against the system's refusal to make or open a file."""
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return "Free some space; nothing that was stored before is lost."
    if error.errno == errno.EROFS:
        return "Name a place in DATABASE_URL that may be written to, such as a mounted volume."
    return "Let the account that runs Greenroom read and write the file and its folder."


def _narrow(path: Path) -> None:
    for end in BESIDE:
        file = path.with_name(path.name + end)
        # A file of somebody else is theirs to narrow; whether we may use it shows soon.
        with suppress(OSError):
            if file.stat().st_mode & 0o077:
                file.chmod(_OWNER_ONLY)
                log.warning("%s was open to others on this machine; now only its owner may", file)
