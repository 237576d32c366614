"""What is said in a card's thread to those who have it, or who put it to sleep."""

from datetime import datetime

from views.blocks.blocks import section
from views.blocks.formatting import excerpt, member_words, slack_date
from views.blocks.message import Message, message


def reminder(member_id: str, person: str, *, since: datetime) -> Message:
    """Remind a member of what they have; `person` is the name of who waits."""
    who = excerpt(person, 60) or "somebody"
    return _said(
        f"{member_words(member_id)}, {who} still waits for an answer; you have had this since "
        f"{slack_date(since)}. If you cannot just now, press *Give back* on the card."
    )


def last_reminder(member_id: str, person: str, *, asked_by: str | None, since: datetime) -> Message:
    """Tell the thread that it still waits; `asked_by` is who handed it over, unless the same."""
    who = excerpt(person, 60) or "Somebody"
    to = f"{member_words(asked_by)}, " if asked_by else ""
    return _said(
        f"{to}{who} still waits. {member_words(member_id)} has had this since {slack_date(since)}; "
        "anybody who approves can take it. I will not remind you again."
    )


def woken(member_id: str) -> Message:
    """Tell the member who put a mention to sleep that it is back."""
    return _said(f"{member_words(member_id)}, this one is back: you snoozed it until now.")


def _said(words: str) -> Message:
    return message(words, section(words))
