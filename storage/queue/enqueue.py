"""The jobs that follow from a state change, by their names: one place that knows their keys.

Each is written in the caller's transaction, so that the change and what follows from it
are one commit.
"""

from collections.abc import Collection, Mapping
from datetime import date, datetime

from domain import Decision, JobKind, Reply
from storage.db.database import Transaction
from storage.db.ids import new_id
from storage.queue.jobs import add_job, drop, job


def enqueue_card(tx: Transaction, mention_id: str, *, at: datetime) -> None:
    """Have the mention's card rendered again from what is stored."""
    add_job(tx, JobKind.CARD, key=f"card:{mention_id}", subject=mention_id, due_at=at)


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
    add_job(
        tx,
        JobKind.SUGGEST,
        key=f"suggest:{mention_id}",
        subject=mention_id,
        due_at=at,
        payload=payload,
    )


def enqueue_send(tx: Transaction, reply: Reply, *, late: bool = False) -> None:
    """Have an approved reply sent when its undo window ends; one job for each decision.

    `late` has the team asked first, once it is known that nobody answered meanwhile. What is late
    stays so, whoever asks again.
    """
    key = f"send:{reply.decision_id}"
    known = job(tx, key)
    late = late or (known is not None and bool(known.payload.get("late")))
    add_job(
        tx,
        JobKind.SEND,
        key=key,
        subject=reply.mention_id,
        due_at=reply.due_at,
        payload={"reply": reply.id, **({"late": True} if late else {})},
    )


def enqueue_reconcile(
    tx: Transaction, reply: Reply, *, at: datetime, by_member: bool = False
) -> None:
    """Have the timeline searched for a reply of which nobody knows whether it went out."""
    add_job(
        tx,
        JobKind.LOOK,
        key=f"look:{reply.id}",
        subject=reply.mention_id,
        due_at=at,
        payload={"reply": reply.id, "by_member": by_member},
    )


def enqueue_timeline(tx: Transaction, *, at: datetime) -> None:
    """Have the account's own timeline read."""
    add_job(tx, JobKind.TIMELINE, key="timeline", due_at=at)


def enqueue_unsnooze(tx: Transaction, mention_id: str, *, at: datetime) -> None:
    """Have a snoozed mention brought back."""
    add_job(tx, JobKind.WAKE, key=f"wake:{mention_id}", subject=mention_id, due_at=at)


def enqueue_fold_line(tx: Transaction, *, at: datetime) -> None:
    """Have the line about folded mentions rendered again."""
    add_job(tx, JobKind.FOLD_LINE, key="fold_line", due_at=at)


def enqueue_listening(tx: Transaction, watch_id: str, *, at: datetime) -> None:
    """Have a watch polled."""
    add_job(tx, JobKind.LISTEN, key=f"listen:{watch_id}", subject=watch_id, due_at=at)


def enqueue_read_over(
    tx: Transaction,
    watch_id: str,
    *,
    at: datetime,
    span: Mapping[str, str | int] | None = None,
) -> None:
    """Have a watch's day read over once more; `span` is what is left of a reading that has begun."""
    key = f"read_over:{watch_id}"
    add_job(tx, JobKind.READ_OVER, key=key, subject=watch_id, due_at=at, payload=span)


def enqueue_backfill(tx: Transaction, *, at: datetime) -> None:
    """Have the first mentions of a new watch chosen from what was folded."""
    add_job(tx, JobKind.FIRST_LOOK, key="first_look", due_at=at)


def enqueue_filtered_list(tx: Transaction, day_hour: str, *, at: datetime) -> None:
    """Have the line about what was set aside in a UTC hour (2026-11-24T15) rendered again."""
    add_job(tx, JobKind.ASIDE_LINE, key=f"aside:{day_hour}", subject=day_hour, due_at=at)


def enqueue_voice_offer(tx: Transaction, *, asked_by: str, at: datetime) -> None:
    """Have a voice worked out from the account's own best past replies, and offered."""
    payload = {"asked_by": asked_by}
    add_job(tx, JobKind.VOICE_OFFER, key="voice_offer", due_at=at, payload=payload)


def enqueue_digest(tx: Transaction, *, at: datetime) -> None:
    """Have the daily summary posted; one job, once for each local date."""
    add_job(tx, JobKind.DIGEST, key="digest", due_at=at)


def enqueue_digest_anew(tx: Transaction, day: date, *, at: datetime) -> None:
    """Have a date's posted summary drawn again, because something that it shows has changed."""
    text = day.isoformat()
    add_job(tx, JobKind.DIGEST, key=f"digest:{text}", subject=text, due_at=at)


def enqueue_today(
    tx: Transaction, *, public: bool, member_id: str, channel: str | None, at: datetime
) -> None:
    """Have the day so far summed up for who asked, or for the channel they asked in."""
    payload = {"public": public, "member": member_id, "channel": channel}
    add_job(tx, JobKind.TODAY, key=f"today:{new_id()}", due_at=at, payload=payload)


def enqueue_watch_trial(
    tx: Transaction,
    *,
    label: str,
    query: str,
    cap: int,
    member_id: str,
    channel: str | None,
    at: datetime,
) -> None:
    """Have a query tried on X, and what it found shown to who asked."""
    add_job(
        tx,
        JobKind.WATCH_TRIAL,
        key=f"watch_trial:{new_id()}",
        due_at=at,
        payload={
            "label": label,
            "query": query,
            "cap": cap,
            "member": member_id,
            "channel": channel,
        },
    )


def enqueue_proposal(tx: Transaction, proposal_id: str, *, at: datetime) -> None:
    """Have the message about a proposed rule rendered again."""
    add_job(tx, JobKind.LEARN, key=f"proposal:{proposal_id}", subject=proposal_id, due_at=at)


def enqueue_account_day(tx: Transaction, *, at: datetime) -> None:
    """Have followers and our own posts read; one job, once a day."""
    add_job(tx, JobKind.ACCOUNT_DAY, key="account_day", due_at=at)


def enqueue_usage_check(tx: Transaction, *, at: datetime) -> None:
    """Have X's count of posts compared with ours; one job, once a day."""
    add_job(tx, JobKind.USAGE_CHECK, key="usage_check", due_at=at)


def enqueue_stats(
    tx: Transaction, *, days: int, public: bool, member_id: str, channel: str | None, at: datetime
) -> None:
    """Have the figures counted and shown to who asked, or to the channel they asked in."""
    add_job(
        tx,
        JobKind.STATS,
        key=f"stats:{new_id()}",
        due_at=at,
        payload={"days": days, "public": public, "member": member_id, "channel": channel},
    )


def enqueue_notice(tx: Transaction, key: str, *, sentence: str, advice: str, at: datetime) -> None:
    """Have a sentence posted to the channel, once for each key."""
    payload = {"sentence": sentence, "advice": advice}
    add_job(tx, JobKind.TELL, key=f"tell:{key}", due_at=at, payload=payload)


def enqueue_notice_handed_over(
    tx: Transaction, decision: Decision, *, to_member: str, at: datetime
) -> None:
    """Have the member who was asked to take a mention told in its card's thread."""
    add_job(
        tx,
        JobKind.TELL,
        key=f"handed:{decision.id}",
        subject=decision.mention_id,
        due_at=at,
        payload={"to": to_member, "by": decision.member_name, "note": decision.text or ""},
    )


def enqueue_notice_sent(tx: Transaction, reply: Reply, *, at: datetime) -> None:
    """Have the note that a reply stands on X posted into its card's thread."""
    add_job(
        tx,
        JobKind.TELL,
        key=f"sent:{reply.id}",
        subject=reply.mention_id,
        due_at=at,
        payload={"reply": reply.id},
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
    add_job(tx, JobKind.REMIND, key=key, subject=handed.mention_id, due_at=at, payload=payload)


def enqueue_held_cards(tx: Transaction, *, at: datetime) -> None:
    """Have the cards posted that quiet hours held back."""
    add_job(tx, JobKind.HELD_CARDS, key="held_cards", due_at=at)


def enqueue_expiring(tx: Transaction, *, at: datetime) -> None:
    """Have mentions closed that nobody took for very long; one job, once a day."""
    add_job(tx, JobKind.EXPIRE, key="expire", due_at=at)


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
    add_job(
        tx,
        JobKind.SHOW_ELSEWHERE,
        key=escalated_key(mention_id, press),
        subject=mention_id,
        due_at=at,
        payload={"press": press, "by": member_id, "name": member_name, "why": why},
    )


def enqueue_notice_woken(tx: Transaction, snoozed: Decision, *, at: datetime) -> None:
    """Have the member who put a mention to sleep told in its card's thread that it is back."""
    add_job(
        tx,
        JobKind.REMIND,
        key=f"woken:{snoozed.id}",
        subject=snoozed.mention_id,
        due_at=at,
        payload={"woken": snoozed.member_id},
    )


def enqueue_thread_answer(
    tx: Transaction,
    mention_id: str,
    *,
    channel: str,
    ts: str,
    words: str,
    bot_id: str,
    member_id: str,
    member_name: str,
    at: datetime,
) -> None:
    """Have what a member wrote in a card's thread answered there; one job for each message."""
    add_job(
        tx,
        JobKind.THREAD,
        key=f"thread:{channel}:{ts}",
        subject=mention_id,
        due_at=at,
        payload={
            "channel": channel,
            "words": words,
            "bot": bot_id,
            "member": member_id,
            "name": member_name,
        },
    )


def enqueue_settings_followed(tx: Transaction, names: Collection[str], *, at: datetime) -> None:
    """Have done what follows from changed settings; `names` are the fields of TeamSettings."""
    payload = {"names": sorted(names)}
    add_job(tx, JobKind.SETTINGS, key=f"settings:{new_id()}", due_at=at, payload=payload)


def enqueue_export(
    tx: Transaction, *, member_id: str, member_name: str, channel: str | None, at: datetime
) -> None:
    """Have everything stored about conversations put into a file for a member."""
    add_job(
        tx,
        JobKind.EXPORT,
        key=f"export:{member_id}",
        due_at=at,
        payload={"member": member_id, "name": member_name, "channel": channel},
    )


def enqueue_post_by_link(
    tx: Transaction,
    post_id: str,
    *,
    member_id: str,
    member_name: str,
    channel: str | None,
    at: datetime,
) -> None:
    """Have the post read that a member brought by its link."""
    add_job(
        tx,
        JobKind.SHORTCUT,
        key=f"shortcut:{member_id}:{post_id}",
        subject=post_id,
        due_at=at,
        payload={"member": member_id, "name": member_name, "channel": channel},
    )


def enqueue_burst(tx: Transaction, pile_id: str, *, at: datetime) -> None:
    """Have a pile-on's card rendered again."""
    add_job(tx, JobKind.PILE, key=f"pile:{pile_id}", subject=pile_id, due_at=at)


def enqueue_burst_names(tx: Transaction, pile_id: str, view_id: str, *, at: datetime) -> None:
    """Have those named whose posts a member looks at in a pile's window."""
    add_job(
        tx,
        JobKind.PILE,
        key=f"pile_names:{view_id}",
        subject=pile_id,
        due_at=at,
        payload={"view": view_id},
    )


def enqueue_answer(
    tx: Transaction,
    *,
    channel: str,
    ts: str,
    thread_ts: str | None,
    words: str,
    member_id: str,
    at: datetime,
) -> None:
    """Have a question answered where it was asked; one job for each message."""
    add_job(
        tx,
        JobKind.QUESTION,
        key=f"question:{channel}:{ts}",
        due_at=at,
        payload={"channel": channel, "thread_ts": thread_ts, "words": words, "member": member_id},
    )


def enqueue_clearing(tx: Transaction, mention_id: str, *, at: datetime) -> None:
    """Have what we wrote below a mention's card taken away."""
    add_job(tx, JobKind.CLEAR, key=f"clear:{mention_id}", subject=mention_id, due_at=at)


def enqueue_sweep(tx: Transaction, *, at: datetime) -> None:
    """Have stored posts looked up on X again."""
    add_job(tx, JobKind.SWEEP, key="sweep", due_at=at)


def enqueue_retention(tx: Transaction, *, at: datetime) -> None:
    """Have old words forgotten."""
    add_job(tx, JobKind.RETENTION, key="retention", due_at=at)
