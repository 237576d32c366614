"""The welcome's steps about watches and approvers, and *Show more*."""

from collections.abc import Callable

from domain import JobKind, MentionKind, Watch
from errors import GreenroomError, NotOurs
from handlers.entry.access import May, Member
from handlers.entry.context import Body, HandlerContext, Press, view_of
from handlers.entry.error_boundary import tell_privately
from handlers.entry.submitting import Submitted, at_fields, submitting
from storage.db.ids import new_id
from storage.inbox import mentions
from storage.posts import watches
from storage.queue.enqueue import enqueue, enqueue_suggestions
from storage.queue.enqueue_answers import enqueue_watch_trial
from views.listening.watch_modal import LABEL_BLOCK, WatchValues
from views.listening.watch_trial import WatchWish
from views.modals import read_watch, watch_errors, watch_modal
from views.talking.private_texts import trying, watching, who_approves

_MORE_AT_ONCE = 5


def show_more(ctx: HandlerContext, _: Press, __: Member) -> None:
    """Bring up the next five folded mentions, newest first."""
    now = ctx.now()
    with ctx.db.write() as tx:
        for mention_id in mentions.unfold(tx, _MORE_AT_ONCE):
            enqueue_suggestions(tx, mention_id, at=now)
        enqueue(tx, JobKind.FOLD_LINE, at=now)


def open_watch(ctx: HandlerContext, press: Press, _: Member) -> None:
    """Open the window for a new watch."""
    ctx.slack.open_modal(press.trigger_id, watch_modal())


def start_watch(ctx: HandlerContext, press: Press, _: Member) -> None:
    """Listen to a query that was tried."""
    wish = WatchWish.from_value(press.value)
    if not wish.label:
        # It was tried without a name: the window asks for one.
        ctx.slack.open_modal(press.trigger_id, watch_modal(wish))
        return
    if watch_errors(WatchValues(wish.label, wish.query, wish.cap)):
        raise NotOurs("Greenroom does not know that query any more.")
    add_watch(ctx, wish.label, wish.query, wish.cap)
    tell_privately(ctx, press.channel, press.member_id, watching(wish.label))


def change_query(ctx: HandlerContext, press: Press, _: Member) -> None:
    """Open the window again with what was tried."""
    ctx.slack.open_modal(press.trigger_id, watch_modal(WatchWish.from_value(press.value)))


def try_first(ctx: HandlerContext, wish: WatchWish, member_id: str, channel: str | None) -> None:
    """Have a query tried on X; what it finds is shown to who asked.

    Raises:
        GreenroomError: there is a watch of that name.
    """
    now = ctx.now()
    with ctx.db.write() as tx:
        if wish.label and watches.watch_labelled(tx, wish.label) is not None:
            raise GreenroomError("There is a watch of that name already.", "Choose another name.")
        enqueue_watch_trial(
            tx,
            label=wish.label,
            query=wish.query,
            cap=wish.cap,
            member_id=member_id,
            channel=channel,
            at=now,
        )


def tell_who_approves(ctx: HandlerContext, press: Press, _: Member) -> None:
    """Name those who may decide."""
    listed = ctx.access.listed_in_settings
    names = [f"<@{member_id}>" for member_id in sorted(ctx.access.circle())]
    words = who_approves(names if listed else [], listed_in_settings=listed)
    tell_privately(ctx, press.channel, press.member_id, words)


def on_watch(ctx: HandlerContext, may: May) -> Callable[..., None]:
    """Make the listener that has a new watch's query tried on X."""

    def store(member: Member, body: Body) -> Submitted:
        values = read_watch(view_of(body))
        if errors := watch_errors(values):
            return at_fields(errors)
        wish = WatchWish(values.label, values.query, values.cap or 0)
        try_first(ctx, wish, member.id, None)
        return Submitted({}, trying(values.query))

    return submitting(ctx, store, may=may, field=lambda _: LABEL_BLOCK)


def add_watch(ctx: HandlerContext, label: str, query: str, cap: int) -> Watch:
    """Store a new keyword watch and its first poll.

    Raises:
        GreenroomError: there is a watch of that name.
    """
    now = ctx.now()
    watch = Watch(id=new_id(), kind=MentionKind.KEYWORD, label=label, query=query, cap=cap)
    with ctx.db.write() as tx:
        if watches.watch_labelled(tx, label) is not None:
            raise GreenroomError("There is a watch of that name already.", "Choose another name.")
        watches.add_watch(tx, watch)
        enqueue(tx, JobKind.LISTEN, watch.id, at=now)
    return watch
