from datetime import datetime, timedelta

from domain import DecisionKind as K
from domain import MentionState, Person, SetAside
from storage.db.database import Database, Transaction
from storage.inbox import decisions, filtered, mentions
from storage.inbox.filtered import PastDecisions
from storage.privacy.erase_words import forget_gone
from tests.storage.made import ANN, NOW, a_decision, a_mention, a_post, caught, later

S = MentionState
HOUR = "2026-03-04T09"
BOB = Person(id="12", handle="BobSells", name="Bob")


def aside(
    tx: Transaction,
    mention_id: str = "1001",
    *,
    rule: str = "spam",
    at: datetime = NOW,
    **parts: object,
) -> None:
    """Catch a mention and set it aside."""
    caught(tx, mention_id, **parts)
    mentions.move(tx, mention_id, to=S.SET_ASIDE, at=at, reason="Spam.")
    found = mentions.mention(tx, mention_id)
    assert found is not None
    filtered.remember(tx, found, rule=rule, why="Spam.", at=at)


def test_what_was_set_aside_comes_back_as_it_was(db: Database) -> None:
    """With its mention, rule, reason and time; in the hour in which it happened."""
    with db.write() as tx:
        aside(tx)
        (entry,) = filtered.set_aside_in(tx, HOUR)
        assert filtered.hour_naming(tx, "1001") == HOUR
        assert filtered.hour_naming(tx, "404") is None
        assert entry == SetAside(mentions.mention(tx, "1001") or a_mention(), "spam", "Spam.", NOW)
        assert filtered.set_aside_in(tx, "2026-03-04T10") == []


def test_an_hour_lists_in_the_order_of_setting_aside(db: Database) -> None:
    """Of one moment by the number of the post; an hour ends where the next begins."""
    with db.write() as tx:
        aside(tx, "9", at=later(minutes=2))
        aside(tx, "11")
        aside(tx, "10")
        aside(tx, "12", at=NOW.replace(minute=59, second=59))
        aside(tx, "13", at=NOW.replace(hour=10, minute=0, second=0, microsecond=0))
        listed = [entry.mention.id for entry in filtered.set_aside_in(tx, HOUR)]
        assert listed == ["10", "11", "9", "12"]
        (later_one,) = filtered.set_aside_in(tx, "2026-03-04T10")
    assert later_one.mention.id == "13"


def test_hours_are_written_in_utc_and_read_again() -> None:
    """Wherever the time was taken."""
    assert filtered.hour_of(NOW) == HOUR
    assert filtered.read_hour(HOUR) == NOW.replace(minute=0, second=0, microsecond=0)


def test_the_first_time_counts(db: Database) -> None:
    """A second look at the same mention changes nothing of what was noted."""
    with db.write() as tx:
        aside(tx)
        again = mentions.mention(tx, "1001") or a_mention()
        filtered.remember(tx, again, rule="bot", why="A bot.", at=later(hours=3))
        (entry,) = filtered.set_aside_in(tx, HOUR)
    assert (entry.rule, entry.at) == ("spam", NOW)


def test_what_somebody_brought_back_stays_listed_with_their_name(db: Database) -> None:
    """The first who brings it back counts; the hour of its line is told only then."""
    with db.write() as tx:
        aside(tx, folded=True)
        assert not filtered.was_brought_back(tx, "1001")
        assert filtered.bring_back(tx, "1001", by="Mia", at=later(hours=1)) == HOUR
        assert filtered.bring_back(tx, "1001", by="Tom", at=later(hours=2)) is None
        assert filtered.bring_back(tx, "404", by="Tom", at=NOW) is None
        assert filtered.was_brought_back(tx, "1001")
        assert not filtered.was_brought_back(tx, "404")
        (entry,) = filtered.set_aside_in(tx, HOUR)
    assert (entry.brought_back_by, entry.brought_back_at) == ("Mia", later(hours=1))
    assert not entry.mention.folded


def test_they_are_counted_from_one_hour_until_another(db: Database) -> None:
    """All of them, and those that came back."""
    with db.write() as tx:
        for hours in range(4):
            aside(tx, str(hours), at=later(hours=hours))
        filtered.bring_back(tx, "1", by="Mia", at=later(hours=5))
        assert filtered.count_between(tx, HOUR, "2026-03-04T12") == (3, 1)
        assert filtered.count_between(tx, "2026-03-04T12", "2026-03-05T00") == (1, 0)
        assert filtered.count_between(tx, "2026-03-05T00", "2026-03-06T00") == (0, 0)


def test_a_watch_learns_from_what_the_team_decided_about_it(db: Database) -> None:
    """Brought back, skipped and answered; of this watch and of the last 90 days only."""
    old = NOW - timedelta(days=91)
    with db.write() as tx:
        for number, (watch_id, at) in enumerate([("w1", NOW), ("w2", NOW), ("w1", old)]):
            aside(tx, str(number), watch_id=watch_id, at=at, rule=f"rule{number}")
            filtered.bring_back(tx, str(number), by="Mia", at=at)
        aside(tx, "5", watch_id="w1")
        for mention_id, state, kind, at in [
            ("20", S.SKIPPED, K.SKIP, NOW),
            ("21", S.SKIPPED, K.SKIP, old),
            ("22", S.ANSWERED, K.APPROVE, NOW),
            ("23", S.ANSWERED, K.POSTED, later(hours=1)),
            # Skipped, and then brought back to be answered.
            ("24", S.ANSWERED, K.SKIP, NOW),
            ("25", S.WAITING, K.APPROVE, NOW),
        ]:
            caught(tx, mention_id, watch_id="w1", state=state, post=told(mention_id))
            decisions.record(tx, a_decision(mention_id, kind, at=at))
        learned = filtered.lessons_for(tx, "w1", later(hours=2))
    assert learned == PastDecisions(
        brought_back=(("rule0", ANN.id, a_post().text),),
        skipped=((BOB.id, "20"),),
        answered=((BOB.id, "23"), (BOB.id, "22")),
    )


def told(mention_id: str) -> object:
    """Return a post by Bob whose words are its id."""
    return a_post(mention_id, author=BOB, text=mention_id)


def test_no_more_than_five_hundred_lessons_of_a_kind(db: Database) -> None:
    """The newest: a busy watch must not slow down what comes next."""
    with db.write() as tx:
        for number in range(503):
            caught(tx, str(number), watch_id="w1", state=S.SKIPPED, post=told(str(number)))
            decisions.record(tx, a_decision(str(number), K.SKIP, at=later(seconds=number)))
        learned = filtered.lessons_for(tx, "w1", later(hours=2))
    assert len(learned.skipped) == 500
    assert learned.skipped[0] == (BOB.id, "502")


def test_what_a_watch_caught_shortly_before(db: Database) -> None:
    """Whatever became of it; of one poll's posts only the older ones, by their numbers."""
    with db.write() as tx:
        caught(tx, "7", watch_id="w1", caught_at=NOW - timedelta(minutes=61))
        caught(tx, "8", watch_id="w2")
        aside(tx, "9", watch_id="w1", post=told("9"), caught_at=NOW - timedelta(minutes=9))
        caught(tx, "10", "11", "12", watch_id="w1")
        eleventh = a_mention("11", watch_id="w1")
        before = filtered.caught_before(tx, eleventh, timedelta(hours=1))
        assert before == ((ANN.id, a_post().text), (BOB.id, "9"))
        assert len(filtered.caught_before(tx, eleventh, timedelta(hours=1), most=1)) == 1


def test_the_words_of_a_deleted_post_are_forgotten_here_too(db: Database) -> None:
    """X asks for it: neither the list nor the lessons hold them."""
    with db.write() as tx:
        aside(tx, watch_id="w1")
        filtered.bring_back(tx, "1001", by="Mia", at=NOW)
        forget_gone(tx, ["1001"])
        assert filtered.set_aside_in(tx, HOUR)[0].mention.post.text == ""
        assert filtered.lessons_for(tx, "w1", NOW).brought_back == ()
