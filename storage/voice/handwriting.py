"""Who wrote each line of the voice and each answer of the playbook, from version to version; pure.

A line keeps its authors as long as it stands. Whoever changes one joins those who wrote it before;
whoever brings back what once stood joins those who wrote it then.
"""

import difflib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

from domain import PlaybookAnswer, Voice

#: Each line of a version with the ids of the members who wrote it.
Lines: TypeAlias = Mapping[str, frozenset[str]]
#: A new line this near to one that went is that line, changed.
_CHANGED = 0.5


def lines_of(voice: Voice) -> tuple[str, ...]:
    """Return the lines of a voice that a member wrote and that may come back in a draft.

    Rules that Greenroom found in edits are worded by Greenroom.
    """
    lines = [
        *voice.who.splitlines(),
        *voice.how.splitlines(),
        *(fact.text for fact in voice.facts),
        *voice.use,
        *(rule.text for rule in voice.rules if not rule.trait),
    ]
    return tuple(dict.fromkeys(line.strip() for line in lines if line.strip()))


def lines_with_authors(
    before: Sequence[Lines], lines: Iterable[str], members: frozenset[str]
) -> dict[str, frozenset[str]]:
    """Return a new version's lines with who wrote each; `before` has the versions, oldest first."""
    newest: Lines = before[-1] if before else {}
    wanted = tuple(lines)
    gone = {line: by for line, by in newest.items() if line not in wanted}
    return {
        line: newest[line]
        if line in newest
        else members | _once(before, line) | _changed_from(gone, line)
        for line in wanted
    }


def answers_with_authors(
    before: Sequence[Sequence[PlaybookAnswer]],
    answers: Iterable[PlaybookAnswer],
    member_id: str,
    *,
    nobodys: Collection[str] = (),
) -> tuple[PlaybookAnswer, ...]:
    """Return a new version's answers with who wrote each.

    What took the place of another answer of its occasion is that answer, changed.
    """
    newest = before[-1] if before else ()
    wanted = tuple(answers)
    stand = {(each.occasion, each.text) for each in wanted}
    return tuple(
        replace(each, by=_answer_by(before, newest, stand, each, member_id, nobodys))
        for each in wanted
    )


def _answer_by(
    before: Sequence[Sequence[PlaybookAnswer]],
    newest: Sequence[PlaybookAnswer],
    stand: Collection[tuple[str, str]],
    answer: PlaybookAnswer,
    member_id: str,
    nobodys: Collection[str],
) -> frozenset[str]:
    for each in newest:
        if each.text == answer.text:
            return each.by
    if answer.text in nobodys:
        return frozenset()
    once = [each.by for version in before for each in version if each.text == answer.text]
    replaced = [
        each.by
        for each in newest
        if each.occasion == answer.occasion and (each.occasion, each.text) not in stand
    ]
    return frozenset({member_id}).union(*once, *replaced)


def _once(before: Sequence[Lines], line: str) -> frozenset[str]:
    return frozenset[str]().union(*(version.get(line, frozenset()) for version in before))


def _changed_from(gone: Lines, line: str) -> frozenset[str]:
    """Return who wrote the lines that went and that this one was made of."""
    return frozenset[str]().union(
        *(
            by
            for other, by in gone.items()
            if difflib.SequenceMatcher(None, other.split(), line.split()).ratio() >= _CHANGED
        )
    )
