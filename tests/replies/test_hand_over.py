"""What goes to a person without a draft: each topic, what only sounds like it, and the voice's say.

The posts are of a climbing hall with a café, which stands in no word list of ours.
"""

from collections.abc import Iterator
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import Advice, Fact, Voice
from replies.drafting import draft
from replies.drafting.hand_over import asks_to_be_left, topic_for, topics
from tests.replies.contexts import context
from tests.replies.model_server import ModelServer, model_server

HALL = Voice(refund_limit=Decimal(30))

GRAVE: tuple[tuple[str, str], ...] = (
    ("self_harm", "nobody would notice if I ended it all tonight"),
    ("self_harm", "I keep thinking about hurting myself and I have nobody to tell"),
    ("self_harm", "honestly I don't want to be here anymore"),
    ("self_harm", "been self-harming again, your hall is the one place where I feel ok"),
    ("self_harm", "ich will nicht mehr leben"),
    ("self_harm", "if they cancel the late class I'll kill myself lol"),
    ("safety", "lol your kitchen machine caught fire today mate"),
    ("self_harm", "haha I want to die 😂 jk"),
    ("medical", "my daughter is coeliac, can she eat the flapjacks at your wall?"),
    ("medical", "I've been throwing up since your fish pie last night"),
    ("medical", "is the sauna safe with high blood pressure?"),
    ("medical", "can I still climb while pregnant?"),
    ("medical", "my wrist has been swollen since Tuesday's class, what helps?"),
    ("medical", "soy alérgica a las nueces, ¿puedo comer esto?"),
    ("safety", "one of your holds snapped off while I was on it and I fell"),
    ("safety", "the rope on line 6 dropped me three metres, my ankle is broken"),
    ("safety", "your café chair collapsed under my nan"),
    ("safety", "there's a strong smell of gas by your back door"),
    ("safety", "just bit into a piece of glass in my salad"),
    ("safety", "my son cut his hand on your railing"),
    ("harassment", "one of your instructors groped me in the changing room"),
    ("harassment", "your doorman was racist to my husband"),
    ("harassment", "hope you all die in that building"),
    ("harassment", "I know where you live, Jo"),
    ("legal_threats", "my solicitor will be in touch about the deposit"),
    ("legal_threats", "see you in small claims then"),
    ("legal_threats", "I am reporting you to trading standards tomorrow"),
    ("legal_threats", "fix it by Friday or I'll sue"),
    ("legal", "is it even legal to charge for tap water?"),
    ("legal", "under GDPR I want all that you hold on me"),
    ("legal", "you used my photo without asking, that's copyright infringement"),
    ("press", "I'm a reporter for the Harbour Echo, who can talk to me about the fees?"),
    ("press", "would you care to comment on the council's decision?"),
    ("press", "writing a piece about climbing halls, could I interview your founder?"),
    ("press", "bonjour, je suis journaliste à Lyon"),
    ("refunds", "I want a refund, the class was cancelled"),
    ("refunds", "quiero un reembolso"),
)

#: What only sounds like a topic.
HARMLESS: tuple[tuple[str, str], ...] = (
    ("self_harm", "that climb killed me, in a good way"),
    ("self_harm", "I'm dying to try the new wall"),
    ("self_harm", "don't want to be here at 6am but here I am"),
    ("self_harm", "Suicide Squad on the big screen in the café, nice"),
    ("medical", "I'm allergic to early mornings, any class after noon?"),
    ("medical", "sick setup, best wall in town"),
    ("medical", "addicted to your flapjacks, send help"),
    ("safety", "the new set is fire 🔥"),
    ("safety", "my arms are on fire after your class today"),
    ("safety", "I fell in love with your staircase"),
    ("safety", "my diet collapsed and I fell for the flapjacks"),
    ("harassment", "I know where you hide the good chalk"),
    ("harassment", "assault on my taste buds, that flapjack"),
    ("legal_threats", "Sue from the front desk is a star"),
    ("legal_threats", "is the squash court free at six?"),
    ("legal", "criminally good flapjacks, they should be illegal"),
    ("press", "do you sell a coffee press?"),
    ("press", "the bench press is broken again"),
    ("press", "nice article about you in the paper!"),
    ("refunds", "what's your refund policy?"),
    ("refunds", "thanks for the quick refund yesterday!"),
)


@pytest.mark.parametrize(("topic", "text"), GRAVE)
def test_a_grave_matter_goes_to_a_person(topic: str, text: str) -> None:
    """Told by its topic, whose words stand on the card."""
    found = topic_for(text, HALL)
    assert found is not None
    assert (found.key, bool(found.words)) == (topic, True)


@pytest.mark.parametrize(("topic", "text"), HARMLESS)
def test_what_only_sounds_like_it_is_drafted(topic: str, text: str) -> None:
    """A person who jokes or praises gets an answer, no long face."""
    assert topic_for(text, HALL) is None, topic


def test_no_topic_goes_without_examples() -> None:
    """Whoever adds a topic adds what it catches and what it lets go."""
    assert {topic for topic, _ in GRAVE} == set(topics()) == {topic for topic, _ in HARMLESS}


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("I want my money back, and honestly I don't want to be here anymore", "self_harm"),
        ("the refund of £80 is one thing, but my son cut his hand on your railing", "safety"),
        ("my solicitor says the £80 refund is due", "legal_threats"),
        ("give me my £80 refund or see you in court", "legal_threats"),
    ],
)
def test_the_gravest_matter_is_named(text: str, topic: str) -> None:
    """A post about two things is handed over for the graver one."""
    found = topic_for(text, HALL)
    assert found is not None
    assert found.key == topic


def test_handles_at_the_beginning_are_no_words() -> None:
    """Who is addressed by a name like that has no such matter."""
    assert topic_for("@refund_my_money @gdpr @lawsuits do you open on Sunday?", HALL) is None


@pytest.mark.parametrize(
    ("text", "decided_by_a_person"),
    [
        ("please refund my £30", False),
        ("please refund my £30.01", True),
        ("my £29,99 refund please", False),
        ("can I get compensated for 40 quid?", True),
        ("can I get compensated for 12 bucks?", False),
        ("where's my refund of $1,200?", True),
        ("I demand my money back: 1.200,50 € for shoes that fell apart", True),
        ("refund 1 200 € now", True),
        ("refund of £20 2 weeks late, please", False),
        ("two tickets at £12, refund the £24 please, you still hold £50 of mine", True),
        ("I want a refund", True),
        ("when does my refund come?", True),
        ("do you refund at all?", False),
        ("£200 well spent!", False),
    ],
)
def test_a_refund_goes_to_a_person_above_the_limit(text: str, decided_by_a_person: bool) -> None:
    """The largest sum of the post counts; one that is asked for without a sum goes, too."""
    found = topic_for(text, HALL)
    assert (found is not None and found.key == "refunds") is decided_by_a_person


@given(
    cents=st.integers(1, 500_000),
    limit=st.integers(1, 5_000),
    written=st.sampled_from(["£{:.2f}", "${:,.2f}", "{:.2f} euros", "{:,.2f} quid", "EUR {:.2f}"]),
    comma=st.booleans(),
)
def test_any_sum_is_read_as_people_write_it(
    cents: int, limit: int, written: str, *, comma: bool
) -> None:
    """With a point or a comma before the cents, before or behind its currency."""
    shown = written.format(Decimal(cents) / 100)
    shown = shown.translate(str.maketrans(".,", ",.")) if comma else shown
    found = topic_for(f"{shown} refund please", Voice(refund_limit=Decimal(limit)))
    assert (found is topics()["refunds"]) is (Decimal(cents) / 100 > limit)


def test_without_a_limit_refunds_are_drafted() -> None:
    """A business that named no sum wants to answer them all; other topics go all the same."""
    assert topic_for("I want my £900 back, refund now", Voice()) is None
    assert topic_for("I want my £900 back or I'll sue", Voice()) is topics()["legal_threats"]


def test_a_limit_of_nothing_hands_over_every_refund() -> None:
    """Zero is a limit like any other."""
    nothing = Voice(refund_limit=Decimal(0))
    assert topic_for("please refund my 50p, well, £0.50", nothing) is topics()["refunds"]


def test_the_voice_says_which_topics_go_to_a_person() -> None:
    """None means all of them, an empty choice means none, and the rest is drafted."""
    journalist = "I'm a reporter for the Harbour Echo, got a minute?"
    coeliac = "my daughter is coeliac, can she eat the flapjacks?"
    only_press = Voice(hand_over=("press",), refund_limit=Decimal(30))
    assert topic_for(journalist, only_press) is topics()["press"]
    assert topic_for(coeliac, only_press) is None
    assert topic_for("I want a refund", only_press) is None
    refunds_too = Voice(hand_over=("press", "refunds"), refund_limit=Decimal(30))
    assert topic_for("I want a refund", refunds_too) is topics()["refunds"]
    for _, text in GRAVE:
        assert topic_for(text, Voice(hand_over=(), refund_limit=Decimal(30))) is None


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("@copperkettle quit messaging me", True),
        ("please never reply to my posts again", True),
        ("lasst mich in Ruhe", True),
        ("don't reply to me before noon, I'm asleep", False),
        ("leave me alone with that cake and nobody gets hurt", False),
        ("stop making me hungry", False),
    ],
)
def test_who_wants_peace_is_understood(text: str, left: bool) -> None:
    """A wish to be left alone, and no joke about it."""
    assert asks_to_be_left(text) is left


@pytest.fixture(scope="module")
def running() -> Iterator[ModelServer]:
    with model_server() as server:
        yield server


@pytest.mark.parametrize(
    ("topic", "voice", "handed_over"),
    [
        ("press", Voice(), True),
        ("press", Voice(hand_over=("press",)), True),
        ("press", Voice(hand_over=("legal",)), False),
        ("refunds", Voice(), False),
        ("refunds", HALL, True),
        ("refunds", Voice(hand_over=(), refund_limit=Decimal(30)), False),
        ("the weather", Voice(), True),
        ("true", Voice(hand_over=("press",)), True),
        ("None", Voice(), False),
    ],
)
def test_a_model_hands_over_only_what_the_voice_lets_go(
    running: ModelServer,
    topic: str,
    voice: Voice,
    handed_over: bool,
) -> None:
    """What a model calls grave is held against the same choice; else its ideas are shown."""
    running.says("Which evening was it?", needs_person=topic)
    made = draft(context("about that evening at yours", voice=voice), running.door.ask)
    assert (made.advice is Advice.NEEDS_PERSON) is handed_over
    assert bool(made.drafts) is not handed_over


def test_a_topic_the_voice_keeps_is_drafted_from_its_facts() -> None:
    """A hall that wants to answer about nuts itself gets its own fact as an idea."""
    text = "are the flapjacks for coeliacs?"
    fact = Fact("The flapjacks hold gluten, so they are not for coeliacs")
    keeps = Voice(facts=(fact,), hand_over=("legal", "press"))
    assert draft(context(text, voice=Voice(facts=(fact,))), None).drafts == ()
    made = draft(context(text, voice=keeps), None)
    assert made.advice is None
    assert any("hold gluten" in each.text for each, _ in made.drafts)
