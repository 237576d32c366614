"""Edit, other ideas, snooze, assign and mute: what members do besides approving."""

from tests.stage import Stage, shown, until


def open_edit(stage: Stage, post: str) -> dict[str, object]:
    stage.press(stage.card_with(post, "Approve"), "Edit…")
    return stage.view()


def test_an_edited_text_is_what_goes_out(stage: Stage) -> None:
    """X receives the member's words, and the record says what was changed."""
    post = stage.mention()
    view = open_edit(stage, post)
    answer = stage.submit(view, {"edit_text": "Eight on Sundays. Want the bench in the sun?"})
    assert answer["ok"], answer
    assert stage.reply_to(post)["text"] == "Eight on Sundays. Want the bench in the sun?"


def test_a_text_that_is_too_long_stays_in_the_window(stage: Stage) -> None:
    """A hard rule says no, at the field, and nothing is decided."""
    post = stage.mention()
    view = open_edit(stage, post)
    answer = stage.submit(view, {"edit_text": "word " * 80})
    assert not answer["ok"]
    assert answer["errors"]
    assert "Approve" in shown(stage.card(post) or {"text": "", "blocks": []})


def test_a_minded_text_is_shown_once_and_may_be_sent_all_the_same(stage: Stage) -> None:
    """Checks advise: the second press of the same words is the person's decision."""
    post = stage.mention()
    view = open_edit(stage, post)
    sales = "Come in and buy one today, 20% off everything! #coffee"
    first = stage.submit(view, {"edit_text": sales})
    assert first["ok"]
    again = stage.view()
    assert "Press the button again" in " ".join(str(again["view"]).split())
    assert stage.replies_to(post) == []
    stage.submit(again, {"edit_text": sales})
    assert stage.reply_to(post)["text"] == sales


def test_the_length_is_counted_while_a_person_types(stage: Stage) -> None:
    """Slack reports what is typed; the window shows the length as X counts it."""
    post = stage.mention()
    view = open_edit(stage, post)
    stage.do(
        "click", view_id=view["view_id"], action_id="edit_text", value="Hello", member=stage.maya
    )
    until(lambda: "5 of 280" in str(stage.view()["view"]), "the length is shown")


def test_the_author_is_no_stranger_in_an_edited_reply(stage: Stage) -> None:
    """Naming the person who asked needs no second press."""
    post = stage.mention("do you have oat milk?", author="tr3")
    view = open_edit(stage, post)
    stage.submit(view, {"edit_text": "We do @tr3, oat and soy."})
    assert stage.reply_to(post)["text"] == "We do @tr3, oat and soy."


def test_other_ideas_bring_another_round(stage: Stage) -> None:
    """New suggestions replace the ones that were shown; none of them comes twice."""
    post = stage.mention()
    card = stage.card_with(post, "Approve")
    before = texts(card)
    stage.press(card, "Other ideas…")
    stage.submit(stage.view(), {"words": "shorter, please"})

    def fresh() -> list[str] | None:
        now = texts(stage.card(post) or card)
        return now if now and set(now) != set(before) else None

    after = until(fresh, "other suggestions are shown")
    assert not set(after) & set(before)


def texts(card: dict[str, object]) -> list[str]:
    """Return the suggestions' texts: the blocks that have an Approve button beside them."""
    found = []
    for block in card["blocks"]:  # type: ignore[attr-defined]
        accessory = block.get("accessory") or {}
        if accessory.get("action_id") in {"approve", "use"}:
            found.append(block["text"]["text"])
    return found


def test_snooze_takes_the_card_away_until_it_is_brought_back(stage: Stage) -> None:
    """A snoozed card says until when and by whom, and can come back earlier."""
    post = stage.mention()
    stage.press(stage.card_with(post, "Approve"), "Snooze…")
    assert stage.submit(stage.view(), {})["ok"]
    snoozed = stage.card_with(post, "Snoozed")
    stage.press(snoozed, "Wake now")
    stage.card_with(post, "Approve")


def test_assign_shows_who_has_it_and_everybody_may_still_decide(stage: Stage) -> None:
    """Handing over is a promise among people, no lock."""
    post = stage.mention()
    stage.press(stage.card_with(post, "Approve"), "Assign…")
    view = stage.view()
    selects = [b["element"]["action_id"] for b in view["view"]["blocks"] if "element" in b]
    stage.submit(view, {selects[0]: stage.tom})
    card = stage.card_with(post, "has this")
    until(
        lambda: [m for m in stage.messages() if m["thread_ts"] and "asks you" in m["text"]],
        "the other member is asked in the thread",
    )
    stage.press(card, "Approve", stage.maya)
    stage.reply_to(post)


def test_a_muted_person_brings_no_more_cards(stage: Stage) -> None:
    """Their later posts are kept, set aside, and make no card."""
    post = stage.mention(author="brewgains")
    stage.press(stage.card_with(post, "Approve"), "About @brewgains")
    stage.do("click", view_id=stage.view()["view_id"], text="Mute", member=stage.maya)
    until(lambda: "Unmute" in str(stage.view()), "they are muted")
    later = stage.mention("hello again, great offer", author="brewgains")
    other = stage.mention("is the bench free?", author="ruth")
    stage.card_with(other, "Approve")
    assert stage.card(later) is None
