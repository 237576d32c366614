"""*Bring back*, beside a post that triage set aside."""

from domain import DecisionKind, MentionState
from handlers.decisions.commit import move_or_tell_who, record, the_mention
from handlers.entry.access import Member
from handlers.entry.context import HandlerContext, Press
from storage.inbox import filtered
from storage.queue.enqueue import enqueue_filtered_list, enqueue_suggestions


def bring_aside_back(ctx: HandlerContext, press: Press, member: Member) -> None:
    """Put a post that was set aside on the table; its watch learns from it."""
    now = ctx.now()
    with ctx.db.write() as tx:
        mention = the_mention(tx, press.mention_id)
        move_or_tell_who(
            tx, mention.id, to=MentionState.NEW, at=now, before={MentionState.SET_ASIDE}
        )
        record(tx, mention.id, DecisionKind.BRING_BACK, member, at=now)
        day_hour = filtered.bring_back(tx, mention.id, by=member.name, at=now)
        enqueue_suggestions(tx, mention.id, at=now)
        if day_hour is not None:
            enqueue_filtered_list(tx, day_hour, at=now)
