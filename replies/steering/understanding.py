"""From a member's words to what they want: clause by clause, several wishes in one message."""

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

import patterns as re
from replies.steering.language_names import language_asked_for
from replies.text.wording import plain


class MessageKind(StrEnum):
    """What a message in a card's thread is about."""

    STEER = "steer"
    WHY = "why"
    WHO = "who"
    TAKE = "take"
    APPROVE = "approve"
    SKIP = "skip"
    SNOOZE = "snooze"
    HELP = "help"
    CHATTER = "chatter"
    UNSURE = "unsure"


class Wish(StrEnum):
    """How a suggestion should be different."""

    SHORTER = "shorter"
    LONGER = "longer"
    FORMAL = "formal"
    CASUAL = "casual"
    WARMER = "warmer"
    FUNNIER = "funnier"
    ANOTHER = "another"
    FIRST_AGAIN = "first_again"
    LANGUAGE = "language"
    DROP = "drop"
    ASK = "ask"
    SAY = "say"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class SteeringWish:
    """What was asked for.

    `words` are the member's own without our name; `wishes` in their order, each with what it is
    about (the question to ask, the sentence to say, the thing to drop, the language).
    `to_member` is the Slack id of who should take it, None for the writer themself. `to_us`
    tells that it speaks to Greenroom: named, or an order.
    """

    kind: MessageKind
    words: str
    wishes: tuple[tuple[Wish, str], ...] = ()
    to_member: str | None = None
    to_us: bool = False

    def about(self, wish: Wish) -> str | None:
        """Return what the first wish of a kind is about."""
        return next((words for each, words in self.wishes if each is wish), None)


_MEMBER = re.compile(r"<@([UW][A-Z0-9]{2,30})(?:\|[^>]*)?>")
_PARTS = re.compile(
    r"(?<!\s)\s*(?:[;\n]|,\s*(?:and|but|then)?\b|\.\s+|\b(?:and(?: also)?|but|then)\b)\s*"
)
_ASK = re.compile(
    r"\A(?:also |maybe |just |please )*ask(?: (?:them|her|him|\w+))?? "
    r"((?:what|which|how|when|where|who|whose|why|if|whether|about)\b.+)\Z",
    re.IGNORECASE,
)
_SAY = re.compile(
    r"\A(?:also |maybe |just |please |can you |could you )*"
    r"(?:say|mention|add|include|note|write|point out|tell (?:them|her|him|people))"
    r"(?: (?:too|also))?(?::)? (?:that )?(.+)\Z",
    re.IGNORECASE,
)
_DROP = re.compile(
    r"\A(?:also |maybe |just |please )*"
    r"(?:drop|remove|delete|lose|leave out|take out|cut out|without|no|skip|(?:don.?t|do not) "
    r"(?:mention|say|use|include|talk about|write))"
    r"(?: (?:mention of|talk of|the|any|that|more))* (.+?)(?: please)?[.!]*\Z",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"(?<!\s)\s*(?:,|\band\b|;)\s*(?:and |but |also ){0,3}((?:make (?:it|this) |keep (?:it|this) )?"
    r"(?:a (?:bit|little) |much |more |less )?[\w-]+(?: please)?[.!]*)\Z",
    re.IGNORECASE,
)
_MANNERS = frozenset(
    {Wish.SHORTER, Wish.LONGER, Wish.FORMAL, Wish.CASUAL, Wish.WARMER, Wish.FUNNIER, Wish.LANGUAGE}
)
#: A message is read so far, which is ten times what X takes from most; and so many clauses of it.
_READ = 3000
_MOST_CLAUSES = 24
_SPEECH = re.compile(r"[\w@#]")


@cache
def _tables() -> dict[str, tuple[re.Pattern[str], ...]]:
    raw = tomllib.loads((files(__package__) / "wishes.toml").read_text("utf-8"))
    flat = {name: part["any"] for name, part in raw.items() if "any" in part}
    flat |= {f"wish.{name}": part["any"] for name, part in raw["wish"].items()}
    return {
        name: tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)
        for name, patterns in flat.items()
    }


def understand(text: str, *, bot_id: str = "") -> SteeringWish:
    """Tell what a message wants, as far as rules go.

    Args:
        text: the message as Slack sent it, unescaped; members stand as `<@U…>`.
        bot_id: our own Slack id: naming it makes a message ours.
    """
    named = _MEMBER.findall(text)
    others = [each for each in named if each != bot_id]
    to_us = bool(bot_id) and bot_id in named
    words = " ".join(plain(_MEMBER.sub(" ", text[:_READ])).split())
    if others:
        return _about_others(words, others[0], text, to_us=to_us)
    if not _SPEECH.search(words):
        return SteeringWish(MessageKind.HELP if to_us else MessageKind.CHATTER, words, to_us=to_us)
    return _about_the_card(words, to_us=to_us)


def _about_the_card(words: str, *, to_us: bool) -> SteeringWish:
    if kind := _first_of(_SAID_WHOLE, words):
        return SteeringWish(kind, words, to_us=True)
    if wishes := _wishes(words):
        return SteeringWish(MessageKind.STEER, words, wishes, to_us=True)
    if kind := _first_of(_QUESTIONS, words):
        return SteeringWish(kind, words, to_us=True)
    if to_us or _is("to_us", words):
        return SteeringWish(MessageKind.STEER, words, ((Wish.OTHER, words),), to_us=True)
    return SteeringWish(MessageKind.UNSURE, words)


#: Kinds that a message as a whole is, and the table of each; in the order of precedence.
_SAID_WHOLE = {
    "chatter": MessageKind.CHATTER,
    "approve": MessageKind.APPROVE,
    "skip": MessageKind.SKIP,
    "snooze": MessageKind.SNOOZE,
    "help": MessageKind.HELP,
    "take_me": MessageKind.TAKE,
}
_QUESTIONS = {"why": MessageKind.WHY, "who": MessageKind.WHO}


def _first_of(kinds: dict[str, MessageKind], words: str) -> MessageKind | None:
    return next((kind for name, kind in kinds.items() if _is(name, words)), None)


def _about_others(words: str, member_id: str, text: str, *, to_us: bool) -> SteeringWish:
    """Read a message that names another member: is the mention handed to them?"""
    if _is("take_them", words) and not words.rstrip().endswith("??"):
        return SteeringWish(MessageKind.TAKE, words, to_member=member_id, to_us=True)
    begins_with_them = bool(_MEMBER.match(text.strip()))
    if begins_with_them and not to_us:
        return SteeringWish(MessageKind.CHATTER, words)
    wishes = _wishes(words) if to_us else ()
    return SteeringWish(
        MessageKind.STEER if wishes else MessageKind.UNSURE, words, wishes, to_us=to_us
    )


def _wishes(words: str) -> tuple[tuple[Wish, str], ...]:
    """Return the wishes of a message; empty when any clause says something else entirely."""
    if _is("first_again", words):
        return ((Wish.FIRST_AGAIN, words),)
    tail = _TAIL.search(words)
    if tail is not None and (last := _one_wish(tail[1])) is not None and last[0] in _MANNERS:
        # "Ask how the dog is, and shorter": what follows is no part of the question.
        before = _wishes(words[: tail.start()])
        return (*before, last) if before else (last,)
    whole = _one_wish(words)
    # "Say that we open at 7 and close at 3" is one sentence to say.
    if whole is not None and whole[0] in {Wish.SAY, Wish.ASK}:
        return (whole,)
    clauses = _clauses(words)
    found = [wish for clause in clauses if (wish := _one_wish(clause)) is not None]
    if found and (len(found) == len(clauses) or _is("to_us", words) or len(clauses[0]) < 40):  # noqa: PLR2004 - a short clause is an order, not a talk
        return tuple(dict.fromkeys(found))
    return (whole,) if whole is not None and _is("to_us", words) else ()


def _clauses(words: str) -> list[str]:
    """Split a message; what is to be said or asked goes on to the end."""
    clauses: list[str] = []
    rest = words
    while rest and len(clauses) < _MOST_CLAUSES:
        parted = _PARTS.search(rest)
        head = rest if parted is None else rest[: parted.start()]
        if _SAY.match(rest) or _ASK.match(rest):
            return [*clauses, rest]
        if head.strip():
            clauses.append(head.strip())
        rest = "" if parted is None else rest[parted.end() :]
    return clauses


def _one_wish(clause: str) -> tuple[Wish, str] | None:
    clause = clause.strip()
    if asked := _ASK.match(clause):
        return Wish.ASK, asked[1].strip()
    if language := language_asked_for(clause):
        return Wish.LANGUAGE, language
    if said := _SAY.match(clause):
        if not _a_measure(said[1]):
            return Wish.SAY, said[1].strip()
    elif (dropped := _DROP.match(clause)) and not _is("wish.another", clause):
        return Wish.DROP, dropped[1].strip()
    for wish in Wish:
        if _is(f"wish.{wish.value}", clause) and not clause.endswith("?"):
            return wish, clause
    return None


def _a_measure(said: str) -> bool:
    """Tell whether "say more" and "add a joke" are meant: how to write, not what to say."""
    return any(
        _is(f"wish.{wish}", f"say {said}") or _is(f"wish.{wish}", f"add {said}")
        for wish in ("longer", "funnier", "warmer")
    )


def _is(name: str, words: str) -> bool:
    return any(pattern.search(words) for pattern in _tables().get(name, ()))
