"""What X shows late, behind newer posts, is caught the same day, and paid for once."""

from datetime import UTC, datetime, time, timedelta

import pytest

from storage.inbox import mentions
from storage.money import ledger
from tests.moved_clock import MovedDatabase, open_at
from tests.stage import Stage, until
from tests.streaming import told
from tests.team import room_of

_HOUR = timedelta(hours=1)
_LATE = timedelta(minutes=5)


class Day:
    """A stage on which X and Greenroom agree on the time, which goes on by itself or is set."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.ahead = timedelta()
        stage.room.x.clock = lambda: datetime.now(UTC) + self.ahead
        self._noon = datetime.combine(datetime.now(UTC).date() + timedelta(days=1), time(12), UTC)

    def at(self, after_noon: timedelta) -> datetime:
        """Return a time of this day, or of the ones that follow."""
        return self._noon + after_noon

    def set(self, after_noon: timedelta) -> None:
        """Set every clock."""
        before = self.ahead
        self.ahead = self.at(after_noon) - datetime.now(UTC)
        greenroom = self.stage.greenroom
        if greenroom is not None and isinstance(clock := greenroom.room.db, MovedDatabase):
            clock.set_clock(ahead=clock._ahead + self.ahead - before)

    def open(self, after_noon: timedelta, **environment: str) -> None:
        self.set(after_noon)
        open_at(self.stage, self.at(after_noon), **environment)

    def polled(self, of: str = "mentions") -> None:
        """Wait until two polls more have ended."""
        before = len(self.stage.calls("x", of))
        until(lambda: len(self.stage.calls("x", of)) > before + 2, "it is polled")

    def late(self, author: str, text: str) -> str:
        """Write a post that X shows five minutes later, behind newer ones."""
        return self.stage.room.x.add_post(author, text, late=_LATE).id


@pytest.fixture
def day(empty_stage: Stage) -> Day:
    return Day(empty_stage)


def known(stage: Stage, post_id: str) -> bool:
    with room_of(stage).db.read() as tx:
        return mentions.mention(tx, post_id) is not None


def booked(stage: Stage) -> int:
    room = room_of(stage)
    with room.db.read() as tx:
        return ledger.spent(tx, "x", room.now().date())


def test_a_mention_that_x_shows_late_is_caught_the_same_day(day: Day) -> None:
    """Polls have passed it by; late in the UTC day it is read, and nothing is paid for twice."""
    stage = day.stage
    day.open(_HOUR)
    late = day.late("lena", f"{stage.room.account} is the oat bench free?")
    day.set(_HOUR + timedelta(minutes=4))
    newer = stage.mention("do you have rye bread?")
    stage.card_with(newer, "Approve")
    day.set(2 * _HOUR)
    day.polled()
    assert not known(stage, late)
    before = stage.room.x.bill()
    day.set(11 * _HOUR + timedelta(minutes=46))
    stage.card_with(late, "oat bench")
    after = stage.room.x.bill()
    cost = {kind: after[kind] - before.get(kind, 0) for kind in after}
    assert cost["owned_read"] == 1_000
    assert sum(stage.room.x.bill().values()) == booked(stage)


def test_what_a_keyword_watch_was_shown_late_is_caught_too(day: Day) -> None:
    """On the same day it costs nothing but itself."""
    stage = day.stage
    day.open(_HOUR, X_WATCHES="oat = oat milk")
    day.polled("search")
    late = day.late("lena", "oat milk, anybody, for a flat white?")
    day.set(_HOUR + timedelta(minutes=4))
    stage.card_with(stage.post("ruth", "rye and oat milk on Sundays?"), "rye and")
    day.set(2 * _HOUR)
    day.polled("search")
    assert not known(stage, late)
    day.set(11 * _HOUR + timedelta(minutes=46))
    stage.card_with(late, "flat white")


def test_after_a_night_off_the_day_before_is_read_over_and_its_cost_told(day: Day) -> None:
    """Greenroom was off at that hour: it reads at the next chance, on a day that pays anew."""
    stage = day.stage
    day.open(_HOUR)
    late = day.late("lena", f"{stage.room.account} is the oat bench free?")
    day.set(_HOUR + timedelta(minutes=4))
    stage.card_with(stage.mention("do you have rye bread?"), "Approve")
    assert stage.greenroom is not None
    stage.greenroom.stop()
    day.open(21 * _HOUR)
    stage.card_with(late, "oat bench")
    until(lambda: told(stage, "was read over for the days before only today"), "it is told")
    assert "found 1" in told(stage, "was read over for the days before")[0]


def test_without_money_at_that_hour_the_next_day_reads_it(day: Day) -> None:
    """The budget holds: nothing is read beyond it, and nothing is lost."""
    stage = day.stage
    day.open(_HOUR, X_DAILY_BUDGET_USD="1.00")
    late = day.late("lena", f"{stage.room.account} is the oat bench free?")
    day.set(_HOUR + timedelta(minutes=4))
    stage.card_with(stage.mention("do you have rye bread?"), "Approve")
    room = room_of(stage)
    with room.db.write() as tx:
        ledger.note_cost(
            tx,
            service="x",
            kind="post",
            purpose="t",
            units=1,
            micro_dollars=780_000,
            at=room.now(),
        )
    reads = len(stage.calls("x", "mentions"))
    day.set(11 * _HOUR + timedelta(minutes=46))
    until(lambda: told(stage, "budget for X is used up"), "the day is over")
    day.set(12 * _HOUR - timedelta(minutes=2))
    assert not known(stage, late)
    assert len(stage.calls("x", "mentions")) <= reads + 1
    day.set(12 * _HOUR + timedelta(minutes=3))
    stage.card_with(late, "oat bench")


def test_nothing_older_than_the_first_look_is_read_over(day: Day) -> None:
    """A look back of an hour stays one, also at night."""
    stage = day.stage
    day.set(timedelta())
    before = stage.room.x.add_post("olga", f"{stage.room.account} hello from before").id
    day.open(2 * _HOUR, FIRST_LOOK_BACK_HOURS="1")
    day.polled()
    day.set(11 * _HOUR + timedelta(minutes=46))
    late = stage.mention("do you have rye bread?")
    stage.card_with(late, "Approve")
    until(
        lambda: [c for c in stage.calls("x", "mentions") if "until_id" in c["body"]],
        "it is read over",
    )
    day.polled()
    assert not known(stage, before)


def test_many_mentions_are_read_over_before_x_gives_no_more_of_them(day: Day) -> None:
    """X gives 800 back: after 500 the day so far is read over at once."""
    stage = day.stage
    day.open(_HOUR)
    day.polled()
    late = day.late("lena", f"{stage.room.account} is the oat bench free?")
    day.set(_HOUR + timedelta(minutes=4))
    for number in range(260):
        stage.room.x.add_post(f"s{number}", f"{stage.room.account} free coffee for all, now!")
    until(lambda: booked(stage) > 260_000, "they are read")
    day.set(_HOUR + timedelta(minutes=10))
    day.polled()
    assert not known(stage, late)
    for number in range(260):
        stage.room.x.add_post(f"t{number}", f"{stage.room.account} free coffee for all, now!")
    until(lambda: known(stage, late), "it is caught long before the evening")
