"""What may be offered without a model: the playbook's drafts, unless a person is wanted."""

from domain import Draft
from replies.context import ReplyContext
from replies.drafting.hand_over import asks_to_be_left, goes_to_a_person
from replies.playbook import playbook_drafts
from replies.playbook.accounting import says_no_more


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
    if not _read_whole(context):
        return []
    return playbook_drafts(context)


def _read_whole(context: ReplyContext) -> bool:
    """Tell whether nothing but a thanks or a question stands in what a post goes on from.

    A thanks may close what the author wrote just above it, or answer what nobody read. What came
    before our last reply was answered by a person.
    """
    above = context.above
    if context.post.in_reply_to_id is not None and not above:
        return False
    ours = [at for at, post in enumerate(above) if post.author.id == context.account_id]
    since = above[ours[-1] + 1 :] if ours else above
    return all(
        says_no_more(post, context.account_handle)
        for post in since
        if post.author.id == context.post.author.id
    )
