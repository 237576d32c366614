"""`export`: everything that is stored about conversations, as a SQLite file or as JSON lines."""

import json
import os
import sys
from pathlib import Path
from typing import TextIO

from commands.settings_or_exit import COULD_NOT_START, settings_or_exit
from errors import GreenroomError, StorageError
from storage.db.database import Database
from storage.open import open_for_command
from storage.privacy.export import EXPORTED, export_rows
from storage.privacy.export_file import export_file


def export(place: str) -> int:
    """Write a SQLite file where the name ends so (.db, .sqlite), else a folder of JSON lines."""
    settings = settings_or_exit()
    path = Path(place)
    try:
        db = open_for_command(settings.database_url)
        try:
            counts = _write(db, path)
        finally:
            db.close()
    except GreenroomError as error:
        print(error.for_person(), file=sys.stderr)
        return COULD_NOT_START
    for name, number in counts.items():
        print(f"  {name:<20}{number:>8}")
    how = f"datasette {place}" if path.suffix in _SQLITE else f"one file for each list in {place}"
    print(f"Written: {how}")
    return 0


def _private(file: Path) -> TextIO:
    """Open a new file that only its owner may read."""
    handle = os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    return os.fdopen(handle, "w", encoding="utf-8")


_SQLITE = frozenset({".db", ".sqlite", ".sqlite3"})


def _write(db: Database, path: Path) -> dict[str, int]:
    with db.read() as tx:
        if path.suffix in _SQLITE:
            return export_file(tx, path)
        try:
            path.mkdir(mode=0o700)
        except OSError as error:
            raise StorageError(
                f"The folder {path} cannot be made: {error.strerror}.", "Name one that is new."
            ) from error
        counts = {}
        for table in EXPORTED:
            number = 0
            with _private(path / f"{table.name}.jsonl") as lines:
                for row in export_rows(tx, table):
                    lines.write(json.dumps(row, ensure_ascii=False, default=str) + "\n")
                    number += 1
            counts[table.name] = number
        return counts
