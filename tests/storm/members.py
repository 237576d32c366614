"""Members who press buttons as people do, also on a Greenroom that is dead or frozen."""

import random
import time
from dataclasses import dataclass, field
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

#: What a card says of which nothing is left to do.
_ENDS = ("replied", "skipped", "seen on X", "Posted by hand on X", "Answered on X already")


Messages = list[dict[str, Any]]

#: So long somebody waits for a card to change before they press it again, in seconds.
_PATIENCE = 1.0
#: What opens the window for a text of one's own.
_WRITING = frozenset({"Edit…", "Write a reply…"})


@dataclass
class Members:
    """The team: who pressed what lately is remembered, since nobody hammers on one card."""

    stage: Stage
    dice: random.Random
    _pressed: dict[str, float] = field(default_factory=dict)

    def press_what_waits(
        self, messages: Messages, *, most: int = 3, only_forward: bool = False
    ) -> int:
        """Press a few buttons; presses that nobody acknowledges are lost, as in Slack.

        `only_forward` takes nothing back any more: the storm is over, and all is to end.
        """
        pressed = 0
        now = time.monotonic()
        cards = [message for message in messages if is_card(message)]
        self.dice.shuffle(cards)
        for card in cards:
            if now - self._pressed.get(card["ts"], -_PATIENCE) < _PATIENCE:
                continue
            words = _choose(self.stage, card, self.dice)
            if words is None or (only_forward and words in _BACK):
                continue
            self._press(card, words)
            self._pressed[card["ts"]] = now
            pressed += 1
            if pressed >= most:
                break
        return pressed

    def _press(self, card: dict[str, Any], words: str) -> None:
        stage = self.stage
        member = self.dice.choice([stage.maya, stage.tom])
        if words in _WRITING:
            _write(stage, card, member, words)
            return
        stage.do("click", ts=card["ts"], text=words, member=member)
        if words == "Approve" and self.dice.random() < 0.1:
            # Two press at once.
            stage.do("click", ts=card["ts"], text=words, member=stage.tom)


def show_what_is_folded(stage: Stage, messages: Messages) -> None:
    """Have everything that an outage folded away shown."""
    for message in messages:
        if "Show more" in shown(message):
            stage.do("click", ts=message["ts"], text="Show more", member=stage.maya)


def open_cards(messages: Messages) -> list[str]:
    """Return the words of the cards on which something is still to do."""
    return [
        message["text"]
        for message in messages
        if is_card(message) and not _has_ended(shown(message))
    ]


def _write(stage: Stage, card: dict[str, Any], member: str, words: str) -> None:
    """Change a text that X took for a duplicate, or write one where nothing fits.

    A dead window is let go.
    """
    stage.do("click", ts=card["ts"], text=words, member=member)
    window = _window(stage, member)
    if window is None:
        return
    text = f"Let me ask, and tell you here. ({card['ts'][-4:]})"
    for _ in range(2):
        # Words that a check minds are sent by a second press.
        stage.submit(window, {"edit_text": text}, member)
        if all(view["view_id"] != window["view_id"] for view in stage.get("views")):
            return
    # A window whose card was decided meanwhile stays with the words: whoever wrote them closes it.
    stage.do("close", view_id=window["view_id"], member=member)


def _window(stage: Stage, member: str) -> dict[str, Any] | None:
    """Return the member's window once it opens; None where it does not: a press is acknowledged before."""
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        for view in stage.get("views"):
            if view["member"] == member and view["type"] == "modal":
                return dict(view)
        time.sleep(0.05)
    return None


def _has_ended(words: str) -> bool:
    return any(end in words for end in _ENDS)


def is_card(message: dict[str, Any]) -> bool:
    """Tell whether a message is a mention's card."""
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
    if "Approve" in words:
        return "Skip" if dice.random() < 0.04 else "Approve"
    if "Write a reply…" in words:
        return "Skip" if dice.random() < 0.04 else "Write a reply…"
    return None
