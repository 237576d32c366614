from datetime import timedelta

from domain import MentionState, Person, Pile
from storage.db.database import Database, Transaction
from storage.inbox import bursts, mentions
from storage.posts import posts
from storage.privacy.erase_words import forget_gone
from tests.storage.made import ANN, NOW, a_mention, a_post, caught, later
from tests.storage.racing import at_once

S = MentionState
HOUR = timedelta(hours=1)
BOB = Person(id="12", handle="BobSells", name="Bob")


def aside(tx: Transaction, *ids: str, author: Person = ANN, text: str = "boycott") -> None:
    """Catch mentions and set them aside."""
    for mention_id in ids:
        caught(tx, mention_id, post=a_post(mention_id, author=author, text=text))
        mentions.move(tx, mention_id, to=S.SET_ASIDE, at=NOW, reason="A pile-on.")


def begin(tx: Transaction, mention_id: str = "1", *, rule: str = bursts.WORDS, **more: str) -> str:
    """Begin a pile with one mention that is set aside."""
    found = mentions.mention(tx, mention_id)
    assert found is not None
    about = more.get("about_id", mention_id)
    pile_id = bursts.start_burst(tx, found, rule=rule, about_id=about, shown=5, at=NOW)
    bursts.put_in(tx, pile_id, mention_id, NOW)
    return pile_id


def seen(tx: Transaction, pile_id: str, newest: int = 3) -> Pile:
    found = bursts.burst(tx, pile_id, newest=newest)
    assert found is not None
    return found


def test_a_pile_counts_posts_and_people_and_shows_the_newest(db: Database) -> None:
    """By the number of their posts; when it began and when the last came."""
    with db.write() as tx:
        aside(tx, "8", "9", "10")
        aside(tx, "11", author=BOB)
        pile_id = begin(tx, "8")
        for minute, mention_id in enumerate(["9", "10", "11"], 1):
            bursts.put_in(tx, pile_id, mention_id, later(minutes=minute))
        pile = seen(tx, pile_id)
        assert bursts.burst_of(tx, "11") == pile_id
        assert bursts.burst_of(tx, "404") is None
        assert bursts.burst(tx, "404", newest=3) is None
    assert [each.id for each in pile.newest] == ["11", "10", "9"]
    assert (pile.number, pile.left, pile.people, pile.shown) == (4, 0, 2, 5)
    assert (pile.began_at, pile.last_at) == (NOW, later(minutes=3))
    assert (pile.about, pile.replies, pile.closed_by, pile.answered) == ("8", False, None, None)


def test_what_was_brought_back_is_counted_apart(db: Database) -> None:
    """It was one of them, and is kept no more; once in a pile, never in a second."""
    with db.write() as tx:
        aside(tx, "1", "2")
        pile_id = begin(tx)
        bursts.put_in(tx, pile_id, "2", NOW)
        mentions.move(tx, "2", to=S.NEW, at=NOW, reason="Brought back.")
        other = begin(tx)
        pile = seen(tx, pile_id)
        assert seen(tx, other).number == 0
    assert (pile.number, pile.left) == (1, 1)
    assert [each.id for each in pile.newest] == ["1"]


def test_answers_know_the_post_that_they_answer(db: Database) -> None:
    """Where Greenroom has read it."""
    with db.write() as tx:
        aside(tx, "1", "2")
        posts.save_post(tx, a_post("700", text="We moved!"))
        known = seen(tx, begin(tx, "1", rule=bursts.REPLIES, about_id="700"))
        unknown = seen(tx, begin(tx, "2", rule=bursts.REPLIES, about_id="701"))
    assert known.replies
    assert known.answered is not None
    assert known.answered.text == "We moved!"
    assert unknown.answered is None


def test_a_pile_grows_while_posts_come(db: Database) -> None:
    """One that nobody added to since then is over; another watch's is another's."""
    with db.write() as tx:
        aside(tx, "1", "2", text="boycott them")
        pile_id = begin(tx)
        (growing,) = bursts.growing(tx, "mentions", NOW)
        assert (growing.id, growing.sample) == (pile_id, "boycott them")
        assert bursts.growing(tx, "w1", NOW) == []
        assert bursts.growing(tx, "mentions", later(minutes=1)) == []
        bursts.put_in(tx, pile_id, "2", later(minutes=2))
        assert len(bursts.growing(tx, "mentions", later(minutes=1))) == 1


def test_the_words_of_a_deleted_post_are_forgotten_here_too(db: Database) -> None:
    """X asks for it; another's words stand for the pile, as long as there are any."""
    with db.write() as tx:
        aside(tx, "1", text="boycott them all")
        aside(tx, "2", text="boycott them")
        pile_id = begin(tx)
        bursts.put_in(tx, pile_id, "2", later(minutes=1))
        forget_gone(tx, ["1"])
        assert bursts.growing(tx, "mentions", NOW)[0].sample == "boycott them"
        forget_gone(tx, ["2"])
        assert bursts.growing(tx, "mentions", NOW)[0].sample == ""
        assert [each.post.text for each in seen(tx, pile_id).newest] == ["", ""]


def test_who_lets_them_be_first_is_kept(db: Database) -> None:
    """The second is told that it was done."""
    with db.write() as tx:
        aside(tx, "1")
        pile_id = begin(tx)
        assert bursts.close_burst(tx, pile_id, by="Mia", at=NOW)
        assert not bursts.close_burst(tx, pile_id, by="Tom", at=NOW)
        assert not bursts.close_burst(tx, "404", by="Tom", at=NOW)
        assert seen(tx, pile_id).closed_by == "Mia"


def test_answers_before_this_one_are_counted(db: Database) -> None:
    """To the same post, within the time, by their numbers; what is set aside is no card."""
    with db.write() as tx:
        for mention_id in ("8", "9", "10", "11"):
            caught(tx, mention_id, post=a_post(mention_id, in_reply_to_id="700"))
        caught(tx, "6", post=a_post("6", in_reply_to_id="701"))
        old = a_mention("7", post=a_post("7", in_reply_to_id="700"), caught_at=NOW - 2 * HOUR)
        mentions.catch(tx, old)
        assert bursts.answers_to(tx, "700", "11", HOUR, NOW) == 3
        assert bursts.answers_to(tx, "700", "9", HOUR, NOW) == 1
        mentions.move(tx, "8", to=S.SET_ASIDE, at=NOW, reason="Spam.")
        assert bursts.answers_to(tx, "700", "11", HOUR, NOW) == 2


def test_two_at_once_begin_one_pile(db: Database) -> None:
    """Whoever takes the turn second sees the first one's pile, on each engine."""
    with db.write() as tx:
        aside(tx, *"123456")

    def join(number: int) -> str:
        mention_id = str(number + 1)
        with db.write() as tx:
            bursts.take_turn(tx, "mentions")
            for growing in bursts.growing(tx, "mentions", NOW):
                bursts.put_in(tx, growing.id, mention_id, NOW)
                return growing.id
            return begin(tx, mention_id)

    (pile_id,) = set(at_once(6, join))
    with db.read() as tx:
        assert seen(tx, pile_id).number == 6
