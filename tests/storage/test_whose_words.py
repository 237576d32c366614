"""Whose words the voice and the playbook are made of, from version to version, on both engines."""

from typing import Any

from domain import Draft, Fact, PlaybookAnswer, Source, Voice
from storage.db.database import Database
from storage.inbox import suggestions
from storage.inbox.authors import may_approve_alone, origins, words_of_members
from storage.inbox.mentions import catch
from storage.voice import voices
from tests.storage.made import NOW, a_mention


def answer(text: str, occasion: str = "dogs") -> PlaybookAnswer:
    return PlaybookAnswer(occasion, text, ("dog",))


def saved(db: Database, member: str, *answers: PlaybookAnswer) -> dict[str, frozenset[str]]:
    with db.write() as tx:
        voices.save_playbook(tx, answers, member_id=member, at=NOW, nobodys={"Any time."})
        return {each.text: each.by for each in voices.playbook(tx)}


def test_an_entry_bears_the_names_of_all_who_wrote_it(db: Database) -> None:
    """Who adds it, who changes it, who brings it back; what Greenroom comes with is nobody's."""
    first = answer("Dogs are welcome.")
    assert saved(db, "U1", first, answer("Any time.", "thanks")) == {
        "Dogs are welcome.": {"U1"},
        "Any time.": frozenset(),
    }
    assert saved(db, "U2", first, answer("We have a bowl.")) == {
        "Dogs are welcome.": {"U1"},
        "We have a bowl.": {"U2"},
    }
    changed = saved(db, "U2", answer("Dogs are welcome inside."), answer("We have a bowl."))
    assert changed["Dogs are welcome inside."] == {"U1", "U2"}
    assert changed["We have a bowl."] == {"U2"}
    saved(db, "U3")
    assert saved(db, "U3", first)["Dogs are welcome."] == {"U1", "U3"}


def test_an_entry_of_an_earlier_greenroom_is_of_who_saved_its_version(db: Database) -> None:
    """Its rows do not say who wrote each answer: the versions tell."""
    with db.write() as tx:
        for version, member, texts in ((1, "U1", ("One.",)), (2, "U2", ("One.", "Two."))):
            rows = ",".join(f'["dogs","{text}",[]]' for text in texts)
            tx.execute(
                "INSERT INTO playbooks (version, answers, member_id, at)"
                " VALUES (:version, :rows, :member, :at)",
                {"version": version, "rows": f"[{rows}]", "member": member, "at": NOW},
            )
        assert {each.text: each.by for each in voices.playbook(tx)} == {
            "One.": {"U1"},
            "Two.": {"U2"},
        }


def lines(db: Database) -> dict[str, Any]:
    with db.read() as tx:
        return {each.text: each.members for each in voices.voice_lines(tx)}


def test_a_line_of_the_voice_bears_the_names_of_all_who_wrote_it(db: Database) -> None:
    """Kept lines keep their author; changed ones have both; brought back, both as well."""
    one, two = Fact("Dogs are welcome inside"), Fact("Dogs are welcome inside on Mondays")
    with db.write() as tx:
        voices.save_voice(tx, Voice(how="Dry.", facts=(one,)), member_id="U1", at=NOW)
        voices.save_voice(tx, Voice(how="Dry.", facts=(two,)), member_id="U2", at=NOW)
    assert lines(db) == {"Dry.": {"U1"}, two.text: {"U1", "U2"}}
    with db.write() as tx:
        voices.save_voice(tx, Voice(), member_id="U2", at=NOW)
        voices.save_voice(tx, Voice(how="Dry."), member_id="U3", at=NOW, also_by=("U4",))
    assert lines(db) == {"Dry.": {"U1", "U3", "U4"}}


def test_the_voice_of_an_earlier_greenroom_is_of_who_saved_its_versions(db: Database) -> None:
    """A column that is empty is worked out from the versions."""
    with db.write() as tx:
        voices.save_voice(tx, Voice(how="Dry."), member_id="U1", at=NOW)
        voices.save_voice(tx, Voice(how="Dry.\nShort."), member_id="U2", at=NOW)
        tx.execute("UPDATE voices SET lines_by = NULL")
    assert lines(db) == {"Dry.": {"U1"}, "Short.": {"U2"}}


def test_what_came_about_twice_may_be_approved_by_either(db: Database) -> None:
    """Exactly the same text, of Ana's and of Ben's words: two people stand behind it."""
    with db.write() as tx:
        catch(tx, a_mention("1001"))
        for members in ({"U1"}, {"U1", "U2"}):
            draft = Draft("Eight.", Source.MODEL, words_of=frozenset(members))
            suggestions.add_round(tx, "1001", [(draft, ())], NOW)
        assert [may_approve_alone(tx, "1001", "Eight.", who) for who in ("U1", "U2", "U3")] == [
            False,
            True,
            True,
        ]
        assert not may_approve_alone(tx, "1001", "Never stored.", "U1")
        assert origins(tx, "1002", "Eight.") == []


def test_a_text_of_unknown_origin_is_nobodys_to_approve_alone(db: Database) -> None:
    """It fails closed; and what members wrote for the card is known to the next draft."""
    with db.write() as tx:
        catch(tx, a_mention("1001"))
        suggestions.add_round(tx, "1001", [(Draft("Yes.", Source.PLAYBOOK), ())], NOW)
        assert not may_approve_alone(tx, "1001", "Yes.", "U1")
        suggestions.add_members_text(
            tx, "1001", "Do come.", (), member_id="U1", member_name="Ana", at=NOW
        )
        known = words_of_members(tx, "1001", {"Before.": None})
    assert [(each.text, each.members) for each in known] == [
        ("Yes.", None),
        ("Do come.", {"U1"}),
        ("Before.", None),
    ]
