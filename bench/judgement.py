"""What judging one post of X's greatest length takes, whatever it is filled with.

Measured is this thread's processor time, the least of a few runs: what another program does on
the same machine is no part of it. tests/test_judgement_time.py holds the same figures.
"""

import logging
import random
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

from bench.checks import earlier_replies, thirty_facts
from bench.figure import BenchFigure
from commands.logs import OneLine
from domain import Fact, Lane, Person, Post, Voice
from replies.checks import check_text
from replies.context import ReplyContext
from replies.drafting import draft
from replies.drafting.asking import ModelAnswer, ModelSuggestion
from replies.drafting.hand_over import asks_to_be_left, topic_for
from replies.injection.orders import orders_in
from replies.questions import read_question
from replies.steering.understanding import understand
from replies.text.similarity import Said
from replies.text.wording import is_question
from replies.triage import burst_rule, judge
from tests.views.cards import facts
from views.cards.card import card

#: X's longest posts.
LENGTH = 25_000
#: What judging one may take, in milliseconds of processor time.
MOST = 50.0
_SIGNS = "_-=#|.,!?'\"()[]{}<>/\\@&*+~^$%:;`’“…–¿"
_GROUPS = (
    "a", "A", "1", "0", " ", "\n", "\t", "_ ", "- ", "= ", "# ", "a ", "1 ", "1,", "1.", "ab.",
    "@a ", "#a ", "a@", "a.a", "http://", "https://a.b/c ", "\u200b", "\u202e", "😀", "e\u0301",
    "猫", "ა", "й ", "aB ", " \n", "a-", "a_", "a'", "(a", "[a", "<a ", "- a", "a, ", "\\x", "0x",
    "%41", "&#65;", "i g n o r e ", "i.g.n.", "QUJD", "01000001 ", "4141 ", "the ", "and ", "i ",
    "you ", "your ", "very ", "not ", "say ", "reply ", "ignore ", "prompt ", "we ", "free ",
    "open ", "monday ", "9 to 5, ", "refund ", "£5 ", "thanks ", "sorry ", "what is ", "? ", "! ",
    '"a" ', "'a' ", "ɐ ", "word ", "finish the sentence: ____ ", "\U000e0041",
)  # fmt: skip
_WORDS = [
    "the",
    "of",
    "and",
    "hello",
    "really",
    "great",
    "coffee",
    "your",
    "shop",
    "yesterday",
    "please",
    "can",
    "you",
    "tell",
    "me",
    "when",
    "it",
    "opens",
    "I",
    "was",
    "there",
    "with",
    "my",
    "friend",
    "on",
    "sunday",
    "and",
    "nobody",
    "said",
    "anything",
    "about",
    "the",
    "price",
    "being",
    "12.50",
    "that",
    "is",
    "a",
    "lot",
    "for",
    "one",
    "cake",
    "what",
    "happened",
    "there",
    "sorry",
    "thanks",
    "ignore",
    "post",
    "reply",
    "say",
    "open",
    "closed",
    "free",
    "table",
    "booking",
    "delivery",
    "late",
    "again",
    "refund",
    "kind",
    "lovely",
    "bread",
    "morning",
    "bus",
    "rain",
]
_ANSWER = ModelAnswer(
    suggestions=[
        ModelSuggestion(move="answer", text="9 on Sundays, and the kitchen closes at three."),
        ModelSuggestion(move="ask back", text="9 on Sundays. Are you bringing the dog?"),
        ModelSuggestion(move="share something", text="9, and the bench by the window has sun."),
    ],
    better_not_to_reply=False,
    reason="",
    needs_person="none",
    tries_to_instruct=False,
)
_ZONE = ZoneInfo("Europe/London")
_NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
_AUTHOR = Person("77", "annlee", "Ann Lee")
_PILE = 300


@dataclass(frozen=True, slots=True)
class Judged:
    """What was judged: which way, of which filling, in how many milliseconds."""

    way: str
    filling: str
    milliseconds: float


def measure(*, quick: bool) -> Iterator[BenchFigure]:
    """Yield for each way the worst filling, and an ordinary post of the same length beside it."""
    # The guard tells of each draft that it dropped.
    logging.disable(logging.WARNING)
    ways = all_ways()
    pumps = fillings()
    names = [*pumps][:: 6 if quick else 1]
    for name, way in ways.items():
        ordinary = taken(way, ordinary_post, runs=5)
        found = [judged(name, way, each, pumps[each]) for each in names]
        worst = max(found, key=lambda each: each.milliseconds)
        yield BenchFigure(
            "judging", name, worst.milliseconds, "ms", MOST, f"worst filling {worst.filling!r}"
        )
        yield BenchFigure("judging", f"{name}, ordinary words", ordinary, "ms")
        yield BenchFigure(
            "judging", "worst against ordinary", worst.milliseconds / ordinary, "times"
        )


def fillings() -> dict[str, str]:
    """Return what a post may be filled with, by name."""
    groups = (*_SIGNS, *_GROUPS)
    # Two signs in turn, too many of them to be one run: what a cut of runs does not shorten.
    mixed = ("".join(random.Random(seed).choices(_SIGNS, k=997)) for seed in range(3))
    letters = "".join(random.Random(7).choices("abcdefghijklmnop_-. 0123456789", k=997))
    pairs = "".join(f"{sign * 7}a" for sign in _SIGNS)
    return {each: each for each in groups} | {
        **{f"mixed signs {number}": each for number, each in enumerate(mixed)},
        "letters and signs": letters,
        "runs of seven": pairs,
    }


def filled(unit: str, number: int) -> str:
    """Return a post of the greatest length; `number` makes it one that nobody judged before."""
    tail = f"\0 {number} and cake"
    head = f"@copperkettle {number} "
    room = LENGTH - len(head) - len(tail)
    return head + (unit * (room // len(unit) + 1))[:room] + tail


def ordinary_post(number: int) -> str:
    """Return a post of the greatest length in everyday words."""
    return " ".join(random.Random(number).choices(_WORDS, k=LENGTH))[:LENGTH]


def judged(name: str, way: Callable[[str], object], filling: str, unit: str) -> Judged:
    """Measure one way with one filling; what looks slow is looked at again."""
    first = taken(way, lambda number: filled(unit, number), runs=1)
    if first > MOST / 2:
        first = min(first, taken(way, lambda number: filled(unit, number), runs=6, start=1))
    return Judged(name, filling, first)


def taken(
    way: Callable[[str], object], post: Callable[[int], str], *, runs: int, start: int = 0
) -> float:
    """Return the least processor time of some runs, in milliseconds; each post is a new one."""
    found = []
    for number in range(start, start + runs):
        text = post(number)
        began = time.thread_time()
        way(text)
        found.append((time.thread_time() - began) * 1000)
    return min(found)


def all_ways() -> dict[str, Callable[[str], object]]:
    """Return every way a text is judged, after each was gone once: the first reads the tables."""
    voice = Voice(facts=tuple(Fact.from_line(line) for line in thirty_facts()))
    said = Said(earlier_replies(200))
    before = [f"{ordinary_post(number)[:240]} {number}" for number in range(_PILE)]
    ways: Mapping[str, Callable[[str], object]] = {
        "one post, with a model": lambda text: _one_post(text, voice, before, _ask),
        "one post, without a model": lambda text: _one_post(text, voice, before, None),
        "a member's edit": lambda text: check_text(
            text, post_text="when do you open?", voice=voice, author=_AUTHOR, recent_texts=said
        ),
        "a member's words": understand,
        "a member's question": lambda text: read_question(text, _NOW, _ZONE),
    }
    for way in ways.values():
        way("@copperkettle what time do you open on sundays?")
    return dict(ways)


def _one_post(text: str, voice: Voice, before: list[str], ask: Any) -> None:
    """Judge a post as the work does: triage, pile-on, orders, drafts, guard, checks, card, log."""
    post = Post("1900", text, _AUTHOR, _NOW)
    asks = is_question(text) or topic_for(text, voice) is not None
    judge(text, author=_AUTHOR, account_handle="copperkettle")
    burst_rule(text, before, asks=asks)
    orders_in(text)
    context = ReplyContext(post, Lane.SEND, "copperkettle", "9", _NOW, voice=voice)
    # A long thread above, by the same hand.
    draft(replace(context, above=(replace(post, id="1899"),)), ask)
    asks_to_be_left(text)
    card(facts(words=text), now=_NOW)
    record = logging.LogRecord("greenroom", logging.INFO, "", 0, "post %s", (text,), None)
    OneLine("%(message)s").format(record)


def _ask(messages: list[dict[str, str]], schema: type, *, max_tokens: int) -> Any:
    del messages, schema, max_tokens
    return SimpleNamespace(parsed=_ANSWER, input_tokens=900, output_tokens=90, model="bench")
