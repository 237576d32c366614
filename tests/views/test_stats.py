"""The figures about the account, whatever the counts and whatever the handle."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from domain import Choice, Counts, Followers, Outcome, SpanCounts, TalkKind
from insights.stats import figures, period
from tests.views.cards import seen
from tests.views.filling import message_taken
from tests.views.test_card_any import any_words
from views.reports.stats import alt_text, native_charts, stats_message

NOW = datetime(2026, 11, 24, 15, tzinfo=UTC)
LONDON = ZoneInfo("Europe/London")
some = st.integers(0, 10**7)
counted = st.builds(
    SpanCounts,
    kinds=st.dictionaries(st.sampled_from(list(TalkKind)), some),
    by_hand=some,
    answered_back=some,
    could_be_answered=some,
    moves=st.dictionaries(any_words, st.tuples(some, some), max_size=8),
    people=some,
    came_back=some,
    connections=some,
    conversations=some,
    rounds=some,
    longer=some,
    outcomes=st.dictionaries(st.sampled_from(list(Outcome)), some),
    choices=st.dictionaries(st.sampled_from(list(Choice)), some),
    waits=st.dictionaries(st.integers(0, 10**6), some, max_size=20),
)


@settings(max_examples=60, deadline=None)
@given(counted, counted, any_words, st.sampled_from([7, 30, 90]), st.data())
def test_any_counts_stay_within_slacks_limits(
    now: SpanCounts, before: SpanCounts, handle: str, days: int, data: st.DataObject
) -> None:
    """Whatever was counted, Slack takes the message with its charts."""
    asked = period(days, NOW, LONDON)
    bars = data.draw(
        st.lists(st.tuples(some, some), min_size=len(asked.bars), max_size=len(asked.bars))
    )
    counts = Counts(
        now,
        before,
        tuple(bars),
        Followers(
            data.draw(some),
            NOW,
            data.draw(st.none() | st.integers(-(10**6), 10**6)),
            data.draw(st.none() | st.just(NOW - timedelta(days=9))),
        ),
        NOW - timedelta(days=data.draw(st.integers(0, 400))),
        NOW - timedelta(days=data.draw(st.integers(0, 400))),
    )
    stats = figures(counts, asked, handle=handle)
    shown = stats_message(stats, LONDON, native_charts(stats))
    message_taken(shown.blocks)
    assert len(alt_text(stats)) <= 1000
    assert "<!" not in shown.text


def test_followers_come_last_with_connections_beside_them() -> None:
    """People first: the number that everybody looks at is the small print."""
    now = SpanCounts(connections=57, people=80)
    counts = Counts(now, SpanCounts(), ((0, 0),) * 7, Followers(412, NOW))
    stats = figures(counts, period(7, NOW, LONDON), handle="copperkettle")
    words = seen(stats_message(stats, LONDON, []).blocks)
    assert words.rindex("412") > words.rindex("Answers")
    assert "57" in words


def test_the_change_of_followers_says_since_when() -> None:
    """They are counted once a week: the change is told between the two days it lies between."""
    followers = Followers(412, NOW, -3, NOW - timedelta(days=9))
    counts = Counts(SpanCounts(connections=57), SpanCounts(), ((0, 0),) * 7, followers)
    stats = figures(counts, period(7, NOW, LONDON), handle="copperkettle")
    last, first = (f"{at.day} {at:%b}" for at in (NOW, NOW - timedelta(days=9)))
    words = seen(stats_message(stats, LONDON, []).blocks)
    assert f"412 followers on {last} (-3 since {first}), 57 you really talk with." in words
