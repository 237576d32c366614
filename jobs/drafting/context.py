"""Collect what a drafter may know about a post: the conversation above, what we share, examples."""

import logging
import time
from collections.abc import Callable

from domain import Mention, Post
from errors import XError
from jobs.engine.context import JobContext
from jobs.network.budget import Use, bill_page
from jobs.network.reserve import SpendKey, read_by_ids
from jobs.upkeep.profiles import keep_people
from replies.context import ReplyContext
from storage.db.database import Transaction
from storage.inbox import suggestions
from storage.inbox.authors import approved_by, words_of_members
from storage.money import reservations
from storage.posts import posts
from storage.posts.people import shared_history
from storage.posts.reply_history import NOT_REPEATED_FOR, last_exchanges, said_since
from storage.posts.similar_answers import similar_answered
from storage.voice import voices

log = logging.getLogger("greenroom.context")

#: No reading is begun later than this after the draft's own beginning.
_READING_SECONDS = 5.0

_ABOVE = 4


def time_to_read() -> Callable[[], bool]:
    """Return a check whether X may still be asked for what a draft can do without.

    While X hangs, each reading takes its whole time-out: several would outlive the job's lease, and
    the draft would begin again and again.
    """
    end = time.monotonic() + _READING_SECONDS
    return lambda: time.monotonic() < end


def read_above(ctx: JobContext, mention: Mention, in_time: Callable[[], bool]) -> None:
    """Fetch what stands above the post, at most a few posts; a failure costs only context.

    A quoted post is fetched too: whose it is decides who may reply. What is stored is not read
    again, nobody's profile is read for it, and nothing is begun once `in_time` says no.
    """
    wanted = mention.post.in_reply_to_id or mention.post.quoted_id
    for _ in range(_ABOVE):
        if wanted is None:
            return
        with ctx.db.read() as tx:
            known = posts.post(tx, wanted)
        if known is None and in_time():
            known = _fetch(ctx, wanted)
        wanted = known.in_reply_to_id if known else None


def _fetch(ctx: JobContext, post_id: str) -> Post | None:
    purse = SpendKey(f"above:{post_id}", "conversation", Use.KEYWORDS)
    try:
        page = read_by_ids(ctx, purse, [post_id])
    except XError as error:
        log.warning("post=%s not read for context: %s", post_id, error.for_person())
        return None
    if page is None:
        return None
    with ctx.db.write() as tx:
        for post in page.posts:
            posts.save_post(tx, post)
        keep_people(tx, page, at=ctx.now())
        bill_page(tx, ctx, page, purpose=purse.purpose, owned=False, now=ctx.now())
        reservations.release(tx, purse.key)
    return page.posts[0] if page.posts else None


def reply_context(
    tx: Transaction, ctx: JobContext, mention: Mention, steer: str | None, *, steered_by: str = ""
) -> ReplyContext:
    """Collect it; `steered_by` is the member whose words `steer` holds."""
    now = ctx.now()
    approved = approved_by(tx, mention.post.text)
    above = tuple(posts.post_chain(tx, mention.id, _ABOVE))
    return ReplyContext(
        post=mention.post,
        lane=mention.lane,
        above=above,
        history=shared_history(tx, mention.post.author.id, ctx.account.id, mention.post.created_at),
        said_before=_said_before(tx, ctx, mention, above),
        voice=voices.voice(tx),
        playbook=voices.playbook(tx),
        approved_before=tuple(similar_answered(tx, mention.post.text, limit=3)),
        earlier_texts=tuple(s.text for s in suggestions.all_rounds(tx, mention.id)),
        recent_texts=tuple(said_since(tx, ctx.account.id, now - NOT_REPEATED_FOR)),
        steer=steer,
        steered_by=steered_by,
        members_words=words_of_members(tx, mention.id, approved),
        approved_by=approved,
        account_handle=ctx.account.handle,
        account_id=ctx.account.id,
        local_time=now.astimezone(ctx.timezone),
    )


def _said_before(
    tx: Transaction, ctx: JobContext, mention: Mention, above: tuple[Post, ...]
) -> tuple[Post, ...]:
    """Return our last exchanges with the author, without what stands in this conversation."""
    known = {mention.id, *(post.id for post in above)}
    exchanged = last_exchanges(tx, mention.post.author.id, ctx.account.id, mention.post.created_at)
    return tuple(post for post in exchanged if post.id not in known)
