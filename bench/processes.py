"""Greenroom as a process to measure: `python bot.py run`."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import psutil

from sandbox.room import PracticeRoom
from storage.open import open_database
from tests.stage import practice_settings, tell_facts

ROOT = Path(__file__).parent.parent
_PATIENCE = 60.0
_KEPT = ("PATH", "HOME", "LANG", "VIRTUAL_ENV")
#: Production's own waits, the interval between two polls first of all.
PRODUCTION = {
    "POLL_SECONDS": "120",
    "POLL_SECONDS_LEAST": "30",
    "POLL_SECONDS_MOST": "600",
    "UNDO_SECONDS": "10",
}


@dataclass(frozen=True, slots=True)
class Running:
    """A process that works. `seconds` is how long it took from its start until it said so."""

    process: psutil.Popen
    seconds: float


@contextmanager
def greenroom(room: PracticeRoom, folder: Path, **settings: str) -> Iterator[Running]:
    """Run Greenroom in the practice room with production's waits, except for what is named."""
    environment = practice_settings(room, folder, **{**PRODUCTION, **settings})
    db = open_database(environment["DATABASE_URL"])
    try:
        tell_facts(db, datetime.now(UTC))
    finally:
        db.close()
    with _running(environment, folder) as running:
        yield running


def bare_imports(folder: Path) -> float:
    """Return the seconds that Python takes to start and import the libraries we stand on."""
    began = time.perf_counter()
    lines = "import slack_bolt, slack_bolt.adapter.socket_mode, tweepy, sqlite_utils, pydantic"
    subprocess.run([sys.executable, "-c", lines], cwd=folder, env=_kept(), check=True)
    return time.perf_counter() - began


def cpu_seconds(process: psutil.Popen) -> float:
    """Return the processor time that a process took so far."""
    times = process.cpu_times()
    return float(times.user + times.system)


def _kept() -> dict[str, str]:
    return {name: os.environ[name] for name in _KEPT if name in os.environ}


@contextmanager
def _running(environment: Mapping[str, str], folder: Path) -> Iterator[Running]:
    began = time.perf_counter()
    process = psutil.Popen(
        (sys.executable, str(ROOT / "bot.py"), "run"),
        # A folder without .env: nothing but the environment given here counts.
        cwd=folder,
        env={**_kept(), "PYTHONPATH": str(ROOT), **environment},
        stderr=subprocess.PIPE,
        text=True,
    )
    listener = _Listener(process)
    try:
        ready_at = listener.wait_until_ready()
        yield Running(process, ready_at - began)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(_PATIENCE)
        listener.close()


class _Listener:
    """Reads a process's log to its end, so that it never waits for us, and notes when it is ready."""

    def __init__(self, process: psutil.Popen) -> None:
        self._process = process
        self._settled = threading.Event()
        self._ready_at: float | None = None
        self._lines: list[str] = []
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def wait_until_ready(self) -> float:
        """Return when it said that it is ready, by the clock `time.perf_counter`."""
        self._settled.wait(_PATIENCE)
        assert self._ready_at is not None, "it did not start:\n" + "".join(self._lines)
        return self._ready_at

    def close(self) -> None:
        """Close the pipe; the process has ended."""
        self._thread.join(_PATIENCE)
        self._process.stderr.close()

    def _read(self) -> None:
        for line in self._process.stderr:
            self._lines.append(line)
            if self._ready_at is None and " ready: " in line:
                self._ready_at = time.perf_counter()
                self._settled.set()
        self._settled.set()
