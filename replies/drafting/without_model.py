"""What may be offered without a model: the playbook's drafts, unless a person is wanted."""

from domain import Draft
from replies.context import ReplyContext
from replies.drafting.hand_over import asks_to_be_left, goes_to_a_person
from replies.playbook import playbook_drafts


def ready_drafts(context: ReplyContext) -> list[Draft]:
    """Return what the playbook offers for a post; nothing where a person is wanted.

    That holds whoever asks for ideas: ready answers answer no grave matter, and what the author
    said above the post counts like the post.
    """
    author = context.post.author.id
    theirs = (context.post, *(post for post in context.above if post.author.id == author))
    if any(
        goes_to_a_person(post.text, context.voice) or asks_to_be_left(post.text) for post in theirs
    ):
        return []
    return playbook_drafts(context)
