"""What changed between two voices, in a few words, and how two members' changes come together."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from domain import Fact, Voice

#: Parts that are one thing each, as a sentence names them.
_WHOLE = {
    "who": "who we are",
    "how": "how we talk",
    "hand_over": "the topics to hand over",
    "refund_limit": "the refund limit",
}
#: Parts that are lists: one of it, and several.
_LISTED = {
    "facts": ("fact", "facts"),
    "use": ("word we use", "words we use"),
    "avoid": ("word we never use", "words we never use"),
    "signs": ("signature", "signatures"),
    "rules": ("rule", "rules"),
    "silenced": ("silenced check", "silenced checks"),
}


def voice_change(before: Voice, after: Voice) -> str:
    """Say what changed ("added 2 facts, changed how we talk"); "" when nothing did."""
    said = []
    for part, (one, many) in _LISTED.items():
        old, new = _lines(before, part), _lines(after, part)
        added, removed = list((new - old).elements()), list((old - new).elements())
        swapped = min(len(added), len(removed))
        counts = {
            "added": len(added) - swapped,
            "changed": swapped,
            "removed": len(removed) - swapped,
        }
        said += [f"{verb} {n} {one if n == 1 else many}" for verb, n in counts.items() if n]
    if (checked := _newly_checked(before.facts, after.facts)) > 0:
        said.append(f"checked {checked} {'fact' if checked == 1 else 'facts'}")
    said += [
        f"changed {words}"
        for part, words in _WHOLE.items()
        if getattr(before, part) != getattr(after, part)
    ]
    if not said and replace(before, version=0) != replace(after, version=0):
        said.append("put it in another order")
    return ", ".join(said)


def merge_voices(base: Voice, newest: Voice, mine: Voice) -> tuple[Voice, tuple[str, ...]]:
    """Bring two members' changes of one voice together, line by line where it has lines.

    Args:
        base: the version that both began with.
        newest: what is stored now, by somebody else; the merged voice bears its version.
        mine: what this member wrote.

    Returns:
        The merged voice, and the names of the parts that both changed
        differently: there mine stands, and a person should look.
    """
    merged: dict[str, Any] = {}
    both = []
    for part in _WHOLE:
        old, theirs, ours = (getattr(voice, part) for voice in (base, newest, mine))
        merged[part] = theirs if ours == old else ours
        if ours not in (old, theirs) and theirs != old:
            both.append(part)
    for part in _LISTED:
        old, theirs, ours = (getattr(voice, part) for voice in (base, newest, mine))
        merged[part], differs = _merge_lines(old, theirs, ours, _key_of(part))
        if differs:
            both.append(part)
    return replace(newest, **merged), tuple(both)


def _merge_lines(
    old: Sequence[Any], theirs: Sequence[Any], ours: Sequence[Any], key: Callable[[Any], object]
) -> tuple[tuple[Any, ...], bool]:
    if tuple(ours) == tuple(old):
        return tuple(theirs), False
    keys = [{key(each) for each in some} for some in (old, theirs, ours)]
    before, have, mine = keys
    gone = before - have
    newest = {key(each): each for each in theirs}
    untouched = {key(each): each for each in old}
    kept = [
        newest.get(key(each), each) if each == untouched.get(key(each)) else each
        for each in ours
        if key(each) not in gone
    ]
    kept += [each for each in theirs if key(each) not in before | mine]
    differs = bool(gone & (before - mine)) and bool(have - before - mine) and bool(mine - before)
    return tuple(kept), differs


def _key_of(part: str) -> Callable[[Any], object]:
    # A fact that was checked again is the same fact.
    return (lambda fact: fact.line) if part == "facts" else (lambda each: each)


def _lines(voice: Voice, part: str) -> Counter[object]:
    key = _key_of(part)
    return Counter(key(each) for each in getattr(voice, part))


def _newly_checked(before: Sequence[Fact], after: Sequence[Fact]) -> int:
    dates = {fact.line: fact.checked_on for fact in before}
    return sum(fact.line in dates and dates[fact.line] != fact.checked_on for fact in after)
