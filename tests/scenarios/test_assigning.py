"""Assign, remind, give back: who has a mention, and what they hear of it."""

from datetime import timedelta
from typing import Any

from domain import JobKind
from storage.inbox import mentions as stored
from storage.queue import jobs
from tests.stage import Stage, shown, until
from tests.team import ALWAYS, end_sleep, hurry, quiet_now, room_of, set_team, thread_of


def assign(stage: Stage, post: str, to: str, note: str = "") -> dict[str, Any]:
    """Have Maya hand a mention over; return its card."""
    stage.press(stage.card_with(post, "Approve"), "Assign…")
    answer = stage.submit(stage.view(), {"member": to, "words": note})
    assert answer["ok"], answer
    return stage.card_with(post, "has this")


def remind_soon(stage: Stage) -> None:
    """Let a reminder come a moment after a hand-over, at any time of day."""
    set_team(stage, remind_after=timedelta(seconds=0.2), business=ALWAYS)


def remind_job(stage: Stage, post: str) -> jobs.Job | None:
    with room_of(stage).db.read() as tx:
        return jobs.job(tx, f"remind:{post}")


def test_the_card_says_who_has_it_and_who_asked(stage: Stage) -> None:
    """The teammate is named on the card with the word to them, and asked once in the thread."""
    post = stage.mention()
    card = assign(stage, post, stage.tom, "you know her <!channel>")
    words = shown(card)
    assert f"<@{stage.tom}> has this" in words
    assert "you know her &lt;!channel&gt;" in words
    until(lambda: len(thread_of(stage, card)) == 1, "the teammate is asked in the thread")
    assert f"<@{stage.tom}>" in thread_of(stage, card)[0]


def test_whoever_has_it_is_reminded_once_and_a_day_later_the_thread(stage: Stage) -> None:
    """Two words in all: one to who has it, one a business day later to who asked."""
    remind_soon(stage)
    post = stage.mention()
    card = assign(stage, post, stage.tom)
    until(lambda: len(thread_of(stage, card)) == 2, "the reminder")
    assert f"<@{stage.tom}>" in thread_of(stage, card)[1]
    assert "still waits" in thread_of(stage, card)[1]

    def last() -> jobs.Job | None:
        job = remind_job(stage, post)
        return job if job is not None and job.payload["last"] else None

    job = until(last, "another reminder is planned")
    ahead = job.due_at - room_of(stage).now()
    assert timedelta(hours=22) < ahead < timedelta(hours=26)
    hurry(stage, JobKind.REMIND, f"remind:{post}")
    until(lambda: len(thread_of(stage, card)) == 3, "the last word")
    assert f"<@{stage.maya}>" in thread_of(stage, card)[2]
    until(lambda: remind_job(stage, post) is None, "nothing more is planned")


def test_what_is_decided_brings_no_reminder(stage: Stage) -> None:
    """A reminder that comes late finds nothing to say."""
    post = stage.mention()
    card = assign(stage, post, stage.tom)
    stage.press(card, "Skip")
    stage.card_with(post, "skipped")
    hurry(stage, JobKind.REMIND, f"remind:{post}")
    until(lambda: remind_job(stage, post) is None, "the reminder is done with")
    assert not [words for words in thread_of(stage, card) if "still waits" in words]


def test_nobody_is_reminded_in_quiet_hours(stage: Stage) -> None:
    """The reminder waits for their end."""
    set_team(stage, quiet=quiet_now())
    post = stage.mention()
    # A card that nobody touched is held; a member who hands over from elsewhere is awake.
    waiting = until(lambda: state_of(stage, post) == "waiting" or None, "it waits")
    assert waiting
    set_team(stage, quiet=None)
    with room_of(stage).db.write() as tx:
        jobs.add_job(tx, JobKind.HELD_CARDS, key="held_cards", due_at=room_of(stage).now())
    card = assign(stage, post, stage.tom)
    set_team(stage, quiet=quiet_now())
    hurry(stage, JobKind.REMIND, f"remind:{post}")

    def moved() -> bool | None:
        job = remind_job(stage, post)
        ahead = job.due_at - room_of(stage).now() if job else timedelta()
        return timedelta(minutes=50) < ahead < timedelta(minutes=61) or None

    until(moved, "the reminder waits for the end of the quiet hours")
    assert not [words for words in thread_of(stage, card) if "still waits" in words]


def test_while_paused_nobody_is_reminded(stage: Stage) -> None:
    """Everything rests, reminders too; they are not lost."""
    post = stage.mention()
    card = assign(stage, post, stage.tom)
    set_team(stage, paused_by="Maya")
    hurry(stage, JobKind.REMIND, f"remind:{post}")
    until(lambda: (remind_job(stage, post) or no_job()).version > 1 or None, "it was looked at")
    set_team(stage, paused_by=None)
    until(lambda: len(thread_of(stage, card)) == 2, "it comes when the pause is over")


def no_job() -> jobs.Job:
    raise AssertionError("the reminder is gone")


def test_only_who_has_it_gives_it_back(stage: Stage) -> None:
    """Another hears kindly whose it is; given back, it waits for everybody again."""
    post = stage.mention()
    card = assign(stage, post, stage.tom)
    stage.press(card, "Give back", stage.maya)
    stage.answer_to(stage.maya, "Only <@")
    stage.press(card, "Give back", stage.tom)
    given = stage.card_with(post, "gave this back")
    assert "has this" not in shown(given)
    assert remind_job(stage, post) is None


def test_who_may_not_decide_cannot_be_given_a_mention(stage: Stage) -> None:
    """The window stays open with one kind sentence."""
    post = stage.mention()
    stage.press(stage.card_with(post, "Approve"), "Assign…")
    answer = stage.submit(stage.view(), {"member": stage.guest})
    assert not answer["ok"]
    assert "cannot decide here" in str(answer["errors"])
    assert state_of(stage, post) == "waiting"


def test_who_had_it_has_it_again_after_a_sleep(stage: Stage) -> None:
    """Snoozed from somebody's hands, it wakes in them, with the word that came with it."""
    post = stage.mention()
    card = assign(stage, post, stage.tom, "ask her which day")
    stage.press(card, "Snooze…", stage.tom)
    until_then = int(room_of(stage).now().timestamp()) + 600
    answer = stage.submit(
        stage.view(stage.tom), {"choice": "picked", "time": str(until_then)}, stage.tom
    )
    assert answer["ok"], answer
    assert "Wake now" in shown(stage.card_with(post, "Snoozed"))
    end_sleep(stage, post)
    woken = stage.card_with(post, "has this")
    assert "ask her which day" in shown(woken)
    until(lambda: [w for w in thread_of(stage, woken) if "this one is back" in w], "he is told")
    assert remind_job(stage, post) is not None


def test_woken_by_hand_it_is_theirs_again(stage: Stage) -> None:
    """*Wake now* gives it back to who had it; their note of who asked stays on the card."""
    post = stage.mention()
    card = assign(stage, post, stage.tom, "ask her which day")
    stage.press(card, "Snooze…")
    assert stage.submit(stage.view(), {})["ok"]
    stage.press(stage.card_with(post, "Snoozed"), "Wake now")
    assert "ask her which day" in shown(stage.card_with(post, "has this"))
    assert remind_job(stage, post) is not None


def state_of(stage: Stage, post: str) -> str:
    with room_of(stage).db.read() as tx:
        mention = stored.mention(tx, post)
    return str(mention.state) if mention else ""


def test_a_time_that_is_past_is_refused_in_the_window(stage: Stage) -> None:
    """Nothing is snoozed; the window says why."""
    post = stage.mention()
    stage.press(stage.card_with(post, "Approve"), "Snooze…")
    answer = stage.submit(stage.view(), {"choice": "picked", "time": "1700000000"})
    assert not answer["ok"]
    assert "past" in str(answer["errors"])
    far = int(room_of(stage).now().timestamp()) + 400 * 24 * 3600
    answer = stage.submit(stage.view(), {"choice": "picked", "time": str(far)})
    assert "more than a year" in str(answer["errors"])
    assert state_of(stage, post) == "waiting"


def test_tomorrow_morning_is_the_businesss(stage: Stage) -> None:
    """Nine o'clock of the next day where the business is."""
    post = stage.mention()
    stage.press(stage.card_with(post, "Approve"), "Snooze…")
    assert stage.submit(stage.view(), {"choice": "tomorrow"})["ok"]
    stage.card_with(post, "Snoozed")
    with room_of(stage).db.read() as tx:
        mention = stored.mention(tx, post)
    assert mention is not None
    assert mention.snoozed_until is not None
    local = mention.snoozed_until.astimezone(room_of(stage).timezone)
    assert (local.hour, local.minute) == (9, 0)
    today = room_of(stage).now().astimezone(room_of(stage).timezone).date()
    assert local.date() - today == timedelta(days=1)


def test_one_mention_calls_the_channel_once(stage: Stage) -> None:
    """Through its whole life a mention posts one message to the channel; all else is updates."""
    post = stage.mention()
    card = assign(stage, post, stage.tom)
    stage.press(card, "Give back", stage.tom)
    stage.press(stage.card_with(post, "gave this back"), "Snooze…")
    stage.submit(stage.view(), {})
    stage.press(stage.card_with(post, "Snoozed"), "Wake now")
    stage.press(stage.card_with(post, "Approve"), "Approve")
    stage.reply_to(post)
    stage.card_with(post, "replied")
    posted = [
        call["body"] for call in stage.calls("slack", "chat.postMessage") if post in str(call)
    ]
    top = [body for body in posted if not body.get("thread_ts")]
    assert len(top) == 1
    assert not any(body.get("reply_broadcast") for body in posted)
    assert not any(word in str(posted) for word in ("<!channel>", "<!here>", "<!everyone>"))
