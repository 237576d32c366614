"""Forget words that are older than the team keeps them; what the figures count stays.

A slice at a time, so that nobody waits for a database that is busy forgetting.
"""

import logging
from datetime import timedelta

from jobs.engine.context import Room
from storage.money import ledger
from storage.privacy.erase_words import begin_overwriting, forget_words, overwritten
from storage.privacy.expired_words import old_words
from storage.queue import jobs

log = logging.getLogger("greenroom.retention")

_SLICE = 200
_BETWEEN = timedelta(seconds=5)
#: Somebody was reading when the places were to be overwritten.
_AGAIN = timedelta(minutes=2)
_DAY = timedelta(days=1)


def forget_old_words(job: jobs.Job, room: Room) -> None:
    """Forget a slice of what is too old, and come back soon while there is more, else tomorrow."""
    now = room.now()
    old: list[str] = []
    if room.retention:
        with room.db.read() as tx:
            old = old_words(tx, room.account.id, now - room.retention, _SLICE)
    wait = _BETWEEN
    if not old:
        wait = _DAY if _overwrite(room) else _AGAIN
    with room.repeating(job, now + wait) as tx:
        forget_words(tx, old)
        # X bills an id once a UTC day: older ones say nothing any more.
        ledger.forget_reads(tx, (now - _DAY).date())
    if old:
        # What went is overwritten by the next run.
        log.info("forgot the words of %d posts older than %d days", len(old), room.retention.days)


def _overwrite(room: Room) -> bool:
    """Have the places overwritten where words stood that went since the last time.

    False when it is to be tried again soon: somebody reads, or words went meanwhile.
    """
    with room.db.write() as tx:
        if not begin_overwriting(tx):
            return True
    if not room.db.overwrite_forgotten():
        return False
    with room.db.write() as tx:
        return overwritten(tx)
