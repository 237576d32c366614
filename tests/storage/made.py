"""Made-up people, posts and decisions for the storage tests."""

from datetime import UTC, datetime, timedelta
from typing import Any

from domain import (
    Decision,
    DecisionKind,
    Draft,
    Lane,
    Mention,
    MentionKind,
    MentionState,
    Person,
    Post,
    Reply,
    ReplyState,
    Source,
    Watch,
)
from storage.db.database import Transaction
from storage.db.ids import new_id
from storage.inbox import decisions, mentions, replies

NOW = datetime(2026, 3, 4, 9, 30, 0, 250_000, tzinfo=UTC)
ACCOUNT = Person(id="900", handle="BeanBarn", name="The Bean Barn")
ANN = Person(id="11", handle="AnnReads", name="Ann", picture_url="https://p/ann.png", followers=7)


def later(**parts: float) -> datetime:
    """Return a time after NOW."""
    return NOW + timedelta(**parts)


def a_post(post_id: str = "1001", **parts: Any) -> Post:
    """Return a post by Ann that names the account."""
    whole: dict[str, Any] = {
        "id": post_id,
        "text": "@BeanBarn are you open on Sunday?",
        "author": ANN,
        "created_at": NOW,
        "mentioned_ids": (ACCOUNT.id,),
    }
    return Post(**{**whole, **parts})


def a_mention(post_id: str = "1001", *, post: Post | None = None, **parts: Any) -> Mention:
    """Return a caught post in the state `new`."""
    whole: dict[str, Any] = {
        "id": post_id,
        "post": post or a_post(post_id),
        "kind": MentionKind.MENTION,
        "watch_id": "mentions",
        "watch_label": "Mentions",
        "state": MentionState.NEW,
        "lane": Lane.SEND,
        "caught_at": NOW,
        "changed_at": NOW,
    }
    return Mention(**{**whole, **parts})


def a_watch(watch_id: str = "w1", **parts: Any) -> Watch:
    """Return a keyword watch."""
    whole: dict[str, Any] = {
        "id": watch_id,
        "kind": MentionKind.KEYWORD,
        "label": "Coffee",
        "query": "coffee -tea",
    }
    return Watch(**{**whole, **parts})


def a_decision(
    mention_id: str = "1001", kind: DecisionKind = DecisionKind.APPROVE, **parts: Any
) -> Decision:
    """Return a decision by Mia."""
    whole: dict[str, Any] = {
        "id": new_id(),
        "mention_id": mention_id,
        "kind": kind,
        "member_id": "U1",
        "member_name": "Mia",
        "at": NOW,
    }
    return Decision(**{**whole, **parts})


def a_reply(decision: Decision, **parts: Any) -> Reply:
    """Return the approved text of a decision."""
    whole: dict[str, Any] = {
        "id": new_id(),
        "mention_id": decision.mention_id,
        "decision_id": decision.id,
        "text": decision.text or "Yes, from nine.",
        "state": ReplyState.APPROVED,
        "due_at": later(seconds=10),
        "member_id": decision.member_id,
        "member_name": decision.member_name,
    }
    return Reply(**{**whole, **parts})


def a_draft(text: str = "Yes, from nine to five. See you then?", **parts: Any) -> Draft:
    """Return a drafted text of the playbook."""
    return Draft(**{"text": text, "source": Source.PLAYBOOK, "words_of": frozenset(), **parts})


def approve(tx: Transaction, mention_id: str = "1001", **parts: Any) -> Reply:
    """Record an approval and its reply; `parts` are the reply's."""
    decision = a_decision(mention_id, text=parts.get("text", "Yes, from nine."))
    decisions.record(tx, decision)
    reply = a_reply(decision, **parts)
    replies.add_reply(tx, reply)
    return reply


def caught(tx: Transaction, *ids: str, **parts: Any) -> None:
    """Catch mentions with these ids."""
    for post_id in ids or ("1001",):
        assert mentions.catch(tx, a_mention(post_id, **parts))
