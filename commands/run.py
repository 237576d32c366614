"""`run`: production. Reads .env, starts, and works until it is told to stop."""

import logging
import os
import signal
import sys
import threading
from collections.abc import Mapping

from dotenv import dotenv_values

from commands.logs import set_up_logs
from commands.wiring import Greenroom
from errors import GreenroomError, SettingsError
from settings import Settings, read_settings

log = logging.getLogger("greenroom")

WRONG_SETTINGS = 2
COULD_NOT_START = 1


def environment() -> Mapping[str, str]:
    """Return .env of this folder with the process's own environment on top."""
    from_file = {k: v for k, v in dotenv_values(".env").items() if v is not None}
    return {**from_file, **os.environ}


def settings_or_exit() -> Settings:
    """Read the settings; say every gap at once and exit with 2 when there are some."""
    try:
        return read_settings(environment())
    except SettingsError as error:
        print("Greenroom cannot start yet:", file=sys.stderr)
        for gap in error.gaps:
            print(f"  - {gap}", file=sys.stderr)
        print(
            "Write them into .env (.env.example explains each), then run `python bot.py doctor`.",
            file=sys.stderr,
        )
        sys.exit(WRONG_SETTINGS)
    except (OSError, UnicodeDecodeError) as error:
        print(f"Greenroom cannot read .env: {type(error).__name__}.", file=sys.stderr)
        sys.exit(WRONG_SETTINGS)


class StopSignal:
    """Hears SIGTERM and SIGINT from the moment it is made."""

    def __init__(self) -> None:
        self._told = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self._told.set())

    def wait(self) -> None:
        """Return when the process was told to stop.

        The kernel may hand the signal to another thread; Python's handler runs only when
        this one wakes, so it wakes by itself now and then.
        """
        while not self._told.wait(0.5):
            pass


def run() -> int:
    """Run until told to stop; return the exit code."""
    settings = settings_or_exit()
    set_up_logs(settings.log_level)
    stop = StopSignal()
    greenroom = Greenroom(settings)
    try:
        greenroom.open()
        greenroom.start()
        stop.wait()
    except GreenroomError as error:
        log.debug("start refused", exc_info=True)
        print(error.at_start(), file=sys.stderr)
        return COULD_NOT_START
    finally:
        greenroom.stop()
    log.info("stopped")
    return 0
