"""What happens around an account on X on a simulated day: the traffic of `bench/cost/month.py`.

Drawn from a seed, so that every run has the same days. How much there is stands in SIZES;
docs/performance.md tells it in words.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

#: What the account's one keyword watch looks for.
QUERY = "coffee"


@dataclass(frozen=True, slots=True)
class Size:
    """How much is written around an account.

    Args:
        mentions: posts a day that name the account, without what people answer to its replies.
        keyword_posts: posts a day that hold the keyword and do not name the account.
        own_posts: posts a day of the account's own, beside its replies.
        regulars: how many people write to the account again and again.
    """

    name: str
    mentions: int
    keyword_posts: int
    own_posts: float
    regulars: int


SIZES = (
    Size("quiet", mentions=2, keyword_posts=2, own_posts=0.5, regulars=8),
    Size("normal", mentions=20, keyword_posts=10, own_posts=1.0, regulars=40),
    Size("busy", mentions=150, keyword_posts=60, own_posts=3.0, regulars=250),
)

#: Of a hundred: mentions by regulars, mentions inside other people's threads, keyword posts that
#: answer somebody, keyword posts by people who wrote such before, our replies that are answered.
BY_REGULARS = 70
IN_OTHER_THREADS = 20
KEYWORD_ANSWERS = 40
KEYWORD_KNOWN = 25
ANSWERED_BACK = 35

_MENTIONS = (
    "what time do you open on {day}?",
    "do you have a table for {n} on {day}?",
    "is the {place} branch open today?",
    "had a lovely {thing} with you on {day}, thank you!",
    "my {thing} was cold on {day}, that was a shame",
    "can I bring my dog to {place}?",
    "do you sell {thing} to take home? I need {n}",
    "is there parking near {place} on {day}?",
)
_ASKING = (
    "does anyone know where to get good coffee near {place} on {day}?",
    "looking for a place in {place} with decent coffee and room for {n} people, any ideas?",
    "which coffee would you take to a friend in {place} for {n} people?",
    "where do you all go for coffee around {place}? new here since {day}",
)
_CHATTING = (
    "coffee number {n} and it is only {day}",
    "I cannot function without coffee, see you all on {day}",
    "BIG coffee giveaway!! follow and retweet to win {n} bags of {thing}",
    "coffee is just bean soup, prove me wrong ({n})",
    "coffee futures up {n}% this {day}, see the chart",
    "spilled coffee over {n} pages of notes in {place}",
)
_OTHERS = ("who is up for {thing} on {day}?", "walked {n} miles to {place} today")
_BACK = (
    "great, see you on {day}!",
    "thanks! and do you have {thing} too?",
    "perfect, for {n} then",
)
_OURS = ("New this week: {thing}, from {day}.", "We are open until {n} on {day}.")
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_PLACES = ("the station", "Jericho", "the market", "Summertown", "the river", "the old mill")
_THINGS = ("a flat white", "carrot cake", "cold brew", "oat latte", "a mocha", "cinnamon bun")
#: Nobody writes at night; most around noon and in the evening. One weight for each UTC hour.
_HOURS = (1, 0, 0, 0, 0, 0, 1, 4, 7, 6, 5, 6, 9, 8, 5, 4, 5, 7, 9, 8, 6, 5, 3, 2)


@dataclass(frozen=True, slots=True)
class Event:
    """One post to come. `above` is the text of a stranger's post that it answers."""

    at: datetime
    kind: str
    author: str
    text: str
    above: str | None = None


class Traffic:
    """Draws the posts of each day for an account of one size."""

    def __init__(self, size: Size, handle: str, seed: int = 5) -> None:
        self._size = size
        self._handle = handle
        self.dice = random.Random(f"{size.name}-{seed}")
        self._strangers = 0
        self._keyword_people: list[str] = []

    def day(self, midnight: datetime) -> Iterator[Event]:
        """Yield the posts of one UTC day, in no order."""
        for _ in range(self._about(self._size.mentions)):
            yield self._mention(self._time(midnight))
        for _ in range(self._about(self._size.keyword_posts)):
            yield self._keyword(self._time(midnight))
        for _ in range(self._about(self._size.own_posts)):
            yield Event(self._time(midnight), "own", self._handle, self._words(_OURS))

    def answer_back(self, author: str, at: datetime) -> Event | None:
        """Draw what somebody answers to our reply, if they do."""
        if self.dice.randrange(100) >= ANSWERED_BACK:
            return None
        later = at + timedelta(minutes=self.dice.uniform(2, 40))
        return Event(later, "back", author, self._words(_BACK))

    def _mention(self, at: datetime) -> Event:
        regular = self.dice.randrange(100) < BY_REGULARS
        author = f"regular{self.dice.randrange(self._size.regulars)}" if regular else self._new()
        inside = self.dice.randrange(100) < IN_OTHER_THREADS
        above = self._words(_OTHERS) if inside else None
        return Event(at, "mention", author, f"@{self._handle} {self._words(_MENTIONS)}", above)

    def _keyword(self, at: datetime) -> Event:
        known = bool(self._keyword_people) and self.dice.randrange(100) < KEYWORD_KNOWN
        author = self.dice.choice(self._keyword_people) if known else self._new()
        self._keyword_people.append(author)
        words = self._words(_ASKING if self.dice.randrange(100) < 35 else _CHATTING)
        above = self._words(_OTHERS) if self.dice.randrange(100) < KEYWORD_ANSWERS else None
        return Event(at, "keyword", author, words, above)

    def _new(self) -> str:
        self._strangers += 1
        return f"new{self._strangers}"

    def stranger(self) -> str:
        """Return somebody who has not written before."""
        return self._new()

    def _about(self, number: float) -> int:
        drawn = self.dice.gauss(number, number**0.5 / 2)
        return max(0, int(drawn) + (self.dice.random() < drawn % 1))

    def _time(self, midnight: datetime) -> datetime:
        hour = self.dice.choices(range(24), _HOURS)[0]
        return midnight + timedelta(hours=hour, seconds=self.dice.uniform(0, 3600))

    def _words(self, choices: tuple[str, ...]) -> str:
        return self.dice.choice(choices).format(
            day=self.dice.choice(_DAYS),
            place=self.dice.choice(_PLACES),
            thing=self.dice.choice(_THINGS),
            n=self.dice.randrange(2, 60),
        )
