"""Checks about people: a name or handle that is wrong, and what is private."""

import tomllib
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import patterns as re
from domain import Check, CheckLevel, Person
from replies.checks.private import WAYS_TO_REACH, private_in
from replies.text.wording import own_words, plain

_HANDLE = re.compile(r"(?<![\w@/.])@(\w{1,20})")
_NAME = r"[A-Z][^\W\d_]+(?:[-'][A-Z]?[^\W\d_]+)?"
#: Words before which a name is somebody spoken to, not somebody spoken of.
_CALLING = (
    r"(?:hi|hey|hello|hiya|heya|howdy|dear|(?:good )?(?:morning|afternoon|evening)|thanks|thank you|"
    r"many thanks|thanks (?:so|very) much|thank you so much|cheers|ta|sorry|so sorry|welcome|welcome back|"
    r"congrats|congratulations|happy birthday|well done|good luck|nice one|oh|ah|aw|aww|yes|no|"
    r"good (?:point|question)|noted|agreed|sure|right|fair enough|you're welcome)"
)
_CALLED = re.compile(
    rf"(?:\A|[.!?…]\s+)(?i:{_CALLING})(?:,? (?i:there|again))?,? (?P<first>{_NAME})(?: [A-Z]\.?)?(?=\s*(?:[,!.?:;–—]|-\s|\Z))"
    rf"|,\s(?P<last>{_NAME})(?=\s*(?:[!?]|\.?\s*\Z|\.\s))"
    rf"|\A(?P<start>{_NAME}),\s(?=[a-z])"
)
_WORDS: dict[str, Any] = tomllib.loads(Path(__file__).with_name("names.toml").read_text("utf-8"))
_NOT_NAMES = frozenset(_WORDS["not_names"].split())
_FORMS = tuple(frozenset(row.split()) for row in _WORDS["forms"])
_FIRST_NAMES = frozenset(_WORDS["first_names"].split()).union(*_FORMS)
#: "Her number is …" is not ours to give, whoever asks for it.
_OF_SOMEBODY = re.compile(
    r"\b(?:(?i:her|his|their|your)|[A-Z]\w+'s)\b[^.!?\n]{0,12}\b(?:number|phone|mobile|cell|e-?mail|address)\b"
    r"|\b(?i:ring|call|text|reach|email) (?:her|him|them)\b"
)
_MOST_TYPOS = 2
_LEAST_HANDLE = 5


def name_checks(
    text: str, *, post_text: str, author: Person | None, account_handle: str
) -> Iterator[Check]:
    """Yield a check where a reply calls somebody by a name or handle that is not theirs.

    Args:
        text: the reply, with or without the handles it starts with.
        post_text: the post it answers; names and handles in it may be used.
        author: who wrote the post; None judges no names.
        account_handle: our own handle, without the @.
    """
    yield from _wrong_handles(text, post_text, author, account_handle)
    called = list(_CALLED.finditer(own_words(text)))
    if author is None or not called:
        return
    theirs = _names_of(author) | {_folded(word) for word in re.findall(r"[^\W\d_]+", post_text)}
    for match in called:
        name = match["first"] or match["last"] or match["start"]
        if _folded(name) in _NOT_NAMES or _is_called(name, theirs, author.handle):
            continue
        # "We're in Leeds, Yorkshire." calls nobody: only a name that people bear does.
        if match["first"] is None and _folded(name) not in _FIRST_NAMES:
            continue
        why = f"Calls the person “{name}”; they go by “{author.name or '@' + author.handle}”."
        yield Check("wrong-name", CheckLevel.MIND, why)
        return


def private_checks(
    judged: str, known: Sequence[str] = (), *, reachable: bool = False
) -> Iterator[Check]:
    """Yield a check where a reply holds an e-mail address, a phone or an order number.

    It never repeats the whole of it. What `known` texts hold, the voice's facts, is no secret,
    nor how to reach us for whoever asked, which `reachable` says.
    """
    public = re.sub(r"\s", "", plain(" ".join(known))).casefold()
    for what, found in private_in(plain(judged)):
        if reachable and what in WAYS_TO_REACH and _OF_SOMEBODY.search(judged) is None:
            continue
        if re.sub(r"\s", "", found).casefold() not in public:
            why = f"Holds {what} for all to read: “{_masked(found)}”."
            yield Check("private", CheckLevel.MIND, why)
            return


def _wrong_handles(
    text: str, post_text: str, author: Person | None, account_handle: str
) -> Iterator[Check]:
    ours = account_handle.casefold()
    own = {handle.casefold() for handle in _HANDLE.findall(own_words(text))}
    if ours and ours in own:
        yield Check("own-handle", CheckLevel.MIND, f"Names our own handle: “@{account_handle}”.")
    near = [*_HANDLE.findall(post_text[:2000]), account_handle, author.handle if author else ""]
    known = {handle.casefold(): handle for handle in near if handle}
    for handle in _HANDLE.findall(plain(text)):
        if handle.casefold() in known:
            continue
        for folded, meant in known.items():
            if len(folded) >= _LEAST_HANDLE and _differs_little(handle.casefold(), folded):
                why = f"Writes “@{handle}”; “@{meant}” is meant, it seems."
                yield Check("wrong-handle", CheckLevel.MIND, why)
                return


def _differs_little(one: str, other: str) -> bool:
    """Tell whether one or two typing errors lie between two handles."""
    if abs(len(one) - len(other)) > _MOST_TYPOS:
        return False
    above = list(range(len(other) + 1))
    for row, left in enumerate(one, start=1):
        line = [row]
        for column, right in enumerate(other, start=1):
            change = above[column - 1] + (left != right)
            line.append(min(change, above[column] + 1, line[-1] + 1))
        above = line
    return 0 < above[-1] <= _MOST_TYPOS


def _names_of(author: Person) -> set[str]:
    return {_folded(word) for word in re.findall(r"[^\W\d_]+", plain(author.name))}


def _is_called(name: str, theirs: set[str], handle: str) -> bool:
    called = _folded(name)
    if called in theirs or called in _folded(handle) or _folded(handle).startswith(called[:4]):
        return True
    least = 3
    for word in theirs:
        if len(word) >= least and (called.startswith(word) or word.startswith(called)):
            return True
        if len(word) == 1 and called.startswith(word):
            return True
    forms = {form for row in _FORMS if called in row for form in row}
    return bool(forms & theirs)


def _folded(word: str) -> str:
    if word.isascii():
        return word.lower()
    apart = unicodedata.normalize("NFKD", word.casefold())
    return "".join(char for char in apart if not unicodedata.combining(char))


def _masked(found: str) -> str:
    """Return enough to find the words in the reply, and no more."""
    seen = found.strip()
    if "@" in seen:
        return f"{seen[0]}…@{seen.rpartition('@')[2][:1]}…"
    return f"…{seen[-2:]}" if len(seen) > len("…") + 2 else "…"
