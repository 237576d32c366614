"""Who wrote: handles that come with a text for free, and profiles that are read when a card needs them.

A post carries its author's id only. Whether X bills an author that comes along with a post is not
known (it may be twice what the post costs), so profiles are asked for once for each person, when
somebody is about to see the post, and believed for a while.
"""

import logging
from datetime import datetime, timedelta

from clients.x import Page
from domain import Mention
from errors import XError
from storage import mentions, people, reservations
from storage.database import Transaction
from storage.forgotten import was_forgotten
from work.money import bill_page
from work.reserving import Purse, read_by_ids
from work.room import Room

log = logging.getLogger("greenroom.profiles")

#: Names and pictures change seldom; X asks that what is shown is as good as current.
_KNOWN_FOR = timedelta(days=30)


def keep_people(tx: Transaction, page: Page, *, at: datetime) -> None:
    """Store the profiles that came with a page, and the handles that its posts name."""
    came = set(page.people_ids)
    for author in {post.author.id: post.author for post in page.posts}.values():
        if author.id in came:
            people.save_person(tx, author)
            people.profile_read(tx, author.id, at)
    # In one order always: two writers that name the same people must not wait for each other.
    for person in sorted(page.named, key=lambda each: each.id):
        if not was_forgotten(tx, person.id):
            people.name_person(tx, person)


def with_author(room: Room, mention: Mention) -> Mention:
    """Return the mention with its author's profile, read on X unless it is known.

    The post itself was paid for today when it was caught; X bills it once a UTC day. A failure
    costs only the name.
    """
    now = room.now()
    with room.db.read() as tx:
        known = people.profile_known_since(tx, mention.post.author.id, now - _KNOWN_FOR)
    if known:
        return mention
    purse = Purse(f"author:{mention.id}", "author", mention.kind)
    try:
        page = read_by_ids(room, purse, [mention.id], with_people=True)
    except XError as error:
        log.warning("post=%s its author was not read: %s", mention.id, error.for_person())
        return mention
    if page is None:
        return mention
    with room.db.write() as tx:
        keep_people(tx, page, at=now)
        bill_page(tx, room, page, purpose=purse.purpose, owned=False, now=now)
        reservations.release(tx, purse.key)
        return mentions.mention(tx, mention.id) or mention
