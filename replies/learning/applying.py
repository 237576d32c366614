"""Apply the team's own rules to a ready answer, where that can be done without breaking it.

What a rule asks for and words alone cannot give (a name, a question, a shorter thought) is
left to whoever drafts; the checks mark what still breaks a rule.
"""

from collections.abc import Callable, Sequence

import patterns as re
from domain import VoiceRule
from replies.learning.traits import (
    APOLOGY,
    EMOJI,
    GREETING,
    SWAP,
    TO,
    closes_with_question,
    sign_off,
)
from replies.learning.word_edits import word_list
from replies.text.wording import words

_ADDRESS = r"(?P<address>(?:https?://|www\.)\S+)"
_EXCLAIMED = re.compile(rf"{_ADDRESS}|(?P<marks>[?？]?[!！]+[?？!！]*)|¡")
_SENTENCE = re.compile(r"[^.!?…\n]+(?:[.!?…]+|\n+|\Z)[\"”')]*\s*")
#: What is left must still say something.
_ENOUGH_WORDS = 2
#: An apology of this many words is a sentence that says nothing else.
_BARE_APOLOGY = 6
_WE_ARE = frozenset({"we're", "we are", "i'm", "i am"})
_NEGATED = re.compile(r"(?:\bnot|n['’]t)\s+\Z", re.IGNORECASE)


def apply_rules(text: str, rules: Sequence[VoiceRule]) -> str:
    """Return a ready answer as the team's own rules would have it; never an empty text."""
    for rule in rules:
        obeyed = _obey(text, rule)
        if obeyed != text and words(obeyed):
            text = _tidy(obeyed)
    return text


def _obey(text: str, rule: VoiceRule) -> str:
    if rule.trait in _WAYS:
        return _WAYS[rule.trait](text)
    if rule.trait.startswith(SWAP):
        gone, _, come = rule.trait.removeprefix(SWAP).partition(TO)
        return _swap(text, gone, come)
    if rule.trait == "drop_word":
        for phrase in rule.phrases:
            text = _drop(text, phrase)
    return text


def _calm(text: str) -> str:
    """Make full stops of exclamation marks, addresses apart."""

    def mark(found: re.Match[str]) -> str:
        if found["address"]:
            return found["address"]
        marks = found["marks"] or ""
        if not marks:
            return ""
        if "?" in marks or "？" in marks:
            return "?"
        return "。" if "！" in marks else "."

    return _EXCLAIMED.sub(mark, text)


def _without_emoji(text: str) -> str:
    """Drop emoji; one that stood between two sentences leaves a full stop."""

    def gap(found: re.Match[str]) -> str:
        before, after = text[: found.start()].rstrip(), text[found.end() :].lstrip()
        parted = before[-1:].isalnum() and after[:1].isupper() and not re.match(r"I\b", after)
        return ". " if parted else " "

    return EMOJI.sub(gap, text)


def _without_greeting(text: str) -> str:
    found = GREETING.match(text)
    if found is None:
        return text
    return found["handles"] + _capital(text[found.end() :])


def _without_sign_off(text: str) -> str:
    closing = sign_off(text).strip()
    rest = text.rstrip().removesuffix(closing).rstrip() if closing else text
    return rest if len(words(rest)) >= _ENOUGH_WORDS else text


def _without_closing_question(text: str) -> str:
    while closes_with_question(text):
        sentences = _SENTENCE.findall(text)
        rest = "".join(sentences[:-1]).rstrip()
        if len(words(rest)) < _ENOUGH_WORDS:
            return text
        text = rest
    return text


def _without_bare_apology(text: str) -> str:
    """Drop a sentence that only says sorry, when there are others."""
    kept = [
        sentence
        for sentence in _SENTENCE.findall(text)
        if not (APOLOGY.search(sentence) and len(words(sentence)) <= _BARE_APOLOGY)
    ]
    rest = "".join(kept).rstrip()
    return rest if len(words(rest)) >= _ENOUGH_WORDS else text


_WAYS: dict[str, Callable[[str], str]] = {
    "no_exclamation": _calm,
    "no_emoji": _without_emoji,
    "no_greeting": _without_greeting,
    "no_sign_off": _without_sign_off,
    "no_question": _without_closing_question,
    "no_apology": _without_bare_apology,
}


def _phrase(phrase: str) -> re.Pattern[str]:
    """Return a pattern that finds a phrase as whole words, whatever its apostrophes."""
    parts = r"\s+".join(re.escape(part).replace("'", "['’]") for part in phrase.split())
    return re.compile(rf"(?<![\w@#/'’-]){parts}(?![\w/'’-])", re.IGNORECASE)


def _drop(text: str, phrase: str) -> str:
    """Drop a phrase wherever the sentence stays whole without it."""

    def leave_or_drop(found: re.Match[str]) -> str:
        before, after = text[: found.start()], text[found.start("next") :]
        if not _stays_whole(phrase, before, after):
            return found.group()
        return found["next"].upper() if found["phrase"][0].isupper() else found["next"]

    parted = re.compile(
        rf"(?:(?<=[.!?…])|\A)\s*{_phrase(phrase).pattern}[.!…]+(?=\s|\Z)", re.IGNORECASE
    )
    whole_sentences_gone = parted.sub("", text)
    if len(words(whole_sentences_gone)) >= _ENOUGH_WORDS:
        text = whole_sentences_gone
    within = re.compile(rf"(?P<phrase>{_phrase(phrase).pattern})\s+(?P<next>\w)", re.IGNORECASE)
    return within.sub(leave_or_drop, text)


def _stays_whole(phrase: str, before: str, after: str) -> bool:
    following = words(after)[:1]
    if not following:
        return False
    opens = not before.strip() or before.rstrip()[-1] in ".!?…"
    if phrase in _WE_ARE:
        return opens and following[0] in word_list("stands_alone")
    preceding = words(before)[-1:]
    if phrase in word_list("praising") and preceding and preceding[0] in word_list("before_a_noun"):
        return not opens
    return phrase in word_list("loose") and not _NEGATED.search(before)


def _swap(text: str, gone: str, come: str) -> str:
    """Put one phrase in the place of another, keeping its capital; "a" and "an" stay right."""

    def swapped(found: re.Match[str]) -> str:
        new = _capital(come) if found.group()[0].isupper() else come
        article = re.search(r"\b[Aa]n?\s+\Z", text[: found.start()])
        same_sound = (gone[0] in "aeiou") == (come[0] in "aeiou")
        return found.group() if article and not same_sound else new

    return _phrase(gone).sub(swapped, text)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _tidy(text: str) -> str:
    """Put blanks right where something went."""
    text = re.sub(r"[ \t]{2,}", " ", text)
    text = re.sub(r"(?<![ \t])[ \t]+([.,!?;:…](?:\s|\Z))", r"\1", text)
    return re.sub(r"(?<![ \t])[ \t]+(?=\n)", "", text).strip()
