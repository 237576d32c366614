"""Facts: what a reply may state, what it may not, and that figures mean what they say."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain import CheckLevel, Fact, Voice
from replies.facts import fact_checks

FACTS = (
    "hours: Monday to Friday 7am to 5pm, Saturday 8 to 4, Sunday 9 to 4",
    "Bank holidays: closed",
    "address: 12 Dock Street, Leeds",
    "A flat white is £3.40, filter £2.80",
    "Oat milk is 40p extra",
    "Dogs are welcome everywhere except by the pastry case",
    "We take cards and contactless, no cash",
    "Returns within 30 days with a receipt",
    "We replace anything that arrives broken",
    "Free refills on filter coffee",
    "Beans come in 250g and 1kg bags",
    "We do not take bookings",
    "Here since 1998",
    "A service takes two to three weeks",
)
VOICE = Voice(facts=tuple(Fact.from_line(line) for line in FACTS))


def whys(
    reply: str,
    post: str = "hello",
    *,
    known: tuple[str, ...] = (),
    facts: tuple[str, ...] = FACTS,
) -> list[str]:
    voice = Voice(facts=tuple(Fact.from_line(line) for line in facts))
    checks = fact_checks(reply, post_text=post, voice=voice, also_known=known)
    return [check.why for check in checks]


@pytest.mark.parametrize(
    ("reply", "post"),
    [
        ("We open at 7 on weekdays.", "hello"),
        ("Weekdays it's seven till five.", "hello"),
        ("9 on Sundays. Are you bringing the dog?", "open sunday?"),
        ("9–4 on a Sunday.", "hello"),
        ("From 7:00 to 17:00, Monday to Friday.", "hello"),
        ("Till 5 today, come on by.", "hello"),
        ("Saturday 8 to 4 and Sunday 9 to 4.", "weekend hours?"),
        ("8 to 4 on Saturday and 9 to 4 on Sunday.", "weekend hours?"),
        ("We're closed on bank holidays.", "open monday? it's a bank holiday"),
        ("It's £3.40 for a flat white.", "hello"),
        ("3.40 pounds, same as ever.", "hello"),
        ("£0.40 more with oat.", "hello"),
        ("You can return it within 30 days.", "hello"),
        ("Two to three weeks at the moment.", "how long is a service"),
        ("Up to 21 days, I'm afraid.", "how long is a service"),
        ("We'll swap it, bring it in.", "hello"),
        ("Dogs are welcome.", "hello"),
        ("Cards only, no cash I'm afraid.", "hello"),
        ("No bookings, just walk in.", "can i book a table?"),
        ("Filter refills are free.", "hello"),
        ("We're on Dock Street.", "where are you"),
        ("Since 1998, on and off.", "hello"),
        ("250g or a kilo?", "hello"),
        ("Sunday 9 to 4, bank holidays we're shut.", "hours?"),
        ("Seven to five in the week, 8 to 4 on Saturday.", "hours?"),
        ("Yes, we do!", "do you take cards?"),
        ("Yes, bring the dog.", "are dogs allowed inside?"),
    ],
)
def test_what_the_voice_says_may_be_said(reply: str, post: str) -> None:
    """A fact may be stated in figures or words, as a part of a range, on one of its days."""
    assert whys(reply, post) == []


@pytest.mark.parametrize(
    "reply",
    [
        "Was it around 9?",
        "Sorry, was it about half six, or later?",
        "One of those days, honestly.",
        "There are two of us and one has a toddler.",
        "Hope Friday treats you better.",
        "Happy Monday!",
        "100% agree.",
        "10/10 dog, no notes.",
        "A thousand times yes.",
        "Three coffees before lunch is a strong start.",
        "Give me two minutes, I'll ask Dan.",
        "That one's on us, sorry.",
        "Feel free to bring the dog.",
        "You'll get used to it.",
        "We'll pass it on to Dan.",
        "We take it personally.",
        "A V60 and a 2FA code walk into a bar.",
        "Made by Dan, who will be unbearable about this all day.",
        "What did you have, the 3 or the 4?",
        "Of course you can!",
        "If it still squeaks in two days, shout.",
        "We painted ours mustard and half the regulars complained for a month.",
        "Worth a go? We'd say so.",
    ],
)
def test_small_talk_states_nothing(reply: str) -> None:
    """Questions, wishes and figures of speech are no claims."""
    assert whys(reply) == []


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        ("Flat white's £3.50.", "£3.50"),
        ("Only 3 quid!", "3 quid"),
        ("It's $3.40.", "$3.40"),
        ("A bag is a tenner.", "tenner"),
        ("3,90 € für einen Cappuccino.", "3,90 €"),
        ("20% off this week.", "20%"),
        ("We have two branches in Leeds.", "two branches"),
        ("Over 300 kinds of tea.", "300 kinds"),
        ("Going since 1987.", "1987"),
        ("It takes about five days.", "five days"),
        ("It takes about a week.", "a week"),
        ("You can return it within 60 days.", "60 days"),
        ("The tour starts at half past six.", "half past six"),
        ("Pop in any time before 8pm.", "8pm"),
        ("Music at 9:30.", "9:30"),
        ("Wir haben bis 20 Uhr geöffnet.", "20 Uhr"),
        ("We're open 24/7.", "24/7"),
        ("Back on 12 May.", "12 May"),
        ("Ours isn't back until September.", "September"),
        ("We're at 14 High Street.", "14 High Street"),
        ("We'll refund you in full.", "We'll refund you in full"),
        ("I'll have it ready by Friday.", "ready by Friday"),
        ("You'll get a voucher.", "You'll get a voucher"),
        ("We'll knock a bit off.", "We'll knock a bit off"),
        ("Free cake while you wait.", "Free cake"),
        ("Next one's on us!", "Next one's on us"),
        ("Half price after lunch.", "Half price"),
        ("It's 2 for 1 today.", "2 for 1"),
        ("Can we get you a free slice of cake?", "free slice"),
        ("We deliver to York.", "We deliver to York"),
        ("We take Amex and Apple Pay.", "Amex and Apple Pay"),
        ("We serve almond milk.", "almond milk"),
        ("You can pay by cheque.", "You can pay by cheque"),
        ("No need to book.", "No need to book"),
        ("I've refunded you.", "I've refunded you"),
        ("A replacement is on its way.", "replacement is on its way"),
        ("Your first month's free.", "month's free"),
    ],
)
def test_what_no_fact_says_is_named(reply: str, words: str) -> None:
    """A price, number, time, date, promise, offer or policy out of thin air is minded by name."""
    assert any(f"“{words}" in why or f"{words}”" in why for why in whys(reply)), whys(reply)


@pytest.mark.parametrize(
    ("reply", "post", "fact"),
    [
        ("We're open 9 to 5 on Sundays.", "hello", "Sunday 9 to 4"),
        ("9 till 5!", "what time do you open sundays", "Sunday 9 to 4"),
        ("Yes, till 6 on Sunday.", "are you open till 6 on sunday?", "Sunday 9 to 4"),
        ("Yes, come on down!", "are you open on bank holidays?", "Bank holidays: closed"),
        ("We're open on bank holidays.", "hello", "Bank holidays: closed"),
        ("We're closed on Mondays.", "hello", "Monday to Friday 7am to 5pm"),
        ("Dogs aren't allowed.", "hello", "Dogs are welcome everywhere"),
        ("We take bookings.", "hello", "We do not take bookings"),
        ("Cash is fine.", "hello", "no cash"),
        ("No returns.", "hello", "Returns within 30 days"),
    ],
)
def test_what_a_fact_denies_is_held_against_it(reply: str, post: str, fact: str) -> None:
    """Where the facts say otherwise, the sentence quotes them, whatever the post suggests."""
    (why,) = whys(reply, post)
    assert "the facts say “" in why
    assert fact in why


def test_the_post_and_the_conversation_are_known_too() -> None:
    """What the person wrote, or an approved example, may be said again."""
    assert whys("20 minutes is too long, sorry.", "waited 20 mins for a latte") == []
    assert whys("Fifty quid is steep.", "they wanted £50 for it") == []
    assert whys("The roaster is off until 12 May.", known=("We roast again from May 12th",)) == []
    assert whys("It's £55.", known=("a service is 55 pounds",)) == []


def test_flat_answers_to_talk_state_no_rule() -> None:
    """Yes to a kind question is no policy."""
    assert whys("Yes, thanks. You?", "are you ok after the flood?") == []
    assert whys("Yes, the V60 every time.", "do you have a favourite?") == []
    assert whys("Sure, bring it in.", "can you take a look at my brakes?") == []


def test_who_we_are_is_known() -> None:
    """What the voice says of us in its first lines may be stated."""
    voice = Voice(who="A coffee shop on Dock Street with 24 seats.")
    assert not list(fact_checks("We've 24 seats.", post_text="", voice=voice, also_known=()))
    assert list(fact_checks("We've 30 seats.", post_text="", voice=voice, also_known=()))


def test_a_question_proves_no_policy() -> None:
    """Who asks whether we deliver to York has not told us that we do."""
    assert whys("We deliver to York.", "do you deliver to york?")
    assert whys("Yes, we do!", "do you take bitcoin?")
    assert whys("Yes, we do!", "do you have oat milk?") == []


def test_one_check_a_kind() -> None:
    """Three wrong prices are one check; a wrong price and a wrong day are two."""
    assert len(whys("£9, £8 or £7.")) == 1
    assert len(whys("£9, back on 3 June.")) == 2


def test_a_fact_check_never_stops() -> None:
    """Only hard rules stop; a person may know better than the voice."""
    checks = list(fact_checks("It's £99.", post_text="", voice=VOICE, also_known=()))
    assert [(check.name, check.level) for check in checks] == [("fact", CheckLevel.MIND)]


def test_drafts_can_be_held_against_texts() -> None:
    """What a model wrote is held against any texts, every claim by its words."""
    known = ("Open 9 to 4 on Sundays", "Dogs are welcome")
    assert whys("9 on Sundays, dogs are welcome.", facts=known) == []
    assert [why.split("”")[0] for why in whys("8 on Sundays, and £5 a head.", facts=known)] == [
        "States “£5",
        "States “8 on Sundays",
    ]


def test_german_hours_in_the_twelve_hour_facts() -> None:
    """19:00 and 7pm are one time, 7am is another."""
    known = ("Open 10am to 7pm",)
    assert whys("Open till 19:00.", facts=known) == []
    assert whys("Open till 7.", facts=known) == []
    (why,) = whys("Open till 8.", facts=known)
    assert why.startswith("States “till 8”")


@settings(max_examples=300, deadline=None)
@given(
    text=st.one_of(
        st.text(max_size=300),
        st.lists(
            st.sampled_from(
                [
                    "9",
                    "to",
                    "5",
                    "on",
                    "Sundays",
                    "£",
                    "3.40",
                    "twenty-five",
                    "%",
                    "free",
                    "we'll",
                    "refund",
                    "you",
                    "3/4",
                    "half",
                    "past",
                    "mon-fri",
                    "closed",
                    "we",
                    "take",
                    "yes",
                    "no",
                    "24/7",
                    "until",
                    "May",
                    "a",
                    "dozen",
                    ",",
                    ".",
                    "?",
                    "–",
                    "\n",
                    "\x00",
                    "٣",
                    "½",
                    "²",
                    "①",
                ]
            ),
            max_size=40,
        ).map(" ".join),
    ),
    post=st.text(max_size=80),
)
def test_any_text_can_be_judged(text: str, post: str) -> None:
    """No text breaks the reading of claims, and what is named stands in a sentence."""
    checks = fact_checks(text, post_text=post, voice=VOICE, also_known=(post,))
    assert all(check.why.endswith(".") for check in checks)


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(FACTS), st.sampled_from(FACTS))
def test_facts_cover_themselves(one: str, other: str) -> None:
    """Whatever stands in the facts may be said in their own words."""
    assert whys(f"{one}. {other}.", post="", facts=(one, other)) == []


@pytest.mark.parametrize("junk", ["9 to ", ", ", "1:30 ", "we take ", "free ", "mon-", "half "])
def test_endless_texts_are_judged_quickly(junk: str) -> None:
    """No pattern takes long over what a stranger made up."""
    text = junk * (600 // len(junk))
    began = time.thread_time()
    list(fact_checks(text, post_text=text * 3, voice=VOICE, also_known=(text,)))
    assert time.thread_time() - began < 1
