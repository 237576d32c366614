"""*Snooze*: away until a time, and back by itself."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain import DecisionKind, JobKind, MentionState
from errors import AlreadyDecided, GreenroomError
from handlers.decisions.commit import move_or_tell_who, record, the_mention
from handlers.entry.access import May, Member
from handlers.entry.context import Body, HandlerContext, Press, view_of
from handlers.entry.submitting import Submitted, submitting
from storage.queue import jobs
from storage.queue.enqueue import enqueue
from views.cards.snooze_modal import UNTIL_BLOCK, SnoozeFor, SnoozeValues, read_snooze, snooze_modal
from views.talking.private_texts import too_far_away, too_late_to_sleep

_MORNING = time(9)
_HOUR = timedelta(hours=1)
_OFFERED_AFTER = timedelta(hours=3)
#: A slip of the year would hide somebody for good.
_LONGEST = timedelta(days=365)


def open_snooze(ctx: HandlerContext, press: Press, _: Member) -> None:
    """Open the window."""
    now = ctx.now()
    with ctx.db.read() as tx:
        mention = the_mention(tx, press.mention_id)
    offered = (now + _OFFERED_AFTER).replace(minute=0, second=0, microsecond=0)
    tomorrow = tomorrow_morning(now, ctx.timezone)
    view = snooze_modal(mention, tomorrow=tomorrow, offered=offered)
    ctx.slack.open_modal(press.trigger_id, view)


def on_snooze(ctx: HandlerContext, may: May) -> Callable[..., None]:
    """Make the listener for the submitted window; a time that is past is refused in it."""

    def store(member: Member, body: Body) -> Submitted:
        values = read_snooze(view_of(body))
        try:
            snooze(ctx, values.mention_id, member, _until(ctx, values))
        except AlreadyDecided as error:
            if error.by != member.id:
                raise
        return Submitted({})

    return submitting(ctx, store, may=may, field=lambda _: UNTIL_BLOCK)


def snooze(ctx: HandlerContext, mention_id: str, member: Member, until: datetime) -> None:
    """Put a mention to sleep until an aware time.

    Raises:
        AlreadyDecided: it is decided already; names who was first.
    """
    now = ctx.now()
    with ctx.db.write() as tx:
        mention = the_mention(tx, mention_id)
        move_or_tell_who(
            tx,
            mention.id,
            to=MentionState.SNOOZED,
            at=now,
            before={MentionState.WAITING, MentionState.HANDED_OVER},
            # Who has it has it again when it wakes.
            assignee=mention.assignee,
            snoozed_until=until,
        )
        record(tx, mention_id, DecisionKind.SNOOZE, member, at=now)
        # An earlier snooze that was brought back by hand may have left its waking.
        jobs.drop(tx, f"wake:{mention_id}")
        jobs.drop(tx, f"remind:{mention_id}")
        enqueue(tx, JobKind.WAKE, mention_id, at=until)


def tomorrow_morning(now: datetime, zone: ZoneInfo) -> datetime:
    """Return nine o'clock of the next day at the business."""
    local = now.astimezone(zone)
    return datetime.combine(local.date() + timedelta(days=1), _MORNING, zone)


def _until(ctx: HandlerContext, values: SnoozeValues) -> datetime:
    """Return until when a mention is to sleep.

    Raises:
        GreenroomError: that time is past, or too far away.
    """
    now = ctx.now()
    if values.choice is SnoozeFor.HOUR:
        return now + _HOUR
    if values.choice is SnoozeFor.TOMORROW:
        return tomorrow_morning(now, ctx.timezone)
    if values.until is None or values.until <= now:
        raise GreenroomError(too_late_to_sleep(), "")
    if values.until > now + _LONGEST:
        raise GreenroomError(too_far_away(), "")
    return values.until
