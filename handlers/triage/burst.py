"""A pile-on: see all that is in it, bring one back as a card of its own, or let them be."""

from domain import JobKind, Pile
from errors import AlreadyDecided, GreenroomError
from handlers.entry.access import Member
from handlers.entry.context import HandlerContext, Press
from handlers.triage.filtered import bring_aside_back
from storage.inbox import bursts
from storage.queue.enqueue import enqueue
from storage.queue.enqueue_answers import enqueue_burst_names
from views.triage.burst import LISTED, let_be_already, pile_modal


def show(ctx: HandlerContext, press: Press, _: Member) -> None:
    """Open the window with what is kept in a pile; who is not known by name is looked up."""
    found = _pile(ctx, press.value)
    view_id = ctx.slack.open_modal(press.trigger_id, pile_modal(found))
    if not all(mention.post.author.seen for mention in found.newest):
        with ctx.db.write() as tx:
            enqueue_burst_names(tx, found.id, view_id, at=ctx.now())


def bring_back(ctx: HandlerContext, press: Press, member: Member) -> None:
    """Give one of a pile a card of its own."""
    bring_aside_back(ctx, press, member)
    with ctx.db.write() as tx:
        pile_id = bursts.burst_of(tx, press.mention_id)
        if pile_id is not None:
            enqueue(tx, JobKind.PILE, pile_id, at=ctx.now())
    if pile_id is not None and press.view_id:
        ctx.slack.update_modal(press.view_id, pile_modal(_pile(ctx, pile_id)))


def let_be(ctx: HandlerContext, press: Press, member: Member) -> None:
    """Close a pile: what is in it stays, and new ones are only counted."""
    with ctx.db.write() as tx:
        if not bursts.close_burst(tx, press.value, by=member.name, at=ctx.now()):
            found = bursts.burst(tx, press.value, newest=0)
            raise AlreadyDecided(let_be_already((found and found.closed_by) or "Somebody"))
        enqueue(tx, JobKind.PILE, press.value, at=ctx.now())


def _pile(ctx: HandlerContext, pile_id: str) -> Pile:
    with ctx.db.read() as tx:
        found = bursts.burst(tx, pile_id, newest=LISTED)
    if found is None:
        raise GreenroomError("Greenroom does not know this pile-on any more.", "Nothing was done.")
    return found
