"""How people and posts look in X's answers: only the fields and expansions that were asked for."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from sandbox.x import text
from sandbox.x.asking import TWEET_EXPANSIONS, TWEET_FIELDS, USER_EXPANSIONS, USER_FIELDS, XRequest
from sandbox.x.posts import XPost, XUser
from sandbox.x.refusals import not_for_you, not_found
from sandbox.x.state import XState

_TWEET_DEFAULTS = frozenset({"id", "text", "edit_history_tweet_ids"})
_USER_DEFAULTS = frozenset({"id", "name", "username"})
_EXPANSION_SHOWS = {
    "author_id": "author_id",
    "in_reply_to_user_id": "in_reply_to_user_id",
    "referenced_tweets.id": "referenced_tweets",
    "referenced_tweets.id.author_id": "referenced_tweets",
    "entities.mentions.username": "entities",
}


def moment(time: datetime) -> str:
    """Write a time as X does: whole seconds, `.000Z`."""
    return time.strftime("%Y-%m-%dT%H:%M:%S.000Z")


def without_field(body: dict[str, Any], name: str) -> dict[str, Any]:
    """Copy an answer, each of whose posts lacks a field."""
    rows = body.get("data")
    if not isinstance(rows, list):
        return body
    return {**body, "data": [{k: v for k, v in row.items() if k != name} for row in rows]}


class Shapes:
    """Shapes one answer, as its request asked for it."""

    def __init__(self, state: XState, asking: XRequest, *, of_people: bool = False) -> None:
        self._state = state
        expansions = USER_EXPANSIONS if of_people else TWEET_EXPANSIONS
        self._expansions = asking.listed("expansions", expansions)
        shown = {_EXPANSION_SHOWS[e] for e in self._expansions if e in _EXPANSION_SHOWS}
        self._post_fields = _TWEET_DEFAULTS | asking.listed("tweet.fields", TWEET_FIELDS) | shown
        self._person_fields = _USER_DEFAULTS | asking.listed("user.fields", USER_FIELDS)

    def post(self, post: XPost) -> dict[str, Any]:
        """Shape one post."""
        shaped: dict[str, Any] = {}
        lacking = self._state.lacking(post.id)
        for name in TWEET_FIELDS:
            if name in lacking:
                continue
            if name in self._post_fields and name in _POST_PARTS:
                value = _POST_PARTS[name](post, self._state)
                if value not in (None, {}, []):
                    shaped[name] = value
        return shaped

    def person(self, person: XUser) -> dict[str, Any]:
        """Shape one person."""
        shaped: dict[str, Any] = {}
        for name in USER_FIELDS:
            if name in self._person_fields and name in _PERSON_PARTS:
                value = _PERSON_PARTS[name](person, self._state)
                if value is not None:
                    shaped[name] = value
        return shaped

    def around(self, posts: Iterable[XPost]) -> tuple[dict[str, Any], list[dict[str, Any]]]:
        """Shape what the expansions add to an answer with these posts; bills it too.

        Returns:
            `includes`, empty where nothing was to add, and the errors of what is not there.
        """
        posts = list(posts)
        referenced: dict[str, XPost] = {}
        errors: dict[str, dict[str, Any]] = {}
        if self._expansions & {"referenced_tweets.id", "referenced_tweets.id.author_id"}:
            for post in posts:
                for reference in _references(post):
                    self._fetch(reference["id"], referenced, errors)
        people = self._people_around(posts, referenced.values())
        for post in referenced.values():
            self._state.costs.read("post_read", post.id)
        for person in people.values():
            self._state.costs.read("expanded_user_read", person.id)
        includes: dict[str, Any] = {}
        if people:
            includes["users"] = [self.person(person) for person in people.values()]
        if referenced:
            includes["tweets"] = [self.post(post) for post in referenced.values()]
        return includes, list(errors.values())

    def _fetch(
        self, post_id: str, referenced: dict[str, XPost], errors: dict[str, dict[str, Any]]
    ) -> None:
        post = self._state.find_post(post_id)
        if post is not None and self._state.can_see(post):
            referenced[post_id] = post
        elif post is None or post.deleted:
            errors[post_id] = not_found("tweet", "referenced_tweets.id", post_id)
        else:
            errors[post_id] = not_for_you("tweet", "referenced_tweets.id", post_id)

    def _people_around(self, posts: list[XPost], referenced: Iterable[XPost]) -> dict[str, XUser]:
        wanted: list[str | None] = []
        known = self._state.ids_by_handle()
        if "author_id" in self._expansions:
            wanted += [post.author_id for post in posts]
        if "in_reply_to_user_id" in self._expansions:
            wanted += [post.in_reply_to_author_id for post in posts]
        if "entities.mentions.username" in self._expansions:
            wanted += [known.get(handle) for post in posts for handle in sorted(post.mentioned)]
        if "referenced_tweets.id.author_id" in self._expansions:
            wanted += [post.author_id for post in referenced]
        found = (self._state.person(person_id) for person_id in wanted if person_id)
        return {person.id: person for person in found if person is not None}


def _references(post: XPost) -> list[dict[str, str]]:
    references = []
    if post.quote:
        references.append({"type": "quoted", "id": post.quote})
    if post.in_reply_to:
        references.append({"type": "replied_to", "id": post.in_reply_to})
    return references


def _post_metrics(post: XPost, state: XState) -> dict[str, int]:
    posts = state.following_up(post.id)
    return {
        "retweet_count": 0,
        "reply_count": sum(other.in_reply_to == post.id for other in posts),
        "like_count": post.likes,
        "quote_count": sum(other.quote == post.id for other in posts),
        "bookmark_count": 0,
        "impression_count": 40 * post.likes + 17,
    }


def _edit_controls(post: XPost, _state: XState) -> dict[str, Any]:
    until = post.created_at + timedelta(hours=1)
    return {"edits_remaining": 5, "is_edit_eligible": False, "editable_until": moment(until)}


_POST_PARTS: dict[str, Callable[[XPost, XState], Any]] = {
    "id": lambda post, _: post.id,
    "text": lambda post, _: post.full_text,
    "edit_history_tweet_ids": lambda post, _: list(post.editions or (post.id,)),
    "author_id": lambda post, _: post.author_id,
    "conversation_id": lambda post, _: post.conversation_id,
    "created_at": lambda post, _: moment(post.created_at),
    "display_text_range": lambda post, _: [len(post.prefix), len(post.full_text)],
    "edit_controls": _edit_controls,
    "entities": lambda post, state: text.entities(post.full_text, state.ids_by_handle()),
    "in_reply_to_user_id": lambda post, _: post.in_reply_to_author_id,
    "lang": lambda post, _: post.lang,
    "possibly_sensitive": lambda _post, _: False,
    "public_metrics": _post_metrics,
    "referenced_tweets": lambda post, _: _references(post),
    "reply_settings": lambda _post, _: "everyone",
}


def _person_metrics(person: XUser, state: XState) -> dict[str, int]:
    posts = sum(post.author_id == person.id for post in state.newest_first())
    return {
        "followers_count": person.followers,
        "following_count": person.following,
        "tweet_count": posts,
        "listed_count": 0,
        "like_count": 0,
    }


_PERSON_PARTS: dict[str, Callable[[XUser, XState], Any]] = {
    "id": lambda person, _: person.id,
    "name": lambda person, _: person.name,
    "username": lambda person, _: person.handle,
    "created_at": lambda person, _: moment(person.created_at),
    "description": lambda person, _: person.bio,
    "profile_image_url": lambda person, state: f"{state.public_url}/avatars/{person.handle}.png",
    "protected": lambda person, _: person.protected,
    "public_metrics": _person_metrics,
    "url": lambda _person, _: "",
    "verified": lambda person, _: person.verified,
    "verified_type": lambda person, _: "blue" if person.verified else "none",
}
