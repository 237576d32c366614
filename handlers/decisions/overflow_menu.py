"""What is behind the overflow menu: assign, a saved answer, elsewhere, mute, pause a watch."""

from datetime import timedelta

from domain import OPEN_STATES, DecisionKind, MentionState
from errors import NotOurs
from handlers.decisions import assign, escalate, saved_answers
from handlers.decisions import people as people_pages
from handlers.decisions.commit import move_or_tell_who, record, the_mention
from handlers.decisions.snooze import snooze, tomorrow_morning
from handlers.entry.access import Member
from handlers.entry.context import Desk, Press
from handlers.entry.error_boundary import tell_privately
from handlers.entry.permissions import CHOICES
from storage.posts import people, watches
from views.blocks.action_ids import Rarer, read_option
from views.talking.private_texts import muted, paused_watch


def choose(desk: Desk, press: Press, member: Member) -> None:
    """Do what was chosen in a card's overflow menu."""
    try:
        picked = read_option(press.value)
    except ValueError as error:
        raise NotOurs("Greenroom does not know that choice.") from error
    desk.access.member_with(CHOICES[picked.choice], member.id)
    match picked.choice:
        case Rarer.SNOOZE_HOUR:
            snooze(desk, picked.mention_id, member, desk.now() + timedelta(hours=1))
        case Rarer.SNOOZE_TOMORROW:
            until = tomorrow_morning(desk.now(), desk.timezone)
            snooze(desk, picked.mention_id, member, until)
        case Rarer.ASSIGN:
            assign.open_assign(desk, press, picked.mention_id)
        case Rarer.SAVED_ANSWER:
            saved_answers.open_saved(desk, press, picked.mention_id)
        case Rarer.ELSEWHERE:
            escalate.open_elsewhere(desk, press, picked.mention_id)
        case Rarer.SEE_PERSON:
            with desk.db.read() as tx:
                person = the_mention(tx, picked.mention_id).post.author
            people_pages.show_person(desk, press.trigger_id, person.id)
        case Rarer.MUTE_PERSON:
            _mute(desk, picked.mention_id, member, press)
        case Rarer.PAUSE_WATCH:
            _pause(desk, picked.mention_id, member, press)


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
