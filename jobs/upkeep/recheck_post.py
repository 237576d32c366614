"""Look once more at a post that was caught a while ago, before it is drafted for or answered.

People delete, hide and change what they wrote. Reading it again on the same UTC day costs nothing.
"""

import logging
from datetime import timedelta

from domain import MentionState, Post, Reply, ReplyState
from domain.cleaning import clean
from errors import XError
from jobs.engine.context import Room
from jobs.network.budget import Use
from jobs.network.recheck_posts import Known, look_once_more
from jobs.network.reserve import Purse
from jobs.upkeep.close_gone import close_gone, withdraw
from storage.db.database import Transaction
from storage.inbox import mentions
from storage.posts import posts
from storage.posts.redact_on_save import is_of_forgotten, names_forgotten, without_handles
from storage.privacy.erase_words import words_changed
from storage.privacy.rerender import draw_again
from storage.queue.enqueue import ask_card, ask_suggestions

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


def is_still_there(room: Room, post_id: str) -> bool:
    """Tell whether a post may be drafted for: False when it is gone, and all of it is cleared.

    New words are stored. When X does not answer, or the budget has ended, what is stored counts.
    """
    seen = _look(room, post_id, fresh=_FRESH)
    if seen is None:
        return True
    now = room.now()
    with room.db.write() as tx:
        if seen == []:
            close_gone(tx, [post_id], at=now)
            return False
        for post in seen:
            if changed(tx, post):
                posts.save_post(tx, post)
                words_changed(tx, post.id)
    return True


def is_still_as_approved(room: Room, reply: Reply) -> bool:
    """Tell whether the post is as it was when its reply was approved.

    Gone: the reply is withdrawn and the card closes. Changed: the reply is withdrawn, and the team
    gets suggestions for the new words.
    """
    if reply.state is not ReplyState.APPROVED or reply.due_at > room.now():
        return True
    seen = _look(room, reply.mention_id, use=Use.SENDING)
    if seen is None:
        return True
    with room.db.write() as tx:
        if seen == []:
            close_gone(tx, [reply.mention_id], at=room.now())
            return False
        if not any(changed(tx, post) for post in seen):
            return True
        take_new_words(tx, room, seen[0])
    return False


def changed(tx: Transaction, post: Post) -> bool:
    """Tell whether a post's words differ from what is stored; where a name was blanked, they do not."""
    stored, words = posts.post(tx, post.id), clean(post.text)
    if stored is None or not stored.text or stored.text == words:
        return False
    if names_forgotten(tx, post):
        return without_handles(stored.text) != without_handles(words)
    return not is_of_forgotten(tx, post)


def take_new_words(tx: Transaction, room: Room, post: Post) -> None:
    """Store a post's new words and have them drafted for, where the mention waits for somebody.

    An approval of a text for the old words is taken back, unless that text is on its way. What is
    folded or set aside has its new words, in its list too, and waits on.
    """
    now = room.now()
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
        ask_suggestions(tx, post.id, at=now, changed=True)
    ask_card(tx, post.id, at=now)


def _look(
    room: Room, post_id: str, *, use: Use = Use.LOOKS, fresh: timedelta = timedelta()
) -> list[Post] | None:
    """Return the post as X shows it now, an empty list when it is gone, None when nothing is known.

    What was caught so lately as `fresh` says is not looked at.
    """
    now = room.now()
    with room.db.read() as tx:
        mention = mentions.mention(tx, post_id)
    if mention is None or now - mention.caught_at < fresh:
        return None
    purse = Purse(f"{use.name.lower()}:{PURPOSE}:{post_id}", PURPOSE, use)
    try:
        seen = look_once_more(room, purse, [Known(post_id, mention.kind)])
    except XError as error:
        log.warning("post=%s not looked at again: %s", post_id, error.for_person())
        return None
    if seen is None:
        return None
    with room.db.write() as tx:
        seen.book(tx, room, purse)
    if post_id in seen.gone:
        return []
    return [post for post in seen.posts if post.id == post_id] or None
