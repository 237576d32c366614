"""*Adopt* and *Drop*: what becomes of a rule that the team's edits speak for."""

from dataclasses import replace

from domain import Proposal, ProposalState
from errors import AlreadyDecided, GreenroomError
from handlers.entry.access import Member
from handlers.entry.context import HandlerContext, Press
from storage.db.database import Transaction
from storage.inbox import proposals
from storage.queue.enqueue import enqueue_proposal
from storage.voice import voices
from views.voice.proposal import decided_already


def adopt(ctx: HandlerContext, press: Press, member: Member) -> None:
    """Add the rule to the voice as a new version; from now on suggestions obey it."""
    now = ctx.now()
    with ctx.db.write() as tx:
        proposal = _close_or_tell_who(tx, ctx, press, member, ProposalState.ADOPTED)
        voice = voices.voice(tx)
        if proposal.rule not in voice.rules:
            voices.save_voice(
                tx,
                replace(voice, rules=(*voice.rules, proposal.rule)),
                member_id=member.id,
                member_name=member.name,
                changed=f"adopted the rule “{proposal.rule.text}”",
                at=now,
            )


def drop(ctx: HandlerContext, press: Press, member: Member) -> None:
    """Leave the voice as it is; the rule is not proposed again for a good while."""
    with ctx.db.write() as tx:
        _close_or_tell_who(tx, ctx, press, member, ProposalState.DROPPED)


def _close_or_tell_who(
    tx: Transaction, ctx: HandlerContext, press: Press, member: Member, to: ProposalState
) -> Proposal:
    """Decide on the proposal, first come first served, and have its message say so.

    Raises:
        AlreadyDecided: names who was first and what they did.
        GreenroomError: no such proposal is stored.
    """
    now = ctx.now()
    closed = proposals.close_proposal(
        tx, press.value, to, at=now, member_id=member.id, member_name=member.name
    )
    proposal = proposals.proposal(tx, press.value)
    if proposal is None:
        raise GreenroomError("Greenroom does not know this proposal any more.")
    if not closed:
        raise AlreadyDecided(decided_already(proposal), by=proposal.member_id)
    enqueue_proposal(tx, proposal.id, at=now)
    return proposal
