"""What drafting adds to the model's own time: context to checked suggestions, both paths."""

import logging
import statistics
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

from bench.checks import earlier_replies, thirty_facts
from bench.figure import Figure
from domain import Fact, Lane, Person, Post, Voice
from replies.context import ReplyContext
from replies.drafting import draft
from replies.drafting.asking import ModelAnswer, question_for
from tests.replies.model_server import ModelServer, model_server

_AIM = 50.0
_NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
_EARLIER = 1000
_ANSWERS = (
    ("answer", "9 on Sundays, and the kitchen closes at three."),
    ("ask back", "9 on Sundays. Are you bringing the dog?"),
    ("share something", "9, and the bench by the window has the sun until ten."),
)


def measure(*, quick: bool) -> Iterator[Figure]:
    """Draft for one post over and over, with a model server that answers at once."""
    rounds = 5 if quick else 40
    # The model's client tells of each request.
    logging.disable(logging.INFO)
    context = _context()
    with model_server() as server:
        server.says(*_ANSWERS)
        draft(context, server.door.ask)  # The first one imports openai.
        bare = _milliseconds(lambda: _ask_alone(server, context), rounds)
        whole = _milliseconds(lambda: draft(context, server.door.ask), rounds)
    alone = _milliseconds(lambda: draft(context, None), rounds)
    asked = statistics.median(bare)
    both = statistics.median(whole)
    yield Figure("draft", "added to the model's question, median", both - asked, "ms", _AIM)
    yield Figure("draft", "the question alone, answered at once", asked, "ms")
    yield Figure("draft", "both together against the question", both / asked, "times")
    yield Figure("draft", "without a model, median", statistics.median(alone), "ms", _AIM)


def _context() -> ReplyContext:
    post = Post(
        "1900",
        "@copperkettle what time do you open on sundays, and can I bring the dog?",
        Person("77", "annlee", "Ann Lee"),
        _NOW,
    )
    return ReplyContext(
        post,
        Lane.SEND,
        "copperkettle",
        "9",
        _NOW,
        voice=Voice(facts=tuple(Fact.from_line(line) for line in thirty_facts())),
        recent_texts=tuple(earlier_replies(_EARLIER)),
    )


def _ask_alone(server: ModelServer, context: ReplyContext) -> Any:
    messages = question_for(context).messages
    begun = time.perf_counter()
    server.door.ask(messages, ModelAnswer, max_tokens=700)
    return (time.perf_counter() - begun) * 1000


def _milliseconds(work: Callable[[], Any], rounds: int) -> list[float]:
    """Return what each round took; a number that the work returns counts in its place."""
    taken = []
    for _ in range(rounds):
        begun = time.perf_counter()
        said = work()
        whole = (time.perf_counter() - begun) * 1000
        taken.append(said if isinstance(said, float) else whole)
    return taken
