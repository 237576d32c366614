"""What X reads out of a post's text: handles, tags, links, its weighted length, its language."""

import re
import unicodedata
from typing import Any, NamedTuple

MAX_WEIGHT = 280
_URL_WEIGHT = 23
_LABEL = 63
_TOP_LEVEL = (
    "com|org|net|edu|gov|info|biz|io|co|ai|app|dev|shop|store|cafe|coffee|blog|me|tv|fm|us|uk|de|fr"
    "|es|it|nl|eu|ca|au|jp|ie|at|ch|se|no|dk|ly|gl|to|be|pl|pt|br|mx|in|nz|xyz|online|site"
)
_URL = re.compile(
    r"(?<![\w@$#./-])(?:https?://[^\s<>\"“”\u202a-\u202e\u2066-\u2069]+"
    rf"|(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+(?:{_TOP_LEVEL})(?![\w@-]|\.\w)(?:[/?][^\s<>\"“”]*)?)",
    re.IGNORECASE,
)
_TRAILING = ".,;:!?)]}'’…"
_MENTION = re.compile(r"(?<![\w@＠!#$%&*/.])[@＠]([A-Za-z0-9_]{1,15})(?![A-Za-z0-9_@＠]|://)")
_HASHTAG = re.compile(r"(?<![\w&/])[#＃](\w*[^\W\d_]\w*)(?!://)")
_EMOJI_BASE = (
    "\U0001f000-\U0001faff\u2300-\u23ff\u2600-\u27bf\u2b00-\u2bff\u2190-\u21ff"
    "\u2934\u2935\u25aa-\u25fe\u3030\u303d\u3297\u3299\u203c\u2049\u2139\u2122\u00a9\u00ae"
)
_EMOJI = re.compile(
    r"[\U0001f1e6-\U0001f1ff]{2}"
    r"|[0-9#*]\ufe0f?\u20e3"
    r"|\U0001f3f4[\U000e0061-\U000e007a]+\U000e007f"
    rf"|[{_EMOJI_BASE}](?:\ufe0f|[\U0001f3fb-\U0001f3ff])?"
    rf"(?:\u200d[{_EMOJI_BASE}](?:\ufe0f|[\U0001f3fb-\U0001f3ff])?)*"
)
# The ranges whose characters weigh one; everything else weighs two (twitter-text, version 3).
_LIGHT = ((0, 4351), (8192, 8205), (8208, 8223), (8242, 8247))
_LANGUAGE_WORDS = {
    "de": {"und", "der", "die", "das", "ist", "nicht", "ich", "ihr", "habt", "bitte", "für"},
    "es": {"el", "los", "que", "por", "una", "está", "para", "con", "gracias", "ustedes"},
    "fr": {"le", "les", "est", "vous", "une", "pour", "avec", "merci", "dans", "je"},
}
_SCRIPTS = (
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("ko", re.compile(r"[\uac00-\ud7af]")),
    ("zh", re.compile(r"[\u4e00-\u9fff]")),
    ("ru", re.compile(r"[\u0400-\u04ff]")),
    ("ar", re.compile(r"[\u0600-\u06ff]")),
)


class TextSpan(NamedTuple):
    """A part of a text: indices in code points, the end exclusive."""

    start: int
    end: int
    words: str


def links(text: str) -> list[TextSpan]:
    """Find the links, bare domains included, as X does."""
    found = []
    for match in _URL.finditer(text):
        words = match.group().rstrip(_TRAILING)
        if _has_valid_host(words):
            found.append(TextSpan(match.start(), match.start() + len(words), words))
    return found


def _has_valid_host(link: str) -> bool:
    host = re.split(r"[/?#:]", re.sub(r"^https?://", "", link, flags=re.IGNORECASE))[0]
    labels = host.split(".")
    # A label of a name holds 63 characters at most (RFC 1035), counted after punycode.
    return len(labels) > 1 and all(
        0 < len(label if label.isascii() else f"xn--{label.encode('punycode').decode()}") <= _LABEL
        for label in labels
    )


def mentions(text: str) -> list[TextSpan]:
    """Find the handles that are mentioned, without their @."""
    return _outside_links(text, _MENTION)


def hashtags(text: str) -> list[TextSpan]:
    """Find the hashtags, without their #."""
    return _outside_links(text, _HASHTAG)


def _outside_links(text: str, pattern: re.Pattern[str]) -> list[TextSpan]:
    taken = links(text)
    return [
        TextSpan(match.start(), match.end(), match.group(1))
        for match in pattern.finditer(text)
        if not any(link.start <= match.start() < link.end for link in taken)
    ]


def weighted_length(text: str) -> int:
    """Count a text as X does: links 23, emoji and characters outside Latin and its kin 2, else 1."""
    text = unicodedata.normalize("NFC", text)
    weight = 0
    position = 0
    link_at = {link.start: link.end for link in links(text)}
    while position < len(text):
        if position in link_at:
            weight += _URL_WEIGHT
            position = link_at[position]
            continue
        emoji = _EMOJI.match(text, position)
        if emoji and not _is_plain(emoji.group()):
            weight += 2
            position = emoji.end()
            continue
        weight += _weight_of(ord(text[position]))
        position += 1
    return weight


def _is_plain(sign: str) -> bool:
    return len(sign) == 1 and _weight_of(ord(sign)) == 1


def _weight_of(code: int) -> int:
    return 1 if any(low <= code <= high for low, high in _LIGHT) else 2


def language_of(text: str) -> str:
    """Guess the language as a BCP 47 tag; English where nothing speaks against it."""
    for tag, script in _SCRIPTS:
        if script.search(text):
            return tag
    words = set(re.findall(r"\w+", text.lower()))
    best = max(_LANGUAGE_WORDS, key=lambda tag: len(words & _LANGUAGE_WORDS[tag]))
    return best if len(words & _LANGUAGE_WORDS[best]) > 1 else "en"


def entities(text: str, id_of: dict[str, str]) -> dict[str, Any]:
    """Shape the entities as X answers them; `id_of` knows person ids by lower-case handle."""
    shaped: dict[str, Any] = {}
    if found := mentions(text):
        shaped["mentions"] = [_mention(span, id_of) for span in found]
    if found := hashtags(text):
        shaped["hashtags"] = [
            {"start": span.start, "end": span.end, "tag": span.words} for span in found
        ]
    if found := links(text):
        shaped["urls"] = [_link(span) for span in found]
    return shaped


def _mention(span: TextSpan, id_of: dict[str, str]) -> dict[str, Any]:
    shaped: dict[str, Any] = {"start": span.start, "end": span.end, "username": span.words}
    if span.words.lower() in id_of:
        shaped["id"] = id_of[span.words.lower()]
    return shaped


def _link(span: TextSpan) -> dict[str, Any]:
    full = span.words if span.words.lower().startswith("http") else f"http://{span.words}"
    bare = re.sub(r"^https?://(www\.)?", "", full)
    return {
        "start": span.start,
        "end": span.end,
        "url": full,
        "expanded_url": full,
        "display_url": bare if len(bare) <= 27 else f"{bare[:26]}…",  # noqa: PLR2004 - X's own cut
    }
