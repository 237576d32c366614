"""What an edit did to a suggestion, as named traits: the exclamation marks gone, a word dropped.

A trait has a chance (a suggestion in which it could have shown) and shows in an edit or not.
Those of style are listed here; dropped and swapped words are in replies/learning/word_edits.py.
"""

from collections.abc import Callable
from dataclasses import dataclass

import patterns as re
from replies.learning.word_edits import dropped_phrases, swapped_phrases
from replies.text.wording import own_words, plain, without_handles, words

DROP = "drop_word:"
SWAP = "swap:"
TO = "→"

#: At least a quarter of the words gone.
_SHORTER = 0.75
#: Fewer words than this cannot well be shortened.
_ENOUGH_WORDS = 6

_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
_EXCLAIMED = re.compile("[!！]")
EMOJI = re.compile(
    "(?:[\u2600-\u27bf\u2b50\u2b55\u231a-\u23ff\U0001f000-\U0001faff]"
    "[\ufe0f\u200d\u20e3\U000e0020-\U000e007f]*)+"
)
_NAME = r"[A-ZÀ-ÖØ-Þ][\w'-]{1,20}(?:\s[A-ZÀ-ÖØ-Þ][\w'-]{1,20})?"
#: "Hi Ann," "Hey there!" "Good morning –": with what parts it from the rest.
GREETING = re.compile(
    r"\A(?P<handles>(?:@\w{1,20}\s+)*)"
    r"(?i:hi|hiya|hey|heya|hello|howdy|dear|morning|afternoon|evening|good\s(?:morning|afternoon|evening))"
    rf"(?:\s(?i:there|again|all|folks|everyone|friend)|\s@\w{{1,20}}|\s{_NAME})?"
    rf"(?:\s*[,!.:–—-]+|\s*{EMOJI.pattern})\s+"
)
_BARE_GREETING = re.compile(r"\A(?:hi|hiya|hey|heya|hello|howdy)\b", re.IGNORECASE)
SIGN_OFF = re.compile(
    r"(?:(?<=[.!?…\n])|(?<=[.!?…]\s)|\s[–—-])\s{0,12}"
    r"(?:(?i:cheers|best|best wishes|best regards|kind regards|regards|warmly|take care|yours|"
    r"yours truly|sincerely|with love|love|many thanks|thanks again|all the best|xx?|"
    r"warm(?:est)? (?:wishes|regards))|(?i:your friends at|team|the) [^.!?,\n]{1,40})"
    r"(?:,\s*[^.!?\n]{1,30})?[.!]*\s*\Z"
)
_TEAM = re.compile(r"\A(?i:the )(?!.*\bteam\W*\Z)")
APOLOGY = re.compile(r"\b(?:sorry|apolog(?:y|ies|i[sz](?:e|es|ed|ing)))\b", re.IGNORECASE)


def has_exclamation(text: str) -> bool:
    """Tell whether a text exclaims; an address does not."""
    return bool(_EXCLAIMED.search(_ADDRESS.sub(" ", text)))


def has_emoji(text: str) -> bool:
    """Tell whether a text has an emoji."""
    return bool(EMOJI.search(text))


def has_greeting(text: str) -> bool:
    """Tell whether a text begins with a greeting."""
    bare = without_handles(text)
    return bool(GREETING.match(bare) or _BARE_GREETING.match(bare))


def sign_off(text: str) -> str:
    """Return the closing words of a text (`Cheers, Maya`, `^SL`); "" when there are none."""
    bare = without_handles(text)
    signed = own_words(text)
    if signed != bare and bare.startswith(signed):
        return bare[len(signed) :]
    found = SIGN_OFF.search(bare)
    # A last sentence that begins with "The" is a sign-off only as "The … team".
    if found is None or (_TEAM.match(found.group().strip(" –—-\n"))):
        return ""
    return found.group()


def has_apology(text: str) -> bool:
    """Tell whether a text says sorry."""
    return bool(APOLOGY.search(text))


def closes_with_question(text: str) -> bool:
    """Tell whether the last sentence asks; a signature and emoji after it do not count."""
    return EMOJI.sub("", own_words(text)).rstrip(' "”)').endswith(("?", "？"))


def names_person(text: str, person: str) -> bool:
    """Tell whether a text calls somebody by the first name of their display name."""
    name = _first_name(person)
    return bool(name) and name in words(text)


def _first_name(person: str) -> str:
    first = plain(person).split(maxsplit=1)[:1]
    return first[0].casefold() if first and first[0].isalpha() and len(first[0]) > 1 else ""


Had = Callable[[str, str], bool]
Shown = Callable[[str, str, str], bool]


@dataclass(frozen=True, slots=True)
class Style:
    """One trait of style: its rule, how it is told, in which suggestion it could have shown.

    `told` takes {shown} and {chances}, both counts of suggestions.
    """

    name: str
    rule: str
    told: str
    chance: Had
    shown: Shown


def _taken_out(name: str, rule: str, told: str, has: Callable[[str], bool]) -> Style:
    """Make the trait of something that stood in the suggestion and stands in the text no more."""
    return Style(
        name,
        rule,
        told,
        chance=lambda before, _: has(before),
        shown=lambda before, after, _: has(before) and not has(after),
    )


def _fewer_questions(before: str, after: str, _: str) -> bool:
    closed = closes_with_question(before) and not closes_with_question(after)
    return closed and after.count("?") < before.count("?")


def _shortened(before: str, after: str, _: str) -> bool:
    long, short = len(words(own_words(before))), len(words(own_words(after)))
    return long >= _ENOUGH_WORDS and 0 < short <= long * _SHORTER


SHORTER = "shorter"
#: In the order in which they are proposed when two are equally strong.
STYLES: dict[str, Style] = {
    style.name: style
    for style in (
        _taken_out(
            "no_exclamation",
            "No exclamation marks.",
            "You took the exclamation marks out of {shown} of the last {chances} suggestions "
            "that had any.",
            has_exclamation,
        ),
        _taken_out(
            "no_emoji",
            "No emoji.",
            "You took the emoji out of {shown} of the last {chances} suggestions that had any.",
            has_emoji,
        ),
        _taken_out(
            "no_greeting",
            "Begin without a greeting.",
            "You took the greeting off {shown} of the last {chances} suggestions that began "
            "with one.",
            has_greeting,
        ),
        _taken_out(
            "no_sign_off",
            "End without a sign-off.",
            "You took the sign-off from {shown} of the last {chances} suggestions that ended "
            "with one.",
            lambda text: bool(sign_off(text)),
        ),
        Style(
            "no_question",
            "Do not close with a question.",
            "You took the closing question off {shown} of the last {chances} suggestions that "
            "had one.",
            chance=lambda before, _: closes_with_question(before),
            shown=_fewer_questions,
        ),
        _taken_out(
            "no_apology",
            "Do not apologise.",
            "You took the apology out of {shown} of the last {chances} suggestions that had one.",
            has_apology,
        ),
        Style(
            "added_name",
            "Call people by their first name.",
            "You added the person's name to {shown} of the last {chances} suggestions that did "
            "not have it.",
            chance=lambda before, who: bool(_first_name(who)) and not names_person(before, who),
            shown=lambda before, after, who: (
                not names_person(before, who) and names_person(after, who)
            ),
        ),
        Style(
            "added_question",
            "Close with a question.",
            "You closed {shown} of the last {chances} suggestions that asked nothing with a "
            "question.",
            chance=lambda before, _: "?" not in before,
            shown=lambda before, after, _: "?" not in before and closes_with_question(after),
        ),
        Style(
            SHORTER,
            "Keep it short: one or two plain sentences.",
            "You made {shown} of the last {chances} suggestions shorter by a quarter or more.",
            chance=lambda before, _: len(words(own_words(before))) >= _ENOUGH_WORDS,
            shown=_shortened,
        ),
    )
}


def traits(before: str, after: str, *, person: str = "") -> frozenset[str]:
    """Return what an edit did; nothing when the two texts say the same.

    Args:
        before: the suggestion.
        after: the text that was taken in its place.
        person: the display name of whom it answers.
    """
    old, new = without_handles(before), without_handles(after)
    if old == new or not new:
        return frozenset()
    found = {style.name for style in STYLES.values() if style.shown(old, new, person)}
    found |= {DROP + phrase for phrase in dropped_phrases(old, new)}
    found |= {f"{SWAP}{gone}{TO}{come}" for gone, come in swapped_phrases(old, new)}
    return frozenset(found)


def had_chance(style: str, before: str, person: str = "") -> bool:
    """Tell whether a trait of style could have shown in what the team made of a suggestion."""
    return style in STYLES and STYLES[style].chance(without_handles(before), person)


def phrase_of(trait: str) -> str | None:
    """Return the word or phrase that a trait takes out; None for one of style."""
    if trait.startswith(DROP):
        return trait.removeprefix(DROP)
    if trait.startswith(SWAP):
        return trait.removeprefix(SWAP).partition(TO)[0]
    return None
