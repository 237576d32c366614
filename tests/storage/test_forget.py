"""What is forgotten is gone from every table, and from the file itself; what is counted stays."""

import json
import time
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from domain import (
    Choice,
    DecisionKind,
    MentionKind,
    MentionState,
    Person,
    PersonNote,
    Proposal,
    ReplyState,
    Span,
    VoiceRule,
)
from insights.stats import period
from storage.db import key_values
from storage.db.database import Database, Transaction
from storage.inbox import decisions, edits, filtered, mentions, proposals, replies, suggestions
from storage.open import open_database
from storage.posts import opt_outs, people, person_notes, posts, similar_answers
from storage.posts.erased_people import remember_forgotten
from storage.posts.search import find_posts
from storage.privacy.erase_person import forget_person, is_being_answered
from storage.privacy.erase_words import (
    WORDS_WENT,
    begin_overwriting,
    forget_gone,
    forget_words,
    overwritten,
    words_went,
)
from storage.privacy.expired_words import old_words, open_posts
from storage.reports import stats
from storage.schema.retention import CHANGES
from tests.storage.made import (
    ACCOUNT,
    ANN,
    NOW,
    a_decision,
    a_draft,
    a_mention,
    a_post,
    a_reply,
    caught,
    later,
)
from tests.storage.racing import in_thread

BEN = Person(id="12", handle="ben", name="Ben")
WORDS_OF_ANN = "@BeanBarn is the walnut bench free?"


def everything(db: Database) -> str:
    """Return every value of every table, whatever engine it is."""
    with db.read() as tx:
        return "\n".join(
            json.dumps(row, default=str, ensure_ascii=False)
            for table in tables(tx)
            for row in tx.query(f"SELECT * FROM {table}")
        )


def tables(tx: Transaction) -> list[str]:
    """Return the tables of our schema."""
    asked = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        " AND name NOT LIKE '%_fts%' AND name NOT LIKE '_sqlite%'",
        "postgresql": "SELECT table_name AS name FROM information_schema.tables"
        " WHERE table_schema = 'public' AND table_name <> 'greenroom_steps'",
    }
    return sorted(str(row["name"]) for row in tx.query(asked[tx.engine]))


def fill(tx: Transaction, *, state: MentionState = MentionState.ANSWERED) -> None:
    """Store Ann's answered post with all that hangs on it, and Ben's, which names her."""
    key_values.set_value(tx, key_values.ACCOUNT_ID, ACCOUNT.id)
    caught(tx, "1001", post=a_post("1001", text=WORDS_OF_ANN))
    filtered.remember(
        tx,
        a_mention("1001", post=a_post("1001", text=WORDS_OF_ANN)),
        rule="r",
        why="“walnut”",
        at=NOW,
    )
    mentions.move(tx, "1001", to=MentionState.SET_ASIDE, at=NOW, reason="It says “walnut”")
    mentions.move(tx, "1001", to=MentionState.NEW, at=NOW)
    mentions.move(tx, "1001", to=MentionState.DRAFTING, at=NOW)
    (drafted,) = suggestions.add_round(tx, "1001", [(a_draft("The walnut bench is."), [])], NOW)
    mentions.move(tx, "1001", to=MentionState.WAITING, at=NOW, note="about walnut")
    took = a_decision(
        kind=DecisionKind.EDIT,
        text="It is free.",
        suggestion_id=drafted.id,
        change="-The -walnut -bench +It is +free.",
    )
    decisions.record(tx, took)
    decisions.record(tx, a_decision(kind=DecisionKind.ESCALATE, change="C0KITCHEN"))
    edits.keep_edit(
        tx,
        took.id,
        "1001",
        at=NOW,
        before="The walnut bench is.",
        after="The walnut bench is free.",
        changes=[],
        traits=["shorter"],
    )
    reply = a_reply(took, text="It is free.", state=ReplyState.APPROVED)
    replies.add_reply(tx, reply)
    similar_answers.keep_answer(tx, "1001", "It is free.", NOW)
    pair = ("The walnut bench is.", "The walnut bench is free.")
    rule = Proposal("p1", "shorter", VoiceRule("Be short.", "shorter", ()), "told", (pair,), at=NOW)
    assert proposals.add_proposal(tx, rule)
    if state is not MentionState.WAITING:
        mentions.move(tx, "1001", to=state, at=NOW)
    person_notes.add_note(tx, PersonNote("n1", ANN.id, "likes walnut", "U1", "Mia", NOW))
    named = a_post(
        "1002",
        author=BEN,
        text="@BeanBarn as @annreads said, x.com/AnnReads too",
        mentioned_ids=(ACCOUNT.id, ANN.id),
        in_reply_to_id="1001",
    )
    caught(tx, "1002", post=named)


def test_words_go_and_rows_stay(db: Database) -> None:
    """Nothing that the post said, or was drafted for it, is left; the record and its counts are."""
    with db.write() as tx:
        fill(tx)
        before = {table: len(tx.query(f"SELECT * FROM {table}")) for table in tables(tx)}
        week = period(7, later(hours=1), ZoneInfo("UTC"))
        figures = stats.count(tx, week, lambda pairs: {len(pairs): 1})
        assert figures.now.choices[Choice.EDITED] == 1
        assert forget_words(tx, ["1001"]) == 1
    assert "walnut" not in everything(db).replace("likes walnut", "")
    with db.read() as tx:
        after = {table: len(tx.query(f"SELECT * FROM {table}")) for table in tables(tx)}
        assert figures == stats.count(tx, week, lambda pairs: {len(pairs): 1})
        changed = {table for table in before if before[table] != after[table]}
        assert changed == {"answers", "marks"}
        found = mentions.mention(tx, "1001")
        assert found is not None
        assert (found.state, found.post.text) == (MentionState.ANSWERED, "")
        assert key_values.value(tx, WORDS_WENT) == "yes"
        shown = [d for d in decisions.decisions(tx, "1001") if d.kind is DecisionKind.ESCALATE]
        assert [each.change for each in shown] == ["C0KITCHEN"]


def test_forgotten_words_do_not_come_back(db: Database) -> None:
    """A poll reads a little behind the newest post that it knows, however old that one is."""
    with db.write() as tx:
        fill(tx)
        forget_words(tx, ["1001"])
        again = a_mention("1001", post=a_post("1001", text=WORDS_OF_ANN, language="en"))
        assert not mentions.catch(tx, again)
        found = posts.post(tx, "1001")
        assert found is not None
        assert (found.text, found.language) == ("", "en")


def test_an_update_takes_what_edits_changed_of_forgotten_words(db: Database) -> None:
    """Before it, that stayed when the words went."""
    with db.write() as tx:
        fill(tx)
        forget_words(tx, ["1001"])
        tx.execute("UPDATE decisions SET change = '-walnut' WHERE kind = 'edit'")
        key_values.set_value(tx, WORDS_WENT, "")
        for statement in CHANGES.both:
            tx.execute(statement)
        assert key_values.value(tx, WORDS_WENT) == "yes"
    assert "walnut" not in everything(db).replace("likes walnut", "")


def test_old_words_are_those_of_ended_mentions(db: Database) -> None:
    """What a person may still decide keeps its words, and so does what we wrote ourselves."""
    with db.write() as tx:
        caught(tx, "1", state=MentionState.ANSWERED, post=a_post("1"))
        caught(tx, "2", state=MentionState.WAITING, post=a_post("2"))
        caught(tx, "3", state=MentionState.SET_ASIDE, post=a_post("3", created_at=later(days=1)))
        posts.save_post(tx, a_post("4", author=ACCOUNT, mentioned_ids=()))
        posts.save_post(tx, a_post("5", author=BEN, created_at=later(hours=-1)))
        assert old_words(tx, ACCOUNT.id, later(hours=1), 10) == ["5", "1"]
        assert old_words(tx, ACCOUNT.id, later(hours=1), 1) == ["5"]
        assert old_words(tx, ACCOUNT.id, later(days=2), 10) == ["5", "1", "3"]
        forget_words(tx, ["5", "1"])
        assert old_words(tx, ACCOUNT.id, later(hours=1), 10) == []


def ids(found: Sequence[tuple[str, MentionKind]]) -> list[str]:
    """Return the ids alone; each of them was caught as a mention."""
    assert {kind for _, kind in found} <= {MentionKind.MENTION}
    return [post_id for post_id, _ in found]


def test_open_posts_go_by_their_ids(db: Database) -> None:
    """Between two ids, oldest first; folded ones and those without words are left out."""
    with db.write() as tx:
        for number in (9, 10, 11):
            caught(tx, str(number), state=MentionState.WAITING, post=a_post(str(number)))
        caught(tx, "12", state=MentionState.WAITING, folded=True, post=a_post("12"))
        caught(tx, "13", state=MentionState.ANSWERED, post=a_post("13"))
        assert ids(open_posts(tx, "0", 2)) == ["9", "10"]
        assert ids(open_posts(tx, "9", 9)) == ["10", "11"]
        assert ids(open_posts(tx, "0", 9, until="10")) == ["9", "10"]
        forget_words(tx, ["10"])
        assert ids(open_posts(tx, "0", 9)) == ["9", "11"]


def test_a_gone_post_without_a_mention_leaves_no_row(db: Database) -> None:
    """One that a mention hangs on keeps its row without words."""
    with db.write() as tx:
        fill(tx)
        posts.save_post(tx, a_post("5", author=BEN, text="walnut above"))
        assert forget_gone(tx, ["1001", "5", "404"]) == 2
        assert posts.post(tx, "5") is None
        assert posts.post(tx, "1001") is not None


def test_a_person_is_gone_from_every_table(db: Database) -> None:
    """Neither id, nor handle in any case, nor words; who named them stays, with a blank."""
    with db.write() as tx:
        fill(tx)
        rows = forget_person(tx, ANN, ACCOUNT.id)
        remember_forgotten(tx, ANN.id, NOW)
    left = everything(db)
    for word in ("walnut", "annreads", "AnnReads", '"11"', '"1001"'):
        assert word not in left, word
    with db.read() as tx:
        ben = posts.post(tx, "1002")
    assert ben is not None
    assert ben.text == "@BeanBarn as @… said, @… too"
    assert (rows["mentions"], rows["posts"], rows["people"], rows["person_notes"]) == (1, 1, 1, 1)
    with db.write() as tx:
        assert not posts.save_post(tx, a_post("1001", text=WORDS_OF_ANN)), "the next look brings it"
        assert posts.save_post(tx, a_post("1009", created_at=later(days=1)))


@pytest.mark.parametrize("how", ["muted", "opted out", "lifted"])
def test_who_is_left_alone_stays_so(db: Database, how: str) -> None:
    """Of the muted and of who asked for it the id stays, and nothing else."""
    with db.write() as tx:
        fill(tx)
        if how == "muted":
            people.mute_person(tx, ANN.id)
        else:
            opt_outs.opt_out(tx, ANN.id, post_id="1001", at=NOW)
        if how == "lifted":
            opt_outs.lift(tx, ANN.id, by="U1", at=NOW)
        forget_person(tx, ANN, ACCOUNT.id)
        kept = people.person(tx, ANN.id)
    assert (kept is not None) == (how != "lifted")
    if kept is not None:
        assert (kept.seen, kept.muted, kept.picture_url) == (False, how == "muted", None)
    assert "annreads" not in everything(db).lower()


def test_a_reply_on_its_way_is_seen(db: Database) -> None:
    """To them once it begins to go; naming them as soon as it is approved."""
    with db.write() as tx:
        fill(tx, state=MentionState.APPROVED)
        assert not is_being_answered(tx, ANN)
        took = a_decision("1002", text="hi @annreads")
        decisions.record(tx, took)
        replies.add_reply(tx, a_reply(took))
        assert is_being_answered(tx, ANN)
        assert not is_being_answered(tx, BEN)


def test_the_file_itself_holds_no_forgotten_word(tmp_path: Path) -> None:
    """Neither in the pages, freed ones included, nor in the words' indexes, nor in the log beside it."""
    path = tmp_path / "room.db"
    db = open_database(f"sqlite:///{path}")
    try:
        with db.write() as tx:
            fill(tx)
            for number in range(2000, 2300):
                posts.save_post(
                    tx, a_post(str(number), author=BEN, text=f"tea and scones {number}")
                )
        # What is searched for must be found first.
        assert found_in(tmp_path, b"walnut")
        with db.write() as tx:
            forget_person(tx, ANN, ACCOUNT.id)
        assert db.overwrite_forgotten()
        for word in (b"walnut", b"AnnReads", b"annreads"):
            assert found_in(tmp_path, word) == [], word
        with db.read() as tx:
            assert find_posts(tx, ["scones"], everywhen(), account_id=ACCOUNT.id, limit=1).number
    finally:
        db.close()


def test_words_that_go_during_the_overwriting_are_not_forgotten_about(db: Database) -> None:
    """Nor is an overwriting that was cut off: it begins anew."""
    with db.write() as tx:
        assert not begin_overwriting(tx)
        words_went(tx)
        assert begin_overwriting(tx)
        words_went(tx)
        assert not overwritten(tx)
        assert begin_overwriting(tx)
        assert begin_overwriting(tx), "cut off"
        assert overwritten(tx)
        assert not begin_overwriting(tx)


def test_emptying_the_log_keeps_no_writer_out(tmp_path: Path) -> None:
    """While somebody reads it gives up after a moment; then writers wait as long as ever."""
    database = open_database(f"sqlite:///{tmp_path / 'room.db'}")
    try:
        with database.write() as tx:
            tx.execute("INSERT INTO marks (name, value) VALUES ('a', '1')")
        with database.read() as reading:
            reading.query("SELECT * FROM marks")
            begun = time.monotonic()
            assert not in_thread(database.overwrite_forgotten)
            assert time.monotonic() - begun < 10
        assert database.overwrite_forgotten()
        with database.read() as tx:
            assert tx.one("PRAGMA busy_timeout") == {"timeout": 30_000}
    finally:
        database.close()


def everywhen() -> Span:
    return Span(NOW - timedelta(days=9), later(days=9))


def found_in(folder: Path, word: bytes) -> list[str]:
    """Return the names of the files that hold a word, in their raw bytes."""
    return [file.name for file in folder.iterdir() if word in file.read_bytes()]
