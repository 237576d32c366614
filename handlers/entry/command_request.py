"""What was asked for with the slash command, and what is shown for it."""

from dataclasses import dataclass

from handlers.entry.access import Member
from views.blocks.message import Message


@dataclass(frozen=True, slots=True)
class CommandRequest:
    """What was asked for after the subcommand's word, by whom, and where.

    A window opens by `trigger_id`; `channel` is where the command was typed.
    """

    words: str
    member: Member
    trigger_id: str
    channel: str | None = None


@dataclass(frozen=True, slots=True)
class Public:
    """A message that the whole channel sees, because who asked said so."""

    message: Message


#: What is shown to who asked; None where a window opened or a job answers.
Shown = str | Message | Public | None
