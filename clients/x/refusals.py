"""What X's refusals mean: status, headers and body become one of our errors.

Matched by status first and then by several wordings, never by one: X changes its words.
Sources: X_FACTS (wordings seen) and the problem types of X's OpenAPI 2.159.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from clients.net.bounded import seconds_named
from clients.x.problem import Problem, read_problem
from clients.x.refused_reading import names_what_was_asked, refused_reading
from domain.cleaning import clean_value
from errors import XDuplicate, XError, XGone, XPaused, XRateLimited, XRefused, XWrongKeys

#: How long to wait after a 429 that names no time, or one that has passed.
FLOOR = timedelta(seconds=60)
#: No reset of X lies further away; a later one is a mistake.
CEILING = timedelta(hours=24)


def refusal(
    status: int,
    headers: Mapping[str, str],
    body: object,
    *,
    now: datetime,
    sending: bool,
    floor: timedelta = FLOOR,
) -> XError:
    """Make the error that a definite 4xx stands for.

    Args:
        status: 400 to 499.
        headers: the answer's headers, case-insensitive.
        body: the parsed JSON, or None.
        now: aware UTC, for the end of a rate limit.
        sending: whether the request was to create a reply; only then are there duplicates and
            posts that are gone. What is about the account is told apart only when reading.
        floor: how long to pause where X does not say.
    """
    problem = read_problem(status, body)
    # A query's own words, which X repeats, are none about money or keys.
    names_what = names_what_was_asked(problem)
    error = None if names_what else _no_money(problem) or _wrong_keys(problem)
    if error is not None:
        return error
    if status == 429:  # noqa: PLR2004 - HTTP's number
        until = rate_limited_until(headers, now, floor)
        return XRateLimited(
            f"X asks for a pause until {until:%H:%M:%S} UTC.", until=until, detail=problem.detail
        )
    if sending:
        return _refused_reply(problem)
    return refused_reading(problem)


def _no_money(problem: Problem) -> XPaused | None:
    status, detail = problem.status, problem.detail
    if problem.says("spend-cap", "spend cap", "spendcap", "spending cap", "spending limit"):
        return XPaused(
            "X stopped: the spend cap of its console is reached.",
            why="spend_cap",
            status=status,
            detail=detail,
        )
    if status == 402 or problem.says("creditsdepleted", "problems/credits"):  # noqa: PLR2004
        return XPaused(
            "X stopped: the account's credit is used up.",
            why="credits",
            status=status,
            detail=detail,
        )
    if problem.says("usage-capped", "usagecapexceeded", "usage cap"):
        return XPaused(
            "X stopped: the monthly cap of reads is reached.",
            why="usage_cap",
            status=status,
            detail=detail,
        )
    return None


def _wrong_keys(problem: Problem) -> XWrongKeys | None:
    if problem.status == 401 or problem.says("code:215", "code:32", "code:89"):  # noqa: PLR2004
        return XWrongKeys(
            "X does not know these keys (or this machine's clock is minutes wrong).",
            status=problem.status,
            detail=problem.detail,
        )
    if problem.says("oauth1-permissions", "oauth1 app permissions"):
        return XWrongKeys(
            "These keys may not write: the app has read permission only.",
            "Set the app to Read and write in X's console, then make a new access token.",
            status=problem.status,
            detail=problem.detail,
        )
    if problem.says("client-not-enrolled", "client-forbidden", "unsupported-authentication"):
        return XWrongKeys(
            "X does not let this app use the API with these keys.",
            status=problem.status,
            detail=problem.detail,
        )
    return None


#: Words of X, what they mean, and what to tell a person; the first row that fits counts.
_REPLY_REFUSALS: tuple[tuple[tuple[str, ...], type[XRefused], str], ...] = (
    (
        (
            "duplicate content",
            "status is a duplicate",
            "duplicate tweet",
            "duplicate post",
            "already said that",
            "code:187",
        ),
        XDuplicate,
        "X says that the account posted the same words already.",
    ),
    (
        ("have been blocked", "has blocked", "blocked from", "code:136"),
        XRefused,
        "The author has blocked the account.",
    ),
    (
        (
            "deleted or not visible",
            "has been deleted",
            "is deleted",
            "not visible to you",
            "could not find tweet",
            "could not find post",
            "no status found",
            "does not exist",
            "resource-not-found",
            "resource-unavailable",
            "code:144",
            "code:385",
        ),
        XGone,
        "The post is deleted, or the account cannot see it.",
    ),
    (
        (
            "where you are mentioned",
            "you have not been mentioned",
            "not been mentioned or otherwise engaged",
            "mentioned or are the author",
            "engaged by the author",
            "not-authorized-for-resource",
        ),
        XRefused,
        "X lets an app answer only people who mentioned or quoted the account, not this post.",
    ),
    (
        (
            "reply to this conversation",
            "not allowed to reply",
            "not permitted to reply",
            "cannot reply",
            "can't reply",
            "who can reply",
            "reply settings",
            "code:433",
        ),
        XRefused,
        "The author chose who may reply, and the account is not among them.",
    ),
    (("too long", "code:186"), XRefused, "X finds the text too long."),
    (
        ("automated", "code:226"),
        XRefused,
        "X took the reply for an automated one and did not post it.",
    ),
    (
        ("suspended", "temporarily locked", "account is locked", "code:64", "code:326"),
        XRefused,
        "X has locked or suspended the account.",
    ),
)


def _refused_reply(problem: Problem) -> XRefused:
    status, detail = problem.status, problem.detail
    for phrases, kind, sentence in _REPLY_REFUSALS:
        if problem.says(*phrases):
            return kind(sentence, status=status, detail=detail)
    said = f': "{detail}"' if detail else f" (HTTP {status}) and gave no reason."
    return XRefused(f"X did not take the reply{said}", status=status, detail=detail)


def rate_limited_until(
    headers: Mapping[str, str], now: datetime, floor: timedelta = FLOOR
) -> datetime:
    """Find when X may be asked again: aware UTC, between the floor and `CEILING` where X is vague.

    Beside the 15 minute window X counts posts over 24 hours (headers x-user-limit-24hour-…): when
    that one is empty, its reset counts.
    """
    resets = [
        _at(headers.get(f"{name}-reset"))
        for name in ("x-user-limit-24hour", "x-app-limit-24hour")
        if headers.get(f"{name}-remaining") == "0"
    ]
    resets.append(_at(headers.get("x-rate-limit-reset")))
    wait = seconds_named(headers.get("retry-after", ""))
    if wait is not None:
        resets.append(now + min(timedelta(seconds=wait), CEILING))
    coming = [reset for reset in resets if reset is not None and reset > now]
    return min(max(coming), now + CEILING) if coming else now + floor


def _at(seconds: str | None) -> datetime | None:
    if not seconds:
        return None
    try:
        return datetime.fromtimestamp(int(seconds), UTC)
    except (ValueError, OverflowError, OSError):
        return None


def as_json(answer: Any) -> object:
    """Parse an answer of `requests`, its texts cleaned; None when it is not JSON."""
    try:
        return clean_value(answer.json())
    except (ValueError, RecursionError):
        return None
