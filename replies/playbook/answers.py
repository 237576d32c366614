"""What may be wrong with an answer that somebody writes into the playbook."""

from collections.abc import Sequence

import patterns as re
from domain import Check, PlaybookAnswer, Voice
from replies.checks import check_text
from replies.playbook.gaps import gap_name
from replies.playbook.occasions import default_playbook

#: Gaps that are filled from the post, and {fact}: the fact of the voice that fits a question.
_ALWAYS = {"name": "Sam", "day": "Sunday", "thing": "coffee"}
_FACT = "fact"
_BRACES = re.compile(r"\{[^{}]*\}?|\}")


def fillable_gaps(voice: Voice) -> tuple[str, ...]:
    """Return the names of the gaps that can be filled, those of named facts last."""
    named = (gap_name(fact.name) for fact in voice.facts if fact.name)
    return tuple(dict.fromkeys([*_ALWAYS, _FACT, *named]))


def unknown_gaps(texts: Sequence[str], voice: Voice) -> list[str]:
    """Return what looks like a gap in any of the answers and cannot be filled."""
    known = {f"{{{gap}}}" for gap in fillable_gaps(voice)}
    found = (braces for text in texts for braces in _BRACES.findall(text))
    return list(dict.fromkeys(braces for braces in found if braces not in known))


def answer_checks(text: str, *, cues: Sequence[str], voice: Voice) -> tuple[Check, ...]:
    """Return what the checks mind about an answer as it would go out.

    Its gaps are filled with what could stand there, and the post is one that asks for the
    occasion: a price is fine where people ask for it.
    """
    asked = f"{', '.join(cues)}?"
    return check_text(_filled(text, voice), post_text=asked, voice=voice)


def with_occasion(
    playbook: Sequence[PlaybookAnswer], before: str, answers: Sequence[PlaybookAnswer]
) -> tuple[PlaybookAnswer, ...]:
    """Put an occasion's answers where its former ones stood; a new occasion goes last."""
    place = next(
        (number for number, each in enumerate(playbook) if each.occasion == before), len(playbook)
    )
    head = [each for each in playbook[:place] if each.occasion != before]
    tail = [each for each in playbook[place:] if each.occasion != before]
    return (*head, *answers, *tail)


def default_left(playbook: Sequence[PlaybookAnswer]) -> list[PlaybookAnswer]:
    """Return what Greenroom comes with, without the occasions that the team made its own."""
    ours = {each.occasion for each in playbook}
    return [each for each in default_playbook() if each.occasion not in ours]


def _filled(text: str, voice: Voice) -> str:
    named = {gap_name(fact.name): fact.text for fact in voice.facts if fact.name}
    fitting = voice.facts[0].text if voice.facts else "Here it is"
    fillings = {**named, _FACT: fitting, **_ALWAYS}

    def fill(gap: re.Match[str]) -> str:
        return fillings.get(gap.group().strip("{}"), gap.group())

    return _BRACES.sub(fill, text)
