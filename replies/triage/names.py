"""Our names: how people write the account without @, and whom an author's own name gives away."""

from collections.abc import Collection, Sequence

import patterns as re
from domain import Person, Watch
from replies.triage.tables import table

_TAIL = re.compile(r"(?:_?(?:x|hq|uk|us|app|official|real|the)|(?<!\d)_?\d+)\Z", re.IGNORECASE)
_SHORTEST = 5
_SHORTEST_GUESS = 8
#: Of each word, so much must stand in a handle that shortens it.
_LEAST_LETTERS = 2
#: What accounts call themselves that no person stands behind.
_FEEDS = (
    ("bot", re.compile(r"(?:\bbot\b|_bot\b|bot\d*\Z|\Abot_)", re.IGNORECASE), "a bot"),
    (
        "job ad",
        re.compile(r"(?:jobs|careers|recruit(?:ment|ing)?|hiring)(?:_?\w{0,4})?\Z", re.IGNORECASE),
        "a jobs board",
    ),
    (
        "news feed",
        re.compile(
            r"(?:news|headlines|alerts?|traffic|weather|live_?updates|breaking)(?:_?\w{0,3})?\Z",
            re.IGNORECASE,
        ),
        "a news feed",
    ),
    (
        "advert",
        re.compile(
            r"(?:deals|coupons?|vouchers?|promo(?:s|tions)?|giveaways?|freebies)(?:_?\w{0,4})?\Z",
            re.IGNORECASE,
        ),
        "an advertiser",
    ),
)


def our_names(
    account_handle: str | None, watch: Watch | None, also_named: Sequence[str]
) -> tuple[str, ...]:
    """Return our name, or what may be it, as one word in lower case.

    Where our handle is not known, handles that the watch or other posts name are taken for
    it, as far as they are too long to be everyday words.
    """
    if account_handle:
        names, shortest = [stem(account_handle)], _SHORTEST
    else:
        words = f"{watch.label} {watch.query}" if watch else ""
        handles = [*re.findall(r"@(\w+)", words), *also_named]
        names, shortest = [stem(handle) for handle in handles], _SHORTEST_GUESS
    return tuple(name for name in dict.fromkeys(names) if len(name) >= shortest)


def names_us(said: Sequence[str], names: Collection[str]) -> bool:
    """Tell whether one of our names stands among words, written in one or in several.

    A handle often shortens the words of the name: @oakstbakery is Oak Street Bakery.
    """
    bare = [word.removesuffix("'s") for word in said]
    return any(_spells(name, bare[place:]) for name in names for place in range(len(bare)))


def _spells(name: str, said: Sequence[str]) -> bool:
    """Tell whether the beginnings of the words spell the name, each word in turn."""
    if not name:
        return True
    if not said:
        return False
    word = said[0]
    if name == word:
        return True
    most = min(len(word), len(name))
    return any(
        name.startswith(word[:length]) and _spells(name[length:], said[1:])
        for length in range(most, _LEAST_LETTERS - 1, -1)
        if length < len(name) or length == len(word)
    )


def stem(handle: str) -> str:
    """Return a handle without @ and without the tail that only makes it unique."""
    bare = handle.removeprefix("@")
    return _TAIL.sub("", bare).replace("_", "").casefold()


def feed_of(author: Person) -> tuple[str, str] | None:
    """Return rule and kind of an author that no person stands behind, by handle or name."""
    for rule, pattern, kind in _FEEDS:
        if pattern.search(author.handle) or pattern.search(author.name):
            return rule, kind
    return None


def unknown_name(said: str) -> str | None:
    """Return the words that look like a business's name, or None. It is a guess.

    Looked for is a long word nobody knows, or words that end in a trade, where a name would
    stand: in front of a clause, after "at" or "thanks to", or with 's.
    """
    for pattern in (_LONG_WORD, _TRADE):
        for found in pattern.finditer(said):
            name = found.group("name")
            if pattern is _TRADE or _is_no_word(name):
                return name
    return None


def _is_no_word(name: str) -> bool:
    bare = re.sub(r"'?s\Z", "", name.casefold())
    return (
        len(bare) >= _TABLE["shortest"]
        and not {name.casefold(), bare} & _COMMON
        and not bare.endswith(_ENDINGS)
    )


_TABLE = table("names")
_COMMON = frozenset(_TABLE["common"].split())
_ENDINGS = tuple(_TABLE["endings"])
_FRONT = r"(?:\A\W*+|[.,!?:;()] |\b(?:at|from|with|to|by|via|thanks?|thank you|love|loving|using|tried|try|that|and|oh|how) )"
_LONG_WORD = re.compile(rf"(?:{_FRONT}(?P<name>[a-z]{{8,}}(?:'s)?)(?![\w'-]))", re.IGNORECASE)
_TRADE = re.compile(
    rf"{_FRONT}(?P<name>(?:(?!(?:{'|'.join(_TABLE['determiners'])})\b)[\w&'-]{{1,40}} ){{1,3}}"
    rf"(?:{'|'.join(_TABLE['trades'])})(?:'s)?)(?= [a-z])",
    re.IGNORECASE,
)
