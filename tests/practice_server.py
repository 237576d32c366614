"""The X half and the model of the practice room on a port of their own, and clients moved to it."""

import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from types import TracebackType
from typing import Any, Self

import openai
import requests
import tweepy
import uvicorn
from requests.adapters import HTTPAdapter
from starlette.applications import Starlette

from sandbox.faults.cutting import CuttableHTTP
from sandbox.faults.trouble import RequestLog, TroubleDesk
from sandbox.model.service import ModelDesk, model_routes
from sandbox.serving import PromptServer
from sandbox.x.api import x_routes
from sandbox.x.state import Clock, XState, utc_now

#: A limit for what does not answer at all.
TIMEOUT = 30.0


class PracticeServer:
    """Serves the practice X and model over HTTP while the `with` block lasts."""

    x_consumer_key = "practice-consumer-key"
    x_consumer_secret = "practice-consumer-secret"
    x_access_token_secret = "practice-access-token-secret"
    x_bearer_token = "practice-bearer-token"
    notice = "Nothing leaves this machine."

    def __init__(self, clock: Clock = utc_now) -> None:
        self.x = XState(clock=clock)
        self.x_access_token = f"{self.x.account.id}-practice-access-token"
        self.trouble = TroubleDesk()
        self.requests = RequestLog()
        self.model = ModelDesk()
        self.model_key: str | None = None
        app = Starlette(routes=[*x_routes(self), *model_routes(self)])
        config = uvicorn.Config(
            app, port=0, http=CuttableHTTP, lifespan="off", log_level="warning", access_log=False
        )
        self._server = PromptServer(config)
        self._thread = threading.Thread(target=self._server.run, daemon=True)
        self._opened = ExitStack()

    def __enter__(self) -> Self:
        self._thread.start()
        deadline = time.monotonic() + TIMEOUT
        while not self._server.started:
            assert time.monotonic() < deadline, "the server did not start"
            time.sleep(0.005)
        port = self._server.servers[0].sockets[0].getsockname()[1]
        self.url = self.x.public_url = f"http://127.0.0.1:{port}"
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._opened.close()
        self._server.stop()
        self._thread.join(TIMEOUT)
        assert not self._thread.is_alive(), "the server did not stop"

    def tweepy(self, **keys: str) -> tweepy.Client:
        """The true tweepy client with the practice keys, its host moved to this server."""
        chosen = {
            "consumer_key": self.x_consumer_key,
            "consumer_secret": self.x_consumer_secret,
            "access_token": self.x_access_token,
            "access_token_secret": self.x_access_token_secret,
            "bearer_token": self.x_bearer_token,
            **keys,
        }
        client = tweepy.Client(**chosen, wait_on_rate_limit=False)
        client.session.mount("https://api.twitter.com", MovedTo(self.url + "/x"))
        return self._opened.enter_context(_closing_session(client))

    def openai(self, key: str = "practice-key", timeout: float = TIMEOUT) -> openai.OpenAI:
        """The true openai client, pointed here, without retries of its own."""
        url = self.url + "/model/v1"
        client = openai.OpenAI(api_key=key, base_url=url, max_retries=0, timeout=timeout)
        return self._opened.enter_context(client)


@contextmanager
def _closing_session(client: tweepy.Client) -> Iterator[tweepy.Client]:
    with client.session:
        yield client


class MovedTo(HTTPAdapter):
    """Sends what is meant for X to another address, with a time-out."""

    def __init__(self, base: str, timeout: float = TIMEOUT) -> None:
        super().__init__()
        self.base = base
        self.timeout = timeout

    def send(
        self, request: requests.PreparedRequest, *args: Any, **kwargs: Any
    ) -> requests.Response:
        assert request.url is not None
        request.url = request.url.replace("https://api.twitter.com", self.base, 1)
        kwargs["timeout"] = kwargs.get("timeout") or self.timeout
        return super().send(request, *args, **kwargs)
