"""manifest.yaml is what Slack takes: its own schema where that is at hand, its limits anywhere."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

ROOT = Path(__file__).parent.parent
SCHEMA = ROOT.parent / "shared" / "data" / "slack_manifest_schema_2.0.0.json"

#: Least and most characters that Slack's manifest schema (2.0.0) takes, by the place in the
#: manifest; `*` is each entry of a list. A text without a row here fails the test below.
LENGTHS = {
    "display_information.name": (1, 35),
    "display_information.description": (1, 140),
    "display_information.background_color": (4, 7),
    "display_information.long_description": (175, 4000),
    "features.bot_user.display_name": (1, 80),
    "features.agent_view.agent_description": (1, 300),
    # The schema names no limit for prompts; Slack's reference for setSuggestedPrompts neither.
    "features.agent_view.suggested_prompts.*.title": (1, 75),
    "features.agent_view.suggested_prompts.*.message": (1, 2000),
    "features.shortcuts.*.name": (1, 24),
    "features.shortcuts.*.type": (1, 7),
    "features.shortcuts.*.callback_id": (1, 255),
    "features.shortcuts.*.description": (1, 150),
    "features.slash_commands.*.command": (2, 32),
    "features.slash_commands.*.description": (1, 2000),
    "features.slash_commands.*.usage_hint": (1, 1000),
    "oauth_config.scopes.bot.*": (1, 50),
    "settings.event_subscriptions.bot_events.*": (1, 50),
}
#: Most entries of a list, and least.
COUNTS = {
    "features.agent_view.suggested_prompts": (0, 4),
    "features.shortcuts": (1, 10),
    "features.slash_commands": (1, 50),
    "oauth_config.scopes.bot": (0, 255),
    "settings.event_subscriptions.bot_events": (0, 100),
}


def manifest() -> Any:
    return yaml.safe_load((ROOT / "manifest.yaml").read_text("utf-8"))


def texts_and_lists(part: Any, place: str = "") -> Iterator[tuple[str, str | list[Any]]]:
    """Walk the manifest; give each text and each list with its place."""
    if isinstance(part, str):
        yield place, part
    elif isinstance(part, dict):
        for name, inner in part.items():
            yield from texts_and_lists(inner, f"{place}.{name}".lstrip("."))
    elif isinstance(part, list):
        yield place, part
        for inner in part:
            yield from texts_and_lists(inner, f"{place}.*")


def beyond(whole: Any) -> list[str]:
    """Return what Slack would refuse for its length or number, each with its place."""
    found = []
    for place, held in texts_and_lists(whole):
        limits = LENGTHS if isinstance(held, str) else COUNTS
        least, most = limits.get(place, (0, -1))
        if not least <= len(held) <= most:
            found.append(f"{place}: {len(held)} of {least} to {most}: {held}")
    return found


def test_every_text_of_the_manifest_is_as_long_as_slack_takes() -> None:
    """Slack refuses a whole manifest for one shortcut's name of 25 characters."""
    assert beyond(manifest()) == []
    whole = manifest()
    whole["features"]["shortcuts"][0]["name"] = "A reply to a link, please"
    whole["features"]["slash_commands"][0]["hint_of_ours"] = "unknown to Slack"
    assert [one.split(":")[0] for one in beyond(whole)] == [
        "features.shortcuts.*.name",
        "features.slash_commands.*.hint_of_ours",
    ]


def test_command_colour_and_kinds_look_as_slack_wants_them() -> None:
    """What the schema says by a pattern or by a list of words."""
    whole = manifest()
    assert re.fullmatch(r"#[0-9a-f]{3,6}", whole["display_information"]["background_color"])
    for command in whole["features"]["slash_commands"]:
        assert command["command"].startswith("/")
    for shortcut in whole["features"]["shortcuts"]:
        assert shortcut["type"] in {"message", "global"}


@pytest.mark.skipif(not SCHEMA.exists(), reason="Slack's schema is not at hand")
def test_slacks_own_schema_takes_the_manifest() -> None:
    """Every rule of the schema, also those of which this file knows nothing."""
    schema = json.loads(SCHEMA.read_text("utf-8"))
    judge = jsonschema.validators.validator_for(schema)(schema)
    wrong = [f"{list(one.absolute_path)}: {one.message}" for one in judge.iter_errors(manifest())]
    assert wrong == []
