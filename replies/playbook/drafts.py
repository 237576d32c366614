"""Drafts without a model: approved replies to similar posts, then the playbook's answers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from zlib import crc32

from domain import Draft, Move, PlaybookAnswer, Source
from replies.checks import check_text
from replies.checks.measures import find_handles, find_links
from replies.context import ReplyContext
from replies.learning import apply_rules
from replies.moves import move_of, says_sorry
from replies.nearness import Said
from replies.playbook.gaps import fill_gaps, for_this_person, states_fact
from replies.playbook.languages import ENGLISH, foreign_answers, language_of
from replies.playbook.occasions import (
    answers_for,
    asks,
    default_playbook,
    general_answers,
    is_grave,
)
from replies.wording import own_words, sameness, words

MOST = 3
#: A reply approved before serves when the posts share this much of their words.
_ALIKE = 0.5
_ENOUGH_WORDS = 3
_LAUGHING = frozenset({"joke", "a joke"})


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A ready answer for this post; `states_fact` tells that it says what was asked for."""

    text: str
    source: Source
    states_fact: bool = False
    joking: bool = False
    words_of: frozenset[str] | None = frozenset()

    def draft(self) -> Draft:
        move = move_of(self.text, states_fact=self.states_fact, joking=self.joking)
        return Draft(self.text, self.source, move, words_of=self.words_of)


def playbook_drafts(context: ReplyContext) -> list[Draft]:
    """Return one to three drafts that do different things, for any post at all.

    None repeats what was shown for this post or nearly what was sent lately, as long as there
    is another; only a fact that answers the question is said again, since it stays true. None
    holds a link, a handle or anything else of the post but words from closed lists.
    """
    shown = {sameness(text) for text in context.earlier_texts}
    said = Said(context.recent_texts)
    worn: dict[Move, Draft] = {}
    for pile in (_for_the_occasion(context), _for_any_post(context)):
        fresh: dict[Move, Draft] = {}
        again: dict[Move, Draft] = {}
        for candidate in _answering_first(pile):
            draft = candidate.draft()
            move = Move(draft.move)
            if sameness(draft.text) in shown:
                worn.setdefault(move, draft)
            elif said.nearest(draft.text) is not None:
                (again if candidate.states_fact else worn).setdefault(move, draft)
            else:
                fresh.setdefault(move, draft)
        if chosen := fresh if Move.ANSWER in fresh else {**again, **fresh}:
            return list(chosen.values())[:MOST]
    return list(worn.values())[:MOST]


def _answering_first(pile: Iterator[_Candidate]) -> list[_Candidate]:
    """Let what answers the question stand alone: beside it "I'd have to check" is wrong."""
    candidates = list(pile)
    answering = [
        each for each in candidates if each.states_fact or each.source is Source.APPROVED_BEFORE
    ]
    return answering if any(each.states_fact for each in answering) else candidates


def _for_the_occasion(context: ReplyContext) -> Iterator[_Candidate]:
    post = context.post
    yield from _approved_before(context)
    if (language := language_of(post)) != ENGLISH:
        for text, states in foreign_answers(post, language, context.voice.facts):
            yield _Candidate(text, Source.PLAYBOOK, states_fact=states)
        return
    grave = is_grave(post.text)
    own = list(_sendable(answers_for(post.text, context.playbook), context))
    ours = list(_sendable(answers_for(post.text, default_playbook()), context))
    if grave:
        # A team's cues are rough ("dog" in "my dog died"): only what says sorry fits.
        yield from ours
        yield from (each for each in own if says_sorry(each.text))
        return
    yield from own
    # The team's answer to a question needs none of ours that say we would have to check.
    if not (own and asks(post.text)):
        yield from ours


def _for_any_post(context: ReplyContext) -> Iterator[_Candidate]:
    if language_of(context.post) == ENGLISH:
        yield from _sendable(general_answers(asks=asks(context.post.text)), context)
        yield from _sendable(general_answers(asks=True), context)


def _sendable(answers: Sequence[PlaybookAnswer], context: ReplyContext) -> Iterator[_Candidate]:
    """Yield the answers whose gaps can be filled, those that state a fact first.

    Answers of one occasion take turns from post to post, so that a channel full of cards
    does not say the same on each.
    """
    for answer in sorted(_in_turn(answers, context), key=lambda each: not states_fact(each.text)):
        filled = fill_gaps(answer.text, context)
        if filled is None or (states_fact(answer.text) and not asks(context.post.text)):
            continue
        text = apply_rules(filled, context.voice.rules)
        if not _minded(text, context):
            yield _Candidate(
                text,
                Source.PLAYBOOK,
                states_fact=states_fact(answer.text),
                joking=answer.occasion in _LAUGHING,
                words_of=answer.by,
            )


def _minded(text: str, context: ReplyContext) -> bool:
    """Tell whether the checks mind a text; whether it was said before is judged elsewhere."""
    return bool(check_text(text, post_text=context.post.text))


def _in_turn(answers: Sequence[PlaybookAnswer], context: ReplyContext) -> list[PlaybookAnswer]:
    """Turn each occasion's answers by the post, and let the occasions speak one after another."""
    piles = []
    for occasion in dict.fromkeys(answer.occasion for answer in answers):
        mine = [answer for answer in answers if answer.occasion == occasion]
        turn = crc32(context.post.id.encode("utf-8", "replace")) % len(mine)
        piles.append([*mine[turn:], *mine[:turn]])
    rounds = zip_longest(*piles)
    return [answer for each in rounds for answer in each if answer is not None]


def _approved_before(context: ReplyContext) -> Iterator[_Candidate]:
    """Yield replies the team approved to posts much like this one, put into this one's words."""
    mine = set(words(context.post.text))
    for their_post, text in context.approved_before:
        theirs = set(words(their_post))
        alike = len(mine & theirs) / max(len(mine | theirs), 1)
        if len(mine & theirs) < _ENOUGH_WORDS or alike < _ALIKE:
            continue
        bare = for_this_person(own_words(text), context.post.author)
        if bare is None or find_links(bare) or find_handles(bare):
            continue
        ruled = apply_rules(bare, context.voice.rules)
        if not _minded(ruled, context):
            whose = context.approved_by.get(text)
            yield _Candidate(ruled, Source.APPROVED_BEFORE, words_of=whose)
