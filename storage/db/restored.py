"""That a backup was put in place: what was done since it was made is done, but not known here."""

from datetime import datetime, timedelta

from storage.db.database import Transaction
from storage.db.key_values import clear_value, set_value, value
from storage.db.values import read_time, time_text

#: Of when the backup is that was put in place; until the next start.
RESTORED = "restored"
#: Since when things may have been done that nobody here knows of, and until when that counts.
_CATCHING_UP = "catching_up"
_SO_LONG = timedelta(hours=1)


def take_restored(tx: Transaction) -> datetime | None:
    """At a start: return of when the backup is that was put in place since the last one, if any."""
    noted = value(tx, RESTORED)
    if noted is None or not clear_value(tx, RESTORED, noted):
        return None
    return read_time(noted)


def catch_up(tx: Transaction, *, since: datetime, now: datetime) -> None:
    """For a while, reckon with what was done since a time and is not known."""
    set_value(tx, _CATCHING_UP, f"{time_text(since)} {time_text(now + _SO_LONG)}")


def unknown_since(tx: Transaction, now: datetime) -> datetime | None:
    """Return since when things may have been done that this database does not know of, if any."""
    since, _, until = (value(tx, _CATCHING_UP) or "").partition(" ")
    return read_time(since) if since and now < read_time(until) else None
