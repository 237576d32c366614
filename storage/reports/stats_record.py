"""The record that figures stand on: since when it is whole, and followers by day."""

from datetime import date, datetime

from domain import Followers, Span
from storage.db.database import Transaction
from storage.db.key_values import set_value, value
from storage.db.values import read_time, time_text

#: The marks that say since when, and until when, our own posts are stored without a gap.
POSTS_SINCE = "posts_since"
POSTS_READ_AT = "posts_read_at"
#: The mark that says that there is nothing further back to read.
POSTS_WHOLE = "posts_whole"
#: The watch that every account has (jobs/start.py).
_MENTIONS_WATCH = "mentions"


def posts_since(tx: Transaction) -> datetime | None:
    """Return since when our own posts are stored without a gap; None before the first reading."""
    since = value(tx, POSTS_SINCE)
    return read_time(since) if since else None


def posts_read_at(tx: Transaction) -> datetime | None:
    """Return until when our own posts were read."""
    at = value(tx, POSTS_READ_AT)
    return read_time(at) if at else None


def posts_whole(tx: Transaction) -> bool:
    """Tell whether our own posts were read as far back as they are wanted."""
    return value(tx, POSTS_WHOLE) == "yes"


def set_posts_read(tx: Transaction, *, since: datetime, until: datetime, whole: bool) -> None:
    """Say that our own posts are stored without a gap between two times.

    `whole` says that nothing further back is wanted, or that there is nothing.
    """
    set_value(tx, POSTS_SINCE, time_text(since))
    set_value(tx, POSTS_READ_AT, time_text(until))
    set_value(tx, POSTS_WHOLE, "yes" if whole else "no")


def read_on(tx: Transaction, *, until: datetime) -> None:
    """Say that the record of our own posts, begun before, goes on without a gap until a time."""
    set_value(tx, POSTS_READ_AT, time_text(until))


def listening_since(tx: Transaction) -> datetime | None:
    """Return when the first mention of the account was caught; None when none was."""
    row = tx.one(
        "SELECT MIN(caught_at) AS at FROM mentions WHERE watch_id = :watch",
        {"watch": _MENTIONS_WATCH},
    )
    return read_time(row["at"]) if row and row["at"] else None


def keep_followers(tx: Transaction, day: date, followers: int, *, at: datetime) -> None:
    """Store how many follow the account; the last count of a day stays."""
    tx.execute(
        "INSERT INTO account_days (day, followers, at) VALUES (:day, :followers, :at)"
        " ON CONFLICT (day) DO UPDATE SET followers = excluded.followers, at = excluded.at",
        {"day": day, "followers": followers, "at": at},
    )


def followers_in(tx: Transaction, span: Span) -> Followers | None:
    """Return the newest count of followers, with its change since the last before the span."""
    newest = tx.one(
        "SELECT followers, at FROM account_days WHERE at < :end ORDER BY day DESC LIMIT 1",
        {"end": span.end},
    )
    if newest is None:
        return None
    first = tx.one(
        "SELECT followers, at FROM account_days WHERE at <= :begin ORDER BY day DESC LIMIT 1",
        {"begin": span.begin},
    )
    counted, at = newest["followers"], read_time(newest["at"])
    if first is None or first["at"] == newest["at"]:
        return Followers(counted, at)
    return Followers(counted, at, counted - first["followers"], read_time(first["at"]))


def followers_counted_at(tx: Transaction) -> datetime | None:
    """Return when followers were counted last; None when they never were."""
    row = tx.one("SELECT MAX(at) AS at FROM account_days")
    return read_time(row["at"]) if row and row["at"] else None
