"""The *History* window: the last versions of the voice, each with who, when and what."""

from collections.abc import Sequence
from typing import Any

from slack_sdk.models.blocks import ConfirmObject

from domain import SavedVoice
from views.blocks.action_ids import ActionId, ViewId
from views.blocks.blocks import AnyBlock, button, context, plain, section
from views.blocks.form import modal
from views.blocks.formatting import excerpt, slack_date
from views.voice.voice_page import saver

#: How many versions the window shows.
SHOWN = 20


def history_modal(versions: Sequence[SavedVoice]) -> dict[str, Any]:
    """Build the window; the first of the versions is the one that counts."""
    blocks: list[AnyBlock | None] = [
        context(
            "Bringing a version back saves it as a new one: nothing is lost."
            if len(versions) > 1
            else "The voice as it was first said."
        )
    ]
    blocks += [
        section(_words(saved, counts=not place), None if not place else _bring_back(saved))
        for place, saved in enumerate(versions[:SHOWN])
    ]
    return modal(ViewId.VOICE_HISTORY, title="How we talked before", submit=None, blocks=blocks)


def _words(saved: SavedVoice, *, counts: bool) -> str:
    now = ", what counts now" if counts else ""
    changed = excerpt(saved.changed, 300) or "what changed was not noted"
    when = slack_date(saved.at)
    return f"*Version {saved.voice.version}*{now}\n{saver(saved)}, {when}: {changed}"


def _bring_back(saved: SavedVoice) -> Any:
    number = str(saved.voice.version)
    confirm = ConfirmObject(
        title=plain(f"Bring back version {number}?"),
        text=plain("Suggestions talk like it from now on. The version of today stays in here."),
        confirm=plain("Bring it back"),
        deny=plain("Not now"),
    )
    return button("Bring back this version", ActionId.BRING_VOICE_BACK, number, confirm=confirm)
