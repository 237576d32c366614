"""Notice that the clock was set back, and do what is due all the same.

What was to happen "at once" while the clock was wrong would else wait until it is that late
again: an approved reply for an hour. What belongs to a time of day waits for its time.
"""

import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from domain import JobKind, ReplyState
from storage.db import key_values
from storage.db.database import Database, Transaction
from storage.db.values import read_time, time_text
from storage.inbox import replies
from storage.queue import claims, jobs

log = logging.getLogger("greenroom.clock")

#: Less than this is a clock that is set right now and then.
_A_JUMP = timedelta(minutes=1)
#: What was due so soon after the wrong time was meant for about then.
_SOON = timedelta(minutes=10)
#: After a lease has ended, so many seconds.
_A_LITTLE = 1.0
#: How often the time is written down, for the next start.
_NOTED_EVERY = 60.0
CLOCK_SEEN = "clock_seen"
#: These belong to a time of day, or to a date.
_BY_THE_CLOCK = frozenset(
    {
        JobKind.WAKE,
        JobKind.DIGEST,
        JobKind.REMIND,
        JobKind.EXPIRE,
        JobKind.HELD_CARDS,
        JobKind.ACCOUNT_DAY,
        JobKind.READ_OVER,
    }
)
_AT_ONCE = tuple(str(kind) for kind in JobKind if kind not in _BY_THE_CLOCK)


class ClockWatch:
    """Compare the database's clock with one that only runs forward.

    `lease` is the longest that a job is leased for, `owner` whose leases are ours.
    """

    def __init__(
        self,
        db: Database,
        *,
        lease: timedelta,
        owner: str,
        steady: Callable[[], float] = time.monotonic,
    ) -> None:
        self._db = db
        self._lease = lease
        self._owner = owner
        self._steady = steady
        self._seen: tuple[datetime, float] | None = None
        self._noted_until = 0.0
        self._once_more: tuple[float, timedelta] | None = None

    def look(self) -> None:
        """Look at the clock; bring forward what a clock that was ahead has put off.

        Raises:
            StorageError: the database cannot be read or written.
        """
        now, steady = self._db.now(), self._steady()
        back = self._set_back(now, steady)
        self._seen = now, steady
        if back > _A_JUMP:
            # Whoever took the wrong time before may commit with it now: no run is longer than a lease.
            self._once_more = steady + self._lease.total_seconds() + _A_LITTLE, back
        late = self._once_more is not None and steady >= self._once_more[0]
        if abs(back) <= _A_JUMP and not late and steady < self._noted_until:
            return
        with self._db.write() as tx:
            if back > _A_JUMP:
                _bring_forward(tx, back, now, after=now)
            elif late and self._once_more is not None:
                # Only what lies about the wrong time: what was asked for since is due as it should be.
                jump = self._once_more[1]
                _bring_forward(tx, jump, now, after=now + jump - self._lease - _A_JUMP)
            # Leased by a clock that was ahead, by a process that may be dead.
            claims.shorten_leases(tx, self._lease, now=now, slack=_A_JUMP, but_not=self._owner)
            # Until all is brought forward the wrong time is noted, so that the next start knows.
            off = timedelta() if late or self._once_more is None else self._once_more[1]
            key_values.set_value(tx, CLOCK_SEEN, time_text(now + off))
        if late:
            self._once_more = None
        self._noted_until = steady + _NOTED_EVERY

    def _set_back(self, now: datetime, steady: float) -> timedelta:
        if self._seen is not None:
            then, steady_then = self._seen
            return then + timedelta(seconds=steady - steady_then) - now
        with self._db.read() as tx:
            noted = key_values.value(tx, CLOCK_SEEN)
        return read_time(noted) - now if noted else timedelta()


def _bring_forward(tx: Transaction, back: timedelta, now: datetime, *, after: datetime) -> None:
    until, after = now + back + _SOON, max(now, after)
    for reply in replies.replies_in(tx, (ReplyState.APPROVED,)):
        if after < reply.due_at <= until:
            earlier = max(now, reply.due_at - back)
            replies.move_reply(
                tx,
                reply.id,
                before={ReplyState.APPROVED},
                to=ReplyState.APPROVED,
                due_at=earlier,
            )
    number = jobs.bring_forward(tx, _AT_ONCE, by=back, after=after, until=until, now=now)
    if after == now or number:
        log.warning("the clock was set back by %s; %d jobs are due as meant", back, number)
