"""Kind words that only one member sees, in mrkdwn."""

from collections.abc import Sequence
from datetime import datetime

from domain import DecisionKind, OfferState
from views.blocks.formatting import channel_words, count, excerpt, listed, member_words, slack_date

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
    DecisionKind.ESCALATE: "showed this elsewhere",
    DecisionKind.GIVE_BACK: "gave this back",
    DecisionKind.WRITE: "wrote a reply for this",
}


def already_decided(kind: DecisionKind, *, by: str, at: datetime) -> str:
    """Tell who was first, and when."""
    return f"{excerpt(by, 60)} {_DID[kind]} at {slack_date(at, '{time}')}. The card shows it."


def wants_no_answer(handle: str) -> str:
    """Tell that a person asked not to be answered, and what to do if that is over."""
    return (
        f"@{excerpt(handle, 40)} asked not to be answered, so nothing was sent. "
        f"If that is over, lift it on their page: `/greenroom people @{excerpt(handle, 40)}`."
    )


def moved_on() -> str:
    """Tell that the card has changed since it was looked at."""
    return "This one has moved on since you looked. The card shows where it stands."


def too_late_to_undo() -> str:
    """Tell that an approved reply is out of reach."""
    return "It is on its way to X already, so I could not take it back. You can delete it on X."


def trying(query: str) -> str:
    """Tell that a query is being tried before anybody listens to it."""
    return f"Trying it on X first: {excerpt(query, 520)}. What it finds is shown here in a moment."


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
    """Tell that a person will not come up again, and how that is taken back."""
    shown = excerpt(handle, 40)
    return (
        f"@{shown} will not come up here any more. To hear from them again, write "
        f"`/greenroom people @{shown}` and press *Unmute*."
    )


def paused_watch(label: str) -> str:
    """Tell that a watch rests, and how it is woken."""
    shown = excerpt(label, 60)
    return f"The watch “{shown}” rests now. `/greenroom watch resume {shown}` lets it listen again."


def only_by_hand() -> str:
    """Refuse kindly to send where X takes a reply from nobody but a person."""
    return (
        "X lets only a person answer this one, so nothing was sent. "
        "The card offers the text to post by hand."
    )


def other_words_now() -> str:
    """Refuse kindly to send words that no longer stand on the card."""
    return "Other words stand there now. Look at the card, which shows the newest, and decide anew."


def own_words() -> str:
    """Refuse kindly that somebody approves what they wrote themself."""
    return (
        "These are your own words, at least in part, and here somebody else approves those. "
        "They stand on the card for the next pair of eyes."
    )


def unknown_words() -> str:
    """Refuse kindly that one person approves words of which nobody knows whose they are."""
    return (
        "Nobody knows whose words these are, so it takes two people: hand them in with *Edit…*, "
        "and somebody else approves them. *Other ideas…* brings new ones."
    )


def nobody_else(name: str) -> str:
    """Say on the card that what a member wrote cannot be approved yet; the card escapes it."""
    return (
        f"{name} wrote this, and somebody else has to approve it, but nobody else can yet. An "
        "admin can name another approver, or switch this off, in Greenroom's Home tab."
    )


def too_late_to_sleep() -> str:
    """Refuse to snooze until a time that is past; plain, for a window."""
    return "That time is past already. Pick one that is still to come."


def too_far_away() -> str:
    """Refuse to snooze for more than a year; plain, for a window."""
    return "That is more than a year away. Pick a time that is nearer."


def nowhere_else() -> str:
    """Tell that no other channel is chosen yet, and how one is."""
    return (
        "No channel is chosen for this yet. An admin can choose one in Greenroom's Home tab, "
        "under Settings."
    )


def gone_to_nowhere() -> str:
    """Tell that there is no post left to show."""
    return "That post is gone from X, so there is nothing left to show."


def shared_channel(channel: str) -> str:
    """Refuse to show a card where another company reads along."""
    return (
        f"{channel_words(channel)} is shared with another company, so nothing was shown there. "
        "An admin can choose another channel in Greenroom's Home tab."
    )


def not_in_channel(channel: str) -> str:
    """Tell that the bot cannot post in a channel, and what helps."""
    return (
        f"I am not in {channel_words(channel)}, so nothing was shown there. Invite me with "
        "`/invite` in that channel and press again."
    )


def showing_failed(channel: str, sentence: str) -> str:
    """Tell that Slack did not take the copy."""
    return f"Nothing was shown in {channel_words(channel)}: {excerpt(sentence, 300)}"


def cannot_take() -> str:
    """Tell that the member who was chosen may not decide; plain, for a window."""
    return "They cannot decide here, so this cannot be theirs. Pick one of the approvers."


def not_theirs_to_give_back(assignee: str) -> str:
    """Tell whose it is, and what can be done all the same."""
    whose = member_words(assignee) if assignee else "the one who has it"
    return f"Only {whose} can give this back. You can still answer it, or assign it to somebody."


def gave_back(name: str) -> str:
    """Say on the card who gave it back; the card escapes it."""
    return f"{name} gave this back."


def fact_settled(by: str) -> str:
    """Tell that somebody decided on an offered fact already."""
    return f"{excerpt(by, 60)} decided on that already. The thread shows it."
