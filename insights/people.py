"""A person's posts and ours as conversations, and what they come to."""

from collections.abc import Iterable

from domain import Conversation, Post


def talks(posts: Iterable[Post]) -> tuple[Conversation, ...]:
    """Group posts by their conversation on X; the newest conversation first, each oldest first."""
    found: dict[str, list[Post]] = {}
    whose = {post.id: post for post in posts}
    for post in whose.values():
        found.setdefault(_conversation(post, whose), []).append(post)
    each = [sorted(of_one, key=_when) for of_one in found.values()]
    return tuple(Conversation(tuple(posts)) for posts in sorted(each, key=_latest, reverse=True))


def _conversation(post: Post, known: dict[str, Post]) -> str:
    """Return the conversation's id; a reply of ours may know only what it answers."""
    if post.conversation_id:
        return post.conversation_id
    above = known.get(post.in_reply_to_id or "")
    if above is not None and above.conversation_id:
        return above.conversation_id
    return post.in_reply_to_id or post.id


def _when(post: Post) -> tuple[float, int, str]:
    return post.created_at.timestamp(), len(post.id), post.id


def _latest(posts: list[Post]) -> tuple[float, int, str]:
    return _when(posts[-1])
