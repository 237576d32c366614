"""The by-hand lane: X lets only a person reply; the card closes when the reply is seen."""

from tests.stage import Stage, shown, until

WATCH = "coffee = flat white tillory"


def test_a_keyword_post_is_answered_by_hand_and_seen_on_the_timeline(empty_stage: Stage) -> None:
    """Greenroom never posts; it gives text and link, and closes the card by itself."""
    empty_stage.open(X_WATCHES=WATCH)
    post = empty_stage.post("tess", "where is a good flat white in Tillory these days?")
    card = empty_stage.card_with(post, "Use this")
    assert "coffee" in shown(card)
    empty_stage.press(card, "Use this")
    chosen = empty_stage.card_with(post, "I posted it")
    assert "Open reply on X" in shown(chosen)

    handle = empty_stage.room.account
    by_hand = empty_stage.post(handle, "The corner bench has the best one.", in_reply_to=post)
    closed = empty_stage.card_with(post, "by hand, seen on X")
    assert "The corner bench has the best one." in shown(closed)
    assert by_hand in str(closed["blocks"])
    assert [p["id"] for p in empty_stage.replies_to(post)] == [by_hand]
    assert empty_stage.calls("x", "post") == []


def test_i_posted_it_closes_the_card_with_the_members_name(empty_stage: Stage) -> None:
    """A person's word is enough to close it."""
    empty_stage.open(X_WATCHES=WATCH)
    post = empty_stage.post("tess", "is there a flat white in tillory now?")
    empty_stage.press(empty_stage.card_with(post, "Use this"), "Use this")
    empty_stage.press(empty_stage.card_with(post, "I posted it"), "I posted it")
    empty_stage.card_with(post, "by hand")


def test_back_returns_to_the_suggestions(empty_stage: Stage) -> None:
    """Somebody who changes their mind sees the suggestions again."""
    empty_stage.open(X_WATCHES=WATCH)
    post = empty_stage.post("tess", "who does a proper flat white in tillory?")
    empty_stage.press(empty_stage.card_with(post, "Use this"), "Use this")
    empty_stage.press(empty_stage.card_with(post, "I posted it"), "Back")
    empty_stage.card_with(post, "Use this")


def test_a_keyword_post_that_names_us_may_be_sent(empty_stage: Stage) -> None:
    """Being named is what lets the app reply, whichever watch caught the post."""
    empty_stage.open(X_WATCHES=WATCH)
    text = f"any flat white in tillory, {empty_stage.room.account}?"
    post = empty_stage.post("tess", text)
    empty_stage.press(empty_stage.card_with(post, "Approve"), "Approve")
    empty_stage.reply_to(post)


def test_a_refused_reply_falls_over_to_by_hand_with_xs_reason(stage: Stage) -> None:
    """A no from X is final for the app, said in plain words, and the text is kept."""
    post = stage.mention()
    card = stage.card_with(post, "Approve")
    stage.trouble("x", "unsummoned")
    stage.press(card, "Approve")
    by_hand = stage.card_with(post, "I posted it")
    assert "X" in shown(by_hand)
    assert stage.replies_to(post) == []
    assert len(stage.calls("x", "post")) == 1


def test_an_answer_given_on_x_itself_closes_a_waiting_card(stage: Stage) -> None:
    """Whoever answers on X directly need not come back to Slack to say so."""
    post = stage.mention()
    stage.card_with(post, "Approve")
    stage.post(stage.room.account, "Eight, as always.", in_reply_to=post)
    closed = until(lambda: stage.card_with(post, "Answered"), "the card closes")
    assert "Approve" not in shown(closed)


def test_what_greenroom_sent_is_not_paid_for_when_replies_by_hand_are_looked_for(
    empty_stage: Stage,
) -> None:
    """The timeline is read around the reply that is known; one by hand behind it is seen."""
    empty_stage.open(X_WATCHES=WATCH)
    asked = empty_stage.mention("when do you open?")
    empty_stage.press(empty_stage.card_with(asked, "Approve"), "Approve")
    sent = empty_stage.reply_to(asked)["id"]
    empty_stage.card_with(asked, "replied")
    before = len(empty_stage.calls("x", "timeline"))

    post = empty_stage.post("tess", "where is a good flat white in Tillory these days?")
    empty_stage.press(empty_stage.card_with(post, "Use this"), "Use this")
    empty_stage.card_with(post, "I posted it")
    handle = empty_stage.room.account
    empty_stage.post(handle, "The corner bench has the best one.", in_reply_to=post)
    empty_stage.card_with(post, "by hand, seen on X")

    until(lambda: sent in edges(empty_stage, before), "the timeline is read around what was sent")
    owned = empty_stage.room.x.costs.counts()["owned_read"]
    assert owned == 2, "the mention, and the reply by hand"


def edges(stage: Stage, since: int) -> set[str]:
    """Return the ids below which the timeline was read, since so many calls."""
    return {call["body"].get("until_id", "") for call in stage.calls("x", "timeline")[since:]}
