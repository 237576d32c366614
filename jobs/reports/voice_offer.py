"""Work a voice out from the account's own best past replies, and offer it to who asked.

Nothing talks like it before somebody takes it; too few good replies are said to be so.
"""

import logging
from datetime import UTC, datetime

from clients.x.client import Page
from domain import ENDED_STATES, OfferOrigin, PastReply, Voice, VoiceOffer
from errors import XError
from jobs.engine.context import JobContext
from jobs.network.budget import Use, bill_page, x_budget_left
from jobs.network.reserve import SpendKey, read_pages
from jobs.upkeep.answered_posts import read_answered, store_answered
from jobs.upkeep.timeline import LEAST, close_answered
from replies.voice.from_past import too_few, voice_from_past
from storage.db.database import Transaction
from storage.db.ids import new_id
from storage.inbox import mentions
from storage.money import reservations
from storage.posts import posts
from storage.queue import jobs
from storage.voice import voice_offers, voices
from views.blocks.message import Message
from views.voice.voice_offer import no_offer, offer_message

log = logging.getLogger("greenroom.voice_offer")

#: Our own posts cost a tenth of a cent each: three pages are 30 cents at most.
_MOST_PAGES = 3
#: With so many of our replies stored, X is not asked for more.
_PLENTY = 200
_MOST_REPLIES = 300
_OURS = SpendKey("voice", "voice", Use.LOOKS)
_ANSWERED = SpendKey("voice:answered", "voice", Use.LOOKS)


def offer_voice(job: jobs.Job, ctx: JobContext) -> None:
    """Read what is not known of our past replies, and offer a voice in private."""
    asked_by = str(job.payload["asked_by"])
    with ctx.db.read() as tx:
        known = voice_offers.past_replies(tx, ctx.account.id, _MOST_REPLIES)
    unread = "" if len(known) >= _PLENTY else _read_more(ctx)
    with ctx.db.write() as tx:
        replies = voice_offers.past_replies(tx, ctx.account.id, _MOST_REPLIES)
        now = voices.voice(tx)
        offer = _worked_out(replies, now, asked_by, ctx)
        if offer is not None:
            voice_offers.add_offer(tx, offer)
    message = _no_offer(replies, unread, asked_by) if offer is None else offer_message(offer, now)
    ctx.slack.post_ephemeral(ctx.channel, asked_by, text=message.text, blocks=message.blocks)
    with ctx.finishing(job):
        pass


def _worked_out(
    replies: list[PastReply], now: Voice, asked_by: str, ctx: JobContext
) -> VoiceOffer | None:
    found = voice_from_past(replies, now)
    if found is None:
        return None
    return VoiceOffer(
        id=new_id(),
        origin=OfferOrigin.PAST_REPLIES,
        voice=found.voice,
        evidence=found.evidence,
        asked_by=asked_by,
        at=ctx.now(),
    )


def _no_offer(replies: list[PastReply], unread: str, asked_by: str) -> Message:
    return no_offer(f"{too_few(replies)} {unread}".strip(), asked_by)


def _read_more(ctx: JobContext) -> str:
    """Read our own newest posts; return a sentence about what could not be read, or ""."""
    try:
        reading = read_pages(
            ctx,
            _OURS,
            lambda token, limit: ctx.x.timeline(ctx.account, page_token=token, limit=limit),
            price=ctx.prices.owned_read,
            most_pages=_MOST_PAGES,
            least=LEAST,
        )
    except XError as error:
        log.warning("past replies not read: %s", error.for_person())
        return "X did not answer just now, so no more were read; ask again later."
    if not reading.pages:
        return "Today's budget for X is used up, so no more were read."
    with ctx.db.write() as tx:
        for page in reading.pages:
            bill_page(tx, ctx, page, purpose=_OURS.purpose, owned=True, now=ctx.now())
            _store(tx, page, ctx)
        reservations.release(tx, _OURS.key)
    _read_answered(ctx)
    return ""


def _read_answered(ctx: JobContext) -> None:
    """Read what our replies answer, as far as half of what is left of the budget pays."""
    now = ctx.now()
    with ctx.db.read() as tx:
        left = x_budget_left(tx, ctx, Use.LOOKS, now)
    since = datetime.min.replace(tzinfo=UTC)
    page = read_answered(ctx, _ANSWERED, since=since, afford_micro=left // 2)
    if page is not None:
        with ctx.db.write() as tx:
            store_answered(tx, ctx, page, _ANSWERED, at=now)


def _store(tx: Transaction, page: Page, ctx: JobContext) -> None:
    """Store our posts; those that answer an open mention close it, as the timeline's job does.

    Cards of mentions that ended long ago are left alone: reading far back is no news.
    """
    for post in page.posts:
        posts.save_post(tx, post)
    for post in page.posts:
        mention = mentions.mention(tx, post.in_reply_to_id or "")
        if mention is not None and mention.state not in ENDED_STATES:
            close_answered(tx, post, now=ctx.now())
