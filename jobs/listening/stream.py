"""Hold X's filtered stream open: one process, one connection, rules in step with the watches.

Polling stays beside it: seldom while the stream brings a watch's posts, as usual while it does
not, and at once whenever a connection has opened, for what was missed.
"""

import logging
import threading
import time
from collections.abc import Iterable
from datetime import timedelta

from clients.x.stream import Arrival, StreamConnection, StreamDoor
from domain import JobKind
from errors import GreenroomError, XAccountRefused, XError, XRefused, XWayBlocked, XWrongKeys
from jobs.engine.context import JobContext
from jobs.listening.stream_posts import store_arrival
from jobs.listening.stream_rules import InStep, Rules, wanted_rules
from jobs.listening.stream_waits import StreamWaits
from jobs.messages.notify_once import open_notice, resolve_notice
from storage.db.ids import new_id
from storage.posts import stream_hold
from storage.queue.enqueue import enqueue

log = logging.getLogger("greenroom.stream")

STREAM_NOTICE = "stream"


class StreamRefused(GreenroomError):
    advice = "Nothing is missed; mend what X names and start Greenroom again, or set X_STREAM=off."


class Streaming:
    """Two threads: a keeper that looks after hold, rules and line, and whoever reads the line."""

    def __init__(self, ctx: JobContext, stream: StreamDoor) -> None:
        self._ctx = ctx
        self._stream = stream
        self._timings = ctx.timings.stream
        self._owner = new_id()
        self._rules = Rules(stream, ctx.account.id)
        self._waits = StreamWaits(ctx.timings)
        self._wanted: dict[str, str] | None = None
        self._in_step = InStep()
        self._line: StreamConnection | None = None
        self._reader: threading.Thread | None = None
        self._ended: list[Exception | None] = []
        self._not_before = 0.0
        self._renew_at = 0.0
        self._open = self._covering = False
        self._refused: GreenroomError | None = None
        self._told = False
        self._awake = threading.Event()
        self._stopping = threading.Event()
        self._keeper = threading.Thread(target=self._keep, name="stream-keeper", daemon=True)

    def start(self) -> None:
        """Begin to look after the stream."""
        self._keeper.start()

    def stop(self, patience: timedelta = timedelta(seconds=3)) -> None:
        """Cut the line, and let another process have the stream."""
        end = time.monotonic() + patience.total_seconds()
        self._stopping.set()
        self._awake.set()
        self._cut()
        for thread in (self._keeper, self._reader):
            if thread is not None and thread.is_alive():
                thread.join(max(0.0, end - time.monotonic()))

    def _keep(self) -> None:
        while not self._stopping.is_set():
            self._awake.clear()
            pause = self._timings.look.total_seconds()
            try:
                self._look()
            except XError as error:
                self._failed(error)
            except Exception as error:
                # A disk that is full must not fill the log.
                self._failed(error)
                pause = max(pause, self._not_before - time.monotonic())
            self._awake.wait(pause)
        self._cut()
        try:
            self._let_go()
        except GreenroomError as error:
            log.warning("stream: %s", error.for_person())

    def _look(self) -> None:
        if self._ended:
            self._line_is_over(self._ended.pop())
        if self._covering and self._reader is None:
            self._uncover()
        if self._refused is not None:
            self._give_up(self._refused)
            return
        if not self._holds():
            return
        with self._ctx.db.read() as tx:
            wanted = wanted_rules(tx, self._ctx, self._ctx.now())
        if not wanted or not self._in_step.covered:
            self._cut()
        if time.monotonic() < self._not_before:
            return
        if wanted != self._wanted:
            self._bring_in_step(wanted)
        if self._reader is None and self._in_step.covered:
            self._connect()

    def _holds(self) -> bool:
        """Take or renew the hold on the stream; without it there is no line and nothing to do."""
        if time.monotonic() < self._renew_at:
            return True
        with self._ctx.db.write() as tx:
            held = stream_hold.take(tx, self._owner, now=self._ctx.now(), lease=self._timings.lease)
        if held:
            self._renew_at = time.monotonic() + self._timings.lease.total_seconds() / 3
        else:
            self._cut()
            self._wanted = None
        return held

    def _bring_in_step(self, wanted: dict[str, str]) -> None:
        before, asked = self._in_step, self._wanted or {}
        self._in_step = now = self._rules.bring_in_step(wanted)
        self._wanted = wanted
        if self._open:
            changed = {w for w in now.covered if asked.get(w) != wanted.get(w)}
            self._cover(now.covered, changed | (before.covered - now.covered))

    def _connect(self) -> None:
        self._line = self._stream.connection(
            opened=self._opened, sign=self._waits.forget, heard=self._heard
        )
        self._reader = threading.Thread(
            target=self._read, args=(self._line,), name="stream-reader", daemon=True
        )
        self._reader.start()
        if self._stopping.is_set():
            self._cut()

    def _read(self, line: StreamConnection) -> None:
        why: Exception | None
        try:
            why = line.run()
        except Exception as error:
            why = error
        self._ended.append(why)
        self._awake.set()

    def _opened(self) -> None:
        self._open = True
        covered = self._in_step.covered
        log.info("stream open: watches=%d", len(covered))
        self._cover(covered, covered)
        with self._ctx.db.write() as tx:
            sentence = "X's stream is open: what keyword watches look for arrives at once."
            resolve_notice(tx, STREAM_NOTICE, sentence, at=self._ctx.now())

    def _heard(self, arrival: Arrival) -> None:
        watch_of = self._in_step.watch_of
        found = next((watch_of[i] for i in arrival.rule_ids if i in watch_of), None)
        if not store_arrival(self._ctx, found, arrival.page):
            self._awake.set()

    def _cover(self, covered: Iterable[str], to_poll: Iterable[str]) -> None:
        """Say which watches the stream brings, and have some polled for what it did not."""
        now = self._ctx.now()
        self._covering = True
        with self._ctx.db.write() as tx:
            stream_hold.cover(tx, self._owner, set(covered))
            for watch_id in sorted(to_poll):
                enqueue(tx, JobKind.LISTEN, watch_id, at=now)
        self._ctx.nudge()

    def _line_is_over(self, why: Exception | None) -> None:
        self._line = self._reader = None
        self._open = False
        # Somebody may have changed the rules meanwhile: they are read again before the next line.
        self._wanted = None
        if why is not None:
            self._failed(why)

    def _uncover(self) -> None:
        """Poll again as usual, from one pause on: the next line may be open before that."""
        at = self._ctx.now() + self._ctx.poll_every
        with self._ctx.db.write() as tx:
            if stream_hold.cover(tx, self._owner, ()):
                for watch_id in sorted(self._in_step.covered):
                    enqueue(tx, JobKind.LISTEN, watch_id, at=at)
        self._covering = False
        self._ctx.nudge()

    def _failed(self, error: Exception) -> None:
        """Wait as X asks before the next try; a refusal is the end of trying."""
        passes = isinstance(error, XAccountRefused)
        if isinstance(error, XRefused | XWrongKeys) and not passes:
            self._refused = error
            self._awake.set()
            return
        if isinstance(error, XAccountRefused | XWayBlocked):
            self._tell_waiting(error)
        wait = self._waits.after(error, self._ctx.now()).total_seconds()
        self._not_before = time.monotonic() + wait
        if isinstance(error, GreenroomError):
            log.warning("stream: %s next try in %.2f s", error.for_person(), wait)
        else:
            log.error("the stream failed in an unknown way", exc_info=error)

    def _tell_waiting(self, error: GreenroomError) -> None:
        """Tell once that the stream waits for what is about the account, or the way to X."""
        sentence = f"X's stream is held up; keyword watches are polled meanwhile. {error.sentence}"
        with self._ctx.db.write() as tx:
            waiting = GreenroomError(sentence, error.advice)
            open_notice(tx, STREAM_NOTICE, waiting, at=self._ctx.now())

    def _give_up(self, error: GreenroomError) -> None:
        """Tell it once and leave the rest to polling, until the next start."""
        if self._told:
            return
        self._cut()
        sentence = f"X refused its stream; keyword watches are polled instead. {error.sentence}"
        log.warning("stream: %s", error.for_person())
        with self._ctx.db.write() as tx:
            open_notice(tx, STREAM_NOTICE, StreamRefused(sentence), at=self._ctx.now())
        self._let_go()
        self._told = True

    def _cut(self) -> None:
        line = self._line
        if line is not None:
            line.cut()

    def _let_go(self) -> None:
        if self._covering:
            self._uncover()
        with self._ctx.db.write() as tx:
            stream_hold.let_go(tx, self._owner)
