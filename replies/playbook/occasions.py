"""Which occasion a post may be, for a person to choose from the answers that a playbook has for it.

Cues are words that people happen to use: they put answers in an order and offer none by themselves.
"""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

import patterns as re
from domain import PlaybookAnswer
from replies.text.portion import portion
from replies.text.wording import is_question, plain, without_handles

THANKS = "thanks"
QUESTION = "question"
_MOST_OCCASIONS = 2
_REQUEST = re.compile(
    r"\b(?:some|any)(?:one|body)\b[^.!?]{0,40}\b(?:name|tell|point|know|suggest|explain)\b"
    r"|\b(?:i|we) need (?:a|an|some|somewhere|to know)\b|\bsuggestions\b|\bplease (?:advise|tell)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Words:
    """Closed lists of words that an answer may take over from a post."""

    days: tuple[str, ...]
    things: tuple[str, ...]
    not_names: frozenset[str]
    common: frozenset[str]
    matters: tuple[frozenset[str], ...]
    openings: frozenset[str]
    thanks: frozenset[str]
    beside_thanks: frozenset[str]
    greetings: frozenset[str]
    asking: frozenset[str]
    denials: frozenset[str]


@cache
def default_playbook() -> tuple[PlaybookAnswer, ...]:
    """Return the answers that Greenroom comes with, gravest occasion first."""
    return tuple(
        PlaybookAnswer(row["name"], text, tuple(row["cues"]))
        for row in _table()["occasion"]
        for text in row["answers"]
    )


@cache
def word_lists() -> Words:
    """Return the closed lists of words."""
    row = _table()["words"]
    return Words(
        days=tuple(row["days"]),
        things=tuple(row["things"]),
        not_names=frozenset(row["not_names"]),
        common=frozenset(row["common"]),
        matters=tuple(frozenset(matter) for matter in row["matters"]),
        openings=frozenset(row["openings"]),
        thanks=frozenset(row["thanks"]),
        beside_thanks=frozenset(row["beside_thanks"]),
        greetings=frozenset(row["greetings"]),
        asking=frozenset(row["asking"]),
        denials=frozenset(row["denials"]),
    )


def answers_for(post_text: str, playbook: Sequence[PlaybookAnswer]) -> list[PlaybookAnswer]:
    """Return a playbook's answers for a post: its occasion's first, then the general ones.

    The occasion with most cues in the post wins; among equals the one that stands first.
    Occasions about questions only count when the post asks something.
    """
    text = plain(without_handles(portion(post_text)))
    asked = asks(text)
    scores: dict[str, int] = {}
    for answer in playbook:
        if answer.occasion in _only_questions() and not asked:
            continue
        score = sum(_is_in(text, cue) for cue in answer.cues)
        scores[answer.occasion] = max(score, scores.get(answer.occasion, 0))
    order = [name for name, _ in sorted(scores.items(), key=lambda row: -row[1]) if scores[name]]
    gravest = _gravest_first(order)
    # Somebody may ask two things at once; on a grave matter there is only the one.
    chosen = gravest[:1] if _grave(gravest[:1]) else gravest[:_MOST_OCCASIONS]
    general = [QUESTION] if asked and not _grave(chosen) else []
    first = general if chosen and chosen[0] in _PLEASANT else []
    wanted = list(dict.fromkeys([*first, *chosen, *general]))
    return [answer for name in wanted for answer in playbook if answer.occasion == name]


def asks(post_text: str) -> bool:
    """Tell whether a post wants to know something, a request to nobody in particular included."""
    return is_question(post_text) or bool(_REQUEST.search(plain(portion(post_text))))


#: On these a wrong tone hurts most: one cue is enough, whatever else the post says.
_GRAVE = (
    "opt_out",
    "unkind",
    "sad",
    "pitch",
    "wait",
    "wrong",
    "not_working",
    "rude",
    "complaint",
    "bad_luck",
)

#: With these beside it, a question is what wants an answer first.
_PLEASANT = frozenset({"praise", "thanks", "hello", "news", "coming_back"})


def _gravest_first(order: list[str]) -> list[str]:
    return sorted(order, key=lambda name: _GRAVE.index(name) if name in _GRAVE else len(_GRAVE))


def _grave(chosen: list[str]) -> bool:
    return bool(chosen) and chosen[0] in _GRAVE


@cache
def _only_questions() -> frozenset[str]:
    return frozenset(row["name"] for row in _table()["occasion"] if row.get("question"))


@lru_cache(maxsize=8192)
def _is_in(text: str, cue: str) -> bool:
    """Tell whether a cue stands in a post; the answers of one occasion share their cues."""
    return _cue(cue).search(text) is not None


@cache
def _cue(cue: str) -> re.Pattern[str]:
    body = r"\s+".join(re.escape(word).replace(r"\*", r"\w*") for word in cue.split())
    head = r"(?<!\w)" if cue[:1].isalnum() else ""
    tail = r"(?!\w)" if cue[-1:].isalnum() else ""
    return re.compile(f"{head}{body}{tail}" if body else r"(?!)", re.IGNORECASE)


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads((files(__package__) / "default.toml").read_text("utf-8"))
