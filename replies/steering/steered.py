"""One suggestion, changed as a member wishes: by the model where there is one, else by rules."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from domain import Advice, Check, Draft, Source, Suggestion
from errors import ModelDeclined, ModelError
from replies.authorship import all_of, asked_words, credited
from replies.context import ReplyContext
from replies.drafting import (
    FROM_PLAYBOOK,
    NOTHING_USABLE,
    Ask,
    Drafted,
    ModelUse,
    draft,
    draft_checks,
)
from replies.drafting.without_model import ready_drafts
from replies.intents import intent_of
from replies.playbook.gaps import first_name
from replies.steering.reshaping import reshape, said_sentence
from replies.steering.understanding import SteeringWish, Wish
from replies.text.similarity import Said
from replies.text.wording import sameness


@dataclass(frozen=True, slots=True)
class Steered:
    """What came out.

    Attributes:
        draft: the new text, None when there is none.
        checks: what the checks say of it.
        beyond: what rules alone could not do, in the words for people.
        same: the text came out as it was.
        hostile: the post gives orders, so nothing is drafted for it.
        withheld: why the model leaves the post to a person; nothing stands in for that.
        no_text: there is no text to change, and no ready answer to begin with.
        by_rules: why no model did it: there is none, or what was wrong with it.
        cost, trouble: of the model.
    """

    draft: Draft | None = None
    checks: tuple[Check, ...] = ()
    beyond: tuple[str, ...] = ()
    same: bool = False
    hostile: bool = False
    withheld: str | None = None
    no_text: bool = False
    by_rules: str | None = None
    cost: ModelUse | None = None
    trouble: ModelError | None = None


def steer(
    context: ReplyContext,
    asked: SteeringWish,
    base: Suggestion | None,
    ask: Ask | None,
) -> Steered:
    """Change a suggestion, or find another one; never raises for a model's failure.

    Args:
        context: all that is known; `earlier_texts` holds what was shown before.
        asked: what the member wants.
        base: the suggestion that is changed, None when the card has none.
        ask: the model, or None.
    """
    said = tuple(said_sentence(about) for wish, about in asked.wishes if wish is Wish.SAY)
    context = replace(context.as_read(), team_said=(*said, asked.words))
    if ask is None:
        return _by_rules(context, asked, base)
    drafted = draft(_for_the_model(context, asked, base), ask)
    told = Steered(cost=drafted.cost, trouble=drafted.trouble)
    if drafted.advice is Advice.HOSTILE:
        return replace(told, hostile=True)
    if drafted.drafts and drafted.drafts[0][0].source is Source.MODEL:
        text, checks = drafted.drafts[0]
        kept = frozenset[str]() if _anew(asked, base) or base is None else base.words_of
        whose = all_of(text.words_of, kept, asked_words(context, asked.words))
        text = replace(text, words_of=whose)
        same = base is not None and sameness(text.text) == sameness(base.text)
        return replace(told, draft=credited(text, context), checks=checks, same=same)
    declined = drafted.trouble is None or isinstance(drafted.trouble, ModelDeclined)
    if drafted.advice is not None and declined:
        return replace(told, withheld=drafted.why or "")
    fallen = _by_rules(context, asked, base, drafted)
    return replace(fallen, cost=drafted.cost, trouble=drafted.trouble)


def _for_the_model(
    context: ReplyContext, asked: SteeringWish, base: Suggestion | None
) -> ReplyContext:
    anew = _anew(asked, base)
    return replace(
        context,
        steer=asked.words,
        steered="" if anew or base is None else base.text,
        # What is changed stays near to what was shown.
        earlier_texts=context.earlier_texts if anew else (),
        other_language=asked.about(Wish.LANGUAGE) is not None or _unknown_wish(asked),
    )


def _anew(asked: SteeringWish, base: Suggestion | None) -> bool:
    """Tell whether nothing of the suggestion before is kept."""
    return base is None or asked.about(Wish.ANOTHER) is not None


def _unknown_wish(asked: SteeringWish) -> bool:
    """Tell whether only the model understands the wish: it may be about the language, too."""
    return any(wish is Wish.OTHER for wish, _ in asked.wishes)


def _what_was_wrong(drafted: Drafted) -> str:
    return (drafted.source_note or NOTHING_USABLE).removeprefix(FROM_PLAYBOOK)


def _by_rules(
    context: ReplyContext,
    asked: SteeringWish,
    base: Suggestion | None,
    drafted: Drafted | None = None,
) -> Steered:
    """Change the text by rules; ready answers stand in for a model only where it is out of order."""
    asking = replace(context, steer=asked.words)
    if draft(asking, None).advice is Advice.HOSTILE:
        return Steered(hostile=True)
    without = None if drafted is None else _what_was_wrong(drafted)
    others = ready_drafts(asking) if drafted is None or drafted.trouble is not None else []
    start = base.text if base else next((each.text for each in others), "")
    name = first_name(context.post.author) or ""
    made = reshape(start, asked, first_name=name, others=_others(others, start if base else ""))
    text = made.text or (start if base is None and not made.cannot and start else None)
    if text is None and not start:
        return Steered(no_text=True, by_rules=without)
    if text is None:
        return Steered(beyond=made.cannot, same=not made.cannot, by_rules=without)
    new = _as_draft(text, asked, base, others)
    if new not in others:
        started = _started_from(asked, base, others)
        new = replace(new, words_of=all_of(started, asked_words(context, asked.words)))
    new = credited(new, context)
    checks = draft_checks(new, context, Said(context.recent_texts))
    return Steered(new, checks, made.cannot, by_rules=without)


def _started_from(
    asked: SteeringWish, base: Suggestion | None, others: Sequence[Draft]
) -> frozenset[str] | None:
    """Return whose words the text held before it was changed."""
    if base is not None and not _anew(asked, base):
        return base.words_of
    return all_of(*(each.words_of for each in others))


def _others(drafts: Sequence[Draft], base: str) -> list[str]:
    return [each.text for each in drafts if sameness(each.text) != sameness(base)]


def _as_draft(
    text: str, asked: SteeringWish, base: Suggestion | None, others: Sequence[Draft]
) -> Draft:
    """Say whose words these are: a sentence that a member dictated makes them the member's."""
    found = next((each for each in others if each.text == text), None)
    if found is not None:
        return found
    if asked.about(Wish.SAY) is not None:
        source = Source.MEMBER
    else:
        source = base.source if base else Source.PLAYBOOK
    return Draft(text, source, intent_of(text).value)
