"""The card under any words whatever."""

from hypothesis import given, settings
from hypothesis import strategies as st

from domain import Lane, MentionKind, MentionState, Person, Post, SharedHistory
from tests.views.cards import NOW, assert_slack_takes, decision, facts, mind, reply
from views.cards.card import card

_nasty = st.sampled_from(
    ["<!channel>", "<@U1>", "<http://e|x>", "|", "^", "\u202e", "\x00", "\ud800", "&lt;", "*", "\n"]
)
any_words = st.lists(st.one_of(st.text(max_size=60), _nasty), max_size=8).map("".join)
long_words = st.one_of(any_words, st.builds(lambda w, n: w * n, any_words, st.integers(0, 200)))


@settings(max_examples=150, deadline=None)
@given(
    state=st.sampled_from(list(MentionState)),
    lane=st.sampled_from(list(Lane)),
    kind=st.sampled_from(list(MentionKind)),
    words=long_words,
    name=long_words,
    handle=any_words,
    other=long_words,
    suggested=st.lists(long_words, max_size=3),
    posts=st.integers(0, 3),
)
def test_any_words_make_a_card_that_slack_takes(
    state: MentionState,
    lane: Lane,
    kind: MentionKind,
    words: str,
    name: str,
    handle: str,
    other: str,
    suggested: list[str],
    posts: int,
) -> None:
    """No text in any field breaks a limit of Slack or smuggles markup in."""
    made = card(
        facts(
            state,
            words=words,
            name=name,
            handle=handle,
            suggested=tuple(suggested),
            checks=(mind(other),),
            lane=lane,
            kind=kind,
            reason=other,
            note=other,
            assignee=name,
            above=tuple(Post("1", words, Person("2", handle, name), NOW) for _ in range(posts)),
            history=SharedHistory(posts, posts, NOW, words),
            decision=decision(name=name, text=words),
            reply=reply(words, reason=other, looks=posts),
        ),
        now=NOW,
    )
    assert_slack_takes(made.text, made.blocks)
