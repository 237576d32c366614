"""The playbook as a person looks through it: every answer that can be filled, fitting ones first."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain import Draft, PlaybookAnswer, Source
from replies.context import ReplyContext
from replies.drafting.hand_over import goes_to_a_person
from replies.intents import intent_of
from replies.learning import apply_rules
from replies.playbook.answers import default_left
from replies.playbook.gaps import fill_gaps, states_fact
from replies.playbook.occasions import answers_for


@dataclass(frozen=True, slots=True)
class SavedAnswer:
    """One answer, filled for a post: the person's name, the day, the facts.

    `fits` tells that words which call for it stand in the post, and no more.
    """

    occasion: str
    text: str
    fits: bool
    move: str = ""
    words_of: frozenset[str] = frozenset()

    def draft(self) -> Draft:
        """Return it as a draft."""
        return Draft(self.text, Source.PLAYBOOK, self.move, words_of=self.words_of)


def saved_answers(context: ReplyContext) -> tuple[SavedAnswer, ...]:
    """Return the team's answers and ours, those first whose words stand in the post.

    None does so for a post that goes to a person. An answer with a gap that cannot be filled is
    left out.
    """
    ours = default_left(context.playbook)
    grave = goes_to_a_person(context.post.text, context.voice)
    fitting = [
        answer
        for playbook in (context.playbook, ours)
        for answer in ([] if grave else answers_for(context.post.text, playbook))
    ]
    names = {answer.occasion for answer in fitting}
    # Ours begin with the gravest occasion: whoever only looks around wants those last.
    others = [
        answer
        for answer in (*context.playbook, *_last_occasion_first(ours))
        if answer.occasion not in names
    ]
    shown: dict[str, SavedAnswer] = {}
    for answer in (*_filled(fitting, context, fits=True), *_filled(others, context, fits=False)):
        # Two occasions may have the same answer: it is shown where it fits best.
        shown.setdefault(answer.text, answer)
    return tuple(shown.values())


def _last_occasion_first(answers: Sequence[PlaybookAnswer]) -> list[PlaybookAnswer]:
    occasions = dict.fromkeys(answer.occasion for answer in reversed(answers))
    return [answer for name in occasions for answer in answers if answer.occasion == name]


def _filled(
    answers: Sequence[PlaybookAnswer], context: ReplyContext, *, fits: bool
) -> list[SavedAnswer]:
    found = []
    for answer in answers:
        text = fill_gaps(answer.text, context)
        if text is not None:
            ruled = apply_rules(text, context.voice.rules)
            states = states_fact(answer.text)
            move = intent_of(ruled, states_fact=states, joking=False)
            found.append(SavedAnswer(answer.occasion, ruled, fits, move, answer.by))
    return found
