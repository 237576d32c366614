"""Whose words a draft is made of: what decides who may approve it alone.

The pipe that words came through decides nothing. A draft that holds a member's words is theirs,
whether they typed them into a window, said them to a model, or put them into the voice or the
playbook before.
"""

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

import patterns as re
from domain import Draft, Source, TheirWords
from replies.context import ReplyContext
from replies.injection.deobfuscate import fold
from replies.text.wording import words

#: So many words in a row are no chance.
_RUN = 5
#: A whole line of a member counts from so many words on; fewer are anybody's.
_WHOLE = 3
#: Scripts that put no spaces between words are compared in pieces of so many signs.
_PIECE = 6
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]{6,}")

#: Wishes about manner alone: a message that holds nothing but these words says how, not what.
_MANNER_WORDS = """
a again and another as bit but by casual different do first for formal friendlier
friendly funnier funny how idea ideas in informal it its just kinder less little longer
lot make maybe more much name nicer one option original other please polite politer relaxed
second serious short shorter shortest suggestion sweeter that the them their
third this to too try use version very warm warmer way with write
english french german spanish italian portuguese dutch polish japanese korean chinese arabic
turkish russian ukrainian swedish norwegian danish finnish greek hindi
"""
_MANNERS = frozenset(_MANNER_WORDS.split())
#: How a wish is put; further on the same words may be what the reply says: "you could be funnier".
_PUT_AS = re.compile(
    r"\A\s*(?:please,? )?(?:(?:can|could|would) (?:you|we|it|this) (?:be (?=\w+er\b))?"
    r"|(?:i(?:'d| would) like )?(?:it|this|that) (?:to be|should be|could be) )",
    re.IGNORECASE,
)
_PLAIN = re.compile(r"[\w\s.,;!?'’–—-]*")


def credited(draft: Draft, context: ReplyContext) -> Draft:
    """Add to a draft the members whose words it holds; None stands for nobody knows."""
    return replace(draft, words_of=_whose(draft, context))


def all_of(*origins: frozenset[str] | None) -> frozenset[str] | None:
    """Bring together whose words are in several parts; None where one of them is not known."""
    found = frozenset[str]()
    for each in origins:
        if each is None:
            return None
        found |= each
    return found


def asked_words(context: ReplyContext, asked: str | None) -> frozenset[str] | None:
    """Return whose words a wish puts into what comes of it: its author's, if it says what to say."""
    if not asked or only_manners(asked):
        return frozenset()
    return frozenset({context.steered_by}) if context.steered_by else None


def only_manners(wish: str) -> bool:
    """Tell whether a wish says only how to write: shorter, warmer, in Spanish."""
    said = words(_PUT_AS.sub("", wish.replace("’", "'"), count=1))
    return _PLAIN.fullmatch(wish) is not None and _MANNERS.issuperset(said)


def holders(text: str, known: Iterable[TheirWords]) -> frozenset[str] | None:
    """Return the members of whose words a text holds some; None where nobody knows whose."""
    said = f" {' '.join(_read(text))} "
    return all_of(*(theirs.members for theirs in known if _holds(said, text, theirs)))


def _whose(draft: Draft, context: ReplyContext) -> frozenset[str] | None:
    asked = context.steer if draft.source is Source.MODEL else None
    return all_of(
        draft.words_of, holders(draft.text, context.members_words), asked_words(context, asked)
    )


@lru_cache(maxsize=2048)
def _read(text: str) -> tuple[str, ...]:
    """Return the words of a text as a reader sees them, whatever signs they are written in."""
    return tuple(words(fold(text)))


def _holds(said: str, text: str, theirs: TheirWords) -> bool:
    """Tell whether a text, whose words in a row are `said`, holds some of theirs."""
    source = _read(theirs.text)
    if not source:
        return False
    whole = f" {' '.join(source)} "
    if whole in said and (theirs.short or len(source) >= _WHOLE or whole == said):
        return True
    runs = (source[at : at + _RUN] for at in range(len(source) - _RUN + 1))
    return any(f" {' '.join(run)} " in said for run in runs) or any(
        run[at : at + _PIECE] in text
        for run in _UNSPACED.findall(theirs.text)
        for at in range(len(run) - _PIECE + 1)
    )
