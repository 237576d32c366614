"""Put one of our messages into Slack at most once, and keep it as it should look.

Each message has a key of ours in its metadata. Before the request the attempt is stored;
an attempt without a known place is looked for in the channel before another is made.
"""

import hashlib
import json

from errors import SlackError, SlackUncertain
from jobs.engine.context import JobContext
from storage.db.restored import unknown_since
from storage.slack import messages
from storage.slack.messages import PlacedMessage
from storage.team import health
from views.blocks.message import Message


def post_once(
    ctx: JobContext,
    key: str,
    message: Message,
    *,
    thread_ts: str | None = None,
    channel: str | None = None,
) -> str:
    """Post the message, or update it where it stands; return its ts.

    It goes into the room's own channel unless another is given.

    Raises:
        SlackError: nothing is lost, the job places it again later.
    """
    with ctx.db.write() as tx:
        placed = messages.reserve(
            tx, key, channel=channel or ctx.channel, thread_ts=thread_ts, at=ctx.now()
        )
        # After a restore it may stand there though this database never heard of it.
        since = placed.attempted_at or unknown_since(tx, ctx.now())
    ts = placed.ts
    if ts is None and since is not None:
        ts = ctx.slack.find(
            placed.channel, key=key, since=ctx.looked_for_since(since), thread_ts=thread_ts
        )
    digest = _digest(message)
    if ts is None:
        ts = _post(ctx, placed, message)
    elif placed.digest != digest:
        ts = _update(ctx, placed, ts, message)
    if placed.ts != ts or placed.digest != digest:
        with ctx.db.write() as tx:
            known = messages.placed(tx, key, ts, digest)
            health.worked(tx, health.SLACK, ctx.now())
        if not known:
            # Whoever it is about was forgotten meanwhile: nobody else would take it away.
            ctx.slack.delete(placed.channel, ts)
    return ts


def _update(ctx: JobContext, placed: PlacedMessage, ts: str, message: Message) -> str:
    """Update the message where it stands; post it anew when somebody deleted it in Slack."""
    try:
        ctx.slack.update(placed.channel, ts, text=message.text, blocks=message.blocks)
    except SlackError as error:
        if error.code != "message_not_found":
            raise
        return _post(ctx, placed, message)
    return ts


def _post(ctx: JobContext, placed: PlacedMessage, message: Message) -> str:
    with ctx.db.write() as tx:
        messages.attempt(tx, placed.key, ctx.now())
    try:
        return ctx.slack.post(
            placed.channel,
            text=message.text,
            blocks=message.blocks,
            key=placed.key,
            thread_ts=placed.thread_ts,
        )
    except SlackUncertain:
        found = ctx.slack.find(
            placed.channel,
            key=placed.key,
            since=ctx.looked_for_since(ctx.started_at),
            thread_ts=placed.thread_ts,
        )
        if found is None:
            raise
        return found


def _digest(message: Message) -> str:
    whole = json.dumps([message.text, message.blocks], sort_keys=True).encode()
    return hashlib.sha256(whole).hexdigest()[:32]
