"""What the checks cost: one reply judged with a voice of 30 facts and 1,000 earlier replies."""

import random
import time
from collections.abc import Callable, Iterator, Sequence

from bench.figure import BenchFigure, share
from domain import Fact, Person, Voice
from replies.checks import check_text
from replies.text.similarity import Said

_FACTS = (
    "hours: Monday to Friday 7am to 5pm, Saturday 8 to 4, Sunday 9 to 4",
    "Bank holidays: closed",
    "address: 12 Dock Street, beside the old library",
    "A flat white is £3.40, filter £2.80, oat milk 40p more",
    "Dogs are welcome everywhere but by the pastry case",
    "We take cards and contactless, no cash",
    "Returns within 30 days with the receipt",
    "We replace whatever arrives broken",
    "The kitchen closes at 3",
    "Beans come in 250g and 1kg bags",
)
_REPLIES = (
    "9 on Sundays, and the kitchen closes at three. Are you bringing the dog?",
    "That's too long for a latte, sorry. We were one down and should have said so at the till.",
    "£3.40 for a flat white, and 40p more with oat. What do you usually have?",
    "Made by Dan, who will be unbearable about this all day.",
    "Not this week I'm afraid, the roaster is in pieces on the floor. Which one were you after?",
    "We do, up to 30 days if you've still got the receipt. Was something wrong with it?",
    "Thanks Nell! I've told Priya, who went red and dropped a spoon.",
    "Socks in a carrier bag inside the shoes. Looks daft, works. How far do you ride?",
)
_POST = (
    "@copperkettle what time do you open on sundays, and can I bring the dog? @annlee wants to come"
)
_WORDS = tuple(dict.fromkeys(" ".join((*_FACTS, *_REPLIES)).split()))
_ROUNDS, _QUICK_ROUNDS = 150, 20
_EARLIER = 1000


def measure(*, quick: bool) -> Iterator[BenchFigure]:
    """Yield what judging a reply takes."""
    voice = Voice(facts=tuple(Fact.from_line(line) for line in thirty_facts()))
    said, author = Said(earlier_replies(_EARLIER)), Person("1", "nellbaker", "Nell Baker")
    rounds = _QUICK_ROUNDS if quick else _ROUNDS

    def judge(text: str) -> object:
        return check_text(
            text,
            post_text=_POST,
            recent_texts=said,
            voice=voice,
            also_known=("We open at nine on Sundays",),
            author=author,
            account_handle="copperkettle",
        )

    judge("Are you coming on Sunday?")  # The very first reads rules and facts.
    taken = _milliseconds(judge, _REPLIES, rounds)
    yield BenchFigure("checks", "a reply judged, median", share(taken, 0.5), "ms", 5)
    yield BenchFigure("checks", "a reply judged, 95th percentile", share(taken, 0.95), "ms", 5)
    yield BenchFigure("checks", "a reply judged, the slowest", max(taken), "ms")


def _milliseconds(work: Callable[[str], object], texts: Sequence[str], rounds: int) -> list[float]:
    """Return what each call took; each text is new, so that nothing is remembered of it."""
    found = []
    for number in range(rounds):
        for text in texts:
            fresh = f"{text} {_WORDS[number % len(_WORDS)]} {number % 7}"
            began = time.perf_counter()
            work(fresh)
            found.append(1000 * (time.perf_counter() - began))
    return found


def thirty_facts() -> list[str]:
    """Return what a business may state, a fact a line."""
    others = [f"Shelf {number} holds {number} kinds of tea" for number in range(30 - len(_FACTS))]
    return [*_FACTS, *others]


def earlier_replies(count: int) -> list[str]:
    """Return made-up replies of the last 60 days."""
    chance = random.Random(7)
    return [" ".join(chance.choices(_WORDS, k=chance.randint(5, 25))) for _ in range(count)]
