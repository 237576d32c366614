"""The endpoints of the practice X that write: making and deleting a post, with X's reply rule."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sandbox.x import text as x_text
from sandbox.x.asking import XRequest, valid_id
from sandbox.x.gate import Answer
from sandbox.x.posts import XPost, XUser, prefix_of
from sandbox.x.refusals import DUPLICATE, TARGET_GONE, TOO_LONG, forbidden, invalid, not_summoned
from sandbox.x.state import XState

_RECENT = timedelta(hours=24)  # how long X remembers a text as already said
_KNOWN_PARTS = {"text", "reply", "quote_tweet_id", "reply_settings"}


class Writing:
    """Makes and deletes posts of the account."""

    def __init__(self, state: XState) -> None:
        self._state = state

    def create(self, asking: XRequest) -> Answer:
        """Make a post, if X would let this app make it."""
        body = asking.body or {}
        text = _text(body)
        if body.get("quote_tweet_id"):
            raise not_summoned()  # quotes were taken from self-serve apps on 2026-04-20
        target = self._target(body.get("reply"))
        if target is not None and not may_reply(self._state.account, target, self._state):
            raise not_summoned()
        self._refuse_unfit(text, target)
        post = self._state.add_post(
            self._state.account.handle, text, in_reply_to=target.id if target else None
        )
        self._state.costs.charge(_price_kind(text, target, self._state.account))
        made = {"edit_history_tweet_ids": [post.id], "id": post.id, "text": post.full_text}
        return Answer({"data": made}, 201)

    def by_hand(self, text: str, in_reply_to: str | None) -> XPost:
        """Make a post as a person at X's own page would: the app's reply rule does not hold.

        Raises:
            Refusal: X's own page would refuse it too.
        """
        text = _text({"text": text})
        target = self._target({"in_reply_to_tweet_id": in_reply_to} if in_reply_to else None)
        self._refuse_unfit(text, target)
        return self._state.add_post(self._state.account.handle, text, in_reply_to=in_reply_to)

    def delete(self, asking: XRequest) -> Answer:
        """Delete a post of the account's own."""
        asking.only()
        post_id = valid_id("id", asking.path["id"])
        post = self._state.find_post(post_id)
        if post is not None and post.author_id != self._state.account.id:
            raise forbidden("You are not authorized to delete this Tweet.")
        deleted = self._state.delete_post(post_id)
        if deleted:
            self._state.costs.charge("post_deleted")
        return Answer({"data": {"deleted": deleted}})

    def _target(self, reply: object) -> XPost | None:
        if reply is None:
            return None
        post_id = reply.get("in_reply_to_tweet_id") if isinstance(reply, Mapping) else None
        if not isinstance(post_id, str):
            raise invalid("reply", str(reply), "$.reply.in_reply_to_tweet_id: is required")
        target = self._state.visible_post(valid_id("reply.in_reply_to_tweet_id", post_id))
        if target is None:
            raise forbidden(TARGET_GONE)
        return target

    def _refuse_unfit(self, text: str, target: XPost | None) -> None:
        if x_text.weighted_length(text) > x_text.MAX_WEIGHT:
            raise forbidden(TOO_LONG)
        account = self._state.account
        whole = prefix_of(account, text, target) + text
        now = self._state.clock()
        for post in self._state.newest_first():
            if now - post.created_at > _RECENT:
                return
            if post.author_id == account.id and post.full_text == whole:
                raise forbidden(DUPLICATE)


def may_reply(account: XUser, target: XPost, state: XState) -> bool:
    """Tell whether an app may reply here: the target is ours, mentions us, or quotes us.

    X's rule for self-serve apps since 2026-02-23.
    """
    if target.author_id == account.id or account.handle.lower() in target.mentioned:
        return True
    quoted = state.find_post(target.quote or "")
    return quoted is not None and quoted.author_id == account.id


def _text(body: Mapping[str, Any]) -> str:
    unknown = sorted(set(body) - _KNOWN_PARTS)
    if unknown:
        message = (
            f"$.{unknown[0]}: is not defined in the schema and the schema does not allow"
            " additional properties (the practice room takes text and reply only)"
        )
        raise invalid(unknown[0], str(body[unknown[0]]), message)
    text = body.get("text")
    if not isinstance(text, str) or not text.strip():
        raise invalid("text", str(text or ""), "$.text: is missing or empty but it is required")
    return text


def _price_kind(text: str, target: XPost | None, account: XUser) -> str:
    if x_text.links(text):
        return "post_created_with_url"
    summoned = target is not None and target.author_id != account.id
    return "reply_created" if summoned else "post_created"
