"""What keeps a person from seeing a whole text: nobody approves what they could not see."""

import unicodedata

import patterns as re

#: Characters of a text that a card shows whole; Slack's limit on a section is 3,000.
LONGEST_SHOWN = 2_900
#: A run of blanks, of whatever kind, that pushes what follows out of sight.
_MOST_BLANK = 24
_MOST_EMPTY_LINES = 3
_MOST_LINES = 30
#: Marks on one letter: Vietnamese, Hebrew and Thai need up to four.
_MOST_MARKS = 4
#: Marks that nobody sees; a few belong into Arabic, Hebrew and Persian.
_MOST_INVISIBLE = 12

_OVERRIDES = re.compile("[\u202d\u202e]")
_OPENED = (re.compile("[\u202a\u202b]"), re.compile("[\u2066-\u2068]"))
_CLOSED = ("\u202c", "\u2069")
#: Look like nothing without being a space.
_BLANKS = frozenset("\u034f\u115f\u1160\u2800\u3164\uffa0\u180e")
_TAGS = range(0xE0020, 0xE0080)
_JOINER = "\u200d"
_BLACK_FLAG = "\U0001f3f4"
#: A flag of a region is so many tags long; more spell words that nobody sees.
_MOST_TAGS = 8
#: Signs that choose the look of the sign before; a letter has no other look.
_LOOKS = frozenset({"\u034f", *map(chr, range(0xFE00, 0xFE10)), *map(chr, range(0xE0100, 0xE01F0))})


def why_unseen(text: str) -> str | None:
    """Say why a person could not see all of a text on a card; None when they can."""
    length = len(text.encode("utf-16-le", "surrogatepass")) // 2
    if length > LONGEST_SHOWN:
        return (
            f"With its addresses it is {length:,} characters long, and a card shows "
            f"{LONGEST_SHOWN:,}: nobody would see its end. Make it shorter."
        )
    if _is_turned(text):
        return (
            "It holds marks that turn the writing around, so that it reads otherwise. Type it anew."
        )
    return _why_out_of_sight(text) or _why_hidden(text)


def _is_turned(text: str) -> bool:
    """Tell whether marks turn writing around; Arabic and Hebrew need some, each closed again."""
    counts = zip(_OPENED, _CLOSED, strict=True)
    left_open = any(len(opened.findall(text)) != text.count(closed) for opened, closed in counts)
    return left_open or _OVERRIDES.search(text) is not None


def _why_out_of_sight(text: str) -> str | None:
    lines = ["".join("" if _is_blank(char) else char for char in line) for line in _lines(text)]
    if len(lines) > _MOST_LINES:
        return f"It runs over {len(lines)} lines, so its end is out of sight. Use fewer lines."
    empty = longest = 0
    for line in lines:
        empty = 0 if line else empty + 1
        longest = max(longest, empty)
    if longest > _MOST_EMPTY_LINES:
        return f"{longest} empty lines in a row push its end out of sight. Take them out."
    run = 0
    for char in text:
        run = run + 1 if _is_blank(char) else 0
        if run > _MOST_BLANK:
            return "A long run of blanks pushes its end out of sight. Take it out."
    return None


def _why_hidden(text: str) -> str | None:
    marks = invisible = tags = 0
    tagged = False
    before = ""
    for char in text:
        category = unicodedata.category(char)
        marks = marks + 1 if category in {"Mn", "Me"} else 0
        if marks > _MOST_MARKS:
            return "Marks are piled on its letters and cover what stands around. Take them out."
        in_tags = ord(char) in _TAGS
        tags = tags + 1 if in_tags else 0
        tagged = char == _BLACK_FLAG or (tagged and in_tags and tags <= _MOST_TAGS)
        invisible += _is_hidden(char, category, before) and not tagged
        before = char
    if invisible > _MOST_INVISIBLE:
        return "It holds characters that nobody sees. Type it anew."
    return None


def _is_hidden(char: str, category: str, before: str) -> bool:
    """Tell whether a character is seen by nobody; joiners and looks belong to emoji and scripts."""
    if char == _JOINER or char in _LOOKS:
        return before.isascii() and before.isalpha()
    return category == "Cf"


def _lines(text: str) -> list[str]:
    return re.split("\r\n|[\n\r\v\f\x85\u2028\u2029]", text)


def _is_blank(char: str) -> bool:
    return char.isspace() or char in _BLANKS or unicodedata.category(char) in {"Cf", "Cc"}
