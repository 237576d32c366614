"""Where the team wants it, nobody sends words of their own without another member's approval."""

from typing import Any

import pytest

from domain import DecisionKind, JobKind, MentionKind, ReplyState, Source, Watch
from storage.inbox import decisions, replies
from storage.inbox import suggestions as stored
from storage.inbox.authors import authors_of
from storage.posts import watches
from storage.queue.enqueue import enqueue
from tests.stage import Stage, shown, until
from tests.team import room_of, set_team

WORDS = "Eight on Sundays. Want the bench in the sun?"


@pytest.fixture
def strict(stage: Stage) -> Stage:
    """Return a stage where a second member approves."""
    set_team(stage, second_approver=True)
    return stage


def write(stage: Stage, post: str, words: str = WORDS, member: str | None = None) -> dict[str, Any]:
    """Write words of one's own in the window and hand them in; return the card."""
    card = until(lambda: stage.card(post), "there is a card")
    label = "Edit…" if "Edit…" in shown(card) else "Write a reply…"
    stage.press(card, label, member)
    answer = stage.submit(stage.view(member), {"edit_text": words}, member)
    assert answer["ok"], answer
    if "Look twice" in str(answer):
        stage.submit(stage.view(member), {"edit_text": words}, member)
    return stage.card_with(post, "wrote this")


def nobody_approved_their_own(stage: Stage) -> None:
    """Hold the promise over every reply there is."""
    with room_of(stage).db.read() as tx:
        for reply in replies.replies_in(tx, list(ReplyState)):
            authors = authors_of(tx, reply.mention_id, reply.text)
            suggested = [
                s
                for s in stored.all_rounds(tx, reply.mention_id)
                if s.text == reply.text and s.source is not Source.MEMBER
            ]
            assert suggested or authors - {reply.member_id}, reply


def refused(stage: Stage, member: str) -> None:
    """Wait until a member was told kindly that somebody else approves."""
    stage.answer_to(member, "your own words")


def test_a_suggestion_as_it_was_drafted_needs_one_person(strict: Stage) -> None:
    """Nothing changes for what Greenroom suggested."""
    post = strict.mention()
    strict.press(strict.card_with(post, "Approve"), "Approve")
    strict.reply_to(post)
    nobody_approved_their_own(strict)


def test_what_somebody_wrote_goes_out_when_another_approves(strict: Stage) -> None:
    """The author's Approve is refused with one sentence; the next pair of eyes sends it."""
    post = strict.mention()
    card = write(strict, post)
    assert "*Maya Okafor* wrote this; somebody else approves." in shown(card)
    assert WORDS in shown(card)
    strict.press(card, "Approve", strict.maya)
    refused(strict, strict.maya)
    assert strict.replies_to(post) == []
    strict.press(card, "Approve", strict.tom)
    assert strict.reply_to(post)["text"] == WORDS
    nobody_approved_their_own(strict)
    with room_of(strict).db.read() as tx:
        record = [(d.kind, d.member_id) for d in decisions.decisions(tx, post)]
    assert record == [
        (DecisionKind.WRITE, strict.maya),
        (DecisionKind.APPROVE, strict.tom),
    ]


def test_the_author_cannot_send_it_through_the_window_either(strict: Stage) -> None:
    """Handing in the same words again says the same."""
    post = strict.mention()
    card = write(strict, post)
    strict.press(card, "Edit…")
    assert strict.submit(strict.view(), {"edit_text": WORDS})["ok"]
    refused(strict, strict.maya)
    assert strict.replies_to(post) == []


def test_whoever_changes_a_word_is_the_author_now(strict: Stage) -> None:
    """Tom's edit of Maya's words is Tom's; Maya may approve it."""
    post = strict.mention()
    card = write(strict, post)
    strict.press(card, "Edit…", strict.tom)
    changed = "Eight on Sundays. Shall we keep you the bench?"
    assert strict.submit(strict.view(strict.tom), {"edit_text": changed}, strict.tom)["ok"]
    theirs = strict.card_with(post, changed)
    strict.press(theirs, "Approve", strict.tom)
    refused(strict, strict.tom)
    strict.press(theirs, "Approve", strict.maya)
    assert strict.reply_to(post)["text"] == changed
    nobody_approved_their_own(strict)


def test_undone_it_still_is_not_the_authors_to_approve(empty_stage: Stage) -> None:
    """Undo and approve again is no way round."""
    strict = empty_stage
    strict.open(UNDO_SECONDS="60")
    set_team(strict, second_approver=True)
    post = strict.mention()
    card = write(strict, post)
    strict.press(card, "Approve", strict.tom)
    strict.press(strict.card_with(post, "Undo"), "Undo", strict.maya)
    back = strict.card_with(post, "wrote this")
    strict.press(back, "Approve", strict.maya)
    refused(strict, strict.maya)
    assert strict.replies_to(post) == []
    nobody_approved_their_own(strict)


def test_send_anyway_is_not_the_authors_either(strict: Stage) -> None:
    """After an unknown outcome the second attempt, too, is somebody else's word."""
    strict.trouble("x", "timeout", on="post")
    post = strict.mention()
    card = write(strict, post)
    strict.press(card, "Approve", strict.tom)
    unknown = strict.card_with(post, "Send anyway")
    strict.press(unknown, "Send anyway", strict.maya)
    refused(strict, strict.maya)
    strict.press(unknown, "Send anyway", strict.tom)
    strict.reply_to(post)
    nobody_approved_their_own(strict)


def test_by_hand_asks_the_same(strict: Stage) -> None:
    """Where a person posts on X, words of one's own need another's *Use this*."""
    with room_of(strict).db.write() as tx:
        watches.add_watch(tx, Watch("w-oat", MentionKind.KEYWORD, "oat", query="oat milk"))
        enqueue(tx, JobKind.LISTEN, "w-oat", at=room_of(strict).now())
    post = strict.post("ruth", "where in Oxford is the best oat milk flat white?")
    until(lambda: strict.card(post), "the keyword post has a card")
    card = write(strict, post)
    strict.press(card, "Use this", strict.maya)
    refused(strict, strict.maya)
    strict.press(card, "Use this", strict.tom)
    assert WORDS in shown(strict.card_with(post, "I posted it"))


def test_when_nobody_else_may_approve_the_card_says_so(empty_stage: Stage) -> None:
    """A single approver is told how to go on, and the words are kept."""
    stage = empty_stage
    stage.open(SLACK_APPROVERS=stage.maya)
    set_team(stage, second_approver=True)
    post = stage.mention()
    stage.press(stage.card_with(post, "Approve"), "Edit…")
    assert stage.submit(stage.view(), {"edit_text": WORDS})["ok"]
    card = stage.card_with(post, "nobody else can yet")
    assert WORDS in shown(card)


def test_switched_off_everybody_may_approve_again(strict: Stage) -> None:
    """The words wait on the card; without the rule their author may send them."""
    post = strict.mention()
    card = write(strict, post)
    set_team(strict, second_approver=False)
    strict.press(card, "Approve", strict.maya)
    assert strict.reply_to(post)["text"] == WORDS
