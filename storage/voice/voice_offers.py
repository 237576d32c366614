"""Voices that were offered and wait for somebody's yes, and the replies they are worked out from."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from domain import OfferOrigin, OfferState, PastReply, VoiceOffer
from storage.db.database import Transaction
from storage.db.values import json_text, read_time
from storage.voice.voices import read_voice, voice_columns

_ADD = """
INSERT INTO voice_offers (id, origin, voice, evidence, state, asked_by, at)
VALUES (:id, :origin, :voice, :evidence, :state, :asked_by, :at)
"""

# Answered back: the person whose post it answered wrote once more below it.
_PAST_REPLIES = """
SELECT p.id, p.text, COALESCE(theirs.text, '') AS their_text,
    EXISTS (
        SELECT 1 FROM posts back
        WHERE back.in_reply_to_id = p.id AND back.author_id <> :account
    ) AS answered_back
FROM posts p LEFT JOIN posts theirs ON theirs.id = p.in_reply_to_id
WHERE p.author_id = :account AND p.in_reply_to_id IS NOT NULL AND p.text <> ''
    AND COALESCE(p.in_reply_to_author_id, '') <> :account
ORDER BY length(p.id) DESC, p.id DESC LIMIT :limit
"""


def add_offer(tx: Transaction, offer: VoiceOffer) -> None:
    """Store an offer; it takes the place of those of the same origin that still were open."""
    tx.execute(
        "UPDATE voice_offers SET state = :replaced WHERE state = :open AND origin = :origin",
        {"replaced": OfferState.REPLACED, "open": OfferState.OPEN, "origin": offer.origin},
    )
    tx.execute(
        _ADD,
        {
            "id": offer.id,
            "origin": offer.origin,
            "voice": json_text({**voice_columns(offer.voice), "version": offer.voice.version}),
            "evidence": json_text(offer.evidence),
            "state": offer.state,
            "asked_by": offer.asked_by,
            "at": offer.at,
        },
    )


def offer(tx: Transaction, offer_id: str) -> VoiceOffer | None:
    """Return an offer."""
    row = tx.one("SELECT * FROM voice_offers WHERE id = :id", {"id": offer_id})
    return _read_offer(row) if row else None


def open_offers(tx: Transaction) -> list[VoiceOffer]:
    """Return the offers that nobody decided on, newest first."""
    rows = tx.query(
        "SELECT * FROM voice_offers WHERE state = :open ORDER BY at DESC, id",
        {"open": OfferState.OPEN},
    )
    return [_read_offer(row) for row in rows]


def decide_offer(
    tx: Transaction, offer_id: str, *, to: OfferState, member_id: str, at: datetime
) -> bool:
    """Take or leave an offer; tell whether it was still open."""
    changed = tx.execute(
        "UPDATE voice_offers SET state = :to, decided_at = :at, decided_by = :by"
        " WHERE id = :id AND state = :open",
        {"to": to, "at": at, "by": member_id, "id": offer_id, "open": OfferState.OPEN},
    )
    return bool(changed)


def past_replies(tx: Transaction, account_id: str, limit: int) -> list[PastReply]:
    """Return the account's own stored replies to other people, newest first."""
    rows = tx.query(_PAST_REPLIES, {"account": account_id, "limit": limit})
    return [
        PastReply(row["id"], row["text"], row["their_text"], bool(row["answered_back"]))
        for row in rows
    ]


def _read_offer(row: Mapping[str, Any]) -> VoiceOffer:
    columns = {"version": 0, **json.loads(row["voice"])}
    return VoiceOffer(
        id=row["id"],
        origin=OfferOrigin(row["origin"]),
        voice=read_voice(columns),
        evidence=tuple(json.loads(row["evidence"])),
        asked_by=row["asked_by"],
        at=read_time(row["at"]),
        state=OfferState(row["state"]),
        decided_by=row["decided_by"],
    )
