"""What a poll had no money left for: the gap below what it read, which a later poll reads.

X gives the newest first. Without this a watch that has fallen behind would read, and pay for, the
same newest posts every day and never come to the older ones.
"""

from dataclasses import dataclass
from datetime import datetime

from clients.x.client import Page
from clients.x.ids import time_of
from domain import Watch
from storage.db.database import Transaction
from storage.db.key_values import set_value, value


@dataclass(frozen=True, slots=True)
class Gap:
    """Posts with ids above `since_id` and below `until_id` are not read yet."""

    since_id: str
    until_id: str

    def below(self, pages: tuple[Page, ...]) -> "Gap":
        """Return what is left of it after pages from its upper end."""
        ids = [post.id for page in pages for post in page.posts]
        return Gap(self.since_id, min([self.until_id, *ids], key=int))


def gap_of(tx: Transaction, watch: Watch, *, not_before: datetime) -> Gap | None:
    """Return a watch's gap, as far as X still gives it: what lies before a time is gone there."""
    since_id, _, until_id = (value(tx, _name(watch)) or "").partition(":")
    if not until_id or time_of(until_id) <= not_before:
        return None
    return Gap(since_id, until_id)


def keep_gap(tx: Transaction, watch: Watch, gap: Gap | None) -> None:
    """Remember a watch's gap, or that it has none."""
    wanted = "" if gap is None else f"{gap.since_id}:{gap.until_id}"
    if (value(tx, _name(watch)) or "") != wanted:
        set_value(tx, _name(watch), wanted)


def _name(watch: Watch) -> str:
    return f"gap:{watch.id}"
