"""What every job needs at hand, and how a job ends in one commit."""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from clients.model.client import ModelClient
from clients.slack.client import SlackClient
from clients.x.client import XClient
from domain import LISTED, Person, Prices
from errors import GreenroomError
from jobs.engine.timings import Timings
from storage.db.database import Database, Transaction
from storage.queue import jobs
from storage.team.team_settings import Team


class LeaseLost(GreenroomError):
    """Another worker took the job over: what this one would have written must not count."""

    advice = "Nothing to do: the other worker finishes it."

    def __init__(self, job: jobs.Job) -> None:
        super().__init__(f"The job {job.key} was taken over.")


_A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class JobContext:
    """The parts that jobs work with. One room is one account in one channel.

    `poll_least` and `poll_most` are the bounds between which the pace of polling moves; words
    older than `retention` are forgotten, none where it is zero.
    """

    db: Database
    x: XClient
    slack: SlackClient
    model: ModelClient | None
    account: Person
    team: Team
    timings: Timings
    look_back: timedelta
    poll_least: timedelta
    poll_most: timedelta
    started_at: datetime
    nudge: Callable[[], None]
    retention: timedelta = timedelta()
    practice: bool = False
    prices: Prices = LISTED
    rng: random.Random = field(default_factory=random.Random)

    @property
    def channel(self) -> str:
        """The id of the channel that Greenroom sits in."""
        return self.team.settings.channel

    @property
    def timezone(self) -> ZoneInfo:
        """The business's time zone."""
        return self.team.settings.timezone

    @property
    def digest_at(self) -> time:
        """The local time of the daily summary."""
        return self.team.settings.digest_at

    @property
    def poll_every(self) -> timedelta:
        """How often X is asked where something was caught lately."""
        return self.team.settings.poll_every

    @property
    def paused(self) -> bool:
        """Tell whether nothing is read or drafted by itself: paused, or no channel is chosen."""
        settings = self.team.settings
        return settings.paused_by is not None or not settings.channel

    def now(self) -> datetime:
        """Return the database's clock, aware UTC."""
        return self.db.now()

    def looked_for_since(self, at: datetime) -> datetime:
        """Return how far back to look for what was tried at a time.

        A time that is still to come was written by a clock that was wrong: nobody knows by how
        much, so a whole day is looked through.
        """
        now = self.now()
        return at if at <= now else now - _A_DAY

    @contextmanager
    def finishing(self, job: jobs.Job) -> Iterator[Transaction]:
        """Open a transaction whose commit also ends the job.

        Raises:
            LeaseLost: the job is no longer ours; everything written inside is rolled back.
        """
        with self.db.write() as tx:
            yield tx
            if not jobs.finish(tx, job):
                raise LeaseLost(job)
        self.nudge()

    @contextmanager
    def repeating(
        self, job: jobs.Job, due_at: datetime | Callable[[Transaction], datetime]
    ) -> Iterator[Transaction]:
        """Open a transaction whose commit also sets the job's next time.

        Where that follows from what was written inside, `due_at` is asked at the end.
        """
        with self.db.write() as tx:
            yield tx
            at = due_at if isinstance(due_at, datetime) else due_at(tx)
            if not jobs.repeat(tx, job, due_at=at):
                raise LeaseLost(job)
        self.nudge()

    def backoff(self, attempts: int) -> timedelta:
        """Return the wait after a failure: doubling, with jitter, between two bounds."""
        doubled: timedelta = self.timings.backoff_least * 2.0 ** min(attempts, 12)
        return min(doubled, self.timings.backoff_most) * self.rng.uniform(0.5, 1.0)
