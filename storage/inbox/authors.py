"""Whose words a text is made of, and whether the team wants a second member to approve it."""

import json
from collections.abc import Mapping

from domain import DecisionKind, TheirWords
from storage.db.database import Transaction
from storage.db.values import read_members
from storage.posts.similar_answers import answered_alike
from storage.voice.voices import playbook, voice_lines

_SUGGESTED = """
SELECT words_of FROM suggestions
WHERE mention_id = :mention_id AND text = :text AND words_of IS NOT NULL
"""
_DECIDED = """
SELECT DISTINCT member_id FROM decisions
WHERE mention_id = :mention_id AND text = :text AND kind IN (:writing)
"""
_STEERED = """
SELECT member_id, text FROM decisions
WHERE mention_id = :mention_id AND kind = :steer AND text IS NOT NULL
"""
_MADE_HERE = "SELECT text, words_of FROM suggestions WHERE mention_id = :mention_id"
#: The decisions whose text is the member's own words.
_WRITING = (DecisionKind.EDIT, DecisionKind.WRITE)


def second_approver_on(tx: Transaction) -> bool:
    """Tell whether nobody sends words of their own without another member's approval.

    Read where the decision is written: another process may have changed it a moment ago.
    """
    row = tx.one("SELECT value FROM team_settings WHERE name = :name", {"name": "second_approver"})
    return row is not None and json.loads(row["value"]) is True


def may_approve_alone(tx: Transaction, mention_id: str, text: str, member_id: str) -> bool:
    """Tell whether one member's approval is enough for exactly this text.

    It is where the text came about without any word of theirs: Greenroom suggested it, or others
    wrote it. Where nobody knows whose words they are, nobody's approval is enough.
    """
    return any(member_id not in words for words in origins(tx, mention_id, text))


def origins(tx: Transaction, mention_id: str, text: str) -> list[frozenset[str]]:
    """Return each way in which exactly this text came about, as the members whose words it took.

    Empty where nobody knows: neither Greenroom suggested it nor did a member write it.
    """
    params = {"mention_id": mention_id, "text": text}
    known = [read_members(row["words_of"]) for row in tx.query(_SUGGESTED, params)]
    written = tx.query(_DECIDED, {**params, "writing": _WRITING})
    return [
        *(words for words in known if words is not None),
        *(frozenset({str(row["member_id"])}) for row in written),
    ]


def words_in_answer(tx: Transaction, mention_id: str, text: str) -> frozenset[str] | None:
    """Return whose words are in an answer that was taken; None where nobody knows."""
    found = origins(tx, mention_id, text)
    if not found:
        return None
    return frozenset[str]() if frozenset() in found else frozenset[str]().union(*found)


def is_drafted(tx: Transaction, mention_id: str, text: str) -> bool:
    """Tell whether Greenroom suggested exactly this text in words of its own."""
    return frozenset() in origins(tx, mention_id, text)


def authors_of(tx: Transaction, mention_id: str, text: str) -> frozenset[str]:
    """Return the ids of the members whose words are in exactly this text of a mention."""
    return frozenset[str]().union(*origins(tx, mention_id, text))


def words_of_members(
    tx: Transaction, mention_id: str, approved: Mapping[str, frozenset[str] | None]
) -> tuple[TheirWords, ...]:
    """Return all that members wrote and a draft for a mention could be made of.

    The voice, the playbook, what was wished for this card and made of it, and `approved`, the
    answers to posts alike. What a text holds of it is theirs, whoever puts it into the text.
    """
    params = {"mention_id": mention_id}
    steered = tx.query(_STEERED, {**params, "steer": DecisionKind.STEER})
    made = [(row["text"], read_members(row["words_of"])) for row in tx.query(_MADE_HERE, params)]
    return (
        *voice_lines(tx),
        *(TheirWords(each.text, each.by) for each in playbook(tx) if each.by),
        *(TheirWords(row["text"], frozenset({row["member_id"]})) for row in steered),
        *(TheirWords(text, members) for text, members in made if members != frozenset()),
        *(
            TheirWords(ours, members)
            for ours, members in approved.items()
            if members != frozenset()
        ),
    )


def approved_by(tx: Transaction, post_text: str) -> dict[str, frozenset[str] | None]:
    """Return whose words are in each answer that may be given again to a post."""
    return {
        ours: words_in_answer(tx, answered, ours)
        for answered, _, ours in answered_alike(tx, post_text)
    }
