"""A pile-on: see all that is in it, bring one back as a card of its own, or let them be."""

from domain import Pile
from errors import AlreadyDecided, GreenroomError
from handlers.entry.access import Member
from handlers.entry.context import Desk, Press
from handlers.triage.filtered import bring_aside_back
from storage.inbox import bursts
from storage.queue.enqueue import ask_pile, ask_pile_names
from views.triage.burst import LISTED, let_be_already, pile_modal


def show(desk: Desk, press: Press, _: Member) -> None:
    """Open the window with what is kept in a pile; who is not known by name is looked up."""
    found = _pile(desk, press.value)
    view_id = desk.slack.open_modal(press.trigger_id, pile_modal(found))
    if not all(mention.post.author.seen for mention in found.newest):
        with desk.db.write() as tx:
            ask_pile_names(tx, found.id, view_id, at=desk.now())


def bring_back(desk: Desk, press: Press, member: Member) -> None:
    """Give one of a pile a card of its own."""
    bring_aside_back(desk, press, member)
    with desk.db.write() as tx:
        pile_id = bursts.pile_of(tx, press.mention_id)
        if pile_id is not None:
            ask_pile(tx, pile_id, at=desk.now())
    if pile_id is not None and press.view_id:
        desk.slack.update_modal(press.view_id, pile_modal(_pile(desk, pile_id)))


def let_be(desk: Desk, press: Press, member: Member) -> None:
    """Close a pile: what is in it stays, and new ones are only counted."""
    with desk.db.write() as tx:
        if not bursts.close_pile(tx, press.value, by=member.name, at=desk.now()):
            found = bursts.pile(tx, press.value, newest=0)
            raise AlreadyDecided(let_be_already((found and found.closed_by) or "Somebody"))
        ask_pile(tx, press.value, at=desk.now())


def _pile(desk: Desk, pile_id: str) -> Pile:
    with desk.db.read() as tx:
        found = bursts.pile(tx, pile_id, newest=LISTED)
    if found is None:
        raise GreenroomError("Greenroom does not know this pile-on any more.", "Nothing was done.")
    return found
