"""From a page of X posts to stored mentions: what is kept, in which lane, with which job."""

import logging
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from functools import partial

from clients.x.reply_rule import decide_lane
from domain import Lane, Mention, MentionKind, MentionState, Post, Watch
from jobs.engine.context import JobContext
from jobs.engine.readable import unless_too_long
from jobs.triage.filter import MUTED, OPTED_OUT, filter_out
from jobs.upkeep.recheck_post import changed, take_new_words
from replies.drafting.hand_over import in_danger
from storage.db.database import Transaction
from storage.inbox import mentions
from storage.posts import opt_outs, people, posts
from storage.posts.redact_on_save import without_erased
from storage.queue.enqueue import enqueue_card, enqueue_suggestions

log = logging.getLogger("greenroom.catching")


def worth_ingesting(post: Post, account_id: str) -> bool:
    """Tell whether a caught post is somebody else's own words."""
    return not post.repost and post.author.id != account_id


def ingest_posts(
    tx: Transaction,
    ctx: JobContext,
    watch: Watch,
    found: Iterable[Post],
    *,
    folded: bool,
    at: datetime,
) -> int:
    """Store each new post with its mention and, unless folded, its first job; return how many.

    Folded mentions wait behind the "Show more" line until a person or the first look
    brings them up.
    """
    new = 0
    # Oldest first: cards stand in the order of the talk, and two writers lock alike.
    for post in sorted(found, key=lambda each: int(each.id)):
        if not worth_ingesting(post, ctx.account.id):
            continue
        if _is_new_edition(tx, ctx, post):
            continue
        author = people.person(tx, post.author.id)
        kept = with_quoted(tx, without_erased(tx, post))
        caught = _mention(ctx, watch, kept, folded=folded, at=at)
        new_words = changed(tx, post)
        if not mentions.catch(tx, caught):
            if new_words:
                take_new_words(tx, ctx, post)
            continue
        new += 1
        log.info("mention=%s step=caught watch=%s lane=%s", post.id, watch.id, caught.lane)
        # Whoever is in danger is seen, muted or not.
        seen = unless_too_long(
            partial(in_danger, post.text), otherwise=True, of=f"mention={post.id}"
        )
        if not seen and opt_outs.opted_out(tx, post.author.id) is not None:
            filter_out(tx, ctx, caught, rule=OPTED_OUT, why="They asked not to be answered.", at=at)
            continue
        if not seen and author is not None and author.muted:
            filter_out(tx, ctx, caught, rule=MUTED, why="This person is muted.", at=at)
            continue
        if posts.reply_by(tx, ctx.account.id, post.id) is not None:
            mentions.move(
                tx, post.id, to=MentionState.ANSWERED, at=at, reason="Answered on X already."
            )
            # It gets no card; one that stands there since before a restore tells how it ended.
            enqueue_card(tx, post.id, at=at)
        elif not folded:
            enqueue_suggestions(tx, post.id, at=at)
    return new


def _is_new_edition(tx: Transaction, ctx: JobContext, post: Post) -> bool:
    """Tell whether a post is the edited form of one that is stored; its mention has the new words then."""
    earlier = next((each for each in post.earlier_ids if mentions.mention(tx, each)), None)
    if earlier is None:
        return False
    known = replace(post, id=earlier, earlier_ids=())
    if changed(tx, known):
        take_new_words(tx, ctx, known)
    return True


def with_quoted(tx: Transaction, post: Post) -> Post:
    """Return the post with the author of what it quotes, where that is stored."""
    quoted = posts.post(tx, post.quoted_id) if post.quoted_id else None
    return post if quoted is None else replace(post, quoted_author_id=quoted.author.id)


def _mention(ctx: JobContext, watch: Watch, post: Post, *, folded: bool, at: datetime) -> Mention:
    lane = decide_lane(post, ctx.account.id)
    # A keyword's post that names the account is a mention like any other.
    kind = MentionKind.MENTION if lane is Lane.SEND else watch.kind
    return Mention(
        id=post.id,
        post=post,
        kind=kind,
        watch_id=watch.id,
        watch_label=watch.label,
        state=MentionState.NEW,
        lane=lane,
        caught_at=at,
        changed_at=at,
        folded=folded,
    )
