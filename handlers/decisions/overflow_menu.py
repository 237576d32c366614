"""What is behind the overflow menu: assign, a saved answer, elsewhere, mute, pause a watch."""

from datetime import timedelta

from domain import OPEN_STATES, DecisionKind, MentionState
from errors import NotOurs
from handlers.decisions import assign, escalate, saved_answers
from handlers.decisions import people as people_pages
from handlers.decisions.commit import move_or_tell_who, record, the_mention
from handlers.decisions.snooze import snooze, tomorrow_morning
from handlers.entry.access import Member
from handlers.entry.context import HandlerContext, Press
from handlers.entry.error_boundary import tell_privately
from handlers.entry.permissions import CHOICES
from storage.posts import people, watches
from views.blocks.action_ids import OverflowChoice, read_option
from views.talking.private_texts import muted, paused_watch


def choose(ctx: HandlerContext, press: Press, member: Member) -> None:
    """Do what was chosen in a card's overflow menu."""
    try:
        picked = read_option(press.value)
    except ValueError as error:
        raise NotOurs("Greenroom does not know that choice.") from error
    ctx.access.member_with(CHOICES[picked.choice], member.id)
    match picked.choice:
        case OverflowChoice.SNOOZE_HOUR:
            snooze(ctx, picked.mention_id, member, ctx.now() + timedelta(hours=1))
        case OverflowChoice.SNOOZE_TOMORROW:
            until = tomorrow_morning(ctx.now(), ctx.timezone)
            snooze(ctx, picked.mention_id, member, until)
        case OverflowChoice.ASSIGN:
            assign.open_assign(ctx, press, picked.mention_id)
        case OverflowChoice.SAVED_ANSWER:
            saved_answers.open_saved(ctx, press, picked.mention_id)
        case OverflowChoice.ELSEWHERE:
            escalate.open_elsewhere(ctx, press, picked.mention_id)
        case OverflowChoice.SEE_PERSON:
            with ctx.db.read() as tx:
                person = the_mention(tx, picked.mention_id).post.author
            people_pages.show_person(ctx, press.trigger_id, person.id)
        case OverflowChoice.MUTE_PERSON:
            _mute(ctx, picked.mention_id, member, press)
        case OverflowChoice.PAUSE_WATCH:
            _pause(ctx, picked.mention_id, member, press)


def _mute(ctx: HandlerContext, mention_id: str, member: Member, press: Press) -> None:
    now = ctx.now()
    with ctx.db.write() as tx:
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
    tell_privately(ctx, press.channel, press.member_id, muted(author.handle))


def _pause(ctx: HandlerContext, mention_id: str, member: Member, press: Press) -> None:
    with ctx.db.write() as tx:
        mention = the_mention(tx, mention_id)
        watches.change_watch(tx, mention.watch_id, paused=True)
        record(tx, mention_id, DecisionKind.PAUSE_WATCH, member, at=ctx.now())
    tell_privately(ctx, press.channel, press.member_id, paused_watch(mention.watch_label))
