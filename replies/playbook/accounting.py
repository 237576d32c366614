"""Whether all of a post is accounted for: what it says beside the matter itself decides.

A post is answered without a model only where each word of it is one of a closed list, a word of
the answer, or a courtesy. Whatever else stands there may be what the person really says.
"""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache

import patterns as re
from domain import Fact, Post
from replies.playbook.languages import ENGLISH, language_of, word_table
from replies.playbook.occasions import asks, word_lists
from replies.wording import plain, words

#: Longer posts say more than a thanks or a question.
_LONGEST = 400
_SENTENCE = re.compile(r"[.!?¿¡;:()\n]+")
_HANDLE = re.compile(r"@(\w{1,20})")
#: What may stand in a plain thanks: brackets, slashes and quotes make faces and doubts.
_FRIENDLY = re.compile(
    r"[\w\s.,!&'\U0001f64f\U0001f642\U0001f60a\u2615\u2764\U0001f44b\ufe0f\U0001f600\U0001f603\U0001f604\U0001f44d-]*"
)
#: Signs that say nothing beside words; every other sign may say a lot.
_SIGNS = frozenset(" \n\t.,!?¿¡'\"-()&:;/$£€%+") | frozenset("🙏🙂😊☕❤👋😀😃😄👍\ufe0f")
_TRAILING_OFF = re.compile(r"\.\.|…")
_NUMBER = re.compile(r"\d{1,2}(?:[:.]\d\d)?\s?(?:am|pm|h)?(?!\w)", re.IGNORECASE)


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
    """Return the question that a post asks, where it is one and holds nothing else but courtesies.

    A sentence beside it may be what is meant ("I know where your kids are. Are you open?"), and so
    may what is asked of somebody's own ("is my dog there?").
    """
    text = bare_words(post, account_handle)
    if text is None or not asks(text) or _TRAILING_OFF.search(text) or _denies(text):
        return None
    lists = _courtesies(ENGLISH)
    polite = lists.thanks | lists.beside_thanks | lists.greetings
    said = [part.strip() for part in _SENTENCE.split(text)]
    questions = [part for part in said if words(part) and not set(words(part)) <= polite]
    if len(questions) != 1 or not _begins_to_ask(questions[0], polite):
        return None
    if _is_about_somebody(" ".join(words(questions[0]))):
        return None
    return f"{questions[0]}?"


def _is_about_somebody(question: str) -> bool:
    """Tell whether a question is about the living or what is theirs, or means another openness.

    They may come along, which a fact may answer; nothing else that is asked of them is its matter.
    """
    if _OPEN_ABOUT.search(question):
        return True
    if _MAY_COME_ALONG.search(question):
        return False
    return _LIVING.search(question) is not None or _SOMEBODYS.search(question) is not None


def says_no_more(post: Post, account_handle: str) -> bool:
    """Tell whether all of a post is a thanks or a question that a fact may answer."""
    language = language_of(post)
    return is_plain_thanks(post, language, account_handle) or (
        language == ENGLISH and question_in(post, account_handle) is not None
    )


def _begins_to_ask(sentence: str, polite: frozenset[str]) -> bool:
    first = next((word for word in words(sentence) if word not in polite), "")
    return first in word_lists().question_openings


def matter_of(question: str) -> frozenset[str]:
    """Return what a question is about: its words without those that any question has."""
    small = word_lists().asking | _courtesies(ENGLISH).greetings
    return frozenset(_bare(word) for word in words(question) if word not in small)


def accounts_for(
    matter: Collection[str], answer: str, cues: Collection[str], *, facts: Collection[Fact] = ()
) -> bool:
    """Tell whether an answer and the words that call for it account for a question's matter.

    Args:
        matter: as `matter_of` returns it.
        answer: the words of the answer with its occasion and the facts that it states.
        cues: the words that call for its occasion; `*` stands for a word's end.
        facts: what the answer states; the question has to be about one of them, not about a word
            that stands in it ("is the church open?", "what was in the water?").
    """
    told = {_bare(word) for word in words(answer)}
    near = _near(told)
    asked = set(matter)
    if not (asked & (told | near)) - _VAGUE:
        return False
    if facts and not any(_is_about(asked, fact) for fact in facts):
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


def _is_about(asked: set[str], fact: Fact) -> bool:
    """Tell whether a question is about a fact: its name or first word, or two words of it."""
    named = {_bare(word) for word in words(fact.name)}
    if named and named <= asked:
        return True
    subject = next(iter(_content(fact.text)), "")
    about = _near(named) if named else {subject, *_near({subject})}
    if asked & about - _VAGUE:
        return True
    return len(asked & set(_content(fact.text))) >= _ENOUGH


def _content(text: str) -> list[str]:
    """Return the words of a text that say what it is about, in their order."""
    small = word_lists().asking | word_lists().common
    return [_bare(word) for word in words(text) if word not in small]


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
_VAGUE = frozenset({"late", "time", "much", "find", "am", "price", "cost", "charge", "expensive"})
#: So many words that a question shares with a fact tell what it is about.
_ENOUGH = 2
_LIVING = re.compile(r"\b(?:dogs?|pets?|pupp(?:y|ies)|kids?|child(?:ren)?|toddlers?)\b")
_SOMEBODYS = re.compile(r"\b(?:my|our)\b|\byour (?:cars?|kids?|child(?:ren)?|dogs?)\b")
_MAY_COME_ALONG = re.compile(
    r"\A(?:\w+ ){0,2}(?:can|could|may) (?:i|we) (?:bring|come (?:in )?with) (?:(?:my|our|a|an|the) )?\w+"
    r"(?: (?:in|inside|too|today|tomorrow|tonight|please|on \w+))*\Z"
    r"|\b(?:are|is) (?:(?:it|you) )?(?!it\b|you\b)\w+ (?:welcome|allowed|friendly|ok|okay)\b|\bdo you (?:allow|welcome)\b"
)
_OPEN_ABOUT = re.compile(r"\bopen (?:to|with|up|about|for)\b")
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
