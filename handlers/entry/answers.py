"""Answers to a command go to an address that Slack names, past our door: they unfurl nothing."""

from collections.abc import Callable
from typing import Any

from slack_bolt import BoltContext, Respond
from slack_sdk.webhook import WebhookResponse

from clients.slack.web_client import NOT_UNFURLED


class PlainRespond(Respond):
    """Bolt's own `respond`, with no preview of what links lead to."""

    def __call__(self, *words: Any, **answer: Any) -> WebhookResponse:
        """Answer; what the caller says of previews does not count."""
        return super().__call__(*words, **{**answer, **NOT_UNFURLED})


def unfurl_nothing(context: BoltContext, next: Callable[[], None]) -> None:  # noqa: A002 - Bolt's name
    """Give every listener of this payload the plain `respond`."""
    context["respond"] = PlainRespond(
        response_url=context.response_url, proxy=context.client.proxy, ssl=context.client.ssl
    )
    next()
