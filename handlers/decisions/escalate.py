"""Escalate: a copy of a card for those in the team's other channel."""

import hashlib
from collections.abc import Callable

from domain import DecisionKind
from errors import GreenroomError
from handlers.decisions.commit import the_mention
from handlers.entry.access import May, Member
from handlers.entry.context import Body, HandlerContext, Press, view_of
from handlers.entry.error_boundary import tell_privately
from handlers.entry.submitting import Submitted, submitting
from storage.inbox import decisions
from storage.queue.enqueue import enqueue_escalated_copy
from views.cards.escalate_modal import WHY_BLOCK, elsewhere_modal, read_elsewhere
from views.talking.private_texts import nowhere_else


def open_elsewhere(ctx: HandlerContext, press: Press, mention_id: str) -> None:
    """Open the window; where no channel is chosen yet, say how one is."""
    channel = ctx.team.settings.escalate_to
    if channel is None or channel == ctx.channel:
        tell_privately(ctx, press.channel, press.member_id, nowhere_else())
        return
    with ctx.db.read() as tx:
        mention = the_mention(tx, mention_id)
        last = decisions.last_decision(tx, mention.id, (DecisionKind.ESCALATE,))
    shown = (last.member_name, last.at) if last is not None else None
    ctx.slack.open_modal(press.trigger_id, elsewhere_modal(mention, channel, shown=shown))


def on_elsewhere(ctx: HandlerContext, may: May) -> Callable[..., None]:
    """Make the listener that has the copy posted, once for each window."""

    def store(member: Member, body: Body) -> Submitted:
        view = view_of(body)
        values = read_elsewhere(view)
        if ctx.team.settings.escalate_to is None:
            raise GreenroomError(nowhere_else(), "")
        with ctx.db.write() as tx:
            mention = the_mention(tx, values.mention_id)
            enqueue_escalated_copy(
                tx,
                mention.id,
                _press(str(view.get("id", ""))),
                member_id=member.id,
                member_name=member.name,
                why=values.why,
                at=ctx.now(),
            )
        return Submitted({})

    return submitting(ctx, store, may=may, field=lambda _: WHY_BLOCK)


def _press(view_id: str) -> str:
    """Name the press by its window: however often it arrives, it is one."""
    return hashlib.sha256(view_id.encode()).hexdigest()[:32]
