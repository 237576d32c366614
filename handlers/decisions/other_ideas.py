"""*Other ideas…*: free words that ask for another round of suggestions."""

from collections.abc import Callable

from domain import OPEN_STATES, DecisionKind
from errors import AlreadyDecided
from handlers.decisions.commit import record, the_mention
from handlers.entry.access import May, Member
from handlers.entry.context import Body, Desk, Press, view_of
from handlers.entry.submitting import Answer, submitting
from storage.inbox import mentions
from storage.queue.enqueue import ask_card, ask_suggestions
from views.cards.other_ideas_modal import STEER_BLOCK
from views.modals import other_ideas_modal, read_other_ideas
from views.talking.private_texts import moved_on


def open_other_ideas(desk: Desk, press: Press, _: Member) -> None:
    """Open the window."""
    with desk.db.read() as tx:
        mention = the_mention(tx, press.mention_id)
    desk.slack.open_modal(press.trigger_id, other_ideas_modal(mention, model_on=desk.model_on))


def on_submit(desk: Desk, may: May) -> Callable[..., None]:
    """Make the listener for the submitted window."""

    def store(member: Member, body: Body) -> Answer:
        values = read_other_ideas(view_of(body))
        steer(desk, member, values.mention_id, values.steer)
        return Answer({})

    return submitting(desk, store, may=may, field=lambda _: STEER_BLOCK)


def steer(desk: Desk, member: Member, mention_id: str, words: str) -> None:
    """Record the words and have another round drafted."""
    now = desk.now()
    with desk.db.write() as tx:
        mention = the_mention(tx, mention_id)
        if mention.state not in OPEN_STATES:
            raise AlreadyDecided(moved_on())
        record(tx, mention.id, DecisionKind.STEER, member, at=now, text=words)
        mentions.set_note(tx, mention.id, f"{member.name} asked for other ideas; they are coming.")
        ask_suggestions(
            tx,
            mention.id,
            at=now,
            steer=words or None,
            asked_by=member.name,
            asked_id=member.id,
        )
        ask_card(tx, mention.id, at=now)
