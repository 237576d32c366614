"""One plain sentence in the channel when a service stops, and one when it is back."""

from datetime import datetime

from errors import GreenroomError
from storage.db.database import Transaction
from storage.queue.enqueue import enqueue_notice
from storage.slack import notices


def open_notice(tx: Transaction, key: str, error: GreenroomError, *, at: datetime) -> None:
    """Post the error's sentence unless it was posted already and is still true."""
    if notices.raise_notice(tx, key, sentence=error.sentence, at=at):
        enqueue_notice(
            tx,
            f"{key}:{at.isoformat()}",
            sentence=error.sentence,
            advice=f"{error.advice} (id {error.ref})",
            at=at,
        )


def resolve_notice(tx: Transaction, key: str, sentence: str, *, at: datetime) -> None:
    """Post that a told trouble is over; say nothing when there was none."""
    if notices.clear_notice(tx, key, at):
        enqueue_notice(tx, f"{key}:over:{at.isoformat()}", sentence=sentence, advice="", at=at)
