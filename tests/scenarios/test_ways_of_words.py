"""Every way from a member's words to an approvable text: their author alone cannot send them."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from domain import Draft, JobKind, MentionKind, Proposal, Source, VoiceRule, Watch
from handlers.entry.access import Right
from handlers.entry.permissions import (
    CHOICES,
    HEARD,
    PRESSES,
    SHORTCUTS,
    SUBCOMMANDS,
    THREAD_WORDS,
    WINDOWS,
)
from sandbox.slack.people import SlackUser
from storage.inbox import proposals, suggestions
from storage.posts import watches
from storage.queue.enqueue import enqueue, enqueue_card
from storage.voice import voices
from tests.scenarios.test_playbook import add_dogs
from tests.scenarios.test_saved_answers import use
from tests.scenarios.test_second_approver import WORDS, refused, write
from tests.scenarios.test_thread import answer, say
from tests.scenarios.test_voice import command, edit, interview, private, window
from tests.stage import Stage, shown, until
from tests.team import room_of, set_team
from tests.ways_of_words import (
    BY_CHOICE,
    BY_OTHER_WORDS,
    BY_PRESS,
    BY_SOURCE,
    BY_THREAD_WORDS,
    BY_WINDOW,
    WAYS,
    Way,
)

OPEN = "what time do you open on Sunday?"
DOGS = "can I bring my puppy?"
MODEL = "Half Kenya, half Peru. Which brewer do you use?"


@dataclass(frozen=True)
class Offered:
    """What a way leads to: a message with a button, and who may not press it alone."""

    post: str
    shows: Callable[[], dict[str, Any]]
    text: str
    authors: tuple[str, ...] = ()
    button: str = "Approve"


def on_card(stage: Stage, post: str, text: str) -> Callable[[], dict[str, Any]]:
    return lambda: stage.card_with(post, text)


ANN = SlackUser("U0ANN000009", "Ann Lee", "approver")


def with_ann(stage: Stage) -> None:
    """Let a third approver join the channel."""
    slack = stage.room.slack
    slack.members[ANN.id] = ANN
    slack.channels[stage.room.channel_id].members.append(ANN.id)


def press_beside(stage: Stage, offered: "Offered", member: str) -> None:
    """Press the button that stands beside or below the text."""
    message = offered.shows()
    for number, block in enumerate(message["blocks"]):
        if offered.text.casefold() in str((block.get("text") or {}).get("text", "")).casefold():
            button = block.get("accessory") or next(
                each
                for below in message["blocks"][number:]
                if below["type"] == "actions"
                for each in below["elements"]
                if each["text"]["text"] == offered.button
            )
            assert button["text"]["text"] == offered.button, button
            more = {"action_id": button["action_id"], "value": button["value"]}
            answer = stage.do("click", ts=message["ts"], member=member, **more)
            assert answer["ok"], answer
            return
    raise AssertionError(f"“{offered.text}” does not stand there: {shown(message)}")


def the_model_says(stage: Stage, *texts: str) -> None:
    moves = ("answer", "ask back", "share something")
    ideas = [{"move": move, "text": text} for move, text in zip(moves, texts, strict=False)]
    stage.do("model", answers=[{"suggestions": ideas}])


# --- the ways, each walked as members walk it -----------------------------------------------


def greenroom(stage: Stage) -> Offered:
    post = stage.mention()
    card = stage.card_with(post, "Approve")
    text = next(
        b["text"]["text"]
        for b in card["blocks"]
        if b["type"] == "section" and "Approve" in str(b.get("accessory"))
    )
    return Offered(post, on_card(stage, post, text), text)


def edit_window(stage: Stage) -> Offered:
    post = stage.mention()
    write(stage, post)
    return Offered(post, on_card(stage, post, WORDS), WORDS, (stage.maya,))


def edit_of_anothers(stage: Stage) -> Offered:
    post = stage.mention()
    stage.press(write(stage, post), "Edit…", stage.tom)
    changed = f"{WORDS} Ask for Ann."
    stage.submit(stage.view(stage.tom), {"edit_text": changed}, stage.tom)
    return Offered(post, on_card(stage, post, changed), changed, (stage.tom,))


def said_in_thread(stage: Stage) -> Offered:
    post = stage.mention(OPEN)
    card = stage.card_with(post, "Approve")
    say(stage, card, "say that the bench in the sun is yours")
    text = "The bench in the sun is yours."
    return Offered(post, lambda: answer(stage, card, text), text, (stage.maya,))


def said_to_model(stage: Stage) -> Offered:
    """What was dictated comes back in the model's own words, and then shorter."""
    the_model_says(stage, MODEL)
    post = stage.mention("your new blend is lovely, what is in it?")
    card = stage.card_with(post, MODEL)
    paraphrased = "On the house this week. Which brewer do you use?"
    the_model_says(stage, paraphrased)
    say(stage, card, "say that the first cup costs nothing on Friday")
    answer(stage, card, paraphrased)
    shorter = "On the house this week."
    the_model_says(stage, shorter)
    say(stage, card, "shorter")

    def last() -> dict[str, Any]:
        return until(
            lambda: next(
                (
                    m
                    for m in stage.messages()
                    if m["thread_ts"] == card["ts"] and m["blocks"][:1] and shorter == text_in(m)
                ),
                None,
            ),
            "the shorter one stands in the thread",
        )

    return Offered(post, last, shorter, (stage.maya,))


def text_in(message: dict[str, Any]) -> str:
    first = message["blocks"][0]
    return str((first.get("text") or {}).get("text", ""))


def said_by_several(stage: Stage) -> Offered:
    post = stage.mention(OPEN)
    card = stage.card_with(post, "Approve")
    say(stage, card, "say that the bench in the sun is yours")
    answer(stage, card, "The bench in the sun is yours.")
    say(stage, card, "say that Ann bakes on Sundays", stage.tom)
    text = "Ann bakes on Sundays."
    return Offered(post, lambda: answer(stage, card, text), text, (stage.maya, stage.tom))


def other_ideas(stage: Stage) -> Offered:
    the_model_says(stage, MODEL)
    post = stage.mention("your new blend is lovely, what is in it?")
    card = stage.card_with(post, MODEL)
    text = "Come by on Friday, your first cup is on us."
    the_model_says(stage, text)
    stage.press(card, "Other ideas…")
    stage.submit(stage.view(), {"steer": "first cup free on Friday, tell them"})
    return Offered(post, on_card(stage, post, text), text, (stage.maya,))


def kept_fact(stage: Stage) -> Offered:
    """Said by Maya and kept by Tom, it answers the next who asks."""
    card = stage.card_with(stage.mention(OPEN), "Skip")
    fact = "Dogs are welcome inside, puppies too."
    say(stage, card, f"say that {fact}")
    stage.press(answer(stage, card, "as a fact"), "Keep as a fact", stage.tom)
    answer(stage, card, "kept “")
    post = stage.mention(DOGS, author="ruth")
    return Offered(
        post, on_card(stage, post, fact.rstrip(".")), fact.rstrip("."), (stage.maya, stage.tom)
    )


def voice(stage: Stage) -> Offered:
    """A model repeats a line of the voice."""
    edit(stage, how="Always end with: come and see the band at eight tonight")
    private(stage, "Saved as version 1")
    text = "Half Kenya. Come and see the band at eight tonight!"
    the_model_says(stage, text)
    post = stage.mention("your new blend is lovely, what is in it?")
    return Offered(post, on_card(stage, post, text), text, (stage.maya,))


def voice_offer(stage: Stage) -> Offered:
    """Maya answers the interview, Tom takes the voice."""
    interview(stage)
    command(stage, "voice", stage.tom)
    stage.press(private(stage, "waits for a yes", stage.tom), "Look at it", stage.tom)
    offered = window(stage, "A voice made of six answers", stage.tom)
    stage.do("click", view_id=offered["view_id"], text="Take this voice", member=stage.tom)
    window(stage, "Saved as version 1", stage.tom)
    post = stage.mention("are dogs welcome inside?")
    text = "bowl of water"
    return Offered(post, on_card(stage, post, text), text, (stage.maya, stage.tom))


def voice_back(stage: Stage) -> Offered:
    """Maya wrote it, Tom took it out and brought it back."""
    fact = "Dogs are welcome inside, puppies too"
    edit(stage, facts=fact)
    private(stage, "Saved as version 1")
    edit(stage, stage.tom, facts="")
    private(stage, "Saved as version 2", stage.tom)
    command(stage, "voice", stage.tom)
    stage.press(private(stage, "Version 2, changed by", stage.tom), "History", stage.tom)
    view = window(stage, "How we talked before", stage.tom)
    stage.do("click", view_id=view["view_id"], text="Bring back this version", member=stage.tom)
    private(stage, "Saved as version 3", stage.tom)
    post = stage.mention(DOGS)
    return Offered(post, on_card(stage, post, fact), fact, (stage.maya, stage.tom))


def rule(stage: Stage) -> Offered:
    """Who adopted a rule that Greenroom worded may send what obeys it."""
    words = VoiceRule("Keep it short, without a question", "no_question")
    with room_of(stage).db.write() as tx:
        proposals.add_proposal(
            tx, Proposal("p1", "no_question", words, "You did so.", (), at=room_of(stage).now())
        )
        voices.save_voice(
            tx,
            replace(voices.voice(tx), rules=(words,)),
            member_id=stage.maya,
            at=room_of(stage).now(),
        )
    return greenroom(stage)


def playbook(stage: Stage) -> Offered:
    assert add_dogs(stage)["ok"]
    private(stage, "Saved “dogs”")
    post = stage.mention(DOGS)
    text = "we keep a bowl by the door"
    return Offered(post, on_card(stage, post, text), text, (stage.maya,))


def saved_answer(stage: Stage) -> Offered:
    """Tom chooses what Maya wrote: it is hers still."""
    post = stage.mention("is the bench free?")
    stage.card_with(post, "Approve")
    assert add_dogs(stage)["ok"]
    private(stage, "Saved “dogs”")
    text = "Dogs are welcome, we keep a bowl by the door."
    stage.press(stage.card_with(post, "Approve"), "Use a saved answer…", stage.tom)
    view = window(stage, text, stage.tom)
    use(stage, view, text, stage.tom)
    return Offered(post, on_card(stage, post, text), text, (stage.maya,))


def entry_of_two(stage: Stage) -> Offered:
    assert add_dogs(stage)["ok"]
    private(stage, "Saved “dogs”")
    command(stage, "playbook dogs", stage.tom)
    listed = window(stage, "*Ours*", stage.tom)
    stage.do("click", view_id=listed["view_id"], text="Edit", member=stage.tom)
    view = window(stage, "Words that call for it", stage.tom)
    text = "Dogs are welcome, there is a bowl by the door."
    assert stage.submit(view, {"answers": text}, stage.tom)["ok"]
    private(stage, "Saved “dogs”", stage.tom)
    post = stage.mention(DOGS)
    return Offered(post, on_card(stage, post, text), text, (stage.maya, stage.tom))


def approved_before(stage: Stage) -> Offered:
    """What Maya wrote while the rule was off comes back to a post alike."""
    set_team(stage, second_approver=False)
    first = stage.mention("which beans are in the new winter blend this week?")
    text = "Half Kenya, half Peru, roasted on Monday."
    stage.press(stage.card_with(first, "No ready answer fits"), "Write a reply…")
    stage.submit(stage.view(), {"edit_text": text})
    reply = stage.reply_to(first)
    stage.card_with(first, "Answered by")
    # Said long ago: what was said lately is not said again. The timeline shows it no more.
    assert stage.room.x.delete_post(reply["id"])
    set_team(stage, second_approver=True)
    with room_of(stage).db.write() as tx:
        tx.execute("UPDATE replies SET attempted_at = '2020-01-01T00:00:00.000000Z'")
        tx.execute("UPDATE replies SET due_at = '2020-01-01T00:00:00.000000Z'")
        tx.execute("DELETE FROM posts WHERE in_reply_to_id = :id", {"id": first})
    post = stage.mention("which beans are in the new winter blend this week please?", author="ruth")
    return Offered(post, on_card(stage, post, text), text, (stage.maya,))


def once_more(stage: Stage) -> Offered:
    """Approved by Tom, refused by X, and tried again."""
    post = stage.mention()
    card = write(stage, post)
    stage.trouble("x", "timeout", on="post")
    stage.press(card, "Approve", stage.tom)
    unknown = stage.card_with(post, "Send anyway", seconds=40)
    return Offered(post, lambda: unknown, WORDS, (stage.maya,), "Send anyway")


def by_hand(stage: Stage) -> Offered:
    with room_of(stage).db.write() as tx:
        watches.add_watch(tx, Watch("w-oat", MentionKind.KEYWORD, "oat", query="oat milk"))
        enqueue(tx, JobKind.LISTEN, "w-oat", at=room_of(stage).now())
    post = stage.post("ruth", "where in Oxford is the best oat milk flat white?")
    until(lambda: stage.card(post), "the keyword post has a card")
    write(stage, post)
    return Offered(post, on_card(stage, post, WORDS), WORDS, (stage.maya,), "Use this")


def unknown(stage: Stage) -> Offered:
    """A text of which nothing is stored takes two, whoever presses first."""
    post = stage.mention()
    stage.card_with(post, "Approve")
    text = "Eight it is, on Sundays."
    room = room_of(stage)
    with room.db.write() as tx:
        suggestions.add_round(tx, post, [(Draft(text, Source.PLAYBOOK), ())], room.now())
        enqueue_card(tx, post, at=room.now())
    room.nudge()
    card = stage.card_with(post, "Nobody knows whose words these are")
    for member in (stage.maya, stage.tom):
        stage.press(card, "Approve", member)
        until(
            lambda m=member: [w for w in stage.whispers(m) if "Nobody knows whose" in w],  # type: ignore[misc]
            "it takes two",
        )
    stage.press(card, "Edit…")
    stage.submit(stage.view(), {"edit_text": text})
    stage.card_with(post, "wrote this")
    return Offered(post, on_card(stage, post, text), text, (stage.maya,))


def nowhere(stage: Stage) -> Offered:
    """A note to a colleague stands in no draft, and the model is not told of it."""
    the_model_says(stage, MODEL)
    post = stage.mention("your new blend is lovely, what is in it?")
    card = stage.card_with(post, MODEL)
    stage.press(card, "Assign…")
    view = stage.view()
    blocks = [b["block_id"] for b in view["view"]["blocks"] if b["type"] == "input"]
    note = "Zanzibar cloves, they adore that"
    stage.submit(view, dict(zip(blocks, [stage.tom, note], strict=False)))
    stage.card_with(post, "has this")
    second = "Half Kenya. What do you brew with?"
    the_model_says(stage, second)
    stage.press(stage.card_with(post, MODEL), "Other ideas…")
    stage.submit(stage.view(), {})
    stage.card_with(post, second)
    assert not [call for call in stage.calls("model", "chat") if "Zanzibar" in str(call)]
    return Offered(post, on_card(stage, post, second), second)


WALKS: dict[Way, Callable[[Stage], Offered]] = {
    Way.GREENROOM: greenroom,
    Way.EDIT: edit_window,
    Way.EDIT_OF_ANOTHERS: edit_of_anothers,
    Way.SAID_IN_THREAD: said_in_thread,
    Way.SAID_TO_MODEL: said_to_model,
    Way.SAID_BY_SEVERAL: said_by_several,
    Way.OTHER_IDEAS: other_ideas,
    Way.KEPT_FACT: kept_fact,
    Way.VOICE: voice,
    Way.VOICE_OFFER: voice_offer,
    Way.VOICE_BACK: voice_back,
    Way.RULE: rule,
    Way.PLAYBOOK: playbook,
    Way.SAVED_ANSWER: saved_answer,
    Way.ENTRY_OF_TWO: entry_of_two,
    Way.APPROVED_BEFORE: approved_before,
    Way.ONCE_MORE: once_more,
    Way.BY_HAND: by_hand,
    Way.UNKNOWN: unknown,
    Way.NOWHERE: nowhere,
}
_WITH_MODEL = {Way.SAID_TO_MODEL, Way.OTHER_IDEAS, Way.VOICE, Way.NOWHERE}
#: Here members tell what the business knows, and nobody did before them.
_WITHOUT_FACTS = {Way.KEPT_FACT, Way.VOICE, Way.VOICE_OFFER, Way.VOICE_BACK}


@pytest.mark.parametrize("way", sorted(Way))
def test_the_author_alone_cannot_send_it_and_another_can(empty_stage: Stage, way: Way) -> None:
    """Each author's press is refused in a private word, and nothing is on X; another sends it."""
    stage = empty_stage
    with_ann(stage)
    stage.tells_facts = way not in _WITHOUT_FACTS
    if way in _WITH_MODEL:
        stage.open(OPENAI_API_KEY="sk-practice", OPENAI_BASE_URL=stage.room.model_url)
    else:
        stage.open()
    set_team(stage, second_approver=True)
    offered = WALKS[way](stage)
    for author in offered.authors:
        press_beside(stage, offered, author)
        refused(stage, author)
    assert stage.replies_to(offered.post) == []
    authors = set(offered.authors)
    people = (stage.maya, stage.tom, ANN.id)
    another = next(each for each in people if each not in authors)
    press_beside(stage, offered, another)
    if way is Way.BY_HAND:
        assert offered.text in shown(stage.card_with(offered.post, "I posted it"))
    else:
        assert offered.text.casefold() in stage.reply_to(offered.post, 30)["text"].casefold()


def test_every_way_in_is_in_the_table() -> None:
    """A new window, button, word, source or way has to say whose words come by it."""
    assert set(WALKS) == set(Way) == set(WAYS)
    assert set(BY_WINDOW) == {view for view, right in WINDOWS.items() if right is not Right.NOBODY}
    assert set(BY_THREAD_WORDS) == set(THREAD_WORDS)
    assert set(BY_OTHER_WORDS) == {*SUBCOMMANDS, *SHORTCUTS, *HEARD}
    assert set(BY_SOURCE) == set(Source)
    assert set(BY_PRESS) == set(PRESSES)
    assert set(BY_CHOICE) == set(CHOICES)


def test_the_decision_shows_the_table() -> None:
    """What people read about the rule is what is held."""
    page = Path("docs/decisions/041-whose-words.md").read_text("utf-8")
    for way, whose in WAYS.items():
        assert f"| {way.replace('_', ' ')} | {whose.words} | {whose.takes} |" in page


def test_a_draft_that_says_nothing_needs_two() -> None:
    """A drafter that forgets to say whose words they are cannot open a way."""
    assert Draft("Yes.", Source.MODEL).words_of is None
