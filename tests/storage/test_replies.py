import pytest

from domain import Decision, ReplyState
from errors import AlreadyDecided
from storage.db import key_values
from storage.db.database import Database
from storage.inbox import decisions, replies
from tests.storage.conftest import Opening
from tests.storage.made import NOW, a_decision, a_reply, approve, caught, later
from tests.storage.racing import at_once

R = ReplyState


def test_a_reply_comes_back_as_it_was(db: Database) -> None:
    """Every part of it."""
    with db.write() as tx:
        caught(tx)
        whole = approve(
            tx,
            state=R.UNKNOWN,
            attempted_at=NOW,
            post_id="77",
            reason="lost",
            looks=2,
            duplicate=True,
        )
        assert replies.reply(tx, whole.id) == whole
        assert replies.reply(tx, "404") is None


@pytest.mark.parametrize("state", list(R))
def test_a_mention_has_one_reply_that_is_open_or_sent(db: Database, state: ReplyState) -> None:
    """A second is refused without ending the transaction; after a failed one it is welcome."""
    with db.write() as tx:
        caught(tx)
        approve(tx, state=state)
        if state in {R.FAILED, R.WITHDRAWN}:
            approve(tx, text="Another try")
        else:
            with pytest.raises(AlreadyDecided):
                approve(tx, text="Another try")
        key_values.set_value(tx, "still", "here")
    with db.read() as tx:
        assert key_values.value(tx, "still") == "here"


def test_two_replies_at_once(opening: Opening) -> None:
    """Whoever comes second is told, whatever was checked before. Ten rounds."""
    doors = [opening(), opening()]
    for number in range(10):
        with doors[0].write() as tx:
            caught(tx, str(number))
            made = [a_decision(str(number)) for _ in doors]
            for decision in made:
                decisions.record(tx, decision)

        def add(who: int, chosen: tuple[Decision, ...] = tuple(made)) -> bool:
            try:
                with doors[who].write() as tx:
                    replies.add_reply(tx, a_reply(chosen[who]))
            except AlreadyDecided:
                return False
            return True

        assert sorted(at_once(2, add)) == [False, True]


def test_a_reply_is_moved_from_the_named_states_only(db: Database) -> None:
    """Compare and set: a second sender finds it gone from `approved`."""
    with db.write() as tx:
        caught(tx)
        reply = approve(tx)
        first = replies.move_reply(
            tx, reply.id, before={R.APPROVED}, to=R.SENDING, attempted_at=NOW
        )
        second = replies.move_reply(tx, reply.id, before={R.APPROVED}, to=R.SENDING)
        assert (first, second) == (True, False)
        assert not replies.move_reply(tx, "404", before={R.APPROVED}, to=R.SENDING)
        assert not replies.move_reply(tx, reply.id, before=(), to=R.SENT)


def test_two_senders_at_once(opening: Opening) -> None:
    """One gets the reply, with several openings too. Ten rounds."""
    doors = [opening(), opening()]
    for number in range(10):
        with doors[0].write() as tx:
            caught(tx, str(number))
            reply = approve(tx, str(number))

        def send(who: int, reply_id: str = reply.id) -> bool:
            with doors[who % 2].write() as tx:
                return replies.move_reply(tx, reply_id, before={R.APPROVED}, to=R.SENDING)

        assert sorted(at_once(3, send)) == [False, False, True]


def test_a_move_keeps_what_is_not_given(db: Database) -> None:
    """And sets what is, None too."""
    with db.write() as tx:
        caught(tx)
        reply = approve(tx)
        replies.move_reply(
            tx,
            reply.id,
            before={R.APPROVED},
            to=R.UNKNOWN,
            attempted_at=NOW,
            reason="lost",
            duplicate=True,
            due_at=later(hours=1),
        )
        replies.move_reply(tx, reply.id, before={R.UNKNOWN}, to=R.SENT, post_id="77")
        sent = replies.reply(tx, reply.id)
        assert sent is not None
        assert (sent.state, sent.attempted_at, sent.reason, sent.duplicate) == (
            R.SENT,
            NOW,
            "lost",
            True,
        )
        assert (sent.due_at, sent.post_id) == (later(hours=1), "77")
        replies.move_reply(tx, reply.id, before={R.SENT}, to=R.SENT, reason=None, duplicate=False)
        again = replies.reply(tx, reply.id)
        assert again is not None
        assert (again.reason, again.duplicate, again.post_id) == (None, False, "77")


def test_the_open_and_the_last_reply(db: Database) -> None:
    """The open or sent one is found among taken-back ones, the last one in whatever state."""
    with db.write() as tx:
        caught(tx)
        assert replies.reply_of(tx, "1001") is None
        assert replies.last_reply(tx, "1001") is None
        taken_back = approve(tx, id="z", state=R.WITHDRAWN)
        assert replies.reply_of(tx, "1001") is None
        assert replies.last_reply(tx, "1001") == taken_back
        open_one = approve(tx, id="a")
        assert replies.reply_of(tx, "1001") == open_one
        assert replies.last_reply(tx, "1001") == open_one


def test_looks_are_counted(db: Database) -> None:
    """Each look returns how many there have been."""
    with db.write() as tx:
        caught(tx)
        reply = approve(tx)
        assert [replies.count_look(tx, reply.id) for _ in range(3)] == [1, 2, 3]
        assert replies.count_look(tx, "404") == 0


def test_replies_by_state(db: Database) -> None:
    """Soonest due first."""
    with db.write() as tx:
        caught(tx, "1", "2")
        second = approve(tx, "1", due_at=later(hours=2))
        first = approve(tx, "2", due_at=later(hours=1))
        assert replies.replies_in(tx, (R.APPROVED, R.UNKNOWN)) == [first, second]
        assert replies.replies_in(tx, ()) == []
