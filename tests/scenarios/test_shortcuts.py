"""*Suggest a reply*: any message with a link to a post, or a link alone, becomes a card."""

import pytest

from clients.x.links import posts_linked
from tests.stage import Stage, shown

ELSEWHERE = "where in Tillory is a quiet place to read on a Sunday?"


def link_to(post: str, author: str = "tess") -> str:
    return f"https://x.com/{author}/status/{post}?s=20"


def from_message(stage: Stage, words: str, member: str | None = None) -> None:
    """Say something in the channel and choose the shortcut in its menu."""
    said = stage.do("say", text=words, member=stage.tom)
    stage.do(
        "shortcut",
        callback_id="suggest_from_message",
        ts=said["ts"],
        member=member or stage.maya,
    )


def told(stage: Stage, words: str, member: str | None = None) -> str:
    """Return the private words that answer the member's last act, with `words` in them."""
    return shown(stage.answer_to(member or stage.maya, words))


def test_a_message_with_a_link_becomes_a_card(stage: Stage) -> None:
    """The post is read once, its card says who brought it, and a person posts by hand."""
    post = stage.post("tess", ELSEWHERE)
    from_message(stage, f"should we say something? {link_to(post)} or not")
    told(stage, "Its card comes into our channel")
    card = stage.card_with(post, "Use this")
    assert "brought this here, to be answered by hand" in shown(card)
    assert len(stage.calls("x", "posts")) == 1


def test_a_post_that_named_us_may_be_sent(stage: Stage) -> None:
    """Where X lets the app answer, the card has *Approve*."""
    stage.greenroom.stop() if stage.greenroom else None
    post = stage.mention("are the blue cups sold here?", author="tess")
    stage.open(POLL_SECONDS="3600")
    from_message(stage, link_to(post))
    told(stage, "card")
    stage.card_with(post, "Approve")


def test_from_anywhere_a_window_asks_for_the_link(stage: Stage) -> None:
    """What is no link is refused in the window; the right one brings the card."""
    post = stage.post("tess", ELSEWHERE)
    stage.do("shortcut", callback_id="suggest_from_link", member=stage.maya)
    refused = stage.submit(stage.view(), {"words": "https://evil.example/x.com/a/status/1"})
    assert "no link to a post on X" in str(refused["errors"])
    assert stage.submit(stage.view(), {"words": link_to(post)})["ok"]
    stage.card_with(post, "Use this")


def test_without_a_link_it_says_so(stage: Stage) -> None:
    """One kind sentence, and nothing is read."""
    from_message(stage, "lunch at noon?")
    told(stage, "I found no link to a post on X")
    assert not stage.calls("x", "posts")


def test_a_known_post_leads_to_its_card(stage: Stage) -> None:
    """Nothing is read twice and no second card is posted."""
    post = stage.mention("do you have oat milk?")
    card = stage.card_with(post, "Approve")
    # For the card its author was read.
    read = len(stage.calls("x", "posts"))
    from_message(stage, link_to(post))
    assert card["ts"].replace(".", "") in told(stage, "here already")
    assert len(stage.calls("x", "posts")) == read


def test_a_post_that_is_gone_says_so(stage: Stage) -> None:
    """A deleted post is told in one sentence and stored nowhere."""
    from_message(stage, link_to("1990000000000000123"))
    told(stage, "X does not show that post")
    assert stage.card("1990000000000000123") is None


def test_over_budget_nothing_is_read(empty_stage: Stage) -> None:
    """The day's budget holds for what members bring, too."""
    empty_stage.open(X_DAILY_BUDGET_USD="0.001")
    post = empty_stage.post("tess", ELSEWHERE)
    from_message(empty_stage, link_to(post))
    assert "midnight UTC" in told(empty_stage, "was not read")
    assert not empty_stage.calls("x", "posts")


def test_x_that_fails_is_told(stage: Stage) -> None:
    """Who asked hears that X did not answer, and may try again."""
    post = stage.post("tess", ELSEWHERE)
    stage.trouble("x", "500", times=9, on="posts")
    from_message(stage, link_to(post))
    told(stage, "was not read")


def test_guests_bring_nothing(stage: Stage) -> None:
    """A guest is refused kindly; nothing is read."""
    post = stage.post("tess", ELSEWHERE)
    from_message(stage, link_to(post), stage.guest)
    told(stage, "full members", stage.guest)
    stage.do("shortcut", callback_id="suggest_from_link", member=stage.guest)
    assert not stage.calls("x", "posts")


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("https://x.com/nell/status/123", ("123",)),
        ("<https://twitter.com/nell/status/123?s=20|a post>", ("123",)),
        ("https://mobile.twitter.com/nell/status/123/photo/1", ("123",)),
        ("https://x.com/i/web/status/123", ("123",)),
        ("https://x.com/a/status/1 https://x.com/b/status/2 https://x.com/a/status/1", ("1", "2")),
        ("https://x.com/nell", ()),
        ("https://notx.com/nell/status/123", ()),
        ("https://x.com.evil.example/nell/status/123", ()),
        ("https://evil.example/https://x.com.evil/nell/status/1", ()),
        ("https://x.com/nell/status/12345678901234567890123", ()),
        ("x.com/nell/status/123", ()),
    ],
)
def test_links_are_read_strictly(text: str, ids: tuple[str, ...]) -> None:
    """Only an address of X that leads to a post counts."""
    assert posts_linked(text) == ids
