"""The check for the team's own rules: which of them a text breaks, and with which words."""

from collections.abc import Callable, Iterator, Sequence

import patterns as re
from domain import Check, CheckLevel, VoiceRule
from replies.learning.traits import (
    APOLOGY,
    EMOJI,
    SHORTER,
    closes_with_question,
    has_exclamation,
    has_greeting,
    names_person,
    sign_off,
)
from replies.learning.word_edits import holds_phrase
from replies.text.wording import own_words, without_handles, words

NAME = "own-rule"
#: What "one or two plain sentences" allows.
_MOST_SENTENCES = 2
_MOST_WORDS = 40
_SENTENCE = re.compile(r"(?<![^.!?…\n])[^.!?…\n\w]*+\w[^.!?…\n]*+(?:[.!?…]+|\n+|\Z)")
_LONGEST_QUOTE = 60


def rule_checks(text: str, rules: Sequence[VoiceRule], *, person: str = "") -> Iterator[Check]:
    """Yield a mind for each of the team's rules that a text breaks, with the words that do.

    Args:
        text: the reply as it would go out; leading handles do not count.
        rules: the voice's rules, adopted ones and those that somebody wrote.
        person: the display name of whom it answers; "" judges no rule about names.
    """
    for rule in rules:
        broken = _broken_by(without_handles(text), rule, person)
        if broken is not None:
            quote = f": “{broken[:_LONGEST_QUOTE]}”" if broken else ""
            why = f"Against your rule “{rule.text.rstrip('.')}”{quote}."
            yield Check(NAME, CheckLevel.MIND, why)


def _broken_by(text: str, rule: VoiceRule, person: str) -> str | None:
    """Return the words that break a rule, "" where something is missing, None when it is kept."""
    for phrase in rule.phrases:
        if holds_phrase(text, phrase):
            return phrase
    if rule.trait == "added_name":
        named = not person or not words(person) or names_person(text, person)
        return None if named or not names_person(person, person) else ""
    judge = _JUDGES.get(rule.trait)
    return judge(text) if judge else None


def _exclaimed(text: str) -> str | None:
    if not has_exclamation(text):
        return None
    return next(word for word in reversed(text.split()) if "!" in word or "！" in word)


def _pictured(text: str) -> str | None:
    found = EMOJI.search(text)
    return found.group() if found else None


def _greeted(text: str) -> str | None:
    return text.split(maxsplit=1)[0] if has_greeting(text) else None


def _signed_off(text: str) -> str | None:
    return sign_off(text).strip() or None


def _asked_last(text: str) -> str | None:
    return own_words(text).split()[-1] if closes_with_question(text) else None


def _apologised(text: str) -> str | None:
    found = APOLOGY.search(text)
    return found.group() if found else None


def _long(text: str) -> str | None:
    own = own_words(text)
    long = len(_SENTENCE.findall(own)) > _MOST_SENTENCES or len(words(own)) > _MOST_WORDS
    return "" if long else None


def _asks_nothing(text: str) -> str | None:
    return None if closes_with_question(text) else ""


_JUDGES: dict[str, Callable[[str], str | None]] = {
    "no_exclamation": _exclaimed,
    "no_emoji": _pictured,
    "no_greeting": _greeted,
    "no_sign_off": _signed_off,
    "no_question": _asked_last,
    "no_apology": _apologised,
    "added_question": _asks_nothing,
    SHORTER: _long,
}
