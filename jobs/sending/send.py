"""Send one approved reply to X, at most once.

The order is the promise: `approved → sending` with the time of the attempt is committed
before the socket opens; one request goes out; what came back decides what is stored. What
is not known for certain becomes `unknown` and is looked for, never sent again by itself.
"""

import logging
from datetime import datetime

from domain import MentionState, Reply, ReplyState
from errors import (
    GreenroomError,
    XDuplicate,
    XError,
    XGone,
    XPaused,
    XRateLimited,
    XRefused,
    XUnreached,
    XWrongKeys,
)
from jobs.engine.context import JobContext, LeaseLost
from jobs.engine.leases import until_lease_ends
from jobs.messages.notify_once import open_notice, resolve_notice
from jobs.network.budget import BudgetReached
from jobs.network.reserve import reserve_x
from jobs.sending.own_posts_first import APPROVALS, read_own_posts_first
from jobs.sending.store_sent import purse_of, set_aside_for, store_answered_already, store_sent
from jobs.upkeep.close_gone import forget_everywhere
from jobs.upkeep.recheck_post import is_still_as_approved
from storage.db.database import Transaction
from storage.db.values import KEEP
from storage.inbox import decisions, mentions, replies
from storage.money import reservations
from storage.posts import posts
from storage.queue import jobs
from storage.queue.enqueue import enqueue_card, enqueue_reconcile
from storage.slack import notices
from storage.team import health

log = logging.getLogger("greenroom.send")

_M = MentionState
_R = ReplyState
_HELD_ADVICE = (
    "The approved reply waits and goes out when that is mended; `python bot.py doctor` says more."
)
_TOO_LATE = "Greenroom stood still, or an older copy of its database was put in place"
_TOO_OLD = "X could not take it for hours"


def send(job: jobs.Job, ctx: JobContext) -> None:
    """Send the reply that the payload names, if it still is approved and its time has come."""
    with ctx.db.read() as tx:
        approved = replies.reply(tx, str(job.payload["reply"]))
    if approved is not None and not _looked_before(job, ctx, approved):
        return
    reply = _begin(job, ctx)
    if reply is None:
        return
    try:
        post_id = ctx.x.send(
            reply.text, in_reply_to=reply.mention_id, may_still_go=until_lease_ends(job, ctx)
        )
    except (XRateLimited, XUnreached, XPaused, XWrongKeys) as error:
        _not_sent_yet(job, ctx, reply, error)
    except XDuplicate as error:
        _unknown(job, ctx, reply, error, duplicate=True)
    except XRefused as error:
        _refused(job, ctx, reply, error)
    except Exception as error:
        # Time-out, reset, 5xx, or anything never seen: it may be on X.
        _unknown(job, ctx, reply, error)
    else:
        log.info("mention=%s step=sent reply=%s post=%s", reply.mention_id, reply.id, post_id)
        with ctx.db.write() as tx:
            store_sent(tx, ctx, reply, post_id, at=ctx.now())
            health.worked(tx, health.X, ctx.now())
            resolve_notice(tx, "x-send", "X takes replies again.", at=ctx.now())
            notices.clear_notice(tx, "x-budget:reply", ctx.now())
            jobs.finish(tx, job)
        ctx.nudge()


def _looked_before(job: jobs.Job, ctx: JobContext, reply: Reply) -> bool:
    """Look on X at what may speak against sending; False where that has to succeed first."""
    now = ctx.now()
    if reply.state is not _R.APPROVED or reply.due_at > now:
        return True
    try:
        read_own_posts_first(ctx, reply)
    except (XError, BudgetReached) as error:
        with ctx.db.read() as tx:
            if _too_old(tx, ctx, reply, now):
                return True
        _not_sent_yet(job, ctx, reply, error)
        return False
    if not job.payload.get("late") and not is_still_as_approved(ctx, reply):
        ctx.nudge()
    return True


def _begin(job: jobs.Job, ctx: JobContext) -> Reply | None:
    """Commit that the attempt begins now; None when there is nothing to send."""
    now = ctx.now()
    with ctx.db.write() as tx:
        reply = replies.reply(tx, str(job.payload["reply"]))
        if reply is None:
            jobs.finish(tx, job)
        elif _may_begin(tx, job, ctx, reply, now):
            enqueue_card(tx, reply.mention_id, at=now)
            return reply
    return None


def _may_begin(
    tx: Transaction, job: jobs.Job, ctx: JobContext, reply: Reply, now: datetime
) -> bool:
    """Move to sending and say yes; otherwise leave reply and job as they should be, and say no."""
    if reply.state is _R.APPROVED and reply.due_at > now:
        jobs.put_back(tx, job, due_at=reply.due_at)
        return False
    own = posts.reply_by(tx, ctx.account.id, reply.mention_id)
    if reply.state is _R.APPROVED and own is not None:
        # Whoever approved it did not know: nobody is answered twice by a job.
        log.info("mention=%s reply=%s answered already: %s", reply.mention_id, reply.id, own.id)
        reservations.release(tx, purse_of(reply).key)
        store_answered_already(tx, ctx, reply, own, at=now)
    elif reply.state is _R.APPROVED and _too_old(tx, ctx, reply, now):
        _ask_again(tx, reply, now, why=_TOO_OLD)
    elif reply.state is _R.APPROVED and job.payload.get("late"):
        _ask_again(tx, reply, now, why=_TOO_LATE)
    elif reply.state in {_R.SENDING, _R.UNKNOWN}:
        # A run before this one began the attempt and did not live to tell.
        _to_unknown(tx, reply, now, reason="Greenroom was interrupted while sending.")
    elif reply.state is _R.APPROVED and jobs.still_mine(tx, job, now):
        if not _money_set_aside(tx, job, ctx, reply, now):
            return False
        if _to_sending(tx, job, reply, now):
            return True
        reservations.release(tx, purse_of(reply).key)
    jobs.finish(tx, job)
    return False


def _money_set_aside(
    tx: Transaction, job: jobs.Job, ctx: JobContext, reply: Reply, now: datetime
) -> bool:
    """Set aside what sending may cost; where it does not fit, the approved reply waits."""
    most = set_aside_for(ctx, reply)
    grant = reserve_x(tx, ctx, purse_of(reply), most, now=now)
    if grant.day_over:
        _wait_for_budget(tx, job, ctx, reply, now)
    elif not grant.given:
        jobs.put_back(tx, job, due_at=now + ctx.timings.money_under_way)
    return grant.given


def _to_sending(tx: Transaction, job: jobs.Job, reply: Reply, now: datetime) -> bool:
    """Move reply and mention to sending, both or neither."""
    if not replies.move_reply(tx, reply.id, before={_R.APPROVED}, to=_R.SENDING, attempted_at=now):
        return False
    if not mentions.move(tx, reply.mention_id, to=_M.SENDING, at=now, before={_M.APPROVED}):
        raise LeaseLost(job)
    return True


def _too_old(tx: Transaction, ctx: JobContext, reply: Reply, now: datetime) -> bool:
    approval = decisions.last_decision(tx, reply.mention_id, APPROVALS)
    return approval is not None and now - approval.at > ctx.timings.stale_approval


def _ask_again(tx: Transaction, reply: Reply, now: datetime, *, why: str) -> None:
    """Ask the team whether this very text still fits: what was right then may not be right now."""
    reason = (
        f"{reply.member_name} approved it, but {why}. "
        "Look at the conversation on X: “Try again” sends it if it still fits."
    )
    if replies.move_reply(tx, reply.id, before={_R.APPROVED}, to=_R.FAILED, reason=reason):
        reservations.release(tx, purse_of(reply).key)
        mentions.move(
            tx, reply.mention_id, to=_M.FAILED, at=now, before={_M.APPROVED}, reason=reason
        )
    enqueue_card(tx, reply.mention_id, at=now)


def _wait_for_budget(
    tx: Transaction, job: jobs.Job, ctx: JobContext, reply: Reply, now: datetime
) -> None:
    """Keep the approval: the budget begins anew at midnight UTC, or is raised before."""
    error = BudgetReached("Today's budget for X is used up, and an approved reply waits for it.")
    due_at = now + ctx.timings.paused_probe
    replies.move_reply(
        tx,
        reply.id,
        before={_R.APPROVED},
        to=_R.APPROVED,
        due_at=due_at,
        reason="Today's budget for X is used up.",
    )
    open_notice(tx, "x-budget:reply", error, at=now)
    enqueue_card(tx, reply.mention_id, at=now)
    jobs.put_back(tx, job, due_at=due_at)


def _not_sent_yet(job: jobs.Job, ctx: JobContext, reply: Reply, error: GreenroomError) -> None:
    """Go back to approved, or stay: not one byte went out, or X said for certain that it took nothing."""
    now = ctx.now()
    log.warning("mention=%s reply=%s %s", reply.mention_id, reply.id, error.for_person())
    if isinstance(error, XRateLimited):
        due_at = max(error.until, now + ctx.timings.rate_limit_floor)
    elif isinstance(error, XPaused | XWrongKeys | BudgetReached):
        due_at = now + ctx.timings.paused_probe
    else:
        due_at = now + ctx.backoff(job.attempts)
    with ctx.db.write() as tx:
        if isinstance(error, XError):
            health.failed(tx, health.X, error.sentence, now)
        moved = replies.move_reply(
            tx,
            reply.id,
            before={_R.SENDING, _R.APPROVED},
            to=_R.APPROVED,
            # What is late stays so: the wait is X's, the lateness was ours before.
            due_at=KEEP if job.payload.get("late") else due_at,
            reason=error.sentence,
        )
        reservations.release(tx, purse_of(reply).key)
        if moved:
            mentions.move(tx, reply.mention_id, to=_M.APPROVED, at=now, before={_M.SENDING})
            enqueue_card(tx, reply.mention_id, at=now)
        if isinstance(error, XPaused | XWrongKeys):
            error.advice = _HELD_ADVICE
            open_notice(tx, "x-send", error, at=now)
        elif isinstance(error, BudgetReached):
            open_notice(tx, "x-budget:reply", error, at=now)
        jobs.put_back(tx, job, due_at=due_at, error=type(error).__name__)


def _refused(job: jobs.Job, ctx: JobContext, reply: Reply, error: XRefused) -> None:
    """Fall over to the by-hand lane with X's reason, or close the card when the post is gone."""
    now = ctx.now()
    log.warning("mention=%s reply=%s %s", reply.mention_id, reply.id, error.for_person())
    to = _M.GONE if isinstance(error, XGone) else _M.BY_HAND
    with ctx.db.write() as tx:
        replies.move_reply(tx, reply.id, before={_R.SENDING}, to=_R.FAILED, reason=error.sentence)
        reservations.release(tx, purse_of(reply).key)
        mentions.move(
            tx, reply.mention_id, to=to, at=now, before={_M.SENDING}, reason=error.sentence
        )
        if to is _M.GONE:
            forget_everywhere(tx, [reply.mention_id], at=now)
        enqueue_card(tx, reply.mention_id, at=now)
        jobs.finish(tx, job)
    ctx.nudge()


def _unknown(
    job: jobs.Job, ctx: JobContext, reply: Reply, error: Exception, *, duplicate: bool = False
) -> None:
    known = error if isinstance(error, GreenroomError) else None
    if known is None:
        log.error(
            "mention=%s reply=%s failed in an unknown way",
            reply.mention_id,
            reply.id,
            exc_info=error,
        )
    else:
        log.warning("mention=%s reply=%s %s", reply.mention_id, reply.id, known.for_person())
    reason = known.sentence if known else "Something unforeseen happened while sending."
    with ctx.db.write() as tx:
        now = ctx.now()
        first = now + ctx.timings.look_after[0]
        _to_unknown(tx, reply, now, reason=reason, duplicate=duplicate, look_at=first)
        jobs.finish(tx, job)
    ctx.nudge()


def _to_unknown(
    tx: Transaction,
    reply: Reply,
    now: datetime,
    *,
    reason: str,
    duplicate: bool = False,
    look_at: datetime | None = None,
) -> None:
    replies.move_reply(
        tx,
        reply.id,
        before={_R.SENDING, _R.UNKNOWN},
        to=_R.UNKNOWN,
        reason=reason,
        duplicate=duplicate,
    )
    mentions.move(tx, reply.mention_id, to=_M.UNKNOWN, at=now, before={_M.SENDING}, reason=reason)
    enqueue_reconcile(tx, reply, at=look_at or now)
    enqueue_card(tx, reply.mention_id, at=now)
