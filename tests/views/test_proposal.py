"""A proposed rule on the screen: what was seen, the rule, the evidence, who decided."""

from dataclasses import replace

import pytest

from domain import Proposal, ProposalState, VoiceRule
from tests.views.cards import HOSTILE, NOW, assert_slack_takes, button, labels, seen, walk
from views.voice.proposal import decided_already, proposal_blocks, proposal_message

PROPOSAL = Proposal(
    "p1",
    "no_exclamation",
    VoiceRule("No exclamation marks.", "no_exclamation"),
    "You took the exclamation marks out of 5 of the last 6 suggestions that had any.",
    (("Till five!", "Till five."), ("Of course! " * 40, "Of course.")),
    NOW,
)


def test_an_open_proposal_shows_rule_evidence_and_two_buttons() -> None:
    """One look tells what would change and why."""
    made = proposal_message(PROPOSAL)
    words = seen(made.blocks)
    assert "5 of the last 6 suggestions" in words
    assert "Make it a rule?" in words
    assert "*No exclamation marks.*" in words
    assert "“Till five!” → “Till five.”" in words
    assert labels(made.blocks) == ["Adopt", "Drop"]
    assert button(made.blocks, "Adopt")["value"] == "p1"
    assert "No exclamation marks." in made.text
    assert_slack_takes(made.text, made.blocks)


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (ProposalState.ADOPTED, "Maya adopted it"),
        (ProposalState.DROPPED, "Maya dropped it"),
        (ProposalState.LAPSED, "Nobody decided"),
    ],
)
def test_a_closed_proposal_says_what_became_of_it(state: ProposalState, words: str) -> None:
    """And has nothing left to press."""
    made = proposal_message(replace(PROPOSAL, state=state, decided_at=NOW, member_name="Maya"))
    assert words in seen(made.blocks)
    assert words in made.text
    assert labels(made.blocks) == []
    assert_slack_takes(made.text, made.blocks)


def test_whoever_comes_second_is_told_who_was_first() -> None:
    """By name, with what they did."""
    dropped = replace(PROPOSAL, state=ProposalState.DROPPED, decided_at=NOW, member_name="Maya")
    assert decided_already(dropped).startswith("Maya dropped this rule at")
    assert "closed" in decided_already(replace(PROPOSAL, state=ProposalState.LAPSED))


@pytest.mark.parametrize("state", list(ProposalState))
def test_hostile_words_stay_words(state: ProposalState) -> None:
    """Suggestions quote strangers; a name may be anything."""
    made = proposal_message(
        replace(
            PROPOSAL,
            rule=VoiceRule(HOSTILE * 9, "drop_word", (HOSTILE,)),
            told=HOSTILE * 9,
            pairs=((HOSTILE * 9, HOSTILE),) * 3,
            state=state,
            decided_at=NOW,
            member_name=HOSTILE,
        )
    )
    assert_slack_takes(made.text, made.blocks)
    assert [block.to_dict() for block in proposal_blocks(PROPOSAL)] == proposal_message(
        PROPOSAL
    ).blocks


def test_the_longest_evidence_stays_under_slacks_limits() -> None:
    """Signs that grow when they are escaped, at every length limit."""
    long = "&" * 3000
    made = proposal_message(
        replace(
            PROPOSAL, rule=VoiceRule(long), told=long, pairs=((long, long),) * 3, member_name=long
        )
    )
    texts = [part["text"] for part in walk(made.blocks) if part.get("type") == "mrkdwn"]
    assert len(texts) == 4
    assert all(len(text) <= 3000 for text in texts)
