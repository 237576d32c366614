"""Render one mention's card from what is stored, and put it into the channel."""

import logging
from dataclasses import replace

from domain import CardFacts, MentionState
from errors import SlackRefusedBlocks
from storage import jobs
from storage.card_facts import card_facts
from views.card import card
from work.placing import place
from work.room import Room

log = logging.getLogger("greenroom.card")

_NO_CARD_YET = (MentionState.NEW, MentionState.DRAFTING, MentionState.SET_ASIDE)


def _place(room: Room, facts: CardFacts) -> None:
    key = card_key(facts.mention.id)
    try:
        place(room, key, card(facts, now=room.now()))
    except SlackRefusedBlocks as refusal:
        # Slack refuses a whole message when it cannot fetch one picture.
        log.warning("mention=%s card without picture: %s", facts.mention.id, refusal.for_person())
        place(room, key, card(facts, now=room.now(), pictures=False))


def card_key(mention_id: str) -> str:
    """Return the key of a mention's card among our messages."""
    return f"card:{mention_id}"


def render_card(job: jobs.Job, room: Room) -> None:
    """Post or update the card; a mention that has none yet gets its card when it waits."""
    mention_id = job.subject or ""
    with room.db.read() as tx:
        facts = card_facts(tx, mention_id)
    if facts is not None and facts.mention.state not in _NO_CARD_YET:
        facts = replace(facts, model_on=room.model is not None)
        _place(room, facts)
    with room.finishing(job):
        pass
