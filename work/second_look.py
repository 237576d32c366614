"""Look on X once more at posts that were caught before, the cheap way first.

A mention of ours is an owned read in our mentions' timeline, at a fifth of what it costs by its id
(docs.x.com, "Pricing"), and costs nothing when it is not there any more. Not to be there proves
nothing (it reaches back 800 posts, and an edited post has another id): what is missing is asked
for by its id, and only X's word on that counts.
"""

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass

from clients.x import Page
from domain import MentionKind, Post, Prices
from storage import reservations
from storage.database import Transaction
from work.money import bill_page
from work.reserving import Purse, released_if_free, reserve_x
from work.room import Room

#: The fewest posts that X takes as a page's limit.
_LEAST = 5


@dataclass(frozen=True, slots=True)
class Known:
    """A post that was caught, by its id, and how."""

    id: str
    kind: MentionKind

    def dearest(self, prices: Prices) -> int:
        """Return the most micro-dollars that looking at it may cost."""
        by_id = prices.post_read
        return prices.owned_read + by_id if self.kind is MentionKind.MENTION else by_id


@dataclass(frozen=True, slots=True)
class Seen:
    """What X shows: pages of owned reads, and what was asked for by id."""

    owned: tuple[Page, ...]
    by_id: Page

    @property
    def posts(self) -> list[Post]:
        """The posts as they are now, one for each id; what was asked for by id counts."""
        found = {post.id: post for page in (*self.owned, self.by_id) for post in page.posts}
        return list(found.values())

    @property
    def gone(self) -> tuple[str, ...]:
        """The ids of posts that X says are not to be seen any more."""
        return self.by_id.gone

    def book(self, tx: Transaction, room: Room, purse: Purse) -> None:
        """Write what it cost into the ledger and release what was set aside for it."""
        now = room.now()
        for page in self.owned:
            bill_page(tx, room, page, purpose=purse.purpose, owned=True, now=now)
        bill_page(tx, room, self.by_id, purpose=purse.purpose, owned=False, now=now)
        reservations.release(tx, purse.key)


def look_once_more(room: Room, purse: Purse, caught: Sequence[Known]) -> Seen | None:
    """Look at posts on X; None where there is no money for it. The caller books what was seen.

    One request for each mention, and one for each hundred others.

    Raises:
        XError: as the reading calls; what earlier calls may have cost stays set aside.
    """
    most = sum(each.dearest(room.prices) for each in caught)
    with room.db.write() as tx:
        if not reserve_x(tx, room, purse, most, now=room.now()).given:
            return None
    owned: list[Page] = []
    for each in caught:
        if each.kind is MentionKind.MENTION:
            with _released_if_free(room, purse, owned):
                owned.append(_among_our_mentions(room, each.id))
    # X's pages do not agree on which edition they show: the door's look-up by id does (028).
    edited = {old for page in owned for old, _ in page.edited}
    there = {post.id for page in owned for post in page.posts} - edited
    missing = [each.id for each in caught if each.id not in there]
    with _released_if_free(room, purse, owned):
        return Seen(tuple(owned), room.x.posts(missing))


def _among_our_mentions(room: Room, post_id: str) -> Page:
    number = int(post_id)
    return room.x.mentions(
        room.account.id, since_id=str(number - 1), until_id=str(number + 1), limit=_LEAST
    )


def _released_if_free(
    room: Room, purse: Purse, before: Sequence[Page]
) -> AbstractContextManager[None]:
    """Release what was set aside when a reading fails unbilled and nothing before it was billed."""
    billed = any(page.posts for page in before)
    return nullcontext() if billed else released_if_free(room, purse)
