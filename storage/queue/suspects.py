"""Jobs whose process died while they ran: begun again alone, and after three deaths set apart.

`begun` counts the runs that began and did not end. Every end sets it back, with an error too; a run
whose process is told to stop, or lives and lost its lease, does not count.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from storage.db.database import Transaction
from storage.queue.claims import SKIP_LOCKED
from storage.queue.jobs import NEVER, Job, read_job

#: Begun so often without an end: it is not begun again as it was.
TOO_OFTEN = 3

_WORN_OUT = """
SELECT * FROM jobs
WHERE begun >= :too_often AND apart_until IS NULL AND due_at <= :now
    AND (lease_until IS NULL OR (lease_until <= :now AND lease_owner <> :owner))
ORDER BY due_at, id
"""


def worn_out(tx: Transaction, *, now: datetime, owner: str) -> list[Job]:
    """Return the jobs that died once too often and are not set apart yet.

    Those that `owner`, who is alive, still holds are not among them.
    """
    rows = tx.query(
        _WORN_OUT + SKIP_LOCKED[tx.engine],
        {"too_often": TOO_OFTEN, "now": now, "owner": owner},
    )
    return [read_job(row) for row in rows]


def keep_apart(tx: Transaction, job: Job, until: datetime) -> None:
    """Keep a job and do not run it before a time; `NEVER` is until somebody asks for it again."""
    tx.execute(
        "UPDATE jobs SET lease_owner = NULL, lease_until = NULL, apart_until = :until WHERE id = :id",
        {"id": job.id, "until": until},
    )


def given_up(tx: Transaction, job: Job) -> Job:
    """Count a job that ends with the same error each time as one that never ends."""
    begun = max(job.begun, TOO_OFTEN)
    tx.execute("UPDATE jobs SET begun = :begun WHERE id = :id", {"begun": begun, "id": job.id})
    return replace(job, begun=begun)


def set_apart(tx: Transaction) -> Sequence[tuple[Job, datetime | None]]:
    """Return the jobs that are set apart, each with when it is tried again; None: never by itself."""
    rows = tx.query(
        "SELECT * FROM jobs WHERE begun >= :too_often AND apart_until IS NOT NULL"
        " ORDER BY apart_until, id",
        {"too_often": TOO_OFTEN},
    )
    jobs = [read_job(row) for row in rows]
    return [(job, None if job.apart_until == NEVER else job.apart_until) for job in jobs]


def set_apart_count(tx: Transaction) -> int:
    """Return how many jobs are set apart."""
    return len(set_apart(tx))


def forgive(tx: Transaction, owner: str) -> int:
    """Take the runs back that end because their process was told to stop; count them."""
    return tx.execute(
        "UPDATE jobs SET begun = begun - 1 WHERE lease_owner = :owner AND begun > 0",
        {"owner": owner},
    )


def forget_apart(tx: Transaction, before: datetime) -> int:
    """Remove the jobs set apart for good that were due before a time; count them."""
    return tx.execute(
        "DELETE FROM jobs WHERE apart_until = :never AND due_at < :before",
        {"never": NEVER, "before": before.astimezone(UTC)},
    )
