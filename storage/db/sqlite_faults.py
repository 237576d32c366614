"""What SQLite says when it cannot, as one sentence for a person."""

import sqlite3
from pathlib import Path

from errors import StorageError

_SPACE = "Free some space; nothing that was stored before is lost."
_MAY = "Let the account that runs Greenroom read and write the file and its folder."
_OTHER = "Name another file in DATABASE_URL, or stop Greenroom and run `bot.py restore FILE`."
_AGAIN = "Greenroom tries again by itself; if it stays, see which other program has it open."

#: By SQLite's primary result code (sqlite.org/rescode.html).
_SAID: dict[int, tuple[str, str]] = {
    sqlite3.SQLITE_FULL: ("The disk with the database {path} is full.", _SPACE),
    sqlite3.SQLITE_NOTADB: ("The file {path} is not an SQLite database.", _OTHER),
    sqlite3.SQLITE_CORRUPT: ("The database {path} is damaged.", _OTHER),
    sqlite3.SQLITE_CANTOPEN: ("The database {path} cannot be opened.", _MAY),
    sqlite3.SQLITE_PERM: ("The database {path} may not be used by this account.", _MAY),
    sqlite3.SQLITE_AUTH: ("The database {path} may not be used by this account.", _MAY),
    sqlite3.SQLITE_READONLY: ("The database {path} may only be read, not written.", _MAY),
    sqlite3.SQLITE_BUSY: ("The database {path} is held by another program.", _AGAIN),
    sqlite3.SQLITE_LOCKED: ("The database {path} is held by another program.", _AGAIN),
    sqlite3.SQLITE_IOERR: (
        "The disk with the database {path} fails to read or write.",
        "Look at the disk and its free space.",
    ),
    sqlite3.SQLITE_NOMEM: ("There is no memory left for the database.", _AGAIN),
    sqlite3.SQLITE_CONSTRAINT: (
        "The database does not take this: it does not fit what is stored.",
        "Nothing was changed; the log has the rest.",
    ),
}
_PRIMARY = 0xFF


def storage_error(error: Exception, path: Path) -> StorageError:
    """Return the StorageError for whatever sqlite3 raised; raise it `from` the original."""
    code = getattr(error, "sqlite_errorcode", None)
    if code is None and "closed database" in str(error):
        return StorageError("The database is closed.", "Start Greenroom again.")
    sentence, advice = _SAID.get(
        (code or 0) & _PRIMARY,
        (
            "The database {path} did not do what was asked of it.",
            "Nothing was changed; the log has the rest.",
        ),
    )
    return StorageError(sentence.format(path=path), advice)
