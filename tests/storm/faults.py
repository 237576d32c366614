"""What may happen in a storm: each fault begins, lasts, and ends."""

import random
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import psycopg

from errors import StorageError
from storage.db.backup import back_up
from tests.stage import Stage
from tests.storage.postgres_server import TestServer
from tests.storm.process import CLOCK_FILE, ROOT, Process
from tests.storm.proxy import FaultProxy, Line

_HOUR = 3600
#: Longer than the program waits for the model (`quick_bot`).
_SILENT_SECONDS = 12
#: A second process that has not refused by then works.
_REFUSING_SECONDS = 40
#: Longer than the stage's lease.
_FROZEN_SECONDS = 9.0


@dataclass
class Scene:
    """Where faults happen: the stage, its program, and the lines to the services."""

    stage: Stage
    process: Process
    lines: dict[str, FaultProxy]
    dice: random.Random
    settings: dict[str, str]
    server: TestServer | None = None
    #: A backup that is put back once the program has ended.
    backup: Path | None = None


@dataclass(frozen=True)
class Fault:
    """One kind of fault: how often it is drawn, how long it lasts in seconds, and what it does."""

    name: str
    weight: int
    least: float
    most: float
    happen: Callable[[Scene], AbstractContextManager[None]]


def every_fault(*, model: bool, postgres: bool) -> list[Fault]:
    """Return what may happen; faults of the model and of PostgreSQL only where there is one."""
    found = [
        *(_trouble("x", what, 3 if what == "posted_but_lost" else 1) for what in _X),
        *(_trouble("x", what, 1, on="mentions") for what in _X_READING),
        *(_trouble("slack", what, 1) for what in _SLACK),
        *(_line("x", line) for line in Line if line is not Line.CLEAR),
        *(_line("slack", line) for line in Line if line is not Line.CLEAR),
        Fault("frozen longer than the lease", 1, _FROZEN_SECONDS, _FROZEN_SECONDS + 1, _frozen),
        Fault("frozen for a moment", 2, 0.3, 2.0, _frozen),
        Fault("clock an hour ahead", 1, 1.0, 2.0, _clock(_HOUR)),
        Fault("clock an hour behind", 1, 1.0, 2.0, _clock(-_HOUR)),
        Fault("every line is cut", 2, 0.0, 0.2, _hang_up),
    ]
    if postgres:
        found += [
            Fault("database restarted", 3, 0.0, 0.1, _restarted),
            Fault("database gone and back", 3, 0.5, 3.0, _gone),
            Fault("database locked", 2, 0.5, 3.0, _table_locked),
            Fault("a second process beside it", 2, 2.0, 4.0, _two_at_work),
        ]
    else:
        found += [
            Fault("disk full", 3, 0.5, 2.0, _disk_full),
            Fault("database locked", 3, 0.5, 3.0, _locked),
            Fault("a second process", 1, 0.0, 0.1, _second_process),
            Fault("a backup put back", 8, 0.1, 3.0, _backed_up),
        ]
    if model:
        found += [*(_trouble("model", what, 1) for what in _MODEL)]
        found += [_line("model", line) for line in Line if line is not Line.CLEAR]
    return found


#: How X's edge, the account or the app refuse for a while; a reply then goes over to by hand.
_X_READING = ("403_page", "403_suspended", "404")
_X = (
    "500",
    "503",
    "timeout",
    "slow",
    "cut_off",
    "posted_but_lost",
    "429",
    "429_no_reset",
    "402",
    "403_spend_cap",
    "duplicate",
)
_SLACK = (
    "429",
    "500",
    "timeout",
    "cut_off",
    "posted_but_lost",
    "disconnect",
    "duplicate_events",
    "invalid_blocks",
)
_MODEL = ("500", "429", "timeout", "rubbish", "half_json", "refusal", "cut_off", "empty", "huge")


def _trouble(where: str, what: str, weight: int, on: str | None = None) -> Fault:
    if where == "x" and what in {"posted_but_lost", "duplicate"}:
        on = "post"
    calls = {"on": on} if on else {}

    @contextmanager
    def happen(scene: Scene) -> Iterator[None]:
        times = scene.dice.randint(1, 3)
        # The model says nothing for longer than anybody waits for it; limits last a second.
        seconds = _SILENT_SECONDS if (where, what) == ("model", "timeout") else 1
        scene.stage.do("trouble", where=where, what=what, times=times, seconds=seconds, **calls)
        yield

    return Fault(f"{where}: {what}", weight, 0.1, 0.6, happen)


def _line(where: str, line: Line) -> Fault:
    @contextmanager
    def happen(scene: Scene) -> Iterator[None]:
        scene.lines[where].line = line
        try:
            yield
        finally:
            scene.lines[where].line = Line.CLEAR
            # What hangs half-open would hang for ever: the far end gives up.
            scene.lines[where].hang_up()

    return Fault(f"line to {where}: {line}", 1, 0.3, 2.5, happen)


@contextmanager
def _frozen(scene: Scene) -> Iterator[None]:
    scene.process.freeze()
    try:
        yield
    finally:
        scene.process.thaw()


@contextmanager
def _disk_full(scene: Scene) -> Iterator[None]:
    with suppress(ProcessLookupError, PermissionError):
        scene.process.fill_disk(full=True)
    try:
        yield
    finally:
        with suppress(ProcessLookupError, PermissionError):
            scene.process.fill_disk(full=False)


@contextmanager
def _locked(scene: Scene) -> Iterator[None]:
    """Hold the writers' lock of the database, as a backup program might."""
    connection = sqlite3.connect(scene.stage.folder / "stage.db", timeout=5, isolation_level=None)
    try:
        with suppress(sqlite3.OperationalError):
            connection.execute("BEGIN IMMEDIATE")
        yield
    finally:
        connection.close()


def _clock(seconds: int) -> Callable[[Scene], AbstractContextManager[None]]:
    @contextmanager
    def happen(scene: Scene) -> Iterator[None]:
        path = scene.stage.folder / CLOCK_FILE
        path.write_text(str(seconds))
        try:
            yield
        finally:
            path.unlink(missing_ok=True)

    return happen


@contextmanager
def _second_process(scene: Scene) -> Iterator[None]:
    """Start another one on the same file by mistake: it must refuse with a clear word.

    Where the first one has ended by itself, the other is the only one: it works, and is killed.
    """
    # One that is not up yet may not have its lock: then the other one may be first.
    first_works = scene.process.is_ready() and scene.process.ended() is None
    second = subprocess.Popen(
        [sys.executable, "-m", "tests.quick_bot"],
        cwd=ROOT,
        env=scene.settings,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        _, said = second.communicate(timeout=_REFUSING_SECONDS)
    except subprocess.TimeoutExpired:
        second.kill()
        _, said = second.communicate()
    refused = second.returncode > 0 and "another" in said.lower()
    assert refused or not first_works or scene.process.ended() is not None, said
    yield


@contextmanager
def _backed_up(scene: Scene) -> Iterator[None]:
    """Copy the database; work goes on, and all of that is forgotten when the copy is put back."""
    copy = scene.stage.folder / f"backup-{scene.dice.getrandbits(32):08x}.db"
    with suppress(StorageError):
        # While the disk is full or the file is not there yet, there is no copy.
        back_up(scene.settings["DATABASE_URL"], copy)
        scene.backup = copy
    yield


def restore(scene: Scene, log: IO[bytes]) -> bool:
    """Put the backup in the database's place, as a person would; False where the command refused."""
    assert scene.backup is not None
    ended = subprocess.run(
        [sys.executable, "bot.py", "restore", str(scene.backup)],
        cwd=ROOT,
        env=scene.settings,
        stdout=log,
        stderr=log,
        check=False,
    )
    assert ended.returncode in {0, 1}
    return ended.returncode == 0


@contextmanager
def _hang_up(scene: Scene) -> Iterator[None]:
    for line in scene.lines.values():
        line.hang_up()
    yield


@contextmanager
def _restarted(scene: Scene) -> Iterator[None]:
    _server(scene).restart()
    yield


@contextmanager
def _gone(scene: Scene) -> Iterator[None]:
    _server(scene).stop()
    try:
        yield
    finally:
        _server(scene).start()


@contextmanager
def _table_locked(scene: Scene) -> Iterator[None]:
    """Hold a table as a careless `VACUUM FULL` would."""
    with psycopg.connect(scene.settings["DATABASE_URL"]) as connection:
        connection.execute("LOCK TABLE mentions IN ACCESS EXCLUSIVE MODE")
        yield


@contextmanager
def _two_at_work(scene: Scene) -> Iterator[None]:
    """PostgreSQL is shared: a second process works beside the first one, and is killed."""
    second = Process(scene.settings, subprocess.DEVNULL)
    try:
        yield
    finally:
        second.kill()


def _server(scene: Scene) -> TestServer:
    assert scene.server is not None
    return scene.server
