"""Show a mention in the team's other channel, at most once a press, and keep the copy true."""

import logging
from dataclasses import dataclass

from domain import Decision, DecisionKind, Mention, MentionState
from errors import SlackError, SlackNoChannel, SlackUnavailable, SlackUncertain
from jobs.engine.context import JobContext
from jobs.messages.post_once import post_once
from storage.db.database import Transaction
from storage.inbox import decisions, mentions
from storage.queue import jobs
from storage.queue.enqueue import enqueue_card, escalated_key
from storage.slack import messages
from storage.slack.messages import PlacedMessage
from views.blocks.message import Message
from views.cards.escalated_copy import elsewhere_copy
from views.cards.given_back import given_back
from views.talking.private_texts import (
    gone_to_nowhere,
    not_in_channel,
    nowhere_else,
    shared_channel,
    showing_failed,
)

log = logging.getLogger("greenroom.elsewhere")


@dataclass(frozen=True, slots=True)
class Copy:
    """One copy of a card, and the decision that put it there."""

    placed: PlacedMessage
    decision: Decision


def show_elsewhere(job: jobs.Job, ctx: JobContext) -> None:
    """Post the copy that the payload asks for, or tell who asked why it cannot be."""
    channel = ctx.team.settings.escalate_to or ""
    with ctx.db.read() as tx:
        mention = mentions.mention(tx, job.subject or "")
        card = messages.message(tx, f"card:{job.subject}")
    told = _refusal(ctx, mention, channel)
    if mention is None or told is not None:
        _tell(ctx, job, told or gone_to_nowhere())
        with ctx.finishing(job):
            return
    shown = Decision(
        id=str(job.payload["press"]),
        mention_id=mention.id,
        kind=DecisionKind.ESCALATE,
        member_id=str(job.payload["by"]),
        member_name=str(job.payload["name"]),
        at=ctx.now(),
        text=str(job.payload["why"]) or None,
        change=channel,
    )
    try:
        post_once(ctx, job.key, _copy(ctx, mention, shown, card), channel=channel)
    except (SlackUnavailable, SlackUncertain):
        # It is tried again, and looked for first.
        raise
    except SlackError as error:
        log.warning("mention=%s not shown elsewhere: %s", mention.id, error.for_person())
        _tell(ctx, job, showing_failed(channel, error.sentence))
        with ctx.finishing(job):
            return
    with ctx.finishing(job) as tx:
        decisions.record(tx, shown)
        enqueue_card(tx, mention.id, at=ctx.now())


def copies_of(tx: Transaction, mention_id: str) -> list[Copy]:
    """Return the copies of a mention's card that stand in other channels."""
    shown = [d for d in decisions.decisions(tx, mention_id) if d.kind is DecisionKind.ESCALATE]
    placed = [(messages.message(tx, escalated_key(mention_id, each.id)), each) for each in shown]
    return [Copy(message, each) for message, each in placed if message is not None and message.ts]


def render_copies(ctx: JobContext, mention: Mention, copies: list[Copy]) -> None:
    """Keep the copies true: what was answered says so, what is gone from X is gone from them."""
    if not copies:
        return
    with ctx.db.read() as tx:
        card = messages.message(tx, f"card:{mention.id}")
    for copy in copies:
        try:
            post_once(ctx, copy.placed.key, _copy(ctx, mention, copy.decision, card))
        except (SlackUnavailable, SlackUncertain):
            raise
        except SlackError as error:
            # The bot may have left that channel; the card itself is what counts.
            log.warning("mention=%s copy not kept: %s", mention.id, error.for_person())


def _copy(
    ctx: JobContext, mention: Mention, shown: Decision, card: PlacedMessage | None
) -> Message:
    address = ""
    if card is not None and card.ts is not None:
        address = ctx.slack.permalink(card.channel, card.ts)
    return elsewhere_copy(mention, by=shown.member_name, why=shown.text or "", card_url=address)


def _refusal(ctx: JobContext, mention: Mention | None, channel: str) -> str | None:
    """Say why a mention is not shown in a channel, or None when it may be."""
    if not channel:
        return nowhere_else()
    if mention is None or mention.state is MentionState.GONE:
        return gone_to_nowhere()
    try:
        there = ctx.slack.channel(channel)
    except SlackNoChannel:
        return not_in_channel(channel)
    if there.shared:
        return shared_channel(channel)
    return None if there.is_member else not_in_channel(channel)


def _tell(ctx: JobContext, job: jobs.Job, words: str) -> None:
    """Tell who asked why nothing was shown, and give them their reason back."""
    why = str(job.payload["why"])
    told = given_back(words, [why] if why else [])
    try:
        ctx.slack.post_ephemeral(
            ctx.channel, str(job.payload["by"]), text=told.text, blocks=told.blocks
        )
    except SlackError as error:
        log.warning("member=%s was not told: %s", job.payload["by"], error.for_person())
