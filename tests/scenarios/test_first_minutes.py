"""The first minutes in a channel: a welcome, at most five cards, and the rest behind one line."""

from typing import Any

from tests.stage import Stage, shown, until


def cards(stage: Stage) -> list[dict[str, Any]]:
    return [m for m in stage.messages() if "Snooze…" in shown(m) and "Skip" in shown(m)]


def message_with(stage: Stage, words: str) -> dict[str, Any]:
    def look() -> dict[str, Any] | None:
        return next((m for m in stage.messages() if words in shown(m)), None)

    return until(look, f"a message says “{words}”")


def test_at_most_five_cards_and_the_rest_behind_show_more(empty_stage: Stage) -> None:
    """The latest unanswered mentions come up; answered ones do not; nothing is lost."""
    stage = empty_stage
    old = [stage.mention(f"question number {n}?", author=f"guest{n}") for n in range(9)]
    stage.post(stage.room.account, "We answered that one.", in_reply_to=old[8])
    stage.open()
    folded = message_with(stage, "3 older mentions wait folded away")
    until(lambda: len(cards(stage)) == 5, "five cards")
    assert stage.card(old[8]) is None
    assert all(stage.card(post) for post in old[3:8])

    stage.press(folded, "Show more")
    until(lambda: len(cards(stage)) == 8, "the other three come up")
    message_with(stage, "No older mentions are folded away")


def test_one_welcome_says_what_it_does_and_that_nothing_goes_out_alone(stage: Stage) -> None:
    """Started twice, it greets once."""
    message_with(stage, "Nothing goes out without one of you")
    stage.close()
    stage.open()
    post = stage.mention()
    stage.card_with(post, "Approve")
    greetings = [m for m in stage.messages() if "Nothing goes out without one of you" in shown(m)]
    assert len(greetings) == 1


def test_say_how_we_talk_is_kept_and_serves_the_next_suggestion(stage: Stage) -> None:
    """A fact that the team wrote down answers the question about it."""
    welcome = message_with(stage, "Say how we talk")
    stage.press(welcome, "Say how we talk")
    view = stage.view()
    blocks = {
        b["block_id"]: b["element"]["action_id"] for b in view["view"]["blocks"] if "element" in b
    }
    facts = next(block for block in blocks if "fact" in block)
    answer = stage.submit(view, {facts: {blocks[facts]: "Dogs are welcome inside."}})
    assert answer["ok"], answer
    stage.answer_to(stage.maya)
    post = stage.mention("may I bring my dog inside?")
    assert "Dogs are welcome inside" in shown(stage.card_with(post, "Approve"))


def test_add_a_watch_from_the_welcome_and_it_listens(stage: Stage) -> None:
    """It is tried first; then it is polled at once, and what it finds is answered by hand."""
    welcome = message_with(stage, "Add a watch")
    stage.press(welcome, "Add a watch")
    view = stage.view()
    answer = stage.submit(
        view,
        {
            "label": {"words": "Harbor"},
            "query": {"words": "harbor coffee"},
            "cap": {"words": "20"},
        },
    )
    assert answer["ok"], answer

    def trial() -> dict[str, Any] | None:
        mine = [m for m in stage.messages() if m.get("ephemeral_to") == stage.maya]
        return next((m for m in mine if "Listen all the same" in shown(m)), None)

    stage.press(until(trial, "the query is tried"), "Listen all the same")
    stage.answer_to(stage.maya, "Harbor")
    post = stage.post("tess", "any coffee near the harbor at this hour?")
    stage.card_with(post, "Use this")


def test_a_watch_with_a_bad_cap_stays_in_its_window(stage: Stage) -> None:
    """What is wrong is said at the field."""
    stage.press(message_with(stage, "Add a watch"), "Add a watch")
    values = {"label": {"words": "A"}, "query": {"words": "b"}, "cap": {"words": "many"}}
    answer = stage.submit(stage.view(), values)
    assert "cap" in answer["errors"]


def test_who_approves_is_told_in_private(stage: Stage) -> None:
    """Everybody who may decide can see who else may."""
    stage.press(message_with(stage, "Who approves"), "Who approves")
    stage.answer_to(stage.maya)


def test_the_command_answers_in_private(stage: Stage) -> None:
    """Help, who waits and the watches; a typo gets the nearest word."""
    post = stage.mention("are you open now?", author="ruth")
    stage.card_with(post, "Approve")

    def answered(text: str, words: str) -> None:
        stage.do("command", command="/greenroom", text=text, member=stage.maya)
        stage.answer_to(stage.maya, words)

    answered("help", "/greenroom waiting")
    answered("waiting", "are you open now?")
    answered("watch add Boats = harbor boats", "harbor boats")
    answered("watch list", "everybody who mentions the account")
    answered("watch remove Boats", "no watch “Boats”")
    answered("wating", "/greenroom waiting")
    answered("watch add nothing", "needs a name and a query")


def test_the_home_tab_shows_what_waits_and_tells_a_guest_nothing(stage: Stage) -> None:
    """Only those who may decide see the business's page."""
    stage.card_with(stage.mention(), "Approve")
    stage.do("home", member=stage.maya)
    stage.do("home", member=stage.guest)

    def homes() -> dict[str, str] | None:
        found = {v["member"]: str(v["view"]) for v in stage.get("views") if v["type"] == "home"}
        return found if len(found) == 2 else None

    seen = until(homes, "both tabs are drawn")
    assert "1 waiting for a decision" in seen[stage.maya]
    assert "waiting for a decision" not in seen[stage.guest]


def test_a_card_that_somebody_deleted_comes_back_when_it_changes(stage: Stage) -> None:
    """Deleting the message in Slack is no decision: the next change posts the card anew."""
    post = stage.mention()
    card = stage.card_with(post, "Approve")
    room = stage.greenroom.room if stage.greenroom else None
    assert room is not None
    room.slack.client.chat_delete(channel=room.channel, ts=card["ts"])
    assert stage.card(post) is None
    stage.post(stage.room.account, "Eight.", in_reply_to=post)
    stage.card_with(post, "Answered")
