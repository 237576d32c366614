"""Greenroom as a process of its own: started, killed, frozen, its disk full, its clock wrong."""

import os
import resource
import select
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import IO

from tests.stage import Stage, practice_settings

ROOT = Path(__file__).parent.parent.parent
#: A limit for failure; how soon it has to end is for tests/scenarios/test_stop.py to say.
_STOP_SECONDS = 60
#: The file in the stage's folder that says how many seconds the clock is off.
CLOCK_FILE = "clock-is-off-by"


def environment(stage: Stage, **more: str) -> dict[str, str]:
    """Return what a Greenroom on this stage is started with, and nothing else of ours."""
    keep = ("PATH", "HOME", "LANG", "VIRTUAL_ENV")
    found = {name: os.environ[name] for name in keep if name in os.environ}
    found.update(practice_settings(stage.room, stage.folder, LOG_LEVEL="INFO"))
    # On a disk that fills up, half-written bytecode would break the programs after it.
    found["PYTHONDONTWRITEBYTECODE"] = "1"
    found["QUICK_BOT_CLOCK"] = str(stage.folder / CLOCK_FILE)
    return {**found, **more}


class Process:
    """One Greenroom process."""

    def __init__(self, settings: Mapping[str, str], log: IO[bytes] | int) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.quick_bot"],
            cwd=ROOT,
            env=dict(settings),
            stdout=subprocess.PIPE,
            stderr=log,
        )
        self._ready = False

    def wait_until_ready(self) -> bool:
        """Return once it says that it works, or that it ended before."""
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip() == b"ready"

    def is_ready(self) -> bool:
        """Whether it has said that it works, or has ended."""
        assert self._process.stdout is not None
        self._ready = self._ready or bool(select.select([self._process.stdout], [], [], 0)[0])
        return self._ready

    def ended(self) -> int | None:
        """Return how it ended, None while it runs."""
        return self._process.poll()

    def kill(self) -> None:
        """End it without warning."""
        self._end(signal.SIGKILL)

    def stop(self) -> bool:
        """Ask it to end; return whether it did, or had to be killed for not answering."""
        return self._end(signal.SIGTERM)

    def freeze(self) -> None:
        """Let it stand still, as a machine that swaps or sleeps does."""
        self._process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let it go on."""
        self._process.send_signal(signal.SIGCONT)

    def fill_disk(self, *, full: bool) -> None:
        """Refuse every write behind the file's present end, as a full disk does; or no more."""
        hard = resource.RLIM_INFINITY
        soft = 4096 if full else hard
        resource.prlimit(self._process.pid, resource.RLIMIT_FSIZE, (soft, hard))

    def _end(self, how: signal.Signals) -> bool:
        self._process.send_signal(how)
        if how is not signal.SIGKILL:
            self._process.send_signal(signal.SIGCONT)
        assert self._process.stdout is not None
        with self._process.stdout:
            try:
                self._process.wait(_STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait(_STOP_SECONDS)
                return False
            return True
