"""The jobs that follow from a state change, by their names: one place that knows their keys.

Each is written in the caller's transaction, so that the change and what follows from it
are one commit.
"""

from datetime import datetime

from domain import Decision, JobKind, Reply
from storage.database import Transaction
from storage.jobs import add_job


def ask_card(tx: Transaction, mention_id: str, *, at: datetime) -> None:
    """Have the mention's card rendered again from what is stored."""
    add_job(tx, JobKind.CARD, key=f"card:{mention_id}", subject=mention_id, due_at=at)


def ask_suggestions(
    tx: Transaction,
    mention_id: str,
    *,
    at: datetime,
    steer: str | None = None,
    asked_by: str | None = None,
) -> None:
    """Have suggestions drafted; `steer` holds a member's words for another round."""
    payload = {"steer": steer, "asked_by": asked_by}
    add_job(
        tx,
        JobKind.SUGGEST,
        key=f"suggest:{mention_id}",
        subject=mention_id,
        due_at=at,
        payload=payload,
    )


def ask_send(tx: Transaction, reply: Reply) -> None:
    """Have an approved reply sent when its undo window ends; one job for each decision."""
    add_job(
        tx,
        JobKind.SEND,
        key=f"send:{reply.decision_id}",
        subject=reply.mention_id,
        due_at=reply.due_at,
        payload={"reply": reply.id},
    )


def ask_look(tx: Transaction, reply: Reply, *, at: datetime, by_member: bool = False) -> None:
    """Have the timeline searched for a reply of which nobody knows whether it went out."""
    add_job(
        tx,
        JobKind.LOOK,
        key=f"look:{reply.id}",
        subject=reply.mention_id,
        due_at=at,
        payload={"reply": reply.id, "by_member": by_member},
    )


def ask_timeline(tx: Transaction, *, at: datetime) -> None:
    """Have the account's own timeline read."""
    add_job(tx, JobKind.TIMELINE, key="timeline", due_at=at)


def ask_wake(tx: Transaction, mention_id: str, *, at: datetime) -> None:
    """Have a snoozed mention brought back."""
    add_job(tx, JobKind.WAKE, key=f"wake:{mention_id}", subject=mention_id, due_at=at)


def ask_fold_line(tx: Transaction, *, at: datetime) -> None:
    """Have the line about folded mentions rendered again."""
    add_job(tx, JobKind.FOLD_LINE, key="fold_line", due_at=at)


def ask_listening(tx: Transaction, watch_id: str, *, at: datetime) -> None:
    """Have a watch polled."""
    add_job(tx, JobKind.LISTEN, key=f"listen:{watch_id}", subject=watch_id, due_at=at)


def ask_first_look(tx: Transaction, *, at: datetime) -> None:
    """Have the first mentions of a new watch chosen from what was folded."""
    add_job(tx, JobKind.FIRST_LOOK, key="first_look", due_at=at)


def ask_aside_line(tx: Transaction, day_hour: str, *, at: datetime) -> None:
    """Have the line about what was set aside in a UTC hour (2026-11-24T15) rendered again."""
    add_job(tx, JobKind.ASIDE_LINE, key=f"aside:{day_hour}", subject=day_hour, due_at=at)


def ask_voice_offer(tx: Transaction, *, asked_by: str, at: datetime) -> None:
    """Have a voice worked out from the account's own best past replies, and offered."""
    payload = {"asked_by": asked_by}
    add_job(tx, JobKind.VOICE_OFFER, key="voice_offer", due_at=at, payload=payload)


def ask_learning(tx: Transaction, *, at: datetime) -> None:
    """Have the team's edits looked through for a habit; one job, once a day."""
    add_job(tx, JobKind.LEARN, key="learn", due_at=at)


def ask_proposal(tx: Transaction, proposal_id: str, *, at: datetime) -> None:
    """Have the message about a proposed rule rendered again."""
    add_job(tx, JobKind.LEARN, key=f"proposal:{proposal_id}", subject=proposal_id, due_at=at)


def tell(tx: Transaction, key: str, *, sentence: str, advice: str, at: datetime) -> None:
    """Have a sentence posted to the channel, once for each key."""
    payload = {"sentence": sentence, "advice": advice}
    add_job(tx, JobKind.TELL, key=f"tell:{key}", due_at=at, payload=payload)


def tell_handed_over(tx: Transaction, decision: Decision, *, to_member: str, at: datetime) -> None:
    """Have the member who was asked to take a mention told in its card's thread."""
    add_job(
        tx,
        JobKind.TELL,
        key=f"handed:{decision.id}",
        subject=decision.mention_id,
        due_at=at,
        payload={"to": to_member, "by": decision.member_name, "note": decision.text or ""},
    )


def tell_sent(tx: Transaction, reply: Reply, *, at: datetime) -> None:
    """Have the note that a reply stands on X posted into its card's thread."""
    add_job(
        tx,
        JobKind.TELL,
        key=f"sent:{reply.id}",
        subject=reply.mention_id,
        due_at=at,
        payload={"reply": reply.id},
    )
