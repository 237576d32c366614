"""Forget words that are older than the team keeps them; what the figures count stays.

A slice at a time, so that nobody waits for a database that is busy forgetting.
"""

import logging
from datetime import timedelta

from jobs.engine.context import JobContext
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


def forget_old_words(job: jobs.Job, ctx: JobContext) -> None:
    """Forget a slice of what is too old, and come back soon while there is more, else tomorrow."""
    now = ctx.now()
    old: list[str] = []
    if ctx.retention:
        with ctx.db.read() as tx:
            old = old_words(tx, ctx.account.id, now - ctx.retention, _SLICE)
    wait = _BETWEEN
    if not old:
        wait = _DAY if _overwrite(ctx) else _AGAIN
    with ctx.repeating(job, now + wait) as tx:
        forget_words(tx, old)
        # X bills an id once a UTC day: older ones say nothing any more.
        ledger.forget_reads(tx, (now - _DAY).date())
    if old:
        # What went is overwritten by the next run.
        log.info("forgot the words of %d posts older than %d days", len(old), ctx.retention.days)


def _overwrite(ctx: JobContext) -> bool:
    """Have the places overwritten where words stood that went since the last time.

    False when it is to be tried again soon: somebody reads, or words went meanwhile.
    """
    with ctx.db.write() as tx:
        if not begin_overwriting(tx):
            return True
    if not ctx.db.overwrite_forgotten():
        return False
    with ctx.db.write() as tx:
        return overwritten(tx)
