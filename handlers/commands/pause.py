"""`/greenroom pause` and `/greenroom resume`."""

from handlers import pausing
from handlers.commands.asked import Asked, Shown
from handlers.desk import Desk


def pause_asked(desk: Desk, asked: Asked) -> Shown:
    """Pause everything that happens by itself."""
    return pausing.pause(desk, asked.member)


def resume_asked(desk: Desk, asked: Asked) -> Shown:
    """Go on."""
    return pausing.resume(desk, asked.member)
