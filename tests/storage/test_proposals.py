from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from domain import Proposal, VoiceRule
from domain import ProposalState as S
from storage.db.database import Database
from storage.db.ids import new_id
from storage.inbox import proposals
from tests.storage.made import NOW, later


def a_proposal(trait: str = "no_exclamation") -> Proposal:
    """Return an open proposal."""
    rule = VoiceRule("Do not write “we’re”.", "drop_word", ("we're",))
    pairs = (("Yes!", "Yes."), ("We're <open>", "Open"))
    return Proposal(new_id(), trait, rule, "You took it out of 3 of 4.", pairs, NOW)


def test_a_proposal_comes_back_as_it_was(db: Database) -> None:
    """Rule, evidence, state; and once decided, by whom and when."""
    made = a_proposal()
    with db.write() as tx:
        assert proposals.open_proposal(tx) is None
        assert proposals.add_proposal(tx, made)
        assert proposals.proposal(tx, made.id) == made
        assert proposals.open_proposal(tx) == made
        assert proposals.close_proposal(
            tx, made.id, S.ADOPTED, at=later(hours=1), member_id="U1", member_name="Mia"
        )
        assert proposals.open_proposal(tx) is None
        assert proposals.proposal(tx, made.id) == replace(
            made, state=S.ADOPTED, decided_at=later(hours=1), member_id="U1", member_name="Mia"
        )
        assert proposals.proposal(tx, "404") is None


def test_one_is_open_at_a_time(db: Database) -> None:
    """Another one, of whatever trait, waits until the first is decided."""
    first, second = a_proposal(), a_proposal("no_emoji")
    with db.write() as tx:
        assert proposals.add_proposal(tx, first)
        assert not proposals.add_proposal(tx, second)
        assert not proposals.add_proposal(tx, a_proposal())
        assert proposals.close_proposal(tx, first.id, S.DROPPED, at=NOW)
        assert proposals.add_proposal(tx, second)
        assert proposals.open_proposal(tx) == second


def test_the_first_decision_wins(db: Database) -> None:
    """Of ten people at once one decides, and the record names them."""
    made = a_proposal()
    with db.write() as tx:
        proposals.add_proposal(tx, made)

    def decide(number: int) -> bool:
        with db.write() as tx:
            return proposals.close_proposal(
                tx,
                made.id,
                S.ADOPTED if number % 2 else S.DROPPED,
                at=NOW,
                member_id=f"U{number}",
                member_name="Mia",
            )

    with ThreadPoolExecutor(5) as crowd:
        won = [number for number, first in enumerate(crowd.map(decide, range(10))) if first]
    assert len(won) == 1
    with db.read() as tx:
        stored = proposals.proposal(tx, made.id)
    assert stored is not None
    assert stored.member_id == f"U{won[0]}"


def test_decided_traits_are_remembered_from_a_time_on(db: Database) -> None:
    """Open ones are not decided; what was decided earlier may come up again."""
    with db.write() as tx:
        for days, trait in ((1, "no_emoji"), (5, "shorter")):
            made = a_proposal(trait)
            proposals.add_proposal(tx, made)
            proposals.close_proposal(tx, made.id, S.DROPPED, at=later(days=days))
        proposals.add_proposal(tx, a_proposal())
        assert proposals.traits_decided(tx, NOW) == {"no_emoji", "shorter"}
        assert proposals.traits_decided(tx, later(days=5)) == {"shorter"}
        assert proposals.traits_decided(tx, later(days=6)) == frozenset()
