"""Read the post that a member brought by its link, and have its card made."""

import logging

from clients.x.client import Page
from clients.x.reply_rule import decide_lane
from domain import JobKind, Mention, MentionKind, MentionState, Post
from errors import XError, XUnavailable
from jobs.engine.context import JobContext
from jobs.messages.answer_privately import answer_privately
from jobs.network.budget import BudgetReached, bill_page
from jobs.network.reserve import SpendKey, read_by_ids
from jobs.upkeep.profiles import keep_people
from storage.db.database import Transaction
from storage.inbox import filtered, mentions
from storage.money import reservations
from storage.posts import opt_outs
from storage.posts.redact_on_save import without_erased
from storage.queue import jobs
from storage.queue.enqueue import enqueue, enqueue_filtered_list, enqueue_suggestions
from storage.slack import messages
from views.blocks.message import Message
from views.listening import post_by_link as words
from views.talking.private_texts import wants_no_answer

log = logging.getLogger("greenroom.shortcut")

#: What stands in the place of a watch's id.
BROUGHT = "brought"


def bring_post(job: jobs.Job, ctx: JobContext) -> None:
    """Bring one post onto the table, and tell who asked; the payload names them."""
    with ctx.db.read() as tx:
        known = mentions.mention(tx, job.subject or "")
    if known is not None:
        told = _known(ctx, known, str(job.payload["name"]))
    else:
        told = _read(ctx, job.subject or "", str(job.payload["name"]))
    answer_privately(ctx, job.payload.get("channel"), str(job.payload["member"]), told)
    with ctx.finishing(job):
        pass


def _known(ctx: JobContext, mention: Mention, by: str) -> Message:
    """Lead to the card; what was set aside or folded away gets one now."""
    now = ctx.now()
    with ctx.db.write() as tx:
        aside = mention.state is MentionState.SET_ASIDE and mentions.move(
            tx, mention.id, to=MentionState.NEW, at=now, before={MentionState.SET_ASIDE}
        )
        if aside:
            day_hour = filtered.bring_back(tx, mention.id, by=by, at=now)
            if day_hour is not None:
                enqueue_filtered_list(tx, day_hour, at=now)
        if aside or (mention.folded and mentions.unfold_one(tx, mention.id)):
            enqueue_suggestions(tx, mention.id, at=now)
            enqueue(tx, JobKind.FOLD_LINE, at=now)
            return words.brought_back()
        card = messages.cards(tx, [mention.id]).get(mention.id)
    url = ctx.slack.link_to(card.channel, card.ts) if card is not None and card.ts else ""
    return words.there_already(url, mention.state.replace("_", " "))


def _read(ctx: JobContext, post_id: str, by: str) -> Message:
    purse = SpendKey(f"shortcut:{post_id}", "shortcut")
    try:
        page = read_by_ids(ctx, purse, [post_id], with_people=True)
    except XError as error:
        log.warning("post=%s not read: %s", post_id, error.for_person())
        return words.not_read(error.sentence, error.advice)
    if page is None:
        used_up = BudgetReached("Today's budget for X is as good as used up.")
        return words.not_read(used_up.sentence, used_up.advice)
    return _store(ctx, page, purse, by)


def _store(ctx: JobContext, page: Page, purse: SpendKey, by: str) -> Message:
    now = ctx.now()
    found = next(iter(page.posts), None)
    with ctx.db.write() as tx:
        keep_people(tx, page, at=now)
        bill_page(tx, ctx, page, purpose=purse.purpose, owned=False, now=now)
        reservations.release(tx, purse.key)
        if found is None and page.torn:
            unreadable = XUnavailable("X's answer about the post cannot be read.")
            return words.not_read(unreadable.sentence, unreadable.advice)
        if found is None:
            return words.gone()
        if found.author.id == ctx.account.id:
            return words.our_own()
        if opt_outs.opted_out(tx, found.author.id) is not None:
            return words.wants_none(wants_no_answer(found.author.handle))
        found = without_erased(tx, found)
        if not _is_here(tx, ctx, found, by):
            return words.forgotten()
    return words.brought(found)


def _is_here(tx: Transaction, ctx: JobContext, post: Post, by: str) -> bool:
    """Catch the post; False where its author was forgotten after it was written."""
    now = ctx.now()
    caught = Mention(
        id=post.id,
        post=post,
        kind=MentionKind.BROUGHT,
        watch_id=BROUGHT,
        watch_label=by,
        state=MentionState.NEW,
        lane=decide_lane(post, ctx.account.id),
        caught_at=now,
        changed_at=now,
    )
    if mentions.catch(tx, caught):
        enqueue_suggestions(tx, post.id, at=now)
        return True
    # A poll may have caught it meanwhile.
    return mentions.mention(tx, post.id) is not None
