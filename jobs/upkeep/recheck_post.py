"""Look once more at a post that was caught a while ago, before it is drafted for or answered.

People delete, hide and change what they wrote. Reading it again on the same UTC day costs nothing.
"""

import logging
from datetime import timedelta

from domain import MentionState, Post, Reply, ReplyState
from domain.cleaning import clean
from errors import XError
from jobs.engine.context import JobContext
from jobs.network.budget import Use
from jobs.network.recheck_posts import KnownPost, recheck_posts
from jobs.network.reserve import SpendKey
from jobs.upkeep.close_gone import close_gone, withdraw
from storage.db.database import Transaction
from storage.inbox import mentions
from storage.posts import posts
from storage.posts.redact_on_save import is_of_erased, names_erased, without_handles
from storage.privacy.erase_words import words_changed
from storage.privacy.rerender import draw_again
from storage.queue.enqueue import enqueue_card, enqueue_suggestions

log = logging.getLogger("greenroom.look_again")

PURPOSE = "look_again"
#: What was caught so lately is drafted for as it was. Before sending everything is looked at: an
#: author may change a post for an hour.
_FRESH = timedelta(hours=1)
#: Where suggestions are wanted, or will be seen.
_DRAFTED_FOR = frozenset(
    {
        MentionState.NEW,
        MentionState.DRAFTING,
        MentionState.WAITING,
        MentionState.SNOOZED,
        MentionState.HANDED_OVER,
        MentionState.FAILED,
    }
)
CHANGED_ON_X = "The post was changed on X."


def is_still_there(ctx: JobContext, post_id: str) -> bool:
    """Tell whether a post may be drafted for: False when it is gone, and all of it is cleared.

    New words are stored. When X does not answer, or the budget has ended, what is stored counts.
    """
    seen = _recheck(ctx, post_id, fresh=_FRESH)
    if seen is None:
        return True
    now = ctx.now()
    with ctx.db.write() as tx:
        if seen == []:
            close_gone(tx, [post_id], at=now)
            return False
        for post in seen:
            if changed(tx, post):
                posts.save_post(tx, post)
                words_changed(tx, post.id)
    return True


def is_still_as_approved(ctx: JobContext, reply: Reply) -> bool:
    """Tell whether the post is as it was when its reply was approved.

    Gone: the reply is withdrawn and the card closes. Changed: the reply is withdrawn, and the team
    gets suggestions for the new words.
    """
    if reply.state is not ReplyState.APPROVED or reply.due_at > ctx.now():
        return True
    seen = _recheck(ctx, reply.mention_id, use=Use.SENDING)
    if seen is None:
        return True
    with ctx.db.write() as tx:
        if seen == []:
            close_gone(tx, [reply.mention_id], at=ctx.now())
            return False
        if not any(changed(tx, post) for post in seen):
            return True
        take_new_words(tx, ctx, seen[0])
    return False


def changed(tx: Transaction, post: Post) -> bool:
    """Tell whether a post's words differ from what is stored; where a name was blanked, they do not."""
    stored, words = posts.post(tx, post.id), clean(post.text)
    if stored is None or not stored.text or stored.text == words:
        return False
    if names_erased(tx, post):
        return without_handles(stored.text) != without_handles(words)
    return not is_of_erased(tx, post)


def take_new_words(tx: Transaction, ctx: JobContext, post: Post) -> None:
    """Store a post's new words and have them drafted for, where the mention waits for somebody.

    An approval of a text for the old words is taken back, unless that text is on its way. What is
    folded or set aside has its new words, in its list too, and waits on.
    """
    now = ctx.now()
    draw_again(tx, [post.id], at=now)
    posts.save_post(tx, post)
    words_changed(tx, post.id)
    if withdraw(tx, post.id, "The post was changed on X."):
        mentions.move(
            tx,
            post.id,
            to=MentionState.WAITING,
            at=now,
            before={MentionState.APPROVED},
            reason="The post was changed on X.",
        )
    mention = mentions.mention(tx, post.id)
    if mention is not None and mention.state in _DRAFTED_FOR and not mention.folded:
        enqueue_suggestions(tx, post.id, at=now, changed=True)
    enqueue_card(tx, post.id, at=now)


def _recheck(
    ctx: JobContext, post_id: str, *, use: Use = Use.LOOKS, fresh: timedelta = timedelta()
) -> list[Post] | None:
    """Return the post as X shows it now, an empty list when it is gone, None when nothing is known.

    What was caught so lately as `fresh` says is not looked at.
    """
    now = ctx.now()
    with ctx.db.read() as tx:
        mention = mentions.mention(tx, post_id)
    if mention is None or now - mention.caught_at < fresh:
        return None
    purse = SpendKey(f"{use.name.lower()}:{PURPOSE}:{post_id}", PURPOSE, use)
    try:
        seen = recheck_posts(ctx, purse, [KnownPost(post_id, mention.kind)])
    except XError as error:
        log.warning("post=%s not looked at again: %s", post_id, error.for_person())
        return None
    if seen is None:
        return None
    with ctx.db.write() as tx:
        seen.book(tx, ctx, purse)
    if post_id in seen.gone:
        return []
    return [post for post in seen.posts if post.id == post_id] or None
