from dataclasses import replace

from domain import DecisionKind as K
from domain import TakenText
from storage.db.database import Database, Transaction
from storage.inbox import decisions, edits, suggestions
from storage.posts.similar_answers import similar_answered
from tests.storage.made import NOW, a_decision, a_draft, caught, later

STEPS = [["replace", "five!", "five."]]


def decided(
    tx: Transaction,
    mention_id: str,
    kind: K = K.EDIT,
    text: str = "Yes, till five.",
    *,
    minutes: float = 0,
    before: str = "Yes, till five!",
) -> str:
    """Decide on a new suggestion, and keep the edit if there is one; return the decision's id."""
    (source,) = suggestions.add_round(tx, mention_id, [(a_draft(before), ())], NOW)
    decision = a_decision(
        mention_id, kind, text=text, suggestion_id=source.id, at=later(minutes=minutes)
    )
    decisions.record(tx, decision)
    if text != before:
        edits.keep_edit(
            tx,
            decision.id,
            mention_id,
            before=before,
            after=text,
            changes=STEPS,
            traits={"no_exclamation"},
            at=decision.at,
        )
    return decision.id


def test_an_edit_comes_back_as_it_was(db: Database) -> None:
    """Both texts, the words changed, the traits, when."""
    with db.write() as tx:
        caught(tx)
        edited = decided(tx, "1001", minutes=1)
        kept = decided(tx, "1001", K.APPROVE, "Yes, till five!", minutes=2)
        found = edits.edit(tx, edited)
        assert found is not None
        assert edits.edits_of(tx, "1001") == [found]
        assert edits.edit(tx, kept) is None
    assert (found.before, found.after) == ("Yes, till five!", "Yes, till five.")
    assert found.changes == (("replace", "five!", "five."),)
    assert found.traits == {"no_exclamation"}
    assert found.at == later(minutes=1)


def test_the_words_seen_on_x_replace_the_text(db: Database) -> None:
    """One row a decision; what really was posted is what was taken."""
    with db.write() as tx:
        caught(tx)
        edited = decided(tx, "1001")
        edits.keep_edit(
            tx, edited, "1001", before="Yes, till five!", after="Till five",
            changes=[], traits={"shorter"}, at=NOW,
        )  # fmt: skip
        (seen,) = edits.taken_texts(tx, NOW)
        assert len(edits.edits_of(tx, "1001")) == 1
    assert seen == TakenText("Yes, till five!", "Till five", NOW, "Ann", frozenset({"shorter"}))


def test_kept_texts_are_taken_too_oldest_first(db: Database) -> None:
    """From that very moment on; skips and texts without a suggestion took none."""
    with db.write() as tx:
        caught(tx, "1", "2", "3", "4")
        decided(tx, "1", minutes=1)
        decided(tx, "2", K.USE, "Yes, till five!", minutes=3)
        decided(tx, "3", K.APPROVE, "Yes, till five!", minutes=2)
        decisions.record(tx, a_decision("4", K.SKIP, at=later(minutes=4)))
        decisions.record(tx, a_decision("4", K.EDIT, text="Anew", at=later(minutes=5)))
        found = edits.taken_texts(tx, later(minutes=2))
        assert len(edits.taken_texts(tx, NOW)) == 3
    assert [each.at for each in found] == [later(minutes=2), later(minutes=3)]
    assert all(each.before == each.after and not each.traits for each in found)


def test_an_undone_edit_stays_and_counts_for_nothing(db: Database) -> None:
    """It happened; what was decided afterwards is what counts."""
    with db.write() as tx:
        caught(tx)
        decided(tx, "1001", minutes=1)
        decisions.record(tx, a_decision(kind=K.UNDO, at=later(minutes=2)))
        assert edits.taken_texts(tx, NOW) == []
        assert len(edits.edits_of(tx, "1001")) == 1
        decided(tx, "1001", K.APPROVE, "Yes, till five!", minutes=3)
        (now,) = edits.taken_texts(tx, NOW)
    assert now.after == "Yes, till five!"


def test_one_mention_is_one_piece_of_evidence(db: Database) -> None:
    """The last text that was taken, however often it had to be decided."""
    with db.write() as tx:
        caught(tx)
        for minute, text in enumerate(("One.", "Two.", "Three.")):
            decided(tx, "1001", text=text, minutes=minute)
        (found,) = edits.taken_texts(tx, NOW)
    assert replace(found, traits=frozenset()) == TakenText(
        "Yes, till five!", "Three.", later(minutes=2), "Ann"
    )


def test_edited_and_by_hand_texts_join_the_examples(db: Database) -> None:
    """The team's words, not the suggestion's, serve for similar posts."""
    with db.write() as tx:
        caught(tx, "1", state="answered")
        caught(tx, "2", state="by_hand")
        decided(tx, "1", K.EDIT, "Yes, from nine.")
        decided(tx, "2", K.USE, "From nine, by hand.")
        ours = {text for _, text in similar_answered(tx, "open on Sunday?")}
    assert ours == {"Yes, from nine.", "From nine, by hand."}
