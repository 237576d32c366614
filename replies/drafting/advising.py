"""Advice that the post itself calls for, told before a model or the playbook is asked."""

from dataclasses import dataclass

from domain import Advice
from replies.context import ReplyContext
from replies.drafting.hand_over import asks_to_be_left, topic_for
from replies.injection.orders import orders_in

HOSTILE_WHY = (
    "This post tries to give me orders, so nothing is suggested. "
    "Read it yourself before you answer."
)
LEFT_ALONE_WHY = "They asked not to be contacted."
DECLINED_WHY = "something that the model would not answer"
HANDED_OVER_WHY = "a matter that the model hands over"
BETTER_NOT_WITHOUT_REASON = "The model would leave this one alone."


@dataclass(frozen=True, slots=True)
class Advised:
    """What is advised and why; `no_draft` when nothing may be drafted beside it.

    `unasked_why` stands on the card where a member asked for ideas and none came.
    """

    advice: Advice
    why: str
    no_draft: bool = False
    unasked_why: str | None = None


def advised_by_the_post(context: ReplyContext) -> Advised | None:
    """Return what a post itself calls for, or None.

    When a member asked for ideas, grave matters get drafts after all, and `why` is a line to
    stand beside them. Orders to a machine never do.
    """
    post, asked = context.post.text, context.steer is not None
    if orders_in(post) is not None:
        return Advised(Advice.HOSTILE, HOSTILE_WHY, no_draft=True)
    topic = topic_for(post, context.voice)
    if topic is not None and asked:
        return Advised(
            Advice.NEEDS_PERSON,
            f"Drafted because you asked: this is {topic.words}.",
            unasked_why=topic.words,
        )
    if topic is not None:
        return Advised(Advice.NEEDS_PERSON, topic.words, no_draft=True)
    if not asks_to_be_left(post):
        return None
    return Advised(
        Advice.BETTER_NOT, LEFT_ALONE_WHY, no_draft=not asked, unasked_why=LEFT_ALONE_WHY
    )
