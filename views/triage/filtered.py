"""What was set aside: one line a day in the channel, and the hours' lists in its thread."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from slack_sdk.models.blocks import ButtonElement

from domain import MentionState, SetAside
from views.blocks.action_ids import ActionId, button_value
from views.blocks.blocks import AnyBlock, button, context, section
from views.blocks.formatting import (
    count,
    escape,
    excerpt,
    handle_words,
    link,
    listed,
    name_words,
    one_line,
    plain_name,
    post_url,
    shorten,
    slack_date,
)
from views.blocks.message import Message, message

#: Posts in one message. Slack takes 50 blocks, but a whole message near 13,000 characters only.
POSTS_A_MESSAGE = 12
_LONGEST_WORDS = 160
_LONGEST_WHY = 160
_NAMED = 3
_CLOSED = {
    MentionState.ANSWERED: "answered on X",
    MentionState.GONE: "gone from X",
    MentionState.EXPIRED: "too old to answer now",
    MentionState.SKIPPED: "skipped",
}


def aside_line(day: date, number: int, back: int) -> Message:
    """Say how many posts were set aside on a day at the business, and where they are.

    The day is named: "today" would be another day for a reader elsewhere.

    Args:
        day: the date at the business.
        number: how many were set aside.
        back: how many of them somebody brought back.
    """
    what = f"{count(number, 'post')} not worth your time"
    came_back = f", {count(back, 'of them', 'of them')} brought back" if back else ""
    where = f"{'It is' if number == 1 else 'They are'} in this thread."
    words = f"Set aside on {day.day} {day:%B}: {what}{came_back}. {where}"
    return message(words, context(words))


def aside_hour(begins: datetime, entries: Sequence[SetAside], *, zone: ZoneInfo) -> list[Message]:
    """List what was set aside in an hour, in as many messages as it takes.

    Args:
        begins: the aware time at which the hour begins.
        entries: in their lasting order: a new one comes last, so that parts stay as they are.
        zone: the business's time zone, for the plain text.
    """
    starts = range(0, len(entries), POSTS_A_MESSAGE)
    parts = [entries[start : start + POSTS_A_MESSAGE] for start in starts]
    return [
        _part(begins, part, zone=zone, number=number, parts=len(parts))
        for number, part in enumerate(parts, start=1)
    ]


def _part(
    begins: datetime, part: Sequence[SetAside], *, zone: ZoneInfo, number: int, parts: int
) -> Message:
    ends = begins + timedelta(hours=1)
    which = f", part {number}" if number > 1 else ""
    local = f"{begins.astimezone(zone):%H:%M} to {ends.astimezone(zone):%H:%M}"
    shown = f"{slack_date(begins, '{time}')} to {slack_date(ends, '{time}')}"
    more = " · more below" if number < parts else ""
    return message(
        f"Set aside, {local}{which}: {count(len(part), 'post')} by {_names(part)}",
        context(f"*{shown}{which}* · {count(len(part), 'post')}{more}"),
        *(_entry(entry) for entry in part),
    )


def _names(part: Sequence[SetAside]) -> str:
    names = list(dict.fromkeys(name_words(entry.mention.post.author, 40) for entry in part))
    if len(names) > _NAMED:
        names = [*names[:_NAMED], f"{len(names) - _NAMED} more"]
    return listed(names, last="and")


def _entry(entry: SetAside) -> AnyBlock:
    """Show who wrote what and why it stands here; with the way back while there is one."""
    mention = entry.mention
    if mention.state is MentionState.GONE or not mention.post.text:
        # X asks that the words of deleted posts go from wherever they are shown.
        return section(f"*{name_words(mention.post.author, 40)}*  (gone from X)")
    author = mention.post.author
    head = f"*{name_words(author, 40)}* {handle_words(author)}"
    words = f"“{_within(mention.post.text, _LONGEST_WORDS)}”"
    tail = " · ".join([*_what_is(entry), link(post_url(mention.post), "View on X")])
    return section(
        f"{head}  {words}\n{tail}",
        _bring_back(entry) if mention.state is MentionState.SET_ASIDE else None,
    )


def _what_is(entry: SetAside) -> Iterator[str]:
    yield _within(entry.why, _LONGEST_WHY) or "Set aside"
    if entry.brought_back_at is not None:
        by = excerpt(entry.brought_back_by or "", 40) or "somebody"
        yield f"brought back by *{by}* {slack_date(entry.brought_back_at)}"
    elif entry.mention.state in _CLOSED:
        yield _CLOSED[entry.mention.state]


def _bring_back(entry: SetAside) -> ButtonElement:
    author = plain_name(entry.mention.post.author, 40)
    return button(
        "Bring back",
        ActionId.BRING_ASIDE_BACK,
        button_value(entry.mention.id),
        spoken=f"Bring back the post by {author}" if author else None,
    )


def _within(text: str, limit: int) -> str:
    """Return a beginning that is short even when escaped: Slack counts `&amp;` as five."""
    words, room = one_line(text), limit
    while len(safe := escape(shorten(words, room))) > limit:
        room = room * 2 // 3
    return safe
