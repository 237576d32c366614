"""Render one mention's card from what is stored, and put it into the channel."""

import logging
from dataclasses import replace

from domain import CardFacts, JobKind, MentionState
from errors import SlackRefusedBlocks
from jobs.cards.escalate_copy import copies_of, render_copies
from jobs.cards.thread_answers import render_thread_answers
from jobs.engine.context import JobContext
from jobs.messages.post_once import post_once
from jobs.messages.quiet_hours import may_wait, quiet_end, still_calls
from storage.db.restored import unknown_since
from storage.inbox.card_facts import card_facts
from storage.queue import jobs
from storage.queue.enqueue import enqueue
from storage.slack import messages
from storage.slack.held_cards import hold_card
from views.cards.card import card

log = logging.getLogger("greenroom.card")

_NO_CARD_YET = (MentionState.NEW, MentionState.DRAFTING, MentionState.SET_ASIDE)


def card_key(mention_id: str) -> str:
    """Return the key of a mention's card among our messages."""
    return f"card:{mention_id}"


def render_card(job: jobs.Job, ctx: JobContext) -> None:
    """Post or update the card; a mention that has none yet gets its card when it waits.

    In quiet hours a new card waits for their end; those that are there go on changing.
    """
    mention_id = job.subject or ""
    with ctx.db.read() as tx:
        facts = card_facts(tx, mention_id)
        placed = messages.message(tx, card_key(mention_id))
        copies = copies_of(tx, mention_id) if facts and facts.escalated else []
    if facts is not None and facts.mention.state not in _NO_CARD_YET:
        new = (placed is None or placed.attempted_at is None) and not _stands_unknown(ctx, facts)
        if new and may_wait(facts) and not still_calls(facts):
            # It ended by itself before anybody saw it: there is nothing left to call about.
            with ctx.finishing(job):
                return
        ends = quiet_end(ctx) if new and may_wait(facts) else None
        if ends is not None:
            with ctx.finishing(job) as tx:
                # What ended by itself meanwhile is held too, and let go without a card.
                hold_card(tx, mention_id, at=ctx.now())
                enqueue(tx, JobKind.HELD_CARDS, at=ends)
            return
        _place(ctx, facts)
        if new:
            log.info("mention=%s step=shown", mention_id)
        render_copies(ctx, facts.mention, copies)
        if facts.mention.state is not MentionState.GONE:
            # Below a card whose post is gone everything of ours is taken away.
            render_thread_answers(ctx, facts)
    with ctx.finishing(job):
        pass


def _stands_unknown(ctx: JobContext, facts: CardFacts) -> bool:
    """Tell whether a card stands in Slack of which a restored database does not know."""
    with ctx.db.read() as tx:
        since = unknown_since(tx, ctx.now())
    if since is None:
        return False
    key = card_key(facts.mention.id)
    return ctx.slack.find(ctx.channel, key=key, since=ctx.looked_for_since(since)) is not None


def _place(ctx: JobContext, facts: CardFacts) -> None:
    facts = replace(
        facts,
        model_on=ctx.model is not None,
        second_approver=ctx.team.settings.second_approver,
    )
    key = card_key(facts.mention.id)
    try:
        post_once(ctx, key, card(facts, now=ctx.now()))
    except SlackRefusedBlocks as refusal:
        # Slack refuses a whole message when it cannot fetch one picture.
        log.warning("mention=%s card without picture: %s", facts.mention.id, refusal.for_person())
        post_once(ctx, key, card(facts, now=ctx.now(), pictures=False))
