"""A watch that has fallen behind its budget comes to the older posts on a later day."""

import random
from datetime import UTC, datetime, time, timedelta

from domain import MentionKind, MentionState, Watch
from storage.inbox import mentions
from storage.posts import watches
from tests.moved_clock import open_at
from tests.stage import Stage, until
from tests.storm.storm import random_question
from tests.team import room_of


def test_what_a_day_had_no_money_for_is_read_on_the_next_and_nothing_twice(
    empty_stage: Stage,
) -> None:
    """Forty posts at half a cent; keywords have twelve cents a day. The next day reads the rest."""
    stage = empty_stage
    noon = datetime.combine(datetime.now(UTC).date(), time(12), UTC)
    # Profiles cost nothing here, so that the posts alone use the money.
    budget = {
        "X_DAILY_BUDGET_USD": "0.20",
        "X_WATCHES": "words = piano",
        "PRICES": "user_read=0",
    }
    stage.room.x.clock = lambda: noon
    open_at(stage, noon, **budget)
    until(lambda: [each for each in _watches(stage) if each.seen_id], "the watch has looked once")
    # Away for an hour, in which people write more than the day pays for.
    assert stage.greenroom is not None
    stage.greenroom.stop()
    later = noon + timedelta(hours=1)
    posted, dice = [], random.Random(1)
    for minute in range(40):
        stage.room.x.clock = lambda minute=minute: noon + timedelta(minutes=minute + 15)  # type: ignore[misc]
        posted.append(stage.post(f"who{minute}", f"{random_question(dice)} piano"))
    stage.room.x.clock = lambda: later
    open_at(stage, later, **budget)
    until(lambda: len(_known(stage, posted)) >= 20, "the day's money is read")
    first = _known(stage, posted)
    # What is drafted tomorrow would be looked at again before, and cost once more.
    until(lambda: not _still(stage, first, MentionState.NEW, MentionState.DRAFTING), "all drafted")
    assert first == posted[-len(first) :], "the newest first"
    assert len(first) < len(posted)
    tomorrow = later + timedelta(days=1)
    stage.room.x.clock = lambda: tomorrow
    open_at(stage, tomorrow, **budget)
    until(lambda: _known(stage, posted) == posted, "the older ones are caught, too")
    # The overlap of two minutes, on another day, and nothing else.
    assert stage.room.x.costs.counts()["post_read"] <= len(posted) + 2


def _watches(stage: Stage) -> list[Watch]:
    with room_of(stage).db.read() as tx:
        return [each for each in watches.watches(tx) if each.kind is MentionKind.KEYWORD]


def _still(stage: Stage, posted: list[str], *states: MentionState) -> list[str]:
    with room_of(stage).db.read() as tx:
        found = {each: mentions.mention(tx, each) for each in posted}
    return [each for each, mention in found.items() if mention and mention.state in states]


def _known(stage: Stage, posted: list[str]) -> list[str]:
    with room_of(stage).db.read() as tx:
        return [each for each in posted if mentions.mention(tx, each)]
