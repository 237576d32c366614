"""The team's settings: who may change them, what follows, and a start without a channel."""

from datetime import timedelta
from typing import Any

from sandbox.slack.state import OTHER_CHANNEL_ID
from storage.queue import jobs
from storage.team.team_settings import setting_changes
from tests.scenarios.test_home import home_with, open_home, press_home, said_in
from tests.scenarios.test_pause import said_in_channel, say, told
from tests.scenarios.test_second_approver import write
from tests.stage import Stage, shown, until
from tests.team import room_of


def window(stage: Stage) -> dict[str, Any]:
    """Open Maya's settings window from Home."""
    press_home(stage, open_home(stage, "Greenroom for @"), "Settings")
    return stage.view()


def changed(stage: Stage, **values: Any) -> None:
    """Change settings in the window."""
    answer = stage.submit(window(stage), values)
    assert answer["ok"], answer


def test_a_change_holds_at_once_is_recorded_and_shown(stage: Stage) -> None:
    """Home and the window say who set what; the summary moves to its new time."""
    room = room_of(stage)
    changed(stage, digest_at="18:05", remind_after="25")
    view = home_with(stage, "set the daily summary to 18:05")
    assert "*Maya" in said_in(view)
    assert room.team.settings.remind_after == timedelta(minutes=25)
    with room.db.read() as tx:
        names = {change.name for change in setting_changes(tx)}
    assert names == {"digest_at", "remind_after"}

    def moved() -> bool | None:
        with room.db.read() as tx:
            job = jobs.job(tx, "digest")
        return (job is not None and (job.due_at.hour, job.due_at.minute) == (18, 5)) or None

    until(moved, "the daily job moved")
    assert "set the daily summary to 18:05" in str(window(stage))


def test_a_slip_keeps_the_window_open_with_its_sentence(stage: Stage) -> None:
    """Nothing of a window with a slip is stored."""
    answer = stage.submit(window(stage), {"remind_after": "soon", "digest_at": "18:05"})
    assert "minutes from 1" in answer["errors"]["remind_after"]
    with room_of(stage).db.read() as tx:
        assert setting_changes(tx) == []


def test_a_channel_that_the_bot_is_not_in_is_refused_at_its_field(empty_stage: Stage) -> None:
    """The sentence says to invite it."""
    empty_stage.open(SLACK_CHANNEL="")
    press_home(empty_stage, open_home(empty_stage, "No channel is chosen"), "Settings")
    answer = empty_stage.submit(empty_stage.view(), {"channel": OTHER_CHANNEL_ID})
    assert "/invite" in answer["errors"]["channel"]


def test_what_the_environment_forces_has_no_input(stage: Stage) -> None:
    """The stage's environment names the channel: it is shown, with where it is set."""
    view = window(stage)
    assert "set in `.env`" in str(view)
    inputs = {b["block_id"] for b in view["view"]["blocks"] if b["type"] == "input"}
    assert "channel" not in inputs
    assert "digest_at" in inputs


def test_who_may_not_set_any_more_is_refused_at_the_last_moment(stage: Stage) -> None:
    """A window that stays open is no way in: saving asks again who may."""
    changed(stage, approvers=[stage.maya, stage.tom])
    home = open_home(stage, "Greenroom for @", stage.tom)
    stage.do("click", view_id=home["view_id"], text="Settings", member=stage.tom)
    view = stage.view(stage.tom)
    changed(stage, approvers=[])
    answer = stage.submit(view, {"remind_after": "1"}, stage.tom)
    assert "owners and admins" in str(answer["errors"])
    assert room_of(stage).team.settings.remind_after == timedelta(hours=2)


def test_two_admins_at_once_do_not_undo_each_other(stage: Stage) -> None:
    """Only what was changed in a window is written, however old the window is."""
    changed(stage, approvers=[stage.maya, stage.tom])
    home = open_home(stage, "Greenroom for @", stage.tom)
    stage.do("click", view_id=home["view_id"], text="Settings", member=stage.tom)
    older = stage.view(stage.tom)
    changed(stage, digest_at="18:05")
    answer = stage.submit(older, {"remind_after": "30"}, stage.tom)
    assert answer["ok"], answer
    settings = room_of(stage).team.settings
    assert (settings.digest_at.hour, settings.digest_at.minute) == (18, 5)
    assert settings.remind_after == timedelta(minutes=30)


def test_named_approvers_decide_from_now_on_and_may_set(stage: Stage) -> None:
    """With Tom alone on the list, Maya owns the settings but approves nothing any more."""
    post = stage.mention()
    card = stage.card_with(post, "Approve")
    changed(stage, approvers=[stage.tom])
    until(lambda: room_of(stage).team.settings.approvers == (stage.tom,) or None, "the list holds")
    stage.press(card, "Approve")
    told(stage, stage.maya, "Only the team's approvers")
    stage.press(card, "Approve", stage.tom)
    stage.reply_to(post)
    assert "open_settings" in str(open_home(stage, "Greenroom for @", stage.tom)["view"])


def test_approvers_who_cannot_decide_are_refused(stage: Stage) -> None:
    """A list of guests alone would lock everybody out."""
    answer = stage.submit(window(stage), {"approvers": [stage.guest]})
    assert "None of these can decide" in answer["errors"]["approvers"]


def test_the_second_approver_shows_on_waiting_cards_at_once(stage: Stage) -> None:
    """A card that waits is rendered again when the rule changes; nothing else touches it."""
    post = stage.mention()
    stage.card_with(post, "Approve")
    changed(stage, second_approver=["on"])
    home_with(stage, "turned two-person approval on")
    write(stage, post)
    stage.card_with(post, "somebody else approves")
    changed(stage, second_approver=[])

    def plain() -> bool | None:
        card = stage.card(post)
        return (card is not None and "somebody else approves" not in shown(card)) or None

    until(plain, "the card drops the rule")


def test_it_starts_without_a_channel_and_begins_when_one_is_chosen(empty_stage: Stage) -> None:
    """Nothing is read or posted before; afterwards everything is as if it had been named."""
    stage = empty_stage
    stage.open(SLACK_CHANNEL="")
    post = stage.mention()
    asked = until(
        lambda: [m for m in stage.messages() if "no channel is chosen yet" in m["text"]],
        "an owner is asked to choose",
    )
    assert len(asked) == 1
    assert not said_in_channel(stage, "Hello! I listen")
    view = open_home(stage, "No channel is chosen")
    assert not [r for r in stage.get("requests") if "mentions" in r["call"]]
    other = open_home(stage, "No channel is chosen", stage.tom)
    assert "open_settings" not in str(other["view"])
    press_home(stage, view, "Settings")
    answer = stage.submit(stage.view(), {"channel": stage.room.channel_id})
    assert answer["ok"], answer
    card = stage.card_with(post, "Approve")
    assert said_in_channel(stage, "Hello! I listen")
    stage.press(card, "Approve", stage.tom)
    stage.reply_to(post)
    assert stage.greenroom is not None
    stage.greenroom.stop()
    stage.open(SLACK_CHANNEL="")
    again = stage.mention("and are you open on Monday?", author="ruth")
    stage.card_with(again, "Approve")


def test_before_a_channel_is_chosen_commands_say_so(empty_stage: Stage) -> None:
    """Whoever asks hears who can choose it."""
    empty_stage.open(SLACK_CHANNEL="")
    say(empty_stage, "waiting", empty_stage.tom)
    assert "No channel is chosen" in told(empty_stage, empty_stage.tom, "No channel is chosen")
