"""`/greenroom voice`, `/greenroom set up voice` and `/greenroom playbook`."""

import difflib
from collections.abc import Sequence

from errors import GreenroomError
from handlers.entry.command_request import CommandRequest, Shown
from handlers.entry.context import HandlerContext, Press
from handlers.voice import playbook, voice, voice_offers
from views.blocks.formatting import escape


def voice_asked(ctx: HandlerContext, asked: CommandRequest) -> Shown:
    """Show the voice, or open one of its windows."""
    press = Press(asked.member.id, "", asked.trigger_id, None, None)
    match _plain(asked.words):
        case "":
            return voice.page(ctx)
        case "edit" | "change":
            voice.open_voice(ctx, press, asked.member)
        case "history":
            voice.open_history(ctx, press, asked.member)
        case "set up" | "setup" | "interview":
            voice_offers.open_interview(ctx, press, asked.member)
        case "past" | "from past" | "from past replies" | "from our past replies":
            voice_offers.ask_past_replies(ctx, press, asked.member)
        case other:
            known = ("edit", "history", "set up", "from past")
            raise GreenroomError(
                f"The voice knows no “{escape(other[:40])}”.",
                _nearest(other, known, "voice"),
            )
    return None


def set_up_asked(ctx: HandlerContext, asked: CommandRequest) -> Shown:
    """Open the interview about the voice."""
    if _plain(asked.words).removeprefix("up ") not in {"voice", "our voice", "the voice"}:
        raise GreenroomError(
            "What is to be set up is the voice.", "Write `/greenroom set up voice`."
        )
    press = Press(asked.member.id, "", asked.trigger_id, None, None)
    voice_offers.open_interview(ctx, press, asked.member)
    return None


def playbook_asked(ctx: HandlerContext, asked: CommandRequest) -> Shown:
    """Open the playbook."""
    playbook.show_playbook(ctx, asked.trigger_id, asked.words)
    return None


def _plain(words: str) -> str:
    return words.lower().replace("-", " ")


def _nearest(said: str, known: Sequence[str], under: str) -> str:
    near = difflib.get_close_matches(said, known, n=1)
    if near:
        return f"Did you mean `/greenroom {under} {near[0]}`?"
    return f"Write `/greenroom {under}` to see it."
