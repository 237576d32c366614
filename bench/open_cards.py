"""A channel full of open cards, rendered and placed by Greenroom's own code without its work."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

from commands.wiring import Greenroom
from domain import Draft, Lane, Mention, MentionKind, MentionState, Person, Post, Source
from sandbox.room import PracticeRoom
from settings import read_settings
from storage import mentions, suggestions
from storage.card_facts import card_facts
from storage.database import Transaction
from tests.stage import practice_settings
from views.card import card
from work.card import card_key
from work.placing import place
from work.room import Room
from work.start import MENTIONS_WATCH, seed_watches
from work.x_ids import id_at

_POSTERS = 4


def fill_channel(practice: PracticeRoom, folder: Path, count: int) -> None:
    """Store so many waiting mentions with three suggestions each, and post their cards."""
    greenroom = Greenroom(read_settings(practice_settings(practice, folder)))
    try:
        room = greenroom.open()
        with room.db.write() as tx:
            seed_watches(tx, ())
            ids = [_waiting_mention(tx, room, number) for number in range(count)]
        with ThreadPoolExecutor(_POSTERS) as posters:
            list(posters.map(lambda mention_id: _place_card(room, mention_id), ids))
    finally:
        greenroom.stop()


def _place_card(room: Room, mention_id: str) -> None:
    with room.db.read() as tx:
        facts = card_facts(tx, mention_id)
    assert facts is not None
    place(room, card_key(mention_id), card(facts, now=room.now()))


def _waiting_mention(tx: Transaction, room: Room, number: int) -> str:
    """Store one as if it had been caught, drafted and shown some time in the last day."""
    at = room.now() - timedelta(minutes=number + 1)
    author = Person(id=str(900_000 + number), handle=f"guest{number}", name=f"Guest {number}")
    post = Post(
        id=id_at(at),
        text=f"@{room.account.handle} are you open on Sunday? I ask for {number + 2} people.",
        author=author,
        created_at=at,
        mentioned_ids=(room.account.id,),
    )
    mention = Mention(
        id=post.id,
        post=post,
        kind=MentionKind.MENTION,
        watch_id=MENTIONS_WATCH,
        watch_label="Mentions",
        state=MentionState.NEW,
        lane=Lane.SEND,
        caught_at=at,
        changed_at=at,
    )
    assert mentions.catch(tx, mention)
    drafts = [
        (Draft(text=f"We are open from {hour} on Sunday, see you!", source=Source.PLAYBOOK), ())
        for hour in (8, 9, 10)
    ]
    suggestions.add_round(tx, mention.id, drafts, at)
    for state in (MentionState.DRAFTING, MentionState.WAITING):
        mentions.move(tx, mention.id, to=state, at=at)
    return mention.id
