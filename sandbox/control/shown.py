"""How the control API shows posts, messages, views and members."""

from typing import Any

from sandbox.slack.messages import SlackMessage
from sandbox.slack.people import SlackUser
from sandbox.slack.state import SlackState
from sandbox.slack.views import OpenView
from sandbox.x.state import XPost, XState


def shown_post(post: XPost, x: XState) -> dict[str, Any]:
    """Show a post on X; `text` is what its author wrote, `full_text` what X's API answers."""
    person = x.person(post.author_id) or x.account
    return {
        "id": post.id,
        "author": post.author,
        "text": post.text,
        "full_text": post.full_text,
        "in_reply_to": post.in_reply_to,
        "quote": post.quote,
        "conversation_id": post.conversation_id,
        "created_at": post.created_at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "ours": post.author_id == x.account.id,
        "deleted": post.deleted,
        "likes": post.likes,
        "name": person.name,
        "followers": person.followers,
        "picture": f"{x.public_url}/avatars/{person.handle}.png",
        "url": f"{x.public_url}/x/{person.handle}/status/{post.id}",
    }


def shown_message(message: SlackMessage, slack: SlackState) -> dict[str, Any]:
    """Show a Slack message as it stands; `author` is a member's id, or `bot`."""
    member = slack.members[message.author]
    shown: dict[str, Any] = {
        "ts": message.ts,
        "thread_ts": message.thread_ts,
        "channel": message.channel,
        "with_member": getattr(slack.channels.get(message.channel), "with_member", None),
        "author": "bot" if message.by_bot else message.author,
        "name": member.name,
        "picture": f"{slack.base_url}/avatars/{member.handle}.png",
        "text": message.text,
        "blocks": message.blocks,
        "ephemeral_to": message.ephemeral_to,
        "metadata": message.metadata,
        "edited": message.edited,
        "broadcast": message.broadcast,
    }
    for name in ("attachments", "files", "reactions"):
        if getattr(message, name):
            shown[name] = getattr(message, name)
    if message.typed:
        shown["values"] = message.typed
    return shown


def shown_view(view: OpenView) -> dict[str, Any]:
    """Show an open modal or Home tab."""
    shown: dict[str, Any] = {
        "view_id": view.id,
        "member": view.member,
        "type": view.kind,
        "view": view.as_slack(),
    }
    if view.errors:
        shown["errors"] = view.errors
    return shown


def shown_member(member: SlackUser, slack: SlackState) -> dict[str, Any]:
    """Show a member of the workspace."""
    return {
        "id": member.id,
        "name": member.name,
        "role": member.role,
        "title": member.title,
        "tz": member.tz,
        "picture": f"{slack.base_url}/avatars/{member.handle}.png",
    }
