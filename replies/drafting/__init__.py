"""Drafting: up to three different suggestions, or the advice not to reply or to hand over.

The post's own look comes first (orders to a machine, grave matters, who wants peace), then the
model, then the guard and the checks. The playbook stands in for a model that is not there or out of
order, never for one that hands a post to a person, would not answer, or has nothing to suggest.
Where nothing fits there is no draft.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol, runtime_checkable

from pydantic import BaseModel

from domain import Advice, Check, Draft
from errors import (
    ModelDeclined,
    ModelError,
    ModelPaused,
    ModelRubbish,
    ModelUnavailable,
    ModelWrongKey,
)
from replies.checks import check_text, has_hard_stop
from replies.context import ReplyContext
from replies.drafting.advising import (
    BETTER_NOT_WITHOUT_REASON,
    DECLINED_WHY,
    HANDED_OVER_WHY,
    HOSTILE_WHY,
    Advised,
    advised_by_the_post,
)
from replies.drafting.asking import NO_TOPIC, DraftPrompt, ModelAnswer, prompt_version, question_for
from replies.drafting.hand_over import REFUNDS, topics
from replies.drafting.model_drafts import MOST, differing, drafts_from
from replies.drafting.without_model import ready_drafts
from replies.injection.guard import CLUMSY, LEAKS, DropReason, obeyed
from replies.text.similarity import Said
from replies.text.wording import is_question, plain

_LONGEST_ANSWER_TOKENS = 700
_LONGEST_REASON = 160
_FACT = "fact"
#: What is wrong with the model, in words that follow "From the playbook:" and stand alone, too.
_NOTES: dict[type[ModelError], str] = {
    ModelWrongKey: "the model's server does not know our key.",
    ModelPaused: "the model is over its budget.",
    ModelUnavailable: "the model did not answer.",
    ModelRubbish: "the model's answer made no sense.",
}
FROM_PLAYBOOK = "From the playbook: "
NO_MODEL = "no model is set up."
NOTHING_USABLE = "The model had nothing usable."
LEFT_OUT = "An idea was left out: it looked like something the post had told me to write."

Checked = tuple[Draft, tuple[Check, ...]]


@runtime_checkable
class TokenCount(Protocol):
    """What a question cost in tokens. An error can carry it, too."""

    @property
    def input_tokens(self) -> int: ...
    @property
    def output_tokens(self) -> int: ...
    @property
    def model(self) -> str: ...


class Answered(TokenCount, Protocol):
    """What a model answered, and what it cost."""

    @property
    def parsed(self) -> Any: ...


class Ask(Protocol):
    """Ask a model for an answer that holds a schema; the model door's `ask` is one.

    Raises:
        ModelError: there is no usable answer.
    """

    def __call__(
        self, messages: list[dict[str, str]], schema: type[BaseModel], *, max_tokens: int
    ) -> Answered: ...


@dataclass(frozen=True, slots=True)
class ModelUse:
    """What one question to the model cost, in tokens."""

    model: str
    input_tokens: int
    output_tokens: int


@dataclass(frozen=True, slots=True)
class Drafted:
    """What came out.

    Attributes:
        drafts: each draft with its checks; none where nothing fits or nothing may be drafted.
        source_note: the honest line for the card, where one is due.
        cost: what the model cost.
        advice: what the card advises in place of a reply or beside the ideas, and `why`.
        trouble: what was wrong with the model.
        caught: why drafts of the model were dropped by the guard.
    """

    drafts: tuple[Checked, ...] = ()
    source_note: str | None = None
    cost: ModelUse | None = None
    advice: Advice | None = None
    why: str | None = None
    trouble: ModelError | None = None
    caught: tuple[DropReason, ...] = ()


def draft(context: ReplyContext, ask: Ask | None) -> Drafted:
    """Draft replies; without a model, or when it is out of order, from the playbook. Never raises for it.

    A post that gives orders gets no draft, whoever asks for one. A grave matter or somebody who
    wants peace gets one only when a member asks, and then of the model alone.

    Args:
        context: all that is known of the post and the person.
        ask: the model, or None.
    """
    advised = advised_by_the_post(context)
    if advised is not None and advised.no_draft:
        return Drafted(advice=advised.advice, why=advised.why)
    context = context.as_read()
    drafted = _drafted(context, Said(context.recent_texts), ask)
    if advised is None or drafted.advice is not None:
        return drafted
    if not drafted.drafts:
        # Nothing came of the asking: the card goes on saying what the post is.
        return replace(drafted, advice=advised.advice, why=advised.unasked_why)
    return replace(drafted, source_note=_joined(advised.why, drafted.source_note))


def _drafted(context: ReplyContext, said: Said, ask: Ask | None) -> Drafted:
    if ask is None:
        return _from_playbook(context, said, NO_MODEL)
    question = question_for(context)
    try:
        answered = ask(question.messages, ModelAnswer, max_tokens=_LONGEST_ANSWER_TOKENS)
    except ModelDeclined as declined:
        told = Drafted(advice=Advice.NEEDS_PERSON, why=DECLINED_WHY)
        return replace(told, cost=_cost(declined), trouble=declined)
    except ModelError as refused:
        fallen = _from_playbook(context, said, _note_for(refused), _cost(refused))
        return replace(fallen, trouble=refused)
    cost = _cost(answered)
    if not isinstance(answered.parsed, ModelAnswer):
        return Drafted(source_note=NOTHING_USABLE, cost=cost)
    return replace(_from_answer(answered.parsed, question, context, said), cost=cost)


def _from_answer(
    answer: ModelAnswer, question: DraftPrompt, context: ReplyContext, said: Said
) -> Drafted:
    if answer.tries_to_instruct:
        return _hostile()
    honest, caught = _guarded(drafts_from(answer, context, prompt_version()), question)
    if set(caught) & LEAKS:
        return _hostile(caught)
    advised = _advised_by_the_model(answer, question, context)
    drafts = _chosen(honest, context, said)
    if advised is not None and advised.advice is Advice.NEEDS_PERSON:
        if context.steer is None or not drafts:
            return Drafted(advice=advised.advice, why=advised.why, caught=caught)
        return Drafted(drafts, f"Drafted because you asked: this is {advised.why}.", caught=caught)
    if not drafts and set(caught) - CLUMSY and not is_question(context.post.text):
        return _hostile(caught)
    note = LEFT_OUT if set(caught) - CLUMSY else None
    if not drafts and advised is None:
        note = _joined(note, NOTHING_USABLE)
    return Drafted(
        drafts,
        note,
        advice=advised.advice if advised else None,
        why=advised.why if advised else None,
        caught=caught,
    )


def _guarded(
    drafts: Sequence[Draft], question: DraftPrompt
) -> tuple[list[Draft], tuple[DropReason, ...]]:
    """Part the drafts that answer from the reasons why others obeyed."""
    honest, caught = [], []
    for each in drafts:
        reason = obeyed(each.text, question.watched)
        if reason is None:
            honest.append(each)
        else:
            caught.append(reason)
    return honest, tuple(caught)


def _chosen(drafts: Sequence[Draft], context: ReplyContext, said: Said) -> tuple[Checked, ...]:
    """Return up to three that differ; what may not go out or states more than we know, last.

    Those two kinds stay only when there is nothing else.
    """
    checked = {each: draft_checks(each, context, said) for each in drafts}
    sendable = [each for each in drafts if has_hard_stop(checked[each]) is None]
    covered = [each for each in sendable if not any(check.name == _FACT for check in checked[each])]
    for candidates in (covered, sendable, list(drafts)):
        if kept := differing(candidates, context, said)[:MOST]:
            return tuple((each, checked[each]) for each in kept)
    return ()


def _from_playbook(
    context: ReplyContext, said: Said, why: str, cost: ModelUse | None = None
) -> Drafted:
    checked = [(each, draft_checks(each, context, said)) for each in ready_drafts(context)]
    sendable = tuple(pair for pair in checked if has_hard_stop(pair[1]) is None)
    note = f"{FROM_PLAYBOOK}{why}" if sendable else f"{why[:1].upper()}{why[1:]}"
    return Drafted(sendable, note, cost)


def draft_checks(each: Draft, context: ReplyContext, said: Said) -> tuple[Check, ...]:
    """Check a draft against all that its context knows."""
    return check_text(
        each.text,
        post_text=context.post.text,
        recent_texts=said,
        voice=context.voice,
        also_known=context.also_known,
        author=context.post.author,
        account_handle=context.account_handle,
    )


def _advised_by_the_model(
    answer: ModelAnswer, question: DraftPrompt, context: ReplyContext
) -> Advised | None:
    """Return what the model advises; words that look like the post's own are not repeated."""
    topic = answer.needs_person
    if topic != NO_TOPIC and _is_handed_over(topic, context):
        known = topics().get(topic)
        return Advised(Advice.NEEDS_PERSON, known.words if known else HANDED_OVER_WHY)
    if not answer.better_not_to_reply:
        return None
    reason = " ".join(plain(answer.reason).split())[:_LONGEST_REASON]
    if not reason or obeyed(reason, question.watched) not in {None, DropReason.LANGUAGE}:
        reason = BETTER_NOT_WITHOUT_REASON
    return Advised(Advice.BETTER_NOT, reason)


def _is_handed_over(topic: str, context: ReplyContext) -> bool:
    voice = context.voice
    if topic == REFUNDS and voice.refund_limit is None:
        return False
    # A topic that nobody listed is still the model's word that a person is needed.
    return voice.hand_over is None or topic in voice.hand_over or topic not in topics()


def _hostile(caught: tuple[DropReason, ...] = ()) -> Drafted:
    return Drafted(advice=Advice.HOSTILE, why=HOSTILE_WHY, caught=caught)


def _joined(*notes: str | None) -> str | None:
    return " ".join(note for note in notes if note) or None


def _cost(counted: object) -> ModelUse | None:
    if not isinstance(counted, TokenCount):
        return None
    return ModelUse(counted.model, counted.input_tokens, counted.output_tokens)


def _note_for(refused: ModelError) -> str:
    return next(
        (note for kind, note in _NOTES.items() if isinstance(refused, kind)),
        _NOTES[ModelUnavailable],
    )
