"""The voice in a file, for the command line: TOML, JSON, or lines of plain text."""

import json
import tomllib
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import patterns as re
from domain import Fact, Voice, VoiceRule
from domain.cleaning import clean_value
from errors import GreenroomError

#: Other words that people use for a voice's parts.
_MEANT = {
    "who": "who we_are who_we_are about business description",
    "how": "how tone style how_we_talk voice",
    "facts": "facts fact known we_know details",
    "use": "use words_we_use words_to_use say we_say likes",
    "avoid": "avoid never words_we_never_use words_to_avoid never_use never_say dont_say banned",
    "signs": "signs sign initials signatures who_signs signature",
    "hand_over": "hand_over handover hand_over_topics topics_to_hand_over topics",
    "refund_limit": "refund_limit refunds_above max_refund refund_max",
    "rules": "rules rule",
    "silenced": "silenced silence silenced_checks ignore_checks",
}
_PART_OF = {word: part for part, words in _MEANT.items() for word in words.split()}
#: Keys that are about the file and no facts.
_NO_FACTS = frozenset(
    {"version", "name", "id", "schema", "$schema", "handle", "account", "comment"}
)
_LIST_MARK = re.compile(r"\A\s*(?:[-*•+–]|\d{1,3}[.)])\s+")
_HEADING = re.compile(r"\A\s*(?:#{1,6}\s|={3,}\s*\Z|-{3,}\s*\Z|```|<!--)")
_EMPHASIS = re.compile(r"\*\*|__|`")
_LARGEST = 1_000_000


class VoiceFileError(GreenroomError):
    """The file of a voice cannot be read, or holds no voice."""

    advice = "Give TOML, JSON, or plain text with one fact a line."


def read_voice_file(path: Path | str) -> Voice:
    """Read a voice from a file: TOML or JSON by their look, or a fact a line.

    Keys are those of a voice (who, how, facts, use, avoid, signs, hand_over, refund_limit,
    rules, silenced) or words near them; any other key with a text is a fact of that name, so
    `hours = "7 to 5"` is one. In plain text and Markdown each line is a fact.

    Raises:
        VoiceFileError: it cannot be read, in one sentence.
    """
    file = Path(path)
    try:
        with file.open("rb") as stream:
            # Pipes and devices know no size: a byte too many tells.
            held = stream.read(_LARGEST + 1)
        if len(held) > _LARGEST:
            raise VoiceFileError(f"The voice file {file} is larger than {_LARGEST:,} bytes.")
        text = held.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        raise VoiceFileError(f"The voice file {file} is not UTF-8 text.") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "no such name"
        raise VoiceFileError(f"The voice file {file} cannot be read: {reason}.") from error
    return _voice_of(clean_value(_parsed(file, text)))


def _parsed(file: Path, text: str) -> Mapping[str, Any]:
    """Return the file's content; lines of text become facts."""
    suffix = file.suffix.casefold()
    looks = text.lstrip()[:1]
    if suffix == ".json" or (suffix not in {".toml", ".md", ".txt"} and looks in {"{", "["}):
        return _table(file, text, json.loads, "JSON")
    if suffix == ".toml":
        return _table(file, text, tomllib.loads, "TOML")
    if suffix not in {".md", ".markdown", ".txt", ".text"}:
        try:
            return tomllib.loads(text)
        except tomllib.TOMLDecodeError:
            pass
    return {"facts": list(_lines(text))}


def _table(file: Path, text: str, parse: Callable[[str], Any], kind: str) -> Mapping[str, Any]:
    try:
        content = parse(text)
    except (ValueError, RecursionError) as error:
        said = re.sub(r"\s+", " ", str(error)).rstrip(".")[:120]
        raise VoiceFileError(f"The voice file {file} is no {kind}: {said}.") from error
    if isinstance(content, list):
        return {"facts": content}
    if not isinstance(content, dict):
        raise VoiceFileError(f"The voice file {file} holds no table of a voice's parts.")
    whole = dict(content)
    for key, value in content.items():
        # A voice may lie in a table of its own, whatever that is called.
        if isinstance(value, dict) and (key.casefold() == "voice" or "facts" in value):
            whole = {**{name: part for name, part in whole.items() if name != key}, **value}
    return whole


def _voice_of(content: Mapping[str, Any]) -> Voice:
    parts: dict[str, list[Any]] = {}
    named: list[Fact] = []
    for key, value in content.items():
        word = re.sub(r"[\s-]+", "_", str(key).strip().casefold()).replace("'", "")
        part = _PART_OF.get(word)
        if part:
            parts.setdefault(part, []).append(value)
        elif word not in _NO_FACTS:
            named += _named_facts(str(key).replace("_", " "), value)
    stated = [fact for value in parts.get("facts", []) for fact in _facts(value)]
    hand_over = _texts(parts.get("hand_over"))
    return Voice(
        who=" ".join(_texts(parts.get("who"))),
        how=" ".join(_texts(parts.get("how"))),
        facts=(*stated, *named),
        avoid=_words(parts.get("avoid")),
        use=_words(parts.get("use")),
        signs=_words(parts.get("signs")),
        hand_over=hand_over if "hand_over" in parts else None,
        refund_limit=_money(parts.get("refund_limit")),
        rules=tuple(_rules(parts.get("rules"))),
        silenced=_words(parts.get("silenced")),
    )


def _facts(value: Any, name: str = "") -> Iterator[Fact]:
    """Yield facts from a text, a list of them, a table name → text, or tables of one fact."""
    if isinstance(value, list):
        for part in value:
            yield from _facts(part, name)
    elif isinstance(value, dict):
        text = next((value[key] for key in ("text", "fact", "value") if key in value), None)
        if text is not None and not isinstance(text, (dict, list)):
            told = value.get("name") or name
            yield Fact(str(text).strip(), str(told).strip(), _day(value.get("checked_on")))
            return
        for key, part in value.items():
            label = str(key).replace("_", " ")
            yield from _facts(part, f"{name} {label}".strip())
    elif isinstance(value, str) and value.strip():
        for line in value.splitlines():
            if line.strip():
                yield Fact(line.strip(), name) if name else Fact.from_line(line)
    elif isinstance(value, (int, float, Decimal, date)) and not isinstance(value, bool):
        yield Fact(str(value), name)


def _named_facts(name: str, value: Any) -> list[Fact]:
    return list(_facts(value, name))


def _texts(values: Any) -> tuple[str, ...]:
    """Return the texts in a value, however deep the lists around them."""
    if isinstance(values, str):
        return (values.strip(),) if values.strip() else ()
    if isinstance(values, (list, tuple)):
        return tuple(text for value in values for text in _texts(value))
    if isinstance(values, dict):
        return tuple(text for value in values.values() for text in _texts(value))
    return ()


def _words(values: Any) -> tuple[str, ...]:
    """Return words and phrases; one text may hold several, with commas between them."""
    parts = (part.strip() for text in _texts(values) for part in re.split(r"[,;\n]", text))
    return tuple(part for part in parts if part)


def _rules(values: Any) -> Iterator[VoiceRule]:
    for value in values or ():
        for rule in value if isinstance(value, list) else [value]:
            if isinstance(rule, str) and rule.strip():
                yield VoiceRule(rule.strip())
            elif isinstance(rule, dict) and isinstance(rule.get("text"), str):
                trait = rule.get("trait")
                yield VoiceRule(
                    rule["text"].strip(),
                    trait if isinstance(trait, str) else "",
                    _texts(rule.get("phrases")),
                )


def _money(values: Any) -> Decimal | None:
    for value in values or ():
        amount = re.sub(r"[^\d.]", "", str(value))
        try:
            return Decimal(amount)
        except InvalidOperation:
            continue
    return None


def _day(value: Any) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None


def _lines(text: str) -> Iterator[str]:
    for line in text.splitlines():
        bare = _EMPHASIS.sub("", _LIST_MARK.sub("", line, count=1)).strip()
        if bare and not _HEADING.match(line):
            yield bare
