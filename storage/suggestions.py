"""Suggestions: rounds of drafted texts, each with what the checks said of it."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from domain import Check, CheckLevel, Draft, Source, Suggestion
from storage.database import Transaction
from storage.ids import new_id
from storage.values import json_text, read_time

_ADD = """
INSERT INTO suggestions (id, mention_id, round, place, text, source, move, checks,
    prompt_version, created_at)
VALUES (:id, :mention_id, :round, :place, :text, :source, :move, :checks,
    :prompt_version, :created_at)
"""


def _read_suggestion(row: Mapping[str, Any]) -> Suggestion:
    return Suggestion(
        id=row["id"],
        mention_id=row["mention_id"],
        round=row["round"],
        place=row["place"],
        text=row["text"],
        source=Source(row["source"]),
        move=row["move"],
        checks=tuple(
            Check(name, CheckLevel(level), why) for name, level, why in json.loads(row["checks"])
        ),
        prompt_version=row["prompt_version"],
        created_at=read_time(row["created_at"]),
    )


def add_round(
    tx: Transaction,
    mention_id: str,
    drafts: Sequence[tuple[Draft, Sequence[Check]]],
    at: datetime,
) -> tuple[Suggestion, ...]:
    """Store drafts with their checks as the mention's next round; return them as suggestions."""
    last = tx.one(
        "SELECT MAX(round) AS round FROM suggestions WHERE mention_id = :id", {"id": mention_id}
    )
    next_round = ((last and last["round"]) or 0) + 1
    for place, (draft, checks) in enumerate(drafts):
        tx.execute(
            _ADD,
            {
                "id": new_id(),
                "mention_id": mention_id,
                "round": next_round,
                "place": place,
                "text": draft.text,
                "source": draft.source,
                "move": draft.move,
                "checks": json_text([[c.name, c.level.value, c.why] for c in checks]),
                "prompt_version": draft.prompt_version,
                "created_at": at,
            },
        )
    # Read back, so that the caller holds what is stored.
    return tuple(s for s in all_rounds(tx, mention_id) if s.round == next_round)


def latest_round(tx: Transaction, mention_id: str) -> tuple[Suggestion, ...]:
    """Return the suggestions of the last round, in their order."""
    rows = tx.query(
        "SELECT * FROM suggestions WHERE mention_id = :id AND round ="
        " (SELECT MAX(round) FROM suggestions WHERE mention_id = :id) ORDER BY place",
        {"id": mention_id},
    )
    return tuple(_read_suggestion(row) for row in rows)


def all_rounds(tx: Transaction, mention_id: str) -> tuple[Suggestion, ...]:
    """Return every suggestion that a mention has had, first round first."""
    rows = tx.query(
        "SELECT * FROM suggestions WHERE mention_id = :id ORDER BY round, place",
        {"id": mention_id},
    )
    return tuple(_read_suggestion(row) for row in rows)


def suggestion(tx: Transaction, suggestion_id: str) -> Suggestion | None:
    """Return a suggestion."""
    row = tx.one("SELECT * FROM suggestions WHERE id = :id", {"id": suggestion_id})
    return _read_suggestion(row) if row else None
