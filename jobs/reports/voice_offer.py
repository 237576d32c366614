"""Work a voice out from the account's own best past replies, and offer it to who asked.

Nothing talks like it before somebody takes it; too few good replies are said to be so.
"""

import logging
from datetime import UTC, datetime

from clients.x.client import Page
from domain import ENDED_STATES, OfferOrigin, PastReply, Voice, VoiceOffer
from errors import XError
from jobs.engine.context import Room
from jobs.network.budget import Use, bill_page, x_budget_left
from jobs.network.reserve import Purse, read_pages
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
_OURS = Purse("voice", "voice", Use.LOOKS)
_ANSWERED = Purse("voice:answered", "voice", Use.LOOKS)


def offer_voice(job: jobs.Job, room: Room) -> None:
    """Read what is not known of our past replies, and offer a voice in private."""
    asked_by = str(job.payload["asked_by"])
    with room.db.read() as tx:
        known = voice_offers.past_replies(tx, room.account.id, _MOST_REPLIES)
    unread = "" if len(known) >= _PLENTY else _read_more(room)
    with room.db.write() as tx:
        replies = voice_offers.past_replies(tx, room.account.id, _MOST_REPLIES)
        now = voices.voice(tx)
        offer = _worked_out(replies, now, asked_by, room)
        if offer is not None:
            voice_offers.add_offer(tx, offer)
    message = _no_offer(replies, unread, asked_by) if offer is None else offer_message(offer, now)
    room.slack.whisper(room.channel, asked_by, text=message.text, blocks=message.blocks)
    with room.finishing(job):
        pass


def _worked_out(
    replies: list[PastReply], now: Voice, asked_by: str, room: Room
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
        at=room.now(),
    )


def _no_offer(replies: list[PastReply], unread: str, asked_by: str) -> Message:
    return no_offer(f"{too_few(replies)} {unread}".strip(), asked_by)


def _read_more(room: Room) -> str:
    """Read our own newest posts; return a sentence about what could not be read, or ""."""
    try:
        reading = read_pages(
            room,
            _OURS,
            lambda token, limit: room.x.timeline(room.account, page_token=token, limit=limit),
            price=room.prices.owned_read,
            most_pages=_MOST_PAGES,
            least=LEAST,
        )
    except XError as error:
        log.warning("past replies not read: %s", error.for_person())
        return "X did not answer just now, so no more were read; ask again later."
    if not reading.pages:
        return "Today's budget for X is used up, so no more were read."
    with room.db.write() as tx:
        for page in reading.pages:
            bill_page(tx, room, page, purpose=_OURS.purpose, owned=True, now=room.now())
            _store(tx, page, room)
        reservations.release(tx, _OURS.key)
    _read_answered(room)
    return ""


def _read_answered(room: Room) -> None:
    """Read what our replies answer, as far as half of what is left of the budget pays."""
    now = room.now()
    with room.db.read() as tx:
        left = x_budget_left(tx, room, Use.LOOKS, now)
    since = datetime.min.replace(tzinfo=UTC)
    page = read_answered(room, _ANSWERED, since=since, afford_micro=left // 2)
    if page is not None:
        with room.db.write() as tx:
            store_answered(tx, room, page, _ANSWERED, at=now)


def _store(tx: Transaction, page: Page, room: Room) -> None:
    """Store our posts; those that answer an open mention close it, as the timeline's job does.

    Cards of mentions that ended long ago are left alone: reading far back is no news.
    """
    for post in page.posts:
        posts.save_post(tx, post)
    for post in page.posts:
        mention = mentions.mention(tx, post.in_reply_to_id or "")
        if mention is not None and mention.state not in ENDED_STATES:
            close_answered(tx, post, now=room.now())
