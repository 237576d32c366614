"""The team's settings in words: their names, their values, who changed them, and pauses."""

from views.words import escape, excerpt


def paused_sentence(by: str) -> tuple[str, str]:
    """Tell the channel and Home that somebody paused: what happened, and what that means.

    Both are plain; who shows them escapes them.
    """
    return (
        f"{by} paused Greenroom: nothing is read from X and nothing is drafted.",
        "Approved replies still go out. `/greenroom resume` lets it go on.",
    )


def resumed_sentence(by: str) -> str:
    """Tell the channel that it goes on; plain."""
    return f"{by} resumed Greenroom. What people wrote meanwhile comes now."


def paused_now() -> str:
    """Answer who paused."""
    return (
        "Paused. Nothing is read from X and nothing is drafted until somebody writes "
        "`/greenroom resume`. Replies that somebody approves still go out."
    )


def resumed_now() -> str:
    """Answer who resumed."""
    return "Greenroom goes on. What people wrote meanwhile comes in a moment."


def paused_already(by: str) -> str:
    """Answer who paused what rests already."""
    return f"{excerpt(by, 60)} paused it already. `/greenroom resume` lets it go on."


def runs_already() -> str:
    """Answer who resumed what is not paused."""
    return "Greenroom is not paused."


def not_an_admin() -> str:
    """Tell who may not change the settings who may."""
    return escape(
        "Settings can be changed by the workspace's owners and admins, and by the members who "
        "are named as approvers. Ask one of them."
    )
