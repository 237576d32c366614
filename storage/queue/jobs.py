"""Jobs: work that is due, claimed with a lease, at least once, one row a key."""

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
# Begun twice without an end, a job is run alone (storage/queue/suspects.py): `begun >= 2` below.


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

_PICK_ANY = """
SELECT id FROM jobs
WHERE begun < 2 AND due_at <= :now AND (lease_until IS NULL OR lease_until <= :now)
ORDER BY due_at, id LIMIT :limit
"""
_PICK_KINDS = """
SELECT id FROM jobs
WHERE kind IN (:kinds) AND begun < 2
    AND due_at <= :now AND (lease_until IS NULL OR lease_until <= :now)
ORDER BY due_at, id LIMIT :limit
"""
# Its time has come, or whoever holds it lives and lost only the lease.
_PICK_SUSPECT = """
SELECT id FROM jobs
WHERE begun >= 2 AND (lease_until IS NULL OR lease_until <= :now)
    AND (lease_owner = :owner
        OR COALESCE(apart_until, CASE WHEN begun = 2 THEN due_at END) <= :now)
ORDER BY due_at, id LIMIT :limit
"""
#: On PostgreSQL a second process takes the next jobs instead of waiting for these.
_SKIP_LOCKED = {"sqlite": "", "postgresql": " FOR UPDATE SKIP LOCKED"}

# Work asked for during a run that never ended is part of this run, unless it was for later.
_TAKE = """
UPDATE jobs SET
    lease_owner = :owner,
    lease_until = :until,
    attempts = attempts + 1,
    begun = CASE WHEN lease_owner = :owner THEN begun ELSE begun + 1 END,
    apart_until = NULL,
    again_at = CASE WHEN again_at > :now THEN again_at END
WHERE id IN (:ids) AND (lease_until IS NULL OR lease_until <= :now)
RETURNING *
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

_NEXT = """
SELECT MIN(due.at) AS at FROM (
    SELECT MIN(due_at) AS at FROM jobs
    WHERE lease_until IS NULL AND kind IN (:kinds) AND begun < 2
    UNION ALL
    SELECT MIN(lease_until) AS at FROM jobs
    WHERE lease_until IS NOT NULL AND kind IN (:kinds) AND begun < 2
) AS due
"""
_NEXT_ANY = """
SELECT MIN(due.at) AS at FROM (
    SELECT MIN(due_at) AS at FROM jobs WHERE lease_until IS NULL AND begun < 2
    UNION ALL
    SELECT MIN(lease_until) AS at FROM jobs WHERE lease_until IS NOT NULL AND begun < 2
) AS due
"""
_NEXT_SUSPECT = """
SELECT MIN(COALESCE(lease_until, apart_until, due_at)) AS at FROM jobs WHERE begun >= 2
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


def claim(
    tx: Transaction,
    *,
    now: datetime,
    lease: timedelta,
    owner: str,
    limit: int = 1,
    kinds: Sequence[str] | None = None,
    newest_first: bool = False,
    suspects: bool = False,
) -> list[Job]:
    """Take jobs that are due and free for one run each, oldest due first unless asked otherwise.

    A lease that has ended makes its job free again. `attempts` counts this run too. Those that were
    begun twice without an end are left out; `suspects` takes these, of whatever kind.
    """
    pick = _PICK_ANY if kinds is None else _PICK_KINDS
    params: dict[str, Any] = {"now": now, "limit": limit}
    if suspects:
        pick = _PICK_SUSPECT
        params["owner"] = owner
    elif kinds is not None:
        params["kinds"] = [str(kind) for kind in kinds]
    if newest_first:
        pick = pick.replace("ORDER BY due_at, id", "ORDER BY due_at DESC, id DESC")
    pick += _SKIP_LOCKED[tx.engine]
    ids = [row["id"] for row in tx.query(pick, params)]
    if not ids:
        return []
    rows = tx.query(_TAKE, {"ids": ids, "owner": owner, "until": now + lease, "now": now})
    return sorted((read_job(row) for row in rows), key=lambda job: (job.due_at, job.id))


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


def next_due(
    tx: Transaction,
    now: datetime,
    kinds: Sequence[str] | None = None,
    *,
    suspects: bool = False,
) -> datetime | None:
    """Return when the next job is due or the next lease ends, never before `now`.

    `suspects` asks for those, of whatever kind, that `claim` takes with that word.
    """
    if suspects:
        row = tx.one(_NEXT_SUSPECT)
    elif kinds is None:
        row = tx.one(_NEXT_ANY)
    else:
        row = tx.one(_NEXT, {"kinds": [str(kind) for kind in kinds]})
    if row is None or row["at"] is None:
        return None
    return max(read_time(row["at"]), now)


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


def release_all(tx: Transaction) -> int:
    """End every lease, at the start of the only process; return how many there were."""
    return tx.execute(
        "UPDATE jobs SET lease_owner = NULL, lease_until = NULL WHERE lease_owner IS NOT NULL"
    )


def shorten_leases(
    tx: Transaction, lease: timedelta, *, now: datetime, slack: timedelta, but_not: str
) -> int:
    """End leases of others that no right clock gave within one lease from now; count them."""
    return tx.execute(
        "UPDATE jobs SET lease_until = :until WHERE lease_until > :never AND lease_owner <> :owner",
        {"until": now + lease, "never": now + lease + slack, "owner": but_not},
    )


def many_due(tx: Transaction, kind: str, now: datetime, at_least: int) -> bool:
    """Tell whether so many jobs of a kind are due and not yet run."""
    rows = tx.query(
        "SELECT id FROM jobs WHERE kind = :kind AND begun < 2 AND lease_until IS NULL"
        " AND due_at <= :now LIMIT :limit",
        {"kind": kind, "now": now, "limit": at_least},
    )
    return len(rows) >= at_least


def job(tx: Transaction, key: str) -> Job | None:
    """Return the job of a key."""
    row = tx.one("SELECT * FROM jobs WHERE key = :key", {"key": key})
    return read_job(row) if row else None
