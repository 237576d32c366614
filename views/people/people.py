"""The list of people: whom we really talk with, and who is new."""

from collections.abc import Sequence

from domain import PersonLine
from views.blocks.action_ids import ActionId
from views.blocks.blocks import AnyBlock, button, context, section
from views.blocks.formatting import (
    count,
    excerpt,
    handle_words,
    name_words,
    plain_name,
    slack_date,
    times,
)
from views.blocks.message import Message, message

#: Slack takes 50 blocks in a message.
MOST_TALKED = 20
MOST_NEW = 8


def people_message(
    talked: Sequence[PersonLine],
    new: Sequence[PersonLine],
    *,
    connections: int,
    practice: bool = False,
) -> Message:
    """List those we talked with in the last 90 days, connections first, and new faces."""
    gist = _gist(connections, len(talked))
    blocks: list[AnyBlock | None] = [
        section(f"*People* · {gist}"),
        *(_line(line) for line in talked[:MOST_TALKED]),
        section("*New faces*, first met in the last two weeks") if new else None,
        *(_line(line) for line in new[:MOST_NEW]),
        context(
            "Practice: these are made-up people." if practice else "",
            "A connection is somebody with whom you went back and forth twice, half a day apart "
            "or more, in the last 90 days.",
            "`/greenroom people @handle` opens one person's page.",
        ),
    ]
    return message(f"People: {gist}", *blocks)


def _gist(connections: int, shown: int) -> str:
    if not shown:
        return "nobody to talk with yet. Answer one person today and this page begins."
    return f"{count(connections, 'person', 'people')} you really talk with in the last 90 days"


def _line(line: PersonLine) -> AnyBlock:
    person, met = line.person, line.met
    parts = [
        f"{'🤝 ' if met.connection else ''}*{name_words(person, 60)}* {handle_words(person)}",
        "connection" if met.connection else "",
        f"we answered {times(met.answered)}" if met.answered else "",
        f"last {slack_date(met.last_at, '{date_short_pretty}')}" if met.last_at else "",
        "⏳ waits for an answer" if line.waits else "",
        "muted" if person.muted else "",
    ]
    spoken = f"Open the page about {plain_name(person)}"
    see = button("See", ActionId.OPEN_PERSON, person.id, spoken=spoken)
    return section(" · ".join(part for part in parts if part), see)


def nobody_of_that_handle(handle: str) -> str:
    """Say that a handle is not known here."""
    return (
        f"Nobody called @{excerpt(handle, 40)} has talked with us as far as I know. "
        "`/greenroom people` lists those who have; asked “who is @handle?” in a direct message, "
        "I also look on X."
    )
