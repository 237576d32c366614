"""One row of X's JSON becomes a post or a person of the domain."""

from collections.abc import Iterable, Mapping
from typing import Any

import patterns as re
from clients.x.ids import time_of
from clients.x.json_values import (
    LONGEST_ADDRESS,
    id_or_none,
    is_count,
    mapping,
    read_id,
    read_text,
    read_time,
    rows_in,
    short_or_none,
)
from domain import Person, Post

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

_ESCAPED = re.compile(r"&(amp|lt|gt);")
_BARE = re.compile(r"[<>]|&(?!(?:amp|lt|gt);)")
#: Addresses that stay on X: quoted posts, and the pictures and films of a post.
_ON_X = re.compile(r"https?://(?:(?:www|mobile|pic)\.)?(?:x|twitter)\.com(?:/|\Z)", re.IGNORECASE)
#: Characters; X allows 25,000 in a post, 50 in a name and 15 in a handle.
_LONGEST_TEXT = 30_000
_LONGEST_NAME = 200
_LONGEST_HANDLE = 50
_MOST_NAMED = 500
_PLAIN = {"amp": "&", "lt": "<", "gt": ">"}


def read_post(row: Mapping[str, Any], people: Mapping[str, Person]) -> Post:
    post_id = read_id(row["id"])
    author_id = read_id(row["author_id"])
    note = mapping(row.get("note_tweet"))
    referred = {str(r.get("type")): str(r.get("id")) for r in rows_in(row.get("referenced_tweets"))}
    by_handle = {person.handle.lower(): person.id for person in people.values()}
    mentioned = [
        *_mentioned(row.get("entities"), by_handle),
        *_mentioned(note.get("entities"), by_handle),
    ]
    created = row.get("created_at")
    return Post(
        id=post_id,
        # A long post's whole text stands in note_tweet; `text` is cut off at 280.
        text=_as_seen(read_text(note.get("text") or row["text"])[:_LONGEST_TEXT]),
        # X leaves out suspended authors, and all of them where they were not asked for.
        author=people.get(author_id) or Person.unseen(author_id),
        created_at=read_time(created) if isinstance(created, str) else time_of(post_id),
        conversation_id=id_or_none(row.get("conversation_id")),
        in_reply_to_id=id_or_none(referred.get("replied_to")),
        in_reply_to_author_id=id_or_none(row.get("in_reply_to_user_id")),
        quoted_id=id_or_none(referred.get("quoted")),
        repost="retweeted" in referred,
        mentioned_ids=tuple(dict.fromkeys(mentioned))[:_MOST_NAMED],
        language=short_or_none(row.get("lang"), _LONGEST_NAME),
        linked=_links_away(row.get("entities")) or _links_away(note.get("entities")),
        earlier_ids=tuple(each for each in editions(row) if int(each) < int(post_id)),
    )


def editions(row: Mapping[str, Any]) -> list[str]:
    """Return the ids of a post's editions, oldest first, its own among them (docs.x.com, "Edit Posts")."""
    ids = row.get("edit_history_tweet_ids")
    found = [str(each) for each in ids] if isinstance(ids, list) else []
    return sorted((each for each in found if each.isascii() and each.isdigit()), key=int)


def _mentioned(entities: object, by_handle: Mapping[str, str]) -> list[str]:
    found = []
    for mention in rows_in(mapping(entities).get("mentions")):
        known = by_handle.get(str(mention.get("username", "")).lower())
        someone = id_or_none(mention.get("id")) or known
        if someone:
            found.append(someone)
    return found


def people_named(row: Mapping[str, Any]) -> Iterable[Person]:
    """Yield whom a post's text names, as far as X says both id and handle."""
    for mention in rows_in(mapping(row.get("entities")).get("mentions")):
        person = person_or_none({"id": mention.get("id"), "username": mention.get("username")})
        if person is not None:
            yield person


def _links_away(entities: object) -> bool:
    return any(
        not url.get("media_key")
        and not _ON_X.match(str(url.get("expanded_url") or url.get("url") or ""))
        for url in rows_in(mapping(entities).get("urls"))
    )


def person_or_none(row: Mapping[str, Any]) -> Person | None:
    try:
        handle = str(row["username"] or "")
        metrics = mapping(row.get("public_metrics"))
        followers = metrics.get("followers_count")
        if not handle or len(handle) > _LONGEST_HANDLE:
            return None
        return Person(
            id=read_id(row["id"]),
            handle=handle,
            name=str(row.get("name") or handle)[:_LONGEST_NAME],
            picture_url=short_or_none(row.get("profile_image_url"), LONGEST_ADDRESS),
            followers=followers if is_count(followers) else None,
        )
    except (KeyError, ValueError):
        return None


def read_person(row: object) -> Person:
    """Make a person of X's user object.

    Raises:
        ValueError: id or username are missing.
    """
    person = person_or_none(mapping(row))
    if person is None:
        raise ValueError("X's answer holds no person")
    return person


def _as_seen(text: str) -> str:
    # X writes the three signs of HTML as entities; people see the signs. Once, not repeatedly,
    # and not at all where a bare sign shows that the text came without.
    if _BARE.search(text):
        return text
    return _ESCAPED.sub(lambda found: _PLAIN[found.group(1)], text)
