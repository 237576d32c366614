"""`/greenroom pause` and `/greenroom resume`."""

from handlers.entry.command_request import CommandRequest, Shown
from handlers.entry.context import HandlerContext
from handlers.team import pausing


def pause_asked(ctx: HandlerContext, asked: CommandRequest) -> Shown:
    """Pause everything that happens by itself."""
    return pausing.pause(ctx, asked.member)


def resume_asked(ctx: HandlerContext, asked: CommandRequest) -> Shown:
    """Go on."""
    return pausing.resume(ctx, asked.member)
