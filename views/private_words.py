"""Kind words that only one member sees, in mrkdwn."""

from collections.abc import Sequence
from datetime import datetime

from domain import DecisionKind, OfferState
from views.words import count, excerpt, listed, member_words, slack_date

_DID = {
    DecisionKind.APPROVE: "approved this",
    DecisionKind.EDIT: "approved this with other words",
    DecisionKind.SKIP: "skipped this",
    DecisionKind.SNOOZE: "snoozed this",
    DecisionKind.HAND_OVER: "handed this over",
    DecisionKind.UNDO: "took this back",
    DecisionKind.USE: "is posting this by hand",
    DecisionKind.POSTED: "posted this by hand",
    DecisionKind.STEER: "asked for other ideas",
    DecisionKind.MUTE: "muted this person",
    DecisionKind.PAUSE_WATCH: "paused the watch",
    DecisionKind.CHECK_AGAIN: "is looking on X for this",
    DecisionKind.SEND_ANYWAY: "sent this once more",
    DecisionKind.BRING_BACK: "brought this back",
}
_NAMED = 3


def only_approvers(names: Sequence[str]) -> str:
    """Tell a member kindly that others decide, and whom to ask."""
    shown = [excerpt(name, 40) for name in names[:_NAMED]]
    ask = f": ask {listed(shown)}" if shown else ""
    return f"Thank you for caring! Only approvers can decide what goes out{ask}."


def already_decided(kind: DecisionKind, *, by: str, at: datetime) -> str:
    """Tell who was first, and when."""
    return f"{excerpt(by, 60)} {_DID[kind]} at {slack_date(at, '{time}')}. The card shows it."


def moved_on() -> str:
    """Tell that the card has changed since it was looked at."""
    return "This one has moved on since you looked. The card shows where it stands."


def too_late_to_undo() -> str:
    """Tell that an approved reply is out of reach."""
    return "It is on its way to X already, so I could not take it back. You can delete it on X."


def who_approves(names: Sequence[str], *, listed_in_settings: bool) -> str:
    """Tell who may decide, and how to change that."""
    change = "To change it, set SLACK_APPROVERS and start Greenroom again."
    if not listed_in_settings:
        return (
            "Every full member of this channel may approve; guests and people of other "
            f"companies may not. {change}"
        )
    shown = listed([excerpt(name, 40) for name in names], last="and") or "Nobody yet"
    return f"{shown} may approve. {change}"


def saved_voice(version: int, changed: str) -> str:
    """Thank for the voice, and say what became of it."""
    what = f": {excerpt(changed, 300)}" if changed else ""
    return f"Saved as version {version}{what}. The next suggestions talk like this."


def voice_unchanged() -> str:
    """Tell that there was nothing to save."""
    return "Nothing was changed, so nothing was saved."


def reading_past(handle: str) -> str:
    """Tell that the past replies are being read."""
    return (
        f"Reading what @{excerpt(handle, 40)} replied before; I show you here what I find. "
        "Nothing changes until you take it."
    )


def offer_settled(state: OfferState, by_member: str | None) -> str:
    """Tell what became of an offered voice already, and by whom."""
    what = {OfferState.TAKEN: "was taken", OfferState.LEFT: "was left"}.get(state)
    who = f" by {member_words(by_member)}" if by_member else ""
    return f"That voice {what}{who} already." if what else "A newer voice is offered instead."


def left_voice() -> str:
    """Tell that the voice stays."""
    return "Left. The voice stays as it is."


def saved_occasion(name: str, number: int) -> str:
    """Tell that an occasion of the playbook is saved."""
    shown = excerpt(name.replace("_", " "), 60)
    return f"Saved “{shown}” with {count(number, 'answer')}. The next suggestions use it."


def removed_occasion(name: str) -> str:
    """Tell that an occasion of the playbook is gone."""
    return f"“{excerpt(name.replace('_', ' '), 60)}” is out of the playbook."


def watching(label: str) -> str:
    """Tell that a new watch listens."""
    return f"Listening for “{excerpt(label, 60)}” from now on."


def muted(handle: str) -> str:
    """Tell that a person will not come up again."""
    return f"@{excerpt(handle, 40)} will not come up here any more."


def paused_watch(label: str) -> str:
    """Tell that a watch rests."""
    return f"The watch “{excerpt(label, 60)}” rests now."


def trouble(sentence: str) -> str:
    """Tell that something went wrong; `sentence` is an error's `for_person()`."""
    return excerpt(sentence, 600)
