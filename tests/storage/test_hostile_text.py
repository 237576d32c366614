"""What people write is stored as it is, or with a sign in place of what cannot be stored."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain import Check, CheckLevel, Fact, Person, PlaybookAnswer, Voice
from domain.cleaning import clean
from storage.db import key_values
from storage.db.database import Database
from storage.inbox import decisions, mentions, replies, suggestions
from storage.posts import people, posts, watches
from storage.queue import jobs
from storage.slack import messages
from storage.voice import voices
from tests.storage.made import NOW, a_decision, a_draft, a_mention, a_post, a_reply, a_watch

HOSTILE = [
    "'; DROP TABLE posts; --",
    "%s %(name)s %% %",
    ":x :name ::text",
    "\"quoted\" 'quoted' `ticked` [x] $1 $$ \\ \\x00",
    "a\x00b",
    "\ud800 alone \udfff",
    "\ud83d\ude00",
    "😀 \u202eright to left\u202c \u200b\u2066 e\u0301",
    "\n\r\t\x0b\x1b[31m",
    "x" * 30_000,
    "",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_goes_in_and_comes_out_everywhere(db: Database, text: str) -> None:
    """In every column that holds other people's words or the team's."""
    kept = clean(text)
    ann = Person(id="11", handle=text, name=text, picture_url=text)
    with db.write() as tx:
        caught = a_mention(
            post=a_post(text=text, author=ann, language=text),
            reason=text,
            note=text,
            watch_label=text,
        )
        mentions.catch(tx, caught)
        mentions.set_note(tx, "1001", text)
        (drafted,) = suggestions.add_round(
            tx, "1001", [(a_draft(text), (Check("n", CheckLevel.MIND, text),))], NOW
        )
        decision = a_decision(text=text or "x", member_name=text, change=text)
        decisions.record(tx, decision)
        replies.add_reply(tx, a_reply(decision, reason=text))
        jobs.add_job(tx, "tell", key=text, due_at=NOW, subject=text, payload={"words": [text]})
        key_values.set_value(tx, "m", text)
        messages.reserve(tx, text, channel=text, at=NOW)
        watches.add_watch(tx, a_watch(label=text, query=text))
        voices.save_voice(
            tx, Voice(who=text, how=text, facts=(Fact(text),)), member_id="U1", at=NOW
        )
        voices.save_playbook(tx, [PlaybookAnswer(text, text, (text,))], member_id="U1", at=NOW)
    with db.read() as tx:
        found = mentions.mention(tx, "1001")
        assert found is not None
        assert (found.post.text, found.post.author.name, found.note) == (kept, kept, kept)
        assert (drafted.text, drafted.checks[0].why) == (kept, kept)
        assert decisions.decisions(tx, "1001")[0].member_name == kept
        assert (replies.last_reply(tx, "1001") or a_reply(decision)).reason == kept
        job = jobs.job(tx, text)
        assert job is not None
        assert (job.subject, job.payload) == (kept, {"words": [kept]})
        assert key_values.value(tx, "m") == kept
        assert messages.message(tx, text) is not None
        assert (watches.watch(tx, "w1") or a_watch()).query == kept
        assert voices.voice(tx).facts == (Fact(kept),)
        assert voices.playbook(tx) == (PlaybookAnswer(kept, kept, (kept,)),)
        people.person_by_handle(tx, text)
        watches.watch_labelled(tx, text)
        assert posts.post(tx, text) is None


@given(text=st.text(st.characters()))
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_text_is_stored_as_it_is_or_with_signs_for_what_cannot_be(
    db: Database, text: str
) -> None:
    """Both engines keep every character that can be written as UTF-8, but for NUL."""
    with db.write() as tx:
        # Where a post lost its words none come back.
        tx.execute("DELETE FROM posts")
        posts.save_post(tx, a_post(text=text))
        stored = posts.post(tx, "1001")
        found = tx.one("SELECT id FROM posts WHERE text = :text", {"text": text})
    assert stored is not None
    assert stored.text == clean(text)
    assert found == {"id": "1001"}
