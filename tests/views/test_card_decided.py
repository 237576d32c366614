"""The card once somebody decided: on its way, unconfirmed, by hand, ended."""

from datetime import timedelta

from domain import DecisionKind, Lane, MentionState, ReplyState
from tests.views.cards import NOW, button, decision, facts, labels, reply, seen, walk
from views.cards.card import card

_S = MentionState


def test_snoozed_is_short_with_a_way_back() -> None:
    """A snoozed card says until when and by whom, and has one button."""
    asleep = facts(
        _S.SNOOZED, snoozed_until=NOW + timedelta(hours=1), decision=decision(DecisionKind.SNOOZE)
    )
    made = card(asleep, now=NOW)
    assert "by *Tom*" in seen(made.blocks)
    assert f"<!date^{int(NOW.timestamp()) + 3600}^" in seen(made.blocks)
    assert labels(made.blocks) == ["Wake now"]
    assert button(made.blocks, "Wake now")["action_id"] == "bring_back"


def test_approved_shows_text_when_and_undo() -> None:
    """In the undo window the card shows what goes out, by whom and when."""
    made = card(facts(_S.APPROVED, reply=reply(), decision=decision()), now=NOW)
    assert "*Tom* approved this, it goes out at <!date^" in seen(made.blocks)
    assert "It is! Bright." in seen(made.blocks)
    assert labels(made.blocks) == ["Undo"]


def test_sending_has_nothing_to_press() -> None:
    """While the request is on its way, nobody can change anything."""
    made = card(facts(_S.SENDING, reply=reply(), decision=decision()), now=NOW)
    assert labels(made.blocks) == []
    assert "going out" in seen(made.blocks)


def test_unknown_looks_first_then_asks() -> None:
    """Send anyway appears only after the looks are over, and asks whether one is sure."""
    looking = card(facts(_S.UNKNOWN, reply=reply(looks=1)), now=NOW)
    assert labels(looking.blocks) == []
    assert "Looking on X" in seen(looking.blocks)
    over = card(facts(_S.UNKNOWN, reply=reply(looks=3)), now=NOW)
    assert labels(over.blocks) == ["Check again", "Send anyway"]
    assert button(over.blocks, "Send anyway")["confirm"]["style"] == "danger"
    duplicate = card(facts(_S.UNKNOWN, reply=reply(looks=3, duplicate=True)), now=NOW)
    assert labels(duplicate.blocks) == ["Check again", "Edit…"]


def test_by_hand_gives_the_text_to_copy_and_the_way_to_x() -> None:
    """The text stands in a preformatted block, the link carries it, X's reason is told."""
    used = facts(_S.BY_HAND, lane=Lane.BY_HAND, decision=decision(text="Try & see? 100%"))
    made = card(used, now=NOW)
    block = next(p for p in walk(made.blocks) if p.get("type") == "rich_text_preformatted")
    assert block["elements"][0]["text"] == "Try & see? 100%"
    link = button(made.blocks, "Open reply on X")
    assert link["url"] == (
        "https://x.com/intent/tweet?in_reply_to=1900&text=Try%20%26%20see%3F%20100%25"
    )
    assert labels(made.blocks) == ["Open reply on X", "I posted it", "Back"]
    fallen = card(
        facts(_S.BY_HAND, reply=reply(), reason="Ann lets only followers reply."), now=NOW
    )
    assert "Ann lets only followers reply." in seen(fallen.blocks)


def test_intent_link_leaves_out_a_text_too_long_for_slack() -> None:
    """A reply of long emoji would break Slack's limit on addresses: the link opens without."""
    text = "👩🏽‍❤️‍💋‍👨🏿" * 100
    made = card(facts(_S.BY_HAND, decision=decision(text=text)), now=NOW)
    assert button(made.blocks, "Open reply on X")["url"].endswith("in_reply_to=1900")


def test_answered_shrinks_to_what_happened() -> None:
    """After sending: who, when, the text, the link to our reply, and no button."""
    sent = reply(state=ReplyState.SENT, post_id="1999")
    made = card(facts(_S.ANSWERED, reply=sent, decision=decision()), now=NOW)
    assert labels(made.blocks) == []
    assert "*Tom* replied <!date^" in seen(made.blocks)
    assert "<https://x.com/copperkettle/status/1999|View on X>" in seen(made.blocks)
    assert len(made.blocks) == 3
    by_hand = facts(_S.ANSWERED, decision=decision(DecisionKind.POSTED, text="Yes."))
    assert "*Tom* posted a reply by hand" in seen(card(by_hand, now=NOW).blocks)


def test_ended_cards_offer_the_way_back_where_there_is_one() -> None:
    """Skipped and expired can come back; a post that is gone shows none of its words."""
    skipped = card(facts(_S.SKIPPED, decision=decision(DecisionKind.SKIP)), now=NOW)
    assert "*Tom* skipped this" in seen(skipped.blocks)
    assert labels(skipped.blocks) == ["Bring back"]
    assert labels(card(facts(_S.EXPIRED), now=NOW).blocks) == ["Bring back"]
    gone = card(facts(_S.GONE), now=NOW)
    assert labels(gone.blocks) == []
    assert "ethiopian" not in gone.text + seen(gone.blocks)


def test_failed_says_why_and_lets_people_try_again() -> None:
    """A refusal is told in plain words with another try, an edit and Skip."""
    made = card(facts(_S.FAILED, reply=reply(), reason="X says the text is too long."), now=NOW)
    assert "X says the text is too long." in seen(made.blocks)
    assert labels(made.blocks) == ["Try again", "Edit…", "Skip"]
    assert button(made.blocks, "Try again")["action_id"] == "retry"
