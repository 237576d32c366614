"""The voice and the playbook: each saved as a new version, the last one counts."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from domain import Fact, PlaybookAnswer, SavedVoice, Voice, VoiceRule
from storage.database import Transaction
from storage.values import json_text, read_time

_SAVE_VOICE = """
INSERT INTO voices (version, who, how, facts, avoid, use_words, signs, hand_over, refund_limit,
    rules, silenced, member_id, member_name, changed, at)
VALUES ((SELECT COALESCE(MAX(version), 0) + 1 FROM voices),
    :who, :how, :facts, :avoid, :use_words, :signs, :hand_over, :refund_limit,
    :rules, :silenced, :member_id, :member_name, :changed, :at)
RETURNING version
"""

_SAVE_PLAYBOOK = """
INSERT INTO playbooks (version, answers, member_id, member_name, at)
VALUES ((SELECT COALESCE(MAX(version), 0) + 1 FROM playbooks), :answers, :member_id,
    :member_name, :at)
RETURNING version
"""


def voice(tx: Transaction) -> Voice:
    """Return how the business talks; an empty voice of version 0 before anybody said."""
    saved = saved_voice(tx)
    return saved.voice if saved else Voice()


def saved_voice(tx: Transaction, version: int | None = None) -> SavedVoice | None:
    """Return one version of the voice with who saved it, the last one by default."""
    if version is None:
        row = tx.one("SELECT * FROM voices ORDER BY version DESC LIMIT 1")
    else:
        row = tx.one("SELECT * FROM voices WHERE version = :version", {"version": version})
    return _read_saved(row) if row else None


def voice_history(tx: Transaction, limit: int) -> list[SavedVoice]:
    """Return the last versions of the voice, newest first."""
    rows = tx.query("SELECT * FROM voices ORDER BY version DESC LIMIT :limit", {"limit": limit})
    return [_read_saved(row) for row in rows]


def _read_saved(row: Mapping[str, Any]) -> SavedVoice:
    return SavedVoice(
        voice=read_voice(row),
        member_id=row["member_id"],
        member_name=row["member_name"],
        changed=row["changed"],
        at=read_time(row["at"]),
    )


def read_voice(row: Mapping[str, Any]) -> Voice:
    """Return the voice in a row of the table; facts of the first release are plain texts."""
    return Voice(
        who=row["who"],
        how=row["how"],
        facts=tuple(_read_fact(each) for each in json.loads(row["facts"])),
        avoid=tuple(json.loads(row["avoid"])),
        use=tuple(json.loads(row["use_words"])),
        signs=tuple(json.loads(row["signs"])),
        hand_over=None if row["hand_over"] is None else tuple(json.loads(row["hand_over"])),
        refund_limit=None if row["refund_limit"] is None else Decimal(row["refund_limit"]),
        rules=tuple(
            VoiceRule(text, trait, tuple(phrases))
            for text, trait, phrases in json.loads(row["rules"])
        ),
        silenced=tuple(json.loads(row["silenced"])),
        version=row["version"],
    )


def _read_fact(stored: Any) -> Fact:
    if isinstance(stored, str):
        return Fact.from_line(stored)
    name, text, checked_on = stored
    return Fact(text, name, date.fromisoformat(checked_on) if checked_on else None)


def _fact_row(fact: Fact) -> list[str | None]:
    return [fact.name, fact.text, fact.checked_on.isoformat() if fact.checked_on else None]


def save_voice(
    tx: Transaction,
    voice: Voice,
    *,
    member_id: str,
    at: datetime,
    member_name: str = "",
    changed: str = "",
) -> int:
    """Store the voice as a new version, who said so and what changed; return the version."""
    who_and_when = {
        "member_id": member_id,
        "member_name": member_name,
        "changed": changed,
        "at": at,
    }
    row = tx.one(_SAVE_VOICE, {**voice_columns(voice), **who_and_when})
    return int(row["version"]) if row else 0


def voice_columns(voice: Voice) -> dict[str, str | None]:
    """Return a voice as its columns, all but the version. `read_voice` reads them."""
    return {
        "who": voice.who,
        "how": voice.how,
        "facts": json_text([_fact_row(fact) for fact in voice.facts]),
        "avoid": json_text(voice.avoid),
        "use_words": json_text(voice.use),
        "signs": json_text(voice.signs),
        "hand_over": None if voice.hand_over is None else json_text(voice.hand_over),
        "refund_limit": None if voice.refund_limit is None else str(voice.refund_limit),
        "rules": json_text([[r.text, r.trait, r.phrases] for r in voice.rules]),
        "silenced": json_text(voice.silenced),
    }


def playbook(tx: Transaction) -> tuple[PlaybookAnswer, ...]:
    """Return the team's own ready answers; none before anybody saved some."""
    row = tx.one("SELECT answers FROM playbooks ORDER BY version DESC LIMIT 1")
    if row is None:
        return ()
    return tuple(
        PlaybookAnswer(occasion=occasion, text=text, cues=tuple(cues))
        for occasion, text, cues in json.loads(row["answers"])
    )


def save_playbook(
    tx: Transaction,
    answers: Sequence[PlaybookAnswer],
    *,
    member_id: str,
    at: datetime,
    member_name: str = "",
) -> int:
    """Store the playbook as a new version, and who did; return the version."""
    row = tx.one(
        _SAVE_PLAYBOOK,
        {
            "answers": json_text([[a.occasion, a.text, a.cues] for a in answers]),
            "member_id": member_id,
            "member_name": member_name,
            "at": at,
        },
    )
    return int(row["version"]) if row else 0


def playbook_saver(tx: Transaction) -> tuple[str, datetime] | None:
    """Return the name of the member who saved the playbook last, and when."""
    row = tx.one("SELECT member_name, at FROM playbooks ORDER BY version DESC LIMIT 1")
    return (row["member_name"], read_time(row["at"])) if row else None
