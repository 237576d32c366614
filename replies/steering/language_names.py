"""Languages that members name: "in Spanish", "auf Deutsch"."""

import patterns as re

_NAMES = [
    "arabic",
    "bulgarian",
    "catalan",
    "chinese",
    "croatian",
    "czech",
    "danish",
    "dutch",
    "english",
    "estonian",
    "finnish",
    "french",
    "german",
    "greek",
    "hebrew",
    "hindi",
    "hungarian",
    "indonesian",
    "irish",
    "italian",
    "japanese",
    "korean",
    "latvian",
    "lithuanian",
    "malay",
    "norwegian",
    "polish",
    "portuguese",
    "punjabi",
    "romanian",
    "russian",
    "serbian",
    "slovak",
    "slovenian",
    "spanish",
    "swahili",
    "swedish",
    "tagalog",
    "thai",
    "turkish",
    "ukrainian",
    "urdu",
    "vietnamese",
    "welsh",
    "deutsch",
    "français",
    "francais",
    "español",
    "espanol",
    "italiano",
    "português",
    "portugues",
    "nederlands",
    "polski",
]
_ASKED = re.compile(
    rf"\b(?:in|into|to|auf|en|em|po)\s+({'|'.join(_NAMES)})\b|\A\s*({'|'.join(_NAMES)})"
    r"(?:\s+please)?\s*[.!]*\Z",
    re.IGNORECASE,
)


def language_asked_for(words: str) -> str | None:
    """Return the language that somebody wants a text in, as they named it."""
    found = _ASKED.search(words)
    return (found[1] or found[2]).capitalize() if found else None
