"""Clock: times of day put together with the days that they hold for."""

from collections.abc import Iterator
from dataclasses import replace

import patterns as re
from replies.facts.times import Moment, TimeFound, times
from replies.facts.weekdays import Days, day_groups

_ON = re.compile(r"\s*on (?:a |the )?", re.IGNORECASE)
_SHUT = re.compile(
    r"\bno(?= (?:mon|tues|wednes|thurs|fri|satur|sun)days?\b)|\b(?:not|nothing|never)(?= (?:on|at)\b)|"
    r"\b(?:closed|shut|not open|aren't open|isn't open|don't open|never open)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.!?;\n])\s+|\n|;")


def moments(text: str) -> Iterator[tuple[int, int, Moment]]:
    """Yield start, end and meaning of the times of day and of the days, sentence by sentence."""
    begin = 0
    for gap in [*_SENTENCE.finditer(text), None]:
        end = gap.start() if gap else len(text)
        for found in _sentence(text[begin:end]):
            yield begin + found.start, begin + found.end, found.moment
        begin = gap.end() if gap else end


def _sentence(sentence: str) -> list[TimeFound]:
    """Put times and days together: times belong to the days before them, or else to the next."""
    clock, days = list(times(sentence)), day_groups(sentence)
    shut = [match.span() for match in _SHUT.finditer(sentence)]
    days_first = bool(days) and (not clock or days[0].start < clock[0].start)
    joined = [
        time
        if not days_first and _apart(sentence, time, clock, days)
        else _with_days(time, days, days_first=days_first and not _on_day(sentence, time, days))
        for time in clock
    ]
    used = {day for found in joined for day in found.moment.days}
    for group in days:
        closed = any(group is _nearest(days, span) for span in shut)
        if closed or not group.days & used:
            moment = Moment("", days=group.days, shut=closed)
            joined.append(TimeFound(group.start, group.end, moment))
    return [_in_words(found, sentence) for found in joined]


def _in_words(found: TimeFound, sentence: str) -> TimeFound:
    """Give a moment its words; a day without a time is shown with all that is said of it."""
    shown = sentence[found.start : found.end] if found.moment.timed else sentence
    return replace(found, moment=replace(found.moment, words=shown.strip(" .!?\x7f")))


def _with_days(time: TimeFound, days: list[Days], *, days_first: bool) -> TimeFound:
    before = [day for day in days if day.end <= time.start]
    after = [day for day in days if day.start >= time.end]
    near = (before[-1:] or after[:1]) if days_first else after[:1]
    if not near:
        return time
    day = near[0]
    return TimeFound(
        min(time.start, day.start),
        max(time.end, day.end),
        replace(time.moment, days=day.days),
    )


def _apart(sentence: str, time: TimeFound, times: list[TimeFound], days: list[Days]) -> bool:
    """Tell whether a comma and another time part a time from the day: "9 to 5, and 3 on Friday"."""
    day = next((day.start for day in days if day.start >= time.end), None)
    later = next((other.start for other in times if other.start >= time.end), None)
    if day is None or later is None or later > day:
        return False
    return any(mark in sentence[time.end : later] for mark in ",;:")


def _on_day(sentence: str, time: TimeFound, days: list[Days]) -> bool:
    """Tell whether the day stands right behind the time: "8 to 4 on Saturday"."""
    behind = next((day.start for day in days if day.start >= time.end), None)
    return behind is not None and _ON.fullmatch(sentence, time.end, behind) is not None


def _nearest(days: list[Days], span: tuple[int, int]) -> Days:
    return min(days, key=lambda day: max(day.start - span[1], span[0] - day.end, 0))
