"""What people talked about, found by the model: posts as material, its answer checked."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain import Post, Theme
from errors import ModelError, ModelRubbish
from replies.drafting import Ask, TokenCount
from replies.themes.asking import ModelThemes, question_for
from replies.themes.reading import themes_from

_LONGEST_ANSWER_TOKENS = 500


@dataclass(frozen=True, slots=True)
class Themed:
    """What came out; `themes` is None where the model gave no usable answer."""

    themes: tuple[Theme, ...] | None
    cost: TokenCount | None = None
    trouble: ModelError | None = None


def themes_by_model(posts: Sequence[Post], ask: Ask, *, account_handle: str) -> Themed:
    """Ask the model for the themes of a day's posts; never raises for it.

    Args:
        posts: newest first: hostile input.
        ask: the model.
        account_handle: ours.
    """
    question = question_for(posts, account_handle)
    try:
        answered = ask(question.messages, ModelThemes, max_tokens=_LONGEST_ANSWER_TOKENS)
    except ModelError as error:
        return Themed(None, error if isinstance(error, TokenCount) else None, error)
    if not isinstance(answered.parsed, ModelThemes):
        return Themed(None, answered, ModelRubbish("The model named no themes."))
    return Themed(themes_from(answered.parsed, question), answered)
