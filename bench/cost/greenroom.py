"""Greenroom's own work on a clock that is moved by hand: the same jobs, one after the other.

The doors are the real ones: tweepy over HTTP to the practice X. What only Slack would see is
left undone, for it costs nothing on X.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from clients.x.client import XClient, XKeys
from commands.wiring.greenroom import Greenroom
from domain import DecisionKind, JobKind, Lane, MentionState
from handlers.decisions.commit import DecidedText, approve_text
from handlers.entry.access import Member
from jobs.engine.timings import Timings
from jobs.registry import RUNS
from jobs.start import begin
from sandbox.room import PracticeRoom
from settings import read_settings
from storage.db.database import Database
from storage.inbox import mentions, suggestions
from storage.queue import claims
from tests.moved_clock import MovedDatabase
from tests.stage import practice_settings

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
    JobKind.SWEEP,
    JobKind.RETENTION,
    JobKind.USAGE_CHECK,
)
_MANY = 500
_MAYA = Member("U0MAYA", "Maya")


class SetDatabase(MovedDatabase):
    """A database whose clock stands where somebody sets it."""

    def __init__(self, within: Database, clock: Callable[[], datetime]) -> None:
        super().__init__(within, timedelta())
        self._clock = clock

    def now(self) -> datetime:
        return self._clock()


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
            x=XClient(keys, base_url=practice.x_url, clock=clock),
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
            due = claims.next_due(tx, now, kinds=[str(kind) for kind in _KINDS])
        return due or now + timedelta(days=1)

    def work(self) -> None:
        """Run every job that is due now."""
        while True:
            with self.room.db.write() as tx:
                due = claims.claim(
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

    def waiting(self) -> list[tuple[str, bool]]:
        """Return the posts on cards that wait, oldest first, and whether X's API may answer them."""
        with self.room.db.read() as tx:
            found = mentions.in_state(tx, {MentionState.WAITING}, _MANY, newest_first=False)
        return [(m.id, m.lane is Lane.SEND) for m in found]

    def skip(self, post_id: str) -> None:
        """Let a member close a card without an answer."""
        now = self.room.now()
        with self.room.db.write() as tx:
            mentions.move(
                tx, post_id, to=MentionState.SKIPPED, at=now, before={MentionState.WAITING}
            )

    def approve(self, post_id: str) -> None:
        """Approve the first suggestion, or words of a member where there is none."""
        now = self.room.now()
        with self.room.db.write() as tx:
            drafted = suggestions.latest_round(tx, post_id)
            said = drafted[0].text if drafted else "Let me ask, and tell you here."
            # Two members may say the same, and X refuses duplicates.
            text = f"{said} ({post_id[-6:]})"
            from_id = drafted[0].id if drafted else None
            taken = DecidedText(DecisionKind.APPROVE, _MAYA, text, now, from_id)
            approve_text(tx, post_id, taken, before={MentionState.WAITING}, due_at=now)

    def knows(self, post_id: str) -> bool:
        """Tell whether a post was caught."""
        with self.room.db.read() as tx:
            return mentions.mention(tx, post_id) is not None

    def booked_by_kind(self) -> dict[str, int]:
        """Return the micro-dollars of the simulated days by the kind of what was paid for."""
        # Who we are was asked at the start, on the day that the machine's own clock shows.
        with self.room.db.read() as tx:
            rows = tx.query(
                "SELECT kind, CAST(SUM(micro_dollars) AS bigint) AS spent FROM costs"
                " WHERE service = 'x' AND day <= :day GROUP BY kind",
                {"day": self.room.now().date()},
            )
        return {row["kind"]: int(row["spent"]) for row in rows}

    def units_for(self, purpose: str) -> int:
        """Return how many things the ledger holds for a purpose."""
        with self.room.db.read() as tx:
            row = tx.one(
                "SELECT CAST(COALESCE(SUM(units), 0) AS bigint) AS units FROM costs"
                " WHERE service = 'x' AND purpose = :purpose",
                {"purpose": purpose},
            )
        return int(row["units"]) if row else 0

    def booked_for_reading(self, since: datetime) -> int:
        """Return the micro-dollars that our own ledger holds for reading X since a UTC day."""
        with self.room.db.read() as tx:
            row = tx.one(
                "SELECT CAST(COALESCE(SUM(micro_dollars), 0) AS bigint) AS spent FROM costs"
                " WHERE service = 'x' AND day >= :day AND day <= :until AND kind <> 'reply'",
                {"day": since.date(), "until": self.room.now().date()},
            )
        return int(row["spent"]) if row else 0
