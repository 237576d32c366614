"""Money is set aside before it is spent: calls at the same moment cannot pass the day's budget.

Each race runs on both engines; on PostgreSQL half of the threads belong to a second Greenroom.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import timedelta

import pytest

from clients.x.client import Page
from commands.wiring.greenroom import Greenroom
from errors import ModelPaused, ModelUnavailable, XUnavailable
from jobs.engine.context import JobContext
from jobs.engine.timings import Timings
from jobs.network.budget import Use, bill_page, model_left, x_left
from jobs.network.paid_model import Asking, asking
from jobs.network.reserve import SpendKey, read_by_ids, read_pages, reserve_x
from replies.drafting.asking import ModelAnswer
from settings import read_settings
from storage.money import ledger, reservations
from tests.stage import QUICK, Stage, practice_settings, quick
from tests.storage.conftest import migrated_template, postgres, url
from tests.storage.racing import at_once

__all__ = ["migrated_template", "postgres", "url"]

Rooms = Callable[..., list[JobContext]]
#: What asking who we are costs, once.
_PROFILE = 10_000
_SLOW = 0.4  # seconds: every call is under way before the first one ends


@pytest.fixture
def rooms(empty_stage: Stage, url: str) -> Iterator[Rooms]:
    """Open Greenrooms on one database that do nothing by themselves; two where the engine may."""
    with ExitStack() as closing:

        def opened(timings: Timings = QUICK, **environment: str) -> list[JobContext]:
            found = []
            for _ in range(2 if url.startswith("postgres") else 1):
                environment["DATABASE_URL"] = url
                settings = practice_settings(empty_stage.room, empty_stage.folder, **environment)
                greenroom = Greenroom(read_settings(settings), timings=timings)
                closing.callback(greenroom.stop)
                found.append(greenroom.open())
            return found

        yield opened


def posted(stage: Stage, number: int, words: str = "oat milk") -> list[str]:
    """Let so many strangers post at once; return the ids."""
    x = stage.room.x
    return [x.add_post(f"someone{n}", f"{words} {n}").id for n in range(number)]


def slowly(stage: Stage, where: str, times: int) -> None:
    stage.do("trouble", where=where, what="slow", times=times, seconds=_SLOW)


def bill(stage: Stage) -> int:
    """Return what the practice X bills so far, in micro-dollars; the account's own profile is in it."""
    return sum(stage.room.x.costs.by_kind().values())


def booked(room: JobContext, service: str = "x") -> int:
    with room.db.read() as tx:
        return ledger.spent(tx, service, room.now().date())


def held(room: JobContext, service: str = "x") -> int:
    with room.db.read() as tx:
        return reservations.held(tx, service, room.now()).all


def settled(room: JobContext, page: Page, purse: SpendKey) -> None:
    with room.db.write() as tx:
        bill_page(tx, room, page, purpose=purse.purpose, owned=False, now=room.now())
        reservations.release(tx, purse.key)


def test_look_ups_at_once_stay_within_the_budget(empty_stage: Stage, rooms: Rooms) -> None:
    """Of eight that each want twelve cents only two fit into the 26 that reading may cost of 39."""
    ids = posted(empty_stage, 8 * 25)
    opened = rooms(X_DAILY_BUDGET_USD="0.39")
    slowly(empty_stage, "x", 8)

    def race(number: int) -> bool:
        room, purse = opened[number % len(opened)], SpendKey(f"look:{number}", "conversation")
        page = read_by_ids(room, purse, ids[number * 25 : (number + 1) * 25])
        if page is not None:
            settled(room, page, purse)
        return page is not None

    assert sum(at_once(8, race)) == 2
    assert bill(empty_stage) == booked(opened[0]) == _PROFILE + 250_000
    assert held(opened[0]) == 0


def test_searches_at_once_pass_the_budget_by_less_than_a_page(
    empty_stage: Stage, rooms: Rooms
) -> None:
    """Whoever comes when little is left asks for the smallest page, and nobody after them."""
    for number in range(6):
        posted(empty_stage, 150, f"word{number}")
    opened = rooms(X_DAILY_BUDGET_USD="1.00")
    slowly(empty_stage, "x", 6)

    def race(number: int) -> int:
        room = opened[number % len(opened)]
        purse = SpendKey(f"listen:{number}", "watch:test", Use.KEYWORDS)
        reading = read_pages(
            room,
            purse,
            lambda token, limit: room.x.search(f"word{number}", page_token=token, limit=limit),
            price=room.prices.post_read,
            most_pages=8,
        )
        for page in reading.pages:
            settled(room, page, purse)
        return sum(len(page.posts) for page in reading.pages)

    read = sum(at_once(6, race))
    allowed, smallest = 702_000, 10 * 5_000
    assert bill(empty_stage) == booked(opened[0]) == _PROFILE + read * 5_000
    assert allowed - smallest < booked(opened[0]) < allowed + smallest
    assert held(opened[0]) == 0


def test_whatever_strangers_write_at_once_the_share_for_replies_stays_whole(
    empty_stage: Stage, rooms: Rooms
) -> None:
    """Readings of every kind race for a small budget, to its last page; a reply still fits."""
    budget = 450_000
    for number in range(9):
        posted(empty_stage, 100, f"word{number}")
    opened = rooms(X_DAILY_BUDGET_USD="0.45")
    kept = opened[0].prices.kept_for_replies(budget)
    slowly(empty_stage, "x", 9)
    uses = (Use.MENTIONS, Use.LOOKS, Use.KEYWORDS)

    def race(number: int) -> int:
        room = opened[number % len(opened)]
        purse = SpendKey(f"race:{number}", "race", uses[number % 3])
        reading = read_pages(
            room,
            purse,
            lambda token, limit: room.x.search(f"word{number}", page_token=token, limit=limit),
            price=room.prices.post_read,
            most_pages=8,
        )
        for page in reading.pages:
            settled(room, page, purse)
        return sum(len(page.posts) for page in reading.pages)

    assert sum(at_once(9, race)) > 0
    assert bill(empty_stage) == booked(opened[0]) <= budget - kept
    room, now = opened[0], opened[0].now()
    with room.db.write() as tx:
        linked = SpendKey("send:1", "send", Use.SENDING)
        assert reserve_x(tx, room, linked, kept, now=now).given
        assert not reserve_x(tx, room, SpendKey("r", "r"), 100_000, now=now, least=50_000).given


def test_as_money_runs_low_one_use_after_the_other_gives_way(rooms: Rooms) -> None:
    """Names first, then keyword watches, looking again, and mentions; replies never."""
    (room, *_) = rooms(X_DAILY_BUDGET_USD="1.00")
    order: list[Use] = []
    for cents in range(101):
        with room.db.write() as tx:
            for use in Use:
                spent = ledger.spent(tx, "x", room.now().date())
                left = x_left(tx, room, use, room.now()).now
                if left <= 0 and use not in order:
                    order.append(use)
            assert spent == 10_000 + cents * 10_000
            ledger.note_cost(
                tx,
                service="x",
                kind="post",
                purpose="t",
                units=1,
                micro_dollars=10_000,
                at=room.now(),
            )
    assert order == [Use.PROFILES, Use.KEYWORDS, Use.LOOKS, Use.MENTIONS, Use.SENDING]


def test_questions_to_the_model_at_once_stay_within_the_budget(
    empty_stage: Stage, rooms: Rooms
) -> None:
    """What a question may cost at most is set aside; who has to wait is asked when there is room."""
    opened = rooms(
        OPENAI_API_KEY="sk-practice",
        OPENAI_BASE_URL=empty_stage.room.model_url,
        MODEL_DAILY_BUDGET_USD="0.02",
    )
    slowly(empty_stage, "model", 12)
    words = [{"role": "user", "content": "What do you say to oat milk? " * 40}]

    def race(number: int) -> bool:
        room = opened[number % len(opened)]
        ask = asking(room, "suggest")
        assert ask is not None
        try:
            ask(words, ModelAnswer, max_tokens=700)
        except (ModelPaused, ModelUnavailable):
            return False
        finally:
            assert booked(room, "model") + held(room, "model") <= 20_000
            with room.db.write() as tx:
                ask.settle(tx, room.now())
        return True

    assert any(at_once(12, race))
    assert 0 < booked(opened[0], "model") <= 20_000
    assert held(opened[0], "model") == 0


def test_what_a_killed_run_left_counts_until_it_is_tried_again(rooms: Rooms) -> None:
    """Killed between setting aside and settling: it stays counted, and never twice."""
    (room, *_) = rooms(X_DAILY_BUDGET_USD="1.00")
    purse = SpendKey("look:killed", "conversation")
    now = room.now()
    with room.db.write() as tx:
        assert reserve_x(tx, room, purse, 600_000, now=now).given
    with room.db.write() as tx:
        other = reserve_x(tx, room, SpendKey("look:other", "conversation"), 600_000, now=now)
        assert not other.given
        assert not other.day_over
        again = reserve_x(tx, room, purse, 600_000, now=now)
        assert again.given
        # An hour later nobody can be about to end it: it counts as spent.
        later = now + timedelta(hours=1)
        if later.date() == now.date():
            assert reserve_x(tx, room, SpendKey("o", "o"), 600_000, now=later).day_over
        tomorrow = now + timedelta(days=1)
        assert x_left(tx, room, Use.SENDING, tomorrow).now == 1_000_000


def test_a_read_that_x_refuses_costs_nothing_and_a_lost_answer_may(
    empty_stage: Stage, rooms: Rooms
) -> None:
    """After a 500 the money is free at once; after a cut answer the same is tried on the same money."""
    ids = posted(empty_stage, 20)
    (room, *_) = rooms(X_DAILY_BUDGET_USD="1.00")
    purse = SpendKey("look:1", "conversation")
    empty_stage.trouble("x", "500")
    with pytest.raises(XUnavailable):
        read_by_ids(room, purse, ids)
    assert held(room) == 0
    empty_stage.trouble("x", "cut_off")
    with pytest.raises(XUnavailable):
        read_by_ids(room, purse, ids)
    assert held(room) == 100_000
    page = read_by_ids(room, purse, ids)
    assert page is not None
    assert held(room) == 100_000
    settled(room, page, purse)
    assert (held(room), booked(room), bill(empty_stage)) == (
        0,
        _PROFILE + 100_000,
        _PROFILE + 100_000,
    )


def test_a_question_whose_answer_is_lost_stays_paid(empty_stage: Stage, rooms: Rooms) -> None:
    """Nobody knows whether the model's server bills it; a refusal is known to cost nothing."""
    (room, *_) = rooms(
        quick(model_deadline=timedelta(seconds=2)),
        OPENAI_API_KEY="sk-practice",
        OPENAI_BASE_URL=empty_stage.room.model_url,
        MODEL_DAILY_BUDGET_USD="1.00",
    )
    ask = asking(room, "suggest")
    assert ask is not None
    words = [{"role": "user", "content": "Oat milk?"}]

    def ends_with(what: str, asked: Asking) -> int:
        empty_stage.trouble("model", what, times=2)
        with pytest.raises(ModelUnavailable):
            asked(words, ModelAnswer, max_tokens=700)
        with room.db.write() as tx:
            asked.settle(tx, room.now())
            return 1_000_000 - model_left(tx, room, room.now()).now

    assert ends_with("500", ask) == 0
    assert ends_with("timeout", ask) > 700 * 4_500_000 // 1_000_000
    assert booked(room, "model") == 0
