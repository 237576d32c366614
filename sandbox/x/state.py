"""The people and posts of the practice X, kept in memory; nothing of HTTP lives here."""

import hashlib
import re
from bisect import bisect_left, bisect_right, insort
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sandbox.watched import Observable
from sandbox.x.bill import Bill
from sandbox.x.limits import RateLimits
from sandbox.x.posts import XPost, XUser, id_at, new_post

__all__ = ["Clock", "XPost", "XState", "XUser", "utc_now"]

_HANDLE = re.compile(r"[A-Za-z0-9_]{1,15}")
_AHEAD = timedelta(minutes=1)

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """Tell the time, in UTC."""
    return datetime.now(UTC)


class XState(Observable):
    """All people and posts, in the order of their ids; safe to use from any thread."""

    def __init__(
        self,
        account: str = "juniperstcoffee",
        *,
        name: str = "Juniper Street Coffee",
        clock: Clock = utc_now,
    ) -> None:
        super().__init__()
        self.clock = clock
        self.public_url = ""  # where the room answers; the pictures' addresses begin with it
        self.costs = Bill(clock)
        self.limits = RateLimits(clock)
        self._people: dict[str, XUser] = {}
        self._handles: dict[str, str] = {}
        self._posts: dict[int, XPost] = {}
        self._order: list[int] = []
        self._followers_up: dict[str, list[int]] = {}  # by post: the replies to and quotes of it
        self._last_live_id = 0
        self._shown_from: dict[int, datetime] = {}  # posts that X's lists show late
        self._lacking: dict[str, frozenset[str]] = {}  # by post, or "" for every one
        self._on_post: list[Callable[[XPost], None]] = []
        self._account_id = self.add_person(account, name=name).id

    # People

    @property
    def account(self) -> XUser:
        """The person whose tokens the app holds."""
        return self._people[self._account_id]

    def add_person(
        self,
        handle: str,
        name: str | None = None,
        followers: int = 0,
        bio: str = "",
        protected: bool = False,
        *,
        following: int = 0,
        verified: bool = False,
    ) -> XUser:
        """Add somebody, or change how they present themselves; the id depends on the handle only.

        Raises:
            ValueError: the handle is not one that X allows.
        """
        handle = handle.removeprefix("@")
        if not _HANDLE.fullmatch(handle):
            raise ValueError(
                f"{handle!r} is no handle: X allows 1 to 15 letters, digits and underscores."
            )
        with self._lock:
            known = self._handles.get(handle.lower())
            person = XUser(
                id=known or self._new_person_id(handle),
                handle=handle,
                name=name or handle,
                followers=followers,
                following=following,
                bio=bio,
                protected=protected,
                verified=verified,
            )
            self._people[person.id] = person
            self._handles[handle.lower()] = person.id
        self._tell()
        return person

    def _new_person_id(self, handle: str) -> str:
        digest = hashlib.sha256(handle.lower().encode()).digest()
        number = 10**18 + int.from_bytes(digest[:7]) % 10**17
        while str(number) in self._people:
            number += 1
        return str(number)

    def person(self, person_id: str) -> XUser | None:
        """Find somebody by id."""
        with self._lock:
            return self._people.get(person_id)

    def person_by_handle(self, handle: str) -> XUser | None:
        """Find somebody by handle, with or without @, in any case."""
        with self._lock:
            return self._people.get(self._handles.get(handle.removeprefix("@").lower(), ""))

    def people(self) -> list[XUser]:
        """List everybody, in the order in which they came."""
        with self._lock:
            return list(self._people.values())

    def ids_by_handle(self) -> dict[str, str]:
        """Map every handle, in lower case, to its person's id."""
        with self._lock:
            return dict(self._handles)

    # Posts

    def add_post(
        self,
        author_handle: str,
        text: str,
        in_reply_to: str | None = None,
        quote: str | None = None,
        created_at: datetime | None = None,
        *,
        likes: int = 0,
        late: timedelta = timedelta(),
    ) -> XPost:
        """Make a post; an unknown author is created, a past `created_at` gives the matching id.

        Mentions, searches and timelines show it so `late`, as X does now and then.

        Raises:
            ValueError: no such handle can exist, no text, a time to come, or a post replied to
                or quoted that is not there.
        """
        if not text.strip():
            raise ValueError("A post needs a text.")
        with self._lock:
            author = self.person_by_handle(author_handle) or self.add_person(author_handle)
            parent = self._must_exist(in_reply_to)
            self._must_exist(quote)
            number, created_at = self._new_post_id(created_at)
            post = new_post(str(number), author, text, created_at, parent)
            post = replace(post, quote=quote, likes=likes)
            self._posts[number] = post
            insort(self._order, number)
            if late:
                self._shown_from[number] = self.clock() + late
            for reference in {in_reply_to, quote} - {None}:
                self._followers_up.setdefault(str(reference), []).append(number)
            watchers = [] if late else list(self._on_post)
        self._tell()
        for watcher in watchers:
            watcher(post)
        return post

    def leave_out(self, fields: Collection[str], post_id: str = "") -> None:
        """Let X's answers lack fields from now on, of one post or of all; none of them ends it."""
        with self._lock:
            self._lacking[post_id] = frozenset(fields)

    def lacking(self, post_id: str) -> frozenset[str]:
        """Tell which fields a post lacks in X's answers."""
        with self._lock:
            every = self._lacking.get("", frozenset[str]())
            return every | self._lacking.get(post_id, frozenset[str]())

    def _must_exist(self, post_id: str | None) -> XPost | None:
        if post_id is None:
            return None
        found = self.find_post(post_id)
        if found is None or found.deleted:
            raise ValueError(f"There is no post {post_id}.")
        return found

    def _new_post_id(self, created_at: datetime | None) -> tuple[int, datetime]:
        now = self.clock()
        if created_at is None:
            number = max(id_at(now), self._last_live_id + 1)
            self._last_live_id = number
            return number, now
        if created_at > now + _AHEAD:
            raise ValueError("A post cannot be made in a time to come.")
        number = id_at(created_at)
        while number in self._posts:
            number += 1
        self._last_live_id = max(self._last_live_id, number)
        return number, created_at.astimezone(UTC)

    def delete_post(self, post_id: str) -> bool:
        """Take a post off X; tells whether it was there. It stays listed, marked as deleted."""
        with self._lock:
            post = self.find_post(post_id)
            if post is None or post.deleted:
                return False
            for edition in post.editions or (post.id,):
                number = int(edition)
                self._posts[number] = replace(self._posts[number], deleted=True)
        self._tell()
        return True

    def change_post(self, post_id: str, text: str) -> str | None:
        """Let an author edit a post; return the new edition's id, None where there is no such post.

        As on X each edition has an id of its own. Lists show the newest one; an old id leads to
        the old words and names all editions.
        """
        with self._lock:
            post = self.find_post(post_id)
            if post is None or post.deleted:
                return None
            number, _ = self._new_post_id(None)
            editions = (*(post.editions or (post.id,)), str(number))
            self._posts[number] = replace(post, id=str(number), text=text, editions=editions)
            insort(self._order, number)
            for edition in editions[:-1]:
                old = int(edition)
                self._posts[old] = replace(self._posts[old], editions=editions)
                if old in self._order:
                    self._order.remove(old)
        self._tell()
        return str(number)

    def find_post(self, post_id: str) -> XPost | None:
        """Find a post by id, a deleted one too."""
        with self._lock:
            return self._posts.get(int(post_id)) if post_id.isdecimal() else None

    def visible_post(self, post_id: str) -> XPost | None:
        """Find a post that the account can see: not deleted, not of a protected stranger."""
        post = self.find_post(post_id)
        return post if post is not None and self.can_see(post) else None

    def can_see(self, post: XPost) -> bool:
        """Tell whether the account can see this post."""
        if post.deleted:
            return False
        author = self._people[post.author_id]
        return not author.protected or author.id == self._account_id

    def posts(self) -> list[XPost]:
        """List all posts, oldest first, deleted ones too (they are marked)."""
        with self._lock:
            return [self._posts[number] for number in self._order]

    def newest_first(self, above: int = 0, below: int | None = None) -> Iterator[XPost]:
        """Walk the posts that the account can see, whose ids lie strictly between two ids."""
        with self._lock:
            start = bisect_right(self._order, above)
            end = len(self._order) if below is None else bisect_left(self._order, below)
            now = self.clock()
            chosen = [
                self._posts[number]
                for number in self._order[start:end]
                if number not in self._shown_from or self._shown_from[number] <= now
            ]
        return (post for post in reversed(chosen) if self.can_see(post))

    def following_up(self, post_id: str) -> list[XPost]:
        """List the visible direct replies to a post and quotes of it, oldest first."""
        with self._lock:
            found = [self._posts[number] for number in self._followers_up.get(post_id, [])]
        return [post for post in found if self.can_see(post)]

    # Changes and costs

    def on_post(self, callback: Callable[[XPost], None]) -> None:
        """Call `callback` with every new post, from the thread that made it."""
        with self._lock:
            self._on_post.append(callback)

    def bill(self) -> dict[str, int]:
        """Sum what the API's use would have cost so far, in micro-dollars by kind."""
        return self.costs.by_kind()
