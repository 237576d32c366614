"""How we talk: its page, its window, and the versions before."""

from collections.abc import Callable, Collection
from datetime import date

import patterns as re
from domain import OfferState, SavedVoice, Voice
from errors import GreenroomError
from handlers.entry.access import May, Member
from handlers.entry.context import HandlerContext, Press, view_of
from handlers.entry.error_boundary import tell_privately
from handlers.entry.submitting import Submitted, at_fields, shown_instead, submitting
from replies.checks.check_names import silenceable
from replies.voice.changes import merge_voices, voice_change
from storage.db.database import Transaction
from storage.db.ids import new_id
from storage.voice import voice_offers, voices
from views.blocks.message import Message
from views.modals import (
    VoiceValues,
    history_modal,
    meanwhile_notes,
    read_voice,
    voice_modal,
    voice_of,
)
from views.talking.private_texts import saved_voice, voice_unchanged
from views.voice.voice_history import SHOWN
from views.voice.voice_page import voice_page

_VERSION = re.compile(r"[0-9]{1,9}")


def page(ctx: HandlerContext) -> Message:
    """Return the voice's page as it stands."""
    with ctx.db.read() as tx:
        saved = voices.saved_voice(tx)
        offers = voice_offers.open_offers(tx)
    return voice_page(saved, today=today(ctx), offers=offers)


def open_voice(ctx: HandlerContext, press: Press, _: Member) -> None:
    """Open the window about how we talk."""
    with ctx.db.read() as tx:
        now = voices.voice(tx)
    ctx.slack.open_modal(press.trigger_id, voice_modal(now, checks=silenceable()))


def open_history(ctx: HandlerContext, press: Press, _: Member) -> None:
    """Open the window with the last versions."""
    with ctx.db.read() as tx:
        versions = voices.voice_history(tx, SHOWN)
    if not versions:
        raise GreenroomError("There is no history yet.", "Nobody has said how we talk so far.")
    ctx.slack.open_modal(press.trigger_id, history_modal(versions))


def bring_back(ctx: HandlerContext, press: Press, member: Member) -> None:
    """Save an earlier version as a new one."""
    with ctx.db.write() as tx:
        known = _VERSION.fullmatch(press.value) is not None
        wanted = voices.saved_voice(tx, int(press.value)) if known else None
        if wanted is None:
            raise GreenroomError("Greenroom does not know that version.", "Nothing was changed.")
        now = voices.voice(tx)
        changed = voice_change(now, wanted.voice)
        if changed:
            said = f"brought back version {wanted.voice.version}"
            store(tx, wanted.voice, member, changed=said, ctx=ctx)
        versions = voices.voice_history(tx, SHOWN)
    if press.view_id:
        ctx.slack.update_modal(press.view_id, history_modal(versions))
    newest = versions[0]
    told = saved_voice(newest.voice.version, newest.changed) if changed else voice_unchanged()
    tell_privately(ctx, press.channel, press.member_id, told)


def on_voice(ctx: HandlerContext, may: May) -> Callable[..., None]:
    """Make the listener that stores a new version of the voice."""
    return submitting(
        ctx,
        lambda member, body: _save(ctx, member, read_voice(view_of(body))),
        may=may,
        field=lambda body: read_voice(view_of(body)).block("who"),
    )


def today(ctx: HandlerContext) -> date:
    """Return the day at the business."""
    return ctx.now().astimezone(ctx.timezone).date()


def store(
    tx: Transaction,
    voice: Voice,
    member: Member,
    *,
    changed: str,
    ctx: HandlerContext,
    also_by: Collection[str] = (),
) -> int:
    """Save a version with who and what; return its number. `also_by` wrote words of it, too."""
    return voices.save_voice(
        tx,
        voice,
        member_id=member.id,
        member_name=member.name,
        changed=changed,
        at=ctx.now(),
        also_by=also_by,
    )


def version_or_empty(tx: Transaction, version: int) -> Voice:
    """Return a version of the voice; the empty one where nobody had said anything."""
    saved = voices.saved_voice(tx, version)
    return saved.voice if saved else Voice()


def _save(ctx: HandlerContext, member: Member, values: VoiceValues) -> Submitted:
    with ctx.db.write() as tx:
        newest = voices.saved_voice(tx)
        base = version_or_empty(tx, values.version)
        mine, errors = voice_of(values, base, today=today(ctx))
        if errors:
            return at_fields(errors)
        if newest is not None and newest.voice.version != base.version:
            return _both(base, newest, mine, member, values)
        changed = voice_change(base, mine)
        offer = voice_offers.offer(tx, values.offer_id) if values.offer_id else None
        also = offer.written_by if offer else ()
        version = store(tx, mine, member, changed=changed, ctx=ctx, also_by=also) if changed else 0
        if values.offer_id:
            voice_offers.decide_offer(
                tx, values.offer_id, to=OfferState.TAKEN, member_id=member.id, at=ctx.now()
            )
    return Submitted({}, saved_voice(version, changed) if changed else voice_unchanged())


def _both(
    base: Voice, newest: SavedVoice, mine: Voice, member: Member, values: VoiceValues
) -> Submitted:
    """Show the window again with what somebody else saved meanwhile and what was written here."""
    merged, differing = merge_voices(base, newest.voice, mine)
    same = newest.member_id == member.id
    name = f"{member.name}, in another window," if same else newest.member_name or "Somebody"
    return shown_instead(
        voice_modal(
            merged,
            checks=silenceable(),
            # A new key: Slack would go on showing what was typed.
            draft=new_id()[-8:],
            offer_id=values.offer_id,
            notes=meanwhile_notes(name, newest.changed, newest.voice, differing),
        )
    )
