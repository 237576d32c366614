"""Tell in a card's thread what we know of the person who wrote."""

from domain import PersonPage
from insights.stats import period
from storage import marks, opt_outs, people, people_pages, person_notes
from views.message import Message
from views.thread import nobody_known, who_message
from work.room import Room

_LAST = 4


def who_this_is(room: Room, person_id: str, *, besides: str = "") -> Message:
    """Return what we know of a person: how we stand, notes, our last words to each other.

    The post `besides` stands on the card already.
    """
    ninety = period(90, room.now(), room.timezone).ninety.begin
    with room.db.read() as tx:
        account_id = marks.mark(tx, marks.ACCOUNT_ID) or ""
        person = people.person(tx, person_id)
        if person is None:
            return nobody_known()
        page = PersonPage(
            person=person,
            met=people_pages.met(tx, person_id, account_id, ninety=ninety),
            notes=tuple(person_notes.notes_on(tx, person_id)),
            opt_out=opt_outs.opted_out(tx, person_id),
            waiting_since=people_pages.waits_since(tx, person_id),
        )
        said = people_pages.said_with(tx, person_id, account_id, limit=_LAST)
    said = [post for post in said if post.id != besides]
    last = sorted(said, key=lambda post: post.created_at)[-_LAST:]
    return who_message(page, last, account_id)
