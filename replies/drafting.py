"""Drafting: up to three different suggestions, from the model or else from the playbook."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol, runtime_checkable

from pydantic import BaseModel

from domain import Check, Draft
from errors import ModelError, ModelPaused, ModelRubbish, ModelUnavailable, ModelWrongKey
from replies.asking import ModelAnswer, messages_for, prompt_version
from replies.checks import check_text, has_hard_stop
from replies.context import ReplyContext
from replies.model_drafts import drafts_from
from replies.playbook import playbook_drafts
from replies.playbook.languages import language_of, speaks
from replies.wording import plain

_LONGEST_ANSWER_TOKENS = 700
_LONGEST_REASON = 160
OVER_BUDGET = "From the playbook: the model is over its budget."
_NOTES: dict[type[ModelError], str] = {
    ModelWrongKey: "From the playbook: the model's server does not know our key.",
    ModelPaused: OVER_BUDGET,
    ModelUnavailable: "From the playbook: the model did not answer.",
    ModelRubbish: "From the playbook: the model's answer made no sense.",
}
NO_MODEL = "From the playbook: no model is set up."
NOTHING_USABLE = "From the playbook: the model had nothing usable."
ENGLISH_ONLY = "The playbook does not know this language, so it answers in English."


@runtime_checkable
class Counted(Protocol):
    """What a question cost in tokens. An error can carry it, too."""

    @property
    def input_tokens(self) -> int: ...
    @property
    def output_tokens(self) -> int: ...
    @property
    def model(self) -> str: ...


class Answered(Counted, Protocol):
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
    """What came out: each draft with its checks, the honest note for the card, the cost.

    `better_not` is the reason, when the model would rather not reply; the note says it too.
    """

    drafts: tuple[tuple[Draft, tuple[Check, ...]], ...]
    source_note: str | None
    cost: ModelUse | None = None
    better_not: str | None = None
    trouble: ModelError | None = None


def draft(context: ReplyContext, ask: Ask | None, *, without: str | None = None) -> Drafted:
    """Draft replies; without a model, or when it fails, from the playbook. Never raises for it.

    Args:
        context: all that is known of the post and the person.
        ask: the model, or None.
        without: the honest note for the card when there is a model that may not be asked now.
    """
    if ask is None:
        return _from_playbook(context, without or NO_MODEL)
    try:
        answered = ask(messages_for(context), ModelAnswer, max_tokens=_LONGEST_ANSWER_TOKENS)
    except ModelError as refused:
        fallen = _from_playbook(context, _note_for(refused), _cost(refused))
        return replace(fallen, trouble=refused)
    cost = _cost(answered)
    answer = answered.parsed
    if not isinstance(answer, ModelAnswer):
        return _from_playbook(context, NOTHING_USABLE, cost)
    reason = " ".join(plain(answer.reason).split())[:_LONGEST_REASON]
    better_not = (reason or "it gave no reason") if answer.better_not_to_reply else None
    note = f"Better not to reply, says the model: {better_not}" if better_not else None
    drafts = _checked(drafts_from(answer, context, prompt_version()), context)
    if drafts:
        return Drafted(drafts, note, cost, better_not)
    from_playbook = f"{note} The ideas here are from the playbook." if note else NOTHING_USABLE
    fallen = _from_playbook(context, from_playbook, cost)
    return Drafted(fallen.drafts, fallen.source_note, cost, better_not)


def _from_playbook(context: ReplyContext, note: str, cost: ModelUse | None = None) -> Drafted:
    if not speaks(language_of(context.post)):
        note = f"{note} {ENGLISH_ONLY}"
    return Drafted(_checked(playbook_drafts(context), context), note, cost)


def _checked(
    drafts: Sequence[Draft], context: ReplyContext
) -> tuple[tuple[Draft, tuple[Check, ...]], ...]:
    """Check drafts; those that may not go out stay only when there is nothing else."""
    checked = [
        (
            each,
            check_text(each.text, post_text=context.post.text, recent_texts=context.recent_texts),
        )
        for each in drafts
    ]
    sendable = [pair for pair in checked if has_hard_stop(pair[1]) is None]
    return tuple(sendable or checked)


def _cost(counted: object) -> ModelUse | None:
    if not isinstance(counted, Counted):
        return None
    return ModelUse(counted.model, counted.input_tokens, counted.output_tokens)


def _note_for(refused: ModelError) -> str:
    return next(
        (note for kind, note in _NOTES.items() if isinstance(refused, kind)),
        "From the playbook: the model did not answer.",
    )
