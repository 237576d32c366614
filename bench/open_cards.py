"""A channel full of open cards, rendered and placed by Greenroom's own code without its work."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

from commands.wiring.greenroom import Greenroom
from domain import Draft, Lane, Mention, MentionKind, MentionState, Person, Post, Source
from jobs.cards.card import card_key
from jobs.engine.context import JobContext
from jobs.messages.post_once import post_once
from jobs.start import MENTIONS_WATCH, seed_watches
from sandbox.room import PracticeRoom
from settings import read_settings
from storage.db.database import Transaction
from storage.inbox import mentions, suggestions
from storage.inbox.card_facts import card_facts
from tests.stage import practice_settings
from views.cards.card import card

_POSTERS = 4


def fill_channel(practice: PracticeRoom, folder: Path, count: int) -> None:
    """Store so many waiting mentions with three suggestions each, and post their cards."""
    greenroom = Greenroom(read_settings(practice_settings(practice, folder)))
    try:
        room = greenroom.open()
        with room.db.write() as tx:
            seed_watches(tx, ())
            ids = [_waiting_mention(tx, practice, room, number) for number in range(count)]
        with ThreadPoolExecutor(_POSTERS) as posters:
            list(posters.map(lambda mention_id: _place_card(room, mention_id), ids))
    finally:
        greenroom.stop()


def _place_card(room: JobContext, mention_id: str) -> None:
    with room.db.read() as tx:
        facts = card_facts(tx, mention_id)
    assert facts is not None
    post_once(room, card_key(mention_id), card(facts, now=room.now()))


def _waiting_mention(tx: Transaction, practice: PracticeRoom, room: JobContext, number: int) -> str:
    """Store one as if it had been caught, drafted and shown some time in the last day."""
    at = room.now() - timedelta(minutes=number + 1)
    asked = f"are you open on Sunday? I ask for {number + 2} people."
    mention_id = catch(tx, practice, f"guest{number}", asked, at)
    # X refuses a text that it had already.
    drafts = [
        (Draft(text=f"All {number + 2} of you, from {hour}!", source=Source.PLAYBOOK), ())
        for hour in (8, 9, 10)
    ]
    suggestions.add_round(tx, mention_id, drafts, at)
    for state in (MentionState.DRAFTING, MentionState.WAITING):
        mentions.move(tx, mention_id, to=state, at=at)
    return mention_id


def catch(tx: Transaction, practice: PracticeRoom, handle: str, asked: str, at: datetime) -> str:
    """Write a post on X that names the account, and store it as a poll would; return its id.

    What is looked at again and is not on X would count as gone.
    """
    made = practice.x.add_post(handle, f"{practice.account} {asked}", created_at=at)
    author = Person(made.author_id, handle, handle.title())
    about = (practice.x.account.id,)
    mention = Mention(
        id=made.id,
        post=Post(made.id, made.text, author, at, mentioned_ids=about),
        kind=MentionKind.MENTION,
        watch_id=MENTIONS_WATCH,
        watch_label="Mentions",
        state=MentionState.NEW,
        lane=Lane.SEND,
        caught_at=at,
        changed_at=at,
    )
    assert mentions.catch(tx, mention)
    return made.id
