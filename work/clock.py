"""Notice that the clock was set back, and do what is due all the same.

What was to happen "at once" while the clock was wrong would else wait until it is that late
again: an approved reply for an hour. What belongs to a time of day waits for its time.
"""

import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from domain import JobKind, ReplyState
from storage import jobs, marks, replies
from storage.database import Database, Transaction
from storage.values import read_time, time_text

log = logging.getLogger("greenroom.clock")

#: Less than this is a clock that is set right now and then.
_A_JUMP = timedelta(minutes=1)
#: What was due so soon after the wrong time was meant for about then.
_SOON = timedelta(minutes=10)
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

    def look(self) -> None:
        """Look at the clock; bring forward what a clock that was ahead has put off.

        Raises:
            StorageError: the database cannot be read or written.
        """
        now, steady = self._db.now(), self._steady()
        back = self._set_back(now, steady)
        self._seen = now, steady
        if abs(back) <= _A_JUMP and steady < self._noted_until:
            return
        with self._db.write() as tx:
            if back > _A_JUMP:
                _bring_forward(tx, back, now)
            # Leased by a clock that was ahead, by a process that may be dead.
            jobs.shorten_leases(tx, self._lease, now=now, slack=_A_JUMP, but_not=self._owner)
            marks.set_mark(tx, CLOCK_SEEN, time_text(now))
        self._noted_until = steady + _NOTED_EVERY

    def _set_back(self, now: datetime, steady: float) -> timedelta:
        if self._seen is not None:
            then, steady_then = self._seen
            return then + timedelta(seconds=steady - steady_then) - now
        with self._db.read() as tx:
            noted = marks.mark(tx, CLOCK_SEEN)
        return read_time(noted) - now if noted else timedelta()


def _bring_forward(tx: Transaction, back: timedelta, now: datetime) -> None:
    until = now + back + _SOON
    for reply in replies.replies_in(tx, (ReplyState.APPROVED,)):
        if now < reply.due_at <= until:
            earlier = max(now, reply.due_at - back)
            replies.move_reply(
                tx,
                reply.id,
                before={ReplyState.APPROVED},
                to=ReplyState.APPROVED,
                due_at=earlier,
            )
    number = jobs.bring_forward(tx, _AT_ONCE, by=back, until=until, now=now)
    log.warning("the clock was set back by %s; %d jobs are due as meant", back, number)
