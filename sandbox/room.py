"""The practice room: one server that plays Slack, X and a model, with one page to watch it."""

import asyncio
import contextlib
import secrets
import socket
import threading
import time
from collections.abc import AsyncIterator
from html import escape
from pathlib import Path
from types import TracebackType
from typing import Self

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from sandbox.addresses import Addresses
from sandbox.avatars import picture
from sandbox.control.changes import Changes
from sandbox.control.control import control_routes
from sandbox.faults.cutting import CuttableHTTP
from sandbox.faults.trouble import RequestLog, TroubleDesk
from sandbox.model.service import ModelDesk, model_routes
from sandbox.serving import PromptServer
from sandbox.slack.api import SlackApi
from sandbox.slack.app_features import Features
from sandbox.slack.people import SlackUser
from sandbox.slack.responses import ResponseDesk
from sandbox.slack.settings import WorkspaceSettings
from sandbox.slack.socket import SocketHub
from sandbox.slack.state import CHANNEL_ID
from sandbox.story.arrivals import Arrivals
from sandbox.story.furnishing import slack_of, x_of
from sandbox.story.parts import Story
from sandbox.x.api import x_routes

PAGE = Path(__file__).parent / "page"
START_SECONDS = 30.0
STOP_SECONDS = 10.0


class PracticeRoom(Addresses):
    """A practice Slack, a practice X and a practice model on one port of this machine.

    Args:
        port: where to listen on 127.0.0.1; 0 picks a free one.
        story: whose week to play; None: an empty room.
        lively: whether the story's arrivals come while the room is open.
    """

    def __init__(self, *, port: int = 0, story: Story | None = None, lively: bool = False) -> None:
        self.port = port
        self.trouble = TroubleDesk()
        self.requests = RequestLog()
        self.model = ModelDesk()
        self.model_key: str | None = None
        self.leaves_to = ""
        self.x, self.post_ids = x_of(story)
        self._make_tokens()
        self.slack = slack_of(story)
        self.slack_settings = WorkspaceSettings(self.slack_bot_token, self.slack_app_token)
        self.hub = SocketHub(self.slack, self.slack_settings, self.trouble)
        self.responses = ResponseDesk(self.slack, self.slack_settings, self.requests)
        self.changes = Changes()
        self.arrivals = Arrivals(story, self.x, self.post_ids) if story and lively else None
        self.slack.on_change(self.changes.tell)
        self.x.on_change(lambda: self.changes.tell("posts"))
        self.trouble.on_change(lambda: self.changes.tell("trouble"))
        self.model.on_change(lambda: self.changes.tell("state"))
        self._server: PromptServer | None = None
        self._thread: threading.Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    def _make_tokens(self) -> None:
        mark = secrets.token_hex(8)
        self.slack_bot_token = f"xoxb-practice-{mark}"
        self.slack_app_token = f"xapp-practice-{mark}"
        self.x_consumer_key = f"practice-consumer-key-{mark}"
        self.x_consumer_secret = f"practice-consumer-secret-{mark}"
        self.x_access_token = f"{self.x.account.id}-practice-access-{mark}"
        self.x_access_token_secret = f"practice-access-secret-{mark}"
        self.x_bearer_token = f"practice-bearer-{mark}"

    @property
    def notice(self) -> str:
        """What every page says of what leaves this machine: nothing, or words to a model.

        `leaves_to` names the host of a model that is no part of this room.
        """
        if self.leaves_to:
            words = f"What is written here goes to the model at {self.leaves_to}; nothing else"
            return f"{words} leaves this machine."
        return "Nothing leaves this machine."

    @property
    def account(self) -> str:
        """The business's handle on X, with @."""
        return f"@{self.x.account.handle}"

    @property
    def channel_id(self) -> str:
        """The Slack channel that the bot is in."""
        return CHANNEL_ID

    @property
    def members(self) -> list[SlackUser]:
        """The people of the workspace, without the bot."""
        return [member for member in self.slack.members.values() if member.role != "bot"]

    # --- switches ------------------------------------------------------------------------

    @property
    def slack_scopes(self) -> list[str]:
        """The bot token's scopes; take one away and its methods answer missing_scope."""
        return self.slack_settings.scopes

    @slack_scopes.setter
    def slack_scopes(self, scopes: list[str]) -> None:
        self.slack_settings.scopes = scopes

    @property
    def slack_message_rate(self) -> float | None:
        """Messages a second that one channel takes before 429; None: no limit."""
        return self.slack_settings.message_rate

    @slack_message_rate.setter
    def slack_message_rate(self, rate: float | None) -> None:
        self.slack_settings.message_rate = rate

    @property
    def slack_charts(self) -> bool:
        """Whether this workspace knows data_visualization blocks yet."""
        return self.slack_settings.charts

    @slack_charts.setter
    def slack_charts(self, known: bool) -> None:
        self.slack_settings.charts = known

    @property
    def slack_features(self) -> Features:
        """The suggested prompts and shortcuts that the page offers."""
        return self.slack_settings.features

    @slack_features.setter
    def slack_features(self, features: Features) -> None:
        self.slack_settings.features = features
        self.changes.tell("state")

    # --- opening and closing -------------------------------------------------------------

    def start(self) -> None:
        """Open the room and return once it answers; after a stop it opens on the same port again.

        Raises:
            OSError: the port is taken.
            RuntimeError: the server did not come up.
        """
        # Named as TCP, asyncio sends each answer at once; otherwise it waits 40 ms for more.
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        try:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(("127.0.0.1", self.port))
        except OSError:
            listener.close()
            raise
        self.port = listener.getsockname()[1]
        self.slack.base_url = self.x.public_url = self.base_url
        server = PromptServer(self._config())
        thread = threading.Thread(
            target=server.run, args=([listener],), name="practice-room", daemon=True
        )
        self._server, self._thread = server, thread
        thread.start()
        deadline = time.monotonic() + START_SECONDS
        while not server.started:
            if not thread.is_alive() or time.monotonic() > deadline:
                listener.close()
                raise RuntimeError("The practice room's server did not come up.")
            time.sleep(0.005)

    def stop(self) -> None:
        """Close every connection and end the server's thread; what the room knows it keeps."""
        server, thread, loop = self._server, self._thread, self._loop
        if server is None or thread is None:
            return
        if loop is not None and thread.is_alive():
            closing = asyncio.run_coroutine_threadsafe(self._close_lines(), loop)
            with contextlib.suppress(TimeoutError):
                closing.result(STOP_SECONDS)
        server.stop()
        thread.join(STOP_SECONDS)
        self._server = self._thread = self._loop = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    async def _close_lines(self) -> None:
        self.changes.close()
        await self.hub.close()

    def _config(self) -> uvicorn.Config:
        return uvicorn.Config(
            self._app(),
            loop="asyncio",
            http=CuttableHTTP,
            ws="websockets-sansio",
            log_config=None,
            log_level="warning",
            access_log=False,
            server_header=False,
            # X's answers bear a date of X's own clock, which a simulation moves.
            date_header=False,
            proxy_headers=False,
            lifespan="on",
            ws_per_message_deflate=False,
        )

    def _app(self) -> Starlette:
        api = SlackApi(self.slack, self.slack_settings, self.trouble, self.requests)
        routes: list[BaseRoute] = [
            *api.routes(),
            *self.hub.routes(),
            *self.responses.routes(),
            *x_routes(self),
            *model_routes(self),
            *control_routes(self),
            Route("/avatars/{handle}.png", self._avatar),
            Route("/", self._front),
            Route("/index.html", self._front),
            Mount("/", StaticFiles(directory=PAGE, html=True)),
        ]
        # Only this machine's own names: a page elsewhere cannot point a name of its own here.
        hosts = Middleware(TrustedHostMiddleware, allowed_hosts=["127.0.0.1", "localhost"])
        return Starlette(routes=routes, middleware=[hosts], lifespan=self._lifespan)

    @contextlib.asynccontextmanager
    async def _lifespan(self, _app: Starlette) -> AsyncIterator[None]:
        self._loop = asyncio.get_running_loop()
        self.changes.attach(self._loop)
        self.hub.attach(self._loop)
        coming = asyncio.create_task(self.arrivals.run()) if self.arrivals else None
        yield
        if coming is not None:
            coming.cancel()
            await asyncio.gather(coming, return_exceptions=True)

    async def _front(self, _request: Request) -> Response:
        page = (PAGE / "index.html").read_text("utf-8")
        return HTMLResponse(page.replace("{notice}", escape(self.notice)))

    async def _avatar(self, request: Request) -> Response:
        handle = request.path_params["handle"]
        person = self.x.person_by_handle(handle)
        name = person.name if person else handle.replace(".", " ")
        headers = {"Cache-Control": "max-age=3600"}
        return Response(picture(handle, name), media_type="image/png", headers=headers)
