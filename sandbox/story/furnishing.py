"""Filling a practice room from a story: who works there, and the past week on X."""

from datetime import timedelta
from typing import Any

from sandbox.slack.people import NEIGHBOUR_TEAM_ID, TEAM_ID, SlackUser
from sandbox.slack.state import SlackState
from sandbox.story.parts import Story, StoryArrival, StoryPost
from sandbox.x.state import XState


def slack_of(story: Story | None) -> SlackState:
    """Make the practice workspace of a story, or the usual one."""
    if story is None:
        return SlackState()
    members = [
        SlackUser(
            member.id,
            member.name,
            member.role,
            member.tz,
            member.title,
            NEIGHBOUR_TEAM_ID if member.role == "outsider" else TEAM_ID,
        )
        for member in story.members
    ]
    return SlackState(members=members, channel_name=story.channel)


def x_of(story: Story | None) -> tuple[XState, dict[str, str]]:
    """Make the practice X of a story, or an empty one.

    Returns:
        The state, and each past post's id by its key in the story.
    """
    if story is None:
        return XState(), {}
    account = story.account
    x = XState(account.handle, name=account.name)
    for person in (account, *story.people):
        x.add_person(person.handle, person.name, person.followers, person.bio, person.protected)
    ids: dict[str, str] = {}
    opening = x.clock()
    for post in sorted(story.posts, key=lambda post: -post.hours_ago):
        made = x.add_post(
            post.author,
            post.text,
            created_at=opening - timedelta(hours=post.hours_ago),
            **references(post, ids),
        )
        ids[post.key] = made.id
    return x, ids


def references(post: StoryPost | StoryArrival, ids: dict[str, str]) -> dict[str, Any]:
    """Find the posts that one post of a story answers or quotes, by id."""
    return {
        "in_reply_to": ids[post.in_reply_to] if post.in_reply_to else None,
        "quote": ids[post.quote] if post.quote else None,
    }
