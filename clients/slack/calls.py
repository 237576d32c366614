"""Calls of Slack's Web API: pauses waited for, pages followed, refusals made our errors."""

from collections.abc import Callable, Iterator
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_handlers import RateLimitErrorRetryHandler
from slack_sdk.http_retry.request import HttpRequest
from slack_sdk.http_retry.response import HttpResponse
from slack_sdk.http_retry.state import RetryState
from slack_sdk.web import SlackResponse

from clients.net.bounded import seconds_named
from clients.slack.rate_limit import Pace
from clients.slack.refusals import BROKEN, broken, slack_refusal
from errors import SlackUnavailable

_LONGEST_PAUSE = 30  # seconds; a longer Retry-After goes back to the job


class PatientHandler(RateLimitErrorRetryHandler):
    """Waits for Slack's pause and asks again, unless the pause is long; slows down what follows."""

    def __init__(self, pace: Pace, max_retry_count: int) -> None:
        super().__init__(max_retry_count)
        self._pace = pace

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
        pause = _pause(response)
        return pause is not None and pause <= _LONGEST_PAUSE

    def prepare_for_next_attempt(
        self,
        *,
        state: RetryState,
        request: HttpRequest,
        response: HttpResponse | None = None,
        error: Exception | None = None,
    ) -> None:
        if response is None or not request.url.endswith("chat.postMessage"):
            super().prepare_for_next_attempt(
                state=state, request=request, response=response, error=error
            )
            return
        self._pace.wait_after_refusal(_pause(response) or 1)
        state.next_attempt_requested = True
        state.increment_current_attempt()


def _pause(response: HttpResponse) -> int | None:
    """Return the seconds that Slack asks for; a second where it names none, None for nonsense."""
    named = [v for k, v in response.headers.items() if k.lower() == "retry-after"]
    if not named:
        return 1
    return seconds_named(named[0][0])


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
