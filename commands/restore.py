"""`restore`: put a backup in the place of the database, while Greenroom stands still."""

import sys
from pathlib import Path

from commands.settings_or_exit import COULD_NOT_START, settings_or_exit
from errors import GreenroomError
from storage.restore import restore as put_in_place


def restore(file: str) -> int:
    """Put a file that `backup` made in the database's place; return the exit code."""
    settings = settings_or_exit()
    try:
        restored = put_in_place(settings.database_url, Path(file))
    except GreenroomError as error:
        print(error.for_person(), file=sys.stderr)
        return COULD_NOT_START
    as_of = f", as of {restored.as_of:%Y-%m-%d %H:%M} UTC" if restored.as_of else ""
    size = restored.size / 1_000_000
    print(f"Restored {file} to {restored.database} ({size:.1f} MB{as_of}).")
    if restored.kept is not None:
        print(f"What was there is kept in {restored.kept}.")
    print("Start Greenroom: it looks at what stands on X before anything approved goes out.")
    return 0
