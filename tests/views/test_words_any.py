"""Notices, proposals and budgets: any words, any sums stay within Slack's limits."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from domain import Proposal, ProposalState, Spending, VoiceRule
from tests.views.cards import NOW, reply
from tests.views.filling import message_taken
from tests.views.test_card_any import any_words, long_words
from views.reports.budget import budget_answer
from views.talking.notices import fold_line, handed_over_note, notice, sent_note, welcome
from views.voice.proposal import proposal_message

some = st.integers(0, 10**12)


@settings(max_examples=80, deadline=None)
@given(long_words, any_words, any_words, some, st.sampled_from(list(ProposalState)))
def test_any_words_make_messages_that_slack_takes(
    text: str, name: str, note: str, number: int, state: ProposalState
) -> None:
    """Whatever is said, and whoever says it."""
    rule = VoiceRule(text, "no_exclamation")
    proposal = Proposal("p", "t", rule, note, ((text, note),) * 5, NOW, state, NOW, "U1", name)
    for shown in (
        welcome(name, model_on=bool(number % 2), approvers_line=note[:2000]),
        fold_line(number),
        notice(note[:1200], name[:1200]),
        sent_note(replace(reply(text), member_name=name), account_handle=note),
        handed_over_note(name, by=note, note=text),
        proposal_message(proposal),
    ):
        message_taken(shown.blocks)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(any_words, some), max_size=40), some, some, st.booleans())
def test_any_sums_make_a_budget_that_slack_takes(
    purposes: list[tuple[str, int]], budget: int, month: int, model_on: bool
) -> None:
    """However many purposes there are, and whatever a watch is called."""
    named = tuple((f"watch:{name}", micro) for name, micro in purposes)
    spent = Spending(budget, named, month)
    shown = budget_answer({"x": spent, "model": spent}, resets_at=NOW, model_on=model_on)
    message_taken(shown.blocks)
