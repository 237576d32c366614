"""*Other ideas…*: free words that ask for another round of suggestions."""

from collections.abc import Callable

from domain import OPEN_STATES, DecisionKind
from errors import AlreadyDecided
from handlers.decisions.commit import record, the_mention
from handlers.entry.access import May, Member
from handlers.entry.context import Body, HandlerContext, Press, view_of
from handlers.entry.submitting import Submitted, submitting
from storage.inbox import mentions
from storage.queue.enqueue import enqueue_card, enqueue_suggestions
from views.cards.other_ideas_modal import STEER_BLOCK
from views.modals import other_ideas_modal, read_other_ideas
from views.talking.private_texts import moved_on


def open_other_ideas(ctx: HandlerContext, press: Press, _: Member) -> None:
    """Open the window."""
    with ctx.db.read() as tx:
        mention = the_mention(tx, press.mention_id)
    ctx.slack.open_modal(press.trigger_id, other_ideas_modal(mention, model_on=ctx.model_on))


def on_submit(ctx: HandlerContext, may: May) -> Callable[..., None]:
    """Make the listener for the submitted window."""

    def store(member: Member, body: Body) -> Submitted:
        values = read_other_ideas(view_of(body))
        steer(ctx, member, values.mention_id, values.steer)
        return Submitted({})

    return submitting(ctx, store, may=may, field=lambda _: STEER_BLOCK)


def steer(ctx: HandlerContext, member: Member, mention_id: str, words: str) -> None:
    """Record the words and have another round drafted."""
    now = ctx.now()
    with ctx.db.write() as tx:
        mention = the_mention(tx, mention_id)
        if mention.state not in OPEN_STATES:
            raise AlreadyDecided(moved_on())
        record(tx, mention.id, DecisionKind.STEER, member, at=now, text=words)
        mentions.set_note(tx, mention.id, f"{member.name} asked for other ideas; they are coming.")
        enqueue_suggestions(
            tx,
            mention.id,
            at=now,
            steer=words or None,
            asked_by=member.name,
            asked_id=member.id,
        )
        enqueue_card(tx, mention.id, at=now)
