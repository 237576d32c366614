"""The views.* and assistant.threads.* methods of the practice Slack."""

from typing import Any

from sandbox.block_kit.views import refuse_view
from sandbox.slack.arguments import Arguments
from sandbox.slack.errors import SlackRefusal, refused_blocks
from sandbox.slack.settings import WorkspaceSettings
from sandbox.slack.state import SlackState


def checked_view(settings: WorkspaceSettings, view: Any) -> dict[str, Any]:
    """Return a view that Slack would accept; refuses with invalid_arguments and the reasons."""
    problems = refuse_view(view, charts=settings.charts, knows_file=settings.files.knows)
    if problems:
        raise refused_blocks(problems, "invalid_arguments")
    kept: dict[str, Any] = view
    return kept


def _view(settings: WorkspaceSettings, arguments: Arguments) -> dict[str, Any]:
    view = arguments.json("view")
    if view is None:
        arguments.need("view")
    return checked_view(settings, view)


def _modal(settings: WorkspaceSettings, arguments: Arguments) -> dict[str, Any]:
    view = _view(settings, arguments)
    if view["type"] != "modal":
        raise refused_blocks(["must be a modal [json-pointer:/view/type]"], "invalid_arguments")
    return view


def open_view(
    state: SlackState, settings: WorkspaceSettings, arguments: Arguments
) -> dict[str, Any]:
    """Open a modal for whoever the trigger belongs to: views.open."""
    view = _modal(settings, arguments)
    trigger = state.tickets.exchange(arguments.need("trigger_id"))
    opened = state.views.open(trigger.member, view)
    trigger.opened.append(opened.id)
    state.tell("views")
    return {"view": opened.as_slack()}


def push(state: SlackState, settings: WorkspaceSettings, arguments: Arguments) -> dict[str, Any]:
    """Put a modal on top of another: views.push."""
    view = _modal(settings, arguments)
    trigger = state.tickets.exchange(arguments.need("trigger_id"))
    if trigger.over_view is None:
        raise SlackRefusal("not_found")
    pushed = state.views.push(trigger.member, view)
    trigger.opened.append(pushed.id)
    state.tell("views")
    return {"view": pushed.as_slack()}


def update(state: SlackState, settings: WorkspaceSettings, arguments: Arguments) -> dict[str, Any]:
    """Change an open view: views.update."""
    view = _view(settings, arguments)
    there = state.views.find(arguments.text("view_id"), arguments.text("external_id"))
    if view["type"] != there.kind:
        raise SlackRefusal("invalid_arguments")
    changed = state.views.update(there, view, arguments.text("hash") or None)
    state.tell("views")
    return {"view": changed.as_slack()}


def publish(state: SlackState, settings: WorkspaceSettings, arguments: Arguments) -> dict[str, Any]:
    """Set a member's Home tab: views.publish."""
    member = state.member(arguments.need("user_id"))
    view = _view(settings, arguments)
    if view["type"] != "home":
        raise refused_blocks(["must be a home [json-pointer:/view/type]"], "invalid_arguments")
    home = state.views.publish(member.id, view, arguments.text("hash") or None)
    state.tell("views")
    return {"view": home.as_slack()}


def assistant(
    state: SlackState, settings: WorkspaceSettings, arguments: Arguments
) -> dict[str, Any]:
    """Keep an assistant thread's status, title or prompts: assistant.threads.set…."""
    channel = state.channel(arguments.need("channel_id", "channel_not_found"))
    thread_ts = arguments.text("thread_ts")
    kept = settings.assistant.setdefault(thread_ts, {"channel": channel.id})
    for name in ("status", "title", "prompts", "loading_messages"):
        if arguments.has(name):
            kept[name] = arguments.given[name]
    state.tell("state")
    return {}
