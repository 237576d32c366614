"""Jobs: asking for work, and ending a run of it; at least once, one row a key."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from storage.db.database import Transaction
from storage.db.ids import new_id
from storage.db.values import json_text, read_time, read_time_or_none

#: Later than every job.
NEVER = datetime(9999, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Job:
    """One piece of work. Owner and end of the lease together say whose run this is.

    `begun` counts the runs that began and have not ended, this one too; `apart_until` says until
    when it is not run because of them.
    """

    id: str
    kind: str
    key: str
    due_at: datetime
    subject: str | None = None
    payload: dict[str, Any] = field(default_factory=dict)
    attempts: int = 0
    version: int = 1
    lease_owner: str | None = None
    lease_until: datetime | None = None
    begun: int = 0
    apart_until: datetime | None = None


# Asked for while it waits: the earlier time counts. Asked for while it runs: it runs again,
# at the time that was asked for. Set apart for good and asked for: it is tried once more, alone.
_ADD = """
INSERT INTO jobs (id, kind, key, subject, payload, due_at)
VALUES (:id, :kind, :key, :subject, :payload, :due_at)
ON CONFLICT (key) DO UPDATE SET
    kind = excluded.kind,
    subject = excluded.subject,
    payload = excluded.payload,
    version = jobs.version + 1,
    due_at = CASE WHEN jobs.lease_owner IS NULL AND excluded.due_at < jobs.due_at
        THEN excluded.due_at ELSE jobs.due_at END,
    again_at = CASE WHEN jobs.lease_owner IS NULL THEN jobs.again_at
        WHEN jobs.again_at IS NULL OR excluded.due_at < jobs.again_at
        THEN excluded.due_at ELSE jobs.again_at END,
    begun = CASE WHEN jobs.apart_until = :never THEN 2 ELSE jobs.begun END,
    apart_until = CASE WHEN jobs.apart_until = :never THEN NULL ELSE jobs.apart_until END
"""


# Owner and end of the lease name one run: no other has both.
_END = """
DELETE FROM jobs
WHERE id = :id AND lease_owner = :owner AND lease_until = :until
    AND version = :version AND again_at IS NULL
"""

_RUN_AGAIN = """
UPDATE jobs SET lease_owner = NULL, lease_until = NULL, attempts = 0, error = NULL,
    begun = 0, apart_until = NULL, due_at = COALESCE(again_at, due_at), again_at = NULL
WHERE id = :id AND lease_owner = :owner AND lease_until = :until
"""

_PUT_BACK = """
UPDATE jobs SET lease_owner = NULL, lease_until = NULL, again_at = NULL,
    begun = 0, apart_until = NULL, due_at = :due_at, error = :error
WHERE id = :id AND lease_owner = :owner AND lease_until = :until
"""

_REPEAT = """
UPDATE jobs SET lease_owner = NULL, lease_until = NULL, attempts = 0, error = NULL,
    begun = 0, apart_until = NULL, due_at = CASE WHEN again_at < :due_at THEN again_at ELSE :due_at END, again_at = NULL
WHERE id = :id AND lease_owner = :owner AND lease_until = :until
"""

_STILL_MINE = """
SELECT id FROM jobs
WHERE id = :id AND lease_owner = :owner AND lease_until = :until AND lease_until > :now
"""


def read_job(row: Mapping[str, Any]) -> Job:
    return Job(
        id=row["id"],
        kind=row["kind"],
        key=row["key"],
        due_at=read_time(row["due_at"]),
        subject=row["subject"],
        payload=json.loads(row["payload"]),
        attempts=row["attempts"],
        version=row["version"],
        lease_owner=row["lease_owner"],
        lease_until=read_time_or_none(row["lease_until"]),
        begun=row["begun"],
        apart_until=read_time_or_none(row["apart_until"]),
    )


def add_job(
    tx: Transaction,
    kind: str,
    *,
    key: str,
    due_at: datetime,
    subject: str | None = None,
    payload: Mapping[str, Any] | None = None,
) -> None:
    """Have work done at a time; once for all who ask before it begins.

    A job of that key that waits is due at the earlier time with the newer payload; one that
    runs is done again after its run.
    """
    tx.execute(
        _ADD,
        {
            "id": new_id(),
            "kind": str(kind),
            "key": key,
            "subject": subject,
            "payload": json_text(dict(payload or {})),
            "due_at": due_at,
            "never": NEVER,
        },
    )


def _mine(job: Job) -> dict[str, Any]:
    return {"id": job.id, "owner": job.lease_owner, "until": job.lease_until}


def finish(tx: Transaction, job: Job) -> bool:
    """End a job that was run; False when the lease was lost to another run.

    Work that was asked for during the run is released instead, to be run again.
    """
    mine = _mine(job)
    return bool(tx.execute(_END, {**mine, "version": job.version})) or bool(
        tx.execute(_RUN_AGAIN, mine)
    )


def put_back(tx: Transaction, job: Job, *, due_at: datetime, error: str | None = None) -> bool:
    """Release a job that did not succeed until a time; its attempts stay counted.

    Returns False when the lease was lost.
    """
    return bool(tx.execute(_PUT_BACK, {**_mine(job), "due_at": due_at, "error": error}))


def repeat(tx: Transaction, job: Job, *, due_at: datetime) -> bool:
    """Release a job that succeeded until its next time, or earlier if that was asked for.

    Returns False when the lease was lost.
    """
    return bool(tx.execute(_REPEAT, {**_mine(job), "due_at": due_at}))


def still_mine(tx: Transaction, job: Job, now: datetime) -> bool:
    """Tell whether this run's lease holds and has not ended."""
    row = tx.one(_STILL_MINE, {**_mine(job), "now": now})
    return row is not None


def drop(tx: Transaction, key: str) -> bool:
    """Remove a job unless it is being run; tell whether it was removed."""
    return bool(
        tx.execute("DELETE FROM jobs WHERE key = :key AND lease_owner IS NULL", {"key": key})
    )


def make_due(tx: Transaction, kinds: Sequence[str], at: datetime) -> int:
    """Have the waiting jobs of some kinds done at a time, if they are due later; count them."""
    return tx.execute(
        "UPDATE jobs SET due_at = :at"
        " WHERE kind IN (:kinds) AND due_at > :at AND lease_owner IS NULL",
        {"kinds": [str(kind) for kind in kinds], "at": at},
    )


def bring_forward(
    tx: Transaction,
    kinds: Sequence[str],
    *,
    by: timedelta,
    after: datetime,
    until: datetime,
    now: datetime,
) -> int:
    """Make jobs of some kinds that are due between two times, and not being run, earlier; count them.

    None becomes due before `now`.
    """
    rows = tx.query(
        "SELECT id, due_at FROM jobs WHERE kind IN (:kinds)"
        " AND (lease_until IS NULL OR lease_until <= :now)"
        " AND due_at > :after AND due_at <= :until",
        {"kinds": list(kinds), "after": after, "until": until, "now": now},
    )
    for row in rows:
        earlier = max(now, read_time(row["due_at"]) - by)
        tx.execute(
            "UPDATE jobs SET due_at = :due_at"
            " WHERE id = :id AND (lease_until IS NULL OR lease_until <= :now)",
            {"id": row["id"], "due_at": earlier, "now": now},
        )
    return len(rows)


def job(tx: Transaction, key: str) -> Job | None:
    """Return the job of a key."""
    row = tx.one("SELECT * FROM jobs WHERE key = :key", {"key": key})
    return read_job(row) if row else None
