"""Who may put the reply on X."""

from clients.x.reply_rule import decide_lane
from domain import Lane
from tests.replies.contexts import post


def test_named_in_the_post_means_the_app_may_send() -> None:
    """X lets the app reply where the author mentioned the account."""
    assert decide_lane(post("hi", mentioned_ids=("5", "9")), "9") is Lane.SEND


def test_quoted_means_the_app_may_send() -> None:
    """A quote of our post summons us as well."""
    assert decide_lane(post("look", quoted_author_id="9"), "9") is Lane.SEND


def test_anything_else_is_by_hand() -> None:
    """Found by keyword, answered without our name, or a repost: only a person may."""
    assert decide_lane(post("coffee?", mentioned_ids=("5",)), "9") is Lane.BY_HAND
    assert decide_lane(post("ok", in_reply_to_author_id="9"), "9") is Lane.BY_HAND
    assert decide_lane(post("x", mentioned_ids=("9",), repost=True), "9") is Lane.BY_HAND
