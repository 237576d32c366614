"""Members who press buttons as people do, also on a Greenroom that is dead or frozen."""

import random
from typing import Any

from tests.stage import Stage, shown

_BACK = frozenset({"Undo", "Bring back", "Skip"})
#: What members do when a card shows a word, and how often they do.
_HABITS = (
    ("Change a word or two", "Edit…", 1.0),
    ("Try again", "Try again", 1.0),
    ("| Undo", "Undo", 0.03),
    ("Bring back", "Bring back", 0.05),
)


def press_what_waits(
    stage: Stage, dice: random.Random, *, most: int = 3, only_forward: bool = False
) -> int:
    """Press a few buttons; presses that nobody acknowledges are lost, as in Slack.

    `only_forward` takes nothing back any more: the storm is over, and all is to end.
    """
    pressed = 0
    cards = [message for message in stage.messages() if _is_card(message)]
    dice.shuffle(cards)
    for card in cards:
        words = _choose(stage, card, dice)
        if words is None or (only_forward and words in _BACK):
            continue
        member = dice.choice([stage.maya, stage.tom])
        if words == "Edit…":
            _say_it_otherwise(stage, card, member)
            pressed += 1
            continue
        stage.do("click", ts=card["ts"], text=words, member=member)
        pressed += 1
        if words == "Approve" and dice.random() < 0.1:
            # Two press at once.
            stage.do("click", ts=card["ts"], text=words, member=stage.tom)
        if pressed >= most:
            break
    return pressed


def show_what_is_folded(stage: Stage) -> None:
    """Have everything that an outage folded away shown."""
    for message in stage.messages():
        if "Show more" in shown(message):
            stage.do("click", ts=message["ts"], text="Show more", member=stage.maya)


def open_cards(stage: Stage) -> list[str]:
    """Return the words of the cards on which something is still to do."""
    return [
        message["text"]
        for message in stage.messages()
        if _is_card(message) and not _has_ended(shown(message))
    ]


def _say_it_otherwise(stage: Stage, card: dict[str, Any], member: str) -> None:
    """Change a text that X took for a duplicate, as the card asks; a dead window is let go."""
    stage.do("click", ts=card["ts"], text="Edit…", member=member)
    window = next((v for v in stage.get("views") if v["member"] == member), None)
    if window is None or window["type"] != "modal":
        return
    words = f"Let me ask, and tell you here. ({card['ts'][-4:]})"
    for _ in range(2):
        # Words that a check minds are sent by a second press.
        if not stage.submit(window, {"edit_text": words}, member).get("errors"):
            return


def _has_ended(words: str) -> bool:
    return "replied" in words or "skipped" in words or "seen on X" in words


def _is_card(message: dict[str, Any]) -> bool:
    payload = (message.get("metadata") or {}).get("event_payload") or {}
    return str(payload.get("key", "")).startswith("card:")


def _choose(stage: Stage, card: dict[str, Any], dice: random.Random) -> str | None:
    words = shown(card)
    if "Send anyway" in words:
        # As the card asks: look at X first, and send again only what is not there.
        post = str(card["metadata"]["event_payload"]["key"]).removeprefix("card:")
        there = bool(stage.replies_to(post))
        return "Check again" if there or dice.random() < 0.4 else "Send anyway"
    for mark, button, chance in _HABITS:
        if mark in words:
            return button if dice.random() < chance else None
    return ("Skip" if dice.random() < 0.04 else "Approve") if "Approve" in words else None
