"""People in Slack: their page, the list, notes, and who asked not to be answered."""

from typing import Any

from tests.stage import Stage, shown, until


def command(stage: Stage, text: str, member: str | None = None) -> None:
    stage.do("command", command="/greenroom", text=text, member=member or stage.maya)


def whisper_with(stage: Stage, words: str, member: str | None = None) -> dict[str, Any]:
    return stage.answer_to(member or stage.maya, words)


def page_with(stage: Stage, words: str) -> dict[str, Any]:
    def look() -> dict[str, Any] | None:
        views = [v for v in stage.get("views") if v["type"] == "modal"]
        return next((v for v in reversed(views) if words in str(v["view"])), None)

    return until(look, f"a window shows “{words}”")


def press_in(stage: Stage, view: dict[str, Any], words: str) -> None:
    answer = stage.do("click", view_id=view["view_id"], text=words, member=stage.maya)
    assert answer["ok"], answer


def answered(stage: Stage, text: str, author: str = "nell") -> str:
    post = stage.mention(text, author=author)
    stage.press(stage.card_with(post, "Approve"), "Approve")
    stage.card_with(post, "Answered")
    return post


def test_a_page_shows_what_we_said_and_keeps_a_note(stage: Stage) -> None:
    """From the list to the page, a note written, seen and removed."""
    answered(stage, "do you have decaf?")
    command(stage, "people")
    listed = whisper_with(stage, "People")
    assert "@nell" in shown(listed)
    stage.press(listed, "See")
    page = page_with(stage, "do you have decaf?")
    assert "We answered once" in str(page["view"])
    press_in(stage, page, "Add a note…")
    window = page_with(stage, "Keep it")
    assert stage.submit(window, {"note": {"words": "Nurse, works nights."}})["ok"]
    page = page_with(stage, "Nurse, works nights.")
    press_in(stage, page, "Remove")
    page_with(stage, "Nothing written down yet")


def test_the_command_opens_a_page_by_handle_and_says_when_nobody_is_known(stage: Stage) -> None:
    """In any spelling, and as a link as Slack writes it."""
    stage.card_with(stage.mention("hello there, open today?", author="nell"), "Approve")
    command(stage, "people @NELL")
    page = page_with(stage, "hello there, open today?")
    stage.do("close", view_id=page["view_id"], member=stage.maya)
    command(stage, "people https://x.com/nell")
    page_with(stage, "hello there, open today?")
    command(stage, "people @nobody_here")
    whisper_with(stage, "Nobody called @nobody_here")


def test_a_person_who_asks_to_be_left_alone_is(stage: Stage) -> None:
    """Shown once with the reason; not drafted, not answerable by any way; lifted by a member."""
    post = stage.mention("please stop replying to me", author="nell")
    card = stage.card_with(post, "asked not to be contacted")
    assert "set aside" in shown(card)
    stage.press(card, "Edit" if "Edit" in shown(card) else "Write a reply…")
    window = stage.view()
    field = next(b["block_id"] for b in window["view"]["blocks"] if b["type"] == "input")
    refused = stage.submit(window, {field: {"edit_text": "Sorry! We will."}})
    assert "asked not to be answered, so nothing was sent" in refused["errors"][field]
    assert not stage.replies_to(post)

    again = stage.mention("good morning, are you open?", author="nell")
    stage.mention("are you open?", author="ruth")
    until(lambda: "ruth" in str(stage.messages()), "somebody else still gets a card")
    assert stage.card(again) is None

    command(stage, "people @nell")
    page = page_with(stage, "asked not to be answered")
    press_in(stage, page, "Lift it…")
    until(
        lambda: "asked not to be answered" not in str(page_with(stage, "What we know")["view"]),
        "it is lifted",
    )
    third = stage.mention("are you open on Monday, then?", author="nell")
    stage.card_with(third, "Approve")


def test_a_guest_sees_nobodys_page(stage: Stage) -> None:
    """Notes are for those who decide."""
    command(stage, "people", member=stage.guest)
    assert "People" not in shown(stage.answer_to(stage.guest))
