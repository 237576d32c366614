"""A voice out of the six answers of the interview; pure, and only ever an offer.

What people wrote is put in its place word for word; nothing is added to it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation

import patterns as re
from domain import Fact, Voice, VoiceRule
from replies.text.wording import words
from replies.voice.manner import with_lines

_TO_A_REGULAR = "To a regular we say: "
_TO_A_COMPLAINT = "When somebody complains, we first say: "
_NEVER = re.compile(r"\b(?:never|not|don't say|don't|avoid|nope|no)\b\s*:?", re.IGNORECASE)
_OURS = re.compile(r"\A\W*(?:ours|we say|we use|yes|use|always)\b\s*:?", re.IGNORECASE)
_PARTED = re.compile(r"[,;\n]|\.\s|\s/\s")
_LONGEST_TERM = 60
_QUESTION_AND_ANSWER = re.compile(r"\A[\W\d]*([^?]{3,120})\?\s*[-–—:]?\s*(\S.*)\Z", re.DOTALL)
_ASKING = frozenset(
    {"what", "when", "where", "which", "who", "how", "do", "does", "did", "are", "is", "can"}
    | {"could", "will", "would", "may", "i", "you", "your", "we", "the", "a", "an", "have", "has"}
    | {"got", "any", "there", "much", "many", "time", "my", "it", "s"}
)
_LONGEST_NAME = 30
_AMOUNT = re.compile(r"(\d{1,6}(?:[.,]\d{1,2})?)")
_REFUND = re.compile(r"\b(?:refund|money back)", re.IGNORECASE)
#: What goes to a person anyway: naming it again needs no rule.
_COVERED = re.compile(
    r"\b(?:medic|doctor|allerg|health|legal|law|solicitor|court|sue|safety|danger|harass|abus|"
    r"threat|self.?harm|suicid|press|journalis|media|refund|money back)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Answers:
    """The six answers as they were written; "" where a question was left out."""

    who: str = ""
    greeting: str = ""
    words: str = ""
    facts: str = ""
    person: str = ""
    complaint: str = ""


def voice_from_answers(answers: Answers, now: Voice) -> tuple[Voice, tuple[str, ...]]:
    """Make a voice of the answers, on top of the one that stands; and say where it came from.

    What was left unanswered stays as it is. All topics still go to a person: an answer can
    add to them and set the refund limit, never take one away.
    """
    use, avoid = _terms(answers.words)
    limit, rules = _for_a_person(answers.person)
    voice = replace(
        now,
        who=answers.who.strip() or now.who,
        how=_how(answers, now.how),
        use=_joined(now.use, use),
        avoid=_joined(now.avoid, avoid),
        facts=_facts(answers.facts, now.facts),
        refund_limit=now.refund_limit if limit is None else limit,
        rules=tuple(dict.fromkeys([*now.rules, *rules])),
    )
    return voice, _evidence(answers)


def _how(answers: Answers, now: str) -> str:
    """Put what is said to a regular and to a complaint into how we talk."""
    greeting, complaint = _in_one_line(answers.greeting), _in_one_line(answers.complaint)
    lines = []
    if greeting:
        lines.append(f"{_TO_A_REGULAR}“{greeting}”")
    if complaint:
        lines.append(f"{_TO_A_COMPLAINT}“{complaint}”")
    said_anew = [line.split("“", 1)[0] for line in lines]
    return with_lines(now, lines, said_anew) if lines else now


def _terms(text: str) -> tuple[list[str], list[str]]:
    """Part the words we use from those we never use."""
    use: list[str] = []
    avoid: list[str] = []
    never = False
    for line in text.split("\n"):
        ours, *rest = _NEVER.split(line, maxsplit=1)
        if _OURS.match(ours):
            never = False
        # "Never:" alone on its line is about the lines that follow.
        (avoid if never and not rest else use).extend(_split(_OURS.sub("", ours)))
        if rest:
            avoid.extend(_split(rest[0]))
            never = not _split(rest[0])
    return use, [term for term in avoid if term not in use]


def _split(text: str) -> list[str]:
    terms = (part.strip(" \t\"'“”‘’.:-–—") for part in _PARTED.split(text))
    return [
        term for term in terms if 0 < len(term) <= _LONGEST_TERM and any(map(str.isalnum, term))
    ]


def _facts(text: str, known: tuple[Fact, ...]) -> tuple[Fact, ...]:
    added = [_fact(line) for line in text.split("\n") if line.strip(" \t-•")]
    lines = {fact.line.casefold() for fact in known}
    return (*known, *(fact for fact in dict.fromkeys(added) if fact.line.casefold() not in lines))


def _fact(line: str) -> Fact:
    """Read a fact; of "Are dogs welcome? Yes, inside too." the question becomes its name."""
    bare = line.strip().lstrip("-•").strip()
    asked = _QUESTION_AND_ANSWER.match(bare)
    if asked is None:
        return Fact.from_line(bare)
    telling = [word for word in words(asked.group(1)) if word not in _ASKING]
    while telling and len(" ".join(telling)) > _LONGEST_NAME:
        telling.pop(0)
    name = re.sub(r"[^\w -]", "", " ".join(telling))
    fact = Fact.from_line(f"{name}: {asked.group(2).strip()}") if name else None
    return fact if fact is not None and fact.name else Fact(bare)


def _for_a_person(text: str) -> tuple[Decimal | None, list[VoiceRule]]:
    limit = None
    more = []
    for part in re.split(r"[,;\n]|\.\s|\band\b", text):
        bare = part.strip(" \t.-•")
        if not bare:
            continue
        amount = _AMOUNT.search(bare)
        if _REFUND.search(bare) and amount:
            limit = _decimal(amount.group(1))
        elif not _COVERED.search(bare):
            more.append(bare)
    rules = [VoiceRule(f"Only a person answers about: {', '.join(more)}.")] if more else []
    return limit, rules


def _decimal(text: str) -> Decimal | None:
    try:
        return Decimal(text.replace(",", "."))
    except InvalidOperation:
        return None


def _joined(known: tuple[str, ...], new: Iterable[str]) -> tuple[str, ...]:
    folded = {each.casefold() for each in known}
    return (*known, *(each for each in dict.fromkeys(new) if each.casefold() not in folded))


def _in_one_line(text: str) -> str:
    return " ".join(text.split()).strip("\"“”'")


def _evidence(answers: Answers) -> tuple[str, ...]:
    asked = (
        answers.who,
        answers.greeting,
        answers.words,
        answers.facts,
        answers.person,
        answers.complaint,
    )
    given = sum(bool(answer.strip()) for answer in asked)
    return (f"Made of {given} of six answers, word for word.",)
