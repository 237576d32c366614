import pytest

from domain import Check, CheckLevel, Source
from errors import StorageError
from storage.db.database import Database
from storage.inbox import suggestions
from tests.storage.made import NOW, a_draft, caught

MIND = Check("link", CheckLevel.MIND, "It has a link: “x.co”.")
STOP = Check("length", CheckLevel.STOP, "It is too long.")


def test_rounds_are_counted_and_kept(db: Database) -> None:
    """Each round stands after the last, its texts in order, with their checks."""
    first = [(a_draft("One"), (MIND, STOP)), (a_draft("Two"), ())]
    second = [(a_draft("Three", source=Source.MODEL, move="ask back", prompt_version="ab12"), ())]
    with db.write() as tx:
        caught(tx, "1", "2")
        assert suggestions.latest_round(tx, "1") == ()
        stored = suggestions.add_round(tx, "1", first, NOW)
        assert suggestions.latest_round(tx, "1") == stored
        assert [(s.round, s.place, s.text, s.checks) for s in stored] == [
            (1, 0, "One", (MIND, STOP)),
            (1, 1, "Two", ()),
        ]
        later_round = suggestions.add_round(tx, "1", second, NOW)
        assert suggestions.latest_round(tx, "1") == later_round
        assert suggestions.all_rounds(tx, "1") == stored + later_round
        three = later_round[0]
        assert (three.round, three.source, three.move, three.prompt_version, three.created_at) == (
            2,
            Source.MODEL,
            "ask back",
            "ab12",
            NOW,
        )
        assert suggestions.suggestion(tx, three.id) == three
        assert suggestions.suggestion(tx, "404") is None
        assert suggestions.all_rounds(tx, "2") == ()


def test_a_round_of_nothing_changes_nothing(db: Database) -> None:
    """The last round stays the last."""
    with db.write() as tx:
        caught(tx, "1")
        kept = suggestions.add_round(tx, "1", [(a_draft(), ())], NOW)
        assert suggestions.add_round(tx, "1", [], NOW) == ()
        assert suggestions.latest_round(tx, "1") == kept


def test_suggestions_belong_to_a_mention(db: Database) -> None:
    """A mention that is not there takes none."""
    with pytest.raises(StorageError), db.write() as tx:
        suggestions.add_round(tx, "404", [(a_draft(), ())], NOW)
