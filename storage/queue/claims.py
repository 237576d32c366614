"""Claims: which jobs are due and free, and taking them for one run each with a lease."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from storage.db.database import Transaction
from storage.db.values import read_time
from storage.queue.jobs import Job, read_job

# Begun twice without an end, a job is run alone (storage/queue/suspects.py): `begun >= 2` below.
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
SKIP_LOCKED = {"sqlite": "", "postgresql": " FOR UPDATE SKIP LOCKED"}

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
    pick += SKIP_LOCKED[tx.engine]
    ids = [row["id"] for row in tx.query(pick, params)]
    if not ids:
        return []
    rows = tx.query(_TAKE, {"ids": ids, "owner": owner, "until": now + lease, "now": now})
    return sorted((read_job(row) for row in rows), key=lambda job: (job.due_at, job.id))


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


def many_due(tx: Transaction, kind: str, now: datetime, at_least: int) -> bool:
    """Tell whether so many jobs of a kind are due and not yet run."""
    rows = tx.query(
        "SELECT id FROM jobs WHERE kind = :kind AND begun < 2 AND lease_until IS NULL"
        " AND due_at <= :now LIMIT :limit",
        {"kind": kind, "now": now, "limit": at_least},
    )
    return len(rows) >= at_least


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
