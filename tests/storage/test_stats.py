"""Figures hold against a small record counted by hand, and against a plain recount of a large one."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import pytest

from domain import (
    Choice,
    Counts,
    DecisionKind,
    Hours,
    Mention,
    MentionState,
    Outcome,
    Person,
    Post,
    ReplyState,
    Span,
    TalkKind,
    Week,
)
from insights.hours import waits
from insights.stats import figures, period
from storage.db.database import Database, Transaction
from storage.db.key_values import set_value
from storage.inbox import decisions, edits, mentions, replies
from storage.inbox.suggestions import add_round
from storage.posts import posts
from storage.privacy.erase_words import forget_gone
from storage.reports import stats, stats_record
from tests.large_record import Record, write
from tests.naive_recount import recount, recounted_waits
from tests.storage.made import ACCOUNT, a_decision, a_draft, a_mention, a_reply

BERLIN = ZoneInfo("Europe/Berlin")
#: A Tuesday, 16:00 in Berlin.
NOW = datetime(2026, 11, 24, 15, tzinfo=UTC)
NINE_TO_SIX: Week = (Hours(time(9), time(18)),) * 7
ANN, BEN, CLEO = (
    Person(str(n), name, name) for n, name in ((11, "Ann"), (12, "Ben"), (13, "Cleo"))
)


def ago(**parts: float) -> datetime:
    return NOW - timedelta(**parts)


def counted(db: Database, days: int = 7, week: Week = NINE_TO_SIX) -> Counts:
    with db.read() as tx:
        in_hours = partial(waits, week=week, zone=BERLIN)
        return stats.count(tx, period(days, NOW, BERLIN), in_hours)


def they(tx: Transaction, post_id: str, who: Person, at: datetime, **parts: object) -> Mention:
    """Somebody names the account, and it is caught."""
    whole = {"in_reply_to_author_id": ACCOUNT.id} if parts.get("in_reply_to_id") else {}
    post = Post(post_id, "hello", who, at, mentioned_ids=(ACCOUNT.id,), **{**whole, **parts})  # type: ignore[arg-type]
    caught = a_mention(post_id, post=post, caught_at=at, changed_at=at)
    assert mentions.catch(tx, caught)
    return caught


def we(tx: Transaction, post_id: str, at: datetime, **parts: object) -> Post:
    """The account posts; a reply where `in_reply_to_id` is given."""
    post = Post(post_id, "hi", ACCOUNT, at, **parts)  # type: ignore[arg-type]
    posts.save_post(tx, post)
    return post


def go(tx: Transaction, mention_id: str, *ways: MentionState) -> None:
    for state in ways:
        assert mentions.move(tx, mention_id, to=state, at=NOW)


def the_small_record(tx: Transaction) -> None:
    """Write a week that can be counted on the fingers.

    Ann writes on Thursday at 10:00 (Berlin) and is answered at 10:20 through Greenroom, with the
    suggestion as it was (it asks back). She answers that on Friday at 17:50; we reply on Saturday
    at 9:10 by hand, in the same conversation: two exchanges 23 hours apart, so a connection.
    Ben writes on Sunday at 20:00 and is answered at 20:30 with an edited text (it thanks): no
    business minute passed. Cleo's three posts: one waits, one was let go, one set aside.
    We also post about ourselves: twice plainly (one of them in our own thread), once with a link.
    """
    set_value(tx, "account_id", ACCOUNT.id)
    thursday = datetime(2026, 11, 19, 9, tzinfo=UTC)
    they(tx, "101", ANN, thursday, conversation_id="101")
    _answered(tx, "101", "102", thursday + timedelta(minutes=20), "ask back", edited=False)
    they(tx, "103", ANN, thursday + timedelta(days=1, hours=7, minutes=50),
         conversation_id="101", in_reply_to_id="102")  # fmt: skip
    saturday = datetime(2026, 11, 21, 8, 10, tzinfo=UTC)
    we(
        tx,
        "104",
        saturday,
        in_reply_to_id="103",
        in_reply_to_author_id=ANN.id,
        conversation_id="101",
    )
    go(tx, "103", MentionState.DRAFTING, MentionState.WAITING, MentionState.ANSWERED)
    sunday = datetime(2026, 11, 22, 19, tzinfo=UTC)
    they(tx, "201", BEN, sunday)
    _answered(tx, "201", "202", sunday + timedelta(minutes=30), "thank", edited=True)
    for post_id in ("301", "302", "303"):
        they(tx, post_id, CLEO, datetime(2026, 11, 23, 9, tzinfo=UTC))
        go(tx, post_id, MentionState.DRAFTING, MentionState.WAITING)
    decisions.record(tx, a_decision("302", DecisionKind.SKIP, at=NOW))
    go(tx, "302", MentionState.SKIPPED)
    go(tx, "303", MentionState.SET_ASIDE)
    we(tx, "401", sunday)
    we(tx, "402", sunday, in_reply_to_id="401", in_reply_to_author_id=ACCOUNT.id)
    we(tx, "403", sunday, linked=True)
    # Long before the week, and not by anybody we listen to: counts nowhere in it.
    we(tx, "404", ago(days=20))


def _answered(
    tx: Transaction, mention_id: str, own: str, at: datetime, move: str, *, edited: bool
) -> None:
    (suggestion,) = add_round(tx, mention_id, [(a_draft(move=move), ())], at)
    go(tx, mention_id, MentionState.DRAFTING, MentionState.WAITING, MentionState.APPROVED)
    kind = DecisionKind.EDIT if edited else DecisionKind.APPROVE
    decision = a_decision(
        mention_id, kind, at=at, text=suggestion.text, suggestion_id=suggestion.id
    )
    decisions.record(tx, decision)
    reply = a_reply(decision)
    replies.add_reply(tx, reply)
    go(tx, mention_id, MentionState.SENDING)
    replies.move_reply(tx, reply.id, before={ReplyState.APPROVED}, to=ReplyState.SENT, post_id=own)
    we(tx, own, at, in_reply_to_id=mention_id)
    go(tx, mention_id, MentionState.ANSWERED)


def test_a_small_record_counts_as_a_person_counts_it(db: Database) -> None:
    """Each figure of the small record is the one counted on the fingers."""
    with db.write() as tx:
        the_small_record(tx)
    now = counted(db).now
    assert now.kinds == {TalkKind.REPLY: 3, TalkKind.PLAIN: 2, TalkKind.LINK: 1}
    assert now.by_hand == 1
    assert (now.people, now.came_back, now.connections) == (2, 1, 1)
    # Ann's conversation took two replies of ours, Ben's one.
    assert (now.conversations, now.rounds, now.longer) == (2, 3, 1)
    # All three replies are a day old; Ann answered the first of them.
    assert (now.answered_back, now.could_be_answered) == (1, 3)
    assert {move: of for move, of in now.moves.items() if of[1]} == {
        "ask back": (1, 1),
        "thank": (0, 1),
    }
    assert now.outcomes == {
        Outcome.ANSWERED: 3,
        Outcome.OPEN: 1,
        Outcome.SKIPPED: 1,
        Outcome.ASIDE: 1,
    }
    # Ann's second was answered on X without a suggestion; one of Cleo's waits.
    assert now.choices == {
        Choice.AS_WAS: 1,
        Choice.EDITED: 1,
        Choice.SKIPPED: 1,
        Choice.NONE: 2,
    }
    # 20 minutes; Friday 17:50 to 18:00 and Saturday 9:00 to 9:10; after hours.
    assert now.waits == {20: 2, 0: 1}


def test_the_bars_of_the_small_record(db: Database) -> None:
    """Each local day has its replies and its posts about ourselves."""
    with db.write() as tx:
        the_small_record(tx)
    bars = dict(zip([n for n, _ in period(7, NOW, BERLIN).bars], counted(db).bars, strict=True))
    assert bars == {
        "Wed 18": (0, 0),
        "Thu 19": (1, 0),
        "Fri 20": (0, 0),
        "Sat 21": (1, 0),
        "Sun 22": (1, 3),
        "Mon 23": (0, 0),
        "Tue 24": (0, 0),
    }


def test_too_few_are_said_to_be_too_few(db: Database) -> None:
    """Of three answers no percentage and no median is made."""
    with db.write() as tx:
        the_small_record(tx)
    made = figures(counted(db), period(7, NOW, BERLIN), handle="barn")
    assert made.now.answered == replace(made.now.answered, part=3, of=4, percent=None)
    assert made.now.median_wait is None
    assert made.now.talk.of_six is None
    assert made.now.rounds is None
    assert made.before is None


def test_one_chat_that_passes_midnight_is_no_connection(db: Database) -> None:
    """Two exchanges make a connection when twelve hours or more lie between them."""
    with db.write() as tx:
        set_value(tx, "account_id", ACCOUNT.id)
        for n, (who, apart) in enumerate(((ANN, 11.9), (BEN, 12.0))):
            for place, at in enumerate((ago(hours=40), ago(hours=40 - apart))):
                asked = f"{n + 1}{place}1"
                they(tx, asked, who, at)
                we(tx, f"{n + 1}{place}2", at, in_reply_to_id=asked, in_reply_to_author_id=who.id)
    now = counted(db).now
    assert (now.people, now.connections, now.came_back) == (2, 1, 1)


def test_answering_a_post_that_did_not_speak_to_us_is_no_exchange(db: Database) -> None:
    """We spoke, they did not: it is a reply, but nobody was talked with."""
    with db.write() as tx:
        set_value(tx, "account_id", ACCOUNT.id)
        posts.save_post(tx, Post("1", "coffee?", ANN, ago(hours=50)))
        we(tx, "2", ago(hours=49), in_reply_to_id="1", in_reply_to_author_id=ANN.id)
    now = counted(db).now
    assert now.kinds[TalkKind.REPLY] == 1
    assert now.people == 0


def test_the_order_in_which_posts_are_seen_does_not_matter(db: Database) -> None:
    """Our reply may be read before the post that it answers, and that before its answer."""
    with db.write() as tx:
        set_value(tx, "account_id", ACCOUNT.id)
        they(tx, "3", ANN, ago(hours=47), in_reply_to_id="2")
        we(tx, "2", ago(hours=48), in_reply_to_id="1", in_reply_to_author_id=ANN.id)
        they(tx, "1", ANN, ago(hours=49))
    now = counted(db).now
    assert now.people == 1
    assert (now.answered_back, now.could_be_answered) == (1, 1)
    assert now.outcomes[Outcome.ANSWERED] == 1
    assert sum(now.waits.values()) == 1


def test_words_changed_by_hand_count_as_edited(db: Database) -> None:
    """What was posted in other words than the suggestion was edited, also when it is seen later."""
    with db.write() as tx:
        set_value(tx, "account_id", ACCOUNT.id)
        they(tx, "1", ANN, ago(hours=30))
        (suggestion,) = add_round(tx, "1", [(a_draft(), ())], NOW)
        go(tx, "1", MentionState.DRAFTING, MentionState.WAITING, MentionState.BY_HAND)
        taken = a_decision("1", DecisionKind.USE, text="a", suggestion_id=suggestion.id)
        decisions.record(tx, taken)
    assert counted(db).now.choices[Choice.AS_WAS] == 1
    with db.write() as tx:
        edits.keep_edit(tx, taken.id, "1", before="a", after="b", changes=[], traits=[], at=NOW)
    now = counted(db).now
    assert (now.choices[Choice.AS_WAS], now.choices[Choice.EDITED]) == (0, 1)


def test_a_decision_taken_back_counts_no_more(db: Database) -> None:
    """After an undo the suggestion was not taken; after bringing back, nothing was let go."""
    with db.write() as tx:
        set_value(tx, "account_id", ACCOUNT.id)
        for id_, kind, back in (
            ("1", DecisionKind.APPROVE, DecisionKind.UNDO),
            ("2", DecisionKind.SKIP, DecisionKind.BRING_BACK),
        ):
            they(tx, id_, ANN, ago(hours=30))
            (suggestion,) = add_round(tx, id_, [(a_draft(), ())], NOW)
            decisions.record(tx, a_decision(id_, kind, suggestion_id=suggestion.id))
            decisions.record(tx, a_decision(id_, back))
    assert counted(db).now.choices[Choice.NONE] == 2


def test_a_deleted_post_of_ours_counts_no_more(db: Database) -> None:
    """What is forgotten is not counted."""
    with db.write() as tx:
        set_value(tx, "account_id", ACCOUNT.id)
        we(tx, "1", ago(hours=30))
    assert counted(db).now.kinds[TalkKind.PLAIN] == 1
    with db.write() as tx:
        assert forget_gone(tx, ["1"])
    assert counted(db).now.kinds[TalkKind.PLAIN] == 0


def test_other_business_hours_count_every_wait_anew(db: Database) -> None:
    """After a change of the hours all waits are told by the new ones."""
    with db.write() as tx:
        the_small_record(tx)
    always: Week = (Hours(time(0), time(0)),) * 7
    assert counted(db).now.waits == {20: 2, 0: 1}
    assert counted(db, week=always).now.waits == {20: 1, 920: 1, 30: 1}


def test_followers_of_the_period(db: Database) -> None:
    """The newest count is told, with its change since the period began where one is known."""
    span = Span(ago(days=7), NOW)
    with db.write() as tx:
        stats_record.keep_followers(tx, ago(days=2).date(), 410, at=ago(days=2))
    with db.read() as tx:
        found = stats_record.followers_in(tx, span)
    assert found is not None
    assert (found.count, found.change, found.since) == (410, None, None)
    with db.write() as tx:
        stats_record.keep_followers(tx, ago(days=8).date(), 400, at=ago(days=8))
        stats_record.keep_followers(tx, NOW.date(), 415, at=ago(minutes=1))
        stats_record.keep_followers(tx, NOW.date(), 412, at=ago(seconds=1))
    with db.read() as tx:
        found = stats_record.followers_in(tx, span)
    assert found is not None
    assert (found.count, found.change, found.since) == (412, 12, ago(days=8))
    later = Span(NOW, NOW + timedelta(days=2))
    with db.read() as tx:
        found = stats_record.followers_in(tx, later)
    assert found is not None
    assert (found.count, found.change) == (412, None), "one count tells no change"


def test_another_account_begins_its_own_figures(db: Database) -> None:
    """With the keys of another account its posts are counted, and no more those of the one before."""
    with db.write() as tx:
        set_value(tx, "account_id", ACCOUNT.id)
        we(tx, "1", ago(hours=30))
        posts.save_post(tx, Post("2", "hi", BEN, ago(hours=30), linked=True))
    assert counted(db).now.kinds == {TalkKind.REPLY: 0, TalkKind.PLAIN: 1, TalkKind.LINK: 0}
    with db.write() as tx:
        set_value(tx, "account_id", BEN.id)
    assert counted(db).now.kinds == {TalkKind.REPLY: 0, TalkKind.PLAIN: 0, TalkKind.LINK: 1}


@pytest.mark.parametrize("days", [7, 30, 90])
def test_a_large_record_counts_as_a_plain_recount(
    url: str, opening: Callable[[], Database], days: int
) -> None:
    """Over tens of thousands of rows every count is that of plain statements on what is stored."""
    db = opening()
    write(db, url, Record(12_000, 1300, NOW, days=200))
    asked = period(days, NOW, BERLIN)
    with db.read() as tx:
        counts = stats.count(tx, asked, partial(waits, week=NINE_TO_SIX, zone=BERLIN))
        now, before = recount(tx, asked, stats_record.listening_since(tx))
        waited = [
            recounted_waits(tx, span, NINE_TO_SIX, BERLIN) for span in (asked.now, asked.before)
        ]
    assert counts.now == replace(now, waits=waited[0])
    assert counts.before == replace(before, waits=waited[1])
    assert sum(counts.now.kinds.values()) == sum(a + b for a, b in counts.bars)
    assert counts.now.connections > 0
