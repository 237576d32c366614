"""The settings of this folder, or one sentence for each gap: what every command begins with.

Nothing of the work is imported here: `backup` and `restore` need none of it.
"""

import os
import sys
from collections.abc import Mapping

from commands.env_file import env_gaps, env_values
from domain.cleaning import clean
from errors import SettingsError
from settings import Settings, read_settings

WRONG_SETTINGS = 2
COULD_NOT_START = 1


def environment() -> Mapping[str, str]:
    """Return .env of this folder with the process's own environment on top, texts cleaned."""
    return {**env_values(), **{name: clean(value) for name, value in os.environ.items()}}


def settings_or_exit() -> Settings:
    """Read the settings; say every gap at once and exit with 2 when there are some."""
    try:
        gaps = env_gaps()
        settings = _read_settings(gaps)
    except (OSError, UnicodeDecodeError) as error:
        print(f"Greenroom cannot start yet: {unreadable_file(error)}", file=sys.stderr)
        sys.exit(WRONG_SETTINGS)
    if settings is not None and not gaps:
        return settings
    print("Greenroom cannot start yet:", file=sys.stderr)
    for gap in gaps:
        print(f"  - {gap}", file=sys.stderr)
    print(
        "Write them into .env (.env.example explains each), then run `python bot.py doctor`.",
        file=sys.stderr,
    )
    sys.exit(WRONG_SETTINGS)


def unreadable_file(error: OSError | UnicodeDecodeError) -> str:
    """Say what is wrong with a .env that cannot be read at all."""
    if isinstance(error, UnicodeDecodeError):
        return ".env is no plain text in UTF-8: write it anew from .env.example."
    return f".env cannot be read ({error.strerror}): look at its owner and rights."


def _read_settings(gaps: list[str]) -> Settings | None:
    """Return the settings, or None and more gaps."""
    try:
        return read_settings(environment())
    except SettingsError as error:
        gaps += error.gaps
        return None
