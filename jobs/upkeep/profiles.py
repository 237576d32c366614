"""Who wrote: handles that come with a text for free, and profiles that are read when a card needs them.

A post carries its author's id only. Whether X bills an author that comes along with a post is not
known (it may be twice what the post costs), so profiles are asked for once for each person, when
somebody is about to see the post, and believed for a while.
"""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from clients.x.client import Page
from domain import Mention, Person, Post
from errors import XError
from jobs.engine.context import JobContext
from jobs.network.budget import Use, bill_page
from jobs.network.reserve import SpendKey, read_by_ids, released_if_free, reserve_x
from jobs.upkeep.close_gone import close_gone
from storage.db.database import Transaction
from storage.inbox import mentions
from storage.money import ledger, reservations
from storage.posts import people, posts
from storage.posts.erased_people import was_forgotten
from storage.posts.redact_on_save import is_of_erased

log = logging.getLogger("greenroom.profiles")

PURPOSE = "author"

#: Names and pictures change seldom; X asks that what is shown is as good as current.
_KNOWN_FOR = timedelta(days=30)


def keep_people(tx: Transaction, page: Page, *, at: datetime) -> None:
    """Store the profiles that came with a page, and the handles that its posts name.

    Who was forgotten comes back by what they wrote later alone.
    """
    came = set(page.people_ids)
    authors = {
        post.author.id: post.author
        for post in page.posts
        if post.author.id in came and not is_of_erased(tx, post)
    }
    named = {person.id: person for person in page.named}
    # In one order always: two writers that name the same people must not wait for each other.
    for person_id in sorted({*authors, *named}):
        if person_id in authors:
            people.save_person(tx, authors[person_id])
            people.profile_read(tx, person_id, at)
        elif not was_forgotten(tx, person_id):
            people.name_person(tx, named[person_id])


def with_author(ctx: JobContext, mention: Mention) -> Mention:
    """Return the mention with its author's profile, read on X unless it is known.

    The post itself was paid for today when it was caught; X bills it once a UTC day. A failure
    costs only the name. A post that is gone meanwhile is closed.
    """
    now = ctx.now()
    with ctx.db.read() as tx:
        known = people.profile_known_since(tx, mention.post.author.id, now - _KNOWN_FOR)
    if known:
        return mention
    purse = SpendKey(f"author:{mention.id}", PURPOSE, Use.PROFILES)
    try:
        page = read_by_ids(ctx, purse, [mention.id], with_people=True)
    except XError as error:
        log.warning("post=%s its author was not read: %s", mention.id, error.for_person())
        return mention
    if page is None:
        return mention
    with ctx.db.write() as tx:
        keep_people(tx, page, at=now)
        bill_page(tx, ctx, page, purpose=PURPOSE, owned=False, now=now)
        reservations.release(tx, purse.key)
        if mention.id in page.gone:
            close_gone(tx, [mention.id], at=now)
        return mentions.mention(tx, mention.id) or mention


def name_authors(ctx: JobContext, shown: Sequence[Post]) -> bool:
    """Read on X who wrote posts that a member asked to see, as far as nobody knows; tell whether any.

    What the day's budget does not pay stays unnamed.
    """
    unseen = {post.author.id: post.id for post in shown if not post.author.seen}
    if not unseen:
        return False
    purse = SpendKey(f"authors:{min(unseen.values())}", PURPOSE, Use.PROFILES)
    try:
        page = read_by_ids(ctx, purse, list(unseen.values()), with_people=True)
    except XError as error:
        log.warning("authors of %d posts not read: %s", len(unseen), error.for_person())
        return False
    if page is None:
        return False
    now = ctx.now()
    with ctx.db.write() as tx:
        keep_people(tx, page, at=now)
        bill_page(tx, ctx, page, purpose=PURPOSE, owned=False, now=now)
        reservations.release(tx, purse.key)
        close_gone(tx, [each for each in page.gone if posts.post(tx, each)], at=now)
    return bool(page.people_ids)


def person_called(ctx: JobContext, handle: str) -> Person | None:
    """Return who bears a handle and has written to us, whose profile may not have been read yet.

    Of posts that nobody was shown only the author's id is stored. A handle that nobody stored
    bears is looked up on X, and the profile kept if posts of that person are stored.
    """
    now = ctx.now()
    with ctx.db.read() as tx:
        known = people.person_by_handle(tx, handle)
    if known is not None:
        return known
    purse, price = (
        SpendKey(f"handle:{handle.lower()}", PURPOSE, Use.PROFILES),
        ctx.prices.user_read,
    )
    try:
        with ctx.db.write() as tx:
            if not reserve_x(tx, ctx, purse, price, now=now).given:
                return None
        with released_if_free(ctx, purse):
            found = ctx.x.person(handle)
    except XError as error:
        log.warning("a handle was not looked up: %s", error.for_person())
        return None
    with ctx.db.write() as tx:
        reservations.release(tx, purse.key)
        if found is None:
            return None
        ledger.bill_reads(
            tx, kind="person", ids=[found.id], price_micro=price, purpose=PURPOSE, at=now
        )
        return _kept(tx, found, at=now)


def _kept(tx: Transaction, found: Person, *, at: datetime) -> Person | None:
    """Keep the profile of somebody who is stored; of who was forgotten and left alone only the id is."""
    stored = people.person(tx, found.id)
    if stored is None:
        return None
    if was_forgotten(tx, found.id) and posts.newest_by(tx, found.id) is None:
        return stored
    people.save_person(tx, found)
    people.profile_read(tx, found.id, at)
    return people.person(tx, found.id)
