"""The jobs that answer a member who asked, each with whom and where to answer."""

from datetime import datetime

from domain import JobKind
from storage.db.database import Transaction
from storage.db.ids import new_id
from storage.queue.enqueue import enqueue


def enqueue_today(
    tx: Transaction, *, public: bool, member_id: str, channel: str | None, at: datetime
) -> None:
    """Have the day so far summed up for who asked, or for the channel they asked in."""
    payload = {"public": public, "member": member_id, "channel": channel}
    enqueue(tx, JobKind.TODAY, at=at, payload=payload, key=f"today:{new_id()}")


def enqueue_stats(
    tx: Transaction, *, days: int, public: bool, member_id: str, channel: str | None, at: datetime
) -> None:
    """Have the figures counted and shown to who asked, or to the channel they asked in."""
    enqueue(
        tx,
        JobKind.STATS,
        at=at,
        payload={"days": days, "public": public, "member": member_id, "channel": channel},
        key=f"stats:{new_id()}",
    )


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
    enqueue(
        tx,
        JobKind.WATCH_TRIAL,
        at=at,
        payload={
            "label": label,
            "query": query,
            "cap": cap,
            "member": member_id,
            "channel": channel,
        },
        key=f"watch_trial:{new_id()}",
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
    enqueue(
        tx,
        JobKind.THREAD,
        mention_id,
        at=at,
        payload={
            "channel": channel,
            "words": words,
            "bot": bot_id,
            "member": member_id,
            "name": member_name,
        },
        key=f"thread:{channel}:{ts}",
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
    enqueue(
        tx,
        JobKind.QUESTION,
        at=at,
        payload={"channel": channel, "thread_ts": thread_ts, "words": words, "member": member_id},
        key=f"question:{channel}:{ts}",
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
    enqueue(
        tx,
        JobKind.SHORTCUT,
        post_id,
        at=at,
        payload={"member": member_id, "name": member_name, "channel": channel},
        key=f"shortcut:{member_id}:{post_id}",
    )


def enqueue_export(
    tx: Transaction, *, member_id: str, member_name: str, channel: str | None, at: datetime
) -> None:
    """Have everything stored about conversations put into a file for a member."""
    enqueue(
        tx,
        JobKind.EXPORT,
        at=at,
        payload={"member": member_id, "name": member_name, "channel": channel},
        key=f"export:{member_id}",
    )


def enqueue_burst_names(tx: Transaction, pile_id: str, view_id: str, *, at: datetime) -> None:
    """Have those named whose posts a member looks at in a pile's window."""
    enqueue(
        tx, JobKind.PILE, pile_id, at=at, payload={"view": view_id}, key=f"pile_names:{view_id}"
    )
