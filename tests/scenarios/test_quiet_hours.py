"""Quiet hours: nobody is called; everything is caught, drafted and to be found all the same."""

from domain import JobKind
from storage.inbox import mentions
from storage.queue import jobs
from storage.slack.held_cards import held_cards
from tests.stage import Stage, shown, until
from tests.team import quiet_now, room_of, set_team


def held(stage: Stage, post: str) -> bool:
    with room_of(stage).db.read() as tx:
        return post in held_cards(tx, 50)


def is_held(stage: Stage, post: str) -> None:
    until(lambda: held(stage, post) or None, "its card is held")
    assert stage.card(post) is None


def morning(stage: Stage) -> None:
    """Let the quiet hours end."""
    set_team(stage, quiet=None)
    room = room_of(stage)
    with room.db.write() as tx:
        jobs.add_job(tx, JobKind.HELD_CARDS, key="held_cards", due_at=room.now())
    room.nudge()


def test_no_new_card_calls_anybody_and_the_morning_brings_the_newest_first(stage: Stage) -> None:
    """Mentions are caught and drafted at night; their cards come when it is over."""
    set_team(stage, quiet=quiet_now())
    asked = ("is the bench free on Sundays?", "is the walnut bench free?", "is the oak bench free?")
    posts = [stage.mention(words, author="ruth") for words in asked]
    for post in posts:
        is_held(stage, post)
    with room_of(stage).db.read() as tx:
        assert {str(m.state) for p in posts if (m := mentions.mention(tx, p))} == {"waiting"}
    morning(stage)
    cards = [stage.card_with(post, "Approve") for post in posts]
    assert sorted(cards, key=lambda card: card["ts"]) == cards[::-1]
    assert not any(held(stage, post) for post in posts)


def test_at_night_the_command_shows_who_waits(stage: Stage) -> None:
    """Whoever is awake and asks sees them."""
    set_team(stage, quiet=quiet_now())
    post = stage.mention("do you sell the blue cups?")
    is_held(stage, post)
    stage.do("command", command="/greenroom", text="waiting", member=stage.maya)
    until(
        lambda: [m for m in stage.messages() if "blue cups" in shown(m)],
        "the command lists what waits",
    )


def test_cards_that_are_there_go_on_and_approved_replies_go_out(stage: Stage) -> None:
    """Quiet is about calling people, not about stopping what they decided."""
    post = stage.mention()
    card = stage.card_with(post, "Approve")
    set_team(stage, quiet=quiet_now())
    stage.press(card, "Approve")
    stage.reply_to(post)
    stage.card_with(post, "replied")


def test_what_was_answered_at_night_brings_no_card_in_the_morning(stage: Stage) -> None:
    """Somebody replied on X itself: there is nothing left to call about."""
    set_team(stage, quiet=quiet_now())
    post = stage.mention()
    is_held(stage, post)
    stage.post(stage.room.account.removeprefix("@"), "Eight on Sundays!", in_reply_to=post)
    room = room_of(stage)
    with room.db.write() as tx:
        jobs.add_job(tx, JobKind.TIMELINE, key="timeline", due_at=room.now())

    def answered() -> bool | None:
        with room.db.read() as tx:
            mention = mentions.mention(tx, post)
        return (mention is not None and str(mention.state) == "answered") or None

    until(answered, "it is answered")
    morning(stage)
    until(lambda: not held(stage, post) or None, "nothing is held any more")
    assert stage.card(post) is None


def test_a_job_that_comes_early_waits_for_the_end(stage: Stage) -> None:
    """The quiet hours were made longer meanwhile: the held cards wait for the new end."""
    set_team(stage, quiet=quiet_now())
    post = stage.mention()
    is_held(stage, post)
    room = room_of(stage)
    with room.db.write() as tx:
        jobs.add_job(tx, JobKind.HELD_CARDS, key="held_cards", due_at=room.now())

    def later() -> bool | None:
        with room.db.read() as tx:
            job = jobs.job(tx, "held_cards")
        return (job is not None and job.lease_owner is None and job.due_at > room.now()) or None

    until(later, "it waits again")
    assert held(stage, post)
