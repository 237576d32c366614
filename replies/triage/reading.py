"""What can be read off a post at once: whom it names, who speaks, whether it asks."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

import patterns as re
from replies.text.portion import portion
from replies.text.wording import is_question, plain, words
from replies.triage.names import names_us, unknown_name
from replies.triage.tables import Finder, table

#: Our name without @ is sought among so many words.
_NAMED_EARLY = 80
_ADDRESS = re.compile(
    r"https?://\S{1,200}\S*|\bwww\.\S+|\b(?:bit\.ly|t\.co|goo\.gl)/\S+", re.IGNORECASE
)
_HANDLE = re.compile(r"(?<![\w@/])@(\w{1,20})")
_HASHTAG = re.compile(r"(?<![\w&/])#\w+")
_LEADING = re.compile(r"\A(?:\s*[.,]?@\w{1,20}[:,]?)+\s*")
_I = re.compile(
    r"\b(?:i|i'?m|i'?ve|i'?d|i'?ll|im|ive|me|my|mine|myself|we|we'?re|we'?ve|we'?d|us|our)\b",
    re.IGNORECASE,
)
_YOU = re.compile(r"\b(?:you|your|you'?re|you'?ve|you'?ll|u|ur|y'?all|ya|yous)\b", re.IGNORECASE)
_ALONE = re.compile(r"\b(?:i|i'?m|im|i'?ve|my|me|any(?:one|body))\b", re.IGNORECASE)
_MY = re.compile(r"\bmy\b", re.IGNORECASE)
#: What collections of posts put in the place of people's handles.
_MASKS = frozenset({"user", "customer", "username", "someone"})


@dataclass(frozen=True)
class PostReading:
    """A post in plain form, and what can be read off it.

    `whole` has its handles, `said` neither the leading ones nor addresses.
    """

    whole: str
    said: str
    handles: tuple[str, ...]
    to_us: bool
    about_us: bool
    linked: bool

    @property
    def named(self) -> bool:
        """Tell whether it names anybody of whom we may think that they could answer."""
        return self.to_us or bool(self.others)

    @property
    def others(self) -> tuple[str, ...]:
        """The handles it names, those left out that only stand for a person."""
        return tuple(each for each in self.handles if each.casefold() not in _MASKS)

    @cached_property
    def asks(self) -> bool:
        return is_question(self.said)

    @cached_property
    def first_person(self) -> bool:
        return bool(_I.search(self.said))

    @cached_property
    def alone(self) -> bool:
        """Tell whether one person speaks, or asks whoever reads it."""
        return bool(_ALONE.search(self.said))

    @cached_property
    def certain(self) -> bool:
        """Tell whether it turns to people for advice in so many words."""
        return _CERTAIN.find(self.said) is not None

    @cached_property
    def possessive(self) -> bool:
        """Tell whether it speaks of something of the writer's own."""
        return bool(_MY.search(self.said))

    @cached_property
    def second_person(self) -> bool:
        return bool(_YOU.search(self.said))

    @cached_property
    def words(self) -> tuple[str, ...]:
        return tuple(words(_HANDLE.sub(" ", self.said)))

    @cached_property
    def hashtags(self) -> tuple[str, ...]:
        return tuple(_HASHTAG.findall(self.whole))

    @cached_property
    def plea(self) -> str | None:
        """The words with which it asks for help, where the question is meant."""
        return _plea(self.said)

    @cached_property
    def business(self) -> str | None:
        """The words that look like a business's name."""
        return unknown_name(self.said)

    @cached_property
    def dealing(self) -> str | None:
        """The words that tell of dealings with a business."""
        return _DEALING.find(self.said)


def read(
    text: str, *, account_handle: str | None, names: Collection[str], to_us: bool
) -> PostReading:
    """Read a post.

    Args:
        text: the post, unaltered.
        account_handle: our handle without @, where it is known.
        names: our name, or what may be it, as one word in lower case.
        to_us: it is known to be for us, whatever it names.
    """
    whole = plain(portion(text))
    handles = tuple(_HANDLE.findall(whole))
    bare = _ADDRESS.sub(" ", whole)
    said = _LEADING.sub("", bare).strip()
    ours = account_handle is not None and account_handle.casefold() in {
        each.casefold() for each in handles
    }
    unknown = account_handle is None and any(each.casefold() not in _MASKS for each in handles)
    return PostReading(
        whole=whole,
        said=said,
        handles=handles,
        to_us=to_us or ours or unknown,
        about_us=bool(names) and names_us(words(_HANDLE.sub(" ", bare))[:_NAMED_EARLY], names),
        linked=bare != whole,
    )


_WELCOME = table("welcome")
_PLEA = Finder.of(_WELCOME["plea"])
_CERTAIN = Finder.of(_WELCOME["certain"])
_RHETORICAL = Finder.of(_WELCOME["rhetorical"])
_AFTER = re.compile(_WELCOME["rhetorical"]["after"], re.IGNORECASE)
_DEALING = Finder.of(_WELCOME["dealing"])


def _plea(said: str) -> str | None:
    """Return the words of a question that is meant; one that answers itself is a joke."""
    found = _PLEA.find(said)
    if found is None or _RHETORICAL.find(said):
        return None
    if _CERTAIN.find(said):
        return found
    rest = said.rpartition("?")[2] if "?" in said else ""
    if words(rest) and not _AFTER.match(rest):
        return None
    return found
