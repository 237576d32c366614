"""The jobs that follow from a state change, by their names: one place that knows their keys.

Each is written in the caller's transaction, so that the change and what follows from it
are one commit.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from domain import Decision, JobKind, Reply
from storage.db.database import Transaction
from storage.db.ids import new_id
from storage.queue.jobs import add_job, drop, job


def enqueue(
    tx: Transaction,
    kind: JobKind,
    subject: str | None = None,
    *,
    at: datetime,
    payload: Mapping[str, Any] | None = None,
    key: str | None = None,
) -> None:
    """Have a kind of work done, for a subject where it is about one; once for all who ask.

    Args:
        tx: a transaction that may write.
        kind: of work.
        subject: the id of what it is about; a day or a UTC hour, where it is about one.
        at: aware UTC; when it is due.
        payload: what else it has to know.
        key: where another than the kind, or the kind and the subject, tells it from others.
    """
    named = key or (str(kind) if subject is None else f"{kind}:{subject}")
    add_job(tx, kind, key=named, subject=subject, due_at=at, payload=payload)


def enqueue_card(tx: Transaction, mention_id: str, *, at: datetime) -> None:
    """Have the mention's card rendered again from what is stored."""
    enqueue(tx, JobKind.CARD, mention_id, at=at)


def enqueue_suggestions(
    tx: Transaction,
    mention_id: str,
    *,
    at: datetime,
    steer: str | None = None,
    asked_by: str | None = None,
    asked_id: str | None = None,
    changed: bool = False,
) -> None:
    """Have suggestions drafted; `changed` tells that the post's words are new.

    `steer` holds the words of a member, `asked_by` their name and `asked_id` their id.
    """
    payload: dict[str, str | bool | None] = {"steer": steer, "asked_by": asked_by}
    if asked_id:
        payload["asked_id"] = asked_id
    if changed:
        payload["changed"] = True
    enqueue(tx, JobKind.SUGGEST, mention_id, at=at, payload=payload)


def enqueue_send(tx: Transaction, reply: Reply, *, late: bool = False) -> None:
    """Have an approved reply sent when its undo window ends; one job for each decision.

    `late` has the team asked first, once it is known that nobody answered meanwhile. What is late
    stays so, whoever asks again.
    """
    key = f"send:{reply.decision_id}"
    known = job(tx, key)
    late = late or (known is not None and bool(known.payload.get("late")))
    enqueue(
        tx,
        JobKind.SEND,
        reply.mention_id,
        at=reply.due_at,
        payload={"reply": reply.id, **({"late": True} if late else {})},
        key=key,
    )


def enqueue_reconcile(
    tx: Transaction, reply: Reply, *, at: datetime, by_member: bool = False
) -> None:
    """Have the timeline searched for a reply of which nobody knows whether it went out."""
    enqueue(
        tx,
        JobKind.LOOK,
        reply.mention_id,
        at=at,
        payload={"reply": reply.id, "by_member": by_member},
        key=f"look:{reply.id}",
    )


def enqueue_filtered_list(tx: Transaction, day_hour: str, *, at: datetime) -> None:
    """Have the line about what was set aside in a UTC hour (2026-11-24T15) rendered again."""
    enqueue(tx, JobKind.ASIDE_LINE, day_hour, at=at, key=f"aside:{day_hour}")


def enqueue_proposal(tx: Transaction, proposal_id: str, *, at: datetime) -> None:
    """Have the message about a proposed rule rendered again."""
    enqueue(tx, JobKind.LEARN, proposal_id, at=at, key=f"proposal:{proposal_id}")


def enqueue_notice(tx: Transaction, key: str, *, sentence: str, advice: str, at: datetime) -> None:
    """Have a sentence posted to the channel, once for each key."""
    payload = {"sentence": sentence, "advice": advice}
    enqueue(tx, JobKind.TELL, at=at, payload=payload, key=f"tell:{key}")


def enqueue_notice_handed_over(
    tx: Transaction, decision: Decision, *, to_member: str, at: datetime
) -> None:
    """Have the member who was asked to take a mention told in its card's thread."""
    enqueue(
        tx,
        JobKind.TELL,
        decision.mention_id,
        at=at,
        payload={"to": to_member, "by": decision.member_name, "note": decision.text or ""},
        key=f"handed:{decision.id}",
    )


def enqueue_notice_sent(tx: Transaction, reply: Reply, *, at: datetime) -> None:
    """Have the note that a reply stands on X posted into its card's thread."""
    enqueue(
        tx,
        JobKind.TELL,
        reply.mention_id,
        at=at,
        payload={"reply": reply.id},
        key=f"sent:{reply.id}",
    )


def enqueue_reminder(
    tx: Transaction, handed: Decision, *, to_member: str, at: datetime, last: bool = False
) -> None:
    """Have whoever took a mention reminded of it; `last` is the word to all, a day later.

    A reminder of an earlier hand-over is forgotten.
    """
    key = f"remind:{handed.mention_id}"
    drop(tx, key)
    payload = {"handed": handed.id, "to": to_member, "last": last}
    enqueue(tx, JobKind.REMIND, handed.mention_id, at=at, payload=payload, key=key)


def escalated_key(mention_id: str, press: str) -> str:
    """Return the key of a mention's copy in another channel, one for each press."""
    return f"elsewhere:{mention_id}:{press}"


def enqueue_escalated_copy(
    tx: Transaction,
    mention_id: str,
    press: str,
    *,
    member_id: str,
    member_name: str,
    why: str,
    at: datetime,
) -> None:
    """Have a mention shown in the team's other channel; once for each press."""
    enqueue(
        tx,
        JobKind.SHOW_ELSEWHERE,
        mention_id,
        at=at,
        payload={"press": press, "by": member_id, "name": member_name, "why": why},
        key=escalated_key(mention_id, press),
    )


def enqueue_notice_woken(tx: Transaction, snoozed: Decision, *, at: datetime) -> None:
    """Have the member who put a mention to sleep told in its card's thread that it is back."""
    enqueue(
        tx,
        JobKind.REMIND,
        snoozed.mention_id,
        at=at,
        payload={"woken": snoozed.member_id},
        key=f"woken:{snoozed.id}",
    )


def enqueue_settings_followed(tx: Transaction, names: Collection[str], *, at: datetime) -> None:
    """Have done what follows from changed settings; `names` are the fields of TeamSettings."""
    payload = {"names": sorted(names)}
    enqueue(tx, JobKind.SETTINGS, at=at, payload=payload, key=f"settings:{new_id()}")
