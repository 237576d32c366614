"""Draft suggestions for one mention and have its card shown.

The way: context (the conversation above, what we share, what was approved before), then
the model or the playbook, then checks; all of it stored with the card's job in one commit.
A mention never stays without a card because the model or a look-up failed.
"""

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial

from clients.x.reply_rule import decide_lane
from domain import Advice, JobKind, Lane, Mention, MentionState
from errors import ReadTooLong
from jobs.drafting.context import read_above, reply_context, time_to_read
from jobs.engine.context import JobContext
from jobs.engine.readable import unless_too_long
from jobs.listening.ingest import with_quoted
from jobs.network.paid_model import Asking, asking, note_model
from jobs.triage.filter import filter_if_unworthy
from jobs.upkeep.profiles import with_author
from jobs.upkeep.recheck_post import CHANGED_ON_X, is_still_there
from replies.authorship import credited
from replies.drafting import Drafted, draft
from replies.drafting.hand_over import asks_to_be_left
from storage.db.database import Transaction
from storage.inbox import mentions, suggestions
from storage.posts import opt_outs, posts
from storage.queue import jobs
from storage.queue.enqueue import enqueue, enqueue_card

log = logging.getLogger("greenroom.suggest")

_LEFT_ALONE = (
    "From now on their posts are set aside and nothing is sent to them; "
    "their page (/greenroom people) can lift it."
)
_FOR_THE_NEW = "These suggestions are for the new words."
_NO_OTHERS = "No other ideas came."
#: With these nothing that was suggested before stays on the card.
_WITHHELD = frozenset({Advice.NEEDS_PERSON, Advice.HOSTILE})
_DRAFTABLE = frozenset(
    {
        MentionState.WAITING,
        MentionState.HANDED_OVER,
        MentionState.SNOOZED,
        MentionState.FAILED,
        MentionState.DRAFTING,
    }
)


def suggest(job: jobs.Job, ctx: JobContext) -> None:
    """Draft a round of suggestions; the payload may hold a member's steering words."""
    mention_id = job.subject or ""
    # Asked without a word is asked all the same.
    steer = job.payload.get("steer") or ("" if job.payload.get("asked_by") else None)
    if ctx.paused and steer is None:
        with ctx.repeating(job, ctx.now() + ctx.timings.rest):
            return
    in_time = time_to_read()
    mention = _begin(ctx, mention_id) if is_still_there(ctx, mention_id) else None
    mention = None if mention is None else _worthy(ctx, mention, in_time)
    if mention is None:
        with ctx.finishing(job):
            return
    read_above(ctx, mention, in_time)
    mention = _in_its_lane(ctx, mention)
    ask = asking(ctx, "suggest")
    asked_by = str(job.payload.get("asked_id") or "")
    _store(job, ctx, mention, _drafted(ctx, mention, steer, ask, asked_by), ask)


def _drafted(
    ctx: JobContext, mention: Mention, steer: str | None, ask: Asking | None, asked_by: str
) -> Drafted:
    """Draft; a post that takes too long to read gets a sentence in the place of drafts."""
    try:
        with ctx.db.read() as tx:
            context = reply_context(tx, ctx, mention, steer, steered_by=asked_by)
        drafted = draft(context, ask)
    except ReadTooLong as too_long:
        log.warning("mention=%s %s", mention.id, too_long.for_person())
        return Drafted(source_note=too_long.for_person())
    credited_drafts = tuple((credited(each, context), checks) for each, checks in drafted.drafts)
    return replace(drafted, drafts=credited_drafts)


def _begin(ctx: JobContext, mention_id: str) -> Mention | None:
    """Move a new mention to drafting; return it unless it needs no draft any more."""
    now = ctx.now()
    with ctx.db.write() as tx:
        mention = mentions.mention(tx, mention_id)
        if mention is None:
            return None
        if mention.state is MentionState.NEW:
            if posts.reply_by(tx, ctx.account.id, mention_id) is not None:
                mentions.move(
                    tx,
                    mention_id,
                    to=MentionState.ANSWERED,
                    at=now,
                    reason="Answered on X already.",
                )
                enqueue_card(tx, mention_id, at=now)
                return None
            mentions.move(tx, mention_id, to=MentionState.DRAFTING, at=now)
            return mentions.mention(tx, mention_id)
        return mention if mention.state in _DRAFTABLE else None


def _worthy(ctx: JobContext, mention: Mention, in_time: Callable[[], bool]) -> Mention | None:
    """Return the mention with its author, or None when it was set aside.

    Judged by its words first: what is set aside costs no profile. Who wrote is judged after that.
    """
    if filter_if_unworthy(ctx, mention):
        return None
    if not in_time():
        return mention
    known = with_author(ctx, mention)
    if known.state is MentionState.GONE:
        return None
    if known.post.author == mention.post.author:
        return mention
    return None if filter_if_unworthy(ctx, known, again=True) else known


def _in_its_lane(ctx: JobContext, mention: Mention) -> Mention:
    """Return the mention in the lane that a quoted post decides, which may just have been read."""
    if mention.post.quoted_id is None or mention.post.quoted_author_id is not None:
        return mention
    with ctx.db.write() as tx:
        post = with_quoted(tx, mention.post)
        lane = decide_lane(post, ctx.account.id)
        posts.save_post(tx, post)
        if mention.lane is Lane.BY_HAND and lane is Lane.SEND:
            mentions.set_lane(tx, mention.id, lane, None)
        return mentions.mention(tx, mention.id) or mention


def _store(
    job: jobs.Job, ctx: JobContext, mention: Mention, drafted: Drafted, ask: Asking | None
) -> None:
    now = ctx.now()
    if drafted.advice is Advice.HOSTILE or drafted.caught:
        log.warning("mention=%s drafts left out: %s", mention.id, ", ".join(drafted.caught) or "-")
    with ctx.finishing(job) as tx:
        note_model(tx, ask, drafted.trouble, now)
        fresh = mentions.mention(tx, mention.id)
        if fresh is None or fresh.state not in _DRAFTABLE:
            return
        _keep(tx, job, fresh, drafted, now)
        left_alone = _honour_opt_out(tx, fresh, now)
        mentions.set_note(tx, mention.id, _note(job, drafted, left_alone=left_alone))
        if fresh.state is MentionState.DRAFTING:
            mentions.move(tx, mention.id, to=MentionState.WAITING, at=now)
            # Somebody may answer on X itself while the card waits.
            enqueue(tx, JobKind.TIMELINE, at=now + ctx.timings.timeline_quiet)
        enqueue_card(tx, mention.id, at=now)
    log.info("mention=%s step=drafted suggestions=%d", mention.id, len(drafted.drafts))


def _keep(
    tx: Transaction, job: jobs.Job, mention: Mention, drafted: Drafted, now: datetime
) -> None:
    """Store the drafts and the advice; where there are none, nothing old stands in their place.

    Only a member who asked for others and got none keeps what the card had.
    """
    nothing = not drafted.drafts and drafted.advice is None
    if drafted.drafts:
        suggestions.add_round(tx, mention.id, drafted.drafts, now)
    elif drafted.advice in _WITHHELD or not _asked(job):
        suggestions.withdraw_rounds(tx, mention.id)
    if not (nothing and _asked(job)):
        mentions.set_advice(tx, mention.id, drafted.advice, drafted.why)


def _asked(job: jobs.Job) -> bool:
    """Tell whether a member asked for ideas, for words that stand as they were."""
    return bool(job.payload.get("asked_by")) and not job.payload.get("changed")


def _note(job: jobs.Job, drafted: Drafted, *, left_alone: bool) -> str | None:
    if left_alone:
        return _LEFT_ALONE
    before = None
    if job.payload.get("changed"):
        before = f"{CHANGED_ON_X} {_FOR_THE_NEW}" if drafted.drafts else CHANGED_ON_X
    elif not drafted.drafts and drafted.advice is None and _asked(job):
        before = _NO_OTHERS
    return " ".join(filter(None, (before, drafted.source_note))) or None


def _honour_opt_out(tx: Transaction, mention: Mention, now: datetime) -> bool:
    """Remember who tells us to leave them alone; tell whether it is so.

    What somebody says to others, and only a keyword caught, is none of ours.
    """
    asks = partial(asks_to_be_left, mention.post.text)
    if mention.lane is not Lane.SEND or not unless_too_long(
        asks, otherwise=False, of=f"mention={mention.id}"
    ):
        return False
    author = mention.post.author
    if opt_outs.opt_out(tx, author.id, post_id=mention.id, at=now):
        log.info("person=%s asked not to be answered", author.id)
    return opt_outs.opted_out(tx, author.id) is not None
