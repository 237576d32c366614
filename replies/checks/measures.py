"""Checks that count instead of looking for phrases: length, links, handles, tags, loudness."""

from collections.abc import Iterator

import patterns as re
from domain import Check, CheckLevel, why_unseen
from replies.checks.x_length import addresses, weighted_length
from replies.text.similarity import Said

#: What X takes from an account without a subscription, in its weighted count.
LONGEST_REPLY = 280
#: What an address may be made of behind its host; words that cling to it in another script are none.
_IN_ADDRESS = r"[a-zA-Z0-9!*';:=+,.$/%#\[\]_~|&@()?-]"
#: An address counts 23 however long it is, so its tail says nothing.
_ADDRESS = re.compile(rf"(https?://[^\s/?#]{{1,253}}[/?#]{_IN_ADDRESS}{{0,40}}){_IN_ADDRESS}*")
_HANDLE = re.compile(r"(?<![\w@/.])@(\w{1,20})")
_HASHTAG = re.compile(r"(?<![\w&/])#(\w*[^\W\d_]\w*)")
_LINK = re.compile(
    r"https?://\S+|\bwww\.\S+|\b[\w-]{1,63}\.(?:com|net|org|io|co|uk|shop|store|app|dev|me|ly|"
    r"info|biz|de|fr|es|it|pt|eu|us|ca|au|example|test)\b(?:/\S*)?|\b[\w.+-]{1,64}@[\w-]{1,63}\.[\w.]+",
    re.IGNORECASE,
)
_PICTURE = re.compile("[\u2600-\u27bf\u2b50\U0001f000-\U0001faff]")
_SKIN_AND_SELECTORS = re.compile("[\ufe0f\U0001f3fb-\U0001f3ff\u2640\u2642]")
_MOST_PICTURES = 2
_MOST_EXCLAMATIONS = 3
_LOUD_LETTERS = 12


def holds_link(text: str) -> bool:
    """Tell whether X sees a link in a text, bare names of hosts included."""
    return bool(addresses(text))


def measured(
    text: str, judged: str, *, post_text: str, asked: frozenset[str], said: Said
) -> Iterator[Check]:
    """Yield what counting minds about a text that is not empty; `judged` is its own words."""
    yield from _too_long(text)
    yield from _unseen(text)
    yield from _unwanted_characters(text)
    if not asked & {"link", "contact", "booking", "price", "sell"}:
        yield from _links(judged, post_text)
    yield from _strange_handles(judged, post_text)
    yield from _hashtags(judged)
    yield from _loudness(judged)
    yield from _said_before(text, said)


def find_links(text: str) -> list[str]:
    """Return the addresses in a text, written out or bare."""
    return [match.group() for match in _LINK.finditer(text)] or addresses(text)


def find_handles(text: str) -> list[str]:
    """Return the handles in a text, without @."""
    return _HANDLE.findall(text)


def _too_long(text: str) -> Iterator[Check]:
    length = weighted_length(text)
    if length > LONGEST_REPLY:
        why = f"It is {length:,} long as X counts, X takes {LONGEST_REPLY}."
        yield Check("length", CheckLevel.STOP, why)


def _unseen(text: str) -> Iterator[Check]:
    """Nobody approves what a card cannot show whole, however short X counts it."""
    why = why_unseen(text)
    if why is not None:
        yield Check("unseen", CheckLevel.STOP, why)


def folded(text: str) -> str:
    """Return a text with the tails of its addresses cut off: the words behind them come near."""
    return _ADDRESS.sub(r"\1", text)


def _unwanted_characters(text: str) -> Iterator[Check]:
    """X refuses these marks: noncharacters and, as we see them, broken pairs."""
    if re.search("[\ufffe\uffff\ud800-\udfff\x00]", text):
        yield Check("characters", CheckLevel.STOP, "It holds a character that X does not take.")
    elif "\N{REPLACEMENT CHARACTER}" in text:
        # What a door put in the place of half an emoji: the text is not the one that was meant.
        why = "It holds a mark (\N{REPLACEMENT CHARACTER}) where a character was broken on its way."
        yield Check("characters", CheckLevel.STOP, why)


def _links(judged: str, post_text: str) -> Iterator[Check]:
    links = [found for found in find_links(judged) if found not in post_text]
    if links:
        why = f"Holds a link nobody asked for: “{links[0][:60]}”. X charges more for links, too."
        yield Check("link", CheckLevel.MIND, why)


def _strange_handles(judged: str, post_text: str) -> Iterator[Check]:
    known = {handle.casefold() for handle in find_handles(post_text)}
    strange = [handle for handle in find_handles(judged) if handle.casefold() not in known]
    if strange:
        why = f"Names somebody who is not in the conversation: “@{strange[0]}”."
        yield Check("handle", CheckLevel.MIND, why)


def _hashtags(judged: str) -> Iterator[Check]:
    tags = _HASHTAG.findall(judged)
    if tags:
        yield Check("hashtag", CheckLevel.MIND, f"Hashtags look like advertising: “#{tags[0]}”.")


def _loudness(judged: str) -> Iterator[Check]:
    pictures = len(_PICTURE.findall(_SKIN_AND_SELECTORS.sub("", judged)))
    if pictures > _MOST_PICTURES:
        yield Check("emoji", CheckLevel.MIND, f"{pictures} emoji in one reply are many.")
    if judged.count("!") >= _MOST_EXCLAMATIONS:
        why = f"{judged.count('!')} exclamation marks sound excited; one is plenty."
        yield Check("exclamations", CheckLevel.MIND, why)
    if judged.isupper() and sum(char.isalpha() for char in judged) >= _LOUD_LETTERS:
        yield Check("shouting", CheckLevel.MIND, "It is all capitals.")


def _said_before(text: str, said: Said) -> Iterator[Check]:
    if said.nearest(folded(text)) is not None:
        why = "We said nearly the same words lately; X refuses the very same ones."
        yield Check("said-before", CheckLevel.MIND, why)
