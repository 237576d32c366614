"""What X's people delete, hide or change is gone or changed here, too; old words go; the export."""

import functools
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import sqlite_utils

from domain import MentionState, Outcome, Period, ReplyState, SpanCounts
from insights.hours import waits as business_waits
from insights.stats import period
from storage.db.key_values import set_value
from storage.inbox import mentions, replies
from storage.open import open_database
from storage.reports import stats
from tests.forgetting import bot, everything, holding, state, sweep_now
from tests.moved_clock import open_at
from tests.stage import Stage, shown, until
from tests.team import end_undo, room_of

WORDS = "is the walnut bench by the window still free on Sundays?"


@pytest.mark.parametrize("how", ["deleted", "protected"])
def test_a_post_that_is_gone_leaves_storage_card_and_thread(stage: Stage, how: str) -> None:
    """The next sweep closes the card; no word of it is in Slack or in the database, but our own facts."""
    path = stage.folder / "stage.db"
    told = holding(path, "walnut")
    post = stage.mention(WORDS, author="ruth")
    card = stage.card_with(post, "Approve")
    assert holding(path, "walnut") != told
    stage.do("say", text="who is this?", thread_ts=card["ts"], member=stage.maya)
    until(
        lambda: [
            m for m in stage.messages() if m["thread_ts"] == card["ts"] and m["author"] == "bot"
        ],
        "it is answered in the thread",
    )
    if how == "deleted":
        stage.room.x.delete_post(post)
    else:
        stage.room.x.add_person("ruth", protected=True)
    sweep_now(stage)
    until(lambda: state(stage, post) is MentionState.GONE, "the mention is closed")
    stage.card_with(post, "Gone from X")
    until(lambda: "walnut" not in str(stage.messages()), "Slack holds no word of it")
    until(
        lambda: (
            not [
                m for m in stage.messages() if m["thread_ts"] == card["ts"] and m["author"] == "bot"
            ]
        ),
        "what we wrote below the card is gone",
    )
    assert holding(path, "walnut") == told


def test_answers_and_summaries_that_quote_a_gone_post_are_cleared(stage: Stage) -> None:
    """An answer in a direct message, and the day so far that all may see."""
    post = stage.mention(WORDS, author="ruth")
    stage.card_with(post, "Approve")
    stage.do("say", text="what did people say about walnut?", channel="dm", member=stage.maya)
    until(lambda: quoting(stage, channel="D"), "the answer quotes it")
    for words in ("today public", "waiting public"):
        before = len(quoting(stage))
        stage.do("command", command="/greenroom", text=words, member=stage.maya)
        until(lambda number=before: len(quoting(stage)) > number, f"“{words}” shows it")  # type: ignore[misc]
    stage.room.x.delete_post(post)
    sweep_now(stage)
    stage.card_with(post, "Gone from X")
    until(lambda: not quoting(stage), "no message of ours quotes it any more")
    assert any("showed a post that is gone" in m["text"] for m in stage.messages())


def quoting(stage: Stage, channel: str = "") -> list[dict[str, Any]]:
    """Return our messages that hold the post's words."""
    ours = [
        m for m in stage.messages() if m["author"] == "bot" and m["channel"].startswith(channel)
    ]
    return [m for m in ours if "walnut" in str(m["blocks"])]


def test_what_was_approved_for_a_gone_post_is_withdrawn(empty_stage: Stage) -> None:
    """The sweep comes before the undo window ends: nothing is sent, and nothing hangs."""
    stage = empty_stage
    stage.open(UNDO_SECONDS="600")
    post = stage.mention(WORDS, author="ruth")
    stage.press(stage.card_with(post, "Approve"), "Approve")
    stage.card_with(post, "Undo")
    stage.room.x.delete_post(post)
    sweep_now(stage)
    stage.card_with(post, "Gone from X")
    with room_of(stage).db.read() as tx:
        reply = replies.last_reply(tx, post)
    assert reply is not None
    assert reply.state is ReplyState.WITHDRAWN


@pytest.mark.parametrize("of", ["mentions", "posts"])
@pytest.mark.parametrize("trouble", ["500", "429", "timeout", "cut_off", "401", "402"])
def test_an_outage_of_x_proves_nothing(stage: Stage, trouble: str, of: str) -> None:
    """Whatever X's trouble is: no post counts as gone, and the sweep comes back.

    A post that was changed has another id: it is not among our mentions, and asked for by its own.
    """
    post = stage.mention(WORDS, author="ruth")
    stage.card_with(post, "Approve")
    asked = {"mentions": mentions_asked, "posts": ids_asked}[of]
    before = len(stage.calls("x", of))
    stage.room.x.change_post(post, f"{stage.room.account} is the oak bench free?")
    stage.trouble("x", trouble, times=1000, on=of)
    sweep_now(stage)
    until(lambda: post in asked(stage, before), "X was asked")
    stage.forget_trouble()
    sweep_now(stage)
    stage.card_with(post, "oak bench")


def test_a_mention_is_looked_at_as_our_own(stage: Stage) -> None:
    """At a fifth of the price; by its id only when it is not there, and then it is gone."""
    post = stage.mention(WORDS, author="ruth")
    stage.card_with(post, "Approve")
    before = {of: len(stage.calls("x", of)) for of in ("mentions", "posts")}
    sweep_now(stage)
    until(lambda: post in mentions_asked(stage, before["mentions"]), "it is looked for")
    until(lambda: waits_for_tomorrow(stage), "the sweep is over")
    assert ids_asked(stage, before["posts"]) == []
    stage.room.x.delete_post(post)
    sweep_now(stage)
    stage.card_with(post, "Gone from X")
    assert ids_asked(stage, before["posts"]) == [post]


@pytest.mark.parametrize("trouble", ["429", "503"])
def test_where_our_mentions_are_refused_the_post_is_asked_for_by_its_id(
    stage: Stage, trouble: str
) -> None:
    """A limit of one endpoint hides no deletion: the other one answers."""
    post = stage.mention(WORDS, author="ruth")
    stage.card_with(post, "Approve")
    stage.trouble("x", trouble, times=1000, on="mentions")
    stage.room.x.delete_post(post)
    sweep_now(stage)
    stage.card_with(post, "Gone from X")


def test_polls_keep_most_of_the_requests_to_our_mentions(stage: Stage) -> None:
    """A hundred in a quarter of an hour are for looking; what is beyond is asked for by id."""
    post = stage.mention(WORDS, author="ruth")
    stage.card_with(post, "Approve")
    room = room_of(stage)
    before = {of: len(stage.calls("x", of)) for of in ("mentions", "posts")}
    with room.db.write() as tx:
        # This quarter of an hour and, should it end just now, none but the next.
        quarter = int((room.now() + timedelta(seconds=20)).timestamp()) // 900
        set_value(tx, "looks_among_mentions", f"{quarter}:100")
    until(lambda: int(room.now().timestamp()) // 900 == quarter, "the quarter has begun")
    sweep_now(stage)
    until(lambda: post in ids_asked(stage, before["posts"]), "it is asked for by its id")
    assert mentions_asked(stage, before["mentions"]) == []


_FIVE = (
    "are you open on Sunday?",
    "do you have oat milk?",
    "is the dog in?",
    "any rye bread?",
    "how hot is the tea?",
)


def test_where_the_share_ends_the_next_day_goes_on(empty_stage: Stage) -> None:
    """A fifth of a small budget pays for four looks a day; each of five posts has its turn."""
    stage = empty_stage
    start = datetime.now(UTC)
    # The fifth: 9,400 micro-dollars. A mention costs 1,000, and 6,000 where it has to be sought.
    small = {"X_DAILY_BUDGET_USD": "0.047"}
    # Older than what each poll reads over: a post that was paid for today costs the sweep nothing.
    posts = [
        stage.room.x.add_post(
            f"p{minutes}",
            f"{stage.room.account} {words}",
            created_at=start - timedelta(minutes=30 - minutes),
        ).id
        for minutes, words in enumerate(_FIVE)
    ]
    open_at(stage, start)
    for post in posts:
        stage.card_with(post, "Skip")
    seen: list[list[str]] = []
    for day in (1, 2):
        # The evening's reading would have paid for them on the new day already.
        with room_of(stage).db.write() as tx:
            tx.execute(
                "UPDATE jobs SET due_at = '2199-01-01T00:00:00.000000Z' WHERE kind = 'read_over'"
            )
        before = len(stage.calls("x", "mentions"))
        open_at(stage, start + timedelta(days=day), **small)
        sweep_now(stage)
        until(functools.partial(mentions_asked, stage, before), "the sweep looked")
        until(lambda: waits_for_tomorrow(stage), "the day's share is used")
        looked = mentions_asked(stage, before)
        assert len(looked) == 4, looked
        seen.append(looked)
    assert seen[0] == posts[:4]
    assert seen[1] == [posts[4], *posts[:3]]


def ids_asked(stage: Stage, since: int) -> list[str]:
    """Return the ids that X was asked for, without profiles, since so many calls."""
    calls = [call["body"] for call in stage.calls("x", "posts")[since:]]
    asked = [body["ids"] for body in calls if "expansions" not in body]
    return [each for ids in asked for each in ids.split(",")]


def mentions_asked(stage: Stage, since: int) -> list[str]:
    """Return the single mentions that X was asked for among ours, since so many calls."""
    calls = [call["body"] for call in stage.calls("x", "mentions")[since:]]
    alone = [
        (int(body["since_id"]), int(body["until_id"]))
        for body in calls
        if {"since_id", "until_id"} <= body.keys()
    ]
    return [str(above + 1) for above, below in alone if below - above == 2]


def waits_for_tomorrow(stage: Stage) -> bool:
    room = room_of(stage)
    with room.db.read() as tx:
        row = tx.one("SELECT due_at, lease_owner FROM jobs WHERE key = 'sweep'")
    return bool(
        row
        and row["lease_owner"] is None
        and datetime.fromisoformat(row["due_at"]) > room.now() + timedelta(seconds=2)
    )


def test_a_post_that_was_changed_is_shown_and_drafted_anew(stage: Stage) -> None:
    """The card shows the new words and says so."""
    post = stage.mention("do you have oat milk?", author="ruth")
    stage.card_with(post, "Approve")
    edited = stage.room.x.change_post(post, f"{stage.room.account} do you have goat milk, sorry?")
    sweep_now(stage)
    card = stage.card_with(post, "goat milk")
    stage.card_with(post, "changed on X")
    assert "Approve" in shown(card)
    assert edited is not None
    assert stage.card(edited) is None, "X's new id for it makes no second card"


def test_before_an_old_post_is_answered_it_is_looked_at_again(empty_stage: Stage) -> None:
    """Approved two hours after it was caught and then deleted: nothing is sent."""
    stage = empty_stage
    open_at(stage, datetime.now(UTC), UNDO_SECONDS="600")
    post = stage.mention(WORDS, author="ruth")
    stage.card_with(post, "Approve")
    open_at(stage, datetime.now(UTC) + timedelta(hours=2), UNDO_SECONDS="600")
    stage.press(stage.card_with(post, "Approve"), "Approve")
    stage.card_with(post, "Undo")
    stage.room.x.delete_post(post)
    end_undo(stage, post)
    stage.card_with(post, "Gone from X")
    assert stage.replies_to(post) == []
    assert not stage.calls("x", "post")


def test_a_changed_post_is_not_answered_with_what_was_approved_before(empty_stage: Stage) -> None:
    """The approval is taken back, and the card asks anew."""
    stage = empty_stage
    open_at(stage, datetime.now(UTC), UNDO_SECONDS="600")
    post = stage.mention("do you have oat milk?", author="ruth")
    stage.card_with(post, "Approve")
    open_at(stage, datetime.now(UTC) + timedelta(hours=2), UNDO_SECONDS="600")
    stage.press(stage.card_with(post, "Approve"), "Approve")
    stage.card_with(post, "Undo")
    stage.room.x.change_post(post, f"{stage.room.account} do you need oat milk?")
    end_undo(stage, post)
    card = stage.card_with(post, "changed on X")
    assert "need oat milk" in shown(card)
    assert stage.replies_to(post) == []


def test_old_words_go_and_the_figures_stay(empty_stage: Stage) -> None:
    """After the retention time no word of others is stored; who was answered is still counted."""
    stage = empty_stage
    open_at(stage, datetime.now(UTC), RETENTION_DAYS="30")
    path = stage.folder / "stage.db"
    told = holding(path, "walnut")
    answered, waits = (
        stage.mention(WORDS, author="ruth"),
        stage.mention("do you have oat milk?", author="tess"),
    )
    stage.press(stage.card_with(answered, "Approve"), "Edit…")
    stage.submit(stage.view(), {"edit_text": "It is, come by."})
    stage.card_with(answered, "Answered by")
    assert holding(path, "walnut") != told
    stage.card_with(waits, "Approve")
    room = room_of(stage)
    with room.db.write() as tx:
        # What nobody took is closed after two weeks; what somebody took stays open.
        assert mentions.move(tx, waits, to=MentionState.HANDED_OVER, at=room.now())
    asked = period(90, datetime.now(UTC) + timedelta(hours=1), ZoneInfo("UTC"))
    before = counted(stage, asked)
    assert before.outcomes[Outcome.ANSWERED] == 1
    open_at(stage, datetime.now(UTC) + timedelta(days=40), RETENTION_DAYS="30")
    sweep_now(stage)
    until(lambda: holding(path, "walnut") == told, "the words are forgotten")
    assert "do you have oat milk?" in everything(path), "what waits keeps its words"
    assert counted(stage, asked) == before


def counted(stage: Stage, asked: Period) -> SpanCounts:
    """Return the figures of a period, as far as they are counted."""
    in_hours = partial(business_waits, week=(None,) * 7, zone=ZoneInfo("UTC"))
    with room_of(stage).db.read() as tx:
        return stats.count(tx, asked, in_hours).now


def test_the_export_opens_as_a_database(stage: Stage) -> None:
    """One SQLite file with plain tables and links between them; only its owner may read it."""
    post = stage.mention(WORDS, author="ruth")
    stage.press(stage.card_with(post, "Approve"), "Approve")
    stage.card_with(post, "Answered by")
    done = bot(stage, "export", "out.db")
    assert done.returncode == 0, done.stderr
    path = stage.folder / "out.db"
    assert path.stat().st_mode & 0o077 == 0
    with closing(sqlite3.connect(path)) as connection:
        out = sqlite_utils.Database(connection)
        assert WORDS in str(out.table("posts").get(post))
        assert [row["member_id"] for row in out.table("decisions").rows] == [stage.maya]
        assert {key.other_table for key in out.table("decisions").foreign_keys} == {"mentions"}
    again = bot(stage, "export", "out.db")
    assert again.returncode == 1
    assert "is there already" in again.stderr
    assert bot(stage, "export", "lines").returncode == 0
    assert WORDS in (stage.folder / "lines" / "posts.jsonl").read_text()
    open_database(f"sqlite:///{stage.folder / 'stage.db'}").close()
