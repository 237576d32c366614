"""The playbook edited in Slack, and served with the next suggestion."""

from typing import Any

from storage.voice import voices
from tests.scenarios.test_voice import command, private, window
from tests.stage import Stage, shown, until, words_in


def press(stage: Stage, view: dict[str, Any], words: str, **more: Any) -> None:
    answer = stage.do("click", view_id=view["view_id"], text=words, member=stage.maya, **more)
    assert answer["ok"], answer


def add_dogs(stage: Stage, answers: str = "Dogs are welcome, we keep a bowl by the door.") -> Any:
    command(stage, "playbook")
    press(stage, window(stage, "Playbook"), "Add an occasion")
    view = window(stage, "Words that call for it")
    return stage.submit(view, {"name": "dogs", "cues": "dog, puppy", "answers": answers})


def test_an_occasion_is_added_and_serves_the_next_suggestion(stage: Stage) -> None:
    """The list shows it with who saved it, and the next draft says it."""
    assert add_dogs(stage)["ok"]
    private(stage, "Saved “dogs” with 1 answer")
    window(stage, "*Ours*")
    post = stage.mention("can I bring my puppy?")
    assert "we keep a bowl by the door" in shown(stage.card_with(post, "Approve"))
    assert stage.greenroom is not None
    with stage.greenroom.room.db.read() as tx:
        saved = voices.playbook_saver(tx)
    assert saved is not None
    assert saved[0] == "Maya Okafor"


def test_a_gap_that_nothing_fills_stays_in_the_window(stage: Stage) -> None:
    """Named at the field, with the gaps there are."""
    answer = add_dogs(stage, "Yes, {prize}!")
    assert "{prize}" in answer["errors"]["answers"]


def test_what_the_checks_mind_is_shown_before_it_is_saved(stage: Stage) -> None:
    """Marked once; pressed again it is saved all the same."""
    add_dogs(stage, "Check out our website for 20% off today!")
    warned = window(stage, "Press *Save* again")
    assert stage.submit(warned, {})["ok"]
    private(stage, "Saved “dogs”")


def test_a_default_occasion_is_made_our_own_and_removed_again(stage: Stage) -> None:
    """Changed it stands among ours; removed, what Greenroom comes with serves again."""
    command(stage, "playbook queue")
    view = window(stage, "What Greenroom comes with")
    change = next(
        b["accessory"]
        for b in view["view"]["blocks"]
        if (b.get("accessory") or {}).get("value", "").startswith("default|")
    )
    name = change["value"].partition("|")[2]
    press(stage, view, "Change", action_id=change["action_id"], value=change["value"])
    occasion = window(stage, "Words that call for it")
    stage.submit(occasion, {"answers": "Sorry about the queue. Was it a long one?"})
    private(stage, "Saved “")
    ours = window(stage, "*Ours*")
    press(stage, ours, "Edit")
    occasion = window(stage, "Remove this occasion")
    press(stage, occasion, "Remove this occasion")
    window(stage, "is out of the playbook")
    assert stage.greenroom is not None
    with stage.greenroom.room.db.read() as tx:
        assert name not in {answer.occasion for answer in voices.playbook(tx)}

    def list_is_redrawn() -> bool:
        lists = [v for v in stage.get("views") if v["view"]["title"]["text"] == "Playbook"]
        return bool(lists) and not any("*Ours*" in list(words_in(v["view"])) for v in lists)

    until(list_is_redrawn, "the list below is as it was")


def test_two_members_at_one_occasion_see_each_other(stage: Stage) -> None:
    """Who comes second sees what was saved meanwhile before it is replaced."""
    command(stage, "playbook")
    press(stage, window(stage, "Playbook"), "Add an occasion")
    mine = window(stage, "Words that call for it")
    command(stage, "playbook", stage.tom)
    theirs = window(stage, "Playbook", stage.tom)
    stage.do("click", view_id=theirs["view_id"], text="Add an occasion", member=stage.tom)
    theirs = window(stage, "Words that call for it", stage.tom)
    first = {"name": "dogs", "cues": "dog", "answers": "Dogs? Always."}
    assert stage.submit(theirs, first, stage.tom)["ok"]
    private(stage, "Saved “dogs”", stage.tom)
    stage.submit(mine, {"name": "dogs", "cues": "dog", "answers": "Yes, inside too."})
    again = window(stage, "changed this occasion while you wrote")
    assert "Dogs? Always." in str(again["view"]["blocks"])
    assert stage.submit(again, {})["ok"]
    private(stage, "Saved “dogs”")
