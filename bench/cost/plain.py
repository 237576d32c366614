"""A plain poller: asks X every minute with every expansion, and pays for what comes.

`keeps_place` asks since the newest post it saw, the best that such a script does; without it,
the newest page is asked for again each time, as the shortest scripts do: X's usual page, ten posts.
"""

from collections.abc import Callable
from typing import Any

import tweepy

from sandbox.room import PracticeRoom

_EXPANSIONS = [
    "author_id",
    "referenced_tweets.id",
    "referenced_tweets.id.author_id",
    "in_reply_to_user_id",
    "entities.mentions.username",
]


class PlainPoller:
    """Two endpoints, a minute's pace, nothing remembered but (perhaps) the newest id."""

    def __init__(self, practice: PracticeRoom, query: str, *, keeps_place: bool) -> None:
        self._query = query
        self._keeps_place = keeps_place
        self._account_id = practice.x.account.id
        self._newest: dict[str, str] = {}
        self._x = tweepy.Client(
            consumer_key=practice.x_consumer_key,
            consumer_secret=practice.x_consumer_secret,
            access_token=practice.x_access_token,
            access_token_secret=practice.x_access_token_secret,
            return_type=dict,
        )
        plain_request = self._x.session.request

        def request_here(method: str, url: str, **more: Any) -> Any:
            here = url.replace("https://api.twitter.com", practice.x_url)
            return plain_request(method, here, **more)

        # tweepy knows one host only, and the signature covers the address.
        self._x.session.request = request_here

    def ask(self) -> None:
        """Do the poll of one minute.

        Asked only where it may cost something: with news, or in a new UTC day. In between X
        answers nothing, or what was paid for today, and both are free.
        """
        more = {"user_auth": True, "expansions": _EXPANSIONS}
        self._take(
            "mentions", lambda since: self._x.get_users_mentions(self._account_id, **since, **more)
        )
        self._take(
            "search", lambda since: self._x.search_recent_tweets(self._query, **since, **more)
        )

    def _take(self, what: str, ask: Callable[[dict[str, str]], Any]) -> None:
        newest = self._newest.get(what)
        since = {"since_id": newest} if newest and self._keeps_place else {}
        found = [str(post["id"]) for post in ask(since).get("data", [])]
        if found:
            self._newest[what] = max(found, key=int)
