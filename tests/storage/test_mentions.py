import pytest

from domain import MOVES, Lane, MentionState, may_move
from storage.db.database import Database
from storage.inbox import mentions
from tests.storage.conftest import Opening
from tests.storage.made import NOW, a_mention, a_post, caught, later
from tests.storage.racing import at_once

S = MentionState


def state_of(db: Database, mention_id: str = "1001") -> MentionState:
    with db.read() as tx:
        found = mentions.mention(tx, mention_id)
    assert found is not None
    return found.state


def test_a_mention_comes_back_as_it_was(db: Database) -> None:
    """Every part of it, post and person too."""
    whole = a_mention(
        state=S.SNOOZED,
        lane=Lane.BY_HAND,
        folded=True,
        assignee="U7",
        snoozed_until=later(hours=1),
        reason="why",
        note="look",
        practice=True,
    )
    with db.write() as tx:
        assert mentions.catch(tx, whole)
        assert mentions.mention(tx, "1001") == whole
        assert mentions.mention(tx, "404") is None


def test_a_post_is_caught_once(db: Database) -> None:
    """The second watch that finds it is told so, and nothing about the mention changes."""
    with db.write() as tx:
        assert mentions.catch(tx, a_mention())
        assert mentions.move(tx, "1001", to=S.DRAFTING, at=NOW)
        again = a_mention(post=a_post(text="@BeanBarn edited"), watch_id="w2", watch_label="Other")
        assert not mentions.catch(tx, again)
        found = mentions.mention(tx, "1001")
    assert found is not None
    assert (found.state, found.watch_id, found.post.text) == (
        S.DRAFTING,
        "mentions",
        "@BeanBarn edited",
    )


def test_one_of_many_who_catch_at_once_is_first(opening: Opening) -> None:
    """Overlapping polls in several threads and openings catch a post exactly once."""
    doors = [opening(), opening()]

    def catch(number: int) -> bool:
        with doors[number % 2].write() as tx:
            return mentions.catch(tx, a_mention())

    assert sorted(at_once(6, catch)) == [False] * 5 + [True]


def test_a_move_is_made_from_the_named_states_only(db: Database) -> None:
    """From any other state nothing happens, and the caller knows."""
    with db.write() as tx:
        caught(tx, state=S.WAITING)
        assert not mentions.move(tx, "1001", to=S.SKIPPED, at=NOW, before={S.NEW, S.SNOOZED})
        assert mentions.move(tx, "1001", to=S.SKIPPED, at=NOW, before={S.NEW, S.WAITING})
        assert not mentions.move(tx, "404", to=S.SKIPPED, at=NOW)
    assert state_of(db) is S.SKIPPED


@pytest.mark.parametrize("to", list(S))
def test_without_named_states_every_allowed_one_will_do(db: Database, to: MentionState) -> None:
    """Whatever MOVES in the domain allows is moved, and nothing else."""
    with db.write() as tx:
        for number, state in enumerate(S):
            caught(tx, str(number), state=state)
        moved = {
            state for number, state in enumerate(S) if mentions.move(tx, str(number), to=to, at=NOW)
        }
    assert moved == {state for state in MOVES if may_move(state, to)}


def test_a_move_that_the_domain_forbids_is_a_mistake(db: Database) -> None:
    """Nobody may ask for it, wherever the mention stands."""
    with db.write() as tx:
        caught(tx)
        with pytest.raises(ValueError, match="from answered to waiting"):
            mentions.move(tx, "1001", to=S.WAITING, at=NOW, before={S.ANSWERED, S.SNOOZED})


def test_two_approvers_at_once(opening: Opening) -> None:
    """One wins; the other's move tells so; the history has one approval. Twenty rounds."""
    doors = [opening(), opening()]
    for number in range(20):
        with doors[0].write() as tx:
            caught(tx, str(number), state=S.WAITING)

        def approve(approver: int, mention_id: str = str(number)) -> bool:
            with doors[approver % 2].write() as tx:
                return mentions.move(tx, mention_id, to=S.APPROVED, at=NOW, before={S.WAITING})

        assert sorted(at_once(3, approve)) == [False, False, True]
        with doors[0].read() as tx:
            assert len(mentions.history(tx, str(number))) == 2


def test_what_a_move_keeps_and_what_it_empties(db: Database) -> None:
    """Note and assignee stay unless given; the reason is the move's own; None empties."""
    with db.write() as tx:
        caught(tx, state=S.WAITING, note="look", reason="old")
        mentions.move(tx, "1001", to=S.HANDED_OVER, at=later(hours=1), assignee="U7")
        found = mentions.mention(tx, "1001")
        assert found is not None
        assert (found.assignee, found.note, found.reason) == ("U7", "look", None)
        assert found.changed_at == later(hours=1)
        mentions.move(tx, "1001", to=S.WAITING, at=NOW, reason="back", assignee=None, note=None)
        found = mentions.mention(tx, "1001")
        assert found is not None
        assert (found.assignee, found.note, found.reason) == (None, None, "back")


def test_the_hour_of_waking_ends_with_the_sleep(db: Database) -> None:
    """Snoozing sets it, leaving empties it without being asked."""
    with db.write() as tx:
        caught(tx, state=S.WAITING)
        mentions.move(tx, "1001", to=S.SNOOZED, at=NOW, snoozed_until=later(hours=2))
        asleep = mentions.mention(tx, "1001")
        assert asleep is not None
        assert asleep.snoozed_until == later(hours=2)
        mentions.move(tx, "1001", to=S.WAITING, at=NOW)
        awake = mentions.mention(tx, "1001")
        assert awake is not None
        assert awake.snoozed_until is None


def test_the_history_tells_every_move_in_order(db: Database) -> None:
    """From where, where to, when and why; moves of the same moment keep their order."""
    with db.write() as tx:
        caught(tx)
        mentions.move(tx, "1001", to=S.DRAFTING, at=later(seconds=1))
        mentions.move(tx, "1001", to=S.WAITING, at=later(seconds=1))
        mentions.move(tx, "1001", to=S.SKIPPED, at=later(seconds=2), reason="Not for us.")
        moves = mentions.history(tx, "1001")
    assert moves == [
        {"from_state": None, "to_state": "new", "at": NOW, "reason": None},
        {"from_state": "new", "to_state": "drafting", "at": later(seconds=1), "reason": None},
        {"from_state": "drafting", "to_state": "waiting", "at": later(seconds=1), "reason": None},
        {
            "from_state": "waiting",
            "to_state": "skipped",
            "at": later(seconds=2),
            "reason": "Not for us.",
        },
    ]


def test_note_and_lane_are_set(db: Database) -> None:
    """A note may be emptied again; a lane comes with its reason."""
    with db.write() as tx:
        caught(tx)
        mentions.set_note(tx, "1001", "From the playbook.")
        mentions.set_lane(tx, "1001", Lane.BY_HAND, "X refused it.")
        found = mentions.mention(tx, "1001")
        assert found is not None
        assert (found.note, found.lane, found.reason) == (
            "From the playbook.",
            Lane.BY_HAND,
            "X refused it.",
        )
        mentions.set_note(tx, "1001", None)
        assert (mentions.mention(tx, "1001") or a_mention(note="x")).note is None


def test_the_newest_folded_mentions_come_up_first(db: Database) -> None:
    """As many as asked for, newest first by number, only new ones, and each only once."""
    with db.write() as tx:
        caught(tx, "9", "10", "11", folded=True)
        caught(tx, "12", folded=True, state=S.SKIPPED)
        caught(tx, "13")
        assert mentions.folded_count(tx) == 3
        assert mentions.unfold(tx, 2) == ["11", "10"]
        assert mentions.folded_count(tx) == 1
        assert mentions.unfold(tx, 0) == []
        assert mentions.unfold(tx, 5) == ["9"]
        assert mentions.unfold(tx, 5) == []
        assert mentions.unfold(tx, 5, {S.SKIPPED}) == ["12"]


def test_two_who_press_show_more_at_once_share_the_mentions(opening: Opening) -> None:
    """No mention comes up twice."""
    doors = [opening(), opening()]
    with doors[0].write() as tx:
        caught(tx, *(str(n) for n in range(10, 20)), folded=True)

    def unfold(number: int) -> list[str]:
        with doors[number % 2].write() as tx:
            return mentions.unfold(tx, 4)

    brought = [i for ids in at_once(2, unfold) for i in ids]
    assert len(brought) == len(set(brought))
    with doors[0].read() as tx:
        assert mentions.folded_count(tx) == 10 - len(brought)


def test_mentions_are_listed_and_counted_by_state(db: Database) -> None:
    """By the age of their posts, either way, up to a limit."""
    with db.write() as tx:
        caught(tx, "9", "10", state=S.WAITING)
        caught(tx, "11", state=S.HANDED_OVER)
        both = (S.WAITING, S.HANDED_OVER)
        assert [m.id for m in mentions.in_state(tx, both, 9)] == ["11", "10", "9"]
        assert [m.id for m in mentions.in_state(tx, both, 2, newest_first=False)] == ["9", "10"]
        assert mentions.in_state(tx, (), 9) == []
        assert mentions.counts(tx) == {S.WAITING: 2, S.HANDED_OVER: 1}


def test_what_waits_by_hand_is_listed_longest_waiting_first(db: Database) -> None:
    """By the time since when it waits, not by the age of the post."""
    with db.write() as tx:
        caught(tx, "1", state=S.BY_HAND, changed_at=later(hours=2))
        caught(tx, "2", state=S.BY_HAND, changed_at=later(hours=1))
        caught(tx, "3", state=S.WAITING)
        assert [m.id for m in mentions.by_hand_open(tx)] == ["2", "1"]
