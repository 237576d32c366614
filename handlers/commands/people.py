"""`/greenroom people`: the list of people, or one person's page."""

import patterns as re
from errors import GreenroomError
from handlers.decisions import people
from handlers.entry.command_request import CommandRequest, Shown
from handlers.entry.context import HandlerContext
from storage.posts.people import person_by_handle
from views.people.people import nobody_of_that_handle

#: Slack links what looks like an address, and writes a member's mention in brackets.
_HANDLE = re.compile(r"(?:https?://(?:www\.)?(?:x|twitter)\.com/)?@?(\w{1,20})/?\Z", re.ASCII)


def people_asked(ctx: HandlerContext, asked: CommandRequest) -> Shown:
    """Show the list, or open one person's page."""
    words = asked.words.strip()
    if not words:
        return people.people_list(ctx)
    handle = _HANDLE.match(words.strip("<>").split("|", 1)[0])
    if handle is None:
        raise GreenroomError(
            "Name one person by their handle on X.", "Write `/greenroom people @handle`."
        )
    with ctx.db.read() as tx:
        person = person_by_handle(tx, handle[1])
    if person is None:
        raise GreenroomError(nobody_of_that_handle(handle[1]), "")
    people.show_person(ctx, asked.trigger_id, person.id)
    return None
