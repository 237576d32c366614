"""`backup`: copy the database into one file, while Greenroom works."""

import shlex
import sys
from pathlib import Path

from commands.settings_or_exit import COULD_NOT_START, settings_or_exit
from errors import GreenroomError
from storage.db.backup import back_up


def backup(file: str) -> int:
    """Copy the database of the settings into a new file; return the exit code."""
    settings = settings_or_exit()
    try:
        size = back_up(settings.database_url, Path(file))
    except GreenroomError as error:
        print(error.for_person(), file=sys.stderr)
        return COULD_NOT_START
    print(f"Copied into {file} ({size / 1_000_000:.1f} MB), and the copy is sound.")
    restore = f"python bot.py restore {shlex.quote(file)}"
    print(f"To go back to it: stop Greenroom, run `{restore}`, start again.")
    return 0
