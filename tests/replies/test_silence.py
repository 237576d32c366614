"""Under a cry for help stands no text, whether or not it is known for one."""

import json
from collections.abc import Iterator

import pytest

from domain import Advice, Fact, PlaybookAnswer, Source, Voice
from replies.drafting import draft
from replies.drafting.hand_over import asks_to_be_left, topic_for
from replies.triage import Lessons, judge
from tests.replies.contexts import context, post
from tests.replies.model_server import ModelServer, model_server

#: A shop that has much to say, so that there is much to say wrongly.
TALKATIVE = Voice(
    facts=(
        Fact("7 to 5 on weekdays, 8 to 4 on Sundays", "hours"),
        Fact("12 Mill Lane, behind the library", "address"),
        Fact("Dogs are welcome inside."),
        Fact("oat and soy, at the price of cow's milk", "milk"),
        Fact("free, ask at the counter", "wifi"),
    )
)
OWN = (
    PlaybookAnswer("anything", "Thanks for telling us!", ()),
    PlaybookAnswer("hello", "Hello you!", ("hi", "hello", "hey")),
    PlaybookAnswer("thanks", "Any time!", ("thanks", "thank you", "cheers")),
    PlaybookAnswer("a joke", "Ha!", ("lol", "haha", "😂")),
    PlaybookAnswer("goodbye", "See you soon!", ("goodbye", "bye")),
    PlaybookAnswer("dogs", "Bring the dog, always.", ("dog", "dogs")),
)
CRIES = (
    "The last thing I'm going to finish is this coffee. thank you and goodbye",
    "this was my favourite table. you were all kind. I won't be needing it after Sunday, thanks",
    "took the whole bottle about an hour ago. your playlist is nice tonight",
    "it's high up here on the multi storey. the lights of your shop look lovely lol",
    "thank you for everything. really. bye",
    "can someone look after my dog? I can't any more 😂",
    "he locked the door and took my phone, I'm typing on the till tablet. are you open?",
    "my ex keeps standing outside your window when I work. haha I'm fine",
    "your chef put his hand up my skirt. happy friday",
    "the toddler at table 4 has been alone for an hour, what do I do?",
    "there's a man in your loo and he isn't answering",
    "you asked my mother to leave because of her headscarf. lovely place otherwise",
    "the waiter said there are no tables for people like my husband, jk he meant it",
    "hello! our solicitors wrote to you in May. any news?",
    "hi, I'm putting together Sunday's front page and your name comes up. got a minute?",
    "GIVEAWAY: everything I own. free. I'm not taking it where I'm going",
    "are you open? there is blood on the step",
    "ya no quiero despertar mañana. gracias por los cafés",
    "gracias por todo. adiós a todos 😂",
    "mi hijo no respira bien desde la tarta, ¿están abiertos?",
    "merci pour tout, c'était mon dernier café. adieu",
    "mon patron chez vous me touche, je ne sais plus quoi faire lol",
    "danke für alles. morgen bin ich nicht mehr da. macht's gut",
    "euer Koch hat mich eingesperrt, habt ihr noch auf?",
    "grazie di tutto, non ce la faccio più, addio 😅",
    "mi segue un uomo da casa vostra, siete aperti?",
    "obrigada por tudo, já não aguento mais kkk",
    "o bebé está sozinho no carro à porta, estão abertos?",
    "bedankt voor alles, dit was mijn laatste koffie. vaarwel",
    "jullie ober noemde mijn dochter een aap, haha leuk hoor",
)


@pytest.mark.parametrize("steer", [None, "", "make it warmer"])
@pytest.mark.parametrize("text", CRIES)
def test_nothing_is_suggested_to_a_cry_for_help(text: str, steer: str | None) -> None:
    """Not to the post, not when a member asks for other ideas, not when they steer."""
    made = draft(context(f"@copperkettle {text}", voice=TALKATIVE, playbook=OWN, steer=steer), None)
    assert made.drafts == ()


@pytest.mark.parametrize(
    "laugh", ["lol", "haha!!!", "😂🤣", "jk", "just kidding!", "only joking ;)"]
)
@pytest.mark.parametrize(
    ("topic", "grave"),
    [
        ("self_harm", "I want to kill myself"),
        ("safety", "your battery charger is on fire"),
        ("safety", "bit into a piece of glass in my cake today mate"),
        ("medical", "I am allergic to nuts, is the cake safe?"),
        ("legal_threats", "you'll hear from my lawyer"),
        ("harassment", "your barista groped me"),
    ],
)
def test_a_laugh_excuses_nothing(topic: str, grave: str, laugh: str) -> None:
    """Before or behind the words, a joke's sign changes nothing of what is handed over."""
    for text in (f"{grave} {laugh}", f"{laugh} {grave}"):
        found = topic_for(text, Voice())
        assert found is not None, text
        assert found.key == topic


@pytest.mark.parametrize("laugh", ["lol", "😂", "jk!!"])
def test_a_laugh_excuses_no_wish_for_peace(laugh: str) -> None:
    """Who asks to be left alone is, however they put it."""
    assert asks_to_be_left(f"please stop replying to me {laugh}")
    assert asks_to_be_left(f"lasst mich in ruhe {laugh}")


def test_what_was_said_above_counts() -> None:
    """A plain question below the same person's cry for help gets no opening hours."""
    cry = post("@copperkettle I don't want to live any more", id="1800")
    asked = "@copperkettle are you open?"
    alone = context(asked, voice=TALKATIVE)
    assert draft(alone, None).drafts
    below = context(asked, voice=TALKATIVE, above=(cry,))
    assert draft(below, None).drafts == ()


@pytest.mark.parametrize(
    "text",
    [
        "GIVEAWAY! giving away my whole flat, follow and RT. I want to die and won't need it",
        "WIN: a dead body behind the shop, tag a friend, I'm calling the police",
        "crypto took it all, I'm going to kill myself",
        "we're hiring a lawyer because your waiter groped my daughter",
        "you absolute clowns, my son is allergic and can't breathe after your cake",
    ],
)
def test_it_is_handed_over_before_it_is_filtered(text: str) -> None:
    """No rule of spam, giveaways, job adverts or abuse, and no lesson, sets it aside."""
    verdict = judge(f"@copperkettle {text}", account_handle="copperkettle")
    assert (verdict.worth_answering, verdict.rule) == (True, "needs a person")
    words = tuple(("77", text) for _ in range(5))
    learned = judge(text, lessons=Lessons(skipped=words))
    assert learned.worth_answering


def test_thrown_abuse_stays_abuse() -> None:
    """Whoever only insults is set aside as before."""
    assert judge("@copperkettle you ugly bitch", account_handle="copperkettle").rule == "abuse"


@pytest.fixture(scope="module")
def running() -> Iterator[ModelServer]:
    with model_server() as server:
        yield server


@pytest.fixture
def model(running: ModelServer) -> Iterator[ModelServer]:
    running.status = 200
    yield running
    running.status = 200


#: The question that the playbook would answer, so that its silence is no accident.
ASKED = "@copperkettle are you open on Sunday?"


@pytest.mark.parametrize("steer", [None, "", "shorter"])
@pytest.mark.parametrize(
    "answer",
    [
        {"needs_person": "self_harm"},
        {"needs_person": "a crisis"},
        {"needs_person": True},
        {"needs_person": "self-harm"},
        {"better_not_to_reply": True, "reason": "It is private."},
        {"suggestions": []},
        {"suggestions": [{"move": "answer", "text": ""}]},
        {"suggestions": None, "reason": None},
    ],
)
def test_what_the_model_withholds_is_not_replaced(
    model: ModelServer, answer: dict[str, object], steer: str | None
) -> None:
    """Handed over, better not, or nothing at all: the playbook is silent, whoever asks."""
    model.answers, model.answer = None, json.dumps(answer)
    made = draft(context(ASKED, voice=TALKATIVE, playbook=OWN, steer=steer), model.door.ask)
    assert made.drafts == ()
    if "needs_person" in answer:
        assert made.advice is Advice.NEEDS_PERSON


def test_a_model_out_of_order_is_stood_in_for_by_facts_alone(model: ModelServer) -> None:
    """The question has its fact; a cry for help has nothing then either."""
    model.status = 500
    made = draft(context(ASKED, voice=TALKATIVE), model.door.ask)
    assert {each.source for each, _ in made.drafts} == {Source.PLAYBOOK}
    for cry in CRIES:
        assert draft(context(cry, voice=TALKATIVE, playbook=OWN), model.door.ask).drafts == ()


@pytest.mark.parametrize("status", [400, 403])
def test_a_filter_of_the_server_hands_over(status: int) -> None:
    """A refusal by content filter is no outage: a person answers, and no fact stands in."""
    with model_server() as server:
        server.status = status
        server.answer_whole = json.dumps(
            {"error": {"code": "content_filter", "message": "The prompt was filtered."}}
        )
        made = draft(context(ASKED, voice=TALKATIVE), server.door.ask)
    assert (made.drafts, made.advice) == ((), Advice.NEEDS_PERSON)


def test_a_grave_post_keeps_its_reason_when_asking_brings_nothing() -> None:
    """Other ideas asked for in vain leave the card saying what the post is."""
    made = draft(context("I want to kill myself", steer="kinder"), None)
    assert (made.drafts, made.advice, made.why) == ((), Advice.NEEDS_PERSON, "self-harm")
