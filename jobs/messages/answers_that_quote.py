"""Answers that show posts: where they stand is noted, so that a post that is gone goes from them."""

from jobs.engine.context import JobContext
from jobs.messages.post_once import post_once
from storage.slack.quoting_messages import note_quotes
from views.blocks.message import Message
from views.talking.shown_posts import cards_shown, ids_shown


def place_answer(
    ctx: JobContext,
    key: str,
    message: Message,
    *,
    channel: str | None = None,
    thread_ts: str | None = None,
) -> str:
    """Place a message that may quote posts, and note which; return its ts."""
    with ctx.db.write() as tx:
        note_quotes(tx, key, ids_shown(message), cards_shown(message))
    return post_once(ctx, key, message, channel=channel, thread_ts=thread_ts)
