"""What is behind the overflow menu: snooze, assign, mute a person, pause a watch."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from domain import OPEN_STATES, DecisionKind, MentionState
from errors import GreenroomError
from handlers.access import Member
from handlers.boundary import guarded, tell_privately
from handlers.deciding import move_or_tell_who, record, the_mention
from handlers.desk import Body, Desk, Press
from storage import jobs, people, watches
from storage.due_work import ask_wake, tell_handed_over
from views.actions import Rarer, read_option
from views.modals import hand_over_modal, read_hand_over
from views.private_words import muted, paused_watch

_MORNING = time(9)


def choose(desk: Desk, press: Press, member: Member) -> None:
    """Do what was chosen in a card's overflow menu."""
    try:
        picked = read_option(press.value)
    except ValueError as error:
        raise GreenroomError("Greenroom does not know that choice.", "") from error
    match picked.choice:
        case Rarer.SNOOZE_HOUR:
            _snooze(desk, picked.mention_id, member, desk.now() + timedelta(hours=1))
        case Rarer.SNOOZE_TOMORROW:
            until = tomorrow_morning(desk.now(), desk.timezone)
            _snooze(desk, picked.mention_id, member, until)
        case Rarer.ASSIGN:
            with desk.db.read() as tx:
                mention = the_mention(tx, picked.mention_id)
            desk.slack.open_modal(press.trigger_id, hand_over_modal(mention))
        case Rarer.MUTE_PERSON:
            _mute(desk, picked.mention_id, member, press)
        case Rarer.PAUSE_WATCH:
            _pause(desk, picked.mention_id, member, press)


def tomorrow_morning(now: datetime, zone: ZoneInfo) -> datetime:
    """Return nine o'clock of the next day at the business."""
    local = now.astimezone(zone)
    return datetime.combine(local.date() + timedelta(days=1), _MORNING, zone)


def on_hand_over(desk: Desk) -> Callable[..., None]:
    """Make the listener for the submitted *Assign* window."""

    def listener(ack: Callable[..., Any], body: Body) -> None:
        ack()
        member_id = str(body["user"]["id"])
        values = read_hand_over(body["view"])

        def work() -> None:
            member = desk.access.member_who_may_decide(member_id)
            # Whoever is to decide must be one who may.
            other = desk.access.member_who_may_decide(values.member_id)
            now = desk.now()
            with desk.db.write() as tx:
                move_or_tell_who(
                    tx,
                    values.mention_id,
                    to=MentionState.HANDED_OVER,
                    at=now,
                    before=OPEN_STATES - {MentionState.FAILED},
                    assignee=other.id,
                    reason=values.note or None,
                )
                handed = record(
                    tx, values.mention_id, DecisionKind.HAND_OVER, member, at=now, text=values.note
                )
                tell_handed_over(tx, handed, to_member=other.id, at=now)

        guarded(desk, None, member_id, work)

    return listener


def _snooze(desk: Desk, mention_id: str, member: Member, until: datetime) -> None:
    now = desk.now()
    with desk.db.write() as tx:
        move_or_tell_who(
            tx,
            mention_id,
            to=MentionState.SNOOZED,
            at=now,
            before={MentionState.WAITING, MentionState.HANDED_OVER},
            snoozed_until=until,
        )
        record(tx, mention_id, DecisionKind.SNOOZE, member, at=now)
        # An earlier snooze that was brought back by hand may have left its waking.
        jobs.drop(tx, f"wake:{mention_id}")
        ask_wake(tx, mention_id, at=until)


def _mute(desk: Desk, mention_id: str, member: Member, press: Press) -> None:
    now = desk.now()
    with desk.db.write() as tx:
        mention = the_mention(tx, mention_id)
        author = mention.post.author
        people.mute_person(tx, author.id, muted=True)
        move_or_tell_who(
            tx,
            mention_id,
            to=MentionState.SKIPPED,
            at=now,
            before=OPEN_STATES,
            reason=f"@{author.handle} was muted.",
        )
        record(tx, mention_id, DecisionKind.MUTE, member, at=now)
    tell_privately(desk, press.channel, press.member_id, muted(author.handle))


def _pause(desk: Desk, mention_id: str, member: Member, press: Press) -> None:
    with desk.db.write() as tx:
        mention = the_mention(tx, mention_id)
        watches.change_watch(tx, mention.watch_id, paused=True)
        record(tx, mention_id, DecisionKind.PAUSE_WATCH, member, at=desk.now())
    tell_privately(desk, press.channel, press.member_id, paused_watch(mention.watch_label))
