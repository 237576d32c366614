"""What the counts about the account mean: shares, medians, comparisons, and when to say nothing."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain import (
    CONNECTION_DAYS,
    AccountStats,
    Counts,
    Outcome,
    Period,
    Share,
    Span,
    SpanCounts,
    Stats,
    Talk,
    TalkKind,
)

#: Of fewer than this no share, ratio or median is told.
FEW = 8
#: The days that can be asked for, with the days of each bar of the chart.
PERIODS = {7: 1, 30: 3, 90: 9}
#: Bounds of the bars about waiting, in minutes of business hours, with their names.
WAITS = ((15, "Under 15 min"), (60, "15 to 60 min"), (240, "1 to 4 hours"), (None, "Longer"))


def period(days: int, now: datetime, zone: ZoneInfo) -> Period:
    """Return the last `days` local days, today among them, and as many before.

    Both begin at midnight of the business's own clock; the one before ends at the time of day that
    it is now, so that a day that has only begun is held against one that had only begun.
    """
    here = now.astimezone(zone)
    bar_days = PERIODS[days]
    bars = tuple(
        (
            _bar_name(here.date() - timedelta(days=ago), bar_days),
            Span(_midnight(here, ago), min(now, _midnight(here, ago - bar_days))),
        )
        for ago in range(days - 1, -1, -bar_days)
    )
    then = _days_ago(here, days)
    return Period(
        days=days,
        now=Span(_midnight(here, days - 1), now),
        before=Span(_midnight(here, 2 * days - 1), then),
        ninety=Span(_midnight(here, CONNECTION_DAYS - 1), now),
        ninety_before=Span(_midnight(here, days + CONNECTION_DAYS - 1), then),
        bars=bars,
        bar_days=bar_days,
    )


def figures(counts: Counts, asked: Period, *, handle: str, practice: bool = False) -> AccountStats:
    """Say what the counts come to.

    The period before is told only where the records of our posts and of what people wrote
    both reach back to its beginning.
    """
    starts = [since for since in (counts.posts_since, counts.listening_since) if since]
    whole = len(starts) == 2 and max(starts) <= asked.before.begin  # noqa: PLR2004 - both of them
    return AccountStats(
        handle=handle,
        period=asked,
        now=_stats(counts.now),
        before=_stats(counts.before) if whole else None,
        bars=tuple(
            (name, *counted) for (name, _), counted in zip(asked.bars, counts.bars, strict=True)
        ),
        followers=counts.followers,
        posts_since=_inside(counts.posts_since, asked),
        listening_since=_inside(counts.listening_since, asked),
        practice=practice,
    )


def share(part: int, of: int) -> Share:
    """Return so many of so many, with a percentage where they are enough to say."""
    return Share(part, of, round(100 * part / of) if of >= FEW else None)


def median(histogram: Mapping[int, int]) -> int | None:
    """Return the lower median of a histogram (value to count), None where there are too few."""
    total = sum(histogram.values())
    if total < FEW:
        return None
    middle = (total + 1) // 2
    seen = 0
    for value in sorted(histogram):
        seen += histogram[value]
        if seen >= middle:
            return value
    return None


def _stats(counted: SpanCounts) -> Stats:
    outcomes = {outcome: counted.outcomes.get(outcome, 0) for outcome in Outcome}
    answered = outcomes[Outcome.ANSWERED]
    open_still = outcomes[Outcome.OPEN]
    moves = [(move, share(*of)) for move, of in counted.moves.items() if of[1]]
    return Stats(
        connections=counted.connections,
        people=counted.people,
        came_back=counted.came_back,
        talk=_talk(counted),
        answered=share(answered, answered + open_still),
        still_open=open_still,
        let_go=outcomes[Outcome.SKIPPED],
        median_wait=median(counted.waits),
        answered_in=_answered_in(counted.waits),
        answered_back=share(counted.answered_back, counted.could_be_answered),
        rounds=counted.rounds / counted.conversations if counted.conversations >= FEW else None,
        conversations=counted.conversations,
        longer=counted.longer,
        moves=tuple(sorted(moves, key=lambda each: (-each[1].of, each[0]))),
        choices=dict(counted.choices),
    )


def _talk(counted: SpanCounts) -> Talk:
    replies, plain, linked = (
        counted.kinds.get(kind, 0) for kind in (TalkKind.REPLY, TalkKind.PLAIN, TalkKind.LINK)
    )
    posts = replies + plain + linked
    enough = posts >= FEW
    six = (6 * replies / posts, 6 * plain / posts, 6 * linked / posts) if enough else None
    return Talk(replies, plain, linked, counted.by_hand, six)


def _answered_in(waits: Mapping[int, int]) -> tuple[tuple[str, int], ...]:
    bounds = [0, *(most for most, _ in WAITS if most is not None)]
    counts = [0] * len(WAITS)
    for minutes, n in waits.items():
        counts[sum(bound <= minutes for bound in bounds) - 1] += n
    return tuple((name, n) for (_, name), n in zip(WAITS, counts, strict=True))


def _inside(since: datetime | None, asked: Period) -> datetime | None:
    return since if since is not None and since > asked.now.begin else None


def _midnight(here: datetime, days: int) -> datetime:
    """Return the beginning of a local day so many days ago, aware UTC."""
    day = here.date() - timedelta(days=days)
    return _utc(datetime.combine(day, time(), tzinfo=here.tzinfo))


def _days_ago(here: datetime, days: int) -> datetime:
    """Return the same time of day so many days ago, aware UTC."""
    return _utc(here - timedelta(days=days))


def _utc(at: datetime) -> datetime:
    return at.astimezone(UTC)


def _bar_name(first: date, days: int) -> str:
    """Name a bar by its first day: "Tue 18", or "27 Aug" where a bar holds several days."""
    return f"{first:%a} {first.day}" if days == 1 else f"{first.day} {first:%b}"
