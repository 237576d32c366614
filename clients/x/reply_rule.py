"""The lane: whether X lets the app send a reply, or only a person."""

from domain import Lane, Post


def decide_lane(post: Post, account_id: str) -> Lane:
    """Decide who may put a reply to this post on X.

    Since 2026-02-23 X lets a self-serve app reply only where the author of the post itself
    mentioned the account or quoted one of its posts (docs.x.com, "Manage Posts"). A reply
    to us whose author took our name out is not enough.
    """
    if post.repost:
        return Lane.BY_HAND
    summoned = account_id in post.mentioned_ids or post.quoted_author_id == account_id
    return Lane.SEND if summoned else Lane.BY_HAND
