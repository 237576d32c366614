"""`/greenroom pause` and `/greenroom resume`."""

from handlers.entry.command_request import Asked, Shown
from handlers.entry.context import Desk
from handlers.team import pausing


def pause_asked(desk: Desk, asked: Asked) -> Shown:
    """Pause everything that happens by itself."""
    return pausing.pause(desk, asked.member)


def resume_asked(desk: Desk, asked: Asked) -> Shown:
    """Go on."""
    return pausing.resume(desk, asked.member)
