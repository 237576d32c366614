"""The Home tab, drawn when a member opens it and after what they pressed there."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from domain import HomeFacts, JobKind, Mention, Period, ReplyState, Today
from errors import NotAllowed, SlackError
from handlers.decisions.people import people_list
from handlers.decisions.skip import skip
from handlers.entry.access import Member
from handlers.entry.context import Body, HandlerContext, Press, part_of
from handlers.entry.error_boundary import guarded
from handlers.entry.permissions import HEARD, PRESSES, Heard
from handlers.team import pausing
from insights.stats import figures, period
from storage.db.database import Transaction
from storage.inbox import mentions, replies
from storage.money.spending import spending
from storage.posts import watches
from storage.queue.enqueue import enqueue
from storage.reports import stats
from storage.slack import messages, notices
from storage.team import health
from storage.team.team_settings import setting_changes
from storage.voice import voices
from views.blocks.action_ids import ActionId
from views.people.people_modal import people_modal
from views.team.home import closed_home, home
from views.team.home_waiting import LISTED, MOST_LISTED

_LAST_CHANGES = 3


def on_opened(ctx: HandlerContext) -> Callable[..., None]:
    """Make the listener that publishes the Home tab for whoever opened it."""

    def listener(body: Body) -> None:
        event = part_of(body, "event")
        member_id = str(event.get("user", ""))
        if event.get("tab", "home") == "home":
            guarded(ctx, None, member_id, lambda: show_home(ctx, member_id))

    return listener


def show_home(ctx: HandlerContext, member_id: str) -> None:
    """Publish the Home tab for a member, as much of it as they may see."""
    may_set = _may_set(ctx, member_id)
    try:
        ctx.access.member_with(HEARD[Heard.HOME], member_id)
    except NotAllowed as refusal:
        ctx.slack.publish_home(member_id, closed_home(str(refusal), may_set=may_set))
        return
    with ctx.db.read() as tx:
        facts = replace(_facts(tx, ctx), may_set=may_set)
        places = {mention.id: _card_place(tx, mention) for mention, _ in facts.waiting}
    linked = tuple((mention, _address(ctx, places[mention.id])) for mention, _ in facts.waiting)
    ctx.slack.publish_home(member_id, home(replace(facts, waiting=linked)))


def pause_listening(ctx: HandlerContext, _: Press, member: Member) -> None:
    """Pause, and show that it is so."""
    pausing.pause(ctx, member)
    show_home(ctx, member.id)


def resume_listening(ctx: HandlerContext, _: Press, member: Member) -> None:
    """Go on, and show that it is so."""
    pausing.resume(ctx, member)
    show_home(ctx, member.id)


def rest_watch(ctx: HandlerContext, press: Press, member: Member) -> None:
    """Pause one watch."""
    _pause_watch(ctx, press.value, paused=True)
    show_home(ctx, member.id)


def wake_watch(ctx: HandlerContext, press: Press, member: Member) -> None:
    """Let one watch listen again."""
    _pause_watch(ctx, press.value, paused=False)
    show_home(ctx, member.id)


def skip_here(ctx: HandlerContext, press: Press, member: Member) -> None:
    """Skip a mention from Home; the list shows who is next."""
    try:
        skip(ctx, press, member)
    finally:
        show_home(ctx, member.id)


def open_people(ctx: HandlerContext, press: Press, _: Member) -> None:
    """Open the list of people as a window: a private word in the channel is not seen from here."""
    ctx.slack.open_modal(press.trigger_id, people_modal(people_list(ctx)))


def _pause_watch(ctx: HandlerContext, watch_id: str, *, paused: bool) -> None:
    with ctx.db.write() as tx:
        watches.change_watch(tx, watch_id, paused=paused)
        if not paused:
            enqueue(tx, JobKind.LISTEN, watch_id, at=ctx.now())


def _may_set(ctx: HandlerContext, member_id: str) -> bool:
    try:
        ctx.access.member_with(PRESSES[ActionId.OPEN_SETTINGS], member_id)
    except NotAllowed:
        return False
    return True


def _facts(tx: Transaction, ctx: HandlerContext) -> HomeFacts:
    """Read what Home shows, all but what Slack has to be asked for."""
    now = ctx.now()
    known = watches.watches(tx)
    midnight = _midnight(ctx, now)
    waiting = mentions.in_state(tx, LISTED, MOST_LISTED, newest_first=False)
    services = (health.X, health.SLACK, health.MODEL)
    return HomeFacts(
        account_handle=ctx.account_handle,
        settings=ctx.team.settings,
        counts=mentions.counts(tx),
        waiting=tuple((mention, None) for mention in waiting),
        watches=tuple(known),
        caught_today={watch.id: mentions.caught_since(tx, watch.id, midnight) for watch in known},
        saved=voices.saved_voice(tx),
        notices=tuple(sorted({n.sentence for n in notices.active_notices(tx)})),
        today=_today(tx, ctx, now),
        spent=spending(tx, ctx.team.settings, now),
        health={service: health.health_of(tx, service) for service in services},
        changes=tuple(setting_changes(tx, _LAST_CHANGES)),
        model_on=ctx.model_on,
        replied=replies.any_in(tx, ReplyState.SENT),
        practice=ctx.practice,
        model_host=ctx.model_host,
    )


def _midnight(ctx: HandlerContext, now: datetime) -> datetime:
    return period(7, now, ctx.timezone).bars[-1][1].begin


def _today(tx: Transaction, ctx: HandlerContext, now: datetime) -> Today:
    # What was said in this very second belongs to it.
    week = period(7, now + timedelta(seconds=1), ctx.timezone)
    bar = week.bars[-1]
    # Nothing is told of the days before, or of waits: the tab is drawn often.
    day = Period(1, bar[1], bar[1], bar[1], bar[1], bars=(bar,), bar_days=1)
    so_far = figures(stats.count(tx, day, lambda _: {}), day, handle=ctx.account_handle).now
    return Today(so_far.conversations, so_far.people, so_far.answered)


def _card_place(tx: Transaction, mention: Mention) -> tuple[str, str] | None:
    """Return the channel and ts of a mention's card, where it has one."""
    placed = messages.message(tx, f"card:{mention.id}")
    return (placed.channel, placed.ts) if placed is not None and placed.ts else None


def _address(ctx: HandlerContext, place: tuple[str, str] | None) -> str | None:
    if place is None:
        return None
    try:
        return ctx.slack.permalink(*place)
    except SlackError:
        # The row is shown without its link; the card may be gone from Slack.
        return None
