"""Questions: in a direct message, in Slack's agent view, or by naming us in the channel."""

import html
from collections.abc import Callable, Mapping
from typing import Any

import patterns as re
from errors import NotAllowed, SlackError
from handlers.entry.access import Right
from handlers.entry.context import HandlerContext
from handlers.entry.error_boundary import guarded
from handlers.entry.permissions import HEARD, Heard
from storage.db.ids import new_id
from storage.queue.enqueue_answers import enqueue_answer
from storage.slack import threads

_NAMED = re.compile(r"<@[UW][A-Z0-9]{1,30}(?:\|[^<>]{0,200})?>")
_MOST_WORDS = 2000
#: So much is looked at before anybody's right to ask is: an escaped sign is longer than a sign.
_MOST_WRITTEN = 4 * _MOST_WORDS


def hear_direct(ctx: HandlerContext, event: Mapping[str, Any]) -> None:
    """Take up what a member wrote to us; each message once."""
    thread_ts = str(event.get("thread_ts") or "") or None
    _take_up(ctx, event, thread_ts, HEARD[Heard.QUESTION])


def on_named(ctx: HandlerContext) -> Callable[..., None]:
    """Make the listener for our name in a channel: the answer stands in that thread.

    Below a card it is the thread's own matter.
    """

    def listener(event: Mapping[str, Any]) -> None:
        if event.get("bot_id") or not event.get("user"):
            return
        channel, thread_ts = str(event["channel"]), str(event.get("thread_ts") or "")
        with ctx.db.read() as tx:
            card = thread_ts and threads.mention_of_thread(tx, channel, thread_ts)
        if not card:
            _take_up(ctx, event, thread_ts or str(event["ts"]), HEARD[Heard.NAMED])

    return listener


def _take_up(
    ctx: HandlerContext, event: Mapping[str, Any], thread_ts: str | None, right: Right
) -> None:
    channel, ts, member_id = (str(event[name]) for name in ("channel", "ts", "user"))
    written = str(event.get("text") or "")[:_MOST_WRITTEN]
    words = html.unescape(_NAMED.sub(" ", written)).strip()[:_MOST_WORDS]

    def work() -> None:
        try:
            ctx.access.member_with(right, member_id)
        except NotAllowed as refusal:
            _refuse(ctx, channel, thread_ts, refusal)
            return
        with ctx.db.write() as tx:
            if threads.hear(tx, channel, ts, ctx.now()):
                enqueue_answer(
                    tx,
                    channel=channel,
                    ts=ts,
                    thread_ts=thread_ts,
                    words=words,
                    member_id=member_id,
                    at=ctx.now(),
                )

    guarded(ctx, channel, member_id, work)


def _refuse(ctx: HandlerContext, channel: str, thread_ts: str | None, refusal: NotAllowed) -> None:
    """Say kindly that they are not answered; in a channel nobody else reads it."""
    if not channel.startswith("D"):
        raise refusal
    try:
        ctx.slack.post(
            channel, text=str(refusal), blocks=[], key=f"told:{new_id()}", thread_ts=thread_ts
        )
    except SlackError:
        raise refusal from None
