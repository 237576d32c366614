"""The commit that every decision shares: compare-and-set, the record, the card's job."""

import difflib
import logging
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from domain import (
    OPEN_STATES,
    Decision,
    DecisionKind,
    JobKind,
    Mention,
    MentionState,
    Reply,
    ReplyState,
    Suggestion,
)
from errors import AlreadyDecided, GreenroomError
from handlers.decisions.refusals import (
    refuse_by_hand,
    refuse_opted_out,
    refuse_own_words,
    refuse_unseen,
    refuse_wordless,
)
from handlers.entry.access import Member
from replies.learning import changes, traits
from storage.db.database import Transaction
from storage.db.ids import new_id
from storage.inbox import decisions, edits, mentions, replies, suggestions
from storage.queue.enqueue import enqueue, enqueue_card, enqueue_send
from views.talking.private_texts import already_decided, moved_on

log = logging.getLogger("greenroom.deciding")

#: The decisions that move a mention: one of them is what somebody else was first with.
_MOVING = frozenset(DecisionKind) - {
    DecisionKind.STEER,
    DecisionKind.PAUSE_WATCH,
    DecisionKind.CHECK_AGAIN,
    DecisionKind.ESCALATE,
    DecisionKind.WRITE,
}


def the_mention(tx: Transaction, mention_id: str) -> Mention:
    """Return the mention that a button belongs to.

    Raises:
        GreenroomError: no such mention is stored.
    """
    mention = mentions.mention(tx, mention_id)
    if mention is None:
        raise GreenroomError("Greenroom does not know this card any more.", "Nothing was done.")
    return mention


def record(
    tx: Transaction,
    mention_id: str,
    kind: DecisionKind,
    member: Member,
    *,
    at: datetime,
    text: str | None = None,
    suggestion_id: str | None = None,
    change: str | None = None,
) -> Decision:
    """Store who did what, when, with which text, and what was changed in its suggestion."""
    decision = Decision(
        id=new_id(),
        mention_id=mention_id,
        kind=kind,
        member_id=member.id,
        member_name=member.name,
        at=at,
        text=text,
        suggestion_id=suggestion_id,
        change=change,
    )
    decisions.record(tx, decision)
    if suggestion_id is not None and text:
        _keep_edit(tx, decision, suggestion_id, text)
    return decision


def _keep_edit(tx: Transaction, decision: Decision, suggestion_id: str, text: str) -> None:
    """Store how a taken text differs from its suggestion, if it does.

    What a member wrote and another approved differs from what the member started from.
    """
    source = suggestions.suggestion(tx, suggestion_id)
    if source is not None and source.from_id is not None:
        source = suggestions.suggestion(tx, source.from_id)
    mention = mentions.mention(tx, decision.mention_id)
    if source is None or mention is None or source.text == text:
        return
    edits.keep_edit(
        tx,
        decision.id,
        mention.id,
        before=source.text,
        after=text,
        changes=changes(source.text, text),
        traits=traits(source.text, text, person=mention.post.author.name),
        at=decision.at,
    )


def move_or_tell_who(
    tx: Transaction,
    mention_id: str,
    *,
    to: MentionState,
    at: datetime,
    before: Collection[MentionState],
    reason: str | None = None,
    assignee: str | None = None,
    snoozed_until: datetime | None = None,
) -> None:
    """Make the move, first come first served.

    Raises:
        AlreadyDecided: names who was first and what they did.
    """
    moved = mentions.move(
        tx,
        mention_id,
        to=to,
        at=at,
        before=before,
        reason=reason,
        assignee=assignee,
        snoozed_until=snoozed_until,
    )
    if moved:
        enqueue_card(tx, mention_id, at=at)
        return
    last = decisions.last_decision(tx, mention_id, _MOVING)
    if last is None:
        raise AlreadyDecided(moved_on())
    words = already_decided(last.kind, by=last.member_name, at=last.at)
    raise AlreadyDecided(words, by=last.member_id)


@dataclass(frozen=True, slots=True)
class DecidedText:
    """A text that a member decides on: by which decision, when, and where it comes from.

    Args:
        kind: the decision.
        member: who takes it.
        text: what is taken.
        at: aware UTC.
        suggestion_id: the suggestion that it is, or was made of.
        change: what was changed in that suggestion; None where nothing was.
    """

    kind: DecisionKind
    member: Member
    text: str
    at: datetime
    suggestion_id: str | None = None
    change: str | None = None


def the_suggestion(tx: Transaction, mention: Mention, suggestion_id: str | None) -> Suggestion:
    """Return the mention's suggestion that a button stands beside.

    Raises:
        GreenroomError: it is gone, or another mention's.
    """
    suggestion = suggestions.suggestion(tx, suggestion_id or "")
    if suggestion is None or suggestion.mention_id != mention.id:
        raise GreenroomError(
            "That suggestion is not there any more.", "The card shows the newest ones."
        )
    return suggestion


def approve_text(
    tx: Transaction,
    mention_id: str,
    taken: DecidedText,
    *,
    before: Collection[MentionState],
    due_at: datetime,
) -> Reply:
    """Move to approved, record the decision and have the reply sent at `due_at`: one commit.

    Every approval comes through here, and with it the rules that nothing is sent in the lane
    of those who answer by hand, and that nobody approves words of their own where the team
    wants a second approver.

    Raises:
        NotAllowed: the person asked not to be answered, X lets only a person answer, or these
            are the member's own words, and another member has to approve them.
        GreenroomError: there are no words in it, or a card cannot show all of them.
        AlreadyDecided: somebody was first, or a reply is on its way already.
    """
    decision = _take(tx, mention_id, taken, to=MentionState.APPROVED, before=before)
    reply = Reply(
        id=new_id(),
        mention_id=mention_id,
        decision_id=decision.id,
        text=taken.text,
        state=ReplyState.APPROVED,
        due_at=due_at,
        member_id=decision.member_id,
        member_name=decision.member_name,
    )
    replies.add_reply(tx, reply)
    enqueue_send(tx, reply)
    log.info("mention=%s step=approved reply=%s member=%s", mention_id, reply.id, reply.member_id)
    return reply


def take_by_hand(tx: Transaction, mention_id: str, taken: DecidedText) -> None:
    """Move to by hand with the text that a person is to post, and watch for it on X: one commit.

    Raises:
        NotAllowed: the person asked not to be answered, or these are the member's own words,
            and another member has to approve them.
        AlreadyDecided: somebody was first.
        GreenroomError: there are no words in it, or a card cannot show all of them.
    """
    _take(tx, mention_id, taken, to=MentionState.BY_HAND, before=OPEN_STATES)
    enqueue(tx, JobKind.TIMELINE, at=taken.at)


def _take(
    tx: Transaction,
    mention_id: str,
    taken: DecidedText,
    *,
    to: MentionState,
    before: Collection[MentionState],
) -> Decision:
    refuse_wordless(taken.text)
    refuse_unseen(taken.text)
    if to is MentionState.APPROVED:
        refuse_by_hand(tx, mention_id)
    refuse_opted_out(tx, mention_id)
    refuse_own_words(tx, mention_id, taken.member, taken.text)
    move_or_tell_who(tx, mention_id, to=to, at=taken.at, before=before)
    decision = record(
        tx,
        mention_id,
        taken.kind,
        taken.member,
        at=taken.at,
        text=taken.text,
        suggestion_id=taken.suggestion_id,
        change=taken.change,
    )
    mentions.set_note(tx, mention_id, None)
    return decision


def what_changed(before: str, after: str) -> str | None:
    """Return the difference of two texts word by word (`-old +new`), or None when there is none."""
    if before == after:
        return None
    marked = difflib.ndiff(before.split(), after.split())
    return " ".join(
        word[0] + word[2:] if word[0] != " " else word[2:]
        for word in marked
        if not word.startswith("?")
    )
