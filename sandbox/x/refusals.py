"""How X says no: the status and the body of every refusal, in X's own wording where it is known."""

import math
from collections.abc import Sequence
from typing import Any

from sandbox.faults.trouble import Trouble

_PROBLEMS = "https://api.twitter.com/2/problems"
_NEW_PROBLEMS = "https://api.x.com/2/problems"
APP_ID = "31337001"

REPLY_NOT_SUMMONED = (
    "You can only reply to or quote posts where you are mentioned or are the author."
)
REPLY_NOT_ALLOWED = (
    "Reply to this conversation is not allowed because you have not been mentioned or otherwise"
    " engaged by the author of the post you are replying to."
)
DUPLICATE = "You are not allowed to create a Tweet with duplicate content."
TARGET_GONE = "You attempted to reply to a Tweet that is deleted or not visible to you."
TOO_LONG = (
    "Your Tweet text is too long. For more information on how Twitter determines text length see"
    " https://github.com/twitter/twitter-text."
)


class Refusal(Exception):
    """An answer that says no: status, JSON body and headers; or a page for people in its place."""

    def __init__(
        self,
        status: int,
        body: dict[str, Any],
        headers: dict[str, str] | None = None,
        page: str | None = None,
    ) -> None:
        super().__init__(str(body.get("detail", status)))
        self.page = page
        self.status = status
        self.body = body
        self.headers = headers or {}


def _plain(status: int, title: str, detail: str, kind: str = "about:blank") -> Refusal:
    return Refusal(status, {"title": title, "type": kind, "status": status, "detail": detail})


def unauthorized() -> Refusal:
    return _plain(401, "Unauthorized", "Unauthorized")


def forbidden(detail: str) -> Refusal:
    return _plain(403, "Forbidden", detail)


def not_summoned() -> Refusal:
    kind = f"{_PROBLEMS}/not-authorized-for-resource"
    return _plain(403, "Forbidden", REPLY_NOT_SUMMONED, kind)


def wrong_sign_in(used: str, accepted: Sequence[str]) -> Refusal:
    """Refuse a way of signing in that this endpoint does not take."""
    return _plain(
        403,
        "Unsupported Authentication",
        f"Authenticating with {used} is forbidden for this endpoint.  "
        f"Supported authentication types are [{', '.join(accepted)}].",
        f"{_PROBLEMS}/unsupported-authentication",
    )


def invalid(parameter: str, value: str, message: str) -> Refusal:
    """Refuse a request for one of its parameters."""
    return Refusal(
        400,
        {
            "errors": [{"parameters": {parameter: [value]}, "message": message}],
            "title": "Invalid Request",
            "detail": "One or more parameters to your request was invalid.",
            "type": f"{_PROBLEMS}/invalid-request",
        },
    )


def too_many_requests(headers: dict[str, str]) -> Refusal:
    refusal = _plain(429, "Too Many Requests", "Too Many Requests")
    refusal.headers = headers
    return refusal


def not_found(resource: str, parameter: str, value: str) -> dict[str, Any]:
    """Shape the partial error for something that is not there."""
    return {
        "value": value,
        "detail": f"Could not find {resource} with {parameter}: [{value}].",
        "title": "Not Found Error",
        "resource_type": resource,
        "parameter": parameter,
        "resource_id": value,
        "type": f"{_PROBLEMS}/resource-not-found",
    }


def not_for_you(resource: str, parameter: str, value: str) -> dict[str, Any]:
    """Shape the partial error for a protected person's post or timeline."""
    return {
        "value": value,
        "detail": f"Sorry, you are not authorized to see the {resource} with"
        f" {parameter}: [{value}].",
        "title": "Authorization Error",
        "section": "data",
        "resource_type": resource,
        "parameter": parameter,
        "resource_id": value,
        "type": f"{_PROBLEMS}/not-authorized-for-resource",
    }


def rule_problem(kind: str, title: str, value: str, detail: str) -> dict[str, Any]:
    """Shape the error for one rule of the stream that cannot be added."""
    return {"value": value, "detail": detail, "title": title, "type": f"{_PROBLEMS}/{kind}"}


def stream_taken() -> Refusal:
    """Refuse a second connection to the stream."""
    return Refusal(
        429,
        {
            "title": "ConnectionException",
            "detail": "This stream is currently at the maximum allowed connection limit.",
            "connection_issue": "TooManyConnections",
            "type": f"{_PROBLEMS}/streaming-connection",
        },
    )


#: X's own numbers and words about an account or an app, as people quoted them.
_ABOUT_THE_ACCOUNT = {
    "403_suspended": (
        64,
        "Your account is suspended and is not permitted to access this feature.",
    ),
    "403_locked": (
        326,
        "To protect our users from spam, this account is temporarily locked. Please log in to x.com.",
    ),
    "403_app": (416, "Invalid / suspended application"),
    "403_level": (
        453,
        "You currently have access to a subset of X API V2 endpoints only.",
    ),
    "403_daily": (185, "User is over daily status update limit."),
}
_PAGE = (
    "<!DOCTYPE html><html><head><title>Attention Required!</title></head>"
    "<body><h1>Sorry, you have been blocked</h1></body></html>"
)


def _about_times(what: str) -> Refusal:
    words = {
        "start_time": "'start_time' must be on or after 2026-11-24T12:00Z",
        "end_time": "'end_time' must be a minimum of 10 seconds prior to the request time.",
        "since_id": "'since_id' must be a tweet id created after 2026-11-24T12:00Z.",
    }
    return invalid(what, "…", f"Invalid '{what}':'…'. {words[what]}")


def _sorted_refusal(what: str) -> Refusal | None:
    """Find a refusal about the account, the way to X, the times or the query."""
    if what in _ABOUT_THE_ACCOUNT:
        code, message = _ABOUT_THE_ACCOUNT[what]
        refusal = forbidden(message)
        refusal.body["errors"] = [{"code": code, "message": message}]
        return refusal
    if what == "403_not_permitted":
        return forbidden("You are not permitted to perform this action.")
    if what == "403_page":
        return Refusal(403, forbidden("Forbidden").body, page=_PAGE)
    if what == "404":
        return _plain(404, "Not Found", "Not Found")
    if what == "400_query":
        message = "There were errors processing your request: missing ')' at '<EOF>'"
        return invalid("query", "(", message)
    return _about_times(what.removeprefix("400_")) if what.startswith("400_") else None


def from_trouble(trouble: Trouble, limit: int, now: float) -> Refusal | None:
    """Find the refusal that a queued trouble stands for, if it stands for one.

    Args:
        trouble: what was queued.
        limit: how many calls this endpoint allows in its window.
        now: Unix time, seconds.
    """
    if trouble.what == "429":
        reset = math.ceil(now + trouble.seconds)
        return too_many_requests(
            {
                "x-rate-limit-limit": str(limit),
                "x-rate-limit-remaining": "0",
                "x-rate-limit-reset": str(reset),
            }
        )
    if (refusal := _sorted_refusal(trouble.what)) is not None:
        return refusal
    return {
        "401": unauthorized(),
        "402": _credits_depleted(),
        "403_not_enrolled": _not_enrolled(),
        "403_spend_cap": _plain(
            403,
            "Forbidden",
            "Your monthly spend cap has been reached.",
            f"{_NEW_PROBLEMS}/spend-cap-reached",
        ),
        "429_no_reset": too_many_requests({}),
        "429_usage_cap": _usage_capped(),
        "500": _plain(
            500,
            "Internal Server Error",
            "Something is broken. This is usually a temporary error, for example in a high load"
            " situation or if an endpoint is temporarily having issues.",
        ),
        "503": _plain(503, "Service Unavailable", "Service Unavailable"),
        "unsummoned": not_summoned(),
        "not_allowed": forbidden(REPLY_NOT_ALLOWED),
        "duplicate": forbidden(DUPLICATE),
        "deleted": forbidden(TARGET_GONE),
    }.get(trouble.what)


def _not_enrolled() -> Refusal:
    return Refusal(
        403,
        {
            "client_id": APP_ID,
            "title": "Client Forbidden",
            "detail": "This app has no access to this endpoint.",
            "reason": "client-not-enrolled",
            "required_enrollment": "Appropriate Level of API Access",
            "type": f"{_PROBLEMS}/client-forbidden",
        },
    )


def _credits_depleted() -> Refusal:
    return Refusal(
        402,
        {
            "account_id": APP_ID,
            "title": "CreditsDepleted",
            "detail": f"Your enrolled account [{APP_ID}] does not have any credits to fulfill this"
            " request.",
            "type": f"{_PROBLEMS}/credits",
        },
    )


def _usage_capped() -> Refusal:
    return Refusal(
        429,
        {
            "account_id": APP_ID,
            "title": "UsageCapExceeded",
            "detail": "Usage cap exceeded: Monthly product cap",
            "period": "Monthly",
            "scope": "Product",
            "type": f"{_PROBLEMS}/usage-capped",
        },
    )
