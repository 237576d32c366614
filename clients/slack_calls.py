"""Calls of Slack's Web API: pauses waited for, pages followed, refusals made our errors."""

from collections.abc import Callable, Iterator
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_handlers import RateLimitErrorRetryHandler
from slack_sdk.http_retry.request import HttpRequest
from slack_sdk.http_retry.response import HttpResponse
from slack_sdk.http_retry.state import RetryState
from slack_sdk.web import SlackResponse

from clients.slack_refusals import BROKEN, broken, slack_refusal
from errors import SlackUnavailable

_LONGEST_PAUSE = 30  # seconds; a longer Retry-After goes back to the job


class PatientHandler(RateLimitErrorRetryHandler):
    """Waits for Slack's pause and asks again, unless the pause is long."""

    def _can_retry(
        self,
        *,
        state: RetryState,
        request: HttpRequest,
        response: HttpResponse | None = None,
        error: Exception | None = None,
    ) -> bool:
        limited = super()._can_retry(state=state, request=request, response=response, error=error)
        if not limited or response is None:
            return False
        named = [v for k, v in response.headers.items() if k.lower() == "retry-after"]
        return not named or (named[0][0].isdigit() and int(named[0][0]) <= _LONGEST_PAUSE)


def ask_slack(call: Callable[..., SlackResponse], **arguments: Any) -> SlackResponse:
    """Make one call.

    Raises:
        SlackError: what Slack's refusal means; SlackUnavailable when no answer came.
    """
    try:
        return call(**arguments)
    except SlackApiError as error:
        raise slack_refusal(error) from None
    except BROKEN as error:
        raise broken(error) from error


def pages_of(ask: Callable[..., SlackResponse]) -> Iterator[SlackResponse]:
    """Make a call for each page of its answer."""
    cursor = None
    seen: set[str | None] = set()
    while cursor not in seen:
        seen.add(cursor)
        page = ask_slack(ask, cursor=cursor)
        yield page
        cursor = (page.get("response_metadata") or {}).get("next_cursor") or None
        if cursor is None:
            return
    raise SlackUnavailable("Slack's pages go round in a circle.")
