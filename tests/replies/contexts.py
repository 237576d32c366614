"""Posts to answer in the tests of replies, and the developers' rows where they are present."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from domain import Lane, Person, Post
from replies.context import ReplyContext

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
_ROWS = Path(__file__).parents[3] / "shared" / "data"


def post(text: str, *, name: str = "Ann Lee", handle: str = "annlee", **more: Any) -> Post:
    """Make a post by Ann."""
    given: dict[str, Any] = {"id": "1900", "created_at": NOW, **more}
    return Post(text=text, author=Person("77", handle, name), **given)


def context(text: str, *, about: Post | None = None, **more: Any) -> ReplyContext:
    """Make the context of a post that mentioned @copperkettle."""
    return ReplyContext(about or post(text), Lane.SEND, "copperkettle", "9", NOW, **more)


def rows(name: str) -> list[dict[str, Any]]:
    """Read the developers' rows of a name; skips the test where they are absent."""
    path = _ROWS / f"{name}.jsonl"
    if not path.is_file():
        pytest.skip("the developers' rows are not here")
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def conformance() -> list[dict[str, Any]]:
    """Read twitter-text's cases of weighted length; skips the test where they are absent."""
    path = _ROWS / "twitter_text_validate.yml"
    if not path.is_file():
        pytest.skip("twitter-text's cases are not here")
    cases: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))["tests"]
    return list(cases["WeightedTweetsWithDiscountedEmojiCounterTest"])
