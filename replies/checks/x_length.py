"""How long a text is for X, and what in it is an address: twitter-text's configuration 3.

Held against twitter-text's own cases. All of it takes a time that grows with the text.
"""

import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path

import patterns as re

#: An address counts so much however long it is; what is longer than these is none.
_ADDRESS_WEIGHT, _LONGEST_ADDRESS, _LONGEST_SHORT_NAME = 23, 4096, 40
#: No such text can go out: what comes after so much is counted plainly.
_FAR_TOO_LONG = 1500
#: What counts two: all but Latin, its neighbours up to Georgian, and the usual quotes and dashes.
_HEAVY = re.compile("[^\\0-\u10ff\u2000-\u200d\u2010-\u201f\u2032-\u2037]")
#: An emoji counts two with all its parts; no more than four are joined to one.
_PICTURE = r"(?![0-9#*])(?:\p{Emoji_Modifier_Base}\p{Emoji_Modifier}|\p{Emoji}\ufe0f?)"
_EMOJI = re.compile(
    rf"[0-9#*]\ufe0f?\u20e3|\p{{RI}}{{2}}|\U0001f3f4[\U000e0061-\U000e007a]{{5}}\U000e007f"
    rf"|{_PICTURE}(?:\u200d{_PICTURE}){{0,3}}"
)
#: What no host holds, but for the marks that part and join its labels.
_MARKS = (
    r"!'#%&()*+,\\/:;<=>?@\[\]\^{|}~$\t-\r \x85\xa0\u1680\u180e\u2000-\u200a\u2028\u2029\u202f\u205f"
    r"\u3000\ufffe\ufeff\uffff\u202a-\u202e\u061c\u200e\u200f\u2066-\u2069"
)
_NOT_BEFORE = r"(?<![A-Za-z0-9@＠$#＃\ufffe\ufeff\uffff])"
_LABEL = rf"[^{_MARKS}._-]++(?:[_-]++[^{_MARKS}._-]++)*+"
_LABELS = re.compile(
    rf"(?:{_NOT_BEFORE}(?P<protocol>https?://))?(?<![^{_MARKS}.])[_-]*+(?P<host>(?:{_LABEL}\.)++)",
    re.IGNORECASE,
)
#: A sign at the text's very beginning stands before a host rather than in it.
_BEGIN = re.compile(rf"{_NOT_BEFORE}(?!\A[^A-Za-z0-9＠＃{_MARKS}._-][^{_MARKS}._-])[^{_MARKS}._-]")
_LATIN = (
    r"a-z0-9\xc0-\xd6\xd8-\xf6\xf8-\u024f\u0253\u0254\u0256\u0257\u0259\u025b\u0263\u0268\u026f"
    r"\u0272\u0289\u028b\u02bb\u0300-\u036f\u1e00-\u1eff"
)
_LATIN_LABELS = re.compile(rf"(?<![{_LATIN}-])(?:[{_LATIN}-]++\.)++", re.IGNORECASE)
_ENCODED_NAME = re.compile(r"xn--[-0-9a-z]+", re.IGNORECASE)
_NAME_GOES_ON = re.compile(r"[0-9a-z@+-]", re.IGNORECASE)
#: A path holds brackets in pairs, two deep; marks as a sentence ends with are none of its end.
_IN_PATH = rf"[{_LATIN}\u0400-\u04ff!*';:=+,.$/%#\[\]\u2013_~@|&-]"
_PAIR = rf"\((?:{_IN_PATH}++(?:\({_IN_PATH}++\){_IN_PATH}*+)?|\({_IN_PATH}++\){_IN_PATH}*+)\)"
_PATH = rf"/(?:(?:{_IN_PATH}|{_PAIR})*[{_LATIN}\u0400-\u04ff+=_#/-])?(?:{_PAIR})*"
_QUERY = r"\?[a-z0-9!?*'@();:&=+$/%#\[\]_.,~|-]*[a-z0-9_&=#/-]"
_TAIL = re.compile(rf"(?<=[^{_MARKS}.])(?::[0-9]+)?(?P<path>{_PATH})?(?:{_QUERY})?", re.IGNORECASE)
_SHORTENED = re.compile(rf"https?://t\.co/([a-z0-9]+)(?:{_QUERY})?", re.IGNORECASE)


@lru_cache(maxsize=512)
def weighted_length(text: str) -> int:
    """Count a text's length as X does: links 23, emoji 2, most other scripts 2 a character.

    Once it is far too long, what follows is counted plainly.
    """
    text = _normal(text)
    length = at = 0
    for begin, end in _addresses(text):
        length += _ADDRESS_WEIGHT + _weight(text[at:begin])
        at = end
        if length > _FAR_TOO_LONG:
            return length + len(text) - at
    return length + _weight(text[at:])


def addresses(text: str) -> list[str]:
    """Return what X sees as an address in a text, bare names of hosts included."""
    text = _normal(text)
    return [text[begin:end] for begin, end in _addresses(text)]


def _normal(text: str) -> str:
    return unicodedata.normalize("NFC", text).replace("\r\n", "\n")


def _weight(words: str) -> int:
    bare = _EMOJI.sub("\N{HEAVY BLACK HEART}", words)
    return len(bare) + len(_HEAVY.findall(bare))


def _addresses(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each address begins and ends, as twitter-text finds them."""
    done = 0
    for labels in _LABELS.finditer(text) if "." in text else ():
        begin = _BEGIN.search(text, max(labels.start("host"), done + bool(done)), labels.end())
        if begin is None:
            continue
        start = begin.start()
        host_end = _host_end(text, start, labels.end())
        if host_end is None and "_" in text[start : labels.end()]:
            # Such a name is no host's; X passes over what stands behind the sign as a whole.
            start = text.rindex("_", start, labels.end()) + 1
            host_end = _host_end(text, start, labels.end())
        if host_end is None:
            continue
        tail = _TAIL.match(text, host_end)
        done = tail.end() if tail else host_end
        host, path = text[start:host_end], tail is not None and tail["path"]
        if labels["protocol"] and start == labels.end("protocol"):
            yield from _written_out(text[labels.start() : done], labels.start(), host)
        elif _is_host(host, done - start) and text[start - 1 : start] not in {*"-_./"}:
            yield from _bare(host, start, done - host_end if path else 0)


def _written_out(address: str, start: int, host: str) -> Iterator[tuple[int, int]]:
    short = _SHORTENED.match(address)
    if _is_host(host, len(address)) and not (short and len(short[1]) > _LONGEST_SHORT_NAME):
        yield start, start + (short.end() if short else len(address))


def _bare(host: str, start: int, tail: int) -> Iterator[tuple[int, int]]:
    """Yield the names in Latin letters, which other words may cling to; a path is the last one's."""
    ends = [
        (labels.start(), end)
        for labels in _LATIN_LABELS.finditer(host)
        if (end := _host_end(host, labels.start(), labels.end()))
    ]
    for number, (begin, end) in enumerate(ends, 1):
        yield start + begin, start + end + (tail if number == len(ends) else 0)


def _host_end(text: str, start: int, end: int) -> int | None:
    """Return where the last host ends whose labels stand there, each with its dot."""
    dot, after = end - 1, len(text)
    while dot > start:
        before = max(text.rfind(".", start, dot), start - 1)
        if "_" not in text[before + 1 : dot] and (found := _name_end(text, dot + 1, after)):
            return found
        dot, after = before, dot
    return None


def _name_end(text: str, start: int, most: int) -> int | None:
    names, longest = _top_level_names()
    for end in range(min(start + longest, most), start + 1, -1):
        if text[start:end].lower() in names and not _NAME_GOES_ON.match(text, end):
            return end
    encoded = _ENCODED_NAME.match(text, start) if text[start : start + 1] in {*"xX"} else None
    return encoded.end() if encoded else None


def _is_host(host: str, length: int) -> bool:
    try:
        return length + len(host.encode("idna")) - len(host) + len("https://") <= _LONGEST_ADDRESS
    except UnicodeError:
        return False


@cache
def _top_level_names() -> tuple[frozenset[str], int]:
    """Return the names that a host may end with, as twitter-text lists them, and the longest's size."""
    names = frozenset((Path(__file__).parent / "top_level_names.txt").read_text("utf-8").split())
    return names, max(map(len, names))
