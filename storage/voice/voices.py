"""The voice and the playbook: each saved as a new version, the last one counts."""

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from domain import Fact, PlaybookAnswer, SavedVoice, TheirWords, Voice, VoiceRule
from storage.db.database import Transaction
from storage.db.values import json_text, read_time
from storage.voice.handwriting import Lines, answers_with_authors, lines_of, lines_with_authors

_SAVE_VOICE = """
INSERT INTO voices (version, who, how, facts, avoid, use_words, signs, hand_over, refund_limit,
    rules, silenced, member_id, member_name, changed, lines_by, at)
VALUES ((SELECT COALESCE(MAX(version), 0) + 1 FROM voices),
    :who, :how, :facts, :avoid, :use_words, :signs, :hand_over, :refund_limit,
    :rules, :silenced, :member_id, :member_name, :changed, :lines_by, :at)
RETURNING version
"""

#: So many parts an answer had before it was stored who wrote it.
_WITHOUT_AUTHORS = 3

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
    also_by: Collection[str] = (),
) -> int:
    """Store the voice as a new version, who said so and what changed; return the version.

    `also_by` are members whose words are in it besides those of who saves it: who answered the
    interview, who said the fact.
    """
    members = frozenset({member_id, *also_by})
    written = lines_with_authors(_lines(tx), lines_of(voice), members)
    who_and_when = {
        "lines_by": json_text({line: sorted(by) for line, by in written.items()}),
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


def voice_lines(tx: Transaction) -> tuple[TheirWords, ...]:
    """Return every line of the voice with the members who wrote it; facts count when short."""
    versions = _lines(tx, newest=True)
    if not versions:
        return ()
    facts = {fact.text.strip() for fact in voice(tx).facts}
    return tuple(
        TheirWords(line, by, short=line in facts) for line, by in versions[-1].items() if by
    )


def _lines(tx: Transaction, *, newest: bool = False) -> list[Lines]:
    """Return the lines of every version with who wrote each, first to last.

    `newest` is content with the last version alone, where it says so itself. An earlier Greenroom
    stored only who saved a version: the lines that are new in it are theirs.
    """
    if newest:
        last = tx.one("SELECT lines_by FROM voices ORDER BY version DESC LIMIT 1")
        if last is not None and last["lines_by"] is not None:
            return [_read_lines(last["lines_by"])]
    versions: list[Lines] = []
    for row in tx.query("SELECT * FROM voices ORDER BY version"):
        if row["lines_by"] is not None:
            versions.append(_read_lines(row["lines_by"]))
        else:
            members = frozenset({str(row["member_id"])})
            versions.append(lines_with_authors(versions, lines_of(read_voice(row)), members))
    return versions


def _read_lines(stored: str) -> Lines:
    return {line: frozenset(by) for line, by in json.loads(stored).items()}


def playbook(tx: Transaction) -> tuple[PlaybookAnswer, ...]:
    """Return the team's own ready answers with who wrote each; none before anybody saved some."""
    row = tx.one("SELECT answers FROM playbooks ORDER BY version DESC LIMIT 1")
    if row is None:
        return ()
    stored = json.loads(row["answers"])
    if all(len(each) > _WITHOUT_AUTHORS for each in stored):
        return tuple(_read_answer(each) for each in stored)
    return _playbooks(tx)[-1]


def _playbooks(tx: Transaction) -> list[tuple[PlaybookAnswer, ...]]:
    """Return every version, first to last, with who wrote each answer.

    An earlier Greenroom stored only who saved a version: what is new in it is theirs.
    """
    versions: list[tuple[PlaybookAnswer, ...]] = []
    for row in tx.query("SELECT answers, member_id FROM playbooks ORDER BY version"):
        stored = json.loads(row["answers"])
        answers = tuple(_read_answer(each) for each in stored)
        if any(len(each) == _WITHOUT_AUTHORS for each in stored):
            answers = answers_with_authors(versions, answers, row["member_id"])
        versions.append(answers)
    return versions


def _read_answer(stored: Sequence[Any]) -> PlaybookAnswer:
    occasion, text, cues, *by = stored
    members = frozenset(str(each) for each in by[0]) if by else frozenset[str]()
    return PlaybookAnswer(occasion=occasion, text=text, cues=tuple(cues), by=members)


def save_playbook(
    tx: Transaction,
    answers: Sequence[PlaybookAnswer],
    *,
    member_id: str,
    at: datetime,
    member_name: str = "",
    nobodys: Collection[str] = (),
) -> int:
    """Store the playbook as a new version, and who did; return the version.

    Whose words each answer is follows from the versions before, never from the caller; `nobodys`
    are the texts that Greenroom comes with.
    """
    written = answers_with_authors(_playbooks(tx), answers, member_id, nobodys=nobodys)
    row = tx.one(
        _SAVE_PLAYBOOK,
        {
            "answers": json_text([[a.occasion, a.text, a.cues, sorted(a.by)] for a in written]),
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
