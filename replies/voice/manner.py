"""The manner of texts, measured: how long, how loud, who speaks, how they begin and end."""

from collections import Counter
from collections.abc import Callable, Sequence
from statistics import median

import patterns as re
from replies.text.wording import own_words, plain, without_handles, words

_EMOJI = re.compile("[\u2600-\u27bf\u2b50\U0001f000-\U0001faff]")
_GREETING = re.compile(r"\A\W*(hi|hiya|hey|hello|morning|good morning|evening)\b", re.IGNORECASE)
_SHORT_FORM = re.compile(r"\b\w+'(?:s|re|ll|ve|d|m|t)\b", re.IGNORECASE)
_LONG_FORM = re.compile(
    r"\b(?:(?:we|you|they) (?:are|have|will)|i am|i have|it is|that is|(?:do|does|did|is|are|can) ?not)\b",
    re.IGNORECASE,
)
_SIGN = re.compile(r"\A[\s\-–—~*/^.]*+([A-Za-z]{1,12})\b[\s./\d]*\Z")
_SHORT, _LONG = 90, 170
_MOST, _SOME, _FEW = 0.5, 0.2, 0.05


def with_lines(how: str, lines: Sequence[str], instead_of: Sequence[str]) -> str:
    """Add lines to how we talk; those of before that begin like `instead_of` give way.

    What people wrote themselves stays, however often a voice is worked out anew.
    """
    kept = [line for line in how.split("\n") if line and not line.startswith(tuple(instead_of))]
    return "\n".join([*kept, *lines])


def manner(texts: Sequence[str]) -> tuple[str, ...]:
    """Say how texts of one account talk, in plain sentences, the most telling first.

    The texts are whole replies; the handles they begin with count for nothing.
    """
    bare = [own_words(text) for text in texts if own_words(text)]
    if not bare:
        return ()
    found = [
        _length(bare),
        _speaker(bare),
        _short_forms(bare),
        _begins(bare),
        _opener(bare),
        _share(
            bare,
            lambda text: "?" in text,
            most="More than half ask something back.",
            some="About one in {n} asks something back.",
            none="Seldom asks back.",
        ),
        _share(
            bare,
            lambda text: "!" in text,
            most="Exclamation marks in more than half.",
            some="Exclamation marks in about one of {n}.",
            none="No exclamation marks.",
        ),
        _share(
            bare,
            lambda text: bool(_EMOJI.search(text)),
            most="Emoji in more than half.",
            some="Emoji in about one of {n}.",
            none="No emoji.",
        ),
        _signed(texts),
    ]
    return tuple(sentence for sentence in found if sentence)


def signs(texts: Sequence[str]) -> tuple[str, ...]:
    """Return the initials that close at least one text in ten, the most used first."""
    counted = Counter(sign for text in texts if (sign := sign_of(text)))
    enough = max(2, len(texts) // 10)
    return tuple(sign for sign, number in counted.most_common(5) if number >= enough)


def sign_of(text: str) -> str:
    """Return the initials or name that close a reply, without its mark; "" where there are none."""
    whole, own = without_handles(text), own_words(text)
    if not own or not whole.startswith(own) or whole == own:
        return ""
    found = _SIGN.match(whole[len(own) :])
    return found.group(1) if found else ""


def _length(bare: Sequence[str]) -> str:
    half = int(median(len(text) for text in bare))
    under = -(-(half + 1) // 10) * 10
    kind = "Short" if half < _SHORT else "Neither short nor long" if half < _LONG else "Long"
    return f"{kind}: half of the replies are under {under} characters."


def _speaker(bare: Sequence[str]) -> str:
    said = Counter(word for text in bare for word in words(text))
    singular = sum(said[word] for word in ("i", "i'm", "i'll", "i've", "i'd", "my", "me"))
    plural = sum(said[word] for word in ("we", "we're", "we'll", "we've", "we'd", "our", "us"))
    if singular + plural < max(2, len(bare) // 5):
        return ""
    if singular and plural and 1 / 3 < singular / plural < 3:  # noqa: PLR2004
        return "Speaks as “we”, and as “I” where one person means it."
    return "Speaks as “I”." if singular > plural else "Speaks as “we”."


def _short_forms(bare: Sequence[str]) -> str:
    short = sum(len(_SHORT_FORM.findall(plain(text))) for text in bare)
    long = sum(len(_LONG_FORM.findall(plain(text))) for text in bare)
    if short + long < max(2, len(bare) // 5):
        return ""
    return "Uses short forms (it's, we're)." if short >= long else "Writes words out (it is)."


def _begins(bare: Sequence[str]) -> str:
    greetings = Counter(m.group(1).capitalize() for text in bare if (m := _GREETING.match(text)))
    greeted = greetings.total() / len(bare)
    small = sum(text[:1].islower() for text in bare) / len(bare)
    parts = []
    if greeted >= _SOME:
        parts.append(f"Often begins with “{greetings.most_common(1)[0][0]}”.")
    elif greeted < _FEW:
        parts.append("No greeting: goes straight to the answer.")
    if small >= _MOST:
        parts.append("Begins in small letters.")
    return " ".join(parts)


def _opener(bare: Sequence[str]) -> str:
    """Name the words that many replies open with, greetings apart."""
    first = Counter(
        " ".join(words(text)[:2]) for text in bare if words(text) and not _GREETING.match(text)
    )
    usual = [
        opener
        for opener, number in first.most_common(3)
        if number >= max(3, len(bare) // 10) and opener
    ]
    quoted = ", ".join(f"“{opener}”" for opener in usual)
    return f"Usual first words: {quoted}." if usual else ""


def _share(
    bare: Sequence[str], holds: Callable[[str], bool], *, most: str, some: str, none: str
) -> str:
    share = sum(holds(text) for text in bare) / len(bare)
    if share > _MOST:
        return most
    if share < _FEW:
        return none
    return some.format(n=max(2, round(1 / share)))


def _signed(texts: Sequence[str]) -> str:
    used = signs(texts)
    if not used:
        return ""
    return f"Signs with {' or '.join(f'-{sign}' for sign in used)}."
