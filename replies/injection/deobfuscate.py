"""Unmasking: the forms in which a post may hide words from a reader but not from a model.

Only for looking for orders: what is shown and what the model reads stays as it was written.
"""

import base64
import binascii
import codecs
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from html import unescape
from urllib.parse import unquote

import patterns as re
from replies.text.portion import read_by_model, whole
from replies.text.wording import plain

_MOST_BLOBS = 8
#: Pairs: a letter, and the Latin one it looks like.
_CYRILLIC = "аaвbсcеeёeһhіiїiјjкkмmнhоoрpѕsтtуyхxѵvԝwԛqԁdӏlпnгrґrьb"
_GREEK = "αaβbγyεeηnιiκkμuνvοoρpσoτtυuχxωwςc"
_SMALL_CAPITALS = "ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘǫʀꜱᴛᴜᴠᴡʏᴢ"
_SMALL_AS_LATIN = "abcdefghijklmnopqrstuvwyz"
_TURNED = "ɐqɔpǝɟƃɓɥıᴉɾʞlɯuodbɹsʇnʌʍxʎz"
_TURNED_AS_LATIN = "abcdefgghiijklmnopqrstuvwxyz"
_OTHERS = {"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ℓ": "l"}
_LOOKALIKES = str.maketrans(
    {
        **dict(zip(_CYRILLIC[::2], _CYRILLIC[1::2], strict=True)),
        **dict(zip(_GREEK[::2], _GREEK[1::2], strict=True)),
        **dict(zip(_SMALL_CAPITALS, _SMALL_AS_LATIN, strict=True)),
        **_OTHERS,
    }
)
#: Some of these stand in whatever was turned upside down.
_TURNED_ALONE = frozenset(char for char in _TURNED if not char.isascii())
_UPRIGHT = str.maketrans(dict(zip(_TURNED, _TURNED_AS_LATIN, strict=False)))
_SQUARED = {code: chr(ord("a") + (code - first)) for first in (0x1F130, 0x1F150, 0x1F170, 0x1F1E6)
            for code in range(first, first + 26)}  # fmt: skip
#: Letters written as tag characters: invisible, and read by some models.
_TAGS = {code: chr(code - 0xE0000) for code in range(0xE0020, 0xE007F)}
_TAG_SIGNS = re.compile("[\U000e0020-\U000e007e]")
_LEET = str.maketrans("013457@$!|", "oleastasil")
_LEET_WORD = re.compile(r"(?<![a-z])[a-z]*+[013457@$!|][a-z013457@$!|]*+", re.IGNORECASE)
#: i g n o r e, i.g.n.o.r.e, i-g-n-o-r-e: one letter, one sign, over and over.
_SPELLED = re.compile(
    r"(?<!\w)(?:[^\W_](?P<sign>[\s._*·\-/|~+,])(?:[^\W_](?P=sign){1,8}){2,150}[^\W_])(?!\w)"
)
_SPLIT_WORD = re.compile(r"(?<=[a-z])[._*·\-|~+](?=[a-z])", re.IGNORECASE)
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]([^\u202a-\u202e\u2066-\u2069]+)")
_BLOB = re.compile(r"(?<![\w+/=-])[A-Za-z0-9+/_-]{12,}={0,2}(?![\w+/=])")
_HEX = re.compile(r"(?<!\w)(?:(?:0x|\\x)?[0-9a-f]{2}[\s,:]*){8,}(?!\w)", re.IGNORECASE)
_BITS = re.compile(r"(?<!\d)(?:[01]{7,8}[\s,]*){5,}(?!\d)")
_ESCAPES = re.compile(
    r"\\u([0-9a-f]{4})|\\x([0-9a-f]{2})|&#x?[0-9a-f]+;|%[0-9a-f]{2}", re.IGNORECASE
)
_HANDLE = re.compile(r"@\w{1,20}")
#: Marks above letters, and what nobody sees.
_CONTROLS = {code: None for code in (*range(0x20), 0x7F) if chr(code) not in "\n\t"}
_HIDDEN = re.compile(r"(?![\n\t])[\p{Mn}\p{Me}\p{Cf}\p{Co}\p{Cs}\p{Cc}]")
#: So much before and after what is other stands with it.
_AROUND = 120
_MOSTLY = 0.75
_PRINTED = 0.95


@lru_cache(maxsize=256)
def forms(text: str) -> tuple[str, ...]:
    """Return a text's forms, the plain one first; each may show words that others hide.

    Words in disguise are sought in what a model reads: where none reads them they do nothing.
    """
    bare = fold(whole(text))
    written = _where_other(_lower(plain(whole(text))), bare)
    others = _disguised(read_by_model(text))
    return tuple(dict.fromkeys(form for form in (bare, written, *others) if form.strip()))


@lru_cache(maxsize=256)
def _disguised(near: str) -> tuple[str, ...]:
    as_read = fold(near)
    found = [*_turned(near), *_respelled(as_read), *decoded(near)]
    found += [_HANDLE.sub(" ", as_read), fold(_tagged(near))]
    return tuple(_where_other(form, as_read) for form in found)


def _where_other(form: str, bare: str) -> str:
    """Return the parts of a form that are not as in the bare one, with some words around them.

    Most forms are nearly the bare one, and what stands there was looked at there.
    """
    begin = _same_at_the_start(form, bare)
    after = min(_same_at_the_start(form[::-1], bare[::-1]), len(form) - begin)
    if begin == len(form) == len(bare):
        return ""
    begin, end = max(0, begin - _AROUND), len(form) - max(0, after - _AROUND)
    # Half a word must not look like a word.
    begin = form.rfind(" ", 0, begin) if begin else 0
    return f"… {form[begin + 1 : end]}" if begin > 0 else form[:end]


def _same_at_the_start(form: str, bare: str) -> int:
    """Count the characters that two texts begin with alike."""
    least, most = 0, min(len(form), len(bare))
    while least < most:
        middle = (least + most + 1) // 2
        if form[:middle] == bare[:middle]:
            least = middle
        else:
            most = middle - 1
    return least


@lru_cache(maxsize=256)
def ciphers(text: str) -> tuple[str, ...]:
    """Return what comes out when all letters of a text are turned around or exchanged.

    An honest text makes nonsense here, so that only longer words tell.
    """
    read = read_by_model(text)
    bare = fold(read)
    found = [bare[::-1], codecs.encode(bare, "rot13")]
    if not _TURNED_ALONE.isdisjoint(read):
        upright = _lower(read).translate(_UPRIGHT)
        found += [upright, upright[::-1]]
    return tuple(form for form in found if form.strip())


def squeezed(text: str) -> str:
    """Return a text's letters with nothing between them, where words were spelled out, else ""."""
    bare = fold(read_by_model(text))
    return re.sub(r"[\W_]+", "", bare) if _SPELLED.search(bare) else ""


@lru_cache(maxsize=512)
def fold(text: str) -> str:
    """Return a text in small Latin letters where its letters only look like others.

    Compatibility forms, marks above letters, invisible characters and look-alikes of Greek
    and Cyrillic go. A text written in those scripts becomes unreadable by this: look at its
    plain form, too.
    """
    widened = unicodedata.normalize("NFKC", plain(text).translate(_SQUARED))
    apart = unicodedata.normalize("NFD", widened.casefold())
    letters = apart.translate(_CONTROLS) if apart.isascii() else _HIDDEN.sub("", apart)
    return " ".join(plain(letters).translate(_LOOKALIKES).split(" "))


@lru_cache(maxsize=64)
def decoded(text: str) -> tuple[str, ...]:
    """Return what stands in a text in base64, hexadecimal, bits or escapes, where it is words."""
    return tuple(found for found in _decoded(read_by_model(text)) if _is_words(found))


def _decoded(text: str) -> Iterator[str]:
    for blob in _BLOB.findall(text)[:_MOST_BLOBS]:
        bare = blob.rstrip("=").replace("-", "+").replace("_", "/")
        yield from _from_base64(bare)
        yield from _from_base32(bare)
    for match in list(_HEX.finditer(text))[:_MOST_BLOBS]:
        digits = re.sub(r"0x|\\x|[\s,:]", "", match.group(), flags=re.IGNORECASE)
        yield _as_text(bytes.fromhex(digits[: len(digits) // 2 * 2]))
    for match in list(_BITS.finditer(text))[:_MOST_BLOBS]:
        yield "".join(chr(int(bits, 2)) for bits in re.findall(r"[01]{7,8}", match.group()))
    if _ESCAPES.search(text):
        spelled = re.sub(
            r"\\u([0-9a-fA-F]{4})|\\x([0-9a-fA-F]{2})",
            lambda code: chr(int(code.group(1) or code.group(2), 16)),
            text,
        )
        yield unquote(unescape(spelled))


def _from_base64(bare: str) -> Iterator[str]:
    try:
        yield _as_text(base64.b64decode(bare + "=" * (-len(bare) % 4), validate=True))
    except (binascii.Error, ValueError):
        return


def _from_base32(bare: str) -> Iterator[str]:
    try:
        yield _as_text(base64.b32decode(bare + "=" * (-len(bare) % 8)))
    except (binascii.Error, ValueError):
        return


def _as_text(raw: bytes) -> str:
    return raw.decode("utf-8", "replace")


def _is_words(text: str) -> bool:
    """Tell words from chance: nearly all of it printable, most of it letters and spaces."""
    if len(text) < 6 or "\ufffd" in text:  # noqa: PLR2004 - shorter says nothing
        return False
    printed = sum(char.isprintable() or char in "\n\t" for char in text) / len(text)
    lettered = sum(char.isalpha() or char == " " for char in text) / len(text)
    return printed >= _PRINTED and lettered >= _MOSTLY and not text.isupper()


def _turned(text: str) -> list[str]:
    """Return each part that a mark turns around, read the other way."""
    return [fold(part[::-1]) for part in _TURNING.findall(text)]


def _respelled(bare: str) -> Iterator[str]:
    """Yield the text with spelled-out words joined, and with digits read as letters."""
    # Between words that are spelled out there is a wider gap, or none.
    chunks = re.split(r"\s{2,}", bare)
    yield " ".join(
        _SPELLED.sub(lambda word: re.sub(r"[\W_]", "", word.group()), part) for part in chunks
    )
    yield _SPLIT_WORD.sub("", bare)
    yield _LEET_WORD.sub(_as_letters, bare)


def _as_letters(word: re.Match[str]) -> str:
    """Read signs among letters as letters, too; a number stays one."""
    found = word.group()
    return found.translate(_LEET) if any(map(str.isalpha, found)) else found


def _tagged(text: str) -> str:
    return "".join(_TAG_SIGNS.findall(text)).translate(_TAGS)


def _lower(text: str) -> str:
    return text.casefold()
