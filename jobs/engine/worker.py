"""The worker: claims jobs that are due and runs each in the pool for its kind.

Pools keep slow services apart: forty suggestions that wait for the model never hold up
the one reply whose undo window has ended.
"""

import logging
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

from clients.net.metrics import job_time
from clients.slack.web_client import posting_while
from domain import JobKind
from errors import GreenroomError, ReadTooLong, SlackError, StorageError
from jobs.engine.clock_watch import ClockWatch
from jobs.engine.context import JobContext, LeaseLost
from jobs.engine.leases import still_ours
from jobs.engine.set_apart import set_apart
from storage.db.ids import new_id
from storage.queue import claims, jobs, suspects
from storage.team import health

log = logging.getLogger("greenroom.worker")

#: How long the team's settings are believed, in seconds.
_TEAM_KNOWN_FOR = 5.0
#: So many cards that Slack has not taken yet are enough.
_MANY = 8

Run = Callable[[jobs.Job, JobContext], None]


@dataclass(frozen=True, slots=True)
class WorkerPool:
    """Some threads that do some kinds of jobs.

    `newest_first` takes the newest of them when many wait; `waits_for` names a kind of job of
    which no more are made while many of them are still to be done; `suspects` are done one by one,
    of whatever kind, so that the next death says which of them it was.
    """

    name: str
    kinds: tuple[JobKind, ...]
    threads: int
    newest_first: bool = False
    waits_for: JobKind | None = None
    suspects: bool = False


POOLS = (
    WorkerPool("send", (JobKind.SEND, JobKind.LOOK), 3),
    # Slack takes about one message a second for each channel: more threads would only queue.
    WorkerPool(
        "slack",
        (
            JobKind.CARD,
            JobKind.TELL,
            JobKind.WELCOME,
            JobKind.FOLD_LINE,
            JobKind.ASIDE_LINE,
            JobKind.LEARN,
            JobKind.DIGEST,
            JobKind.REMIND,
            JobKind.HELD_CARDS,
            JobKind.SHOW_ELSEWHERE,
            JobKind.PILE,
            JobKind.SETTINGS,
            JobKind.CLEAR,
        ),
        2,
    ),
    # After an outage whoever wrote last still talks; and nothing is drafted, or paid for, long
    # before Slack takes its card.
    WorkerPool("suggest", (JobKind.SUGGEST,), 4, newest_first=True, waits_for=JobKind.CARD),
    # Somebody sits before Slack and waits for these.
    WorkerPool(
        "talk",
        (
            JobKind.THREAD,
            JobKind.QUESTION,
            JobKind.SHORTCUT,
            JobKind.WATCH_TRIAL,
            JobKind.EXPORT,
            JobKind.STATS,
            JobKind.TODAY,
        ),
        3,
    ),
    WorkerPool(
        "listen",
        (
            JobKind.LISTEN,
            JobKind.FIRST_LOOK,
            JobKind.READ_OVER,
            JobKind.TIMELINE,
            JobKind.WAKE,
            JobKind.EXPIRE,
            JobKind.VOICE_OFFER,
            JobKind.ACCOUNT_DAY,
            JobKind.SWEEP,
            JobKind.RETENTION,
            JobKind.USAGE_CHECK,
        ),
        2,
    ),
    # Twice begun and never ended: the process died of one of these, or beside it.
    WorkerPool("suspects", (), 1, suspects=True),
)


#: How long what runs may take to end; with the rest of a stop it is under ten seconds.
_PATIENCE = timedelta(seconds=6)
#: The dispatcher looks once a second at least; so long without a look, and something holds it up.
_TOO_LONG = 30.0


class Worker:
    """Run due jobs until stopped."""

    def __init__(
        self, ctx: JobContext, runs: Mapping[str, Run], pools: Sequence[WorkerPool] = POOLS
    ) -> None:
        self._ctx = ctx
        self._runs = runs
        self._pools = pools
        self._owner = new_id()
        self._nudged = threading.Event()
        self._stopping = threading.Event()
        self._executors = {
            c.name: ThreadPoolExecutor(c.threads, thread_name_prefix=f"pool-{c.name}")
            for c in pools
        }
        self._free = {c.name: c.threads for c in pools}
        self._counting = threading.Lock()
        self._team_known_until = 0.0
        self._clock = ClockWatch(ctx.db, lease=ctx.timings.lease, owner=self._owner)
        self._looked_at = time.monotonic()
        self._dispatcher = threading.Thread(target=self._dispatch, name="dispatcher", daemon=True)

    def start(self) -> None:
        """Begin to claim and run jobs."""
        self._dispatcher.start()

    def nudge(self) -> None:
        """Tell the dispatcher that something may be due now."""
        self._nudged.set()

    def stop(self, patience: timedelta = _PATIENCE) -> None:
        """Claim no more, and wait for what runs; leases of what does not end are left to expire."""
        self._stopping.set()
        self._nudged.set()
        end = time.monotonic() + patience.total_seconds()
        self._dispatcher.join(patience.total_seconds())
        for executor in self._executors.values():
            executor.shutdown(wait=False, cancel_futures=True)
        for thread in threading.enumerate():
            if thread.name.startswith("pool-"):
                # One end for all: several that hang on a line must not add up.
                thread.join(max(0.0, end - time.monotonic()))
        with suppress(StorageError), self._ctx.db.write() as tx:
            # It ends because it was told to, not of what it was doing.
            suspects.forgive(tx, self._owner)

    @property
    def problem(self) -> str:
        """Say what is wrong with the worker; "" while it looks for jobs as it should."""
        if not self._dispatcher.is_alive():
            return "No jobs are looked for any more: start Greenroom again."
        if time.monotonic() - self._looked_at > _TOO_LONG:
            return f"No jobs were looked for in the last {_TOO_LONG:g} seconds."
        return ""

    def _dispatch(self) -> None:
        failures = 0
        while not self._stopping.is_set():
            self._nudged.clear()
            try:
                self._clock.look()
                self._looked_at = time.monotonic()
                self._refresh_team()
                wait = self._until_next()
                failures = 0
                if wait <= timedelta():
                    self._claim_and_submit()
                    continue
            except StorageError as error:
                failures += 1
                if failures.bit_count() == 1:
                    # The first time, and then ever more seldom: a full disk must not fill the log.
                    log.error("%s (%d in a row)", error.for_person(), failures)
                wait = self._ctx.backoff(failures)
            self._nudged.wait(wait.total_seconds())

    def _refresh_team(self) -> None:
        """Read the team's settings now and then: another process may have changed them."""
        if time.monotonic() >= self._team_known_until:
            self._team_known_until = time.monotonic() + _TEAM_KNOWN_FOR
            self._ctx.team.refresh()

    def _idle_pools(self) -> list[tuple[WorkerPool, int]]:
        with self._counting:
            idle = [(c, self._free[c.name]) for c in self._pools if self._free[c.name]]
        return [(pool, free) for pool, free in idle if not self._must_wait(pool)]

    def _must_wait(self, pool: WorkerPool) -> bool:
        if pool.waits_for is None:
            return False
        with self._ctx.db.read() as tx:
            return claims.many_due(tx, pool.waits_for, self._ctx.now(), _MANY)

    def _until_next(self) -> timedelta:
        """Return how long nothing is due for the pools that have a free thread."""
        idle_pools = [pool for pool, _ in self._idle_pools()]
        kinds = [str(kind) for pool in idle_pools for kind in pool.kinds]
        now = self._ctx.now()
        with self._ctx.db.read() as tx:
            due = [claims.next_due(tx, now, kinds=kinds)]
            if any(pool.suspects for pool in idle_pools):
                due.append(claims.next_due(tx, now, suspects=True))
        return min([self._ctx.timings.idle, *(at - now for at in due if at is not None)])

    def _claim_and_submit(self) -> None:
        for pool, free in self._idle_pools():
            with self._ctx.db.write() as tx:
                now = self._ctx.now()
                if pool.suspects:
                    for job in suspects.worn_out(tx, now=now, owner=self._owner):
                        set_apart(tx, self._ctx, job)
                due = claims.claim(
                    tx,
                    now=now,
                    lease=self._ctx.timings.lease,
                    owner=self._owner,
                    limit=free,
                    kinds=[str(kind) for kind in pool.kinds],
                    newest_first=pool.newest_first,
                    suspects=pool.suspects,
                )
            for job in due:
                self._submit(pool, job)

    def _submit(self, pool: WorkerPool, job: jobs.Job) -> None:
        with self._counting:
            self._free[pool.name] -= 1

        def done(_: Future[None]) -> None:
            with self._counting:
                self._free[pool.name] += 1
            self._nudged.set()

        self._executors[pool.name].submit(self._run, job).add_done_callback(done)

    def _run(self, job: jobs.Job) -> None:
        try:
            with job_time(job.kind), posting_while(still_ours(job, self._ctx)):
                self._runs[job.kind](job, self._ctx)
        except LeaseLost as lost:
            log.info("%s", lost)
        except Exception as error:
            self._put_back(job, error)

    def _put_back(self, job: jobs.Job, error: Exception) -> None:
        """Keep the job for later; a known error is one line, an unknown one has its trace."""
        if isinstance(error, GreenroomError):
            log.warning("job=%s attempt=%d %s", job.key, job.attempts, error.for_person())
        else:
            log.error(
                "job=%s attempt=%d failed in an unknown way",
                job.key,
                job.attempts,
                exc_info=error,
            )
        try:
            with self._ctx.db.write() as tx:
                if isinstance(error, SlackError):
                    health.failed(tx, health.SLACK, error.sentence, self._ctx.now())
                if isinstance(error, ReadTooLong) and job.attempts >= suspects.TOO_OFTEN:
                    set_apart(tx, self._ctx, suspects.given_up(tx, job), too_long=True)
                    return
                due_at = self._ctx.now() + self._ctx.backoff(job.attempts)
                jobs.put_back(tx, job, due_at=due_at, error=type(error).__name__)
        except StorageError as storage_error:
            # The lease ends by itself and the job comes back then.
            log.error("job=%s %s", job.key, storage_error.for_person())
