"""What the practice X reads out of a text agrees with X's own published examples."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from sandbox.x import text as x_text

_EXAMPLES = Path(__file__).parents[2] / "shared" / "data" / "twitter_text_validate.yml"


def _length_examples() -> list[dict[str, Any]]:
    if not _EXAMPLES.exists():
        return []
    tests = yaml.safe_load(_EXAMPLES.read_text(encoding="utf-8"))["tests"]
    return [
        *tests["WeightedTweetsWithDiscountedEmojiCounterTest"],
        *tests["UnicodeDirectionalMarkerCounterTest"],
    ]


@pytest.mark.skipif(not _EXAMPLES.exists(), reason="X's published examples are not here")
def test_the_weighted_length_agrees_with_x() -> None:
    """Every published example of the weighted count comes out the same."""
    wrong = [
        (example["description"], x_text.weighted_length(example["text"]), example["expected"])
        for example in _length_examples()
        if x_text.weighted_length(example["text"]) != example["expected"]["weightedLength"]
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "weight"),
    [
        ("", 0),
        ("coffee", 6),
        ("コーヒー", 8),
        ("☕", 2),
        ("👩‍👩‍👧‍👦", 2),
        ("👍🏽", 2),
        ("see https://example.com/a/very/long/path/indeed?with=query", 27),
        ("“quoted” — yes", 14),
    ],
)
def test_the_weighted_length_of_everyday_texts(text: str, weight: int) -> None:
    """Links weigh 23, emoji and East Asian characters 2, everything Latin 1."""
    assert x_text.weighted_length(text) == weight


@pytest.mark.parametrize(
    ("text", "handles"),
    [
        ("@ada hello @Ben_2", ["ada", "Ben_2"]),
        ("(@ada)", ["ada"]),
        ("mail me@example.com", []),
        ("@waytoolonghandle16", []),
        ("https://example.com/@ada", []),
        ("hi@ada", []),
    ],
)
def test_mentions_are_found_where_x_finds_them(text: str, handles: list[str]) -> None:
    """Addresses, links and words with @ in them mention nobody."""
    assert [span.words for span in x_text.mentions(text)] == handles


def test_entities_bear_the_places_where_they_stand() -> None:
    """The indices cut exactly the mention, tag and link out of the text, emoji before them or not."""
    text = "☕👍🏽 @ada try #coldbrew at example.com/menu."
    shaped = x_text.entities(text, {"ada": "7"})
    [mention], [tag], [link] = shaped["mentions"], shaped["hashtags"], shaped["urls"]
    assert text[mention["start"] : mention["end"]] == "@ada"
    assert (mention["username"], mention["id"]) == ("ada", "7")
    assert text[tag["start"] : tag["end"]] == "#coldbrew"
    assert text[link["start"] : link["end"]] == "example.com/menu"
    assert link["expanded_url"] == "http://example.com/menu"
