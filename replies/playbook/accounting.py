"""Whether all of a post is accounted for: what it says beside the matter itself decides.

A post is answered without a model only where each word of it is one of a closed list, a word of
the answer, or a courtesy. Whatever else stands there may be what the person really says.
"""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache

import patterns as re
from domain import Post
from replies.playbook.languages import ENGLISH, word_table
from replies.playbook.occasions import asks, word_lists
from replies.text.wording import plain, words

#: Longer posts say more than a thanks or a question.
_LONGEST = 400
_SENTENCE = re.compile(r"[.!?¿¡;:()\n]+")
_HANDLE = re.compile(r"@(\w{1,20})")
#: Signs that say nothing beside words; every other sign may say a lot.
_SIGNS = frozenset(" \n\t.,!?¿¡'\"-()&:;/$£€%+") | frozenset("🙏🙂😊☕❤👋😀😃😄👍\ufe0f")
_TRAILING_OFF = re.compile(r"\.\.|…")
_NUMBER = re.compile(r"\d{1,2}(?:[:.]\d\d)?\s?(?:am|pm|h)?(?!\w)", re.IGNORECASE)

#: What may stand in a plain thanks: brackets, slashes and quotes make faces and doubts.
_FRIENDLY = re.compile(
    r"[\w\s.,!&'\U0001f64f\U0001f642\U0001f60a\u2615\u2764\U0001f44b\ufe0f\U0001f600\U0001f603\U0001f604\U0001f44d-]*"
)
#: What no fact of a shop answers, whatever words it shares with one: another openness, children,
#: and what was done to somebody.
_NOT_FOR_A_FACT = re.compile(
    r"\bopen (?:to|with|up|about|for)\b|\b(?:kids?|child(?:ren)?|daughters?|sons?)\b"
    r"|\b(?:do|did|done|doing) to\b|\binside you\b"
)


def bare_words(post: Post, account_handle: str) -> str | None:
    """Return a post's text without our own handle; None where something in it is no plain word.

    Another handle, an address, a hashtag, a sign that is not known to be harmless, or a post
    beside it that nobody read: all of them may change what is meant.
    """
    if post.linked or post.quoted_id is not None:
        return None
    return bare_text(post.text, account_handle)


def bare_text(text: str, account_handle: str) -> str | None:
    """Return a post's text as `bare_words` does, where nothing else of the post is known."""
    if len(text) > _LONGEST:
        return None
    text = plain(text)
    ours = account_handle.casefold()
    text = _HANDLE.sub(lambda found: " " if found[1].casefold() == ours else found[0], text)
    strange = any(not (char.isalpha() or char.isdigit() or char in _SIGNS) for char in text)
    return None if strange else text.strip()


def is_plain_thanks(post: Post, language: str, account_handle: str) -> bool:
    """Tell whether a post is a thanks with nothing else in it."""
    text = bare_words(post, account_handle)
    if text is None or not _FRIENDLY.fullmatch(text) or _TRAILING_OFF.search(text):
        return False
    said = words(text)
    lists = _courtesies(language)
    return bool(set(said) & lists.thanks) and set(said) <= lists.thanks | lists.beside_thanks


def question_in(post: Post, account_handle: str) -> str | None:
    """Return the question that a post asks, where it holds nothing else but courtesies."""
    text = bare_words(post, account_handle)
    if text is None or not asks(text) or _TRAILING_OFF.search(text) or _denies(text):
        return None
    lists = _courtesies(ENGLISH)
    polite = lists.thanks | lists.beside_thanks | lists.greetings
    questions = [
        part for part in _SENTENCE.split(text) if words(part) and not set(words(part)) <= polite
    ]
    # A sentence beside it may be what is meant: "I know where your kids are. Are you open?"
    if len(questions) != 1 or _NOT_FOR_A_FACT.search(questions[0].lower()):
        return None
    return f"{questions[0].strip()}?"


def matter_of(question: str) -> frozenset[str]:
    """Return what a question is about: its words without those that any question has."""
    small = word_lists().asking | _courtesies(ENGLISH).greetings
    return frozenset(_bare(word) for word in words(question) if word not in small)


def accounts_for(matter: Collection[str], answer: str, cues: Collection[str]) -> bool:
    """Tell whether an answer and the words that call for it account for a question's matter.

    Args:
        matter: as `matter_of` returns it.
        answer: the words of the answer with its occasion and the facts that it states.
        cues: the words that call for its occasion; `*` stands for a word's end.
    """
    told = {_bare(word) for word in words(answer)}
    near = _near(told)
    if not (set(matter) & (told | near)) - _VAGUE:
        return False
    hours = bool(near & _HOURS)
    called = [word for cue in cues for word in cue.casefold().split()]
    return all(
        word in told
        or word in near
        or (hours and _NUMBER.fullmatch(word) is not None)
        or (hours and word in _WHEN)
        or any(_called_by(word, cue) for cue in called)
        for word in matter
    )


def same_matter(question: str, other: str) -> bool:
    """Tell whether two posts say the same but for the small words and courtesies."""
    mine, theirs = matter_of(question), matter_of(other)
    return (
        bool(mine)
        and mine == theirs
        and asks(question) is asks(other)
        and _denies(question) is _denies(other)
    )


def _denies(text: str) -> bool:
    return any(word.endswith("n't") or word in word_lists().denials for word in words(text))


def _called_by(word: str, cue: str) -> bool:
    return word.startswith(cue[:-1]) if cue.endswith("*") else word == _bare(cue)


def _near(told: Collection[str]) -> set[str]:
    """Return all words of the matters that an answer speaks of."""
    return {
        _bare(word)
        for matter in word_lists().matters
        if {_bare(each) for each in matter} & set(told) - _VAGUE
        for word in matter
    }


def _bare(word: str) -> str:
    return word.removesuffix("'s").removesuffix("s")


_HOURS = frozenset({"open", "hour"})
#: "Is it too late?" asks for no opening hours.
_VAGUE = frozenset({"late", "time", "much", "find", "am"})
_WHEN = frozenset(
    _bare(day)
    for day in (
        *("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
        *("weekend", "weekday", "morning", "afternoon", "evening", "am", "pm"),
    )
)


@dataclass(frozen=True, slots=True)
class _Courtesies:
    thanks: frozenset[str]
    beside_thanks: frozenset[str]
    greetings: frozenset[str]


@cache
def _courtesies(language: str) -> _Courtesies:
    if language == ENGLISH:
        lists = word_lists()
        return _Courtesies(lists.thanks, lists.beside_thanks, lists.greetings)
    row = word_table(language)
    return _Courtesies(
        frozenset(row.get("plain_thanks", ())),
        frozenset(row.get("beside_thanks", ())),
        frozenset(row.get("greetings", ())),
    )
