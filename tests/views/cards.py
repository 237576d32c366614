"""Facts to render in the tests of views, and how Slack looks at what came out."""

import re
from collections.abc import Iterator
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from typing import Any

from domain import (
    CardFacts,
    Check,
    CheckLevel,
    Decision,
    DecisionKind,
    Lane,
    Mention,
    MentionKind,
    MentionState,
    Person,
    Post,
    Reply,
    ReplyState,
    SharedHistory,
    Source,
    Suggestion,
)

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
HOSTILE = "<!channel> <@U1> <http://evil.example|x> & *b* _i_ `c` ~s~\n> q\u202e\u2066 <script>"
_OURS = re.compile(
    r"<!date\^\d+\^[^^|<>]+(\^https://x\.com/[^|<>]*)?\|[^<>]*>"
    r"|<https://x\.com/[A-Za-z0-9_/%~.-]*\|[^<>]*>|<@[UW][A-Z0-9]+>|<#[CG][A-Z0-9]+>"
)


def facts(
    state: MentionState = MentionState.WAITING,
    *,
    words: str = "is the new ethiopian any good?",
    name: str = "Ann Lee",
    handle: str = "annlee",
    suggested: tuple[str, ...] = ("It is! Bright, a bit of peach.", "Come and taste it?"),
    checks: tuple[Check, ...] = (),
    lane: Lane = Lane.SEND,
    kind: MentionKind = MentionKind.MENTION,
    **more: Any,
) -> CardFacts:
    """Make a card's facts. `more` goes to the mention, or to the facts where it belongs there."""
    ours = {field.name for field in fields(CardFacts)}
    person = Person("77", handle, name, "https://pbs.twimg.example/a.jpg", 1204)
    post = Post("1900", words, person, NOW - timedelta(minutes=9))
    mention = Mention(
        id="1900",
        post=post,
        kind=kind,
        watch_id="w1",
        watch_label="coffee nearby",
        state=state,
        lane=lane,
        caught_at=NOW,
        changed_at=NOW,
        **{key: value for key, value in more.items() if key not in ours},
    )
    suggestions = tuple(
        Suggestion(f"s{place}", "1900", 1, place, text, Source.MODEL, checks=checks)
        for place, text in enumerate(suggested)
    )
    rest = {"account_handle": "copperkettle", **{k: v for k, v in more.items() if k in ours}}
    return CardFacts(mention, suggestions, **rest)


def reply(text: str = "It is! Bright.", **more: Any) -> Reply:
    """Make an approved reply by Tom."""
    given: dict[str, Any] = {
        "state": ReplyState.APPROVED,
        "due_at": NOW + timedelta(seconds=10),
        **more,
    }
    return Reply("r1", "1900", "d1", text, member_id="U07TOM", member_name="Tom", **given)


def decision(kind: DecisionKind = DecisionKind.APPROVE, name: str = "Tom", **more: Any) -> Decision:
    """Make a decision by Tom."""
    return Decision("d1", "1900", kind, "U07TOM", name, NOW, **more)


def history() -> SharedHistory:
    """Make the history with somebody we know."""
    return SharedHistory(4, 3, datetime(2026, 11, 12, tzinfo=UTC), "see you Sunday")


def mind(why: str = "It sells: “come and taste it”") -> Check:
    """Make a check that minds."""
    return Check("sales", CheckLevel.MIND, why)


def walk(part: Any) -> Iterator[dict[str, Any]]:
    """Yield every object of a block tree."""
    if isinstance(part, dict):
        yield part
        for value in part.values():
            yield from walk(value)
    elif isinstance(part, list):
        for value in part:
            yield from walk(value)


def labels(blocks: list[dict[str, Any]]) -> list[str]:
    """Return the words of all buttons, top down."""
    return [part["text"]["text"] for part in walk(blocks) if part.get("type") == "button"]


def button(blocks: list[dict[str, Any]], label: str) -> dict[str, Any]:
    """Return the first button with these words."""
    return next(
        part
        for part in walk(blocks)
        if part.get("type") == "button" and part["text"]["text"] == label
    )


def seen(blocks: list[dict[str, Any]]) -> str:
    """Return all words on the screen, one text object a line."""
    return "\n".join(part["text"] for part in walk(blocks) if isinstance(part.get("text"), str))


def assert_markup_is_ours(text: str) -> None:
    """Hold that the only markup in a mrkdwn text is what views themselves write."""
    rest = _OURS.sub("", text)
    assert "<" not in rest, text
    assert ">" not in rest, text


def assert_slack_takes(text: str, blocks: list[dict[str, Any]], most: int = 50) -> None:
    """Hold what Slack refuses beyond what its models check, and that no markup slipped in."""
    assert text.strip()
    assert_markup_is_ours(text)
    assert 0 < len(blocks) <= most
    for part in walk(blocks):
        if part.get("type") == "mrkdwn":
            assert_markup_is_ours(part["text"])
        if part.get("type") in {"mrkdwn", "plain_text", "text"}:
            assert part["text"].strip()
            assert len(part["text"]) <= 5000
        if part.get("type") == "actions":
            ids = [element["action_id"] for element in part["elements"]]
            assert len(ids) == len(set(ids))
