"""Filling an answer's gaps: the person's name, the day and the thing they named, a fact.

A post is hostile input: nothing of it is taken over but words from closed lists, and a
first name that looks like one.
"""

import patterns as re
from domain import Fact, Person
from replies.context import ReplyContext
from replies.playbook.occasions import word_lists
from replies.text.wording import is_question, plain, without_handles, words

_GAP = re.compile(r"\{(\w+)\}")
_FIRST_NAME = re.compile(r"[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ]{1,11}\Z")
_MOST_NAME_PARTS = 3
_LONGEST_FACT = 160
#: These gaps are filled from the post and its author, all others from the voice.
_FROM_THE_POST = frozenset({"name", "day", "thing"})
_NAME = r"(?P<name>[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ]{1,11})"
#: Where people are called by name: "Thanks Ann, …", "Hi Ann!", "Yes, Ann, …", "…, Ann."
_GREETED = re.compile(
    rf"\A(?P<before>(?i:hi|hello|hey|morning|thanks|thank you|sorry|welcome),?)\s+{_NAME}(?=[,.!?])"
)
_CALLED_WITHIN = re.compile(rf"(?P<before>,)\s+{_NAME}(?=,)")
_CALLED_LAST = re.compile(rf"(?P<before>,)\s+{_NAME}(?=[.!?]*\s*\Z)")
_OPENING = re.compile(rf"\A{_NAME},\s")


def fill_gaps(text: str, context: ReplyContext) -> str | None:
    """Fill an answer's gaps; None when one cannot be filled."""
    post = context.post.text
    named = {gap_name(fact.name): _stated(fact) for fact in context.voice.facts if fact.name}
    fillings = {
        "name": lambda: first_name(context.post.author),
        "day": lambda: _from_list(post, word_lists().days, named=True),
        "thing": lambda: _from_list(post, word_lists().things),
        "fact": lambda: fitting_fact(post, context.voice.facts),
    }
    filled = text
    for gap in set(_GAP.findall(text)):
        found = fillings[gap]() if gap in fillings else named.get(gap)
        if found is None:
            return None
        filled = filled.replace("{" + gap + "}", found)
    # A fact is written in the middle of a sentence; an answer may begin with it.
    return filled[:1].upper() + filled[1:] if text.startswith("{") else filled


def gap_name(name: str) -> str:
    """Return a fact's name as a gap would have it."""
    return re.sub(r"[ -]+", "_", name.strip().casefold())


def _stated(fact: Fact) -> str:
    """Return what a fact says, without its full stop."""
    return fact.text.strip().rstrip(".!")


def first_name(person: Person) -> str | None:
    """Return a person's first name, when the display name looks like a person's."""
    parts = person.name.split()
    if not 1 <= len(parts) <= _MOST_NAME_PARTS:
        return None
    if not all(part.strip(".-'").isalpha() for part in parts):
        return None
    looks_right = _FIRST_NAME.match(parts[0]) and parts[0].casefold() not in word_lists().not_names
    return parts[0] if looks_right else None


def states_fact(answer: str) -> bool:
    """Tell whether an answer, its gaps still open, says something that the voice states."""
    return bool(set(_GAP.findall(answer)) - _FROM_THE_POST)


def stated_in(answer: str, context: ReplyContext) -> list[str]:
    """Return the lines of the facts that an answer states, their names with them."""
    gaps = set(_GAP.findall(answer)) - _FROM_THE_POST
    lines = [fact.line for fact in context.voice.facts if gap_name(fact.name) in gaps]
    if "fact" in gaps:
        found = fitting_fact(context.post.text, context.voice.facts)
        lines += [fact.line for fact in context.voice.facts if found and _stated(fact) == found]
    return lines


def for_this_person(text: str, person: Person) -> str | None:
    """Return a text that spoke to somebody else as one for this person; None when it cannot be.

    A name where people are called by name ("Thanks Ann, …", "…, Ann.") becomes this person's,
    or is left out. A first word that may be a name ("Ann, we do.") could as well be none.
    """
    name = first_name(person)
    opening = _OPENING.match(text)
    if opening and opening["name"].casefold() not in word_lists().openings | {_folded(name)}:
        return None
    for called in (_GREETED, _CALLED_WITHIN, _CALLED_LAST):
        found = called.search(text)
        if found is None or found["name"].casefold() in {*word_lists().days, _folded(name)}:
            continue
        new = f"{found['before']} {name}" if name else found["before"].rstrip(",")
        text = text[: found.start()] + new + text[found.end() :]
    return text


def _folded(name: str | None) -> str:
    return (name or "").casefold()


def fitting_fact(post_text: str, facts: tuple[Fact, ...]) -> str | None:
    """Return the fact that answers a question best, without its full stop."""
    if not is_question(post_text):
        return None
    asked = _matter(without_handles(post_text))
    best, score = None, 0
    for fact in facts:
        shared = len(asked & _matter(fact.line))
        if shared > score and len(fact.line) <= _LONGEST_FACT:
            best, score = fact, shared
    return _stated(best) if best else None


def _matter(text: str) -> set[str]:
    """Return the words a text is about, with a mark for each matter they belong to."""
    said = set(words(text))
    about = {word.removesuffix("s") for word in said - word_lists().common}
    marks = {f"#{number}" for number, matter in enumerate(word_lists().matters) if matter & said}
    return about | marks


def _from_list(post_text: str, known: tuple[str, ...], *, named: bool = False) -> str | None:
    text = plain(without_handles(post_text)).casefold()
    for word in known:
        if re.search(rf"(?<!\w){re.escape(word)}s?(?!\w)", text):
            return word.capitalize() if named and word.endswith("day") and word != "today" else word
    return None
