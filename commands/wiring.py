"""Wire the parts of one Greenroom: database, doors, worker, handlers, Socket Mode."""

import json
import logging
import os
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from datetime import UTC, datetime

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_bolt.adapter.socket_mode.internals import run_bolt_app
from slack_sdk.socket_mode.builtin import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

from clients.model.client import ModelClient
from clients.net.network import is_loopback
from clients.net.quiet import quiet_logs
from clients.slack.client import SlackClient
from clients.slack.shapes import BotIdentity
from clients.slack.socket_mode import PromptSocket
from clients.x.client import XClient, XKeys
from clients.x.stream import StreamDoor
from domain import LISTED, Person, Prices, TeamSettings
from errors import SlackNoChannel, SlackUnavailable
from handlers.entry.access import Access
from handlers.entry.context import HandlerContext
from handlers.registry import register
from jobs.engine.context import JobContext
from jobs.engine.timings import Timings
from jobs.engine.worker import Worker
from jobs.listening.stream import Streaming
from jobs.registry import RUNS
from jobs.start import begin
from jobs.upkeep.account_day import book_own_profile
from settings import Settings
from storage.db import key_values
from storage.db.database import Database
from storage.open import lock_for_one_process, open_to_work
from storage.team.team_settings import Team

log = logging.getLogger("greenroom")

#: Bolt's own pool of 5 delays acknowledgements when handlers are slow.
_HANDLER_THREADS = 24
#: Payloads that the socket takes at a time; each waits here only for its acknowledgement.
_SOCKET_THREADS = 16
#: A card with all its buttons comes in one piece.
_SOCKET_BYTES = 64 * 1024
#: With these of another app in the environment, Bolt takes ours for one that many workspaces
#: install, looks for their tokens in a folder, and answers nobody.
_OTHER_APPS = ("SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET")
#: How long the connection to Slack may take to close, in seconds.
_SOCKET_PATIENCE = 2.0


def x_door(settings: Settings, timings: Timings) -> XClient:
    """Make the door to X that the settings describe."""
    keys = XKeys(
        consumer_key=settings.x.consumer_key,
        consumer_secret=settings.x.consumer_secret,
        access_token=settings.x.access_token,
        access_token_secret=settings.x.access_token_secret,
        bearer_token=settings.x.bearer_token,
    )
    return XClient(
        keys,
        base_url=settings.x.api_url,
        clock=lambda: datetime.now(UTC),
        read_timeout=timings.read_timeout.total_seconds(),
        send_deadline=timings.send_deadline.total_seconds(),
        pause_floor=timings.vague_pause,
    )


def stream_door(settings: Settings, timings: Timings, x: XClient) -> StreamDoor | None:
    """Make the door to X's filtered stream; None where it is not asked for."""
    if not settings.x.stream or not settings.x.bearer_token:
        return None
    return StreamDoor(
        x,
        settings.x.bearer_token,
        base_url=settings.x.api_url,
        silence=timings.stream.silence.total_seconds(),
    )


def slack_door(settings: Settings) -> SlackClient:
    """Make the door to Slack that the settings describe."""
    return SlackClient(settings.slack.bot_token, base_url=settings.slack.api_url)


def model_door(settings: Settings, timings: Timings) -> ModelClient | None:
    """Make the door to the model; None without a key."""
    if settings.model.api_key is None:
        return None
    return ModelClient(
        settings.model.api_key,
        settings.model.base_url,
        settings.model.model,
        timeout=timings.model_deadline.total_seconds(),
    )


class PromptHandler(SocketModeHandler):
    """Bolt's own handler over our prompt socket."""

    def __init__(self, app: App, app_token: str) -> None:
        # Bolt's __init__ would open a client of its own, threads and all.
        self.app = app
        self.app_token = app_token
        self.client = PromptSocket(
            app_token=app_token,
            logger=app.logger,
            web_client=app.client,
            ping_interval=10,
            concurrency=_SOCKET_THREADS,
            receive_buffer_size=_SOCKET_BYTES,
        )
        self.client.socket_mode_request_listeners.append(self.handle)  # type: ignore[arg-type]

    def handle(self, client: SocketModeClient, req: SocketModeRequest) -> None:  # type: ignore[override]
        """Let Bolt find the listener; it answers only what the socket has not acknowledged."""
        if isinstance(client, PromptSocket) and client.was_acknowledged(req.envelope_id):
            run_bolt_app(self.app, req)
        else:
            super().handle(client, req)


class Greenroom:
    """One running Greenroom. `open` asks the services who we are and may refuse to start."""

    def __init__(
        self, settings: Settings, *, timings: Timings | None = None, practice: bool = False
    ) -> None:
        self._settings = settings
        self._timings = timings or Timings()
        self._practice = practice
        self._closing = ExitStack()
        self._set_aside: list[str] = []
        self._socket: SocketModeHandler | None = None
        self._worker: Worker | None = None
        self._streaming: Streaming | None = None

    def open(self) -> JobContext:
        """Open the database and the doors, and return the room that they make.

        Raises:
            GreenroomError: one sentence that says what is wrong and what to do.
        """
        settings = self._settings
        if settings.database_url.startswith("sqlite"):
            self._closing.enter_context(lock_for_one_process(settings.database_url))
        db, self._set_aside = open_to_work(settings.database_url)
        self._closing.callback(db.close)
        slack = slack_door(settings)
        self.identity = slack.whoami()
        channel_id = joined_channel(slack, settings.slack.channel)
        slack.check_app_token(settings.slack.app_token)
        team = Team(db, team_base(settings, channel=channel_id))
        team.refresh()
        x = x_door(settings, self._timings)
        prices = LISTED.with_own(settings.prices)
        self.room = JobContext(
            db=db,
            x=x,
            slack=slack,
            model=model_door(settings, self._timings),
            account=known_account(db, x, settings.x.access_token, prices),
            team=team,
            timings=self._timings,
            look_back=settings.x.look_back,
            poll_least=settings.x.poll_least,
            poll_most=settings.x.poll_most,
            started_at=db.now(),
            nudge=self._nudge,
            retention=settings.retention,
            practice=self._practice,
            prices=prices,
        )
        return self.room

    def start(self) -> None:
        """Begin to work and to listen to Slack; `open` must have been called."""
        room, settings = self.room, self._settings
        self._worker = Worker(room, RUNS)
        begin(
            room,
            settings.x.seed_watches,
            only_process=settings.database_url.startswith("sqlite"),
            streaming=settings.x.stream,
            set_aside=self._set_aside,
        )
        self._socket = self._listen_to_slack(room, self.identity)
        self._worker.start()
        stream = stream_door(settings, self._timings, room.x)
        if stream is not None:
            self._streaming = Streaming(room, stream)
            self._streaming.start()
        where = f"in channel {room.channel}" if room.channel else "and no channel is chosen yet"
        log.info("ready: @%s %s", room.account.handle, where)

    def problem(self) -> str:
        """Say what is wrong, for a health check; "" while everything runs."""
        if self._worker is None or self._socket is None:
            return "Greenroom has not started."
        if self._worker.problem:
            return self._worker.problem
        with self.room.db.read() as tx:
            tx.one("SELECT 1 AS one")
        client = self._socket.client
        return "" if client is not None and client.is_connected() else "Slack is not connected."

    def stop(self) -> None:
        """Stop listening, finish what is being sent, close the database."""
        if self._socket is not None:
            # What comes while the socket closes could not be acknowledged; Slack sends it again.
            self._socket.client.socket_mode_request_listeners.clear()
            # It waits without an end for threads of its own, one of which may hang on a line.
            closing = threading.Thread(target=self._close_socket, name="closing", daemon=True)
            closing.start()
            closing.join(_SOCKET_PATIENCE)
        if self._streaming is not None:
            self._streaming.stop()
        if self._worker is not None:
            self._worker.stop()
        self._closing.close()

    def _close_socket(self) -> None:
        if self._socket is not None:
            with suppress(AttributeError, OSError):
                # slack_sdk's close is not safe against its own reading thread, which may be first.
                self._socket.close()  # type: ignore[no-untyped-call]

    def _nudge(self) -> None:
        if self._worker is not None:
            self._worker.nudge()

    def _listen_to_slack(self, room: JobContext, identity: BotIdentity) -> SocketModeHandler:
        executor = ThreadPoolExecutor(_HANDLER_THREADS, thread_name_prefix="handler")
        self._closing.callback(executor.shutdown, wait=False, cancel_futures=True)
        quiet_logs()
        for name in _OTHER_APPS:
            os.environ.pop(name, None)
        app = App(
            # Bolt's loggers take their level from this one, else from LOG_LEVEL: at DEBUG they
            # print whole payloads, what people wrote and addresses that answer for us included.
            logger=logging.getLogger("slack_bolt"),
            client=room.slack.client,
            token_verification_enabled=False,
            listener_executor=executor,
        )
        access = Access(
            room.slack,
            circle_of=lambda: (room.channel, room.team.settings.approvers),
            team_id=identity.team_id,
        )
        desk = HandlerContext(
            db=room.db,
            slack=room.slack,
            access=access,
            team=room.team,
            account_handle=room.account.handle,
            model_on=room.model is not None,
            nudge=self._nudge,
            practice=self._practice,
            model_host=room.model.host if room.model else "",
            prices=room.prices,
        )
        register(app, desk)
        handler = PromptHandler(app, self._settings.slack.app_token)
        if is_loopback(self._settings.slack.api_url):
            # The socket client reads the proxy variables but not NO_PROXY.
            handler.client.proxy = None
        try:
            handler.connect()  # type: ignore[no-untyped-call]
        except Exception as error:
            raise SlackUnavailable("Slack did not open a connection.") from error
        return handler


def joined_channel(slack: SlackClient, name: str) -> str:
    """Return the id of the channel that the environment names; empty where it names none.

    Raises:
        SlackNoChannel: there is no such channel, or the bot is not in it.
    """
    if not name:
        return ""
    channel = slack.channel(name)
    if not channel.is_member:
        raise SlackNoChannel(f"Greenroom is not in the channel #{channel.name}.")
    return channel.id


#: The settings of the environment that the Home tab may set where the environment does not.
_FIELDS = {
    "SLACK_CHANNEL": "channel",
    "SLACK_APPROVERS": "approvers",
    "TIMEZONE": "timezone",
    "DIGEST_AT": "digest_at",
    "UNDO_SECONDS": "undo",
    "POLL_SECONDS": "poll_every",
    "X_DAILY_BUDGET_USD": "x_budget_micro",
    "MODEL_DAILY_BUDGET_USD": "model_budget_micro",
}


def team_base(settings: Settings, *, channel: str) -> TeamSettings:
    """Return what the environment says of how the team works."""
    return TeamSettings(
        channel=channel,
        timezone=settings.timezone,
        digest_at=settings.digest_at,
        undo=settings.undo,
        poll_every=settings.x.poll_every,
        x_budget_micro=settings.x.daily_budget_micro,
        model_budget_micro=settings.model.daily_budget_micro,
        approvers=settings.slack.approvers,
        forced=frozenset(field for name, field in _FIELDS.items() if name in settings.given),
    )


def known_account(db: Database, x: XClient, access_token: str, prices: Prices = LISTED) -> Person:
    """Return the account that the keys speak for; asks X only when the keys are new.

    An access token of X begins with its account's id, so a stored account that matches
    needs no paid look-up.
    """
    with db.read() as tx:
        stored = key_values.value(tx, "account")
    owner, dash, _ = access_token.partition("-")
    if stored is not None and dash:
        known = Person(**json.loads(stored))
        if known.id == owner:
            return known
    account = x.me()
    with db.write() as tx:
        book_own_profile(tx, account.id, prices, db.now())
        key_values.set_value(
            tx,
            "account",
            json.dumps({"id": account.id, "handle": account.handle, "name": account.name}),
        )
        key_values.set_value(tx, "account_id", account.id)
        key_values.set_value(tx, "account_handle", account.handle)
    return account
