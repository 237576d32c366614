"""The sentences about how the account does: each says what it counts and over what time."""

from collections.abc import Callable
from datetime import date
from typing import TypeVar
from zoneinfo import ZoneInfo

from domain import AccountStats, Choice, Share, Stats
from views.blocks.formatting import count, excerpt, listed

Found = TypeVar("Found")


def parts(stats: AccountStats) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the parts of the page, people first: a title and its sentences, in mrkdwn."""
    now, before = stats.now, stats.before
    return (
        ("People", _people(stats)),
        ("Talk", _talk(now, before)),
        ("Answers", _answers(now, before)),
        ("Conversations", _conversations(now, before)),
        ("What gets an answer back", _moves(now)),
        ("Suggestions", _suggestions(now)),
    )


def about(stats: AccountStats, zone: ZoneInfo) -> str:
    """Say which days count, against which, and since when there is a record."""
    first = stats.period.now.begin.astimezone(zone).date()
    last = stats.period.now.end.astimezone(zone).date()
    lines = [f"{_day(first)} to {_day(last)}, today as far as it has come."]
    if stats.before is not None:
        lines.append(f"In brackets: the {stats.period.days} days before, up to the same hour.")
    else:
        lines.append("What came before is not on record as a whole, so nothing is compared.")
    if stats.posts_since is not None:
        since = _day(stats.posts_since.astimezone(zone).date())
        lines.append(f"Your own posts count since {since}, as far back as Greenroom has read.")
    if stats.listening_since is not None:
        since = _day(stats.listening_since.astimezone(zone).date())
        lines.append(f"What people wrote counts since {since}, when Greenroom began to listen.")
    if stats.practice:
        lines.insert(0, "*Practice: this business and its people are made up.*")
    return " ".join(lines)


def _people(stats: AccountStats) -> tuple[str, ...]:
    now, before = stats.now, stats.before
    met = count(now.people, "person", "people")
    return (
        (
            f"*{count(now.connections, 'person', 'people')} you really talk with*"
            f"{_was(before, lambda b: b.connections)}: back and forth twice, 12 hours or more apart, "
            "in the last 90 days."
        ),
        (
            f"In these {stats.period.days} days you went back and forth with {met}"
            f"{_was(before, lambda b: b.people)}; {now.came_back:,} of them came back"
            f"{_was(before, lambda b: b.came_back)}."
        ),
    )


def _talk(now: Stats, before: Stats | None) -> tuple[str, ...]:
    talk = now.talk
    replies = count(talk.replies, "reply", "replies")
    lines = [
        (
            f"{replies} to people{_was(before, lambda b: b.talk.replies)}, "
            f"{count(talk.plain, 'post')} about you{_was(before, lambda b: b.talk.plain)}, "
            f"{count(talk.linked, 'post')} with a link{_was(before, lambda b: b.talk.linked)}."
        ),
    ]
    if talk.of_six is None:
        lines.append("Too few posts to hold against the 4-1-1 rule of thumb.")
    else:
        ours = " : ".join(f"{share:.1f}" for share in talk.of_six)
        lines.append(
            f"Of every six posts that is {ours}. The 4-1-1 rule of thumb says 4 : 1 : 1: four for "
            "others, one of your own, one that sells."
        )
    if talk.by_hand:
        lines.append(f"{talk.by_hand:,} of the replies were posted on X by hand.")
    return tuple(lines)


def _answers(now: Stats, before: Stats | None) -> tuple[str, ...]:
    answered = now.answered
    if not answered.of:
        return ("Nobody waited for an answer.",)
    was = "" if before is None else f" (before: {before.answered.part:,} of {before.answered.of:,})"
    mentions = "mention" if answered.of == 1 else "mentions"
    lines = [
        f"{answered.part:,} of {answered.of:,} {mentions} worth an answer got one{_percent(answered)}{was}."
    ]
    aside = [
        f"{number:,} {words}"
        for number, words in ((now.still_open, "still open"), (now.let_go, "let go on purpose"))
        if number
    ]
    if aside:
        lines.append(f"{listed(aside, last='and').capitalize()}.")
    lines.append(_typical_wait(now, before))
    return tuple(lines)


def _typical_wait(now: Stats, before: Stats | None) -> str:
    if now.median_wait is None:
        return "Too few answers to say how long people usually wait."
    was = _in_brackets(before.median_wait if before else None, _minutes)
    if now.median_wait < 1:
        return f"Half of the people waited no business hours at all{was}."
    return f"Half of the answers came within {_minutes(now.median_wait)} of business hours{was}."


def _conversations(now: Stats, before: Stats | None) -> tuple[str, ...]:
    back = now.answered_back
    if not back.of:
        line = "No reply of yours is a day old yet."
    else:
        was = "" if before is None else _before_share(before.answered_back)
        replies = "reply" if back.of == 1 else "replies"
        line = (
            f"People answered {back.part:,} of your {back.of:,} {replies}{_percent(back)}{was}; "
            "a reply counts once it is a day old."
        )
    if now.rounds is None:
        return line, "Too few conversations to say how long they get."
    return (
        line,
        (
            f"A conversation takes {now.rounds:.1f} replies of yours on average"
            f"{_in_brackets(before.rounds if before else None, '{:.1f}'.format)}; "
            f"{now.longer:,} of {now.conversations:,} went on after the first."
        ),
    )


def _moves(now: Stats) -> tuple[str, ...]:
    if not now.moves:
        return ("No suggestion went out long enough ago to say.",)
    told = tuple(
        f"• {excerpt(move, 30).capitalize()}: {share.part:,} of {share.of:,}"
        f"{_percent(share, few='')}"
        for move, share in now.moves
    )
    few = any(share.percent is None for _, share in now.moves)
    end = ("Where there is no percentage, they are too few to say.",) if few else ()
    return ("Replies that people answered, by what the reply did:", *told, *end)


def _suggestions(now: Stats) -> tuple[str, ...]:
    kept, edited, let_go = (
        now.choices.get(choice, 0) for choice in (Choice.AS_WAS, Choice.EDITED, Choice.SKIPPED)
    )
    if not kept + edited + let_go:
        return ("Nothing was decided on yet.",)
    return (f"{kept:,} taken as they were, {edited:,} edited, {let_go:,} let go.",)


def followers_line(stats: AccountStats, zone: ZoneInfo) -> str:
    """Say how many follow, as counted once a week, beside how many are really talked with."""
    talk = f"{stats.now.connections:,} you really talk with"
    counted = stats.followers
    if counted is None:
        return f"{talk.capitalize()}. Followers are counted once a week; not yet."
    at = _day(counted.at.astimezone(zone).date())
    since = ""
    if counted.change is not None and counted.since is not None:
        since = f" ({counted.change:+,} since {_day(counted.since.astimezone(zone).date())})"
    return f"{count(counted.count, 'follower')} on {at}{since}, {talk}."


def _was(before: Stats | None, figure: Callable[[Stats], int]) -> str:
    """Say a figure of the time before in brackets; nothing where there is none."""
    return "" if before is None else f" ({figure(before):,})"


def _in_brackets(found: Found | None, say: Callable[[Found], str]) -> str:
    return "" if found is None else f" ({say(found)})"


def _before_share(share: Share) -> str:
    return f" (before: {share.part:,} of {share.of:,}{_percent(share, few='')})"


def _percent(share: Share, few: str = ", too few for a percentage") -> str:
    return few if share.percent is None else f", {share.percent}%"


def _minutes(minutes: int) -> str:
    if minutes < 120:  # noqa: PLR2004 - two hours are said in hours
        return count(minutes, "minute")
    return f"{minutes / 60:.1f} hours".replace(".0 ", " ")


def _day(day: date) -> str:
    return f"{day.day} {day:%b}"
