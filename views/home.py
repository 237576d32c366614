"""The Home tab: what waits, how we talk, and what is listened to."""

from collections.abc import Mapping, Sequence
from typing import Any

from slack_sdk.models.views import View

from domain import MentionKind, MentionState, SavedVoice, Voice, Watch
from views.actions import ActionId
from views.pieces import AnyBlock, actions, button, context, plain_section, section
from views.voice_page import version_line
from views.words import count, excerpt

_S = MentionState
_SHOWN_WATCHES = 20
_COUNTED = [
    (_S.WAITING, "waiting for a decision"),
    (_S.HANDED_OVER, "handed over"),
    (_S.SNOOZED, "snoozed"),
    (_S.BY_HAND, "to be posted by hand"),
    (_S.UNKNOWN, "unconfirmed"),
    (_S.FAILED, "did not go out"),
]


def home(
    *,
    account_handle: str,
    counts: Mapping[MentionState, int],
    watches: Sequence[Watch],
    saved: SavedVoice | None,
    notices: Sequence[str] = (),
    practice: bool = False,
) -> dict[str, Any]:
    """Build the Home tab; `notices` are the sentences of what holds Greenroom up now."""
    voice = saved.voice if saved else Voice()
    blocks: list[AnyBlock | None] = [
        section(f"*Greenroom for @{excerpt(account_handle, 40)}*"),
        context("Practice: nobody outside this room sees anything.") if practice else None,
        *(context(f"⚠️ {excerpt(sentence, 300)}") for sentence in notices),
        section(waiting_line(counts)),
        section("*How we talk*", button("Say how we talk", ActionId.SAY_HOW_WE_TALK)),
        context(version_line(saved)),
        plain_section(voice.who) if voice.who else context("Not said yet."),
        plain_section(voice.how) if voice.how else None,
        context(f"{count(len(voice.facts), 'fact')} that suggestions may state"),
        actions(
            button("Set up by six questions", ActionId.SET_UP_VOICE),
            button("Playbook", ActionId.EDIT_PLAYBOOK),
        ),
        section("*What we listen to*", button("Add a watch", ActionId.ADD_WATCH)),
        *(context(watch_line(watch)) for watch in watches[:_SHOWN_WATCHES]),
    ]
    kept = [block for block in blocks if block is not None]
    built: dict[str, Any] = View(type="home", blocks=kept).to_dict()
    return built


def closed_home(words: str) -> dict[str, Any]:
    """Build the Home tab of somebody who may not decide."""
    built: dict[str, Any] = View(type="home", blocks=[section(excerpt(words, 300))]).to_dict()
    return built


def waiting_line(counts: Mapping[MentionState, int]) -> str:
    """Say what waits, in one line."""
    parts = [f"{counts[state]:,} {words}" for state, words in _COUNTED if counts.get(state)]
    return ", ".join(parts) if parts else "Nothing waits. Put the kettle on."


def watch_line(watch: Watch) -> str:
    """Say what a watch listens to, in mrkdwn."""
    rest = " (rests)" if watch.paused else ""
    if watch.kind is MentionKind.MENTION:
        return f"*{excerpt(watch.label, 60)}*{rest}: everybody who mentions the account"
    query = excerpt(watch.query, 200)
    return f"*{excerpt(watch.label, 60)}*{rest}: {query} · up to {count(watch.cap, 'post')} a day"
