"""How phrases become patterns: whole words, `*` for a word's end, `<family>` for one of many.

Phrases that begin with the same word share it in the pattern, which keeps long lists quick.
"""

from collections.abc import Iterable, Mapping, Sequence

import patterns as re

_FAMILY = re.compile(r"<(\w+)>")


def family_words(table: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Turn lists of words into patterns; a family may name those that stand above it."""
    known: dict[str, str] = {}
    for name, words in table.items():
        known[name] = _any_of(_phrase(word, known) for word in sorted(words, reverse=True))
    return known


def pattern_of(
    phrases: Iterable[str], families: Mapping[str, str], patterns: Iterable[str] = ()
) -> str:
    """Return the pattern that finds any of the phrases or patterns; empty for none.

    Raises:
        ValueError: a family is not known.
    """
    by_first: dict[str, list[str]] = {}
    alone = [_with_families(pattern, families) for pattern in patterns]
    for words in phrases:
        lowered = words.lower()
        if not (lowered[0].isalnum() or lowered[0] == "<"):
            alone.append(_bounded(_phrase(lowered, families), lowered))
            continue
        first, _, rest = lowered.partition(" ")
        by_first.setdefault(_phrase(first, families), []).append(
            _bounded((r"\s+" + _phrase(rest, families)) if rest else "", lowered)
        )
    grouped = [f"{first}{_any_of(rests)}" for first, rests in sorted(by_first.items())]
    parts = [*([rf"(?<!\w){_any_of(grouped)}"] if grouped else []), *alone]
    return _any_of(parts) if parts else ""


def _bounded(body: str, words: str) -> str:
    """End a phrase on a whole word, unless it ends with a sign of its own."""
    return body + (r"(?!\w)" if words[-1].isalnum() or words[-1] in "*>" else "")


def _phrase(words: str, families: Mapping[str, str]) -> str:
    return r"\s+".join(_word(word, families) for word in words.split())


def _word(word: str, families: Mapping[str, str]) -> str:
    parts = _FAMILY.split(word)
    return "".join(
        _family(part, families) if place % 2 else re.escape(part).replace(r"\*", r"\w*")
        for place, part in enumerate(parts)
    )


def _with_families(pattern: str, families: Mapping[str, str]) -> str:
    return _FAMILY.sub(lambda named: _family(named.group(1), families), pattern)


def _family(name: str, families: Mapping[str, str]) -> str:
    if name not in families:
        raise ValueError(f"no family of words is called {name}")
    return families[name]


def _any_of(parts: Iterable[str]) -> str:
    listed = list(parts)
    return listed[0] if len(listed) == 1 else f"(?:{'|'.join(listed)})"
