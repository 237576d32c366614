from domain import DecisionKind as K
from storage.db.database import Database
from storage.inbox import decisions, suggestions
from tests.storage.made import NOW, a_decision, a_draft, caught


def test_a_decision_comes_back_as_it_was(db: Database) -> None:
    """Who, when, which text, from which suggestion, what was changed."""
    with db.write() as tx:
        caught(tx)
        (drafted,) = suggestions.add_round(tx, "1001", [(a_draft(), ())], NOW)
        whole = a_decision(
            kind=K.EDIT, text="Yes, till five.", suggestion_id=drafted.id, change="-nine +five"
        )
        decisions.record(tx, whole)
        assert decisions.decisions(tx, "1001") == [whole]
        assert decisions.decisions(tx, "404") == []


def test_the_last_decision_is_the_last_recorded(db: Database) -> None:
    """Even in one moment; and the last of some kinds may be an earlier one."""
    made = [a_decision(kind=kind) for kind in (K.APPROVE, K.UNDO, K.STEER)]
    with db.write() as tx:
        caught(tx, "1001", "2")
        assert decisions.last_decision(tx, "1001") is None
        for decision in made:
            decisions.record(tx, decision)
        decisions.record(tx, a_decision("2"))
        assert decisions.last_decision(tx, "1001") == made[2]
        assert decisions.last_decision(tx, "1001", (K.APPROVE, K.EDIT)) == made[0]
        assert decisions.last_decision(tx, "1001", [K.SNOOZE]) is None
        assert decisions.last_decision(tx, "1001", []) is None
