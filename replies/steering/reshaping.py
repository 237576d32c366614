"""Changing a text by rules, for where no model is set up: honest about what rules cannot do."""

from collections.abc import Sequence
from dataclasses import dataclass

import patterns as re
from replies.steering.questions import direct_question
from replies.steering.understanding import SteeringWish, Wish
from replies.text.wording import sameness

_SENTENCE = re.compile(r"[^.!?…\n]+(?:[.!?…]+[\"”')]*|\n+|\Z)\s*")
_CLAUSE = re.compile(
    r"(?<!\s)(?:\s*+,\s+(?:and|but|so|which|because)\b|\s+[–—-]\s+|\s*+;\s|\s+\().*\Z", re.DOTALL
)
_EMOJI = re.compile("[\U0001f300-\U0001faff\u2600-\u27bf\U0001f1e6-\U0001f1ff\ufe0f\u200d]+")
_LAST = re.compile(
    r"\b(?:last|final|closing) (?:sentence|line|part|bit)\b|\bend(?:ing)?\b", re.IGNORECASE
)
_FIRST = re.compile(
    r"\b(?:first|opening) (?:sentence|line|part|bit)\b|\bopen(?:ing|er)\b", re.IGNORECASE
)
_QUESTION = re.compile(r"\bquestions?\b", re.IGNORECASE)
_MARKS = re.compile(r"\bexclamation", re.IGNORECASE)
_SMILES = re.compile(r"\b(?:emojis?|smil\w+|hearts?)\b", re.IGNORECASE)
_NAME = re.compile(r"\b(?:name|names)\b", re.IGNORECASE)
_ENDS = re.compile(r"[.!?…]\Z")

#: What rules alone cannot do to a text, in the words for people.
_BEYOND = {
    Wish.LONGER: "say more",
    Wish.FORMAL: "make it more formal",
    Wish.CASUAL: "make it more relaxed",
    Wish.FUNNIER: "make it funnier",
    Wish.LANGUAGE: "write it in {about}",
    Wish.OTHER: "do that",
}


@dataclass(frozen=True, slots=True)
class Reshaped:
    """The text that came out, None when nothing did; `cannot` says what rules could not do."""

    text: str | None
    cannot: tuple[str, ...] = ()


def reshape(
    base: str, asked: SteeringWish, *, first_name: str = "", others: Sequence[str] = ()
) -> Reshaped:
    """Change a text as far as rules can.

    Args:
        base: the text that is steered; "" when there is none.
        asked: what a member wants.
        first_name: the person's, where they have one.
        others: other ready texts for the same post, best first.
    """
    text = _another(others) if _starts_anew(asked) else base
    cannot: list[str] = []
    for wish, about in asked.wishes:
        if wish in {Wish.ANOTHER, Wish.FIRST_AGAIN}:
            continue
        done = _one(text or "", wish, about, first_name)
        if done is None:
            cannot.append(_BEYOND.get(wish, _tried(wish)).format(about=about))
        else:
            text = done
    if _starts_anew(asked) and text is None:
        cannot.append("find another ready answer")
    changed = text is not None and text.strip() != base.strip()
    return Reshaped(text if changed and text else None, tuple(cannot))


def _starts_anew(asked: SteeringWish) -> bool:
    return any(wish is Wish.ANOTHER for wish, _ in asked.wishes)


def _another(others: Sequence[str]) -> str | None:
    return next(iter(others), None)


def _tried(wish: Wish) -> str:
    return {
        Wish.SHORTER: "make it shorter than one short sentence",
        Wish.WARMER: "make it warmer than by their name",
        Wish.DROP: "find that in the text",
        Wish.ASK: "turn that into a question",
        Wish.SAY: "say that",
    }.get(wish, "do that")


def _one(text: str, wish: Wish, about: str, first_name: str) -> str | None:
    """Fulfil one wish; None when rules cannot."""
    match wish:
        case Wish.SHORTER:
            return _shorter(text)
        case Wish.WARMER:
            return _by_name(text, first_name)
        case Wish.DROP:
            return _without(text, about, first_name)
        case Wish.ASK:
            question = direct_question(about)
            return _closing_with(text, question) if question else None
        case Wish.SAY:
            return _saying(text, about)
        case _:
            return None


def sentences(text: str) -> list[str]:
    """Split a text into its sentences."""
    return [found.strip() for found in _SENTENCE.findall(text) if found.strip()]


def _shorter(text: str) -> str | None:
    parts = sentences(text)
    if len(parts) > 2:  # noqa: PLR2004 - the answer, and the question that invites
        return " ".join([parts[0], *([parts[-1]] if parts[-1].endswith("?") else [])])
    if len(parts) == 2:  # noqa: PLR2004
        return parts[0]
    cut = _CLAUSE.sub("", text.strip())
    return f"{cut.rstrip('.!?,')}." if cut and sameness(cut) != sameness(text) else None


def _by_name(text: str, first_name: str) -> str | None:
    if not text or not first_name or first_name.casefold() in text.casefold():
        return None
    # "I" and names keep their capital; what begins a sentence else gives it up.
    head = text if re.match(r"(?:I\b|I['’]|[A-Z]{2})", text) else f"{text[:1].lower()}{text[1:]}"
    return f"{first_name}, {head}"


def _without(text: str, about: str, first_name: str) -> str | None:
    parts = sentences(text)
    if _MARKS.search(about):
        return re.sub(r"!+", ".", text) if "!" in text else None
    if _SMILES.search(about):
        bare = " ".join(_EMOJI.sub(" ", text).split())
        return bare if bare != text else None
    if _LAST.search(about):
        return " ".join(parts[:-1]) or None
    if _FIRST.search(about):
        return " ".join(parts[1:]) or None
    if _QUESTION.search(about):
        kept = [part for part in parts if not part.endswith("?")]
    elif _NAME.search(about) and first_name:
        bare = re.sub(rf"(?i)(?:,\s*)?\b{re.escape(first_name)}\b,?\s*", " ", text)
        return _capital(" ".join(bare.split()))
    else:
        kept = [part for part in parts if not _speaks_of(part, about)]
    return " ".join(kept) if kept and len(kept) < len(parts) else None


def _speaks_of(part: str, about: str) -> bool:
    wanted = [word for word in sameness(about).split() if len(word) > 2]  # noqa: PLR2004
    said = sameness(part).split()
    return bool(wanted) and all(
        any(word.startswith(stem[: max(3, len(stem) - 2)]) for word in said) for stem in wanted
    )


def _closing_with(text: str, question: str) -> str:
    """Put the question last, in the place of one that stood there."""
    parts = sentences(text)
    if parts and parts[-1].endswith("?"):
        parts = parts[:-1]
    return " ".join([*parts, question])


def _saying(text: str, about: str) -> str:
    """Put a member's sentence before the question that closes a text, or at its end."""
    said = said_sentence(about)
    parts = sentences(text)
    place = len(parts) - 1 if parts and parts[-1].endswith("?") else len(parts)
    return " ".join([*parts[:place], said, *parts[place:]])


def said_sentence(about: str) -> str:
    """Write what a member wants said as a sentence."""
    bare = about.strip().strip("“”\"'").strip()
    ended = bare if _ENDS.search(bare) else f"{bare}."
    return _capital(ended)


_OF_US = re.compile(
    r"\A(?:we|we['’]\w+|our|the|there|it|it['’]s|you can|dogs|kids|children|parking|entry|on|from|every)\b",
    re.IGNORECASE,
)
_FACT_WORDS = 3


def fact_in(asked: SteeringWish) -> str | None:
    """Return what a member wants said, if it is a fact about the business that may be kept."""
    said = asked.about(Wish.SAY)
    if said is None or said.rstrip().endswith("?"):
        return None
    sentence = said_sentence(said)
    enough = len(sentence.split()) >= _FACT_WORDS
    return sentence if enough and _OF_US.match(sentence) else None


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"
