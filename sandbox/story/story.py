"""The story that the practice room plays: who lives in it, what they said, what the team decided.

A story is one JSON file in `stories/`. Times in it are hours before the room opens, so that the
week is always the past week; arrivals come after it, each some seconds after the one before.
"""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from sandbox.story.faults import faults
from sandbox.story.parts import (
    DecisionKind,
    Role,
    Story,
    StoryAnswers,
    StoryArrival,
    StoryDecision,
    StoryMember,
    StoryPerson,
    StoryPost,
    StoryVoice,
    StoryWatch,
)

__all__ = [
    "DecisionKind",
    "Role",
    "Story",
    "StoryAnswers",
    "StoryArrival",
    "StoryDecision",
    "StoryError",
    "StoryMember",
    "StoryPerson",
    "StoryPost",
    "StoryVoice",
    "StoryWatch",
    "load_story",
    "read_story",
]

STORIES = Path(__file__).parent / "stories"
Part = TypeVar("Part")


class StoryError(ValueError):
    """Say everything that is wrong with a story file, one sentence a line."""


def load_story(name: str = "juniper") -> Story:
    """Read and check the story `stories/<name>.json`.

    Raises StoryError naming every fault, FileNotFoundError if there is no such story.
    """
    return read_story(json.loads((STORIES / f"{name}.json").read_text(encoding="utf-8")))


def read_story(written: Mapping[str, Any]) -> Story:
    """Make a checked story of what its JSON file says; raises StoryError naming every fault."""
    try:
        story = Story(
            title=written["title"],
            town=written["town"],
            tz=written["tz"],
            channel=written["channel"],
            account=StoryPerson(**written["account"]),
            people=_each(StoryPerson, written["people"]),
            members=_each(StoryMember, written["members"]),
            watches=_each(StoryWatch, written["watches"]),
            posts=_each(StoryPost, written["posts"]),
            decisions=_each(StoryDecision, written["decisions"]),
            arrivals=_each(StoryArrival, written["arrivals"]),
            voice=_one(StoryVoice, written["voice"]),
            playbook=_each(StoryAnswers, written["playbook"]),
        )
    except (KeyError, TypeError) as error:
        raise StoryError(f"The story does not have the shape of a story: {error}.") from error
    found = list(faults(story))
    if found:
        raise StoryError("\n".join(found))
    return story


def _one(kind: type[Part], written: Mapping[str, Any]) -> Part:
    """Make one part of the story; lists become tuples, so that the story cannot be changed."""
    return kind(**{k: tuple(v) if isinstance(v, list) else v for k, v in written.items()})


def _each(kind: type[Part], written: Iterable[Mapping[str, Any]]) -> tuple[Part, ...]:
    return tuple(_one(kind, one) for one in written)
