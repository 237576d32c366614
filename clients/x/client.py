"""The door to X: read mentions, searches, timelines and posts through tweepy, and send replies.

Every call is one request with one total deadline. Reading may be tried again by whoever asks;
sending is tried once, and its outcome is told apart by the error's class (see `XClient.send`).
"""

import functools
import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

import patterns as re
from clients.x.by_ids import one_page, under_asked_ids
from clients.x.connection import XConnection, is_definite
from clients.x.exchange import created_id, no_answer
from clients.x.ids import id_at, time_of
from clients.x.keys import XKeys
from clients.x.posts import PEOPLE, TWEET_FIELDS, USER_FIELDS, read_person
from clients.x.reading import Page, Torn, answered_at, read_page, whole_until
from clients.x.refusals import as_json
from clients.x.transport import Attempt
from clients.x.usage import Usage, read_usage, read_usage_by_day
from domain import Person
from errors import XTimesRefused, XUnavailable, XUncertain

__all__ = ["Page", "Torn", "Usage", "XClient", "XKeys", "whole_until"]

log = logging.getLogger(__name__)

_PER_REQUEST = 100
#: How much later than seven days ago a search begins; and after X did not take that.
_MARGIN, _WIDE_MARGIN = timedelta(minutes=2), timedelta(hours=1)
_HANDLE = re.compile(r"[A-Za-z0-9_]{1,15}")  # as X checks it


class XClient(XConnection):
    """Speaks with X as one account. Threads may share it."""

    def me(self) -> Person:
        """Return the account that the keys belong to.

        Raises:
            XError: as every reading call: XUnavailable for network trouble and 5xx, XWrongKeys,
                XPaused, XRateLimited, XAccountRefused and XWayBlocked for what is about the
                account, the app or the way to X, XRefused for what was asked.
        """
        body = self.read(lambda x: x.get_me(user_auth=True, user_fields=USER_FIELDS))
        try:
            return read_person(body.get("data"))
        except ValueError as error:
            raise XUnavailable("X's answer about the account cannot be read.") from error

    def mentions(
        self,
        account_id: str,
        *,
        since_id: str | None = None,
        until_id: str | None = None,
        start_time: datetime | None = None,
        page_token: str | None = None,
        limit: int = 100,
        with_people: bool = False,
    ) -> Page:
        """Return posts that mention the account, newest first, at most 800 back.

        Args:
            account_id: the account's id.
            since_id: only posts with a larger id; counts before `start_time`.
            until_id: only posts with a smaller id.
            start_time: aware; only posts from then on.
            page_token: `next_token` of the page before.
            limit: posts on the page, 5 to 100.
            with_people: whether the authors' profiles shall come along, which may be billed.
        """
        return self._list(
            lambda x: x.get_users_mentions(
                account_id,
                user_auth=True,
                since_id=since_id,
                until_id=until_id,
                start_time=None if since_id else start_time,
                pagination_token=page_token,
                max_results=_between(limit, 5),
                **_fields(with_people),
            )
        )

    def search(
        self,
        query: str,
        *,
        since_id: str | None = None,
        until_id: str | None = None,
        page_token: str | None = None,
        limit: int = 100,
        with_people: bool = False,
    ) -> Page:
        """Return posts of the last seven days that fit a query in X's syntax, newest first.

        An older `since_id` counts as seven days ago, by X's clock. `limit` is 10 to 100.

        Raises:
            XQueryRefused: X does not understand the query; `detail` says where.
            XError: as every reading call, see `me`.
        """

        def search(margin: timedelta) -> Page:
            since, start = within_search(since_id, self.now(), margin)
            if start is not None and until_id is not None:
                # X takes no time beside an id.
                since, start = id_at(start), None
            return self._list(
                lambda x: x.search_recent_tweets(
                    query,
                    user_auth=True,
                    since_id=since,
                    until_id=until_id,
                    start_time=start,
                    next_token=page_token,
                    max_results=_between(limit, 10),
                    **_fields(with_people),
                )
            )

        try:
            return search(_MARGIN)
        except XTimesRefused as refused:
            # Its answer told what time it is at X; where it did not, an hour is margin enough.
            log.warning("X's seven days are not ours: %s", refused.for_person())
            return search(_WIDE_MARGIN)

    def timeline(
        self,
        account: Person,
        *,
        since_id: str | None = None,
        until_id: str | None = None,
        page_token: str | None = None,
        limit: int = 100,
    ) -> Page:
        """Return what the account itself posted, replies included and reposts not, newest first.

        Between `since_id` and `until_id`, neither of them among it.
        """
        return self._list(
            lambda x: x.get_users_tweets(
                account.id,
                user_auth=True,
                exclude=["retweets"],
                since_id=since_id,
                until_id=until_id,
                pagination_token=page_token,
                max_results=_between(limit, 5),
                **_fields(with_people=False),
            ),
            account,
        )

    def posts(self, ids: Sequence[str], *, with_people: bool = False) -> Page:
        """Return posts by their ids, a request for each hundred; `gone` names the missing ones.

        A post that was edited since bears the id that was asked for and its newest words, for which
        X may want one more request: its pages do not agree on which edition an old id leads to.
        """
        wanted = list(dict.fromkeys(ids))
        page = self._posts(wanted, with_people)
        newest = [new for old, new in page.edited if old in wanted and new not in wanted]
        if not newest and all(post.id in wanted for post in page.posts):
            return page
        later = self._posts(newest, with_people) if newest else Page(posts=())
        return under_asked_ids(wanted, page, later)

    def _posts(self, wanted: list[str], with_people: bool) -> Page:
        hundreds = (
            wanted[first : first + _PER_REQUEST] for first in range(0, len(wanted), _PER_REQUEST)
        )
        return one_page(
            [self._page(functools.partial(_look_up, some, with_people)) for some in hundreds],
            wanted,
        )

    def person(self, handle: str) -> Person | None:
        """Return who has a handle on X, without its @; None when X shows nobody by it."""
        if not _HANDLE.fullmatch(handle):
            return None
        body = self.read(
            lambda x: x.get_user(username=handle, user_auth=True, user_fields=USER_FIELDS)
        )
        try:
            return read_person(body.get("data"))
        except ValueError as error:
            # Nobody, or suspended: X answers 200 and says so beside the missing person.
            if body.get("errors"):
                return None
            raise XUnavailable("X's answer about a person cannot be read.") from error

    def usage(self) -> Usage | None:
        """Return the month's count of post reads; None without a bearer token, which X asks for."""
        if not self._keys.bearer_token:
            return None
        body = self.read(lambda x: x.request("GET", "/2/usage/tweets"))
        try:
            return read_usage(body.get("data"))
        except ValueError as error:
            raise XUnavailable("X's answer about the usage cannot be read.") from error

    def usage_by_day(self, days: int) -> Mapping[date, int] | None:
        """Return how many posts the X project read on each of the last UTC days, today among them.

        None without a bearer token. Other programs of the same project are in it (X's usage API).
        """
        if not self._keys.bearer_token:
            return None
        asked = {"days": days, "usage.fields": "daily_project_usage"}
        body = self.read(lambda x: x.request("GET", "/2/usage/tweets", params=asked))
        try:
            return read_usage_by_day(body.get("data"))
        except ValueError as error:
            raise XUnavailable("X's answer about the usage cannot be read.") from error

    def send(self, text: str, *, in_reply_to: str, may_still_go: Callable[[], bool]) -> str:
        """Post a reply, at most once, and return its id.

        One request on a fresh connection: no retries, no redirects, one total deadline.
        `may_still_go` is asked when the connection stands, just before the first byte; what it
        raises comes out unchanged, with nothing written.

        Raises:
            XUnreached: not one byte went out (name, connection, TLS, called off).
            XUncertain: it may have gone out: time-out, reset, cut answer, 5xx, 3xx, rubbish.
            XRateLimited: not posted; `until` says when to come back.
            XPaused: not posted; there is no money for it.
            XWrongKeys: not posted.
            XDuplicate: not posted now; perhaps because an earlier try was.
            XGone: not posted; the post is not there any more.
            XRefused: not posted; X's reason is in `detail` and, in plain words, in `sentence`.
        """
        attempt = Attempt(self._send_deadline, may_still_go)
        made = self._exchange(
            attempt, lambda x: x.create_tweet(text=text, in_reply_to_tweet_id=in_reply_to)
        )
        answer = made.answer
        if answer is None:
            raise no_answer(attempt) from made.failure
        body = as_json(answer)
        status = answer.status_code
        if 200 <= status < 300:  # noqa: PLR2004 - HTTP's numbers
            return created_id(body, status)
        if is_definite(status):
            raise self._refusal(answer, body, sending=True)
        raise XUncertain(
            f"X answered {status} and did not say whether the reply went out.", status=status
        )

    def _list(self, ask: Callable[[Any], object], known: Person | None = None) -> Page:
        return self._page(ask, known, listed=True)

    def _page(
        self, ask: Callable[[Any], object], known: Person | None = None, *, listed: bool = False
    ) -> Page:
        body, answer = self._answered(ask)
        try:
            return read_page(body, known, answered_at(answer.headers), listed=listed)
        except ValueError as error:
            raise XUnavailable("X's answer cannot be read.") from error


def _fields(with_people: bool) -> dict[str, list[str]]:
    # What was referred to is never asked for here: it would be billed whether known or not.
    asked = {"tweet_fields": TWEET_FIELDS}
    return {**asked, "user_fields": USER_FIELDS, "expansions": PEOPLE} if with_people else asked


def _look_up(ids: list[str], with_people: bool, x: Any) -> object:
    return x.get_tweets(ids, user_auth=True, **_fields(with_people))


def _between(limit: int, least: int) -> int:
    return max(least, min(limit, _PER_REQUEST))


def within_search(
    since_id: str | None, now: datetime, margin: timedelta = timedelta(minutes=2)
) -> tuple[str | None, datetime | None]:
    """Fit the start of a search into what X searches, the last seven days by its own clock, `now`.

    X answers 400 to an older start, so that a time stands in the place of an older id.
    """
    oldest = now - timedelta(days=7) + margin
    if since_id is None or time_of(since_id) > oldest:
        return since_id, None
    return None, oldest
