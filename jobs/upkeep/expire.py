"""Close what has waited so long that an answer would only surprise.

Nothing is lost: the mention keeps its suggestions, its card folds to a line with *Bring back*,
and the record says why.
"""

from datetime import timedelta

from domain import MentionKind, MentionState
from jobs.engine.context import JobContext
from storage.inbox import mentions
from storage.inbox.never_taken import never_taken
from storage.money import reservations
from storage.queue import jobs, suspects
from storage.queue.enqueue import enqueue_card

#: How long what nobody took stays open: somebody who wrote to us may still be glad of an answer
#: after two weeks; a stranger whose post we came across has moved on after three days.
OPEN_FOR = {
    MentionKind.MENTION: timedelta(days=14),
    MentionKind.KEYWORD: timedelta(days=3),
    MentionKind.BROUGHT: timedelta(days=3),
}
#: Each closed card is one call to Slack: a few at a time, so that new cards come between.
AT_ONCE = 20
_BETWEEN = timedelta(minutes=2)
_DAY = timedelta(days=1)
#: How long it is remembered what was set apart for good.
_APART_FOR = timedelta(days=30)


def expire(job: jobs.Job, ctx: JobContext) -> None:
    """Close the mentions that waited longest, a bounded number of them, once a day."""
    now = ctx.now()
    with ctx.db.read() as tx:
        old = [
            (mention_id, kind)
            for kind, long in OPEN_FOR.items()
            for mention_id in never_taken(tx, kind, now - long, AT_ONCE)
        ][:AT_ONCE]
    again = now + (_BETWEEN if len(old) == AT_ONCE else _DAY)
    with ctx.repeating(job, again) as tx:
        # So does money that was set aside for calls of days long over.
        reservations.forget_before(tx, (now - _DAY).date())
        suspects.forget_apart(tx, now - _APART_FOR)
        for mention_id, kind in old:
            if mentions.move(
                tx,
                mention_id,
                to=MentionState.EXPIRED,
                at=now,
                before={MentionState.WAITING},
                reason=f"nobody took it for {OPEN_FOR[kind].days} days",
            ):
                enqueue_card(tx, mention_id, at=now)
