"""Makes up the smallest JSON that fits a JSON schema; its words say that they are practice."""

from typing import Any

_DEEPEST = 12


def fitting(schema: dict[str, Any]) -> Any:
    """Make a value that the schema allows, the same one every time.

    Strings read `practice answer 1 …`, counted through the value; lists have one entry unless
    the schema wants more; of several choices the first that is not null is taken.
    """
    return _Maker(schema).value(schema, 0)


class _Maker:
    def __init__(self, root: dict[str, Any]) -> None:
        self._root = root
        self._strings = 0

    def value(self, schema: dict[str, Any], depth: int) -> Any:
        schema = self._resolved(schema)
        if "const" in schema or schema.get("enum"):
            return schema.get("const", schema.get("enum", [None])[0])
        for choice in ("anyOf", "oneOf"):
            if choice in schema:
                return self._first_choice(schema[choice], depth)
        kind = schema.get("type")
        if isinstance(kind, list):
            kind = next((name for name in kind if name != "null"), "null")
        if kind == "object" or "properties" in schema:
            return self._object(schema, depth)
        if kind == "array":
            return self._array(schema, depth)
        if kind in {"integer", "number"}:
            return _number(schema)
        return (
            {"boolean": False, "null": None}[kind]
            if kind in {"boolean", "null"}
            else self._string(schema)
        )

    def _resolved(self, schema: dict[str, Any]) -> dict[str, Any]:
        seen = set()
        while "$ref" in schema and schema["$ref"] not in seen:
            seen.add(schema["$ref"])
            found: Any = self._root
            for part in schema["$ref"].removeprefix("#").strip("/").split("/"):
                found = found.get(part, {}) if part else found
            schema = {**found, **{k: v for k, v in schema.items() if k != "$ref"}}
        merged = dict(schema)
        for part in merged.pop("allOf", []):
            merged.update(self._resolved(part))
        return merged

    def _first_choice(self, choices: list[dict[str, Any]], depth: int) -> Any:
        if depth > _DEEPEST and any(choice.get("type") == "null" for choice in choices):
            return None
        worded = [choice for choice in choices if choice.get("type") != "null"]
        return self.value(worded[0], depth + 1) if worded else None

    def _object(self, schema: dict[str, Any], depth: int) -> dict[str, Any]:
        properties = schema.get("properties", {})
        required = schema.get("required", list(properties))
        return {name: self.value(properties.get(name, {}), depth + 1) for name in required}

    def _array(self, schema: dict[str, Any], depth: int) -> list[Any]:
        least = int(schema.get("minItems", 0))
        wanted = least if depth > _DEEPEST or schema.get("maxItems") == 0 else max(1, least)
        return [self.value(schema.get("items", {}), depth + 1) for _ in range(wanted)]

    def _string(self, schema: dict[str, Any]) -> str:
        self._strings += 1
        words = f"practice answer {self._strings} (no model wrote this)"
        shortest = int(schema.get("minLength", 0))
        while len(words) < shortest:
            words += " practice"
        return words[: int(schema.get("maxLength", len(words)))]


def _number(schema: dict[str, Any]) -> int | float:
    least = schema.get("minimum", schema.get("exclusiveMinimum", 0))
    if "exclusiveMinimum" in schema:
        least += 1
    most = schema.get("maximum", least)
    number: int | float = max(least, 0) if most >= 0 else most
    return int(number) if schema.get("type") == "integer" else number
