"""A stranger's post to a shop, and what a drafter knows of it."""

from datetime import UTC, datetime

from domain import Lane, Person, Post, Voice
from replies.context import ReplyContext

AT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
_STRANGER = Person("77", "passer_by", "Pat Passer")
_VOICE = Voice(
    who="A small shop on the high street, run by three people.",
    how="Plain, kind and short, with a dry joke now and then.",
)


def stranger_post(text: str) -> Post:
    """Make a post that somebody unknown wrote just now."""
    return Post("1900", text, _STRANGER, AT)


def context_for(text: str, voice: Voice = _VOICE, handle: str = "our_shop") -> ReplyContext:
    """Make what a drafter knows of such a post."""
    return ReplyContext(
        post=stranger_post(text),
        lane=Lane.SEND,
        account_handle=handle,
        account_id="1",
        local_time=AT,
        voice=voice,
    )
