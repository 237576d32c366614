"""Each contract test runs on SQLite and on PostgreSQL, on a database of its own."""

import itertools
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from storage.db.database import Database
from storage.open import open_database
from tests.migrated import lay_migrated
from tests.storage.postgres_server import TestServer, running_server

_numbers = itertools.count()
Opening = Callable[[], Database]


@pytest.fixture(scope="session")
def postgres() -> Iterator[TestServer]:
    """A running PostgreSQL server."""
    with running_server() as server:
        yield server


@pytest.fixture(scope="session")
def migrated_template(postgres: TestServer) -> str:
    """The name of a migrated database, from which others are copied."""
    postgres.run("CREATE DATABASE greenroom_template")
    open_database(postgres.url("greenroom_template")).close()
    return "greenroom_template"


@pytest.fixture
def empty_postgres(postgres: TestServer) -> Iterator[str]:
    """The address of a new PostgreSQL database without anything in it."""
    name = f"empty_{next(_numbers)}"
    postgres.run(f"CREATE DATABASE {name}")
    yield postgres.url(name)
    postgres.run(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a new database, on each engine in turn."""
    if request.param == "sqlite":
        lay_migrated(tmp_path / "greenroom.db")
        yield f"sqlite:///{tmp_path}/greenroom.db"
        return
    # Asked for only here, so that SQLite's tests start no server.
    server: TestServer = request.getfixturevalue("postgres")
    template: str = request.getfixturevalue("migrated_template")
    name = f"test_{next(_numbers)}"
    server.run(f"CREATE DATABASE {name} TEMPLATE {template}")
    yield server.url(name)
    server.run(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def opening(url: str) -> Iterator[Opening]:
    """Open the same database again, as a second process would; closed at the end."""
    with ExitStack() as closing:

        def opened() -> Database:
            database = open_database(url)
            closing.callback(database.close)
            return database

        yield opened


@pytest.fixture
def db(opening: Opening) -> Database:
    """An open database with the newest schema."""
    return opening()
