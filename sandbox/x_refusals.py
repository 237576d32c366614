"""How X says no: the status and the body of every refusal, in X's own wording where it is known."""

import math
from collections.abc import Sequence
from typing import Any

from sandbox.trouble import Trouble

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
    """An answer that says no: status, JSON body and headers."""

    def __init__(
        self, status: int, body: dict[str, Any], headers: dict[str, str] | None = None
    ) -> None:
        super().__init__(str(body.get("detail", status)))
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
