"""One thread's connection to PostgreSQL: how it is made, and made again when it is dead."""

import threading
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict
from psycopg.rows import dict_row

from errors import StorageError
from storage.db.postgres_faults import connect_error, storage_error
from storage.db.postgres_tls import with_safe_mode

#: Seconds until a silent host counts as away, and a dead network path as broken. What the
#: address itself says goes before.
_DEFAULTS: Mapping[str, int | str] = {
    "connect_timeout": 10,
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
    "application_name": "greenroom",
}

# A process that froze inside a transaction must not hold up the others for ever.
_SETTLE = b"""
SET TimeZone = 'UTC';
SET idle_in_transaction_session_timeout = '60s';
SET lock_timeout = '30s'
"""


def connection_settings(url: str) -> dict[str, Any]:
    """Return the address as libpq's settings, with our defaults for what it leaves out.

    Raises:
        StorageError: the address cannot be read; it is not repeated, it may hold a password.
    """
    try:
        said = conninfo_to_dict(url)
    except (psycopg.Error, ValueError):
        # Not chained: the parser quotes the address.
        raise StorageError(
            "DATABASE_URL is not an address that PostgreSQL can read.",
            "Write postgresql://name:password@host:5432/database, special characters as %XX.",
        ) from None
    return {**_DEFAULTS, **with_safe_mode(said), "client_encoding": "UTF8"}


class Link:
    """A connection in autocommit mode: transactions are begun and ended by our own words."""

    def __init__(self, settings: Mapping[str, Any]) -> None:
        self._settings = settings
        self.busy = threading.Lock()
        self._connection = self._connect()

    def begin(self, statement: bytes) -> None:
        """Begin a transaction; a connection that proves dead is made anew, once.

        Nothing has run in the transaction yet, so nothing can be lost or run twice.
        """
        self._run_first(statement)

    def clock(self) -> datetime:
        """Return the server's clock, inside an open transaction or outside."""
        asked = b"SELECT clock_timestamp() AS now"
        # Inside a transaction a new connection would carry on without what came before.
        rows = self._run(asked) if self.busy.locked() else self._run_first(asked)
        now: datetime = rows[0]["now"]
        return now.astimezone(UTC)

    def end(self, statement: bytes) -> None:
        """Commit or roll back."""
        self._connection.execute(statement)

    def cursor(self) -> psycopg.Cursor[dict[str, Any]]:
        """Return a cursor on this connection."""
        return self._connection.cursor()

    def close(self) -> None:
        """Close it, whatever it was doing."""
        with suppress(psycopg.Error):
            self._connection.close()

    def _run_first(self, statement: bytes) -> list[dict[str, Any]]:
        try:
            return self._fetch(statement)
        except psycopg.Error as error:
            if not self._dead_by(error):
                raise storage_error(error) from error
        self.close()
        self._connection = self._connect()
        return self._run(statement)

    def _run(self, statement: bytes) -> list[dict[str, Any]]:
        try:
            return self._fetch(statement)
        except psycopg.Error as error:
            raise storage_error(error) from error

    def _dead_by(self, error: psycopg.Error) -> bool:
        # A server that is stopped says so (57P01) before the connection is seen to be broken.
        return self._connection.closed or (error.sqlstate or "")[:3] == "57P"

    def _fetch(self, statement: bytes) -> list[dict[str, Any]]:
        with self._connection.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchall() if cursor.description else []

    def _connect(self) -> psycopg.Connection[dict[str, Any]]:
        try:
            connection = psycopg.connect(
                autocommit=True,
                row_factory=dict_row,
                # A kept plan fails after another process has changed the schema, and behind
                # poolers that give each transaction another server process.
                prepare_threshold=None,
                **self._settings,
            )
        except psycopg.Error as error:
            raise connect_error(error, self._where()) from error
        try:
            connection.execute(_SETTLE)
        except psycopg.Error as error:
            connection.close()
            raise storage_error(error) from error
        return connection

    def _where(self) -> str:
        host = self._settings.get("host") or self._settings.get("hostaddr") or "this machine"
        return f"{host}:{self._settings.get('port') or 5432}"
