"""The simulated days of `bench/cost/month.py`: posts come, Greenroom and the pollers read, members answer.

The clock is moved by hand from one thing that happens to the next; code, tweepy and HTTP are
real. Days in which caches fill are simulated first and not counted.
"""

import heapq
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bench.cost.greenroom import SteppedGreenroom
from bench.cost.plain import PlainPoller
from bench.cost.traffic import QUERY, Event, Size, Traffic
from bench.practice import practice_room
from bench.processes import PRODUCTION
from sandbox.room import PracticeRoom
from sandbox.x.bill import Bill
from sandbox.x.limits import RateLimits

_BEGIN = datetime(2026, 9, 7, tzinfo=UTC)
_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)
#: Members look at the cards so often, in these hours (UTC): they answer two of three that X lets
#: the app answer, and skip the others, but for one of ten that nobody decides.
_LEFT_LYING = 10
_LOOK_EVERY = timedelta(minutes=20)
_AT_WORK = range(8, 19)
_HOUR = timedelta(hours=1)
#: Production's POLL_SECONDS_MOST, with its jitter.
_LONGEST_WAIT = timedelta(minutes=11)
_LOOKS_AN_HOUR = _HOUR // _LOOK_EVERY
#: While caches fill nobody waits for anything: fewer polls read the same.
_SELDOM = {f"POLL_SECONDS{which}": "3600" for which in ("", "_LEAST", "_MOST")}
_ENVIRONMENT = {
    "UNDO_SECONDS": "0",
    "X_DAILY_BUDGET_USD": "500",
    "X_WATCHES": f"words = {QUERY}",
}


@dataclass(frozen=True, slots=True)
class Bills:
    """What the counted days cost each reader, as counts by kind, and what Greenroom saw."""

    days: int
    ours: dict[str, int]
    keeping: dict[str, int]
    newest: dict[str, int]
    booked: int
    wanted: int
    missed: int
    polls: int


def play(size: Size, *, warm: int, counted: int) -> Bills:
    """Simulate `warm` days and then `counted` days around an account, and return the bills."""
    with tempfile.TemporaryDirectory(prefix="greenroom-bench-") as name, practice_room() as room:
        days = SimulatedDays(size, room)
        with days.read_by(Path(name), _SELDOM):
            days.live(warm)
        with days.read_by(Path(name), {}):
            return days.counting(counted)


class SimulatedDays:
    """One account, its practice X, and everybody who reads it."""

    def __init__(self, size: Size, practice: PracticeRoom) -> None:
        self._practice = practice
        self.now = _BEGIN
        self._coming: list[tuple[datetime, int, Callable[[], None]]] = []
        self._number = 0
        self._traffic = Traffic(size, practice.x.account.handle)
        self._members = Traffic(size, practice.x.account.handle, seed=6).dice
        self._wanted: set[str] = set()
        self._looked_at: set[str] = set()
        practice.x.clock = lambda: self.now
        practice.x.limits = RateLimits(lambda: self.now, scale=1000)
        self._bills = [Bill(lambda: self.now) for _ in range(3)]
        practice.x.costs = self._bills[0]
        self._pollers = [PlainPoller(practice, QUERY, keeps_place=keeps) for keeps in (True, False)]

    @contextmanager
    def read_by(self, folder: Path, pace: dict[str, str]) -> Iterator[None]:
        """Let Greenroom read at a pace (of settings); the pollers are always the same."""
        bearer = {"X_BEARER_TOKEN": self._practice.x_bearer_token}
        environment = PRODUCTION | _ENVIRONMENT | bearer | pace
        self._greenroom = SteppedGreenroom(self._practice, folder, lambda: self.now, environment)
        try:
            yield
        finally:
            self._greenroom.close()

    def put_on_our_bill(self, bill: Bill) -> None:
        """Have what Greenroom reads from now on billed there."""
        self._bills[0] = self._practice.x.costs = bill

    def booked_by_kind(self) -> dict[str, int]:
        """Return the micro-dollars in Greenroom's ledger by what they are for."""
        return self._greenroom.booked_by_kind()

    def units_for(self, purpose: str) -> int:
        """Return how many things Greenroom's ledger holds for a purpose."""
        return self._greenroom.units_for(purpose)

    def counting(self, days: int) -> Bills:
        """Live so many days and return what they cost."""
        begin, before = self.now, [bill.counts() for bill in self._bills]
        wanted = set(self._wanted)
        self.live(days)
        booked = self._greenroom.booked_for_reading(begin)
        after = [bill.counts() for bill in self._bills]
        new = [
            {kind: number - was.get(kind, 0) for kind, number in bill.items()}
            for bill, was in zip(after, before, strict=True)
        ]
        # What came in the last minutes is not late before the longest wait is over.
        self._until(self.now + _LONGEST_WAIT)
        return Bills(
            days=days,
            ours=new[0],
            keeping=new[1],
            newest=new[2],
            booked=booked,
            wanted=len(self._wanted - wanted),
            missed=sum(not self._greenroom.knows(post_id) for post_id in self._wanted),
            polls=self._greenroom.polls,
        )

    def live(self, days: int) -> None:
        """Let so many UTC days happen."""
        for _ in range(days):
            midnight = self.now
            self._at(midnight, self._poll)
            for event in self._traffic.day(midnight):
                self._plan(event)
            for hour in _AT_WORK:
                for part in range(_LOOKS_AN_HOUR):
                    self._at(midnight + hour * _HOUR + part * _LOOK_EVERY, self._answer)
            self._until(midnight + _DAY)

    def _until(self, end: datetime) -> None:
        while True:
            comes = self._coming[0][0] if self._coming else end
            due = self._greenroom.next_due()
            if min(comes, due) >= end:
                self.now = end
                return
            self.now = max(self.now, min(comes, due))
            if comes <= due:
                heapq.heappop(self._coming)[2]()
            else:
                self._greenroom.work()

    def _at(self, at: datetime, do: Callable[[], None]) -> None:
        self._number += 1
        heapq.heappush(self._coming, (at, self._number, do))

    # --- what happens ----------------------------------------------------------------------

    def _plan(self, event: Event, in_reply_to: str | None = None) -> None:
        self._at(event.at, lambda: self._post(event, in_reply_to))

    def _post(self, event: Event, in_reply_to: str | None) -> None:
        x = self._practice.x
        if event.above is not None:
            in_reply_to = x.add_post(self._traffic.stranger(), event.above).id
        made = x.add_post(event.author, event.text, in_reply_to=in_reply_to)
        if event.kind != "own":
            self._wanted.add(made.id)
        # The pollers ask at whole minutes; this one brings something.
        minute = self.now.replace(second=0, microsecond=0) + _MINUTE
        self._at(minute, self._poll)

    def _poll(self) -> None:
        for bill, poller in zip(self._bills[1:], self._pollers, strict=True):
            with _billed(self._practice, bill):
                poller.ask()

    def _answer(self) -> None:
        """Let members answer what waits, and people answer that."""
        for post_id, through_api in self._greenroom.waiting():
            if post_id in self._looked_at:
                continue
            self._looked_at.add(post_id)
            answers = through_api and self._members.randrange(3)
            if answers:
                self._greenroom.approve(post_id)
                self._greenroom.work()
                self._answered(post_id)
            elif self._members.randrange(_LEFT_LYING):
                self._greenroom.skip(post_id)

    def _answered(self, post_id: str) -> None:
        x = self._practice.x
        ours = [p for p in x.following_up(post_id) if p.author_id == x.account.id]
        asked = x.find_post(post_id)
        if not ours or asked is None:
            return
        back = self._traffic.answer_back(asked.author, self.now)
        if back is not None:
            self._plan(back, in_reply_to=ours[0].id)


@contextmanager
def _billed(practice: PracticeRoom, bill: Bill) -> Iterator[None]:
    """Have what is read meanwhile on somebody else's bill."""
    ours, practice.x.costs = practice.x.costs, bill
    try:
        yield
    finally:
        practice.x.costs = ours
