"""A SQLite file as its first start leaves it, made once for each process of tests."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from storage.open import open_database


def lay_migrated(file: Path) -> None:
    """Put a database with the newest schema and nothing in it there."""
    file.touch(mode=0o600)
    file.write_bytes(_migrated())


@cache
def _migrated() -> bytes:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "new.db"
        open_database(f"sqlite:///{file}").close()
        return file.read_bytes()
