"""Read our own timeline before an approved reply goes that another life of Greenroom left behind.

A stored approval may be older than it looks: a copy of the database was put in place, the machine
slept, Greenroom was off. What stands on X since then is read first, so that no post is answered
a second time. Until that reading has succeeded nothing goes. What is long overdue at a start is
asked about, and so is all that was approved in a backup: whoever undid it there did so in a life
that is not known here. In a running life nothing is: a clock that was set right looks just like it.
"""

from datetime import datetime, timedelta

from clients.x.ids import id_at
from domain import DecisionKind, Reply, ReplyState
from jobs.engine.clock_watch import CLOCK_SEEN
from jobs.engine.context import JobContext
from jobs.network.budget import BudgetReached, Use
from jobs.network.reserve import PagesRead, SpendKey
from jobs.upkeep.timeline import read_between, store_timeline
from storage.db import key_values
from storage.db.database import Transaction
from storage.db.restored import catch_up, take_restored
from storage.db.values import read_time, time_text
from storage.inbox import decisions, mentions, replies
from storage.privacy.rerender import draw_unknown_cards

#: Since when our own posts are to be read before the next reply goes; not set: they were read.
OWN_POSTS_FIRST = "own_posts_first"
APPROVALS = (DecisionKind.APPROVE, DecisionKind.EDIT, DecisionKind.SEND_ANYWAY)
#: What was answered by hand just before an approval may not have been read yet; and X indexes late.
_BEFORE = timedelta(minutes=30)
#: An approval that is older is asked about whatever stands on X.
_FARTHEST = timedelta(days=2)
#: A card that waits in an older copy may have been answered any time since then.
_FARTHEST_UNKNOWN = timedelta(days=30)
#: X gives no more of a timeline than its newest 3,200 posts.
_ALL_PAGES = 32


def ask_own_posts_first(tx: Transaction, ctx: JobContext, *, older_copy: bool) -> bool:
    """At a start: have our own posts read before anything goes, where there may be some to find.

    That is where approvals are stored, a backup was put in place (`older_copy` where nobody noted
    it), or nobody has looked at the clock for long. Return whether a backup was put in place: what
    was approved in it may have been withdrawn since, and nothing on X would show that.
    """
    now = ctx.now()
    stored = replies.replies_in(tx, (ReplyState.APPROVED,))
    since = [_approved_at(tx, ctx, each) for each in stored]
    noted = key_values.value(tx, CLOCK_SEEN)
    seen = read_time(noted) if noted else now
    restored = take_restored(tx) or (seen if older_copy else None)
    if restored is not None:
        catch_up(tx, since=restored, now=now)
        # What was decided or taken back since is not known here, and shown on cards all the same.
        draw_unknown_cards(tx, at=now)
        since.append(restored)
    elif now - seen > ctx.timings.late:
        since.append(seen)
    if asked := key_values.value(tx, OWN_POSTS_FIRST):
        since.append(read_time(asked))
    if since:
        key_values.set_value(tx, OWN_POSTS_FIRST, time_text(min(since)))
    return restored is not None


def is_overdue(ctx: JobContext, reply: Reply, now: datetime) -> bool:
    """Tell whether an approved reply should have gone long ago: nobody worked, or the clock jumped."""
    return reply.state is ReplyState.APPROVED and now - reply.due_at > ctx.timings.late


def read_own_posts_first(ctx: JobContext, reply: Reply) -> None:
    """Read and store what we posted since the reply was approved, where that is to be read first.

    Mentions that are answered there are closed, but for those with a reply on its way: whoever
    sends one looks for its answer in what is stored.

    Raises:
        XError: X did not show it; nothing may go.
        BudgetReached: there is no money for all of it; nothing may go.
    """
    now = ctx.now()
    with ctx.db.read() as tx:
        asked = key_values.value(tx, OWN_POSTS_FIRST)
        own = max(_approved_at(tx, ctx, reply) - _BEFORE, now - _FARTHEST)
        answered = mentions.mention(tx, reply.mention_id)
    if asked is None and not is_overdue(ctx, reply, now):
        return
    since = own
    if asked is not None:
        since = min(own, max(read_time(asked) - _BEFORE, now - _FARTHEST_UNKNOWN))
        # A fresh approval in an older copy knows of no answer given since: since its post, that is.
        own = min(own, max(since, answered.post.created_at)) if answered else since
    purse = SpendKey(f"own_posts:{reply.id}", "timeline", Use.SENDING)
    reading = read_between(ctx, purse, id_at(since), None, most_pages=_ALL_PAGES)
    with ctx.db.write() as tx:
        store_timeline(tx, ctx, reading.pages, now=now, purse=purse)
        if asked is not None and reading.stopped is None:
            key_values.clear_value(tx, OWN_POSTS_FIRST, asked)
    if reading.stopped is not None and not _reaches(reading, own):
        raise BudgetReached(
            "Today's budget for X does not pay for looking whether this was answered already."
        )


def _reaches(reading: PagesRead, since: datetime) -> bool:
    """Tell whether a reading that money ended went back so far all the same."""
    ids = [int(post.id) for page in reading.pages for post in page.posts]
    return bool(ids) and min(ids) <= int(id_at(since))


def _approved_at(tx: Transaction, ctx: JobContext, reply: Reply) -> datetime:
    approval = decisions.last_decision(tx, reply.mention_id, APPROVALS)
    return ctx.looked_for_since(approval.at if approval else reply.due_at)
