"""The small rules that all of Block Kit's checks are made of, worded as Slack words them.

Limits: docs.slack.dev, Block Kit reference; the wording of refusals: seen in public issues.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Any, Literal

Surface = Literal["message", "modal", "home"]

PLAIN = ("plain_text",)
BOTH = ("plain_text", "mrkdwn")
_TEXT_KEYS = {"plain_text": {"emoji"}, "mrkdwn": {"verbatim"}}
LONGEST_URL = 3000


@dataclass
class Report:
    """Collects what is wrong with blocks on one surface."""

    surface: Surface
    charts: bool = True
    knows_file: Callable[[str], bool] = lambda _file_id: True
    problems: list[str] = field(default_factory=list)

    def say(self, what: str, at: str) -> None:
        """Note one problem at a JSON pointer."""
        self.problems.append(f"{what} [json-pointer:{at}]")

    def mapping(
        self, thing: Any, at: str, needed: Collection[str], optional: Collection[str]
    ) -> bool:
        """Check an object's fields; False when it is not an object at all."""
        if not isinstance(thing, dict):
            self.say("must provide an object", at)
            return False
        for name in needed:
            if thing.get(name) is None:
                self.say(f"missing required field: {name}", at)
        for name in thing:
            if name not in needed and name not in optional:
                self.say(f"invalid additional property: {name}", at)
        return True

    def string(self, value: Any, at: str, longest: int, shortest: int = 1) -> None:
        """Check an optional string's length."""
        if value is None:
            return
        if not isinstance(value, str):
            self.say("must provide a string", at)
        elif len(value) < shortest:
            self.say(f"must be more than {shortest - 1} characters", at)
        elif len(value) > longest:
            self.say(f"must be less than {longest + 1} characters", at)

    def text(
        self, thing: Any, at: str, longest: int, kinds: tuple[str, ...] = BOTH, shortest: int = 1
    ) -> None:
        """Check an optional text object: its type, its fields, its length."""
        if thing is None:
            return
        if not isinstance(thing, dict):
            self.say("must provide an object", at)
            return
        kind = thing.get("type")
        if kind not in kinds:
            self.say(f"must be a valid enum value: {', '.join(kinds)}", f"{at}/type")
            return
        self.mapping(thing, at, ("type", "text"), _TEXT_KEYS[kind])
        self.string(thing.get("text"), f"{at}/text", longest, shortest)

    def several(self, rows: Any, at: str, most: int, least: int = 1) -> list[Any]:
        """Check a list's length and return it, empty when it is not a list."""
        if rows is None:
            return []
        if not isinstance(rows, list):
            self.say("must provide an array", at)
            return []
        if len(rows) < least:
            self.say(f"no fewer than {least} items allowed", at)
        if len(rows) > most:
            self.say(f"no more than {most} items allowed", at)
        return rows

    def choice(self, value: Any, at: str, known: Collection[str]) -> None:
        """Check that an optional value is one of those known."""
        if value is not None and value not in known:
            self.say(f"must be a valid enum value: {', '.join(sorted(known))}", at)

    def address(self, value: Any, at: str) -> None:
        """Check an optional web address."""
        self.string(value, at, LONGEST_URL)
        if isinstance(value, str) and value and not value.startswith(("http://", "https://")):
            self.say("must be a valid url", at)

    def image(self, thing: dict[str, Any], at: str) -> None:
        """Check what an image block and an image element have in common."""
        given = [name for name in ("image_url", "slack_file") if thing.get(name) is not None]
        if len(given) != 1:
            self.say("must define either `image_url` or `slack_file`, and not both", at)
        self.address(thing.get("image_url"), f"{at}/image_url")
        self.string(thing.get("alt_text"), f"{at}/alt_text", 2000)
        file = thing.get("slack_file")
        if isinstance(file, dict) and not (file.get("url") or self.knows_file(str(file.get("id")))):
            self.say("invalid slack file", f"{at}/slack_file")
