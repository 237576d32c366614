"""A proposed rule as people see it: what was seen, the rule, the evidence, *Adopt* and *Drop*."""

from slack_sdk.models.blocks import Block

from domain import Proposal, ProposalState
from views.blocks.action_ids import ActionId
from views.blocks.blocks import actions, button, context, section
from views.blocks.formatting import excerpt, slack_date
from views.blocks.message import Message, message

_LONGEST = 140
_DID = {ProposalState.ADOPTED: "adopted", ProposalState.DROPPED: "dropped"}


def proposal_message(proposal: Proposal) -> Message:
    """Show a proposal, or what became of it."""
    return message(_aloud(proposal), *proposal_blocks(proposal))


def proposal_blocks(proposal: Proposal) -> tuple[Block, ...]:
    """Return a proposal's blocks, for a message of its own or as a part of another."""
    rule = excerpt(proposal.rule.text, 200)
    told = excerpt(proposal.told, 300)
    if proposal.state is not ProposalState.OPEN:
        return _kept(section(f"*{rule}*"), context(_what_became(proposal), told))
    return _kept(
        section(f"{told} Make it a rule?\n*{rule}*"),
        *(context(_pair(before, after)) for before, after in proposal.pairs),
        actions(
            button(
                "Adopt",
                ActionId.ADOPT_RULE,
                proposal.id,
                style="primary",
                spoken=f"Adopt the rule: {proposal.rule.text}",
            ),
            button(
                "Drop",
                ActionId.DROP_RULE,
                proposal.id,
                spoken=f"Drop the rule: {proposal.rule.text}",
            ),
        ),
    )


def decided_already(proposal: Proposal) -> str:
    """Tell a member who pressed too late who was first, and when."""
    if proposal.decided_at is None or proposal.state not in _DID:
        return "This proposal is closed. The message shows what became of it."
    when = slack_date(proposal.decided_at, "{time}")
    who = excerpt(proposal.member_name or "Somebody", 60)
    return f"{who} {_DID[proposal.state]} this rule at {when}."


def _what_became(proposal: Proposal) -> str:
    who = excerpt(proposal.member_name or "Somebody", 60)
    match proposal.state:
        case ProposalState.ADOPTED:
            return f"✅ {who} adopted it. The next suggestions follow it."
        case ProposalState.DROPPED:
            return f"{who} dropped it. It does not come up again for three months."
        case _:
            return "Nobody decided for two weeks, so I let it go."


def _aloud(proposal: Proposal) -> str:
    rule = excerpt(proposal.rule.text, 200)
    if proposal.state is not ProposalState.OPEN:
        return f"{rule} {_what_became(proposal)}"
    return f"{excerpt(proposal.told, 300)} Make it a rule? {rule}"


def _pair(before: str, after: str) -> str:
    return f"“{excerpt(before, _LONGEST)}” → “{excerpt(after, _LONGEST)}”"


def _kept(*blocks: Block | None) -> tuple[Block, ...]:
    return tuple(block for block in blocks if block is not None)
