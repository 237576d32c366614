"""`run`: production. Reads .env, starts, and works until it is told to stop."""

import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from commands.error_reports import report_errors
from commands.health_port import WatchPort
from commands.logs import set_up_logs
from commands.settings_or_exit import COULD_NOT_START, settings_or_exit
from commands.wiring.greenroom import Greenroom
from errors import GreenroomError
from jobs.gauges import readings
from settings import Settings

log = logging.getLogger("greenroom")

#: So many seconds threads have to end that have nothing left to do.
_LAST_MOMENT = 1.0


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


@contextmanager
def watched_over(greenroom: Greenroom, settings: Settings) -> Iterator[None]:
    """Serve /healthz and /metrics meanwhile, where METRICS_PORT asks for it.

    Raises:
        GreenroomError: the port is taken.
    """
    if settings.metrics_port is None:
        yield
        return
    try:
        port = WatchPort(
            settings.metrics_host,
            settings.metrics_port,
            problem=greenroom.problem,
            readings=lambda: readings(greenroom.room),
            names=settings.metrics_names,
        )
    except OSError as error:
        raise GreenroomError(
            f"METRICS_PORT {settings.metrics_port} cannot be used: {error.strerror}.",
            "Choose another one, or leave it empty.",
        ) from error
    try:
        yield
    finally:
        port.close()


def run() -> int:
    """Run until told to stop; return the exit code."""
    settings = settings_or_exit()
    set_up_logs(settings.log_level, settings.log_format)
    report_errors(settings.sentry_dsn)
    stop = StopSignal()
    greenroom = Greenroom(settings)
    try:
        greenroom.open()
        greenroom.start()
        with watched_over(greenroom, settings):
            stop.wait()
    except GreenroomError as error:
        log.debug("start refused", exc_info=True)
        print(error.at_start(), file=sys.stderr)
        return COULD_NOT_START
    finally:
        greenroom.stop()
    log.info("stopped")
    return ended(0)


def _of_a_pool(thread: threading.Thread) -> bool:
    return thread.name.startswith(("pool-", "handler", "ThreadPoolExecutor"))


def ended(code: int) -> int:
    """Return the exit code; where a thread still hangs on a line, end the process with it at once.

    Python would wait for such a thread. What it was at is in the database: a reply as one that
    may have gone out, everything else as a job to be done again.
    """
    end = time.monotonic() + _LAST_MOMENT
    for thread in threading.enumerate():
        # A pool's threads are waited for even where they are daemons, which they inherit.
        if thread is not threading.main_thread() and (not thread.daemon or _of_a_pool(thread)):
            thread.join(max(0.0, end - time.monotonic()))
            if thread.is_alive():
                log.warning("%s still hangs and is left behind", thread.name)
                logging.shutdown()
                os._exit(code)
    return code
