"""How texts are compared and taken apart: plain forms, leading handles, signatures, questions."""

import unicodedata
from functools import lru_cache

import patterns as re

_LEADING_HANDLES = re.compile(r"\A(?:\s*[.,]?@\w{1,20}[:,]?)+\s*")
#: How people of one account sign: -Becky, ^SL, /RA, *ABN, -- Mat, - Ceri, ~Derrick, ". Phil."
_SIGNATURE = re.compile(
    r"(?<!\s)\s*(?:(?:--?|[–—~*/^]){1,2}\s?[A-Z][A-Za-z]{0,14}\.?|\^[a-z]{2,12})\s*(?:\d/\d)?\s*\Z"
)
#: A signature stands within these last characters; looking further back would be slow.
_SIGNED = 40
_INVISIBLE = re.compile(
    "[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f"
    # Control characters but line breaks and tabs, and halves of pairs.
    "\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]"
    # Joiners and signs of look belong to emoji and other scripts; here they only part a word.
    "|(?<=[A-Za-z])[\u034f\u200c\u200d\ufe00-\ufe0f\U000e0100-\U000e01ef]"
)
_CURLY = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "“": '"', "”": '"', "\u00a0": " "})
_WHITE = str.maketrans("\n\t", "  ")
_QUESTION = re.compile(
    r"\?|¿|？|^\W*(?:what|when|where|which|who|whose|why|how|do|does|did|is|are|can|could|would|will|"
    r"any(?:one|body)?|should|may)\b|\b(?:do|are|can|could|would|will|have) (?:you|u|i|we)\b|"
    r"\b(?:looking for|recommend(?:ation)?s?|anyone know|wondering|how much)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?|\d+")
#: The same where all is ASCII and small, in less time.
_ASCII_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?|[0-9]+")


def without_invisible(text: str) -> str:
    """Drop characters that hide or turn text; joiners inside emoji stay."""
    if text.isascii() and text.translate(_WHITE).isprintable():
        return text
    return _INVISIBLE.sub("", text)


@lru_cache(maxsize=1024)
def plain(text: str) -> str:
    """Return a text's plain form: NFC, straight quotes, nothing invisible."""
    seen = without_invisible(text)
    return seen if seen.isascii() else unicodedata.normalize("NFC", seen).translate(_CURLY)


def own_words(text: str) -> str:
    """Return a reply without the handles it starts with and the signature it ends with."""
    bare = _without_handles(plain(text)).strip()
    head, tail = bare[:-_SIGNED], bare[-_SIGNED:]
    return (head + _SIGNATURE.sub("", tail)).strip() or bare


def without_handles(text: str) -> str:
    """Return a post without the handles it starts with."""
    return _without_handles(plain(text)).strip()


def _without_handles(text: str) -> str:
    leading = _LEADING_HANDLES.match(text)
    return text[leading.end() :] if leading else text


def sameness(text: str) -> str:
    """Return what makes two replies the same in a reader's eyes: their words alone."""
    return " ".join(words(own_words(text)))


def words(text: str) -> list[str]:
    """Split a text into its words, in lower case."""
    bare = plain(text).casefold()
    return (_ASCII_WORD if bare.isascii() else _WORD).findall(bare)


@lru_cache(maxsize=256)
def is_question(text: str) -> bool:
    """Tell whether a post asks something."""
    return bool(_QUESTION.search(without_handles(text)))
