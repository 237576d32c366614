"""Suggestions: rounds of drafted texts, each with what the checks said of it."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from domain import Check, CheckLevel, Draft, Source, Suggestion
from storage.db.database import Transaction
from storage.db.ids import new_id
from storage.db.values import json_text, read_members, read_time

#: What was suggested in a card's thread belongs to no round of the card.
_IN_THREAD = 0
#: As many as a card shows without crowding.
_MOST_IN_ROUND = 5

_ADD = """
INSERT INTO suggestions (id, mention_id, round, place, text, source, move, checks,
    prompt_version, created_at, member_id, member_name, from_id, words_of)
VALUES (:id, :mention_id, :round, :place, :text, :source, :move, :checks,
    :prompt_version, :created_at, :member_id, :member_name, :from_id, :words_of)
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
        member_id=row["member_id"],
        member_name=row["member_name"],
        from_id=row["from_id"],
        words_of=read_members(row["words_of"]),
    )


def add_round(
    tx: Transaction,
    mention_id: str,
    drafts: Sequence[tuple[Draft, Sequence[Check]]],
    at: datetime,
) -> tuple[Suggestion, ...]:
    """Store drafts with their checks as the mention's next round; return them as suggestions."""
    next_round = _last_round(tx, mention_id) + 1
    for place, (draft, checks) in enumerate(drafts):
        _store(
            tx,
            Suggestion(
                id=new_id(),
                mention_id=mention_id,
                round=next_round,
                place=place,
                text=draft.text,
                source=draft.source,
                move=draft.move,
                checks=tuple(checks),
                prompt_version=draft.prompt_version,
                created_at=at,
                words_of=draft.words_of,
            ),
        )
    # Read back, so that the caller holds what is stored.
    return tuple(s for s in all_rounds(tx, mention_id) if s.round == next_round)


def add_members_text(
    tx: Transaction,
    mention_id: str,
    text: str,
    checks: Sequence[Check],
    *,
    member_id: str,
    member_name: str,
    at: datetime,
    from_id: str | None = None,
) -> Suggestion:
    """Store a member's own words as a round of its own; `from_id` is what they started from."""
    written = Suggestion(
        id=new_id(),
        mention_id=mention_id,
        round=_last_round(tx, mention_id) + 1,
        place=0,
        text=text,
        source=Source.MEMBER,
        checks=tuple(checks),
        created_at=at,
        member_id=member_id,
        member_name=member_name,
        from_id=from_id,
        words_of=frozenset({member_id}),
    )
    _store(tx, written)
    return suggestion(tx, written.id) or written


def add_beside(
    tx: Transaction, mention_id: str, draft: Draft, checks: Sequence[Check], at: datetime
) -> Suggestion:
    """Store one more draft beside the last round's; a text that stands there is kept as it is.

    A round that is full begins another.
    """
    beside = latest_round(tx, mention_id)
    for each in beside:
        if each.text == draft.text:
            return each
    if not beside or len(beside) >= _MOST_IN_ROUND:
        return add_round(tx, mention_id, [(draft, checks)], at)[0]
    added = Suggestion(
        id=new_id(),
        mention_id=mention_id,
        round=beside[-1].round,
        place=beside[-1].place + 1,
        text=draft.text,
        source=draft.source,
        move=draft.move,
        checks=tuple(checks),
        prompt_version=draft.prompt_version,
        created_at=at,
        words_of=draft.words_of,
    )
    _store(tx, added)
    return suggestion(tx, added.id) or added


def add_in_thread(
    tx: Transaction,
    mention_id: str,
    draft: Draft,
    checks: Sequence[Check],
    *,
    at: datetime,
    member_id: str | None = None,
    member_name: str | None = None,
    from_id: str | None = None,
) -> Suggestion:
    """Store what was suggested in a card's thread; the card's own rounds stay as they are."""
    before = tx.one(
        "SELECT COUNT(*) AS n FROM suggestions WHERE mention_id = :id AND round = :round",
        {"id": mention_id, "round": _IN_THREAD},
    )
    added = Suggestion(
        id=new_id(),
        mention_id=mention_id,
        round=_IN_THREAD,
        place=int((before and before["n"]) or 0),
        text=draft.text,
        source=draft.source,
        move=draft.move,
        checks=tuple(checks),
        prompt_version=draft.prompt_version,
        created_at=at,
        member_id=member_id,
        member_name=member_name,
        from_id=from_id,
        words_of=draft.words_of,
    )
    _store(tx, added)
    return suggestion(tx, added.id) or added


def withdraw_rounds(tx: Transaction, mention_id: str) -> None:
    """Take what the card shows off it, what a member wrote excepted; it stays on the record.

    A withdrawn round has its number with a minus.
    """
    if any(each.source is Source.MEMBER for each in latest_round(tx, mention_id)):
        return
    tx.execute(
        "UPDATE suggestions SET round = -round WHERE mention_id = :id AND round > :in_thread",
        {"id": mention_id, "in_thread": _IN_THREAD},
    )


def _last_round(tx: Transaction, mention_id: str) -> int:
    last = tx.one(
        "SELECT MAX(ABS(round)) AS round FROM suggestions WHERE mention_id = :id",
        {"id": mention_id},
    )
    return int((last and last["round"]) or 0)


def _store(tx: Transaction, new: Suggestion) -> None:
    tx.execute(
        _ADD,
        {
            "id": new.id,
            "mention_id": new.mention_id,
            "round": new.round,
            "place": new.place,
            "text": new.text,
            "source": new.source,
            "move": new.move,
            "checks": json_text([[c.name, c.level.value, c.why] for c in new.checks]),
            "prompt_version": new.prompt_version,
            "created_at": new.created_at,
            "member_id": new.member_id,
            "member_name": new.member_name,
            "from_id": new.from_id,
            "words_of": None if new.words_of is None else json_text(sorted(new.words_of)),
        },
    )


def latest_round(tx: Transaction, mention_id: str) -> tuple[Suggestion, ...]:
    """Return the suggestions of the card's last round, in their order."""
    rows = tx.query(
        "SELECT * FROM suggestions WHERE mention_id = :id AND round > :in_thread AND round ="
        " (SELECT MAX(round) FROM suggestions WHERE mention_id = :id) ORDER BY place",
        {"id": mention_id, "in_thread": _IN_THREAD},
    )
    return tuple(_read_suggestion(row) for row in rows)


def all_rounds(tx: Transaction, mention_id: str) -> tuple[Suggestion, ...]:
    """Return every suggestion that a mention has had, first round first."""
    rows = tx.query(
        "SELECT * FROM suggestions WHERE mention_id = :id ORDER BY ABS(round), place",
        {"id": mention_id},
    )
    return tuple(_read_suggestion(row) for row in rows)


def suggestion(tx: Transaction, suggestion_id: str) -> Suggestion | None:
    """Return a suggestion."""
    row = tx.one("SELECT * FROM suggestions WHERE id = :id", {"id": suggestion_id})
    return _read_suggestion(row) if row else None
