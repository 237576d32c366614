"""slack_sdk's client for the Web API: answers have an end, and no message of ours is unfurled."""

import email.message
import io
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from slack_sdk import WebClient
from slack_sdk.web import SlackResponse

from clients.net.bounded import LARGEST_SLACK_ANSWER, BoundedBody
from domain.cleaning import clean_json

_JSON = "application/json; charset=utf-8"
#: The calls that put words before people. Slack shows what their links lead to unless told not to.
MESSAGES = frozenset(
    {"chat.postMessage", "chat.update", "chat.postEphemeral", "chat.scheduleMessage"}
)
#: Links in a stranger's post open nothing and show no picture of theirs in the channel.
NOT_UNFURLED = {"unfurl_links": False, "unfurl_media": False}

_CHECK: ContextVar[Callable[[], None] | None] = ContextVar("check before a post", default=None)


@contextmanager
def posting_while(check: Callable[[], None]) -> Iterator[None]:
    """Have a check asked before each message that this thread posts, after every wait for Slack.

    What the check raises comes out of the call, and nothing has gone out.
    """
    token = _CHECK.set(check)
    try:
        yield
    finally:
        _CHECK.reset(token)


class BoundedWebClient(WebClient):
    """Asks as slack_sdk does; an answer without an end is cut off and counts as broken."""

    def api_call(self, api_method: str, **asked: Any) -> SlackResponse:
        """Make a call; a message goes without previews, whoever asked for it."""
        if api_method in MESSAGES:
            how = next((how for how in ("json", "data", "params") if asked.get(how)), "json")
            asked[how] = {**(asked.get(how) or {}), **NOT_UNFURLED}
        return super().api_call(api_method, **asked)

    def _perform_urllib_http_request_internal(
        self, url: str, req: urllib.request.Request
    ) -> dict[str, Any]:
        handlers: list[urllib.request.BaseHandler] = [urllib.request.HTTPSHandler(context=self.ssl)]
        if self.proxy is not None:
            handlers.append(urllib.request.ProxyHandler({"http": self.proxy, "https": self.proxy}))
        if not url.lower().startswith(("http://", "https://")):
            raise ValueError("Slack's address must be one of the web")
        if (check := _CHECK.get()) and url.endswith("/chat.postMessage"):
            check()
        try:
            with urllib.request.build_opener(*handlers).open(req, timeout=self.timeout) as answer:
                body = BoundedBody(answer, LARGEST_SLACK_ANSWER).read()
                return {
                    "status": answer.status,
                    "headers": answer.headers,
                    "body": clean_json(body.decode("utf-8", "replace")),
                }
        except urllib.error.HTTPError as refused:
            with refused:
                body = BoundedBody(refused, LARGEST_SLACK_ANSWER).read()
            # slack_sdk reads it next, in whatever charset the head names.
            head = email.message.Message()
            for name, value in refused.headers.items():
                if name.lower() not in {"content-type", "content-length"}:
                    head[name] = value
            head["Content-Type"] = _JSON
            whole = clean_json(body.decode("utf-8", "replace")).encode()
            again = urllib.error.HTTPError(url, refused.code, refused.msg, head, io.BytesIO(whole))
            raise again from None
