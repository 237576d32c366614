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
from storage import mentions, people
from storage.database import Transaction
from storage.forgotten import was_forgotten
from work.money import bill_page, x_budget_left
from work.prices import PERSON_READ, POST_READ
from work.room import Room

log = logging.getLogger("greenroom.profiles")

#: Names and pictures change seldom; X asks that what is shown is as good as current.
_KNOWN_FOR = timedelta(days=30)


def keep_people(tx: Transaction, page: Page, *, at: datetime) -> None:
    """Store the profiles that came with a page, and the handles that its posts name."""
    came = set(page.people_ids)
    authors = {post.author.id: post.author for post in page.posts if post.author.id in came}
    named = {person.id: person for person in page.named}
    # In one order always: two writers that name the same people must not wait for each other.
    for person_id in sorted({*authors, *named}):
        if person_id in authors:
            people.save_person(tx, authors[person_id])
            people.profile_read(tx, person_id, at)
        elif not was_forgotten(tx, person_id):
            people.name_person(tx, named[person_id])


def with_author(room: Room, mention: Mention) -> Mention:
    """Return the mention with its author's profile, read on X unless it is known.

    The post itself was paid for today when it was caught; X bills it once a UTC day. A failure
    costs only the name.
    """
    now = room.now()
    with room.db.read() as tx:
        known = people.profile_known_since(tx, mention.post.author.id, now - _KNOWN_FOR)
        left = x_budget_left(tx, room, mention.kind, now)
    if known or left < POST_READ + PERSON_READ:
        return mention
    try:
        page = room.x.posts([mention.id], with_people=True)
    except XError as error:
        log.warning("post=%s its author was not read: %s", mention.id, error.for_person())
        return mention
    with room.db.write() as tx:
        keep_people(tx, page, at=now)
        bill_page(tx, page, purpose="author", owned=False, now=now)
        return mentions.mention(tx, mention.id) or mention
