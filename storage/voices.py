"""The voice and the playbook: each saved as a new version, the last one counts."""

import json
from collections.abc import Sequence
from datetime import datetime

from domain import PlaybookAnswer, Voice
from storage.database import Transaction
from storage.values import json_text

_SAVE_VOICE = """
INSERT INTO voices (version, who, how, facts, avoid, member_id, at)
VALUES ((SELECT COALESCE(MAX(version), 0) + 1 FROM voices),
    :who, :how, :facts, :avoid, :member_id, :at)
RETURNING version
"""

_SAVE_PLAYBOOK = """
INSERT INTO playbooks (version, answers, member_id, at)
VALUES ((SELECT COALESCE(MAX(version), 0) + 1 FROM playbooks), :answers, :member_id, :at)
RETURNING version
"""


def voice(tx: Transaction) -> Voice:
    """Return how the business talks; an empty voice of version 0 before anybody said."""
    row = tx.one("SELECT * FROM voices ORDER BY version DESC LIMIT 1")
    if row is None:
        return Voice()
    return Voice(
        who=row["who"],
        how=row["how"],
        facts=tuple(json.loads(row["facts"])),
        avoid=tuple(json.loads(row["avoid"])),
        version=row["version"],
    )


def save_voice(tx: Transaction, voice: Voice, *, member_id: str, at: datetime) -> int:
    """Store the voice as a new version, and who said so; return the version."""
    row = tx.one(
        _SAVE_VOICE,
        {
            "who": voice.who,
            "how": voice.how,
            "facts": json_text(voice.facts),
            "avoid": json_text(voice.avoid),
            "member_id": member_id,
            "at": at,
        },
    )
    return int(row["version"]) if row else 0


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
    tx: Transaction, answers: Sequence[PlaybookAnswer], *, member_id: str, at: datetime
) -> int:
    """Store the playbook as a new version, and who did; return the version."""
    row = tx.one(
        _SAVE_PLAYBOOK,
        {
            "answers": json_text([[a.occasion, a.text, a.cues] for a in answers]),
            "member_id": member_id,
            "at": at,
        },
    )
    return int(row["version"]) if row else 0
