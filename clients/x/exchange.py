"""One request through tweepy and its whole answer, or how it ended without one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import requests
import tweepy

from clients.x.keys import XKeys
from clients.x.transport import Attempt, OneRequestSession
from errors import XError, XUncertain, XUnreached


@dataclass(frozen=True, slots=True)
class Exchange:
    """What came of a request: the whole answer, or None and what went wrong on the way."""

    answer: requests.Response | None
    failure: Exception | None = None


def exchange(
    keys: XKeys, base_url: str, attempt: Attempt, ask: Callable[[Any], object]
) -> Exchange:
    """Let a tweepy client of its own make its one request.

    What tweepy raises about an answer is not used: it stumbles over odd bodies and headers.

    Raises:
        Exception: what `may_still_go` raised, unchanged.
    """
    with attempt, OneRequestSession(base_url, attempt) as session:
        x = tweepy.Client(
            bearer_token=keys.bearer_token,
            consumer_key=keys.consumer_key,
            consumer_secret=keys.consumer_secret,
            access_token=keys.access_token,
            access_token_secret=keys.access_token_secret,
            return_type=requests.Response,
        )
        x.session.close()
        x.session = session
        try:
            ask(x)
        except Exception as error:
            if attempt.question_failed is not None:
                raise attempt.question_failed from None
            if session.answer is None:
                return Exchange(None, error)
        return Exchange(session.answer)


def no_answer(attempt: Attempt) -> XError:
    """Tell what it means for a reply that no whole answer came."""
    if not attempt.wrote:
        return XUnreached("X could not be reached; nothing was sent.")
    if attempt.left() <= 0:
        return XUncertain("X did not answer in time; the reply may have gone out.")
    return XUncertain("The connection to X broke before its answer; the reply may have gone out.")


def created_id(body: object, status: int) -> str:
    """Read the new post's id out of a 2xx answer.

    Raises:
        XUncertain: the answer names none.
    """
    made = body.get("data") if isinstance(body, Mapping) else None
    post_id = str(made.get("id") or "") if isinstance(made, Mapping) else ""
    if not (post_id.isascii() and post_id.isdigit()):
        raise XUncertain(
            f"X answered {status}, but its answer names no post; the reply may have gone out.",
            status=status,
        )
    return post_id
