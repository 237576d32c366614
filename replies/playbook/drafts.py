"""Drafts without a model: approved replies to similar posts, then the playbook's answers."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from zlib import crc32

from domain import Draft, PlaybookAnswer, Source
from replies.checks import check_text
from replies.context import ReplyContext
from replies.measures import find_handles, find_links
from replies.playbook.gaps import fill_gaps, first_name
from replies.playbook.languages import ENGLISH, foreign_answers, language_of
from replies.playbook.occasions import (
    answers_for,
    default_playbook,
    general_answers,
    is_grave,
)
from replies.wording import is_question, own_words, sameness, words

MOST = 3
#: A reply approved before serves when the posts share this much of their words.
_ALIKE = 0.5
_ENOUGH_WORDS = 3


def playbook_drafts(context: ReplyContext) -> list[Draft]:
    """Return one to three different drafts, for any post at all.

    None repeats what was shown for this post or sent lately, as long as there is another.
    None holds a link, a handle or anything else of the post but words from closed lists.
    """
    used = {sameness(text) for text in (*context.earlier_texts, *context.recent_texts)}
    fresh: dict[str, Draft] = {}
    worn: dict[str, Draft] = {}
    for draft in _candidates(context):
        same = sameness(draft.text)
        pile = worn if same in used else fresh
        pile.setdefault(same, draft)
        if len(fresh) == MOST:
            break
    return list(fresh.values()) or list(worn.values())[:MOST]


def _candidates(context: ReplyContext) -> Iterator[Draft]:
    post = context.post
    if language_of(post) != ENGLISH:
        yield from _approved_before(context)
        for text in foreign_answers(post):
            yield Draft(text, Source.PLAYBOOK, "in their language")
        return
    yield from _approved_before(context)
    # A team's cues are rough ("dog" in "my dog died"): on grave posts ours go first.
    playbooks = [default_playbook()]
    if context.playbook:
        playbooks.insert(1 if is_grave(post.text) else 0, context.playbook)
    for playbook in playbooks:
        yield from _sendable(answers_for(post.text, playbook), context)
    yield from _sendable(general_answers(asks=is_question(post.text)), context)
    yield from _sendable(general_answers(asks=True), context)


def _sendable(answers: Sequence[PlaybookAnswer], context: ReplyContext) -> Iterator[Draft]:
    """Yield the answers whose gaps can be filled, a fitting fact first.

    Answers of one occasion take turns from post to post, so that a channel full of cards
    does not say the same on each.
    """
    for answer in sorted(_in_turn(answers, context), key=lambda each: "{fact}" not in each.text):
        text = fill_gaps(answer.text, context)
        if text and not check_text(text, post_text=context.post.text):
            yield Draft(text, Source.PLAYBOOK, answer.occasion.replace("_", " "))


def _in_turn(answers: Sequence[PlaybookAnswer], context: ReplyContext) -> list[PlaybookAnswer]:
    """Turn each occasion's answers by the post, and let the occasions speak one after another."""
    piles = []
    for occasion in dict.fromkeys(answer.occasion for answer in answers):
        mine = [answer for answer in answers if answer.occasion == occasion]
        turn = crc32(context.post.id.encode("utf-8", "replace")) % len(mine)
        piles.append([*mine[turn:], *mine[:turn]])
    rounds = zip_longest(*piles)
    return [answer for each in rounds for answer in each if answer is not None]


def _approved_before(context: ReplyContext) -> Iterator[Draft]:
    """Yield replies the team approved to posts much like this one, if they fit anybody."""
    mine = set(words(context.post.text))
    for their_post, text in context.approved_before:
        theirs = set(words(their_post))
        alike = len(mine & theirs) / max(len(mine | theirs), 1)
        if len(mine & theirs) < _ENOUGH_WORDS or alike < _ALIKE:
            continue
        bare = own_words(text)
        personal = find_links(bare) or find_handles(bare) or _names_somebody_else(bare, context)
        if not personal and not check_text(bare, post_text=context.post.text):
            yield Draft(bare, Source.APPROVED_BEFORE, "approved before")


def _names_somebody_else(text: str, context: ReplyContext) -> bool:
    """Tell whether a text may speak to another person by name ("…, Ann.", "Ann, …")."""
    own = first_name(context.post.author)
    for part in (text.split(",", maxsplit=1)[0], text.rstrip(".!? ").rsplit(",", 1)[-1]):
        word = part.strip()
        if "," in text and word.istitle() and word.isalpha() and word != own:
            return True
    return False
