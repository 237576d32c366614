"""The summaries that were made: one of a kind for each local date."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from pydantic import TypeAdapter

from domain import DigestFacts, DigestKind, DigestState, StoredDigest
from storage.database import Transaction
from storage.values import json_text, read_time

_FACTS = TypeAdapter(DigestFacts)
_KEEP = """
INSERT INTO digests (day, kind, state, facts, due_at, made_at, proposal_id)
VALUES (:day, :kind, :state, :facts, :due_at, :made_at, :proposal_id)
ON CONFLICT (day, kind) DO NOTHING
"""


def _read_digest(row: Mapping[str, Any]) -> StoredDigest:
    return StoredDigest(
        day=date.fromisoformat(row["day"]),
        kind=DigestKind(row["kind"]),
        state=DigestState(row["state"]),
        facts=_FACTS.validate_json(row["facts"]),
        due_at=read_time(row["due_at"]),
    )


def keep_digest(tx: Transaction, digest: StoredDigest, *, at: datetime) -> bool:
    """Store a summary; False when that date has one of this kind, which then stays."""
    return bool(
        tx.execute(
            _KEEP,
            {
                "day": digest.day,
                "kind": digest.kind,
                "state": digest.state,
                # As objects first: words that are no text at all are mended on the way.
                "facts": json_text(_FACTS.dump_python(digest.facts, mode="json")),
                "due_at": digest.due_at,
                "made_at": at,
                "proposal_id": digest.facts.proposal_id,
            },
        )
    )


def digest(tx: Transaction, day: date, kind: DigestKind) -> StoredDigest | None:
    """Return a date's summary of a kind."""
    row = tx.one(
        "SELECT * FROM digests WHERE day = :day AND kind = :kind", {"day": day, "kind": kind}
    )
    return _read_digest(row) if row else None


def last_before(tx: Transaction, day: date) -> StoredDigest | None:
    """Return the newest daily summary of an earlier date."""
    row = tx.one(
        "SELECT * FROM digests WHERE kind = :kind AND day < :day ORDER BY day DESC LIMIT 1",
        {"kind": DigestKind.DAILY, "day": day},
    )
    return _read_digest(row) if row else None


def mark_posted(tx: Transaction, day: date, kind: DigestKind) -> None:
    """Note that a summary stands in Slack."""
    tx.execute(
        "UPDATE digests SET state = :posted WHERE day = :day AND kind = :kind",
        {"posted": DigestState.POSTED, "day": day, "kind": kind},
    )


def days_naming(tx: Transaction, post_id: str) -> list[date]:
    """Return the dates whose posted daily summaries name a post."""
    # Ids are digits: as JSON text each stands between quotes.
    rows = tx.query(
        "SELECT day FROM digests WHERE kind = :kind AND state = :posted AND facts LIKE :named"
        " ORDER BY day",
        {"kind": DigestKind.DAILY, "posted": DigestState.POSTED, "named": f'%"{post_id}"%'},
    )
    return [date.fromisoformat(row["day"]) for row in rows]


def digests_with(tx: Transaction, proposal_id: str) -> list[StoredDigest]:
    """Return the summaries that show a proposed rule, newest first."""
    rows = tx.query(
        "SELECT * FROM digests WHERE proposal_id = :id ORDER BY day DESC", {"id": proposal_id}
    )
    return [_read_digest(row) for row in rows]
