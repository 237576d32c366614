"""The Home tab: what waits with buttons, today, watches, health, and a way to everything."""

from typing import Any

from domain import MentionKind, Watch
from storage.posts import watches
from storage.team import health
from tests.stage import Stage, until, words_in
from tests.team import room_of


def home_with(stage: Stage, words: str, member: str | None = None) -> dict[str, Any]:
    """Return a member's Home tab once it shows the words."""
    who = member or stage.maya

    def look() -> dict[str, Any] | None:
        views = [v for v in stage.get("views") if v["type"] == "home" and v["member"] == who]
        return next((v for v in views if words in said_in(v)), None)

    try:
        return until(look, f"Home shows “{words}”")
    except AssertionError as error:
        homes = [said_in(v) for v in stage.get("views") if v["type"] == "home"]
        raise AssertionError(f"{error}\nThey show: {homes}") from None


def said_in(view: dict[str, Any]) -> str:
    return " | ".join(words_in(view["view"]["blocks"]))


def press_home(stage: Stage, view: dict[str, Any], words: str) -> None:
    """Press a button of Maya's Home tab."""
    answer = stage.do("click", view_id=view["view_id"], text=words, member=stage.maya)
    assert answer["ok"], answer


def open_home(stage: Stage, words: str, member: str | None = None) -> dict[str, Any]:
    """Open the tab and return it once it shows the words."""
    stage.do("home", member=member or stage.maya)
    return home_with(stage, words, member)


def test_what_waits_stands_there_with_a_way_to_its_card_and_can_be_skipped(stage: Stage) -> None:
    """Skip from Home is the same decision as on the card, and the list goes on."""
    post = stage.mention("is the oat milk back?")
    stage.card_with(post, "Approve")
    view = open_home(stage, "is the oat milk back?")
    links = [
        str(element.get("url"))
        for block in view["view"]["blocks"]
        for element in block.get("elements", [])
        if element.get("action_id") == "open_card"
    ]
    assert len(links) == 1
    assert stage.card(post) is not None
    assert "1 caught today" in said_in(view)
    press_home(stage, view, "Skip")
    stage.card_with(post, "kipped")
    home_with(stage, "Nothing waits")


def test_snooze_from_home_opens_the_window(stage: Stage) -> None:
    """The same window as on the card."""
    stage.card_with(stage.mention(), "Approve")
    view = open_home(stage, "1 waiting for a decision")
    press_home(stage, view, "Snooze…")
    assert "Snooze" in str(stage.view()["view"]["title"])


def test_a_watch_is_paused_and_resumed_from_home(stage: Stage) -> None:
    """The button says what it will do; the tab shows what became of it."""
    stage.do(
        "command", command="/greenroom", text="watch add coffee = flat white", member=stage.maya
    )
    with room_of(stage).db.write() as tx:
        watches.add_watch(tx, Watch("w1", MentionKind.KEYWORD, "tea", "green tea", 50))
    view = open_home(stage, "green tea")
    answer = stage.do(
        "click", view_id=view["view_id"], action_id="rest_watch", value="w1", member=stage.maya
    )
    assert answer["ok"], answer
    view = home_with(stage, "(rests)")
    with room_of(stage).db.read() as tx:
        watch = watches.watch(tx, "w1")
    assert watch is not None
    assert watch.paused
    answer = stage.do(
        "click", view_id=view["view_id"], action_id="wake_watch", value="w1", member=stage.maya
    )
    assert answer["ok"], answer

    def listens() -> bool | None:
        with room_of(stage).db.read() as tx:
            woken = watches.watch(tx, "w1")
        return (woken is not None and not woken.paused) or None

    until(listens, "it listens again")


def test_home_pauses_and_says_who_did(stage: Stage) -> None:
    """The button pauses, the tab says who, and the same place lets it go on."""
    view = open_home(stage, "Greenroom for @")
    press_home(stage, view, "Pause")
    view = home_with(stage, "paused Greenroom")
    assert room_of(stage).paused
    press_home(stage, view, "Resume")
    until(lambda: not room_of(stage).paused or None, "it goes on")


def test_today_counts_a_conversation_that_was_had(stage: Stage) -> None:
    """A reply that went out is a conversation with a person, and answered."""
    post = stage.mention()
    stage.press(stage.card_with(post, "Approve"), "Approve")
    stage.reply_to(post)
    stage.card_with(post, "replied")
    view = open_home(stage, "1 conversation with 1 person")
    assert "1 of 1 post to us today answered so far" in said_in(view)


def test_people_open_as_a_window(stage: Stage) -> None:
    """Who stands in Home sees the list there, not in a channel they do not look at."""
    stage.card_with(stage.mention(), "Approve")
    press_home(stage, open_home(stage, "Greenroom for @"), "People")
    assert "A connection is somebody" in str(stage.view())


def test_a_service_that_fails_is_named_with_its_words_and_mends(stage: Stage) -> None:
    """Home says that X fails and why; when it answers again, it says that."""
    stage.card_with(stage.mention(), "Approve")
    view = open_home(stage, "✅ X: works")
    assert "✅ Slack: works" in said_in(view)
    assert "none is set up" in said_in(view)
    stage.trouble("x", "402", times=1, on="mentions")

    def failed() -> bool | None:
        with room_of(stage).db.read() as tx:
            return health.health_of(tx, health.X).failed_at is not None or None

    until(failed, "the failure is noted")
    until(lambda: mended(stage), "X answers again")
    assert "✅ X: works" in said_in(open_home(stage, "Last trouble: X stopped"))


def mended(stage: Stage) -> bool | None:
    with room_of(stage).db.read() as tx:
        return not health.health_of(tx, health.X).fails or None


def test_the_first_visit_says_what_to_do_and_a_settings_button_is_for_admins(stage: Stage) -> None:
    """Maya owns the workspace; Tom hears who may change the settings."""
    view = open_home(stage, "First steps")
    assert "◻️ next: Say how you talk" in said_in(view)
    assert "Settings" in str(view["view"]["blocks"])
    assert "open_settings" in str(view["view"]["blocks"])
    other = open_home(stage, "First steps", stage.tom)
    assert "open_settings" not in str(other["view"]["blocks"])
    assert "Owners and admins" in said_in(other)
