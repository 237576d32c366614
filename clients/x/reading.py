"""One answer of X becomes a page of posts; a broken post never spoils its page."""

import hashlib
import json
import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from clients.x.json_values import (
    LONGEST_ADDRESS,
    id_or_none,
    is_count,
    mapping,
    rows_in,
    short_or_none,
)
from clients.x.posts import editions, people_named, person_or_none, read_post
from domain import Person, Post

_log = logging.getLogger(__name__)

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
    rows = _rows_of(body, listed)
    includes = mapping(body.get("includes"))
    people = {p.id: p for p in map(person_or_none, rows_in(includes.get("users"))) if p}
    authors = people if known is None else {known.id: known, **people}
    found: dict[str, Post] = {}
    named: dict[str, Person] = {}
    torn: dict[str, Torn] = {}
    for row in rows:
        try:
            post = read_post(row if known is None else _by(known, row), authors)
        except (KeyError, TypeError, ValueError, OverflowError, AttributeError) as error:
            broken = _torn(row)
            torn[broken.key] = broken
            lacks = ", ".join(broken.lacks) or type(error).__name__
            _log.warning("X sent a post that cannot be read: %s (%s)", broken.id, lacks)
            continue
        found.setdefault(post.id, post)
        named |= {person.id: person for person in people_named(row) if person.id not in authors}
    return Page(
        posts=tuple(found.values()),
        next_token=short_or_none(mapping(body.get("meta")).get("next_token"), LONGEST_ADDRESS),
        people_ids=tuple(people),
        named=tuple(named.values()),
        gone=_gone(body.get("errors")),
        also_read=tuple(torn),
        torn=tuple(torn.values()),
        lacking=tuple(
            name for name in _ALWAYS if rows and all(_is_missing(row, name) for row in rows)
        ),
        answered_at=at,
        edited=tuple(_edited(rows, found)),
    )


def _rows_of(body: Mapping[str, Any], listed: bool) -> list[Any]:
    rows = body.get("data", [])
    if not isinstance(rows, list):
        raise ValueError("X's answer holds no list of posts")  # noqa: TRY004 - it is about content
    count = mapping(body.get("meta")).get("result_count")
    if not rows and is_count(count) and count:
        raise ValueError("X's answer counts posts and holds none")
    if listed and "data" not in body and "meta" not in body:
        raise ValueError("X's answer neither holds posts nor says that there are none")
    return rows


def _edited(rows: object, found: Mapping[str, Post]) -> Iterator[tuple[str, str]]:
    """Yield each found post's id with the id of its newest edition, where that is another."""
    for row in rows_in(rows):
        post_id, known_as = str(row.get("id")), editions(row)
        if post_id in found and known_as and known_as[-1] != post_id:
            yield post_id, known_as[-1]


def _by(known: Person, row: Any) -> Any:
    """Return a row of somebody's own timeline, which names its author whatever X leaves out."""
    return {**row, "author_id": row.get("author_id") or known.id}


def _is_missing(row: object, name: str) -> bool:
    return mapping(row).get(name) in (None, "")


def _torn(row: object) -> Torn:
    post_id = id_or_none(mapping(row).get("id"))
    words = json.dumps(row, sort_keys=True, default=str).encode("utf-8", "replace")
    key = post_id or f"?{hashlib.sha256(words).hexdigest()[:24]}"
    return Torn(key, post_id, tuple(name for name in _NEEDED if _is_missing(row, name)))


def _gone(errors: object) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(
            str(error.get("resource_id") or error.get("value"))
            for error in rows_in(errors)
            if error.get("resource_type") == "tweet"
            and str(error.get("type", "")).endswith(_GONE_TYPES)
            and id_or_none(error.get("resource_id") or error.get("value"))
        )
    )


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
