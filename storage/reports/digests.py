"""The summaries that were made: one of a kind for each local date."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from pydantic import TypeAdapter

from domain import DigestFacts, DigestKind, DigestState, StoredDigest
from storage.db.database import Transaction
from storage.db.values import json_text, read_time

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


def forget_posts(
    tx: Transaction, post_ids: Collection[str], *, person_too: bool = False
) -> list[date]:
    """Take posts out of the daily summaries' themes; return the dates of those that are posted.

    A theme of which no post is left goes with its title, which is made of their words. With
    `person_too` no id of theirs stays anywhere.
    """
    posted = []
    # Ids are digits: as JSON text each stands between quotes.
    naming = {
        row["day"]: row
        for post_id in sorted(post_ids)
        for row in tx.query(
            "SELECT * FROM digests WHERE kind = :kind AND facts LIKE :named",
            {"kind": DigestKind.DAILY, "named": f'%"{post_id}"%'},
        )
    }
    for day, row in sorted(naming.items()):
        stored = _read_digest(row)
        left = _without(stored.facts, frozenset(post_ids), person_too=person_too)
        tx.execute(
            "UPDATE digests SET facts = :facts WHERE day = :day AND kind = :kind",
            {
                "facts": json_text(_FACTS.dump_python(left, mode="json")),
                "day": day,
                "kind": DigestKind.DAILY,
            },
        )
        if stored.state is DigestState.POSTED:
            posted.append(stored.day)
    return posted


def _without(facts: DigestFacts, gone: frozenset[str], *, person_too: bool) -> DigestFacts:
    def left(ids: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(each for each in ids if each not in gone)

    themes = [replace(theme, post_ids=left(theme.post_ids)) for theme in facts.themes]
    facts = replace(facts, themes=tuple(theme for theme in themes if theme.post_ids))
    if not person_too:
        return facts
    return replace(
        facts,
        waiting=left(facts.waiting),
        came_back=left(facts.came_back),
        new_face=None if facts.new_face in gone else facts.new_face,
        to_do=None if facts.to_do and facts.to_do.subject in gone else facts.to_do,
    )


def digests_with(tx: Transaction, proposal_id: str) -> list[StoredDigest]:
    """Return the summaries that show a proposed rule, newest first."""
    rows = tx.query(
        "SELECT * FROM digests WHERE proposal_id = :id ORDER BY day DESC", {"id": proposal_id}
    )
    return [_read_digest(row) for row in rows]
