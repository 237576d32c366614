"""Take out of others' posts who was forgotten since they were written, before they are stored.

Only a hash of a forgotten person's id is known, and no handle: in a post that names them every
handle gives way to a blank that is not known to be the account's or somebody else's.
"""

from collections.abc import Collection
from dataclasses import replace

import patterns as re
from domain import Post
from storage.db.database import Transaction
from storage.db.key_values import ACCOUNT_HANDLE, ACCOUNT_ID, value
from storage.posts.erased_people import forgotten_among
from storage.posts.people import person_by_handle
from storage.posts.redact import BLANK

_HANDLE = re.compile(
    r"(?:https?://)?(?:www\.)?(?:x|twitter)\.com/(?P<linked>\w+)\b|@(?P<named>\w+)\b",
    re.IGNORECASE | re.ASCII,
)


def is_of_erased(tx: Transaction, post: Post) -> bool:
    """Tell whether somebody wrote a post who was forgotten since, or we wrote it to answer them."""
    whose = {post.author.id}
    if post.in_reply_to_author_id and post.author.id == value(tx, ACCOUNT_ID):
        whose.add(post.in_reply_to_author_id)
    return bool(forgotten_among(tx, whose, post.created_at))


def names_erased(tx: Transaction, post: Post) -> bool:
    """Tell whether a post answers, quotes or names somebody who was forgotten since."""
    return bool(_erased_in(tx, post))


def without_erased(tx: Transaction, post: Post) -> Post:
    """Return the post without handles and ids of those who were forgotten since it was written."""
    out = _erased_in(tx, post)
    if not out:
        return post
    answers, quotes = post.in_reply_to_author_id in out, post.quoted_author_id in out
    theirs = {
        *([post.in_reply_to_id] if answers else []),
        *([post.quoted_id] if quotes else []),
    }
    return replace(
        post,
        text=_HANDLE.sub(lambda found: _blanked(tx, found, out), post.text),
        conversation_id=None if post.conversation_id in theirs else post.conversation_id,
        in_reply_to_id=None if answers else post.in_reply_to_id,
        in_reply_to_author_id=None if answers else post.in_reply_to_author_id,
        quoted_id=None if quotes else post.quoted_id,
        quoted_author_id=None if quotes else post.quoted_author_id,
        mentioned_ids=tuple(each for each in post.mentioned_ids if each not in out),
    )


def without_handles(text: str) -> str:
    """Return a text with a blank for every handle: two spellings of one post are alike then."""
    return _HANDLE.sub(BLANK, text)


def _erased_in(tx: Transaction, post: Post) -> frozenset[str]:
    about = (post.in_reply_to_author_id, post.quoted_author_id, *post.mentioned_ids)
    return forgotten_among(tx, [each for each in about if each], post.created_at)


def _blanked(tx: Transaction, found: re.Match[str], out: Collection[str]) -> str:
    handle = found["linked"] or found["named"]
    if handle.lower() == (value(tx, ACCOUNT_HANDLE) or "").lower():
        return found[0]
    known = person_by_handle(tx, handle)
    return BLANK if known is None or known.id in out else found[0]
