"""Drafts without a model, in three cases only: everything else is left to a person.

A question that a fact answers whole, a thanks with nothing else in it, and what the team approved
before for the very same words. A post of which one word is not accounted for gets nothing: small
talk below a cry for help is the worst that could stand there, and it looks like this.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from zlib import crc32

from domain import Draft, Move, PlaybookAnswer, Source
from replies.checks import check_text
from replies.checks.measures import find_handles, find_links
from replies.context import ReplyContext
from replies.intents import intent_of
from replies.learning import apply_rules
from replies.playbook.accounting import (
    accounts_for,
    bare_text,
    bare_words,
    is_plain_thanks,
    matter_of,
    question_in,
    same_matter,
)
from replies.playbook.gaps import fill_gaps, for_this_person, stated_in, states_fact
from replies.playbook.languages import ENGLISH, foreign_hours, foreign_thanks, language_of
from replies.playbook.occasions import THANKS, answers_for, default_playbook
from replies.text.similarity import Said
from replies.text.wording import own_words, sameness, words

MOST = 3
#: A reply approved before serves for a post with this many words of its post, and no other matter.
_ENOUGH_WORDS = 3


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A ready answer for this post; `stays_true` tells that it may be said to the next person, too."""

    text: str
    source: Source
    states_fact: bool = False
    stays_true: bool = False
    words_of: frozenset[str] | None = frozenset()

    def draft(self) -> Draft:
        move = intent_of(self.text, states_fact=self.states_fact)
        return Draft(self.text, self.source, move, words_of=self.words_of)


def playbook_drafts(context: ReplyContext) -> list[Draft]:
    """Return up to three drafts that do different things; mostly none.

    None repeats what was shown for this post or, but for facts and thanks, nearly what was sent
    lately. None holds a link, a handle or anything else of the post but words from closed lists.
    """
    shown = {sameness(text) for text in context.earlier_texts}
    said = Said(context.recent_texts)
    fresh: dict[Move, Draft] = {}
    again: dict[Move, Draft] = {}
    for candidate in _candidates(context):
        draft = candidate.draft()
        if sameness(draft.text) in shown:
            continue
        if said.nearest(draft.text) is None:
            fresh.setdefault(Move(draft.move), draft)
        elif candidate.stays_true:
            again.setdefault(Move(draft.move), draft)
    return list((fresh or again).values())[:MOST]


def _candidates(context: ReplyContext) -> Iterator[_Candidate]:
    yield from _approved_before(context)
    post, language = context.post, language_of(context.post)
    if is_plain_thanks(post, language, context.account_handle):
        yield from _thanks(context, language)
    elif language == ENGLISH:
        yield from _facts(context)
    else:
        text = bare_words(post, context.account_handle) or ""
        for told in foreign_hours(text, language, context.voice.facts):
            yield _Candidate(told, Source.PLAYBOOK, states_fact=True, stays_true=True)


def _thanks(context: ReplyContext, language: str) -> Iterator[_Candidate]:
    """Yield what answers a plain thanks, the team's own first."""
    if language != ENGLISH:
        for text in foreign_thanks(language):
            yield _Candidate(text, Source.PLAYBOOK, stays_true=True)
        return
    for answers in (context.playbook, default_playbook()):
        named = [answer for answer in answers if answer.occasion.casefold() == THANKS]
        for answer in _in_turn(named, context):
            if ready := _filled(answer, context):
                yield _Candidate(ready, Source.PLAYBOOK, stays_true=True, words_of=answer.by)


def _facts(context: ReplyContext) -> Iterator[_Candidate]:
    """Yield the answers that account for all of a question, the team's own alone where it has one."""
    question = question_in(context.post, context.account_handle)
    if question is None:
        return
    matter = matter_of(question)
    own = _accounting(_in_turn(context.playbook, context), matter, context)
    if found := list(own):
        yield from found
        return
    # Ours would say anything about any fact: they have to be for such a question, too.
    ours = _in_turn(answers_for(question, default_playbook()), context)
    for fact in context.voice.facts:
        alone = replace(context, voice=replace(context.voice, facts=(fact,)))
        if found := list(_accounting(ours, matter, alone)):
            yield from found
            return


def _accounting(
    answers: Sequence[PlaybookAnswer], matter: frozenset[str], context: ReplyContext
) -> Iterator[_Candidate]:
    for answer in answers:
        if _answers(answer, matter, context) and (text := _filled(answer, context)):
            yield _Candidate(
                text, Source.PLAYBOOK, states_fact=True, stays_true=True, words_of=answer.by
            )


def _answers(answer: PlaybookAnswer, matter: frozenset[str], context: ReplyContext) -> bool:
    """Tell whether an answer is about all that is asked; ours have to state a fact."""
    states = states_fact(answer.text)
    if not states and (answer not in context.playbook or not answer.cues):
        return False
    filled = fill_gaps(answer.text, context)
    if filled is None:
        return False
    # Without a fact in it, a team's answer is about what its occasion is called.
    told = [filled, *(stated_in(answer.text, context) if states else [answer.occasion])]
    return accounts_for(matter, " ".join(told), answer.cues)


def _filled(answer: PlaybookAnswer, context: ReplyContext) -> str | None:
    """Return an answer as it would go out, None when a gap stays open or the checks mind it."""
    filled = fill_gaps(answer.text, context)
    if filled is None:
        return None
    text = apply_rules(filled, context.voice.rules)
    return None if _minded(text, context) else text


def _minded(text: str, context: ReplyContext) -> bool:
    """Tell whether the checks mind a text; whether it was said before is judged elsewhere."""
    return bool(check_text(text, post_text=context.post.text))


def _in_turn(answers: Sequence[PlaybookAnswer], context: ReplyContext) -> list[PlaybookAnswer]:
    """Turn each occasion's answers by the post: a channel full of cards says not the same on each."""
    turned: list[PlaybookAnswer] = []
    for occasion in dict.fromkeys(answer.occasion for answer in answers):
        mine = [answer for answer in answers if answer.occasion == occasion]
        turn = crc32(context.post.id.encode("utf-8", "replace")) % len(mine)
        turned += [*mine[turn:], *mine[:turn]]
    return turned


def _approved_before(context: ReplyContext) -> Iterator[_Candidate]:
    """Yield replies the team approved to the very same question, put into this one's words."""
    mine = bare_words(context.post, context.account_handle)
    if mine is None:
        return
    for their_post, text in context.approved_before:
        theirs = bare_text(their_post, context.account_handle)
        if theirs is None or not same_matter(mine, theirs):
            continue
        if len(set(words(mine)) & set(words(theirs))) < _ENOUGH_WORDS:
            continue
        bare = for_this_person(own_words(text), context.post.author)
        if bare is None or find_links(bare) or find_handles(bare):
            continue
        ruled = apply_rules(bare, context.voice.rules)
        if not _minded(ruled, context):
            whose = context.approved_by.get(text)
            yield _Candidate(ruled, Source.APPROVED_BEFORE, words_of=whose)
