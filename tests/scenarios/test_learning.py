"""What the team keeps changing becomes one proposed rule; adopted, it acts."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

from domain import JobKind, PlaybookAnswer, Proposal, Voice, VoiceRule
from jobs.reports.learn import LEARNED_ON, look_for_habit
from storage.db import key_values
from storage.db.values import time_text
from storage.inbox import edits, proposals
from storage.queue.enqueue import enqueue
from storage.queue.jobs import job
from storage.voice import voices
from tests.stage import Stage, shown, until

#: The team's own ready answers, each with the mark that it keeps taking out.
ANSWERS = {
    "do you have oat milk?": "Oat milk is always in the fridge here!",
    "are dogs welcome inside?": "Dogs are welcome at every table inside!",
    "is there wifi?": "The wifi reaches each chair and the bench!",
    "where do bikes rest?": "Bikes rest well against the back fence!",
    "any carrot cake?": "Carrot cake has no nuts in it whatsoever!",
}
CUES = ("oat", "dog", "wifi", "bike", "cake")
TAKE_OUT = tuple(ANSWERS)[:4]
AFTERWARDS = tuple(ANSWERS)[4]


def furnish(stage: Stage) -> None:
    """Open a Greenroom whose playbook exclaims."""
    room = stage.open().room
    answers = [
        PlaybookAnswer(cue, text, (cue,)) for cue, text in zip(CUES, ANSWERS.values(), strict=True)
    ]
    with room.db.write() as tx:
        voices.save_playbook(tx, answers, member_id=stage.maya, at=room.now())


def suggested(card: dict[str, Any]) -> list[str]:
    """Return the texts beside the card's Approve buttons."""
    accessories = [(block, block.get("accessory") or {}) for block in card["blocks"]]
    return [block["text"]["text"] for block, at in accessories if at.get("action_id") == "approve"]


def take_the_marks_out(stage: Stage, words: str, member: str) -> str:
    """Have a member edit the suggestion for a post and approve it; return the post."""
    post = stage.mention(words)
    card = stage.card_with(post, ANSWERS[words])
    assert suggested(card)[0] == ANSWERS[words]
    stage.press(card, "Edit…", member)
    calm = ANSWERS[words].replace("!", ".")
    for _ in range(2):
        # Words that a check minds are sent by a second press.
        answer = stage.submit(stage.view(member), {"edit_text": calm}, member)
        assert answer["ok"], answer
        if not [v for v in stage.get("views") if v["member"] == member and v["type"] == "modal"]:
            break
    assert stage.reply_to(post)["text"] == calm
    return post


def learn_now(stage: Stage) -> None:
    """Let the summary look at the edits now, as if this were a new day.

    The day's summary is forgotten, so that it is made again; its message stands where it stood.
    """
    assert stage.greenroom is not None
    room = stage.greenroom.room
    # The look belongs to the summary of yesterday's turn, which this Greenroom was there for.
    with room.db.write() as tx:
        key_values.set_value(tx, LEARNED_ON, "")
        key_values.set_value(tx, "digests_since", time_text(room.now() - timedelta(days=30)))
        tx.execute("DELETE FROM digests")
        enqueue(tx, JobKind.DIGEST, at=room.now())
    room.nudge()
    until(lambda: summed_up(stage), "the edits are looked through")


def summed_up(stage: Stage) -> bool:
    """Tell whether a summary is made and posted, and the next one waits."""
    assert stage.greenroom is not None
    room = stage.greenroom.room
    with room.db.read() as tx:
        waiting = job(tx, "digest")
        made = tx.one("SELECT 1 AS made FROM digests WHERE kind = 'daily' AND state = 'posted'")
        looked = key_values.value(tx, LEARNED_ON)
    if waiting is None or made is None:
        return False
    return bool(looked) and waiting.due_at > room.now() and waiting.lease_owner is None


def proposals_shown(stage: Stage) -> list[dict[str, Any]]:
    """Return the channel's messages about a proposed rule."""
    return [m for m in stage.messages() if "No exclamation marks." in shown(m)]


def the_proposal(stage: Stage, words: str) -> dict[str, Any]:
    """Return the one message about the rule once it shows the words."""

    def look() -> dict[str, Any] | None:
        found = proposals_shown(stage)
        assert len(found) <= 1, found
        return found[0] if found and words in shown(found[0]) else None

    return until(look, f"the proposal shows “{words}”")


def voice_of(stage: Stage) -> Voice:
    """Return the voice as it is stored."""
    assert stage.greenroom is not None
    with stage.greenroom.room.db.read() as tx:
        return voices.voice(tx)


def test_what_the_team_keeps_changing_becomes_a_rule_that_acts(empty_stage: Stage) -> None:
    """Four edits, one message with the evidence, Adopt, and the next suggestion is calm."""
    stage = empty_stage
    furnish(stage)
    learn_now(stage)
    posts = [
        take_the_marks_out(stage, words, (stage.maya, stage.tom)[at % 2])
        for at, words in enumerate(TAKE_OUT)
    ]
    assert stage.greenroom is not None
    with stage.greenroom.room.db.read() as tx:
        (stored,) = edits.edits_of(tx, posts[0])
    assert (stored.before, stored.traits) == (
        ANSWERS[TAKE_OUT[0]],
        frozenset({"no_exclamation"}),
    )
    assert stored.changes == (("replace", "here!", "here."),)
    assert proposals_shown(stage) == []

    learn_now(stage)
    proposal = the_proposal(stage, "4 of the last 4 suggestions")
    assert ANSWERS[TAKE_OUT[3]] in shown(proposal)
    learn_now(stage)
    before = voice_of(stage)
    stage.press(proposal, "Adopt", stage.maya)
    names = {m["id"]: m["name"] for m in stage.get("members")}
    adopted = the_proposal(stage, f"{names[stage.maya]} adopted it")
    assert "Drop" not in shown(adopted)

    voice = voice_of(stage)
    assert [rule.trait for rule in voice.rules] == ["no_exclamation"]
    assert voice.version == before.version + 1
    post = stage.mention(AFTERWARDS)
    card = stage.card_with(post, "Approve")
    assert "!" not in "".join(suggested(card))
    assert ANSWERS[AFTERWARDS].replace("!", ".") in suggested(card)


def test_a_dropped_rule_does_not_come_again(empty_stage: Stage) -> None:
    """Guests decide nothing; of two who press at once one wins; Drop holds the next day, too."""
    stage = empty_stage
    furnish(stage)
    for words in TAKE_OUT:
        take_the_marks_out(stage, words, stage.maya)
    learn_now(stage)
    proposal = the_proposal(stage, "Drop")

    stage.do("click", ts=proposal["ts"], text="Adopt", member=stage.guest)
    until(lambda: stage.whispers(stage.guest), "a private word")
    assert voice_of(stage).rules == ()

    both = (stage.maya, stage.tom)
    with ThreadPoolExecutor(2) as pair:
        list(pair.map(lambda m: stage.do("click", ts=proposal["ts"], text="Drop", member=m), both))
    told = until(lambda: [m for m in both if stage.whispers(m)], "the second is told")
    names = {m["id"]: m["name"] for m in stage.get("members")}
    winner = next(member for member in both if member not in told)
    assert f"{names[winner]} dropped this rule" in stage.whispers(told[0])[0]
    the_proposal(stage, f"{names[winner]} dropped it")

    learn_now(stage)
    learn_now(stage)
    # Made anew, the day's summary has nothing to propose any more.
    assert proposals_shown(stage) == []
    assert voice_of(stage).rules == ()


def test_a_proposal_stands_once_after_a_restart(empty_stage: Stage) -> None:
    """The day's look is asked for at every start, and the message is found again."""
    stage = empty_stage
    furnish(stage)
    for words in TAKE_OUT[:3]:
        take_the_marks_out(stage, words, stage.maya)
    learn_now(stage)
    the_proposal(stage, "3 of the last 3 suggestions")
    assert stage.greenroom is not None
    stage.greenroom.stop()

    room = stage.open().room
    with room.db.read() as tx:
        asked = job(tx, "digest")
    assert asked is not None
    assert room.now() < asked.due_at <= room.now() + timedelta(hours=25)
    learn_now(stage)
    proposal = the_proposal(stage, "Adopt")
    stage.press(proposal, "Adopt", stage.tom)
    the_proposal(stage, "adopted it")


def test_words_posted_by_hand_are_an_edit_of_the_suggestion(empty_stage: Stage) -> None:
    """What a person really wrote on X is what the team made of the suggestion."""
    stage = empty_stage
    stage.open(X_WATCHES="coffee = flat white tillory")
    post = stage.post("tess", "where is a good flat white in Tillory these days?")
    stage.press(stage.card_with(post, "Use this"), "Use this")
    stage.card_with(post, "I posted it")
    stage.post(stage.room.account, "@tess The corner bench, mornings.", in_reply_to=post)
    stage.card_with(post, "by hand, seen on X")
    assert stage.greenroom is not None
    with stage.greenroom.room.db.read() as tx:
        (stored,) = edits.edits_of(tx, post)
    assert stored.after == "The corner bench, mornings."
    assert stored.before != stored.after


def test_an_old_proposal_makes_room_and_each_local_date_looks_once(stage: Stage) -> None:
    """What nobody decides on is let go after two weeks; a second look on one day does nothing."""
    assert stage.greenroom is not None
    room = stage.greenroom.room
    now = room.now()
    old = Proposal(
        "p1",
        "no_exclamation",
        VoiceRule("No exclamation marks.", "no_exclamation"),
        "You did.",
        (("Yes!", "Yes."),),
        now - timedelta(days=15),
    )
    with room.db.write() as tx:
        proposals.add_proposal(tx, old)
        key_values.set_value(tx, LEARNED_ON, now.astimezone(room.timezone).date().isoformat())
    look_for_habit(room)
    with room.db.read() as tx:
        assert proposals.open_proposal(tx) == old
    learn_now(stage)
    with room.db.read() as tx:
        assert proposals.open_proposal(tx) is None
    assert proposals_shown(stage) == []
