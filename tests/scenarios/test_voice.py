"""The voice in Slack: its page, its window, the interview, past replies, and the versions."""

from datetime import timedelta
from typing import Any

import pytest

from domain import MentionState
from storage.inbox import mentions
from storage.queue import jobs
from storage.voice import voice_offers, voices
from tests.stage import Stage, quick, shown, until, words_in

PAST = (
    "We do! Oat and soy.",
    "Til five today, four on Sundays.",
    "Ha, that bench has seen a lot. Which one were you on?",
    "Tom made that one. I'll tell him.",
    "It's the washed one this week, a bit of lemon in it.",
    "Sorry about the queue. Was it around eight?",
    "Yes, up the two steps, and there's a ramp by the side door.",
    "Dogs are the best regulars. What's yours called?",
    "No plans for that, but I like how you think.",
    "That cup's from the potter on Mill Lane.",
)


@pytest.fixture
def stage(empty_stage: Stage) -> Stage:
    """A Greenroom that nobody has told anything yet."""
    empty_stage.tells_facts = False
    empty_stage.open()
    return empty_stage


def command(stage: Stage, text: str, member: str | None = None) -> dict[str, Any]:
    return dict(stage.do("command", command="/greenroom", text=text, member=member or stage.maya))


def private(stage: Stage, words: str, member: str | None = None) -> dict[str, Any]:
    """Return the private message that answers the member's last act, with the words in it."""
    return stage.answer_to(member or stage.maya, words)


def window(stage: Stage, words: str, member: str | None = None) -> dict[str, Any]:
    """Return the member's window once it shows the words."""

    def look() -> dict[str, Any] | None:
        for view in reversed(stage.get("views")):
            if view["type"] == "modal" and view["member"] == (member or stage.maya):
                title = view["view"]["title"]["text"]
                if words in " | ".join([title, *words_in(view["view"]["blocks"])]):
                    return dict(view)
        return None

    return until(look, f"a window says “{words}”")


def field_of(view: dict[str, Any], begins: str) -> tuple[dict[str, Any], str] | None:
    """Return a window and its field of that beginning, once it has one."""
    blocks = (str(b["block_id"]) for b in view["view"]["blocks"])
    return next(((view, name) for name in blocks if name.startswith(begins)), None)


def edit(stage: Stage, member: str | None = None, **answers: Any) -> dict[str, Any]:
    """Open the voice's window by the command, fill it in and submit it."""
    command(stage, "voice edit", member)
    view = window(stage, "Who we are", member)
    return stage.submit(view, dict(answers), member)


def test_the_page_is_private_and_its_window_saves_who_and_what(stage: Stage) -> None:
    """A saved fact is there with its version and its member, and answers the next question."""
    command(stage, "voice")
    page = private(stage, "Nobody has said anything yet")
    stage.press(page, "Edit")
    answer = stage.submit(
        window(stage, "Who we are"),
        {"who": "A coffee shop.", "facts": "Dogs are welcome inside. (checked today)"},
    )
    assert answer["ok"], answer
    told = private(stage, "Saved as version 1")
    assert "added 1 fact, changed who we are" in shown(told)
    command(stage, "voice")
    again = private(stage, "Version 1, changed by Maya")
    assert "Dogs are welcome inside" in shown(again)
    post = stage.mention("may I bring my dog inside?")
    assert "Dogs are welcome inside" in shown(stage.card_with(post, "Approve"))


def test_what_is_wrong_stays_in_the_window(stage: Stage) -> None:
    """Nothing is saved, and what was typed is still there."""
    answer = edit(stage, facts="Open late (checked soon)", how="Dry.")
    assert "soon" in answer["errors"]["facts"]
    values = window(stage, "Who we are")["view"]
    assert values is not None
    command(stage, "voice")
    private(stage, "Nobody has said anything yet")


def test_two_editors_at_once_lose_nothing(stage: Stage) -> None:
    """The second hears who was first, sees both in the window, and saves both."""
    command(stage, "voice edit")
    mine = window(stage, "Who we are")
    assert edit(stage, stage.tom, facts="Open on Mondays", how="Warm.")["ok"]
    private(stage, "Saved as version 1", stage.tom)
    stage.submit(mine, {"facts": "Dogs are welcome", "how": "Dry."})
    merged = window(stage, "changed this while you wrote")
    assert "Warm." in str(merged["view"]["blocks"])
    assert stage.submit(merged, {})["ok"]
    private(stage, "Saved as version 2")
    command(stage, "voice")
    page = shown(private(stage, "Version 2, changed by Maya"))
    assert "Open on Mondays" in page
    assert "Dogs are welcome" in page
    assert "Dry." in page


def test_the_history_brings_a_version_back(stage: Stage) -> None:
    """An earlier voice becomes a new version; none is lost."""
    edit(stage, how="Dry.")
    private(stage, "Saved as version 1")
    edit(stage, how="Loud!")
    private(stage, "Saved as version 2")
    command(stage, "voice")
    stage.press(private(stage, "Version 2, changed by"), "History")
    view = window(stage, "How we talked before")
    stage.do("click", view_id=view["view_id"], text="Bring back this version", member=stage.maya)
    private(stage, "Saved as version 3: brought back version 1")
    window(stage, "Version 3")
    command(stage, "voice")
    assert "Dry." in shown(private(stage, "Version 3, changed by"))


def interview(stage: Stage, text: str = "set up voice") -> dict[str, Any]:
    command(stage, text)
    stage.submit(
        window(stage, "How do we talk?"),
        {
            "who": "A coffee shop in Leeds.",
            "greeting": "Morning! The usual?",
            "words": "Ours: ta, proper\nNever: folks",
            "facts": "Are dogs welcome inside? Yes, and there's a bowl of water.",
            "person": "Refunds above 25",
            "complaint": "Oh no, that's on us.",
        },
    )
    return window(stage, "A voice made of six answers")


def test_the_interview_offers_a_voice_and_a_yes_takes_it(stage: Stage) -> None:
    """Before the yes nothing talks like it; after it the next suggestion knows the fact."""
    offered = interview(stage)
    command(stage, "voice")
    assert "Nobody has said anything yet" in shown(private(stage, "waits for a yes"))
    stage.do("click", view_id=offered["view_id"], text="Take this voice", member=stage.maya)
    window(stage, "Saved as version 1")
    command(stage, "voice")
    page = shown(private(stage, "Version 1, changed by Maya"))
    assert "took the voice made of six answers" in page
    for words in ("A coffee shop in Leeds.", "Morning! The usual?", "ta, proper", "above 25"):
        assert words in page
    post = stage.mention("are dogs welcome inside?")
    assert "bowl of water" in shown(stage.card_with(post, "Approve"))


def test_left_is_left_and_can_be_changed_first(stage: Stage) -> None:
    """*Leave it* keeps the old voice; *Change it first* takes what was changed."""
    offered = interview(stage, "voice set up")
    stage.do("click", view_id=offered["view_id"], text="Leave it", member=stage.maya)
    window(stage, "The voice stays as it is")
    command(stage, "voice")
    assert "A coffee shop in Leeds." not in shown(private(stage, "Nobody has said anything"))
    offered = interview(stage)
    stage.do("click", view_id=offered["view_id"], text="Change it first…", member=stage.maya)
    view, who = until(lambda: field_of(window(stage, "How we talk"), "who"), "it can be changed")
    assert stage.submit(view, {who: "A tea shop."})["ok"]
    private(stage, "Saved as version 1")
    command(stage, "voice")
    page = shown(private(stage, "Version 1, changed by"))
    assert "A tea shop." in page
    assert "waits for a yes" not in page


def test_an_empty_interview_stays_open(stage: Stage) -> None:
    """One answer is asked for, kindly."""
    command(stage, "setup voice")
    answer = stage.submit(window(stage, "How do we talk?"), {"who": "  "})
    assert "at least one" in answer["errors"]["who"]


def test_past_replies_are_offered_with_evidence_and_not_taken(empty_stage: Stage) -> None:
    """How we talked is measured, examples are shown, and nothing changes before the yes."""
    stage = empty_stage
    stage.tells_facts = False
    for number, text in enumerate(PAST):
        post = stage.mention(f"question {number}?", author=f"guest{number}")
        stage.post(stage.room.account, f"{text} -T", in_reply_to=post)
    greenroom = stage.open()
    command(stage, "voice")
    stage.press(private(stage, "Nobody has said anything yet"), "From our past replies")
    offer = private(stage, "A voice made of our own past replies")
    words = shown(offer)
    for expected in ("Short: half of the replies", "No emoji", "Signs with -T", "Such as"):
        assert expected in words
    assert words.index("before it becomes a fact") < words.rindex("Til five today")
    with greenroom.room.db.read() as tx:
        assert voices.voice(tx).version == 0
        assert len(voice_offers.open_offers(tx)) == 1
    stage.press(offer, "Take this voice")
    private(stage, "Saved as version 1")
    with greenroom.room.db.read() as tx:
        taken = voices.voice(tx)
    assert taken.signs == ("T",)
    assert taken.facts == ()
    stage.press(offer, "Leave it", stage.maya)
    private(stage, f"was taken by <@{stage.maya}> already")


def test_reading_far_back_makes_no_old_cards(empty_stage: Stage) -> None:
    """What was answered long ago and has no card gets none because a voice is worked out."""
    stage = empty_stage
    asked = [stage.mention(f"question {n}?", author=f"guest{n}") for n in range(len(PAST))]
    for post, text in zip(asked, PAST, strict=True):
        stage.post(stage.room.account, text, in_reply_to=post)
    greenroom = stage.open(quick(timeline_quiet=timedelta(hours=1)))

    def settled() -> bool:
        with greenroom.room.db.read() as tx:
            found = [mentions.mention(tx, post) for post in asked]
            begun = jobs.job(tx, "first_look") is not None
            timeline = jobs.job(tx, "timeline")
        later = timeline is None or timeline.due_at > greenroom.room.now() + timedelta(minutes=1)
        answered = all(m is not None and m.state is MentionState.ANSWERED for m in found)
        return answered and later and not begun

    until(settled, "the old mentions are known as answered")
    with greenroom.room.db.write() as tx:
        tx.execute("UPDATE mentions SET folded = 0")
    command(stage, "voice from past")
    private(stage, "A voice made of our own past replies")
    post = stage.mention("are you open now?", author="ruth")
    stage.card_with(post, "Approve")
    assert not any(stage.card(old) for old in asked)


def test_the_home_tab_leads_to_the_six_questions(stage: Stage) -> None:
    """Whoever looks at the Home tab sees the version and can set the voice up."""
    edit(stage, how="Dry.")
    private(stage, "Saved as version 1")
    stage.do("home", member=stage.maya)

    def home() -> dict[str, Any] | None:
        views = [v for v in stage.get("views") if v["type"] == "home"]
        return next((v for v in views if "Version 1, changed by Maya" in str(v["view"])), None)

    view = until(home, "the tab is drawn")
    stage.do("click", view_id=view["view_id"], text="Set up by six questions", member=stage.maya)
    window(stage, "How do we talk?")


def test_too_few_past_replies_are_said_to_be_so(stage: Stage) -> None:
    """No manner is made up out of nothing."""
    command(stage, "voice from past")
    assert "at least 8" in shown(private(stage, "it takes at least"))


@pytest.mark.parametrize("text", ["voice", "voice edit", "set up voice", "playbook"])
def test_a_guest_sees_and_changes_nothing(stage: Stage, text: str) -> None:
    """Only those who may decide reach the voice and the playbook."""
    command(stage, text, stage.guest)
    private(stage, "Only the team's own full members", stage.guest)
    assert not [v for v in stage.get("views") if v["member"] == stage.guest]


def test_help_names_the_words_and_typos_get_the_nearest(stage: Stage) -> None:
    """A mistyped word is answered with the word that was meant."""
    command(stage, "help")
    said = shown(private(stage, "/greenroom waiting"))
    for words in ("/greenroom voice", "/greenroom set up voice", "/greenroom playbook"):
        assert words in said
    for typed, meant in (
        ("vioce", "/greenroom voice"),
        ("playbok", "/greenroom playbook"),
        ("voice histroy", "/greenroom voice history"),
        ("set up voise", "/greenroom set up voice"),
    ):
        command(stage, typed)
        private(stage, meant)
