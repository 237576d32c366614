"""What PostgreSQL says when it cannot, as one sentence for a person, never with a password."""

import psycopg

from errors import StorageError

_AGAIN = "Greenroom tries again by itself."
_URL = "Look at DATABASE_URL."

#: By SQLSTATE, whole or its class (postgresql.org/docs/current/errcodes-appendix.html).
_SAID: dict[str, tuple[str, str]] = {
    "53100": ("The disk of the PostgreSQL server is full.", "Free some space there."),
    "53300": (
        "The PostgreSQL server has no connection left for Greenroom.",
        "Raise max_connections there, or stop other programs.",
    ),
    "53": ("The PostgreSQL server is short of resources.", _AGAIN),
    "28": ("The PostgreSQL server does not take the name and password.", _URL),
    "3D000": ("The PostgreSQL server has no database of that name.", "Make it, or " + _URL),
    "42501": (
        "The PostgreSQL server does not let this account do what Greenroom needs.",
        "Let it create tables in the database, and read and write them.",
    ),
    "25006": ("The PostgreSQL database can only be read at the moment.", _AGAIN),
    "57": ("The PostgreSQL server is shutting down or starting.", _AGAIN),
    "08": ("The connection to the PostgreSQL server broke.", _AGAIN),
    "40": ("Two writes to the PostgreSQL database were in each other's way.", _AGAIN),
    "55P03": ("The PostgreSQL database was busy for too long.", _AGAIN),
    "23": (
        "The database does not take this: it does not fit what is stored.",
        "Nothing was changed; the log has the rest.",
    ),
}

_NO_ENCRYPTION = (
    "The PostgreSQL server does not encrypt, so nothing was sent to it.",
    (
        "Switch TLS on there; only where nobody else is on the way, end DATABASE_URL with "
        "?sslmode=disable."
    ),
)
_NOT_WHO_IT_SAYS = (
    "The PostgreSQL server's certificate was not believed, so nothing was sent to it.",
    (
        "Look at the host in DATABASE_URL and at the root certificate. Where the certificate names "
        "another host, end DATABASE_URL with ?sslmode=verify-ca."
    ),
)

_NO_SUCH_MODE = (
    "PostgreSQL knows no such sslmode, so nothing was sent.",
    "End DATABASE_URL with ?sslmode=verify-full or ?sslmode=require; look at PGSSLMODE, too.",
)
_NO_SUCH_SERVICE = (
    "The service that DATABASE_URL or PGSERVICE names for PostgreSQL is in no file that can be read.",
    "Look at ~/.pg_service.conf or PGSERVICEFILE, or write the whole address into DATABASE_URL.",
)

#: A refused connection has no SQLSTATE in libpq, only words.
_WORDS: tuple[tuple[str, tuple[str, str]], ...] = (
    ("sslmode value", _NO_SUCH_MODE),
    ("definition of service", _NO_SUCH_SERVICE),
    ("service file", _NO_SUCH_SERVICE),
    ("does not match host name", _NOT_WHO_IT_SAYS),
    ("certificate verify failed", _NOT_WHO_IT_SAYS),
    ("root certificate", _NOT_WHO_IT_SAYS),
    ("does not support ssl", _NO_ENCRYPTION),
    ("password", _SAID["28"]),
    ("no pg_hba.conf entry", _SAID["28"]),
    ('role "', _SAID["28"]),
    ('database "', _SAID["3D000"]),
    ("too many clients", _SAID["53300"]),
    ("remaining connection slots", _SAID["53300"]),
    ("starting up", _SAID["57"]),
    ("shutting down", _SAID["57"]),
    ("ssl", ("The PostgreSQL server and Greenroom do not agree on encryption.", _URL)),
)


def storage_error(error: psycopg.Error) -> StorageError:
    """Return the StorageError for what a statement raised; raise it `from` the original."""
    state = error.sqlstate or ""
    known = _SAID.get(state) or _SAID.get(state[:2])
    if known is None and isinstance(error, psycopg.OperationalError):
        known = _SAID["08"]
    sentence, advice = known or (
        "The PostgreSQL database did not do what was asked of it.",
        "Nothing was changed; the log has the rest.",
    )
    return StorageError(sentence, advice)


def connect_error(error: psycopg.Error, where: str) -> StorageError:
    """Return the StorageError for a connection that could not be made.

    Args:
        error: what psycopg raised.
        where: host and port, without name and password.
    """
    state = error.sqlstate or ""
    known = _SAID.get(state) or _SAID.get(state[:2])
    if known is None:
        words = str(error).lower()
        known = next((said for sign, said in _WORDS if sign in words), None)
    sentence, advice = known or (
        f"No PostgreSQL server answers at {where}.",
        "Start it, or look at the host and port in DATABASE_URL.",
    )
    return StorageError(sentence, advice)
