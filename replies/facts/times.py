"""Times: the times of day that a text states, whatever day they hold for."""

from collections.abc import Iterator
from dataclasses import dataclass

import patterns as re

_HOURS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
}  # fmt: skip
_HOUR = rf"(?:\d{{1,2}}|{'|'.join(_HOURS)})"
_POINT = re.compile(
    # Not the 19 of covid-19, but the 5 of 7am-5pm.
    r"(?<![\w.,:/#£$€¥₹<])(?<![^\W\dmh]-)(?:(?P<part>half past|half|quarter past|quarter to) )?"
    rf"(?:(?P<hour>{_HOUR})(?:(?P<sep>[:.h])(?P<minute>[0-5]\d))?"
    r"(?:\s?(?P<half>[ap]\.?m\b\.?|o'?clock\b|uhr\b|h\b))?(?:[ -]?ish)?"
    r"|(?P<named>noon|midday|midnight))(?![\w%£€°]|[.,:]\d|/\d)",
    re.IGNORECASE,
)
_TO = re.compile(r"\A\s*(?:to|till|til|until|-|–|—|bis|through)\s*", re.IGNORECASE)
_AND = re.compile(r"\A\s*and\s*", re.IGNORECASE)
_BETWEEN = re.compile(r"\bbetween\s*\Z", re.IGNORECASE)
#: What makes a bare number a time, standing before it.
_UNTIL = re.compile(
    r"\b(?:till|til|until|clos(?:es?|ing) (?:at|by)|shuts? at|finish(?:es)? at|ends? at|to)\s*\Z",
    re.IGNORECASE,
)
_FROM = re.compile(
    r"\b(?:from|opens? (?:at|from)|starts? (?:at|from)|as early as)\s*\Z", re.IGNORECASE
)
_AT = re.compile(
    r"\b(?:at|before|after|around|by|open|past|between|from about)\s*\Z", re.IGNORECASE
)
_ARTICLE = re.compile(r"\b(?:the|a|an|your|my|every|those|these|that|this)\s*\Z", re.IGNORECASE)
_DAY_NEAR = re.compile(
    r"(?:days?|weekends?|daily|hours|open|:|mon|tue|wed|thu|fri|sat|sun)s?:?\s*\Z", re.IGNORECASE
)
#: What may follow a bare number that is a time.
_FOLLOWS = re.compile(
    r"\G\s*(?:$|[.,;:!?)\]…—–\n\x7f]|(?:on|in|to|till|til|until|and|every|daily|sharp|today|tomorrow|"
    r"tonight|most|during|each|week(?:day|end)s?|mon\w*|tue\w*|wed\w*|thu\w*|fri\w*|sat\w*|sun\w*|bank|but|so|"
    r"when|with|for|if|too|then|or|this|as|because|though|except|all|seven|at|bis|auf|here)\b)",
    re.IGNORECASE,
)
_ON_DAY = re.compile(
    r"\G\s*(?:on (?:a |bank |week|mon|tue|wed|thu|fri|sat|sun)|(?:mon|tues|wednes|thurs|fri|satur|"
    r"sun)days?\b|weekdays|weekends|daily|every day)",
    re.IGNORECASE,
)
ALWAYS = -1
#: So far before a number stand the words that make it a time.
_NEAR = 30
#: A range from the evening over midnight ends by two: "6 to 2" may be a bar's.
_EVENING, _SMALL_HOURS = 17 * 60, 2 * 60
_HALF_DAY, _DAY_HOURS = 12, 24
_ALWAYS = re.compile(
    r"\b24/7\b|\bopen 24 hours\b|\b24 hours a day\b|\b(?:round|around) the clock\b", re.IGNORECASE
)

Minutes = frozenset[int]


@dataclass(frozen=True, slots=True)
class Moment:
    """Times of day on some days, as one text states them.

    Attributes:
        words: as they stand in the text.
        days: the days they hold for ("mon", "bank holiday"); empty: any day.
        opens: what the first time can mean, in minutes after midnight ("7" is 7:00 or 19:00).
        closes: what the second time can mean; both are empty where the text gives neither.
        point: what a time can mean that is neither an opening nor a closing one.
        shut: says that nobody is there.
        hours: stands in a text about opening hours, so that a point may open or close them.
    """

    words: str
    days: frozenset[str] = frozenset()
    opens: Minutes = frozenset()
    closes: Minutes = frozenset()
    point: Minutes = frozenset()
    shut: bool = False
    hours: bool = False

    @property
    def timed(self) -> bool:
        """Whether it gives a time of day."""
        return bool(self.opens or self.closes or self.point)


@dataclass(frozen=True, slots=True)
class TimeFound:
    start: int
    end: int
    moment: Moment


def times(text: str) -> Iterator[TimeFound]:
    """Yield the times of day in a sentence; a bare number is one where its neighbours say so."""
    points = [match for match in _POINT.finditer(text) if _possible(match)]
    skip = -1
    for place, match in enumerate(points):
        if place == skip:
            continue
        later = points[place + 1] if place + 1 < len(points) else None
        if later is not None and _is_range(text, match, later):
            opens, closes = _both(_minutes(match), _minutes(later))
            yield TimeFound(match.start(), later.end(), Moment("", opens=opens, closes=closes))
            skip = place + 1
        elif _is_time(text, match):
            yield _alone(text, match)
    for match in _ALWAYS.finditer(text):
        yield TimeFound(match.start(), match.end(), Moment("", point=frozenset({ALWAYS})))


def _both(first: Minutes, second: Minutes) -> tuple[Minutes, Minutes]:
    """Return what the ends of a range can mean together: "8 to 4" starts in the morning."""
    pairs = {
        (start, end)
        for start in first
        for end in second
        if start < end or (start >= _EVENING and end <= _SMALL_HOURS)
    }
    if not pairs:
        return first, second
    return frozenset(start for start, _ in pairs), frozenset(end for _, end in pairs)


def _alone(text: str, match: re.Match[str]) -> TimeFound:
    near = max(0, match.start() - _NEAR)
    minutes = _minutes(match)
    until = _UNTIL.search(text[: match.start()], near)
    since = _FROM.search(text[: match.start()], near)
    if until:
        return TimeFound(until.start(), match.end(), Moment("", closes=minutes))
    if since:
        return TimeFound(since.start(), match.end(), Moment("", opens=minutes))
    return TimeFound(match.start(), match.end(), Moment("", point=minutes))


def _just_before(text: str, match: re.Match[str]) -> str:
    return text[max(0, match.start() - _NEAR) : match.start()]


def _possible(match: re.Match[str]) -> bool:
    hour = match["hour"]
    return hour is None or not hour.isdigit() or int(hour) <= _DAY_HOURS


def _explicit(match: re.Match[str]) -> bool:
    """Tell whether it can be nothing but a time: 7am, 7:30, noon, half past six."""
    if match["named"] or match["half"]:
        return True
    return bool(match["part"]) or match["sep"] in (":", "h")


def _is_range(text: str, first: re.Match[str], second: re.Match[str]) -> bool:
    between, before = text[first.end() : second.start()], _just_before(text, first)
    if not _TO.fullmatch(between) and not (
        _AND.fullmatch(between) and _BETWEEN.search(before) is not None
    ):
        return False
    if _explicit(first) or _explicit(second):
        return True
    return _FOLLOWS.match(text, second.end()) is not None and not _ARTICLE.search(before)


def _is_time(text: str, match: re.Match[str]) -> bool:
    if _explicit(match):
        return True
    if match["hour"] and match["hour"].isdigit() and int(match["hour"]) == 0:
        return False
    if _ON_DAY.match(text, match.end()) and (match["hour"] or "").casefold() != "one":
        return True
    before = _just_before(text, match)
    if not _FOLLOWS.match(text, match.end()):
        return False
    if _UNTIL.search(before) and not before.rstrip().endswith("to"):
        return True
    return bool(_FROM.search(before) or _AT.search(before) or _DAY_NEAR.search(before))


def _minutes(match: re.Match[str]) -> Minutes:
    """Return what a time can mean: "7" is in the morning or in the evening."""
    named = (match["named"] or "").casefold()
    if named:
        return frozenset({0, 1440} if named == "midnight" else {720})
    hour_word = match["hour"].casefold()
    hour = int(hour_word) if hour_word.isdigit() else _HOURS[hour_word]
    past = int(match["minute"] or 0)
    part = (match["part"] or "").casefold()
    past += {"half": 30, "half past": 30, "quarter past": 15, "quarter to": -15}.get(part, 0)
    half = (match["half"] or "").casefold().replace(".", "")
    if half == "am":
        return frozenset({hour % 12 * 60 + past})
    if half == "pm":
        return frozenset({(hour % 12 + 12) * 60 + past})
    if hour > _HALF_DAY or hour == 0 or hour_word.startswith("0"):
        return frozenset({hour * 60 + past})
    return frozenset({hour % 12 * 60 + past, (hour % 12 + 12) * 60 + past})
