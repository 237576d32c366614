"""Wire the parts of one Greenroom: database, doors, worker, handlers, Socket Mode."""

import logging
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress

from slack_bolt.adapter.socket_mode import SocketModeHandler

from clients.slack.shapes import BotIdentity
from commands.wiring.clients import model_door, slack_door, stream_door, x_door
from commands.wiring.socket_mode import bolt_app, connected
from commands.wiring.team_and_account import joined_channel, known_account, team_base
from domain import LISTED
from handlers.entry.access import Access
from handlers.entry.context import HandlerContext
from handlers.registry import register
from jobs.engine.context import JobContext
from jobs.engine.timings import Timings
from jobs.engine.worker import Worker
from jobs.listening.stream import Streaming
from jobs.registry import RUNS
from jobs.start import begin
from settings import Settings
from storage.open import lock_for_one_process, open_to_work
from storage.team.team_settings import Team

log = logging.getLogger("greenroom")

#: Bolt's own pool of 5 delays acknowledgements when handlers are slow.
_HANDLER_THREADS = 24
#: How long the connection to Slack may take to close, in seconds.
_SOCKET_PATIENCE = 2.0


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
        access = Access(
            room.slack,
            circle_of=lambda: (room.channel, room.team.settings.approvers),
            team_id=identity.team_id,
        )
        ctx = HandlerContext(
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
        app = bolt_app(room.slack, executor)
        register(app, ctx)
        return connected(app, self._settings.slack.app_token, self._settings.slack.api_url)
