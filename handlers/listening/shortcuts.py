"""*Suggest a reply*, from a message's menu or from anywhere: a link to X becomes a card."""

from collections.abc import Callable, Iterator
from typing import Any

from clients.x.links import posts_linked
from handlers.entry.access import May, Member
from handlers.entry.context import Body, HandlerContext, member_of, part_of, view_of
from handlers.entry.error_boundary import guarded, tell_privately
from handlers.entry.submitting import Submitted, at_fields, submitting
from storage.queue.enqueue_answers import enqueue_post_by_link
from views.listening.link_modal import LINK_BLOCK, link_modal, read_link
from views.listening.post_by_link import no_link, reading


def on_message_shortcut(ctx: HandlerContext, may: May) -> Callable[..., None]:
    """Make the listener of the message's menu: the first link to a post in it is read."""

    def listener(ack: Callable[..., Any], body: Body) -> None:
        ack()
        member_id = member_of(body)
        channel = str(part_of(body, "channel").get("id") or "") or None

        def work() -> None:
            member = may(member_id)
            found = posts_linked("\n".join(_addresses(part_of(body, "message"))))
            if found:
                _bring(ctx, member, found[0], channel)
            told = reading(len(found) - 1) if found else no_link()
            tell_privately(ctx, channel, member_id, told)

        guarded(ctx, channel, member_id, work)

    return listener


def on_global_shortcut(ctx: HandlerContext, may: May) -> Callable[..., None]:
    """Make the listener that opens the window for a link."""

    def listener(ack: Callable[..., Any], body: Body) -> None:
        ack()
        member_id = member_of(body)

        def work() -> None:
            may(member_id)
            ctx.slack.open_modal(str(body.get("trigger_id", "")), link_modal())

        guarded(ctx, None, member_id, work)

    return listener


def on_link(ctx: HandlerContext, may: May) -> Callable[..., None]:
    """Make the listener for the submitted window."""

    def store(member: Member, body: Body) -> Submitted:
        found = posts_linked(read_link(view_of(body)))
        if not found:
            return at_fields({LINK_BLOCK: no_link()})
        _bring(ctx, member, found[0], None)
        return Submitted({}, reading(len(found) - 1))

    return submitting(ctx, store, may=may, field=lambda _: LINK_BLOCK)


def _bring(ctx: HandlerContext, member: Member, post_id: str, channel: str | None) -> None:
    with ctx.db.write() as tx:
        enqueue_post_by_link(
            tx,
            post_id,
            member_id=member.id,
            member_name=member.name,
            channel=channel,
            at=ctx.now(),
        )


def _addresses(part: Any) -> Iterator[str]:
    """Walk a message for its text and every address in it."""
    if isinstance(part, dict):
        for key, value in part.items():
            if isinstance(value, str) and key in {"text", "url", "from_url", "original_url"}:
                yield value
            elif isinstance(value, dict | list):
                yield from _addresses(value)
    elif isinstance(part, list):
        for each in part:
            yield from _addresses(each)
