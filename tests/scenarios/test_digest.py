"""The daily summary: once for each local date, late when it must be, short when it may be."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from domain import DigestKind, DigestState, Proposal, StoredDigest, VoiceRule
from insights.daily import next_turn
from jobs.engine.context import JobContext
from storage.db import key_values
from storage.db.values import time_text
from storage.inbox import proposals
from storage.queue import jobs
from storage.queue.enqueue import enqueue_settings_followed
from storage.reports import digests
from storage.voice import voices
from tests.moved_clock import open_at
from tests.scenarios.test_pause import say, told
from tests.stage import Stage, shown, until
from tests.team import room_of, set_team

FIVE = time(17)
ZONE: dict[str, Any] = {"TIMEZONE": "UTC", "DIGEST_AT": "17:00"}
A_DAY = timedelta(days=1)
A_MOMENT = timedelta(seconds=1)


def summaries(stage: Stage, kind: str = "daily") -> list[dict[str, Any]]:
    """Return the channel's summaries of a kind, oldest first."""
    found = []
    for message in stage.messages():
        payload = (message.get("metadata") or {}).get("event_payload") or {}
        if str(payload.get("key", "")).startswith(f"digest:{kind}:"):
            found.append(message)
    return found


def the_summary(stage: Stage, words: str) -> dict[str, Any]:
    """Return the newest summary once it shows the words."""

    def look() -> dict[str, Any] | None:
        found = summaries(stage)
        return found[-1] if found and words in shown(found[-1]) else None

    try:
        return until(look, f"the summary shows “{words}”")
    except AssertionError as error:
        raise AssertionError(f"{error}\n{[shown(m) for m in summaries(stage)]}") from None


def due_now(stage: Stage, **environment: str) -> JobContext:
    """Restart, with the clock moved by less than a minute to where the summary is due."""
    now = datetime.now(UTC)
    due = now.replace(second=0, microsecond=0) + timedelta(minutes=1)
    at = {"TIMEZONE": "UTC", "DIGEST_AT": f"{due:%H:%M}"}
    return open_at(stage, due - A_MOMENT, **at, **environment).room


def settled(stage: Stage) -> None:
    """Wait until the summary's job has run and waits for its next time."""
    room = room_of(stage)

    def waits() -> bool:
        with room.db.read() as tx:
            job = jobs.job(tx, "digest")
        return job is not None and job.due_at > room.now() and job.lease_owner is None

    until(waits, "the summary's job waits for its next time")


def stored(room: JobContext, day: date) -> StoredDigest | None:
    with room.db.read() as tx:
        return digests.digest(tx, day, DigestKind.DAILY)


def next_five(room: JobContext) -> datetime:
    return next_turn(room.now(), FIVE, room.timezone).at


def test_the_day_is_told_once_whatever_restarts(empty_stage: Stage) -> None:
    """What people said, who waits, who did what; two restarts post nothing more."""
    stage = empty_stage
    room = stage.open(**ZONE).room
    stage.mention("is the oat milk back yet?", "nell")
    stage.mention("please say the oat milk is back", "tess")
    answered = stage.mention("thank you so much!", "omar")
    stage.press(stage.card_with(answered, "Approve"), "Approve")
    stage.reply_to(answered)
    stage.card_with(answered, "replied")
    five = next_five(room)
    open_at(stage, five - A_MOMENT, **ZONE)
    summary = the_summary(stage, "oat milk")
    words = shown(summary)
    name = next(m["name"] for m in stage.get("members") if m["id"] == stage.maya)
    assert f"{five:%A}, {five.day} {five:%B}" in words
    assert "3 people wrote, 1 was answered, 2 wait." in words
    assert "Words that came up" in words
    assert f"What we did: {name} approved 1." in words
    assert "One thing to do" in words
    assert "late" not in words
    for _ in range(2):
        open_at(stage, five + timedelta(minutes=5), **ZONE)
        settled(stage)
    assert len(summaries(stage)) == 1
    assert shown(summaries(stage)[0]) == words


def test_an_answer_of_slack_that_is_lost_posts_no_second_summary(empty_stage: Stage) -> None:
    """Slack took it and its answer was lost: it is looked for, not posted again."""
    stage = empty_stage
    stage.open(TIMEZONE="UTC")
    stage.card_with(stage.mention("is the oat milk back yet?"), "Approve")
    due_now(stage)
    stage.trouble("slack", "posted_but_lost")
    the_summary(stage, "1 person wrote")
    settled(stage)
    assert len(summaries(stage)) == 1


def test_a_late_summary_is_made_up_once_for_the_last_date_only(empty_stage: Stage) -> None:
    """Three days without Greenroom: one summary, which says that it is late."""
    stage = empty_stage
    five = next_five(stage.open(**ZONE).room)
    open_at(stage, five - A_MOMENT, **ZONE)
    the_summary(stage, "nobody wrote")
    back = five + 3 * A_DAY + timedelta(hours=2)
    for _ in range(2):
        room = open_at(stage, back, **ZONE).room
        the_summary(stage, "This summary is late: it was due at 17:00")
        settled(stage)
    assert len(summaries(stage)) == 2
    assert stored(room, (five + 3 * A_DAY).date()) is not None
    assert stored(room, (five + 2 * A_DAY).date()) is None


def test_a_paused_day_has_none_and_the_next_one_has(empty_stage: Stage) -> None:
    """Whoever paused Greenroom hears nothing of that day, not even after resuming."""
    stage = empty_stage
    five = next_five(stage.open(**ZONE).room)
    set_team(stage, paused_by="Maya")
    room = open_at(stage, five - A_MOMENT, **ZONE).room

    def left_out() -> bool:
        made = stored(room, five.date())
        return made is not None and made.state is DigestState.LEFT_OUT

    until(left_out, "the paused day is left out")
    set_team(stage, paused_by=None)
    open_at(stage, five + timedelta(hours=1), **ZONE)
    settled(stage)
    assert summaries(stage) == []
    open_at(stage, five + A_DAY - A_MOMENT, **ZONE)
    the_summary(stage, "nobody wrote")
    assert len(summaries(stage)) == 1


def test_a_first_start_in_the_evening_makes_up_nothing(empty_stage: Stage) -> None:
    """What came before Greenroom was there is no missed summary."""
    stage = empty_stage
    today = datetime.now(UTC).date()
    evening = datetime.combine(today + A_DAY, time(20), tzinfo=UTC)
    open_at(stage, evening, **ZONE)
    settled(stage)
    assert summaries(stage) == []


def test_a_quiet_day_gets_one_line(empty_stage: Stage) -> None:
    """Nobody wrote, nobody waits: a line and nothing to press."""
    stage = empty_stage
    stage.open(TIMEZONE="UTC")
    due_now(stage)
    summary = the_summary(stage, "A quiet day: nobody wrote. Nobody waits.")
    assert len(summary["blocks"]) == 1


def test_the_time_moves_with_the_setting(empty_stage: Stage) -> None:
    """A later time the same day comes later; one that has passed comes now, and once."""
    stage = empty_stage
    noon = datetime.combine(datetime.now(UTC).date() + A_DAY, time(12), tzinfo=UTC)
    room = open_at(stage, noon - timedelta(hours=2), TIMEZONE="UTC").room
    open_at(stage, noon, TIMEZONE="UTC")
    room = room_of(stage)

    def move(at: time) -> None:
        set_team(stage, digest_at=at)
        with room.db.write() as tx:
            enqueue_settings_followed(tx, ["digest_at"], at=room.now())
        room.nudge()

    def due_at() -> datetime | None:
        with room.db.read() as tx:
            job = jobs.job(tx, "digest")
        return job.due_at if job else None

    with room.db.write() as tx:
        key_values.set_value(tx, "digests_since", time_text(noon - timedelta(hours=1)))
    move(time(20))
    until(lambda: due_at() == datetime.combine(noon.date(), time(20), tzinfo=UTC), "it waits")
    assert summaries(stage) == []
    move(time(11, 30))
    summary = the_summary(stage, "nobody wrote")
    assert "late" not in shown(summary)
    tomorrow = datetime.combine(noon.date() + A_DAY, time(11, 30), tzinfo=UTC)
    until(lambda: due_at() == tomorrow, "the next one comes tomorrow")
    move(time(22))
    until(lambda: due_at() not in {tomorrow, None}, "it moved again")
    settled(stage)
    assert len(summaries(stage)) == 1


def test_a_proposed_rule_is_adopted_from_the_summary(empty_stage: Stage) -> None:
    """The rule comes in the summary, in no message of its own, and the summary tells who did."""
    stage = empty_stage
    room = stage.open(TIMEZONE="UTC").room
    rule = VoiceRule("No exclamation marks.", "no_exclamation")
    with room.db.write() as tx:
        told = "You took out exclamation marks in 4 of the last 4 suggestions."
        proposals.add_proposal(
            tx, Proposal("p1", rule.trait, rule, told, (("Yes!", "Yes."),), room.now())
        )
    room = due_now(stage)
    summary = the_summary(stage, "Make it a rule?")
    stage.press(summary, "Adopt", stage.tom)
    name = next(m["name"] for m in stage.get("members") if m["id"] == stage.tom)
    adopted = the_summary(stage, f"{name} adopted it")
    assert adopted["ts"] == summary["ts"]
    with room.db.read() as tx:
        assert voices.voice(tx).rules == (rule,)
    assert [m for m in stage.messages() if rule.text in shown(m)] == [adopted]


def test_who_waits_can_be_snoozed_from_the_summary(empty_stage: Stage) -> None:
    """Its buttons are the cards' own: a window to snooze, a link to the card."""
    stage = empty_stage
    stage.open(TIMEZONE="UTC")
    post = stage.mention("is the oat milk back yet?")
    stage.card_with(post, "Approve")
    due_now(stage)
    summary = the_summary(stage, "Waiting longest")
    assert "Open the card" in shown(summary)
    stage.press(summary, "Snooze…")
    assert "nooze" in stage.view()["view"]["title"]["text"]


def test_hostile_posts_stay_words_in_the_summary(empty_stage: Stage) -> None:
    """Markup is escaped, orders are left to people, and nobody is called."""
    stage = empty_stage
    stage.open(TIMEZONE="UTC")
    evil = "<!channel> *espresso* <https://evil.example|free> <@U123> _broken_ machine?"
    posts = [stage.mention(evil, who) for who in ("nell", "tess")]
    for post in posts:
        stage.card_with(post, "nswer")
    due_now(stage)
    summary = the_summary(stage, "espresso")
    assert "<!channel>" not in str(summary["blocks"])
    assert "<https://evil.example" not in str(summary["blocks"])
    assert "<@" not in str(summary["blocks"]) + summary["text"]


def test_a_post_that_is_gone_from_x_goes_from_the_summary(empty_stage: Stage) -> None:
    """What its author deleted is shown nowhere of ours, in a posted summary neither."""
    stage = empty_stage
    stage.open(TIMEZONE="UTC")
    post = stage.mention("is the espresso machine back yet?")
    stage.card_with(post, "Approve")
    due_now(stage)
    the_summary(stage, "espresso")
    stage.trouble("x", "deleted")
    stage.press(stage.card_with(post, "Approve"), "Approve")
    gone = the_summary(stage, "(gone from X)")
    assert "espresso" not in shown(gone)


@pytest.mark.parametrize("trouble", [None, "500", "rubbish"])
def test_the_model_names_themes_or_words_do(empty_stage: Stage, trouble: str | None) -> None:
    """Its themes show under their own heading; when it fails the words come up instead."""
    stage = empty_stage
    stage.open(TIMEZONE="UTC")
    for who in ("nell", "tess", "omar", "ana", "ben"):
        card = stage.mention("is the oat milk back yet?", who)
        stage.card_with(card, "Approve")
    if trouble:
        stage.trouble("model", trouble, times=5)
    else:
        named = {"themes": [{"title": "The oat milk", "posts": [1, 2, 99]}]}
        stage.do("model", answers=[named])
    due_now(stage, OPENAI_API_KEY="sk-practice", OPENAI_BASE_URL=stage.room.model_url)
    if trouble:
        assert "oat milk" in shown(the_summary(stage, "Words that came up"))
    else:
        assert "*The oat milk* · 2 posts" in shown(the_summary(stage, "What people talked about"))


def test_today_so_far_for_who_asks_and_for_all(stage: Stage) -> None:
    """Private unless asked otherwise; a word that it does not know is answered kindly."""
    stage.card_with(stage.mention("is the oat milk back yet?"), "Approve")
    say(stage, "today")
    words = told(stage, stage.maya, "1 person wrote")
    assert "1 waits now" in words
    say(stage, "today public", stage.tom)
    until(
        lambda: [
            m
            for m in stage.messages()
            if not m.get("ephemeral_to") and "1 person wrote" in shown(m)
        ],
        "all see the day so far",
    )
    say(stage, "today tomorrow")
    told(stage, stage.maya, "Today is summed up as a whole")
    assert summaries(stage) == []


def test_monday_tells_of_the_week_too(empty_stage: Stage) -> None:
    """The week before that ends on Sunday, once; not on other days."""
    stage = empty_stage
    now = datetime.now(UTC)
    monday = now.date() + timedelta(days=7 - now.weekday())
    five = datetime.combine(monday, FIVE, tzinfo=UTC)
    open_at(stage, five - 2 * A_DAY, **ZONE)
    open_at(stage, five - A_MOMENT, **ZONE)
    week = until(lambda: summaries(stage, "weekly"), "the week is told")
    last = monday - A_DAY
    assert f"to {last.day} {last:%B}" in shown(week[0])
    open_at(stage, five + A_DAY, **ZONE)
    settled(stage)
    assert len(summaries(stage, "weekly")) == 1
