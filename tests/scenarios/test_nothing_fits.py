"""A card without a suggestion, from X to X: what it says, and what a person can do from it."""

import pytest

from domain import Fact, PlaybookAnswer, Voice
from storage.inbox import suggestions
from storage.voice import voices
from tests.forgetting import sweep_now
from tests.stage import Stage, shown, until, words_in
from tests.team import room_of

CRY = "the last thing I'm going to finish is this coffee, so: thank you all and goodbye"
UNKNOWN = "It is very high up on the car park roof, and your windows look warm from here. Thanks!"
TEXT = "I'm Maya, from the shop. I'm here, and I'd like to talk. Can I call you?"


def texts_of(stage: Stage, post: str) -> list[str]:
    """Return what was ever suggested for a post."""
    with room_of(stage).db.read() as tx:
        return [each.text for each in suggestions.all_rounds(tx, post)]


def with_model(stage: Stage, *answers: object) -> None:
    """Let a practice model say these things."""
    stage.do("model", answers=list(answers))


def open_with_model(stage: Stage) -> None:
    stage.open(OPENAI_API_KEY="practice", OPENAI_BASE_URL=stage.room.model_url)


def drafts(*texts: str, **more: object) -> dict[str, object]:
    moves = ("answer", "ask back", "thank")
    given = [{"move": move, "text": text} for move, text in zip(moves, texts, strict=False)]
    return {"suggestions": given, **more}


@pytest.mark.parametrize(
    ("words", "said"), [(CRY, "This needs a person"), (UNKNOWN, "No ready answer fits")]
)
def test_a_cry_for_help_gets_no_text_and_a_persons_words_go_out(
    stage: Stage, words: str, said: str
) -> None:
    """Known for one or not: no button sends anything but what a person writes in the window."""
    post = stage.mention(words)
    card = stage.card_with(post, said)
    assert texts_of(stage, post) == []
    assert "Approve" not in shown(card)
    stage.press(card, "Write a reply…")
    window = stage.view()
    assert "Write a reply" in list(words_in(window["view"]))
    stage.submit(window, {"edit_text": TEXT})
    assert stage.reply_to(post)["text"].endswith(TEXT)
    stage.card_with(post, "replied")


def test_saved_answers_open_from_the_card(stage: Stage) -> None:
    """A team's old `anything` is among them, is offered by itself to nobody, and can be used."""
    room = room_of(stage)
    kept = PlaybookAnswer("anything", "Tell us more, would you?", ())
    with room.db.write() as tx:
        voices.save_playbook(tx, [kept], member_id=stage.maya, member_name="Maya", at=room.now())
    post = stage.mention("the window seat is doing something to my mood today")
    card = stage.card_with(post, "No ready answer fits")
    assert texts_of(stage, post) == []
    stage.press(card, "Saved answers…")
    window = stage.view()
    words = list(words_in(window["view"]["blocks"]))
    assert kept.text in words
    section = next(
        block
        for block in window["view"]["blocks"]
        if (block.get("text") or {}).get("text") == kept.text
    )
    stage.do(
        "click",
        view_id=window["view_id"],
        action_id="use_saved",
        value=section["accessory"]["value"],
        member=stage.maya,
    )
    stage.press(stage.card_with(post, kept.text), "Approve")
    assert stage.reply_to(post)["text"].endswith(kept.text)


@pytest.mark.parametrize("words", ["shorter", "another", "warmer, please", "undo that"])
def test_steering_has_no_text_to_change(stage: Stage, words: str) -> None:
    """The thread says so and names the way; nothing is made up to be changed."""
    post = stage.mention(UNKNOWN)
    card = stage.card_with(post, "No ready answer fits")
    stage.do("say", text=words, member=stage.maya, thread_ts=card["ts"])
    until(
        lambda: any(
            "no text to change" in shown(m)
            for m in stage.messages()
            if m.get("thread_ts") == card["ts"]
        ),
        "the thread says that there is no text",
    )
    assert texts_of(stage, post) == []


@pytest.mark.parametrize(
    "answer",
    [
        drafts("Any time!", needs_person="self_harm"),
        drafts("Any time!", needs_person="something dark"),
        {"refusal": "I can't help with that."},
        {"content": "{", "finish_reason": "content_filter"},
    ],
)
def test_what_the_model_hands_over_stays_handed_over(
    empty_stage: Stage, answer: dict[str, object]
) -> None:
    """The playbook knows the hours and says nothing, now and on other ideas that it refuses."""
    with_model(empty_stage, answer, answer if "refusal" in answer else drafts())
    open_with_model(empty_stage)
    post = empty_stage.mention("what time do you open on Sunday?")
    card = empty_stage.card_with(post, "This needs a person")
    empty_stage.press(card, "Other ideas…")
    empty_stage.submit(empty_stage.view(), {})
    until(
        lambda: (
            len(empty_stage.calls("model", "chat")) == 2
            and "they are coming" not in shown(empty_stage.card(post) or {})
        ),
        "the model was asked again",
    )
    assert "This needs a person" in shown(empty_stage.card(post) or {})
    assert texts_of(empty_stage, post) == []


def test_no_suggestion_of_the_model_is_no_cue_for_the_playbook(empty_stage: Stage) -> None:
    """The card says that the model had nothing, and offers no opening hours."""
    with_model(empty_stage, drafts())
    open_with_model(empty_stage)
    post = empty_stage.mention("what time do you open on Sunday?")
    card = empty_stage.card_with(post, "No ready answer fits")
    assert "The model had nothing usable." in shown(card)
    assert texts_of(empty_stage, post) == []


def test_a_model_out_of_order_leaves_plain_questions_their_fact(empty_stage: Stage) -> None:
    """With its note; and a cry for help nothing at all."""
    empty_stage.trouble("model", "rubbish", times=4)
    open_with_model(empty_stage)
    asked = empty_stage.mention("what time do you open on Sunday?")
    assert "made no sense" in shown(empty_stage.card_with(asked, "Approve"))
    cried = empty_stage.mention(UNKNOWN)
    card = empty_stage.card_with(cried, "No ready answer fits")
    assert "The model's answer made no sense." in shown(card)
    assert texts_of(empty_stage, cried) == []


def test_a_cry_for_help_like_a_giveaway_is_no_giveaway(stage: Stage) -> None:
    """It has its card with the reason, beside a true giveaway that is set aside."""
    spam = stage.mention("GIVEAWAY! follow us and tag a friend to win a mug", author="spammer")
    cry = stage.mention(
        "GIVEAWAY: follow and tag a friend, I'm giving away everything I own. I want to die",
        author="ruth",
    )
    card = stage.card_with(cry, "This needs a person")
    assert "Approve" not in shown(card)
    assert texts_of(stage, cry) == []
    assert stage.card(spam) is None


def test_new_words_take_the_old_suggestion_off_the_card(stage: Stage) -> None:
    """What fitted a thanks does not stand below a goodbye; the record keeps it."""
    post = stage.mention("thank you so much!", author="ruth")
    stage.card_with(post, "Approve")
    before = texts_of(stage, post)
    stage.room.x.change_post(post, f"{stage.room.account} the view from up here is all I need")
    sweep_now(stage)
    card = stage.card_with(post, "No ready answer fits")
    assert "changed on X" in shown(card)
    assert "Approve" not in shown(card)
    assert texts_of(stage, post) == before
    stage.press(card, "Write a reply…")
    assert before[0] not in list(words_in(stage.view()["view"]))


def test_the_voice_of_a_team_with_anything_in_its_playbook_still_loads(stage: Stage) -> None:
    """An upgrade meets what the team stored: nothing of it is lost, nothing fails."""
    room = room_of(stage)
    kept = [
        PlaybookAnswer("anything", "Tell us more.", ()),
        PlaybookAnswer("anything", "How come?", ("lol",)),
        PlaybookAnswer("question", "{hours}, if that helps.", ()),
    ]
    with room.db.write() as tx:
        voices.save_voice(
            tx,
            Voice(facts=(Fact("7 to 5", "hours"),)),
            member_id=stage.maya,
            member_name="Maya",
            changed="the hours",
            at=room.now(),
        )
        voices.save_playbook(tx, kept, member_id=stage.maya, member_name="Maya", at=room.now())
    post = stage.mention("lol what a day")
    stage.card_with(post, "No ready answer fits")
    with room.db.read() as tx:
        assert list(voices.playbook(tx)) == kept
    stage.do("command", command="/greenroom", text="playbook anything", member=stage.maya)
    assert "anything" in " ".join(words_in(stage.view()["view"])).casefold()
