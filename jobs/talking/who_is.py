"""Tell in a card's thread what we know of the person who wrote."""

from domain import PersonPage
from insights.stats import period
from jobs.engine.context import JobContext
from storage.db import key_values
from storage.inbox import people_pages
from storage.posts import opt_outs, people, person_notes
from views.blocks.message import Message
from views.talking.thread import nobody_known, who_message

_LAST = 4


def who_this_is(ctx: JobContext, person_id: str, *, besides: str = "") -> Message:
    """Return what we know of a person: how we stand, notes, our last words to each other.

    The post `besides` stands on the card already.
    """
    ninety = period(90, ctx.now(), ctx.timezone).ninety.begin
    with ctx.db.read() as tx:
        account_id = key_values.value(tx, key_values.ACCOUNT_ID) or ""
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
