"""*Other ideas…*: free words that ask for another round of suggestions."""

from collections.abc import Callable
from typing import Any

from domain import OPEN_STATES, DecisionKind
from errors import AlreadyDecided
from handlers.access import Member
from handlers.boundary import guarded
from handlers.deciding import record, the_mention
from handlers.desk import Body, Desk, Press
from storage import mentions
from storage.due_work import ask_card, ask_suggestions
from views.modals import other_ideas_modal, read_other_ideas
from views.private_words import moved_on


def open_other_ideas(desk: Desk, press: Press, _: Member) -> None:
    """Open the window."""
    with desk.db.read() as tx:
        mention = the_mention(tx, press.mention_id)
    desk.slack.open_modal(press.trigger_id, other_ideas_modal(mention, model_on=desk.model_on))


def on_submit(desk: Desk) -> Callable[..., None]:
    """Make the listener for the submitted window."""

    def listener(ack: Callable[..., Any], body: Body) -> None:
        ack()
        member_id = str(body["user"]["id"])
        values = read_other_ideas(body["view"])
        guarded(
            desk, None, member_id, lambda: steer(desk, member_id, values.mention_id, values.steer)
        )

    return listener


def steer(desk: Desk, member_id: str, mention_id: str, words: str) -> None:
    """Record the words and have another round drafted."""
    member = desk.access.member_who_may_decide(member_id)
    now = desk.now()
    with desk.db.write() as tx:
        mention = the_mention(tx, mention_id)
        if mention.state not in OPEN_STATES:
            raise AlreadyDecided(moved_on())
        record(tx, mention.id, DecisionKind.STEER, member, at=now, text=words)
        mentions.set_note(tx, mention.id, f"{member.name} asked for other ideas; they are coming.")
        ask_suggestions(tx, mention.id, at=now, steer=words or None, asked_by=member.name)
        ask_card(tx, mention.id, at=now)
