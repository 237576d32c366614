"""What the team's work together needs of the database, on both engines."""

from datetime import timedelta
from typing import Any

import pytest

from domain import Check, CheckLevel, DecisionKind, Draft, MentionKind, MentionState, Source
from storage.db.database import Database, Transaction
from storage.inbox import decisions, edits, mentions, suggestions
from storage.inbox.authors import authors_of, is_drafted, second_approver_on
from storage.inbox.edits import taken_texts
from storage.inbox.never_taken import never_taken
from storage.inbox.snoozes import handed_before_sleep
from storage.queue.enqueue import enqueue_reminder
from storage.queue.jobs import job
from storage.slack.held_cards import held_cards, hold_card, let_card_go
from storage.team.team_settings import set_team_setting
from tests.storage.made import NOW, a_decision, a_mention, a_post, later

_S = MentionState
_MIND = Check("sales", CheckLevel.MIND, "It sells.")
NASTY = "'; DROP TABLE suggestions; -- <!channel> \x00 \ud800"


def waiting(tx: Transaction, mention_id: str = "1001", **parts: Any) -> None:
    mentions.catch(tx, a_mention(mention_id, **{"state": _S.WAITING, **parts}))


def test_a_members_text_is_a_round_with_its_author(db: Database) -> None:
    """Who wrote it, what the checks said and what it was made of come back, hostile names too."""
    with db.write() as tx:
        waiting(tx)
        (draft,) = suggestions.add_round(tx, "1001", [(Draft("Yes!", Source.MODEL), ())], NOW)
        written = suggestions.add_members_text(
            tx,
            "1001",
            "Yes, come by.",
            (_MIND,),
            member_id="U1",
            member_name=NASTY,
            at=later(minutes=1),
            from_id=draft.id,
        )
        assert suggestions.latest_round(tx, "1001") == (written,)
        assert (written.source, written.member_id, written.from_id) == (
            Source.MEMBER,
            "U1",
            draft.id,
        )
        assert "DROP TABLE" in (written.member_name or "")
        assert written.checks == (_MIND,)
        assert suggestions.suggestion(tx, draft.id) == draft


def test_a_saved_answer_stands_beside_the_last_round_once(db: Database) -> None:
    """The same text is there once; a full round begins another."""
    with db.write() as tx:
        waiting(tx)
        suggestions.add_round(tx, "1001", [(Draft("Yes!", Source.MODEL), ())], NOW)
        saved = Draft("From the book.", Source.PLAYBOOK)
        first = suggestions.add_beside(tx, "1001", saved, (), NOW)
        assert suggestions.add_beside(tx, "1001", saved, (), NOW) == first
        assert [s.text for s in suggestions.latest_round(tx, "1001")] == ["Yes!", "From the book."]
        for number in range(4):
            draft = Draft(f"Another {number}", Source.PLAYBOOK)
            suggestions.add_beside(tx, "1001", draft, (), NOW)
        assert [s.text for s in suggestions.latest_round(tx, "1001")] == ["Another 3"]


def test_authors_are_found_by_the_exact_words(db: Database) -> None:
    """In what members handed in and in their edits; what was drafted has no author."""
    with db.write() as tx:
        waiting(tx)
        waiting(tx, "1002")
        drafted = Draft("Drafted", Source.MODEL, words_of=frozenset())
        suggestions.add_round(tx, "1001", [(drafted, ())], NOW)
        by_maya: dict[str, Any] = {"member_id": "U1", "member_name": "Maya", "at": NOW}
        suggestions.add_members_text(tx, "1001", NASTY, (), **by_maya)
        edit = a_decision(kind=DecisionKind.EDIT, member_id="U2", text=NASTY)
        decisions.record(tx, edit)
        assert authors_of(tx, "1001", NASTY) == {"U1", "U2"}
        assert authors_of(tx, "1002", NASTY) == frozenset()
        assert authors_of(tx, "1001", "Drafted") == frozenset()
        assert is_drafted(tx, "1001", "Drafted")
        assert not is_drafted(tx, "1001", NASTY)


@pytest.mark.parametrize("on", [True, False])
def test_the_rule_is_read_where_it_is_stored(db: Database, on: bool) -> None:
    """Off unless the team switched it on."""
    with db.write() as tx:
        assert not second_approver_on(tx)
        set_team_setting(
            tx,
            "second_approver",
            on,
            told=("", ""),
            member_id="U1",
            member_name="Maya",
            at=NOW,
        )
        assert second_approver_on(tx) is on


def test_what_a_member_made_of_a_suggestion_teaches_as_an_edit(db: Database) -> None:
    """Approved by another, it is the edit of the draft; written anew, it teaches nothing."""
    with db.write() as tx:
        for mention_id in ("1001", "1002"):
            waiting(tx, mention_id)
        (draft,) = suggestions.add_round(tx, "1001", [(Draft("Yes!", Source.MODEL), ())], NOW)
        by_maya: dict[str, Any] = {"member_id": "U1", "member_name": "Maya", "at": NOW}
        made = suggestions.add_members_text(tx, "1001", "Yes.", (), **by_maya, from_id=draft.id)
        anew = suggestions.add_members_text(tx, "1002", "Do come.", (), **by_maya)
        approved = a_decision(member_id="U2", text="Yes.", suggestion_id=made.id)
        decisions.record(tx, approved)
        edits.keep_edit(
            tx,
            approved.id,
            "1001",
            before="Yes!",
            after="Yes.",
            changes=(),
            traits={"fewer_marks"},
            at=NOW,
        )
        other = a_decision("1002", member_id="U2", text="Do come.", suggestion_id=anew.id)
        decisions.record(tx, other)
        (taught,) = taken_texts(tx, NOW - timedelta(days=1))
        assert (taught.before, taught.after) == ("Yes!", "Yes.")


def test_held_cards_come_newest_first_and_once(db: Database) -> None:
    """By the time of the post, whatever order they were held in."""
    with db.write() as tx:
        for number, minutes in ((1001, 5), (1002, 9), (1003, 7)):
            post = a_post(str(number), created_at=later(minutes=minutes))
            waiting(tx, str(number), post=post)
            hold_card(tx, str(number), at=NOW)
            hold_card(tx, str(number), at=NOW)
        assert held_cards(tx, 10) == ["1002", "1003", "1001"]
        assert held_cards(tx, 1) == ["1002"]
        let_card_go(tx, "1002")
        assert held_cards(tx, 10) == ["1003", "1001"]


def test_only_what_waits_and_nobody_took_counts_as_old(db: Database) -> None:
    """Longest waiting first, by kind, bounded; taken, snoozed and folded ones stay."""
    with db.write() as tx:
        for number in (1, 2, 3):
            waiting(tx, f"100{number}", changed_at=later(minutes=-number))
        waiting(tx, "1004", kind=MentionKind.KEYWORD)
        waiting(tx, "1005", folded=True)
        waiting(tx, "1006", state=_S.SNOOZED)
        waiting(tx, "1007", state=_S.HANDED_OVER)
        waiting(tx, "1008")
        decisions.record(tx, a_decision("1008", DecisionKind.HAND_OVER))
        waiting(tx, "1009")
        decisions.record(tx, a_decision("1009", DecisionKind.STEER))
        soon = later(hours=1)
        assert never_taken(tx, MentionKind.MENTION, soon, 9) == ["1003", "1002", "1001", "1009"]
        assert never_taken(tx, MentionKind.MENTION, soon, 2) == ["1003", "1002"]
        assert never_taken(tx, MentionKind.KEYWORD, soon, 9) == ["1004"]
        assert never_taken(tx, MentionKind.MENTION, NOW - timedelta(hours=1), 9) == []


def test_a_new_hand_over_takes_the_reminders_place(db: Database) -> None:
    """The reminder of the one before is forgotten, an earlier time of it too."""
    with db.write() as tx:
        waiting(tx)
        first = a_decision(kind=DecisionKind.HAND_OVER)
        second = a_decision(kind=DecisionKind.HAND_OVER)
        enqueue_reminder(tx, first, to_member="U1", at=later(hours=1))
        enqueue_reminder(tx, second, to_member="U2", at=later(hours=2))
        there = job(tx, "remind:1001")
        assert there is not None
        assert there.due_at == later(hours=2)
        assert there.payload == {"handed": second.id, "to": "U2", "last": False}


def test_whose_hands_it_slept_from(db: Database) -> None:
    """The hand-over is known while it sleeps, where somebody had it."""
    with db.write() as tx:
        waiting(tx)
        handed = a_decision(kind=DecisionKind.HAND_OVER)
        mentions.move(tx, "1001", to=_S.HANDED_OVER, at=NOW, assignee="U1")
        decisions.record(tx, handed)
        mentions.move(tx, "1001", to=_S.SNOOZED, at=NOW, snoozed_until=later(hours=1))
        asleep = mentions.mention(tx, "1001")
        assert asleep is not None
        assert handed_before_sleep(tx, asleep) == handed
        waiting(tx, "1002")
        mentions.move(tx, "1002", to=_S.SNOOZED, at=NOW, snoozed_until=later(hours=1))
        other = mentions.mention(tx, "1002")
        assert other is not None
        assert handed_before_sleep(tx, other) is None
