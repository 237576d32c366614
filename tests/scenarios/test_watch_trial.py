"""A query is tried on X and shown with its price before anybody listens to it."""

from typing import Any

from storage.posts import people
from tests.stage import Stage, shown, until
from tests.team import room_of


def whisper_with(stage: Stage, words: str) -> dict[str, Any]:
    def look() -> dict[str, Any] | None:
        mine = [m for m in stage.messages() if m.get("ephemeral_to") == stage.maya]
        return next((m for m in reversed(mine) if words in shown(m)), None)

    return until(look, f"a private word says “{words}”")


def command(stage: Stage, text: str) -> None:
    stage.do("command", command="/greenroom", text=text, member=stage.maya)


def watches(stage: Stage) -> str:
    command(stage, "watch list")
    return shown(whisper_with(stage, "everybody who mentions the account"))


def test_a_trial_shows_what_it_would_catch_and_cost_and_listens_when_told_to(
    stage: Stage,
) -> None:
    """Nothing is listened to before somebody saw the trial and said so."""
    stage.post("tess", "any coffee near the harbor at this hour?")
    stage.post("deals", "HARBOR COFFEE GIVEAWAY! Follow, like and RT to win a $500 gift card")
    command(stage, "watch add Harbor = harbor coffee")
    trial = whisper_with(stage, "I tried this on X")
    assert "found 2 posts in the last seven days" in shown(trial)
    assert "any coffee near the harbor" in shown(trial)
    assert "would be set aside" in shown(trial)
    assert "a day" in shown(trial)
    assert "Harbor" not in watches(stage)
    stage.press(trial, "Start listening")
    whisper_with(stage, "Harbor")
    post = stage.post("wil", "who has decent coffee by the harbor today?")
    stage.card_with(post, "Use this")


def test_a_trial_stores_nobody(stage: Stage) -> None:
    """Whom nobody listens to is not kept; of who is known the profile is brought up to date."""
    stage.card_with(stage.mention("hello there, open today?", author="wil"), "Approve")
    stage.post("tess", "@ruth_b any coffee near the harbor at this hour?")
    stage.post("wil", "harbor coffee, anyone?")
    command(stage, "watch try harbor coffee")
    whisper_with(stage, "I tried this on X")
    with room_of(stage).db.read() as tx:
        assert people.person_by_handle(tx, "wil")
        assert people.person_by_handle(tx, "tess") is None
        assert people.person_by_handle(tx, "ruth_b") is None


def test_a_bad_query_gets_xs_complaint_in_plain_words_and_can_be_changed(stage: Stage) -> None:
    """What X minds is told with what to do; the words that were typed are not lost."""
    command(stage, 'watch add Harbor = (harbor coffee OR "flat white"')
    refused = whisper_with(stage, "X does not take this query")
    assert "add a “)”" in shown(refused)
    assert "X says" in shown(refused)
    stage.press(refused, "Change the query")
    view = stage.view()
    assert '(harbor coffee OR \\"flat white\\"' in str(view).replace('"flat', '\\"flat').replace(
        'white"', 'white\\"'
    )
    answer = stage.submit(view, {"query": {"words": "harbor coffee"}})
    assert answer["ok"], answer
    trial = whisper_with(stage, "I tried this on X")
    assert "found nothing in the last seven days" in shown(trial)


def test_a_query_without_a_name_can_be_tried_too(stage: Stage) -> None:
    """The window asks for the name when somebody wants to listen."""
    stage.post("tess", "any coffee near the harbor at this hour?")
    command(stage, "watch try harbor coffee")
    stage.press(whisper_with(stage, "I tried this on X"), "Start listening")
    view = stage.view()
    assert stage.submit(view, {"label": {"words": "Boats"}})["ok"]


def test_when_x_cannot_be_asked_the_choice_stays_with_the_person(stage: Stage) -> None:
    """Out of credit: said so; the watch can be added all the same."""
    stage.trouble("x", "402", times=1, on="search")
    command(stage, "watch add Harbor = harbor coffee")
    untried = whisper_with(stage, "I could not try it on X")
    assert "credit is used up" in shown(untried)
    stage.press(untried, "Listen all the same")
    until(lambda: "harbor coffee" in watches(stage), "it is listened to")


def test_a_taken_name_is_refused_before_x_is_asked(stage: Stage) -> None:
    """Two watches of one name could not be told apart."""
    command(stage, "watch add Mentions = harbor coffee")
    whisper_with(stage, "There is a watch of that name already")
    assert not stage.calls("x", "search")
