"""Fill any form that a model is asked for (a JSON schema) with given words."""

from dataclasses import dataclass
from typing import Any

_MOST_IN_A_LIST = 3

Part = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Form:
    """A JSON schema with `$defs`, as pydantic makes them.

    `agrees_to` names the one yes-or-no field that says yes; all others say no.
    """

    schema: Part
    agrees_to: str = ""

    def questions(self) -> list[str]:
        """Name the yes-or-no fields of the form itself."""
        named = self.schema.get("properties", {})
        return [name for name, each in named.items() if self._known(each).get("type") == "boolean"]

    def filled(self, words: list[str]) -> Any:
        """Fill it; a list gets one entry for each text, each with another fixed choice."""
        return self._fill("", self.schema, words, 0)

    def _fill(self, name: str, part: Part, words: list[str], place: int) -> Any:
        part = self._known(part)
        if options := part.get("enum"):
            return options[place % len(options)]
        if "const" in part:
            return part["const"]
        if part.get("type") == "object":
            named = part.get("properties", {})
            return {each: self._fill(each, named[each], words, place) for each in named}
        if part.get("type") == "array":
            texts = words[:_MOST_IN_A_LIST]
            return [self._fill("", part["items"], [text], at) for at, text in enumerate(texts)]
        plain = {"boolean": name == self.agrees_to, "integer": part.get("minimum", 1)}
        return plain.get(part.get("type", ""), words[0])

    def _known(self, part: Part) -> Part:
        """Follow references, and take the first of several forms."""
        while "$ref" in part or "anyOf" in part or "allOf" in part:
            if "$ref" in part:
                part = self.schema["$defs"][part["$ref"].rsplit("/", 1)[-1]]
            else:
                part = (part.get("anyOf") or part["allOf"])[0]
        return part
