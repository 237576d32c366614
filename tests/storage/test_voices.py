from dataclasses import replace

from domain import Fact, PlaybookAnswer, Voice
from storage.db import key_values
from storage.db.database import Database
from storage.voice import voices
from tests.storage.made import NOW

VOICE = Voice(
    who="A coffee shop in Leith",
    how="Short and warm",
    facts=(Fact("Open 9–5"),),
    avoid=("cheers", "!"),
)
ANSWERS = (
    PlaybookAnswer(occasion="opening hours", text="We open at nine.", cues=("open", "hours")),
    PlaybookAnswer(occasion="thanks", text="Thank you, {name}."),
)


def test_the_last_voice_counts(db: Database) -> None:
    """Empty with version 0 before anybody said; each saving is a new version."""
    with db.write() as tx:
        assert voices.voice(tx) == Voice()
        assert voices.save_voice(tx, VOICE, member_id="U1", at=NOW) == 1
        assert voices.voice(tx) == replace(VOICE, version=1)
        assert voices.save_voice(tx, Voice(), member_id="U2", at=NOW) == 2
        assert voices.voice(tx) == Voice(version=2)


def test_the_last_playbook_counts(db: Database) -> None:
    """None before anybody saved one; an emptied one is empty."""
    with db.write() as tx:
        assert voices.playbook(tx) == ()
        assert voices.save_playbook(tx, ANSWERS, member_id="U1", at=NOW) == 1
        assert voices.playbook(tx) == ANSWERS
        assert voices.save_playbook(tx, (), member_id="U1", at=NOW) == 2
        assert voices.playbook(tx) == ()


def test_a_mark_is_set_and_set_anew(db: Database) -> None:
    """The last value counts; what was never set is None."""
    with db.write() as tx:
        assert key_values.value(tx, "account_id") is None
        key_values.set_value(tx, "account_id", "1")
        key_values.set_value(tx, "account_id", "2")
        assert key_values.value(tx, "account_id") == "2"
