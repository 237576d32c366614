"""What a person reads when PostgreSQL cannot be used, and that a restart is survived."""

from collections.abc import Callable

import psycopg
import pytest

from errors import StorageError
from storage.db import key_values
from storage.db.database import Database
from storage.open import open_database
from tests.storage.postgres_server import GUARDED_PASSWORD, TestServer
from tests.storage.racing import in_thread


@pytest.fixture(scope="module")
def guarded(postgres: TestServer) -> TestServer:
    """The server with a name that needs a password."""
    postgres.guard()
    return postgres


def refusal(url: str) -> StorageError:
    with pytest.raises(StorageError) as raised:
        open_database(url)
    return raised.value


def everything_said(error: BaseException | None) -> str:
    """Return every word of an error and of all its causes, as a log would show them."""
    if error is None:
        return ""
    hidden = error.__suppress_context__
    cause = error.__cause__ or (None if hidden else error.__context__)
    return f"{error!s} {error!r} {everything_said(cause)}"


def test_the_right_password_gets_in(guarded: TestServer) -> None:
    """Special characters stand as %XX in the address."""
    guarded.run("GRANT ALL ON SCHEMA public TO guarded")
    open_database(guarded.guarded_url(GUARDED_PASSWORD)).close()
    guarded.run("DROP OWNED BY guarded")


def test_a_wrong_password(guarded: TestServer) -> None:
    """The sentence says so; neither it nor its causes hold the password."""
    error = refusal(guarded.guarded_url("wr0ng:one"))
    assert "does not take the name and password" in error.sentence
    assert "wr0ng" not in everything_said(error)


def test_an_account_without_rights(guarded: TestServer) -> None:
    """An account that may not make tables is told what it needs."""
    assert "let this account" in refusal(guarded.guarded_url(GUARDED_PASSWORD)).sentence


def test_a_server_that_is_not_there() -> None:
    """The sentence names host and port, nothing else of the address."""
    error = refusal("postgresql://me:hush@127.0.0.1:1/greenroom")
    assert error.sentence == "No PostgreSQL server answers at 127.0.0.1:1."
    assert "hush" not in everything_said(error)


def test_a_host_that_does_not_exist() -> None:
    """A name that cannot be resolved is a server that does not answer."""
    error = refusal("postgresql://me:hush@no.such.host.invalid/greenroom")
    assert "No PostgreSQL server answers at no.such.host.invalid:5432" in error.sentence
    assert "hush" not in everything_said(error)


def test_a_database_that_does_not_exist(postgres: TestServer) -> None:
    """The sentence says that the server is there and the database is not."""
    assert "no database of that name" in refusal(postgres.url("nothing_here")).sentence


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://me:hush@host:port/db",
        "postgresql://me:hu%sh@host/db",
        "postgresql://me:hush@host/db?colour=green",
        "postgresql://me:hush@[host/db",
    ],
)
def test_an_address_that_cannot_be_read(url: str) -> None:
    """The parser's own words would quote the password: they are left out, of the log too."""
    error = refusal(url)
    assert "not an address" in error.sentence or "No PostgreSQL server" in error.sentence
    assert "hush" not in everything_said(error)


@pytest.fixture
def opened(empty_postgres: str) -> Callable[[], Database]:
    """Open a new database."""
    return lambda: open_database(empty_postgres)


def test_the_first_transaction_after_a_restart_succeeds(
    postgres: TestServer, opened: Callable[[], Database]
) -> None:
    """Writing, reading and the clock each find the connection dead and make a new one."""
    db = opened()
    with db.write() as tx:
        key_values.set_value(tx, "a", "before")
    postgres.restart()
    with db.write() as tx:
        key_values.set_value(tx, "b", "after")
    postgres.restart()
    with db.read() as tx:
        assert (key_values.value(tx, "a"), key_values.value(tx, "b")) == ("before", "after")
    postgres.restart()
    assert db.now()
    db.close()


def test_a_restart_inside_a_transaction_loses_it_whole(
    postgres: TestServer, opened: Callable[[], Database]
) -> None:
    """The transaction fails and nothing of it is stored: it is never carried on elsewhere."""
    db = opened()
    with pytest.raises(StorageError), db.write() as tx:  # noqa: PT012
        key_values.set_value(tx, "a", "1")
        in_thread(postgres.restart)
        with pytest.raises(StorageError):
            db.now()
        with pytest.raises(StorageError):
            key_values.set_value(tx, "b", "2")
    with db.read() as tx:
        assert key_values.value(tx, "a") is None
        assert key_values.value(tx, "b") is None
    db.close()


def test_a_server_that_is_away_is_a_clear_sentence_until_it_is_back(
    postgres: TestServer, opened: Callable[[], Database]
) -> None:
    """While the server is stopped each transaction fails with one sentence; then all is well."""
    db = opened()
    postgres.stop()
    try:
        with pytest.raises(StorageError, match="No PostgreSQL server answers"), db.write():
            pass
    finally:
        postgres.start()
    with db.write() as tx:
        key_values.set_value(tx, "a", "1")
    db.close()


def test_a_lost_unique_race_is_a_sentence_not_a_value(opened: Callable[[], Database]) -> None:
    """PostgreSQL's detail repeats the values; the sentence for a person does not."""
    db = opened()
    insert = "INSERT INTO marks (name, value) VALUES :rows"
    with pytest.raises(StorageError) as raised, db.write() as tx:
        tx.execute(insert, {"rows": [("their words", "x"), ("their words", "y")]})
    assert "their words" not in raised.value.for_person()
    assert isinstance(raised.value.__cause__, psycopg.Error)
    db.close()
