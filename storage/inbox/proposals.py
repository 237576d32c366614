"""Proposed rules: one open at a time, decided on once, by a named member."""

import json
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from domain import Proposal, ProposalState, VoiceRule
from storage.db.database import Transaction
from storage.db.values import json_text, read_time, read_time_or_none

# Two who propose at once would both see none open: the index of the trait holds one back, and
# there is one job that proposes.
_ADD = """
INSERT INTO proposals (id, trait, rule, evidence, state, at)
SELECT :id, :trait, :rule, :evidence, :open, :at
WHERE NOT EXISTS (SELECT 1 FROM proposals WHERE state = :open)
ON CONFLICT DO NOTHING
"""

_CLOSE = """
UPDATE proposals SET state = :to, decided_at = :at, member_id = :member_id,
    member_name = :member_name
WHERE id = :id AND state = :open
"""


def _read_proposal(row: Mapping[str, Any]) -> Proposal:
    evidence = json.loads(row["evidence"])
    text, trait, phrases = json.loads(row["rule"])
    return Proposal(
        id=row["id"],
        trait=row["trait"],
        rule=VoiceRule(text, trait, tuple(phrases)),
        told=evidence["told"],
        pairs=tuple((before, after) for before, after in evidence["pairs"]),
        at=read_time(row["at"]),
        state=ProposalState(row["state"]),
        decided_at=read_time_or_none(row["decided_at"]),
        member_id=row["member_id"],
        member_name=row["member_name"],
    )


def add_proposal(tx: Transaction, proposal: Proposal) -> bool:
    """Store an open proposal; False when another one is open."""
    rule = proposal.rule
    return bool(
        tx.execute(
            _ADD,
            {
                "id": proposal.id,
                "trait": proposal.trait,
                "rule": json_text([rule.text, rule.trait, rule.phrases]),
                "evidence": json_text({"told": proposal.told, "pairs": proposal.pairs}),
                "open": ProposalState.OPEN,
                "at": proposal.at,
            },
        )
    )


def close_proposal(
    tx: Transaction,
    proposal_id: str,
    to: ProposalState,
    *,
    at: datetime,
    member_id: str | None = None,
    member_name: str | None = None,
) -> bool:
    """Decide on an open proposal, first come first served; tell whether this one was first."""
    return bool(
        tx.execute(
            _CLOSE,
            {
                "id": proposal_id,
                "to": to,
                "open": ProposalState.OPEN,
                "at": at,
                "member_id": member_id,
                "member_name": member_name,
            },
        )
    )


def proposal(tx: Transaction, proposal_id: str) -> Proposal | None:
    """Return a proposal."""
    row = tx.one("SELECT * FROM proposals WHERE id = :id", {"id": proposal_id})
    return _read_proposal(row) if row else None


def open_proposal(tx: Transaction) -> Proposal | None:
    """Return the proposal that waits for somebody, if one does."""
    row = tx.one(
        "SELECT * FROM proposals WHERE state = :open ORDER BY at, id LIMIT 1",
        {"open": ProposalState.OPEN},
    )
    return _read_proposal(row) if row else None


def drop_evidence(tx: Transaction, mention_ids: Collection[str]) -> list[str]:
    """Drop the pairs that the texts about mentions gave to proposals; return the proposals' ids.

    Call it before the edits themselves are forgotten: pairs are known by their words only.
    """
    edits = tx.query(
        "SELECT before_text, after_text FROM edits"
        " WHERE mention_id IN (:ids) AND (before_text <> '' OR after_text <> '')",
        {"ids": sorted(mention_ids)},
    )
    words = {(row["before_text"], row["after_text"]) for row in edits}
    changed = []
    for row in tx.query("SELECT id, evidence FROM proposals ORDER BY id") if words else []:
        evidence = json.loads(row["evidence"])
        kept = [pair for pair in evidence["pairs"] if tuple(pair) not in words]
        if len(kept) < len(evidence["pairs"]):
            tx.execute(
                "UPDATE proposals SET evidence = :evidence WHERE id = :id",
                {"id": row["id"], "evidence": json_text({**evidence, "pairs": kept})},
            )
            changed.append(str(row["id"]))
    return changed


def traits_decided(tx: Transaction, since: datetime) -> frozenset[str]:
    """Return the traits of the proposals that were adopted, dropped or let go since a time."""
    rows = tx.query("SELECT trait FROM proposals WHERE decided_at >= :since", {"since": since})
    return frozenset(row["trait"] for row in rows)
