"""Voices that are offered: the interview, our past replies; taken, changed or left by a person."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from domain import JobKind, OfferOrigin, OfferState, Voice, VoiceOffer
from errors import AlreadyDecided, GreenroomError
from handlers.entry.access import May, Member
from handlers.entry.context import Body, HandlerContext, Press, view_of
from handlers.entry.error_boundary import tell_privately
from handlers.entry.submitting import Submitted, at_fields, shown_instead, submitting
from handlers.voice import voice as our_voice
from replies.checks.check_names import silenceable
from replies.voice.changes import merge_voices, voice_change
from replies.voice.from_answers import Answers, voice_from_answers
from storage.db.database import Transaction
from storage.db.ids import new_id
from storage.queue.enqueue import enqueue
from storage.voice import voice_offers, voices
from views.modals import FIRST_BLOCK, interview_errors, interview_modal, read_interview, voice_modal
from views.talking.private_texts import (
    left_voice,
    offer_settled,
    reading_past,
    saved_voice,
    voice_unchanged,
)
from views.voice.voice_offer import offer_modal, settled_modal

_ORIGIN_WORDS = {
    OfferOrigin.INTERVIEW: "took the voice made of six answers",
    OfferOrigin.PAST_REPLIES: "took the voice made of our past replies",
}


def open_interview(ctx: HandlerContext, press: Press, _: Member) -> None:
    """Open the six questions."""
    ctx.slack.open_modal(press.trigger_id, interview_modal())


def on_interview(ctx: HandlerContext, may: May) -> Callable[..., None]:
    """Make the listener that works a voice out of the answers and offers it."""
    return submitting(
        ctx,
        lambda member, body: _offer(ctx, member, body),
        may=may,
        field=lambda _: FIRST_BLOCK,
    )


def ask_past_replies(ctx: HandlerContext, press: Press, member: Member) -> None:
    """Have a voice worked out from our own past replies."""
    with ctx.db.write() as tx:
        enqueue(tx, JobKind.VOICE_OFFER, at=ctx.now(), payload={"asked_by": member.id})
    tell_privately(ctx, press.channel, member.id, reading_past(ctx.account_handle))


def look(ctx: HandlerContext, press: Press, _: Member) -> None:
    """Open the window with an offered voice."""
    with ctx.db.read() as tx:
        offer = _still_open(tx, press.value)
        now = voices.voice(tx)
    ctx.slack.open_modal(press.trigger_id, offer_modal(offer, now))


def take(ctx: HandlerContext, press: Press, member: Member) -> None:
    """Make the offered voice ours."""
    with ctx.db.write() as tx:
        offer = _still_open(tx, press.value)
        now = voices.voice(tx)
        taken = _on_top_of(tx, offer, now)
        changed = voice_change(now, taken)
        version = 0
        if changed:
            said = f"{_ORIGIN_WORDS[offer.origin]}: {changed}"
            version = our_voice.store(
                tx, taken, member, changed=said, ctx=ctx, also_by=offer.written_by
            )
        voice_offers.decide_offer(
            tx, offer.id, to=OfferState.TAKEN, member_id=member.id, at=ctx.now()
        )
    _settle(ctx, press, saved_voice(version, changed) if changed else voice_unchanged())


def change(ctx: HandlerContext, press: Press, _: Member) -> None:
    """Open the voice's window filled with the offer; it is taken when that is saved."""
    with ctx.db.read() as tx:
        offer = _still_open(tx, press.value)
        filled = _on_top_of(tx, offer, voices.voice(tx))
    view = voice_modal(filled, checks=silenceable(), offer_id=offer.id, draft=new_id()[-8:])
    if press.view_id:
        ctx.slack.update_modal(press.view_id, view)
    else:
        ctx.slack.open_modal(press.trigger_id, view)


def leave(ctx: HandlerContext, press: Press, member: Member) -> None:
    """Leave the offer; the voice stays as it is."""
    with ctx.db.write() as tx:
        offer = _still_open(tx, press.value)
        voice_offers.decide_offer(
            tx, offer.id, to=OfferState.LEFT, member_id=member.id, at=ctx.now()
        )
    _settle(ctx, press, left_voice())


def _offer(ctx: HandlerContext, member: Member, body: Body) -> Submitted:
    values = read_interview(view_of(body))
    if errors := interview_errors(values):
        return at_fields(errors)
    answers = Answers(**_parts(values))
    with ctx.db.write() as tx:
        now = voices.voice(tx)
        voice, evidence = voice_from_answers(answers, now)
        offer = VoiceOffer(new_id(), OfferOrigin.INTERVIEW, voice, evidence, member.id, ctx.now())
        voice_offers.add_offer(tx, offer)
    return shown_instead(offer_modal(offer, now))


def _parts(values: Any) -> dict[str, str]:
    return {name: str(words) for name, words in asdict(values).items()}


def _still_open(tx: Transaction, offer_id: str) -> VoiceOffer:
    """Return the offer that a button belongs to.

    Raises:
        AlreadyDecided: somebody took or left it, or a newer one came.
        GreenroomError: there is none.
    """
    offer = voice_offers.offer(tx, offer_id)
    if offer is None:
        raise GreenroomError("Greenroom does not know that voice any more.", "Nothing was done.")
    if offer.state is not OfferState.OPEN:
        raise AlreadyDecided(offer_settled(offer.state, offer.decided_by))
    return offer


def _on_top_of(tx: Transaction, offer: VoiceOffer, now: Voice) -> Voice:
    """Return the offered voice with what was changed in ours since it was worked out."""
    base = our_voice.version_or_empty(tx, offer.voice.version)
    merged, _ = merge_voices(base, now, offer.voice)
    return merged


def _settle(ctx: HandlerContext, press: Press, sentence: str) -> None:
    if press.view_id:
        ctx.slack.update_modal(press.view_id, settled_modal(sentence))
    else:
        tell_privately(ctx, press.channel, press.member_id, sentence)
