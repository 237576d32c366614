"""Summaries: one of a kind for each local date, and what they are made from."""

from dataclasses import replace
from datetime import date, timedelta

from domain import (
    DecisionKind,
    DigestFacts,
    DigestKind,
    DigestState,
    MemberDay,
    MentionKind,
    MentionState,
    Mood,
    Person,
    Proposal,
    Span,
    StoredDigest,
    Theme,
    ToDo,
    ToDoKind,
    VoiceRule,
    WatchCatch,
)
from insights.digest import came_back, day_facts, member_days, new_face, to_do
from storage.db import key_values
from storage.db.database import Database
from storage.inbox import decisions, filtered, mentions, proposals
from storage.money import ledger
from storage.posts import posts, watches
from storage.reports import digests
from storage.reports.digest_record import day_record, decided
from tests.storage.made import (
    ACCOUNT,
    ANN,
    NOW,
    a_decision,
    a_mention,
    a_post,
    a_watch,
    caught,
    later,
)

DAY = date(2026, 3, 4)
SPAN = Span(NOW - timedelta(hours=12), later(hours=12))
BEN = Person("12", "ben", "Ben")
FULL = DigestFacts(
    SPAN,
    wrote=2,
    waiting=("1001",),
    themes=(Theme("oat milk \x00\ud800", ("1", "2"), 3),),
    members=(MemberDay("U1", "Mía 🐝", 1, 2, 3, 4),),
    mood=Mood(1, 2, 3),
    costs={"x": 12},
    to_do=ToDo(ToDoKind.CHANGE_WATCH, "Coffee", 9, 10),
    proposal_id="p1",
    late=True,
)


def made(facts: DigestFacts = FULL, day: date = DAY, **more: object) -> StoredDigest:
    kind = more.get("kind", DigestKind.DAILY)
    assert isinstance(kind, DigestKind)
    return StoredDigest(day, kind, DigestState.MADE, facts, due_at=NOW)


def test_a_date_has_one_summary_of_a_kind(db: Database) -> None:
    """The first stays, whatever comes later; the weekly one is another."""
    with db.write() as tx:
        assert digests.keep_digest(tx, made(), at=NOW)
        assert not digests.keep_digest(tx, made(DigestFacts(SPAN, wrote=9)), at=NOW)
        assert digests.keep_digest(tx, made(kind=DigestKind.WEEKLY), at=NOW)
        digests.mark_posted(tx, DAY, DigestKind.DAILY)
    with db.read() as tx:
        kept = digests.digest(tx, DAY, DigestKind.DAILY)
        weekly = digests.digest(tx, DAY, DigestKind.WEEKLY)
        assert digests.digest(tx, DAY + timedelta(days=1), DigestKind.DAILY) is None
    assert kept is not None
    assert weekly is not None
    assert (kept.state, weekly.state) == (DigestState.POSTED, DigestState.MADE)
    assert kept.facts.themes[0].title.startswith("oat milk")
    assert kept.facts.members == FULL.members
    assert (kept.facts.span, kept.facts.to_do, kept.facts.costs) == (
        SPAN,
        FULL.to_do,
        FULL.costs,
    )


def test_the_summary_before_and_those_with_a_proposal_are_found(db: Database) -> None:
    """Where one ended the next begins; a decided rule finds the summaries that showed it."""
    with db.write() as tx:
        for days in (0, 1, 3):
            digests.keep_digest(tx, made(day=DAY + timedelta(days=days)), at=NOW)
        before = digests.last_before(tx, DAY + timedelta(days=3))
        assert before is not None
        assert before.day == DAY + timedelta(days=1)
        assert digests.last_before(tx, DAY) is None
        assert [d.day.day for d in digests.digests_with(tx, "p1")] == [7, 5, 4]
        assert digests.digests_with(tx, "p2") == []
        digests.mark_posted(tx, DAY, DigestKind.DAILY)


def test_posts_go_from_the_summaries_that_name_them(db: Database) -> None:
    """A theme without posts goes with its title; of a person who is forgotten no id stays."""
    with db.write() as tx:
        digests.keep_digest(tx, made(), at=NOW)
        assert digests.forget_posts(tx, ["1001"]) == []
        digests.mark_posted(tx, DAY, DigestKind.DAILY)
        assert digests.forget_posts(tx, ["100"]) == []
        named = [each for theme in FULL.themes for each in theme.post_ids]
        named += [*FULL.waiting, *FULL.came_back]
        assert digests.forget_posts(tx, named, person_too=True) == [DAY]
    with db.read() as tx:
        left = digests.digest(tx, DAY, DigestKind.DAILY)
    assert left is not None
    assert (left.facts.themes, left.facts.waiting, left.facts.came_back) == ((), (), ())
    assert left.facts.caught == FULL.caught


def fill(db: Database) -> None:
    """Store a day: Ann, whom we know, asks twice; Ben is new; one is junk, one was yesterday."""
    with db.write() as tx:
        key_values.set_value(tx, key_values.ACCOUNT_ID, ACCOUNT.id)
        watches.add_watch(tx, a_watch("w1", label="Coffee"))
        asked = a_post("900", created_at=NOW - timedelta(days=3))
        posts.save_post(tx, asked)
        # A reply of ours to what Ann asked us: back and forth, days ago.
        posts.save_post(
            tx,
            a_post(
                "901",
                text="@AnnReads yes",
                author=ACCOUNT,
                in_reply_to_id="900",
                in_reply_to_author_id=ANN.id,
                created_at=NOW - timedelta(days=3),
                mentioned_ids=(),
            ),
        )
        caught(tx, "1001", "1002")
        ben = a_post("1003", author=BEN, text="love this place")
        mentions.catch(tx, a_mention("1003", post=ben))
        junk = a_mention("1004", post=a_post("1004", author=BEN), kind=MentionKind.KEYWORD)
        mentions.catch(tx, replace(junk, watch_id="w1"))
        filtered.remember(tx, junk, rule="r", why="w", at=NOW)
        mentions.move(tx, "1004", to=MentionState.SET_ASIDE, at=NOW)
        mentions.catch(tx, a_mention("1005", caught_at=NOW - timedelta(days=2)))
        for post_id in ("1001", "1002", "1003"):
            mentions.move(tx, post_id, to=MentionState.DRAFTING, at=NOW)
            mentions.move(tx, post_id, to=MentionState.WAITING, at=NOW)
        mentions.move(tx, "1002", to=MentionState.ANSWERED, at=NOW)
        decisions.record(tx, a_decision("1002", DecisionKind.EDIT, text="Yes."))
        decisions.record(tx, a_decision("1001", DecisionKind.SKIP, member_id="U2"))
        decisions.record(tx, a_decision("1001", DecisionKind.BRING_BACK, member_id="U2"))
        ledger.note_cost(
            tx, service="x", kind="post", purpose="p", units=1, micro_dollars=7, at=NOW
        )
        rule = Proposal("p1", "t", VoiceRule("No.", "t"), "You did.", (), NOW)
        proposals.add_proposal(tx, rule)


def test_a_day_is_read_as_it_was(db: Database) -> None:
    """Counts hold on both engines: who wrote, who waits, what was set aside, what it cost."""
    fill(db)
    with db.read() as tx:
        record = day_record(tx, SPAN)
        did = member_days(decided(tx, SPAN))
    assert [m.id for m in record.caught] == ["1003", "1002", "1001"]
    assert record.before == ("@BeanBarn are you open on Sunday?",)
    assert [m.id for m in record.waiting] == ["1001", "1003"]
    assert (record.waiting_all, record.answered, record.aside) == (2, 1, 1)
    assert record.costs == {"x": 7}
    assert record.watches == (WatchCatch("Coffee", 1, 1),)
    assert [person.id for person in record.new] == [BEN.id]
    assert record.proposal_id == "p1"
    assert did == (MemberDay("U1", "Mia", edited=1),)
    face = new_face(record)
    assert face is not None
    assert face.id == "1003"
    facts = day_facts(record, SPAN, sounds=lambda text: ("love" in text, False))
    assert (facts.wrote, facts.caught, facts.mood) == (2, 3, Mood(1, 0, 3))


def test_a_quiet_time_is_quiet(db: Database) -> None:
    """Nothing stored, nothing to tell."""
    with db.read() as tx:
        record = day_record(tx, SPAN)
    facts = day_facts(record, SPAN, sounds=lambda _: (True, True))
    assert facts == DigestFacts(SPAN)
    assert came_back(record) == ()
    assert to_do(record, (), None, now=NOW) is None


def test_who_came_back_was_with_us_before(db: Database) -> None:
    """Ann and we went back and forth days ago; Ben never did."""
    fill(db)
    with db.read() as tx:
        record = day_record(tx, SPAN)
    assert [m.post.author.id for m in came_back(record)] == [ANN.id]
