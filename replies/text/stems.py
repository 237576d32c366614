"""Stems: words brought to one form, so that "returns" and "return" are the same to a check."""

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

import patterns as re
from replies.text.wording import words

_WORDS: dict[str, Any] = tomllib.loads(Path(__file__).with_name("stems.toml").read_text("utf-8"))
_EMPTY = frozenset(_WORDS["empty"].split())
_SAME: dict[str, str] = {
    word: stem for stem, others in _WORDS["same"].items() for word in others.split()
}
#: Words as short as this keep their endings: "dies" is no plural.
_SHORT = 4
_ENDING = re.compile(r"(?:'s|s')\Z")


@lru_cache(maxsize=4096)
def stem(word: str) -> str:
    """Return the form of an English word that its plural and its verb forms share."""
    bare = _ENDING.sub("", word)
    if len(bare) > _SHORT and bare.endswith("ies"):
        bare = bare[:-3] + "y"
    elif len(bare) > _SHORT and bare.endswith(("sses", "shes", "ches", "xes")):
        bare = bare[:-2]
    elif len(bare) >= _SHORT and bare.endswith("s") and not bare.endswith(("ss", "us")):
        bare = bare[:-1]
    for ending in ("ing", "ed"):
        if len(bare) > len(ending) + 3 and bare.endswith(ending):
            bare = bare[: -len(ending)]
    bare = bare[:-1] if len(bare) > _SHORT and bare.endswith("e") else bare
    return _SAME.get(bare, _SAME.get(word, bare))


@lru_cache(maxsize=2048)
def stems(text: str) -> frozenset[str]:
    """Return the stems of the words in a text that say what it is about."""
    return frozenset(
        stem(word) for word in words(text) if word not in _EMPTY and not word.isdigit()
    )
