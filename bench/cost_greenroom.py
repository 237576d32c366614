"""Greenroom's own work on a clock that is moved by hand: the same jobs, one after the other.

The doors are the real ones: tweepy over HTTP to the practice X. What only Slack would see is
left undone, for it costs nothing on X.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from clients.x import XDoor, XKeys
from commands.wiring import Greenroom
from domain import DecisionKind, JobKind, Lane, MentionState
from handlers.access import Member
from handlers.deciding import approve_text
from sandbox.room import PracticeRoom
from settings import read_settings
from storage import jobs, mentions, suggestions
from storage.database import Database, Transaction
from tests.stage import practice_settings
from work.runs import RUNS
from work.start import begin
from work.timings import Timings

_KINDS = (
    JobKind.LISTEN,
    JobKind.FIRST_LOOK,
    JobKind.SUGGEST,
    JobKind.SEND,
    JobKind.LOOK,
    JobKind.TIMELINE,
    JobKind.WAKE,
    JobKind.EXPIRE,
    JobKind.ACCOUNT_DAY,
)
_MANY = 500
_MAYA = Member("U0MAYA", "Maya")


class SetDatabase(Database):
    """A database whose clock stands where somebody sets it."""

    def __init__(self, within: Database, clock: Callable[[], datetime]) -> None:
        self._within = within
        self._clock = clock

    def write(self) -> AbstractContextManager[Transaction]:
        return self._within.write()

    def read(self) -> AbstractContextManager[Transaction]:
        return self._within.read()

    def now(self) -> datetime:
        return self._clock()

    def close(self) -> None:
        self._within.close()


class SteppedGreenroom:
    """A Greenroom without threads: `next_due` says when it wants to work, `work` lets it."""

    def __init__(
        self,
        practice: PracticeRoom,
        folder: Path,
        clock: Callable[[], datetime],
        environment: dict[str, str],
    ) -> None:
        settings = read_settings(practice_settings(practice, folder, **environment))
        self._greenroom = Greenroom(settings, timings=Timings())
        opened = self._greenroom.open()
        keys = XKeys(
            settings.x.consumer_key,
            settings.x.consumer_secret,
            settings.x.access_token,
            settings.x.access_token_secret,
            settings.x.bearer_token,
        )
        self.room = replace(
            opened,
            db=SetDatabase(opened.db, clock),
            x=XDoor(keys, base_url=practice.x_url, clock=clock),
            started_at=clock(),
        )
        self.polls = 0
        begin(self.room, settings.x.seed_watches, only_process=True)

    def close(self) -> None:
        """Close the database."""
        self._greenroom.stop()

    def next_due(self) -> datetime:
        """Return when the next job is due, aware UTC."""
        now = self.room.now()
        with self.room.db.read() as tx:
            due = jobs.next_due(tx, now, kinds=[str(kind) for kind in _KINDS])
        return due or now + timedelta(days=1)

    def work(self) -> None:
        """Run every job that is due now."""
        while True:
            with self.room.db.write() as tx:
                due = jobs.claim(
                    tx,
                    now=self.room.now(),
                    lease=timedelta(hours=1),
                    owner="bench",
                    limit=20,
                    kinds=[str(kind) for kind in _KINDS],
                )
            if not due:
                return
            for job in due:
                self.polls += job.kind == JobKind.LISTEN
                RUNS[job.kind](job, self.room)

    def waiting(self) -> list[str]:
        """Return the posts that may be answered through X's API now, oldest first."""
        with self.room.db.read() as tx:
            found = mentions.in_state(tx, {MentionState.WAITING}, _MANY, newest_first=False)
        return [m.id for m in found if m.lane is Lane.SEND]

    def approve(self, post_id: str) -> bool:
        """Approve the first suggestion; False where there is none."""
        now = self.room.now()
        with self.room.db.write() as tx:
            drafted = suggestions.latest_round(tx, post_id)
            if not drafted:
                return False
            # The playbook repeats itself where a model would not, and X refuses duplicates.
            text = f"{drafted[0].text} ({post_id[-6:]})"
            approve_text(
                tx,
                post_id,
                DecisionKind.APPROVE,
                _MAYA,
                text=text,
                before={MentionState.WAITING},
                at=now,
                due_at=now,
                suggestion_id=drafted[0].id,
            )
        return True

    def knows(self, post_id: str) -> bool:
        """Tell whether a post was caught."""
        with self.room.db.read() as tx:
            return mentions.mention(tx, post_id) is not None

    def booked_for_reading(self, since: datetime) -> int:
        """Return the micro-dollars that our own ledger holds for reading X since a UTC day."""
        with self.room.db.read() as tx:
            row = tx.one(
                "SELECT CAST(COALESCE(SUM(micro_dollars), 0) AS bigint) AS spent FROM costs"
                " WHERE service = 'x' AND day >= :day AND kind <> 'reply'",
                {"day": since.date()},
            )
        return int(row["spent"]) if row else 0
