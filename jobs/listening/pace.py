"""How soon a watch is polled again: slower the longer it has been quiet, faster in a conversation.

An empty answer of X costs nothing; what a slower pace saves is requests, and what a faster one
wins is that somebody who is talking with us does not wait.
"""

from datetime import datetime, timedelta

from domain import MentionKind, Watch
from jobs.engine.context import JobContext
from storage.db.database import Transaction
from storage.posts import posts

#: After so many times the wait without a post, the wait grows: two hours make four minutes.
_QUIET_SHARE = 30
#: So long after we answered somebody, or somebody wrote whom we answered, they may write again.
_TALKING = timedelta(minutes=15)
#: Whom we answered within this time goes on with the talk when they write.
_LATELY = timedelta(days=1)


def next_wait(tx: Transaction, ctx: JobContext, watch: Watch, now: datetime) -> timedelta:
    """Return how long to wait before the next poll of a watch, without jitter.

    Between POLL_SECONDS_LEAST and POLL_SECONDS_MOST; POLL_SECONDS is the pace of a watch that
    caught something lately.
    """
    pace = ctx.poll_every
    if watch.kind is MentionKind.MENTION and _talking(tx, ctx, now):
        return min(ctx.poll_least, pace)
    quiet = max(now - (watch.caught_at or ctx.started_at), timedelta())
    return max(pace, min(ctx.poll_most, quiet / _QUIET_SHARE))


def _talking(tx: Transaction, ctx: JobContext, now: datetime) -> bool:
    return posts.talked_since(
        tx, ctx.account.id, now - _TALKING, answered_since=now - _TALKING - _LATELY
    )
