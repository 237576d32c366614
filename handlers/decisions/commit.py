"""The commit that every decision shares: compare-and-set, the record, the card's job."""

import difflib
import logging
from collections.abc import Collection
from datetime import datetime

from domain import (
    OPEN_STATES,
    Decision,
    DecisionKind,
    JobKind,
    Lane,
    Mention,
    MentionState,
    Reply,
    ReplyState,
    why_unseen,
)
from errors import AlreadyDecided, GreenroomError, NotAllowed
from handlers.entry.access import Member
from replies.learning import changes, traits
from storage.db.database import Transaction
from storage.db.ids import new_id
from storage.inbox import authors, decisions, edits, mentions, replies, suggestions
from storage.posts import opt_outs
from storage.queue.enqueue import (
    enqueue,
    enqueue_card,
    enqueue_send,
)
from views.talking.private_texts import (
    already_decided,
    moved_on,
    only_by_hand,
    own_words,
    unknown_words,
    wants_no_answer,
)

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


def approve_text(
    tx: Transaction,
    mention_id: str,
    kind: DecisionKind,
    member: Member,
    *,
    text: str,
    before: Collection[MentionState],
    at: datetime,
    due_at: datetime,
    suggestion_id: str | None = None,
    change: str | None = None,
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
    refuse_wordless(text)
    refuse_unseen(text)
    refuse_by_hand(tx, mention_id)
    refuse_opted_out(tx, mention_id)
    refuse_own_words(tx, mention_id, member, text)
    move_or_tell_who(tx, mention_id, to=MentionState.APPROVED, at=at, before=before)
    decision = record(
        tx,
        mention_id,
        kind,
        member,
        at=at,
        text=text,
        suggestion_id=suggestion_id,
        change=change,
    )
    reply = Reply(
        id=new_id(),
        mention_id=mention_id,
        decision_id=decision.id,
        text=text,
        state=ReplyState.APPROVED,
        due_at=due_at,
        member_id=member.id,
        member_name=member.name,
    )
    replies.add_reply(tx, reply)
    mentions.set_note(tx, mention_id, None)
    enqueue_send(tx, reply)
    log.info("mention=%s step=approved reply=%s member=%s", mention_id, reply.id, member.id)
    return reply


def take_by_hand(
    tx: Transaction,
    mention_id: str,
    kind: DecisionKind,
    member: Member,
    *,
    text: str,
    at: datetime,
    suggestion_id: str | None = None,
    change: str | None = None,
) -> None:
    """Move to by hand with the text that a person is to post, and watch for it on X: one commit.

    Raises:
        NotAllowed: the person asked not to be answered, or these are the member's own words,
            and another member has to approve them.
        AlreadyDecided: somebody was first.
        GreenroomError: there are no words in it, or a card cannot show all of them.
    """
    refuse_wordless(text)
    refuse_unseen(text)
    refuse_opted_out(tx, mention_id)
    refuse_own_words(tx, mention_id, member, text)
    move_or_tell_who(tx, mention_id, to=MentionState.BY_HAND, at=at, before=OPEN_STATES)
    record(
        tx,
        mention_id,
        kind,
        member,
        at=at,
        text=text,
        suggestion_id=suggestion_id,
        change=change,
    )
    mentions.set_note(tx, mention_id, None)
    enqueue(tx, JobKind.TIMELINE, at=at)


def refuse_wordless(text: str) -> None:
    """Let nobody take a text that was emptied since, as forgetting a person does.

    Raises:
        GreenroomError: there are no words in it.
    """
    if not text.strip():
        raise GreenroomError("There are no words in that suggestion any more.", "Write your own.")


def refuse_unseen(text: str) -> None:
    """Let nobody take a text whose end they could not see, whatever a screen offered.

    Raises:
        GreenroomError: a card cannot show all of it.
    """
    if (why := why_unseen(text)) is not None:
        raise GreenroomError(why, "Use Edit… to change it.")


def refuse_by_hand(tx: Transaction, mention_id: str) -> None:
    """Let nobody send where X lets only a person answer, whatever an old card offered.

    Raises:
        NotAllowed: the mention is in that lane.
    """
    mention = mentions.mention(tx, mention_id)
    if mention is not None and mention.lane is Lane.BY_HAND:
        raise NotAllowed(only_by_hand())


def refuse_opted_out(tx: Transaction, mention_id: str) -> None:
    """Let nobody answer a person who asked not to be answered, by whatever way.

    Raises:
        NotAllowed: they asked, and nobody lifted it.
    """
    mention = mentions.mention(tx, mention_id)
    if mention is not None and opt_outs.opted_out(tx, mention.post.author.id) is not None:
        raise NotAllowed(wants_no_answer(mention.post.author.handle))


def refuse_own_words(tx: Transaction, mention_id: str, member: Member, text: str) -> None:
    """Let nobody take words of their own, where the team wants a second approver.

    Raises:
        NotAllowed: another member has to approve this text.
    """
    if needs_another(tx, mention_id, member, text):
        known = authors.origins(tx, mention_id, text)
        raise NotAllowed(own_words() if known else unknown_words())


def needs_another(tx: Transaction, mention_id: str, member: Member, text: str) -> bool:
    """Tell whether somebody else than `member` has to approve a text.

    So it is where the team wants a second approver and words of this member are in the text, or
    nobody knows whose are. Others who handed in the very same text stand behind it, too.
    """
    if not authors.second_approver_on(tx):
        return False
    return not authors.may_approve_alone(tx, mention_id, text, member.id)


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
