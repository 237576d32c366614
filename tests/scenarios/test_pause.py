"""Pausing: nothing by itself, everything that a person decided; and what it all costs."""

from domain import JobKind
from storage.inbox import mentions, suggestions
from storage.queue import jobs
from storage.queue.enqueue import enqueue_suggestions
from tests.stage import Stage, shown, until
from tests.team import room_of


def say(stage: Stage, words: str, member: str | None = None) -> None:
    """Write a slash command."""
    who = member or stage.maya
    stage.do("command", command="/greenroom", text=words, member=who)


def told(stage: Stage, member: str, words: str) -> str:
    """Return the private words that answer the member's last act, with `words` in them."""
    return shown(stage.answer_to(member, words))


def said_in_channel(stage: Stage, words: str) -> list[str]:
    """Return the channel's messages with the words."""
    return [shown(m) for m in stage.messages() if not m.get("ephemeral_to") and words in shown(m)]


def reads(stage: Stage) -> int:
    return sum(r["where"] == "x" and r["call"] != "posts.create" for r in stage.get("requests"))


def reads_stopped(stage: Stage) -> None:
    """Wait until each job that reads from X has seen the pause and rests."""
    room = room_of(stage)

    def resting() -> bool | None:
        with room.db.read() as tx:
            waiting = [jobs.job(tx, key) for key in ("listen:mentions", "timeline")]
        soon = room.now() + room.timings.rest / 2
        return all(job is not None and job.due_at > soon for job in waiting) or None

    until(resting, "listening rests")


def test_paused_reads_nothing_and_resume_brings_what_was_written_meanwhile(stage: Stage) -> None:
    """Nobody is lost: what people wrote during the pause comes after it."""
    stage.card_with(stage.mention("is the oat milk back?"), "Approve")
    say(stage, "pause")
    told(stage, stage.maya, "Nothing is read from X")
    reads_stopped(stage)
    before = reads(stage)
    post = stage.mention("do you open at 7?")
    room = room_of(stage)
    with room.db.write() as tx:
        jobs.add_job(
            tx, JobKind.LISTEN, key="listen:mentions", subject="mentions", due_at=room.now()
        )
    room.nudge()
    reads_stopped(stage)
    assert reads(stage) == before
    with room.db.read() as tx:
        assert mentions.mention(tx, post) is None
    say(stage, "resume", stage.tom)
    stage.card_with(post, "Approve")


def test_the_channel_hears_of_it_once_and_of_its_end_once(stage: Stage) -> None:
    """Two who pause make one notice; the second is told who was first."""
    say(stage, "pause")
    until(lambda: said_in_channel(stage, "paused Greenroom"), "the channel is told")
    say(stage, "pause", stage.tom)
    assert "paused it already" in told(stage, stage.tom, "paused it already")
    say(stage, "resume", stage.tom)
    until(lambda: said_in_channel(stage, "resumed Greenroom"), "the channel is told")
    say(stage, "resume")
    told(stage, stage.maya, "is not paused")
    assert len(said_in_channel(stage, "paused Greenroom")) == 1
    assert len(said_in_channel(stage, "resumed Greenroom")) == 1


def test_what_a_person_approves_goes_out_while_paused(stage: Stage) -> None:
    """Pausing is about what happens by itself; no decision is held back by it."""
    post = stage.mention()
    card = stage.card_with(post, "Approve")
    say(stage, "pause")
    told(stage, stage.maya, "Nothing is read from X")
    stage.press(card, "Approve")
    stage.reply_to(post)


def test_a_guest_can_neither_pause_nor_resume(stage: Stage) -> None:
    """Who may not decide changes nothing."""
    say(stage, "pause", stage.guest)
    told(stage, stage.guest, "full members")
    assert room_of(stage).team.settings.paused_by is None


def test_the_pause_outlives_a_restart(empty_stage: Stage) -> None:
    """Who paused on Friday finds it paused on Monday, whatever the machine did."""
    empty_stage.open()
    say(empty_stage, "pause")
    told(empty_stage, empty_stage.maya, "Nothing is read from X")
    assert empty_stage.greenroom is not None
    empty_stage.greenroom.stop()
    empty_stage.open()
    assert room_of(empty_stage).paused
    reads_stopped(empty_stage)


def test_the_budget_says_what_was_spent_for_what(stage: Stage) -> None:
    """Today, this month, by purpose, what is left and when it begins anew."""
    stage.card_with(stage.mention(), "Approve")
    say(stage, "budget")
    answer = told(stage, stage.maya, "of $50.00 today")
    assert "the watch “Mentions”" in answer
    assert "this month" in answer
    assert "midnight UTC" in answer
    assert "No model is set up" in answer


def test_nothing_is_drafted_by_itself_but_who_asks_gets_other_ideas(stage: Stage) -> None:
    """A draft that was due rests until the end; one that a member asked for is made."""
    post = stage.mention()
    stage.card_with(post, "Approve")
    say(stage, "pause")
    told(stage, stage.maya, "nothing is drafted")
    room = room_of(stage)

    def rounds() -> int:
        with room.db.read() as tx:
            return len({s.round for s in suggestions.all_rounds(tx, post)})

    def rests() -> bool | None:
        with room.db.read() as tx:
            job = jobs.job(tx, f"suggest:{post}")
        return (job is not None and job.due_at > room.now() + room.timings.rest / 2) or None

    before = rounds()
    with room.db.write() as tx:
        enqueue_suggestions(tx, post, at=room.now())
    room.nudge()
    until(rests, "the draft rests")
    assert rounds() == before
    with room.db.write() as tx:
        enqueue_suggestions(tx, post, at=room.now(), asked_by=stage.maya)
    room.nudge()
    until(lambda: rounds() > before or None, "other ideas are made")
