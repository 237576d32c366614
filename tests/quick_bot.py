"""Greenroom as its own process with the stage's timings: `python -m tests.quick_bot`.

What `bot.py run` does, but with the environment alone (no .env) and scaled timers, so that
a kill lands within every step of the work.
"""

import os
import sys

from commands.logs import set_up_logs
from commands.run import StopSignal
from commands.wiring import Greenroom
from settings import read_settings
from tests.stage import QUICK


def main() -> int:
    """Run until told to stop."""
    settings = read_settings(os.environ)
    set_up_logs(settings.log_level)
    stop = StopSignal()
    greenroom = Greenroom(settings, timings=QUICK)
    try:
        greenroom.open()
        greenroom.start()
        print("ready", flush=True)
        stop.wait()
    finally:
        greenroom.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
