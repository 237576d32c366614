"""Members who press buttons as people do, also on a Greenroom that is dead or frozen."""

import random
from typing import Any

from tests.stage import Stage, shown


def press_what_waits(stage: Stage, dice: random.Random, *, most: int = 3) -> int:
    """Press a few buttons; presses that nobody acknowledges are lost, as in Slack."""
    pressed = 0
    cards = [message for message in stage.messages() if _is_card(message)]
    dice.shuffle(cards)
    for card in cards:
        words = _choose(stage, card, dice)
        if words is None:
            continue
        member = dice.choice([stage.maya, stage.tom])
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
    if "Try again" in words:
        return "Try again"
    if "| Undo" in words:
        return "Undo" if dice.random() < 0.03 else None
    if "Bring back" in words:
        return "Bring back" if dice.random() < 0.05 else None
    if "Approve" not in words:
        return None
    return "Skip" if dice.random() < 0.04 else "Approve"
