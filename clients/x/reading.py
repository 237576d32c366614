"""X's JSON becomes posts and people of the domain; a broken post never spoils its page."""

import hashlib
import json
import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import patterns as re
from domain import Person, Post

_log = logging.getLogger(__name__)

# Each field that Post and Person need. Fields are free; what an expansion adds may be billed.
TWEET_FIELDS = [
    "author_id",
    "conversation_id",
    "created_at",
    "entities",
    "in_reply_to_user_id",
    "lang",
    "note_tweet",
    "referenced_tweets",
]
USER_FIELDS = ["profile_image_url", "public_metrics"]
PEOPLE = ["author_id"]

_EPOCH_MS = 1288834974657  # X's ids count milliseconds from here in their upper bits
_ESCAPED = re.compile(r"&(amp|lt|gt);")
_BARE = re.compile(r"[<>]|&(?!(?:amp|lt|gt);)")
#: Addresses that stay on X: quoted posts, and the pictures and films of a post.
_ON_X = re.compile(r"https?://(?:(?:www|mobile|pic)\.)?(?:x|twitter)\.com(?:/|\Z)", re.IGNORECASE)
#: Characters; X allows 25,000 in a post, 50 in a name and 15 in a handle.
_LONGEST_TEXT = 30_000
_LONGEST_NAME = 200
_LONGEST_HANDLE = 50
_LONGEST_ADDRESS = 2_000
#: Digits; X's ids are numbers of 64 bits.
_LONGEST_ID = 20
_MOST_NAMED = 500
_MOST_FOLLOWERS = 2**53
_PLAIN = {"amp": "&", "lt": "<", "gt": ">"}
#: Problem types that say that a post cannot be seen, in contrast to trouble that passes.
_GONE_TYPES = ("resource-not-found", "not-authorized-for-resource", "disallowed-resource")


#: What X gives of every post, where it was asked for; the first three are needed.
_NEEDED = ("id", "text", "author_id")
_ALWAYS = (*_NEEDED, "created_at", "conversation_id")


@dataclass(frozen=True, slots=True)
class Torn:
    """A row of X's answer that is no readable post.

    Args:
        key: tells it from the others: its id, or a digest of what came where it has none.
        id: of the post, where it came.
        lacks: the needed fields that are missing; none where something else is wrong.
    """

    key: str
    id: str | None
    lacks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """One answer of X.

    Args:
        posts: what was asked for, newest first, without duplicates.
        next_token: what to ask with for the next page; None at the end.
        people_ids: everybody whose profile came along, for the ledger.
        named: whom the posts name, with handle and no more; X tells that with the text.
        gone: ids of posts that X says are deleted, protected, or suspended with their author.
        answered_at: when X answered, by X's own clock; None where its answer does not tell.
        also_read: ids of posts that X gave beside them, for the ledger.
        edited: pairs of a post's id and the id of its newest edition, where that is another.
        torn: what came and cannot be read; it is among `also_read`, for X bills it.
        lacking: fields that were asked for, that X always gives, and that no row has.
    """

    posts: tuple[Post, ...]
    next_token: str | None = None
    people_ids: tuple[str, ...] = ()
    named: tuple[Person, ...] = ()
    gone: tuple[str, ...] = ()
    also_read: tuple[str, ...] = ()
    answered_at: datetime | None = field(default=None, compare=False)
    edited: tuple[tuple[str, str], ...] = ()
    torn: tuple[Torn, ...] = ()
    lacking: tuple[str, ...] = ()

    @property
    def billed(self) -> int:
        """How many posts X gave, and may bill."""
        return len(self.posts) + len(self.also_read)


@dataclass(frozen=True, slots=True)
class Usage:
    """The month's post reads of the X project: `used` of `cap`, counted anew in `days_left`."""

    used: int
    cap: int
    days_left: int | None


def read_page(
    body: Mapping[str, Any],
    known: Person | None = None,
    at: datetime | None = None,
    *,
    listed: bool = False,
) -> Page:
    """Make a page of a parsed answer; `known` is an author whose profile need not come along.

    `at` is when X answered, by its own clock. An answer that is `listed` has X's `meta`, also where
    there are no posts: one with neither says nothing about them.

    Raises:
        ValueError: the answer is not a list of posts at all.
    """
    rows = body.get("data", [])
    if not isinstance(rows, list):
        raise ValueError("X's answer holds no list of posts")  # noqa: TRY004 - it is about content
    count = _mapping(body.get("meta")).get("result_count")
    if not rows and _is_count(count) and count:
        raise ValueError("X's answer counts posts and holds none")
    if listed and "data" not in body and "meta" not in body:
        raise ValueError("X's answer neither holds posts nor says that there are none")
    includes = _mapping(body.get("includes"))
    people = {p.id: p for p in map(_person_or_none, _rows(includes.get("users"))) if p}
    authors = people if known is None else {known.id: known, **people}
    found: dict[str, Post] = {}
    named: dict[str, Person] = {}
    torn: dict[str, Torn] = {}
    for row in rows:
        try:
            post = _post(row if known is None else _by(known, row), authors)
        except (KeyError, TypeError, ValueError, OverflowError, AttributeError) as error:
            broken = _torn(row)
            torn[broken.key] = broken
            lacks = ", ".join(broken.lacks) or type(error).__name__
            _log.warning("X sent a post that cannot be read: %s (%s)", broken.id, lacks)
            continue
        found.setdefault(post.id, post)
        named |= {person.id: person for person in _named(row) if person.id not in authors}
    return Page(
        posts=tuple(found.values()),
        next_token=_short_or_none(_mapping(body.get("meta")).get("next_token"), _LONGEST_ADDRESS),
        people_ids=tuple(people),
        named=tuple(named.values()),
        gone=_gone(body.get("errors")),
        also_read=tuple(torn),
        torn=tuple(torn.values()),
        lacking=tuple(
            name for name in _ALWAYS if rows and all(_is_missing(row, name) for row in rows)
        ),
        answered_at=at,
        edited=tuple(
            (post_id, editions[-1])
            for row in _rows(rows)
            if (post_id := str(row.get("id"))) in found
            and (editions := _editions(row))
            and editions[-1] != post_id
        ),
    )


def _by(known: Person, row: Any) -> Any:
    """Return a row of somebody's own timeline, which names its author whatever X leaves out."""
    return {**row, "author_id": row.get("author_id") or known.id}


def _is_missing(row: object, name: str) -> bool:
    return _mapping(row).get(name) in (None, "")


def _torn(row: object) -> Torn:
    post_id = _id_or_none(_mapping(row).get("id"))
    words = json.dumps(row, sort_keys=True, default=str).encode("utf-8", "replace")
    key = post_id or f"?{hashlib.sha256(words).hexdigest()[:24]}"
    return Torn(key, post_id, tuple(name for name in _NEEDED if _is_missing(row, name)))


def whole_until(pages: Sequence[Page]) -> datetime | None:
    """Return until when pages that were read to their end hold everything, by X's own clock.

    None where more pages follow, a row could not be read, or X's answers do not tell. A clock of ours that is ahead would
    pass over, for ever, what is posted in the time between.
    """
    times = [page.answered_at for page in pages]
    torn = any(page.torn for page in pages)
    if not pages or torn or pages[-1].next_token is not None or None in times:
        return None
    return min(at for at in times if at is not None)


def answered_at(headers: Mapping[str, str]) -> datetime | None:
    """Read when an answer was made, aware UTC, by the clock of whoever made it (RFC 9110, Date)."""
    try:
        at = parsedate_to_datetime(headers.get("Date", ""))
    except ValueError:
        return None
    return at.astimezone(UTC) if at.tzinfo else None


def read_person(row: object) -> Person:
    """Make a person of X's user object.

    Raises:
        ValueError: id or username are missing.
    """
    person = _person_or_none(_mapping(row))
    if person is None:
        raise ValueError("X's answer holds no person")
    return person


def read_usage(row: object) -> Usage:
    """Make a usage of X's figures, which come as text.

    Raises:
        ValueError: there are none.
    """
    figures = _mapping(row)
    try:
        days = figures.get("cap_reset_day")
        return Usage(
            used=int(figures["project_usage"]),
            cap=int(figures["project_cap"]),
            days_left=None if days is None else int(days),
        )
    except (KeyError, TypeError) as error:
        raise ValueError("X's answer holds no usage") from error


def read_usage_by_day(row: object) -> dict[date, int]:
    """Make counts by UTC day of X's daily figures, which may come as text.

    Raises:
        ValueError: there are none.
    """
    daily = _mapping(_mapping(row).get("daily_project_usage")).get("usage")
    if not isinstance(daily, list):
        raise ValueError("X's answer holds no daily usage")  # noqa: TRY004 - it is about content
    try:
        return {date.fromisoformat(str(day["date"])[:10]): int(day["usage"]) for day in daily}
    except (KeyError, TypeError) as error:
        raise ValueError("X's answer holds no daily usage") from error


def made_at(post_id: str) -> datetime:
    """Read the time of a post, aware UTC, out of its id."""
    return datetime.fromtimestamp(((int(post_id) >> 22) + _EPOCH_MS) / 1000, UTC)


def first_id_at(at: datetime) -> str:
    """Return the smallest id that a post of that time could have."""
    milliseconds = int(at.timestamp() * 1000) - _EPOCH_MS
    return str(max(0, milliseconds) << 22)


def within_search(
    since_id: str | None, now: datetime, margin: timedelta = timedelta(minutes=2)
) -> tuple[str | None, datetime | None]:
    """Fit the start of a search into what X searches, the last seven days by its own clock, `now`.

    X answers 400 to an older start, so that a time stands in the place of an older id.
    """
    oldest = now - timedelta(days=7) + margin
    if since_id is None or made_at(since_id) > oldest:
        return since_id, None
    return None, oldest


def _post(row: Mapping[str, Any], people: Mapping[str, Person]) -> Post:
    post_id = _id(row["id"])
    author_id = _id(row["author_id"])
    note = _mapping(row.get("note_tweet"))
    referred = {str(r.get("type")): str(r.get("id")) for r in _rows(row.get("referenced_tweets"))}
    by_handle = {person.handle.lower(): person.id for person in people.values()}
    mentioned = [
        *_mentioned(row.get("entities"), by_handle),
        *_mentioned(note.get("entities"), by_handle),
    ]
    created = row.get("created_at")
    return Post(
        id=post_id,
        # A long post's whole text stands in note_tweet; `text` is cut off at 280.
        text=_as_seen(_words(note.get("text") or row["text"])[:_LONGEST_TEXT]),
        # X leaves out suspended authors, and all of them where they were not asked for.
        author=people.get(author_id) or Person.unseen(author_id),
        created_at=_time(created) if isinstance(created, str) else made_at(post_id),
        conversation_id=_id_or_none(row.get("conversation_id")),
        in_reply_to_id=_id_or_none(referred.get("replied_to")),
        in_reply_to_author_id=_id_or_none(row.get("in_reply_to_user_id")),
        quoted_id=_id_or_none(referred.get("quoted")),
        repost="retweeted" in referred,
        mentioned_ids=tuple(dict.fromkeys(mentioned))[:_MOST_NAMED],
        language=_short_or_none(row.get("lang"), _LONGEST_NAME),
        linked=_links_away(row.get("entities")) or _links_away(note.get("entities")),
        earlier_ids=tuple(each for each in _editions(row) if int(each) < int(post_id)),
    )


def _editions(row: Mapping[str, Any]) -> list[str]:
    """Return the ids of a post's editions, oldest first, its own among them (docs.x.com, "Edit Posts")."""
    ids = row.get("edit_history_tweet_ids")
    found = [str(each) for each in ids] if isinstance(ids, list) else []
    return sorted((each for each in found if each.isascii() and each.isdigit()), key=int)


def _mentioned(entities: object, by_handle: Mapping[str, str]) -> list[str]:
    found = []
    for mention in _rows(_mapping(entities).get("mentions")):
        known = by_handle.get(str(mention.get("username", "")).lower())
        someone = _id_or_none(mention.get("id")) or known
        if someone:
            found.append(someone)
    return found


def _named(row: Mapping[str, Any]) -> Iterable[Person]:
    """Yield whom a post's text names, as far as X says both id and handle."""
    for mention in _rows(_mapping(row.get("entities")).get("mentions")):
        person = _person_or_none({"id": mention.get("id"), "username": mention.get("username")})
        if person is not None:
            yield person


def _links_away(entities: object) -> bool:
    return any(
        not url.get("media_key")
        and not _ON_X.match(str(url.get("expanded_url") or url.get("url") or ""))
        for url in _rows(_mapping(entities).get("urls"))
    )


def _person_or_none(row: Mapping[str, Any]) -> Person | None:
    try:
        handle = str(row["username"] or "")
        metrics = _mapping(row.get("public_metrics"))
        followers = metrics.get("followers_count")
        if not handle or len(handle) > _LONGEST_HANDLE:
            return None
        return Person(
            id=_id(row["id"]),
            handle=handle,
            name=str(row.get("name") or handle)[:_LONGEST_NAME],
            picture_url=_short_or_none(row.get("profile_image_url"), _LONGEST_ADDRESS),
            followers=followers if _is_count(followers) else None,
        )
    except (KeyError, ValueError):
        return None


def _gone(errors: object) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(
            str(error.get("resource_id") or error.get("value"))
            for error in _rows(errors)
            if error.get("resource_type") == "tweet"
            and str(error.get("type", "")).endswith(_GONE_TYPES)
            and _id_or_none(error.get("resource_id") or error.get("value"))
        )
    )


def _words(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("a post's text is text")
    return value


def _as_seen(text: str) -> str:
    # X writes the three signs of HTML as entities; people see the signs. Once, not repeatedly,
    # and not at all where a bare sign shows that the text came without.
    if _BARE.search(text):
        return text
    return _ESCAPED.sub(lambda found: _PLAIN[found.group(1)], text)


def _time(text: str) -> datetime:
    at = datetime.fromisoformat(text)
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)


def _id(value: object) -> str:
    text = str(value)
    if not (text.isascii() and text.isdigit() and len(text) <= _LONGEST_ID):
        raise ValueError("an id of X has digits only")
    return text


def _id_or_none(value: object) -> str | None:
    try:
        return _id(value)
    except ValueError:
        return None


def _short_or_none(value: object, longest: int) -> str | None:
    """Return a text; None in place of one that is longer than anything X sends there."""
    text = str(value) if value else ""
    return text if 0 < len(text) <= longest else None


def _is_count(value: object) -> bool:
    return type(value) is int and 0 <= value <= _MOST_FOLLOWERS


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _rows(value: object) -> list[Mapping[str, Any]]:
    return [row for row in value if isinstance(row, Mapping)] if isinstance(value, list) else []
