"""How words from anywhere become safe and short words on a Slack screen."""

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import quote

import patterns as re
from domain import Person, Post

#: X's own limit on handles; anything else is shown but never made into an address.
_HANDLE = re.compile(r"[A-Za-z0-9_]{1,20}\Z")
_CHANNEL = re.compile(r"[CG][A-Z0-9]{2,30}\Z")
_MEMBER = re.compile(r"[UW][A-Z0-9]{2,30}\Z")
#: Slack refuses a button's address beyond this (its documented limit).
_LONGEST_URL = 3000
#: Marks that turn the direction of writing or hide themselves: they could make our own
#: words on the same line read backwards.
_TURNING = dict.fromkeys(
    [0x061C, 0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF]
)


_BREAKS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_HALVES = re.compile("[\ud800-\udfff]+")
_LEADING_HANDLES = re.compile(r"^(?:@\w{1,20}\s+)+")
#: A time as `slack_date` writes it, with what stands in its place.
_DATE = re.compile(r"<!date\^[^|>]*\|([^>]*)>")


def escape(text: str) -> str:
    """Escape text from outside for mrkdwn, so that it renders no mention and no link."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def one_line(text: str) -> str:
    """Put a text on one line, without control characters and marks that turn the writing."""
    visible = _HALVES.sub("", text.translate(_TURNING))
    return " ".join(_BREAKS.sub(" ", visible).split())


def shorten(text: str, limit: int) -> str:
    """Cut a text to at most `limit` characters, at a word's end where one is near."""
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    at_word = head.rsplit(" ", 1)[0]
    return (at_word if len(at_word) > limit * 2 // 3 else head).rstrip() + "…"


def excerpt(text: str, limit: int) -> str:
    """Return a text's beginning on one line, escaped for mrkdwn."""
    return escape(shorten(one_line(text), limit))


def without_leading_handles(text: str) -> str:
    """Return a reply's own words: X puts the handles it answers before them."""
    return _LEADING_HANDLES.sub("", text)


def count(number: int, one: str, many: str | None = None) -> str:
    """Say a number with its noun: "1 post", "1,204 followers"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def times(number: int) -> str:
    """Say how often: "once", "twice", "3 times"."""
    return {1: "once", 2: "twice"}.get(number, f"{number:,} times")


def listed(names: Sequence[str], *, last: str = "or") -> str:
    """Join names as in speech: "Maya, Tom or Ann"."""
    if len(names) < 2:  # noqa: PLR2004
        return "".join(names)
    return f"{', '.join(names[:-1])} {last} {names[-1]}"


def slack_date(at: datetime, form: str = "{date_short_pretty} at {time}", url: str = "") -> str:
    """Write a time that Slack shows in each reader's own zone, linked where `url` is given.

    Args:
        at: an aware time.
        form: Slack's date tokens.
        url: an address without `^`, `|` or `>`.
    """
    fallback = at.strftime("%d %b %Y, %H:%M UTC")
    link = f"^{url}" if url else ""
    return f"<!date^{int(at.timestamp())}^{form}{link}|{fallback}>"


def without_dates(text: str) -> str:
    """Put plain times in place of Slack's, where those would be shown as they are written."""
    return _DATE.sub(lambda found: found.group(1), text)


def plain_date(at: datetime) -> str:
    """Write a time for the plain text, where Slack's own dates may not be shown."""
    return at.strftime("%d %b, %H:%M UTC")


def link(url: str, label: str) -> str:
    """Link an escaped label in mrkdwn; formatting marks inside a label stay characters."""
    return f"<{url}|{label}>"


def post_url(post: Post) -> str:
    """Return the post's address on X, whatever its handle and id look like."""
    handle = post.author.handle if _HANDLE.match(post.author.handle) else "i"
    return f"https://x.com/{handle}/status/{quote(post.id, safe='', errors='replace')}"


def reply_url(account_handle: str, post_id: str) -> str:
    """Return the address of our own reply on X."""
    handle = account_handle if _HANDLE.match(account_handle) else "i"
    return f"https://x.com/{handle}/status/{quote(post_id, safe='', errors='replace')}"


def intent_url(post_id: str, text: str) -> str:
    """Return the address that opens X with the reply written in.

    A text whose address would be longer than Slack takes is left out: it stands beside
    the button to copy anyway. The form is X's documented one (docs.x.com, post intent).
    """
    base = f"https://x.com/intent/tweet?in_reply_to={quote(post_id, safe='', errors='replace')}"
    full = f"{base}&text={quote(text, safe='', errors='replace')}"
    return full if len(full) <= _LONGEST_URL else base


def handle_words(person: Person) -> str:
    """Write "@handle", linked to the person's page where the handle is a true one.

    Of somebody whose profile nobody read, only the page is known.
    """
    if not person.seen:
        return link(f"https://x.com/i/user/{quote(person.id, safe='')}", "somebody")
    return to_person(person, f"@{excerpt(person.handle, 40)}")


def plain_handle(person: Person) -> str:
    """Write "@handle" for plain text, as it is; "somebody" where nobody read the profile."""
    return f"@{one_line(person.handle)}" if person.seen else "somebody"


def plain_name(person: Person, limit: int = 60) -> str:
    """Write a person's name for plain text, in one piece; the handle when there is no name."""
    if not person.seen:
        return "Somebody"
    return shorten(one_line(person.name), limit) or plain_handle(person)


def name_words(person: Person, limit: int = 80) -> str:
    """Write a person's name for mrkdwn, in one piece; the handle when there is no name."""
    if not person.seen:
        return "Somebody"
    return excerpt(person.name, limit) or f"@{excerpt(person.handle, 40)}"


def to_person(person: Person, label: str) -> str:
    """Link an escaped label to a person's page, where the handle is a true one."""
    if _HANDLE.match(person.handle):
        return link(f"https://x.com/{person.handle}", label)
    return label


def member_words(member_id: str) -> str:
    """Write a Slack member so that Slack shows the name; odd ids stay characters."""
    return f"<@{member_id}>" if _MEMBER.match(member_id) else excerpt(member_id, 40)


def channel_words(channel_id: str) -> str:
    """Write a channel so that Slack shows its name; odd ids stay characters."""
    return f"<#{channel_id}>" if _CHANNEL.match(channel_id) else excerpt(channel_id, 40)
